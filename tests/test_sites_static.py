"""The simulated sites are whole: turned as their own scripts turn, each shows every paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.gov import Gov, serving
from tests.sites.aspnet import Postback, aspnet_postback
from tests.sites.browser import DAY, TURNS, fetch, links, shown, status, walk
from tests.sites.everywhere import STATIC_SITES
from tests.sites.site import Site, put
from tests.sites.trs import Years, trs_years

FLAT = [make for make in STATIC_SITES if make is not trs_years]


@pytest.fixture(params=FLAT, ids=[make.__name__ for make in FLAT])
def site(request: pytest.FixtureRequest) -> Site:
    make: Callable[[], Site] = request.param
    return make()


def test_the_pages_show_every_paper_once_and_in_order(site: Site) -> None:
    with serving() as gov:
        pages = shown(site, put(gov, site))
        assert [path for page in pages for path in page] == [paper.path for paper in site.papers]
        if site.family != "single":
            assert 4 <= len(pages) <= 7
        assert all(status((gov.url + paper.path, "")) == 200 for paper in site.papers[::10])


def test_what_is_removed_is_gone_from_the_next_walk_on(site: Site) -> None:
    with serving() as gov:
        column = put(gov, site)
        del site.papers[2:9]
        left = [paper.path for paper in site.papers]
        assert [path for page in shown(site, column) for path in page] == left


def test_the_page_around_the_listing_is_a_whole_one(site: Site) -> None:
    with serving() as gov:
        text = fetch((put(gov, site), ""))
        own = {paper.path for paper in site.papers}
        others = [path for path in links(text, gov.url + site.column) if path not in own]
        assert len(set(others)) > 20
        assert "当前位置" in text
        assert "清源市教育局" in text


def test_each_page_prints_the_days_of_its_papers(site: Site) -> None:
    with serving() as gov:
        for url, text in walk(put(gov, site), site.name):
            printed = {(int(y), int(m), int(d)) for y, m, d in DAY.findall(text)}
            own = [paper for paper in site.papers if paper.path in links(text, url)]
            assert {(each.day.year, each.day.month, each.day.day) for each in own} <= printed


def test_names_are_told_apart() -> None:
    names = Counter(make().name for make in STATIC_SITES)
    assert set(names.values()) == {1}
    assert set(names) == {*TURNS, "trs-years"}


def test_unknown_parameters_change_nothing(site: Site) -> None:
    with serving() as gov:
        column = put(gov, site)
        more = "&" if "?" in column else "?"
        assert fetch((f"{column}{more}_t=17", "")) == fetch((column, ""))


@pytest.mark.parametrize(
    ("name", "path", "said"),
    [
        ("trs-createpage", "/zwgk/jytabl/index_5.html", "404"),
        ("trs-countpage", "/xxgk/jyta/index_4.shtml", "stub"),
        ("trs-quoted", "/zfxxgk/fdzdgknr/jyta/rdjy/index_5.html", "first"),
        ("ucap-six", "/qyszf/c104532/jytabl_list_1.shtml", "404"),
        ("ucap-jiangsu", "/qysmzj/jytabl/common_list_5.shtml", "404"),
        ("creator-default-2", "/6836/67704/default_1.htm", "first"),
        ("siteserver-two-pagers", "/channels/2163_7.html", "stub"),
        ("vsb-backwards", "/zwgk/jytabl/5.htm", "404"),
        ("vsb-tree", "/list.jsp?PAGENUM=9&wbtreeid=1052", "last"),
        ("aspnet-page", "/NewsLsit.aspx?ClassID=863&page=9", "last"),
        ("ylcms", "/cms/sitemanage/index.shtml?siteId=620416816729330000&page=9", "shell"),
        ("phpcms", "/list-12-9.html", "last"),
        ("ilist", "/info/iList.jsp?cat_id=15971&cur_page=9", "shell"),
        ("numbered-query", "/jyta?page=9", "shell"),
        ("single-silent", "/xxgk/jytabl/index_1.html", "404"),
    ],
)
def test_past_the_end(name: str, path: str, said: str) -> None:
    made = next(site for make in STATIC_SITES if (site := make()).name == name)
    with serving() as gov:
        put(gov, made)
        answered = status((gov.url + path, ""))
        if said == "404":
            assert answered == 404
            return
        text = fetch((gov.url + path, ""))
        own = [found for found in links(text, gov.url + path) if found in papers_of(made)]
        wanted = {
            "first": papers_of(made)[:10],
            "last": papers_of(made)[-1:],
            "shell": [],
            "stub": [],
        }[said]
        assert own[: len(wanted)] == wanted if said == "first" else own[-1:] == wanted
        assert (len(text) < 500) is (said == "stub")


def papers_of(site: Site) -> list[str]:
    return [paper.path for paper in site.papers]


def test_a_column_of_years_shows_years_alone() -> None:
    site = trs_years()
    assert isinstance(site, Years)
    with serving() as gov:
        column = put(gov, site)
        found = links(fetch((column, "")), column)
        years = [path for path in found if re.fullmatch(re.escape(site.column) + r"\d{4}n/", path)]
        assert len(years) >= 3
        assert not set(found) & set(papers_of(site))
        walked = [walk(gov.url + year, "trs-createpage") for year in years]
        pages = [links(text, url) for year in walked for url, text in year]
        own = [path for page in pages for path in page if path in papers_of(site)]
        assert own == papers_of(site)
        assert len(pages) > len(years)


def answered(gov: Gov, site: Postback, **form: str) -> tuple[int, list[str]]:
    ask = gov.url + site.column, urlencode(form)
    code = status(ask)
    own = papers_of(site)
    return code, [path for path in links(fetch(ask), ask[0]) if path in own] if code == 200 else []


def test_a_postback_needs_the_state_that_the_server_gave() -> None:
    site = aspnet_postback()
    assert isinstance(site, Postback)
    turn = {"__EVENTTARGET": site.control, "__EVENTARGUMENT": "3"}
    state = {"__VIEWSTATE": site.state(1), "__EVENTVALIDATION": site.state(1, "event")}
    with serving() as gov:
        put(gov, site)
        own = papers_of(site)
        assert answered(gov, site, **turn, **state) == (200, own[30:45])
        assert answered(gov, site, **turn) == (200, own[:15])
        assert answered(gov, site, **turn, __VIEWSTATE=site.state(1)) == (500, [])
        assert answered(gov, site, **{**turn, "__EVENTTARGET": "Pager"}, **state) == (200, own[:15])
        site.era += 1
        assert answered(gov, site, **turn, **state) == (500, [])
