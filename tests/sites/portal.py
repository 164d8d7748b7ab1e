"""What stands around the listing on a government page, and how pages of a column are counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from tests.gov import NOT_FOUND, Answer, Heard
from tests.sites.site import Paper

OFFICE = "清源市民政局"

COLUMNS = (
    ("领导之窗", "ldzc"),
    ("机构职能", "jgzn"),
    ("内设机构", "nsjg"),
    ("政务动态", "zwdt"),
    ("通知公告", "tzgg"),
    ("政策法规", "zcfg"),
    ("政策解读", "zcjd"),
    ("规划计划", "ghjh"),
    ("统计信息", "tjxx"),
    ("财政预决算", "czyjs"),
    ("行政许可", "xzxk"),
    ("行政处罚", "xzcf"),
    ("行政执法公示", "xzzfgs"),
    ("重大建设项目", "zdjsxm"),
    ("应急管理", "yjgl"),
    ("人事信息", "rsxx"),
    ("社会救助", "shjz"),
    ("养老服务", "ylfw"),
    ("儿童福利", "etfl"),
    ("婚姻登记", "hydj"),
    ("殡葬管理", "bzgl"),
    ("社会组织", "shzz"),
    ("区划地名", "qhdm"),
    ("在线咨询", "zxzx"),
    ("意见征集", "yjzj"),
)

SISTERS = (
    ("中国政府网", "http://www.gov.test/"),
    ("清源市人民政府", "http://www.qingyuan.gov.test/"),
    ("清源市财政局", "http://czj.qingyuan.gov.test/"),
    ("清源市教育局", "http://jyj.qingyuan.gov.test/jytabl/index.html"),
    ("东河县人民政府", "http://www.donghe.gov.test/"),
    ("西岭区人民政府", "http://www.xiling.gov.test/zwgk/jytabl/"),
)


def portal(
    listing: str,
    *,
    nav: str = "/zwgk/{}/index.html",
    aside: str = "",
    head: str = "",
    foot: str = "",
    charset: str = "utf-8",
    column: str = "建议提案办理",
) -> str:
    """Set a listing into a whole page; ``nav`` is the shape of the addresses of other columns."""
    menu = "\n".join(
        f'<li><a href="{nav.format(slug)}" target="_blank">{label}</a></li>'
        for label, slug in COLUMNS
    )
    sisters = "\n".join(f'<option value="{url}">{label}</option>' for label, url in SISTERS)
    linked = "\n".join(f'<a href="{url}" target="_blank">{label}</a>' for label, url in SISTERS)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<meta name="SiteName" content="{OFFICE}">
<meta name="SiteIDCode" content="9901230006">
<meta name="ColumnName" content="{column}">
<meta name="ColumnType" content="信息公开目录">
<title>{column}-{OFFICE}</title>
<link href="/images/style.css" rel="stylesheet" type="text/css">
{head}
</head>
<body>
<div class="top"><a href="/">设为首页</a> | <a href="javascript:void(0)" id="wza">无障碍浏览</a> |
<a href="/zzzq/index.html">长者专区</a></div>
<div class="header"><a href="/"><img src="/images/logo.png" alt="{OFFICE}"></a>
<form action="/search/" method="get"><input type="text" name="q" value="请输入关键字">
<input type="submit" value="搜索"></form></div>
<div class="nav"><ul>
<li><a href="/">首页</a></li>
{menu}
</ul></div>
<div class="position">当前位置：<a href="/">首页</a>
&gt; <a href="{nav.format("zwgk")}">政务公开</a> &gt; <a href="">{column}</a></div>
<div class="main">
<div class="left"><h3>政务公开</h3><ul>
<li><a href="{nav.format("xxgkzn")}">信息公开指南</a></li>
<li><a href="{nav.format("xxgkzd")}">信息公开制度</a></li>
<li class="on"><a href="">{column}</a></li>
<li><a href="{nav.format("xxgknb")}">信息公开年报</a></li>
<li><a href="{nav.format("ysqgk")}">依申请公开</a></li>
</ul>{aside}</div>
<div class="right">
{listing}
</div>
</div>
<div class="footer">
<select onchange="window.open(this.value)"><option value="">市级部门网站</option>
{sisters}
</select>
<div class="links">{linked}</div>
<p><a href="/wzdt/index.html">网站地图</a> | <a href="/lxwm/index.html">联系我们</a> |
<a href="/rss/index.html">RSS订阅</a></p>
<p>主办：{OFFICE}　网站标识码：9901230006　备案号：<a href="http://beian.test/">某ICP备00000001号</a></p>
<p>地址：清源市人民路1号　更新于2024-09-30　您是第<span id="hits">-</span>位访客</p>
</div>
{foot}
</body>
</html>
"""


def cut(title: str, length: int = 20) -> str:
    """Cut a title as narrow templates do."""
    return title if len(title) <= length else title[:length] + "…"


def lines(items: Iterable[str]) -> str:
    """Join rows as a template does."""
    return "\n".join(items)


def page(text: str, charset: str = "utf-8", said: str | None = None) -> Answer:
    """Send a page; ``said`` is the charset of the header where it is not that of the page."""
    kind = f"text/html; charset={charset}" if said is None else "text/html" + said
    return Answer(200, {"Content-Type": kind}, text.encode(charset))


@dataclass
class Paged(ABC):
    """A column that is cut into pages, newest papers first."""

    name: str
    family: str
    column: str
    papers: list[Paper]
    size: int = 15

    @property
    def last(self) -> int:
        """The number of its last page."""
        return max(1, -(-len(self.papers) // self.size))

    def shown(self, number: int) -> list[Paper]:
        """The papers of one page."""
        return self.papers[(number - 1) * self.size : number * self.size]

    def answer(self, heard: Heard) -> Answer | None:
        """Answer for the pages of the column, and None for what is not one."""
        number = self.asked(heard)
        if number is None:
            return None
        return self.send(number) if 1 <= number <= self.last else self.beyond(number)

    def asked(self, heard: Heard) -> int | None:
        """Which page is asked for; None where it is none of this column's."""
        return None

    @abstractmethod
    def show(self, number: int) -> str:
        """Print one page."""

    def send(self, number: int) -> Answer:
        """Send one page."""
        return page(self.show(number))

    def beyond(self, number: int) -> Answer:
        """What is sent for a page past the end."""
        return NOT_FOUND


@dataclass
class Files(Paged):
    """A column that lies as files on the server: what stands behind ``?`` is ignored."""

    @abstractmethod
    def address(self, number: int) -> str:
        """Where a page lies; the first one lies at the column's address too."""

    def asked(self, heard: Heard) -> int | None:
        path = heard.path.partition("?")[0]
        if path == self.column:
            return 1
        numbers = range(1, self.last + 30)
        return next((number for number in numbers if self.address(number) == path), None)

    def here(self, number: int, paper: Paper) -> str:
        """The address of a paper as a page prints it: from its own folder."""
        return "./" + paper.path.removeprefix(self.address(number).rpartition("/")[0] + "/")
