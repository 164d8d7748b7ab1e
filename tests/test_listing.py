from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import ListingError
from replyarc.listing import nextlink
from replyarc.listing.days import CELL, cut_day, read_day
from replyarc.listing.families import FAMILIES, candidates
from replyarc.listing.links import entries
from replyarc.listing.pager import calls
from replyarc.model import Entry, Listing, Page, Source

URL = "http://mzj.qingyuan.gov.test/jytabl/index.html"
TITLE = "关于市八届人大三次会议第018号建议的答复"
HREF = "202306/t20230628_18.html"
ADDRESS = "http://mzj.qingyuan.gov.test/jytabl/202306/t20230628_18.html"
DAY = date(2023, 6, 28)
ROW = f'<li><a href="{HREF}">{TITLE}</a><span>2023-06-28</span></li>'


def source(**options: str) -> Source:
    return Source(name="qingyuan", publisher="清源市民政局", urls=(URL,), options=options)


def listed(html: str, **options: str) -> tuple[Entry, ...]:
    return entries(Page(URL, html), source(**options))[0]


def left_out(html: str, **options: str) -> dict[str, int]:
    return entries(Page(URL, html), source(**options))[1]


def read(family: str, pager: str, url: str = URL, **options: str) -> Listing:
    return FAMILIES[family].read(Page(url, f"<ul>{ROW}</ul>{pager}"), source(**options))


def following(family: str, pager: str, url: str = URL, **options: str) -> str | None:
    way = read(family, pager, url, **options).next
    return way.url.removeprefix("http://mzj.qingyuan.gov.test/jytabl/") if way else None


@pytest.mark.parametrize(
    "row",
    [
        f'<li><a href="{HREF}">{TITLE}</a><span>2023-06-28</span></li>',
        f'<li><a href="{HREF}">{TITLE}</a>[2023.06.28]</li>',
        f'<li><span>（2023/6/28）</span><a href="{HREF}">{TITLE}</a></li>',
        f'<li><a href="{HREF}">{TITLE}</a><b>2023年6月28日 09:30</b></li>',
        f'<li><a href="{HREF}">{TITLE}</a><i>2023-\n06-\n28</i></li>',
        f'<li><a href="{HREF}">{TITLE}</a><em>06-28</em><b>2023</b></li>',
        f'<li><b>28</b><i>2023-06</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><b>2023</b><i>06.28</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><a href="{HREF}">{TITLE}(2023-06-28)</a></li>',
        f'<li><a href="{HREF}">{TITLE}2023-06-28</a></li>',
        f'<li><a href="{HREF}">[2023-06-28] {TITLE}</a></li>',
        f'<li><a href="{HREF}"><span>{TITLE}</span><p>2023年6月28日</p></a></li>',
        f'<li><a href="{HREF}"><b>28</b><p>2023-06</p><p>{TITLE}</p></a></li>',
        f'<li><b>28</b><i>2023.06</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><b>28</b> / <i>06月</i><em>2023</em><a href="{HREF}">{TITLE}</a></li>',
        f'<li><b>28日</b><i>2023年06月</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><b>2023/06</b><i>28</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><b>2023年</b><a href="{HREF}">{TITLE}</a><i>06月28日</i></li>',
        f'<li><b>06月28日</b><i>2023</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><b>28</b><i>Jun 2023</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><b>2023</b><i>06</i><i>28</i><a href="{HREF}">{TITLE}</a></li>',
        f'<li><a href="{HREF}">{TITLE}</a><i>成文：2023-06-01</i><i>发布：2023-06-28</i></li>',
        f'<li><a href="{HREF}">{TITLE}</a><i>公开日期</i><b>2023-06-28</b> 成文日期 2023-6-1</li>',
        f'<li><a href="{HREF}"><p>{TITLE}</p><p>发布时间：2023-06-28 09:30</p></a></li>',
        f'<li><a href="{HREF}"><p>{TITLE}</p><p>来源：市局</p><p>[2023-06-28]</p></a></li>',
        f'<table><tr><td>9<td><a href="{HREF}">{TITLE}</a><td>2023-6-28</tr></table>',
        f'<div><h3><a href="{HREF}">{TITLE}</a></h3><p>发布时间：2023-06-28</p></div>',
        f'<p>· <a href="{HREF}">·{TITLE}</a> <!-- 2020-01-01 -->2023-06-28</p>',
    ],
)
def test_the_day_is_read_however_a_row_prints_it_and_is_no_part_of_the_title(row: str) -> None:
    assert listed(row) == (Entry(ADDRESS, TITLE, DAY),)


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><a href=t20230628_1.html>关于第1号建议的答复</a><li>"
        "<a href=t20230628_2.html>关于第2号建议的答复</a> 2023-06-28</ul>",
        "<div><a href=t20230628_1.html>关于第1号建议的答复</a><br>"
        "<a href=t20230628_2.html>关于第2号建议的答复</a> 2023-06-28<br></div>",
        "<table><tr><td><a href=t20230628_1.html>关于第1号建议的答复</a></td>"
        "<td><a href=t20230628_2.html>关于第2号建议的答复</a> 2023-06-28</td></tr></table>",
        "<div><p><a href=t20230628_1.html>关于第1号建议的答复</a></p>"
        "<p><a href=t20230628_2.html>关于第2号建议的答复</a><i>2023-06-28</i></p></div>",
    ],
)
def test_a_day_of_the_next_row_is_not_taken(html: str) -> None:
    assert [entry.listed_on for entry in listed(html)] == [None, DAY]


