"""Putting a page together: where each value stood, what follows from others, what is flagged."""

from __future__ import annotations

import json
from datetime import date

import pytest

from replyarc.evidence import Extracted
from replyarc.extract.reply import extract
from replyarc.model import Assembly, Entry, Kind, Page, Source

URL = "http://www.qinghe.gov.test/jyta/1.html"
SOURCE = Source(name="qinghe", publisher="青禾市民政局", urls=(URL,))
TITLE = "青禾市水务局关于市七届人大三次会议第12号建议的答复"
LETTER = (
    "<p>余知秋代表：</p><p>您提出的《关于修桥的建议》收悉，现答复如下：</p><p>已经修好。</p>"
    "<p>青禾市水务局</p><p>2021年6月4日</p>"
)
BOX = (
    "<table><tr><td>索引号</td><td>990303006/2021-00024</td>"
    "<td>文号</td><td>青水函〔2021〕7号</td></tr></table>"
)


def read(letter: str = LETTER, title: str = TITLE, before: str = BOX, **row: object) -> Extracted:
    html = f"<body>{before}<h1>{title}</h1><div class=TRS_Editor>{letter}</div></body>"
    return extract(Page(URL, html), Entry(URL, "", **row), SOURCE)  # type: ignore[arg-type]  # row is what an Entry may have


def test_every_value_knows_where_it_stood() -> None:
    read_page = read(listed_on=date(2021, 7, 1))
    where = read_page.evidence

    assert where["index_number"].rule == "box"
    assert (where["index_number"].label, where["index_number"].printed) == (
        "索引号",
        "990303006/2021-00024",
    )
    assert (where["term"].rule, where["term"].place, where["term"].printed) == (
        "title",
        "heading",
        TITLE,
    )
    assert where["proposal_titles"].rule == "opening"
    assert (where["addressees"].rule, where["addressees"].printed) == ("salutation", "余知秋代表：")
    assert (where["published_on"].rule, where["published_on"].printed) == ("listing", "2021-07-01")
    assert where["answered_by"] == where["signature"]
    said = {name for name in where if getattr(read_page.reply, name)}
    assert said == set(where)


def test_a_field_without_a_value_has_no_evidence() -> None:
    where = read("<p>已经修好。</p>", before="").evidence

    assert "addressees" not in where
    assert "index_number" not in where
    assert "copied_to" not in where
    assert where["answered_by"].place == "heading"


def test_where_nobody_names_who_answers_the_configuration_does() -> None:
    title = "关于市七届人大三次会议第12号建议的答复"

    found = read("<p>已经修好。</p>", title, "")

    assert found.reply.answered_by == "青禾市民政局"
    assert found.evidence["answered_by"].place == "publisher of qinghe"


def test_the_numbers_of_the_listing_are_named_as_its_own() -> None:
    found = read(before="", index_number="990303006/2021-00024")

    assert found.reply.index_number == "990303006/2021-00024"
    assert found.evidence["index_number"].place == "row of the listing"
    assert "document_number" not in found.evidence


def test_what_two_places_say_differently_is_flagged_and_both_are_told() -> None:
    opening = LETTER.replace("您提出的", "您在市七届人大四次会议上提出的")

    found = read(opening)

    assert found.reply.session == 3
    assert "disagreement:session" in found.reply.flags
    assert [each.rule for each in found.others["session"]] == ["opening"]


def test_the_title_above_the_letter_says_what_the_pages_title_leaves_out() -> None:
    head = f"<p>青水函〔2021〕7号</p><p>{TITLE}</p>"

    found = read(head + LETTER, "关于第12号建议的答复（余知秋）", "")
    same = read(head + LETTER, TITLE, "")

    assert (found.reply.term, found.reply.session) == (7, 3)
    assert found.evidence["term"].place == "head of the letter"
    assert same.evidence["term"].place == "heading"


def test_the_title_above_the_letter_may_stand_in_the_cell_of_a_form() -> None:
    form = (
        "<table><tr><td>建议人</td><td>余知秋</td></tr><tr><td>办理情况</td><td>"
        "<p>白关县水务局关于县七届人大</p><p>三次会议第12号建议的答复函</p>"
        f"{LETTER}</td></tr></table>"
    )

    found = read(form, "第12号关于修桥的建议", "").reply

    assert (found.assembly_name, found.term, found.session) == ("县人大", 7, 3)
    assert found.proposal_numbers == ("12",)


