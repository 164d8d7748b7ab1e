"""What stands around every simulated column, and how a request is read.

A column page of a real site is mostly not the column: a head with links to two dozen other
columns, a breadcrumb, a box of what is new elsewhere, a foot with friends' links.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import parse_qsl, urlsplit

from tests.gov import Answer, Heard

OFFICE = "清源市民政局"
FORM = "application/x-www-form-urlencoded"
TABS = (
    *("首页", "机构概况", "领导信息", "内设机构", "直属单位", "工作动态"),
    *("通知公告", "图片新闻", "公开指南", "公开制度", "主动公开内容", "公开年报"),
    *("依申请公开", "政策文件", "政策解读", "规范性文件", "规划计划", "财政预决算"),
    *("行政许可", "社会救助", "养老服务", "儿童福利", "婚姻登记", "殡葬管理"),
    *("社会组织", "区划地名", "互动交流", "局长信箱", "意见征集", "网上调查"),
)
"""The other columns of the site, as its head names them."""


def path_of(heard: Heard) -> str:
    """The path asked for, without its query."""
    return urlsplit(heard.path).path


def query_of(heard: Heard) -> dict[str, str]:
    """The query of a request; of a name given twice, the last."""
    return dict(parse_qsl(urlsplit(heard.path).query, keep_blank_values=True))


def form_of(heard: Heard) -> dict[str, str]:
    """The form of a request; empty unless it is sent as one."""
    return dict(pairs_of(heard))


def pairs_of(heard: Heard) -> list[tuple[str, str]]:
    """The fields of a form in their order, as a servlet reads them: only if declared a form."""
    if not heard.headers.get("content-type", "").lower().startswith(FORM):
        return []
    return parse_qsl(heard.body.decode(), keep_blank_values=True)


def whole(value: str | None, default: int) -> int:
    """A number of a query as a lenient server reads it."""
    return int(value) if value is not None and value.isascii() and value.isdigit() else default


def cut(title: str, length: int) -> str:
    """A title as lists print it."""
    return title if len(title) <= length else title[:length] + "..."


def html(text: str, status: int = 200) -> Answer:
    """An answer in HTML."""
    return Answer(status, {"Content-Type": "text/html; charset=utf-8"}, text.encode())


def said(value: object) -> Answer:
    """An answer in JSON."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(200, {"Content-Type": "application/json;charset=UTF-8"}, body)


def missing() -> Answer:
    """A 404 as the servers behind these systems word it."""
    return html("<html><head><title>404</title></head><body>您访问的页面不存在</body></html>", 404)


def page(  # the frame of a column
    main: str,
    *,
    tabs: Iterable[str],
    name: str = "建议提案办理",
    head: str = "",
    elsewhere: Iterable[str] = (),
    metas: Mapping[str, str] | None = None,
) -> Answer:
    """Make a column page: ``tabs`` are the addresses of other columns, ``elsewhere`` of papers
    of other columns that a box beside the list shows."""
    named = {"SiteName": OFFICE, "ColumnName": name, "ColumnType": "政府信息公开", **(metas or {})}
    return html(
        "<!DOCTYPE html><html><head>"
        '<meta charset="utf-8"><meta http-equiv="X-UA-Compatible" content="IE=edge">'
        + "".join(f'<meta name="{key}" content="{value}">' for key, value in named.items())
        + f"<title>{name}_{OFFICE}</title>"
        '<link rel="stylesheet" href="/images/style.css">'
        f'<script src="/script/jquery-1.8.3.min.js"></script>{head}</head><body>'
        f"{_top(tabs, name)}"
        f'<div class="wrap clearfix">{_beside(elsewhere)}<div class="main">{main}</div></div>'
        f"{_foot()}</body></html>"
    )


def _top(tabs: Iterable[str], name: str) -> str:
    links = "".join(
        f'<li><a href="{escape(href)}" target="_blank">{tab}</a></li>'
        for tab, href in zip(TABS, tabs, strict=False)
    )
    return (
        '<div class="top"><a href="javascript:void(0)" onclick="StranBody()">繁體版</a>'
        '<a href="/wza/index.html">无障碍阅读</a><a href="https://www.gov.cn/">中国政府网</a></div>'
        f'<div class="nav"><ul>{links}</ul></div>'
        f'<div class="position">您现在的位置：<a href="/">首页</a> &gt; '
        f'<a href="/zwgk/">政府信息公开</a> &gt; <a href="#">{name}</a></div>'
    )


def _beside(elsewhere: Iterable[str]) -> str:
    rows = "".join(
        f'<li><a href="{escape(href)}" title="市民政局第{number}次例会">第{number}次例会</a>'
        f"<span>2024-09-{number:02}</span></li>"
        for number, href in enumerate(elsewhere, 11)
    )
    return f'<div class="side"><h3>热点推荐</h3><ul class="hot">{rows}</ul></div>' if rows else ""


def _foot() -> str:
    return (
        '<div class="foot"><select onchange="window.open(this.value)">'
        '<option value="https://www.mca.gov.cn/">民政部</option></select>'
        '<p><a href="/wzdt/index.html">网站地图</a> | <a href="/lxwm/index.html">联系我们</a></p>'
        f"<p>主办：{OFFICE}　网站标识码：9901230006　清ICP备05001234号</p>"
        '<script src="/script/count.js"></script></div>'
    )
