"""The simulated sites hold together: asked as their own scripts ask, each gives every paper once.

Nothing of the program is used here: what is wrong here is wrong with a site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.gov import serving
from tests.sites.blocks import Blocks
from tests.sites.epoint import SITE, Epoint
from tests.sites.gkmlpt import Gkmlpt
from tests.sites.hanweb import EMPTY, Jpage, jpage_pages, jpage_sealed
from tests.sites.igs import Igs
from tests.sites.jpaas import UNIT, Jpaas, jpaas_rendered
from tests.sites.lonsun import LABEL, Lonsun, LonsunStatic
from tests.sites.querylist import AjaxList, LoadData, QueryList
from tests.sites.scripted import RARE_SITES, SCRIPT_SITES
from tests.sites.site import Site, put
from tests.sites.truecms import COLUMN, TrueCms, truecms_guarded, truecms_jsonp
from tests.sites.ucapsearch import CHANNEL, Ucap
from tests.sites.xxgk import Xxgk, xxgk_mixed

SITES = SCRIPT_SITES + RARE_SITES
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
OPEN = build_opener(ProxyHandler({})).open


@dataclass
class Browser:
    """A browser that stays on one column, and says so."""

    column: str

    def ask(self, href: str, body: str | None = None, kind: str = FORM) -> tuple[int, str]:
        headers = {"Referer": self.column, "X-Requested-With": "XMLHttpRequest"}
        if body is not None:
            headers["Content-Type"] = kind
        url = urljoin(self.column, href)
        asked = Request(url, body.encode() if body is not None else None, headers)
        try:
            with OPEN(asked) as answer:
                return int(answer.status), str(answer.read().decode())
        except HTTPError as error:
            with error:
                return error.code, ""

    def get(self, href: str, body: str | None = None, kind: str = FORM) -> str:
        status, text = self.ask(href, body, kind)
        assert status == 200, (status, href, body)
        return text

    def json(self, href: str, body: str | None = None, kind: str = FORM) -> Any:
        return json.loads(self.get(href, body, kind))

    @property
    def page(self) -> str:
        return self.get(self.column)


def links(text: str, shape: str = "") -> list[str]:
    """The paths of the links of a text, in their order, that have a shape."""
    found = (urlsplit(unescape(href)).path for href in re.findall(r"href=[\"']([^\"']+)", text))
    return [path for path in found if re.search(shape, path)]


def records(text: str) -> list[str]:
    return links("".join(re.findall(r"<record><!\[CDATA\[(.*?)\]\]></record>", text, re.DOTALL)))


def said(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def jpage(web: Browser, site: Jpage) -> list[str]:
    page = web.page
    store = said(page.replace("\n", " "), r"(<datastore>.*?</datastore>)")
    rows = records(store)
    assert len(rows) == min(45, len(site.papers))
    if "nextgroup" not in store:
        return rows
    following = said(store, r"<nextgroup><!\[CDATA\[<a href=\"([^\"]+)")
    if "pages" in site.counts:
        pages = (web.get(following.replace("?page=1", f"?page={n}&perpage=50")) for n in (1, 2, 3))
        return [row for text in pages for row in records(text)]
    if "records" in site.counts:
        asks = re.findall(r"(\w+):'?([^',{}]+)'?", said(page, r"ajaxParam:\{([^}]*)\}"))
        proxy, total = said(page, r"proxyUrl:'([^']+)'"), int(said(web.get(following), r"rd>(\d+)"))
        for start in range(46, total + 1, 45):
            query = f"?startrecord={start}&endrecord={start + 44}&perpage=15"
            rows += records(web.get(proxy + query, urlencode(asks)))
        return rows
    for number in count(1):
        text = web.get(following.replace("?page=1", f"?page={number}"))
        if text == EMPTY:
            return rows
        rows += records(text)
    return rows


def jpage_by_its_next(web: Browser, site: Jpage) -> list[str]:
    """As a reader without scripts would: from group to group, each says where the next is."""
    text, rows, place = web.page, [], web.column
    while True:
        rows += records(text)
        found = re.search(r"<nextgroup><!\[CDATA\[<a href=\"([^\"]+)", text)
        if not found:
            return rows
        place = urljoin(place, found[1])
        text = web.get(place)


def xxgk(web: Browser, site: Xxgk) -> list[str]:
    call = said(web.page, r"loadDynamic\((.*?)\);").replace("'", "").split(",")
    place, div, kind, web_id = call[0], call[1], call[2], call[-1]
    rows, pages, number = [], 1, 0
    while number < pages:
        number += 1
        form = {
            "infotypeId": kind,
            "jdid": web_id,
            "divid": div,
            "currpage": number,
            "vc_title": "",
        }
        text = web.get(place, urlencode(form))
        pages = int(said(text, r"共(\d+)页"))
        rows += links(text, rf"/art_{div.removeprefix('div')}_")
    return rows


def jpaas(web: Browser, site: Jpaas) -> list[str]:
    page = web.page
    data = json.loads(said(page, r'queryData="([^"]+)"').replace("'", '"'))
    search, unit = re.search(r"search:(\{[^}]*\})", page), said(page, r' url="([^"]+)"') + "?"
    rows: list[str] = []
    for number in count(1):
        asked = {"pageNo": number, "pageSize": 15} | ({"search": search[1]} if search else {})
        query = urlencode(data | {"paramJson": json.dumps(asked)})
        piece = web.json(unit + query)["data"]["html"]
        rows += links(piece)
        if number * 15 >= int(said(piece, r'count="(\d+)"')):
            return rows
    return rows


def truecms(web: Browser, site: TrueCms) -> list[str]:
    page = web.page
    rows = links(said(page.replace("\n", ""), r'id="initData"[^>]*>(.*?)</div>'))
    proxy, column = said(page, r"proxyUrl:'([^']+)'"), said(page, r"columnId:'([^']+)'")
    for start in range(31, int(said(page, r"totalRecord:(\d+)")) + 1, 30):
        query = f"startrecord={start}&endrecord={start + 29}&perpage=10&contentTemplate="
        text = web.get(f"{proxy}?{query}&columnId={column}&callback=jQuery1_2")
        rows += records(json.loads(said(text, r"(?s)^jQuery1_2\((.*)\)$"))["result"])
    return rows


def gkmlpt(web: Browser, site: Gkmlpt) -> list[str]:
    sid, base = said(web.page, r"SID: '(\d+)'"), web.column.partition("/gkmlpt/")[0]
    column = web.column.partition("#")[2]
    assert int(column) in set(nodes(json.loads(said(web.page, r"TREE: (.*),\n"))))
    rows: list[str] = []
    for number in count(1):
        found = web.json(f"{base}/gkmlpt/api/all/{column}?page={number}&sid={sid}")
        rows += [urlsplit(each["url"]).path for each in found["articles"]]
        if len(rows) >= found["classify"]["post_count"]:
            return rows
    return rows


def nodes(tree: list[dict[str, Any]]) -> Iterator[int]:
    for node in tree:
        yield node["id"]
        yield from nodes(node["children"])


def epoint(web: Browser, site: Epoint) -> list[str]:
    scripts = re.findall(r'<script src="(/js/[^"]+)"></script>', web.page)
    text = web.page + "".join(web.get(each) for each in scripts)
    info = json.loads(said(text, r"var siteInfo = (\{.*?\});"))
    first, size = int(said(text, r"pageIndex = (\d+)")), int(said(text, r"pageSize:(\d+)"))
    asked = dict(parse_qsl(urlsplit(web.column).query))
    rows: list[str] = []
    for number in count(first):
        body = {"deptcode": asked.get("deptcode", ""), "categorynum": asked["categorynum"]}
        fields = body | {"pageIndex": number, "pageSize": size, "siteGuid": info["siteGuid"]}
        sent = json.dumps({"params": fields} if "{params:" in text else fields)
        place = f"{info['projectName']}/rest/lightfrontaction/getgovinfolist"
        found = web.json(place, sent, "application/json;charset=UTF-8")["custom"]
        rows += [each["infourl"] for each in found["data"]]
        if len(rows) >= found["total"]:
            return rows
    return rows


def igs(web: Browser, site: Igs) -> list[str]:
    place, rows = said(web.page, r"url:'([^']+)'\+n"), list[str]()
    for number in count(1):
        found = web.json(f"{place}{number}")["page"]
        key = "DOCPUBURL" if "list.html" in place else "url"
        rows += [urlsplit(each[key]).path for each in found["content"]]
        if number >= found["totalPages"]:
            return rows
    return rows


def lonsun(web: Browser, site: Lonsun) -> list[str]:
    place, rows = said(web.page, r"listUrl='([^']+)'"), list[str]()
    for number in count(1):
        text = web.get(place.replace("pageIndex=1", f"pageIndex={number}"))
        if site.json:
            rows += [each["link"] for each in json.loads(text)["data"]]
            pages = json.loads(text)["pageCount"]
        else:
            rows += links(text)
            pages = int(said(text, r"pageCount:(\d+)"))
        if number >= pages:
            return rows
    return rows


def lonsun_static(web: Browser, site: LonsunStatic) -> list[str]:
    text, rows = web.page, list[str]()
    while True:
        rows += links(text, "/XxgkContent/show/")
        following = re.search(r'<a href="([^"]+)">下一页', text)
        if not following:
            return rows
        text = web.get(following[1])


def ucap(web: Browser, site: Ucap) -> list[str]:
    channel = said(web.page + web.column, r"channelId[:=]'?([0-9a-f]{32})")
    rows: list[str] = []
    for number in count(1):
        query = f"_isAgg=true&_isJson=true&_pageSize={site.size}&_template=index&page={number}"
        found = web.json(f"/common/search/{channel}?{query}")["data"]
        rows += [urlsplit(each["url"]).path for each in found["results"]]
        if len(rows) >= found["total"]:
            return rows
    return rows


def blocks(web: Browser, site: Blocks) -> list[str]:
    place, rows = said(web.page, r"'([^']+\?page=)'"), list[str]()
    for number in range(1, int(said(web.page, r"pageCount:(\d+)")) + 1):
        rows += links(web.get(f"{place}{number}&fix=0"))
    return rows


def querylist(web: Browser, site: QueryList) -> list[str]:
    page, rows = web.page, list[str]()
    form = {
        "webSiteCode[]": said(page, r"webSiteCode: \['(\w+)'"),
        "channelCode[]": said(page, r"channelCode: \['(\w+)'"),
        "pageSize": said(page, r"perPage: '(\d+)'"),
    }
    for number in count(1):
        found = web.json("/queryList", urlencode(form | {"current": number}))["data"]
        rows += [json.loads(each["source"]["urls"])["pc"] for each in found["results"]]
        if len(rows) >= found["total"]:
            return rows
    return rows


def ajax_list(web: Browser, site: AjaxList) -> list[str]:
    text, rows = said(web.page, r"ajax_type = (\[.*?\]);"), list[str]()
    form = [("ajax_type[]", value) for value in json.loads(text)] + [("is_ds", "1")]
    for number in count(1):
        found = web.json(f"/api-ajax_list-{number}.html", urlencode(form))["data"]
        rows += [urlsplit(each["url"]).path for each in found]
        if not found:
            return rows
    return rows


def load_data(web: Browser, site: LoadData) -> list[str]:
    page, rows = web.page, list[str]()
    channel, place = said(page, r"channel_id:'(\w+)'"), said(page, r"url:'([^']+)'")
    for number in count(1):
        form = urlencode({"pageIndex": number, "channel_id": channel})
        found = web.json(place, form)["data"]
        rows += [urlsplit(each["URL"]).path for each in found["list"]]
        if number >= found["totalPage"]:
            return rows
    return rows


SCRIPTS: dict[type, Callable[[Browser, Any], list[str]]] = {
    Jpage: jpage,
    Xxgk: xxgk,
    Jpaas: jpaas,
    TrueCms: truecms,
    Gkmlpt: gkmlpt,
    Epoint: epoint,
    Igs: igs,
    Lonsun: lonsun,
    LonsunStatic: lonsun_static,
    Ucap: ucap,
    Blocks: blocks,
    QueryList: querylist,
    AjaxList: ajax_list,
    LoadData: load_data,
}


@pytest.mark.parametrize("make", SITES)
def test_asked_by_its_scripts_a_site_gives_every_paper_once(make: Callable[[], Site]) -> None:
    site = make()
    with serving() as gov:
        web = Browser(put(gov, site))
        assert SCRIPTS[type(site)](web, site) == [paper.path for paper in site.papers]
        assert all(web.ask(paper.path)[0] == 200 for paper in site.papers[::20])
        del site.papers[3:13]
        assert SCRIPTS[type(site)](web, site) == [paper.path for paper in site.papers]


@pytest.mark.parametrize("make", SITES)
def test_a_column_is_one_among_others(make: Callable[[], Site]) -> None:
    site = make()
    with serving() as gov:
        page = Browser(put(gov, site)).page
        assert site.answer(gov.heard[0])
    papers = {paper.path for paper in site.papers}
    assert 1 <= len(site.papers) <= 130
    assert isinstance(site, Gkmlpt) or len(set(re.findall('href="(/[^"]+)"', page)) - papers) > 20
    assert len({path.rpartition("/")[2] for path in papers}) == len(papers)


def test_the_sites_have_names_of_their_own() -> None:
    assert len({make().name for make in SITES}) == len(SITES)


def site_named(name: str) -> Site:
    return next(site for make in SITES if (site := make()).name == name)


def test_the_older_jpage_can_be_followed_from_group_to_group() -> None:
    site = site_named("jpage: the older module")
    assert isinstance(site, Jpage)
    with serving() as gov:
        rows = jpage_by_its_next(Browser(put(gov, site)), site)
    assert rows == [paper.path for paper in site.papers]


def test_a_proxy_that_counts_pages_does_not_heed_records_and_cuts_off_a_large_page() -> None:
    site, asked = jpage_pages(), "columnid=80179&unitid=404123&startrecord=46&endrecord=90"
    site.most = 60
    with serving() as gov:
        web = Browser(put(gov, site))
        assert records(web.get(f"{site.proxy}?{asked}"))[0] == site.papers[0].path
        assert len(records(web.get(f"{site.proxy}?{asked}&perpage=500"))) == 60
        assert records(web.get(f"{site.proxy}?{asked}&page=9")) == []


def test_sealed_identifiers_answer_to_their_own_address_alone() -> None:
    site = jpage_sealed()
    with serving() as gov:
        web = Browser(put(gov, site))
        following = said(web.page, r"<nextgroup><!\[CDATA\[<a href=\"([^\"]+)")
        assert len(records(web.get(following))) == 45
        assert web.get(f"{following}&startrecord=46&endrecord=90&perpage=15") == EMPTY
        assert web.get(following.replace("unitid=nKp", "unitid=753")) == EMPTY
        assert len(EMPTY) == 54


def test_the_catalogue_refuses_what_is_no_form_and_mixes_in_other_columns() -> None:
    site = xxgk_mixed()
    with serving() as gov:
        web, place = Browser(put(gov, site)), "/module/xxgk/search.jsp?infotypeId=&area="
        assert web.ask(place)[0] == 403
        assert web.ask(place, "currpage=1", "text/plain")[0] == 403
        first = web.get(place, "currpage=1")
        assert len(links(first, "/art_12311_")) > 5
        assert web.get(place, "currpage=99") == first
        assert "没有检索到" in web.get(f"{place}&infotypeId=B9", "")
        web.column = gov.url
        assert web.ask(place, "currpage=1")[0] == 404


def test_a_unit_goes_by_param_json_alone() -> None:
    site = jpaas_rendered()
    with serving() as gov:
        web = Browser(put(gov, site))
        bare = web.json(f"{UNIT}?{urlencode(site.query)}&pageNo=2&page=2")["data"]["html"]
        assert links(bare) == [paper.path for paper in site.papers[:15]]
        assert web.json(f"{UNIT}?{urlencode(site.query)}&paramJson=%7B'x")["success"] is False
        assert web.json(f"{UNIT}?webId=1")["data"] is None
        web.column = gov.url
        assert web.ask(f"{UNIT}?{urlencode(site.query)}")[0] == 403


def test_true_cms_refuses_large_pages_each_in_its_way() -> None:
    few, many = f"columnId={COLUMN}&perpage=20", f"columnId={COLUMN}&perpage=100"
    with serving() as gov:
        open_site, guarded = truecms_jsonp(), truecms_guarded()
        web = Browser(put(gov, open_site))
        assert web.json(f"{open_site.proxy}?{many}") == {"result": ""}
        assert web.json(f"{open_site.proxy}?columnId=x") == {"result": ""}
    with serving() as gov:
        web = Browser(put(gov, guarded))
        assert web.ask(f"{guarded.proxy}?{many}")[0] == 404
        assert web.ask(f"{guarded.proxy}?{few}")[0] == 200
        web.column = gov.url
        assert web.ask(f"{guarded.proxy}?{few}")[0] == 404


def test_the_catalogue_of_guangdong_at_its_edges() -> None:
    site = site_named("gkmlpt: below a directory")
    with serving() as gov:
        web, place = Browser(put(gov, site)), "/qymzj/gkmlpt/api/all/721"
        assert web.get(f"{place}?page=0&sid=662021") == web.get(f"{place}?page=1&sid=662021")
        assert web.ask(f"{place}?page=3&sid=662021")[0] == 404
        assert web.ask(f"{place}?page=1&sid=755041")[0] == 404
        assert web.ask("/qymzj/gkmlpt/api/all/722?page=1&sid=662021")[0] == 404
        article = web.json(f"{place}?page=1")["articles"][0]
    assert article["title"].startswith("%u6E05%u6E90")
    assert article["date"] == 1727627400


def test_epoint_wants_json_of_its_own_shape() -> None:
    site = site_named("epoint: params from 0")
    fields = {"categorynum": "003001003", "siteGuid": SITE, "pageIndex": 0, "pageSize": 20}
    with serving() as gov:
        web = Browser(put(gov, site))
        place = "/EWB_QY_Mid/rest/lightfrontaction/getgovinfolist"
        kind = "application/json"
        assert web.ask(place, json.dumps({"params": fields}))[0] == 415
        assert web.ask(place, "{", kind)[0] == 400
        assert web.json(place, json.dumps(fields), kind)["custom"]["total"] == 0
        assert web.json(place, json.dumps({"params": fields}), kind)["custom"]["total"] == 95


@pytest.mark.parametrize(
    ("name", "place", "status"),
    [
        ("igs: list.html", "/igs/front/search/list.html?pageNumber=1", 200),
        ("lonsun: HTML label", f"{LABEL}?labelName=publicInfoList&siteId=6784341", 200),
        ("lonsun: HTML label", f"{LABEL}?labelName=other", 404),
        ("lonsun: showList", "/XxgkContent/showList/174/103128/page_99.html", 404),
        ("ucap search: twenty a page", f"/common/search/{CHANNEL}?_isJson=true&page=99", 200),
        ("ucap search: twenty a page", f"/common/search/{CHANNEL}?page=1", 200),
        ("blocks", f"{site_named('blocks').column}?page=9", 200),
        ("querylist", "/queryList", 405),
        ("querylist: 吉安", "/api-ajax_list-1.html", 405),
        ("querylist: 苏州", "/szinf/xxgk/interfacesWebZcwj/loadData", 405),
        ("lonsun: HTML label", "/public/column/20261?type=4&catId=6721421", 404),
        ("epoint: params from 0", "/dynamic/zw/openlist.html?categorynum=003001004", 404),
    ],
)
def test_what_is_asked_amiss_gives_no_paper(name: str, place: str, status: int) -> None:
    site = site_named(name)
    with serving() as gov:
        answered, text = Browser(put(gov, site)).ask(place)
    assert answered == status
    if name != "blocks":
        assert not any(paper.title in text for paper in site.papers)


def test_ucap_heeds_the_size_of_a_page_or_not() -> None:
    for name, size in (("ucap search: _pageSize counts", 50), ("ucap search: twenty a page", 20)):
        with serving() as gov:
            web = Browser(put(gov, site_named(name)))
            found = web.json(f"/common/search/{CHANNEL}?_isJson=true&_pageSize=50")["data"]
            assert len(found["results"]) == size
