"""What is held of an address, so that a site need send it only if it is another by now.

Nothing is written down for it: the validators are headers of the answer that brought the bytes
(RFC 9110, 8.8), and a 304 is a fetch that names the bytes that it says are still right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlite_utils import Database

from replyarc.archive.database import rows
from replyarc.archive.schema import Row, instant
from replyarc.model import Request, Response

UNCHANGED: Final = 304

LISTING_HOLDS: Final = timedelta(days=7)
"""After how long a listing page is asked for whole, whatever its site says: one that answers 304 by
mistake hid the letters of seven months from a scraper of a parliament."""

PAGE_HOLDS: Final = timedelta(days=400)
"""The same for the page of a letter, which is asked for much less often."""

_LAST: Final = """
select * from fetches where url = ? and form is null order by fetched_at desc, id desc limit 1
"""
_BROUGHT: Final = f"""
select * from fetches where url = ? and form is null and sha256 = ? and problem is null
  and status is not {UNCHANGED} and fetched_at >= ? order by fetched_at desc, id desc limit 1
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are held of an address, and the headers that came with them."""

    sha256: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """Return the first header of this (lower-case) name; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def ask(self, request: Request) -> Request:
        """Return a request that names what is held, so that a site may answer 304."""
        etag, modified = self.header("etag"), self.header("last-modified")
        return replace(request, etag=etag, modified=modified)

    def answer(self, unchanged: Response, body: bytes) -> Response:
        """Return the answer that a 304 stands for: what it says now, else what was said then.

        RFC 9111, 3.2.
        """
        told = {name for name, _ in unchanged.headers}
        kept = (each for each in self.headers if each[0] not in told)
        return replace(unchanged, body=body, headers=(*unchanged.headers, *kept))


def held(db: Database, request: Request, since: datetime) -> Held | None:
    """Return what is held of a request, if it may be named to the site; ``None`` if not.

    Not after a look that failed or led elsewhere, nor of what was last sent whole before ``since``.
    """
    if request.form or request.json:
        return None
    last = next(rows(db, _LAST, [request.url]), None)
    if last is None or not _is_good(last, request.url):
        return None
    brought = next(rows(db, _BROUGHT, [request.url, last["sha256"], instant(since)]), None)
    if brought is None or not _is_good(brought, request.url):
        return None
    found = Held(brought["sha256"], tuple((name, value) for name, value in _headers(brought)))
    return found if found.ask(request).is_conditional else None


def _is_good(row: Row, url: str) -> bool:
    """Tell whether a fetch brought the page of its own address: of a redirect, the site knows not
    which answer our validators are of.
    """
    return bool(row["sha256"]) and row["problem"] is None and row["final_url"] == url


def _headers(row: Row) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in json.loads(row["headers"] or "[]")]
