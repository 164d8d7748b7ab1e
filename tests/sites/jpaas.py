"""大汉 jpaas: the page asks a unit for a piece of HTML, with the page's number in paramJson."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from typing import Any

from tests.gov import Answer, Heard
from tests.sites.frame import cut, html, page, path_of, query_of, said, whole
from tests.sites.site import Paper, papers

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
TABS = [f"/col/col12298957{number}/index.html" for number in range(30, 60)]


def art(number: int, day: date) -> str:
    """Where a paper of the column stands."""
    made = md5(f"art{number}".encode(), usedforsecurity=False).hexdigest()
    return f"/col/col1229895725/art/{day.year}/art_{made}.html"


@dataclass
class Jpaas:
    """A column made of one unit; ``search`` is what its page asks it for, if it is a shell.

    A server-rendered column has its first page in its HTML; a shell (组配分类) has a unit that is
    empty until it is asked with ``search``.
    """

    name: str
    papers: list[Paper]
    tag: str
    search: dict[str, str]
    family: str = "jpaas"
    column: str = "/col/col1229895725/index.html"
    rows: int = 15
    guarded: bool = False  # who does not say whence it comes is refused, as by 工信部

    @property
    def query(self) -> dict[str, str]:
        """What every request to the unit must say."""
        return {
            "webId": "3637",
            "pageId": "1229895725",
            "parseType": "bulidstatic",
            "pageType": "column",
            "tagId": self.tag,
            "tplSetId": "EbKoPMNj3HMqsVsx9bkxK",
        }

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        if path != UNIT:
            return None
        asked = query_of(heard)
        if self.guarded and self.column not in heard.headers.get("referer", ""):
            return html("<html><body>403 Forbidden</body></html>", 403)
        if any(asked.get(key) != value for key, value in self.query.items()):
            return said(
                {"success": False, "code": "500", "message": "模板单元不存在", "data": None}
            )
        return self._built(asked)

    def _column(self) -> Answer:
        data = str(self.query | {"editType": "null"}).replace(" ", "")
        data = data if not self.search else data.replace("}", ",'unitType':'ajax-xxgk'}")
        script = f'<script id="u7f3" url="{UNIT}" queryData="{data}" src="/script/unitbuild.js">'
        first = "" if self.search else self._piece(self.papers[: self.rows], 1, self.rows)
        asks = ""
        if self.search:
            asks = (
                "<script>var paramsMap=[];var xxgkSearch = "
                f"{{unitId:'u7f3',pageNo:1,pageSize:{self.rows},"
                f"search:{json.dumps(self.search, separators=(',', ':'))}}};"
                "loadXxgkAjaxPage('u7f3');</script>"
            )
        return page(
            f'<div class="list" id="{self.tag}">{first}{script}</script></div>{asks}',
            tabs=TABS,
            head='<script src="/script/jpaas/pagination.js"></script>',
            elsewhere=[
                f"/col/col1229895733/art/2024/art_{number:032x}.html" for number in range(7, 13)
            ],
            metas={"ColId": "1229895725"},
        )

    def _built(self, asked: dict[str, str]) -> Answer:
        try:
            wanted = json.loads(asked.get("paramJson") or "{}")
        except ValueError:
            return said({"success": False, "code": "500", "message": "参数错误", "data": None})
        size = max(whole(str(wanted.get("pageSize")), self.rows), 1)
        number = max(whole(str(wanted.get("pageNo")), 1), 1)
        rows = self.papers if self._sought(wanted.get("search", "{}")) else []
        piece = self._piece(rows[(number - 1) * size :][:size], number, size, len(rows))
        return said({"success": True, "code": "200", "message": None, "data": {"html": piece}})

    def _sought(self, search: Any) -> bool:
        """Whether the search, JSON in a string of JSON, is for this column."""
        sought = json.loads(search) if isinstance(search, str) else {}
        return all(sought.get(key, "") == value for key, value in self.search.items())

    def _piece(self, rows: list[Paper], number: int, size: int, total: int | None = None) -> str:
        total = len(self.papers) if total is None else total
        items = "".join(self._item(paper) for paper in rows)
        return (
            f'<div class="page-content"><ul>{items}</ul></div>'
            f'<div class="pagination" rows="{size}" count="{total}" pageNo="{number}" '
            f'unitUrl="{UNIT}"></div>'
        )

    def _item(self, paper: Paper) -> str:
        if self.search:
            return (
                f'<li><a href="{paper.path}" title="{paper.title}" target="_blank">'
                f"{cut(paper.title, 30)}</a><b>{paper.day}</b></li>"
            )
        return (
            f'<li class="clearfix"><a href="{paper.path}" title="{paper.title}" target="_blank">'
            f'<i></i>{cut(paper.title, 30)}</a><span class="bt-right">{paper.day}</span></li>'
        )


def jpaas_rendered() -> Jpaas:
    """The first page is in the HTML; the rest comes from the unit."""
    return Jpaas("jpaas: first page rendered", papers(100, art), "信息列表", {}, guarded=True)


def jpaas_combination() -> Jpaas:
    """组配分类: an empty shell, and a unit that needs to be told the class."""
    search = {
        "xxgkId": "W001-001",
        "xxgkType": "xxgk_combination",
        "nodeId": "11990123MB15011651",
        "className": "",
    }
    return Jpaas("jpaas: 组配分类", papers(100, art), "组配分类list", search)
