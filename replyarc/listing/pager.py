"""How listing pages say which of how many they are, and where the next one is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from replyarc.errors import ListingError
from replyarc.listing import numbering
from replyarc.listing.links import base_of, entries
from replyarc.listing.places import Place, placed
from replyarc.listing.ways import way_on
from replyarc.model import Entry, Listing, Page, Request, Source
from replyarc.text.html import absolute, parse

_CALL: Final = re.compile(r"\bcreatePage(?:HTML)?\s{0,9}\(([^()]{1,300})\)")
LINE_COMMENT: Final = re.compile(r"(?<![:\"'])//")
"""What begins a comment in a script, and not the host of an address."""

_PARAMETER: Final = re.compile(r"<\w{1,10}\s[^<>]{0,600}\bid=[\"']pageParam[\"'][^<>]{0,600}>")
_URL: Final = re.compile(r"\burl=[\"']([^\"'\s<>]{1,300}?)\.s?html?[\"']")
_MOST_CALLS: Final = 20


@dataclass(frozen=True, slots=True)
class Pager:
    """Page ``this`` of ``pages``, counted from 1; ``following`` is the next one's address.

    ``following`` is relative to the page. ``entries`` is how many there are on all pages together,
    ``None`` where the pager does not say.
    """

    pages: int
    this: int
    following: str
    entries: int | None = None


def calls(page: Page) -> Iterator[list[str]]:
    """Yield the arguments of each ``createPageHTML(…)`` and ``createPage(…)`` that is run.

    Blanks and quotation marks around an argument are taken off. What is commented out is passed
    over, since sites keep an old pager beside the one they use. Where an element ``pageParam``
    says which file the pages are named after, that is what the fourth argument says behind the
    name of an element: ``createPageHTML('paging', 5, 1, 's_list', 'shtml', 85)``.
    """
    stem = named_file(page)
    for number, call in enumerate(_CALL.finditer(page.text)):
        if number == _MOST_CALLS:
            return
        if is_run(page.text, call.start()):
            said = [argument.strip(" \t\r\n'\"") for argument in call[1].split(",")]
            if stem and len(said) > 4 and not said[0].isdecimal():
                said[3] = stem
            yield said


def named_file(page: Page) -> str | None:
    """Return what the files of the pages are named after, without its ending; ``None`` if unsaid.

    >>> named_file(Page("http://a.test/", '<script id="pageParam" data="5" url="/a/s.shtml">'))
    '/a/s'
    """
    parameter = _PARAMETER.search(page.text)
    url = _URL.search(parameter[0]) if parameter else None
    return url[1] if url else None


def is_run(text: str, at: int) -> bool:
    """Tell whether a script runs what stands at a place: whether that is in no comment.

    >>> is_run("<script>//createPageHTML(9, 0)", 10), is_run("<script><!--\\ncreatePageHTML(", 13)
    (False, True)
    """
    script = max(text.rfind("<script", 0, at), 0)
    line = max(script, text.rfind("\n", 0, at), text.rfind(">", 0, at))
    comment = text.rfind("<!--", 0, at)
    hides_script = text.rfind("<", 0, max(comment, 0)) == script and "\n" in text[comment:at]
    return not (
        LINE_COMMENT.search(text, line, at)
        or text.rfind("/*", script, at) > text.rfind("*/", script, at)
        or (comment > text.rfind("-->", 0, at) and not hides_script)
    )


Rows = Callable[[Page, Source], tuple[tuple[Entry, ...], dict[str, int]]]
"""What reads the rows of a page, as links.entries does."""


def paged(
    pager: Pager | None, page: Page, source: Source, rows: Rows = entries, *, doubt: bool = False
) -> Listing:
    """Read a listing page whose place in the listing is known; without a pager it is the only one.

    With `doubt` it is not: see unpaged.

    Raises ListingError where it has no entry, or names no next page although there is one.
    """
    if pager is None and doubt:
        return unpaged(page, source, None, rows)
    found = rows(page, source)
    place = Place(pager.this, pager.pages, pager.entries) if pager else Place()
    return placed(found, place, following(pager, page, source))


def unpaged(
    page: Page, source: Source, guesses: tuple[Request, ...] | None, rows: Rows = entries
) -> Listing:
    """Read a listing page that has not the pager of its family: its links are followed then.

    Where none leads on, and the page does not say that it is the last, the guesses are what may
    come next; ``None``: what numbering.guesses says.

    Raises ListingError where it has no entry.
    """
    found = rows(page, source)
    way = way_on(page, source)
    if way.next or way.ended:
        guesses = ()
    elif guesses is None:
        guesses = numbering.guesses(page, way.place, way.last)
    return placed(found, way.place, way.next, guesses)


def following(pager: Pager | None, page: Page, source: Source) -> Request | None:
    """Return the request for the next page; ``None`` after the last, or where there is no pager.

    Raises ListingError where there must be a next page and its address cannot be made.
    """
    if pager is None or pager.this >= pager.pages:
        return None
    url = absolute(base_of(parse(page.text), page), pager.following)
    if url is None:
        raise ListingError(
            page.url,
            f"address of the page after {pager.this} of {pager.pages}",
            f'Set family = "nextlink" and options.next of source "{source.name}".',
        )
    return Request(url)
