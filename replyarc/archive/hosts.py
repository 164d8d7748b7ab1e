"""How each host is to be asked, from run to run."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from replyarc.archive.database import explained, rows, transaction, write
from replyarc.archive.schema import Row, instant
from replyarc.manners import HostState


class Hosts(MutableMapping[str, HostState]):
    """The table ``_hosts`` as a mapping: host -> HostState. Setting one writes it.

    This is done before every request, and so does not wait for the disk: a kill takes nothing
    back; a power cut may, and then its own pause is longer than any delay.
    """

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._path = path

    def __getitem__(self, host: str) -> HostState:
        with explained(self._path):
            for row in rows(self._db, "select * from _hosts where host = ?", [host]):
                return _state_of(row)
        raise KeyError(host)

    def __setitem__(self, host: str, state: HostState) -> None:
        row = {
            "host": host,
            "next_at": instant(state.next_at),
            "rests_until": state.rests_until and instant(state.rests_until),
            "why": state.why,
            "failures": state.failures,
            "failed_at": state.failed_at and instant(state.failed_at),
        }
        with self._writing() as db:
            write(db, "_hosts", row)

    def __delitem__(self, host: str) -> None:
        with self._writing() as db:
            if not db.execute("delete from _hosts where host = ?", [host]).rowcount:
                raise KeyError(host)

    def __iter__(self) -> Iterator[str]:
        with explained(self._path):
            return iter([row["host"] for row in rows(self._db, "select host from _hosts")])

    def __len__(self) -> int:
        return len(list(iter(self)))

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with explained(self._path), transaction(self._db, lasting=False):
            yield self._db


def _state_of(row: Row) -> HostState:
    return HostState(
        host=row["host"],
        next_at=datetime.fromisoformat(row["next_at"]),
        rests_until=row["rests_until"] and datetime.fromisoformat(row["rests_until"]),
        why=row["why"],
        failures=row["failures"],
        failed_at=row["failed_at"] and datetime.fromisoformat(row["failed_at"]),
    )
