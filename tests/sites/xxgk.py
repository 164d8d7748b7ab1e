"""大汉 JCMS: the catalogue of open information (xxgk), asked by POST."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from tests.gov import Answer, Heard
from tests.sites.frame import OFFICE, cut, form_of, html, missing, page, path_of, query_of, whole
from tests.sites.hanweb import art
from tests.sites.site import Paper, papers

AREA = "11990123MB15011651"


@dataclass
class Xxgk:
    """A column of the catalogue: its page is a frame, its rows come from search.jsp by POST.

    ``others`` are the rows of other columns that the answer mixes in, by the place before which
    they stand; a server that filters has none.
    """

    name: str
    papers: list[Paper]
    col: int
    infotype: str
    others: dict[int, int]
    family: str = "xxgk"
    column: str = "/col/col12370/index.html"
    perpage: int = 20
    past: str = "empty"  # or "first": page 1 again

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        if path != "/module/xxgk/search.jsp":
            return None
        declared = heard.headers.get("content-type", "")
        if heard.method != "POST" or "x-www-form-urlencoded" not in declared:
            return html("<html><body>403 Forbidden</body></html>", 403)
        if self.column not in heard.headers.get("referer", ""):
            return missing()
        return self._found(query_of(heard) | form_of(heard), heard.headers["host"])

    def _column(self) -> Answer:
        div = f"div{self.col}"
        tree = f"/module/xxgk/tree.jsp?divid={div}&amp;area={AREA}&amp;rootName=&amp;standardXxgk=1"
        call = (
            "loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId="
            f"{self.infotype}&vc_title=&vc_number=&area={AREA}','{div}','{self.infotype}',"
            "'','','1756');"
        )
        return page(
            f'<iframe id="tree" src="{tree}" width="220" frameborder="0"></iframe>'
            '<form id="searchform" onsubmit="return false"><input type="hidden" name="infotypeId" '
            f'value="{self.infotype}"><input type="hidden" name="jdid" value="1756">'
            f'<input type="hidden" name="area" value="{AREA}"><input type="hidden" name="divid" '
            f'value="{div}"><input name="vc_title"><input name="vc_number"></form>'
            f'<div id="{div}"></div><script type="text/javascript">{call}</script>',
            tabs=[f"/col/col{column}/index.html" for column in range(12300, 12330)],
            head='<script src="/module/xxgk/xxgk.js"></script>',
            metas={"Generator": "大汉版通"},
        )

    def _rows(self) -> list[Paper]:
        rows, serial = [], count(700)
        for place, paper in enumerate(self.papers):
            for _ in range(self.others.get(place, 0)):
                number = next(serial)
                title = f"清源市财政局2024年第{number}号公告"
                rows.append(Paper(number, paper.day, title, art(12311)(number, paper.day)))
            rows.append(paper)
        return rows

    def _found(self, asked: dict[str, str], host: str) -> Answer:
        kind = asked.get("infotypeId", "")
        rows = self._rows()
        if asked.get("area", AREA) not in ("", AREA) or kind not in ("", self.infotype):
            rows = []
        pages = max(-(-len(rows) // self.perpage), 1)
        number = max(whole(asked.get("currpage"), 1), 1)
        if number > pages and self.past == "first":
            number = 1
        shown = rows[(number - 1) * self.perpage :][: self.perpage]
        body = "".join(self._row(host, place, paper) for place, paper in enumerate(shown, 1))
        return html(
            '<table width="100%" class="table_list"><tr class="tr_title"><td>序号</td><td>标题</td>'
            f"<td>发布日期</td></tr>{body or '<tr><td>没有检索到相关信息</td></tr>'}</table>"
            f'<table width="100%"><tr><td align="right" class="tb_title">{_bar(number, pages)}</td>'
            "</tr></table>"
        )

    def _row(self, host: str, place: int, paper: Paper) -> str:
        odd = "odd" if place % 2 else "even"
        return (
            f'<tr class="tr_main_value_{odd}"><td align="center">{place}</td><td align="left">'
            f'<a href="http://{host}{paper.path}" title="{paper.title}" mc="{paper.title}" '
            f'syh="990123006/2024-{paper.number:05}" fbjg="{OFFICE}" rq="{paper.day}" '
            f'gkfs="主动公开" class="bt_link" target="_blank">{cut(paper.title, 24)}</a></td>'
            f'<td align="center">{paper.day}</td></tr>'
        )


def _bar(number: int, pages: int) -> str:
    on = f"<a href=\"javascript:submitForm('{number + 1}')\">下一页</a>&nbsp;"
    on = on if number < pages else ""
    return (
        f"第{number}页&nbsp;&nbsp;共{pages}页&nbsp;<a href=\"javascript:submitForm('1')\">首 页</a>"
        f"&nbsp;{on}<a href=\"javascript:submitForm('{pages}')\">尾 页</a>"
        '&nbsp;转到<input id="pageno" size="3">页'
    )


def xxgk_filtered() -> Xxgk:
    """A catalogue that gives the rows of the kind asked for."""
    return Xxgk("xxgk: filtered", papers(95, art(12370)), 12370, "A0212", {})


def xxgk_mixed() -> Xxgk:
    """A catalogue that gives the rows of other columns too; past its end comes page 1."""
    others = {place: place % 3 for place in range(95)}
    site = Xxgk("xxgk: not filtered", papers(95, art(12370)), 12370, "", others)
    site.past = "first"
    return site


def xxgk_batch() -> Xxgk:
    """One where another office published a batch: a whole page without a row of this column."""
    return Xxgk("xxgk: a page of others", papers(70, art(12370)), 12370, "", {5: 2, 30: 45})
