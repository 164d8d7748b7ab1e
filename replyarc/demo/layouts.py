"""How the sites of the sample government print a reply and a listing: five layouts of the field.

Each layout is two functions: a Reply in, its page out; some entries in, a listing page out. What a
reply does not say is an empty label where the layout has a box, and not there where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from replyarc.demo.letters import Column
from replyarc.model import Reply

COLUMN: Final = "建议提案办理"
_LETTER: Final = "text-indent: 2em;"
_FONTS: Final = (
    """style='font-family:仿宋_GB2312;mso-hansi-font-family:"Times New Roman"'""",
    'lang="EN-US"',
)
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page of a listing: its entries, its number from 1, and how much there is in all."""

    entries: Sequence[Reply]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The two functions of a layout."""

    detail: Callable[[Reply, Column], str]
    listing: Callable[[Leaf, Column], str]


def _page(title: str, body: str, site: Column) -> str:
    """Wrap a page in what every site has: head, way back, footer."""
    return f"""<!DOCTYPE html>
<html lang="zh">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={site.charset}">
<title>{escape(title)}</title>
<style>body {{ max-width: 60em; margin: auto; font-family: serif; line-height: 1.8 }}</style>
</head>
<body>
<div class="top"><a href="/">首页</a></div>
<div class="dqwz">您当前所在位置：首页 &gt; 政务公开 &gt; {COLUMN}</div>
{body}
<div class="bottom"><p>主办单位：{site.publisher}</p><p>打印本页 关闭窗口</p></div>
</body>
</html>
"""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _paragraphs(reply: Reply) -> list[str]:
    """Escape the paragraphs of the letter; the name of an attachment becomes a link to it."""
    text = escape(reply.text, quote=False)
    for file in reply.attachments:
        text = text.replace(file.name, f'<a href="{file.url}">{file.name}</a>')
    return text.split("\n")


def _plain(reply: Reply) -> str:
    return "\n".join(f'<p style="{_LETTER}">{line}</p>' for line in _paragraphs(reply))


def _items(leaf: Leaf, site: Column, row: str) -> str:
    """Fill the row of a listing for every entry; ``near`` is its address from the listing."""
    folder = site.listing.rpartition("/")[0] + "/"
    return "\n".join(
        row.format(
            url=entry.url,
            near=entry.url.removeprefix(folder),
            title=escape(entry.title),
            day=_day(entry.published_on),
        )
        for entry in leaf.entries
    )


def _list_detail(reply: Reply, site: Column) -> str:
    """TRS with a box of ``<li>label: value</li>``; most of the labels stand empty."""
    box = (
        ("索引号", reply.index_number),
        ("信息分类", reply.topic),
        ("发布机构", reply.publisher),
        ("发文日期", _day(reply.written_on)),
        ("文号", reply.document_number),
        ("是否有效", reply.validity),
        ("信息名称", reply.title),
    )
    rows = "\n".join(f"<li><b>{label}:</b> {escape(value or '')}</li>" for label, value in box)
    body = f"""<div class="article">
<div class="xxgk_top"><ul>
{rows}
</ul></div>
<h1>{escape(reply.title)}</h1>
<div class="gn">字号:[ ]  [我要打印][关闭] 视力保护色:</div>
<div class="TRS_Editor">{_plain(reply)}</div>
</div>
<div class="prenext"><p>上一篇：</p><p>下一篇：</p></div>"""
    return _page(reply.title, body, site)


def _trs_listing(leaf: Leaf, site: Column) -> str:
    """TRS: the pager is a call with four arguments, the page counted from 0."""
    row = '<li><a href="./{near}" title="{title}">{title}</a><span>{day}</span></li>'
    body = f"""<ul class="NewsList">
{_items(leaf, site, row)}
</ul>
<div class="page"><script>
createPageHTML({leaf.pages}, {leaf.number - 1}, "index", "html");
</script></div>"""
    return _page(COLUMN, body, site)


def _rows_detail(reply: Reply, site: Column) -> str:
    """Rows of two spans; class, openness, number and title stand above the letter once more."""
    box = (
        ("索引号", reply.index_number),
        ("字号", reply.document_number),
        ("文章来源", reply.origin),
        ("发布日期", _day(reply.published_on)),
    )
    rows = "\n".join(
        f'<div class="row"><span class="label">{label}</span>\n'
        f'<span class="text">{escape(value or "")}</span></div>'
        for label, value in box
    )
    first, _, second = reply.title.partition("次会议")
    heads = (
        reply.result_class,
        reply.openness,
        reply.document_number,
        f"{first}次会议",
        second,
    )
    head = "\n".join(f'<p style="text-align: center;">{escape(line or "")}</p>' for line in heads)
    body = f"""<div class="article">
