"""Which links of a page stand in one list, and which day stands in the row of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from selectolax.lexbor import LexborNode

from replyarc.listing.days import CELL, read_day
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
_WIDEST_ROW: Final = 400
"""How many letters a row may have, and how many elements side by side."""

_CELLS: Final = frozenset(("td", "th"))
_LINK, _SEAM = "|", "\x0e"


Kind: TypeAlias = tuple[int, str, str]
"""What lists of one kind side by side share: the element around them, their tag and class."""


class Place(NamedTuple):
    """A list on a page: the number of its element, and its kind."""

    element: int
    kind: Kind


class Row(NamedTuple):
    """What a link stands in: its list, the row that holds no other link, the day in that."""

    place: Place
    node: LexborNode
    day: date | None


class _Said(NamedTuple):
    """What is read of an element with one link: its text, its day, and whether the row goes on."""

    pieces: list[str]
    day: date | None
    in_row: bool


class Rows:
    """The rows of a page, found from where its links stand.

    An element that holds several links holds several rows, unless it is a ``<li>`` or a ``<tr>``.
    What else stands in the row of a link is looked through for its day, and nothing beyond.
    """

    def __init__(self, links: list[tuple[LexborNode, str]]) -> None:
        """Take the links of a page and their addresses, which need only tell them apart."""
        self._holds: dict[int, str] = {}
        self._days: dict[int, dict[int, date]] = {}
        self._said: dict[int, _Said] = {}
        for link, address in links:
            for node in (link, *_ancestors(link)):
                if self._holds.setdefault(node.mem_id, address) != address:
                    self._holds[node.mem_id] = ""

    def row(self, link: LexborNode) -> Row:
        """Return the list and the row that a link stands in, and the day of that."""
        node, row, said = link, link, _Said([_LINK], None, in_row=True)
        for outer in _ancestors(link):
            if not self._holds[outer.mem_id]:
                day = said.day or (self._among(outer).get(node.mem_id) if said.in_row else None)
                return Row(_place(node if node.tag in _LISTS else outer), row, day)
            if outer.mem_id not in self._said:  # once, where a row has its link several times
                self._said[outer.mem_id] = _widened(said, node, outer)
            row = outer if said.in_row else row
            said, node = self._said[outer.mem_id], outer
        return Row(_place(node), row, said.day)

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


def _widened(said: _Said, node: LexborNode, outer: LexborNode) -> _Said:
    """Add what stands beside a node in an element to what it says itself."""
    pieces, day, in_row = said
    if in_row and day is None:
        pieces = [*reversed(_beside(node, before=True)), *pieces, *_beside(node, before=False)]
        in_row = sum(map(len, pieces)) <= _LONGEST_ROW
        day = read_day(pieces) if in_row else None
    return _Said(pieces, day, in_row and outer.tag not in ROWS)


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


def _beside(node: LexborNode, *, before: bool) -> list[str]:
    """Return the text that stands beside a node, before or behind it, from there on outwards."""
    said: list[str] = []
    length = width = 0
    beside = node.prev if before else node.next
    while beside is not None and length <= _LONGEST_ROW and width < _WIDEST_ROW:
        pieces = _pieces(beside)
        if beside.tag in _CELLS:
            pieces = [CELL, *pieces, CELL]
        said += reversed(pieces) if before else pieces
        length += sum(map(len, pieces))
        width += 1
        beside = beside.prev if before else beside.next
    return said


def _pieces(node: LexborNode) -> list[str]:
    if node.tag == "-comment":
        return []
    return [piece for text in node.text(separator=_SEAM).split(_SEAM) if (piece := one_line(text))]
