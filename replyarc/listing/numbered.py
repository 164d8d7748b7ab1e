"""What no other family fits: a listing that does not say how it goes on.

What may come next is guessed by the names that publishing systems give to second pages, and then
by counting on. A guess holds only if the page is there and brings new entries, which the caller
finds out.
"""

from __future__ import annotations

from replyarc.listing.links import entries
from replyarc.listing.numbering import guesses
from replyarc.listing.places import place_of, placed
from replyarc.model import Listing, Page, Source


def shows(page: Page) -> bool:
    """Tell that any page may be of this family, which is tried after all others."""
    return True


def read(page: Page, source: Source) -> Listing:
    """Read one page, and guess the next unless it says that it is the last.

    Raises ListingError where it has no entry.
    """
    rows, place = entries(page, source), place_of(page)
    return placed(rows, place, guesses=() if place.is_last else guesses(page, place))
