"""Varied sites of the systems that publish files: Ucap, VSB, NFCMS and rarer ones."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5

from tests.sites.portal import lines
from tests.sites.site import Paper, papers
from tests.sites.varied import (
    DIV,
    TABLE,
    TABLE_OF_TDS,
    Made,
    Varied,
    Way,
    beside,
    broken_row,
    card,
    dl_row,
    item,
    leaf_row,
    own_way,
    p_row,
    serial_row,
    table_row,
)


def hexed(text: str) -> str:
    """Thirty-two hexadecimal digits."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def six(stem: str) -> Callable[[Made, int], str]:
    """The call with six arguments."""
    return lambda site, number: (
        f'<div id="page_div"></div><script>createPageHTML("page_div", {site.last}, {number}, '
        f"'{stem}', 'shtml', {len(site.papers)});</script>"
    )


def ucap_editor() -> Varied:
    """Paragraphs for rows, under a style of TRS_Editor; twelve a page."""
    folder = "/qyszf/c104532/"
    made = papers(40, lambda n, day: f"{folder}{day:%Y%m}/{hexed(f'u{n}')}.shtml")
    return Made(
        "ucap: p rows, TRS_Editor style", "ucap", folder + "zfxxgk_nrz.shtml", made, 12,
        own_way(folder, "shtml", "zfxxgk_nrz"), six("zfxxgk_nrz"), p_row, DIV,
        head="<style>.TRS_Editor p{margin:0}.TRS_Editor{font-family:宋体}</style>",
        aside=beside(lambda n, day: f"/qyszf/c104999/{day:%Y%m}/{hexed(f'b{n}')}.shtml"),
    )  # fmt: skip


def ucap_full() -> Varied:
    """Whole days in folders, numbers for names, a table, a full last page of fifty."""
    folder = "/qysmzj/jytabl/"
    made = papers(100, lambda n, d: f"{folder}{d.year}/{d.month}/{d.day}/{hexed(f'f{n}')}.shtml")
    return Made(
        "ucap: table, full pages of fifty", "ucap", folder + "index.shtml", made, 50,
        own_way(folder, "shtml"), six("index"), serial_row, TABLE_OF_TDS,
        nav="/qysmzj/{}/index.shtml",
    )  # fmt: skip


def vsb_way(stem: str) -> Way:
    """博达 counts backwards."""
    return lambda n, last: f"{stem}.htm" if n == 1 else f"{stem}/{last - n + 1}.htm"


VSB_HEAD = """<link href="/style/list.vsb.css" type="text/css" rel="stylesheet">
<!--Announced by Visual SiteBuilder 9-->
<script src="/system/resource/js/counter.js"></script>"""


def vsb_pager(site: Made, number: int) -> str:
    """共N条 1/3, and words."""
    links = ""
    if number > 1:
        links += f'<a href="{site.link(1)}" class="Prev">首页</a>'
        links += f'<a href="{site.link(number - 1)}" class="Prev">上页</a>'
    if number < site.last:
        links += f'<a href="{site.link(number + 1)}" class="Next">下页</a>'
        links += f'<a href="{site.link(site.last)}" class="Next">尾页</a>'
    return f"""<table><tr><td id="fanye52315" nowrap>共{len(site.papers)}条&nbsp;&nbsp;\
{number}/{site.last}&nbsp;</td><td>{links}</td></tr></table>
<script>function a52315_gopage_fun(){{_simple_list_gotopage_fun({site.last},'a52315GOPAGE',2)}}
</script>"""


def vsb_cards() -> Varied:
    """Cards, three full pages of ten; createPageHTML stands in a comment; another tree beside."""
    made = papers(30, lambda number, day: f"/info/1052/{8000 + number}.htm")
    return Made(
        "vsb: cards, createPageHTML in a comment", "vsb", "/zwgk/xxgk/jytabl.htm", made, 10,
        vsb_way("/zwgk/xxgk/jytabl"), vsb_pager, card, DIV, relative=True, head=VSB_HEAD,
        below='<!-- <script>createPageHTML(25, 0, "index", "html");</script> -->',
        aside=beside(lambda number, day: f"/info/1201/{number}.htm"), nav="/zwgk/{}.htm",
    )  # fmt: skip


def vsb_one() -> Varied:
    """One page, GBK that nobody declares."""
    made = papers(7, lambda number, day: f"/info/1052/{8000 + number}.htm")
    return Made(
        "vsb: one page, GBK undeclared", "vsb", "/zwgk/jytabl.htm", made, 15,
        vsb_way("/zwgk/jytabl"), vsb_pager, broken_row, head=VSB_HEAD, charset="gbk",
        declared="none", aside=beside(lambda number, day: f"/info/1201/{number}.htm"),
    )  # fmt: skip


def nf_pager(site: Made, number: int) -> str:
    """Numbers and words, linked by whole paths."""
    named = [] if number == 1 else [("首页", 1), ("上一页", number - 1)]
    named += [(str(n), n) for n in range(1, site.last + 1)]
    named += [] if number == site.last else [("下一页", number + 1), ("尾页", site.last)]
    return lines(f'<a href="{site.link(n)}">{word}</a>' for word, n in named)


