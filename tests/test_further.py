"""Where a letter goes on that a site has split over several pages."""

from __future__ import annotations

import pytest

from replyarc.extract.further import MOST, Further, further_pages
from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Source
from replyarc.text.html import parse

FOLDER = "http://www.qinghe.test/jyta/201904/"
URL = f"{FOLDER}t20190419_6377489.htm"
LETTER = "<p>张三代表：</p><p>您提出的《关于修桥的建议》收悉，现答复如下：</p><p>一、已修。</p>"


def pages(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{FOLDER}t20190419_6377489_{number}.htm" for number in numbers)


def asked(html: str, url: str = URL) -> Further:
    page = Page(url, f"<body><div id=zoom>{LETTER}{html}</div></body>")
    return further_pages(page, parse(page.text))


def script(text: str) -> str:
    return f"<script>\n{text}\n</script>"


@pytest.mark.parametrize(
    ("call", "numbers"),
    [
        ('createPageHTML(3, 0, "t20190419_6377489", "htm");', (1, 2)),
        ("createPage('3','0','t20190419_6377489','htm')", (1, 2)),
        ("createPageHTML('page_div', 3, 1, 't20190419_6377489', 'htm', 9)", (2, 3)),
        ('createPageHTML(1, 0, "t20190419_6377489", "htm");', ()),
        ('createPageHTML(3, 1, "t20190419_6377489", "htm");', ()),
        ('createPageHTML(25, 0, "index", "htm");', ()),
        ('createPageHTML(3, 0, "t20190419_6377489", "html");', ()),
        ('  // createPageHTML(3, 0, "t20190419_6377489", "htm");', ()),
        (
            'createPageHTML(9, 0, "index", "htm");createPageHTML(2, 0, "t20190419_6377489", "htm")',
            (1,),
        ),
    ],
)
def test_the_call_that_writes_the_pager_names_the_pages(
    call: str, numbers: tuple[int, ...]
) -> None:
    assert asked(script(call)) == Further(pages(*numbers))


def test_a_call_inside_a_comment_is_left_out_one_that_hides_from_old_browsers_is_not() -> None:
    call = 'createPageHTML(2, 0, "t20190419_6377489", "htm")'

    assert asked(f"<!-- {script(call)} -->") == Further()
    assert asked(f"<!-- x -->{script(f'<!-- {call} //-->')}") == Further(pages(1))


def test_more_pages_than_a_letter_has_are_not_named() -> None:
    few, many = (f'createPageHTML({n}, 0, "t20190419_6377489", "htm")' for n in (MOST, MOST + 1))

    assert len(asked(script(few)).addresses) == MOST - 1
    assert asked(script(many)) == Further(unnamed=True)


@pytest.mark.parametrize(
    ("program", "further"),
    [
        (
            "var currentPage = 0;//从0开始\nvar countPage = 3;\nvar name = 't20190419_6377489';",
            Further(pages(1, 2)),
        ),
        ("var currentPage = 0; var countPage = 3;", Further(unnamed=True)),
        (
            "var currentPage = 1; var countPage = 3; go('t20190419_6377489_2.htm');",
            Further(unnamed=True),
        ),
        ("var currentPage = 2; var countPage = 3; go('t20190419_6377489');", Further()),
        ("var currentPage = 0; var countPage = 3; go('index_1.htm');", Further()),
        ("var currentPage = 0; var countPage = 1; go('t20190419_6377489');", Further()),
        ("var countPage = 3; go('t20190419_6377489');", Further()),
        ("//var countPage = 3; var currentPage = 0", Further()),
    ],
)
def test_a_count_of_pages_names_them_where_the_program_names_the_pages_file(
    program: str, further: Further
) -> None:
    assert asked(script(program)) == further


@pytest.mark.parametrize(
    ("links", "further"),
    [
        ("<b>1</b> <a href=t20190419_6377489_1.htm>2</a>", Further(pages(1))),
        (
            "<a href=t20190419_6377489_2.htm>[2]</a><a href=t20190419_6377489_3.htm>[3]</a>",
            Further(pages(2, 3)),
        ),
        (
            "<a href=t20190419_6377489_1.htm>2</a> … <a href=t20190419_6377489_3.htm>尾页</a>",
            Further(pages(1, 2, 3)),
        ),
        (
            "<a href=t20190419_6377489_1.htm>下一页</a><a href=t20190419_6377489_2.htm>末页</a>",
            Further(pages(1, 2)),
        ),
        ("<a href=t20190419_6377489_1.htm>下一页</a>", Further(pages(1), unnamed=True)),
        ("<a href=t20190419_6377489_1.htm>下一篇</a>", Further()),
        ("<a href=t20190419_6377489_7.htm>下一页</a>", Further()),
        ("<a href=t20190419_6377489_1.htm>2</a><a href=t20190419_6377489_9.htm>3</a>", Further()),
        ("<a href=t20190419_6377490_1.htm>2</a>", Further()),
        ("<a href=../t20190419_6377489_1.htm>2</a>", Further()),
        ("<a href=t20190419_6377489_1.html>2</a>", Further()),
        ("<a href=index_1.htm>2</a>", Further()),
    ],
)
def test_links_inside_the_letter_name_its_pages(links: str, further: Further) -> None:
    assert asked(links) == further


def test_links_right_below_the_letter_name_its_pages_links_elsewhere_do_not() -> None:
    link = "<a href=t20190419_6377489_1.htm>2</a>"
    page = "<body><div><div><div>{}</div></div></div><div><div><div>{}</div>{}</div></div></body>"

    def found(*parts: str) -> Further:
        text = page.format(*parts)
        return further_pages(Page(URL, text), parse(text))

    letter = f"<div id=zoom>{LETTER}</div>"
    assert found("", letter, link) == Further(pages(1))
    assert found(link, letter, "") == Further()
    assert found(link, "", "") == Further()


@pytest.mark.parametrize(
    "url", [f"{FOLDER}t20190419_6377489_1.htm", FOLDER, f"{FOLDER}show.jsp?id=1"]
)
def test_a_further_page_and_one_without_a_file_of_its_own_name_none(url: str) -> None:
    call = 'createPageHTML(3, 1, "t20190419_6377489", "htm")'

    assert asked(f"{script(call)}<a href={URL}>上一页</a>", url) == Further()


def test_a_count_without_a_file_of_its_own_is_told_apart() -> None:
    program = script("var currentPage = 0; var countPage = 3;")

    assert asked(program, f"{FOLDER}show.jsp?id=1") == Further(unnamed=True)


def test_a_page_that_names_itself_without_end_costs_little() -> None:
    assert asked("t20190419_6377489_x " * 100_000) == Further()


def test_the_letter_is_read_whole_from_its_pages() -> None:
    head = "<title>关于第12号建议的答复</title><body><div id=zoom>"
    links = "<p>1 <a href=t20190419_6377489_1.htm>2</a> 下一页</p>"
    source = Source(name="qinghe", publisher="青禾市", urls=(FOLDER,))
    first = Page(URL, f"{head}{LETTER}{links}")
    second = Page(
        pages(1)[0], f"{head}<p>二、再修。</p><p>青禾市民政局</p><p>2019年4月19日</p>{links}"
    )

    alone = extract(first, Entry(URL, ""), source)
    whole = extract(first, Entry(URL, ""), source, [second])

    assert (alone.further, whole.further) == (pages(1), ())
    assert whole.reply.text.split("\n")[2:] == [
        "一、已修。",
        "二、再修。",
        "青禾市民政局",
        "2019年4月19日",
    ]
