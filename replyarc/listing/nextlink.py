"""Any listing with a link to its next page: 下一页, or what ``options.next`` selects."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.errors import ListingError
from replyarc.listing.links import base_of, entries, select
from replyarc.listing.places import NEXT_WORDS, Place, place_of
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import absolute, one_line, parse

_ARROWS: Final = frozenset(">›→")
_ADORNMENT: Final = re.compile(r"[\s<>«»‹›→\[\]【】|]+")
_OTHER_WAY: Final = re.compile("[上前首尾末]|last|prev|end", re.IGNORECASE)


def shows(page: Page) -> bool:
    """Tell whether a page links to a next one without a script, or says that it is the last."""
    place = place_of(page)
    ways = _ways(parse(page.text))
    return place.is_last or any(absolute(page.url, _href(node)) for node in ways)


def read(page: Page, source: Source) -> Listing:
    """Read one listing page; without a link to a next one it is the last.

    Raises ListingError where it has no entry, or says that there are pages after it and links
    to none.
    """
    found, left_out = entries(page, source)
    place = place_of(page)
    return Listing(
        found,
        _following(page, source, place),
        pages=place.pages,
        announced=place.entries,
        left_out=left_out,
    )


def _following(page: Page, source: Source, place: Place) -> Request | None:
    tree, more = parse(page.text), place.has_more
    if place.this is not None and not more:
        return None
    ways = select(tree, "next", page, source) if "next" in source.options else _ways(tree)
    base = base_of(tree, page)
    urls = (absolute(base, _href(node)) for node in ways)
    url = next((url for url in urls if url and url != page.url), None)
    if url is None and more:
        raise ListingError(
            page.url,
            f"link to the page after {place.this} of {place.pages}",
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
    if plain in NEXT_WORDS:
        return 1
    if "next" in (node.attributes.get("rel") or "").lower().split():
        return 2
    if text in _ARROWS:
        return 3
    styles = re.split(r"[\s_-]", (node.attributes.get("class") or "").lower())
    return 4 if "next" in styles and not _OTHER_WAY.search(plain) else 0


def _href(node: LexborNode) -> str:
    return node.attributes.get("href") or ""
