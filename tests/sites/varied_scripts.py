"""Varied sites of the systems whose rows come by scripts: the first ones, changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tests.gov import Answer, Heard
from tests.sites import (
    asked,
    aspnet,
    blocks,
    epoint,
    gkmlpt,
    hanweb,
    igs,
    jpaas,
    lonsun,
    querylist,
    truecms,
    ucapsearch,
    vsb,
    xxgk,
)
from tests.sites.portal import cut
from tests.sites.site import Paper, Site, papers
from tests.sites.varied import Varied, beside

Edit = Callable[[str, str], str]
"""What becomes of a text: the path that was asked for, and the text."""


@dataclass
class Changed:
    """A site of the first ones whose answers are changed before they are sent."""

    name: str
    inner: Site
    edits: tuple[Edit, ...]
    family: str | None = None
    printed: bool = True
    whole: bool = True
    left_out: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.family = self.family or self.inner.family
        self.column = self.inner.column
        self.papers = self.inner.papers

    def answer(self, heard: Heard) -> Answer | None:
        sent = self.inner.answer(heard)
        if sent is None or sent.status != 200:
            return sent
        charset = "gbk" if "gbk" in str(sent.headers).lower() else "utf-8"
        try:
            text = sent.body.decode(charset)
        except UnicodeDecodeError:
            return sent
        for edit in self.edits:
            text = edit(heard.path.partition("?")[0], text)
        return Answer(200, sent.headers, text.encode(charset))


def is_page(text: str) -> bool:
    """Whether an answer is a whole page."""
    return "<body" in text and "</html>" in text


def at_end(more: str) -> Edit:
    """Set something in at the end of whole pages."""
    return lambda path, text: text.replace("</body>", more + "</body>") if is_page(text) else text


def at_side(path: Callable[[int, date], str]) -> Edit:
    """Set a box of other articles in before the list of whole pages."""

    def edit(asked_for: str, text: str) -> str:
        if not is_page(text):
            return text
        mark = '<div class="main">'
        return text.replace(mark, f'<div class="hotbox">{beside(path)}</div>{mark}', 1)

    return edit


def bom(path: str, text: str) -> str:
    """Set a BOM before answers that are no pages."""
    return text if is_page(text) else "\ufeff" + text


def jsonp(path: str, text: str) -> str:
    """Wrap JSON as for a callback that nobody named."""
    return f"\r\ncallback({text});\r\n" if text.startswith(("{", "[")) else text


WIDGET = (
    '<div class="hot"><script>createPageHTML(12, 0, "index", "html");</script></div>'
    "<style>.TRS_Editor{line-height:2}</style>"
)
BIG5 = '<script charset="big5" src="/js/fanti.js"></script><script>var cs="charset=big5";</script>'


def swapped(*pairs: tuple[str, str]) -> Edit:
    """Replace texts."""

    def edit(path: str, text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return edit


def head_row(host: str, paper: Paper) -> str:
    """A table row a record, the day first, the heads in the page."""
    return (
        f"<tr><td>{paper.day.year}年{paper.day.month}月{paper.day.day}日</td><td><a href='"
        f"{paper.path}' title='{paper.title}'>{cut(paper.title, 12)}</a></td></tr>"
    )


def jpage(name: str, count: int, perpage: int = 15) -> hanweb.Jpage:
    """A column of jpage whose proxy goes by records."""
    made = papers(count, hanweb.art(80179))
    site = hanweb.Jpage(name, made, ("records",), "80179", "404123", row=head_row)
    site.perpage = perpage
    return site


def jpage_widget() -> Varied:
    """createPageHTML of another widget, table rows, ten articles of another column beside."""
    other = hanweb.art(80133)
    return Changed("jpage: table, createPageHTML of a widget", jpage("", 100, 20),
                   (at_side(other), at_end(WIDGET + BIG5)))  # fmt: skip


def jpage_full() -> Varied:
    """Exactly what one group holds."""
    return Changed("jpage: exactly one group", jpage("", 45), (at_end(WIDGET),))


def jpage_one() -> Varied:
    return Changed("jpage: one reply", jpage("", 1), (at_side(hanweb.art(80133)),))


def jpage_more() -> Varied:
    return Changed("jpage: one more than a group", jpage("", 46), ())


def xxgk_marks() -> Varied:
    """The catalogue with jpage's script left over, and a full last page."""
    inner = xxgk.Xxgk("", papers(40, hanweb.art(12370)), 12370, "A0212", {})
    left = '<script src="/module/web/jpage/jquery.jpage.js"></script>'
    return Changed("xxgk: jpage left over", inner, (at_end(left + WIDGET),))


def jpaas_elsewhere(number: int, day: date) -> str:
    """Where a paper of another column stands."""
    return f"/col/col1229895799/art/{day.year}/art_{number:032x}.html"


def jpaas_marks() -> Varied:
    """Ten a page, jpage left over, rows as leaves of a calendar."""
    inner = jpaas.Jpaas("", papers(30, jpaas.art), "信息列表", {}, rows=10)
    edit = swapped(
        ("<i></i>", ""), ('<span class="bt-right">', "<em>"), ("</span></li>", "</em></li>")
    )
    left = '<script src="/script/jquery.jpage.js"></script>'
    return Changed("jpaas: ten a page, jpage left over", inner,
                   (edit, at_side(jpaas_elsewhere), at_end(left), bom))  # fmt: skip


