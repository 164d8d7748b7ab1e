"""Columns as 博达 VSB publishes them: files counted backwards, or asked for by PAGENUM."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from tests.gov import Answer, Heard
from tests.sites.portal import Files, Paged, cut, lines, portal
from tests.sites.site import Paper, Site, papers


@dataclass
class Backwards(Files):
    """Page 1 is ``jytabl.htm``, page 2 of T is ``jytabl/{T-1}.htm``, the last ``jytabl/1.htm``."""

    stem: str = ""
    tree: int = 1052

    def address(self, number: int) -> str:
        return f"{self.stem}.htm" if number == 1 else f"{self.stem}/{self.last - number + 1}.htm"

    def asked(self, heard: Heard) -> int | None:
        path = heard.path.partition("?")[0]
        numbers = range(1, self.last + 1)
        return next((number for number in numbers if self.address(number) == path), None)

    def up(self, number: int) -> str:
        """The way from a page to the root."""
        return "../" * (self.address(number).count("/") - 1)

    def link(self, here: int, there: int) -> str:
        """The address of one page as another prints it."""
        name = self.stem.rpartition("/")[2]
        if here == 1:
            return f"{name}.htm" if there == 1 else f"{name}/{self.last - there + 1}.htm"
        return f"../{name}.htm" if there == 1 else f"{self.last - there + 1}.htm"

    def head(self, number: int) -> str:
        """Print the styles and scripts that the system sets in."""
        up = self.up(number)
        return f"""<link href="{up}style/list.vsb.css" type="text/css" rel="stylesheet">
<!--Announced by Visual SiteBuilder 9-->
<script language="javascript" src="{up}system/resource/js/counter.js"></script>
<script type="text/javascript">_jsq_({self.tree},'/list.jsp',-1,1678361648)</script>
<script language="javascript" src="{up}system/resource/js/dynclicks.js"></script>"""

    def search(self, number: int) -> str:
        """Print the hidden fields of the search form."""
        return f"""<form method="post" action="{self.up(number)}search.jsp?wbtreeid={self.tree}">
<input type="hidden" name="urltype" value="tree.TreeTempUrl">
<input type="hidden" name="wbtreeid" value="{self.tree}">
<input type="text" name="INTEXT2"></form>"""

    def show(self, number: int) -> str:
        rows = lines(
            f'<tr id="line_u9_{line}" height="20"><td><span class="leaderfont122757">·</span></td>'
            f'<td><a class="c122757" href="{self.up(number)}{paper.path[1:]}" target="_blank" '
            f'title="{paper.title}">{cut(paper.title).replace("…", "...")}</a></td>'
            f'<td><span class="timestyle122757">{paper.day:%Y/%m/%d}&nbsp;</span></td></tr>'
            for line, paper in enumerate(self.shown(number))
        )
        back = forward = ""
        if number == 1:
            back = '<span class="PrevDisabled">首页</span><span class="PrevDisabled">上页</span>'
        else:
            back = (
                f'<a href="{self.link(number, 1)}" class="Prev">首页</a>'
                f'<a href="{self.link(number, number - 1)}" class="Prev">上页</a>'
            )
        if number == self.last:
            forward = '<span class="NextDisabled">下页</span><span class="NextDisabled">尾页</span>'
        else:
            forward = (
                f'<a href="{self.link(number, number + 1)}" class="Next">下页</a>'
                f'<a href="{self.link(number, self.last)}" class="Next">尾页</a>'
            )
        listing = f"""{self.search(number)}
