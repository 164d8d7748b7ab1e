"""Reading a page: who is believed, what is an error, and that no page raises another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.errors import ReplyError
from replyarc.extract.reply import extract, extract_file
from replyarc.model import Assembly, Entry, Kind, Page, Reply, Source
from replyarc.text.charset import decode

URL = "http://www.qinghe.test/jyta/1.html"
TITLE = "关于市七届人大三次会议第12号建议的答复"
LETTER = "<p>余知秋代表：</p><p>您提出的《关于修桥的建议》收悉，现答复如下：</p><p>已经修好。</p>"
PAGES = sorted((Path(__file__).parent / "pages" / "reply").rglob("*.html"))


def source(**options: str) -> Source:
    return Source(
        name="qinghe",
        publisher="青禾市民政局",
        urls=("http://www.qinghe.test/",),
        options=MappingProxyType(options),
    )


def read(html: str, listed_on: date | None = None, **options: str) -> Reply:
    return extract(Page(URL, html), Entry(URL, "", listed_on), source(**options)).reply


def page(letter: str = LETTER, head: str = "", before: str = f"<h1>{TITLE}</h1>") -> str:
    return (
        f"<html><head>{head}</head><body>{before}<div class=TRS_Editor>{letter}</div></body></html>"
    )


def test_a_reply_knows_its_address_and_its_source() -> None:
    reply = read(page())

    assert (reply.url, reply.source, reply.id, reply.sha256) == (URL, "qinghe", "", "")


def test_the_box_is_believed_before_the_title_and_the_title_before_the_letter() -> None:
    box = "<p>文号：青民函〔2021〕1号</p>"
    title = f"<h1>{TITLE}（青民函〔2021〕2号）</h1>"
    letter = f"<p>青民函〔2021〕3号</p>{LETTER}"

    assert read(page(letter, before=box + title)).document_number == "青民函〔2021〕1号"
    assert read(page(letter, before=title)).document_number == "青民函〔2021〕2号"
    assert read(page(letter)).document_number == "青民函〔2021〕3号"


def test_the_day_of_publication_is_the_labels_then_the_metas_then_the_listings() -> None:
    label = f"<h1>{TITLE}</h1><p>发布日期：2021-03-03</p>"
    meta = '<META content="2021-02-02 10∶08" NAME=pubdate>'
    listed_on = date(2021, 1, 1)

    assert read(page(head=meta, before=label), listed_on).published_on == date(2021, 3, 3)
    assert read(page(head=meta), listed_on).published_on == date(2021, 2, 2)
    assert read(page(), listed_on).published_on == listed_on
    assert read(page()).published_on is None


def test_numbers_that_only_the_listing_prints_are_taken_from_it_in_normal_form() -> None:
    row = Entry(URL, "", None, "990123006／2021-00012", "青民函[2021]1号")
    box = "<p>索引号：990123006/2021-00099</p><p>文号：青民函〔2021〕9号</p>"

    listed = extract(Page(URL, page()), row, source()).reply
    printed = extract(Page(URL, page(before=f"{box}<h1>{TITLE}</h1>")), row, source()).reply

    assert listed.index_number == "990123006/2021-00012"
    assert listed.document_number == "青民函〔2021〕1号"
    assert "no-index-number" not in listed.flags
    assert printed.index_number == "990123006/2021-00099"
    assert printed.document_number == "青民函〔2021〕9号"


def test_a_placeholder_in_the_listing_is_no_number() -> None:
    reply = extract(Page(URL, page()), Entry(URL, "", None, "无", "—"), source()).reply
    assert (reply.index_number, reply.document_number) == (None, None)


def test_who_answers_is_the_signature_then_the_title_then_the_publisher_then_the_source() -> None:
    signed = f"{LETTER}<p>青禾市水务局</p><p>2021年1月2日</p>"
    titled = f"<h1>青禾市财政局{TITLE}</h1>"
    published = f"<h1>{TITLE}</h1><p>发布机构：青禾市教育局</p>"

    assert read(page(signed, before=titled)).answered_by == "青禾市水务局"
    assert read(page(before=titled)).answered_by == "青禾市财政局"
    assert read(page(before=published)).answered_by == "青禾市教育局"
    assert read(page()).answered_by == "青禾市民政局"
    assert read(page()).publisher is None


@pytest.mark.parametrize(
    ("salutation", "kind", "assembly"),
    [
        ("余知秋代表：", "建议", Assembly.CONGRESS),
        ("余知秋代表：", "议案", Assembly.CONGRESS),
        ("余知秋委员：", "提案", Assembly.CONFERENCE),
        ("民革市委会：", "提案", None),
    ],
)
def test_the_addressee_tells_the_assembly_where_the_kind_agrees(
    salutation: str, kind: str, assembly: Assembly | None
) -> None:
    letter = f"<p>{salutation}</p><p>您提出的《关于修桥的{kind}》收悉，现答复如下：</p><p>好。</p>"

    reply = read(page(letter, before=f"<h1>关于修桥{kind}的答复</h1>"))

    assert (reply.kind, reply.assembly) == (Kind(kind), assembly)


def test_what_a_member_calls_a_suggestion_is_a_proposal() -> None:
    letter = "<p>余知秋委员：</p><p>您提出的《关于修桥的建议》收悉，现答复如下：</p><p>好。</p>"

    reply = read(page(letter, before="<h1>关于修桥建议的答复</h1>"))
    numbered = read(page(letter, before="<h1>关于县政协第3号建议的答复</h1>"))

    assert (reply.kind, reply.assembly) == (Kind.PROPOSAL, Assembly.CONFERENCE)
    assert numbered.kind is Kind.SUGGESTION  # as printed beside the number


def test_a_title_quotes_the_title_of_the_proposal_where_the_letter_does_not() -> None:
    letter = "<p>余知秋代表：</p><p>您提出的建议收悉，现答复如下：</p><p>好。</p>"

    quoted = read(page(letter, before="<h1>对《关于修桥的建议》的答复</h1>"))
    summed_up = read(page(letter, before="<h1>关于修桥建议的答复</h1>"))

    assert quoted.proposal_titles == ("关于修桥的建议",)
    assert summed_up.proposal_titles == ()


def test_a_table_inside_the_letter_is_no_box() -> None:
    table = (
        "<table><tr><th>文号</th><th>来源</th></tr>"
        "<tr><td>文号</td><td>青民函〔2021〕9号</td></tr></table>"
    )

    reply = read(page(LETTER + table))

    assert (reply.document_number, reply.origin) == (None, None)


def test_a_box_below_or_inside_the_letter_has_an_index_number() -> None:
    box = (
        "<table><tr><td>索引号</td><td>QH0301/2020-00017</td>"
        "<td>有效性</td><td>有效</td></tr></table>"
    )

    assert read(page(LETTER + box)).index_number == "QH0301/2020-00017"
    assert read(page() + box).validity == "有效"
    assert read(page() + "<p>来源：另一条新闻</p>").origin is None


@pytest.mark.parametrize(
    ("html", "flags"),
    [
        (page(before=f"<p>索引号：QH0301/2020-00017</p><h1>{TITLE}</h1>"), ()),
        (page("<p>已经修好。</p>"), ("no-index-number", "no-salutation")),
        (page(LETTER + "<p>\ufffd</p>"), ("no-index-number", "decoding-loss")),
        (
            page("<p>全年办理建议120件。</p>", before="<h1>2021年建议办理情况统计表</h1>"),
            ("no-index-number", "no-salutation", "not-a-reply"),
        ),
    ],
)
def test_a_reply_is_flagged_for_what_a_reader_should_know(
    html: str, flags: tuple[str, ...]
) -> None:
    assert read(html).flags == flags


def test_a_source_selects_the_letter_and_the_title_itself() -> None:
    html = page("<p>别的</p>") + f"<b class=t>{TITLE}之二</b><div class=own>{LETTER}</div>"

    reply = read(html, content="div.own", title="b.t")

    assert reply.title == f"{TITLE}之二"
    assert reply.addressees == ("余知秋",)


ERRORS = {
    "no bytes": ("", 'no letter. Set options.content of source "qinghe"'),
    "an empty page": ("<html><body></body></html>", "no letter."),
    "an empty letter": (page("&nbsp;"), "no letter."),
    "a menu": ("<ul><li><a href=a>政务公开</a></li><li>办事服务</li></ul>", "no letter."),
    "no title": (page(before=""), 'no title. Set options.title of source "qinghe"'),
    "frames": ("<frameset><frame src=a></frameset>", "no letter."),
}


@pytest.mark.parametrize(("html", "message"), ERRORS.values(), ids=ERRORS.keys())
def test_a_page_without_letter_or_title_is_an_error_that_says_where_to_mend(
    html: str, message: str
) -> None:
    with pytest.raises(ReplyError) as raised:
        read(html)

    assert str(raised.value).startswith(f"{URL}: {message}")


def test_an_error_names_the_selector_that_found_nothing() -> None:
    with pytest.raises(ReplyError, match=r"no letter under 'div\.x'"):
        read(page(), content="div.x")
    with pytest.raises(ReplyError, match=r"no title under 'b\.x'"):
        read(page(), title="b.x")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + page(),
        page("<div>" * 10_000 + LETTER),
        page("<font>" * 10_000 + LETTER),
        page(LETTER + "<p>一。</p>" * 20_000),
        page(LETTER + "一。<br>" * 20_000),
        "<table><tr><td>" * 2_000 + page(),
        page(before="<p>来源：市民政局</p>" * 5_000 + f"<h1>{TITLE}</h1>"),
        page(before=f"<p {'a ' * 5_000}></p><h1>{TITLE}</h1>"),
    ],
    ids=[
        "nested",
        "nested letter",
        "nested inline",
        "long",
        "lines",
        "tables",
        "labels",
        "attributes",
    ],
)
def test_a_monstrous_page_is_read_all_the_same(html: str) -> None:
    assert read(html).title == TITLE


@settings(max_examples=150)
@given(st.data())
def test_no_damaged_page_raises_anything_but_a_reply_error(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(PAGES)).read_bytes()
    cut = data.draw(st.integers(0, len(body)))
    at = data.draw(st.integers(0, len(body)))
    damage = data.draw(st.binary(max_size=8))

    html = decode((body[:at] + damage + body[at:])[: cut or None])

    try:
        reply = read(html)
    except ReplyError:
        return
    assert reply.title
    assert reply.text or "letter-in-attachment" in reply.flags


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_reply_error(body: bytes) -> None:
    with pytest.raises(ReplyError):
        read(decode(body))


def test_a_letter_in_no_known_place_may_be_set_in_lines() -> None:
    letter = "余知秋代表：<br>您提出的《关于修桥的建议》收悉，现答复如下：<br>已经修好。"

    reply = read(f"<h1>{TITLE}</h1><div class=own><i>{letter}</i></div>")

    assert reply.text.endswith("现答复如下：\n已经修好。")


def test_a_link_with_a_numbered_name_is_no_file() -> None:
    assert read(page(f"{LETTER}<a href=2.html>1.下一篇答复</a>")).attachments == ()


FILE = "http://www.qinghe.test/jyta/1.pdf"


def test_a_file_is_named_by_the_listing_and_read_where_its_text_is_known() -> None:
    row = Entry(FILE, TITLE)
    known = extract_file(FILE, row, source(), ["余知秋代表：", "您提出的建议收悉。", "已经修好。"])
    unknown = extract_file(FILE, row, source())

    assert known.reply.addressees == ("余知秋",)
    assert known.evidence["addressees"].place == "attachment 1.pdf"
    assert unknown.reply.text == ""
    assert unknown.reply.proposal_numbers == ("12",)
    with pytest.raises(ReplyError, match="title of a file in the listing"):
        extract_file(FILE, Entry(FILE, " "), source())


def test_a_file_that_holds_no_letter_leaves_the_page_without_one() -> None:
    html = page(f"<p><a href=1.pdf>{TITLE}.pdf</a></p>")

    found = extract(Page(URL, html), Entry(URL, ""), source(), files={FILE: ["附表", "1"]})

    assert "letter-in-attachment" in found.reply.flags
    assert found.reply.addressees == ()


def test_a_page_that_is_larger_than_any_letter_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ReplyError, match="5,000,1"):
        read(f"<h1>{TITLE}</h1>{'<p>字</p>' * 625_012}")


def test_a_letter_that_is_said_to_be_in_an_attachment_is_flagged_though_no_link_is_there() -> None:
    reply = read(page("<p>答复见附件。</p>"))

    assert (reply.text, reply.attachments) == ("答复见附件。", ())
    assert reply.flags == ("no-index-number", "letter-in-attachment")
