"""TRS IGS: a list that a script fills from the search of the site, JSON with upper-case fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.gov import Answer, Heard
from tests.sites.frame import OFFICE, page, path_of, query_of, said, whole
from tests.sites.site import Paper, papers

CODE = "2db44785ca114a77b36660665c0c1002"
LIST = "/igs/front/search/list.html"
SEARCH = "/igs/front/search.jhtml"


def doc(number: int, day: date) -> str:
    """Where a paper of the column stands."""
    return f"/zfxxgk/jytabl/{day:%Y%m}/t{day:%Y%m%d}_{5400000 + number}.shtml"


@dataclass
class Igs:
    """A column whose script asks the search; ``fields`` are what an answer must be asked with.

    The page's script writes the whole address, but for the page's number, which it counts from 1.
    Past the end there is an empty page.
    """

    name: str
    papers: list[Paper]
    place: str
    fields: dict[str, str]
    upper: bool
    family: str = "igs"
    column: str = "/zfxxgk/jytabl/index.html"
    size: int = 10

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        return self._found(heard) if path == self.place else None

    def _address(self) -> str:
        asked = "&".join(f"{key}={value}" for key, value in self.fields.items())
        return f"{self.place}?{asked}&pageSize={self.size}&pageNumber="

    def _column(self) -> Answer:
        ask = (
            "<script>\nvar pageNumber = 1;\nfunction getList(n){\n  $.ajax({type:'get',"
            f"dataType:'json',url:'{self._address()}'+n,success:function(d){{\n"
            "    $('#list').html(template('tpl',d.page.content));laypage({curr:n,"
            "pages:d.page.totalPages});}});\n}\ngetList(pageNumber);\n</script>"
        )
        return page(
            f'<ul id="list" class="list"></ul><div id="pages"></div>{ask}',
            tabs=[f"/zfxxgk/lm{number}/index.html" for number in range(30)],
            head='<script src="/images/template-web.js"></script>',
            elsewhere=[f"/xwzx/202409/t20240911_{5500000 + number}.shtml" for number in range(6)],
        )

    def _found(self, heard: Heard) -> Answer:
        asked = query_of(heard)
        mine = all(asked.get(key) == value for key, value in self.fields.items())
        rows = self.papers if mine else []
        size = max(whole(asked.get("pageSize"), self.size), 1)
        number = max(whole(asked.get("pageNumber"), 1), 1)
        shown = rows[(number - 1) * size :][:size]
        host = heard.headers["host"]
        record = self._document if self.upper else self._result
        found = {
            "content": [record(host, paper) for paper in shown],
            "total": str(len(rows)) if self.upper else len(rows),
            "totalPages": -(-len(rows) // size),
            "pageSize": size,
            "pageNumber": number,
            "searchProperty": None,
            "orderProperty": "PUBDATE",
            "orderDirection": "desc",
        }
        return said({"filter": {"AVAILABLE": "true"}, "hasFilter": True, "page": found})

    def _document(self, host: str, paper: Paper) -> dict[str, object]:
        return {
            "SITENAME": OFFICE,
            "fileNum": f"清民函〔2024〕{paper.number}号",
            "FileName": paper.title,
            "DOCTITLE": paper.title.replace("关于市", "关于市<br/>"),
            "PUBDATE": f"{paper.day}T03:35:00.000Z",
            "IdxID": f"990123006/2024-{paper.number:05}",
            "CHNLDESC": "建议提案办理",
            "SITEID": 57,
            "DOCCONTENT": "　　顾明远代表：　　现答复如下：",
            "AVAILABLE": True,
            "DOCID": 10900000 + paper.number,
            "DOCPUBURL": f"http://{host}{paper.path}",
            "publisher": f"\u200b{OFFICE}",
            "_id": str(10900000 + paper.number),
        }

    def _result(self, host: str, paper: Paper) -> dict[str, object]:
        return {
            "title": paper.title.replace("建议", "<em>建议</em>"),
            "url": f"http://{host}{paper.path}",
            "fwTime": str(paper.day),
            "PUBDATE": f"{paper.day} 11:35:00",
            "content": "顾明远代表：现答复如下……",
            "SITENAME": OFFICE,
            "CHNLDESC": "建议提案办理",
        }


def igs_list() -> Igs:
    """The catalogue's own list, with filters."""
    fields = {
        "index": "qymzj-index-alias",
        "type": "governmentdocuments",
        "filter[AVAILABLE]": "true",
        "filter[CHANNELID]": "34828",
        "siteId": "57",
        "orderProperty": "PUBDATE",
        "orderDirection": "desc",
    }
    return Igs("igs: list.html", papers(75, doc), LIST, fields, upper=True)


def igs_search() -> Igs:
    """The search of the site, with the code of its template."""
    fields = {"code": CODE, "siteId": "57", "searchWord": "", "orderBy": "time"}
    return Igs("igs: search.jhtml", papers(75, doc), SEARCH, fields, upper=False)
