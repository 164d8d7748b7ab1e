"""Families whose pages are files: what a page says of the way on, and what is tried if nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import ListingError
from replyarc.listing import (
    creator,
    nfcms,
    numbered,
    phpcms,
    shaanxi,
    single,
    trs,
    ucap,
)
from replyarc.listing.asking import asked_by
from replyarc.listing.families import FAMILIES, Family, candidates
from replyarc.listing.numbers import numbers_in
from replyarc.listing.pager import unpaged
from replyarc.listing.written import written
from replyarc.model import Entry, Listing, Page, Request, Source

ROOT = "http://mzj.qingyuan.gov.test"
URL = f"{ROOT}/jytabl/index.html"
OWN: tuple[str, ...] = (
    "trs",
    "nfcms",
    "creator",
    "shaanxi",
    "phpcms",
    "nextlink",
    "numbered",
    "single",
)


def rows(shape: str = "202306/t20230628_{}.html") -> str:
    links = (
        f'<li><a href="{shape.format(n)}">关于市八届人大第{n}号建议的答复</a>2023-06-28</li>'
        for n in range(10, 13)
    )
    return f"<ul>{''.join(links)}</ul>"


def page(pager: str, url: str = URL, shape: str = "202306/t20230628_{}.html") -> Page:
    return Page(url, f"<body>{rows(shape)}<div>{pager}</div>")


def guessed(url: str, text: str, column: str = URL) -> Page:
    """Return a page that was asked for as a guess of a column."""
    return Page(url, text, asked_by(Page(column, ""), url))


def source(**options: str) -> Source:
    return Source(name="qingyuan", publisher="清源市民政局", urls=(URL,), options=options)


def read(family: Family, pager: str, url: str = URL, **given: str) -> Listing:
    return family.read(page(pager, url, **given), source())


def path(request: Request | None) -> str | None:
    return request.url.removeprefix(ROOT) if request else None


def ways(listing: Listing) -> tuple[str | None, list[str | None]]:
    return path(listing.next), [path(guess) for guess in listing.guesses]


# --- trs


@pytest.mark.parametrize(
    ("script", "expected", "pages", "announced"),
    [
        ('createPageHTML(25, 0, "index", "shtml", "black2", 496)', "index_1.shtml", 25, 496),
        ('createPage(25, 24, "index", "html")', None, 25, None),
        ('createPageHTML("12",0,"index","html")', "index_1.html", 12, None),
        ("Pager({current:1, size:3, suffix:'.html', prefix:'index'})", "index_2.html", 3, None),
        ("//Pager({current:1, size:3, suffix:'.html', prefix:'index'})", None, None, None),
        ("Pager({visible:5})", None, None, None),
        ("//var countPage = 9\nvar countPage = 3", "index_1.html", 3, None),
        ("Pager({size:3})", None, None, None),
    ],
)
def test_a_pager_of_trs_says_all(
    script: str, expected: str | None, pages: int | None, announced: int | None
) -> None:
    listing = read(trs, f"<script>{script}</script>")
    following = f"/jytabl/{expected}" if expected else None
    assert (path(listing.next), listing.pages, listing.announced) == (following, pages, announced)
    assert bool(listing.guesses) == (pages is None)


@pytest.mark.parametrize("family", [trs, ucap])
def test_the_file_that_a_parameter_names_is_what_the_pages_are_named_after(family: Family) -> None:
    parameter = '<script id="pageParam" data="/jytabl/" url="/jytabl/s_list.shtml"></script>'
    call = "<script>createPageHTML('paging', 9, {}, 'index', 'shtml', 85)</script>"
    assert path(read(family, parameter + call.format(1)).next) == "/jytabl/s_list_2.shtml"
    assert read(family, parameter + call.format(9)).next is None
    bare = '<script id="pageParam" data="/jytabl/"></script>'
    assert read(trs, bare + call.format(1)).pages is None


@pytest.mark.parametrize(
    "pager",
    [
        "",
        '<script>//createPageHTML(25, 0, "index", "html");</script>',
        '<!-- createPageHTML(25, 0, "index", "html") -->',
    ],
)
def test_a_page_of_trs_without_a_pager_may_have_a_second_all_the_same(pager: str) -> None:
    assert ways(read(trs, pager)) == (None, ["/jytabl/index_1.html"])
    assert ways(read(trs, pager, f"{ROOT}/jytabl/list.shtml")) == (None, ["/jytabl/list_1.shtml"])
    second = guessed(f"{ROOT}/jytabl/index_1.html", page(pager).text)
    assert ways(trs.read(second, source())) == (None, ["/jytabl/index_2.html"])


def test_a_page_of_trs_without_a_pager_follows_its_links() -> None:
    assert ways(read(trs, "<a href=a_1.html>下一页</a>")) == ("/jytabl/a_1.html", [])
    assert ways(read(trs, "第3/3页")) == (None, [])


def test_a_total_without_a_base_lets_both_second_pages_be_tried() -> None:
    goto = "<script>if(ele.value==''||ele.value>5){alert(1)}</script>"
    listing = read(trs, goto)
    assert ways(listing) == (None, ["/jytabl/index_1.html", "/jytabl/index_2.html"])
    assert listing.pages == 5
    middle = guessed(f"{ROOT}/jytabl/index_2.html", page(goto).text)
    assert ways(trs.read(middle, source())) == ("/jytabl/index_3.html", [])
    assert read(trs, "<script>if(ele.value>1){}</script>").pages == 1
    assert read(trs, goto, f"{ROOT}/list.jsp").pages is None


def test_the_old_column_of_a_ministry_counts_in_the_bare_query() -> None:
    total = '<script>var totalpage = "3";</script>'
    column = f"{ROOT}/jytabl/"
    assert ways(read(trs, total, column)) == (None, ["/jytabl/?2"])
    second = guessed(f"{column}?2", page(total).text, column)
    assert ways(trs.read(second, source())) == (None, ["/jytabl/?3"])
    assert trs.shows(Page(column, total))
    assert not trs.shows(Page(column, '<script>var totalpage = "1";</script>'))


# --- rows that scripts write

SCRIPT = """<script>
var url = ""; var title = "";
//url = "./202301/t20230101_9.shtml"; title = "旧的答复"
url = "./202306/t20230628_{n}.shtml"; title = "关于市八届人大…";
title = "关于市八届人大第{n}号建议的\\"答复\\"";
var FILENUM = "{number}"
document.writeln("<a href='"+url+"'>"+title+"</a>");
document.writeln("<span>2023-06-{n} 17:32</span>");
</script>"""


def scripted(*numbers: str) -> Page:
    html = "".join(
        SCRIPT.replace("{n}", str(n)).replace("{number}", number)
        for n, number in enumerate(numbers, 11)
    )
    return Page(URL, f"<a href='t20200101_1.html'>首页公告</a>2020-01-01 {html}")


def test_rows_that_a_script_writes_are_read_with_their_numbers() -> None:
    found, _ = written(scripted("清民函〔2023〕11号", "无"), source())
    title = '关于市八届人大第{}号建议的"答复"'
    address = f"{ROOT}/jytabl/202306/t20230628_{{}}.shtml"
    assert found == (
        Entry(
            address.format(11),
            title.format(11),
            date(2023, 6, 11),
            document_number="清民函〔2023〕11号",
        ),
        Entry(address.format(12), title.format(12), date(2023, 6, 12)),
    )
    assert trs.read(scripted("无"), source()).entries[0].url == address.format(11)


def test_the_day_of_a_written_row_may_stand_in_a_variable_and_its_address_last() -> None:
    html = "".join(
        f"<script>title='关于第{n}号建议的答复';url='/a/t20230628_{n}.html';"
        f"PUBDATE='2023-06-{n}';abstract='{'摘' * 50}';document.write(\"<li>\"+url);</script>"
        for n in (11, 12)
    )
    found, _ = written(Page(URL, html), source())
    assert [(entry.title, entry.listed_on) for entry in found] == [
        ("关于第11号建议的答复", date(2023, 6, 11)),
        ("关于第12号建议的答复", date(2023, 6, 12)),
    ]


@pytest.mark.parametrize(
    "script",
    [
        "var url='/a/t20230628_1.html';var title='分享这一页的标题';",
        "var title='分享这一页的标题';document.write('<i>');",
        "document.write('a');url='/t20230628_1.html';document.write('b');title='标题标题标题';",
        "url='/jytabl/index.html';title='分享这一页的标题';document.write('b');",
    ],
)
def test_what_is_not_written_whole_or_is_no_article_is_no_row(script: str) -> None:
    html = f"{rows()}<script>{script}</script>"
    assert len(written(Page(URL, html), source())[0]) == 3


def test_a_selector_goes_before_scripts() -> None:
    html = scripted("无").text + "<p class=a><a href=x.html>函</a></p>"
    found, _ = written(Page(URL, html), source(entry="p.a"))
    assert [entry.title for entry in found] == ["函"]


# --- numbers that a row prints


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发文字号：清府办发〔2021〕118号成文日期 ：2021-01-02", (None, "清府办发〔2021〕118号")),
        ("（文号：清民函[2019] 5号）", (None, "清民函[2019] 5号")),
        ("发文字号: 清府令第350号", (None, "清府令第350号")),
        ("【索引号】：A-2/2021_3 【文号】：无", ("A-2/2021_3", None)),
        (
            "索 引 号：０００／２０１９ 文　号：清民〔２０１９〕５号",
            ("０００／２０１９", "清民〔２０１９〕５号"),
        ),
        ("文号： 发布日期：2024年 关于第5号建议的答复", (None, None)),
        ("索引号：无 关于第5号建议的答复", (None, None)),
        ("清民函〔2019〕5号", (None, None)),
    ],
)
def test_numbers_are_read_behind_their_labels_alone(
    text: str, expected: tuple[str | None, str | None]
) -> None:
    assert numbers_in(text) == expected


# --- nfcms


def test_nfcms_counts_from_one() -> None:
    post = "content/post_91{}.html"
    assert ways(read(nfcms, "", shape=post)) == (None, ["/jytabl/index_2.html"])
    linked = "<b>1</b><a href=index_2.html>2</a>"
    assert ways(read(nfcms, linked, shape=post)) == ("/jytabl/index_2.html", [])
    assert ways(read(nfcms, "<span>下一页</span>", shape=post)) == (None, [])
    second = guessed(f"{ROOT}/jytabl/index_2.html", page("", shape=post).text)
    assert ways(nfcms.read(second, source())) == (None, ["/jytabl/index_3.html"])


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<script>window.NFCMS_SITE_ID=990123;</script>", True),
        ("<a href=/mzj/content/mpost_9100001.html>函</a>", True),
        ("<a href=content/post_9100001.html>函</a>", True),
        ("<a href=/gkmlpt/content/9/9103/post_9103540.html>函</a>", False),
        ("NFCMS_CAT_ID=1;<script>createPageHTML(5, 0, 'index', 'html')</script>", False),
    ],
)
def test_nfcms_is_told_by_its_variables_and_articles(html: str, shown: bool) -> None:
    assert nfcms.shows(Page(URL, html)) == shown


# --- creator

COLUMN = f"{ROOT}/6790/6791/default.htm"
CONTENT = "content_10{}.html"
GOTO = "<script>if(num<1){alert(1)}else if(num>4){alert(2)}</script>"


def test_creator_tries_both_second_pages_and_counts_on_to_its_total() -> None:
    first = read(creator, GOTO, COLUMN, shape=CONTENT)
    both = ["/6790/6791/default_1.htm", "/6790/6791/default_2.htm"]
    assert (ways(first), first.pages) == ((None, both), 4)
    text = page(GOTO, shape=CONTENT).text

    def on(name: str) -> tuple[str | None, list[str | None]]:
        return ways(creator.read(guessed(f"{ROOT}/6790/6791/{name}", text, COLUMN), source()))

    assert on("default_2.htm") == ("/6790/6791/default_3.htm", [])
    assert on("default_3.htm") == (None, ["/6790/6791/default_4.htm"])
    assert on("default_4.htm") == (None, [])


def test_creator_believes_a_link_before_counting() -> None:
    linked = GOTO + "<a href=default_1.htm>下一页</a>"
    assert ways(read(creator, linked, COLUMN, shape=CONTENT)) == ("/6790/6791/default_1.htm", [])
    silent = read(creator, "", COLUMN, shape=CONTENT)
    assert len(silent.guesses) == 2


@pytest.mark.parametrize(
    ("html", "url", "shown"),
    [
        ("<a href=content_1.html>函</a>", COLUMN, True),
        (f"<a href=content_1.html>函</a>{GOTO}", URL, True),
        ("<ul class='contents-list mt-1'><a href=content_1.html>函</a>", URL, True),
        (f"<ul class='xxdk-news-list pd30'>{GOTO}", URL, True),
        (GOTO, f"{ROOT}/6790/default_3.htm", True),
        (GOTO, URL, False),
        ("<a href=content_1.html>函</a>", URL, False),
    ],
)
def test_creator_is_told_by_two_signs(html: str, url: str, shown: bool) -> None:
    assert creator.shows(Page(url, html)) == shown


# --- shaanxi


def test_shaanxi_counts_in_the_name_of_its_file() -> None:
    total = "<script>var totalPage = parseInt('3');</script>"
    folder = f"{ROOT}/zfxxgk/fdzdgknr/jyta/"
    snow = "/zfxxgk/fdzdgknr/jyta/19580919780135034{}.html"
    for url, expected in (("", "2.html"), ("1.html", "2.html"), ("3.html", None)):
        listing = read(shaanxi, total, folder + url, shape=snow)
        following = f"/zfxxgk/fdzdgknr/jyta/{expected}" if expected else None
        assert (path(listing.next), listing.pages) == (following, 3)
    two = read(shaanxi, total + "<script>parseInt('9')</script>", f"{folder}1.html", shape=snow)
    assert (two.next, two.pages, path(two.guesses[0])) == (
        None,
        None,
        "/zfxxgk/fdzdgknr/jyta/2.html",
    )


@pytest.mark.parametrize(
    ("html", "name", "shown"),
    [
        ("<script>parseInt('3')</script>", "jyta/1.html", True),
        ("<div class='m-lst36'><script>parseInt('3')</script>", "fdzdgknr/jyta/", True),
        ("<script>parseInt('3')</script>", "fdzdgknr/jyta/", False),
        ("<script>//parseInt('3')</script>", "jyta/1.html", False),
        ("<script>parseInt('3')</script>", "jyta/index.html", False),
    ],
)
def test_shaanxi_is_told_by_name_and_total(html: str, name: str, shown: bool) -> None:
    assert shaanxi.shows(Page(f"{ROOT}/{name}", html)) == shown


# --- phpcms


@pytest.mark.parametrize(
    ("url", "second"),
    [
        (f"{ROOT}/list-12-1.html", "/list-12-2.html"),
        (f"{ROOT}/html/jyta/", "/html/jyta/2.html"),
        (f"{ROOT}/html/jyta/index.html", "/html/jyta/2.html"),
        (
            f"{ROOT}/index.php?m=content&c=index&a=lists&catid=12",
            "/index.php?m=content&c=index&a=lists&catid=12&page=2",
        ),
    ],
)
def test_phpcms_names_its_pages_by_three_rules(url: str, second: str) -> None:
    shape = "/html/2023/jyta_0526/690{}.html"
    silent = read(phpcms, "", url, shape=shape)
    assert ways(silent) == (None, [second])
    pager = (
        f'<a class="a1">66条</a> <a href="{url}" class="a1">上一页</a> <span>1</span>'
        f' <a href="{second}">2</a> <a href="{second}" class="a1">下一页</a>'
    )
    listing = read(phpcms, pager, url, shape=shape)
    assert (ways(listing), listing.announced) == ((second, []), 66)
    last = f'<a class="a1">3条</a><span>1</span><a href="{url}" class="a1">下一页</a>'
    assert ways(read(phpcms, last, url, shape=shape)) == (None, [])


def test_phpcms_guesses_nothing_where_no_rule_fits() -> None:
    assert ways(read(phpcms, "", f"{ROOT}/jyta.html")) == (None, [])


@pytest.mark.parametrize(
    ("html", "url", "shown"),
    [
        ('<a href="/index.php?m=content&amp;c=index&amp;a=lists&amp;catid=9">政务</a>', URL, True),
        ('<a class="a1">共66条</a>', URL, True),
        ("", f"{ROOT}/list-12-1.html", True),
        ("", f"{ROOT}/index.php?m=content&c=index&a=lists&catid=12", True),
        ("<a href=/html/2023/jyta_0526/69006.html>函</a>", f"{ROOT}/html/jyta/", True),
        ("<a href=/html/2023/jyta_0526/69006.html>函</a>", f"{ROOT}/list/jyta/195.html", False),
        ("", URL, False),
    ],
)
def test_phpcms_is_told_by_addresses_and_pager(html: str, url: str, shown: bool) -> None:
    assert phpcms.shows(Page(url, html)) == shown


# --- what nothing fits


def test_nothing_known_is_guessed_and_counted_on() -> None:
    plain = page("")
    first = numbered.read(plain, source())
    assert ways(first) == (
        None,
        ["/jytabl/index_1.html", "/jytabl/index_2.html", "/jytabl/index.html?page=2"],
    )
    assert numbered.shows(plain)
    second = guessed(f"{ROOT}/jytabl/index_2.html", plain.text)
    assert ways(numbered.read(second, source())) == (None, ["/jytabl/index_3.html"])
    last = guessed(f"{ROOT}/jytabl/index_2.html", page("第2/2页").text)
    assert ways(numbered.read(last, source())) == (None, [])


def test_a_single_page_is_one_only_if_it_does_not_say_otherwise() -> None:
    found = read(single, "共3条")
    assert (len(found.entries), found.announced, ways(found)) == (3, 3, (None, []))
    assert not single.shows(page(""))
    for more in ("第1/5页", "共5页"):
        with pytest.raises(ListingError, match="it says that there are 5"):
            read(single, more)


def test_doubt_about_a_page_without_a_pager_leaves_guesses() -> None:
    assert [path(guess) for guess in unpaged(page(""), source(), None).guesses] == [
        "/jytabl/index_1.html",
        "/jytabl/index_2.html",
        "/jytabl/index.html?page=2",
    ]


def test_the_families_are_tried_in_the_order_of_their_signs() -> None:
    names = [name for name in FAMILIES if name in OWN]
    assert names == [
        "nfcms", "trs", "creator", "shaanxi", "phpcms", "nextlink", "numbered", "single"
    ]  # fmt: skip
    assert candidates(page(""))[-1] == "numbered"


@given(
    st.lists(
        st.sampled_from(
            (
                "createPageHTML(",
                "Pager({size:",
                "99999",
                ",",
                ")",
                "'",
                '"',
                "countPage=",
                "//",
                "<script>",
                "</script>",
                "<a href=",
                "index_2.html",
                ">",
                "下一页",
                "2",
                "</a>",
                "ele.value>",
                "parseInt('",
                "else if(num>",
                "document.write(",
                "url='",
                "title='",
                "共",
                "条",
                "第",
                "/",
                "页",
                "<!--",
                "-->",
                "content_1.html",
                "pageParam",
                "\n",
            )
        ),
        max_size=40,
    ).map("".join),
    st.sampled_from(OWN),
    st.sampled_from((URL, COLUMN, f"{ROOT}/a/1.html", f"{ROOT}/", f"{ROOT}/list.jsp?page=1")),
)
def test_no_page_makes_a_family_fail_but_in_its_own_words(text: str, name: str, url: str) -> None:
    for asked in (page(text, url), guessed(url, page(text).text)):
        FAMILIES[name].shows(asked)
        with suppress(ListingError):
            assert FAMILIES[name].read(asked, source()).entries
