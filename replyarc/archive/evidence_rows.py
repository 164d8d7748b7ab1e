"""All that an archive knows of what it did, as plain rows: what an export of the archive reads.

The evidence is what cannot be made again: what was asked, had, listed and read. Replies, their
versions and the full-text index follow from it and are no part of it. Rows hold texts, whole
numbers and ``None`` only, so they can be written as JSON.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from replyarc.archive.blobs import REMOVED
from replyarc.archive.copying import copy
from replyarc.archive.database import explained, rows
from replyarc.archive.format import FORMAT
from replyarc.archive.query import Query
from replyarc.archive.schema import Row
from replyarc.archive.store import Archive
from replyarc.model import Reply

TABLES: Final = (
    # in such an order that a row follows those that it names
    "bodies",
    "sources",
    "crawls",
    "listings",
    "entries",
    "_robots",
    "contents",
    "readings",
    "captures",
    "texts",
    "redactions",
    "_redacted",
)
"""The tables of the evidence but ``fetches``; of ``bodies`` only those that a redaction emptied."""

_READINGS: Final = "select {} from readings where reply in (select value from json_each(:replies))"
# Of an export with filters: what a table's rows must be named in.
_PART: Final = {
    "readings": "reply in (select value from json_each(:replies))",
    "contents": f"fingerprint in ({_READINGS.format('fingerprint')})",
    "captures": f"reading in ({_READINGS.format('id')})",
    "entries": f"page in ({_READINGS.format('url')})",
    "texts": "sha256 in (select value from json_each(:bodies))",
    "crawls": "id in (select crawl from fetches where sha256 in"
    " (select value from json_each(:bodies)))"
    f" or id in (select first_crawl from entries where page in ({_READINGS.format('url')}))",
    "sources": f"name in ({_READINGS.format('source')}) or name in (select source from crawls"
    " where id in (select crawl from fetches where sha256 in"
    " (select value from json_each(:bodies))) or id in (select first_crawl from entries"
    f" where page in ({_READINGS.format('url')})))",
    "redactions": "true",  # what is removed stays removed wherever the part goes
    "_redacted": "true",
}
_EMPTIED: Final = f"codec = '{REMOVED}'"
_OF_BODIES: Final = "sha256 in (select value from json_each(:bodies))"
_LEFT_OUT: Final = "false"  # what is about no reply: listings, robots

# Each fetch with the first one that brought the same bytes.
_FETCHES: Final = """
select fetches.*, first.id as first_id, first.final_url as first_url,
  first.fetched_at as first_at, bodies.codec = '{codec}' as emptied
from (
  select id as of, first_value(id) over (partition by sha256 order by status is 304, id) as first_of
  from fetches where {where}) as same
join fetches on fetches.id = same.of
left join fetches as first on first.id = same.first_of and fetches.sha256 is not null
left join bodies on bodies.sha256 = fetches.sha256
order by fetches.id
"""
_LONE: Final = """
select sha256 from bodies
where sha256 not in (select sha256 from fetches where sha256 is not null) and {where}
order by sha256
"""
_BODIES: Final = f"""
select sha256 from captures where reading in ({_READINGS.format("id")})
union select each.value from captures, json_each(captures.parts) as each
  where reading in ({_READINGS.format("id")})
union select sha256 from fetches where sha256 is not null and url in (
  select json_extract(file.value, '$.url') from replies, json_each(replies.attachments) as file
  where replies.id in (select value from json_each(:replies)))
"""


class Evidence:
    """The evidence of an archive, or the part of it that belongs to the replies of a query.

    Use it inside ``snapshot``, so that all of it is of one moment.
    """

    def __init__(self, archive: Archive, query: Query | None = None) -> None:
        self._archive = archive
        self._db = archive.db
        self._query = query or Query()
        self._whole = query is None or query == Query()
        self._chosen: dict[str, Any] | None = None

    @property
    def format(self) -> int:
        """The number of the archive's format."""
        return FORMAT

    @property
    def whole(self) -> bool:
        """Whether it is all of the archive."""
        return self._whole

    @property
    def tables_of_rows(self) -> tuple[str, ...]:
        """The tables that are told row by row, each behind those that its rows name."""
        return TABLES

    def replies(self) -> Iterator[Reply]:
        """Yield the replies, newest first."""
        return self._archive.replies(self._query)

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table of TABLES, in the order of its key."""
        if not self._db.table(table).exists():
            return
        where = "true" if self._whole else _PART.get(table, _LEFT_OUT)
        if table == "bodies":
            where = _EMPTIED if self._whole else f"{_EMPTIED} and {_OF_BODIES}"
        order = ", ".join(self._db.table(table).pks)
        yield from self._asked(f"select * from {table} where {where} order by {order}")

    def fetches(self) -> Iterator[Row]:
        """Yield the fetches in their order.

        ``first_id``, ``first_url`` and ``first_at`` are those of the first fetch in this evidence
        that brought the same bytes; it may be the fetch itself. ``emptied``: a redaction removed
        them.
        """
        return self._asked(_FETCHES.format(where=self._of_bodies, codec=REMOVED))

    def lone_bodies(self) -> Iterator[str]:
        """Yield the SHA-256 of the bodies of which no fetch tells."""
        for row in self._asked(_LONE.format(where=self._of_bodies)):
            yield row["sha256"]

    def body(self, sha256: str) -> bytes:
        """Return kept bytes; see ``Archive.body``."""
        return self._archive.body(sha256)

    def tables(self) -> Iterator[str]:
        """Yield the statements that make the tables and views, but not what SQLite adds to them."""
        sql = "select sql from sqlite_master where type in ('table', 'view') and sql is not null"
        for row in self._asked(
            f"{sql} and name not like '\\_search\\_%' escape '\\' order by rowid"
        ):
            yield row["sql"]

    @property
    def _of_bodies(self) -> str:
        return "true" if self._whole else _OF_BODIES

    def _asked(self, sql: str) -> Iterator[Row]:
        with explained(self._archive.path):
            yield from rows(self._db, sql, self._parameters())

    def _parameters(self) -> dict[str, Any]:
        """Return what the conditions on a part of the evidence name; looked up once."""
        if self._whole:
            return {}
        if self._chosen is None:
            replies = json.dumps([reply.id for reply in self.replies()])
            bodies = [row["sha256"] for row in rows(self._db, _BODIES, {"replies": replies})]
            self._chosen = {"replies": replies, "bodies": json.dumps(bodies)}
        return self._chosen

    @contextmanager
    def copied(self, path: Path) -> Iterator[Evidence]:
        """Write the whole archive to a file that is not there yet, and read it there.

        The copy is of one moment, also while another process crawls. Raises ArchiveError, DiskFull.
        """
        self._db.conn.rollback()  # the copy has a moment of its own
        with explained(path):
            copy(self._db.conn, path)
        with Archive.open(path, read_only=True) as copied:
            yield Evidence(copied)
        # SQLite opens a file with a write-ahead log only where it may write beside it
        with explained(path), closing(sqlite3.connect(path)) as plain:
            plain.execute("pragma journal_mode = delete")


@contextmanager
def snapshot(archive: Archive, query: Query | None = None) -> Iterator[Evidence]:
    """Read the evidence of an archive as it is at this moment, whatever is written meanwhile."""
    with explained(archive.path):
        archive.db.conn.execute("begin")
    try:
        yield Evidence(archive, query)
    finally:
        archive.db.conn.rollback()
