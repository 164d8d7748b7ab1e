"""Where in a page the letter stands, which title is its own, which files belong to it."""

from __future__ import annotations

import pytest

from replyarc.extract.attachments import read_attachments
from replyarc.extract.content import find_content
from replyarc.extract.heading import choose_title, is_cut, read_headings, title_above, without_site
from replyarc.extract.held import held_markup
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
        ([["关于市七届人大三次..."]], "关于市七届人大三次..."),
        ([["建议提案办理"], ["关于市七届人大三次…"]], "关于市七届人大三次…"),
        ([["关于市七届人大三次…"], ["建议提案办理"], ["建议提案办理"]], "关于市七届人大三次…"),
        ([["人大代表建议答复"], [TITLE], [], [], ["人大代表建议答复"]], TITLE),
        ([["人大代表建议答复"], ["政务公开"]], "人大代表建议答复"),
        ([["提案办理结果公开"], [], [], [], ["青禾市林业局-青禾市林业局"]], "提案办理结果公开"),
        ([["青禾市林业局"]], "青禾市林业局"),
        ([["建议提案"], ["青禾市林业局召开提案推进会"]], "青禾市林业局召开提案推进会"),
        ([[f"{TITLE}（A类）"], ["关于市七届人大三次会议…"]], f"{TITLE}（A类）"),
        (
            [["关于做好防汛工作的通知"], ["关于第3号建议的答复", "关于做好防汛工作的通知"]],
            "关于做好防汛工作的通知",
        ),
        ([["", " "], []], None),
    ],
)
def test_a_title_is_what_places_agree_on(places: list[list[str]], title: str | None) -> None:
    assert choose_title(places) == title


@pytest.mark.parametrize(("title", "cut"), [(TITLE, False), ("关于市七…", True), ("关于...", True)])
def test_a_title_that_is_printed_in_part_can_be_told(title: str, cut: bool) -> None:
    assert is_cut(title) is cut


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (f"<h1>{TITLE[:9]}<br>{TITLE[9:]}</h1>", TITLE),
        (f"<h1>{TITLE[:-3]}</h1><h1>{TITLE[-3:]}</h1>", TITLE),
        (f"<h1>建议提案</h1><h2>{TITLE[:-5]}</h2><h3>{TITLE[-5:]}（A类）</h3>", f"{TITLE}（A类）"),
        (f"<h1>{TITLE}</h1><h2>关于加强停车管理的建议</h2>", TITLE),
        (f"<h1>建议提案</h1><h2>{TITLE}</h2><h2>{TITLE}</h2>", TITLE),
        ("<h1>关于加强停车管理</h1><h2>关于第3号建议的答复</h2>", "关于第3号建议的答复"),
        ("<h1>关于第3号建议</h1><h2>相关答复</h2>", "相关答复"),
        ("<h1>关于第3号建议</h1><h2>提案答复</h2>", "关于第3号建议"),
    ],
)
def test_a_title_over_two_lines_or_headings_is_one(html: str, title: str) -> None:
    assert choose_title([read_headings(parse(html))]) == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([TITLE], TITLE),
        (["青水函〔2023〕5号", TITLE, "（A类）"], TITLE),
        (["青禾市水务局", TITLE[:12], TITLE[12:-2], "答 复", "青水函"], f"青禾市水务局{TITLE}"),
        (["首页", "青禾市水务局", f"{TITLE}（B类）"], f"青禾市水务局{TITLE}（B类）"),
        (["A类", f"白沙县水利局{TITLE}"], f"白沙县水利局{TITLE}"),
        (["A类", TITLE[:9], TITLE[9:]], TITLE),
        (["建议提案答复"], None),
        (["关于修桥" * 50 + "建议的答复"], None),
        (["关于防汛工作的意见"], None),
        (["关于", "市七届", "人大", "三次会议", "第12号", "建议的答复"], None),
        ([], None),
    ],
)
def test_the_title_above_a_letter_is_read(lines: list[str], title: str | None) -> None:
    assert title_above(lines) == title


