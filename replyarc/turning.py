"""One listing of a walk: its pages turned and written down, its numbers compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from replyarc.archive.frontier import ListedEntry, State
from replyarc.model import Entry, Listing
from replyarc.pages import Pages
from replyarc.report import Walked

HAD = frozenset({State.ARCHIVED, State.UNREAD, State.MISSING})
"""States of an entry that is not asked for merely because it is listed."""

LOOK_BACK: Final = 1
"""Pages turned beyond the first on which everything is settled."""

STRAYS = frozenset({"other column", "other host"})
"""Reasons for which rows are left out that are no rows of the column at all."""


class Ledger(Protocol):
    """Where a listing page is written down, before any of its entries is asked for."""

    def write_down(self, entries: Sequence[Entry]) -> list[ListedEntry]:
        """Note entries as listed; return what was known of each before."""

    def was_walked(self, url: str) -> bool:
        """Tell whether a listing was walked whole before."""

    def turned(self, listing: Listing, pages: Pages) -> None:
        """Hear of a page that was turned."""


class FirstListed:
    """What a walk calls an entry: as it was listed first, in whichever listing.

    A source may list one entry in two columns, each with another title or day: it would be taken
    for changed at every crawl, and asked for again.
    """

    def __init__(self) -> None:
        self._first: dict[str, Entry] = {}

    def of(self, entry: Entry) -> Entry:
        """Return an entry with the title and the day with which this walk met it first."""
        first = self._first.get(entry.url)
        if first is None or not first.wanted:
            self._first[entry.url] = entry
            return entry
        return replace(entry, title=first.title, listed_on=first.listed_on or entry.listed_on)


class Turning:
    """The turning of one listing's pages, to the end or to where nothing is unsettled.

    ``last`` is what the listing came to when it was last walked whole. ``full``: every entry is
    asked for again. ``to_end``: it is walked to its end whatever was known. What ``is_too_old`` is
    not asked for, and no page behind it is turned; ``cut`` tells that there is more. ``look_back``:
    how many pages are turned beyond the first on which all is settled. ``room``: how many entries
    may be asked for. ``wanted`` are those that are to be,
    ``columns`` the columns below, ``findings`` why the numbers cannot be right.
    """

    def __init__(
        self,
        url: str,
        open_pages: Callable[[], Pages],
        ledger: Ledger,
        *,
        last: Walked | None,
        full: bool,
        room: int | None,
        to_end: bool = False,
        look_back: int = LOOK_BACK,
        is_too_old: Callable[[Entry], bool] = lambda entry: False,
    ) -> None:
        self.cut = False
        self.wanted: list[Entry] = []
        self.columns: list[str] = []
        self.findings: list[str] = []
        self._years: dict[str, int] = {}
        self._shown: set[int] = set()
        self._strays: set[str] = set()
        self._url = url
        self._open_pages = open_pages
        self._ledger = ledger
        self._last = last
        self._full = full
        self._to_end = to_end or full
        self._is_old = is_too_old
        self._look_back = look_back
        self._known = 0
        self._room = room
        self._pages = open_pages()
        self._turned = 0
        self._rows: set[str] = set()
        self._new = 0
        self._announced: int | None = None
        self._most = 0
        self._left_out: Counter[str] = Counter()

    async def run(self) -> bool:
        """Turn the pages; false where there is more to be asked for than there is room.

        Raises ListingError and FetchError, as ``Pages.turn``; what was read before holds.
        """
        if not await self._turn(self._pages):
            return False
        if self._pages.at_end and self._pages.shifted and self._lacks() is not False:
            again = self._open_pages()
            if not await self._turn(again, counted=False):
                return False
        self.findings += self._pages.holes
        exceeds = self._exceeds() and not self._pages.shifted
        if self._pages.at_end and (self._lacks() or exceeds):
            self.findings.append(
                f"{self._url}: announces {self._announced} entries, and its pages list "
                f"{len(self._rows)}. Set options.entry of its source to what selects its links."
            )
        if self._pages.at_end and self._rows and self._rows == self._strays:
            self.findings.append(
                f"{self._url}: none of the {len(self._rows)} rows is this column's. "
                "Set options.entry of its source to what selects its links."
            )
        return not self.findings

    @property
    def others(self) -> list[str]:
        """The columns below that are named for a year of which nothing is listed here.

        Where the walk did not come to its end, or all on its last page was known, those that were
        found to hold something before.
        """
        if self._pages.at_end and (self._to_end or not self._known):
            return [url for url, year in self._years.items() if year not in self._shown]
        return [url for url in self._years if self._ledger.was_walked(url)]

    def walked(self) -> Walked:
        """Return what the listing came to."""
        return Walked(
            url=self._url,
            family=self._pages.family,
            pages=self._turned,
            columns=len(self.columns),
            announced=self._announced,
            rows=len(self._rows),
            left_out=dict(self._left_out),
            to_end=self._pages.at_end,
        )

    async def _turn(self, pages: Pages, *, counted: bool = True) -> bool:
        """Turn pages until they end; once more, ``counted`` no second time, after a shift."""
        while (listing := await pages.turn()) is not None:
            rows = [entry for entry in listing.entries if entry.url not in self._rows]
            self._rows.update(entry.url for entry in rows)
            self._strays.update(each.url for each in rows if each.left_out in STRAYS)
            self._shown.update(entry.listed_on.year for entry in rows if entry.listed_on)
            self._announced = self._announced if listing.announced is None else listing.announced
            self._most = max(self._most, self._announced or 0)
            if counted:
                self._turned += bool(listing.entries)
                self._left_out.update(listing.left_out)
                self.columns += listing.columns
                self._years.update((url, year) for year, url in listing.years)
                self._ledger.turned(listing, pages)
            listed = self._ledger.write_down(rows)
            self._new += sum(each.state is None for each in listed)
            self.wanted += [each.entry for each in listed if self._is_wanted(each)]
            if self._room is not None and len(self.wanted) > self._room:
                return False
            if counted and listed and self._may_stop(listed, listing):
                return True
        return True

    def _is_wanted(self, listed: ListedEntry) -> bool:
        """Tell whether an entry is to be asked for: new, not asked for yet, or listed otherwise.

        What was asked for in vain waits until all others were asked for.
        """
        if not listed.entry.wanted or listed.state is State.FAILED or self._is_old(listed.entry):
            return False
        return self._full or listed.changed or listed.state not in HAD

    def _may_stop(self, listed: Sequence[ListedEntry], page: Listing) -> bool:
        """Tell whether nothing new can lie behind this page.

        That is so when everything on it and on the page before is settled, or too old: one page is
        looked at beyond the first such, for what was put in late. Where the site announces more new
        entries than were met, some were put in further behind.
        """
        settled = [each.settled and not each.changed for each in listed]
        old = [self._is_old(each.entry) for each in listed]
        passed = all(one or other for one, other in zip(settled, old, strict=True))
        self._known = self._known + 1 if passed else 0
        is_promised = page.next is not None and not page.guesses
        if self._known <= (LOOK_BACK if is_promised else self._look_back):
            return False
        if any(old) and not all(settled):
            self.cut = True
            return True
        if self._to_end:
            return False
        before = self._last.announced if self._last else None
        told = before is not None and self._announced is not None
        return not told or (self._announced or 0) <= (before or 0) + self._new

    def _lacks(self) -> bool | None:
        """Tell whether fewer rows are listed than announced; None where nothing is announced."""
        if self._announced is None:
            return None
        return len(self._rows) + self._left_out["no address"] < self._announced

    def _exceeds(self) -> bool:
        """Tell whether more rows are listed than were announced at any moment of the walk."""
        return self._announced is not None and len(self._rows) > self._most
