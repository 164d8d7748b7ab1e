from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import ListingError
from replyarc.listing import aspnet, ilist, querylist, siteserver, vsb, ylcms
from replyarc.listing.families import FAMILIES, candidates
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.charset import decode

HOST = "http://mzj.qingyuan.gov.test"
TITLE = "关于市八届人大三次会议第018号建议的答复"
ROWS = (
    f'<ul><li><a href="/info/1052/40211.htm">{TITLE}</a><span>2023-06-28</span></li>'
    '<li><a href="/info/1052/40209.htm">关于市八届政协三次会议第7号提案的答复</a>2023-06-20</li>'
    "</ul>"
)
OURS = ("aspnet", "ilist", "querylist", "siteserver", "vsb", "ylcms")


def source(url: str, **options: str) -> Source:
    return Source(name="qingyuan", publisher="清源市民政局", urls=(url,), options=options)


def read(family: str, path: str, pager: str, **options: str) -> Listing:
    url = HOST + path
    first = f"{HOST}/first.htm" if options.pop("later", "") else url
    return FAMILIES[family].read(Page(url, ROWS + pager), source(first, **options))


def following(family: str, path: str, pager: str, **options: str) -> str | None:
    listing = read(family, path, pager, **options)
    return listing.next.url.removeprefix(HOST) if listing.next else None


def goto(pages: int, mode: int = 2) -> str:
    call = f"_simple_list_gotopage_fun({pages},'a1',{mode})"
    return f"<script>function a1_gopage_fun(){{{call}}}</script>"


@pytest.mark.parametrize(
    ("path", "pager", "after"),
    [
        # the link that says 下页 before counting
        ("/jyta.htm", f'{goto(9)}<a href="jyta/30.htm">下页</a>', "/jyta/30.htm"),
        ("/jyta/30.htm", '<a href="../jyta.htm">上页</a><a href="29.htm">下页</a>', "/jyta/29.htm"),
        # the first page: T - 1
        ("/jyta.htm", f'{goto(31)}<a href="javascript:;">下页</a>', "/jyta/30.htm"),
        ("/jyta.htm", "<td id=fanye1>共21条&nbsp;&nbsp;1/3&nbsp;</td>", "/jyta/2.htm"),
        ("/jyta.htm", "<span class=p_t>共31页</span>", "/jyta/30.htm"),
        ("/jyta.html", "共2页", "/jyta/1.html"),
        ("/jyta/index.htm", goto(4), "/jyta/index/3.htm"),
        ("/jyta.htm", goto(1), None),
        ("/jyta.htm", "", None),
        # a page named by a number: one less, whatever total it has kept since it was written
        ("/jyta/5.htm", "共90条 2/6 <span>下页</span>", "/jyta/4.htm"),
        ("/jyta/5.htm", f"{goto(31)}<span class=p_no_d>27</span>", "/jyta/4.htm"),
        ("/jyta/1.htm", "共90条 6/6 <span>下页</span>", None),
        # a column that is named by a year
        ("/jyta/2023.htm", "共21条 1/3", "/jyta/2023/2.htm"),
        ("/jyta/2023.htm", goto(3), "/jyta/2023/2.htm"),
        ("/jyta/2023.htm", f"{goto(3)}<span class='p_no_d'>1</span>", "/jyta/2023/2.htm"),
        # pages made on asking
        ("/list.jsp?wbtreeid=9", goto(4, 1), "/list.jsp?wbtreeid=9&totalpage=4&PAGENUM=2"),
        (
            "/list.jsp?totalpage=4&PAGENUM=3&wbtreeid=9",
            "",
            "/list.jsp?totalpage=4&PAGENUM=4&wbtreeid=9",
        ),
        ("/list.jsp?totalpage=4&PAGENUM=4&wbtreeid=9", "", None),
        (
            "/l.jsp?a43639t=5&a43639p=2&a43639c=10&wbtreeid=5",
            "",
            "/l.jsp?a43639t=5&a43639p=3&a43639c=10&wbtreeid=5",
        ),
        (
            "/x.jsp?ainfolist1501t=24&ainfolist1501p=23&wbtreeid=2",
            "",
            "/x.jsp?ainfolist1501t=24&ainfolist1501p=24&wbtreeid=2",
        ),
        ("/x.jsp?ainfolist1501t=24&ainfolist1501p=24&wbtreeid=2", "", None),
        (
            "/list.jsp?wbtreeid=9",
            '<a href="?totalpage=7&PAGENUM=2&wbtreeid=9">下页</a>',
            "/list.jsp?totalpage=7&PAGENUM=2&wbtreeid=9",
        ),
        # totals that are none
        ("/jyta.htm", goto(1_000_000_000), None),
        ("/jyta.htm", "共21条 1/0", None),
        ("/jyta.htm", goto(0), None),
        ("/", "共1页", None),
    ],
)
def test_vsb_counts_down(path: str, pager: str, after: str | None) -> None:
    assert following("vsb", path, pager) == after


