"""What an import asks of an archive, and notes in it beside what it brings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from replyarc.archive import frontier
from replyarc.archive.database import explained
from replyarc.archive.frontier import State
from replyarc.archive.store import Archive
from replyarc.model import Entry

_SOURCE: Final = "select source from readings where url = ? order by id limit 1"
_STATE: Final = "select state from entries where source = ? and url = ?"
_OPEN: Final = frozenset({State.PENDING, State.FAILED, State.UNREAD})


def source_of(archive: Archive, url: str) -> str | None:
    """Return the source as a page of which an address was read before, if it was."""
    with explained(archive.path):
        found = archive.db.execute(_SOURCE, [url]).fetchone()
    return str(found[0]) if found else None


def arrived(archive: Archive, pages: Iterable[tuple[str, str, datetime]]) -> None:
    """Note that entries of listings, asked for in vain so far, were brought: source, address, when.

    One that was had by a crawl, and an address that no listing has, stay as they are.
    """
    with archive.transaction() as db:
        for source, url, at in pages:
            found = db.conn.execute(_STATE, [source, url]).fetchone()
            if found and State(found[0]) in _OPEN:
                frontier.archived(db, source, Entry(url, ""), url, 0, at)