@pytest.mark.parametrize(
    "row", ["<dt>{link}</dt><dd>{day}</dd>", "<i>{day}</i>{link}", "{link}{day}"]
)
def test_links_and_days_that_take_turns_belong_together(row: str) -> None:
    rows = "".join(
        row.format(link=f"<a href=t20230628_{n}.html>关于第{n}号建议的答复</a>", day=f"2023-06-{n}")
        for n in (11, 12, 13)
    )
    days = [entry.listed_on for entry in listed(f"<div>{rows}</div>")]
    assert days == [date(2023, 6, 11), date(2023, 6, 12), date(2023, 6, 13)]


def test_days_that_cannot_be_told_apart_are_nobodys() -> None:
    one, two = (f"<a href=t20230628_{n}.html>关于第{n}号建议的答复</a>" for n in (1, 2))
    html = f"<div>2023-01-01{one}{two}<i>2023-01-02</i></div>"
    assert [entry.listed_on for entry in listed(html)] == [None, None]


def test_a_row_that_is_as_long_as_a_page_has_no_day() -> None:
    html = f"<div><a href={HREF}>{TITLE}</a><p>{'正文' * 1000}</p><p>2023-06-28</p></div>"
    assert listed(html)[0].listed_on is None


def test_days_of_no_calendar_are_none() -> None:
    assert read_day(["2023-02-30"]) is None
    assert read_day(["02-30", "2023"]) is None
    assert read_day(["02月30日", "", "2023年"]) is None
    assert cut_day("关于第12345号建议的答复") == ("关于第12345号建议的答复", None)


@pytest.mark.parametrize(
    "pieces", [["06-28"], ["20230628"], ["18", CELL, "2023-06"], ["2022", "2023", "x", "06-28"]]
)
def test_no_day_is_made_of_numbers_that_are_none(pieces: list[str]) -> None:
    assert read_day(pieces) is None


@pytest.mark.parametrize("title", ["2023-06-28号提案的答复", "2023年6月28日至30日的答复"])
def test_a_number_in_a_title_is_no_day(title: str) -> None:
    assert listed(f"<li><a href={HREF}>{title}</a></li>") == (Entry(ADDRESS, title),)


