"""One crawl at a time: a lock beside the archive.

``NAME.lock`` is locked by the kernel, which lets go of it when its holder dies, however it dies.
``NAME.lock.json`` only tells who holds it. Both lie beside the file itself: whoever reaches it by a
link or by another spelling of its path comes upon the same lock.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from replyarc.archive.explaining import explained
from replyarc.archive.place import place_of
from replyarc.errors import ArchiveError, ArchiveHeld

_PATIENCE: Final = 0.4
"""Seconds within which a holder that has only just begun has written who it is."""

_HELD: Final[set[Path]] = set()
"""What this process holds."""


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the archive at ``path`` for writing as long as the block runs.

    Raises ArchiveHeld, naming the holder, where another process holds it, and ArchiveError where
    no lock can be made beside it.
    """
    place = place_of(path)
    lock = FileLock(f"{place}.lock", timeout=0)
    note = Path(f"{place}.lock.json")
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveHeld(
            f"{path}: held by {_holder(note)}. Wait until it is done, or stop it"
        ) from error
    except (OSError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ArchiveError(
            f"{path}: no lock can be made beside it ({place.name}.lock: {why}). Make sure that "
            f"{place.parent} is a folder on a disk of this machine, and that it and "
            f"{place.name}.lock, if it is there, can be written to"
        ) from error
    try:
        with explained(path):
            note.write_text(json.dumps(_self()), "utf-8")
        _HELD.add(place)
        yield
    finally:
        _HELD.discard(place)
        with suppress(OSError):  # a note that stays behind is not believed
            note.unlink(missing_ok=True)
        lock.release()


def hold_unless_held(path: Path) -> AbstractContextManager[None]:
    """Hold an archive as `hold` does, where this process does not hold it already."""
    return nullcontext() if place_of(path) in _HELD else hold(path)


def _self() -> dict[str, object]:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "started_at": started}


def _holder(note: Path) -> str:
    """Say who holds the lock, as far as its note tells: a new holder's comes a moment later."""
    until = time.monotonic() + _PATIENCE
    while not (told := _told(note)) and time.monotonic() < until:
        time.sleep(_PATIENCE / 20)
    return told or "another process"


def _told(note: Path) -> str | None:
    """Return what a note says; ``None`` where it cannot be read, or is of a process that is dead.

    The start is told in this machine's time.
    """
    try:
        told = json.loads(note.read_text("utf-8"))
        pid, host = int(told["pid"]), str(told["host"])
        start = datetime.fromisoformat(told["started_at"]).astimezone()
        if host == socket.gethostname() and _is_dead(pid):
            return None
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None
    return f"process {pid} on {host} since {start:%Y-%m-%d %H:%M:%S %z}"


def _is_dead(pid: int) -> bool:
    """Tell whether there is no such process on this machine; on Windows nobody can ask so."""
    if sys.platform == "win32" or pid <= 0:
        return pid <= 0
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is another user's
        pass
    return False
