"""``backup``: a copy of an archive that others may be writing to."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from replyarc.archive.copying import Copy, Progress, copy
from replyarc.archive.database import explained
from replyarc.archive.store import Archive
from replyarc.archive.verifying import hashed
from replyarc.errors import ArchiveError


def make_folder(folder: Path) -> None:
    """Make a folder for backups where there is none. Raises ArchiveError where it cannot be."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)


def place_of(archive: Path, to: Path, at: datetime) -> Path:
    """Return the file of a backup: in a folder it is named after the archive and the instant.

    >>> at = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    >>> place_of(Path("replies.db"), Path("/"), at).name
    'replies-20261122T083000Z.db'

    Raises ArchiveError where that is the archive itself, a file that belongs to it, or no file.
    """
    if to.is_dir():
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        to = to / f"{archive.stem}-{stamp}{archive.suffix}"
    mine = {Path(f"{archive.resolve()}{end}") for end in ("", "-wal", "-shm", ".lock")}
    if to.resolve() in mine or (to.exists() and archive.exists() and to.samefile(archive)):
        raise ArchiveError(f"{to}: that is the archive itself. Name another file for the backup")
    if to.exists() and not to.is_file():
        raise ArchiveError(f"{to}: it is a folder or a device. Name a file")
    if not to.absolute().parent.is_dir():
        raise ArchiveError(f"{to}: there is no folder {to.absolute().parent}. Make it first")
    return to


def back_up(archive: Archive, to: Path, progress: Progress | None = None) -> Copy:
    """Copy an archive, as it is now, to a file; what is there is replaced when the copy is whole.

    Others may write to the archive meanwhile: they are not kept out, and what they write is not in
    the copy. Where a file is replaced, what a killed program left of its log goes too. Raises
    DiskFull where there is no room, and ArchiveError where the file cannot be written or the
    archive is damaged; damaged bodies and contents alone are copied, where nothing is replaced.
    """
    with explained(to):
        return copy(archive.db.conn, to, progress=progress, look=_damage)


def _damage(copied: sqlite3.Connection) -> str:
    """Hash the bodies and contents of a copy; say how many are damaged, nothing where none is."""
    found = hashed(Database(copied, recursive_triggers=False, execute_plugins=False))
    return ", ".join(f"{each.number} {each.where}: {each.what}" for each in found)
