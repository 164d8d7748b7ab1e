"""Sites of other makes than the first ones, put together from parts.

How a row is printed, what stands around, how pages are named and how the pager shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from posixpath import relpath
from typing import Protocol
from urllib.parse import unquote

from tests.gov import NOT_FOUND, Answer, Heard
from tests.sites.portal import OFFICE, cut, lines, portal
from tests.sites.site import Paper

Row = Callable[[Paper, str], str]
"""A row of a paper whose address is printed as given."""
Way = Callable[[int, int], str]
"""The address of a page, by its number and that of the last page."""


class Varied(Protocol):
    """A site and what must be found: ``family`` is None where any may find it.

    ``printed`` is false where the rows show no whole day; ``left_out`` counts by reason the rows
    that are not asked for. ``whole``: all must be found; else a finding does in its stead.
    """

    name: str
    family: str | None
    column: str
    papers: list[Paper]
    printed: bool
    left_out: dict[str, int]
    whole: bool

    def answer(self, heard: Heard) -> Answer | None:
        """Answer for the listing and for what its scripts ask; None for what is not the site's."""


def day_of(paper: Paper, shape: str) -> str:
    """A day in one of the shapes of real lists."""
    day = paper.day
    return shape.format(y=day.year, m=day.month, d=day.day, mm=f"{day:%m}", dd=f"{day:%d}")


def table_row(paper: Paper, href: str) -> str:
    """索引号|标题|文号|发布日期: the heads stand in the frame `TABLE`."""
    return (
        f'<tr><td>990123006/2024-{paper.number:05}</td><td class="bt"><a href="{href}" '
        f'title="{paper.title}" target="_blank">{cut(paper.title, 16)}</a></td>'
        f"<td>清民函〔2024〕{paper.number}号</td><td>{paper.day}</td></tr>"
    )


TABLE = (
    '<table class="zfxxgk" width="100%"><thead><tr><th>索引号</th><th>标题</th><th>文号</th>'
    "<th>发布日期</th></tr></thead><tbody>\n{}\n</tbody></table>"
)
TABLE_OF_TDS = (
    '<table class="tab"><tr class="tit"><td>序号</td><td>标　题</td><td>文　号</td>'
    "<td>发布日期</td></tr>\n{}\n</table>"
)


def serial_row(paper: Paper, href: str) -> str:
    """序号|标题|文号|发布日期, the heads in cells as all others; the title is cut for good."""
    return (
        f"<tr><td>{paper.number}</td><td><a href='{href}' title='{paper.title}'>"
        f"{cut(paper.title, 12)}</a></td><td>&nbsp;</td>"
        f"<td>{day_of(paper, '{y}.{m}.{d}')}</td></tr>"
    )


def dl_row(paper: Paper, href: str) -> str:
    """A definition list a row."""
    return (
        f'<dl class="clearfix"><dt><a href="{href}" target="_blank">{paper.title}</a></dt>'
        f"<dd><em>发布日期：</em>{day_of(paper, '{y}年{m}月{d}日')}</dd></dl>"
    )


def dd_row(paper: Paper, href: str) -> str:
    """A term of the day before the link."""
    return (
        f"<dt>{day_of(paper, '{y}/{m}/{d}')}</dt>"
        f'<dd><a title="{paper.title}" href="{href}">{cut(paper.title)}</a></dd>'
    )


def card(paper: Paper, href: str) -> str:
    """A card with an abstract; its picture and 查看详情 lead to the same letter."""
    return f"""<div class="card"><a class="pic" href="{href}"><img src="/images/doc.png"></a>
<h3><a href="{href}" title="{paper.title}">{cut(paper.title, 14)}</a></h3>
<p class="abs">顾明远代表：
您2023年12月1日提出的《关于加强第{paper.number}社区养老服务的建议》收悉……</p>
<p class="info"><span>来源：{OFFICE}</span><span>时间：{day_of(paper, "{y}/{m}/{d}")}</span>
<span>浏览：-</span><a class="more" href="{href}">查看详情</a></p></div>"""


def p_row(paper: Paper, href: str) -> str:
    """A paragraph a row, the day in brackets after the link."""
    return f'<p>·&nbsp;<a href="{href}">{paper.title}</a>&nbsp;&nbsp;({paper.day})</p>'


def br_row(paper: Paper, href: str) -> str:
    """Rows that only line breaks part."""
    return f'<img src="/images/dot.gif"> <a href="{href}">{paper.title}</a> [{paper.day}]<br>'


def leaf_row(paper: Paper, href: str) -> str:
    """A leaf of a calendar: the day large, year and month small below."""
    return (
        f'<li><div class="leaf"><b>{paper.day:%d}</b><i>{paper.day:%Y-%m}</i></div>'
        f'<div class="txt"><a href="{href}">{paper.title}</a></div></li>'
    )


def broken_row(paper: Paper, href: str) -> str:
    """A day that is broken over lines, as templates with loops leave it."""
    return (
        f'<li>\n<a href="{href}"\n title="{paper.title}">\n{cut(paper.title)}\n</a>\n<span>\n'
        f"{paper.day:%Y}-\n\t{paper.day:%m}-\n\t{paper.day:%d}\n</span>\n</li>"
    )


def short_row(paper: Paper, href: str) -> str:
    """Month and day alone."""
    return f'<li><a href="{href}">{paper.title}</a><span>[{paper.day:%m-%d}]</span></li>'


def bare_row(paper: Paper, href: str) -> str:
    """No day at all."""
    return f'<li><a href="{href}" title="{paper.title}">{cut(paper.title, 24)}</a></li>'


def item(paper: Paper, href: str) -> str:
    """The row of most templates."""
    return (
        f'<li><a href="{href}" target="_blank" title="{paper.title}">{cut(paper.title)}</a>'
        f"<span>{paper.day}</span></li>"
    )


