"""Pagers of no known system: pictures, signs, calls, boxes, and other names of pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.sites.portal import lines
from tests.sites.site import papers
from tests.sites.varied import (
    DIV,
    ITEMS,
    TABLE_OF_TDS,
    Made,
    Row,
    Varied,
    Way,
    bare_row,
    beside,
    broken_row,
    card,
    dl_row,
    item,
    own_way,
    p_row,
    serial_row,
)

Pager = Callable[[Made, int], str]


def below(folder: str) -> Callable[[int, date], str]:
    """Where a nameless system puts an article: by year."""
    return lambda number, day: f"{folder}{day:%Y}/{number + 400}.html"


def site(
    name: str,
    column: str,
    way: Way,
    pager: Pager,
    *,
    row: Row = item,
    frame: str = ITEMS,
    count: int = 43,
    size: int = 10,
    whole: bool = False,
    printed: bool = True,
    past: str = "404",
    folder: str = "",
) -> Varied:
    """Put a nameless site together; its articles lie below the column's folder."""
    folder = folder or column.partition("?")[0].rpartition("/")[0] + "/"
    return Made(
        "generic: " + name, None, column, papers(count, below(folder)), size, way, pager, row,
        frame, printed, whole, past=past, aside=beside(below("/xwzx/")), nav="/{}/index.html",
    )  # fmt: skip


def queried(address: str, first: str | None = None) -> Way:
    """The pages differ in a query; the first may be asked for without it."""
    return lambda number, last: first if first and number == 1 else address.format(number)


def joined(folder: str, first: str, other: str) -> Way:
    """The first page has a name of its own."""
    return lambda number, last: folder + (first if number == 1 else other.format(number))


def linked(before: str, after: str) -> Pager:
    """上一页 and 下一页 in some form, each where it leads on."""

    def pager(made: Made, number: int) -> str:
        back = f'<a href="{made.link(number - 1)}">{before}</a>' if number > 1 else ""
        on = f'<a href="{made.link(number + 1)}">{after}</a>' if number < made.last else ""
        return f'<div class="turn">{back} {on}</div>'

    return pager


def numbers(form: str, now: str = "<b>{}</b>") -> Pager:
    """The numbers alone; ``form`` is given the address and the number."""

    def pager(made: Made, number: int) -> str:
        return lines(
            now.format(n) if n == number else form.format(made.link(n), n)
            for n in range(1, made.last + 1)
        )

    return pager


def called(call: str, script: str) -> Pager:
    """Numbers whose links call a script."""

    def pager(made: Made, number: int) -> str:
        links = lines(call.format(n) for n in range(1, made.last + 1) if n != number)
        return f"<div>{links}</div><script>{script.replace('LAST', str(made.last))}</script>"

    return pager


def images() -> Varied:
    pager = linked(
        '<img src="/images/prev.gif" alt="上一页" border="0">',
        '<img src="/images/next.gif" alt="下一页" border="0">',
    )
    return site("pictures", "/jyta/", joined("/jyta/", "", "l{}.html"), pager, whole=True)


def signs() -> Varied:
    way = queried("/jyta/list?pn={}", "/jyta/list")
    return site("« and », pn", "/jyta/list", way, linked("«", "»"), row=dl_row, frame=DIV)


def entities() -> Varied:
    way = joined("/jyta/", "index.html", "list_{}.html")
    pager = linked("&lt;", "&gt;")
    return site("< and >", "/jyta/index.html", way, pager)


def go_page() -> Varied:
    pager = called(
        '<a href="#" onclick="goPage({0})">{0}</a>',
        'function goPage(n){location.href="list_"+n+".html";}',
    )
    return site(
        "goPage", "/jyta/list_1.html", joined("/jyta/", "list_1.html", "list_{}.html"), pager
    )


def to_page() -> Varied:
    pager = called(
        '<a href="javascript:toPage({0})">{0}</a>',
        'function toPage(n){window.location="jyta-"+n+".html";}',
    )
    return site("toPage", "/zwgk/jyta.html", joined("/zwgk/", "jyta.html", "jyta-{}.html"), pager)


def chosen() -> Varied:
    def pager(made: Made, number: int) -> str:
        options = lines(
            f'<option value="{made.link(n)}"{" selected" * (n == number)}>第{n}页</option>'
            for n in range(1, made.last + 1)
        )
        return f'<select onchange="location.href=this.value">{options}</select>'

    way = joined("/jyta/", "index.html", "index_0{}.html")
    return site("select", "/jyta/index.html", way, pager, row=serial_row, frame=TABLE_OF_TDS)


def jump_box() -> Varied:
    def pager(made: Made, number: int) -> str:
        return (
            f"共{made.last}页 第{number}页 到第"
            '<input id="p">页 <a href="javascript:jump()">跳转</a>'
            '<script>function jump(){location.href="?page="+$("#p").val();}</script>'
        )

    way = queried("/jyta/?page={}", "/jyta/")
    return site("jump box", "/jyta/", way, pager, row=card, frame=DIV)


