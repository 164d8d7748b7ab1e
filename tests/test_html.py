from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.text.html import absolute, lines, one_line, parse

BASE = "http://www.gov.test/xxgk/jytabl/index.html"


def body_lines(text: str) -> list[str]:
    body = parse(text).body
    assert body is not None
    return lines(body)


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "<", "<!--", "%PDF-1.4 \x1b\xff", "</p>"])
def test_a_tree_comes_of_anything(text: str) -> None:
    assert parse(text).body is not None


def test_ten_thousand_nested_elements_are_read() -> None:
    assert body_lines("<div>" * 10_000 + "<b>" * 10_000 + "答复") == ["答复"]


def test_an_element_with_a_hundred_thousand_attributes_loses_them_and_nothing_else() -> None:
    crowd = " ".join(f"a{n}='{n}>'" for n in range(100_000))
    tree = parse(f"<p id=a>一</p><p {crowd}>二</p><p id=c>三</p>")
    assert [node.attributes for node in tree.css("p")] == [{"id": "a"}, {}, {"id": "c"}]


def test_in_a_small_page_a_crowd_of_attributes_is_kept() -> None:
    crowd = " ".join(f"a{n}" for n in range(1_000))
    assert len(parse(f"<p {crowd}>二</p>").css("p")[0].attributes) == 1_000


def test_lines_break_where_a_reader_sees_them_break() -> None:
    assert body_lines(
        "<p>一<span>二</span>\n三</p>四<br>五<div>六<ul><li>七<li>八</ul></div>九"
    ) == [
        "一二 三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
    ]


def test_the_cells_of_a_row_are_separated_by_tabs_whatever_is_in_them() -> None:
    table = "<table><tr><th>索引号<td><p>1</p><p>2</p><td>文号<td></tr><tr><td><td>三</table>"
    assert body_lines(table) == ["索引号\t1", "2\t文号", "三"]


def test_lines_of_a_pre_are_lines() -> None:
    assert body_lines("<pre>一\n  二\n\n<b>三</b></pre>四") == ["一", "二", "三", "四"]


def test_lines_of_a_pre_also_end_where_others_do() -> None:
    assert body_lines("<pre>一<br>二<div>三\n四</div><style>x</style>五</pre>六") == [
        *("一", "二", "三", "四五", "六")
    ]


def test_what_word_leaves_behind_is_not_read() -> None:
    left = "<xml><w:View>Normal</w:View></xml><![if !supportLists]><!--[if gte mso 9]>x<![endif]-->"
    assert body_lines(f"<p>一{left}二<o:p></o:p></p><p>&nbsp;&nbsp;三</p>") == ["一二", "三"]


def test_programs_comments_and_forms_are_not_read() -> None:
    unread = (
        "<script>a</script><style>b</style><!-- c --><textarea>d</textarea><noscript>e</noscript>"
    )
    assert body_lines(f"{unread}<p>一{unread}二</p>") == ["一二"]


def test_a_text_node_and_a_pre_can_be_asked_for() -> None:
    pre = parse("<p>x</p><pre>一\n二</pre>").css("pre")[0]
    text = pre.first_child
    assert text is not None
    assert (lines(pre), one_line(pre), lines(text)) == (["一", "二"], "一 二", ["一 二"])


def test_what_is_asked_for_itself_is_read() -> None:
    node = parse("<textarea>答复</textarea>").css("textarea")[0]
    assert (lines(node), one_line(node)) == (["答复"], "答复")