@pytest.mark.parametrize(
    ("link", "title"),
    [
        (f'<a href="{HREF}" title="{TITLE}">关于市八届人大…</a>', TITLE),
        (f'<a href="{HREF}" title="标题：{TITLE}">关于市八届人大...</a>', TITLE),
        (f'<a href="{HREF}" title="{TITLE}">关于市八届人大</a>', TITLE),
        (f'<a href="{HREF}"><span title="{TITLE}">关于市八届人大……</span></a>', TITLE),
        (f'<a href="{HREF}" title="{TITLE}"><img src="a.png"></a>', TITLE),
        (f'<a href="{HREF}" title="点击查看">{TITLE}</a>', TITLE),
        (f'<a href="{HREF}" title="别的标题">关于市八届人大…</a>', "关于市八届人大…"),
        (f'<a href="{HREF}" class=tit><p class=tit>{TITLE}</p><p>收悉。</p></a>', TITLE),
        (f'<a href="{HREF}">关于{"." * 60}答复</a>', f"关于{'.' * 60}答复"),
        (f'<a href="{HREF}">关于加强<br>养老服务的答复</a>', "关于加强养老服务的答复"),
        (f'<a href="{HREF}" title="{TITLE}"><p>{TITLE}</p><p>顾明远代表：收悉。</p></a>', TITLE),
        (
            f'<a href="{HREF}" title="标题：{TITLE}\n发布时间：2020-01-02">关于市八届人大…</a>',
            TITLE,
        ),
        (f'<a href="{HREF}"><b>[置顶]</b>{TITLE}</a>', TITLE),
        (f'<a href="{HREF}"><p>{TITLE}</p><p>来源：市局</p><p>文号：无</p></a>', TITLE),
        (f'<a href="{HREF}">  ·\u3000关于　加强\n养老的答复 </a>', "关于 加强 养老的答复"),
    ],
)
def test_the_whole_title_is_taken(link: str, title: str) -> None:
    assert listed(f"<li>{link}<b>2023-06-28</b></li>") == (Entry(ADDRESS, title, DAY),)


def test_a_listing_may_have_one_entry_without_a_day() -> None:
    assert listed(f"<a href={HREF}>{TITLE}</a>") == (Entry(ADDRESS, TITLE),)


def test_menus_breadcrumbs_and_sidebars_are_no_entries() -> None:
    menu = "".join(f"<li><a href='/col/{n}.html'>政府信息公开第{n}栏</a></li>" for n in range(30))
    side = "".join(
        f"<li><a href='/xwzx/202306/t202306{n}_1.html'>全市会议召开第{n}次</a>2023-06-{n}</li>"
        for n in range(10, 20)
    )
    html = f"<ul>{menu}</ul><a href='./'>建议提案办理</a><ul>{side}</ul><ul>{ROW}</ul>"
    assert listed(html) == (Entry(ADDRESS, TITLE, DAY),)


def test_columns_named_by_numbers_like_the_listing_are_no_entries() -> None:
    url = "http://www.heshan.gov.test/channels/2163.html"
    menu = "".join(
        f"<li><a href='{n}.html'>政府信息公开第{n}号栏目</a></li>" for n in range(2100, 2130)
    )
    rows = "".join(f"<li><a href='/a/{n}.html'>{TITLE}{n}</a></li>" for n in range(88000, 88005))
    found, _ = entries(Page(url, f"<ul>{menu}</ul><ul>{rows}</ul>"), source())
    assert [entry.url[-13:] for entry in found] == [f"/a/{n}.html" for n in range(88000, 88005)]


def test_a_few_numbered_links_without_days_are_no_listing() -> None:
    with pytest.raises(ListingError, match="no entry in a list"):
        listed("<p><a href=1234.html>网站使用说明</a><a href=1235.html>无障碍浏览说明</a></p>")


def test_a_few_numbered_links_below_the_column_that_are_titled_as_letters_are_one() -> None:
    other = "<li><a href=/xwzx/202306/t20230628_7.html>我市举行防汛演练</a><i>2023-06-28</i></li>"
    rows = f"<p><a href=1234.html>{TITLE}</a><a href=1235.html>{TITLE}</a></p>"
    found = listed(f"<ul>{other * 4}</ul>{rows}")
    assert [entry.url[-9:] for entry in found] == ["1234.html", "1235.html"]


def test_lists_side_by_side_are_one_listing_and_undated_rows_go_with_dated_ones() -> None:
    part = "<ul class=a>{}</ul>"
    rows = [f"<li><a href=../zx/{n}.html>关于第{n}号建议的答复</a>" for n in (1001, 1002, 1003)]
    html = part.format(rows[0] + "2023-06-28") + part.format(rows[1] + rows[2])
    assert [entry.listed_on for entry in listed(html)] == [DAY, None, None]


