"""Columns of ASP.NET: pages by ``page=``, or by a postback that gives back what it was given."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import parse_qs

from tests.gov import Answer, Heard
from tests.sites.portal import Paged, cut, lines, portal
from tests.sites.site import Site, papers


@dataclass
class ByPage(Paged):
    """``NewsLsit.aspx?ClassID=863&page=N`` (so spelt): past the end the last page is shown."""

    def asked(self, heard: Heard) -> int | None:
        path, _, query = heard.path.partition("?")
        said = parse_qs(query)
        if path != "/NewsLsit.aspx" or said.get("ClassID") != ["863"]:
            return None
        number = said.get("page", ["1"])[0]
        return int(number) if number.isdecimal() and number != "0" else 1

    def beyond(self, number: int) -> Answer:
        return self.send(self.last)

    def link(self, number: int) -> str:
        """The address of a page as the control prints it."""
        return f"/NewsLsit.aspx?ClassID=863&amp;page={number}"

    def show(self, number: int) -> str:
        rows = lines(
            f'<li><a href="{paper.path.replace("&", "&amp;")}" title="{paper.title}">'
            f"{cut(paper.title)}</a><span>{paper.day.year}/{paper.day.month}/{paper.day.day}</span></li>"
            for paper in self.shown(number)
        )
        off = '<a disabled="disabled" style="margin-right:5px;">{}</a>'
        on = '<a href="{}" style="margin-right:5px;">{}</a>'
        near = "".join(
            f'<span class="cpb" style="margin-right:5px;">{n}</span>'
            if n == number
            else on.format(self.link(n), n)
            for n in range(1, self.last + 1)
        )
        first = number == 1
        end = number == self.last
        words = [
            off.format("首页") if first else on.format(self.link(1), "首页"),
            off.format("上一页") if first else on.format(self.link(number - 1), "上一页"),
            near,
            off.format("下一页") if end else on.format(self.link(number + 1), "下一页"),
            off.format("尾页") if end else on.format(self.link(self.last), "尾页"),
        ]
        listing = f"""<div class="listBox mt5"><ul class="ul13 pd20">
{rows}
</ul></div>
<!-- AspNetPager 7.4.5 Copyright:2003-2013 Webdiyer (www.webdiyer.com) -->
<div id="Body_AspNetPager1" class="pages">第{number}页 共 {self.last} 页 {"".join(words)}</div>"""
        return portal(listing, nav="/NewsLsit.aspx?ClassID={}")


@dataclass
class Postback(Paged):
    """``__doPostBack``: 500 where the state is not this server's, page 1 where there is none.

    ``era`` is the life of the server: the states of an earlier one are stale.
    """

    control: str = "ctl00$MainContent$AspNetPager1"
    era: int = 1

    def state(self, number: int, kind: str = "state") -> str:
        """What the server gives out with a page, and wants back."""
        sealed = hashlib.sha256(f"{kind} {self.era} {number}".encode()).digest()
        return b64encode(b"\xff\x01\x0f" + bytes([number]) + sealed * 4).decode()

    def answer(self, heard: Heard) -> Answer | None:
        path, _, query = heard.path.partition("?")
        if path != self.column.partition("?")[0] or parse_qs(query).get("cid") != ["12"]:
            return None
        if heard.method != "POST":
            return self.send(1)
        kind = heard.headers.get("content-type", "")
        said = parse_qs(heard.body.decode(), keep_blank_values=True)
        if not kind.startswith("application/x-www-form-urlencoded") or "__VIEWSTATE" not in said:
            return self.send(1)
        if not self._mine(said):
            return Answer(500, {}, "<html><title>验证视图状态 MAC 失败。</title></html>".encode())
        if said.get("__EVENTTARGET") != [self.control]:
            return self.send(1)
        number = said.get("__EVENTARGUMENT", ["1"])[0].removeprefix("Page$")
        return self.send(min(max(int(number), 1), self.last) if number.isdecimal() else 1)

    def _mine(self, said: dict[str, list[str]]) -> bool:
        """Whether the state was given out by this server, and its seal with it."""
        state, seal = said["__VIEWSTATE"][0], said.get("__EVENTVALIDATION", [""])[0]
        return any(
            (state, seal) == (self.state(number), self.state(number, "event"))
            for number in range(1, 100)
        )

    def back(self, number: int) -> str:
        """The link that posts back."""
        call = f"__doPostBack('{self.control}','{number}')"
        return f'href="javascript:{call}"'

    def show(self, number: int) -> str:
        rows = lines(
            f'<tr><td class="tit"><a href="{paper.path.rpartition("/")[2]}" target="_blank">'
            f'{paper.title}</a></td><td class="date">{paper.day}</td></tr>'
            for paper in self.shown(number)
        )
        listing = f"""<form name="aspnetForm" method="post" action="List.aspx?cid=12">
