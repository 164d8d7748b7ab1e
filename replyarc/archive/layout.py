"""How the tables of an archive should be laid out, against how they are.

A new archive in memory says how they should be: so what a migration adds is known here by itself.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlite_utils import Database

from replyarc.archive import schema
from replyarc.archive.damage import Damage, Grade

DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "replies": ("id",),
    "versions": ("reply", "number"),
    "sightings": ("reply", "url"),
    "conflicts": ("index_number", "reply"),
    "_keys": ("key", "reading"),
}
"""The tables that follow from the evidence, whole, and their keys."""

GROUND: Final = frozenset({"contents", "readings", "captures", "_redacted"})
"""The tables of the evidence that they follow from."""

AIDS: Final = ("_hosts", "_findings", "_exports", "_exported")
"""The tables that crawls and exports keep: lost, they fill again (see ``upkeep``)."""

INDEX: Final = ("_search", "_indexed", "_unindexed")
"""The tables of the full-text index."""


@dataclass(frozen=True, slots=True)
class Item:
    """A table, an index, a trigger or a view: of which table it is, and what makes it."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def is_evidence(self) -> bool:
        """Tell whether it holds what cannot be made anew."""
        mine = {*DERIVED, *INDEX, *AIDS, "columns"}
        return self.kind == "table" and self.name not in mine and not _shadow(self.name)

    def as_temporary(self) -> str:
        """Return what makes a temporary table or index of this layout and name."""
        if self.kind == "index":
            return re.sub(r"(?i)^create( unique)? index ", r"create\1 index temp.", self.sql)
        return re.sub(r"(?i)^create table", "create temp table", self.sql)


def _shadow(name: str) -> bool:
    return name.startswith("_search_")


@cache
def expected() -> Mapping[str, Item]:
    """Return what a new archive has, by name."""
    return _new()[0]


@cache
def _new() -> tuple[dict[str, Item], dict[str, set[str]]]:
    """Make a new archive in memory; return what it has, and the columns of its tables."""
    db = Database(memory=True, recursive_triggers=False, execute_plugins=False)
    try:
        schema.bring_up(db)
        here = present(db)
        return here, {name: _columns(db, name) for name in here if here[name].kind == "table"}
    finally:
        db.close()


def present(db: Database) -> dict[str, Item]:
    """Return what an archive has, by name."""
    sql = "select type, name, tbl_name, sql from sqlite_master where sql is not null"
    return {name: Item(kind, name, table, made) for kind, name, table, made in db.execute(sql)}


def lacking(db: Database) -> Iterator[Item]:
    """Yield what an archive should have and has not."""
    here = present(db)
    for name, item in expected().items():
        if name not in here:
            yield item


def check(db: Database) -> Iterator[Damage]:
    """Say which tables, columns, indexes and triggers are not there."""
    for item in lacking(db):
        grade = Grade.LOST if item.is_evidence else Grade.ANEW
        where = item.name if item.kind == "table" else item.table
        if _shadow(item.name):
            where = "_search"
        what = f"there is no {item.kind} {item.name}"
        yield Damage(grade=grade, where=where, what=what, bars=item.name in GROUND)
    yield from _narrow(db)


def _narrow(db: Database) -> Iterator[Damage]:
    """Say which columns are not there, and of which tables SQLite knows nothing any more."""
    items, columns = _new()
    for name in present(db).keys() & columns.keys():
        held = _columns(db, name)
        missing = ", ".join(sorted(columns[name] - held))
        if missing:
            grade = Grade.LOST if items[name].is_evidence else Grade.ANEW
            what = f"it has no column {missing}" if held else "it cannot be opened"
            yield Damage(grade=grade, where=name, what=what, bars=name in GROUND)


def _columns(db: Database, table: str) -> set[str]:
    try:
        return {row[1] for row in db.execute(f"pragma table_info({table})")}
    except sqlite3.DatabaseError:  # the full-text index, where its own tables are not there
        return set()
