"""新点 EWB-FRONT: a shell whose scripts ask ``getgovinfolist`` with a JSON body."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tests.gov import Answer, Heard
from tests.sites.frame import html, page, path_of, query_of, said
from tests.sites.site import Paper, papers

SITE = "bc6e816e-4cfa-4317-9c8c-1e74c712d3fe"


def news(number: int, day: date) -> str:
    """Where a paper of the column stands."""
    return f"/003/003001/003001003/{day:%Y%m%d}/{UUID(int=0xEB << 112 | number)}.html"


@dataclass
class Epoint:
    """A column of the catalogue: all that its API needs is in scripts, linked or in the page.

    ``wrapped`` is the other body, ``{"params": {…}}``, whose pages are counted from 0, with the
    scripts in the page; a body of the wrong shape finds nothing.
    """

    name: str
    papers: list[Paper]
    project: str
    wrapped: bool
    family: str = "epoint"
    column: str = "/dynamic/zwgk/govInfoPubright.html?categorynum=003001003&deptcode=qymzj"
    size: int = 20

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column.partition("?")[0]:
            mine = query_of(heard).get("categorynum") == "003001003"
            return self._column() if mine else None
        if path == "/js/webBuilderCommon.js":
            return self._script(self._common())
        if path == "/js/openlist.js":
            return self._script(self._asking())
        if path != f"{self.project}/rest/lightfrontaction/getgovinfolist":
            return None
        declared = heard.headers.get("content-type", "")
        if heard.method != "POST" or "json" not in declared:
            return html("<html><body>HTTP Status 415</body></html>", 415)
        try:
            return self._listed(json.loads(heard.body))
        except ValueError:
            return html("<html><body>HTTP Status 400</body></html>", 400)

    def _script(self, text: str) -> Answer:
        return Answer(200, {"Content-Type": "application/javascript"}, text.encode())

    def _common(self) -> str:
        info = {"projectName": self.project, "siteGuid": SITE, "siteName": "清源市民政局"}
        return (
            "/* webBuilder */\nvar siteInfo = "
            f"{json.dumps(info, ensure_ascii=False)};\n"
            "function getUrlParam(n){var r=location.search.match(new RegExp('[?&]'+n+'=([^&]*)'));"
            "return r?decodeURIComponent(r[1]):'';}\n"
        )

    def _asking(self) -> str:
        fields = (
            "deptcode:getUrlParam('deptcode'),categorynum:getUrlParam('categorynum'),"
            f"pageIndex:index,pageSize:{self.size},siteGuid:siteInfo.siteGuid"
        )
        body = f"{{params:{{{fields}}}}}" if self.wrapped else f"{{{fields}}}"
        first = 0 if self.wrapped else 1
        return (
            f"var pageIndex = {first};\nfunction getList(index){{\n"
            "  $.ajax({type:'POST',contentType:'application/json;charset=UTF-8',\n"
            "    url:siteInfo.projectName+'/rest/lightfrontaction/getgovinfolist',\n"
            f"    data:JSON.stringify({body}),success:render}});\n}}\ngetList(pageIndex);\n"
        )

    def _column(self) -> Answer:
        linked = '<script src="/js/webBuilderCommon.js"></script><script src="/js/openlist.js">'
        linked += "</script>"
        inline = f"<script>{self._common()}</script><script>{self._asking()}</script>"
        return page(
            '<div class="ewb-main"><ul class="ewb-info-list" id="infolist"></ul>'
            '<div id="page" class="m-pagination" style="display:none"></div></div>'
            '<script id="infotpl" type="text/template"><li><a href="{{infourl}}" '
            'title="{{realtitle}}">{{title}}</a><span>{{infodate}}</span></li></script>'
            + (inline if self.wrapped else linked),
            tabs=[
                f"/dynamic/zwgk/govInfoPubright.html?categorynum=0030{number:02}&deptcode=qymzj"
                for number in range(30)
            ],
            head=f'<script src="{self.project}/frame/fui/js/ewb-front.js"></script>'
            "<!-- EWB-FRONT -->",
        )

    def _listed(self, body: object) -> Answer:
        inner = body.get("params") if isinstance(body, dict) and self.wrapped else body
        if not isinstance(inner, dict):
            inner = {}
        mine = inner.get("categorynum") == "003001003" and inner.get("siteGuid") == SITE
        rows = self.papers if mine else []
        size = max(int(inner.get("pageSize") or self.size), 1)
        number = int(inner.get("pageIndex") or 0)
        place = max(number if self.wrapped else number - 1, 0) * size
        return said(
            {
                "custom": {
                    "total": len(rows),
                    "data": [self._record(paper) for paper in rows[place:][:size]],
                },
                "status": {"code": 200, "text": "OK"},
            }
        )

    def _record(self, paper: Paper) -> dict[str, object]:
        return {
            "infoid": paper.path.rpartition("/")[2].removesuffix(".html"),
            "infourl": paper.path,
            "title": paper.title[:20] + "...",
            "realtitle": paper.title,
            "infodate": str(paper.day),
            "deptname": "清源市民政局",
            "categorynum": "003001003",
            "syh": f"990123006/2024-{paper.number:05}",
            "wenhao": "",
        }


def epoint_flat() -> Epoint:
    """A flat body, pages from 1."""
    return Epoint("epoint: flat body from 1", papers(95, news), "/EWB-FRONT", wrapped=False)


def epoint_wrapped() -> Epoint:
    """The body in params, pages from 0, as the page's own script says."""
    site = Epoint("epoint: params from 0", papers(95, news), "/EWB_QY_Mid", wrapped=True)
    site.column = "/dynamic/zw/openlist.html?categorynum=003001003"
    return site
