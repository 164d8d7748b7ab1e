"""Any listing with a link to its next page: 下一页, or what ``options.next`` selects.

The link may be one of a script that names a file (``toPage('list_2.html')``); where no link says
下一页, the numbers 1 2 3 … are followed. A 下一页 that leads nowhere is no end: what may come next
is guessed then, as it is where the page says that there are more entries than it lists.
"""

from __future__ import annotations

from replyarc.errors import ListingError
from replyarc.listing import numbering
from replyarc.listing.links import entries
from replyarc.listing.places import placed
from replyarc.listing.ways import way_on
from replyarc.model import Listing, Page, Source


def shows(page: Page) -> bool:
    """Tell whether a page leads to a next one that can be named, or says that it is the last."""
    way = way_on(page)
    return way.next is not None or way.ended


def read(page: Page, source: Source) -> Listing:
    """Read one listing page; without a way on it is the last.

    Raises ListingError where it has no entry, or says that there are pages after it and
    neither leads to one nor lets one be guessed.
    """
    found, left_out = entries(page, source)
    way = way_on(page, source)
    place = way.place
    is_first = not page.asked.referer and place.this in (None, 1) and not way.back
    is_short = is_first and not place.is_last and (place.entries or 0) > len(found)
    unsure = way.next is None and (way.dead or is_short) and "next" not in source.options
    guesses = numbering.guesses(page, place, way.last) if unsure else ()
    if way.next is None and place.has_more and not guesses:
        raise ListingError(
            page.url,
            f"link to the page after {place.this} of {place.pages}",
            f'Set options.next of source "{source.name}" to what selects it.',
        )
    return placed((found, left_out), place, way.next, guesses)