def nfcms_menu() -> Varied:
    """The menu leads to gkmlpt; each row has a mobile twin; a table of cells."""
    folder = "/zwgk/jyta/"

    def row(paper: Paper, href: str) -> str:
        inside = item(paper, href)
        return inside.replace(
            "</li>", f'<a href="{href.replace("post_", "mpost_")}">手机版</a></li>'
        )

    made = papers(44, lambda number, day: f"{folder}content/post_{9100000 + number * 37}.html")
    menu = '<a href="/gkmlpt/index">公开目录</a><a href="/gkmlpt/guide">公开指南</a>'
    return Made(
        "nfcms: gkmlpt in the menu", "nfcms", folder + "index.html", made, 20,
        own_way(folder), nf_pager, row, above=menu,
        aside=beside(lambda n, day: f"/zwgk/tzgg/content/post_{n + 9000000}.html"),
        head='<script>window.NFCMS_SITE_ID=990123;window.NFCMS_CAT_ID="9571";</script>',
    )  # fmt: skip


def siteserver_pager(site: Made, number: int) -> str:
    """下一页 is a script; the numbers are not."""
    numbers = "".join(
        f'<a class="on">{n}</a>' if n == number else f'<a href="{site.link(n)}">{n}</a>'
        for n in range(1, site.last + 1)
    )
    after = "javascript:;" if number == site.last else f"javascript:stlGo({number + 1});"
    return (
        f'<div class="page">{numbers}<a href="{after}">下一页</a>'
        f"共 {len(site.papers)} 条 当前第 {number} / {site.last} 页</div>"
    )


def siteserver_script() -> Varied:
    """下一页 as a script; TRS_Editor in a style; rows in a table."""
    made = papers(58, lambda number, day: f"/contents/2163/{39000 + number}.html")
    return Made(
        "siteserver: 下一页 is a script", "siteserver", "/channels/2163.html", made, 10,
        own_way("/channels/", stem="2163"), siteserver_pager, table_row, TABLE,
        head="<script>var $pageInfo = {publishmentSystemID : 1, channelID : 2163, contentID : 0, "
        'currentUrl : "/channels/2163.html", apiUrl : "/api"};</script>',
        aside=beside(lambda number, day: f"/contents/2170/{number}.html"), nav="/channels/{}.html",
    )  # fmt: skip


def creator_pager(site: Made, number: int) -> str:
    """The total in the script of the goto box."""
    return (
        "<script>function toPage(num){if(num<1){return;}else if(num>"
        f'{site.last}){{alert("超出总页数");return;}}turnTo(num);}}</script>'
    )


def creator_table() -> Varied:
    """A table; two full pages of twelve; the first page by the folder alone."""
    folder = "/6790/6791/"
    made = papers(24, lambda number, day: f"{folder}content_{1034000 + number}.html")
    return Made(
        "creator: table", "creator", folder + "default.htm", made, 12,
        lambda n, last: f"{folder}default{f'_{n - 1}' if n > 1 else ''}.htm", creator_pager,
        serial_row, TABLE_OF_TDS, aside=beside(lambda n, day: f"/6790/6801/content_{n}.html"),
    )  # fmt: skip


def shaanxi_leaf() -> Varied:
    """Leaves of a calendar; ``parseInt("3")`` in double quotes."""
    folder = "/zfxxgk/fdzdgknr/jyta/zxta/"
    made = papers(25, lambda number, day: f"{folder}{1958091978013500000 + number * 7}.html")

    def pager(site: Made, number: int) -> str:
        return (
            f'<div id="pagination"></div><script>var totalPage = parseInt("{site.last}");</script>'
        )

    return Made(
        "shaanxi: leaves", "shaanxi", folder + "1.html", made, 10,
        lambda n, last: f"{folder}{n}.html", pager, leaf_row,
        aside=beside(lambda n, day: f"/zfxxgk/fdzdgknr/tzgg/{1958091978013500000 + n}.html"),
    )  # fmt: skip


def phpcms_dl() -> Varied:
    """Lists by day, eight a page, the pager in spans."""
    made = papers(20, lambda number, day: f"/show-12-{300 + number}-1.html")
    return Made(
        "phpcms: dl", "phpcms", "/list-12-1.html", made, 8,
        lambda n, last: f"/list-12-{n}.html", phpcms_pager, dl_row, DIV,
        aside=beside(lambda number, day: f"/show-9-{number}-1.html"), nav="/list-{}-1.html",
        past="last",
    )  # fmt: skip


def phpcms_pager(site: Made, number: int) -> str:
    """上一页 of the first page and 下一页 of the last lead to themselves."""
    before, after = max(1, number - 1), min(site.last, number + 1)
    numbers = "".join(
        f"<span>{n}</span>" if n == number else f'<a href="{site.link(n)}">{n}</a>'
        for n in range(1, site.last + 1)
    )
    return (
        f'<div id="pages"><a class="a1">{len(site.papers)}条</a><a href="{site.link(before)}">'
        f'上一页</a>{numbers}<a href="{site.link(after)}">下一页</a></div>'
    )


STATIC: tuple[Callable[[], Varied], ...] = (
    *(ucap_editor, ucap_full, vsb_cards, vsb_one, nfcms_menu, siteserver_script),
    *(creator_table, shaanxi_leaf, phpcms_dl),
)
