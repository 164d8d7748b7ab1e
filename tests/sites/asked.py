"""Columns that a program makes at each question: ylcms, PHPCMS, ``info/iList.jsp``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from tests.gov import Answer, Heard
from tests.sites.portal import Paged, cut, lines, page, portal
from tests.sites.site import Site, papers


def whole(said: dict[str, list[str]], name: str) -> int:
    """A page number of a query, 1 where it is none."""
    value = said.get(name, ["1"])[0]
    return int(value) if value.isdecimal() and value != "0" else 1


@dataclass
class Ylcms(Paged):
    """漳州: the first page is a file, the others are asked for by ``siteId`` and ``page``."""

    site: str = "620416816729330000"

    def asked(self, heard: Heard) -> int | None:
        path, _, query = heard.path.partition("?")
        if path == self.column:
            return 1
        said = parse_qs(query)
        if path != "/cms/sitemanage/index.shtml" or said.get("siteId") != [self.site]:
            return None
        return whole(said, "page")

    def beyond(self, number: int) -> Answer:
        return page(self.show(number))

    def show(self, number: int) -> str:
        rows = lines(
            f'<LI><A href="{paper.path}" title="{paper.title}" target="_blank">{cut(paper.title)}'
            f"</A><SPAN>{paper.day}</SPAN></LI>"
            for paper in self.shown(number)
        )
        links = "".join(
            f"<span class='pageNow'>{n}</span>"
            if n == number
            else f'<a href="/cms/sitemanage/index.shtml?siteId={self.site}&page={n}">{n}</a>'
            for n in range(1, self.last + 1)
        )
        listing = f"""<UL id="resources">
{rows}
</UL>
<div class="pageBar">共{self.last}页 {links}</div>"""
        head = f'<meta name="siteIdMeta" content="{self.site}">'
        return portal(listing, nav="/cms/html/qysmzj/{}/index.html", head=head)


@dataclass
class Phpcms(Paged):
    """``list-12-2.html``: 上一页 of the first page and 下一页 of the last lead to themselves."""

    cat: int = 12

    def asked(self, heard: Heard) -> int | None:
        found = re.fullmatch(rf"/list-{self.cat}-([1-9]\d{{0,3}})\.html", heard.path.split("?")[0])
        return int(found[1]) if found else None

    def link(self, number: int) -> str:
        """The address of a page."""
        return f"/list-{self.cat}-{number}.html"

    def show(self, number: int) -> str:
        rows = lines(
            f'<li><span class="rt">{paper.day} 08:30:00</span>·<a href="{paper.path}" '
            f'target="_blank" style="">{paper.title}</a></li>'
            + ('<li class="bk20 hr"></li>' if line % 5 == 4 else "")
            for line, paper in enumerate(self.shown(number))
        )
        links = " ".join(
            f"<span>{n}</span>" if n == number else f'<a href="{self.link(n)}">{n}</a>'
            for n in range(1, self.last + 1)
        )
        listing = f"""<ul class="list lh24 f14">
{rows}
</ul>
<div id="pages" class="text-c"><a class="a1">{len(self.papers)}条</a> \
<a href="{self.link(max(1, number - 1))}" class="a1">上一页</a> {links} \
<a href="{self.link(min(self.last, number + 1))}" class="a1">下一页</a></div>"""
        nav, foot = "/list-{}-1.html", '<script src="/statics/js/cookie.js"></script>'
        return portal(listing, nav=nav, foot=foot, charset="gbk")

    def send(self, number: int) -> Answer:
        return page(self.show(number), "gbk", said="")

    def beyond(self, number: int) -> Answer:
        return self.send(self.last)


class PhpcmsQuery(Phpcms):
    """The same system without rewriting: ``index.php?m=content&c=index&a=lists&catid=12``."""

    def asked(self, heard: Heard) -> int | None:
        path, _, query = heard.path.partition("?")
        said = parse_qs(query)
        if path != "/index.php" or (said.get("a"), said.get("catid")) != (["lists"], ["12"]):
            return None
        return whole(said, "page")

    def link(self, number: int) -> str:
        base = "/index.php?m=content&c=index&a=lists&catid=12"
        return base if number == 1 else f"{base}&page={number}"


@dataclass
class IList(Paged):
    """``info/iList.jsp?…cur_page=N``, in GBK; past the end an empty shell is sent."""

    def asked(self, heard: Heard) -> int | None:
        path, _, query = heard.path.partition("?")
        said = parse_qs(query)
        if path != "/info/iList.jsp" or said.get("cat_id") != ["15971"]:
            return None
        return whole(said, "cur_page")

    def beyond(self, number: int) -> Answer:
        return self.send(number)

    def send(self, number: int) -> Answer:
        return page(self.show(number), "gbk", said=";charset=GBK")

    def show(self, number: int) -> str:
        rows = lines(
            f'<li><span>{paper.day}</span><a href="{paper.path}" title="{paper.title}" '
            f'target="_blank">{cut(paper.title)}</a></li>'
            for paper in self.shown(number)
        )
        base = "?node_id=GKqys&site_id=CMSqys&cat_id=15971&cur_page="
        numbers = "".join(
            f"<strong>{n}</strong>" if n == number else f'<a href="{base}{n}">{n}</a>'
            for n in range(1, self.last + 1)
        )
        before = f'<a href="{base}{number - 1}">&lt;&lt;</a>' if number > 1 else ""
        after = f'<a href="{base}{number + 1}">&gt;&gt;</a>' if number < self.last else ""
        listing = f"""<div class="list_div"><ul>
{rows}
</ul></div>
<div class="pageing"><span>{before}{numbers}{after}</span></div>"""
        return portal(listing, nav="/info/iList.jsp?cat_id={}", charset="gbk")


def ylcms() -> Site:
    site = "620416816729330000"

    def path(number: int, day: date) -> str:
        if number % 5 == 0:
            return f"/cms/infopublic/publicInfo.shtml?id={830612491159000 + number}&siteId={site}"
        return f"/cms/html/qysmzj/{day}/{1370000 + number}.html"

    return Ylcms("ylcms", "ylcms", "/cms/html/qysmzj/jyta/index.html", papers(65, path), site=site)


def phpcms() -> Site:
    made = papers(66, lambda number, day: f"/show-12-{300 + number}-1.html")
    return Phpcms("phpcms", "phpcms", "/list-12-1.html", made)


def phpcms_query() -> Site:
    base = "/index.php?m=content&c=index&a="
    made = papers(64, lambda number, day: f"{base}show&catid=12&id={500 + number}")
    return PhpcmsQuery("phpcms-query", "phpcms", base + "lists&catid=12", made)


def ilist() -> Site:
    made = papers(70, lambda number, day: f"/gk/gk12/{10000 + number}.htm")
    return IList("ilist", "ilist", "/info/iList.jsp?node_id=GKqys&cat_id=15971", made)


ASKED = (ylcms, phpcms, phpcms_query, ilist)
