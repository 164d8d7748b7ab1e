"""Which of a page's titles is the letter's, where the places that print them disagree."""

from __future__ import annotations

import pytest

from replyarc.extract.heading import choose_title, is_settled, read_headings, title_above
from replyarc.text.html import parse

REPLY = "关于第12号建议的答复"
OTHER = "关于第13号建议的答复"
COLUMN = "建议提案办理"
CUT = "关于第12号建…"
NEWS = "市水务局召开座谈会"
SITE = "青禾市人民政府门户网站"


@pytest.mark.parametrize(
    ("places", "title"),
    [
        ([[OTHER], [REPLY], [REPLY]], REPLY),
        ([[NEWS], [OTHER], [NEWS]], NEWS),
        ([[NEWS], [REPLY], [NEWS], [REPLY]], REPLY),
        ([[SITE], [REPLY], [SITE]], SITE),  # two places agree
        ([[NEWS], [REPLY]], REPLY),
        ([[COLUMN], [COLUMN], [NEWS]], NEWS),
        ([[COLUMN], [CUT], [COLUMN]], CUT),
        ([[SITE], [COLUMN]], COLUMN),
        ([[SITE]], SITE),
        ([[OTHER], [REPLY], [CUT]], REPLY),  # the cut one is its beginning
        ([[""], []], None),
    ],
)
def test_what_two_places_agree_on_then_a_replys_title_then_what_is_no_column(
    places: list[list[str]], title: str | None
) -> None:
    assert choose_title(places) == title


@pytest.mark.parametrize(
    ("title", "others", "settled"),
    [
        (REPLY, [[REPLY]], True),
        (REPLY, [[NEWS], [f" {REPLY} "]], True),
        (REPLY, [[CUT]], True),
        (REPLY, [[OTHER], []], False),
        (CUT, [[CUT]], False),
        (NEWS, [[NEWS]], False),
        ("建议提案答复", [["建议提案答复"]], False),
    ],
)
def test_a_title_is_settled_where_no_other_could_be_chosen(
    title: str, others: list[list[str]], settled: bool
) -> None:
    assert is_settled(title, others) is settled
    for heading in (OTHER, NEWS, COLUMN) if settled else ():
        assert choose_title([[title], [heading], *others]) == title


def test_headings_of_several_levels_come_in_order() -> None:
    html = f"<h2>{COLUMN}</h2><h1>对市政协第12号提案</h1><h3>的答复</h3><h2>{NEWS}</h2>"
    assert read_headings(parse(html)) == [
        "对市政协第12号提案的答复",
        COLUMN,
        "对市政协第12号提案",
        "的答复",
        NEWS,
    ]


def test_a_first_heading_that_another_place_settles_is_enough() -> None:
    page = parse(f"<h2>{COLUMN}</h2><h1>{REPLY}</h1><h1>{OTHER}</h1>")

    assert read_headings(page, [[SITE], [REPLY]]) == [REPLY]
    assert read_headings(page, [[SITE], [OTHER]]) == [COLUMN, REPLY, OTHER]
    assert read_headings(page) == [COLUMN, REPLY, OTHER]
    assert read_headings(parse(f"<h2>{REPLY}</h2>"), [[REPLY]]) == [REPLY]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["白关县水务局关于县七届人大", "三次会议第12号建议的答复"],
            "白关县水务局关于县七届人大三次会议第12号建议的答复",
        ),
        (["办理情况\t关于第12号建议", "的答复函"], "关于第12号建议的答复函"),
        (["青禾市对外贸易局", "关于第12号建议的答复"], "青禾市对外贸易局关于第12号建议的答复"),
        (["第12号建议的答复"], None),
        (["关于修桥的通知"], None),
    ],
)
def test_the_title_above_a_letter(lines: list[str], title: str | None) -> None:
    assert title_above(lines) == title
