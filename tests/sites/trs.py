"""Columns as TRS WCM publishes them: page k of ``index`` is ``index_{k-1}``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.gov import Answer, Heard
from tests.sites.portal import Files, cut, lines, page, portal
from tests.sites.site import Paper, Site, papers

TA = '<script id="_trs_ta_js" src="/c/js/ta-1290.js" async="async" defer="defer"></script>'


def article(folder: str, suffix: str) -> Callable[[int, date], str]:
    """Where TRS puts an article: by month, with the day and a number."""
    return lambda number, day: f"{folder}{day:%Y%m}/t{day:%Y%m%d}_{5318000 + number}.{suffix}"


@dataclass
class Trs(Files):
    """The files ``index``, ``index_1``, ``index_2`` … in the folder of the column."""

    folder: str = ""
    suffix: str = "html"

    def address(self, number: int) -> str:
        name = "index" if number == 1 else f"index_{number - 1}"
        return f"{self.folder}{name}.{self.suffix}"


class CreatePage(Trs):
    """Rows with the whole title in title=, and the call as the system makes it."""

    def show(self, number: int) -> str:
        rows = lines(
            f'<li>\n<a href="{self.here(number, paper)}" title="{paper.title}" target="_blank">\n'
            f"{cut(paper.title)}\n</a>\n<span>{paper.day}</span></li>"
            for paper in self.shown(number)
        )
        listing = f"""<div class="NewsList"><ul>
{rows}
</ul></div>
<!-- 通用分页 -->
<script type="text/javascript" src="/images/createpage.js"></script>
<div class="page">
<script>createPageHTML({self.last}, {number - 1}, "index", "html")</script>
</div>"""
        hot = """<h3>热点推荐</h3><ul class="hot">
<li><a href="/zwdt/202409/t20240926_5400011.html">我局召开季度工作会议</a></li>
<li><a href="/zwdt/202409/t20240920_5400007.html">社区食堂开放日活动</a></li>
<li><a href="/tzgg/202409/t20240918_5400003.html">关于调整办公时间的公告</a></li>
</ul>"""
        return portal(listing, aside=hot, foot=TA)


class CountPage(Trs):
    """Table rows, GB2312, the pager's variables in the page; an old call is commented out."""

    def show(self, number: int) -> str:
        rows = lines(
            f'<tr><td width="20"><img src="/images/dot.gif"></td><td class="bt">'
            f'<a href="{self.here(number, paper)}" title="{paper.title}" target="_blank">'
            f"{cut(paper.title, 18)}</a></td>"
            f'<td width="90" class="rq">[{paper.day:%Y/%m/%d}]</td></tr>'
            for paper in self.shown(number)
        )
        listing = f"""<table width="100%" border="0" cellspacing="0" class="list">
{rows}
</table>
<div class="page"><SCRIPT LANGUAGE="JavaScript">
//createPageHTML(25, 0, "index", "shtml");
var currentPage = {number - 1};//所在页从0开始
var prevPage = currentPage-1//上一页
var nextPage = currentPage+1//下一页
var countPage = {self.last}//共多少页
if(countPage>1&&currentPage>1)
  document.write("<a href=\\"index"+"_"+prevPage+"."+"shtml\\">上一页</a>");
else if(countPage>1&&currentPage==1)
  document.write("<a href=\\"index.shtml\\">上一页</a>");
var num = 20;
for(var i=0;i<num&&i<countPage;i++){{
  if(currentPage==i) document.write("<span class=z_page_now>"+(i+1)+"</span>");
  else document.write("<a href=\\"index"+(i==0?"":"_"+i)+".shtml\\">"+(i+1)+"</a>");
}}
if(countPage>1&&currentPage!=(countPage-1))
  document.write("<a href=\\"index"+"_"+nextPage+"."+"shtml\\">下一页</a>");
</SCRIPT></div>"""
        return portal(listing, nav="/xxgk/{}/index.shtml", charset="gb2312")

    def send(self, number: int) -> Answer:
        return page(self.show(number), "gb2312", said="")

    def beyond(self, number: int) -> Answer:
        return page(
            "<html><head><title>建议提案办理</title></head><body></body></html>" + " " * 260
        )


class Quoted(Trs):
    """The 2019 信息公开平台, the total in quotes; past the end the first page stands again."""

    def show(self, number: int) -> str:
        rows = lines(
            f'<li><a href="{self.here(number, paper)}" title="{paper.title}">{paper.title}</a>'
            f"<b>{paper.day}</b></li>"
            for paper in self.shown(number)
        )
        listing = f"""<div class="zfxxgk_zdgkc"><div class="scroll_main"><ul>
{rows}
</ul></div></div>
<div class="page"><script type="text/javascript" src="/images/page.js"></script>
<script type="text/javascript">
createPageHTML("{self.last}", {number - 1}, "index", "html");
</script></div>"""
        return portal(listing, nav="/zfxxgk/fdzdgknr/{}/")

    def beyond(self, number: int) -> Answer:
        return self.send(1)


class Chongqing(Trs):
    """``createPage`` without HTML in its name; the link holds the whole row."""

    def show(self, number: int) -> str:
        rows = lines(
            f'<a class="listpc-item" href="{self.here(number, paper)}" target="_blank"><ul>'
            f'<li class="file-title">{paper.title}</li>'
            f'<li class="file-code">清民函〔{paper.day:%Y}〕{paper.number}号</li>'
            f'<li class="pub-time">{paper.day}</li></ul></a>'
            for paper in self.shown(number)
        )
        listing = f"""<div class="listpc">
<ul class="listpc-head"><li>标题</li><li>发文字号</li><li>发布日期</li></ul>
{rows}
</div>
<div class="page"><script>
createPage({self.last}, {number - 1}, 'index', 'html');
</script></div>"""
        return portal(listing, nav="/zwgk/fdzdgknr/{}/")


