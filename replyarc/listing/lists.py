"""Which list of a page is the listing: told by days, and by what addresses look like.

No site is named here, and no menu or sidebar is looked for: a listing is the list whose rows look
most like those of articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from replyarc.listing.belonging import carries, speak_of_replies
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
_LETTER: Final = re.compile(r"关于.{4}|第[\s\w-]{1,12}[号件].{0,20}(?:建议|提案|议案|答复|函)")
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


class _Rank(NamedTuple):
    """What speaks for a list, the weightiest first."""

    below: bool = False
    within: bool = False
    carries: bool = False
    speaks: bool = False
    weight: int = 0


def main_list(
    links: Iterable[Link], columns: Sequence[str], numbers: Set[str] = frozenset()
) -> list[Link]:
    """Return the links of the list that looks most like one of articles; of none, nothing.

    ``columns`` are the addresses of the listing: of this page first; ``numbers`` those that may
    name it. A list of what lies below that goes before all others, since the last page of a column
    may hold one entry beside a sidebar of ten; then one below a column that holds the page, one
    of addresses with a number of the column, one with titles of replies.
    Links that cannot be entries are returned with those of their list, or alone: rows that a
    script opens go before a box of other articles. Lists of replies beside it
    belong to it where they too lie below: 人大建议 and 政协提案, each in a block or a tab.
    """
    shapes = {shape(url) for url in columns}
    own, *around = (_folder(url) for url in columns)
    outer = tuple(folder for folder in around if folder and columns[0].startswith(folder))
    lists: list[tuple[_Rank, list[Link]]] = []
    for group in _lists(links):
        points = {link: _points(link, shapes) for link in group}
        kept = _alike(points)
        weight = sum(points.values())
        sure = max(points.values()) >= _SHAPED or (weight > 0 and _are_letters(kept))
        told = [link.title for link in kept or group if len(link.title) >= _LONG_TITLE]
        speaks = speak_of_replies(told)
        if sure or weight >= _ENOUGH:
            below = sure and bool(own) and _are_below(kept, (own,))
            within = sure and _are_below(kept, outer)
            carry = sure and 2 * sum(carries(link.url, numbers) for link in kept) > len(kept)
            rank = _Rank(below, within, carry, speaks, weight)
            lists.append((rank, [link for link in group if link.reason or link in kept]))
    highest, best = max(lists, key=lambda ranked: ranked[0], default=(_Rank(), []))
    if not (highest.below and highest.speaks):
        return best
    return [link for rank, group in lists if rank.below and rank.speaks for link in group]


def _are_letters(links: Collection[Link]) -> bool:
    """Tell whether more than half of some titles are those of letters: no column is called so."""
    return 2 * sum(_LETTER.search(link.title) is not None for link in links) > len(links)


def _are_below(links: Collection[Link], folders: tuple[str, ...]) -> bool:
    """Tell whether more than half of some links lie below folders."""
    return 2 * sum(link.url.startswith(folders) for link in links) > len(links)


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