<div>
<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" />
<input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="" />
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{self.state(number)}" />
</div>
<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['aspnetForm'];
function __doPostBack(eventTarget, eventArgument) {{
  theForm.__EVENTTARGET.value = eventTarget;
  theForm.__EVENTARGUMENT.value = eventArgument;
  theForm.submit();
}}
//]]>
</script>
<div><input type="hidden" name="__VIEWSTATEGENERATOR" value="1DB5F8A9" />
<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" \
value="{self.state(number, "event")}" /></div>
标题：<input name="ctl00$MainContent$txtTitle" type="text" value="" />
<input type="submit" name="ctl00$MainContent$btnSearch" value="查询" />
<table class="list">
{rows}
{self.pager(number)}
</form>"""
        return portal(listing, nav="/xxgk/Index.aspx?col={}")

    def pager(self, number: int) -> str:
        """Close the table, and print the pager under it."""
        near = "".join(
            f'<span style="margin-right:5px;font-weight:Bold;color:red;">{n}</span>'
            if n == number
            else f'<a {self.back(n)} style="margin-right:5px;">{n}</a>'
            for n in range(1, self.last + 1)
        )
        first = 'disabled="disabled"'
        before = (first, first) if number == 1 else (self.back(1), self.back(number - 1))
        end = number == self.last
        after = (first, first) if end else (self.back(number + 1), self.back(self.last))
        return f"""</table>
<div id="{self.control.replace("$", "_")}" class="pagination" style="text-align:center;">
共{len(self.papers)}条 每页{self.size}条 当前第{number}页/{self.last}页
<a {before[0]} style="margin-right:5px;">首页</a><a {before[1]}>上一页</a>{near}\
<a {after[0]} style="margin-right:5px;">下一页</a><a {after[1]}>尾页</a>
</div>"""


class Grid(Postback):
    """A GridView with its own pager in the table's last row: numbers, and arguments ``Page$2``."""

    def pager(self, number: int) -> str:
        near = "".join(
            f"<td><span>{n}</span></td>" if n == number else f"<td><a {self.back(n)}>{n}</a></td>"
            for n in range(1, self.last + 1)
        )
        return f'<tr class="pager"><td colspan="2"><table><tr>{near}</tr></table></td></tr></table>'

    def back(self, number: int) -> str:
        return f'href="javascript:__doPostBack(&#39;{self.control}&#39;,&#39;Page${number}&#39;)"'


def aspnet_page() -> Site:
    made = papers(69, lambda number, day: f"/NewsView.aspx?NewsID={64000 + number}&ClassID=863")
    return ByPage("aspnet-page", "aspnet", "/NewsLsit.aspx?ClassID=863", made)


def aspnet_postback() -> Site:
    made = papers(61, lambda number, day: f"/xxgk/Detail.aspx?id={7000 + number}")
    return Postback("aspnet-postback", "aspnet", "/xxgk/List.aspx?cid=12", made)


def aspnet_grid() -> Site:
    made = papers(72, lambda number, day: f"/xxgk/Detail.aspx?id={9000 + number}")
    column = "/xxgk/List.aspx?cid=12"
    return Grid("aspnet-grid", "aspnet", column, made, 20, control="ctl00$GridView1")


ASPNET = (aspnet_page, aspnet_postback, aspnet_grid)