def test_what_is_left_out_is_counted() -> None:
    rows = f"""
        {ROW}{ROW}
        <li><a href="{HREF.replace(".html", "_wap.html")}">{TITLE}</a>2023-06-28</li>
        <li><a href="http://m.{ADDRESS[7:]}">{TITLE}</a>2023-06-28</li>
        <li><a href="javascript:;">关于第2号建议的答复</a>2023-06-28</li>
        <li><a href="https://mp.weixin.test/s/1.html">关于第3号建议的答复</a>2023-06-28</li>
        <li><a href="202306/t20230620_9.html">2023年建议提案目录</a>2023-06-20</li>"""
    around = (
        "<a href=/>首页</a><a href=/>首页</a><a href=/zwgk/>上级</a><a href=javascript:a()>打印</a>"
    )
    old = f"<div class=old><a href={HREF.replace('.html', '_slh.html')}>{TITLE}</a></div>"
    html = f"{around}<ul>{rows}</ul>{old}"
    assert left_out(html) == {
        "repeated": 1,
        "twin": 3,
        "no address": 1,
        "navigation": 2,
    }
    assert [entry.left_out for entry in listed(html)] == [None, "other host", "notice"]
    assert left_out(html, entry="ul li:first-child a") == {"navigation": 4, "twin": 3}


def test_a_twin_without_the_page_itself_is_an_entry() -> None:
    (entry,) = listed(f"<ul>{ROW.replace('.html', '_wap.html')}</ul>")
    assert entry.url.endswith("_wap.html")


@pytest.mark.parametrize("file", ["P02023.pdf", "W02.doc", "a.docx", "b.wps", "c.ofd", "d.XLS"])
def test_a_letter_that_is_a_file_is_an_entry(file: str) -> None:
    assert listed(f"<ul><li><a href='{file}'>{TITLE}</a></ul>")[0].title == TITLE


def test_the_link_of_an_index_number_gives_way_to_that_of_the_title() -> None:
    html = f"<tr><td><a href={HREF}>1161060001607444X/2023-1</a><td><a href={HREF}>{TITLE}</a></tr>"
    assert listed(f"<table>{html}</table>") == (Entry(ADDRESS, TITLE),)


INDEX, DOCUMENT = "000014349/2023-508113", "清民函〔2023〕 5号"


@pytest.mark.parametrize(
    "html",
    [
        f"<li><a href={HREF}>{TITLE}</a><p>索 引 号：{INDEX}</p><p>文　号：{DOCUMENT}</p></li>",
        "<table><tr><th>序号<th>索 引 号<th>标题<th>文号</tr>"
        f"<tr><td>18<td>{INDEX}<td><a href={HREF}>{TITLE}</a><td>{DOCUMENT}</tr></table>",
        "<table><thead><tr><th>文号：<th>名称<th colspan=2>索引号</tr></thead><tbody>"
        f"<tr><td>{DOCUMENT}<td><a href={HREF}>{TITLE}</a><td colspan=2>{INDEX}</tr></table>",
        "<div class=head><b>索引号</b><b>信息名称</b><b>发文字号</b></div> <ul><li><div>"
        f"<b>{INDEX}</b><b><a href={HREF}>{TITLE}</a></b><b>{DOCUMENT}</b></div></li></ul>",
    ],
)
def test_the_numbers_that_a_listing_prints_are_read(html: str) -> None:
    (entry,) = listed(html)
    assert (entry.title, entry.index_number, entry.document_number) == (TITLE, INDEX, DOCUMENT)


def table(head: str, *cells: str) -> Entry:
    row = "".join(f"<td>{cell}" for cell in cells)
    link = f"<a href={HREF}>{TITLE}</a>"
    return listed(f"<table><tr>{head}</tr><tr>{row.format(link)}</tr></table>")[0]


def test_every_row_below_a_head_is_read_by_it() -> None:
    rows = "".join(
        f"<tr><td><a href=t20230628_{n}.html>{TITLE}</a><td>清民函〔2023〕{n}号" for n in (1, 2)
    )
    found = listed(f"<table><tr><th>标题<th>文号</tr>{rows}</table>")
    assert [entry.document_number for entry in found] == ["清民函〔2023〕1号", "清民函〔2023〕2号"]


def test_a_link_deep_in_its_row_has_no_cells() -> None:
    html = f"<li>{'<div>' * 12}<a href={HREF}><b>{TITLE}</b></a>"
    assert listed(html) == (Entry(ADDRESS, TITLE),)


