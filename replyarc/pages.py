"""The pages of one listing, turned one at a time: to the end, or to where it can be said why not.

What a page says of the way on is believed when it holds: the next page is there and brings new
entries. A page in the middle that is empty, missing or a repetition is asked for again, after its
neighbour, which tells whether the site has grown shorter meanwhile; then it is a hole, and the
page after it is turned. Two pages running that only repeat what was listed end a listing of which
nobody says how long it is, and are an error where it is said.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from replyarc.errors import FetchError, Gone, ListingError, ReplyError, Unreachable
from replyarc.fetch.advice import Kind
from replyarc.fetch.closed import refusal
from replyarc.instants import CHINA
from replyarc.listing.families import FAMILIES
from replyarc.listing.numbering import advance
from replyarc.listing.opening import Opening
from replyarc.listing.turned import Turned
from replyarc.model import Entry, Listing, Page, Request, Response, Source
from replyarc.page import page_of

MOST_PAGES: Final = 5_000
"""Pages of one listing that are turned where ``max_pages`` is not set: a calendar never ends."""


class Repetition(ListingError):
    """A page that lists what pages before it listed, and nothing else."""


class Pages:
    """The pages of one listing.

    ``family`` is what reads them: the configured one or, for ``auto``, the first that the first
    page shows and the second bears out; ``known`` is what it was the last time. ``url`` is the
    page last turned. ``at_end`` tells that the listing itself ended there, and ``holes`` which
    pages before it could not be had. ``shifted`` tells that entries moved from page to page
    meanwhile, so that one may have slipped through.
    """

    def __init__(
        self,
        source: Source,
        url: str,
        answer: Callable[[Request], Awaitable[Response]],
        at: datetime,
        known: str | None = None,
    ) -> None:
        self.url = url
        self.family = source.family
        self.at_end = False
        self.shifted = False
        self.holes: list[str] = []
        self._start = Request(url)
        self._source = source
        self._answer = answer
        self._known = known
        self._may_be_empty = (
            source.allow_empty_until is not None
            and at.astimezone(CHINA).date() <= source.allow_empty_until
        )
        self._opening: Opening | None = None
        self._last: Response | None = None
        self._turned = Turned(self._start)
        self._before = self._start
        self._moved: list[Entry] = []
        self._tail: tuple[int | None, int] | None = None
        self._why: ListingError | FetchError | None = None
        self._broken: ListingError | FetchError | None = None

    async def turn(self) -> Listing | None:
        """Return the next page that says something new; ``None`` after the last.

        ``None`` too where ``max_pages`` ends it. Entries that pages before it listed are counted
        as repeated. Raises ListingError for a first page without an entry (unless the source
        allows it), for a way on that does not hold, leads back or never ends; FetchError.
        """
        if self._opening is None:
            return await self._open()
        if self._turned.number == self._source.max_pages:
            return None
        if self._turned.number >= MOST_PAGES:
            raise self._error("end: its way on goes on for ever", "max_pages")
        found = await self._go_on()
        while found is None and self._turned.is_in_doubt():
            other = self._read_otherwise(self._opening)
            if other is None:
                break
            found = other if other.entries else await self._go_on()
        if found is None:
            await self._end(self._opening)
            return self._with_moved(Listing(())) if self._moved else None
        return self._with_moved(found)

    async def _open(self) -> Listing:
        opening = self._opening = Opening(await self._ask(self._start), self._source, self._known)
        try:
            listing = opening.read()
        except ListingError:
            if not self._may_be_empty:
                raise
            listing, self._turned.is_sure = Listing(()), True
        self.family = opening.family
        return self._turned.note(self._start, listing)

    def _read_otherwise(self, opening: Opening) -> Listing | None:
        """Read the first page by another family, since the way on of the one before fails."""
        before = self._turned.listing
        self._broken = self._broken or (self._why if before.next else None)
        listing = opening.read_otherwise(before)
        if listing is None:
            return None
        self.family = opening.family
        self._turned.restart()
        return self._turned.note(self._start, listing)

    # --- the way on

    async def _go_on(self) -> Listing | None:
        """Return the next page that brings something new; None where there is none."""
        listing, self._why = self._turned.listing, None
        if listing.next is not None and not listing.guesses:
            return await self._promised(listing.next)
        if self._turned.is_sure and listing.next is None:
            return await self._promised(listing.guesses[0]) if listing.guesses else None
        return await self._guessed(listing) or (
            await self._promised(listing.next) if listing.next else None
        )

    async def _guessed(self, listing: Listing) -> Listing | None:
        """Return the first page that may come next, is there and fits.

        The first that is there and empty is asked for again: it may be so for a moment only.
        """
        patient = True
        for way in (*([listing.next] if listing.next else []), *listing.guesses):
            if way in self._turned.asked:
                continue
            found = await self._bring(way, guessed=True)
            if found is None and patient and _is_empty(self._why):
                patient = False
                found = await self._bring(way, guessed=True)
            if found is not None:
                return found
        return None

    async def _promised(self, request: Request) -> Listing | None:
        """Turn to the page that must come next, or over it where it cannot be had."""
        if request in self._turned.asked:
            raise self._error("end: its way on leads back", "options.next")
        await self._look_ahead(request)
        if found := await self._bring(request):
            return found
        if not isinstance(self._why, Unreachable):
            border = await self._look_back(self._turned.here)
            if border is not None and border.next is None and not border.guesses:
                self._turned.shrink(border)
                self._why = None
                return None
            request = border.next if border is not None and border.next else request
            if found := await self._bring(request):
                return found
        why, beyond = self._why, self._turned.beyond(request)
        if beyond is not None and (found := await self._bring(beyond)):
            self.holes.append(str(why) if request.url in str(why) else f"{request.url}: {why}")
            self._turned.number += 1
            return found
        self._why = why
        return None

    async def _bring(self, request: Request, *, guessed: bool = False) -> Listing | None:
        """Return a page if it brings something new; what is wrong with it else is `_why`."""
        turned, before, here = self._turned, self._turned.listing, self._turned.here
        try:
            listing = await self._read(request)
        except (ListingError, Gone, Unreachable) as error:
            self._why = error
            return None
        if not turned.fresh(listing.entries) and (listing.entries or listing.next is None):
            missing = "entry that the pages before it do not show"
            self._why = Repetition(self.url, missing, self._mend("options.next"))
            return None
        if not turned.fits(listing, self.url, self._source, guessed=guessed):
            self._why = self._error("page of this listing in the way on", "options.next")
            return None
        found, self._before = turned.note(request, listing), here
        if turned.is_shorter(before):
            await self._look_back(here)
        return found

    async def _look_back(self, request: Request) -> Listing | None:
        """Read a page again, for what moved onto it from the page after it."""
        try:
            listing = await self._read(request)
        except (ListingError, Gone, Unreachable):
            return None
        moved = self._turned.take(listing.entries)
        self.shifted |= bool(moved)
        self._moved += moved
        return listing

    async def _look_ahead(self, request: Request) -> None:
        """Note how long the last page is, where no total will tell that entries moved meanwhile.

        Before the second page; but beyond it where the listing was walked whole before, for most
        such walks end there, at what is known.
        """
        turned = self._turned
        pages, number = turned.listing.pages or 0, turned.number
        is_time = number == (1 if self._known is None else 2) and pages >= number + 2
        if not is_time or turned.listing.announced is not None:
            return
        last = advance(turned.here, request, min(pages, MOST_PAGES) - number - 1)
        if last is not None:
            with suppress(ListingError, Gone, Unreachable):
                self._tail = pages, len((await self._read(last)).entries)

    # --- the end

    async def _end(self, opening: Opening) -> None:
        """Note that the listing ended; raises what was wrong, where that is no end."""
        turned, why = self._turned, self._why
        if turned.is_in_doubt():
            self._raise(self._broken or (why if turned.listing.next else None))
            opening.end()
            self.family = opening.family
        elif turned.lacks() or (turned.listing.next and not isinstance(why, Repetition)):
            self._raise(why)
        if turned.pages > turned.number:
            raise self._error(f"page after {turned.number} of {turned.pages}", "options.next")
        self.at_end = not self.holes
        if turned.number > 1 and not turned.told:
            last = turned.listing
            await self._look_back(turned.first)
            now = last.pages, len(last.entries)
            if turned.number == 3:
                await self._look_back(self._before)
            # of two or three pages, all but the last seen again tell whether one slipped through
            far = turned.number > 3 and last.announced is None
            self.shifted |= far and self._tail != now

    def _raise(self, why: ListingError | FetchError | None) -> None:
        if isinstance(why, Gone):
            raise self._error(f"page that it promises: {why}", "options.next")
        if why is not None:
            raise why

    def _with_moved(self, listing: Listing) -> Listing:
        moved, self._moved = self._moved, []
        return replace(listing, entries=(*moved, *listing.entries)) if moved else listing

    async def _read(self, request: Request) -> Listing:
        page = await self._ask(request)
        try:
            return FAMILIES[self.family].read(page, self._source)
        except ListingError as error:
            if self._last is not None and (refused := refusal(self._last, page.text)):
                if Kind.LOGIN not in refused.why:
                    raise refused from error
                raise ListingError(self.url, f"listing, but {refused.why}", "") from error
            raise

    async def _ask(self, request: Request) -> Page:
        response = self._last = await self._answer(request)
        self.url = response.url
        try:
            return page_of(response, self._source)
        except ReplyError as error:
            raise self._error(error.missing, "url") from error

    def _error(self, missing: str, option: str) -> ListingError:
        return ListingError(self.url, missing, self._mend(option))

    def _mend(self, option: str) -> str:
        return f'Set {option} of source "{self._source.name}".'


def _is_empty(why: Exception | None) -> bool:
    """Tell whether a page was had, and could not be read."""
    return isinstance(why, ListingError) and not isinstance(why, Repetition)
