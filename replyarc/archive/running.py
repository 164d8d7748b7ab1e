"""Who holds an archive, told without taking the lock: a look must keep no crawl from beginning."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that writes to an archive: a crawl, most likely."""

    pid: int
    host: str
    started_at: datetime


def holder(path: Path) -> Holder | None:
    """Return who holds the archive at ``path``, by the note beside it; ``None`` where nobody does.

    A note that a dead process of this machine left behind counts for nothing. Whether one of
    another machine lives nobody can tell from here: its note is believed.
    """
    try:
        told = json.loads(Path(f"{path.resolve()}.lock.json").read_text("utf-8"))
        began = datetime.fromisoformat(told["started_at"]).astimezone(UTC)
        found = Holder(int(told["pid"]), str(told["host"]), began)
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None
    return found if found.host != socket.gethostname() or _lives(found.pid) else None


def _lives(pid: int) -> bool:
    """Tell whether a process of this machine lives; on Windows to ask would be to end it."""
    if pid <= 0 or os.name == "nt":
        return pid > 0
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is another user's
        pass
    return True
