"""Columns that other systems publish as files: Ucap, NFCMS, creator, 陕西."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.gov import Answer, Heard
from tests.sites.portal import Files, cut, lines, portal
from tests.sites.site import Site, papers


def hexed(folder: str, suffix: str) -> Callable[[int, date], str]:
    """Where Ucap puts an article: by month, under 32 hexadecimal digits."""

    def path(number: int, day: date) -> str:
        name = hashlib.md5(f"清源{number}".encode(), usedforsecurity=False).hexdigest()
        return f"{folder}{day:%Y%m}/{name}.{suffix}"

    return path


@dataclass
class Ucap(Files):
    """``createPageHTML`` with six arguments; ``first`` is the suffix that page 2 has."""

    stem: str = ""
    first: int = 2

    def address(self, number: int) -> str:
        if number == 1:
            return self.stem + ".shtml"
        return f"{self.stem}_{number - 2 + self.first}.shtml"

    def show(self, number: int) -> str:
        rows = lines(
            f"<li><i></i><a href='{paper.path}' title='{paper.title}' target=\"_blank\">"
            f'{cut(paper.title, 22).replace("…", "...")}</a><span class="date">{paper.day}</span>'
            "</li>"
            for paper in self.shown(number)
        )
        listing = f"""<div class="list_right"><ul class="list">
{rows}
</ul>
<div id="page_div" class="pagination"></div>
<script type="text/javascript" src="/xhtml/js/page.js"></script>
<script>createPageHTML('page_div',{self.last}, {number},'{self.stem.rpartition("/")[2]}',\
'shtml',{len(self.papers)});</script></div>"""
        head = """<meta name="template,templategroup,version" content="1027,default,6.4">
<meta name="others" content="页面生成时间 2024-09-30 18:20:11">"""
        return portal(listing, nav="/qyszf/{}/xxgk_list.shtml", head=head)


@dataclass
class Jiangsu(Ucap):
    """As the others, but page 2 is ``_1``; rows hold the date first."""

    first: int = 1

    def show(self, number: int) -> str:
        rows = lines(
            f'<li><span class="time">{paper.day:%Y-%m-%d}</span>'
            f'<a href="{self.here(number, paper)}" title="{paper.title}">{paper.title}</a></li>'
            for paper in self.shown(number)
        )
        listing = f"""<div class="pageList"><ul class="pageList newsList">
{rows}
</ul></div><div class="page" id="page_div"></div>
<script>{{createPageHTML("page_div",{self.last}, {number},"{self.stem.rpartition("/")[2]}",\
"shtml",{len(self.papers)});}}</script>"""
        return portal(listing, nav="/qysmzj/{}/common_list.shtml")


class Liaoning(Ucap):
    """``index.shtml`` is the name of every page and every article; folders hold parentheses."""

    def show(self, number: int) -> str:
        rows = lines(
            f'<li><a href="{paper.path}" target="_blank">{paper.title}</a>'
            f"<span>{paper.day}</span></li>"
            for paper in self.shown(number)
        )
        listing = f"""<ul class="xxgk_rulzd1">
{rows}
</ul><div class="dlist_page"><span>共<b>{self.last}</b>页</span><div id="page_div"></div></div>
<script>createPageHTML('page_div', {self.last}, {number}, 'index', 'shtml', \
{len(self.papers)});</script>"""
        return portal(listing, nav="/mzj/zwgk/{}/index.shtml")


@dataclass
class Nfcms(Files):
    """``index_2.html`` is page 2; all links are whole addresses; a mobile twin beside each row."""

    folder: str = ""
    host: str = ""

    def address(self, number: int) -> str:
        return self.folder + ("index.html" if number == 1 else f"index_{number}.html")

    def answer(self, heard: Heard) -> Answer | None:
        self.host = "http://" + heard.headers.get("host", "www.gov.test")
        return super().answer(heard)

    def show(self, number: int) -> str:
        rows = lines(
            f'<li>\n<h4><i></i><a href="{self.host}{paper.path}" title="{paper.title}"\n'
            f'target="_blank">{paper.title}</a>'
            f'<a class="mobile" href="{self.host}{paper.path.replace("/post_", "/mpost_")}">手机版'
            f'</a><span class="time">[\n{paper.day} ]</span>\n</h4>\n</li>'
            for paper in self.shown(number)
        )
        listing = f"""<div class="pageList"><ul class="infoList clearfix">
{rows}
</ul></div>
<div class="pagediv clearfix" id="page_div">{self.pager(number)}</div>"""
        head = (
            '<script>window.NFCMS_SITE_ID=990123;window.NFCMS_PUB_TYPE="cat";'
            'window.NFCMS_CAT_ID="9571";</script>'
            '<script src="//statistics.gd.gov.test/scripts/s.js?t=1787305606" async></script>'
        )
        return portal(listing, nav="/{}", head=head)

    def pager(self, number: int) -> str:
        """Print the numbers around a page, and the words that lead on."""
        near = range(max(1, number - 2), min(self.last, number + 2) + 1)
        named = [("first", "第一页", 1)]
        if number > 1:
            named.append(("prev", "上一页", number - 1))
        named += [("current" if n == number else "normal", str(n), n) for n in near]
        if number < self.last:
            named += [("next", "下一页", number + 1), ("last", "最后一页", self.last)]
        return lines(
            f'<span class="arrow"><a class="{kind}" href="{self.host}{self.address(n)}">\n'
            f"{word}\n</a></span>"
            for kind, word, n in named
        )


@dataclass
class Creator(Files):
    """岳阳: ``default.htm``; ``first`` is the suffix of page 2. The page says its total only."""

    folder: str = ""
    first: int = 1

    def address(self, number: int) -> str:
        if number == 1:
            return self.folder + "default.htm"
        return f"{self.folder}default_{number - 2 + self.first}.htm"

    def asked(self, heard: Heard) -> int | None:
        if heard.path.partition("?")[0] == f"{self.folder}default_1.htm" and self.first == 2:
            return 1
        return super().asked(heard)

    def show(self, number: int) -> str:
        rows = self.rows(number)
        listing = f"""{rows}