def test_a_column_says_which_day_is_that_of_publication() -> None:
    head = "<th>名称<th>成文日期<th>发布日期"
    assert table(head, "{}", "2023-06-01", "2023-06-28").listed_on == DAY


@pytest.mark.parametrize("printed", ["", "-", "无", "见附件" * 40 + "1"])
def test_what_stands_for_no_number_is_none(printed: str) -> None:
    assert table("<th>名称<th>文号", "{}", printed).document_number is None


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("<th>名称<th>文号", ("1", "{}", DOCUMENT)),
        ("<th>文号<th>日期<th>序号", ("1", "{}", DOCUMENT)),
        ("<th>序号<th>名称<th>日期", ("1", "{}", "2023-06-28")),
    ],
)
def test_cells_that_no_head_names_are_not_taken(head: str, cells: tuple[str, ...]) -> None:
    entry = table(head, *cells)
    assert (entry.index_number, entry.document_number) == (None, None)


def test_a_page_with_more_links_than_a_listing_can_have_is_an_alarm() -> None:
    with pytest.raises(ListingError, match="20001 are more links than a listing page can have"):
        listed("<a href=1.html>函</a>" * 20_001)


def test_a_row_that_has_its_link_a_thousand_times_is_read_once() -> None:
    html = f"<div>{f'<a href={HREF}>{TITLE}</a><i></i>' * 1000}2023-06-28</div>"
    assert left_out(html) == {"repeated": 999}
    assert listed(f"<div><a href={HREF}>{TITLE}</a>{'<i></i>' * 1000}2023-06-28</div>")[0] == Entry(
        ADDRESS, TITLE
    )


def test_entries_may_lie_on_hosts_that_are_allowed_and_on_government_hosts() -> None:
    html = (
        "<ul><li><a href=http://static.test/t20230628_1.html>关于第1号建议的答复</a>"
        "<li><a href=http://www.example.gov.cn/t20230628_2.html>关于第2号建议的答复</a></ul>"
    )
    allowed = Source(name="a", publisher="b", urls=(URL,), allow_hosts=("static.test",))
    found, counted = entries(Page(URL, html), allowed)
    assert (len(found), counted) == (2, {})


def test_links_are_joined_to_the_base_of_the_page() -> None:
    html = f'<base href="/zwgk/"><ul>{ROW}</ul>'
    assert listed(html)[0].url == f"http://mzj.qingyuan.gov.test/zwgk/{HREF}"
    assert listed(f'<base href="javascript:;"><ul>{ROW}</ul>')[0].url == ADDRESS


@pytest.mark.parametrize("selector", ["div.b a", "div.b", "div.b p"])
def test_options_entry_selects_the_links_or_what_holds_them(selector: str) -> None:
    html = f"<ul>{ROW * 3}</ul><div class=b><p><a href=/x>函</a> 2020-01-02</p><p></p></div>"
    found = listed(html, entry=selector)
    assert found == (Entry("http://mzj.qingyuan.gov.test/x", "函", date(2020, 1, 2)),)


def test_a_page_without_entries_says_where_to_mend_it() -> None:
    with pytest.raises(ListingError) as caught:
        listed("<ul><li><a href='javascript:;'>关于第2号建议的答复</a>2023-06-28</li></ul>")
    assert str(caught.value) == (
        f"{URL}: no entry in a list with days or articles' addresses; no address: 1."
        ' Set options.entry of source "qingyuan" to what selects its links.'
    )
    with pytest.raises(ListingError, match=r"no entry under 'ul\.list a'\. Set options\.entry"):
        listed(f"<ul>{ROW}</ul>", entry="ul.list a")


def test_a_selector_that_is_none_is_reported() -> None:
    with pytest.raises(ListingError, match=r"'a\[' is no CSS selector\. Mend options\.entry"):
        listed(ROW, entry="a[")


