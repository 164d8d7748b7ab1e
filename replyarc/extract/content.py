"""Where in the page the letter stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.extract.attachments import is_file_link, leads_to_file, shows_by_script
from replyarc.extract.density import BLOCKS, CELLS, densest_block
from replyarc.extract.held import held_markup
from replyarc.extract.outside import with_outside
from replyarc.text.html import lines, parse

# Elements that hold the letter, the believed one first: what an editor's text is wrapped in
# before what a template wraps around it. A row is the name, .class or #id of an element; an id
# that ends in * is only the beginning of one.
CONTENT: Final = (
    "#pagediv*",
    "ucapcontent",
    ".TRS_Editor",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    ".TRS_PreAppend",
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
    "#info_cont",
    ".info_cont",
    "#detailCon",
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
_WORDS: Final = ("如下", "收悉", "您提出", "代表", "委员", "贵委", "贵会")  # one of them in each
_FOOT: Final = ("版权所有", "ICP备", "网站标识码")
_BEGINNING: Final = 3000  # letters, within which a letter has begun to sound like one
_LEVELS_AFTER: Final = 3
_MOST, _FEW = 50, 5  # elements of a row and links; elements whose surroundings are searched
_NAMED: Final = "[id], div[class], td[class], table[class], section[class], article[class]"
_FRAMES: Final = "iframe[src], embed[src], object[data]"
_SHOWN: Final = f"img[src], {_FRAMES}"
_FEW_LINES, _LITTLE = 5, 80  # what stands beside a letter that is an image


@dataclass(frozen=True, slots=True)
class Place:
    """The elements that hold the letter, in order, and its text line by line.

    ``guessed``: neither the source's selector nor the table named them. ``is_shown``: they hold
    little text, and a frame or images beside it. ``page`` is the body around a letter that was
    held in a program or a form, and is not of the page's own tree.
    """

    nodes: tuple[LexborNode, ...]
    lines: tuple[str, ...]
    guessed: bool = False
    is_shown: bool = False
    page: LexborNode | None = None

    def before(self) -> list[LexborNode]:
        """The elements that stand before the letter and do not hold it, in order."""
        if self.page is not None:
            return [node for node in self.page.iter() if not _is_foot([node])]
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
            levels -= node.tag not in CELLS
            node = node.parent
        return found


def find_content(
    document: LexborHTMLParser, selector: str | None = None, text: str = ""
) -> Place | None:
    """Find where the letter stands; ``None`` where neither text does nor a file in its place.

    ``selector`` is the source's own (``options.content``) and is believed alone. Else the table
    is asked; where nothing in it sounds like a letter, the block with most text of its own is,
    and last what the page's programs and forms hold: ``text`` is the whole page, with them.
    """
    if selector:
        chosen = document.css(selector)
        return _place(chosen) or _filed(chosen, text)
    listed: list[list[LexborNode]] = []
    for nodes in _listed(document):
        if _sounds_like_a_letter(nodes[0]):
            return _whole(_place(nodes))
        listed.append(nodes)
    if not listed or (document.body and _sounds(document.body.text())):
        densest = densest_block(document, among_all=False)
        if densest is not None and _sounds_like_a_letter(densest):
            return _whole(_place([densest], guessed=True))
    return (
        _held(document, text)
        or next(filter(None, (_place(nodes) for nodes in listed if not _is_foot(nodes))), None)
        or next(filter(None, (_filed(nodes, text) for nodes in listed[:_FEW])), None)
        or _framed(document)
        or (None if listed else _densest(document))
        or _linked_alone(document)
    )


def _densest(document: LexborHTMLParser) -> Place | None:
    densest = densest_block(document)
    return None if densest is None else _place([densest], guessed=True)


def _sounds_like_a_letter(node: LexborNode) -> bool:
    return _sounds(node.text()[:_BEGINNING])


def _sounds(text: str) -> bool:
    return any(word in text for word in _WORDS) and bool(_LETTER.search(text))


def _is_foot(nodes: Sequence[LexborNode]) -> bool:
    return any(word in nodes[0].text() for word in _FOOT)


def _place(nodes: Sequence[LexborNode], *, guessed: bool = False) -> Place | None:
    found = tuple(line for node in nodes for line in lines(node))
    if not found:
        return None
    little = len(found) <= _FEW_LINES and sum(map(len, found)) <= _LITTLE
    is_shown = little and any(node.css_first(_SHOWN) is not None for node in nodes)
    return Place(tuple(nodes), found, guessed, is_shown)


def _whole(place: Place | None) -> Place | None:
    """The place with what stands of the letter right outside its elements."""
    if place is None:
        return None
    found = with_outside(place.nodes, place.lines)
    return place if len(found) == len(place.lines) else replace(place, lines=found)


def _filed(nodes: Sequence[LexborNode], text: str) -> Place | None:
    """The element of the letter where it is empty, but for what shows or leads to a file."""
    if not nodes:
        return None
    shown = shows_by_script(text) or any(node.css_first(_SHOWN) is not None for node in nodes)
    place = Place(tuple(nodes), (), is_shown=shown)
    return place if shown or leads_to_file((*nodes, *place.after())) else None


def _framed(document: LexborHTMLParser) -> Place | None:
    """The block around a frame that shows a document."""
    for node in document.css(_FRAMES):
        if node.parent is not None and is_file_link(node):
            return Place((node.parent,), tuple(lines(node.parent)), guessed=True, is_shown=True)
    return None


def _linked_alone(document: LexborHTMLParser) -> Place | None:
    """The block around the first link to a file that does not stand in the page's foot."""
    links = filter(is_file_link, document.css("a[href]"))
    for node in islice(links, _MOST):
        block = node.parent
        while block is not None and block.tag not in BLOCKS:
            block = block.parent
        if block is not None and not _is_foot([block]):
            return Place((block,), tuple(lines(block)), guessed=True)
    return None


def _held(document: LexborHTMLParser, text: str) -> Place | None:
    """The letter where only a program or a form of the page holds it."""
    for markup in held_markup(text):
        if _sounds(markup[:_BEGINNING]):
            body = parse(markup).body
            found = tuple(lines(body)) if body is not None else ()
            if body is not None and found:
                return Place((body,), found, guessed=True, page=document.body)
    return None


def _listed(document: LexborHTMLParser) -> Iterator[list[LexborNode]]:
    """Yield the elements of the table, in its order; of one row, those with most text first.

    One that answers to two rows, by its id and by its class, comes twice.
    """
    rows: dict[str, list[LexborNode]] = {}
    for node, row in _answering(document):
        rows.setdefault(row, []).append(node)
    for row in sorted(rows, key=_RANKS.__getitem__):
        nodes = rows[row][:_MOST]
        if row in _SHARED or len(nodes) == 1:
            yield nodes
        else:  # where a page holds the same letter twice, the first is taken: the sort is stable
            yield from ([node] for node in sorted(nodes, key=_worth, reverse=True))


def _answering(document: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """Yield the elements that answer to a row of the table by their name, id or class, and the row.

    Asking for whatever has a name is five times faster than asking for every row; a letter stands
    in none of the many links, list items and spans that have a class. One question, because the
    whole tree is walked for each.
    """
    for tag in _TAGS:
        yield from ((node, tag) for node in document.tags(tag))
    for node in document.css(_NAMED):
        named = node.attributes
        if (name := named.get("id")) and (row := _row_of_id(name)):
            yield node, row
        if (names := named.get("class")) and (row := _row_of_class(names)):
            yield node, row


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