def test_vsb_tells_a_page_by_its_number_from_a_column_named_by_one_without_print() -> None:
    assert following("vsb", "/jyta/5.htm", goto(31), later="yes") == "/jyta/4.htm"
    assert following("vsb", "/jyta/2023.htm", goto(31), later="yes") == "/jyta/2023/30.htm"
    assert following("vsb", "/jyta/5.htm", goto(31)) == "/jyta/5/30.htm"


def test_a_page_of_vsb_that_says_there_are_more_and_names_none_is_an_alarm() -> None:
    with pytest.raises(ListingError, match="no way to the page after 2 of 3"):
        read("vsb", "/jyta.htm", "共21条 2/3")
    with pytest.raises(ListingError, match="no way to the page after 1 of 3"):
        read("vsb", "/jyta/", "共21条 1/3")


def test_what_an_old_page_of_vsb_prints_of_the_number_of_pages_is_not_believed() -> None:
    first = read("vsb", "/jyta.htm", "<td>共90条 1/6</td>")
    assert (first.this, first.pages, first.announced) == (1, 6, 90)
    numbered = read("vsb", "/jyta/3.htm", "共6页 <span class=p_no_d>4</span>")
    assert (numbered.this, numbered.pages, numbered.announced) == (4, None, None)
    counted = read("vsb", "/jyta/3.htm", "<td>共90条 4/6</td>")
    assert (counted.this, counted.pages, counted.announced) == (4, 6, 90)


def test_options_next_overrules_the_pager_of_vsb() -> None:
    pager = f'{goto(9)}<p class="mine"><a href="other.htm">往后</a></p>'
    assert following("vsb", "/jyta.htm", pager, next="p.mine a") == "/other.htm"


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/info/egovinfo/zwgk/nry/01606072-9-30/2020-1117005.htm", "01606072-9-30/2020-1117005"),
        ("/info/egovinfo/1001/01606072X/2020-00017.htm", "01606072X/2020-00017"),
        ("/info/egovinfo/1001/xxgk_content/2020-1117005.htm", None),
        ("/info/egovinfo/zwgk/01606072-9-30/1117005.htm", None),
        ("/info/1052/01606072-9-30/2020-1117005.htm", None),
    ],
)
def test_vsb_reads_an_index_number_that_an_address_holds_in_full(
    address: str, index: str | None
) -> None:
    html = f'<ul><li><a href="{address}">{TITLE}</a>2020-11-17</li></ul>'
    page = Page(f"{HOST}/a.jsp?wbtreeid=2", html)
    assert vsb.read(page, source(page.url)).entries[0].index_number == index


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("<script>_jsq_(1052,'/list.jsp',-1,1)</script>", "/jyta.htm"),
        ('<link href="list.vsb.css">', "/jyta.htm"),
        ('<link href="../list.vsb6.css">', "/jyta.htm"),
        ("<script src=/system/resource/js/gotopage.js></script>", "/jyta.htm"),
        ("<li id=line_u9_0>", "/jyta.htm"),
        ("<input type=hidden name=wbtreeid value=1052>", "/jyta.htm"),
        ("", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1052"),
    ],
)
def test_a_page_shows_vsb(text: str, url: str) -> None:
    assert vsb.shows(Page(HOST + url, text))


def test_a_link_to_a_page_of_vsb_does_not_show_it() -> None:
    text = (
        f'{ROWS}<a href="http://zwfw.gov.test/a.jsp?urltype=tree.TreeTempUrl&wbtreeid=2">办事</a>'
    )
    assert not vsb.shows(Page(f"{HOST}/jyta/index.html", text))


