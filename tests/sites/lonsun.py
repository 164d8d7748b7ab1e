"""安徽 龙讯: labels that a script asks for by name, and the older static catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from tests.gov import Answer, Heard
from tests.sites.frame import cut, form_of, html, missing, page, path_of, query_of, said, whole
from tests.sites.site import Paper, papers

LABEL = "/site/label/8888"
NONE = "暂无相关信息"


def public(organ: int) -> Callable[[int, date], str]:
    """Where the papers of an office stand."""
    return lambda number, day: f"/public/{organ}/{110000000 + number}.html"


@dataclass
class Lonsun:
    """A column of an office (``organId``) and a kind (``catId``), by the label publicInfoList.

    The page has the first rows in its HTML and the call that asks for the others; with ``json``
    the call asks for JSON, and the page has no rows.
    """

    name: str
    papers: list[Paper]
    json: bool
    family: str = "lonsun"
    column: str = "/public/column/20261?type=4&action=list&nav=3&catId=6721411"
    size: int = 15

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column.partition("?")[0]:
            return self._column() if query_of(heard).get("catId") == "6721411" else None
        if path != LABEL:
            return None
        asked = query_of(heard) | form_of(heard)
        if asked.get("labelName") != "publicInfoList" or asked.get("siteId") != "6784341":
            return missing()
        return self._labelled(asked)

    def _asking(self) -> dict[str, str]:
        kind = {"isJson": "true"} if self.json else {"IsAjax": "1", "dataType": "html"}
        return {
            "labelName": "publicInfoList",
            "siteId": "6784341",
            "pageSize": str(self.size),
            "pageIndex": "1",
            "action": "list",
            "fuzzySearch": "false",
            "fromCode": "title",
            "keyWords": "",
            "sortType": "1",
            "isDate": "true",
            "dateFormat": "yyyy-MM-dd",
            "length": "80",
            "organId": "20261",
            "type": "4",
            "catIds": "",
            "cId": "",
            "result": NONE,
            "file": "/xxgk/publicInfoList_newest2020",
            "catId": "6721411",
            **kind,
        }

    def _column(self) -> Answer:
        asking = self._asking()
        address = LABEL + "?" + "&".join(f"{key}={quote(each)}" for key, each in asking.items())
        data = ",".join(f'{key}:"{value}"' for key, value in asking.items() if key != "IsAjax")
        rows = "" if self.json else self._fragment(self.papers[: self.size], 1, len(self.papers))
        script = (
            f"<script>var listUrl='{address}';\nfunction loadPublicInfoList(pageIndex){{"
            f'$.ajax({{url:"{LABEL}",type:"GET",data:{{{data},pageIndex:pageIndex}},'
            'success:function(d){$("#publicInfoList").html(d);}});}\n'
            + ("loadPublicInfoList(1);" if self.json else "")
            + "</script>"
        )
        mark = "6f2b0c1d9e8a4f3bb7d5c4e3a2f10987"
        return page(
            f'<!--StartLabelHtml_publicInfoList_{mark}--><div id="publicInfoList">{rows}</div>'
            f"<!--EndLabelHtml_publicInfoList_{mark}-->{script}",
            tabs=[
                f"/public/column/20261?type=4&action=list&nav=3&catId={6721500 + number}"
                for number in range(30)
            ],
            head='<script src="/assets/lonsun/jquery.pagination.js"></script>',
            metas={"SiteId": "6784341"},
        )

    def _labelled(self, asked: dict[str, str]) -> Answer:
        mine = asked.get("organId") == "20261" and asked.get("catId") == "6721411"
        rows = self.papers if mine else []
        size = max(whole(asked.get("pageSize"), self.size), 1)
        number = max(whole(asked.get("pageIndex"), 1), 1)
        shown = rows[(number - 1) * size :][:size]
        if asked.get("isJson") == "true":
            records = [self._record(paper) for paper in shown]
            pages = -(-len(rows) // size)
            return said(
                {"data": records, "total": len(rows), "pageCount": pages, "pageIndex": number - 1}
            )
        return html(self._fragment(shown, number, len(rows), size))

    def _fragment(self, rows: list[Paper], number: int, total: int, size: int = 15) -> str:
        if not rows:
            return f'<div class="nodata">{NONE}</div>'
        items = "".join(
            f'<li><a class="title" href="{paper.path}" title="{paper.title}" target="_blank">'
            f'{cut(paper.title, 30)}</a><span class="date">{paper.day}</span></li>'
            for paper in rows
        )
        return (
            f'<ul class="clearfix xxgk_nav_list">{items}</ul><div id="page_public_info" '
            f'class="pagination"></div><script>Ls.pagination("#page_public_info",loadPublicInfoList,'
            f"{{currentPage:{number},pageCount:{-(-total // size)},pageSize:{size},"
            f"total:{total}}});</script>"
        )

    def _record(self, paper: Paper) -> dict[str, object]:
        return {
            "link": paper.path,
            "title": paper.title,
            "publishDate": f"{paper.day} 09:24:11",
            "fileNum": f"清民函〔2024〕{paper.number}号",
            "indexNum": f"990123006/2024-{paper.number:05}",
            "catName": "人大代表建议办理",
            "contentId": 110000000 + paper.number,
        }


@dataclass
class LonsunStatic:
    """The catalogue of 宣城: pages with an address each, counted from 1; past the end, a 404."""

    name: str
    papers: list[Paper]
    family: str = "lonsun"
    column: str = "/XxgkContent/showList/174/103128/page_1.html"
    size: int = 15

    def answer(self, heard: Heard) -> Answer | None:
        found = re.fullmatch(
            r"/XxgkContent/showList/174/103128/page_(\d{1,5})\.html", path_of(heard)
        )
        if not found:
            return None
        number, pages = int(found[1]), max(-(-len(self.papers) // self.size), 1)
        if not 1 <= number <= pages:
            return missing()
        rows = "".join(
            self._row(each) for each in self.papers[(number - 1) * self.size :][: self.size]
        )
        links = "".join(
            f'<a href="/XxgkContent/showList/174/103128/page_{each}.html">{text}</a>'
            for text, each in self._links(number, pages)
        )
        return page(
            '<table class="xxgk_lb"><tr><th>标题</th><th>成文日期</th></tr>'
            f"{rows}</table>"
            f'<div class="page">共{len(self.papers)}条 第{number}/{pages}页 {links}</div>',
            tabs=[f"/XxgkContent/showList/174/{103200 + each}/page_1.html" for each in range(30)],
            head='<script src="/assets/lonsun/xxgk.js"></script>',
        )

    def _links(self, number: int, pages: int) -> list[tuple[str, int]]:
        links = [("首页", 1), ("上一页", number - 1)] if number > 1 else []
        near = range(max(number - 2, 1), min(number + 2, pages) + 1)
        links += [(str(each), each) for each in near]
        return links + ([("下一页", number + 1), ("尾页", pages)] if number < pages else [])

    def _row(self, paper: Paper) -> str:
        return (
            f'<tr><td class="bt"><a href="{paper.path}" title="{paper.title}" target="_blank">'
            f'{cut(paper.title, 30)}</a></td><td class="cwrq">{paper.day}</td></tr>'
        )


def show(number: int, day: date) -> str:
    """Where a paper of the older catalogue stands."""
    return f"/XxgkContent/show/{1400000 + number}.html"


def lonsun_fragment() -> Lonsun:
    """The label gives HTML."""
    return Lonsun("lonsun: HTML label", papers(80, public(20261)), json=False)


def lonsun_json() -> Lonsun:
    """The label gives JSON."""
    return Lonsun("lonsun: JSON label", papers(80, public(20261)), json=True)


def lonsun_static() -> LonsunStatic:
    """Static pages."""
    return LonsunStatic("lonsun: showList", papers(80, show))
