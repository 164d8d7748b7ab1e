"""A box whose labels stand in a row over the row of their values."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from replyarc.extract.cell import LONGEST_LABEL, LONGEST_LINE, PARTS, WORD, Cell, Read
from replyarc.extract.labels import Vocabulary, bare
from replyarc.extract.spelling import COLONS, SEAM

_NO_HEAD = re.compile(r"[0-9A-Za-z,，。、；/]")
_LONGEST_TABLE: Final = 3000
_COLONS: Final = tuple(COLONS)


def columns(element: Cell, known: Vocabulary) -> Read:
    """Read a row of labels over the row of their values; where more follow, they are a list."""
    rows = element.cells
    if len(element.text) > _LONGEST_TABLE:
        return []
    if element.tag == "table":
        rows = [row for part in rows if part.tag in PARTS for row in part.cells]
    if not any(map(_may_be_heads, rows[:-1])):
        return []
    table = [row.cells if len(row.text) <= LONGEST_LINE else [] for row in rows]
    heads = [_are_labels(cells, known) for cells in table]
    if not any(heads[:-1]):
        return []
    labelled = [any(each.is_label(known) for each in cells) for cells in table]
    found: Read = []
    at = 0
    while at < len(rows):
        end = next((to for to in range(at + 1, len(rows)) if labelled[to]), len(rows))
        below = [cells for cells in table[at + 1 : end] if _are_values(cells, len(table[at]))]
        if not heads[at]:
            found.append(rows[at])
            end = at + 1
        elif len(below) == 1:
            beside = zip(table[at], below[0], strict=True)
            pairs = [(label.value(), said.value()) for label, said in beside]
            found.append((element.node, pairs))
        at = end
    return found


def _are_values(cells: list[Cell], count: int) -> bool:
    """Whether these are as many as the labels above them, and no labels, as the colon says."""
    return len(cells) == count and not any(each.text.rstrip().endswith(_COLONS) for each in cells)


def _may_be_heads(row: Cell) -> bool:
    """Whether a row has nothing but words, which costs little to ask."""
    return len(row.text) <= LONGEST_LINE and SEAM in row.text and not _NO_HEAD.search(row.text)


def _are_labels(cells: list[Cell], known: Vocabulary) -> bool:
    """Whether these are the heads of columns: words, all of them, two known ones side by side."""
    if len(cells) < 2:
        return False
    words = [bare(each.text[:LONGEST_LABEL]) for each in cells]
    beside = any(one in known and other in known for one, other in pairwise(words))
    return beside and all(map(WORD.fullmatch, words))
