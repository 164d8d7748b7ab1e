"""The robots.txt files that were had, by origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager
from datetime import datetime

from sqlite_utils import Database

from replyarc.archive.database import rows, write
from replyarc.archive.schema import instant
from replyarc.model import RobotsFile


class RobotsFiles(MutableMapping[str, RobotsFile]):
    """The table ``_robots`` as a mapping: origin -> RobotsFile. Setting one writes it."""

    def __init__(
        self, db: Database, transaction: Callable[[], AbstractContextManager[Database]]
    ) -> None:
        self._db = db
        self._transaction = transaction

    def __getitem__(self, origin: str) -> RobotsFile:
        for row in rows(self._db, "select * from _robots where origin = ?", [origin]):
            at = datetime.fromisoformat(row["fetched_at"])
            return RobotsFile(origin, row["status"], row["text"], at)
        raise KeyError(origin)

    def __setitem__(self, origin: str, file: RobotsFile) -> None:
        row = {"origin": origin, "status": file.status, "text": file.text}
        with self._transaction() as db:
            write(db, "_robots", {**row, "fetched_at": instant(file.fetched_at)})

    def __delitem__(self, origin: str) -> None:
        with self._transaction() as db:
            if not db.execute("delete from _robots where origin = ?", [origin]).rowcount:
                raise KeyError(origin)

    def __iter__(self) -> Iterator[str]:
        return iter([row["origin"] for row in rows(self._db, "select origin from _robots")])

    def __len__(self) -> int:
        return len(list(iter(self)))
