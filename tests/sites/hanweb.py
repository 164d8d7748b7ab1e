"""大汉 JCMS: columns kept in a datastore (jpage)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from tests.gov import Answer, Heard
from tests.sites.frame import (
    OFFICE,
    cut,
    form_of,
    page,
    path_of,
    query_of,
    whole,
)
from tests.sites.site import Paper, papers

GROUP = 45
"""How many records a datastore holds where nobody says how many: three pages of fifteen."""
EMPTY = "<datastore>\r\n<recordset>\r\n\r\n</recordset>\r\n</datastore>"
"""What a refusal looks like: 54 bytes, status 200."""
TABS = [f"/col/col{column}/index.html" for column in range(80120, 80150)]


def art(column: int) -> Callable[[int, date], str]:
    """Where the papers of a column stand."""
    return lambda number, day: (
        f"/art/{day.year}/{day.month}/{day.day}/art_{column}_{11000000 + number}.html"
    )


ELSEWHERE = [art(80133)(number, date(2024, 9, number)) for number in range(11, 17)]


def item(host: str, paper: Paper) -> str:
    """A row of the newer skins."""
    return (
        f'<li><a target="_blank" href="{paper.path}" title="{paper.title}">{cut(paper.title, 26)}'
        f'</a><b readlabel="{paper.day}">{paper.day}</b></li>'
    )


def item_with_host(host: str, paper: Paper) -> str:
    """A row whose link names the host, around the date too."""
    return (
        f'\n<li><a href="http://{host}{paper.path}" target="_blank" title="{paper.title}">'
        f"<span>{paper.title}</span><i>{paper.day}</i></a></li>"
    )


def table_row(host: str, paper: Paper) -> str:
    """A row of the older skins, in single quotes."""
    return (
        "\n<tr><td width=15 valign=\"middle\"><IMG src='/picture/0/0906041438.gif' align=absMiddle>"
        f"</td><td><a href='{paper.path}' title='{paper.title}' target='_blank' "
        f"style='font-size:10.5pt'>{cut(paper.title, 20)}</a></td>"
        f"<td width='100' align='right'>[{paper.day}]</td></tr>"
    )


@dataclass
class Jpage:
    """A column in a datastore: the first group of records in the page, the rest by dataproxy.

    ``counts`` is what the proxy goes by: ``records`` (startrecord, endrecord), ``pages`` (page and
    perpage, both from the query or the form), ``groups`` (page of the address in <nextgroup>).
    """

    name: str
    papers: list[Paper]
    counts: tuple[str, ...]
    columnid: str
    unitid: str
    family: str = "jpage"
    column: str = "/col/col80179/index.html"
    proxy: str = "/module/web/jpage/dataproxy.jsp"
    perpage: int = 15
    row: Callable[[str, Paper], str] = item
    before: str = ""  # what stands before the records, outside of them
    announced: bool = True  # the total is in the call of jpage
    totals: bool = True  # … and in the answers
    follows: bool = False  # answers say where the next group is
    most: int = 300  # more a page are cut off, in silence

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column(heard.headers["host"])
        return self._proxied(heard) if path == self.proxy else None

    def _address(self, number: int, place: str) -> str:
        return (
            f"{place}?page={number}&appid=1&appid=1&webid=6&path=/&columnid={quote(self.columnid)}"
            f"&unitid={quote(self.unitid)}&webname={quote(quote(OFFICE))}&permissiontype=0"
        )

    def _store(self, host: str, rows: list[Paper], first: str = "") -> str:
        records = "".join(f"<record><![CDATA[{self.row(host, each)}]]></record>\n" for each in rows)
        return f"<datastore>{first}<recordset>{self.before}{records}</recordset></datastore>"

    def _column(self, host: str) -> Answer:
        rows, more = self.papers[:GROUP], len(self.papers) > GROUP
        following = self._address(1, self.proxy)
        group = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>' if more else ""
        total = f"totalRecord:{len(self.papers)}," if self.announced else ""
        call = (
            f"<script>$(function(){{$('#U1').jpage({{themeName:'default',openCookies:false,"
            f"dataStore:$('#U1 script').text(),dataBefore:'<ul class=\"list\">',dataAfter:'</ul>',"
            f"{total}perPage:{self.perpage},groupSize:3,barPosition:'bottom',titleMax:'40',"
            f"proxyUrl:'{self.proxy}',ajaxParam:{{col:1,appid:1,webid:6,path:'/',"
            f"columnid:'{self.columnid}',sourceContentType:1,unitid:'{self.unitid}',"
            f"webname:'{OFFICE}',permissiontype:0}}}})}});</script>"
        )
        store = f'<script type="text/xml">{self._store(host, rows, group)}</script>'
        return page(
            f'<div id="U1" class="default_pgContainer">{store}</div>{call}',
            tabs=TABS,
            head=f'<script src="{self.proxy.rpartition("/")[0]}/jquery.jpage.js"></script>',
            elsewhere=ELSEWHERE,
            metas={"Generator": "大汉版通"},
        )

    def _proxied(self, heard: Heard) -> Answer:
        asked = query_of(heard) | form_of(heard)
        mine = asked.get("columnid") == self.columnid and asked.get("unitid") == self.unitid
        text = self._answered(heard.headers["host"], asked) if mine else EMPTY
        return Answer(200, {"Content-Type": "text/xml;charset=UTF-8"}, text.encode())

    def _answered(self, host: str, asked: dict[str, str]) -> str:
        number, total = whole(asked.get("page"), 1), len(self.papers)
        if "records" in self.counts and ("startrecord" in asked or "groups" not in self.counts):
            start = max(whole(asked.get("startrecord"), 1), 1)
            rows = self.papers[start - 1 : whole(asked.get("endrecord"), start + GROUP - 1)]
        elif "pages" in self.counts:
            per = min(whole(asked.get("perpage"), 100) or 100, self.most)
            rows = self.papers[max(number - 1, 0) * per :][:per]
        elif "records" not in self.counts and {"startrecord", "perpage"} & set(asked):
            return EMPTY  # an address that this server has not made
        else:
            rows = self.papers[number * GROUP :][:GROUP]
        if not rows and not self.totals:
            return EMPTY
        per = whole(asked.get("perpage"), self.perpage) or self.perpage
        first = f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // per)}</totalpage>"
        following = self._address(number + 1, "./dataproxy.jsp")
        if self.follows and (number + 1) * GROUP < total:
            first += f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>'
        return self._store(host, rows, first if self.totals else "")


def jpage_records() -> Jpage:
    """A proxy that goes by startrecord and endrecord alone, as in 内蒙古."""
    made = papers(130, art(80179))
    return Jpage("jpage: startrecord", made, ("records",), "80179", "404123")


def jpage_pages() -> Jpage:
    """A proxy that goes by page and perpage alone, as in 江苏."""
    made = papers(130, art(80179))
    return Jpage("jpage: page and perpage", made, ("pages",), "80179", "404123")


def jpage_sealed() -> Jpage:
    """Identifiers that are blobs: only the address in <nextgroup> is answered, without totals."""
    made = papers(130, art(37))
    blobs = "DGZ5cpIDlW2v/Ua8+bH4RQ==", "nKpd/bkX8N+LqMrSgVpN7A=="
    site = Jpage("jpage: sealed identifiers", made, ("groups",), *blobs)
    site.column, site.row, site.totals = "/col/col37/index.html", item_with_host, False
    return site


def jpage_small() -> Jpage:
    """A column small enough to be all in its page."""
    made = papers(28, art(80179))
    return Jpage("jpage: all in the page", made, ("records",), "80179", "404123")


def jpage_old() -> Jpage:
    """The older address and table rows; every answer says where the next group is."""
    made = papers(130, art(31685))
    site = Jpage("jpage: the older module", made, ("records", "groups"), "31685", "80325")
    site.column, site.proxy = "/col/col31685/index.html", "/module/jpage/dataproxy.jsp"
    site.row, site.announced, site.follows = table_row, False, True
    site.before = "\n<table cellpadding='0' cellspacing='0' width='95%' align=center></table>"
    return site
