"""Names and slugs of columns, links that lead to them, and what a site says of its addresses."""

from __future__ import annotations

import time

import pytest

from replyarc.listing.naming import (
    MOST_FOUND,
    Found,
    column_of,
    found,
    found_among,
    has_column_slug,
    is_column_name,
    same_site,
    source_name,
)
from replyarc.listing.sitemap import (
    MOST_ADDRESSES,
    Sitemap,
    directories_of,
    maps_of,
    read_sitemap,
    sitemaps_of,
)
from replyarc.model import Page

HOME = "http://www.qingyuan.gov.test/"

_NAMES = """
    建议提案办理 建议提案 议案提案 人大建议政协提案 人大代表建议 政协委员提案 建议提案办理工作
    建议提案办理结果公开 建议提案办理复函 建议提案公开 省人大代表建议和答复 人大代表建议回复
    提案议案办理结果公开 承办建议提案工作 政协提案议案回复 人大代表建议、政协委员提案办理
    两会建议提案 2024年建议提案 全国人大代表建议复文公开 提案办理 议案办理 代表议案
    重点领域信息›建议提案办理 法定主动公开内容>建议提案 【建议提案】 建议提案更多>>
    ·建议提案办理(12) 省十四届人大二次会议代表建议 市十四届政协提案 建议（提案）办理 党派提案办理
    优秀提案答复选登
"""

_NO_NAMES = """
    建议 提案 意见建议 建议征集 提案征集 我要提案 网民建议 建议办理 投诉建议答复 群众建议办理
    人大代表 政协委员 建议提案管理系统 关于加强建议提案办理工作的通知
    关于市十四届人大二次会议第120号建议的答复 办理结果 信息公开 领导信箱
    人大代表建议人大代表建议人大代表建议人大代表建议人大代表建议人大代表建议 意见建议答复
    股东建议公开
"""

_SLUGS = """
    jytabl jytabljggk jytablfh jyta jyta00 jytagk jytajg jytajgg jytadf jyhtabl tajy yta rddbjy
    rddbjybl rddbjybljg rddbjyblfw rddbjyh rdjy rdjybljggk dbjydf dbjyfw zxwyta zxwytabl
    zxwytabljg zxwytablfw zxta zxtadf qgrddbjy qgrddbjyfwgk qgzxwytafwgk srddbjy szxta shizxta
    shirddbjy jianyitianbanli jianyitianfuwen cbjytagz jiany jytabl_4823 2025jyta 2024njytabl
    jytablsj jianyitianbanli_0526
"""

_NO_SLUGS = "zwgk xxgk fdzdgknr jyj jygk jianyizhengji zfxxgk yjzj zjdt tzgg rdzx jyzc ta jy"


@pytest.mark.parametrize("name", [*_NAMES.split(), "建 议 提 案\u3000办 理", "\n  建议提案\t"])
def test_names_of_columns_are_known(name: str) -> None:
    assert is_column_name(name)


@pytest.mark.parametrize("name", [*_NO_NAMES.split(), ""])
def test_what_is_no_name_of_a_column_is_left(name: str) -> None:
    assert not is_column_name(name)


@pytest.mark.parametrize("slug", _SLUGS.split())
def test_slugs_of_columns_are_known_in_every_kind_of_address(slug: str) -> None:
    for path in ("/", "/index.html", ".htm", "/1.html", "/auto/index_1.shtml", "/2024n/", ".shtml"):
        assert has_column_slug(f"{HOME}zwgk/{slug}{path}")


@pytest.mark.parametrize("slug", _NO_SLUGS.split())
def test_what_is_no_slug_of_a_column_is_left(slug: str) -> None:
    assert not has_column_slug(f"{HOME}zwgk/{slug}/index.html")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "index.html",
        "2024/",
        "jyta/tzgg/",
        "jytabl/202305/t20230517_5318033.html",
        "jytabl/art_29_1226.html",
        "jytabl/post_120.html",
        "jytabl/0123456789abcdef0123456789abcdef.html",
        "jytabl/jyta.pdf",
    ],
)
def test_home_pages_articles_and_files_have_no_slug(path: str) -> None:
    assert not has_column_slug(HOME + path)


