"""The cells of a box: what in them is a label, a word that may be one, a value."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.extract.labels import Pair, Vocabulary, bare
from replyarc.extract.line import CHINESE, UNKNOWN, greets, joined
from replyarc.extract.spelling import COLONS, SEAM
from replyarc.text.html import UNREAD

WORD: Final = re.compile(rf"[{CHINESE}（）()]{{2,10}}")
COLON: Final = re.compile(rf"[{COLONS}]")
PASSED_OVER: Final = UNREAD | {"br", "hr", "img", "input", "button", "canvas"}
PARTS: Final = frozenset({"tbody", "thead", "tfoot"})
LONGEST_LINE: Final = 400
LONGEST_CELL: Final = 1000
LONGEST_LABEL: Final = 60
MOST: Final = 2000  # cells that are looked at in an element, and pairs in a page


class Cell:
    """An element with its tag and its text, in which ``SEAM`` marks where a piece ends.

    Text and cells are asked for once, since a box is compared with several shapes.
    """

    __slots__ = ("_cells", "node", "tag", "tags", "text")

    def __init__(self, node: LexborNode, tag: str) -> None:
        self.node = node
        self.tag = tag
        self.text: str = node.text(separator=SEAM)
        self.tags: list[str] = []
        self._cells: list[Cell] | None = None

    @property
    def cells(self) -> list[Cell]:
        """The elements in this one, but for those whose text nobody sees; ``tags`` has all."""
        if self._cells is None:
            nodes = [*islice(self.node.iter(), MOST)]
            self.tags = [node.tag or "" for node in nodes]
            tagged = zip(nodes, self.tags, strict=True)
            self._cells = [Cell(node, tag) for node, tag in tagged if tag not in PASSED_OVER]
        return self._cells

    def is_label(self, known: Vocabulary) -> bool:
        """Whether a cell holds a known label and nothing else."""
        return len(self.text) <= LONGEST_LABEL and bare(self.text) in known

    def is_word(self, known: Vocabulary) -> bool:
        """Whether a cell holds a word alone, which may be a label; one that begins a pair does not.

        Nor does a salutation.
        """
        printed = self.text[:LONGEST_LABEL].strip(f"{SEAM} \t\r\n\u3000\xa0")
        return (
            bool(WORD.fullmatch(bare(printed)))
            and not COLON.search(printed[:-1])
            and not greets(printed)
            and not self._begins_with_label(known)
        )

    def _begins_with_label(self, known: Vocabulary) -> bool:
        return SEAM in self.text and bool(self.cells) and self.cells[0].is_label(known)

    def begins_pair(self, known: Vocabulary, is_title: bool = False) -> bool:
        """Whether a cell holds a label of its own, and so is no value of the label before it.

        A title may begin with a word and a colon.
        """
        if self._begins_with_label(known):
            return True
        if not COLON.search(self.text):
            return False
        text = self.text.replace(SEAM, "").lstrip()
        return bool(known.pattern.match(text) or (not is_title and UNKNOWN.match(text)))

    def value(self) -> str:
        """The text of a cell on one line; nothing of a whole piece of the page or a salutation."""
        if len(self.text) > LONGEST_CELL:
            return ""
        said = joined(self.text)
        return "" if greets(said) else said


def run(element: Cell, known: Vocabulary) -> list[Pair]:
    """Read ``<b>文号</b>某民发〔2021〕1号``, once or several times: no colon tells the label.

    Where several known ones do, a word in an element of its own behind a value is a label too.
    """
    many = sum(each.is_label(known) for each in element.cells) > 1
    at = {each.node.mem_id: each for each in element.cells}
    pairs: list[tuple[str, list[str]]] = [("", [])]
    for child in element.node.iter(include_text=True):
        cell = at.get(child.mem_id)
        said = pairs[-1][1]
        is_label = cell is not None and (cell.is_label(known) if many else len(pairs) == 1)
        if not is_label and many and cell is not None and "".join(said).strip():
            is_label = cell.is_word(known)
        if cell is not None and is_label:
            pairs.append((joined(cell.text), []))
        elif cell is not None or child.tag == "-text":
            said.append(child.text())
    return [(label, joined("".join(said))) for label, said in pairs[1:]]


# Pairs, and the element inside which the labels beside them would be those of the same box.
Placed = tuple[LexborNode | None, list[Pair]]
Read = list[Placed | Cell]
"""What a shape reads, in order; a cell is still to be walked."""