def test_a_listing_of_vsb_is_walked_from_its_first_page_to_its_last() -> None:
    path, walked = "/jyta.htm", []
    for number in range(1, 6):
        walked.append(path)
        pager = f"{goto(5)}<span class='p_no_d'>{number}</span>"
        path = following("vsb", path, pager, later="yes" if number > 1 else "") or ""
    assert walked == ["/jyta.htm", "/jyta/4.htm", "/jyta/3.htm", "/jyta/2.htm", "/jyta/1.htm"]
    assert path == ""


@pytest.mark.parametrize(
    ("path", "pager", "after"),
    [
        ("/channels/21.html", "共 1630 条 当前第 1 / 163 页", "/channels/21_2.html"),
        ("/channels/21_2.html", "共 1630 条 当前第 2 / 163 页", "/channels/21_3.html"),
        ("/channels/21_163.html", "共 1630 条 当前第 163 / 163 页", None),
        ("/channels/21_163.html", '当前第163页 共163页<a href="21_163.html?a">下一页</a>', None),
        ("/channels/21_3.html", "共5页", "/channels/21_4.html"),
        ("/channels/21.html", "共5页", "/channels/21_2.html"),
        ("/zwgk/index.html", "当前第1页 共5页", "/zwgk/index_2.html"),
        ("/zwgk/index_2.html", "当前第2页 共5页", "/zwgk/index_3.html"),
        ("/channels/21.html", '<a href="/x/21_9.html">下一页</a>当前第1页 共12页', "/x/21_9.html"),
        ("/channels/21.html", "当前第1页 共0页", None),
        ("/channels/21.html", "当前第0页 共5页", "/channels/21_2.html"),
        ("/channels/21.html", "", None),
    ],
)
def test_siteserver_counts_from_one(path: str, pager: str, after: str | None) -> None:
    assert following("siteserver", path, pager) == after


@pytest.mark.parametrize("path", ["/channels/21.html", "/channels/", "/channels/21_7.html"])
def test_a_page_of_siteserver_whose_name_is_not_its_number_is_an_alarm(path: str) -> None:
    with pytest.raises(ListingError, match="no way to the page after 2 of 5"):
        read("siteserver", path, "当前第2页 共5页")


ASKS = """<script>var url = '/api/stl/actions/pagecontents'; var other = {}; var parameters = {
    siteId: 1, pageChannelId: 46, templateId: 7, totalNum: 42, pageCount: 3,
    currentPageIndex: 1, stlPageContentsElement: 'Ab0slash0c'};</script>"""


def answered(body: str, column: str = "/channels/46_2.html", **changes: object) -> Listing:
    page = Page(HOST + column, ASKS)
    shell = siteserver.read(page, source(page.url)).next
    assert shell is not None
    asked = json.dumps({**json.loads(shell.json), **changes})
    request = Request(shell.url, json=asked, referer=shell.referer)
    return siteserver.read(Page(shell.url, body, request), source(f"{HOST}/channels/46.html"))


def test_a_shell_of_siteserver_asks_for_what_stands_in_it() -> None:
    page = Page(f"{HOST}/channels/46_2.html", ASKS)
    listing = siteserver.read(page, source(page.url))
    assert (listing.entries, listing.pages, listing.announced) == ((), 3, 42)
    assert listing.next
    assert listing.next.url == f"{HOST}/api/stl/actions/pagecontents"
    assert listing.next.referer == page.url
    assert json.loads(listing.next.json) == {
        "siteId": 1,
        "pageChannelId": 46,
        "templateId": 7,
        "totalNum": 42,
        "pageCount": 3,
        "currentPageIndex": 1,
        "stlPageContentsElement": "Ab0slash0c",
    }


@pytest.mark.parametrize("body", [json.dumps(ROWS), json.dumps({"html": ROWS})])
def test_what_a_script_of_siteserver_is_answered_goes_on_with_the_next_file(body: str) -> None:
    listing = answered(body)
    assert listing.entries[0].url == f"{HOST}/info/1052/40211.htm"
    assert (listing.next, listing.pages, listing.announced) == (
        Request(f"{HOST}/channels/46_3.html"),
        3,
        42,
    )
    assert answered(body, currentPageIndex=2).next is None
    assert answered(body, pageCount="many").next is None


