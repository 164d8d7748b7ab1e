"""The block of a page with most text of its own: where a letter stands that no table names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.text.html import UNREAD

CELLS: Final = frozenset({"tbody", "td", "tr"})  # a table that lays out a page is one level
BLOCKS: Final = CELLS | {
    *("article", "div", "form", "li", "main", "ol", "p", "section", "table", "ul")
}
_ROWS: Final = CELLS | {"table"}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# What navigation stands in.
_AROUND: Final = frozenset({"div", "ol", "section", "table", "ul"})
_NEAR: Final = 12  # levels below the body, on which they are asked for sentences as a whole
_SKIPPED: Final = UNREAD | {"a"}


@dataclass(slots=True)
class _Block:
    """A block of the page on the way to the one with most text; ``text`` is its own, in letters."""

    node: LexborNode
    around: _Block | None
    text: int = 0
    blocks: int = 0
    holds_breaks: bool = False
    weight: int = 0
    rows: list[int] = field(default_factory=list)


def densest_block(document: LexborHTMLParser, *, among_all: bool = True) -> LexborNode | None:
    """Find the block with most text in paragraphs of its own, links not counted.

    A paragraph counts to the block around it. A block without blocks inside is a paragraph too,
    unless it holds its paragraphs itself, set apart by ``<br>``. ``None`` where no sentence stands
    in it; with ``among_all`` false, what holds no sentence is not compared, which is faster.
    """
    if document.body is None:
        return None
    blocks = _blocks(document.body, _hidden(document), among_all)
    for block in blocks:
        is_home = block.blocks or (block.holds_breaks and block.node.tag != "p")
        home = block if is_home or block.around is None else block.around
        home.weight += block.text
        if block.text and not is_home and (stack := _stack(block)):
            stack.rows.append(block.text)
    for block in blocks:
        if len(block.rows) > 2 and max(block.rows) * 2 < (weight := sum(block.rows)):
            block.weight = max(block.weight, weight)
    heaviest = max(blocks, key=lambda block: block.weight).node
    if heaviest.tag == "body" and not among_all:  # what is left when nothing is compared with it
        return densest_block(document)
    return None if _is_silent(heaviest) else heaviest


def _stack(block: _Block) -> _Block | None:
    """The block around the rows of one of which a paragraph is all that stands in it."""
    at = block
    while at.around is not None and at.around.blocks == 1 and at.around.node.tag in _ROWS:
        at = at.around
    return at.around if at.node.tag == "tr" else None


def _is_silent(node: LexborNode) -> bool:
    return "。" not in node.text()


def _blocks(body: LexborNode, hidden: Collection[int], among_all: bool) -> list[_Block]:
    """Measure the blocks of the page in one pass; a stack, since pages nest 10,000 deep."""
    block = _Block(body, None)
    blocks = [block]
    stack: list[tuple[LexborNode | None, _Block]] = []  # what follows an element, and its block
    node = body.first_child
    while node is not None or stack:
        if node is None:
            node, block = stack.pop()
            continue
        tag = node.tag or ""
        if tag == "-text":
            block.text += len((node.text_content or "").strip())
        elif tag == "br":
            block.holds_breaks = True
        elif tag in _SKIPPED or node.mem_id in hidden:
            pass
        elif not among_all and tag in _AROUND and len(stack) < _NEAR and _is_silent(node):
            block.blocks += 1
        else:
            stack.append((node.next, block))
            if tag in BLOCKS:
                block.blocks += 1
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