def test_a_title_that_only_its_name_tells_is_read_where_no_heading_is() -> None:
    called = f"<div class=artTitle>{TITLE}</div><p class=title>{'新闻' * 80}</p>"

    assert read_headings(parse(f"<h1>建议提案</h1>{called}")) == ["建议提案", TITLE]
    assert read_headings(parse(f"<h1>{TITLE}</h1><i class=title>相关</i>")) == [TITLE]


def test_a_page_of_headings_only_is_read_in_time() -> None:
    headings = read_headings(parse("<h2>关于第3号建议的答复</h2>" * 3_000))

    assert choose_title([headings, ["关于第4号建议的答复"]]) == "关于第3号建议的答复"
    assert len(headings) < 100


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


MENU = "<ul>" + "<li><a href=a>政务公开</a></li>" * 90 + "</ul>"
FOOT = "<div>" + "<div>主办单位：青禾市人民政府办公室 地址：青禾市长安路1号</div>" * 36 + "</div>"


def test_menus_and_feet_are_no_letter_however_much_they_say() -> None:
    found = find_content(parse(f"{MENU}<div class=x><div>{LETTER}</div></div>{FOOT}"))

    assert found is not None
    assert (found.lines[0], found.lines[-1]) == (
        "余知秋代表：",
        find_content(parse(LETTER)).lines[-1],  # type: ignore[union-attr]  # it is one
    )


def test_a_page_of_rows_is_no_letter_though_its_foot_has_a_sentence() -> None:
    rows = "<div>" + "<p>关于养老的建议 2023-07-03</p>" * 90 + "</div>"

    assert find_content(parse(f"<p>收悉</p>{rows}<p>请勿转载。</p>")) is None


@pytest.mark.parametrize(
    "html",
    [
        "<div class='a zoom'>{}</div>",
        "<section class='a zoom'>{}</section>",
        "<article class='a zoom'>{}</article>",
        "<table class='a zoom'><tr><td>{}</td></tr></table>",
        "<table><tr><td class='a zoom'>{}</td></tr></table>",
        "<span id=zoom>{}</span>",
    ],
)
def test_any_block_may_be_named_as_the_place(html: str) -> None:
    found = find_content(parse(f"<div>{html.format(LETTER)}</div>"))

    assert found is not None
    assert not found.guessed


def rows(*paragraphs: str) -> str:
    return "".join(f"<tr><td><table><tr><td>{each}</table>" for each in paragraphs)


def test_a_letter_each_paragraph_of_which_is_a_table_is_the_rows_together() -> None:
    done = (f"第{number}座桥已经修好，可以通行。" for number in range(9))
    letter = rows("余知秋代表：", "您提出的建议收悉，现答复如下：", *done)
    page = f"<tr><td>{'首页' * 40}。<td><table>{letter}</table><tr><td>{'地址' * 30}。"
    place = find_content(parse(f"<table>{page}</table>"))

    assert place is not None
    assert place.guessed
    assert (place.lines[0], len(place.lines)) == ("余知秋代表：", 11)


def test_a_page_of_frames_has_no_body_and_no_place() -> None:
    assert find_content(parse("<html><frameset><frame></frameset></html>")) is None


def test_a_letter_that_is_one_row_of_a_page_is_not_all_its_rows() -> None:
    letter = f"<tr><td><p>余知秋代表：您提出的建议收悉，现答复如下：{'已经修好。' * 40}</p>"
    menu = f"<tr><td><p>{'首页。' * 9}</p>"
    place = find_content(parse(f"<table>{menu}{menu}{letter}{menu}</table>"))

    assert place is not None
    assert len(place.lines) == 1


