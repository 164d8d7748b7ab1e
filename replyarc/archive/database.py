"""Opening the file, speaking to SQLite, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from replyarc import __version__
from replyarc.archive import describing, schema, tables
from replyarc.archive.address import address_of
from replyarc.archive.commits import Batch, alone, path_of
from replyarc.archive.explaining import explained as explained  # nobody speaks to SQLite without
from replyarc.archive.explaining import without
from replyarc.archive.format import APPLICATION, FORMAT
from replyarc.archive.place import ROOM, check_room
from replyarc.archive.schema import Row
from replyarc.errors import ArchiveError

_PATIENCE: Final = 10.0
"""Seconds to wait for another program that is writing."""

Tell = Callable[[str], None]

_BATCHES: Final[WeakKeyDictionary[Database, Batch]] = WeakKeyDictionary()


@contextmanager
def transaction(db: Database, *, lasting: bool = True) -> Iterator[None]:
    """Write all or nothing. Every write to an archive goes through here.

    What is committed is on the disk. Unless it is not ``lasting``: then nobody waits for the disk,
    and a power cut may take it back, whole, until something that lasts is committed after it. That
    is for the bytes of a page, which is filed next. Inside `batched` several are committed
    together. Raises DiskFull, before anything is written, where there is little room left. A
    transaction in a transaction is a bug.
    """
    batch = _BATCHES.get(db)
    if batch is not None:
        with batch.joined():
            yield
    elif lasting:
        with alone(db):
            yield
    else:
        db.conn.execute("pragma synchronous = normal")
        try:
            with alone(db):
                yield
        finally:
            db.conn.execute("pragma synchronous = full")


@contextmanager
def batched(db: Database, size: int = 200) -> Iterator[None]:
    """Commit the transactions of this block ``size`` at a time: for jobs that write thousands.

    Each of them is still whole or not there at all; what is lost by a power cut or a kill is at
    most the open batch. An error inside a transaction undoes the open batch, and leaves the block
    even where it is caught in between: what was undone must not pass for written. An error
    between two transactions undoes none.
    """
    if db in _BATCHES:
        raise RuntimeError("a batch in a batch")
    batch = _BATCHES[db] = Batch(db, size)
    try:
        yield
    finally:
        del _BATCHES[db]
        with explained(path_of(db)):
            batch.finish()


def rows(
    db: Database, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> Iterator[Row]:
    """Ask for rows, one by one, each a mapping of column to value."""
    cursor = db.conn.execute(sql, parameters)
    columns = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(columns, row, strict=True))


def write(db: Database, table: str, row: Row) -> None:
    """Insert a row, or bring the one with the same key up to date.

    Written out rather than ``Table.upsert``, which asks for the schema every time: four times as
    fast, and this runs several times a page.
    """
    db.conn.execute(_upsert(table, tuple(row)), tuple(row.values()))


@lru_cache(maxsize=64)
def _upsert(table: str, columns: tuple[str, ...]) -> str:
    values = ", ".join("?" * len(columns))
    key = tables.KEYS[table]
    rest = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    return (
        f"insert into {table} ({', '.join(columns)}) values ({values}) "
        f"on conflict ({', '.join(key)}) do {f'update set {rest}' if rest else 'nothing'}"
    )


def connect(path: Path, *, create: bool, read_only: bool, tell: Tell | None = None) -> Database:
    """Open the archive at ``path``, or make it; see ``Archive.open`` for what is raised.

    That of an older replyarc is brought up first, also where it is only to be read, and ``tell``
    is told so in a sentence.
    """
    with explained(path):
        _check_file(path, create=create)
        if not read_only:
            return _open(path, create=create, tell=tell)
        db = _look(path)
        if not schema.outdated(db):
            return db
        db.close()
        _check_writable(path)
        _open(path, create=False, tell=tell).close()
        return _look(path)


@contextmanager
def as_it_is(path: Path, *, write: bool = False) -> Iterator[Database]:
    """Open an archive whatever it lacks and of whatever format, to verify or to repair it.

    Without ``write`` SQLite itself lets nothing in it be changed, yet a connection may make tables
    of its own. What is raised is that of ``Archive.open``.
    """
    with explained(path):
        _check_file(path, create=False)
        with closing(sqlite3.connect(address_of(path, False, True), uri=True)) as last_out:
            last_out.execute("pragma user_version")  # it clears the log away when it is closed
            address = address_of(path, False, not write)
            address = address if write else address.replace("?mode=rw", "?mode=ro")
            with _connected(address) as db, closing(db):
                _check_format(db, path, create=False, damaged=True)
                yield db


def _open(path: Path, *, create: bool, tell: Tell | None) -> Database:
    """Open a file for writing, as an archive of this replyarc, where there is room to write."""
    check_room(path, ROOM)
    with _connected(address_of(path, create, False)) as db:
        _check_format(db, path, create=create)
        db.enable_wal()
        db.execute("pragma synchronous = full")  # what is committed outlives a power cut
        if schema.outdated(db):
            from replyarc.archive.migrating import bring_up  # what it needs is slow to load

            bring_up(db, path, transaction, tell)
        elif describing.outdated(db):  # nothing follows from it: no copy is needed
            with transaction(db):
                describing.describe(db)
        db.execute("pragma foreign_keys = on")
        db.execute("pragma wal_autocheckpoint = 4000")  # 16 MB, some 150 pages filed
    return db


def _look(path: Path) -> Database:
    """Open a file for reading, as an archive of this replyarc or an older one."""
    with _connected(address_of(path, False, True)) as db:
        _check_format(db, path, create=False)
        db.execute("pragma query_only = on")
    return db


@contextmanager
def _connected(address: str) -> Iterator[Database]:
    """Connect; the connection is closed again where the block fails."""
    connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE)
    connection.execute("pragma cell_size_check = on")
    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    try:
        yield db
    except BaseException:
        db.close()
        raise


def _check_writable(path: Path) -> None:
    """Make sure that an archive of an older replyarc can be brought up where it lies."""
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        raise ArchiveError(
            f"{path}: of an older replyarc, and cannot be written to, to bring it up to "
            f"{__version__}. Copy it to where it can be written to, and name the copy"
        )


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise ArchiveError(f"{path}: a folder, not an archive. Name the file in it")
    if not create and not path.exists():
        raise ArchiveError(f"{path}: there is no archive. `replyarc crawl` makes one")


def _check_format(db: Database, path: Path, *, create: bool, damaged: bool = False) -> None:
    """Make sure that this is an archive, and one that this replyarc knows."""
    (written,) = db.execute("pragma user_version").fetchone()
    (application,) = db.execute("pragma application_id").fetchone()
    if not db.execute("select 1 from sqlite_master").fetchone():
        if not create:
            raise ArchiveError(f"{path}: empty, no archive. `replyarc crawl` makes one of it")
    elif application != APPLICATION:
        raise ArchiveError(f"{path}: a SQLite database, but no archive of replyarc")
    elif written > FORMAT:
        raise ArchiveError(
            f"{path}: written by a newer replyarc ({_writer(db)}, format {written}); this is "
            f"{__version__}, which knows formats up to {FORMAT}. Update: pip install -U replyarc"
        )
    elif not damaged and (lost := _no_table(db, written)):
        raise without(path, lost)


def _no_table(db: Database, written: int) -> str | None:
    """Return what is no table and should be one: a stranger's may be a view without an end."""
    there = set(db.table_names())
    wanted = tables.KEYS if written == FORMAT else ("replies",)
    return next((name for name in wanted if name not in there), None)


def _writer(db: Database) -> str:
    """Return the version that wrote the archive last, as far as a format yet unknown tells."""
    with suppress(sqlite3.Error):
        for (version,) in db.execute("select value from _meta where key = 'replyarc'"):
            return str(version)
    return "its version is not told"