def test_a_script_of_siteserver_on_a_page_without_a_number_asks_again() -> None:
    turned = answered(json.dumps(ROWS), "/jyta/").next
    assert turned
    assert json.loads(turned.json)["currentPageIndex"] == 2
    assert (turned.url, turned.referer) == (f"{HOST}/api/stl/actions/pagecontents", f"{HOST}/jyta/")


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("<html>404</html>", "no JSON in the answer: it is HTML"),
        ("[1]", "no HTML in the answer"),
        ('{"message": "Unauthorized"}', "no HTML in the answer"),
        ('""', "no entry"),
    ],
)
def test_another_answer_to_siteserver_is_an_alarm(body: str, missing: str) -> None:
    with pytest.raises(ListingError, match=missing):
        answered(body)


def test_other_scripts_of_siteserver_ask_for_no_rows() -> None:
    pager = "<script>var url='/api/stl/actions/pagecontents';var parameters={siteId: 1};</script>"
    assert read("siteserver", "/channels/46.html", pager).entries
    assert read("siteserver", "/channels/46.html", ASKS.replace("pagecontents", "dynamic")).entries


@pytest.mark.parametrize(
    "name",
    [
        "002-xxgk.pds.gov.cn-list.html",
        "004-xxgk.pds.gov.cn-list.html",
        "061-www.pds.gov.cn-list.html",
    ],
)
def test_a_real_page_of_siteserver_without_links_is_an_alarm(corpus: Path, name: str) -> None:
    text = decode((corpus / "pages" / name).read_bytes())
    page = Page("http://www.pds.gov.cn/channels/2163.html", text)
    assert candidates(page)[0] == "siteserver"
    with pytest.raises(ListingError, match="no entry in a list"):
        siteserver.read(page, source(page.url))


def test_a_real_page_of_siteserver_says_how_many_there_are(corpus: Path) -> None:
    text = decode((corpus / "pages" / "062-jtj.pds.gov.cn-list.html").read_bytes())
    page = Page("http://jtj.pds.gov.cn/channels/18287.html", text)
    listing = siteserver.read(page, source(page.url))
    assert (len(listing.entries), listing.pages, listing.announced) == (10, 48, 474)


def test_a_real_shell_of_querylist_asks_for_its_channel(corpus: Path) -> None:
    text = decode((corpus / "pages" / "055-sthjt.jiangxi.gov.cn-list.html").read_bytes())
    page = Page("http://sthjt.jiangxi.gov.cn/jxssthjt/col/col42150/index.html", text)
    listing = FAMILIES[candidates(page)[0]].read(page, source(page.url))
    assert candidates(page)[0] == "querylist"
    assert listing.next
    form = dict(listing.next.form)
    assert (form["webSiteCode[]"], form["channelCode[]"], form["pageSize"]) == (
        "jxssthjt",
        "col42150",
        "15",
    )


STATE = '<input type="hidden" name="__VIEWSTATE" value="state">'


def form(links: str, inputs: str = STATE, action: str = "") -> str:
    return f'<form method="post" action="{action}">{inputs}{ROWS}{links}</form>'


def call(target: str, argument: str, label: str) -> str:
    return f"<a href=\"javascript:__doPostBack('{target}','{argument}')\">{label}</a>"


def posted(
    html: str, argument: str = "", fragment: str = "", path: str = "/l.aspx?id=5"
) -> Listing:
    url = HOST + path
    asked = None
    if argument or fragment:
        fields = (("__EVENTTARGET", "P"), ("__EVENTARGUMENT", argument))
        asked = Request(url + fragment, fields, referer=url)
    return aspnet.read(Page(url, html, asked), source(url))


def called(listing: Listing) -> tuple[str, str] | None:
    fields = dict(listing.next.form) if listing.next else {}
    return (fields["__EVENTTARGET"], fields["__EVENTARGUMENT"]) if fields else None