@pytest.mark.parametrize(
    ("title", "salutation", "asked", "kind"),
    [
        ("关于修桥建议的答复", "余知秋委员：", "《关于修桥的建议》", Kind.PROPOSAL),
        ("关于修桥建议的答复", "余知秋代表：", "《关于修桥的建议》", Kind.SUGGESTION),
        ("市政协七届三次会议《关于修桥的建议》（12号）的答复", "", "", None),
        ("关于市政协第12号建议的答复", "余知秋委员：", "《关于修桥的建议》", Kind.SUGGESTION),
    ],
)
def test_what_members_of_the_conference_bring_is_a_proposal(
    title: str, salutation: str, asked: str, kind: Kind | None
) -> None:
    opening = f"您提出的{asked}收悉，现答复如下：" if asked else "已经立项。"

    reply = read(f"<p>{salutation}</p><p>{opening}</p><p>已经修好。</p>", title).reply

    assert reply.kind is kind
    assert reply.assembly is (Assembly.CONGRESS if "代表" in salutation else Assembly.CONFERENCE)


@pytest.mark.parametrize(
    ("title", "titles"),
    [
        ("对《关于推广 Open Data 的建议》的答复", ("关于推广Open Data的建议",)),
        ("对“修桥”提案的答复", ("修桥",)),
        ("关于修桥建议的答复", ()),
    ],
)
def test_only_what_a_title_quotes_is_the_title_of_the_proposal(
    title: str, titles: tuple[str, ...]
) -> None:
    letter = "<p>余知秋代表：</p><p>您提出的建议收悉，现答复如下：</p><p>好。</p>"
    assert read(letter, title).reply.proposal_titles == titles


def test_a_title_that_is_cut_off_and_bytes_that_are_lost_are_flagged() -> None:
    cut = read(title="关于市七届人大三次会议第12号建议…").reply.flags

    assert "truncated-title" in cut
    assert "truncated-title" not in read().reply.flags
    assert "decoding-loss" in read(title=f"\ufffd{TITLE}").reply.flags


def test_the_bounds_of_the_letter_say_what_was_left_out() -> None:
    bounds = read(f"<p>办理结果：A</p>{LETTER}").letter

    assert (bounds.first, bounds.last, bounds.lines) == ("余知秋代表：", "2021年6月4日", 5)
    assert bounds.above == ("办理结果：A",)
    assert bounds.below == ()
    assert bounds.element == "div.TRS_Editor"


def test_the_notes_of_a_reading_are_plain_values() -> None:
    found = read(LETTER.replace("您提出的", "您在市七届人大四次会议上提出的"))

    notes = json.loads(json.dumps(found.notes()))

    assert notes["evidence"]["index_number"] == {
        "rule": "box",
        "place": found.evidence["index_number"].place,
        "label": "索引号",
        "printed": "990303006/2021-00024",
    }
    assert [each["rule"] for each in notes["others"]["session"]] == ["opening"]
    assert notes["letter"] == {"element": "div.TRS_Editor", "lines": 5}


def test_a_page_that_is_no_reply_keeps_what_its_box_says_and_no_disagreement_over_the_rest() -> (
    None
):
    letter = "<p>各镇人民政府：</p><p>请办理市七届人大四次会议第12号建议。</p>"

    found = read(letter, "关于办理市七届人大三次会议第12号建议的通知")

    assert found.reply.index_number == "990303006/2021-00024"
    assert (found.reply.kind, found.reply.session, found.others) == (None, None, {})
    assert "not-a-reply" in found.reply.flags


def test_a_loss_in_a_value_of_the_box_is_flagged_too() -> None:
    box = "<table><tr><td>发布机构：</td><td>青禾\ufffd民政局</td></tr></table>"
    html = f"{box}<h1>{TITLE}</h1><div class=TRS_Editor><p>余知秋代表：</p><p>收悉。</p></div>"
    reply = extract(Page(URL, html), Entry(URL, ""), SOURCE).reply

    assert reply.publisher == "青禾\ufffd民政局"
    assert "decoding-loss" in reply.flags
