"""Asking a site, and keeping what comes before anybody reads it.

What is held is named to the site, which then need not send it again: a 304 is kept as a look that
found the same bytes, and these are read in its place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from replyarc.archive import revisits
from replyarc.archive.revisits import Held
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from replyarc.model import UNCHANGED, Fetch, Request, Response


class Asking:
    """What one crawl of a source asks, and where it is kept.

    ``whole``: nothing that is held is named, so that everything is sent again.
    """

    def __init__(self, fetch: Fetch, archive: Archive, crawl: int, *, whole: bool = False) -> None:
        self._fetch = fetch
        self._archive = archive
        self._crawl = crawl
        self._whole = whole

    async def page(self, request: Request, at: datetime) -> tuple[Response, str]:
        """Return the page of a letter, or a file, and the SHA-256 of its bytes.

        Raises FetchError.
        """
        return await self._ask(request, at - revisits.PAGE_HOLDS)

    async def listing(self, request: Request, at: datetime) -> tuple[Response, str]:
        """Return a page of a listing, which is always asked for. Raises FetchError.

        What came in a crawl that did not come to its end is not named: it may be why.
        """
        return await self._ask(request, at - revisits.LISTING_HOLDS, sound=True)

    async def _ask(
        self, request: Request, since: datetime, *, sound: bool = False
    ) -> tuple[Response, str]:
        db, known = self._archive.db, None
        if not self._whole:
            known = revisits.held(db, request, since, sound=sound)
        if known is not None:
            unchanged = await self._fetch(known.ask(request))
            if unchanged.status != UNCHANGED:
                return self._keep(replace(unchanged, request=request))
            body = self._body(known)
            if body is not None:
                self._keep(replace(unchanged, request=request, body=body))
                return known.answer(replace(unchanged, request=request), body), known.sha256
        return self._keep(await self._fetch(request))

    def _keep(self, response: Response) -> tuple[Response, str]:
        return response, self._archive.keep(response, self._crawl)

    def _body(self, known: Held) -> bytes | None:
        """Return the bytes that are held; ``None`` where they are damaged, or were removed."""
        try:
            return self._archive.body(known.sha256)
        except ArchiveError:
            return None
