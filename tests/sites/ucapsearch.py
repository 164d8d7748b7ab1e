"""开普 Ucap: a shell whose list comes from ``/common/search/<channel>``, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import md5

from tests.gov import Answer, Heard
from tests.sites.frame import OFFICE, html, page, path_of, query_of, said, whole
from tests.sites.site import Paper, papers

CHANNEL = "db9694580ad74929979e1981b8c534f9"
QUERY = "_isAgg=true&_isJson=true&_pageSize={}&_template=index&_rangeTimeGte=&_channelName=&page="
TABS = [f"/qymzj/c1002{number:02}/zfxxgk_list.shtml" for number in range(30)]


def shtml(number: int, day: date) -> str:
    """Where a paper of the column stands."""
    made = md5(f"shtml{number}".encode(), usedforsecurity=False).hexdigest()
    return f"/qymzj/c100186/{day:%Y%m}/{made}.shtml"


@dataclass
class Ucap:
    """A column by its channel; ``fixed`` is what a page holds whatever is asked, 0 if that counts.

    With ``fixed`` the channel stands in the address of the column, and the call is in a script of
    the site; without, both are in the page.
    """

    name: str
    papers: list[Paper]
    fixed: int
    family: str = "ucap"
    column: str = "/qymzj/c100186/zfxxgk_list.shtml"
    size: int = 20

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column.partition("?")[0]:
            return self._column()
        return self._found(heard) if path == f"/common/search/{CHANNEL}" else None

    def _column(self) -> Answer:
        call = (
            f"<script>var listPage={{channelId:'{CHANNEL}',load:function(){{$.ajax({{url:"
            f"'/common/search/'+this.channelId+'?{QUERY.format(self.size)}'+$('#page').val(),"
            "type:'get',success:function(data){table_page(data.data.total);"
            "table_each('list',data.data.results);}});}};listPage.load();</script>"
        )
        linked = (
            '<div class="more"><a href="/qymzj/c100186/common_listmores.shtml?'
            f'channelId={CHANNEL}&code=c100186">更多&gt;&gt;</a></div>'
            '<script src="/qymzj/xhtml/js/listPage.js"></script>'
        )
        return page(
            '<input type="hidden" id="page" value="1"><input type="hidden" id="pageSize" '
            f'value="{self.size}"><ul id="list"></ul><div id="page_div"></div>'
            + (linked if self.fixed else call),
            tabs=TABS,
            metas={
                "template,templategroup,version": "4,qymzj,1.7",
                "others": "页面生成时间 2024-10-08",
            },
        )

    def _found(self, heard: Heard) -> Answer:
        asked = query_of(heard)
        size = self.fixed or max(whole(asked.get("_pageSize"), self.size), 1)
        number = max(whole(asked.get("page"), 1), 1)
        shown = self.papers[(number - 1) * size :][:size]
        if asked.get("_isJson") != "true":
            return html('<div class="search-result"></div>')
        host = heard.headers["host"]
        found = {
            "total": len(self.papers),
            "page": number,
            "rows": size,
            "channelId": CHANNEL,
            "results": [self._result(host, paper) for paper in shown],
        }
        return said({"code": 200, "msg": "操作成功", "data": found})

    def _result(self, host: str, paper: Paper) -> dict[str, object]:
        scheme = "http:" if self.fixed else ""
        return {
            "title": paper.title,
            "subTitle": "",
            "url": f"{scheme}//{host}{paper.path}",
            "content": "顾明远代表：您提出的建议收悉。",
            "contentHtml": "<p>顾明远代表：</p>",
            "memo": "",
            "publishedTimeStr": f"{paper.day} 13:56:58",
            "channelCodeName": "c100186",
            "domainMetaList": [
                {
                    "domainMetadataName": "政府信息公开",
                    "resultList": [
                        {
                            "name": "发文字号",
                            "key": "refno",
                            "value": f"清民函〔2024〕{paper.number}号",
                        },
                        {
                            "name": "索引号",
                            "key": "indexnumber",
                            "value": f"990123006/2024-{paper.number:05}",
                        },
                        {"name": "来源", "key": "source", "value": OFFICE},
                        {"name": "作者", "key": "author", "value": "null"},
                    ],
                }
            ],
        }


def ucap_sized() -> Ucap:
    """As many a page as are asked for."""
    return Ucap("ucap search: _pageSize counts", papers(95, shtml), 0, size=15)


def ucap_fixed() -> Ucap:
    """Twenty a page, whatever is asked for."""
    site = Ucap("ucap search: twenty a page", papers(95, shtml), 20)
    site.column = f"/qymzj/c100186/common_listmores.shtml?channelId={CHANNEL}&code=c100186"
    return site
