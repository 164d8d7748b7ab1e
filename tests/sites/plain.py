"""Columns of systems that nobody has named: they show how they are paged by their links alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from tests.gov import Answer, Heard
from tests.sites.portal import Files, Paged, cut, lines, page, portal
from tests.sites.site import Paper, Site, papers


def row(paper: Paper) -> str:
    """The row of most templates."""
    return (
        f'<li><a href="{paper.path}" target="_blank" title="{paper.title}">{cut(paper.title)}</a>'
        f"<span>{paper.day}</span></li>"
    )


@dataclass
class NextLink(Files):
    """上一页 and 下一页 are links to files whose names tell nothing of their order."""

    folder: str = ""

    def address(self, number: int) -> str:
        return self.folder + ("index.htm" if number == 1 else f"l{number * 7919 % 1000:03}.htm")

    def show(self, number: int) -> str:
        before = (
            "<span>上一页</span>"
            if number == 1
            else f'<a href="{self.address(number - 1).removeprefix(self.folder)}">上一页</a>'
        )
        after = (
            "<span>下一页</span>"
            if number == self.last
            else f'<a href="{self.address(number + 1).removeprefix(self.folder)}">下一页</a>'
        )
        listing = f"""<ul class="news">
{lines(row(paper) for paper in self.shown(number))}
</ul><p class="turn">{before}　{after}</p>"""
        return self.around(listing)

    def around(self, listing: str) -> str:
        """Set the listing into its page."""
        return portal(listing, nav="/{}/index.htm")


class Framed(NextLink):
    """The column is a shell: the list stands in a frame of the same host, without surroundings."""

    def answer(self, heard: Heard) -> Answer | None:
        if heard.path.partition("?")[0] == self.column:
            listing = f"""<iframe id="list" name="list" src="{self.folder}index.htm" width="100%"
 height="700" frameborder="0" scrolling="no"></iframe>"""
            return page(portal(listing, nav="/{}/index.html", foot=FRAME_FOOT))
        return super().answer(heard)

    def around(self, listing: str) -> str:
        return f'<html><head><meta charset="utf-8"></head><body>{listing}</body></html>'


FRAME_FOOT = '<iframe src="http://bszs.conac.test/sitename" width="60" height="60"></iframe>'


@dataclass
class Numbered(Files):
    """Numbers alone lead on, two on each side of the page that is shown, and the ends."""

    stem: str = ""

    def address(self, number: int) -> str:
        return f"{self.stem}.html" if number == 1 else f"{self.stem}-{number}.html"

    def show(self, number: int) -> str:
        near = sorted({1, self.last, *range(number - 2, number + 3)})
        links = " ".join(
            f"<b>{n}</b>" if n == number else f'<a href="{self.address(n)}">[{n}]</a>'
            for n in near
            if 1 <= n <= self.last
        )
        rows = lines(
            f'<li><a href="{paper.path}">{paper.title}</a>\n<span>\n{paper.day:%Y-\n%m-\n%d}\n'
            "</span></li>"
            for paper in self.shown(number)
        )
        listing = f"""<ul class="txtlist">
{rows}
</ul><div class="num">{links}</div>"""
        return portal(listing, nav="/{}.html")


class Middle(Numbered):
    """曲靖: the page stands in the middle of the address, and page 1 is called ``auto``."""

    def address(self, number: int) -> str:
        return self.stem.format("auto" if number == 1 else number)

    def show(self, number: int) -> str:
        rows = lines(
            f'<tr><td><a href="{paper.path}" title="{paper.title}">{cut(paper.title)}</a></td>'
            f"<td>{paper.day:%Y.%m.%d}</td></tr>"
            for paper in self.shown(number)
        )
        links = "".join(
            f'<a class="on">{n}</a>' if n == number else f'<a href="{self.address(n)}">{n}</a>'
            for n in range(1, self.last + 1)
        )
        return portal(f"<table>{rows}</table><p>{links}</p>", nav="/list/{}/auto/108.html")


@dataclass
class Query(Paged):
    """``?page=2`` in the numbers; past the end the page is there without rows."""

    def asked(self, heard: Heard) -> int | None:
        path, _, query = heard.path.partition("?")
        if path != self.column:
            return None
        number = parse_qs(query).get("page", ["1"])[0]
        return int(number) if number.isdecimal() and number != "0" else 1

    def beyond(self, number: int) -> Answer:
        return page(self.show(number))

    def show(self, number: int) -> str:
        links = "".join(
            f'<li class="active"><span>{n}</span></li>'
            if n == number
            else f'<li><a href="?page={n}">{n}</a></li>'
            for n in range(1, self.last + 1)
        )
        after = f'<li><a href="?page={number + 1}">»</a></li>' if number < self.last else ""
        listing = f"""<dl class="articles">
{lines(f"<dt>{row(paper)[4:-5]}</dt>" for paper in self.shown(number))}
</dl><ul class="pagination">{links}{after}</ul>"""
        return portal(listing, nav="/{}")


@dataclass
class Silent(Files):
    """No word of further pages, and yet ``index_2.html`` is there."""

    folder: str = ""

    def address(self, number: int) -> str:
        return self.folder + ("index.html" if number == 1 else f"index_{number}.html")

    def show(self, number: int) -> str:
        listing = f"""<ul class="list">
{lines(row(paper) for paper in self.shown(number))}
</ul><div id="pager"></div>"""
        return portal(listing, nav="/xxgk/{}/index.html")


def in_folder(folder: str, suffix: str = "html") -> Callable[[int, date], str]:
    """Where a nameless system puts an article."""
    return lambda number, day: f"{folder}{day:%Y}/{number + 400}.{suffix}"


def next_link() -> Site:
    folder = "/jytabl/"
    made = papers(66, in_folder(folder, "htm"))
    return NextLink("nextlink", "nextlink", folder + "index.htm", made, folder=folder)


def framed() -> Site:
    made = papers(62, in_folder("/xxgk/jyta/"))
    column = "/xxgk/jyta/index.html"
    return Framed("nextlink-in-frame", "nextlink", column, made, folder="/xxgk/jyta/frame/")


def numbered() -> Site:
    made = papers(74, in_folder("/zwgk/jyta/"))
    return Numbered("numbered", "nextlink", "/zwgk/jyta.html", made, 12, stem="/zwgk/jyta")


def numbered_middle() -> Site:
    stem = "/list/jyta/{}/195.html"
    made = papers(65, lambda number, day: f"/html/{day:%Y}/jyta_{day:%m%d}/{2600 + number}.html")
    return Middle("numbered-middle", "nextlink", stem.format("auto"), made, stem=stem)


def numbered_query() -> Site:
    return Query("numbered-query", "nextlink", "/jyta", papers(68, in_folder("/jyta/")))


def silent() -> Site:
    folder = "/xxgk/jytabl/"
    made = papers(64, in_folder(folder))
    return Silent("single-silent", "numbered", folder + "index.html", made, folder=folder)


def one_page() -> Site:
    folder = "/xxgk/yata/"
    made = papers(17, in_folder(folder))
    return Silent("single", "single", folder + "index.html", made, 20, folder=folder)


PLAIN = (next_link, framed, numbered, numbered_middle, numbered_query, silent, one_page)
