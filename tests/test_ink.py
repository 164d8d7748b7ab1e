"""Lines for a terminal: their widths, where they are broken, when they are coloured."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from replyarc.screen import ink
from replyarc.screen.plain import plain

TEXT = st.text(
    st.sampled_from([*"养老服务，。；：（）《》“”…—、 ab1.2,-\t\u3000\u0301é"]), max_size=60
)


class Stream(io.StringIO):
    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@given(TEXT, st.integers(1, 40))
def test_breaking_loses_nothing_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = ink.wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert [line for line in lines if ink.cells(line) > max(width, 2)] == []


@given(st.text())
def test_widths_are_those_that_rich_knows(text: str) -> None:
    letters = [letter for letter in plain(text) if letter.isprintable() and letter < "\u1100"]
    for letter in letters:
        assert abs(ink.cells(letter) - cell_len(letter)) <= (cell_len(letter) == 0)


@given(
    st.lists(st.sampled_from(["养老", "服务，", "。", "（", "）", "《", "》", "、"])).map("".join)
)
def test_no_line_begins_with_a_stop_or_ends_with_an_opening_bracket(text: str) -> None:
    for line in ink.wrapped(text, 60)[1:]:
        assert line[0] not in "，。、；：？！）》" or ink.cells(text) > 600
    for line in ink.wrapped(text, 60)[:-1]:
        assert line[-1] not in "（《"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("全市新建36家食堂", 11, ["全市新建36", "家食堂"]),
        ("全市新建4,200家", 12, ["全市新建", "4,200家"]),
        ("the quick brown", 9, ["the quick", "brown"]),
        ("见 http://a.gov.test/abcdef", 12, ["见", "http://a.gov", ".test/abcdef"]),
        ("乡(镇)网格", 8, ["乡(镇)网", "格"]),
        ("完全没有……好吧", 11, ["完全没有……", "好吧"]),
        ("", 10, [""]),
        ("  养老", 10, ["  养老"]),
    ],
)
def test_words_and_numbers_are_not_torn(text: str, width: int, lines: list[str]) -> None:
    assert ink.wrapped(text, width) == lines


def test_what_stands_before_the_first_line_counts() -> None:
    assert ink.wrapped("养老服务", 8, "　　") == ["　　养老", "服务"]


@pytest.mark.parametrize(
    ("is_terminal", "environ", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_only_who_wants_colours_gets_them(
    is_terminal: bool, environ: dict[str, str], coloured: bool
) -> None:
    assert ink.has_colours(Stream(is_terminal=is_terminal), environ) is coloured


def test_a_file_has_80_columns_unless_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ink.columns(io.StringIO()) == 80
    assert ink.columns(Stream(is_terminal=True)) == 80  # which has no size to ask for
    monkeypatch.setenv("COLUMNS", "44")
    assert ink.columns(io.StringIO()) == 44
    monkeypatch.setenv("COLUMNS", "wide")
    assert ink.columns(io.StringIO()) == 80


def test_a_file_gets_neither_colours_nor_blanks_at_the_ends_of_lines() -> None:
    out = io.StringIO()
    ink.write([(("养老", "bold red"), ("  ", "dim")), (("a\x1b[2J\nb", ""),)], out)
    assert out.getvalue() == "养老\na\\x1b[2J\nb\n"


def test_a_terminal_gets_the_colours_that_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    out = Stream(is_terminal=True)
    ink.write([(("养老", "bold red"), (" 服务", ""))], out)
    assert out.getvalue() == "\x1b[1;31m养老\x1b[0m 服务\n"


def test_a_rule_is_drawn_where_the_letters_of_a_stream_have_none() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    assert ink.inked([((ink.RULE * 3, ""),)], out) == "---\n"
