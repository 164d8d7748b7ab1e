"""河北: columns, templates and blocks named by UUIDs; a block gives a page of rows as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tests.gov import Answer, Heard
from tests.sites.frame import cut, html, missing, page, path_of, query_of, whole
from tests.sites.site import Paper, papers

COLUMN = "84f73ef0-6a8d-495e-9bf2-acffc68c31f6"
BLOCK = (
    f"/columns/{COLUMN}/templates/09a19324-88df-4949-b69b-f29b625e5e59"
    "/blocks/68261b4a-dac0-411d-95cf-5cef697b63d7"
)


def doc(number: int, day: date) -> str:
    """Where a paper of the column stands."""
    return f"/columns/{COLUMN}/{day:%Y%m}/{day:%d}/{UUID(int=0xC4 << 112 | number)}.html"


@dataclass
class Blocks:
    """A column with its first rows in the page and the others in a block; past the end, nothing."""

    name: str
    papers: list[Paper]
    family: str = "blocks"
    column: str = f"/columns/{COLUMN}/index.html"
    size: int = 15

    def answer(self, heard: Heard) -> Answer | None:
        path = path_of(heard)
        if path == self.column:
            return self._column()
        if path != BLOCK:
            return None
        asked = query_of(heard)
        number = whole(asked.get("page"), 1)
        return html(self._rows(number)) if asked.get("fix") == "0" else missing()

    def _rows(self, number: int) -> str:
        rows = "".join(
            f'<li class="xxgk_gfxwjk-list-li"><a href="{paper.path}" title="{paper.title}" '
            f'target="_blank">{cut(paper.title, 32)}</a><span class="date">{paper.day}</span>'
            "</li>\n"
            for paper in self.papers[max(number - 1, 0) * self.size :][: self.size]
        )
        return f'<ul class="xxgk_gfxwjk-list">\n{rows}</ul>'

    def _column(self) -> Answer:
        pages = -(-len(self.papers) // self.size)
        call = (
            f"<script>var total={len(self.papers)};$('#pages').pagination({{pageCount:{pages},"
            f"callback:function(p){{$.get('{BLOCK}?page='+p+'&fix=0',function(d){{"
            "$('#block').html(d);});}});</script>"
        )
        return page(
            f'<div id="block" data-block="{BLOCK}?page=1&amp;fix=0">{self._rows(1)}</div>'
            f'<div id="pages"></div>{call}',
            tabs=[f"/columns/{UUID(int=0xB1 << 112 | each)}/index.html" for each in range(30)],
            elsewhere=[
                f"/columns/{UUID(int=0xB1 << 112)}/202409/{each}/{UUID(int=each)}.html"
                for each in range(11, 17)
            ],
        )


def blocks() -> Blocks:
    """The one variant that is known."""
    return Blocks("blocks", papers(95, doc))