def jpaas_one() -> Varied:
    """One reply in a shell."""
    search = {
        "xxgkId": "W001-002",
        "xxgkType": "xxgk_combination",
        "nodeId": "11990",
        "className": "",
    }
    inner = jpaas.Jpaas("", papers(1, jpaas.art), "组配分类list", search)
    return Changed("jpaas: one reply", inner, (bom,))


def gkmlpt_bom() -> Varied:
    """A BOM before the JSON; exactly two pages of a hundred."""
    inner = gkmlpt.Gkmlpt("", papers(200, gkmlpt.post("")), "", 5121, "755041", plain=True)
    return Changed("gkmlpt: BOM, full pages", inner, (bom,))


def gkmlpt_one() -> Varied:
    inner = gkmlpt.Gkmlpt("", papers(1, gkmlpt.post("")), "", 5121, "755041", plain=True)
    return Changed("gkmlpt: one reply", inner, ())


def truecms_wrapped() -> Varied:
    """Full pages, and a BOM before JSONP."""
    inner = truecms.TrueCms("", papers(60, truecms.content), truecms._proxy("TrueCMS"), 50)
    return Changed("truecms: BOM, full pages", inner, (bom, at_end(WIDGET)))


def truecms_few() -> Varied:
    """All in the page."""
    inner = truecms.TrueCms("", papers(8, truecms.content), truecms._proxy("truecms"), 50)
    return Changed("truecms: all in the page", inner, ())


def lonsun_cards() -> Varied:
    """Rows as definition lists; createPageHTML of another widget; full last page."""
    inner = lonsun.Lonsun("", papers(45, lonsun.public(20261)), json=False)
    edit = swapped(("<li><a", "<dl><dt><a"), ('</a><span class="date">', "</a></dt><dd>日期："),
                   ("</span></li>", "</dd></dl>"))  # fmt: skip
    other = lonsun.public(20999)
    return Changed("lonsun: dl rows", inner, (edit, at_side(other), at_end(WIDGET)))


def lonsun_bom() -> Varied:
    """JSON with a BOM."""
    inner = lonsun.Lonsun("", papers(31, lonsun.public(20261)), json=True)
    return Changed("lonsun: JSON with a BOM", inner, (bom,))


def ucap_bom() -> Varied:
    """JSON with a BOM; twelve a page."""
    inner = ucapsearch.Ucap("", papers(24, ucapsearch.shtml), 0, size=12)
    style = "<style>.TRS_Editor p{margin:0}</style>"
    return Changed("ucap search: BOM", inner, (bom, at_end(style)))


def epoint_jsonp() -> Varied:
    """JSON wrapped in a call."""
    inner = epoint.Epoint("", papers(25, epoint.news), "/EWB-FRONT", wrapped=False)
    return Changed("epoint: wrapped in a call", inner, (jsonp,))


def igs_bom() -> Varied:
    """JSON with a BOM; a static pager's call is left over."""
    fields = {"code": igs.CODE, "siteId": "57", "searchWord": "", "orderBy": "time"}
    inner = igs.Igs("", papers(40, igs.doc), igs.SEARCH, fields, upper=False)
    left = '<!-- <script>createPageHTML(9, 0, "index", "shtml");</script> -->'
    return Changed("igs: BOM, createPageHTML in a comment", inner, (bom, at_end(left)))


def querylist_full() -> Varied:
    """Full pages, JSON with a BOM."""
    inner = querylist.QueryList("", papers(30, querylist.shtml))
    return Changed("querylist: BOM, full pages", inner, (bom,))


def blocks_dl() -> Varied:
    """Rows as cards in a definition list."""
    edit = swapped(('<li class="xxgk_gfxwjk-list-li">', "<dl><dt>"),
                   ('</a><span class="date">', "</a></dt><dd>"),
                   ("</span></li>", "</dd></dl>"))  # fmt: skip

    def other(number: int, day: date) -> str:
        return f"/columns/{UUID(int=0xB1 << 112)}/{day:%Y%m}/{day:%d}/{UUID(int=number)}.html"

    inner = blocks.Blocks("", papers(45, blocks.doc))
    return Changed("blocks: dl, full pages", inner, (edit, at_side(other)))


def static_changed(name: str, inner: Site, *more: Edit) -> Changed:
    """A site of the kind that needs no script, with what else may be in a page."""
    inner.papers = inner.papers[:30]
    return Changed(name, inner, (at_end(WIDGET + BIG5), *more))


def aspnet_widget() -> Varied:
    return static_changed("aspnet: createPageHTML of a widget", aspnet.aspnet_page())


def aspnet_back() -> Varied:
    return static_changed("aspnet: postback, a widget", aspnet.aspnet_postback())


def ylcms_widget() -> Varied:
    return static_changed("ylcms: a widget", asked.ylcms())


def ilist_widget() -> Varied:
    return static_changed("ilist: a widget", asked.ilist())


def vsb_tree_widget() -> Varied:
    return static_changed("vsb: by query, a widget", vsb.vsb_tree())


def vsb_egov_widget() -> Varied:
    return static_changed("vsb: egov, a widget", vsb.vsb_egov())


SCRIPTED: tuple[Callable[[], Varied], ...] = (
    *(jpage_widget, jpage_full, jpage_one, jpage_more, xxgk_marks, jpaas_marks, jpaas_one),
    *(gkmlpt_bom, gkmlpt_one, truecms_wrapped, truecms_few, lonsun_cards, lonsun_bom, ucap_bom),
    *(epoint_jsonp, igs_bom, querylist_full, blocks_dl),
    *(aspnet_widget, aspnet_back, ylcms_widget, ilist_widget, vsb_tree_widget, vsb_egov_widget),
)
