"""A copy of an archive that is whole or not there, made while others write to it."""

from __future__ import annotations

import glob
import hashlib
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from replyarc.archive import crashing
from replyarc.archive.place import check_room
from replyarc.errors import ArchiveError

_STEP: Final = 2000
"""Pages copied at a time: 8 MB, between which progress is told."""

_LOGS: Final = ("-wal", "-shm", "-journal")
"""What SQLite calls the files that belong to a file."""

Progress = Callable[[int, int], None]
"""Is told what was done of how much."""

Look = Callable[[sqlite3.Connection], str]
"""Says what of a copy is damaged, in words; nothing where it is whole."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made: where, how large, and the SHA-256 of the file.

    ``damage`` says what is damaged in the archive that it is a copy of, and so in it.
    """

    path: Path
    size: int
    sha256: str
    damage: str = ""


def copy(
    db: sqlite3.Connection,
    to: Path,
    *,
    room: int = 0,
    progress: Progress | None = None,
    look: Look = lambda _copied: "",
) -> Copy:
    """Copy the database of a connection to a file, replacing what is there only when it is whole.

    The copy is made by SQLite's own backup under one read transaction: it is the archive at one
    moment, writers are not kept out (their log grows until the copy is made), and none of them
    makes it begin anew. It is checked, table by table against what was copied, written to the
    disk, and only then given its name; under that it is opened and counted once more. ``room`` is
    what is to be free beside what it takes. What is damaged, as ``look`` finds, takes no file's
    place.

    Raises DiskFull, and ArchiveError where the copy is not whole.
    """
    place = to.resolve()
    part = _part(place)
    try:
        with closing(sqlite3.connect(part)) as copied:
            copied.execute("pragma synchronous = off")  # written to the disk at the end
            with _moment(db):
                check_room(to, room + _size(db))
                db.backup(copied, pages=_STEP, progress=_told(progress), sleep=0)
                held = _check(db, copied, to)
            damage = _looked(look(copied), to)
        size, sha256 = _written(part)
        crashing.point()
        for end in _LOGS:  # what a killed program left of the file that stood here: it would be
            Path(f"{place}{end}").unlink(missing_ok=True)  # taken for the log of the new one
        part.replace(place)
        _sync(place.parent)
        crashing.point()
        _check_in_place(place, held)
    finally:
        _remove(part)
    return Copy(to, size, sha256, damage)


def _looked(damage: str, to: Path) -> str:
    """Return what is damaged. Raises ArchiveError where the copy would replace another file."""
    if not (damage and to.exists()):
        return damage
    raise ArchiveError(
        f"{to}: left as it is, since it may be whole, and the archive is not ({damage}). "
        "`replyarc verify` says what is lost; name another file to copy it as it is"
    )


def _part(place: Path) -> Path:
    """Return what a file is called until it is whole; what killed processes left is removed."""
    stem = f".{place.name}.{socket.gethostname()}."
    for left in place.parent.glob(f"{glob.escape(stem)}*.part"):
        number = left.name.removeprefix(stem).removesuffix(".part")
        if number.isdigit() and not _lives(int(number)):
            _remove(left)
    return place.with_name(f"{stem}{os.getpid()}.part")


def _lives(process: int) -> bool:
    """Tell whether there is a process of this number here, as far as that can be told."""
    if os.name == "nt":
        return True  # to ask would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()


def _remove(part: Path) -> None:
    for end in ("", *_LOGS):
        Path(f"{part}{end}").unlink(missing_ok=True)


@contextmanager
def _moment(db: sqlite3.Connection) -> Iterator[None]:
    """Let a connection see the database as it is now, whatever is written to it meanwhile."""
    db.execute("begin")
    try:
        db.execute("select 1 from sqlite_master").fetchone()
        yield
    finally:
        db.rollback()


def _size(db: sqlite3.Connection) -> int:
    (pages,), (page,) = (
        db.execute(f"pragma {name}").fetchone() for name in ("page_count", "page_size")
    )
    return int(pages * page)


def _told(progress: Progress | None) -> Callable[[int, int, int], None] | None:
    if progress is None:
        return None
    return lambda _, left, total: progress(total - left, total)


def _check(db: sqlite3.Connection, copied: sqlite3.Connection, to: Path) -> dict[str, int]:
    """Make sure that a copy is whole, and holds as much as what it is a copy of; return that."""
    (found,) = copied.execute("pragma integrity_check(1)").fetchone()
    if found == "ok":
        there, here = counts(db), counts(copied)
        wrong = [name for name in there if there[name] != here.get(name)]
        if not wrong:
            return here
        found = f"rows are missing from {', '.join(wrong)}"
    raise ArchiveError(
        f"{to}: not written: the copy would not be whole ({found}). "
        "`replyarc verify` says what is damaged"
    )


def _check_in_place(place: Path, held: dict[str, int]) -> None:
    """Make sure that whoever opens the file finds in it what was written."""
    with closing(sqlite3.connect(place)) as copied:
        if counts(copied) == held:
            return
    raise ArchiveError(
        f"{place}: replaced, but it does not hold what was copied: another program writes to it. "
        "End that one, and copy once more"
    )


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    sql = "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
    names = [name for (name,) in db.execute(f"{sql} order by name").fetchall()]
    return {name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}


def _written(part: Path) -> tuple[int, str]:
    """Make sure that a file is on the disk; return its size and its SHA-256."""
    with part.open("r+b") as file:
        os.fsync(file.fileno())
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), sha256


def _sync(folder: Path) -> None:
    """Make sure that the name of a new file is on the disk."""
    with suppress(OSError):  # Windows opens no folder
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
