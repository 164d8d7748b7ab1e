"""The metadata box of a page and its information line: labels and their values, as printed.

All shapes come down to three: a label in a cell of its own, with the value in the next cell (th/td,
dt/dd, span/span, div/div); ``label：value`` in one piece of text, once or several times; and a row
of labels over a row of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.extract.cell import (
    COLON,
    LONGEST_CELL,
    LONGEST_LINE,
    MOST,
    PARTS,
    PASSED_OVER,
    WORD,
    Cell,
    Placed,
    Read,
    run,
)
from replyarc.extract.columns import columns
from replyarc.extract.labels import Box, Pair, Vocabulary, bare
from replyarc.extract.line import UNKNOWN, joined, split_line, split_lines
from replyarc.extract.spelling import COLONS, SEAM
from replyarc.text.html import path_of

_DEEPEST: Final = 60
_COLONS: Final = tuple(COLONS)

_ROOFS: Final = frozenset({"body", "div", "dl", "main", "ol", "section", "table", "ul"})
_BLOCKS: Final = _ROOFS | {"li", "p", "tbody", "td", "tr"}
_LISTS: Final = frozenset({"dl", "ol", "table", "ul"})
_LONELY: Final = frozenset({"dl", "table"})
# What a menu has words for as well: alone, and without a colon, these make no box.
_OF_MENUS: Final = frozenset({"标题", "名称", "时间", "日期", "来源", "分类", "关键词", "关键字"})
_LINES: Final = frozenset({"dd", "li", "p", "span", "td"})


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
    count = 0
    for roof, pairs in _placed(nodes, known):
        _add(under, roof, pairs)
        count += len(pairs)
        if count > MOST:
            break
    together: dict[int, _Pairs] = {}  # lists and tables of one pair each are one box
    for each in under.values():
        roof, pairs = each.roof, each.pairs
        if len(pairs) == 1 and roof is not None and roof.tag in _LONELY:
            roof = _roof(roof.parent)
        if _is_page(roof):
            pairs = [pair for pair in pairs if bare(pair[0]) in known]
        _add(together, roof, pairs)
    return tuple(
        Box(tuple(each.pairs), path_of(each.roof) if each.roof is not None else "body")
        for each in together.values()
        if _is_box(each.pairs, known)
    )


def _placed(nodes: Iterable[LexborNode], known: Vocabulary) -> Iterator[Placed]:
    for node in nodes:
        if node.is_element_node and (tag := node.tag or "") not in PASSED_OVER:
            at = Cell(node, tag)
            if known.stands_in(at.text) and not _is_way(at, known):
                yield from _walk(at, known, 0)


def _is_way(at: Cell, known: Vocabulary) -> bool:
    """Whether this is the way through the site, which most pages have: 当前位置：首页 > 公开."""
    if len(at.text) > LONGEST_LINE or "位" not in at.text:
        return False
    labels = [bare(found[1]) for found in known.finditer(at.text)]
    return labels[0].endswith("位置") and known.meanings.keys().isdisjoint(labels)


def _add(under: dict[int, _Pairs], roof: LexborNode | None, pairs: list[Pair]) -> None:
    key = roof.mem_id if roof is not None else 0
    under.setdefault(key, _Pairs(roof, [])).pairs.extend(pairs)


def _is_box(pairs: list[Pair], known: Vocabulary) -> bool:
    met: set[str] = set()
    for label, _ in pairs:
        word = bare(label)
        if word not in known.meanings:
            continue
        if label.endswith(_COLONS) or known.names_index_number(label):
            return True
        met.add(word)
    return len(met) > 1 and not _OF_MENUS.issuperset(met)


def _walk(at: Cell, known: Vocabulary, depth: int) -> Iterator[Placed]:
    """Descend to where labels stand; what holds no known label is passed over."""
    if depth > _DEEPEST:
        return
    cells = at.cells
    if "input" in at.tags and _asks(at.node):
        return  # what is to be searched for, not what is said
    if at.tag in PARTS:
        yield from _of_rows(cells, known, depth)
        return
    for shape in SHAPES_OF.get(at.tag, SHAPES):
        found = shape(at, known)
        if found:
            for each in found:
                if not isinstance(each, Cell):
                    yield each
                elif known.stands_in(each.text):
                    yield from _walk(each, known, depth + 1)
            cells = [each for each in cells if len(each.text) > LONGEST_CELL]
            break
    for each in cells:
        is_all = len(each.text) == len(at.text)  # then its label stands in this one
        if is_all or known.stands_in(each.text):
            yield from _walk(each, known, depth + 1)
        elif each.tag in _LINES:
            yield from _unknown(each)


def _asks(node: LexborNode) -> bool:
    return any(
        each.tag == "input" and each.attributes.get("type") != "hidden" for each in node.iter()
    )


def _of_rows(rows: list[Cell], known: Vocabulary, depth: int) -> Iterator[Placed]:
    """Read the rows of a table; one that holds no known label is read like those beside it."""
    labelled = [known.stands_in(row.text) for row in rows]
    lengths: set[int] = set()
    for row, is_labelled in zip(rows, labelled, strict=True):
        if is_labelled:
            yield from _walk(row, known, depth + 1)
            if not all(labelled):
                lengths |= _length_of_pairs(row, known)
    for row, is_labelled in zip(rows, labelled, strict=True) if lengths else ():
        if not is_labelled and len(row.text) <= LONGEST_LINE:
            yield from _unknown_row(row.cells, known, lengths | {2})


def _length_of_pairs(row: Cell, known: Vocabulary) -> set[int]:
    """The number of cells of a row in which labels and values take turns; none of another."""
    is_label = [each.is_label(known) for each in row.cells]
    takes_turns = is_label[:1] == [True] and not any(is_label[1::2]) and not len(is_label) % 2
    return {len(is_label)} if takes_turns else set()


def _unknown_row(cells: list[Cell], known: Vocabulary, lengths: set[int]) -> Iterator[Placed]:
    """Read a row of labels that nobody knows and their values."""
    if len(cells) in lengths and all(each.is_word(known) for each in cells[::2]):
        beside = zip(cells[::2], cells[1::2], strict=True)
        yield _roof(cells[0].node), [(joined(label.text), said.value()) for label, said in beside]
    else:
        for each in cells:
            yield from _unknown(each)


def _unknown(at: Cell) -> Iterator[Placed]:
    """Read ``归档编号：7`` in a cell of its own, which only the labels around it make a pair."""
    if len(at.text) <= LONGEST_LINE and COLON.search(at.text):
        text = joined(at.text)
        if label := UNKNOWN.match(text):
            yield _roof(at.node.parent), [(label[0], text[label.end() :].strip())]


def _line(element: Cell, known: Vocabulary) -> Read:
    """Read text of the element itself: ``来源：本网 发布时间：2023-07-14``.

    Where it is broken, by a ``<br>`` or by a block, a line is a line; the blocks are read after it.
    """
    node, text, cells = element.node, element.text, element.cells
    if len(text) > LONGEST_LINE or not (own := node.text(deep=False)).strip():
        return []
    blocks = [each for each in cells if each.tag in _BLOCKS]
    if blocks and not known.stands_in(own):
        return []
    roof = node if element.tag == "div" else _roof(node.parent)
    if cells and cells[0].is_label(known) and not COLON.search(text):
        return [(roof, run(element, known))]
    if not blocks and "br" not in element.tags:
        pairs = split_line(text, known)
        return [(roof, pairs)] if pairs else []
    lines = _lines(node)
    if len(blocks) == 1 and not known.stands_in(blocks[0].text):
        lines.append(blocks[0].text)  # which may be the value of the label before it
    pairs = split_lines(lines, known)
    return [(roof, pairs), *blocks] if pairs else []


def _lines(node: LexborNode) -> list[str]:
    """The text of an element outside its blocks, line by line."""
    lines: list[list[str]] = [[]]
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "br" or tag in _BLOCKS:
            lines.append([])
        elif tag not in PASSED_OVER:
            lines[-1].append(child.text(separator=SEAM))
    return [SEAM.join(pieces) for pieces in lines]


def _row(element: Cell, known: Vocabulary) -> Read:
    """Read a label in one cell and its value in the next; none where a label is the next."""
    return _pairs_of(element, element.cells, known)


def _pairs_of(element: Cell, cells: list[Cell], known: Vocabulary) -> Read:
    at_labels = {at for at, each in enumerate(cells) if each.is_label(known)}
    if not at_labels:
        return []
    # Where known labels stand in every other cell only, so do the labels that nobody knows.
    alternate = all(at % 2 == 0 for at in at_labels)
    pairs: list[Pair] = []
    at = 0
    while at < len(cells):
        one = cells[at]
        if at in at_labels or (alternate and one.is_word(known)):
            beside = cells[at + 1] if at + 1 < len(cells) and at + 1 not in at_labels else None
            is_title = known.says(one.text, "title")
            has_value = beside is not None and not beside.begins_pair(known, is_title)
            pairs.append((joined(one.text), beside.value() if beside and has_value else ""))
            at += 1 + has_value
        else:
            if len(one.text) <= LONGEST_LINE:
                said = split_line(one.text, known)
                pairs += said or [pair for _, unknown in _unknown(one) for pair in unknown]
            at += 1
    node = element.node
    roof = node if element.tag in _LISTS else _roof(node.parent)
    if _is_page(roof) and len(pairs) > 1:
        roof = _roof(node)
    return [(roof, pairs)]


def _rows(element: Cell, known: Vocabulary) -> Read:
    """Read rows of two cells, one of which has a known label: all are rows of that box."""
    pairs: list[Pair] = []
    is_known = False
    for row in element.cells:
        inner = row.cells
        if len(inner) != 2 or row.node.text(deep=False).strip():
            return []
        label = bare(inner[0].text)
        if not WORD.fullmatch(label):
            return []
        is_known = is_known or label in known
        pairs.append((joined(inner[0].text), inner[1].value()))
    return [(element.node, pairs)] if is_known else []


def _stack(element: Cell, known: Vocabulary) -> Read:
    """Read a table of one column, where a label stands over its value."""
    rows = [row for part in element.cells if part.tag in PARTS for row in part.cells]
    if len(rows) < 2 or any(len(row.cells) != 1 for row in rows):
        return []
    return _pairs_of(element, [row.cells[0] for row in rows], known)


# How an element may hold pairs; the first shape that finds one is believed. A new shape is a row.
SHAPES: Final[tuple[Callable[[Cell, Vocabulary], Read], ...]] = (_line, columns, _rows, _row)
SHAPES_OF: Final = {"table": (columns, _stack), "tr": (_row,)}


def _is_page(roof: LexborNode | None) -> bool:
    """Whether a roof is the whole page's, under which labels have nothing to do with each other."""
    return roof is None or roof.tag == "body"


def _roof(node: LexborNode | None) -> LexborNode | None:
    """The table, list or block in which a cell or line stands."""
    while node is not None and node.tag not in _ROOFS:
        node = node.parent
    return node
