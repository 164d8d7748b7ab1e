"""How the pages of a listing are turned where links, or a number in their address, say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from replyarc.errors import ListingError
from replyarc.listing.asking import query_of, with_query
from replyarc.listing.links import base_of, entries
from replyarc.listing.places import place_of, placed
from replyarc.listing.ways import LAST_WORDS, way_on
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import absolute, one_line, parse

_ADORNMENT: Final = re.compile(r"[\s<>«»‹›→\[\]【】|]+")
_COUNT: Final = re.compile(r"[1-9]\d{0,5}")
_NAMES: Final = frozenset(
    ("page", "pageindex", "pageno", "pagenum", "pn", "p", "currpage", "currentpage")
)
"""What names hold a page number, in lower case."""


def count(text: str | None) -> int | None:
    """Return a page number as an int; ``None`` for page 0, for what is none, and past 999999.

    >>> count("12"), count("0"), count("1000000000"), count(None)
    (12, None, None, None)
    """
    return int(text) if text and _COUNT.fullmatch(text) else None


def no_way(page: Page, source: Source, this: int, pages: int) -> ListingError:
    """Return the alarm for a page that says that there are more, and leads to none."""
    return ListingError(
        page.url,
        f"way to the page after {this} of {pages}",
        f'Set family = "nextlink" and options.next of source "{source.name}".',
    )


def linked_pages(page: Page, first: str, name: str) -> Iterator[tuple[int, bool]]:
    """Yield the page numbers that links lead to, and whether a link says that it is the last.

    ``first`` is an address of the listing: the pages differ from it in the value of ``name``, and
    other columns in other values of its query.
    """
    tree = parse(page.text)
    base, wanted = base_of(tree, page), query_of(first)
    path = urlsplit(first).path
    for node in tree.css("a[href]"):
        if f"{name}=" not in (href := _href(node)):
            continue
        url = absolute(base, href) or ""
        query = query_of(url)
        same = all(query.get(key, value) == value for key, value in wanted.items() if key != name)
        if same and urlsplit(url).path == path and (number := count(query.get(name))):
            yield number, _ADORNMENT.sub("", one_line(node)).lower() in LAST_WORDS


def paging_name(page: Page) -> str | None:
    """Return the name in a query that holds page numbers, by the links to the page's own path.

    Without such a link, the name in the page's own address; ``None`` where there is none.
    """
    tree = parse(page.text)
    base, path = base_of(tree, page), urlsplit(page.url).path
    hrefs = (href for node in tree.css("a[href]") if "=" in (href := _href(node)))
    urls = (url for href in hrefs if (url := absolute(base, href)) and urlsplit(url).path == path)
    for url in (*urls, page.url):
        for name, value in query_of(url).items():
            if name.lower() in _NAMES and count(value):
                return name
    return None


def read_numbered(
    page: Page, source: Source, first: str, name: str, *, may_guess: bool = False
) -> Listing:
    """Read a page of a listing whose pages differ in one value of their query, its number.

    ``first`` is an address of the listing, to which ``name=2`` is put. A link to the next page is
    believed before counting. Where neither a total nor a link tells of other pages, the next one
    is a guess, if it may be.

    Raises ListingError where there is no entry.
    """
    rows = entries(page, source)
    place = place_of(page)
    this = count(query_of(page.url).get(name)) or place.this or 1
    linked = list(linked_pages(page, first, name))
    said = place.pages or next((number for number, is_last in linked if is_last), None)
    highest = max((number for number, _ in linked), default=said) or 0
    way = None if said and this >= said else way_on(page, source).next
    if way and (count(query_of(way.url).get(name)) or this + 1) <= this:
        way = None
    turned = way or Request(with_query(first, **{name: this + 1}))
    known = way is not None or max(highest, said or 0) > this
    guesses = (turned,) if may_guess and not (known or said or linked) else ()
    return placed(rows, place._replace(pages=said), turned if known else None, guesses)


def _href(node: LexborNode) -> str:
    return node.attributes.get("href") or ""
