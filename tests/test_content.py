"""Where in a page the letter stands, which title is its own, which files belong to it."""

from __future__ import annotations

import pytest

from replyarc.extract.attachments import read_attachments
from replyarc.extract.content import find_content
from replyarc.extract.heading import choose_title, without_site
from replyarc.model import Attachment
from replyarc.text.html import parse

URL = "http://www.qinghe.test/jyta/1.html"
TITLE = "关于市七届人大三次会议第12号建议的答复"
LETTER = "<p>余知秋代表：</p><p>您提出的《关于修桥的建议》收悉，现答复如下：</p><p>已经修好。</p>"


@pytest.mark.parametrize(
    ("places", "title"),
    [
        ([["建议提案"], [TITLE], [TITLE]], TITLE),
        ([["建议提案"], [TITLE]], TITLE),
        ([["青禾市"], ["青禾市", TITLE], [TITLE]], TITLE),
        ([["导航", "导航"], ["公告"]], "导航"),
        ([["公告"], ["导航"], ["导航"]], "导航"),
        ([["关于市七届人大三次…"], [f"{TITLE}\n"]], TITLE),
        ([["关于市七届人大三次..."]], None),
        ([["", " "], []], None),
    ],
)
def test_a_title_is_what_places_agree_on(places: list[list[str]], title: str | None) -> None:
    assert choose_title(places) == title


@pytest.mark.parametrize(
    ("printed", "own"),
    [
        (f"{TITLE}_青禾市人民政府", TITLE),
        (f"{TITLE} - 青禾市民政局网站", TITLE),
        (f"{TITLE}-青禾市人民政府门户网站", TITLE),
        (f"青禾市民政局网站--{TITLE}", TITLE),
        (f"青禾市民政局-{TITLE}", TITLE),
        (TITLE, TITLE),
        (
            "对市政协四届二次会议第2-20220186号提案的答复",
            "对市政协四届二次会议第2-20220186号提案的答复",
        ),
        ("青禾市人民政府网站", "青禾市人民政府网站"),
        ("", ""),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(printed: str, own: str) -> None:
    assert without_site(printed)[0] == own


def test_the_letter_is_where_it_sounds_like_one() -> None:
    html = f"<div id=zoom><p>通知一则。</p></div><div><div>{LETTER}</div></div>"

    found = find_content(parse(html))

    assert found is not None
    assert found.lines[0] == "余知秋代表："


def test_a_known_place_is_believed_where_nothing_sounds_like_a_letter() -> None:
    html = f"<div id=zoom><p>见附件</p></div><div><p>{'别的新闻。' * 20}</p></div>"

    found = find_content(parse(html))

    assert found is not None
    assert found.lines == ("见附件",)


def test_the_foot_of_the_page_is_not_the_letter_though_it_is_edited_like_one() -> None:
    html = (
        "<div class=TRS_Editor><p>见附件</p></div>"
        "<div class=TRS_Editor><p>版权所有：青禾市民政局 地址：青禾市长安路</p></div>"
    )

    found = find_content(parse(html))

    assert found is not None
    assert found.lines == ("见附件",)


def test_text_that_is_hidden_or_linked_does_not_make_a_letter() -> None:
    html = (
        f"<div><p style='display: none'>{'说明。' * 90}</p></div>"
        f"<div><p><a href=a>{'新闻。' * 90}</a></p></div><div><p>{'正文。' * 9}</p></div>"
    )

    found = find_content(parse(html))

    assert found is not None
    assert found.lines == ("正文。" * 9,)


@pytest.mark.parametrize(
    ("html", "name", "url"),
    [
        ("<a href='./P1.PDF'>函.pdf</a>", "函.pdf", "http://www.qinghe.test/jyta/P1.PDF"),
        ("<a href=/d?id=1>函.docx</a>", "函.docx", "http://www.qinghe.test/d?id=1"),
        ("<a href=f.doc title=' 函 '><img></a>", "函", "http://www.qinghe.test/jyta/f.doc"),
        ("<a href=f.doc></a>", "f.doc", "http://www.qinghe.test/jyta/f.doc"),
        (
            "<iframe src=v?file=f.pdf></iframe>",
            "v?file=f.pdf",
            "http://www.qinghe.test/jyta/v?file=f.pdf",
        ),
        ("<embed src=f.pdf>", "f.pdf", "http://www.qinghe.test/jyta/f.pdf"),
        (
            "<a href='/module/download/downfile.jsp?i=1'>表</a>",
            "表",
            "http://www.qinghe.test/module/download/downfile.jsp?i=1",
        ),
    ],
)
def test_a_linked_file_is_an_attachment(html: str, name: str, url: str) -> None:
    assert read_attachments(URL, [parse(f"<p>{html}{html}</p>").css("p")[0]], "") == (
        Attachment(name, url),
    )


def test_a_link_to_a_page_or_to_nowhere_is_no_attachment() -> None:
    html = "<a href=a.html>关于pdf格式</a><a href='javascript:;'>函.doc</a><a href=a.png>图</a>"

    assert read_attachments(URL, [parse(html).css("body")[0]], "") == ()


def test_a_file_that_only_a_script_shows_is_an_attachment() -> None:
    scripts = """var pdfurl = "/f/1.pdf"; showVsbpdfIframe('2.pdf', "100%");"""

    assert [each.url for each in read_attachments(URL, [], scripts)] == [
        "http://www.qinghe.test/f/1.pdf",
        "http://www.qinghe.test/jyta/2.pdf",
    ]
