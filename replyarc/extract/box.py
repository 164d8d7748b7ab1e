"""The metadata box of a page and its information line: labels and their values, as printed.

All shapes come down to two: a label in a cell of its own, with the value in the next cell (th/td,
dt/dd, span/span, div/div), and ``label：value`` in one piece of text, once or several times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.extract.labels import SEAM, Box, Pair, Vocabulary, bare
from replyarc.text.html import UNREAD

_CHINESE: Final = "\u4e00-\u9fff"
# A label that nobody knows: a short word behind a blank and before a colon.
_UNKNOWN = re.compile(rf"(?:^|[\s{SEAM}])([{_CHINESE}]{{2,8}})[】\]]?[:：]")
_WORD = re.compile(rf"[{_CHINESE}（）()]{{2,10}}")
_COLON = re.compile(r"[:：]")
_EDGES: Final = " \t\r\n\u3000\xa0|｜丨·/,，;；【[(（"
_LONGEST_LINE: Final = 400
_LONGEST_CELL: Final = 1000
_LONGEST_LABEL: Final = 60
_DEEPEST: Final = 60

_ROOFS: Final = frozenset({"body", "div", "dl", "main", "ol", "section", "table", "ul"})
_BLOCKS: Final = _ROOFS | {"li", "p", "tbody", "td", "tr"}
_FRAMES: Final = frozenset({"table", "tbody", "thead"})  # hold rows and nothing else
_LINES: Final = frozenset({"dd", "li", "p", "span", "td"})
_PASSED_OVER: Final = UNREAD | {"br", "hr", "img", "input", "button", "canvas"}

# A pair, and the element inside which the labels beside it would be those of the same box.
_Found = tuple[int, Pair]


def read_boxes(nodes: Iterable[LexborNode], known: Vocabulary) -> tuple[Box, ...]:
    """Read the boxes in these elements, in order.

    A box has a known label that a colon follows, or 索引号, or two known labels.
    """
    boxes: dict[int, list[Pair]] = {}
    for node in nodes:
        for roof, pair in _walk(node, known, 0):
            boxes.setdefault(roof, []).append(pair)
    return tuple(tuple(pairs) for pairs in boxes.values() if _is_box(pairs, known))


def _is_box(pairs: list[Pair], known: Vocabulary) -> bool:
    met = [label for label, _ in pairs if bare(label) in known]
    return len(met) > 1 or any(
        label.endswith((":", "：")) or known.names_index_number(label) for label in met
    )


@dataclass(slots=True)
class _Element:
    """An element that holds a known label: its text, seams marked, and its cells."""

    node: LexborNode
    text: str
    cells: list[LexborNode]
    known: Vocabulary


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
    if node.tag not in _FRAMES:
        for shape in SHAPES:
            pairs = shape(_Element(node, text, cells, known))
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
    label = _UNKNOWN.match(text) if len(text) <= _LONGEST_LINE else None
    if label and not known.pattern.search(text):
        yield _roof(cell.parent), (label[0], _joined(text[label.end() :]))


def _line(element: _Element) -> list[_Found]:
    """Read text of the element itself: ``来源：本网 发布时间：2023-07-14``."""
    node, text, cells, known = element.node, element.text, element.cells, element.known
    own = node.text(deep=False)
    if not own.strip() or len(text) > _LONGEST_LINE:
        return []
    if any(cell.tag in _BLOCKS for cell in cells) and not known.pattern.search(own):
        return []
    roof = node.mem_id if node.tag == "div" else _roof(node.parent)
    if cells and "：" not in text and ":" not in text and _is_label(cells[0].text(), known):
        label = _joined(cells[0].text())  # <li><b>文号</b>某民发〔2021〕1号</li>
        return [(roof, (label, _joined(text).removeprefix(label).strip()))]
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
            has_value = beside is not None and not _begins_pair(beside, known)
            pairs.append((_joined(texts[at]), _short(beside) if beside and has_value else ""))
            at += 1 + has_value
        else:
            if len(texts[at]) <= _LONGEST_LINE:
                said = split_line(cells[at].text(separator=SEAM), known)
                pairs += said or [pair for _, pair in _unknown(cells[at], known)]
            at += 1
    node = element.node
    return [(_roof(node if node.tag == "dl" else node.parent), pair) for pair in pairs]


def _rows(element: _Element) -> list[_Found]:
    """Read rows of two cells, one of which has a known label: all are rows of that box."""
    rows = element.cells
    inner = [[cell for cell in row.iter() if cell.tag not in _PASSED_OVER] for row in rows]
    if any(len(row) != 2 for row in inner) or any(row.text(deep=False).strip() for row in rows):
        return []
    pairs = [(_short(row[0]), _short(row[1])) for row in inner]
    labels = [bare(label) for label, _ in pairs]
    if not all(map(_WORD.fullmatch, labels)) or not any(each in element.known for each in labels):
        return []
    return [(element.node.mem_id, pair) for pair in pairs]


# How an element may hold pairs; the first shape that finds one is believed. A new shape is a row.
SHAPES: Final[tuple[Callable[[_Element], list[_Found]], ...]] = (_line, _rows, _row)


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


def _begins_pair(cell: LexborNode, known: Vocabulary) -> bool:
    """Whether a cell holds a label of its own, and so is no value of the label before it."""
    first = next((each for each in cell.iter() if each.tag not in _PASSED_OVER), None)
    labelled = first is not None and _is_label(first.text(), known)
    return labelled or bool(known.pattern.match(cell.text().lstrip()))


def _short(node: LexborNode) -> str:
    """The text of a cell on one line; nothing for a cell that holds a whole piece of the page."""
    text = node.text()
    return _joined(text) if len(text) <= _LONGEST_CELL else ""


def _roof(node: LexborNode | None) -> int:
    """The table, list or block in which a cell or line stands."""
    while node is not None and node.tag not in _ROOFS:
        node = node.parent
    return node.mem_id if node is not None else 0


def split_line(text: str, known: Vocabulary) -> list[Pair]:
    """Split a line at its labels; a label before a label has no value.

    >>> from replyarc.extract.labels import vocabulary
    >>> split_line("来源: 市民政局 时间：2017-09-29 16:51 字号：[大 中 小]", vocabulary())
    [('来源:', '市民政局'), ('时间：', '2017-09-29 16:51'), ('字号：', '大 中 小]')]
    """
    found = [(match.start(1), match.end(), match[0]) for match in known.pattern.finditer(text)]
    if not found:
        return []
    known_at = tuple(found)
    for match in _UNKNOWN.finditer(text):
        start, end = match.start(1), match.end()
        if not any(start < last and first < end for first, last, _ in known_at):
            found.append((start, end, match[1] + match[0][-1]))
    found.sort()
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [
        (_joined(label), _joined(text[begin:end]).strip(_EDGES))
        for (_, begin, label), end in zip(found, ends, strict=True)
    ]


def _joined(text: str) -> str:
    """Pieces of text on one line, with nothing between them where they meet."""
    return " ".join(text.replace(SEAM, "").split())