<div id="page_div" class="page">第<span id="cur"></span>页 共{self.last}页
到第<input id="pageNum" type="text">页 <a href="javascript:;" onclick="goPage()">GO</a></div>
<script type="text/javascript">
function goPage(){{
  var num=document.getElementById("pageNum").value;
  if(num==""||isNaN(num)||num<1){{alert("请输入正确的页码");return;}}
  else if(num>{self.last}){{alert("超出总页数");return;}}
  turnTo(num);
}}
</script>"""
        return portal(listing, nav="/6790/{}/default.htm")

    def rows(self, number: int) -> str:
        """Print the rows of a page."""
        if self.first == 1:
            inside = lines(
                f'<li><div class="title-wrapper"><div class="title"><a target="_blank" '
                f'href="{self.here(number, paper)}">{paper.title}</a></div>'
                f'<div class="date">{paper.day}</div></div></li>'
                for paper in self.shown(number)
            )
            return f'<ul class="contents-list mt-1">\n{inside}\n</ul>'
        inside = lines(
            f'<li><a href="{paper.path}" title="{paper.title}">{cut(paper.title)}</a>'
            f"<span>{paper.day:%Y.%m.%d}</span></li>"
            for paper in self.shown(number)
        )
        return f'<ul class="xxdk-news-list pd30">\n{inside}\n</ul>'


@dataclass
class Shaanxi(Files):
    """``1.html``, ``2.html`` …: articles, too, are named by digits alone."""

    folder: str = ""

    def address(self, number: int) -> str:
        return f"{self.folder}{number}.html"

    def show(self, number: int) -> str:
        rows = lines(
            f'<li class="clearfix"><a href="{paper.path}" title="{paper.title}" target="_blank">'
            f'<em class="fl">{cut(paper.title, 26)}</em><span class="fr">{paper.day}</span></a>'
            "</li>"
            for paper in self.shown(number)
        )
        listing = f"""<div class="m-lst36"><ul>
{rows}
</ul></div>
<div class="m-page" id="pagination"></div>
<script type="text/javascript">
$(function(){{ var totalPage = parseInt('{self.last}');
  $("#pagination").paging({{total: totalPage, now: {number}, jump: "page"}}); }});
</script>"""
        return portal(listing, nav="/zfxxgk/fdzdgknr/{}/1.html")


def ucap_six() -> Site:
    stem = "/qyszf/c104532/jytabl_list"
    made = papers(66, hexed("/qyszf/c104532/", "shtml"))
    return Ucap("ucap-six", "ucap", stem + ".shtml", made, stem=stem)


def ucap_jiangsu() -> Site:
    stem = "/qysmzj/jytabl/common_list"
    made = papers(74, lambda n, day: f"/qysmzj/jytabl/{day:%Y%m}/{'%032x' % (n * 7919**7)}.shtml")
    return Jiangsu("ucap-jiangsu", "ucap", stem + ".shtml", made, stem=stem)


def ucap_liaoning() -> Site:
    folder = "/mzj/zwgk/fdzdgknr/jyta/srddbjy/sssjrdlchy(2022)/"
    made = papers(63, lambda number, day: f"{folder}{day:%Y%m%d}16{10000000 - number}/index.shtml")
    return Liaoning("ucap-liaoning", "ucap", folder + "index.shtml", made, stem=folder + "index")


def nfcms() -> Site:
    folder = "/zwgk/jyta/"
    made = papers(67, lambda number, day: f"{folder}content/post_{9100000 + number * 37}.html")
    return Nfcms("nfcms", "nfcms", folder + "index.html", made, folder=folder)


def creator_minus_one() -> Site:
    folder = "/6790/6791/"
    made = papers(62, lambda number, day: f"{folder}content_{1034000 + number}.html")
    return Creator("creator-default-1", "creator", folder + "default.htm", made, folder=folder)


def creator_same() -> Site:
    folder = "/6836/67704/"
    made = papers(64, lambda number, day: f"{folder}content_{2034000 + number}.html")
    column = folder + "default.htm"
    return Creator("creator-default-2", "creator", column, made, folder=folder, first=2)


def shaanxi() -> Site:
    folder = "/zfxxgk/fdzdgknr/jyta/rdjy/"
    made = papers(71, lambda number, day: f"{folder}{1958091978013500000 + number * 7}.html")
    return Shaanxi("shaanxi", "shaanxi", folder + "1.html", made, folder=folder)


STATIC = (
    ucap_six,
    ucap_jiangsu,
    ucap_liaoning,
    nfcms,
    creator_minus_one,
    creator_same,
    shaanxi,
)
