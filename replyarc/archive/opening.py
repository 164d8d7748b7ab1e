"""Opening another archive to read it as it is at one moment, without a change to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from replyarc.archive.copying import copy
from replyarc.archive.database import explained
from replyarc.archive.schema import FORMAT
from replyarc.archive.store import Archive


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive as it is at one moment, to read it only; an older one in a copy."""
    with ExitStack() as stack:
        if _is_older(path):
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="replyarc-")))
            with explained(path), closing(_read_only(path)) as old:
                copy(old, folder / path.name)
            path = folder / path.name
            Archive.open(path).close()
        other = stack.enter_context(Archive.open(path, read_only=True))
        other.db.conn.execute("begin")  # what is written to it meanwhile is not seen
        stack.callback(other.db.conn.rollback)
        yield other


def _is_older(path: Path) -> bool:
    """Tell whether it is written in an older format; what is no archive is told when opened."""
    if not path.is_file():
        return False
    with explained(path), closing(_read_only(path)) as db:
        (written,) = db.execute("pragma user_version").fetchone()
    return bool(0 < written < FORMAT)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
