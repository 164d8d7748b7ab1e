"""One crawl at a time: a lock beside the archive.

``NAME.lock`` is locked by the kernel, which lets go of it when its holder dies, however it dies.
``NAME.lock.json`` only tells who holds it.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from replyarc.archive.explaining import explained
from replyarc.errors import ArchiveError, ArchiveHeld

_HELD: Final[set[Path]] = set()
"""What this process holds."""


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the archive at ``path`` for writing as long as the block runs.

    Raises ArchiveHeld, naming the holder, where another process holds it, and ArchiveError where
    no lock can be made beside it.
    """
    lock = FileLock(f"{path}.lock", timeout=0)
    note = Path(f"{path}.lock.json")
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveHeld(
            f"{path}: held by {_holder(note)}. Wait until it is done, or stop it"
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"{path}: no lock can be made beside it ({error.strerror}). "
            f"Make sure that {path.parent} is a folder that can be written to"
        ) from error
    try:
        with explained(path):
            note.write_text(json.dumps(_self()), "utf-8")
        _HELD.add(path.resolve())
        yield
    finally:
        _HELD.discard(path.resolve())
        note.unlink(missing_ok=True)
        lock.release()


def hold_unless_held(path: Path) -> AbstractContextManager[None]:
    """Hold an archive as `hold` does, where this process does not hold it already."""
    return nullcontext() if path.resolve() in _HELD else hold(path)


def _self() -> dict[str, object]:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "started_at": started}


def _holder(note: Path) -> str:
    """Say who holds the lock, as far as the note tells: it may not be written yet."""
    try:
        told = json.loads(note.read_text("utf-8"))
        return f"process {told['pid']} on {told['host']} since {told['started_at']}"
    except (OSError, ValueError, LookupError, TypeError):
        return "another process"
