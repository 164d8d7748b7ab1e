"""Which list of a page is the listing: told by days, and by what addresses look like.

No site is named here, and no menu or sidebar is looked for: a listing is the list whose rows look
most like those of articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from replyarc.listing.rows import Kind, Place
from replyarc.listing.shapes import shape

# Addresses that only articles have, one row a family.
ARTICLE: Final = re.compile(
    r"/t\d{8}_\d+\.s?html?$"  # TRS
    r"|/t\d{5,}\.s?html?$"  # TRS in 广西
    r"|[/_][0-9a-f]{32}\.s?html?$"  # Ucap, jpaas, 上海
    r"|/[0-9a-f]{8}-[0-9a-f-]{27}\.html?$"  # Epoint, TrueCMS
    r"|/art_\d+_\d+\.html$"  # Hanweb
    r"|/(?:m?post|content|article|info|detail|news|show|view)[_-]\d+\.s?html?$"  # NFCMS, creator
    r"|/(?:contents?|info|public|article)/\d+/\d+\.html?$"  # SiteServer, VSB, Lonsun
    r"|/(?:\d{6}|\d{4}/\d\d?[-/]?\d\d?)/c?\d+\.s?html?$"  # Ucap by month, 河南
    r"|/c\d{5,}/content\.html$"  # 国资委
    r"|\.(?:pdf|docx?|wps|ofd|xlsx?)$"  # letters that are files
    r"|[?&](?:id|aid|newsid|wbnewsid|articleid|infoid|docid|contentid|wbfileid|filename)=\w",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\d[\w-]{0,40}\.[sj]?html?$", re.IGNORECASE)
_COLUMN: Final = re.compile(r"/(?:(?:index|default|list|more)[\d_-]*\.\w{2,6})?$", re.IGNORECASE)
_DATED, _SHAPED, _NUMBERED_ONLY, _LONG = 6, 4, 2, 1
_LONG_TITLE: Final = 10
_ENOUGH: Final = 12
"""What a list must weigh that has neither days nor addresses that only articles have."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may be an entry; ``reason`` says why it cannot be one, ``""`` where it can.

    ``url`` is ``""`` where it leads to no page. ``row`` is what holds this link and no other.
    """

    url: str
    title: str
    day: date | None
    place: Place
    reason: str
    row: LexborNode | None = field(default=None, compare=False)


def main_list(links: Iterable[Link], columns: Sequence[str]) -> list[Link]:
    """Return the links of the list that looks most like one of articles; of none, nothing.

    ``columns`` are the addresses of the listing: of this page first. A list of what lies below
    that goes before all others, since the last page of a column may hold one entry beside a
    sidebar of ten. Links that cannot be entries are returned with those of their list.
    """
    shapes = {shape(url) for url in columns}
    folder = _folder(columns[0])
    best: list[Link] = []
    highest = (False, 0)
    for group in _lists(links):
        points = {link: _points(link, shapes) for link in group}
        kept = _alike(points)
        below = sum(bool(folder) and link.url.startswith(folder) for link in kept)
        weight = sum(points.values())
        sure = max(points.values()) >= _SHAPED
        rank = (sure and 2 * below > len(kept), weight)
        if rank > highest and (sure or weight >= _ENOUGH):
            best, highest = [link for link in group if link.reason or link in kept], rank
    return best


def _lists(links: Iterable[Link]) -> list[list[Link]]:
    """Group links by their lists; neighbours of one kind are one where their addresses are alike.

    A long listing is often broken into lists of five or ten rows.
    """
    elements: defaultdict[Place, list[Link]] = defaultdict(list)
    for link in links:
        elements[link.place].append(link)
    lists: list[list[Link]] = []
    known: dict[tuple[Kind, str], list[Link]] = {}
    for place, group in elements.items():
        marks = {(place.kind, shape(link.url)) for link in group if link.url}
        joined = next((known[mark] for mark in marks if mark in known), None)
        if joined is None:
            lists.append(joined := [])
        joined += group
        known.update(dict.fromkeys(marks, joined))
    return lists


def _folder(url: str) -> str:
    """Return the address up to its last slash; ``""`` at the root, below which everything lies."""
    path = urlsplit(url).path
    return url.split("?")[0].rpartition("/")[0] + "/" if path.count("/") > 1 else ""


def _points(link: Link, columns: Set[str]) -> int:
    """Weigh what speaks for an entry, were it not for its `reason`; 0 where nothing does."""
    points = _DATED if link.day else 0
    if ARTICLE.search(link.url):
        points += _SHAPED if points or shape(link.url) not in columns else 0
    elif _NUMBERED.search(link.url):
        points += _NUMBERED_ONLY if points or not _is_column(link.url, columns) else 0
    return points + (_LONG if points and len(link.title) >= _LONG_TITLE else 0)


def _is_column(url: str, columns: Set[str]) -> bool:
    return bool(_COLUMN.search(url.split("?")[0])) or shape(url) in columns


def _alike(points: dict[Link, int]) -> set[Link]:
    """Return the links that something speaks for, and those with addresses of the same shape.

    Where half of them or more lead to articles, those that lead to columns are left: they name
    the kind or the office in each row.
    """
    good = [link for link in points if points[link] and not link.reason]
    plain = [link for link in good if not _is_column(link.url, frozenset())]
    shapes = {shape(link.url) for link in (plain if 2 * len(plain) >= len(good) else good)}
    return {link for link in points if not link.reason and shape(link.url) in shapes}
