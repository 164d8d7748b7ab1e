"""The metadata box of a page and its information line: labels and their values, as printed.

All shapes come down to two: a label in a cell of its own, with the value in the next cell (th/td,
dt/dd, span/span, div/div), and ``label：value`` in one piece of text, once or several times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.extract.labels import SEAM, Box, Pair, Vocabulary, bare
from replyarc.text.chinese import one_line
from replyarc.text.html import UNREAD

_CHINESE: Final = "\u4e00-\u9fff"
# A label that nobody knows: a short word behind a blank and before a colon.
_UNKNOWN = re.compile(rf"(?:^|[\s{SEAM}])([{_CHINESE}]{{2,8}})[】\]]?[:：]")
_WORD = re.compile(rf"[{_CHINESE}（）()]{{2,10}}")
_EDGES: Final = " \t\r\n\u3000\xa0|｜丨·/,，;；【[(（"
_LONGEST_LINE: Final = 400
_LONGEST_CELL: Final = 1000
_LONGEST_LABEL: Final = 60
_DEEPEST: Final = 60

_ROOFS: Final = frozenset({"body", "div", "dl", "main", "ol", "section", "table", "ul"})
_BLOCKS: Final = _ROOFS | {"li", "p", "tbody", "td", "tr"}
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


def _walk(node: LexborNode, known: Vocabulary, depth: int) -> Iterator[_Found]:
    """Descend to where labels stand; what holds no known label is passed over."""
    if node.tag in _PASSED_OVER or not node.is_element_node or depth > _DEEPEST:
        return
    text = node.text(separator=SEAM)
    if not known.pattern.search(text):
        return
    children = list(node.iter())
    if any(child.tag == "input" and child.attributes.get("type") != "hidden" for child in children):
        return  # what is to be searched for, not what is said
    cells = [cell for cell in children if cell.tag not in _PASSED_OVER]
    for shape in SHAPES:
        pairs = shape(node, text, cells, known)
        if pairs:
            yield from pairs
            cells = [cell for cell in cells if len(cell.text()) > _LONGEST_CELL]
            break
    for cell in cells:
        yield from _walk(cell, known, depth + 1)
        yield from _unknown(cell, known)


def _unknown(cell: LexborNode, known: Vocabulary) -> list[_Found]:
    """``归档编号：7`` in a cell of its own, which only the labels around it make a pair."""
    text = cell.text()
    label = _UNKNOWN.match(text.strip()) if len(text) <= _LONGEST_LINE else None
    if not label or known.pattern.search(text) or cell.tag == "div":
        return []
    return [(_roof(cell.parent), (label[0], one_line(text.strip()[label.end() :])))]


def _line(node: LexborNode, text: str, cells: list[LexborNode], known: Vocabulary) -> list[_Found]:
    """``来源：本网 发布时间：2023-07-14``: text of the element itself, with colons."""
    own = node.text(deep=False)
    if not own.strip() or len(text) > _LONGEST_LINE:
        return []
    if any(cell.tag in _BLOCKS for cell in cells) and not known.pattern.search(own):
        return []
    roof = node.mem_id if node.tag == "div" else _roof(node.parent)
    if cells and "：" not in text and ":" not in text and _is_label(cells[0].text(), known):
        label = cells[0].text()  # <li><b>文号</b>某民发〔2021〕1号</li>
        return [
            (
                roof,
                (one_line(label), one_line(text.replace(SEAM, "").strip()[len(label.strip()) :])),
            )
        ]
    return [(roof, pair) for pair in split_line(text, known)]


def _row(node: LexborNode, text: str, cells: list[LexborNode], known: Vocabulary) -> list[_Found]:
    """A label in one cell and its value in the next; a label before a label has no value."""
    texts = [cell.text() for cell in cells]
    at_labels = [at for at, said in enumerate(texts) if _is_label(said, known)]
    if not at_labels:
        return []
    no_values = {*at_labels, *(at for at, cell in enumerate(cells) if _begins_pair(cell, known))}
    # Where known labels stand in every other cell only, so do the labels that nobody knows.
    alternate = all(at % 2 == 0 for at in at_labels)
    pairs: list[Pair] = []
    at = 0
    while at < len(cells):
        has_value = at + 1 < len(cells) and at + 1 not in no_values
        if at in at_labels or (alternate and _WORD.fullmatch(bare(texts[at][:_LONGEST_LABEL]))):
            pairs.append((one_line(texts[at]), _short(cells[at + 1]) if has_value else ""))
            at += 1 + has_value
        else:
            short = len(texts[at]) <= _LONGEST_LINE
            pairs += split_line(cells[at].text(separator=SEAM), known) if short else []
            at += 1
    return [(_roof(node if node.tag == "dl" else node.parent), pair) for pair in pairs]


def _rows(node: LexborNode, text: str, cells: list[LexborNode], known: Vocabulary) -> list[_Found]:
    """Rows of two cells, one of which has a known label: the others' labels belong to the box."""
    inner = [[cell for cell in row.iter() if cell.tag not in _PASSED_OVER] for row in cells]
    if any(len(row) != 2 for row in inner) or any(cell.text(deep=False).strip() for cell in cells):
        return []
    pairs = [(_short(row[0]), _short(row[1])) for row in inner]
    labels = [bare(label) for label, _ in pairs]
    if not all(map(_WORD.fullmatch, labels)) or not any(label in known for label in labels):
        return []
    return [(node.mem_id, pair) for pair in pairs]


# How an element may hold pairs; the first shape that finds one is believed. A new shape is a row.
Shape = Callable[[LexborNode, str, list[LexborNode], Vocabulary], list[_Found]]
SHAPES: Final[tuple[Shape, ...]] = (_line, _rows, _row)


def _is_label(text: str, known: Vocabulary) -> bool:
    return len(text) <= _LONGEST_LABEL and bare(text) in known


def _begins_pair(cell: LexborNode, known: Vocabulary) -> bool:
    """Whether a cell holds a label of its own, and so is no value of the label before it."""
    first = next((each for each in cell.iter() if each.tag not in _PASSED_OVER), None)
    labelled = first is not None and _is_label(first.text(), known)
    return labelled or bool(known.pattern.match(cell.text().lstrip()))


def _short(node: LexborNode) -> str:
    """The text of a cell on one line; nothing for a cell that holds a whole piece of the page."""
    text = node.text()
    return one_line(text) if len(text) <= _LONGEST_CELL else ""


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
    taken = [range(start, end) for start, end, _ in found]
    found += [
        (match.start(1), match.end(), match[1] + match[0][-1])
        for match in _UNKNOWN.finditer(text)
        if not any(match.start(1) in span or match.end() - 1 in span for span in taken)
    ]
    found.sort()
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [
        (
            one_line(label.replace(SEAM, "")),
            one_line(text[begin:end].replace(SEAM, "")).strip(_EDGES),
        )
        for (_, begin, label), end in zip(found, ends, strict=True)
    ]
