"""``discover``: from a home page to columns, over real sockets."""

from __future__ import annotations

import json
import socket
import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from replyarc.config.load import load
from replyarc.discover import MOST_REQUESTS, Discovery, Suggestion, discover, topmost, whose
from replyarc.errors import FetchError, Refused
from replyarc.fetch.client import Fetcher
from replyarc.listing.families import FAMILIES
from replyarc.listing.naming import Found
from replyarc.model import Page, RobotsFile, Source
from tests.column import MANNERS
from tests.gov import Gov, serving, status
from tests.test_cli import Ran, run

HEAD = (
    '<!doctype html><html><head><meta charset="utf-8"><title>首页 - 清源市人民政府门户网站</title>'
    '<meta name="SiteName" content="清源市人民政府门户网站">'
    '<meta name="SiteIDCode" content="3705000012"></head>'
)
NAV = (
    f'{HEAD}<body><ul class="nav"><li><a href="/">首页</a></li>'
    '<li><a href="/zwgk/">政务公开</a><ul>'
    '<li><a href="/zwgk/jytabl/">建议提案办理</a></li>'
    '<li><a href="/zwgk/jytabl/rddbjy/">人大代表建议</a></li>'
    '<li><a href="/zwgk/jytabl/zxwyta/">政协委员提案</a></li></ul></li></ul>'
    '<a href="/zwgk/jytabl/202305/t20230517_5318033.html">建议提案办理情况</a></body></html>'
).encode()
BARE = (
    f'{HEAD}<body><a href="/xxgk/">政府信息公开</a><a href="/tzgg/">通知公告</a>'
    '<a href="/hd/">意见建议</a></body></html>'
).encode()
JUMP = b"<html><script>location.href='/main/index.html';</script></html>"
CHALLENGE = b"<script>document.cookie='a=1';location.href=location.pathname;</script>"
CONFIG = """
[crawl]
contact = "mailto:tests@localhost"
delay = 0.0
retries = 0
private_addresses = true
[[source]]
name = "old"
publisher = "清源市民政局"
url = "{url}/old/index.html"
"""


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


async def look(gov: Gov, path: str = "/", *, robots: bool = True) -> Discovery:
    source = Source(name="discover", publisher="?", urls=(gov.url + path,))
    files: dict[str, RobotsFile] = {}
    manners = replace(MANNERS, retries=0, robots=robots)
    async with Fetcher(manners, robots_files=files, backoff=0.0) as fetcher:
        return await discover(source, fetcher.for_source(source), files)


def paths(said: Discovery, gov: Gov) -> list[str]:
    return [column.link.url.removeprefix(gov.url) for column in said.columns]


async def test_a_column_in_the_menu_is_found_with_what_lies_below_it(gov: Gov) -> None:
    gov.pages["/"] = NAV
    said = await look(gov)
    assert (said.publisher, said.region) == ("清源市人民政府", "370500")
    assert paths(said, gov) == ["/zwgk/jytabl/"]
    column = said.columns[0]
    assert (column.link.name, column.link.why) == ("建议提案办理", "by its name")
    assert column.page == f"{gov.url}/"
    assert [each.name for each in column.below] == ["人大代表建议", "政协委员提案"]
    assert gov.asked == ["/robots.txt", "/", "/sitemap.xml"]
    assert not said.problems


async def test_a_column_that_only_the_usual_sitemap_names_is_found(gov: Gov) -> None:
    gov.pages["/"] = BARE
    gov.pages["/sitemap.xml"] = (
        b"<urlset><url><loc>/tzgg/</loc></url><url><loc>/zwgk/jytabl/index.html</loc></url></urlset>"
    )
    said = await look(gov)
    assert paths(said, gov) == ["/zwgk/jytabl/index.html"]
    assert said.columns[0].link.why == "by its address"
    assert said.columns[0].page == f"{gov.url}/sitemap.xml"
    assert "/xxgk/" not in gov.asked


async def test_sitemaps_that_robots_txt_names_are_asked_for_in_bounds(gov: Gov) -> None:
    gov.pages["/"] = BARE
    gov.pages["/robots.txt"] = b"Sitemap: /maps.xml\nSitemap: http://elsewhere.test/map.xml\n"
    inner = "".join(f"<sitemap><loc>/map{n}.xml</loc></sitemap>" for n in range(9))
    gov.pages["/maps.xml"] = f"<sitemapindex>{inner}</sitemapindex>".encode()
    gov.pages["/map1.xml"] = b"<urlset><url><loc>/jyta/</loc></url></urlset>"
    said = await look(gov)
    assert paths(said, gov) == ["/jyta/"]
    assert gov.asked == ["/robots.txt", "/", "/maps.xml", "/map0.xml", "/map1.xml"]


