"""The metadata box of a page and its information line: labels and their values, as printed.

All shapes come down to three: a label in a cell of its own, with the value in the next cell (th/td,
dt/dd, span/span, div/div); ``label：value`` in one piece of text, once or several times; and a row
of labels over a row of values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.extract.labels import COLONS, SEAM, Box, Pair, Vocabulary, bare
from replyarc.extract.line import UNKNOWN, joined, split_line
from replyarc.text.html import UNREAD, path_of

_CHINESE: Final = "\u4e00-\u9fff"
_WORD = re.compile(rf"[{_CHINESE}（）()]{{2,10}}")
_COLON = re.compile(rf"[{COLONS}]")
_LONGEST_LINE: Final = 400
_LONGEST_CELL: Final = 1000
_LONGEST_LABEL: Final = 60
_LONGEST_TABLE: Final = 3000
_DEEPEST: Final = 60

_ROOFS: Final = frozenset({"body", "div", "dl", "main", "ol", "section", "table", "ul"})
_BLOCKS: Final = _ROOFS | {"li", "p", "tbody", "td", "tr"}
_PARTS: Final = frozenset({"tbody", "thead", "tfoot"})
_LISTS: Final = frozenset({"dl", "ol", "table", "ul"})
_LONELY: Final = frozenset({"dl", "table"})
# What a menu has words for as well: alone, and without a colon, these make no box.
_OF_MENUS: Final = frozenset({"标题", "名称", "时间", "日期", "来源", "分类", "关键词", "关键字"})
_LINES: Final = frozenset({"dd", "li", "p", "span", "td"})
_PASSED_OVER: Final = UNREAD | {"br", "hr", "img", "input", "button", "canvas"}

# A pair, and the element inside which the labels beside it would be those of the same box.
_Found = tuple[LexborNode | None, Pair]


@dataclass(slots=True)
class _Pairs:
    """The pairs that stand under one roof."""

    roof: LexborNode | None
    pairs: list[Pair]


def read_boxes(nodes: Iterable[LexborNode], known: Vocabulary) -> tuple[Box, ...]:
    """Read the boxes in these elements, in order.

    A box has a label that is read and that a colon follows, or 索引号, or two different ones that
    are read.
    """
    under: dict[int, _Pairs] = {}
    for node in nodes:
        for roof, pair in _walk(node, known, 0):
            _add(under, roof, pair)
    together: dict[int, _Pairs] = {}  # lists and tables of one pair each are one box
    for each in under.values():
        is_alone = len(each.pairs) == 1 and each.roof is not None and each.roof.tag in _LONELY
        roof = _roof(each.roof.parent) if is_alone and each.roof is not None else each.roof
        for pair in each.pairs:
            if not _is_page(roof) or bare(pair[0]) in known:
                _add(together, roof, pair)
    boxes = [each for each in together.values() if _is_box(each.pairs, known)]
    return tuple(
        Box(tuple(each.pairs), path_of(each.roof) if each.roof is not None else "body")
        for each in boxes
    )


def _add(under: dict[int, _Pairs], roof: LexborNode | None, pair: Pair) -> None:
    key = roof.mem_id if roof is not None else 0
    under.setdefault(key, _Pairs(roof, [])).pairs.append(pair)


def _is_box(pairs: list[Pair], known: Vocabulary) -> bool:
    met = {label: bare(label) for label, _ in pairs if bare(label) in known.meanings}
    return (len(met) > 1 and not _OF_MENUS.issuperset(met.values())) or any(
        label.endswith(tuple(COLONS)) or known.names_index_number(label) for label in met
    )


@dataclass(slots=True)
class _Element:
    """An element that holds a known label: its text, seams marked, and its cells."""

    node: LexborNode
    text: str
    cells: list[LexborNode]
    known: Vocabulary
    depth: int


def _walk(node: LexborNode, known: Vocabulary, depth: int) -> Iterator[_Found]:
    """Descend to where labels stand; what holds no known label is passed over."""
    if node.tag in _PASSED_OVER or not node.is_element_node or depth > _DEEPEST:
        return
    text = node.text(separator=SEAM)
    if not known.pattern.search(text):
        return
    children = [(child.tag, child) for child in node.iter()]
    if any(tag == "input" and child.attributes.get("type") != "hidden" for tag, child in children):
        return  # what is to be searched for, not what is said
    cells = [child for tag, child in children if tag not in _PASSED_OVER]
    for shape in SHAPES_OF_TABLES if node.tag == "table" else SHAPES:
        if node.tag in _PARTS:
            break
        pairs = shape(_Element(node, text, cells, known, depth))
        if pairs:
            yield from pairs
            cells = [cell for cell in cells if len(cell.text()) > _LONGEST_CELL]
            break
    for cell in cells:
        yield from _walk(cell, known, depth + 1)
        if cell.tag in _LINES:
            yield from _unknown(cell, known)


def _unknown(cell: LexborNode, known: Vocabulary) -> Iterator[_Found]:
    """Read ``归档编号：7`` in a cell of its own, which only the labels around it make a pair."""
    text = cell.text().strip()
    label = UNKNOWN.match(text) if len(text) <= _LONGEST_LINE else None
    if label and not known.pattern.search(text):
        yield _roof(cell.parent), (label[0], joined(text[label.end() :]))


def _line(element: _Element) -> list[_Found]:
    """Read text of the element itself: ``来源：本网 发布时间：2023-07-14``."""
    node, text, cells, known = element.node, element.text, element.cells, element.known
    own = node.text(deep=False)
    if not own.strip() or len(text) > _LONGEST_LINE:
        return []
    if any(cell.tag in _BLOCKS for cell in cells) and not known.pattern.search(own):
        return []
    roof = node if node.tag == "div" else _roof(node.parent)
    if cells and not _COLON.search(text) and _is_label(cells[0].text(), known):
        label = joined(cells[0].text())  # <li><b>文号</b>某民发〔2021〕1号</li>
        return [(roof, (label, joined(text).removeprefix(label).strip()))]
    return [(roof, pair) for pair in split_line(text, known)]


def _row(element: _Element) -> list[_Found]:
    """Read a label in one cell and its value in the next; none where a label is the next."""
    cells, known = element.cells, element.known
    texts = [cell.text() for cell in cells]
    at_labels = {at for at, said in enumerate(texts) if _is_label(said, known)}
    if not at_labels:
        return []
    # Where known labels stand in every other cell only, so do the labels that nobody knows.
    alternate = all(at % 2 == 0 for at in at_labels)
    pairs: list[Pair] = []
    at = 0
    while at < len(cells):
        if at in at_labels or (alternate and _is_word(cells[at], texts[at], known)):
            beside = cells[at + 1] if at + 1 < len(cells) and at + 1 not in at_labels else None
            is_title = known.says(texts[at], "title")
            has_value = beside is not None and not _begins_pair(beside, known, is_title)
            pairs.append((joined(texts[at]), _short(beside) if beside and has_value else ""))
            at += 1 + has_value
        else:
            if len(texts[at]) <= _LONGEST_LINE:
                said = split_line(cells[at].text(separator=SEAM), known)
                pairs += said or [pair for _, pair in _unknown(cells[at], known)]
            at += 1
    node = element.node
    roof = node if node.tag in _LISTS else _roof(node.parent)
    if _is_page(roof) and len(pairs) > 1:
        roof = _roof(node)
    return [(roof, pair) for pair in pairs]


def _rows(element: _Element) -> list[_Found]:
    """Read rows of two cells, one of which has a known label: all are rows of that box."""
    rows = element.cells
    inner = [_cells(row) for row in rows]
    if any(len(row) != 2 for row in inner) or any(row.text(deep=False).strip() for row in rows):
        return []
    pairs = [(_short(row[0]), _short(row[1])) for row in inner]
    labels = [bare(label) for label, _ in pairs]
    if not all(map(_WORD.fullmatch, labels)) or not any(each in element.known for each in labels):
        return []
    return [(element.node, pair) for pair in pairs]


def _columns(element: _Element) -> list[_Found]:
    """Read a row of labels over the row of their values; where more follow, they are a list."""
    known, rows = element.known, element.cells
    if len(element.text) > _LONGEST_TABLE:
        return []
    if element.node.tag == "table":
        rows = [row for part in rows for row in (_cells(part) if part.tag in _PARTS else ())]
    table = [_cells(row) if len(row.text()) <= _LONGEST_LINE else [] for row in rows]
    heads = [_are_labels(cells, known) for cells in table]
    if not any(heads[:-1]):
        return []
    labelled = [any(_is_label(cell.text(), known) for cell in cells) for cells in table]
    found: list[_Found] = []
    at = 0
    while at < len(rows):
        end = next((to for to in range(at + 1, len(rows)) if labelled[to]), len(rows))
        below = [cells for cells in table[at + 1 : end] if len(cells) == len(table[at])]
        if not heads[at]:
            found += _walk(rows[at], known, element.depth + 1)
            end = at + 1
        elif len(below) == 1:
            pairs = zip(map(_short, table[at]), map(_short, below[0]), strict=True)
            found += [(element.node, pair) for pair in pairs]
        at = end
    return found


def _are_labels(cells: list[LexborNode], known: Vocabulary) -> bool:
    """Whether these are the heads of columns: words, all of them, two known ones side by side."""
    if len(cells) < 2:
        return False
    words = [bare(cell.text()[:_LONGEST_LABEL]) for cell in cells]
    beside = any(one in known and other in known for one, other in pairwise(words))
    return beside and all(map(_WORD.fullmatch, words))


def _cells(node: LexborNode) -> list[LexborNode]:
    return [cell for cell in node.iter() if cell.tag not in _PASSED_OVER]


def _stack(element: _Element) -> list[_Found]:
    """Read a table of one column, where a label stands over its value."""
    rows = [row for part in element.cells if part.tag in _PARTS for row in _cells(part)]
    inner = [_cells(row) for row in rows]
    if len(rows) < 2 or any(len(cells) != 1 for cells in inner):
        return []
    cells = [each for (each,) in inner]
    return _row(_Element(element.node, element.text, cells, element.known, element.depth))


# How an element may hold pairs; the first shape that finds one is believed. A new shape is a row.
SHAPES: Final[tuple[Callable[[_Element], list[_Found]], ...]] = (_line, _columns, _rows, _row)
SHAPES_OF_TABLES: Final = (_columns, _stack)


def _is_label(text: str, known: Vocabulary) -> bool:
    return len(text) <= _LONGEST_LABEL and bare(text) in known


def _is_word(cell: LexborNode, text: str, known: Vocabulary) -> bool:
    """Whether a cell holds a word alone, which may be a label; one that begins a pair does not."""
    printed = text[:_LONGEST_LABEL].strip()
    return (
        bool(_WORD.fullmatch(bare(printed)))
        and not _COLON.search(printed[:-1])
        and not _begins_pair(cell, known)
    )


def _begins_pair(cell: LexborNode, known: Vocabulary, is_title: bool = False) -> bool:
    """Whether a cell holds a label of its own, and so is no value of the label before it.

    A title may begin with a word and a colon.
    """
    first = next((each for each in cell.iter() if each.tag not in _PASSED_OVER), None)
    labelled = first is not None and _is_label(first.text(), known)
    text = cell.text().lstrip()
    return labelled or bool(known.pattern.match(text) or (not is_title and UNKNOWN.match(text)))


def _short(node: LexborNode) -> str:
    """The text of a cell on one line; nothing for a cell that holds a whole piece of the page."""
    text = node.text()
    return joined(text) if len(text) <= _LONGEST_CELL else ""


def _is_page(roof: LexborNode | None) -> bool:
    """Whether a roof is the whole page's, under which labels have nothing to do with each other."""
    return roof is None or roof.tag == "body"


def _roof(node: LexborNode | None) -> LexborNode | None:
    """The table, list or block in which a cell or line stands."""
    while node is not None and node.tag not in _ROOFS:
        node = node.parent
    return node
