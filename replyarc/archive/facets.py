"""How the replies that are asked for divide: by year, by kind, by office; and what there is in all.

What is counted agrees with the filters of Query, so that a number beside a filter is the number
of replies that it leaves.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from replyarc.archive import find
from replyarc.archive.database import explained, rows
from replyarc.archive.hits import ranked
from replyarc.archive.place import place_of
from replyarc.archive.query import Query
from replyarc.archive.schema import packed
from replyarc.archive.store import Archive
from replyarc.archive.words import Wanted

MOST_COUNTED: Final = 2_000
"""Hits of a full-text search that are counted; each has to be looked at."""

_DIVIDED: Final = f"""
select cast(substr({find.PUBLISHED}, 1, 4) as integer) as year, kind, publisher, answered_by,
  count(*) as replies
from replies where {{where}} group by 1, 2, 3, 4
"""
_NAMED: Final = "id in (select value from json_each(:some))"
_OVERVIEW: Final = f"""
select count(*) as replies, count(gone_at) as gone,
  coalesce(sum(version > 1), 0) as changed, count(distinct answered_by) as offices,
  min({find.PUBLISHED}) as oldest, max({find.PUBLISHED}) as newest, max(last_seen_at) as seen_at,
  (select count(*) from sources) as sources
from replies
"""


class Share(NamedTuple):
    """What replies have in common that are counted together; ``None``: not said."""

    year: int | None
    kind: str | None
    publisher: str | None
    answered_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What an archive holds, in numbers; days are as they stand in it, ``None`` where none does."""

    replies: int
    gone: int
    changed: int
    offices: int
    sources: int
    oldest: str | None
    newest: str | None
    seen_at: str | None


def overview(archive: Archive) -> Overview:
    """Return what there is in all."""
    with explained(archive.path):
        return Overview(**next(rows(archive.db, _OVERVIEW)))


def divided(archive: Archive, query: Query) -> Counter[Share]:
    """Count the replies that pass the filters of a query; limit and offset play no part."""
    where, asked = find.condition(query)
    with explained(archive.path):
        return _counted(archive, where, asked)


def divided_hits(archive: Archive, wanted: Wanted, query: Query) -> tuple[Counter[Share], bool]:
    """Count the hits of a full-text search, the newest `MOST_COUNTED` of them at the most.

    The second value tells whether these are all.
    """
    with explained(archive.path):
        found = ranked(archive.db, wanted, query, newest=True)
        ids = list(islice(found, MOST_COUNTED))
        whole = len(ids) < MOST_COUNTED or next(found, None) is None
        return _counted(archive, _NAMED, {"some": packed(ids)}), whole


def named(archive: Archive, ids: Iterable[str]) -> list[Any]:
    """Return the replies of these ids, newest first."""
    with explained(archive.path):
        return find.named(archive.db, ids)


def read_only(path: Path) -> sqlite3.Connection:
    """Connect to an archive so that nothing can be changed through the connection.

    A crawl may write meanwhile, and what it wrote is seen. Any thread may use the connection, and
    close it. In a folder that cannot be written to, SQLite has to be told that nobody writes.
    """
    place = place_of(path)
    with explained(path):
        writable = os.access(place.parent, os.W_OK)
        is_shared = writable or place.with_name(f"{place.name}-wal").exists()
        mode = "ro" if is_shared else "ro&immutable=1"
        address = f"{place.as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=10.0, check_same_thread=False)
        connection.execute("pragma cell_size_check = on")
        connection.execute("pragma query_only = on")
        return connection


def _counted(archive: Archive, where: str, asked: dict[str, Any]) -> Counter[Share]:
    found = rows(archive.db, _DIVIDED.format(where=where), asked)
    return Counter({Share(*list(row.values())[:4]): row["replies"] for row in found})
