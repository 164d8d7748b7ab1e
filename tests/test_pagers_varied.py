"""Pagers of no known system, as one page shows them: boxes, calls, padded numbers, 加载更多."""

from __future__ import annotations

import pytest

from replyarc.errors import ListingError
from replyarc.listing import numbered, shaanxi
from replyarc.listing.columns import columns
from replyarc.listing.links import entries
from replyarc.listing.templates import templates
from replyarc.listing.ways import Way, way_on
from replyarc.model import Page, Request, Source

URL = "http://mzj.qingyuan.gov.test/zwgk/jyta/index.html"
FOLDER = "http://mzj.qingyuan.gov.test/zwgk/jyta/"
SOURCE = Source(name="qingyuan", publisher="清源市民政局", urls=(URL,))
ROW = (
    '<ul><li><a href="202309/t20230901_17.html">清源市民政局关于市八届人大二次会议第017号建议的答复'
    "</a><span>2023-09-01</span></li></ul>"
)


def way(pager: str, url: str = URL) -> Way:
    return way_on(Page(url, f"<html><body>{ROW}{pager}</body></html>"))


def led_to(pager: str, url: str = URL) -> str | None:
    request = way(pager, url).next
    return request.url.removeprefix(FOLDER) if request else None


def test_the_addresses_in_a_box_of_pages_lead_on() -> None:
    box = "<select><option selected value='index.html'>第1页</option>"
    box += "<option value='index_02.html'>第2页</option><option value='k.html'>第3页</option>"
    assert led_to(box + "</select>") == "index_02.html"


@pytest.mark.parametrize("value", ["2", "", "#"])
def test_a_box_of_pages_without_addresses_leads_nowhere(value: str) -> None:
    box = f"<select><option selected value='1'>1</option><option value='{value}'>2</option>"
    assert led_to(box + "</select>") is None


def test_other_words_in_a_box_are_no_pages() -> None:
    box = "<select><option value='/zwgk/jyta/2.html'>2号窗口</option></select>"
    assert way(box) == Way(way("").place)


def test_padded_numbers_lead_on() -> None:
    assert led_to("<span>01</span><a href='index_02.html'>02</a>") == "index_02.html"


def test_the_first_page_is_known_from_a_folder_of_the_second() -> None:
    pager = "<a href='/zwgk/jyta/'>1</a> <b>2</b> <a href='/zwgk/jyta/3/'>3</a>"
    assert led_to(pager, FOLDER + "2/") == "3/"


def test_a_page_whose_folder_is_no_number_has_no_first_page_above_it() -> None:
    assert led_to("<a href='/zwgk/'>1</a> <b>2</b> <a href='3.html'>3</a>") is None


@pytest.mark.parametrize(
    "link",
    [
        "<a href='javascript:goPage(2)'>2</a>",
        "<a href='#' onclick='return turn(2, 15)'>2</a>",
        "<a href='javascript:;' class='more'>加载更多</a>",
        "<div onclick='more()'>点击加载更多</div>",
    ],
)
def test_pages_that_only_a_script_turns_are_more_pages(link: str) -> None:
    assert way(f"<b>1</b> {link}").dead


def test_days_of_a_calendar_that_a_script_shows_are_no_pages() -> None:
    days = "".join(f"<a href='javascript:day({n})'>{n}</a>" for n in range(1, 31) if n != 12)
    assert not way(days + "<b>12</b>").dead


def test_a_number_that_no_script_is_given_is_no_page() -> None:
    assert not way("<b>1</b><a href='javascript:open(12)'>2</a>").dead


def test_a_switched_off_next_page_is_believed_before_calls() -> None:
    found = way("<b>1</b><a href='javascript:goPage(2)'>2</a><span>下一页</span>")
    assert (found.dead, found.ended) == (False, True)


def test_a_page_before_this_one_tells_that_it_is_not_the_first() -> None:
    assert way("<a href='k1.html'>上一页</a>").back
    assert not way("<a href='index.html'>上一页</a>").back


@pytest.mark.parametrize(
    ("script", "second"),
    [
        ("function toPage(n){location.href='jyta-'+n+'.html';}", "jyta-2.html"),
        ('function jump(){ location = "?page=" + $("#p").val();}', "index.html?page=2"),
        ('jump:function(o){window.location.href="/zwgk/jyta/list/"+o.curr;}', "list/2"),
        ("location.href='list_' + (cur+1) + '.html';", "list_2.html"),
    ],
)
def test_what_a_script_puts_together_may_be_the_second_page(script: str, second: str) -> None:
    listing = numbered.read(Page(URL, f"{ROW}<script>{script}</script>"), SOURCE)
    assert listing.guesses[0] == Request(FOLDER + second)


@pytest.mark.parametrize(
    "script",
    [
        "location.href='http://www.elsewhere.test/list_'+n+'.html';",
        "location.href='/zwgk/tzgg/list_'+n+'.html';",
        "location.href='?keyword='+$('#q').val();",
        "location.href='x'+'y'+z;",
        "location.href='javascript:'+n;",
    ],
)
def test_other_addresses_that_a_script_puts_together_are_not_asked(script: str) -> None:
    listing = numbered.read(Page(URL, f"{ROW}<script>{script}</script>"), SOURCE)
    assert [each.url.removeprefix(FOLDER) for each in listing.guesses] == [
        "index_1.html",
        "index_2.html",
        "index.html?page=2",
    ]


