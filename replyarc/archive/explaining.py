"""What the errors of SQLite and of the system mean to whoever uses an archive."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from replyarc.archive import tables
from replyarc.archive.values import Illegible
from replyarc.errors import NO_ROOM, ArchiveError, ArchiveHeld, DiskFull

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

_ILLEGIBLE: Final = re.compile("Could not decode to UTF-8|malformed JSON")
"""What SQLite says, under no code of its own, of a value that is not what it has to be."""

_TABLE: Final = re.compile(r"no such table: (?:main\.)?(\w+)")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system reports into ArchiveError, ArchiveHeld or DiskFull.

    So it does with a value that cannot be read. What is not in the table of errors is a bug, and
    passes.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_IOERR and not shutil.disk_usage(path.parent).free:
            code = sqlite3.SQLITE_FULL  # so it reports a full disk where it maps memory
        if code not in _ERRORS:
            _explain_a_missing_table(path, error)
            if _ILLEGIBLE.match(str(error)):
                raise illegible(path, error) from error
            raise
        kind, words = _ERRORS[code]
        raise kind(words.format(path=path, folder=path.absolute().parent)) from error
    except (Illegible, UnicodeDecodeError) as error:
        raise illegible(path, error) from error
    except OSError as error:
        kind = DiskFull if error.errno in NO_ROOM else ArchiveError
        raise kind(f"{path}: {error.strerror}. Look at {path.absolute().parent}") from error


def _explain_a_missing_table(path: Path, error: sqlite3.Error) -> None:
    missing = _TABLE.match(str(error))
    if missing and missing[1] in {*tables.KEYS, "_keys", "_search"}:
        raise without(path, missing[1]) from error


def illegible(path: Path, error: Exception) -> ArchiveError:
    """Return the error of an archive of which a value cannot be read."""
    return ArchiveError(
        f"{path}: damaged: a value in it cannot be read ({error}). `replyarc verify` says which, "
        "and --repair makes anew what can be made of the rest"
    )


def without(path: Path, table: str) -> ArchiveError:
    """Return the error of an archive that lacks a table."""
    return ArchiveError(
        f"{path}: damaged: it has no table {table}. `replyarc verify` says what is lost, and "
        "--repair makes anew what can be made of the rest"
    )