async def test_without_robots_txt_the_usual_sitemap_is_asked_for(gov: Gov) -> None:
    gov.pages["/"] = BARE
    await look(gov, robots=False)
    assert gov.asked[:2] == ["/", "/sitemap.xml"]


async def test_a_column_on_the_map_of_the_site_is_found(gov: Gov) -> None:
    gov.pages["/"] = BARE.replace(b"</body>", '<a href="/map.html">网站地图</a>'.encode())
    gov.pages["/map.html"] = NAV
    assert paths(await look(gov), gov) == ["/zwgk/jytabl/"]


async def test_a_map_that_is_not_there_is_passed_over(gov: Gov) -> None:
    gov.pages["/"] = BARE.replace(b"</body>", '<a href="/map.html">网站地图</a>'.encode())
    gov.pages["/xxgk/"] = NAV
    assert paths(await look(gov), gov) == ["/zwgk/jytabl/"]


async def test_a_column_two_levels_down_in_the_directory_is_found(gov: Gov) -> None:
    gov.pages["/"] = BARE
    gov.pages["/xxgk/"] = (
        '<meta charset="utf-8"><a href="/xxgk/gone/">信息公开目录</a>'
        '<a href="/xxgk/fdzdgknr/">法定主动公开内容</a>'
    ).encode()
    gov.pages["/xxgk/fdzdgknr/"] = (
        '<meta charset="utf-8"><a href="/col/col77/index.html" title="建议提案"></a>'
    ).encode()
    said = await look(gov)
    assert paths(said, gov) == ["/col/col77/index.html"]
    assert said.columns[0].page == f"{gov.url}/xxgk/fdzdgknr/"


async def test_a_home_page_that_only_leads_to_the_real_one_is_followed_once(gov: Gov) -> None:
    gov.pages["/"] = JUMP
    gov.pages["/main/index.html"] = NAV
    said = await look(gov)
    assert said.home == f"{gov.url}/main/index.html"
    assert paths(said, gov) == ["/zwgk/jytabl/"]


async def test_a_home_page_that_leads_to_itself_ends(gov: Gov) -> None:
    refresh = f'<meta http-equiv="refresh" content="0; url={gov.url}/">'
    gov.pages["/"] = refresh.encode()
    assert (await look(gov)).columns == ()
    assert gov.count("/") == 1


async def test_no_more_than_a_dozen_pages_are_asked_for(gov: Gov) -> None:
    many = "".join(f'<a href="/xxgk{n}/">政府信息公开</a>' for n in range(50))
    gov.pages["/"] = f'<meta charset="utf-8">{many}'.encode()
    said = await look(gov)
    assert said.columns == ()
    assert len(said.asked) == MOST_REQUESTS == len(gov.asked) - 1


async def test_what_goes_wrong_on_the_way_is_told_and_the_search_goes_on(gov: Gov) -> None:
    gov.pages["/"] = BARE
    gov.faults["/sitemap.xml"] = deque([status(500)])
    gov.pages["/xxgk/"] = b"%PDF-1.4"
    said = await look(gov)
    assert len(said.problems) == 2
    assert "the site answers 500" in said.problems[0]
    assert "no page: it is a PDF file" in said.problems[1]


async def test_what_was_found_before_the_site_turned_away_is_kept(gov: Gov) -> None:
    gov.pages["/"] = NAV
    gov.faults["/sitemap.xml"] = deque([status(403)])
    said = await look(gov)
    assert paths(said, gov) == ["/zwgk/jytabl/"]
    assert "turns programs away" in (said.blocked or "")


async def test_a_home_page_that_cannot_be_had_is_an_error(gov: Gov) -> None:
    with pytest.raises(FetchError, match="404"):
        await look(gov)
    gov.pages["/"] = CHALLENGE
    with pytest.raises(Refused, match="加速乐"):
        await look(gov)
    gov.pages["/a.pdf"] = b"%PDF-1.4"
    with pytest.raises(FetchError, match="it is a PDF file"):
        await look(gov, "/a.pdf")


