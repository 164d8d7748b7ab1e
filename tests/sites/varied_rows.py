"""Varied rows and neighbours: layout tables, two in a row, two days, boxes of replies beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tests.sites.portal import lines
from tests.sites.site import Paper, papers
from tests.sites.trs import article
from tests.sites.varied import (
    DIV,
    ITEMS,
    Made,
    Row,
    Varied,
    beside,
    item,
    own_way,
    trs_pager,
    trs_way,
)
from tests.sites.varied_generic import below, joined, linked, numbers
from tests.sites.varied_static import VSB_HEAD, siteserver_pager, vsb_pager, vsb_way

FOLDER = "/zwgk/jytabl/"
WISHES = ("加强社区养老服务体系建设", "完善农村公墓管理", "扩大儿童之家覆盖面", "优化婚姻登记预约")


def wished(made: list[Paper]) -> list[Paper]:
    """Name papers as the suggestions are named, without a word of a reply."""
    return [
        replace(paper, title=f"{WISHES[paper.number % 4]}（{paper.number:03}）") for paper in made
    ]


def trs(name: str, row: Row, frame: str = DIV, count: int = 26, **more: str) -> Made:
    """A column of TRS, twelve a page, with a box beside."""
    made = papers(count, article(FOLDER, "html"))
    site = Made("rows: " + name, "trs", FOLDER, made, 12, trs_way(FOLDER), trs_pager(), row, frame)
    site.aside = beside(article("/zwgk/tzgg/", "html"))
    for key, value in more.items():
        setattr(site, key, value)
    return site


def layout_tables() -> Varied:
    def row(paper: Paper, href: str) -> str:
        return (
            '<table width="100%" border="0"><tr><td width="20"><img src="/images/d.gif"></td>'
            f'<td><A HREF="{href}" class=font14 target=_blank>{paper.title}</A></td>'
            f'<td width="90">[{paper.day:%Y/%m/%d}]</td></tr></table>'
        )

    return trs("a table each", row, '<table><tr><td class="bk">\n{}\n</td></tr></table>')


def two_days() -> Varied:
    def row(paper: Paper, href: str) -> str:
        written = paper.day - timedelta(days=40)
        return (
            f'<tr><td><a href="{href}">{paper.title}</a></td><td>{written}</td>'
            f"<td>{paper.day}</td></tr>"
        )

    heads = "<tr><th>名称</th><th>成文日期</th><th>发布日期</th></tr>"
    return trs("two days", row, "<table>" + heads + "\n{}\n</table>")


def two_links() -> Varied:
    def row(paper: Paper, href: str) -> str:
        return (
            f'<tr><td><a href="{href}">990123006/2024-{paper.number:05}</a></td>'
            f'<td><a href="{href}" title="{paper.title}">{paper.title[:16]}…</a></td>'
            f"<td>{paper.day}</td></tr>"
        )

    return trs("two links to one letter", row, "<table>\n{}\n</table>")


def with_kind() -> Varied:
    def row(paper: Paper, href: str) -> str:
        return (
            f'<li>[<a href="/zwgk/jytabl/">建议提案办理</a>] <a href="{href}">{paper.title}</a>'
            f"<em>{paper.day:%Y.%m.%d}</em></li>"
        )

    return trs("with the column's name", row, ITEMS)


def day_first() -> Varied:
    def row(paper: Paper, href: str) -> str:
        return f'{paper.day}&nbsp;&nbsp;<a href="{href}">{paper.title}</a><br/>'

    return trs("the day first, in plain text", row)


def based() -> Varied:
    site = trs("base", item, ITEMS, head=f'<base href="{FOLDER}">')
    site.row = lambda paper, href: item(paper, href.removeprefix(FOLDER))
    site.nav = "/zwgk/{}/"
    return site


def without_words() -> Varied:
    site = trs("titles without a word of a reply", item, ITEMS)
    site.papers = wished(site.papers)
    return site


def root() -> Varied:
    made = papers(29, article("/", "html"))
    site = Made("rows: at the root of the host", "trs", "/", made, 12, trs_way("/"), trs_pager())
    site.aside = beside(lambda n, day: f"/xwzx/{day:%Y%m}/t{day:%Y%m%d}_{n}.html")
    return site


def without_slash() -> Varied:
    site = trs("moved to its own folder", item, ITEMS)
    site.column = site.moved = FOLDER.rstrip("/")
    return site


def vsb(name: str, made: list[Paper], path: Callable[[int, date], str]) -> Made:
    """A column of 博达 with a box beside; ten a page, two on the last."""
    site = Made("rows: " + name, "vsb", "/zwgk/jytabl.htm", made, 10, vsb_way("/zwgk/jytabl"),
                vsb_pager)  # fmt: skip
    site.head = VSB_HEAD + "<script>_jsq_(1052,'/list.jsp',-1,1678361648)</script>"
    site.aside, site.nav = beside(path), "/zwgk/{}.htm"
    return site


def vsb_wishes() -> Varied:
    made = wished(papers(22, lambda number, day: f"/info/1052/{8000 + number}.htm"))
    return vsb("vsb, without words", made, lambda number, day: f"/info/1201/{number}.htm")


def vsb_sibling() -> Varied:
    """Ten replies of the sister column in the box: their addresses differ by the tree alone."""
    made = papers(22, lambda number, day: f"/info/1052/{8000 + number}.htm")
    site = vsb("vsb, replies beside", made, lambda number, day: "")
    site.aside = beside(lambda n, day: f"/info/1053/{n}.htm", ("关于政协提案第018号的答复",))
    return site


def siteserver_wishes() -> Varied:
    made = wished(papers(21, lambda number, day: f"/contents/2163/{39000 + number}.html"))
    site = Made("rows: siteserver, without words", "siteserver", "/channels/2163.html", made, 10,
                own_way("/channels/", stem="2163"), siteserver_pager)  # fmt: skip
    site.head = "<script>var $pageInfo = {publishmentSystemID : 1, channelID : 2163};</script>"
    site.aside = beside(lambda number, day: f"/contents/2170/{number}.html")
    site.nav = "/channels/{}.html"
    return site


def opened() -> Varied:
    """Rows without a link: a script opens the letter."""

    def row(paper: Paper, href: str) -> str:
        return f"<li onclick=\"window.open('{href}')\">{paper.title}<i>{paper.day}</i></li>"

    site = trs("opened by a script", row, ITEMS)
    site.whole = False
    return site


def opened_one() -> Varied:
    """The same on the only page, beside ten articles that have links."""
    site = opened()
    site.name, site.papers = site.name + ", one page", site.papers[:9]
    return site


def vsb_wishes_one() -> Varied:
    """One page of letters without a word of a reply."""
    site = vsb_wishes()
    site.name, site.papers = site.name + ", one page", site.papers[:6]
    return site


def called() -> Varied:
    """Links without an address: a script opens the letter."""

    def row(paper: Paper, href: str) -> str:
        return (
            f'<li><a href="javascript:void(0)" onclick="openDoc(\'{paper.number}\')">'
            f"{paper.title}</a><i>{paper.day}</i></li>"
        )

    site = trs("called by a script", row, ITEMS)
    site.whole = False
    return site


def generic(name: str, past: str, whole: bool = False) -> Made:
    """A nameless column with numbers alone."""
    made = papers(33, below("/jyta/"))
    site = Made("rows: " + name, None, "/jyta/index.html", made, 10, own_way("/jyta/"),
                numbers('<a href="{}">{}</a>'), past=past, whole=whole)  # fmt: skip
    site.aside = beside(below("/xwzx/"))
    return site


def first_again() -> Varied:
    return generic("past the end page 1", "first", whole=True)


def windowed() -> Varied:
    """Numbers in a window, with 首页 and 尾页 as arrows."""
    site = generic("a window of numbers", "404")
    site.size = 4

    def pager(made: Made, number: int) -> str:
        near = range(max(1, number - 1), min(made.last, number + 1) + 1)
        inside = "".join(
            f"<span>{n}</span>" if n == number else f'<a href="{made.link(n)}">{n}</a>'
            for n in near
        )
        return (
            f'<a href="{made.link(1)}">|&lt;</a>{inside}<a href="{made.link(made.last)}">&gt;|</a>'
        )

    site.pager = pager
    return site


def short_years() -> Varied:
    """Numbers and 下一页, with a menu of years named by numbers alone."""
    site = generic("years as numbers", "404", whole=True)
    site.pager = linked("上一页", "下一页")
    site.above = lines(f'<a href="/jyta/{year}/">{year}</a>' for year in range(2020, 2025))
    return site


def lettered() -> Varied:
    """Pages named by letters, numbers to turn them."""
    names = ["index.html", "b.html", "c.html", "d.html", "e.html"]
    site = generic("pages named by letters", "404", whole=True)
    site.way = lambda n, last: "/jyta/" + names[min(n, 5) - 1]
    site.pager = numbers('<a href="{}">{}</a>')
    return site


def joined_twice() -> Varied:
    site = generic("a pager above and one below", "404", whole=True)
    site.way = joined("/jyta/", "index.html", "list_{}.htm")
    turn = linked("上一页", "下一页")
    site.pager = lambda made, n: turn(made, n) + turn(made, n)
    return site


ROWS: tuple[Callable[[], Varied], ...] = (
    *(layout_tables, two_days, two_links, with_kind, day_first, based, without_words, root),
    *(without_slash, vsb_wishes, vsb_sibling, siteserver_wishes, opened, opened_one),
    *(called, first_again, vsb_wishes_one),
    *(windowed, short_years, lettered, joined_twice),
)