def twin_row(paper: Paper, href: str) -> str:
    """A row with its twin for the elder, whose address has a suffix."""
    stem, _, suffix = href.rpartition(".")
    return (
        f'<li><a href="{href}" title="{paper.title}">{paper.title}</a>'
        f'<a href="{stem}_slh.{suffix}" title="{paper.title}">适老版</a><i>{paper.day}</i></li>'
    )


HOT = ("社区食堂开放日", "防汛演练", "志愿服务周", "公墓祭扫预约", "婚姻登记进公园")


def beside(path: Callable[[int, date], str], titles: tuple[str, ...] = HOT) -> str:
    """A box of ten dated articles of other columns, whose addresses have the column's shape."""
    rows = []
    for number in range(10):
        day = date(2024, 9, 20 - number)
        title = f"我市举行{titles[number % len(titles)]}活动（第{number + 3}场）"
        rows.append(
            f'<li><a href="{path(99000 + number, day)}" title="{title}">{title}</a>'
            f"<span>{day}</span></li>"
        )
    return f'<h3>热点信息</h3><ul class="hot">\n{lines(rows)}\n</ul>'


def years_menu(shape: str) -> str:
    """A menu of thirty years."""
    links = lines(f'<a href="{shape.format(year)}">{year}年</a>' for year in range(2025, 1995, -1))
    return f'<div class="years">{links}</div>'


ITEMS = '<ul class="list">\n{}\n</ul>'
DIV = '<div class="main-list">\n{}\n</div>'


@dataclass
class Made:
    """A column put together from parts; its pages lie as files, or are asked for by a query."""

    name: str
    family: str | None
    column: str
    papers: list[Paper]
    size: int
    way: Way
    pager: Callable[[Made, int], str]
    row: Row = item
    frame: str = ITEMS
    printed: bool = True
    whole: bool = True
    left_out: dict[str, int] = field(default_factory=dict)
    relative: bool = False
    moved: str = ""  # an address that leads to the column by 301
    pinned: str = ""  # rows that stand first on every page
    strewn: Mapping[int, str] = field(default_factory=dict)  # rows before those of papers
    charset: str = "utf-8"
    declared: str = ""  # what the page says of its charset, where that is not so simple
    bom: bytes = b""
    nav: str = "/zwgk/{}/index.html"
    head: str = ""
    aside: str = ""
    above: str = ""
    below: str = ""
    foot: str = ""
    past: str = "404"  # or "first", "last", "empty"

    @property
    def last(self) -> int:
        """The number of its last page."""
        return max(1, -(-len(self.papers) // self.size))

    def shown(self, number: int) -> list[Paper]:
        """The papers of one page."""
        return self.papers[(number - 1) * self.size : number * self.size]

    def link(self, number: int) -> str:
        """The address of a page as a pager prints it."""
        return self.way(number, self.last)

    def answer(self, heard: Heard) -> Answer | None:
        if self.moved and heard.path == self.moved:
            return Answer(301, {"Location": self.home})
        number = self.asked(heard)
        if number is None:
            return None
        if number <= self.last:
            return self.send(number)
        return {
            "404": NOT_FOUND,
            "first": self.send(1),
            "last": self.send(self.last),
            "empty": self.send(number),
        }[self.past]

    @property
    def home(self) -> str:
        """Where the first page is shown."""
        return self.way(1, self.last) if self.moved else self.column

    def asked(self, heard: Heard) -> int | None:
        """Which page is asked for."""
        path = unquote(heard.path)
        pages = {unquote(self.way(n, self.last)): n for n in range(self.last + 8, 0, -1)}
        pages[unquote(self.home)] = 1
        lie_as_files = not any("?" in page for page in pages)
        return pages.get(path.partition("?")[0] if lie_as_files else path)

    def href(self, number: int, paper: Paper) -> str:
        """The address of a paper as a page prints it."""
        here = self.link(number).partition("?")[0].rpartition("/")[0] or "/"
        return relpath(paper.path, here) if self.relative else paper.path

    def show(self, number: int) -> str:
        """Print one page."""
        rows = []
        for paper in self.shown(number):
            place = self.papers.index(paper)
            rows += [self.strewn[place]] if place in self.strewn else []
            rows.append(self.row(paper, self.href(number, paper)))
        listing = self.frame.format(self.pinned + lines(rows))
        return portal(
            f"{self.above}\n{listing}\n{self.pager(self, number)}\n{self.below}",
            nav=self.nav,
            aside=self.aside,
            head=self.head,
            foot=self.foot,
            charset=self.declared or self.charset,
        )

    def send(self, number: int) -> Answer:
        """Send one page; only UTF-8 is said in the header."""
        kind = "text/html" + ("; charset=utf-8" if self.charset == "utf-8" else "")
        body = self.show(number)
        if self.declared == "none":
            body = body.replace("; charset=none", "")
        return Answer(200, {"Content-Type": kind}, self.bom + body.encode(self.charset))


def trs_way(folder: str, suffix: str = "html", stem: str = "index") -> Way:
    """TRS counts from 0."""
    return lambda number, last: f"{folder}{stem}{f'_{number - 1}' if number > 1 else ''}.{suffix}"


def own_way(folder: str, suffix: str = "html", stem: str = "index") -> Way:
    return lambda number, last: f"{folder}{stem}{f'_{number}' if number > 1 else ''}.{suffix}"


def trs_pager(suffix: str = "html", stem: str = "index") -> Callable[[Made, int], str]:
    """The call with four arguments."""
    return lambda site, number: (
        f'<div class="page"><script>createPageHTML({site.last}, {number - 1}, "{stem}", '
        f'"{suffix}");</script></div>'
    )