@pytest.mark.parametrize(
    ("pager", "url", "address", "pages"),
    [
        ('createPageHTML(25, 0, "index","shtml")', URL, "index_1.shtml", 25),
        ("createPageHTML(25,23,'list','htm');", URL, "list_24.htm", 25),
        ('createPageHTML(25, 24, "index", "html")', URL, None, 25),
        ('createPageHTML(25, 99, "index", "html")', URL, None, 25),
        ('createPageHTML(1, 0, "index", "html")', URL, None, 1),
        ('createPageHTML("12", "0", "index", ".html")', URL, "index_1.html", 12),
        ('createPage(3, 1, "index", "html")', URL, "index_2.html", 3),
        ('//createPageHTML(25, 0, "index", "html");', URL, None, None),
        ('<!-- createPageHTML(25, 0, "index", "html"); -->', URL, None, None),
        ('/* createPageHTML(25, 0, "index", "html"); */', URL, None, None),
        ('/* a */ var u = "http://a.test"; createPageHTML(2, 0, "a", "html")', URL, "a_1.html", 2),
        ('<!--\ncreatePageHTML(2, 0, "index", "html");\n//-->', URL, "index_1.html", 2),
        ('//createPageHTML(9, 0, "a", "b")\ncreatePageHTML(2, 0, "a", "html")', URL, "a_1.html", 2),
        (
            "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}",
            URL,
            None,
            None,
        ),
        ("var currentPage = 0;//从0开始\nvar countPage = 50//共", URL, "index_1.html", 50),
        ("var countPage = 50", f"{URL[:-10]}default_3.shtml", "default_1.shtml", 50),
        ("var countPage = 50", URL[:-10], "index_1.html", 50),
        ("//var countPage = 50", URL, None, None),
        ("Pager({size:3, current:1, prefix:'index',suffix:'html'});", URL, "index_2.html", 3),
        ("", URL, None, None),
    ],
)
def test_trs_pages_count_from_zero(
    pager: str, url: str, address: str | None, pages: int | None
) -> None:
    script = f"<script>{pager}</script>"
    assert following("trs", script, url) == address
    assert read("trs", script, url).pages == pages


@pytest.mark.parametrize(
    ("pager", "address", "pages", "announced"),
    [
        ("createPageHTML('page_div',5, 1,'jyta_list','shtml',97);", "jyta_list_2.shtml", 5, 97),
        ('createPageHTML("page_div", 5, 4, "list", "shtml", 97)', "list_5.shtml", 5, 97),
        ("createPageHTML('page_div',5, 5,'list','shtml',97);", None, 5, 97),
        ("createPageHTML('page_div',5, 1,'list','shtml');", "list_2.shtml", 5, None),
        ('createPageHTML(5, 0, "index", "html")', None, None, None),
        ("", None, None, None),
    ],
)
def test_ucap_pages_count_from_one(
    pager: str, address: str | None, pages: int | None, announced: int | None
) -> None:
    script = f"<script>{pager}</script>"
    listing = read("ucap", script)
    assert following("ucap", script) == address
    assert (listing.pages, listing.announced) == (pages, announced)


@pytest.mark.parametrize(
    ("family", "pager"),
    [
        ("trs", 'createPageHTML(65, 0, "", "html")'),
        ("ucap", "createPageHTML('page_div', 65, 1, '', 'shtml', 900)"),
    ],
)
def test_a_next_page_that_cannot_be_named_is_an_alarm(family: str, pager: str) -> None:
    with pytest.raises(ListingError, match="no address of the page after 1 of 65"):
        read(family, f"<script>{pager}</script>")


@pytest.mark.parametrize(
    ("pager", "address"),
    [
        ("<a href=index_2.html>下一页</a>", "index_2.html"),
        ("<a href=index_2.html>[下一页]</a><a href=index_9.html>尾页</a>", "index_2.html"),
        ("<a href=index_2.html>下页 &gt;</a>", "index_2.html"),
        ("<a href=index_2.html>下一頁»</a>", "index_2.html"),
        ("<a href=index_2.html>&gt;</a>", "index_2.html"),
        ("<a href=index_2.html><img alt=下一页></a>", "index_2.html"),
        ("<a href=index_2.html title=下一页><i></i></a>", "index_2.html"),
        ("<a rel='nofollow next' href=index_2.html>2</a>", "index_2.html"),
        ("<link rel=next href=index_2.html>", "index_2.html"),
        ("<a class=page-next href=index_2.html><i></i></a>", "index_2.html"),
        ("<a class=Next href=index_9.html>尾页</a>", None),
        ("<a class=next href=index_9.html>x</a><a href=index_2.html>下一页</a>", "index_2.html"),
        ("<a href='javascript:go(2)'>下一页</a><a href=index_2.html>下一页</a>", "index_2.html"),
        ("<a href='javascript:go(2)'>下一页</a>", None),
        ("<a href=index.html#>下一页</a>", None),
        ("<a href=#>下一页</a>", None),
        ("<a href=index_2.html>下一页</a> 第3/3页", None),
        ("<a>下一页</a>", None),
        ("", None),
    ],
)
def test_the_link_to_the_next_page_is_found(pager: str, address: str | None) -> None:
    assert following("nextlink", pager) == address


