"""What was turned of a listing so far, and what that tells of a further page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from replyarc.listing.belonging import belongs
from replyarc.listing.numbering import after, following
from replyarc.listing.opening import is_whole
from replyarc.listing.shapes import shape
from replyarc.model import Entry, Listing, Page, Request, Source


class Turned:
    """The pages of a listing that were turned, and what they say together.

    ``listing`` is the one turned last, whole, and ``here`` what was asked to have it; ``first``
    was asked to have the first one with rows, which announces a total if ``told``. ``number``
    counts those with rows, ``pages`` is how many there are as was said last, 0 if never.
    ``is_sure``: a further page bore out that they are read by the right family.
    """

    def __init__(self, start: Request) -> None:
        self.start = self.here = self.first = start
        self.listing = Listing(())
        self.number = self.pages = 0
        self.told = self.is_sure = False
        self.asked: set[Request] = set()
        self._seen: set[str] = set()
        self._shapes: set[str] = set()

    def note(self, request: Request, listing: Listing) -> Listing:
        """Note a page, and return it with its fresh rows only; the others count as repeated."""
        self.is_sure |= request != self.start and bool(listing.entries)
        self.here, self.listing = request, listing
        self.asked.add(request)
        self.number += bool(listing.entries)
        self.pages = listing.pages or self.pages
        if self.number == 1:
            self.first, self.told = request, listing.announced is not None
        self._shapes.update(shape(entry.url) for entry in listing.entries)
        fresh = self.take(listing.entries)
        repeated = len(listing.entries) - len(fresh)
        left_out = dict(listing.left_out)
        if repeated:
            left_out["repeated"] = left_out.get("repeated", 0) + repeated
        return replace(listing, entries=fresh, left_out=left_out)

    def take(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return those of some rows that were not seen yet, and note them as seen."""
        fresh = self.fresh(entries)
        self._seen.update(entry.url for entry in fresh)
        return fresh

    def fresh(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return those of some rows that were not seen yet."""
        return tuple(entry for entry in entries if entry.url not in self._seen)

    def restart(self) -> None:
        """Begin to count anew, since the first page is read by another family."""
        self.number = self.pages = 0

    def shrink(self, listing: Listing) -> None:
        """Note that a page says now that it is the last."""
        self.listing, self.pages = listing, listing.pages or 0

    def is_in_doubt(self) -> bool:
        """Tell whether nothing bears out yet that the first page is read by the right family."""
        return not (self.is_sure or self.listing.columns or is_whole(self.listing))

    def lacks(self) -> bool:
        """Tell whether there are fewer pages or entries than was said last."""
        return self.pages > self.number or (self.listing.announced or 0) > len(self._seen)

    def is_shorter(self, before: Listing) -> bool:
        """Tell whether the last page says that the listing is shorter than a page before it did."""
        now = self.listing
        pairs = ((now.announced, before.announced), (now.pages, before.pages))
        return any(new is not None and old is not None and new < old for new, old in pairs)

    def fits(self, listing: Listing, url: str, source: Source, *, guessed: bool) -> bool:
        """Tell whether a page looks like one of this listing: a site may answer with another.

        Its rows look like those before, or are the column's by themselves. What was guessed is
        besides the page it should be, if it says which.
        """
        fresh = self.fresh(listing.entries)
        shapes = {shape(entry.url) for entry in fresh}
        alike = not self._shapes or not shapes or bool(shapes & self._shapes)
        if guessed:
            return alike and listing.this in (None, self.number + 1)
        return alike or belongs(fresh, Page(url, ""), source)

    def beyond(self, request: Request) -> Request | None:
        """Return the request for the page after one that could not be had, if there is one."""
        pages = self.listing.pages
        if pages is not None and self.number + 2 > pages:
            return None
        further = following(self.here, request) or after(request, pages)
        return None if further in self.asked else further
