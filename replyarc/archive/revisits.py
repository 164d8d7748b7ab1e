"""What is held of an address, so that a site need send it only if it is another by now.

Nothing is written down for it: the validators are headers of the answer that brought the bytes
(RFC 9110, 8.8), and a 304 is a fetch that names the bytes that it says are still right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from sqlite_utils import Database

from replyarc.archive.bodies import headers_of
from replyarc.archive.database import rows
from replyarc.archive.schema import Row, instant
from replyarc.model import UNCHANGED, Request, Response

LISTING_HOLDS: Final = timedelta(days=6, hours=18)
"""After how long a listing page is asked for whole, whatever its site says: one that answers 304 by
mistake hid the letters of seven months from a scraper of a parliament."""

PAGE_HOLDS: Final = timedelta(days=400)
"""The same for the page of a letter, which is asked for much less often."""

JUST_NOW: Final = timedelta(minutes=1)

_LAST: Final = """
select * from fetches where url = ? and form is null order by fetched_at desc, id desc limit 1
"""
_BROUGHT: Final = f"""
select * from fetches where url = ? and form is null and sha256 = ? and problem is null
  and status is not {UNCHANGED} and fetched_at >= ?
order by fetched_at desc, id desc limit 1
"""

_ENDED_WELL: Final = "select 1 from crawls where id = ? and (finished or ended_at is null)"


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are held of an address, and the headers that came with them."""

    sha256: str
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """Return the first header of this (lower-case) name; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def ask(self, request: Request) -> Request:
        """Return a request that names what is held, so that a site may answer 304."""
        modified = self.header("last-modified") if self._is_modified_before() else ""
        return replace(request, etag=self.header("etag"), modified=modified)

    def _is_modified_before(self) -> bool:
        """Tell whether the day of its last change was well past when it was sent.

        One that was just changed may change again in the same second, and one of a future day is
        no day of a change (RFC 9110, 8.8.2.2): such a page would be called unchanged for ever.
        """
        modified, sent = _instant(self.header("last-modified")), _instant(self.header("date"))
        return modified is not None and modified <= (sent or self.fetched_at) - JUST_NOW

    def answer(self, unchanged: Response, body: bytes) -> Response:
        """Return the answer that a 304 stands for: what it says now, else what was said then.

        RFC 9111, 3.2. What it says of a content is believed of no content but the one it came with:
        else a page would be read otherwise than the same bytes were, and are when read again.
        """
        now = tuple(each for each in unchanged.headers if not each[0].startswith("content-"))
        told = {name for name, _ in now}
        kept = (each for each in self.headers if each[0] not in told)
        return replace(unchanged, status=200, body=body, headers=(*now, *kept))


def held(db: Database, request: Request, since: datetime, *, sound: bool = False) -> Held | None:
    """Return what is held of a request, if it may be named to the site; ``None`` if not.

    Not after a look that failed or led elsewhere, nor of what was last sent whole before ``since``.
    ``sound``: nor after a look of a crawl that ended before its listings did.
    """
    if request.form or request.json:
        return None
    last = next(rows(db, _LAST, [request.url]), None)
    if last is None or not _is_good(last, request.url):
        return None
    if sound and not db.execute(_ENDED_WELL, [last["crawl"]]).fetchone():
        return None
    brought = next(rows(db, _BROUGHT, [request.url, last["sha256"], instant(since)]), None)
    if brought is None or not _is_good(brought, request.url):
        return None
    fetched_at = datetime.fromisoformat(brought["fetched_at"])
    found = Held(brought["sha256"], fetched_at, headers_of(brought))
    return found if found.ask(request).is_conditional else None


def _is_good(row: Row, url: str) -> bool:
    """Tell whether a fetch brought the page of its own address: of a redirect, the site knows not
    which answer our validators are of.
    """
    return bool(row["sha256"]) and row["problem"] is None and row["final_url"] == url


def _instant(text: str) -> datetime | None:
    """Return the instant that a header names; ``None`` where it names none."""
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