<table class="winstyle122757" width="100%" cellspacing="0" cellpadding="0">
{rows}
<tr><td colspan="3" align="right">
<script language="javascript" src="{self.up(number)}system/resource/js/gotopage.js"></script>
<script type="text/javascript">function a122757_gopage_fun()\
{{_simple_list_gotopage_fun({self.last},'a122757GOPAGE',2)}}</script>
<table><tr><td nowrap align="left" width="1%" id="fanye122757">共{len(self.papers)}条\
&nbsp;&nbsp;{number}/{self.last}&nbsp;</td>
<td nowrap align="left"><div>{back}{forward}</div></td>
<td><input type="text" id="a122757GOPAGE" size="2">\
<a href="javascript:void(0);" onclick="a122757_gopage_fun()">转到</a></td></tr></table>
</td></tr></table>"""
        return portal(listing, nav="/zwgk/{}.htm", head=self.head(number))


class Skin(Backwards):
    """The newer pager, printed twice; the side shows articles of another column of the tree."""

    def show(self, number: int) -> str:
        rows = lines(
            f'<li id="line_u13_{line}"><a href="{self.up(number)}{paper.path[1:]}" '
            f'target="_blank">{paper.title}</a><span>{paper.day:%Y.%m.%d}</span></li>'
            for line, paper in enumerate(self.shown(number))
        )
        pages = self.pages(number)
        goto = (
            '<span class="p_t">到第</span><span class="p_goto"><input type="text" '
            'class="p_goto_input" maxlength="10" id="u13_goto" onkeydown="if(event.keyCode==13)'
            f'{{_simple_list_gotopage_fun({self.last},&quot;u13_goto&quot;,2)}}"></span>'
            '<span class="p_t">页</span> <span class="p_goto"><a href="javascript:;" onclick="'
            f'_simple_list_gotopage_fun({self.last},&quot;u13_goto&quot;,2)">跳转</a></span>'
        )
        listing = f"""{self.search(number)}<ul class="list-ul">
{rows}
</ul>
<link rel="stylesheet" content-type="text/css" href="/system/resource/css/pagedown/sys.css">
<div class="page_pc"><div class="pb_sys_common pb_sys_full pb_sys_style1">{pages}
 <span class="p_t">共{self.last}页</span> {goto}</div></div>
<div class="page_mob"><div class="pb_sys_common pb_sys_short pb_sys_style1">{pages}</div></div>"""
        aside = f"""<h3>热点信息</h3><ul>
<li><a href="{self.up(number)}info/1201/9001.htm">全市民政工作会议召开</a></li>
<li><a href="{self.up(number)}info/1201/8990.htm">社区服务中心启用</a></li></ul>"""
        return portal(listing, nav="/zwgk/{}.htm", head=self.head(number), aside=aside)

    def pages(self, number: int) -> str:
        """Print the numbered links, and the words around them."""
        told = []
        for kind, word, there in (("first", "首页", 1), ("prev", "上页", number - 1)):
            if number == 1:
                told.append(f'<span class="p_{kind}_d p_fun_d">{word}</span>')
            else:
                href = self.link(number, there)
                told.append(f'<span class="p_{kind} p_fun"><a href="{href}">{word}</a></span>')
        for there in range(1, self.last + 1):
            if there == number:
                told.append(f'<span class="p_no_d">{there}</span>')
            else:
                href = self.link(number, there)
                told.append(f'<span class="p_no"><a href="{href}">{there}</a></span>')
        for kind, word, there in (("next", "下页", number + 1), ("last", "尾页", self.last)):
            if number == self.last:
                told.append(f'<span class="p_{kind}_d p_fun_d">{word}</span>')
            else:
                href = self.link(number, there)
                told.append(f'<span class="p_{kind} p_fun"><a href="{href}">{word}</a></span>')
        return '<span class="p_pages">' + "".join(told) + "</span>"


@dataclass
class Tree(Paged):
    """``list.jsp?totalpage=…&PAGENUM=…``: the total asked for is not believed."""

    tree: int = 1052
    param: str = "PAGENUM"

    def asked(self, heard: Heard) -> int | None:
        path, _, query = heard.path.partition("?")
        said = parse_qs(query)
        if path != self.column.partition("?")[0] or said.get("wbtreeid") != [str(self.tree)]:
            return None
        number = said.get(self.param, ["1"])[0]
        return int(number) if number.isdecimal() and number != "0" else 1

    def beyond(self, number: int) -> Answer:
        return self.send(self.last)

    def link(self, number: int) -> str:
        """The address of a page as the system prints it."""
        rest = self.column.partition("?")[2]
        return f"?totalpage={self.last}&PAGENUM={number}&{rest}"

    def way(self, paper: Paper) -> str:
        """The address of a paper as the system prints it: relative to the column's."""
        return "../" * (self.column.partition("?")[0].count("/") - 1) + paper.path[1:]

    def pager(self, number: int) -> str:
        """Print total, page and words."""
        parts = [f"共{len(self.papers)}条&nbsp;&nbsp;{number}/{self.last}&nbsp;"]
        for word, there in (("首页", 1), ("上页", number - 1)):
            parts.append(
                f'<span class="PrevDisabled">{word}</span>'
                if number == 1
                else f'<a href="{self.link(there)}" class="Prev">{word}</a>'
            )
        for word, there in (("下页", number + 1), ("尾页", self.last)):
            parts.append(
                f'<span class="NextDisabled">{word}</span>'
                if number == self.last
                else f'<a href="{self.link(there)}" class="Next">{word}</a>'
            )
        return "".join(parts)

    def show(self, number: int) -> str:
        rows = lines(
            f'<li id="line_u5_{line}"><a href="{self.way(paper)}" title="{paper.title}" '
            f'target="_blank">{paper.title}</a><span class="date">{paper.day:%Y年%m月%d日}</span>'
            "</li>"
            for line, paper in enumerate(self.shown(number))
        )
        listing = f"""<div class="govnewslist128813"><ul>
{rows}
</ul></div>
<script language="javascript" src="/system/resource/js/gotopage.js"></script>
<script>function a128813_gopage_fun(){{_simple_list_gotopage_fun({self.last},\
'a128813GOPAGE',1)}}</script>
<table><tr><td nowrap id="fanye128813">{self.pager(number)}</td>
<td><input id="a128813GOPAGE" size="2"><a href="javascript:void(0);" \
onclick="a128813_gopage_fun()">转到</a></td></tr></table>"""
        nav = "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid={}"
        return portal(listing, nav=nav, head='<link href="list.vsb.css" rel="stylesheet">')


