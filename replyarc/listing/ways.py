"""The way on that the pager of a page shows: its words for the next page, and its numbers.

A 下一页 that leads nowhere is no end. It is one where it is no link, or is marked as switched off,
or leads to its own page, as PHPCMS makes the last; and where the numbers end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.listing.links import base_of, select
from replyarc.listing.places import NEXT_WORDS, Place, place_of
from replyarc.model import Page, Request, Source
from replyarc.text.chinese import narrow
from replyarc.text.html import absolute, one_line, parse

_LAST: Final = "尾页 末页 最后页 最后一页 最末页 last lastpage"
LAST_WORDS: Final = frozenset(_LAST.split())
"""What a link to the last page says, in lower case and without its arrows."""

_BACK_WORDS: Final = frozenset(("上一页", "上页", "前一页", "上一頁", "previous", "prev"))
_ARROWS: Final = frozenset(">›→»")
_ADORNMENT: Final = re.compile(r"[\s<>«»‹›→\[\]【】|]+")
_OTHER_WAY: Final = re.compile("[上前首尾末]|last|prev|end", re.IGNORECASE)
_OFF: Final = re.compile(r"disab|gr[ae]y|no-?(?:link|more|next)", re.IGNORECASE)
_FILE: Final = re.compile(
    r"""['"]([^'"\s<>]{0,300}?(?:\.(?:s?html?|jsp|aspx?|php|do)(?:\?[^'"\s<>]{0,300})?"""
    r"""|\?[\w%=&.-]{1,300}))['"]""",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"0{0,2}[1-9]\d{0,4}")
_OPTION: Final = re.compile(r"第?(0{0,2}[1-9]\d{0,4})页?")
_LOADS: Final = frozenset(("加载更多", "点击加载更多", "加载下一页", "显示更多", "点击查看更多"))
_COLUMN: Final = re.compile(r"/(?:index|default)\.\w{2,5}$", re.IGNORECASE)
_MOST: Final = 5_000
"""Links that are looked through for a pager at the most."""

_MOST_WORDS: Final = 50


class Way(NamedTuple):
    """Where a page stands in its listing, and how its pager leads on.

    ``ended``: it says that it is the last. ``dead``: it has a 下一页 that leads nowhere; ``last``
    is where its 尾页 leads. ``back``: its 上一页 leads to another page, so it is not the first.
    """

    place: Place
    next: Request | None = None
    ended: bool = False
    dead: bool = False
    last: str | None = None
    back: bool = False


def way_on(page: Page, source: Source | None = None) -> Way:
    """Return the way on that the pager of a page shows, or that ``options.next`` selects.

    Raises ListingError where that is no CSS selector.
    """
    place, tree = place_of(page), parse(page.text)
    reader = _Reader(page, base_of(tree, page))
    if source and "next" in source.options:
        nodes = select(tree, "next", page, source)
        url = next((url for node in nodes if (url := reader.address(node))), None)
        return Way(place, Request(url) if url else None, ended=not place.has_more and not url)
    if place.is_last or (place.this or 0) > (place.pages or 10**6):
        return Way(place, ended=True)
    numbers = reader.numbers(tree)
    this = place.this or numbers.this
    texts = [_link_of(text) for text in islice(_next_texts(tree), _MOST_WORDS)]
    dead = place.has_more or any(not is_off and not reader.is_own(link) for link, is_off in texts)
    url = reader.next_link(tree, texts)
    # A 下一页 that is switched off is believed before the numbers.
    if url is None and this and (dead or not texts):
        url = numbers.links.get(this + 1) or None
    if url is None and not texts:  # numbers that a script turns: of a calendar, none is the first
        dead = dead or (this == 1 and numbers.links.get(2) == "") or _loads(tree)
    last, back = reader.worded(tree, LAST_WORDS), reader.worded(tree, _BACK_WORDS) is not None
    if url:
        pages = place.pages or _pages(this, url, last)
        return Way(Place(this, pages, place.entries), Request(url), last=last, back=back)
    ended = not dead and (bool(texts) or (numbers.ends and place.this is None))
    return Way(place, ended=ended, dead=dead, last=last, back=back)


class _Numbers(NamedTuple):
    """The numbered links of a pager, which of its pages this is, and whether they end with it.

    A link that only a script can follow leads to ``""``.
    """

    links: dict[int, str]
    this: int | None
    ends: bool


class _Reader:
    """Reads where the links of one page lead."""

    def __init__(self, page: Page, base: str) -> None:
        self._own = _plain(page.url)
        self._base = base
        self._folders = {_folder(page.url), _folder(base)}
        self._host = urlsplit(page.url).hostname

    def address(self, node: LexborNode) -> str | None:
        """Return the address of another page that a link, or its script, leads to."""
        href, script = _attribute(node, "href"), _attribute(node, "onclick")
        if node.tag == "option" and re.search("[./?]", value := _attribute(node, "value")):
            href = value
        urls = [absolute(self._base, href)]
        for said in (href if href.lower().startswith("javascript:") else "", script):
            urls += [absolute(self._base, found[1]) for found in [_FILE.search(said)] if found]
        return next((url for url in urls if url and _plain(url) != self._own), None)

    def is_own(self, node: LexborNode | None) -> bool:
        """Tell whether a link leads to its own page, and not to a place on it."""
        href = _attribute(node, "href") if node else ""
        url = absolute(self._base, href)
        return bool(url) and "#" not in href and _plain(url or "") == self._own

    def is_near(self, url: str) -> bool:
        """Tell whether an address is in the folder of the page, or of its base, or below it."""
        return any(_apart(url).startswith(folder) for folder in self._folders)

    def is_other_page(self, url: str, number: str) -> bool:
        """Tell whether an address is the page's own but for one folder, the page number."""
        own, other = urlsplit(self._own).path.split("/"), urlsplit(url).path.split("/")
        if number == "1" and len(other) == len(own) - 1:  # /jyta/2/ and /jyta/
            lacks = [place for place, part in enumerate(own) if part.isdecimal()]
            return any(own[:place] + own[place + 1 :] == other for place in lacks)
        differ = [new for old, new in zip(own, other, strict=False) if old != new]
        same_host = urlsplit(url).hostname == self._host
        is_one = number == "1" and len(differ) == 1  # the first has often another name
        return same_host and len(own) == len(other) and (differ == [number] or is_one)

    def next_link(
        self, tree: LexborHTMLParser, texts: Iterable[tuple[LexborNode | None, bool]]
    ) -> str | None:
        """Return where the likeliest link to the next page leads."""
        nodes = tree.css("a, link[rel='next' i][href]")
        ranked = [(rank, node) for node in nodes[-_MOST:] if (rank := _rank(node))]
        ranked += [(1, link) for link, _ in texts if link]
        for rank, node in sorted(ranked, key=lambda pair: pair[0]):
            url = self.address(node)
            if url and (rank < 3 or self.is_near(url)):
                return url
        return None

    def worded(self, tree: LexborHTMLParser, words: Set[str]) -> str | None:
        """Return where the first link that says one of some words leads, to another page."""
        nodes = (node for node in tree.css("a")[-_MOST:] if _said(node) in words)
        return next((url for node in nodes if (url := self.address(node))), None)

    def numbers(self, tree: LexborHTMLParser) -> _Numbers:
        """Return the links that say a number and lead to what may be another page of a listing."""
        links: dict[int, str] = {}
        around: LexborNode | None = None
        for node in tree.css("a, option[value]")[-_MOST:]:
            number = narrow(_ADORNMENT.sub("", node.text()[:50]))
            if node.tag == "option":
                number = said[1] if (said := _OPTION.fullmatch(number)) else ""
            url = self.address(node) if _NUMBER.fullmatch(number) else None
            if url and (self.is_near(url) or self.is_other_page(url, number)):
                links[int(number)] = links.get(int(number)) or url
                around = _around(node)
            elif url is None and _NUMBER.fullmatch(number) and _is_call(node, number):
                links.setdefault(int(number), "")
                around = _around(node)
        printed = _printed(around) - set(links) if around else set()
        holes = {n - 1 for n in links if n > 1 and _is_hole(n - 1, links)}
        here, following = holes & printed, max(links, default=0) + 1
        if not here and following in printed and following - 1 in links:
            return _Numbers(links, following, ends=True)
        here = here or holes
        return _Numbers(links, here.pop() if len(here) == 1 else None, ends=False)


def _is_call(node: LexborNode, number: str) -> bool:
    """Tell whether a link calls a script with its number, as ``javascript:goPage(2)`` does."""
    script = _attribute(node, "onclick") or _attribute(node, "href")
    return re.search(rf"\([^()]{{0,200}}\b{number}\b[^()]{{0,200}}\)", script[:500]) is not None


def _loads(tree: LexborHTMLParser) -> bool:
    """Tell whether a page says that a script adds more rows to it: 加载更多."""
    nodes = tree.css("a, button, div, span, p")[-20 * _MOST :]
    return any(_ADORNMENT.sub("", node.text(deep=False)[:50]) in _LOADS for node in nodes)


def _is_hole(number: int, links: dict[int, str]) -> bool:
    """Tell whether a number is left out of a run: the page that one is on."""
    return number not in links and (number == 1 or number - 1 in links)


def _around(node: LexborNode) -> LexborNode | None:
    """Return what holds a numbered link and the numbers beside it."""
    above = node.parent
    return above.parent if above and above.tag in ("li", "span", "td", "em", "b") else above


def _printed(node: LexborNode) -> set[int]:
    pieces = _ADORNMENT.sub(" ", node.text(separator=" ")[:2_000]).split()
    return {int(piece) for piece in map(narrow, pieces) if _NUMBER.fullmatch(piece)}


def _pages(this: int | None, following: str, last: str | None) -> int | None:
    """Return how many pages there are, from the numbers of the next and of the last one.

    >>> _pages(1, "http://a.test/index_2.html", "http://a.test/index_9.html")
    9
    >>> _pages(1, "http://a.test/b/30.htm", "http://a.test/b/1.htm")
    31
    """
    one, two = (re.split(r"(\d{1,9})", url) for url in (following, last or ""))
    differ = [(a, b) for a, b in zip(one, two, strict=False) if a != b]
    if this is None or len(one) != len(two) or len(differ) > 1:
        return None
    if not differ:
        return this + 1
    a, b = differ[0]
    return this + 1 + abs(int(b) - int(a)) if a.isdecimal() and b.isdecimal() else None


def _next_texts(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield the elements that say 下一页, be they links or not."""
    nodes = tree.css("a, span, li, button, em, b, strong, td, div, p, i")
    for node in nodes[-20 * _MOST :]:
        child, said = node.first_child, ""
        while child is not None and len(said) < 40:
            said += (child.text_content or "") if child.tag == "-text" else ""
            child = child.next
        among = [word for word in said.split() if not word.isascii()]  # "next" is said in prose
        if any(_ADORNMENT.sub("", word).lower() in NEXT_WORDS for word in (said, *among)):
            yield node


def _link_of(node: LexborNode) -> tuple[LexborNode | None, bool]:
    """Return the link that a 下一页 is, and whether it is none or is marked as switched off."""
    link: LexborNode | None = None
    marks, reach = "", 0
    above: LexborNode | None = node
    while above is not None and reach < 3:
        if above.tag in ("a", "button") or _attribute(above, "onclick"):
            link = link or above
        if above is node or above.tag in ("a", "li", "span"):
            marks += " " + _attribute(above, "class")
        above, reach = above.parent, reach + 1
    return link, link is None or _OFF.search(marks) is not None


def _rank(node: LexborNode) -> int:
    """Rate a link: 1 says so, 2 is marked so, 3 is an arrow, 4 is styled so; 0 is another."""
    image = node.css_first("img[alt]")
    printed = one_line(node) or _attribute(node, "title")
    text = printed or (_attribute(image, "alt") if image else "")
    plain = _ADORNMENT.sub("", text).lower()
    if plain in NEXT_WORDS:
        return 1
    if "next" in _attribute(node, "rel").lower().split():
        return 2
    if text in _ARROWS:
        return 3
    styles = re.split(r"[\s_-]", _attribute(node, "class").lower())
    return 4 if "next" in styles and not _OTHER_WAY.search(plain) else 0


def _said(node: LexborNode) -> str:
    return _ADORNMENT.sub("", one_line(node) or _attribute(node, "title")).lower()


def _apart(url: str) -> str:
    """Return host and path: a site names itself by http and by https."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def _folder(url: str) -> str:
    return _apart(url).rpartition("/")[0] + "/"


def _plain(url: str) -> str:
    """Return an address without what only names the first page of a folder."""
    return _COLUMN.sub("/", url)


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
