"""Listings whose first line names their columns: 索引号 | 标题 | 文号 | 发布日期."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from replyarc.listing.days import read_day
from replyarc.listing.numbers import numbers_in
from replyarc.text.chinese import squeeze
from replyarc.text.html import one_line

_INDEX, _DOCUMENT, _TITLE, _DAY = "index number", "document number", "title", "day"
_NAMES: Final = {
    name: field
    for field, names in (
        (_INDEX, "索引号|信息索引号|索引码|索取号"),
        (_DOCUMENT, "文号|发文字号|发文文号|文件编号|文件字号|公文文号|文件号"),
        (_TITLE, "标题|名称|信息名称|信息标题|文件名称|公文名称|题名|文件标题"),
        (_DAY, "发布日期|发布时间|公开日期|公开时间"),
    )
    for name in names.split("|")
}
_DIGIT: Final = re.compile(r"\d")
_MOST_CELLS: Final = 20
_LONGEST_VALUE: Final = 80
_REACH: Final = 4
_LONGEST_ROW: Final = 1000


class Numbers(NamedTuple):
    """What a row says beside its title; ``None`` where it does not."""

    index_number: str | None = None
    document_number: str | None = None
    published_on: date | None = None


class Tables:
    """The heads of the tables of a page, each read once."""

    def __init__(self) -> None:
        self._heads: dict[int, tuple[str | None, ...]] = {}

    def numbers(self, row: LexborNode) -> Numbers:
        """Return the numbers that a row prints, behind labels or below the name of a column.

        The cells of a row are counted only where there are as many as in the head.
        """
        index, document = numbers_in(one_line(row)[:_LONGEST_ROW])
        cells = _cells(row)
        head = self._head(row) if len(cells) > 1 else ()
        if len(head) != len(cells):
            return Numbers(index, document)
        said = {name: one_line(cell) for name, cell in zip(head, cells, strict=True) if name}
        return Numbers(
            index or _value(said.get(_INDEX)),
            document or _value(said.get(_DOCUMENT)),
            read_day([said.get(_DAY, "")]),
        )

    def _head(self, row: LexborNode) -> tuple[str | None, ...]:
        """Return what the columns of a row's table are called; nothing where it has no head."""
        above = row.parent or row
        if above.mem_id not in self._heads:
            heads = (_named(_cells(line)) for line in _above(row))
            self._heads[above.mem_id] = next((head for head in heads if head), ())
        return self._heads[above.mem_id]


def _above(row: LexborNode) -> Iterator[LexborNode]:
    """Yield what may be the head of a row's table: its first lines, and what stands before it."""
    node: LexborNode | None = row
    for _ in range(_REACH):
        above = node.parent if node else None
        if above is None:
            return
        yield from _elements(above)[:2]
        before = above.prev
        while before is not None and (before.tag or "-").startswith("-"):
            before = before.prev
        if before is not None:
            yield before
            yield from _elements(before)[:2]
        node = above


def _named(cells: Sequence[LexborNode]) -> tuple[str | None, ...]:
    """Read a head; nothing where these are no names of columns, a title among them."""
    printed = [squeeze(one_line(cell)) for cell in cells] if len(cells) > 1 else []
    names = tuple(_NAMES.get(name.strip(":：")) for name in printed)
    return names if _TITLE in names and len({*names} - {None}) > 1 else ()


def _cells(row: LexborNode) -> list[LexborNode]:
    """Return the cells of a row, each as often as it is columns wide."""
    cells = _elements(row)
    for _ in range(_REACH):
        if len(cells) != 1:
            break
        cells = _elements(cells[0])
    wide = (node for node in cells for _ in range(_span(node)))
    return [node for node, _ in zip(wide, range(_MOST_CELLS), strict=False)]


def _elements(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    child = node.first_child
    while child is not None and len(found) < _MOST_CELLS:
        if not (child.tag or "-").startswith("-"):
            found.append(child)
        child = child.next
    return found


def _span(node: LexborNode) -> int:
    span = node.attributes.get("colspan") or ""
    return int(span) if re.fullmatch(r"[1-9]\d?", span, re.ASCII) else 1


def _value(printed: str | None) -> str | None:
    """Return a number as printed; ``None`` for 无, a dash and for prose."""
    said = (printed or "")[: _LONGEST_VALUE + 1]
    return said if len(said) <= _LONGEST_VALUE and _DIGIT.search(said) else None
