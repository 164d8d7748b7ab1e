"""The listing pages that a crawl kept which did not come to its end.

The next crawl reads them from here, so that after a kill no page is asked for a second time.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlite_utils import Database

from replyarc.archive.answers import answer
from replyarc.archive.bodies import form_of
from replyarc.archive.database import rows
from replyarc.archive.schema import instant, packed
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from replyarc.model import Request, Response

GOOD_FOR: Final = timedelta(hours=24)
"""How long a listing page of a crawl that broke off may be read in place of the site's."""

# A report that is no JSON any more says nothing, and stops no crawl.
_CRAWLS: Final = """
select id, ended_at is null
  or coalesce(iif(json_valid(report), json_extract(report, '$.interrupted'), 0), 0) as broke_off
from crawls where source = ? and id < ? order by id desc limit 100
"""
_KEPT: Final = """
select final_url, sha256, fetched_at from fetches where url = ? and form is ?
  and sha256 is not null and problem is null and fetched_at >= ?
  and crawl in (select value from json_each(?))
order by id limit 1 offset ?
"""


def broken_off(db: Database, source: str, crawl: int) -> list[int]:
    """Return the crawls of a source just before this one that were killed, or ended by a signal."""
    found = []
    for row in rows(db, _CRAWLS, [source, crawl]):
        if not row["broke_off"]:
            break
        found.append(row["id"])
    return found


def kept(
    archive: Archive, request: Request, crawls: list[int], at: datetime, before: int = 0
) -> Response | None:
    """Return what came for a request in these crawls, not long before an instant.

    A walk asks for some pages twice: ``before`` is how many of the answers to pass over, the oldest
    first. ``None`` where there is none left, or its bytes are damaged.
    """
    known = [request.url, form_of(request), instant(at - GOOD_FOR), packed(crawls), before]
    for row in rows(archive.db, _KEPT, known):
        with suppress(ArchiveError):
            fetched_at = datetime.fromisoformat(row["fetched_at"])
            came = answer(archive, row["final_url"], row["sha256"], fetched_at, request.url)
            return replace(came, request=request, fetched_at=fetched_at)
    return None
