"""Answers that are no listing: each ends in a finding that says what to do, after bounded work."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.crawl import crawl
from replyarc.fetch.client import Fetcher
from replyarc.model import Source
from replyarc.report import Report
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import MANNERS, walk
from tests.gov import Answer, Gov, Heard, instead, serving
from tests.sites.aspnet import ASPNET
from tests.sites.blocks import blocks
from tests.sites.gkmlpt import gkmlpt_root
from tests.sites.hanweb import jpage_records
from tests.sites.jpaas import jpaas_rendered
from tests.sites.lonsun import lonsun_fragment
from tests.sites.plain import PLAIN
from tests.sites.site import Site, put
from tests.sites.siteserver import SITESERVER
from tests.sites.trs import TRS
from tests.sites.ucapsearch import ucap_sized
from tests.sites.vsb import VSB
from tests.sites.xxgk import xxgk_mixed

SITES: dict[str, Callable[[], Site]] = {
    "trs": TRS[0],
    "ucap": ucap_sized,
    "jpage": jpage_records,
    "jpaas": jpaas_rendered,
    "gkmlpt": gkmlpt_root,
    "aspnet": ASPNET[0],
    "vsb": VSB[0],
    "siteserver": SITESERVER[0],
    "nextlink": PLAIN[0],
    "xxgk": xxgk_mixed,
    "lonsun": lonsun_fragment,
    "blocks": blocks,
}
KINDS = ("trs", "jpage", "gkmlpt", "aspnet", "siteserver", "nextlink")
"""A family of each kind, for what costs a walk for every bad page."""

FURTHER = 20
"""Requests beyond those of a walk without faults, at the most."""

MENU = "".join(
    f'<li><a href="/{folder}/index.html">{name}</a></li>'
    for folder, name in (
        ("zwgk", "政务公开栏目"),
        ("tzgg", "通知公告栏目"),
        ("hdjl", "互动交流平台"),
    )
)
HOT = "".join(
    f'<li><a href="/tzgg/202409/t202409{day}_54000{day}.html">清源市民政局第{day}次例会召开</a>'
    f"<span>2024-09-{day}</span></li>"
    for day in range(10, 20)
)
LOGIN = '<form action="/in"><input name="u"><input type="password" name="p"></form>'
MANY = "".join(
    f'<li><a href="/a/t20240101_{n}.html">例会第{n}次召开</a></li>' for n in range(100_000)
)


def html(title: str, body: str) -> Answer:
    text = (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
    )
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, text.encode())


def api(value: object) -> Answer:
    return Answer(200, {"Content-Type": "application/json"}, json.dumps(value).encode())


STANDS_IN = {
    "nothing": Answer(200, {}, b""),
    "a login": html("用户登录", f"<ul>{MENU}</ul>{LOGIN}"),
    "a login with news": html("清源市人民政府", f"<ul>{MENU}</ul>{LOGIN}<ul>{HOT}</ul>"),
    "maintenance": html("清源市", "<p>网站正在维护升级，请稍后访问。</p>"),
    "a soft 404": html("提示", '<div>您访问的页面不存在</div><a href="/">返回首页</a>'),
    "a soft 404 with news": html("清源市", f"<h2>抱歉，您访问的页面不存在！</h2><ul>{HOT}</ul>"),
    "an error": html("系统出错", "<pre>java.lang.NullPointerException</pre>"),
    "JSON for HTML": api({"code": 401, "msg": "请先登录"}),
    "an empty datastore": api({"code": 200, "data": {"list": []}}),
    "null": api(None),
    "a PDF file": Answer(200, {"Content-Type": "text/html"}, b"%PDF-1.4"),
}
GATES = {
    "a cookie and a jump": '<script>document.cookie="k=1;path=/";location.reload();</script>',
    "加速乐": "<script>document.cookie='__jsl_clearance=1';go();</script>",
    "瑞数": "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=77;</script>",
}
LINKS = html("清源市民政局", f"<ul>{MANY}</ul>")
HOME = html("清源市民政局", f"<ul>{MENU}</ul><h3>工作动态</h3><ul>{HOT}</ul>")


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


def source(url: str, family: str = "auto") -> Source:
    return Source(name="qingyuan", publisher="清源市民政局", urls=(url,), family=family)


async def dry(source: Source) -> Report:
    """Walk without an archive, and so without asking for a reply."""
    async with Fetcher(MANNERS, backoff=0.0) as fetcher:
        plan, watch = Plan(dry_run=True), lambda report, doing: None
        (report,), failure = await crawl([source], fetcher.for_source, None, plan, watch)
    assert failure is None
    return report


Asked = tuple[str, str, bytes]
ASKED: dict[tuple[str, str], list[Asked]] = {}


def asked(heard: Heard) -> Asked:
    return heard.method, heard.path, heard.body


def listings(gov: Gov) -> list[Asked]:
    return [asked(heard) for heard in gov.heard if heard.path != "/robots.txt"]


async def spoilt(gov: Gov, site: Site, bad: Answer, at: int, family: str) -> tuple[Report, int]:
    """Walk a site whose `at`-th request is answered badly, always; return how many more it took."""
    site.papers = site.papers[: 130 if site.family in ("gkmlpt", "jpage") else 45]
    url = put(gov, site)
    whole = [("GET", site.column.partition("#")[0], b"")]
    if at:
        whole = await asked_of_a_whole_site(gov, site, source(url, family))
    target = list(dict.fromkeys(whole))[at]
    gov.handlers.insert(0, lambda heard: bad if asked(heard) == target else None)
    gov.heard.clear()
    report = await dry(source(url, family))
    assert target in listings(gov)
    return report, len(listings(gov)) - len(whole)


async def asked_of_a_whole_site(gov: Gov, site: Site, wanted: Source) -> list[Asked]:
    """Return what a walk without faults asks for; each site is walked so once."""
    key = site.name, wanted.family
    if key not in ASKED:
        await dry(wanted)
        ASKED[key] = listings(gov)
    return ASKED[key]


def alarms(report: Report) -> list[str]:
    return [*report.findings, *report.problems, *([report.blocked] if report.blocked else [])]


@pytest.mark.parametrize(
    ("name", "family"),
    [*((name, "own") for name in KINDS), ("trs", "auto"), ("gkmlpt", "auto"), ("jpaas", "auto")],
)
@pytest.mark.parametrize("bad", STANDS_IN)
async def test_a_first_page_that_is_no_listing_is_a_finding(
    gov: Gov, bad: str, name: str, family: str
) -> None:
    site = SITES[name]()
    configured = site.family if family == "own" else "auto"
    report, further = await spoilt(gov, site, STANDS_IN[bad], 0, configured)
    assert not report.finished
    assert len(alarms(report)) == 1
    assert gov.url + site.column.partition("#")[0] in alarms(report)[0]
    assert report.would_take == []
    assert further <= 0


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("bad", STANDS_IN)
async def test_a_second_answer_that_is_no_listing_is_a_finding_and_nothing_is_lost(
    gov: Gov, bad: str, name: str
) -> None:
    site = SITES[name]()
    report, further = await spoilt(gov, site, STANDS_IN[bad], 1, "auto")
    published = {gov.url + paper.path for paper in site.papers}
    found = {entry.url for entry in report.would_take}
    assert found <= published
    assert found == published or not report.finished
    assert bool(alarms(report)) is not report.finished
    assert further <= FURTHER


@pytest.mark.parametrize(("name", "at"), [("trs", 0), ("trs", 1), ("nextlink", 0), ("blocks", 1)])
async def test_a_hundred_thousand_links_are_a_finding(gov: Gov, name: str, at: int) -> None:
    report, further = await spoilt(gov, SITES[name](), LINKS, at, "auto")
    assert "100000 are more links" in alarms(report)[0]
    assert not report.finished
    assert further <= FURTHER


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("name", ["trs", "jpage", "gkmlpt", "aspnet", "siteserver"])
@pytest.mark.parametrize("gate", GATES)
async def test_a_gate_with_status_200_blocks_the_source(
    gov: Gov, gate: str, name: str, at: int
) -> None:
    site = SITES[name]()
    report, further = await spoilt(gov, site, html("", GATES[gate]), at, "auto")
    assert report.blocked
    assert not report.finished
    assert further <= 0


@pytest.mark.parametrize("name", SITES)
async def test_the_home_page_for_a_column_is_a_finding(gov: Gov, name: str) -> None:
    site = SITES[name]()
    report, further = await spoilt(gov, site, HOME, 0, "auto")
    assert "list of this column" in report.findings[0]
    assert "options.entry" in report.findings[0]
    assert not report.finished
    assert further <= FURTHER


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("name", SITES)
async def test_the_home_page_for_a_further_page_is_a_finding(gov: Gov, name: str, at: int) -> None:
    site = SITES[name]()
    report, further = await spoilt(gov, site, HOME, at, "auto")
    assert alarms(report)
    assert not report.finished
    assert {entry.url for entry in report.would_take} <= {gov.url + p.path for p in site.papers}
    assert further <= FURTHER


async def test_what_was_listed_before_a_bad_answer_is_archived(gov: Gov, archive: Archive) -> None:
    site = SITES["trs"]()
    site.papers = site.papers[:31]
    url = put(gov, site)
    gov.faults[f"{site.column}index_1.html"] = deque([instead(STANDS_IN["a login"])] * 9)
    gov.faults[f"{site.column}index_2.html"] = deque([instead(STANDS_IN["a login"])] * 9)
    (report,) = await walk(archive, source(url))
    assert not report.finished
    assert "用户登录" in alarms(report)[0]
    assert {reply.title for reply in archive.replies(Query())} == {
        paper.title for paper in site.papers[:15]
    }


HOLE = '<div id="list" class="list"></div><script>load("/api/rows", "#list", 1)</script>'


@pytest.mark.parametrize("family", ["auto", "trs", "nextlink"])
async def test_news_beside_rows_of_an_unknown_script_are_no_listing(gov: Gov, family: str) -> None:
    gov.pages["/jytabl/"] = html("建议提案办理", f"{HOLE}<h3>热点推荐</h3><ul>{HOT}</ul>").body
    report = await dry(source(f"{gov.url}/jytabl/", family))
    assert len(report.findings) == 1
    assert "list of this column" in report.findings[0]
    assert "a script" in report.findings[0]
    assert 'family = "single"' in report.findings[0]
    assert not report.finished


async def test_a_person_may_say_that_such_a_page_is_all_there_is(gov: Gov) -> None:
    gov.pages["/jytabl/"] = html("工作动态", f"<ul>{HOT}</ul>").body
    report = await dry(source(f"{gov.url}/jytabl/", "single"))
    assert report.findings == []
    assert len(report.would_take) == 10


async def test_news_beside_columns_of_years_are_left(gov: Gov) -> None:
    years = '<ul><li><a href="2023n/">2023年</a></li><li><a href="2024n/">2024年</a></li></ul>'
    gov.pages["/jytabl/"] = html("建议提案办理", f"{years}<ul>{HOT}</ul>").body
    for year in (2023, 2024):
        row = f'<li><a href="t{year}0102_1.html">关于第1号建议的答复</a><i>{year}-01-02</i></li>'
        gov.pages[f"/jytabl/{year}n/"] = html("建议提案办理", f"<ul>{row}</ul>").body
    report = await dry(source(f"{gov.url}/jytabl/"))
    assert [entry.title for entry in report.would_take] == ["关于第1号建议的答复"] * 2
    assert report.findings == []


@pytest.mark.parametrize("total", ["共0条", "第1/1页"])
async def test_a_column_without_rows_is_not_the_news_beside_it(gov: Gov, total: str) -> None:
    gov.pages["/jytabl/"] = html("建议提案办理", f"<ul></ul><p>{total}</p><ul>{HOT}</ul>").body
    report = await dry(source(f"{gov.url}/jytabl/"))
    assert len(report.findings) == 1
    assert not report.finished


@pytest.mark.parametrize(
    ("column", "article"),
    [
        ("/jytabl.htm", "/info/1052/{}.htm"),
        ("/col/col12370/index.html", "/art/2024/9/{}/art_12370_{}.html"),
        ("/channels/2163.html", "/contents/2163/{}.html"),
        ("/zwgk/jyta/", "/zwgk/content/post_{}.html"),
        ("/neac/xxgk/jyta.shtml", "/neac/c103228/202409/{}.shtml"),
    ],
)
async def test_replies_may_lie_outside_the_folder_of_their_column(
    gov: Gov, column: str, article: str
) -> None:
    rows = "".join(
        f'<li><a href="{article.format(n, n)}">关于市八届人大二次会议第{n}号建议的答复</a>'
        f"<span>2024-09-{n}</span></li>"
        for n in range(10, 15)
    )
    gov.pages[column] = html(
        "建议提案办理", f"<ul>{rows}</ul><h3>热点推荐</h3><ul>{HOT[:400]}</ul>"
    ).body
    report = await dry(source(gov.url + column))
    assert report.findings == []
    assert report.finished
    assert len(report.would_take) == 5


async def test_gbk_without_a_charset_and_relative_chinese_addresses(gov: Gov) -> None:
    rows = "".join(
        f'<li><a href="../建议 答复/2024/{n}.html">关于第{n}号建议的答复</a>2024-09-{n}</li>'
        for n in range(10, 13)
    )
    body = f"<html><body><ul>{rows}</ul></body></html>".encode("gbk")
    gov.pages["/zwgk/jyta/index.html"] = Answer(200, {"Content-Type": "text/html"}, body)
    report = await dry(source(f"{gov.url}/zwgk/jyta/index.html"))
    folder = "/zwgk/%E5%BB%BA%E8%AE%AE%20%E7%AD%94%E5%A4%8D/2024"
    assert [entry.url.removeprefix(gov.url) for entry in report.would_take] == [
        f"{folder}/{n}.html" for n in range(10, 13)
    ]
    assert report.would_take[0].title == "关于第10号建议的答复"
    assert report.finished


def rows_of(*numbers: int) -> str:
    return "".join(
        f'<li><a href="t20240102_{n}.html">关于第{n}号建议的答复</a><i>2024-01-02</i></li>'
        for n in numbers
    )


@pytest.mark.parametrize("pages", [10**9, 10**40])
async def test_a_number_of_pages_that_cannot_be_is_a_finding(gov: Gov, pages: int) -> None:
    script = f'<script>createPageHTML({pages}, 0, "index", "html")</script>'
    gov.pages["/jytabl/"] = html("建议提案", f"<ul>{rows_of(1, 2)}</ul>{script}").body
    report = await dry(source(f"{gov.url}/jytabl/"))
    assert alarms(report)
    assert len(report.would_take) == 2
    assert not report.finished
    assert len(gov.heard) <= FURTHER


async def test_a_pager_that_points_back_is_a_finding(gov: Gov) -> None:
    for here, there, number in (("index.html", "b.html", 1), ("b.html", "index.html", 2)):
        body = f'<ul>{rows_of(number)}</ul><a href="{there}">下一页</a>'
        gov.pages[f"/jytabl/{here}"] = html("建议提案", body).body
    report = await dry(source(f"{gov.url}/jytabl/index.html"))
    assert "leads back" in report.findings[0]
    assert len(report.would_take) == 2
    assert not report.finished
    assert len(gov.heard) <= FURTHER


async def test_a_calendar_that_never_ends_is_a_finding(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.pages.MOST_PAGES", 12)

    def month(heard: Heard) -> Answer | None:
        number = int(heard.path.partition("page=")[2] or 1) if "/jytabl/" in heard.path else 0
        way = f'<a href="?page={number + 1}">下一页</a>'
        return html("建议提案", f"<ul>{rows_of(number)}</ul>{way}") if number else None

    gov.handlers.append(month)
    report = await dry(source(f"{gov.url}/jytabl/"))
    assert "for ever" in report.findings[0]
    assert len(report.would_take) == 12
    assert len(gov.heard) <= 12 + FURTHER
