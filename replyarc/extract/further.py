"""The further pages of a letter that a site has split over several addresses.

A page names them by its own file's name and a number: ``t2019_1.html`` … Systems count from 0 or
from 1, so a page is asked how it counts, and nothing is tried out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.extract.content import find_content
from replyarc.model import Page
from replyarc.text.chinese import narrow, squeeze
from replyarc.text.html import absolute

MOST: Final = 50
"""Pages of one letter; what counts more is no letter."""

_FILE = re.compile(r"(?P<stem>[\w.~%-]{1,200})\.(?P<suffix>s?html?|jhtml)")
# TRS WCM: createPageHTML(pages, this, "stem", "suffix"), counted from 0. Ucap writes the name of an
# element before and the number of records behind, and counts from 1.
_CALL = re.compile(
    r"""createPage(?:HTML)?\(\s{0,9}(?P<place>["'][A-Za-z_][\w-]{0,40}["']\s{0,9},)?
        \s{0,9}["']?(?P<pages>\d{1,4})["']?\s{0,9},\s{0,9}["']?(?P<this>\d{1,4})["']?\s{0,9},
        \s{0,9}["'](?P<stem>[^"'\s]{1,200})["']\s{0,9},\s{0,9}["'](?P<suffix>\w{1,8})["']""",
    re.VERBOSE,
)
# Asked of the whole page before all else: the search for a rare first letter is the fastest.
_PROGRAM = re.compile(r"P(?=age)")
_SECOND = re.compile(r"_(?=[12]\.)")
_COUNT = re.compile(r"\bcountPage\s{0,9}=\s{0,9}[\"']?(\d{1,4})")
_THIS = re.compile(r"\bcurrentPage\s{0,9}=\s{0,9}[\"']?(\d{1,4})")
_LISTING: Final = ("index", "default", "list")
_REACH: Final = 4000  # letters of a program around the count, in which it names its pages
_NEXT: Final = ("下一页", "下页", "后一页", ">", ">>", "»", "›", "next")
_LAST: Final = ("尾页", "末页", "最后一页")


@dataclass(frozen=True, slots=True)
class Further:
    """The addresses of the further pages of a letter, in order.

    ``unnamed``: the page says that there are more than these, and does not say where.
    """

    addresses: tuple[str, ...] = ()
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    """The page's own file: ``stem`` and ``suffix`` of its name, and its whole address."""

    url: str
    stem: str
    suffix: str

    def numbered(self, numbers: range) -> Further:
        """Name its further pages, where they are not too many for a letter."""
        if len(numbers) >= MOST:
            return Further(unnamed=True)
        named = (f"./{self.stem}_{number}.{self.suffix}" for number in numbers)
        return Further(tuple(filter(None, (absolute(self.url, each) for each in named))))


def further_pages(page: Page, document: LexborHTMLParser) -> Further:
    """Return where the letter of a first page goes on; nothing for a further page, or a list.

    ``document`` is the page's tree, its programs still in it.
    """
    named = _FILE.fullmatch(urlsplit(page.url).path.rpartition("/")[2])
    own = _File(page.url, named["stem"], named["suffix"]) if named else None
    text = page.text
    found = None
    if _PROGRAM.search(text):
        found = _called(own, text) if own and "createPage" in text else None
        found = found or (_counted(own, text) if "countPage" in text else None)
    if (found is None or found.unnamed) and own and _is_named(own, text):
        found = _linked(own, document) or found
    return found or Further()


def _is_named(own: _File, text: str) -> bool:
    """Whether the page names its next page anywhere; asked before its links are."""
    return bool(_SECOND.search(text)) and any(
        f"{own.stem}_{number}.{own.suffix}" in text for number in (1, 2)
    )


def _called(own: _File, text: str) -> Further | None:
    """Read the call that writes the pager of a letter; that of a list names another file."""
    for call in islice(_CALL.finditer(text), MOST):
        if (call["stem"], call["suffix"]) != (own.stem, own.suffix):
            continue
        if _is_left_out(text, call.start()):
            continue
        pages, base = int(call["pages"]), 1 if call["place"] else 0
        if int(call["this"]) != base:
            return Further()
        return own.numbered(range(1 + base, pages + base))
    return None


def _counted(own: _File | None, text: str) -> Further | None:
    """Read ``var currentPage = 0 … var countPage = 3``, where the program names the page's file."""
    for count in islice(_COUNT.finditer(text), MOST):
        if _is_left_out(text, count.start()):
            continue
        near = text[max(0, count.start() - _REACH) : count.end() + _REACH]
        this = _THIS.search(near)
        if int(count[1]) < 2 or this is None or int(this[1]) > 1:
            return None
        if own and re.search(rf"""["'/]{re.escape(own.stem)}["'_.]""", near):
            pages = range(1, int(count[1]))
            return own.numbered(pages) if int(this[1]) == 0 else Further(unnamed=True)
        is_list = any(f"{quote}{name}" in near for name in _LISTING for quote in "\"'")
        return None if is_list or int(this[1]) else Further(unnamed=True)
    return None


def _is_left_out(text: str, at: int) -> bool:
    """Whether what stands there is commented out, in its line or with its whole program."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if line.lstrip().startswith("//"):
        return True
    opened = text.rfind("<!--", 0, at)
    return text.rfind("-->", 0, at) < opened < text.rfind("<script", 0, at)


def _linked(own: _File, document: LexborHTMLParser) -> Further | None:
    """Read the numbered links inside or right below the letter."""
    numbers = dict(_links(own, document))
    counted = {int(said): number for said, number in numbers.items() if said.isdecimal()}
    counted = {said: number for said, number in counted.items() if 1 < said < MOST * 2}
    bases = {said - number for said, number in counted.items()}
    following = next((numbers[said] for said in _NEXT if said in numbers), None)
    last = next((numbers[said] for said in _LAST if said in numbers), None)
    if len(bases) == 1 and bases <= {0, 1}:
        first = 2 - bases.pop()
        return own.numbered(range(first, max(*counted.values(), last or 0) + 1))
    if following in (1, 2) and not counted:
        if last is not None and last >= following:
            return own.numbered(range(following, last + 1))
        return replace(own.numbered(range(following, following + 1)), unnamed=True)
    return None


def _links(own: _File, document: LexborHTMLParser) -> Iterator[tuple[str, int]]:
    """Yield what the links of the letter's pager say, and the number of the page they lead to."""
    folder = absolute(own.url, "./")
    numbered = re.compile(rf"{re.escape(own.stem)}_(\d{{1,3}})\.{own.suffix}")
    found: list[tuple[LexborNode, int]] = []
    for link in islice(document.css(f'a[href*="{own.stem}_"]'), 4 * MOST):
        before, slash, name = (absolute(own.url, link.attributes["href"] or "") or "").rpartition(
            "/"
        )
        number = numbered.fullmatch(name)
        if number and before + slash == folder:
            found.append((link, int(number[1])))
    place = find_content(document) if found else None
    if place is None:
        return
    around = {node.mem_id for node in (*place.nodes, *place.after())}
    for link, target in found:
        if _stands_in(link, around):
            yield squeeze(narrow(link.text())).strip("[]()【】").lower(), target


def _stands_in(node: LexborNode, around: set[int]) -> bool:
    at: LexborNode | None = node
    while at is not None:
        if at.mem_id in around:
            return True
        at = at.parent
    return False
