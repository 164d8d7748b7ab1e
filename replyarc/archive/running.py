"""Who holds an archive, told without taking the lock: a look must keep no crawl from beginning."""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from replyarc.archive.place import place_of


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that writes to an archive: a crawl, most likely."""

    pid: int
    host: str
    started_at: datetime

    def __str__(self) -> str:
        """Say who it is; its start in this machine's time."""
        start = self.started_at.astimezone()
        return f"process {self.pid} on {self.host} since {start:%Y-%m-%d %H:%M:%S %z}"


def note_beside(place: Path) -> Path:
    """Return where the holder of an archive says who it is; ``place`` is where the file lies."""
    return Path(f"{place}.lock.json")


def holder(path: Path) -> Holder | None:
    """Return who holds the archive at ``path``, by the note beside it; ``None`` where nobody does.

    A note that cannot be read, or that a dead process of this machine left behind, counts for
    nothing. Whether one of another machine lives nobody can tell from here: its note is believed.
    Raises ArchiveError for a link that leads nowhere.
    """
    note = note_beside(place_of(path))
    try:
        told = json.loads(note.read_text("utf-8"))
        began = datetime.fromisoformat(told["started_at"]).astimezone()  # it is told in local time
        found = Holder(int(told["pid"]), str(told["host"]), began.astimezone(UTC))
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None
    return found if found.host != socket.gethostname() or _lives(found.pid) else None


def _lives(pid: int) -> bool:
    """Tell whether a process of this machine lives; on Windows to ask would be to end it."""
    if sys.platform == "win32" or pid <= 0:
        return pid > 0
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is another user's
        pass
    return True
