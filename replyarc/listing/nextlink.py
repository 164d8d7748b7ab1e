"""Any listing with a link to its next page: 下一页, or what ``options.next`` selects."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.errors import ListingError
from replyarc.listing.links import base_of, entries, select
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import absolute, lines, one_line, parse

_WORDS: Final = "下一页 下页 下一頁 下頁 后一页 后页 下一页面 next nextpage"
_NEXT: Final = frozenset(_WORDS.split())
_ARROWS: Final = frozenset(">›→")
_ADORNMENT: Final = re.compile(r"[\s<>«»‹›→\[\]【】|]+")
_OTHER_WAY: Final = re.compile("[上前首尾末]|last|prev|end", re.IGNORECASE)

_TOTAL: Final = r"共(?:有|计)?\s?(?P<total>\d{1,7})\s?(?:条|个?记录|篇)"
_THIS: Final = r"\s?(?P<this>\d{1,6})\s?"
_PAGES: Final = r"\s?(?P<pages>\d{1,6})\s?"
# One row a printed form; the first that is found is believed.
_PLACES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"第{_THIS}[页頁]?\s?/\s?共?{_PAGES}[页頁]",
        rf"第{_THIS}[页頁][\s,，/|]{{0,3}}共{_PAGES}[页頁]",
        rf"共{_PAGES}[页頁][\s,，/|]{{0,3}}(?:当前)?第{_THIS}[页頁]",
        rf"{_TOTAL}[\s,，]{{0,3}}(?<!\d){_THIS}/{_PAGES}(?![\d/])",
        rf"(?<![\d/]){_THIS}/{_PAGES}[页頁]",
        rf"共(?:有|计)?{_PAGES}[页頁]",
    )
)
_ANNOUNCED: Final = re.compile(_TOTAL)
_NEAR: Final = 300
"""How many letters from 下一页 the rest of a pager is looked for."""


def first(url: str) -> Request:
    """Return the request for the first page."""
    return Request(url)


def read(page: Page, source: Source) -> Listing:
    """Read one listing page; without a link to a next one it is the last.

    Raises ListingError where it has no entry, or says that there are pages after it and links
    to none.
    """
    found, left_out = entries(page, source)
    tree = parse(page.text)
    pager = _pager(tree)
    this, pages = _place(pager)
    total = _ANNOUNCED.search(pager)
    return Listing(
        found,
        _following(tree, page, source, (this, pages)),
        pages=pages,
        announced=int(total["total"]) if total else None,
        left_out=left_out,
    )


def is_paged(page: Page) -> bool:
    """Tell whether the page links to a next one without a script, or says that it is the last."""
    tree = parse(page.text)
    this, pages = _place(_pager(tree))
    is_last = pages is not None and pages in (1, this)
    return is_last or any(absolute(page.url, _href(node)) for node in _ways(tree))


def _pager(tree: LexborHTMLParser) -> str:
    """Return the text about the last 下一页 of a page, or all of it where there is none."""
    text = " ".join(lines(tree.body)) if tree.body else ""
    at = max(text.rfind(word) for word in _NEXT)
    return text if at < 0 else text[max(0, at - _NEAR) : at + _NEAR]


def _place(pager: str) -> tuple[int | None, int | None]:
    """Return this page and the number of pages as printed; ``None`` for what is not."""
    for shape in _PLACES:
        if found := shape.search(pager):
            said = found.groupdict()
            return (int(said["this"]) if "this" in said else None), int(said["pages"])
    return None, None


def _following(
    tree: LexborHTMLParser, page: Page, source: Source, place: tuple[int | None, int | None]
) -> Request | None:
    this, pages = place
    more = this is not None and pages is not None and this < pages
    if this is not None and not more:
        return None
    ways = select(tree, "next", page, source) if "next" in source.options else _ways(tree)
    base = base_of(tree, page)
    urls = (absolute(base, _href(node)) for node in ways)
    url = next((url for url in urls if url and url != page.url), None)
    if url is None and more:
        raise ListingError(
            page.url,
            f"link to the page after {this} of {pages}",
            f'Set options.next of source "{source.name}" to what selects it.',
        )
    return Request(url) if url else None


def _ways(tree: LexborHTMLParser) -> list[LexborNode]:
    """Return the links that seem to lead to the next page, the most likely first."""
    ranked = ((_rank(node), node) for node in tree.css("a[href], link[rel='next' i][href]"))
    return [node for rank, node in sorted(ranked, key=lambda pair: pair[0]) if rank]


def _rank(node: LexborNode) -> int:
    """Rate a link: 1 says so, 2 is marked so, 3 is an arrow, 4 is styled so; 0 is another."""
    image = node.css_first("img[alt]")
    printed = one_line(node) or node.attributes.get("title") or ""
    text = printed or (image.attributes.get("alt") if image else "") or ""
    plain = _ADORNMENT.sub("", text).lower()
    if plain in _NEXT:
        return 1
    if "next" in (node.attributes.get("rel") or "").lower().split():
        return 2
    if text in _ARROWS:
        return 3
    styles = re.split(r"[\s_-]", (node.attributes.get("class") or "").lower())
    return 4 if "next" in styles and not _OTHER_WAY.search(plain) else 0


def _href(node: LexborNode) -> str:
    return node.attributes.get("href") or ""