@pytest.mark.parametrize(
    ("printed", "this", "pages", "announced"),
    [
        ("第 1/65 页", 1, 65, None),
        ("共50记录 当前第1页&nbsp;&nbsp;共5页", 1, 5, 50),
        ("共5页 第2页 共 50 条", 2, 5, 50),
        ("共21条&nbsp;&nbsp;1/3&nbsp;", 1, 3, 21),
        ("共有 474 条 当前第 1 / 48 页", 1, 48, 474),
        ("1/65页", 1, 65, None),
        ("共65页", None, 65, None),
    ],
)
def test_what_a_pager_prints_is_read(
    printed: str, this: int | None, pages: int, announced: int | None
) -> None:
    listing = read("nextlink", f"<p>{printed}<a href=index_2.html>下一页</a></p>")
    assert (listing.pages, listing.announced) == (pages, announced)
    if this is None:
        assert read("nextlink", f"<p>{printed}</p>").next is None
    elif this == 1:
        dead = read("nextlink", f"<p>{printed}<a href='javascript:;'>下一页</a></p>")
        assert (dead.this, dead.next, bool(dead.guesses)) == (1, None, True)
    else:
        with pytest.raises(ListingError, match=f"no link to the page after {this} of {pages}"):
            read("nextlink", f"<p>{printed}<a href='javascript:;'>下一页</a></p>")


def test_options_next_selects_the_link() -> None:
    pager = "<a href=a.html>下一页</a><b class=n><a href=b.html>后</a></b>"
    assert following("nextlink", pager, next="b.n") == "b.html"
    assert following("nextlink", pager, next="b.m") is None
    with pytest.raises(ListingError, match=r"Mend options\.next"):
        following("nextlink", pager, next="b[")


def test_a_page_without_a_body_has_no_pager() -> None:
    assert not nextlink.shows(Page(URL, "<frameset><frame src=a.html></frameset>"))


@pytest.mark.parametrize(
    ("html", "family"),
    [
        ("<script>createPageHTML('page_div', 5, 1, 'list', 'shtml', 97)</script>", "ucap"),
        ('<script>createPageHTML(5, 1, "list", "shtml")</script>', "trs"),
        ("<script>//createPageHTML(5, 1, 'a', 'b')</script><a href=a_2.htm>下一页</a>", "nextlink"),
        ("<p>共1页</p>", "nextlink"),
        ("<p>第3/3页</p>", "nextlink"),
        (f'<a href="/a/{"0f" * 16}.shtml">函</a>', "ucap"),
        (f'<a href="./{HREF}">{TITLE}</a><a href="javascript:;">下一页</a>', "trs"),
    ],
)
def test_a_family_is_detected_by_what_stands_in_the_page(html: str, family: str) -> None:
    assert candidates(Page(URL, html))[0] == family


def test_a_page_of_no_known_family_is_left_to_guessing() -> None:
    page = Page(URL, "<html>第1/65页 <a href='javascript:;'>下一页</a></html>")
    assert candidates(page) == ("numbered",)


def test_calls_beyond_reason_are_not_read() -> None:
    page = Page(URL, "createPageHTML(1)" * 1000)
    assert len(list(calls(page))) == 20


@given(st.text(alphabet="<>/*-! \n'\"(,)1acretPgHTMLliu", max_size=300))
def test_reading_raises_nothing_but_listing_errors(text: str) -> None:
    page = Page(URL, f"{text}<a href=t20230628_1.html>{text}")
    for family in FAMILIES.values():
        with suppress(ListingError):
            assert family.read(page, source()).entries
