"""Opening the file, speaking to SQLite, and what its errors mean."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from replyarc import __version__
from replyarc.archive import schema, tables
from replyarc.archive.schema import APPLICATION, FORMAT, Row
from replyarc.errors import ArchiveError, ArchiveHeld, DiskFull

_PATIENCE: Final = 10.0
"""Seconds to wait for another program that is writing."""

# what SQLite reports: the error it is, and its words; {path} and {folder} are filled in
_ERRORS: Final[dict[int, tuple[type[ArchiveError], str]]] = {
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "{path}: no room left to write to. Make room in {folder}; the archive is whole",
    ),
    sqlite3.SQLITE_BUSY: (
        ArchiveHeld,
        "{path}: another program is writing to it. Wait until it is done, or stop it",
    ),
    sqlite3.SQLITE_CORRUPT: (
        ArchiveError,
        "{path}: damaged. `replyarc verify` says what is lost; restore a backup where it is much",
    ),
    sqlite3.SQLITE_NOTADB: (
        ArchiveError,
        "{path}: not an archive, nor any SQLite database. Is it the right file?",
    ),
    sqlite3.SQLITE_READONLY: (
        ArchiveError,
        "{path}: cannot be written to. Make sure that the file and its folder {folder} may be",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        ArchiveError,
        "{path}: cannot be opened. Make sure that {folder} is a folder that may be written to",
    ),
    sqlite3.SQLITE_IOERR: (
        ArchiveError,
        "{path}: reading or writing failed on the disk. Check the disk that holds {folder}",
    ),
}

_COMMITS: Final = count()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system reports into ArchiveError, ArchiveHeld or DiskFull.

    What is not in the table of errors is a bug, and passes.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_IOERR and not shutil.disk_usage(path.parent).free:
            code = sqlite3.SQLITE_FULL  # so it reports a full disk where it maps memory
        if code not in _ERRORS:
            raise
        kind, words = _ERRORS[code]
        raise kind(words.format(path=path, folder=path.absolute().parent)) from error
    except OSError as error:
        kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else ArchiveError
        raise kind(f"{path}: {error.strerror}. Look at {path.absolute().parent}") from error


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Write all or nothing. Every write to an archive goes through here.

    For tests, ``REPLYARC_CRASH_AT=n`` in the environment makes the process kill itself just
    before (n = 0, 2, 4 …) or just after (n = 1, 3, 5 …) its commit number n // 2, from 0.
    """
    db.conn.execute("begin immediate")  # write access first: a reader cannot wait for it later
    try:
        yield
        commit = next(_COMMITS)
        _crash_at(2 * commit)
        db.commit()
    except BaseException:
        db.rollback()
        raise
    _crash_at(2 * commit + 1)


def _crash_at(point: int) -> None:
    if os.environ.get("REPLYARC_CRASH_AT") == str(point):
        os.kill(os.getpid(), signal.SIGKILL)


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


def connect(path: Path, *, create: bool, read_only: bool) -> Database:
    """Open the archive at ``path``, or make it; see ``Archive.open`` for what is raised."""
    with explained(path):
        _check_file(path, create=create)
        connection = sqlite3.connect(_address(path, create, read_only), uri=True, timeout=_PATIENCE)
        db = Database(connection, recursive_triggers=False, execute_plugins=False)
        try:
            _check_format(db, path, create=create)
            db.execute("pragma query_only = on") if read_only else _make_ready(db)
        except BaseException:
            db.close()
            raise
    return db


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise ArchiveError(f"{path}: a folder, not an archive. Name the file in it")
    if not create and not path.exists():
        raise ArchiveError(f"{path}: there is no archive. `replyarc crawl` makes one")


def _address(path: Path, create: bool, read_only: bool) -> str:
    """Return how SQLite is to open the file.

    A reader too opens it for writing where it may, since only then the last one out clears the
    files of the write-ahead log away; and ``immutable`` is the only way into a folder where no
    such files can be made.
    """
    mode = "rwc" if create else "rw"
    if read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        mode = "ro" if Path(f"{path}-wal").exists() else "ro&immutable=1"
    return f"{path.absolute().as_uri()}?mode={mode}"


def _check_format(db: Database, path: Path, *, create: bool) -> None:
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


def _writer(db: Database) -> str:
    """Return the version that wrote the archive last, as far as a format yet unknown tells."""
    with suppress(sqlite3.Error):
        for (version,) in db.execute("select value from _meta where key = 'replyarc'"):
            return str(version)
    return "its version is not told"


def _make_ready(db: Database) -> None:
    """Set the connection up for writing, and bring the tables up to this replyarc."""
    db.enable_wal()
    db.execute("pragma synchronous = normal")
    db.execute("pragma foreign_keys = on")
    db.execute("pragma wal_autocheckpoint = 4000")  # 16 MB, some 150 pages filed
    if not schema.outdated(db):
        return
    with transaction(db):
        db.execute(f"pragma application_id = {APPLICATION}")
        db.execute(f"pragma user_version = {FORMAT}")
        schema.bring_up(db)
        write(db, "_meta", {"key": "replyarc", "value": __version__})
