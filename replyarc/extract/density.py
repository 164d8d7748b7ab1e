"""The block of a page with most text of its own: where a letter stands that no table names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.text.html import UNREAD

CELLS: Final = frozenset({"tbody", "td", "tr"})  # a table that lays out a page is one level
BLOCKS: Final = CELLS | {
    *("article", "div", "form", "li", "main", "ol", "p", "section", "table", "ul")
}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SKIPPED: Final = UNREAD | {"a"}


@dataclass(slots=True)
class _Block:
    """A block of the page on the way to the one with most text; ``text`` is its own, in letters."""

    node: LexborNode
    around: _Block | None
    text: int = 0
    holds_blocks: bool = False
    holds_breaks: bool = False
    weight: int = 0


def densest_block(document: LexborHTMLParser) -> LexborNode | None:
    """Find the block with most text in paragraphs of its own, links not counted.

    A paragraph counts to the block around it. A block without blocks inside is a paragraph too,
    unless it holds its paragraphs itself, set apart by ``<br>``.
    """
    blocks = _blocks(document)
    for block in blocks:
        is_home = block.holds_blocks or (block.holds_breaks and block.node.tag != "p")
        home = block if is_home or block.around is None else block.around
        home.weight += block.text
    heaviest = max(blocks, key=lambda block: block.weight, default=None)
    return heaviest.node if heaviest and "。" in heaviest.node.text() else None


def _blocks(document: LexborHTMLParser) -> list[_Block]:
    """Measure every block of the page in one pass; a stack, since pages nest 10,000 deep."""
    if document.body is None:
        return []
    hidden = _hidden(document)
    block = _Block(document.body, None)
    blocks = [block]
    stack: list[tuple[LexborNode | None, _Block]] = []  # what follows an element, and its block
    node = document.body.first_child
    while node is not None or stack:
        if node is None:
            node, block = stack.pop()
            continue
        tag = node.tag or ""
        if tag == "-text":
            block.text += len((node.text_content or "").strip())
        elif tag == "br":
            block.holds_breaks = True
        elif tag not in _SKIPPED and node.mem_id not in hidden:
            stack.append((node.next, block))
            if tag in BLOCKS:
                block.holds_blocks = True
                block = _Block(node, block)
                blocks.append(block)
            node = node.first_child
            continue
        node = node.next
    return blocks


def _hidden(document: LexborHTMLParser) -> set[int]:
    """The blocks that nobody sees."""
    return {
        node.mem_id
        for node in document.css('[style*="none" i]')
        if node.tag in BLOCKS and _HIDDEN.search(node.attributes["style"] or "")
    }
