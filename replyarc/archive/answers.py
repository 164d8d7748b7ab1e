"""The answers that brought the kept bytes of a reply, as they were, and its sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from replyarc.archive import blobs
from replyarc.archive.bodies import response_of
from replyarc.archive.database import explained, rows
from replyarc.archive.schema import packed
from replyarc.archive.store import Archive
from replyarc.model import Request, Response, Source

# By the address that was asked for, which is quick to find; else by the one that answered.
_ANSWERS: Final = tuple(
    f"select * from fetches where {where} = ? and final_url = ? and sha256 = ? "
    "and status is not 304 order by fetched_at desc, id desc limit 1"
    for where in ("url", "final_url")
)
_PART: Final = """
select * from fetches where url = ? and sha256 in (select value from json_each(?))
  and status is not 304 order by fetched_at desc, id desc limit 1
"""
_REMOVED: Final = """
select 1 from bodies where sha256 in (select value from json_each(?)) and codec = ? limit 1
"""
_SOURCES: Final = "select name, publisher, region, urls from sources order by name"


def archived_sources(archive: Archive) -> dict[str, Source]:
    """Return the sources of an archive by name, as they were configured when crawled last.

    As far as it knows them, that is: without labels and options.
    """
    with explained(archive.path):
        return {
            row["name"]: Source(
                name=row["name"],
                publisher=row["publisher"] or "",
                urls=tuple(json.loads(row["urls"] or "[]")),
                region=row["region"],
            )
            for row in rows(archive.db, _SOURCES)
        }


def is_removed(archive: Archive, names: Sequence[str]) -> bool:
    """Tell whether a redaction removed one of these bodies."""
    with explained(archive.path):
        return (
            archive.db.execute(_REMOVED, [packed(list(names)), blobs.REMOVED]).fetchone()
            is not None
        )


def answer(archive: Archive, url: str, sha256: str, seen_at: datetime, asked: str) -> Response:
    """Return the answer that brought a body from an address, as it was.

    ``asked`` is the address that was asked for, where it is known to be another.

    Raises ArchiveError where they are not kept, or damaged.
    """
    body = archive.body(sha256)
    with explained(archive.path):
        for sql, where in zip((_ANSWERS[0], *_ANSWERS), (asked, url, url), strict=True):
            for row in rows(archive.db, sql, [where, url, sha256]):
                return response_of(row, body)
    request = Request(url)
    return Response(request=request, url=url, status=200, headers=(), body=body, fetched_at=seen_at)


def part(archive: Archive, parts: Sequence[str], url: str) -> tuple[Response, str] | None:
    """Return the answer that brought one of these bodies from an address, and its SHA-256.

    ``None`` where none of them came from there.
    """
    with explained(archive.path):
        for row in rows(archive.db, _PART, [url, packed(list(parts))]):
            return response_of(row, archive.body(row["sha256"])), row["sha256"]
    return None
