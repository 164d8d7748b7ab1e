"""The pages of one listing, turned one at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from typing import Final

from replyarc.errors import ListingError, ReplyError
from replyarc.listing.families import FAMILIES, candidates
from replyarc.model import Listing, Page, Request, Response, Source
from replyarc.text.charset import decode

MOST_PAGES: Final = 5_000
"""Pages of one listing that are turned where ``max_pages`` is not set: a calendar never ends."""

CHINA: Final = timezone(timedelta(hours=8))

FILE_SIGNS: Final = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word, OFD or zip file",
    b"\xd0\xcf\x11\xe0": "a Word or WPS file",
    b"Rar!": "a rar archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


def page_of(response: Response, source: Source) -> Page:
    """Decode an answer into a page.

    Raises ReplyError where the answer is a file and no page at all, whatever its header says.
    """
    for sign, name in FILE_SIGNS.items():
        if response.body.startswith(sign):
            raise ReplyError(response.url, f"page: it is {name}", "Its bytes are kept.")
    text = decode(response.body, response.header("content-type"), source.charset)
    return Page(response.url, text, response.request)


class Pages:
    """The pages of one listing, each asked for once.

    ``family`` is what reads them: the configured one or, for ``auto``, what the first page shows.
    ``url`` is the page last turned. ``at_end`` tells that the listing itself ended there.
    """

    def __init__(
        self,
        source: Source,
        url: str,
        answer: Callable[[Request], Awaitable[Response]],
        at: datetime,
    ) -> None:
        self.url = url
        self.family = source.family
        self.at_end = False
        self._source = source
        self._answer = answer
        self._may_be_empty = (
            source.allow_empty_until is not None
            and at.astimezone(CHINA).date() <= source.allow_empty_until
        )
        self._next: Request | None = Request(url)
        self._asked: set[Request] = set()

    async def turn(self) -> Listing | None:
        """Return the next page read; ``None`` after the last, or where ``max_pages`` ends it.

        Raises ListingError for a page without an entry (but the first, while the source allows
        it), for a pager that goes in circles and for one that never ends; FetchError.
        """
        if self._next is None or len(self._asked) == self._source.max_pages:
            self.at_end = self._next is None
            return None
        if self._next in self._asked or len(self._asked) >= MOST_PAGES:
            raise ListingError(
                self.url,
                "end: its way on leads back, or goes on for ever",
                f'Set options.next or max_pages of source "{self._source.name}".',
            )
        page = await self._ask(self._next)
        try:
            listing = await self._read(page)
        except ListingError:
            if len(self._asked) > 1 or not self._may_be_empty:
                raise
            listing = Listing(())
        self._next = listing.next
        return listing

    async def _read(self, page: Page) -> Listing:
        if self.family == "auto":
            self.family = candidates(page)[0]
        return FAMILIES[self.family].read(page, self._source)

    async def _ask(self, request: Request) -> Page:
        self._asked.add(request)
        response = await self._answer(request)
        self.url = response.url
        try:
            return page_of(response, self._source)
        except ReplyError as error:
            raise ListingError(
                error.url,
                error.missing,
                f'Mend url of source "{self._source.name}": it must be a listing page.',
            ) from error
