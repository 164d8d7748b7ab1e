"""Columns below a column, and frames that hold its list, in the shapes that families have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.listing.columns import MOST_COLUMNS, columns
from replyarc.listing.folders import folder_of
from replyarc.model import Page, Source

SITE = "http://mzj.qingyuan.gov.test"
TRS = f"{SITE}/xxgk/jytabl/index.html"
VSB = f"{SITE}/xxgk/jytabl.htm"
SITESERVER = f"{SITE}/channels/2163.html"
UCAP = f"{SITE}/xxgk/c100001/list.shtml"


def below(html: str, url: str = TRS) -> list[str]:
    source = Source(name="qingyuan", publisher="清源市民政局", urls=(url,))
    return [each.removeprefix(SITE) for each in columns(Page(url, html), source)]


def links(*pairs: tuple[str, str]) -> str:
    return "<ul>" + "".join(f"<li><a href='{href}'>{text}</a>" for href, text in pairs) + "</ul>"


@pytest.mark.parametrize(
    ("href", "text", "found"),
    [
        ("2019jyta/", "2019年", "/xxgk/jytabl/2019jyta/"),
        ("./2023n/index.html", "2023年建议提案", "/xxgk/jytabl/2023n/index.html"),
        ("/xxgk/jytabl/2024n/", "清源市2024年建议办理", "/xxgk/jytabl/2024n/"),
        ("rdjy/2025/", "<img src=a.png>", "/xxgk/jytabl/rdjy/2025/"),
        ("sssjrdschy/", "十四届人大二次会议", "/xxgk/jytabl/sssjrdschy/"),
        ("rddbjy/", "· 人大代表建议 &gt;&gt;", "/xxgk/jytabl/rddbjy/"),
        ("zxwyta/index.shtml", "【政协委员提案】", "/xxgk/jytabl/zxwyta/index.shtml"),
        ("qg/", "全国", "/xxgk/jytabl/qg/"),
        ("sj/", "市级", "/xxgk/jytabl/sj/"),
        ("rd_list.shtml", "市人大建议答复", "/xxgk/jytabl/rd_list.shtml"),
        ("2022.html", "2022年", "/xxgk/jytabl/2022.html"),
        ("https://mzj.qingyuan.gov.test/xxgk/jytabl/zx/", "政协", "https"),
    ],
)
def test_parts_of_a_column_lie_below_it_and_are_named_like_one(
    href: str, text: str, found: str
) -> None:
    (url,) = below(f"<div><a href='{href}'>{text}</a></div>")
    assert url.startswith(found)


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("../zcwj/", "2023年"),
        ("/", "人大"),
        ("tzgg/", "通知公告"),
        ("", "建议提案办理"),
        ("./", "建议提案办理"),
        ("index.html", "2023年"),
        ("index_1.html", "第2次"),
        ("index_2023.html", "2023"),
        ("2023.html", "市人大"),
        ("javascript:;", "2023年"),
        ("http://www.other.test/xxgk/jytabl/2023n/", "2023年"),
        ("202306/t20230628_1.html", "2023年"),
        ("2023n/123456.html", "2023年建议"),
        ("2023n/content_12.html", "2023年建议"),
        ("2023n/a.pdf", "2023年建议"),
        ("2023n/?page=2", "2023年"),
        ("a/b/c/d/", "2023年"),
        ("bl/", "关于做好人大建议办理工作"),
        ("bl/", "关于做好2023年人大建议办理工作的通知"),
        ("tj/", "2023年建议提案办理情况统计表"),
        ("rd/", "人大" * 20),
        ("2023n", "2023年"),
    ],
)
def test_other_links_are_no_parts_of_a_column(href: str, text: str) -> None:
    assert below(f"<a href='{href}'>{text}</a>") == []


def test_a_column_that_is_a_file_has_a_folder_of_the_same_name() -> None:
    html = links(
        ("jytabl/rddbjy.htm", "人大代表建议"), ("jytabl/3.htm", "下页"), ("tzgg.htm", "人大")
    )
    assert below(html, VSB) == ["/xxgk/jytabl/rddbjy.htm"]


def test_the_root_of_a_site_has_no_parts() -> None:
    assert below(links(("/rd/", "人大代表建议")), f"{SITE}/index.html") == []
    assert folder_of(f"{SITE}/index.html") == ""


@pytest.mark.parametrize(
    ("url", "one", "two"),
    [
        (SITESERVER, "/channels/18105.html", "/channels/2164.html"),
        (UCAP, "/xxgk/c100002/list.shtml", "/xxgk/c100003/list.shtml"),
        (f"{SITE}/col/col77/index.html", "/col/col78/index.html", "/col/col79/index.html"),
        (f"{SITE}/list.jsp?id=5", "/list.jsp?id=6", "/list.jsp?id=7"),
        (f"{SITE}/list.jsp?cat_id=5", "/list.jsp?cat_id=6", "/list.jsp?cat_id=7"),
    ],
)
def test_where_folders_do_not_nest_parts_are_named_exactly_and_addressed_alike(
    url: str, one: str, two: str
) -> None:
    html = links((one, "人大代表建议"), (two, "政协委员提案"))
    assert below(f"<div class=con>{html}</div>", url) == [one, two]
    assert below(f"<div class='site-nav'>{html}</div>", url) == []
    assert below(f"<header>{html}</header>", url) == []
    assert below(links((one, "清源人大动态"), (two, "民政要闻")), url) == []


def test_a_menu_that_names_a_part_among_other_things_is_none() -> None:
    others = [(f"/channels/{n}.html", "政务要闻") for n in range(1000, 1005)]
    assert below(links(("/channels/1999.html", "人大"), *others), SITESERVER) == []


def test_the_neighbours_of_a_column_are_no_parts_of_it() -> None:
    html = links((SITESERVER, "人大代表建议"), ("/channels/2164.html", "政协委员提案"))
    assert below(html, SITESERVER) == []
    html = links((SITESERVER, "建议提案办理"), ("/channels/2164.html", "政协委员提案"))
    assert below(html, SITESERVER) == ["/channels/2164.html"]


@pytest.mark.parametrize(
    "block",
    [
        "<div><h3>2023年</h3><ul><li>函</ul><a href=2023x/>更多&gt;&gt;</a></div>",
        "<div><div class=t><span>2023年</span> <a href=2023x/>more</a></div></div>",
        "<div><div class=t><b>2023年</b></div><!-- --><p><a href=2023x/ title=更多></a></p></div>",
    ],
)
def test_more_counts_under_the_heading_of_its_block(block: str) -> None:
    block = block.replace("2023x", "nd3")
    assert below(block) == ["/xxgk/jytabl/nd3/"]
    assert below(block.replace("2023年", "通知公告")) == []


def test_more_without_a_heading_is_no_part() -> None:
    assert below("<a href=nd3/>更多</a>") == []
    assert below("<p>2023年</p>" + "<i></i>" * 9 + "<a href=nd3/>更多</a>") == []


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='/xxgk/list.jsp?id=5' width='100%' height=600></iframe>",
        "<iframe src='/xxgk/list.jsp?id=5' style='width:100%;height:800px'></iframe>",
        "<div>" * 20 + "<iframe src='/xxgk/list.jsp?id=5'></iframe>",
        "<frameset><frame src=left.htm><frame src='/xxgk/list.jsp?id=5' name=main></frameset>",
    ],
)
def test_frames_of_the_content_are_followed(frame: str) -> None:
    assert below(frame) == ["/xxgk/list.jsp?id=5"]


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src=http://www.other.test/list.htm></iframe>",
        "<iframe src=about:blank></iframe>",
        "<iframe></iframe>",
        "<iframe src=/a.htm width=0 height=0></iframe>",
        "<iframe src=/a.htm height=30></iframe>",
        "<iframe src=/a.htm style='width:1px'></iframe>",
        "<iframe src=/a.htm style='display:none'></iframe>",
        "<iframe src=/a.htm hidden></iframe>",
        "<iframe src=/a.htm name=top></iframe>",
        "<iframe src=/tongji/a.htm></iframe>",
        "<iframe src=/so/search.jsp></iframe>",
        "<iframe src=/user/login.htm></iframe>",
        "<iframe src=/pub/a.pdf></iframe>",
        "<iframe src=index.html></iframe>",
        "<footer><iframe src=/a.htm></iframe></footer>",
        "<div id=foot><p><iframe src=/a.htm></iframe></div>",
    ],
)
def test_counters_menus_searches_files_and_hidden_frames_are_not(frame: str) -> None:
    assert below(frame) == []


def test_parts_come_in_the_order_of_the_page_once_and_sixty_at_the_most() -> None:
    html = links(("b/", "2023年"), ("a/", "2022年"), ("b/", "2023年度"))
    frame = "<iframe src=/list.htm></iframe>"
    assert below(frame + html) == ["/list.htm", "/xxgk/jytabl/b/", "/xxgk/jytabl/a/"]
    many = links(*((f"p{n}/", "2023年") for n in range(99)))
    assert len(below(many)) == MOST_COLUMNS


@given(st.text(alphabet="<>/='. aihrefsclfrm更多人大2023年", max_size=200))
def test_any_page_is_read(text: str) -> None:
    assert len(below(f"<a href=a/>{text}<iframe src=/x>")) <= MOST_COLUMNS
