"""Lists that a script gets by posting a form and that come as JSON: 江西, 吉安, 苏州."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tests.gov import Answer, Heard
from tests.sites.frame import form_of, html, page, pairs_of, path_of, said, whole
from tests.sites.site import Paper, papers


def shtml(number: int, day: date) -> str:
    """Where a paper of the column stands."""
    return f"/qymzj/col42150/pc/content/content_{UUID(int=0x18D << 112 | number).hex}.html"


@dataclass
class QueryList:
    """江西, the newer jpage: a column by the codes of its site and channel, sent as lists.

    Past the end there are no results. The address of a paper is JSON in a string.
    """

    name: str
    papers: list[Paper]
    family: str = "querylist"
    column: str = "/qymzj/col42150/pc/list.html"
    size: int = 15

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        if path != "/queryList":
            return None
        form = form_of(heard)
        if heard.method != "POST" or not form:
            return html(REFUSED, 405)
        return self._listed(form)

    def _column(self) -> Answer:
        template = (
            '<script id="div380055" type="text/x-handlebars-template"><ul>{{#each results}}'
            "{{#with source}}<li><a href='{{url urls}}' target='_blank' title='{{title}}'>{{title}}"
            "</a><span>{{formatDate pubDate 'YYYY'}}-{{formatDate pubDate 'MM'}}-"
            "{{formatDate pubDate 'DD'}}</span></li>{{/with}}{{/each}}</ul></script>"
        )
        call = (
            "<script>\n  var params = {\n    current: 1,\n    unitid: '380055',\n"
            "    webSiteCode: ['qymzj'],\n    channelCode: ['col42150'],\n    dataBefore: '',\n"
            f"    dataAfter: '',\n    perPage: '{self.size}',\n    notReturnContent:false,\n"
            "    showMode: 'normal',\n    groupSize: 1,\n    barPosition: 'bottom',\n"
            "    titleMax: '34',\n    templateContainerId: 'div380055',\n    themeName: 'lucidity',"
            "\n  };\n  loadPageData(params, '380055');\n</script>"
        )
        return page(
            f'<div id="380055">{template}<script src="commonfiles/jquery.jpage.js"></script>'
            f'<script src="commonfiles/utils.js"></script>{call}</div>',
            tabs=[f"/qymzj/col421{number}/pc/list.html" for number in range(60, 90)],
            head='<script src="commonfiles/handlebars.min.js"></script>',
        )

    def _listed(self, form: dict[str, str]) -> Answer:
        mine = form.get("webSiteCode[]") == "qymzj" and form.get("channelCode[]") == "col42150"
        rows = self.papers if mine else []
        size = max(whole(form.get("pageSize"), self.size), 1)
        number = max(whole(form.get("current"), 1), 1)
        shown = rows[(number - 1) * size :][:size]
        found = {
            "total": len(rows),
            "current": number,
            "pageSize": size,
            "results": [{"id": each.number, "source": self._source(each)} for each in shown],
        }
        return said({"code": "200", "msg": "success", "data": found})

    def _source(self, paper: Paper) -> dict[str, object]:
        place = paper.path
        return {
            "title": paper.title,
            "showTitle": paper.title,
            "pubDate": f"{paper.day} 09:30:00",
            "urls": json.dumps({"pc": place, "wap": place.replace("/pc/", "/wap/")}),
            "metadata": json.dumps({"author": "", "source": "清源市民政局"}),
            "images": "[]",
            "content": {"content": "<p>顾明远代表：</p>"},
        }


def querylist() -> QueryList:
    """The one variant that is known."""
    return QueryList("querylist", papers(95, shtml))


REFUSED = "<html><body>405 Method Not Allowed</body></html>"
KIND = ("49_xxgk", "165775", "49", "xxgk", "Y-m-d", "50", "20", "")
"""What 吉安 calls a list: its table, its column, how dates and titles are cut, rows a page."""


def slug(number: int, day: date) -> str:
    """Where a paper of 吉安 stands."""
    return f"/xxgk-show-{10200000 + number}.html"


@dataclass
class AjaxList:
    """吉安: the number of the page is in the address; the form names the list, value by value."""

    name: str
    papers: list[Paper]
    family: str = "querylist"
    column: str = "/xxgk-list-jytabl.html"

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        found = re.fullmatch(r"/api-ajax_list-(\d{1,5})\.html", path)
        if not found:
            return None
        if heard.method != "POST":
            return html(REFUSED, 405)
        asked = [value for key, value in pairs_of(heard) if key == "ajax_type[]"]
        rows = self.papers if asked[:2] == list(KIND[:2]) else []
        size = whole(asked[6], 20) if len(asked) > 6 else 20
        shown = rows[(max(int(found[1]), 1) - 1) * size :][:size]
        return said({"code": 1, "msg": "ok", "data": [self._record(paper) for paper in shown]})

    def _column(self) -> Answer:
        call = (
            f"<script>var ajax_type = {json.dumps(KIND)};\nvar page = 1;\n$.ajax({{type:'POST',"
            "url:'/api-ajax_list-'+page+'.html',data:{ajax_type:ajax_type,is_ds:1},"
            "dataType:'json',success:show});</script>"
        )
        return page(
            f'<div class="list-right"><ul id="ajax_list"></ul><div id="pages"></div></div>{call}',
            tabs=[f"/xxgk-list-lm{number}.html" for number in range(30)],
        )

    def _record(self, paper: Paper) -> dict[str, object]:
        return {
            "id": str(10200000 + paper.number),
            "catid": KIND[1],
            "title": paper.title,
            "url": paper.path,
            "inputtime": str(paper.day),
            "updatetime": str(paper.day),
        }


CHANNEL = "6b7c0a5d5f7e4a0a9d3c2b1a0f9e8d7c"
LOAD = "/szinf/xxgk/interfacesWebZcwj/loadData"


def suzhou(number: int, day: date) -> str:
    """Where a paper of 苏州 stands."""
    return f"/szsmzj/jytabl/{day:%Y%m}/{UUID(int=0x52 << 112 | number).hex}.shtml"


@dataclass
class LoadData:
    """苏州: rows a page in the address, the page and the channel in the form."""

    name: str
    papers: list[Paper]
    family: str = "querylist"
    column: str = "/szsmzj/jytabl/xxgk_list.shtml"
    size: int = 15

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        if path != LOAD:
            return None
        form = form_of(heard)
        if heard.method != "POST":
            return html(REFUSED, 405)
        rows = self.papers if form.get("channel_id") == CHANNEL else []
        number = max(whole(form.get("pageIndex"), 1), 1)
        host = heard.headers["host"]
        shown = [self._record(host, each) for each in rows[(number - 1) * self.size :][: self.size]]
        pages = -(-len(rows) // self.size)
        return said({"data": {"allRow": len(rows), "totalPage": pages, "list": shown}})

    def _column(self) -> Answer:
        call = (
            f"<script>function load(pageIndex){{$.ajax({{type:'post',url:'{LOAD}?pageSize="
            f"{self.size}',data:{{pageIndex:pageIndex,channel_id:'{CHANNEL}'}},dataType:'json',"
            "success:show});}\nload(1);</script>"
        )
        return page(
            f'<table class="tr_main"><tbody id="list"></tbody></table><div id="page"></div>{call}',
            tabs=[f"/szsmzj/lm{number}/xxgk_list.shtml" for number in range(30)],
        )

    def _record(self, host: str, paper: Paper) -> dict[str, object]:
        return {
            "TITLE": paper.title,
            "URL": f"http://{host}{paper.path}",
            "C_WJBH": f"清民函〔2024〕{paper.number}号",
            "C_SYH": f"990123006/2024-{paper.number:05}",
            "PUBLISHED_TIME_FORMAT": str(paper.day),
            "C_FWRQ_FORMAT": str(paper.day),
            "CHANNEL_ID": CHANNEL,
        }


def querylist_jian() -> AjaxList:
    """The list of 吉安."""
    return AjaxList("querylist: 吉安", papers(95, slug))


def querylist_suzhou() -> LoadData:
    """The list of 苏州."""
    return LoadData("querylist: 苏州", papers(95, suzhou))