def test_a_place_is_guessed_where_no_table_names_it() -> None:
    named, unnamed = (find_content(parse(f"<div class={c}>{LETTER}</div>")) for c in ("zoom", "x"))

    assert (named and named.guessed, unnamed and unnamed.guessed) == (False, True)
    chosen = find_content(parse(f"<div class=x>{LETTER}</div>"), ".x")
    assert chosen is not None
    assert not chosen.guessed


@pytest.mark.parametrize(
    "named", ["class=TRS_PreAppend", "id=info_cont", "class=info_cont", "id=detailCon"]
)
def test_where_systems_put_a_letter_is_known(named: str) -> None:
    found = find_content(parse(f"<div><div {named}>{LETTER}</div></div>"))

    assert found is not None
    assert not found.guessed


ESCAPED = LETTER.replace("<", "&lt;").replace(">", "&gt;")
JSON = LETTER.replace("<", "\\u003C")


@pytest.mark.parametrize(
    "held",
    [
        f"<textarea id=content>{ESCAPED}</textarea>",
        f"<textarea id=content>{ESCAPED.replace('&', '&amp;')}</textarea>",
        f"<script type='text/html' id=tpl>{LETTER}</script>",
        f"<noscript>{LETTER}</noscript>",
        f"<template>{LETTER}</template>",
        f'<script>var DETAIL = {{"title": "一", "content": "{JSON}"}}</script>',
        "<textarea>余知秋代表：\n您提出的《关于修桥的建议》收悉，现答复如下：\n已经修好。</textarea>",
    ],
)
def test_a_letter_that_only_a_form_or_a_program_holds_is_read(held: str) -> None:
    html = f"<p>索引号</p><div id=zoom></div><textarea>搜索</textarea>{held}<p>版权所有</p>"
    document = parse(html)
    document.strip_tags(["script", "textarea", "noscript", "template"])

    found = find_content(document, None, html)

    assert found is not None
    assert found.lines[0] == "余知秋代表："
    assert len(found.lines) == 3
    assert found.guessed
    assert [node.text() for node in found.before() if node.tag == "p"] == ["索引号"]


@pytest.mark.parametrize(
    "held",
    [
        f"<script>document.write('{LETTER}')</script>",
        "<textarea>您提出的",
        "<textarea><!-- 收悉 --></textarea><p id=none></p>",
        '<script>var a = {"content": "\\u003Cp\\u00"}</script>',
        '<script>var a = {"content": "\\u003Cp</script>',
        "<textarea>您提出的建议</textarea>" * 250 + "<textarea><!-- 收悉 --></textarea>",
    ],
)
def test_a_program_that_holds_no_markup_is_not_read(held: str) -> None:
    assert [*held_markup(held)][200:] == []
    assert find_content(parse(""), None, held.replace("您提出的建议", "一")) is None


def test_what_a_form_holds_is_not_believed_where_the_page_prints_a_letter() -> None:
    html = f"<div class=x>{LETTER}</div><textarea>{ESCAPED.replace('余', '李')}</textarea>"

    found = find_content(parse(html), None, html)

    assert found is not None
    assert found.lines[0] == "余知秋代表："


@pytest.mark.parametrize(
    ("html", "lines", "is_shown"),
    [
        ("<div id=zoom></div><ul><li><a href=a.pdf>函.pdf</a></li></ul>", (), False),
        ("<div id=zoom><a href=a.pdf><img src=a.gif></a></div>", (), True),
        ("<div id=zoom><p><img src=1.jpg></p><p><img src=2.jpg></p></div>", (), True),
        ("<div id=zoom><p>扫描件</p><p><img src=1.jpg></p></div>", ("扫描件",), True),
        ("<div id=zoom><iframe src=/v.html?file=a.pdf></iframe></div>", (), True),
        ("<div class=x><p>函</p><iframe src=a.pdf></iframe></div>", ("函",), True),
        ("<div class=x><embed src=a.ofd></div><p>本网声明。</p>", (), True),
        ("<div class=x><b><a href=a.doc>函.doc</a></b></div>", ("函.doc",), False),
        (
            "<div>ICP备1号 <a href=a.doc>说明.doc</a></div><p><a href=b.doc>函.doc</a></p>",
            ("函.doc",),
            False,
        ),
        ("<div id=zoom></div><script>showVsbpdfIframe('a.pdf')</script>", (), True),
        ("<div id=zoom></div><a href=a.doc>函</a><div id=Zoom><p>ICP备1号</p></div>", (), False),
    ],
)
def test_a_letter_that_is_only_a_file_has_a_place(
    html: str, lines: tuple[str, ...], is_shown: bool
) -> None:
    found = find_content(parse(html), None, html)

    assert found is not None
    assert (found.lines, found.is_shown) == (lines, is_shown)


