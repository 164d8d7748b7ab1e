"""The columns below a column: by year, session, body or level; and the frames that hold its list.

建议提案 columns are often nested: ``jytabl/2019jyta/`` … ``jytabl/2025jyta/``, one for 人大 and one
for 政协, one for each session. A link leads to such a part where its address lies below the
column's own folder and it is named like a part; or, where folders do not nest, where it is named
so exactly, stands among others that are, and has an address like the column's own but for the
numbers (CMS families: README).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import islice
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from replyarc.listing.folders import folder_of, plain
from replyarc.listing.frames import frame_of, is_outside
from replyarc.listing.links import base_of
from replyarc.listing.lists import ARTICLE
from replyarc.listing.notices import is_notice
from replyarc.listing.rows import Rows
from replyarc.listing.shapes import shape
from replyarc.model import Page, Source
from replyarc.text.chinese import narrow, squeeze
from replyarc.text.html import absolute, lines, one_line, parse

MOST_COLUMNS: Final = 60
"""Columns that are taken from one page."""

_MOST_LINKS: Final = 5_000
"""Links of a page that are looked at, in its order."""

_WORDS: Final = (
    r"(?:19|20)\d\d年?度?|第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:届|次会议|次)|历年|历届|往年|往届"
    "|[以之]前|以来|全国|国家级?|自治区|本级|人民代表大会|人大|政协|两会|常委会|代表|委员会|委员|大会"
    "|会议|闭会期间|重点|建议|提案|议案|批评|意见|承办|主办|会办|协办|分办|办理|办复|答复|回复|复函"
    "|复文|反馈|结果|情况|工作|公开|公示|目录|信息|专栏|专题|[函件类省市区县州盟旗级]"
    "|及其|以及|[和与及的、,·/()“”-]"
)
_NAME: Final = re.compile(f"(?:{_WORDS}){{1,16}}+")
_PART: Final = re.compile(
    r"(?:19|20)\d\d|[届省市区县州盟旗]|次会议|人大|政协|代表|委员|建议|提案|议案|全国|国家"
)
_SAYS_SO: Final = re.compile(r"(?:19|20)\d\d年|\w届|人大|政协|建议|提案|议案|答复|复函")
_LONGEST_NAME: Final = 30
_TRIM: Final = re.compile(r"^[·•●■◆▪>»›\[【]{1,9}|[>»›+…:\]】]{1,9}$")
_MORE: Final = frozenset(("更多", "more", "查看更多", "更多内容", "更多信息", "点击更多"))
_HEADED: Final = 4
"""How far up from 更多 its heading may stand."""

_FILE: Final = re.compile(
    r"(?P<stem>[^/?]{0,80})\.(?:s?html?|jhtml|aspx?|jspx?|php)", re.IGNORECASE
)
_LISTS: Final = re.compile(r"(?:index|default|list|main|more)\d{0,2}|", re.IGNORECASE)
_ARTICLES_NUMBER: Final = re.compile(r"\d{5}")
_PAGES_NUMBER: Final = re.compile(r"(?:(?:index|default|list|page)[_-]?)?\d{1,6}", re.IGNORECASE)
_OF_A_YEAR: Final = re.compile(r"(?:19|20)\d\d(?![\d])\D{0,20}")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DEEPEST: Final = 3


class _Way(NamedTuple):
    """A link, and what it is called: by its own text or, for 更多, by the heading above."""

    node: LexborNode
    url: str
    name: str


def columns(page: Page, source: Source) -> tuple[str, ...]:
    """Return the columns below this one that a page leads to, and the frames that hold its list.

    In the order of the page, each once, sixty at the most; none on another host, no article, no
    further page of the listing, not the column itself.
    """
    return tuple(way.url for way in _found(page, source))


def by_year(page: Page, source: Source) -> tuple[tuple[int, str], ...]:
    """Return the columns below this one that are named for one year, each with its year.

    A column that lists replies itself may list the newest year alone.
    """
    found = (
        (_YEAR.findall(way.name) or _YEAR.findall(way.url), way) for way in _found(page, source)
    )
    return tuple((int(years[0]), way.url) for years, way in found if len({*years}) == 1)


def _found(page: Page, source: Source) -> list[_Way]:
    tree = parse(page.text)
    base = base_of(tree, page)
    own = {plain(url) for url in (page.url, page.column, *source.urls)}
    nodes = tree.css("a[href], iframe[src], frame[src]")[:_MOST_LINKS]
    ways = [_Way(node, url, _name(node)) for node in nodes if (url := _address(node, base))]
    named = _named_alike(ways, page, own)
    found: dict[str, _Way] = {}
    for way in ways:
        below = way.node.tag != "a" or _is_below(way, page.column) or way.node.mem_id in named
        if below and plain(way.url) not in own:
            found.setdefault(way.url, way)
    return list(islice(found.values(), MOST_COLUMNS))


def _address(node: LexborNode, base: str) -> str | None:
    """Return where a link or a frame leads, if that is on this host."""
    href = node.attributes.get("href" if node.tag == "a" else "src") or ""
    url = absolute(base, href) if node.tag == "a" else frame_of(node, base)
    return url if url and _host(url) == _host(base) else None


def _host(url: str) -> str:
    return url.split("/", 3)[2]


def _name(node: LexborNode) -> str:
    name = _trimmed(one_line(node)) or _trimmed(node.attributes.get("title") or "")
    return next(_headings(node), "") if name.lower() in _MORE else name


def _trimmed(text: str) -> str:
    return _TRIM.sub("", squeeze(narrow(text[: 4 * _LONGEST_NAME])))


def _headings(more: LexborNode) -> Iterator[str]:
    """Yield what stands before 更多 and is named like a part of a column, the nearest first."""
    node: LexborNode | None = more
    for _ in range(_HEADED):
        before = node.prev if node else None
        for _ in range(_HEADED):
            if before is None:
                break
            said = [before.text_content or ""] if before.tag == "-text" else []
            if before.tag not in ("-text", "-comment"):
                said = lines(before)
            yield from (name for line in said[:1] if _is_part(name := _trimmed(line)))
            before = before.prev
        node = node.parent if node else None


def _is_part(name: str) -> bool:
    """Tell whether a name is made of the words for parts of a column alone.

    >>> [_is_part(name) for name in ("2023年", "十四届二次会议", "市政协提案", "通知公告")]
    [True, True, True, False]
    """
    return bool(len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) and _PART.search(name))


def _is_below(way: _Way, column: str) -> bool:
    """Tell whether a link leads below the folder of a column, to a part of it."""
    folder, path = folder_of(column), plain(way.url)
    if not folder or not path.startswith(folder) or "?" in path or len(way.name) > _LONGEST_NAME:
        return False
    *folders, file = path.removeprefix(folder).split("/")
    if len(folders) > _DEEPEST or not (folders or file):
        return False
    parts = _FILE.fullmatch(file)
    stem = parts["stem"] if parts else file
    if (file and not parts) or _ARTICLES_NUMBER.search(stem) or ARTICLE.search(path):
        return False
    if _LISTS.fullmatch(stem) and folders and _OF_A_YEAR.fullmatch(folders[-1]):
        return True
    if not folders and _PAGES_NUMBER.fullmatch(stem) and stem not in way.name:
        return False
    says_so = _SAYS_SO.search(way.name) and "关于" not in way.name and not is_notice(way.name)
    return bool(says_so) or _is_part(way.name)


def _named_alike(ways: list[_Way], page: Page, own: Set[str]) -> set[int]:
    """Return the links named like parts with an address like the column's, by their numbers.

    A list of which less than half are is a menu of the site; one that leads to this column under
    the name of a part is one of its neighbours.
    """
    like = shape(plain(page.column))
    parts = {
        way.node.mem_id
        for way in ways
        if shape(plain(way.url)) == like and _is_part(way.name) and not is_outside(way.node)
    }
    rows = Rows([(way.node, way.url) for way in ways] if parts else [])
    lists: defaultdict[int, list[_Way]] = defaultdict(list)
    for way in ways if parts else ():
        lists[rows.row(way.node).place.element].append(way)
    for group in lists.values():
        addresses = {way.url for way in group}
        chosen = {way.url for way in group if way.node.mem_id in parts}
        neighbours = any(plain(way.url) in own and _is_one_part(way.name) for way in group)
        if neighbours or 2 * len(chosen) < len(addresses):
            parts -= {way.node.mem_id for way in group}
    return parts


def _is_one_part(name: str) -> bool:
    return _is_part(name) and not ("建议" in name and "提案" in name)
