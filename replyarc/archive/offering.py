"""What a shell may offer while a command is typed: names that an archive holds, found at once.

Whoever presses Tab waits for it, and wants neither an error nor a word: an archive that is missing,
damaged, of another format or busy offers nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Final

from replyarc.archive.address import address_of
from replyarc.archive.format import APPLICATION

PATIENCE: Final = 0.1
"""Seconds after which what was found so far has to do."""

_STEPS: Final = 20_000
"""Instructions of SQLite between two looks at the clock."""


def sources(path: Path) -> list[str]:
    """Return the names of the sources that were ever crawled into the archive."""
    return _asked(path, "select name from sources order by name")


def publishers(path: Path) -> list[str]:
    """Return who publishes and who answers: of the sources first, then of the replies.

    There is no index on them: where the replies are too many for the time there is, some are left
    out.
    """
    found = _asked(
        path,
        "select publisher from sources where publisher is not null",
        "select distinct publisher, answered_by from replies",
    )
    return list(dict.fromkeys(found))


def _asked(path: Path, *questions: str) -> list[str]:
    """Return every text that the questions find before the time is up."""
    found: list[str] = []
    with suppress(sqlite3.Error, OSError), _looked_into(path) as db:
        for question in questions:
            for row in db.execute(question):
                found += (each for each in row if isinstance(each, str))
    return found


@contextmanager
def _looked_into(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an archive for a short look; nobody is waited for, and nothing can be written."""
    until = monotonic() + PATIENCE
    with closing(sqlite3.connect(address_of(path, False, True), uri=True, timeout=0)) as db:
        db.execute("pragma query_only = on")
        if db.execute("pragma application_id").fetchone() == (APPLICATION,):
            db.set_progress_handler(lambda: monotonic() > until, _STEPS)
            yield db
        else:
            raise sqlite3.DatabaseError("no archive")