@pytest.mark.parametrize(
    "html",
    [
        "<div id=zoom></div>",
        "<div class=x><a href=a.html>一</a><iframe src=a.html></iframe></div>",
        "<div>版权所有 <a href=a.doc>说明.doc</a></div>",
        "<div class=x><a href=a.zip>OFD阅读器.zip</a></div>",
        "<a href=a.doc>函.doc</a>",
        "",
    ],
)
def test_a_page_without_text_and_file_has_no_place(html: str) -> None:
    assert find_content(parse(html)) is None


def test_the_sources_own_element_may_hold_a_file_alone() -> None:
    html = "<div class=x><iframe src=a.pdf></iframe></div>"

    assert find_content(parse(html), ".x") is not None
    assert find_content(parse(html), ".y") is None


def test_text_beside_an_image_is_the_letter_where_there_is_much_of_it() -> None:
    found = find_content(parse(f"<div id=zoom>{LETTER * 5}<img src=a.jpg></div>"))

    assert found is not None
    assert not found.is_shown


@pytest.mark.parametrize(
    ("html", "name", "url"),
    [
        (
            "<a href=f.doc><img></a><a href=f.doc>函.doc</a>",
            "函.doc",
            "http://www.qinghe.test/jyta/f.doc",
        ),
        (
            "<a href=f.doc title=函.doc>点击下载</a>",
            "函.doc",
            "http://www.qinghe.test/jyta/f.doc",
        ),
        ("<a href=/d?id=1 title=函.doc>下载</a>", "函.doc", "http://www.qinghe.test/d?id=1"),
        ("<a href=/d?id=1 title=函.doc><img></a>", "函.doc", "http://www.qinghe.test/d?id=1"),
        ("<a href=/d?id=1>函.docx</a>下载", "函.docx", "http://www.qinghe.test/d?id=1"),
        (
            "<a href=/DownloadAttachUrl?i=1>表</a>",
            "表",
            "http://www.qinghe.test/DownloadAttachUrl?i=1",
        ),
        (
            "<iframe src='/pdfjs/web/viewer.html?file=%2Ff%2F1.pdf&p=1'></iframe>",
            "1.pdf",
            "http://www.qinghe.test/f/1.pdf",
        ),
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
    html += "<a href=r.zip>PDF阅读器下载</a><a href=a.apk>客户端</a><a href=b title=说明>下载</a>"
    html += "<p>版权所有 <a href=help.pdf>使用说明</a></p>"

    body = parse(html).css("body")[0]
    assert read_attachments(URL, [*body.iter()], "") == ()


def test_links_that_are_never_closed_are_named_in_time() -> None:
    html = "".join(f"<a href={at}.pdf><table><td>清单" for at in range(1_000))
    found = read_attachments(URL, [*parse(f"<div>{html}").css("div")], "")

    assert (found[0].name, found[-1].name) == ("0.pdf", "清单")


def test_a_file_that_only_a_script_shows_is_an_attachment() -> None:
    scripts = """var pdfurl = "/f/1.pdf"; showVsbpdfIframe('2.pdf', "100%");"""

    assert [each.url for each in read_attachments(URL, [], scripts)] == [
        "http://www.qinghe.test/f/1.pdf",
        "http://www.qinghe.test/jyta/2.pdf",
    ]
