"""A listing of one page: what a page without any pager is, where no second page is found."""

from __future__ import annotations

from replyarc.errors import ListingError
from replyarc.listing.links import entries
from replyarc.listing.places import place_of, placed
from replyarc.model import Listing, Page, Source


def shows(page: Page) -> bool:
    """Tell that no page says by itself that it is the only one."""
    return False


def read(page: Page, source: Source) -> Listing:
    """Read the only page of a listing.

    Raises ListingError where it has no entry, or says itself that there are more pages.
    """
    rows = entries(page, source)
    place = place_of(page)
    if place.has_more or (place.pages or 1) > 1:
        raise ListingError(
            page.url,
            f"way to the other pages: it says that there are {place.pages}",
            f'Set family = "nextlink" and options.next of source "{source.name}".',
        )
    return placed(rows, place)
