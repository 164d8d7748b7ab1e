"""Hiding the rows of another archive that cannot be rows of one, before it is taken in.

It may come from anybody, or off a failing disk. What would make this archive stumble is passed
over (see ``told_rows``), and so is what leads nowhere without it: of the rest all is taken.

Nothing is written to the other archive: its connection gets views of its own, which stand before
the tables of the same names.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive import identity, tables
from replyarc.archive.database import rows
from replyarc.archive.kin import Keys
from replyarc.archive.readings import Reading
from replyarc.archive.redacted import Bar, bar
from replyarc.archive.schema import Row, reply_from
from replyarc.archive.told_rows import check, check_digest

# In such an order that a row follows those that it names. Of bodies not the bytes: these are
# hashed when they are taken.
_LOOKED_AT: Final = {
    "redactions": "*",
    "_redacted": "*",
    "bodies": "sha256, size, codec, dictionary",
    "sources": "*",
    "crawls": "*",
    "listings": "*",
    "entries": "*",
    "fetches": "*",
    "_robots": "*",
    "texts": "*",
    "contents": "*",
    "captures": "*",
    "readings": "*",
}
_BY_KEY: Final = frozenset({"listings", "captures", "_redacted"})
"""Tables whose rows have no number."""

# What refers to something that is not there, now that other rows are hidden.
_LOOSE: Final = {
    "_redacted": "redaction not in (select id from redactions)",
    "crawls": "source not in (select name from sources)",
    "listings": "crawl not in (select id from crawls)",
    "readings": "fingerprint not in (select fingerprint from contents)"
    " or id not in (select reading from captures)",
}
_UNSOUND: Final = "create temp table _unsound (of_table text, key)"
_SAME: Final = "select 1 from contents where fingerprint = ? and fields = ?"


def sift(other: Database, db: Database) -> dict[str, int]:
    """Hide the unsound rows of another archive from its own connection; count them by table.

    ``db`` is the archive that it goes into: what says the same as here need not be looked at.
    """
    sifting = _Sifting(other, db)
    with _writing(other):
        other.conn.execute(_UNSOUND)
        for table in _LOOKED_AT:
            sifting.look(table)
    return dict(sifting.unsound)


class _Sifting:
    """One archive that is looked through."""

    def __init__(self, other: Database, db: Database) -> None:
        self.unsound: Counter[str] = Counter()
        self._other = other
        self._db = db
        self._replaced = bar(db)

    def look(self, table: str) -> None:
        """Find the unsound rows of a table, and hide them."""
        held = self._db.table(table).columns_dict
        key, columns = _key(table), _LOOKED_AT[table]
        with _any_text(self._other):
            for row in rows(self._other, f"select {key} as _key, {columns} from main.{table}"):
                at = row.pop("_key")
                if not self._is_sound(table, row, held):
                    self._note(table, at)
        self._hide(table)
        if table in _LOOSE:
            sql = f"select {key} from main.{table} where {_LOOSE[table]} and {_shown(table)}"
            for (at,) in self._other.conn.execute(sql).fetchall():
                self._note(table, at)
            self._hide(table)
        if table == "_redacted":
            self._replaced = Bar(self._replaced.names | bar(self._other).names)

    def _is_sound(self, table: str, row: Row, columns: dict[str, Any]) -> bool:
        if table == "contents" and self._is_here(row):
            return True
        try:
            check(table, row, columns)
            if table == "contents" and not self._replaced.said(row["fingerprint"]):
                check_digest(row)
        except ValueError:
            return False
        return True

    def _is_here(self, row: Row) -> bool:
        try:
            asked = [row["fingerprint"], row["fields"]]
            return self._db.conn.execute(_SAME, asked).fetchone() is not None
        except UnicodeEncodeError:  # see _any_text
            return False

    def _note(self, table: str, at: object) -> None:
        self.unsound[table] += 1
        self._other.conn.execute("insert into temp._unsound values (?, ?)", [table, at])

    def _hide(self, table: str) -> None:
        if self.unsound[table]:
            self._other.conn.execute(
                f"create temp view if not exists {table} as"
                f" select * from main.{table} where {_shown(table)}"
            )


def noted_anew(reading: Reading, said: str) -> tuple[Reading, Keys]:
    """Return a reading with what follows from what it says, whatever its row told; and its keys.

    Rows may be made up, or noted by an older replyarc.
    """
    reply = replace(reply_from(json.loads(said)), url=reading.url)
    says = identity.digest(identity.lasts(reply))
    noted = replace(reading, says=says, letters=len(reply.text), index_number=reply.index_number)
    return noted, identity.keys(reply)


def noted_as(reading: Reading, here: Reading, keys: Keys) -> tuple[Reading, Keys]:
    """Return the same where the reading is held here: it says the same, and so that follows too."""
    says, letters, number = here.says, here.letters, here.index_number
    return replace(reading, says=says, letters=letters, index_number=number), keys


def _key(table: str) -> str:
    """Return by what SQL a row of a table is known, also where its texts are none."""
    if table not in _BY_KEY:
        return "rowid"
    return " || '.' || ".join(f"hex({column})" for column in tables.KEYS[table])


def _shown(table: str) -> str:
    return f"{_key(table)} not in (select key from temp._unsound where of_table = '{table}')"


@contextmanager
def _any_text(db: Database) -> Iterator[None]:
    """Let texts that are no UTF-8 be read too: no row keeps us from the ones behind it."""
    before = db.conn.text_factory
    db.conn.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        db.conn.text_factory = before


@contextmanager
def _writing(db: Database) -> Iterator[None]:
    """Let a connection that only reads have tables and views of its own."""
    (reads,) = db.conn.execute("pragma query_only").fetchone()
    db.conn.execute("pragma query_only = off")
    try:
        yield
    finally:
        db.conn.execute(f"pragma query_only = {reads}")