@pytest.mark.parametrize(
    ("links", "argument", "expected"),
    [
        (call("P", "2", "下一页") + call("P", "9", "尾页"), "", ("P", "2")),
        (call("P", "2", "2") + call("P", "3", "3"), "", ("P", "2")),
        (call("P", "1", "1") + call("P", "3", "3"), "2", ("P", "3")),
        (call("P", "1", "1") + call("P", "11", "..."), "10", ("P", "11")),
        (call("G", "Page$2", "2"), "", ("G", "Page$2")),
        (call("G", "Page$3", "3"), "Page$2", ("G", "Page$3")),
        (
            call("G", "Page$Next", "&gt;") + call("G", "Page$Last", "&gt;&gt;"),
            "",
            ("G", "Page$Next"),
        ),
        (call("P$btnNext", "", "下一页"), "", ("P$btnNext", "")),
        ("<a href='#' onclick=\"__doPostBack('P','2');return false\">下页</a>", "", ("P", "2")),
        (
            "<a href='javascript:WebForm_DoPostBackWithOptions("
            'new WebForm_PostBackOptions("P$next", "", true, "", "", false, true))\'>下一页</a>',
            "",
            ("P$next", ""),
        ),
        # the last page
        (call("P", "3", "下一页") + call("P", "1", "1"), "3", None),
        (call("P", "1", "1") + call("P", "2", "2"), "3", None),
        ("<a disabled>下一页</a>" + call("P", "1", "首页"), "2", None),
        (call("P", "2", "下一页") + "第1/1页", "", None),
        # what is no pager
        (call("Menu", "2", "政策文件"), "", None),
        (call("Calendar1", "8034", "31"), "", None),
        (call("GridView1", "Sort$Title", "标题"), "", None),
        ("<a href='javascript:__doPostBack()'>下一页</a>", "", None),
    ],
)
def test_aspnet_calls_for_the_next_page(
    links: str, argument: str, expected: tuple[str, str] | None
) -> None:
    assert called(posted(form(links), argument)) == expected


def test_options_next_selects_the_call_of_aspnet() -> None:
    html = form(call("P", "2", "2") + f'<p class="mine">{call("P", "7", "往后")}</p>')
    page = Page(f"{HOST}/l.aspx?id=5", html)
    assert called(aspnet.read(page, source(page.url, next="p.mine"))) == ("P", "7")


def test_a_form_of_aspnet_goes_along_whole_and_no_other() -> None:
    inputs = (
        f'{STATE}<input type="HIDDEN" name="__EVENTTARGET" value="old"><input type=text name="q">'
        '<input type="hidden" name="unit" value="民政"><input type="hidden" value="none">'
        '<input type="hidden" name="empty">'
    )
    other = '<form action="/search"><input type="hidden" name="kind" value="news"></form>'
    listing = posted(other + form(call("P", "2", "下一页"), inputs, "./l.aspx?id=5&s=1"))
    assert listing.next == Request(
        f"{HOST}/l.aspx?id=5&s=1",
        (
            ("__EVENTTARGET", "P"),
            ("__EVENTARGUMENT", "2"),
            ("__VIEWSTATE", "state"),
            ("unit", "民政"),
            ("empty", ""),
        ),
    )
    assert listing.next.referer == f"{HOST}/l.aspx?id=5"


def test_hidden_inputs_outside_a_form_that_is_broken_go_along() -> None:
    listing = posted(f"{STATE}{ROWS}{call('P', '2', '下一页')}")
    assert listing.next
    assert dict(listing.next.form)["__VIEWSTATE"] == "state"
    assert listing.next.url == f"{HOST}/l.aspx?id=5"


def test_a_large_state_is_kept_whole_and_a_thousand_inputs_are_an_alarm() -> None:
    large = STATE.replace("state", "A" * 1_000_000)
    listing = posted(form(call("P", "2", "下一页"), large))
    assert listing.next
    assert len(dict(listing.next.form)["__VIEWSTATE"]) == 1_000_000
    many = STATE + '<input type="hidden" name="a" value="b">' * 1_000
    with pytest.raises(ListingError, match="no form of up to 500 hidden inputs: there are 1001"):
        posted(form(call("P", "2", "下一页"), many))


def test_a_number_that_a_call_does_not_name_goes_along_behind_the_address() -> None:
    window = "".join(call(f"G$c{n}", "", str(n)) for n in range(1, 11) if n != 10)
    second = posted(form(call("G$c2", "", "2")))
    assert called(second) == ("G$c2", "")
    assert second.next
    assert second.next.url == f"{HOST}/l.aspx?id=5#2"
    third = posted(form(call("G$c1", "", "1") + call("G$c3", "", "3")), fragment="#2")
    assert third.next
    assert third.next.url == f"{HOST}/l.aspx?id=5#3"
    tenth = posted(form(window + call("G$c11", "", "...")), fragment="#10")
    assert called(tenth) == ("G$c11", "")
    assert posted(form(window), fragment="#10").next is None
    back = call("G$c0", "", "...") + call("G$c11", "", "11")
    assert posted(form(back), fragment="#12").next is None