class Component(Tree):
    """The parameters of the list component: ``a…t`` pages, ``a…p`` the page, ``a…c`` rows."""

    def link(self, number: int) -> str:
        rest = self.column.partition("?")[2]
        return f"/zwgk/lmy.jsp?a43639t={self.last}&a43639p={number}&a43639c={self.size}&{rest}"


class Egov(Tree):
    """The 信息公开 module: the component's own parameters; ``…c`` is the page's size."""

    def answer(self, heard: Heard) -> Answer | None:
        per = parse_qs(heard.path.partition("?")[2]).get("ainfolist1501c", ["15"])[0]
        self.size = min(int(per), 15) if per.isdecimal() and per != "0" else 15
        return super().answer(heard)

    def link(self, number: int) -> str:
        rest = self.column.partition("?")[2]
        own = f"ainfolist1501t={self.last}&ainfolist1501p={number}&ainfolist1501c={self.size}"
        return f"?{own}&{rest}"

    def show(self, number: int) -> str:
        rows = lines(
            f'<tr><td align="center">{"/".join(paper.path[:-4].split("/")[5:])}</td>'
            f'<td><a href="..{paper.path}" title="{paper.title}" target="_blank">{paper.title}</a>'
            f'</td><td align="center">{paper.day}</td></tr>'
            for paper in self.shown(number)
        )
        listing = f"""<table width="100%" class="tabbg1501" id="ainfolist1501">
<tr class="tabtit"><td>索引号</td><td>信息名称</td><td>发布日期</td></tr>
{rows}
</table>
<div class="fanye" id="fanye1501">{self.pager(number)}</div>"""
        head = '<script language="javascript" src="/system/resource/js/ajax.js"></script>'
        nav = "/zwgk/xxgkml.jsp?urltype=egovinfo.EgovInfoList&wbtreeid=1232&sccode={}"
        return portal(listing, nav=nav, head=head)


def vsb_backwards() -> Site:
    made = papers(66, lambda number, day: f"/info/1052/{8000 + number}.htm")
    return Backwards("vsb-backwards", "vsb", "/zwgk/jytabl.htm", made, stem="/zwgk/jytabl")


def vsb_skin() -> Site:
    made = papers(75, lambda number, day: f"/info/1026/{25000 + number}.htm")
    return Skin("vsb-skin", "vsb", "/jytabl.htm", made, stem="/jytabl", tree=1026)


def vsb_tree() -> Site:
    rest = "urltype=news.NewsContentUrl&wbtreeid=1052&wbnewsid="
    made = papers(63, lambda number, day: f"/content.jsp?{rest}{6000 + number}")
    return Tree("vsb-tree", "vsb", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1052", made)


def vsb_component() -> Site:
    made = papers(61, lambda number, day: f"/info/1005/{4000 + number}.htm")
    column = "/zwgk/lmy.jsp?urltype=tree.TreeTempUrl&wbtreeid=1005"
    return Component("vsb-component", "vsb", column, made, tree=1005, param="a43639p")


def vsb_egov() -> Site:
    column = (
        "/zwgk/xxgkml.jsp?urltype=egovinfo.EgovInfoList&subtype=2&wbtreeid=1232"
        "&sccode=jyta&gilevel=2"
    )
    folder = "/info/egovinfo/zwgk/zwgk-nry/"
    made = papers(68, lambda n, day: f"{folder}01606072-9-30/{day:%Y}-{day:%m%d}{n:03}.htm")
    return Egov("vsb-egov", "vsb", column, made, tree=1232, param="ainfolist1501p")


VSB = (vsb_backwards, vsb_skin, vsb_tree, vsb_component, vsb_egov)
