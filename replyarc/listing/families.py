"""The families of listings, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from replyarc.listing import nextlink, trs, ucap
from replyarc.model import Listing, Page, Source


class Family(Protocol):
    """What a module of a family has: two pure functions."""

    def shows(self, page: Page) -> bool:
        """Tell whether the first page of a listing has a decisive sign of this family."""

    def read(self, page: Page, source: Source) -> Listing:
        """Read one page, or one answer to a script of the first.

        Raises ListingError where there is no entry, or no way on although there must be one.
        """


# In the order in which they are tried, where a page shows several: publishing systems with
# scripts of their own before those whose pages are files, and what any site may have last.
FAMILIES: Final[Mapping[str, Family]] = {"ucap": ucap, "trs": trs, "nextlink": nextlink}


def candidates(page: Page) -> tuple[str, ...]:
    """Return the names of the families that the first page of a listing shows, likeliest first."""
    return tuple(name for name, family in FAMILIES.items() if family.shows(page))
