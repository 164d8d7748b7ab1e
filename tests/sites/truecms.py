"""TrueCMS (南通, 如皋): the first rows hidden in the page, the rest in a datastore within JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tests.gov import Answer, Heard
from tests.sites.frame import cut, html, missing, page, path_of, query_of, whole
from tests.sites.site import Paper, papers

COLUMN = "593f0397-04d7-44c3-8339-240a77a793ce"


def content(number: int, day: date) -> str:
    """Where a paper of the column stands."""
    return f"/ntsmzj/jyta/content/{UUID(int=0x4A1B << 112 | number)}.html"


@dataclass
class TrueCms:
    """A column whose script asks ``proxy`` for records; ``most`` is the most that it gives.

    ``refusal`` is what is said to who asks for more: nothing at all, or 404.
    """

    name: str
    papers: list[Paper]
    proxy: str
    most: int
    refusal: str = "empty"  # or "404"
    guarded: bool = False  # who does not say whence it comes gets a 404
    family: str = "truecms"
    column: str = "/ntsmzj/jyta/jyta.html"
    perpage: int = 10

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        if path != self.proxy:
            return None
        if self.guarded and self.column not in heard.headers.get("referer", ""):
            return missing()
        return self._message(query_of(heard))

    def _item(self, paper: Paper) -> str:
        return (
            f'<li class="change"><span style="float:left;"><a href="{paper.path}" '
            f'title="{paper.title}" target="_blank">{cut(paper.title, 28)}</a></span>'
            f'<span class="date">{paper.day}</span></li>'
        )

    def _column(self) -> Answer:
        rows = "".join(f"<ul>{self._item(each)}</ul>\n" for each in self.papers[: self.perpage * 3])
        total = len(self.papers)
        call = (
            "<script>$(function(){"
            f"var initData='<datastore><totalrecord>{total}</totalrecord><recordset>';"
            "$('#initData ul').each(function(){initData+='<record><![CDATA['+$(this).html()"
            ".replace(/(\\n)+|(\\r\\n)+/g,'')+']]></record>';});"
            "initData+='</recordset></datastore>';$('#msgList').jpage({cache:false,"
            f"openCookies:false,dataStore:initData,totalRecord:{total},"
            "dataBefore:'<ul id=\"content\" class=\"content\">',dataAfter:'</ul>',"
            "contentTemplate:'',"
            f"proxyUrl:'{self.proxy}',perPage:{self.perpage},groupSize:3,"
            f"barPosition:'bottom',ajaxParam:{{columnId:'{COLUMN}'}}}});}});</script>"
        )
        return page(
            f'<div id="initData" style="display:none;">{rows}</div><div id="msgList"></div>{call}',
            tabs=[f"/ntsmzj/lm{number}/lm{number}.html" for number in range(30)],
            head='<script src="/ntsmzj/resource/js/jquery.jpage.js"></script>',
            elsewhere=[
                f"/ntsmzj/tzgg/content/{UUID(int=0x77 << 112 | number)}.html" for number in range(6)
            ],
        )

    def _message(self, asked: dict[str, str]) -> Answer:
        start = max(whole(asked.get("startrecord"), 1), 1)
        end = whole(asked.get("endrecord"), start + self.perpage - 1)
        per = max(whole(asked.get("perpage"), self.perpage), end - start + 1)
        if asked.get("columnId") != COLUMN:
            return self._wrapped(asked, "")
        if per > self.most:
            return missing() if self.refusal == "404" else self._wrapped(asked, "")
        records = "".join(
            f"<record><![CDATA[{self._item(each)}]]></record>"
            for each in self.papers[start - 1 : end]
        )
        return self._wrapped(
            asked,
            f"<datastore><totalrecord>{len(self.papers)}</totalrecord>"
            f"<recordset>{records}</recordset></datastore>",
        )

    def _wrapped(self, asked: dict[str, str], store: str) -> Answer:
        text = json.dumps({"result": store}, ensure_ascii=False)
        return html(f"{asked['callback']}({text})" if asked.get("callback") else text)


def truecms_jsonp() -> TrueCms:
    """Fifty records at once; to who asks for more, nothing."""
    return TrueCms("truecms: 50 at once", papers(95, content), _proxy("TrueCMS"), 50)


def truecms_guarded() -> TrueCms:
    """Lower case, a Referer is needed, and fifty at once are a 404."""
    made = papers(95, content)
    site = TrueCms("truecms: a Referer is needed", made, _proxy("truecms"), 30)
    site.refusal, site.guarded = "404", True
    return site


def _proxy(place: str) -> str:
    return f"/{place}/messageController/getMessage.do"
