"""Which links of a page stand in one list, and which day stands in the row of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from selectolax.lexbor import LexborNode

from replyarc.listing.days import read_day
from replyarc.text.chinese import one_line

ROWS: Final = frozenset(("li", "tr"))
"""Elements that are a row whatever stands in them."""

_LISTS: Final = frozenset(("ul", "ol", "dl", "table"))
_PARTS: Final = ROWS | {"tbody", "thead"}
_ENDS: Final = frozenset(("br", "hr"))
_ROOTS: Final = frozenset(("html", "-document"))
_REACH: Final = 8
"""How many elements a link lies within its row at the most, and so what a link can cost."""

_LONGEST_ROW: Final = 1000
_LINK, _SEAM = "|", "\x0e"


Kind: TypeAlias = tuple[int, str, str]
"""What lists of one kind side by side share: the element around them, their tag and class."""


class Place(NamedTuple):
    """A list on a page: the number of its element, and its kind."""

    element: int
    kind: Kind


class Rows:
    """The rows of a page, found from where its links stand.

    An element that holds several links holds several rows, unless it is a ``<li>`` or a ``<tr>``.
    What else stands in the row of a link is looked through for its day, and nothing beyond.
    """

    def __init__(self, links: list[tuple[LexborNode, str]]) -> None:
        """Take the links of a page and their addresses, which need only tell them apart."""
        self._holds: dict[int, str] = {}
        self._days: dict[int, dict[int, date]] = {}
        for link, address in links:
            for node in (link, *_ancestors(link)):
                if self._holds.setdefault(node.mem_id, address) != address:
                    self._holds[node.mem_id] = ""

    def place(self, link: LexborNode) -> tuple[Place, date | None]:
        """Return the list that a link stands in, and the day of its row."""
        node, pieces, day, in_row = link, [_LINK], None, True
        for outer in _ancestors(link):
            if not self._holds[outer.mem_id]:
                day = day or (self._among(outer).get(node.mem_id) if in_row else None)
                return _place(node if node.tag in _LISTS else outer), day
            if in_row and day is None:
                before, behind = _said(node, before=True), _said(node, before=False)
                pieces = [*reversed(before), *pieces, *behind]
                in_row = sum(map(len, pieces)) <= _LONGEST_ROW
                day = read_day(pieces) if in_row else None
            in_row = in_row and outer.tag not in ROWS
            node = outer
        return _place(node), day

    def _among(self, outer: LexborNode) -> dict[int, date]:
        """Return the days of the links right within an element that holds several."""
        if outer.mem_id not in self._days:
            self._days[outer.mem_id] = {}
            for part in self._parts(outer):
                self._days[outer.mem_id] |= _matched(part, outer.tag in ROWS)
        return self._days[outer.mem_id]

    def _parts(self, outer: LexborNode) -> Iterator[list[int | date]]:
        """Yield what stands between two ``<br>``: links, by their number, and days."""
        part: list[int | date] = []
        child = outer.first_child
        while child is not None:
            if child.tag in _ENDS:
                yield part
                part = []
            elif child.mem_id in self._holds:
                part.append(child.mem_id)
            elif day := read_day(_pieces(child)):
                part.append(day)
            child = child.next
        yield part


def _matched(part: list[int | date], is_row: bool) -> dict[int, date]:
    """Give each link its day: the only one, or the one beside it where they take turns."""
    links = [each for each in part if isinstance(each, int)]
    days = [each for each in part if isinstance(each, date)]
    if days and (len(links) == 1 or (is_row and len(days) == 1)):
        return dict.fromkeys(links, days[0])
    take_turns = all(isinstance(one, int) != isinstance(two, int) for one, two in pairwise(part))
    return dict(zip(links, days, strict=True)) if len(links) == len(days) and take_turns else {}


def _place(node: LexborNode) -> Place:
    while node.parent and node.tag in _PARTS:
        node = node.parent
    above = node.parent or node
    return Place(node.mem_id, (above.mem_id, node.tag or "", node.attributes.get("class") or ""))


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    for _ in range(_REACH):
        above = node.parent
        if above is None or above.tag in _ROOTS:
            return
        yield above
        node = above


def _said(node: LexborNode, *, before: bool) -> list[str]:
    """Return the text that stands beside a node, before or behind it, from there on outwards."""
    said: list[str] = []
    length = 0
    beside = node.prev if before else node.next
    while beside is not None and length <= _LONGEST_ROW:
        pieces = _pieces(beside)
        said += reversed(pieces) if before else pieces
        length += sum(map(len, pieces))
        beside = beside.prev if before else beside.next
    return said


def _pieces(node: LexborNode) -> list[str]:
    if node.tag == "-comment":
        return []
    return [piece for text in node.text(separator=_SEAM).split(_SEAM) if (piece := one_line(text))]