@pytest.mark.parametrize(
    ("html", "publisher", "region"),
    [
        ("<title>清源市民政局网站 - 首页</title>", "清源市民政局", None),
        ("<title>欢迎访问清源市政府网</title>", "清源市政府", None),
        ("<title>首页</title>", None, None),
        ("", None, None),
        ("<META content='清源市' name='SITENAME'><title>别的</title>", "清源市", None),
        ("<meta name=SiteName content=''><title>清源市</title>", "清源市", None),
        ("<meta name=siteidcode content=3705000012>", None, "370500"),
        ("<meta name=SiteIDCode content=bm05000001>", None, None),
        ("<meta name=SiteIDCode content=9900000012>", None, None),
        ("<meta name=SiteIDCode content=政府网站标识码>", None, None),
    ],
)
def test_whose_site_it_is_stands_in_its_head(
    html: str, publisher: str | None, region: str | None
) -> None:
    assert whose(Page("http://www.qingyuan.gov.test/", html)) == (publisher, region)


def test_of_columns_within_each_other_the_topmost_is_suggested() -> None:
    home = "http://a.test"
    top = Found(f"{home}/jyta/index.html", "建议提案", "by its name")
    again = Found(f"{home}/jyta/", "", "by its address")
    year = Found(f"{home}/jyta/rd/2024/", "", "by its address", above=f"{home}/jyta/rd/")
    menu = Found(f"{home}/col/col7/index.html", "政协提案", "by its name", above=top.url)
    lone = Found(f"{home}/col/col8/", "代表建议", "by its name", above=f"{home}/other/")
    links = [(each, "page") for each in (again, year, top, menu, lone)]
    assert topmost(links) == (
        Suggestion(link=top, page="page", below=(menu, year)),
        Suggestion(link=lone, page="page"),
    )


def test_columns_that_say_to_be_within_each_other_are_not_lost() -> None:
    one = Found("http://a.test/1/", "建议提案", "by its name", above="http://a.test/2/")
    two = Found("http://a.test/2/", "建议提案", "by its name", above="http://a.test/1/")
    deep = Found("http://a.test/3/", "建议提案", "by its name", above="http://a.test/2/")
    suggested = topmost([(one, "page"), (two, "page"), (deep, "page")])
    assert suggested == (Suggestion(link=one, page="page", below=(two, deep)),)


@pytest.fixture
def config(gov: Gov, tmp_path: Path) -> Path:
    path = tmp_path / "replyarc.toml"
    path.write_text(CONFIG.format(url=gov.url), "utf-8")
    return path


def ask(config: Path, gov: Gov, *options: str) -> Ran:
    return run("--config", str(config), "discover", f"{gov.url}/", *options)


def test_what_is_found_can_be_appended_to_the_configuration(gov: Gov, config: Path) -> None:
    gov.pages["/"] = NAV
    ran = ask(config, gov)
    assert ran.code == 0
    assert "2 pages asked for, 1 found, none verified." in ran.err
    assert ran.out.startswith(
        f"# 建议提案办理: told by its name, on {gov.url}/\n"
        "# not verified; to try it: replyarc check 127-0-0-1-jytabl\n[[source]]\n"
    )
    assert f"# below it: {gov.url}/zwgk/jytabl/rddbjy/ 人大代表建议\n" in ran.out
    config.write_text(f"{config.read_text('utf-8')}\n{ran.out}", "utf-8")
    added = load(config, FAMILIES).sources[-1]
    assert (added.name, added.publisher, added.region, added.family, added.urls) == (
        "127-0-0-1-jytabl",
        "清源市人民政府",
        "370500",
        "auto",
        (f"{gov.url}/zwgk/jytabl/",),
    )


def test_a_column_that_is_a_source_already_is_not_suggested_again(gov: Gov, config: Path) -> None:
    gov.pages["/"] = NAV
    blocks = ask(config, gov).out
    config.write_text(f"{config.read_text('utf-8')}\n{blocks}", "utf-8")
    ran = ask(config, gov)
    assert (ran.code, ran.out) == (0, "")
    assert "1 of them in your configuration already" in ran.err


def test_what_is_found_as_json(gov: Gov, config: Path) -> None:
    gov.pages["/"] = NAV
    said = json.loads(ask(config, gov, "--json").out)
    assert (said["schema"], said["home"], said["blocked"]) == (1, f"{gov.url}/", None)
    assert said["asked"] == [f"{gov.url}/", f"{gov.url}/sitemap.xml"]
    assert said["sources"] == [
        {
            "name": "127-0-0-1-jytabl",
            "publisher": "清源市人民政府",
            "region": "370500",
            "family": "auto",
            "url": f"{gov.url}/zwgk/jytabl/",
            "column": "建议提案办理",
            "why": "by its name",
            "found_on": f"{gov.url}/",
            "verified": False,
            "below": [
                {"url": f"{gov.url}/zwgk/jytabl/rddbjy/", "column": "人大代表建议"},
                {"url": f"{gov.url}/zwgk/jytabl/zxwyta/", "column": "政协委员提案"},
            ],
        }
    ]