<div class="article-head">{rows}</div>
<h1>{escape(reply.title)}</h1>
<div class="article-content">{head}
{_plain(reply)}</div>
</div>"""
    return _page(reply.title, body, site)


def _turned(leaf: Leaf, site: Column) -> str:
    """A pager in words: the next page by its link, or on the last page no link."""
    if leaf.number == leaf.pages:
        return f"共{leaf.total}条 {leaf.number}/{leaf.pages} 下一页"
    following = path(site, leaf.number + 1)
    return f'共{leaf.total}条 {leaf.number}/{leaf.pages} <a href="{following}">下一页</a>'


def _rows_listing(leaf: Leaf, site: Column) -> str:
    row = '<li><a href="{url}">{title}</a><em>[{day}]</em></li>'
    body = f"""<div class="list"><ul>
{_items(leaf, site, row)}
</ul></div>
<div class="pages">{_turned(leaf, site)}</div>"""
    return _page(COLUMN, body, site)


def _table_detail(reply: Reply, site: Column) -> str:
    """TRS with a table of two pairs a row, and a letter pasted from Word."""
    pairs = (
        ("索引号", reply.index_number, "信息分类", reply.topic),
        ("发布机构", reply.publisher, "责任部门", reply.responsible_unit),
        ("成文日期", _day(reply.written_on), "公开日期", _day(reply.published_on)),
        ("文号", reply.document_number, "有效性", reply.validity),
        ("名称", reply.title),
    )
    rows = "\n".join(_cells(row) for row in pairs)
    letter = "\n".join(_word(line) for line in _paragraphs(reply))
    body = f"""<div class="article">
<table class="zfxxgk_table" width="100%"><tbody>
{rows}
</tbody></table>
<h1>{escape(reply.title)}</h1>
<div class="zfxxgk_zw"><div class="TRS_Editor">{letter}</div></div>
</div>
<div class="bottom"><p>扫一扫在手机上查看当前页面</p></div>"""
    return _page(reply.title, body, site)


def _cells(row: Iterable[str | None]) -> str:
    cells = (
        f'<td class="{"con" if n % 2 else "tit"}">{escape(value or "")}</td>'
        for n, value in enumerate(row)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _word(line: str) -> str:
    """Print a paragraph as Word saves it: every run of digits in a span of its own."""
    if "<a " in line:
        return f'<p class="MsoNormal">{line}</p>'
    runs = (run for run in _DIGITS.split(line) if run)
    spans = "".join(f"<span {_FONTS[run[0].isdecimal()]}>{run}</span>" for run in runs)
    return f'<p class="MsoNormal" style="text-indent:32.0pt">{spans}<o:p></o:p></p>'


def _zoom_detail(reply: Reply, site: Column) -> str:
    """Ucap: a line of information instead of a box, the document number above the letter."""
    info = f"来源:{reply.origin} 发布时间:{_day(reply.published_on)} 14:57:34 阅读次数:-"
    body = f"""<div class="article">
<h1>{escape(reply.title)}</h1>
<div class="info">{info}</div>
<div class="zoomcon" id="zoomcon"><p style="text-align: center;">{reply.document_number}</p>
{_plain(reply)}</div>
</div>"""
    return _page(reply.title, body, site)


def _ucap_listing(leaf: Leaf, site: Column) -> str:
    """Ucap: the pager is a call with six arguments, the page counted from 1."""
    row = (
        '<li><i></i><a href="{url}" title="{title}">{title}</a><span class="date">{day}</span></li>'
    )
    body = f"""<ul class="list">
{_items(leaf, site, row)}
</ul>
<div id="page_div"></div>
<script>
createPageHTML('page_div',{leaf.pages}, {leaf.number},'common_list','shtml',{leaf.total});
</script>"""
    return _page(COLUMN, body, site)


def _spans_detail(reply: Reply, site: Column) -> str:
    """An old CMS of Hunan's kind: a line of information, every paragraph cut into two spans."""
    info = f"编稿时间: {_day(reply.published_on)} 16:51 来源: {reply.origin}"
    letter = "\n".join(_cut(line) for line in _paragraphs(reply))
    body = f"""<div class="article">
<h1>{escape(reply.title)}</h1>
<div class="info">{info}</div>
<div class="content-wrapper">{letter}</div>
</div>"""
    return _page(reply.title, body, site)


def _cut(line: str) -> str:
    if "<a " in line:
        return f"<div>{line}</div>"
    middle = 2 * len(line) // 3
    return f"<div><span>{line[:middle]}</span><span>{line[middle:]}</span></div>"


def _spans_listing(leaf: Leaf, site: Column) -> str:
    row = (
        '<li><span class="title"><a href="{near}">{title}</a></span>'
        '<span class="date">{day}</span></li>'
    )
    body = f"""<ul class="contents-list">
{_items(leaf, site, row)}
</ul>
<div class="pager">{_turned(leaf, site)}</div>"""
    return _page(COLUMN, body, site)


def path(site: Column, number: int) -> str:
    """Say where the listing page of this number (from 1) stands on the site."""
    if number == 1:
        return site.listing
    return site.following.format(number=number, before=number - 1)


def home(site: Column) -> str:
    """Print the front page of a site."""
    link = f'<p><a href="{site.listing}">{COLUMN}</a></p>'
    return _page(site.publisher, link, site)


LAYOUTS: Final = {
    "list": Layout(_list_detail, _trs_listing),
    "rows": Layout(_rows_detail, _rows_listing),
    "table": Layout(_table_detail, _trs_listing),
    "zoom": Layout(_zoom_detail, _ucap_listing),
    "spans": Layout(_spans_detail, _spans_listing),
}
