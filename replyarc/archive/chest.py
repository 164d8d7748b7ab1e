"""An archive made of rows, as an export wrote them: what is put together before it is merged.

Rows come from a file that anybody may have written: see ``told_rows``. Strict tables refuse values
of another kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlite_utils import Database

from replyarc.archive.database import write
from replyarc.archive.store import Archive
from replyarc.archive.told_rows import Row, check

FETCHES: Final = "fetches"

_NO_VALUES: Final = (sqlite3.InterfaceError, OverflowError, UnicodeEncodeError)
"""What is raised of a value that SQLite cannot hold."""

# Nothing may name what is not there: rows may be missing, or made up.
_LINKED: Final = (
    "insert into sources (name) select distinct source from crawls"
    " where source not in (select name from sources)",
    *(
        f"update {table} set {column} = null where {column} not in (select id from crawls)"
        for table, column in (
            ("fetches", "crawl"),
            ("entries", "first_crawl"),
            ("entries", "missed"),
        )
    ),
    "delete from listings where crawl not in (select id from crawls)",
    "delete from fetches where sha256 not in (select sha256 from bodies)",
    "delete from texts where sha256 not in (select sha256 from bodies)",
    "delete from readings where fingerprint not in (select fingerprint from contents)",
    "delete from captures where reading not in (select id from readings)",
    "delete from readings where id not in (select reading from captures)",
    "delete from _redacted where redaction not in (select id from redactions)",
)
# What was read of bytes that did not come, comes with them; what was told has none.
_HAD: Final = """
delete from captures where reader is not null and (
  sha256 not in (select sha256 from bodies)
  or exists (select 1 from json_each(parts) where value not in (select sha256 from bodies)))
"""


class Chest:
    """An archive in a folder that is removed in the end; it is filled in any order."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._columns: dict[str, dict[str, type]] = {}

    @property
    def archive(self) -> Archive:
        """The archive itself, to keep pages in it and to file them."""
        return self._archive

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._archive.path

    def put_rows(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows of a table in, all or none. Raises ValueError where one is no row of it."""
        if table not in self._columns:
            known = self._archive.db.table(table)
            self._columns[table] = known.columns_dict if known.exists() else {}
        rows = list(rows)
        for row in rows:
            check(table, row, self._columns[table])
        with self._archive.transaction() as db:
            refused = _write_all(db, table, rows)
        if refused is not None:
            raise ValueError(f"a row of {table} has other values") from refused

    def put_body(self, body: bytes, url: str, at: datetime) -> str:
        """Put bytes in, once; return their SHA-256."""
        with self._archive.transaction():
            return self._archive.bodies.add(body, url, at)

    def make_whole(self) -> None:
        """Remove the rows that name what is not there."""
        with self._archive.transaction() as db:
            for statement in (_HAD, *_LINKED):
                db.conn.execute(statement)


def _write_all(db: Database, table: str, rows: Iterable[Row]) -> Exception | None:
    """Write rows, all or none; return why not. What was written before them stays, in a batch."""
    db.conn.execute("savepoint some")
    refused = None
    try:
        for row in rows:
            write(db, table, dict(row))
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, *_NO_VALUES) as error:
        db.conn.execute("rollback to some")
        refused = error
    db.conn.execute("release some")
    return refused


@contextmanager
def chest(beside: Path) -> Iterator[Chest]:
    """Make an empty chest, on the disk where the archive ``beside`` is; it goes with the block."""
    with (
        TemporaryDirectory(prefix=".replyarc-", dir=beside.absolute().parent) as folder,
        Archive.open(Path(folder) / "chest.db", create=True) as archive,
    ):
        archive.db.execute("pragma foreign_keys = off")
        archive.db.execute("pragma synchronous = off")  # it need not outlive a power cut
        yield Chest(archive)
