"""One crawl at a time: a lock beside the archive.

``NAME.lock`` is locked by the kernel, which lets go of it when its holder dies, however it dies.
``NAME.lock.json`` only tells who holds it. Both lie beside the file itself: whoever reaches it by a
link or by another spelling of its path comes upon the same lock.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from replyarc.archive.explaining import explained
from replyarc.archive.place import place_of
from replyarc.archive.running import holder, note_beside
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
    note = note_beside(place)
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveHeld(
            f"{path}: held by {_holder(place)}. Wait until it is done, or stop it"
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


def _holder(place: Path) -> str:
    """Say who holds the lock, as far as its note tells: a new holder's comes a moment later."""
    until = time.monotonic() + _PATIENCE
    while (told := holder(place)) is None and time.monotonic() < until:
        time.sleep(_PATIENCE / 20)
    return "another process" if told is None else str(told)