class Wuhan(Trs):
    """Rows that a script writes: the HTML has no link to a paper."""

    def show(self, number: int) -> str:
        rows = lines(
            f"""<script>
var url = "{self.here(number, paper)}";
var title="{paper.title}";
var FILENUM="清民函〔{paper.day:%Y}〕{paper.number}号";
var PUBDATE="{paper.day}";
document.writeln("<tr><td><a href='"+url+"' title='"+title+"' target='_blank'>"+title+"</a></td>");
document.writeln("<td>"+FILENUM+"</td><td>"+PUBDATE+"</td></tr>");
</script>"""
            for paper in self.shown(number)
        )
        listing = f"""<table class="dataList">
<tr><th>标题</th><th>发文字号</th><th>发布日期</th></tr>
{rows}
</table>
<div class="page"><script>
createPageHTML({self.last}, {number - 1}, "index","shtml");
</script></div>"""
        return portal(listing, nav="/zwgk/xxgk/{}/index.shtml")


class Kunming(Trs):
    """The number of pages stands in the goto script alone; the buttons have no address."""

    def show(self, number: int) -> str:
        rows = lines(
            f'<li><span class="bt-data-time">{paper.day}</span>'
            f'<a href="{self.here(number, paper)}" title="{paper.title}">{cut(paper.title, 24)}</a>'
            "</li>"
            for paper in self.shown(number)
        )
        listing = f"""<div class="lm-list"><ul>
{rows}
</ul></div>
<div class="page"><a href="javascript:void(0)" onclick="goto_page(-1)">上一页</a>
<a href="javascript:void(0)" onclick="goto_page(+1)">下一页</a>
到第<input type="text" id="goPage" size="3">页 <a href="javascript:toPage()">确定</a></div>
<script>
function toPage(){{
  var ele=document.getElementById("goPage");
  if(ele.value==""||isNaN(ele.value)||ele.value<1||ele.value>{self.last}){{alert('错误的页码');return;}}
  goto_page(ele.value);
}}
</script>"""
        return portal(listing, nav="/zfxxgk/fdzdgknr/{}/")


@dataclass
class Years:
    """A column that shows its years alone; each year is a column with pages of its own."""

    name: str = "trs-years"
    family: str = "trs"
    column: str = "/zfxxgk/fdzdgknr/jytabl/"
    papers: list[Paper] = field(default_factory=list)

    def years(self) -> list[Trs]:
        """The columns of the years, the newest first."""
        held = sorted({paper.path.split("/")[4] for paper in self.papers}, reverse=True)
        return [self._year(f"{self.column}{name}/") for name in held]

    def _year(self, folder: str) -> Trs:
        inside = [paper for paper in self.papers if paper.path.startswith(folder)]
        return CreatePage(folder, "trs", folder, inside, 10, folder=folder)

    def answer(self, heard: Heard) -> Answer | None:
        path = heard.path.partition("?")[0]
        if path in (self.column, self.column + "index.html"):
            return page(self.show())
        return next((sent for year in self.years() if (sent := year.answer(heard))), None)

    def show(self) -> str:
        """Print the years."""
        rows = lines(
            f'<li><a href="./{name}/" title="{name[:4]}年">{name[:4]}年</a></li>'
            for name in (year.folder.split("/")[-2] for year in self.years())
        )
        listing = f"""<div class="NewsList"><ul class="subcolumns">
{rows}
</ul></div>
<div class="page"><script>createPageHTML(1, 0, "index", "html")</script></div>"""
        return portal(listing, nav="/zfxxgk/fdzdgknr/{}/", foot=TA)


def trs_createpage() -> Site:
    folder = "/zwgk/jytabl/"
    made = papers(65, article(folder, "html"))
    return CreatePage("trs-createpage", "trs", folder, made, folder=folder)


def trs_countpage() -> Site:
    folder = "/xxgk/jyta/"
    made = papers(72, article(folder, "shtml"))
    return CountPage(
        "trs-countpage", "trs", folder + "index.shtml", made, 20, folder=folder, suffix="shtml"
    )


def trs_quoted() -> Site:
    folder = "/zfxxgk/fdzdgknr/jyta/rdjy/"
    made = papers(66, article(folder, "html"))
    return Quoted("trs-quoted", "trs", folder + "index.html", made, folder=folder)


def trs_createpage_chongqing() -> Site:
    folder = "/zwgk/fdzdgknr/jytabl/"
    made = papers(61, article(folder, "html"))
    return Chongqing("trs-chongqing", "trs", folder, made, 10, folder=folder)


def trs_wuhan() -> Site:
    folder = "/zwgk/xxgk/jyta/"
    made = papers(63, article(folder, "shtml"))
    return Wuhan("trs-wuhan", "trs", folder + "index.shtml", made, folder=folder, suffix="shtml")


def trs_kunming() -> Site:
    folder = "/zfxxgk/fdzdgknr/jytabl/2024n/"
    made = papers(70, article(folder, "shtml"))
    return Kunming("trs-kunming", "trs", folder, made, folder=folder, suffix="shtml")


def trs_years() -> Site:
    site = Years()
    for paper in papers(66, lambda number, day: ""):
        day = paper.day - timedelta(days=12 * (66 - paper.number))
        path = article(f"{site.column}{day:%Y}n/", "html")(paper.number, day)
        site.papers.append(replace(paper, day=day, path=path))
    return site


TRS = (
    trs_createpage,
    trs_countpage,
    trs_quoted,
    trs_createpage_chongqing,
    trs_wuhan,
    trs_kunming,
    trs_years,
)