def test_text_is_composed_and_without_what_nobody_sees() -> None:
    assert body_lines("<p>A\u030a\u200b关\ufeff于\u3000\u00a0答复\x0e</p>") == ["Å关于 答复"]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        (
            "./202107/t20210705_123.html",
            "http://www.gov.test/xxgk/jytabl/202107/t20210705_123.html",
        ),
        ("../../../../a.html", "http://www.gov.test/a.html"),
        ("..", "http://www.gov.test/xxgk/"),
        (".", "http://www.gov.test/xxgk/jytabl/"),
        ("/a/./b/../c", "http://www.gov.test/a/c"),
        ("http://www.gov.test/../a/./b/..", "http://www.gov.test/a/"),
        (
            "?page=2&q=关于",
            "http://www.gov.test/xxgk/jytabl/index.html?page=2&q=%E5%85%B3%E4%BA%8E",
        ),
        ("//b.gov.test/a.html#top", "http://b.gov.test/a.html"),
        ("HTTPS://B.Gov.test:443", "https://b.gov.test/"),
        ("http://b.gov.test:8080/a", "http://b.gov.test:8080/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("http://政务.test/", "http://xn--zfr164b.test/"),
        (" a b\n.html ", "http://www.gov.test/xxgk/jytabl/a%20b.html"),
        ("\\a\\b.html?c=\\", "http://www.gov.test/a/b.html?c=%5C"),
        ("%E5%85%B3.html", "http://www.gov.test/xxgk/jytabl/%E5%85%B3.html"),
        ("关.html", "http://www.gov.test/xxgk/jytabl/%E5%85%B3.html"),
        ("2024:1.html", "http://www.gov.test/xxgk/jytabl/2024:1.html"),
    ],
)
def test_a_link_is_joined_to_its_page(href: str, url: str) -> None:
    assert absolute(BASE, href) == url


@pytest.mark.parametrize(
    "href",
    [
        "",
        " ",
        "#top",
        "javascript:;",
        "JavaScript:void(0)",
        "java\nscript:a()",
        "mailto:a@b.test",
        "tel:12345",
        "data:text/html,a",
        "about:blank",
        "file:///etc/passwd",
        "ftp://a.test/",
        "http://user:secret@www.gov.test/",
        "http://@www.gov.test/",
        "http://",
        "http:///a",
        "http://[",
        "http://a b/",
        "http://a.test:99999/",
        "http://a.test:b/",
        "http://" + "政" * 80 + ".test/",
    ],
)
def test_what_leads_to_no_page_is_none(href: str) -> None:
    assert absolute(BASE, href) is None


def test_a_base_that_is_no_address_gives_none() -> None:
    assert absolute("index.html", "a.html") is None


@given(st.text() | st.sampled_from([BASE, "//", "http:"]), st.text())
def test_joining_never_raises_and_gives_an_address_or_none(base: str, href: str) -> None:
    url = absolute(base, href)
    assert url is None or (url.isascii() and urlsplit(url).hostname and "#" not in url)


@given(st.text(alphabet="ab./\\?#%:@ 关", max_size=20))
def test_an_address_joined_again_is_itself(href: str) -> None:
    url = absolute(BASE, href)
    assert url is None or absolute(BASE, url) == url


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "{}",
        "<div>" * 50_000 + "{}" + "</div>" * 50_000,
        "".join(f"<b id={n}><p>" for n in range(20_000)) + "{}",
        "<p>" + "".join(f"<FONT color={n}>" for n in range(500)) + "{}" + "<p>收悉" * 10_000,
    ],
    ids=["never closed", "closed at the end", "repeated in every paragraph", "in capitals"],
)
def test_elements_nested_beyond_what_the_parser_bears_are_left_out_not_what_they_hold(
    page: str,
) -> None:
    tree = parse(page.format("<a href=1.html>答复</a>"))
    assert [one_line(link) for link in tree.css("a")] == ["答复"]
    assert tree.css("div, b, font") == []


def test_elements_nested_as_deep_as_pages_nest_are_kept() -> None:
    assert len(parse("<div>" * 300 + "<b>答复</b>" * 1000).css("div, b")) == 1300
    assert len(parse("<p>" * 20_000).css("p")) == 20_000


def test_a_host_may_end_with_a_point() -> None:
    assert absolute(BASE, "http://www.gov.test./a") == "http://www.gov.test/a"
