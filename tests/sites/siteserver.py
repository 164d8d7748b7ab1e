"""Columns of SiteServer CMS: ``/channels/18287.html``, ``18287_2.html`` and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.gov import Answer
from tests.sites.portal import Files, lines, page, portal
from tests.sites.site import Site, papers


@dataclass
class Numbers(Files):
    """SiteServer: ``/channels/18287_2.html``; dates stand in the title, or glued to it."""

    channel: int = 18287

    def address(self, number: int) -> str:
        name = self.channel if number == 1 else f"{self.channel}_{number}"
        return f"/channels/{name}.html"

    def file(self, number: int) -> str:
        """A page's address as the pages print it."""
        return self.address(number).rpartition("/")[2]

    def head(self) -> str:
        """Print what the system says of the page."""
        return (
            f"<script>var $pageInfo = {{publishmentSystemID : 18101, channelID : {self.channel}, "
            'contentID : 0, siteUrl : "", homeUrl : "/home", '
            f'currentUrl : "{self.column}", rootUrl : "", apiUrl : "/api"}};</script>'
            '<script src="/sitefiles/assets/scripts/stlscript.js"></script>'
        )

    def show(self, number: int) -> str:
        rows = lines(
            f'<a href="..{paper.path}" target="_blank" class="box">\n'
            f'<img src="../upload/images/{paper.number}.jpg">\n<h3>{paper.title}({paper.day})</h3>'
            f"\n<p>{paper.title}</p></a>"
            for paper in self.shown(number)
        )
        near = "".join(
            f'<a class="current">{n}</a>' if n == number else f'<a href="{self.file(n)}">{n}</a>'
            for n in range(1, min(self.last, 9) + 1)
        )
        before = "javascript:;" if number == 1 else self.file(number - 1)
        after = "javascript:;" if number == self.last else self.file(number + 1)
        listing = f"""<div class="pr1"><ul>
{rows}
</ul><div class="page"><div id="page_div"><span class="pagination-first">
<a href="{self.file(1)}">首页</a>
<a href="{before}">上一页</a>
{near}
<a href="{after}">下一页</a>
<a href="{self.file(self.last)}">尾页</a>
<a>共 {len(self.papers)} 条 当前第 {number} / {self.last} 页</a>
</span></div></div></div>"""
        return portal(listing, nav="/channels/{}.html", head=self.head())


@dataclass
class TwoPagers(Numbers):
    """Rows are whole links with an abstract; a mobile and a desktop pager stand in one page."""

    def show(self, number: int) -> str:
        rows = lines(
            f"""<li>
<a href="{paper.path}">
<h2>{paper.title}</h2>
<div class="note">
<div class="licontent">顾明远代表：您提出的关于“加强第{paper.number}社区养老服务”的建议收悉……</div>
<p><i class="hot Chits">主题分类：人大代表建议回复</i>
<i class="date Cdate">日间：{paper.day} </i></p>
</div>
</a>
</li>"""
            for paper in self.shown(number)
        )
        before = (
            '<span class="page-start">上一页</span>'
            if number == 1
            else f'<a class="page-prev" href="{self.file(number - 1)}">上一页</a>'
        )
        numbers = "".join(
            f'<span class="page-this app">{n}</span>'
            if n == number
            else f'<a href="{self.file(n)}" class="app">{n}</a>'
            for n in range(1, self.last + 1)
        )
        after = (
            '<span class="page-end">下一页</span>'
            if number == self.last
            else f'<a class="page-next" href="{self.file(number + 1)}">下一页</a>'
        )
        listing = f"""<div class="list"><ul>
{rows}
</ul></div>
<div class="paging">
<div class="app">当前第{number}页&nbsp;&nbsp;共{self.last}页</div>
<div class="paginator">{before}
{numbers}
{after}</div>
</div>
<div class="page-list">
<span>共{len(self.papers)}记录</span>
{re.sub("上一页", "«上一页", before)}
<span class="current">{number}</span>
{after}
</div>"""
        return portal(listing, nav="/channels/{}.html", head=self.head())

    def beyond(self, number: int) -> Answer:
        return page("<html><body><p>您访问的页面不存在</p><a href='/'>返回首页</a></body></html>")


def siteserver_numbers() -> Site:
    made = papers(64, lambda number, day: f"/contents/18287/{388000 + number}.html")
    return Numbers("siteserver-numbers", "siteserver", "/channels/18287.html", made, 10)


def siteserver_two_pagers() -> Site:
    made = papers(60, lambda number, day: f"/contents/2163/{39000 + number}.html")
    column = "/channels/2163.html"
    return TwoPagers("siteserver-two-pagers", "siteserver", column, made, 10, channel=2163)


SITESERVER = (siteserver_numbers, siteserver_two_pagers)
