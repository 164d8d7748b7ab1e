"""Where in the page the letter stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.text.html import UNREAD, lines

# Elements that hold the letter, the believed one first: what an editor's text is wrapped in
# before what a template wraps around it. A row is the name, .class or #id of an element; an id
# that ends in * is only the beginning of one.
CONTENT: Final = (
    "#pagediv*",
    "ucapcontent",
    ".TRS_Editor",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    ".Custom_UnionStyle",
    ".v_news_content",
    ".j-fontContent",
    "#vsb_content*",
    "#UCAP-CONTENT",
    "#ucap-content",
    ".pages_content",
    ".article-content",
    "#ivs_content",
    ".Article_content",
    "#zoomcon",
    "#fontzoom",
    "#zoom",
    "#Zoom",
    ".zoom",
    "#cmsArticleContent",
    ".bt_content",
    ".m-txt-article",
    ".artile_zw",
    ".wzzw-article",
    ".g-detailbox",
    ".article_con",
    ".zhengw",
    ".main-txt",
    ".xxgk_content",
    ".zfxxgk_zw",
    ".scroll_cont",
    ".content-wrapper",
    "#Content",
)
# Rows whose elements hold one letter together: a long one is split over #pagediv0, #pagediv1 …
_SHARED: Final = frozenset({"#pagediv*"})
_RANKS: Final = {row: rank for rank, row in enumerate(CONTENT)}
_BEGINNINGS: Final = tuple(row[:-1] for row in CONTENT if row.endswith("*"))
_TAGS: Final = tuple(row for row in CONTENT if row[0] not in "#.")

# How a letter of this kind sounds; the first element that does is believed.
_LETTER = re.compile(
    r"收悉|(?:[答回函]复|复函|意见|情况)[^。]{0,6}如下"
    r"|(?:代表|委员)[，,]?(?:您好|你好)?\s?[:：]|您提出|贵[委会]"
)
_CELLS: Final = frozenset({"tbody", "td", "tr"})  # a table that lays out a page is one level
_FOOT: Final = ("版权所有", "ICP备", "网站标识码")
_BEGINNING: Final = 3000  # letters, within which a letter has begun to sound like one
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLOCKS: Final = _CELLS | {
    *("article", "div", "form", "li", "main", "ol", "p", "section", "table", "ul")
}
_SKIPPED: Final = UNREAD | {"a"}
_LEVELS_AFTER: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """The elements that hold the letter, in order, and its text line by line."""

    nodes: tuple[LexborNode, ...]
    lines: tuple[str, ...]

    def before(self) -> list[LexborNode]:
        """The elements that stand before the letter and do not hold it, in order."""
        found: list[LexborNode] = []
        node: LexborNode | None = self.nodes[0]
        while node is not None:
            at = node.prev
            while at is not None:
                found.append(at)
                at = at.prev
            node = node.parent
        return found[::-1]

    def after(self) -> list[LexborNode]:
        """The elements that follow the letter within the blocks around it, in order."""
        found: list[LexborNode] = []
        node: LexborNode | None = self.nodes[-1]
        levels = _LEVELS_AFTER
        while node is not None and node.tag != "body" and levels:
            at = node.next
            while at is not None:
                found.append(at)
                at = at.next
            levels -= node.tag not in _CELLS
            node = node.parent
        return found


def find_content(document: LexborHTMLParser, selector: str | None = None) -> Place | None:
    """Find where the letter stands; ``None`` where no text does.

    ``selector`` is the source's own (``options.content``) and is believed alone. Else the table
    is asked; where nothing in it sounds like a letter, the block with most text of its own is.
    """
    if selector:
        return _place(document.css(selector))
    listed: list[list[LexborNode]] = []
    for nodes in _listed(document):
        if _sounds_like_a_letter(nodes[0]):
            return _place(nodes)
        listed.append(nodes)
    if not listed or (document.body and _LETTER.search(document.body.text())):
        densest = _densest(document)
        if densest is not None and (not listed or _sounds_like_a_letter(densest)):
            return _place([densest])
    return next(filter(None, map(_place, listed)), None)


def _sounds_like_a_letter(node: LexborNode) -> bool:
    return bool(_LETTER.search(node.text()[:_BEGINNING]))


def _place(nodes: Sequence[LexborNode]) -> Place | None:
    found = tuple(line for node in nodes for line in lines(node))
    return Place(tuple(nodes), found) if found else None


def _listed(document: LexborHTMLParser) -> Iterator[list[LexborNode]]:
    """Yield the elements of the table, in its order; of one row, those with most text first.

    One that answers to two rows, by its id and by its class, comes twice.
    """
    rows: dict[str, list[LexborNode]] = {}
    for node, row in _answering(document):
        rows.setdefault(row, []).append(node)
    for row in sorted(rows, key=_RANKS.__getitem__):
        nodes = rows[row]
        if row in _SHARED or len(nodes) == 1:
            yield nodes
        else:  # where a page holds the same letter twice, the first is taken: the sort is stable
            yield from ([node] for node in sorted(nodes, key=_worth, reverse=True))


def _answering(document: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """Yield the elements that answer to a row of the table by their name, id or class, and the row.

    Asking for whatever has a name is five times faster than asking for every row.
    """
    for row in _TAGS:
        yield from ((node, row) for node in document.tags(row))
    for node in document.css("[id]"):
        if named := _row_of_id(node.id or ""):
            yield node, named
    for node in document.css("[class]"):
        if named := _row_of_class(node.attributes["class"] or ""):
            yield node, named


@lru_cache(maxsize=4096)  # the pages of a site use the same few names
def _row_of_id(name: str) -> str | None:
    """The first row of the table with this id; ``None`` where there is none."""
    answers = [f"#{name}", *(f"{each}*" for each in _BEGINNINGS if name.startswith(each[1:]))]
    return min(filter(_RANKS.__contains__, answers), key=_RANKS.__getitem__, default=None)


@lru_cache(maxsize=4096)
def _row_of_class(names: str) -> str | None:
    """The first row of the table with one of these classes; ``None`` where there is none."""
    answers = [f".{name}" for name in names.split()]
    return min(filter(_RANKS.__contains__, answers), key=_RANKS.__getitem__, default=None)


def _worth(node: LexborNode) -> tuple[bool, int]:
    """More text is worth more, but not that of the page's foot, which is edited like a letter."""
    text = node.text()
    return not any(word in text for word in _FOOT), len(text)


@dataclass(slots=True)
class _Block:
    """A block of the page on the way to the one with most text; ``text`` is its own, in letters."""

    node: LexborNode
    around: _Block | None
    text: int = 0
    holds_blocks: bool = False
    holds_breaks: bool = False
    weight: int = 0


def _densest(document: LexborHTMLParser) -> LexborNode | None:
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
            if tag in _BLOCKS:
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
        if node.tag in _BLOCKS and _HIDDEN.search(node.attributes["style"] or "")
    }