@pytest.mark.parametrize(
    ("path", "links", "after"),
    [
        (
            "/l.aspx?id=5",
            '<a href="?id=5&page=2">2</a><a href="?id=5&page=9">尾页</a>',
            "/l.aspx?id=5&page=2",
        ),
        (
            "/l.aspx?id=5&Page=2",
            '<a href="?id=5&Page=1">1</a><a href="?id=5&Page=3">3</a>',
            "/l.aspx?id=5&Page=3",
        ),
        (
            "/l.aspx?id=5&page=9",
            '<a href="?id=5&page=8">上一页</a><a href="?id=5&page=9">末页</a>',
            None,
        ),
        (
            "/l.aspx?id=5&page=9",
            '<a href="?page=9&id=5">下一页</a><a href="?id=5&page=8">8</a>',
            None,
        ),
        ("/l.aspx?id=5&page=2", '<a href="n.aspx?id=5&from=2">下一页</a>', "/n.aspx?id=5&from=2"),
        ("/l.aspx?id=5", '<a href="?id=6&page=2">别的栏目</a>', None),
        ("/l.aspx?id=5", '<a href="/other.aspx?id=5&page=2">别的页</a>', None),
        ("/l.aspx?id=5", '<a href="next.aspx">下一页</a>', "/next.aspx"),
        ("/l.aspx?id=5&page=1", "第1/4页", "/l.aspx?id=5&page=2"),
        (
            "/l.aspx?id=5",
            '<a href="?id=5&page=0">0</a><a href="?id=5&page=1000000000">尾页</a>',
            None,
        ),
        ("/l.aspx?id=5", "", None),
    ],
)
def test_aspnet_asks_for_a_number(path: str, links: str, after: str | None) -> None:
    assert following("aspnet", path, links) == after


def test_a_page_of_aspnet_that_says_there_are_more_and_calls_for_none_is_an_alarm() -> None:
    with pytest.raises(ListingError, match="no way to the page after 1 of 4"):
        posted(form("<a onclick='page(2)'>下一页</a>第1/4页"))
    with pytest.raises(ListingError, match="no way to the page after 2 of 4"):
        posted(form("第2/4页"), argument="2")


def test_a_page_shows_aspnet_by_its_name_or_its_state() -> None:
    assert aspnet.shows(Page(f"{HOST}/NewsLsit.ASPX?ClassID=8", ""))
    assert aspnet.shows(Page(f"{HOST}/jyta/", STATE))
    assert not aspnet.shows(Page(f"{HOST}/jyta/a.html", ROWS))


META = '<meta name="siteIdMeta" content="7100">'
SITE = "/cms/sitemanage/index.shtml?siteId="


@pytest.mark.parametrize(
    ("path", "pager", "after", "guess"),
    [
        (
            "/cms/html/a/b/index.html",
            f'{META}<a href="{SITE}7100&page=3">3</a>',
            "7100&page=2",
            None,
        ),
        (
            "/cms/html/a/b/index.html",
            f'{META}<a href="{SITE}7200&page=3">3</a>',
            None,
            "7100&page=2",
        ),
        ("/cms/html/a/b/index.html", f"{META}共21页", "7100&page=2", None),
        ("/cms/html/a/b/index.html", f"{META}共1页", None, None),
        (f"{SITE}7100&page=6", f'<a href="{SITE}7100&page=6">尾页</a>', None, None),
        (f"{SITE}7100&page=6", "", None, "7100&page=7"),
        ("/cms/html/a/b/index.html", '<meta name="siteIdMeta" content="">', None, None),
        ("/cms/html/a/b/index.html", "", None, None),
    ],
)
def test_ylcms_asks_for_a_number(
    path: str, pager: str, after: str | None, guess: str | None
) -> None:
    listing = read("ylcms", path, pager)
    assert listing.next == (Request(HOST + SITE + after) if after else None)
    assert listing.guesses == ((Request(HOST + SITE + guess),) if guess else ())


def test_ylcms_lists_what_its_list_of_resources_holds_unless_an_option_says_else() -> None:
    link = '<a href="/cms/html/a/2023-06-01/1.html">清源要闻一二三四五六</a>'
    nav = f'<ul class="nav"><li>{link}2023-06-01</li></ul>'
    rows = ROWS.replace("<ul>", "<ul id='resources'>")
    page = Page(f"{HOST}/cms/html/a/b/index.html", nav * 3 + META + rows)
    assert len(ylcms.read(page, source(page.url)).entries) == 2
    chosen = ylcms.read(page, source(page.url, entry="ul.nav li"))
    assert [entry.title for entry in chosen.entries] == ["清源要闻一二三四五六"]


