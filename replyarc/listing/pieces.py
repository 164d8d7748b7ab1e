"""Rows that a script fetches as a piece of HTML, and what stands there of the number of pages."""

from __future__ import annotations

import re
from typing import Final

from replyarc.listing.belonging import strange
from replyarc.listing.links import entries
from replyarc.listing.places import place_of, placed
from replyarc.model import Listing, Page, Request, Source

_PAGES: Final = re.compile(r"\b(?:pageCount|totalPages?)['\"]?\s{0,9}[:=]\s{0,9}['\"]?(\d{1,6})\b")


def read_piece(page: Page, source: Source, this: int, following: Request) -> Listing:
    """Read page ``this`` of a listing; its links are relative to the column's page.

    ``following`` is asked next if more pages are told of, and is a guess where nothing says how
    many there are. A number of pages that this page is beyond counts as not said.

    Raises ListingError where there is no entry, and where neither the piece nor an entry shows
    that it is one of this listing.
    """
    piece = Page(page.column, page.text)
    found, left_out = entries(piece, source)
    place, counted = place_of(piece), _PAGES.search(page.text)
    said = int(counted[1]) if counted else place.pages
    untold = said is None and place.entries is None
    if untold and (alarm := strange(found, page, source)):
        raise alarm
    pages = said if said is not None and said >= this else None
    rows, place = (found, left_out), place._replace(pages=pages)
    if pages is None:
        return placed(rows, place, guesses=(following,))
    return placed(rows, place, following if this < pages else None)
