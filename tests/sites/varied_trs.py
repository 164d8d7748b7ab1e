"""Varied columns of TRS: rows, furniture and addresses that the first sites have not."""

from __future__ import annotations

from collections.abc import Callable

from tests.sites.site import papers
from tests.sites.trs import article
from tests.sites.varied import (
    DIV,
    TABLE,
    Made,
    Varied,
    beside,
    br_row,
    broken_row,
    card,
    dd_row,
    dl_row,
    leaf_row,
    p_row,
    short_row,
    table_row,
    trs_pager,
    trs_way,
    twin_row,
    years_menu,
)

NOTICE = (
    '<li><a href="{0}t20240105_5390001.html" title="2023年建议提案办理情况统计表">'
    "2023年建议提案办理情况统计表</a><span>2024-01-05</span></li>"
)
AWAY = (
    '<li><a href="https://mp.weixin.qq.com/s/Zx3kQ0vN1b2c">图解：建议提案办理这一年</a>'
    "<span>2024-02-01</span></li>"
    '<li><a href="http://www.donghe.gov.test/jyta/202402/t20240202_17.html" '
    'title="东河县人民政府关于市八届人大二次会议第301号建议的会办意见">东河县人民政府关于市八届人大二次会议…'
    "</a><span>2024-02-02</span></li>"
)


def trs_table() -> Varied:
    """A table with heads; two full pages; jquery.jpage.js is left over from another system."""
    folder = "/jyta/"
    return Made(
        "trs: table, jpage left over", "trs", folder, papers(50, article(folder, "shtml")), 25,
        trs_way(folder, "shtml"), trs_pager("shtml"), table_row, TABLE, relative=True,
        head='<script src="/script/jquery.jpage.js"></script>',
        aside=beside(article("/gzdt/", "shtml")), nav="/{}/index.shtml",
    )  # fmt: skip


def trs_dl() -> Varied:
    """Definition lists, GB2312 that only the page declares; ten a page, deep below."""
    folder = "/zfxxgk/fdzdgknr/qtfdxx/jyta/rdjy/2024n/"
    return Made(
        "trs: dl, GB2312", "trs", folder + "index.html", papers(43, article(folder, "html")), 10,
        trs_way(folder), trs_pager(), dl_row, DIV, relative=True, charset="gb2312",
        aside=beside(article("/zfxxgk/fdzdgknr/ywdt/", "html")), past="first",
    )  # fmt: skip


def trs_cards() -> Varied:
    """Cards with abstracts, five a page, a BOM; the first page is ``list.html``."""
    folder = "/zwgk/jytabl/"
    return Made(
        "trs: cards, BOM", "trs", folder + "list.html", papers(23, article(folder, "html")), 5,
        trs_way(folder, stem="list"), trs_pager(stem="list"), card, DIV, bom=b"\xef\xbb\xbf",
        aside=beside(article("/zwgk/tzgg/", "html")),
    )  # fmt: skip


def trs_strewn() -> Varied:
    """Notices and rows that lead to other hosts among the replies, on one full page."""
    folder = "/zwgk/jytabl/"
    return Made(
        "trs: notices and other hosts", "trs", folder, papers(12, article(folder, "html")), 12,
        trs_way(folder), trs_pager(), strewn={2: NOTICE.format(folder + "202401/"), 7: AWAY},
        left_out={"notice": 1, "other host": 2},
    )  # fmt: skip


def trs_one() -> Varied:
    """One reply."""
    folder = "/zwgk/jytabl/2024/"
    return Made(
        "trs: one reply", "trs", folder, papers(1, article(folder, "html")), 15,
        trs_way(folder), trs_pager(), aside=beside(article("/zwgk/tzgg/2024/", "html")),
    )  # fmt: skip


def trs_moved() -> Varied:
    """The column has moved: 301 to another path."""
    folder = "/new/jytabl/"
    return Made(
        "trs: moved", "trs", "/jytabl/", papers(33, article(folder, "html")), 15,
        trs_way(folder), trs_pager(), broken_row, relative=True, moved="/jytabl/",
    )  # fmt: skip


def trs_chinese() -> Varied:
    """Folders in Chinese, percent-encoded."""
    folder = "/zwgk/%E5%BB%BA%E8%AE%AE%E6%8F%90%E6%A1%88/"
    return Made(
        "trs: Chinese folder", "trs", folder, papers(24, article(folder, "html")), 10,
        trs_way(folder), trs_pager(), p_row, DIV, relative=True,
    )  # fmt: skip


def trs_guangxi() -> Varied:
    """广西: addresses without a day, month and day alone in the rows, the year in a heading."""
    folder = "/zwgk/jytajg/2024rdjy/"
    made = papers(36, lambda number, day: f"{folder}t{17000000 + number}.shtml")
    return Made(
        "trs: 广西, short days", "trs", folder, made, 12, trs_way(folder, "shtml"),
        trs_pager("shtml"), short_row, above="<h2>2024年</h2>", relative=True, printed=False,
    )  # fmt: skip


def trs_pinned() -> Varied:
    """A pinned notice on every page, a calendar leaf a row, a menu of years that are elsewhere."""
    folder = "/xxgk/jyta/"
    pinned = NOTICE.format(folder + "202401/").replace("<li>", '<li class="top"><em>置顶</em>')
    return Made(
        "trs: pinned, leaves", "trs", folder, papers(35, article(folder, "html")), 10,
        trs_way(folder), trs_pager(), leaf_row, pinned=pinned, left_out={"notice": 1},
        aside=years_menu("/xxgk/nb/{}/"),
    )  # fmt: skip


def trs_twins() -> Varied:
    """Each row has a twin for the elder; 上一篇 and 下一篇 stand under the list."""
    folder = "/xxgk/jyta/"
    below = (
        '<p>上一篇：<a href="/xxgk/nb/202401/t20240110_5300001.html">2023年公开年报</a></p>'
        '<p>下一篇：<a href="/xxgk/zn/202401/t20240111_5300002.html">信息公开指南</a></p>'
    )
    return Made(
        "trs: twins", "trs", folder, papers(30, article(folder, "html")), 15,
        trs_way(folder), trs_pager(), twin_row, below=below,
    )  # fmt: skip


def trs_pdf() -> Varied:
    """Half of the replies are PDF files."""
    folder = "/zwgk/jyta/"

    def path(number: int, day: object) -> str:
        if number % 2:
            return f"{folder}202404/P0202404{number:05}.pdf"
        return f"{folder}202404/t20240401_{5318000 + number}.html"

    return Made(
        "trs: PDF", "trs", folder, papers(27, path), 10, trs_way(folder), trs_pager(), dd_row,
        "<dl>\n{}\n</dl>", relative=True,
    )  # fmt: skip


def trs_breaks() -> Varied:
    """Rows that only <br> parts."""
    folder = "/tajy/"
    return Made(
        "trs: br rows", "trs", folder, papers(31, article(folder, "html")), 15,
        trs_way(folder), trs_pager(), br_row, DIV,
    )  # fmt: skip


TRS: tuple[Callable[[], Varied], ...] = (
    *(trs_table, trs_dl, trs_cards, trs_strewn, trs_one, trs_moved, trs_chinese, trs_guangxi),
    *(trs_pinned, trs_twins, trs_pdf, trs_breaks),
)
