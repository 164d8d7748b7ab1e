"""Going on where a crawl broke off: its listing pages are read from what it kept.

Its entries wait in the archive anyway. Of each listing the first page with entries is always asked
for; only if it lists what it listed then, the pages behind it are taken for what they were.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime

from replyarc.archive import leftover
from replyarc.archive.store import Archive
from replyarc.errors import LayoutError
from replyarc.listing.families import FAMILIES
from replyarc.model import Listing, Request, Response, Source
from replyarc.page import page_of


class Resuming:
    """The listing pages of the crawls before this one that broke off."""

    def __init__(self, archive: Archive, source: Source, crawl: int) -> None:
        self._archive = archive
        self._source = source
        self._crawls = leftover.broken_off(archive.db, source.name, crawl)
        self._asked: Counter[Request] = Counter()
        self._last: Request | None = None
        self._holds: bool | None = None

    def begin(self) -> None:
        """Begin a listing: whether it is the same as it was is not known yet."""
        self._holds = None

    def kept(self, request: Request, at: datetime) -> Response | None:
        """Return what was kept for a request, each answer once; ``None``: the site is asked."""
        self._last = request
        before = self._asked[request]
        self._asked[request] += 1
        if not self._holds:
            return None
        return leftover.kept(self._archive, request, self._crawls, at, before)

    def turned(self, listing: Listing, family: str, at: datetime) -> None:
        """Hear of a page that was turned: the first with entries tells whether all is as it was."""
        if self._holds is not None or not self._crawls or not listing.entries:
            return
        self._holds = False
        before = self._last and leftover.kept(self._archive, self._last, self._crawls, at)
        if before:
            with suppress(LayoutError):
                read = FAMILIES[family].read(page_of(before, self._source), self._source)
                self._holds = _rows(read) == _rows(listing)


def _rows(listing: Listing) -> list[tuple[str, str]]:
    return [(entry.url, entry.title) for entry in listing.entries]