@pytest.mark.parametrize("page", ["/a.html", "/cms/html/a/b/index.html", f"{SITE}7100&page=2"])
def test_a_page_shows_ylcms(page: str) -> None:
    assert ylcms.shows(Page(HOST + page, META if page == "/a.html" else ""))
    assert not ylcms.shows(Page(f"{HOST}/jyta/index.html", ROWS))


def test_ilist_guesses_the_next_page_only_at_its_own_address() -> None:
    asked = read("ilist", "/info/iList.jsp?cat_id=8", "")
    assert asked.guesses == (Request(f"{HOST}/info/iList.jsp?cat_id=8&cur_page=2"),)
    assert read("ilist", "/jyta/index.htm", "").guesses == ()
    link = '<a href="/info/iList.jsp?cat_id=8&cur_page=2">下一页</a>'
    assert following("ilist", "/jyta/index.htm", link) == "/info/iList.jsp?cat_id=8&cur_page=2"
    assert ilist.shows(Page(f"{HOST}/jyta/index.htm", link))
    assert not ilist.shows(Page(f"{HOST}/jyta/index.htm", ROWS))


def shell(pairs: str) -> Page:
    return Page(f"{HOST}/site/col/index.html", f"<script>load({{{pairs}}});</script>")


def test_querylist_sends_what_its_script_says() -> None:
    page = shell(
        "webSiteCode: \"site\", 'channelId[]': [190, '191'], perPage: 20, full: true, x: y"
    )
    asked = querylist.read(page, source(page.url)).next
    assert asked == Request(
        f"{HOST}/queryList",
        (
            ("current", "1"),
            ("pageSize", "20"),
            ("webSiteCode", "site"),
            ("channelId[]", "190"),
            ("channelId[]", "191"),
            ("perPage", "20"),
            ("full", "true"),
        ),
    )
    assert asked.referer == page.url


@pytest.mark.parametrize("pairs", ["webSiteCode: 'a'", "channelCode: 'a'", "x: webSiteCode"])
def test_a_script_without_site_and_channel_is_no_querylist(pairs: str) -> None:
    page = shell(pairs)
    assert not querylist.shows(page)
    with pytest.raises(ListingError, match="no webSiteCode and channelCode in a script"):
        querylist.read(page, source(page.url))


def test_an_answer_to_querylist_without_records_is_an_alarm() -> None:
    asked = Request(f"{HOST}/queryList", (("webSiteCode[]", "a"),), referer=f"{HOST}/a/")
    with pytest.raises(ListingError, match="record"):
        querylist.read(Page(asked.url, '{"data": {"results": []}}', asked), source(f"{HOST}/a/"))


HOSTILE = (
    "<a href='?page=2'>x</a>" * 20_000,
    "<a href=\"javascript:__doPostBack('a','b')\">下一页</a>" * 20_000,
    "{webSiteCode" * 20_000,
    "parameters={stlPageContentsElement:'" * 20_000 + "/stl/actions/pagecontents'",
    "<ul " * 50_000 + "id=resources",
    "_simple_list_gotopage_fun(" * 20_000 + "class=p_no_d " * 20_000,
    "共999999页 下页" * 20_000,
)


def alarms_or_reads(family: str, path: str, text: str) -> bool:
    """Tell whether a page is an alarm or has something to go on with."""
    page = Page(HOST + path, ROWS + text)
    try:
        listing = FAMILIES[family].read(page, source(page.url))
    except ListingError as error:
        return error.url == page.url
    return bool(listing.entries or listing.next)


@pytest.mark.parametrize("family", OURS)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_a_hostile_page_is_read_soon_or_is_an_alarm(family: str, text: str) -> None:
    began = time.process_time()
    assert alarms_or_reads(family, "/info/iList.jsp?wbtreeid=1", text)
    assert time.process_time() - began < 5


@given(
    st.sampled_from(OURS),
    st.text(alphabet="<>ahref='\"?&page=123下页共条第/{}:_$PAGENUM().htm\\ ", max_size=200),
    st.sampled_from(
        ["/jyta/9.htm", "/a.aspx?page=2", "/x.jsp?a1p=2&a1t=9", "/", "/channels/2_2.html"]
    ),
)
def test_nothing_but_an_alarm_leaves_a_family(family: str, text: str, path: str) -> None:
    assert alarms_or_reads(family, path, text)
