"""The card of a reply, at any width, of any reply: all of it, and nothing a terminal obeys."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.model import Reply, Role
from replyarc.screen import ink
from replyarc.screen.card import LEAST, card
from replyarc.screen.letter import MEASURE
from tests.cards import CARDS, EDITED, FULL, HEADINGS, HOSTILE, POOR, SEEN, WILD, said
from tests.test_security_screen import UNSAFE

SCREENS = Path(__file__).parent / "screens"
WIDTHS = (20, 80, 200)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(name: str, width: int) -> str:
    reply, seen, versions, others = CARDS[name]
    lines = card(said(reply), HEADINGS, seen, versions, [*map(said, others)], width)
    return "".join(f"{ink.bare(line)}\n" for line in lines)


def of(reply: Reply, width: int = 80) -> str:
    return "\n".join(map(ink.bare, card(said(reply), HEADINGS, SEEN, 1, (), width)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_did(name: str, width: int, request: pytest.FixtureRequest) -> None:
    golden, now = SCREENS / f"{name}-{width}.txt", drawn(name, width)
    if request.config.getoption("regold") or not golden.exists():
        golden.write_text(now, "utf-8")
        pytest.fail(f"wrote {golden.name}; read it, then run again")
    assert now == golden.read_text("utf-8")


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("width", [1, 10, 19, 20, 43, 44, 79, 119, 120, 121, 300])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    lines = drawn(name, width).splitlines()
    assert [line for line in lines if ink.cells(line) > max(width, LEAST)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_a_reply_is_cut_away(width: int) -> None:
    shown = "".join(drawn("edited", width).split())
    values = (
        *("abcdefghijkl", "清民函〔2023〕198号", "养老服务科", "建议提案办理", "养老服务；助餐"),
        *("主动公开", "2023-05-15", "2023-05-17", "清源市人大", "8届1次会议", "198", "主办"),
        *("顾明远、季舒代表", "丁一0999-5550123", "市人大常委会；市政府办公室", "qingyuan-mzj"),
        *("leadleadlead", "jointjointjo", "清源市老年食堂名录.pdf", "回执.doc", "held"),
    )
    assert [value for value in (*values, EDITED.url, SEEN[1][0]) if value not in shown] == []
    letter = ["".join(line.split()) for line in EDITED.text.splitlines()]
    assert [line for line in letter if line not in shown] == []


def test_what_a_page_does_not_say_has_no_line() -> None:
    shown = of(POOR)
    there = [heading for heading in HEADINGS.values() if f"{heading}  " in shown]
    assert there == ["编号", "网址", "来源", "摘要"]
    assert "None" not in shown
    assert "→" not in shown


def test_a_card_begins_with_what_matters_most() -> None:
    assert drawn("full", 80).splitlines()[:3] == [
        "清源市民政局关于清源市八届人大一次会议第198号建议的答复",
        "清源市民政局 → 顾明远、季舒代表 · 清源市人大8届1次会议建议第198号 · 2023-05-17 ·",
        "A类 · 主办",
    ]
    nobody = replace(FULL, answered_by=None)
    assert of(nobody).splitlines()[1].startswith("→ 顾明远、季舒代表")


def test_what_is_gone_is_told_first_with_the_day_in_china() -> None:
    lines = card(said(EDITED), HEADINGS, SEEN, 2, (), 80)
    assert lines[0][0][1] == "bold red"
    assert ink.bare(lines[0]).startswith("gone (消失) since 2024-05-01")


def test_flags_are_told_in_words() -> None:
    shown = drawn("edited", 200)
    assert "! two places of the page say different things of 发布日期 (published_on)" in shown
    assert "! the letter may be cut off" in shown
    assert "replyarc show abcdefghijkl --why" in shown
    assert "--why" not in of(replace(FULL, flags=("no-index-number",)))


def test_versions_are_told_where_there_are_several() -> None:
    shown = drawn("edited", 200)
    assert "version 2 of 2, changed on 2023-08-02: replyarc show abcdefghijkl --history" in shown
    assert "version 1" not in drawn("full", 200)


def test_other_letters_stand_in_the_order_in_which_they_are_given() -> None:
    shown = drawn("edited", 200)
    assert shown.index("leadleadlead") < shown.index("jointjointjo")


def test_a_letter_is_set_in_a_measure_of_its_own() -> None:
    lines = drawn("full", 200).splitlines()
    rules = [at for at, line in enumerate(lines) if line.startswith(ink.RULE)]
    letter = lines[rules[0] : rules[1] + 1]
    assert {ink.cells(lines[at]) for at in rules} == {MEASURE}
    assert max(map(ink.cells, letter)) == MEASURE
    assert letter[1] == "顾明远、季舒代表："
    assert letter[2].startswith("　　您二位")
    right = [line for line in letter if line.startswith(" ")]
    assert [(line.strip(), ink.cells(line)) for line in right] == [
        ("清源市民政局", MEASURE),
        ("2023年5月15日", MEASURE),
    ]


def test_on_a_wide_terminal_fields_stand_side_by_side() -> None:
    assert any("编号" in line and "会议" in line for line in drawn("full", 120).splitlines())
    assert not any("编号" in line and "会议" in line for line in drawn("full", 119).splitlines())


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_terminal_obeys_is_shown_and_not_done(width: int) -> None:
    reply, seen, versions, others = CARDS["hostile"]
    out = Terminal()
    ink.write(card(said(reply), HEADINGS, seen, versions, [*map(said, others)], width), out)
    shown = out.getvalue().replace("\n", "")
    for code in ink.STYLES.values():
        shown = shown.replace(f"\x1b[{code}m", "").replace(f"\x1b[1;{code}m", "")
    assert not UNSAFE.search(shown.replace("\x1b[0m", ""))
    assert "[/a][red]" in drawn("hostile", 200)


def test_an_absurdly_long_field_is_cut_and_says_where_the_rest_is() -> None:
    shown = drawn("hostile", 80)
    assert shown.count("名") < 1000
    assert "more letters: --json" in "".join(shown.split("\n"))
    assert shown.count("x") > 1000  # but no letter is


def test_many_addresses_and_letters_are_counted() -> None:
    seen = [(f"http://a.gov.test/{at}", *SEEN[0][1:]) for at in range(30)]
    others = [said(replace(POOR, id=f"{at:012}", role=Role.JOINT)) for at in range(30)]
    shown = "\n".join(map(ink.bare, card(said(POOR), HEADINGS, seen, 1, others, 80)))
    assert "… 20 more: --history" in shown
    assert "… 20 more: --proposal" in shown


TEXTS = st.lists(st.sampled_from([*HOSTILE, "养", "。", "（", "a b", "\n", " "]), max_size=12)


@settings(max_examples=30)
@given(
    st.fixed_dictionaries(
        {}, optional={name: TEXTS.map("".join) for name in ("title", "text", "url", "topic")}
    ),
    st.integers(1, 220),
)
def test_any_reply_fits_any_terminal(values: dict[str, str], width: int) -> None:
    reply = replace(WILD, **values)  # type: ignore[arg-type]  # all of them are texts
    lines = card(said(reply), HEADINGS, [], 1, [], width)
    for line in lines:
        text = "".join(piece for piece, _ in line)
        assert ink.cells(text) <= max(width, LEAST)
        assert not UNSAFE.search(text)
        assert "\n" not in text
