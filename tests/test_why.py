"""``--why``: each value with where it was read, at any width, and nothing a terminal obeys."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from replyarc.screen.ink import cells
from replyarc.screen.why import why
from tests.cards import FULL, HOSTILE, said
from tests.test_security_screen import UNSAFE

PRINTED = {"rule": "box", "place": "div#xx", "label": "文 号：", "printed": "清民函[2023]198号"}
NOTES = {
    "evidence": {
        "title": {"rule": "title", "place": "heading", "label": None, "printed": FULL.title},
        "document_number": PRINTED,
        "topic": {"rule": "box", "place": HOSTILE, "label": HOSTILE, "printed": HOSTILE},
        "text": {"rule": "letter", "place": "div.c", "label": None, "printed": "顾明远代表："},
    },
    "others": {"document_number": [PRINTED | {"place": "letter", "printed": "清民函9号"}]},
}


def drawn(width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width, markup=False, emoji=False).print(why(said(FULL), NOTES))
    return out.getvalue()


@pytest.mark.parametrize("width", [20, 43, 44, 80, 119, 120, 200])
def test_each_value_stands_with_where_it_was_read(width: int) -> None:
    shown = drawn(width)
    whole = "".join(shown.split())
    for words in (
        "发文字号",
        "document_number",
        "清民函〔2023〕198号",
        "div#xx",
        "letters",
        "elsewhereotherwise:",
    ):
        assert words in whole
    assert [line for line in shown.splitlines() if cells(line.rstrip()) > width] == []
    assert not UNSAFE.search(shown.replace("\n", ""))


def test_every_value_is_named_in_both_languages() -> None:
    assert "发文字号 document_number  " in drawn(120)
    assert "\n发文字号 document_number\n" in drawn(43)
    lines = drawn(44).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("发文字号"))
    assert lines[at + 1].startswith("document_number   ")
    assert not any(line.isspace() or not line for line in drawn(43).splitlines())


def test_what_is_printed_as_it_was_read_is_not_told_twice() -> None:
    title = next(line for line in drawn(200).splitlines() if line.startswith("标题"))
    assert title.count(FULL.title) == 1
    assert "“清民函[2023]198号”" in drawn(200)


def test_on_a_wide_terminal_the_place_stands_beside_the_value() -> None:
    assert any("198号" in line and "div#xx" in line for line in drawn(120).splitlines())
    assert any(
        line.startswith("document_number   ← box, div#xx") for line in drawn(80).splitlines()
    )