def test_what_a_script_puts_together_is_counted_on() -> None:
    text = f"{ROW}<script>function go(n){{location.href='/zwgk/jyta/list/'+n;}}</script>"
    asked = Request(FOLDER + "list/2", referer=URL)
    listing = numbered.read(Page(asked.url, text, asked), SOURCE)
    assert listing.guesses == (Request(FOLDER + "list/3"),)
    asked = Request(FOLDER + "index_2.html", referer=URL)
    listing = numbered.read(Page(asked.url, text, asked), SOURCE)
    assert listing.guesses == (Request(FOLDER + "index_3.html"),)


def test_scripts_without_end_are_read_in_little_time() -> None:
    text = "location.href='a'+" * 20_000 + "location=" + "'" * 50_000
    assert list(templates(Page(URL, text))) == []


def test_the_heading_of_a_block_may_hold_its_more() -> None:
    block = "<h3>{0}<!-- {0} --><a href='{1}/'>更多&gt;&gt;</a></h3>" + ROW
    page = Page(URL, block.format("人大建议", "rddbjy") + block.format("政协提案", "zxwyta"))
    assert columns(page, SOURCE) == (FOLDER + "rddbjy/", FOLDER + "zxwyta/")


def test_blocks_of_replies_below_a_column_are_one_listing_and_a_sidebar_is_none() -> None:
    row = "<li><a href='{}'>{}</a><i>2023-09-0{}</i></li>"
    blocks = "".join(
        "<div class='box'><ul>{}</ul></div>".format(
            "".join(row.format(f"{kind}/t2023090{n}_{n}.html", title.format(n), n) for n in (1, 2))
        )
        for kind, title in (("rd", "关于第{}号建议的答复"), ("zx", "关于第{}号提案的答复"))
    )
    side = "".join(row.format(f"/zwgk/tzgg/t2023090{n}_9.html", f"例会{n}次", n) for n in range(9))
    found, _ = entries(Page(URL, f"<ul class='s'>{side}</ul>{blocks}"), SOURCE)
    assert [entry.url.removeprefix(FOLDER)[:2] for entry in found] == ["rd", "rd", "zx", "zx"]


def test_letters_are_told_from_other_articles_of_their_shape() -> None:
    row = "<li><a href='/info/{}/{}.htm'>{}</a><i>2023-09-01</i></li>"
    side = "".join(row.format(1201, 7000 + n, f"我市举行防汛演练（第{n}场）") for n in range(10))
    main = "".join(row.format(1052, 8000 + n, f"关于第{n}号建议的答复意见") for n in range(3))
    page = Page("http://mzj.qingyuan.gov.test/jyta.htm", f"<ul>{side}</ul><div>{main}</div>")
    found, _ = entries(page, SOURCE)
    assert {entry.url.split("/")[4] for entry in found} == {"1052"}


def test_the_total_of_a_script_may_stand_in_double_quotes() -> None:
    page = Page(FOLDER + "1.html", f'{ROW}<script>var n = parseInt("3");</script>')
    assert shaanxi.shows(page)
    assert shaanxi.read(page, SOURCE).pages == 3


def test_few_articles_without_any_sign_are_no_listing() -> None:
    with pytest.raises(ListingError, match="no entry in a list"):
        entries(Page(URL, "<p><a href='/a/1234.html'>网站使用说明</a></p>"), SOURCE)


def test_rows_that_a_script_opens_go_before_other_articles() -> None:
    row = "<li><a href='{}'>{}</a><i>2023-09-01</i></li>"
    side = "".join(row.format(f"/xwzx/{n}.html", f"我市举行防汛演练（第{n}场）") for n in range(9))
    main = row.format("javascript:;", "关于第18号建议的答复意见") * 5
    with pytest.raises(ListingError, match="no address: 5"):
        entries(Page(URL, f"<ul>{side}</ul><ol>{main}</ol>"), SOURCE)


@pytest.mark.parametrize(
    "said",
    [
        "<script>_jsq_(1052,'/list.jsp',-1,1678361648)</script>",
        "<input type='hidden' name='wbtreeid' value='1052'>",
        "<script>var $pageInfo = {siteID : 1, channelID : 1052, contentID : 0};</script>",
        '<meta name="ColId" content="1052">',
    ],
)
def test_articles_with_the_columns_number_go_before_replies_of_another(said: str) -> None:
    row = "<li><a href='/info/{}/{}.htm'>{}</a><i>2023-09-01</i></li>"
    side = "".join(row.format(1053, 7000 + n, f"关于第{n}号提案的答复意见") for n in range(10))
    main = "".join(row.format(1052, 8000 + n, f"完善农村公墓管理（第{n}期）") for n in range(3))
    text = f"{said}<ul>{side}</ul><div>{main}</div>"
    found, _ = entries(Page("http://mzj.qingyuan.gov.test/jyta.htm", text), SOURCE)
    assert {entry.url.split("/")[4] for entry in found} == {"1052"}