def folders() -> Varied:
    way = joined("/jyta/", "", "{}/")
    return site("folders", "/jyta/", way, numbers('<a href="{}">{}</a>'), whole=True)


def by_query() -> Varied:
    def pager(made: Made, number: int) -> str:
        return linked("上一页", "下一页")(made, number) + f"共{len(made.papers)}条"

    way = queried("/jyta/list.php?cid=7&page={}")
    return site("page=", "/jyta/list.php?cid=7", way, pager, whole=True, past="empty")


def dashes() -> Varied:
    way = joined("/zwgk/", "jyta.html", "jyta-{}.html")
    return site("dashes", "/zwgk/jyta.html", way, numbers('<a href="{}">[{}]</a>'), whole=True)


def padded() -> Varied:
    way = joined("/jyta/", "index.html", "index_0{}.html")
    pager = numbers('<a href="{}">0{}</a>', "<span>0{}</span>")
    return site("padded", "/jyta/index.html", way, pager, row=broken_row)


def p_names() -> Varied:
    way = joined("/jyta/", "index.html", "p{}.html")
    return site("p2", "/jyta/index.html", way, numbers('<li><a href="{}">{}</a></li>'), row=p_row,
                frame=DIV, whole=True)  # fmt: skip


def posted() -> Varied:
    pager = called(
        '<a href="javascript:gotoPage({0})">{0}</a>',
        "function gotoPage(n){document.forms[1].page.value=n;document.forms[1].submit();}",
    )
    return site("posted", "/jyta/list.do", lambda n, last: f"/jyta/list.do?p={n}", pager)


def data_url() -> Varied:
    def pager(made: Made, number: int) -> str:
        on = f'<a href="javascript:;" data-url="{made.link(number + 1)}">下一页</a>'
        return on if number < made.last else "<span>下一页</span>"

    return site("data-url", "/jyta/index.html", own_way("/jyta/"), pager)


def laypage() -> Varied:
    def pager(made: Made, number: int) -> str:
        return (
            '<div id="pager"></div><script>laypage({elem:"pager",count:'
            f"{len(made.papers)},limit:{made.size},curr:{number},jump:function(o,first)"
            '{if(!first)location.href="/jyta/list/"+o.curr;}});</script>'
        )

    return site(
        "laypage", "/jyta/list/1", lambda n, last: f"/jyta/list/{n}", pager, folder="/jyta/"
    )


def load_more() -> Varied:
    def pager(made: Made, number: int) -> str:
        more = '<a href="javascript:more();" class="more">加载更多</a>'
        return more + '<script src="/js/more.js"></script>'

    return site("load more", "/jyta/index.html", lambda n, last: f"/jyta/part/{n}/x", pager)


def announced_only() -> Varied:
    def pager(made: Made, number: int) -> str:
        return f"<p>本栏目共有{len(made.papers)}条信息</p>"

    return site("a total alone", "/jyta/index.html", lambda n, last: f"/jyta/part/{n}/x", pager)


def words_only() -> Varied:
    pager = linked("上页", "下页")
    way = joined("/jyta/", "index.html", "k{}.html")
    return site("no days, 下页", "/jyta/index.html", way, pager, row=bare_row, printed=False,
                whole=True)  # fmt: skip


def further() -> Varied:
    pager = linked("« 前一页", "后一页 »")
    way = joined("/jyta/", "index.html", "k{}.html")
    return site("后一页", "/jyta/index.html", way, pager, row=card, frame=DIV)


def english() -> Varied:
    way = queried("/jyta/index.do?currentPage={}")
    return site("Next", "/jyta/index.do", way, linked("Previous", "Next"), past="last")


def disabled_last() -> Varied:
    """下一页 of the last page leads to the last page, 上一页 of the first to the first."""

    def pager(made: Made, number: int) -> str:
        before, after = max(1, number - 1), min(made.last, number + 1)
        return (
            f'<a href="{made.link(1)}">首页</a><a href="{made.link(before)}">上一页</a>'
            f'<a href="{made.link(after)}">下一页</a><a href="{made.link(made.last)}">末页</a>'
            f"第{number}页/共{made.last}页"
        )

    way = queried("/jyta/list.jsp?id=12&pageIndex={}")
    return site("the last leads to itself", "/jyta/list.jsp?id=12", way, pager, whole=True,
                past="last", size=12)  # fmt: skip


def one_full() -> Varied:
    """One page, full, with a pager that leads nowhere."""
    return site("one full page", "/jyta/index.html", own_way("/jyta/"),
                lambda made, n: "<span>上一页</span><span>1</span><span>下一页</span>", count=20,
                size=20, whole=True)  # fmt: skip


GENERIC: tuple[Callable[[], Varied], ...] = (
    *(images, signs, entities, go_page, to_page, chosen, jump_box, folders, by_query, dashes),
    *(padded, p_names, posted, data_url, laypage, load_more, announced_only, words_only, further),
    *(english, disabled_last, one_full),
)
