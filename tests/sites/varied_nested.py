"""Columns that hold columns: blocks with 更多, sessions, a frame, years beside the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from tests.gov import Answer, Heard
from tests.sites.portal import lines, page, portal
from tests.sites.site import Paper, papers
from tests.sites.static import hexed
from tests.sites.trs import article
from tests.sites.varied import (
    ITEMS,
    Made,
    Varied,
    beside,
    item,
    own_way,
    trs_pager,
    trs_way,
    years_menu,
)

FOLDER = "/zwgk/jytabl/"


def titled(made: list[Paper], what: str) -> list[Paper]:
    """Papers of another kind: the same numbers would be the same titles."""
    return [replace(each, title=each.title.replace("号建议", what)) for each in made]


@dataclass
class Nested:
    """A page of its own over columns that are put together elsewhere."""

    name: str
    family: str | None
    column: str
    inside: list[Made]
    show: Callable[[Nested], str]
    printed: bool = True
    whole: bool = True
    left_out: dict[str, int] = field(default_factory=dict)
    alone: list[Paper] = field(default_factory=list)

    @property
    def papers(self) -> list[Paper]:
        """All papers below, each once."""
        below = [paper for each in self.inside for paper in each.papers]
        return list({paper.path: paper for paper in (*self.alone, *below)}.values())

    @papers.setter
    def papers(self, made: list[Paper]) -> None:
        raise AttributeError("the papers of a nested column are those of its parts")

    def answer(self, heard: Heard) -> Answer | None:
        if heard.path.partition("?")[0] in (self.column, self.column + "index.html"):
            return page(self.show(self))
        return next((sent for each in self.inside if (sent := each.answer(heard))), None)


def sub(folder: str, count: int, kind: str = "", size: int = 10) -> Made:
    """A column of TRS below another."""
    made = papers(count, article(folder, "html"))
    made = titled(made, kind) if kind else made
    return Made(
        folder, "trs", folder, made, size, trs_way(folder), trs_pager(),
        aside=beside(article("/zwgk/tzgg/", "html")),
    )  # fmt: skip


def blocks(nested: Nested) -> str:
    """Print the first five rows of each column, and 更多."""
    parts = []
    for title, each in zip(("人大建议", "政协提案"), nested.inside, strict=True):
        rows = lines(item(paper, paper.path) for paper in each.papers[:5])
        parts.append(
            f'<div class="box"><h3>{title}<a href="{each.column}" class="more">更多&gt;&gt;</a>'
            f"</h3>{ITEMS.format(rows)}</div>"
        )
    return portal(lines(parts), aside=beside(article("/zwgk/tzgg/", "html")))


def two_blocks() -> Varied:
    """Five rows of each of two columns."""
    inside = [sub(FOLDER + "rddbjy/", 23), sub(FOLDER + "zxwyta/", 31, "号提案")]
    return Nested("nested: two blocks", None, FOLDER, inside, blocks)


def links_to(names: dict[str, str]) -> Callable[[Nested], str]:
    """Print nothing but links to columns."""

    def show(nested: Nested) -> str:
        rows = lines(
            f'<li><a href="./{folder}/" title="{name}">{name}</a></li>'
            for folder, name in names.items()
        )
        return portal(
            f'<ul class="sub">\n{rows}\n</ul>', aside=beside(article("/zwgk/tzgg/", "html"))
        )

    return show


@dataclass
class Levels(Nested):
    """A column whose columns hold columns."""

    middle: list[Nested] = field(default_factory=list)

    def answer(self, heard: Heard) -> Answer | None:
        asked = (each.answer(heard) for each in self.middle)
        return super().answer(heard) or next((sent for sent in asked if sent), None)


def sessions() -> Varied:
    """Sessions, and below each the two kinds."""
    middle, inside = [], []
    kinds = links_to({"rddbjy": "人大代表建议", "zxwyta": "政协委员提案"})
    for number, name in enumerate(("ssjechy", "ssjychy")):
        folder = f"{FOLDER}{name}/"
        below = [sub(folder + "rddbjy/", 12 + number), sub(folder + "zxwyta/", 14, "号提案")]
        for each in below:
            each.papers = [
                replace(paper, title=paper.title.replace("二次会议", "一二"[1 - number] + "次会议"))
                for paper in each.papers
            ]
        inside += below
        middle.append(Nested(folder, None, folder, below, kinds))
    show = links_to({"ssjechy": "十四届二次会议", "ssjychy": "十四届一次会议"})
    return Levels("nested: sessions", None, FOLDER, inside, show, middle=middle)


def framed() -> Varied:
    """A shell: the list stands in a frame, with its own pager."""

    def show(nested: Nested) -> str:
        return portal('<iframe src="./list/index.html" width="100%" scrolling="no"></iframe>')

    folder = FOLDER + "list/"
    inside = sub(folder, 27)
    return Nested("nested: frame", None, FOLDER, [inside], show)


@dataclass
class WithYears(Made):
    """All in itself; beside it a menu of years, whose pages show the same papers again."""

    def answer(self, heard: Heard) -> Answer | None:
        for year in range(2025, 1995, -1):
            folder = f"{self.column}{year}n/"
            rows = [each for each in self.papers if each.day.year == year]
            only = Made(folder, None, folder, rows, 10, trs_way(folder), trs_pager(), above="")
            if rows and (sent := only.answer(heard)):
                return sent
        return super().answer(heard)


def years_beside() -> Varied:
    """Thirty years in a menu, most of them empty."""
    made = [
        replace(each, day=day, path=article(FOLDER, "html")(each.number, day))
        for each in papers(44, lambda number, day: "")
        for day in [date(2024 - (44 - each.number) // 15, 1 + each.number % 12, 3)]
    ]
    made.sort(key=lambda each: each.day, reverse=True)
    return WithYears(
        "nested: whole, with years", None, FOLDER, made, 15, trs_way(FOLDER), trs_pager(),
        above=years_menu("./{}n/"),
    )  # fmt: skip


def tabs() -> Varied:
    """Two blocks that are whole in the page, as tabs, without 更多."""

    def show(nested: Nested) -> str:
        parts = lines(
            f'<div class="tab" id="t{place}">{ITEMS.format(rows)}</div>'
            for place, rows in enumerate(
                (
                    lines(item(each, each.path) for each in nested.alone[:9]),
                    lines(item(each, each.path) for each in nested.alone[9:]),
                )
            )
        )
        heads = '<ul class="heads"><li class="on">人大建议</li><li>政协提案</li></ul>'
        return portal(heads + parts, aside=beside(article("/zwgk/tzgg/", "html")))

    made = papers(18, article(FOLDER, "html"))
    made[9:] = titled(made[9:], "号提案")
    return Nested("nested: tabs", None, FOLDER, [], show, alone=made)


def ucap_years() -> Varied:
    """Years alone, each a column of Ucap with pages counted from 1."""
    inside = []
    for year, count in ((2024, 21), (2023, 9)):
        folder = f"/qymzj/jyta/{year}n/"
        made = papers(count, hexed(folder, "shtml"))
        made = [
            replace(each, title=each.title.replace("二次", "二一"[2024 - year] + "次"))
            for each in made
        ]
        inside.append(Made(folder, "ucap", folder, made, 10, own_way(folder, "shtml"), six_index))
    show = links_to({"2024n": "2024年", "2023n": "2023年"})
    return Nested("nested: years of ucap", None, "/qymzj/jyta/", list(inside), show)


def six_index(site: Made, number: int) -> str:
    """The call with six arguments."""
    return (
        f"<script>createPageHTML('page_div',{site.last},{number},'index','shtml',"
        f"{len(site.papers)});</script>"
    )


NESTED: tuple[Callable[[], Varied], ...] = (
    *(two_blocks, sessions, framed, years_beside, tabs, ucap_years),
)