def links(*html: str) -> list[Found]:
    return found(Page(HOME + "index.html", "".join(html)))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/col/col77/index.html"><img src=a.png><b>建议</b>提案</a>',
        '<a href="/col/col77/index.html" title="建议提案"></a>',
        '<a href="/col/col77/index.html"><img src=a.png alt="建议提案"></a>',
        '<map><area href="/col/col77/index.html" title="建议提案"></map>',
        '<select><option value="/col/col77/index.html">建议提案</option></select>',
        "<li onclick=\"location='/col/col77/index.html'\">建议提案</li>",
        "<div onclick=\"window.location.href = '/col/col77/index.html';\">建议提案</div>",
        "<a href=\"javascript:window.open('/col/col77/index.html')\">建议提案</a>",
        '<a href="javascript:;" onclick=\'location.assign("/col/col77/index.html")\'>建议提案</a>',
    ],
)
def test_a_column_is_found_however_it_is_linked(html: str) -> None:
    assert links(html) == [Found(f"{HOME}col/col77/index.html", "建议提案", "by its name")]


def test_a_column_is_found_by_its_address_where_its_name_says_nothing() -> None:
    assert links('<a href="./zwgk/jytabl/">更多</a><a href="/zwgk/rdjy/"></a>') == [
        Found(f"{HOME}zwgk/jytabl/", "更多", "by its address"),
        Found(f"{HOME}zwgk/rdjy/", "", "by its address"),
    ]


def test_of_two_links_to_a_column_the_one_with_its_name_is_taken() -> None:
    more, name = '<a href="/jyta/">更多</a>', '<a href="/jyta/">建议提案</a>'
    column = Found(f"{HOME}jyta/", "建议提案", "by its name")
    assert links(more, name) == links(name, more) == [column]


def test_links_that_lead_to_no_column_are_left() -> None:
    assert not links(
        '<a href="/">建议提案</a>',
        '<a href="http://www.qingyuan.gov.test">建议提案</a>',
        '<a href="/jytabl/202305/t20230517_5318033.html">建议提案办理情况</a>',
        '<a href="javascript:void(0)">建议提案</a>',
        '<a href="#top">建议提案</a>',
        '<option value="">建议提案</option>',
        '<a href="http://www.rd.test/jytabl/">建议提案</a>',
        '<div onclick="toggle(this)">建议提案</div>',
        "<p onclick=\"location='/jyta/'\"></p>",
    )


def test_on_another_host_of_the_site_a_column_is_taken_by_its_name_only() -> None:
    there = "http://mzj.qingyuan.gov.test/jytabl/"
    assert not links(f'<a href="{there}">更多</a>')
    assert links(f'<a href="{there}">建议提案</a>') == [Found(there, "建议提案", "by its name")]


def test_the_number_of_a_gkmlpt_column_is_kept_and_other_fragments_are_not() -> None:
    html = '<a href="/gkmlpt/index#7537">建议提案</a><a href="/a/jyta/#77">建议提案</a>'
    assert [each.url for each in links(html)] == [f"{HOME}gkmlpt/index#7537", f"{HOME}a/jyta/"]


def test_a_column_in_the_menu_entry_of_another_is_below_it() -> None:
    sub = '<ul><li><a href="/col/col78/">人大代表建议</a></li></ul>'
    nested = f'<ul><li><a href="/col/col77/">建议提案</a>{sub}</li></ul>'
    assert [each.above for each in links(nested)] == ["", f"{HOME}col/col77/"]
    assert [each.above for each in links(f"<ul><li>{sub}</li><li></li></ul>")] == [""]


def test_a_name_is_shown_on_one_line_without_what_nobody_sees() -> None:
    assert links('<a href="/jyta/">更\n \u202e多\ue000</a>')[0].name == "更 多"


def test_a_page_of_any_size_is_looked_through_in_bounds() -> None:
    many = "".join(f'<a href="/a{n}/jytabl/">建议提案</a>' for n in range(10**5))
    deep = "<div onclick=\"location='/jyta/'\">" * 5_000 + "建议" * 50_000
    start = time.monotonic()
    assert len(links(many)) == MOST_FOUND
    assert [each.url for each in links(deep)] == [f"{HOME}jyta/"]
    assert time.monotonic() - start < 20


def test_of_the_addresses_of_a_sitemap_those_with_a_slug_on_the_host_are_taken() -> None:
    urls = [
        f"{HOME}jytabl/",
        f"{HOME}tzgg/",
        f"{HOME}jytabl/",
        "http://mzj.qingyuan.gov.test/jyta/",
    ]
    assert found_among(urls, "www.qingyuan.gov.test") == [
        Found(f"{HOME}jytabl/", "", "by its address")
    ]


