"""The first page of a listing, and by which family it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from replyarc.errors import ListingError
from replyarc.listing.belonging import belongs, strange
from replyarc.listing.columns import by_year, columns
from replyarc.listing.families import FAMILIES, candidates
from replyarc.listing.links import check_size
from replyarc.listing.ways import way_on
from replyarc.model import Listing, Page, Source

ENOUGH_TO_DOUBT: Final = 10
"""Entries on a page without a pager from which on there may be a pager that is not known."""

_OR_SINGLE: Final = ', or, if there is no other page, family = "single".'


def is_whole(listing: Listing) -> bool:
    """Tell whether a first page says that it lists everything."""
    rows = len(listing.entries)
    return listing.pages == 1 or (listing.announced is not None and listing.announced <= rows)


class Opening:
    """The first page of a listing, read by one family after the other until one holds.

    ``family`` is the one that read it last: the configured one or, for ``auto``, one that the page
    shows; ``known``, by which it was read the last time, goes before the others.
    """

    def __init__(self, page: Page, source: Source, known: str | None = None) -> None:
        """Find out by which families to read; raises ListingError for a page of too many links."""
        check_size(page)
        self.page = page
        self.family = source.family
        self._source = source
        self._others = [source.family]
        if source.family == "auto":
            *shown, last = candidates(page)  # the last one is that of pages that show nothing
            self._others = [*sorted(shown, key=lambda name: name != known), last]

    def read(self) -> Listing:
        """Read the page by the likeliest family that can.

        Where it has no list of its own, it may have columns below it. Raises ListingError where
        it has neither.
        """
        errors: list[ListingError] = []
        while self._others:
            try:
                return self._with_columns(self._read())
            except ListingError as error:
                errors.append(error)
        below = columns(self.page, self._source)
        if not below:
            raise errors[0]
        return Listing((), columns=below)

    def read_otherwise(self, so_far: Listing) -> Listing | None:
        """Read the page by the next family that can; ``None`` where there is none.

        ``so_far`` is what the family before it read. A page that has the marks of a family and
        no pager is not put to a family that guesses, unless it lists so much that one may be
        hidden.
        """
        few = len(so_far.entries) < ENOUGH_TO_DOUBT and so_far.next is None
        while len(self._others) > few:
            try:
                return self._read()
            except ListingError:
                continue
        return None

    def end(self) -> None:
        """Take the page for all there is; raises ListingError where it says that there is more.

        A 下一页 that a script turns says so too, where nothing tells that this page is the last;
        and so does a list that nothing bears out to be the column's (see belonging.py).
        """
        only = FAMILIES["single"].read(self.page, self._source)
        if way_on(self.page, self._source).dead and self.family != "single":
            raise ListingError(
                self.page.url,
                "way to the next page: a script turns to it that is not known",
                f'Set options.next of source "{self._source.name}"{_OR_SINGLE}',
            )
        self._vouch(only)
        self.family = "single" if self.family == "numbered" else self.family

    def _read(self) -> Listing:
        self.family = self._others.pop(0)
        return FAMILIES[self.family].read(self.page, self._source)

    def _with_columns(self, listing: Listing) -> Listing:
        """Add the columns below, where nothing says that the page lists all that is in them.

        A list beside them that nothing bears out to be the column's is left.
        """
        if listing.next is None and not listing.columns and not is_whole(listing):
            return self._with_all(listing)
        if listing.next is None:
            self._vouch(listing)
        return replace(listing, years=by_year(self.page, self._source))

    def _with_all(self, listing: Listing) -> Listing:
        below = columns(self.page, self._source)
        if not below:
            self._vouch(listing)
            return listing
        own = belongs(listing.entries, self.page, self._source)
        return replace(listing, columns=below, guesses=()) if own else Listing((), columns=below)

    def _vouch(self, listing: Listing) -> None:
        """Raise ListingError where a list may be another than the column's; a person is believed.

        So is a page that says how many entries there are, if it lists as many.
        """
        told = listing.announced == len(listing.entries) or self._source.family == "single"
        mend = f'Set family or options.entry of source "{self._source.name}"{_OR_SINGLE}'
        if not told and (alarm := strange(listing.entries, self.page, self._source, mend)):
            raise alarm
