"""Whether what follows from the evidence is what stands in the tables.

It is made anew in temporary tables of the same names, which stand before those of the archive as
long as the connection lives, by the very function that makes it anew in an archive; and then the
two are compared. So nothing is written to the archive, and little is held in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlite_utils import Database

from replyarc.archive import layout
from replyarc.archive.damage import SHOWN, Damage, Grade
from replyarc.archive.filing import rebuild

_OF_READINGS: Final = ("keys", "letters", "reply", "says", "standing")
"""The columns of ``readings`` that follow from the rest."""

_SHADOWED: Final[Mapping[str, tuple[str, ...]]] = {**layout.DERIVED, "readings": ("id",)}


def check(db: Database) -> Iterator[Damage]:
    """Say where what follows from the evidence is not what should follow; see `damage`.

    That is for evidence which is whole; see `ground`.
    """
    here = layout.present(db)
    with _temporary(db):
        try:
            rebuild(db)
        except sqlite3.DatabaseError as error:
            what = f"it cannot be told what follows from them ({error})"
            yield Damage(grade=Grade.LOST, where="readings", what=what, bars=True)
            return
        except (LookupError, TypeError, ValueError):  # nothing that `ground` knows of
            what = "it cannot be told what follows from them: a value is not as it was written"
            yield Damage(grade=Grade.LOST, where="readings", what=what, bars=True)
            return
        for table, key in _SHADOWED.items():
            if table in here:
                yield from _compared(db, table, key)


@contextmanager
def _temporary(db: Database) -> Iterator[None]:
    """Put empty tables before those that follow from the evidence, and a copy before readings."""
    items = [item for item in layout.expected().values() if item.table in _SHADOWED]
    try:
        for kind in ("table", "index"):
            for item in items:
                if item.kind == kind:
                    db.execute(item.as_temporary())
        names = ", ".join(row[1] for row in db.execute("pragma main.table_info(readings)"))
        copy = f"insert into temp.readings (rowid, {names}) select rowid, {names} from"
        db.execute(f"{copy} main.readings")
        db.execute("update temp.readings set standing = null")
        yield
    finally:
        for table in _SHADOWED:
            db.execute(f"drop table if exists temp.{table}")


def _compared(db: Database, table: str, key: tuple[str, ...]) -> Iterator[Damage]:
    columns = [row[1] for row in db.execute(f"pragma temp.table_info({table})")]
    values = [name for name in columns if name not in key]
    if table == "readings":
        values = list(_OF_READINGS)
    using, keys = ", ".join(key), ", ".join(f"one.{name}" for name in key)
    for one, other, what in (
        ("temp", "main", "rows that follow from the evidence are not there"),
        ("main", "temp", "rows do not follow from the evidence"),
    ):
        absent = f"other.{key[0]} is null"
        join = f"{one}.{table} as one left join {other}.{table} as other using ({using})"
        yield from _told(db, table, f"select {keys} from {join} where {absent}", what)
    differs = " or ".join(f"one.{name} is not other.{name}" for name in values)
    if differs:
        join = f"main.{table} as one join temp.{table} as other using ({using})"
        what = "rows are not what follows from the evidence"
        yield from _told(db, table, f"select {keys} from {join} where {differs}", what)


def _told(db: Database, table: str, sql: str, what: str) -> Iterator[Damage]:
    number, examples = 0, []
    for row in db.execute(sql):
        number += 1
        if number <= SHOWN:
            examples.append(" ".join(str(value) for value in row))
    if number:
        yield Damage(
            grade=Grade.ANEW, where=table, what=what, number=number, examples=tuple(examples)
        )