@pytest.mark.parametrize(
    ("url", "column"),
    [
        ("https://www.a.test/jyta", "//www.a.test/jyta/"),
        ("http://www.a.test/jyta/default.htm", "//www.a.test/jyta/"),
        ("http://www.a.test/tajy/1.html", "//www.a.test/tajy/"),
        ("http://www.a.test/lists/1.html", "//www.a.test/lists/1/"),
        ("http://www.a.test/list.aspx?id=5", "//www.a.test?id=5#/"),
        ("http://www.a.test/gkmlpt/index#5", "//www.a.test/gkmlpt?#5/"),
    ],
)
def test_spellings_of_a_column_are_one(url: str, column: str) -> None:
    assert column_of(url) == column


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://www.qingyuan.gov.cn/channels/2163.html", "qingyuan-2163"),
        ("https://MZJ.qingyuan.gov.cn:8080/zwgk/JYTABL_48/index.html", "mzj-qingyuan-jytabl-48"),
        ("http://127.0.0.1:9/", "127-0-0-1"),
        ("http://www.gov.cn/jyta/2024/", "jyta-2024"),
        ("http://www.gov.cn/", "column"),
    ],
)
def test_a_source_is_named_after_host_and_slug(url: str, name: str) -> None:
    assert source_name(url) == name


def test_no_two_sources_have_one_name() -> None:
    taken = {"a-test-jyta", "a-test-jyta-2"}
    assert source_name("http://www.a.test/jyta/", taken) == "a-test-jyta-3"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("www.qingyuan.gov.test", "mzj.qingyuan.gov.test", True),
        ("qingyuan.cn", "www.qingyuan.cn", True),
        ("127.0.0.1", "10.0.0.1", False),
        ("localhost", "localhost", True),
        ("localhost", "otherhost", False),
        ("a.gov.cn", "b.gov.cn", False),
    ],
)
def test_hosts_of_one_registered_name_are_one_site(one: str, two: str, same: bool) -> None:
    assert same_site(one, two) is same


def test_a_sitemap_is_read_without_being_xml() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "http://evil.test/">]>'
        "<sm:urlset><sm:url><sm:loc>\n /a?b=1&amp;c=2 </sm:loc></sm:url>"
        "<url><loc><![CDATA[http://www.qingyuan.gov.test/jyta/]]></loc></url>"
        "<url><loc>&a;x</loc></url><url><loc>mailto:a@b.test</loc></url><url><loc>/cut"
    )
    assert read_sitemap(Page(HOME + "sitemap.xml", text)) == Sitemap(
        (f"{HOME}a?b=1&c=2", f"{HOME}jyta/", f"{HOME}&a;x", f"{HOME}cut")
    )


def test_a_sitemap_of_sitemaps_names_sitemaps() -> None:
    text = "<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(Page(HOME, text)) == Sitemap(sitemaps=(f"{HOME}1.xml",))
    assert read_sitemap(Page(HOME, "<html>404")) == Sitemap()


def test_a_sitemap_is_read_in_bounds() -> None:
    text = "<loc>" * 10**5 + "".join(f"<loc>/{n}</loc>" for n in range(MOST_ADDRESSES + 5))
    assert len(read_sitemap(Page(HOME, text)).addresses) == MOST_ADDRESSES


def test_robots_txt_names_sitemaps_in_any_spelling() -> None:
    text = (
        "User-agent: *\r\nDisallow:\r\n sitemap : /a.xml\r\nSITEMAP:http://b.test/b.xml\nSitemap:\n"
    )
    assert sitemaps_of(text, HOME[:-1]) == (f"{HOME}a.xml", "http://b.test/b.xml")


def test_the_page_of_the_sites_map_is_found_by_its_name_on_the_same_host() -> None:
    html = (
        '<a href="/map.html">网站地图</a><a href="http://m.qingyuan.gov.test/map/">网站地图</a>'
        '<a href="/a.html">地图服务</a><a href="/m2.html" title="SiteMap"><img></a>'
    )
    assert maps_of(Page(HOME, html)) == (f"{HOME}map.html", f"{HOME}m2.html")


def test_directories_come_with_the_likeliest_first_and_once() -> None:
    html = (
        '<a href="/zwgk/">政务公开</a><a href="/zfxxgk/">政府信息公开</a><a href="/">政务公开</a>'
        '<a href="http://xxgk.qingyuan.gov.test/">信息公开目录</a><a href="http://b.test/">政务公开</a>'
        '<a href="/fdzdgknr/">法定主动公开 内容</a>'
        '<a href="/zfxxgk/" title="信息公开目录">政务公开</a>'
    )
    assert directories_of(Page(HOME, html)) == (
        f"{HOME}fdzdgknr/",
        f"{HOME}zfxxgk/",
        "http://xxgk.qingyuan.gov.test/",
        f"{HOME}zwgk/",
    )