def test_whose_column_it_is_on_another_host_is_not_guessed(
    gov: Gov, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: resolve("127.0.0.1", *rest, **more)
    )
    other = f"http://mzj.qingyuan.gov.test:{gov.port}/jyta/"
    gov.pages["/"] = f'{HEAD}<a href="{other}">建议提案</a>'.encode()
    home = f"http://www.qingyuan.gov.test:{gov.port}/"
    ran = run("--config", str(config), "discover", home)
    assert ran.code == 0
    assert f'url = "{other}"' in ran.out
    assert '# publisher = "…": put in who answers' in ran.out
    assert tomllib.loads(ran.out)["source"][0].keys() == {"name", "family", "url"}


def test_a_site_without_a_column_is_told_what_was_looked_for(gov: Gov, config: Path) -> None:
    gov.pages["/"] = b"<html></html>"
    ran = ask(config, gov)
    assert (ran.code, ran.out) == (10, "")
    assert f"{gov.url}/: no column of replies on 2 pages asked for" in ran.err
    assert "建议提案办理" in ran.err
    assert "url of a [[source]]" in ran.err


def test_a_site_that_turns_programs_away_ends_with_its_own_code(gov: Gov, config: Path) -> None:
    gov.pages["/"] = CHALLENGE
    ran = ask(config, gov)
    assert (ran.code, ran.out) == (6, "")
    assert "turns programs away" in ran.err
    gov.pages["/"] = NAV
    gov.faults["/sitemap.xml"] = deque([status(412)])
    ran = ask(config, gov)
    assert ran.code == 6
    assert "/zwgk/jytabl/" in ran.out
    assert "412" in ran.err


def test_a_home_page_that_is_not_there_says_so(gov: Gov, config: Path) -> None:
    ran = ask(config, gov)
    assert (ran.code, ran.out) == (4, "")
    assert f"{gov.url}/: the site answers 404" in ran.err


def test_verbose_tells_every_page_and_quiet_none(gov: Gov, config: Path) -> None:
    gov.pages["/"] = NAV
    ran = run("--config", str(config), "-v", "discover", f"{gov.url}/")
    assert f"asking {gov.url}/sitemap.xml" in ran.err
    quiet = run("--config", str(config), "-q", "discover", f"{gov.url}/")
    assert (quiet.err, quiet.out) == ("", ran.out)


def test_nobody_is_asked_without_a_contact(
    gov: Gov, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gov.pages["/"] = NAV
    monkeypatch.chdir(tmp_path)
    config.rename(tmp_path / "mine.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    ran = run("discover", "http://www.qingyuan.gov.test/")
    assert ran.code == 3
    assert "replyarc init" in ran.err
    assert "--contact mailto:" in ran.err
    given = run("discover", f"{gov.url}/", "--contact", "me@qingyuan.example")
    assert given.code == 4
    assert "is no public address" in given.err
    assert gov.asked == []


def test_the_contact_of_the_template_is_refused_and_one_given_is_used(
    gov: Gov, config: Path
) -> None:
    gov.pages["/"] = NAV
    text = config.read_text("utf-8").replace("private_addresses = true\n", "")
    config.write_text(text.replace("tests@localhost", "you@example.org"), "utf-8")
    ran = ask(config, gov)
    assert ran.code == 3
    assert "is the template's" in ran.err
    assert "--contact mailto:" in ran.err
    config.write_text(CONFIG.format(url=gov.url), "utf-8")
    assert ask(config, gov, "--contact", "me@qingyuan.example").code == 0
    assert "mailto:me@qingyuan.example" in gov.heard[-1].headers["user-agent"]


def test_another_fault_of_the_configuration_is_told_as_it_is(gov: Gov, config: Path) -> None:
    config.write_text(config.read_text("utf-8").replace("retries", "retires"), "utf-8")
    ran = ask(config, gov)
    assert ran.code == 3
    assert "Did you mean retries?" in ran.err
    assert "--contact" not in ran.err


def test_an_address_or_a_contact_that_is_none_is_a_fault_of_usage(config: Path) -> None:
    ran = run("--config", str(config), "discover", "www.qingyuan.gov.test")
    assert ran.code == 2
    assert "http://" in ran.err
    ran = run("discover", "http://www.qingyuan.gov.test/", "--contact", "me")
    assert ran.code == 2
    assert "--contact" in ran.err
