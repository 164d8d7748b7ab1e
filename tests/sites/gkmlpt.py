"""广东 gkmlpt: a page with a tree of columns, the column after ``#``, the rows by a JSON API."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from tests.gov import Answer, Heard
from tests.sites.frame import OFFICE, html, missing, path_of, query_of, said, whole
from tests.sites.site import Paper, papers

PER_PAGE = 100
HERE = timezone(timedelta(hours=8))


def post(base: str) -> Callable[[int, date], str]:
    """Where the papers stand below a base."""
    return lambda number, day: (
        f"{base}/gkmlpt/content/9/{9103 + number // 1000}/post_{9103000 + number}.html"
    )


@dataclass
class Gkmlpt:
    """The catalogue of one office; ``base`` is the directory that it is below.

    ``plain`` writes titles and dates as they are read, else titles are escaped as by the ``escape``
    of JavaScript and dates are seconds; then the tree also has nodes that lead elsewhere.
    """

    name: str
    papers: list[Paper]
    base: str
    id: int
    sid: str
    plain: bool
    family: str = "gkmlpt"
    column: str = "/gkmlpt/index#5121"

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == f"{self.base}/gkmlpt/index":
            return self._index()
        found = re.fullmatch(rf"{re.escape(self.base)}/gkmlpt/api/all/(\d{{1,9}})", path)
        if not found:
            return None
        asked = query_of(heard)
        if int(found[1]) != self.id or asked.get("sid", self.sid) != self.sid:
            return missing()
        return self._page(heard.headers["host"], max(whole(asked.get("page"), 1), 1))

    def _tree(self) -> list[dict[str, object]]:
        def node(number: int, name: str, posts: int, **more: object) -> dict[str, object]:
            return {
                "id": number,
                "name": name,
                "jump_url": "",
                "post_count": posts,
                "children": [],
                **more,
            }

        away = "" if self.plain else "http://www.gd.gov.cn/zwgk/wjk/"
        asked = node(self.id, "建议提案办理", len(self.papers))
        if not self.plain:
            asked["children"] = [
                node(8123, "转办件公开", 0, jump_url=f"{self.base}/zbj/index.html")
            ]
        return [
            node(2, "政策", 40, jump_url=away),
            node(5, "机构职能", 3, children=[node(51, "领导信息", 2), node(52, "内设机构", 1)]),
            node(6, "法定主动公开内容", 400, children=[node(61, "规划计划", 12), asked]),
        ]

    def _index(self) -> Answer:
        config = (
            "window._CONFIG = {\n"
            f"  SITE_NAME: '{OFFICE}',\n  SID: '{self.sid}',\n  COLOR: 'blue',\n"
            f"  TREE: {json.dumps(self._tree(), ensure_ascii=False)},\n"
            "  SERVICE_AREA_ID: '0',\n  DETAIL: {},\n  CLASSIFY: {}\n};"
        )
        return html(
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{OFFICE}公开目录</title>"
            f"<meta name='SiteName' content='{OFFICE}'><script>{config}</script></head><body>"
            '<div class="header"><a href="/">首页</a><a href="/zwgk/">政务公开</a>'
            '<a href="/hdjl/">政民互动</a></div><div id="app" class="gkmlpt-body"></div>'
            '<div class="footer">网站标识码：9901230006</div>'
            '<script src="https://common.gd.gov.cn/gkmlpt/js/index.js?v=4.2.7"></script>'
            "</body></html>"
        )

    def _page(self, host: str, number: int) -> Answer:
        rows = self.papers[(number - 1) * PER_PAGE :][:PER_PAGE]
        if not rows and number > 1:
            return missing()
        return said(
            {
                "articles": [self._article(host, paper) for paper in rows],
                "classify": {
                    "id": self.id,
                    "name": "建议提案办理",
                    "post_count": len(self.papers),
                },
                "total": len(self.papers),
            }
        )

    def _article(self, host: str, paper: Paper) -> dict[str, object]:
        noon = datetime(paper.day.year, paper.day.month, paper.day.day, 0, 30, tzinfo=HERE)
        title = paper.title if self.plain else escaped(paper.title)
        return {
            "id": 9103000 + paper.number,
            "title": title,
            "document_number": f"清民函〔2024〕{paper.number}号" if self.plain else "",
            "publisher": OFFICE,
            "keywords": "",
            "date": f"{paper.day} 00:30:00" if self.plain else int(noon.timestamp()),
            "created_at": f"{paper.day} 00:30:00",
            "display_publish_time": int(noon.timestamp()),
            "first_publish_time": int(noon.timestamp()),
            "identifier": f"11990123006940213X/2024-{paper.number:05}",
            "classify_main": self.id,
            "classify_main_name": "建议提案办理",
            "classify_genre_name": "函",
            "classify_theme_name": "其他",
            "url": f"http://{host}{paper.path}",
            "post_url": f"http://{host}{paper.path}" if self.plain else "",
            "abstract": "",
            "attachment": [],
            "relation": "",
            "is_expired": 0,
            "is_abolished": 0,
        }


def escaped(text: str) -> str:
    """A text as JavaScript's ``escape`` writes it."""
    return "".join(each if ord(each) < 128 else f"%u{ord(each):04X}" for each in text)


def gkmlpt_root() -> Gkmlpt:
    """At the root of its host."""
    return Gkmlpt("gkmlpt: at the root", papers(130, post("")), "", 5121, "755041", plain=True)


def gkmlpt_below() -> Gkmlpt:
    """Below a directory; escaped titles, dates in seconds, nodes that lead elsewhere."""
    made = papers(130, post("/qymzj"))
    site = Gkmlpt("gkmlpt: below a directory", made, "/qymzj", 721, "662021", plain=False)
    site.column = "/qymzj/gkmlpt/index#721"
    return site
