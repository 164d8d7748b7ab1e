"""The tables of an archive, and how a Reply is written to a row and read back.

The columns of ``replies`` are the fields of Reply: a field added there is a column added when an
older archive is opened. Days and instants are ISO text (instants in UTC to the microsecond, so
that their order as text is their order in time), lists and nested values JSON. Tables whose names
begin with an underscore are aids, bytes have a table of their own, and so the file is pleasant to
open in Datasette.

``contents`` and ``readings`` are the evidence; ``replies``, ``versions``, ``sightings`` and
``conflicts`` follow from it (see ``identity``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache, partial
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from sqlite_utils import Database, Migrations

from replyarc.archive import tables
from replyarc.archive.describing import describe, undescribe
from replyarc.archive.identity import plain
from replyarc.archive.values import Illegible
from replyarc.model import Reply

Row = dict[str, Any]
Reader = Callable[[Any], Any]


@lru_cache(maxsize=16)  # one page asks for the same instant several times
def instant(at: datetime) -> str:
    """Write an instant as the archive keeps it.

    >>> instant(datetime(2024, 5, 1, 8, tzinfo=UTC))
    '2024-05-01T08:00:00.000000Z'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


packed: Final[Callable[[object], str]] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode
"""Write lists and nested values as compact JSON, Chinese left readable."""


def row_of(reply: Reply) -> Row:
    """Return a reply as a row of ``replies``: column by column, in the order of its fields."""
    row = _EMPTY.copy()
    for name, default in _DEFAULTS:
        value = getattr(reply, name)
        if value is not default:
            row[name] = _cell(value)
    return row


def _cell(value: object) -> str | int | None:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, datetime):
        return instant(value)
    written = plain(value)
    return written if isinstance(written, str) else packed(written)


def reply_of(row: Mapping[str, Any]) -> Reply:
    """Read a row back. A column that is missing or null leaves the field at its default."""
    name = ""
    values = {}
    try:
        for name, value in row.items():
            if value is not None:
                values[name] = json.loads(value) if name in LISTS else value
    except ValueError as error:
        raise Illegible(f"{name}: {error}") from error
    return reply_from(values)


def unpacked(said: str) -> dict[str, Any]:
    """Read what a page said, as ``identity.said`` writes it. Raises Illegible."""
    try:
        values = json.loads(said)
    except ValueError as error:
        raise Illegible(str(error)) from error
    if not isinstance(values, dict):
        raise Illegible(f"{said[:20]!r} is no object")
    return values


def reply_from(values: Mapping[str, Any]) -> Reply:
    """Make a Reply of plain JSON values, as ``identity.said`` writes them.

    Names that Reply does not have are left out: a newer replyarc may have written them. Raises
    Illegible.
    """
    name = ""
    read = {}
    try:
        for name, value in values.items():
            if name in _READERS:
                read[name] = _READERS[name](value)
        return Reply(**read)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Illegible(f"{name}: {error}") from error


def _reader(hint: Any) -> Reader:
    """Return what reads a plain JSON value back as a field of this type."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (kind for kind in get_args(hint) if kind is not type(None))
    if get_origin(hint) is tuple:
        read = _reader(get_args(hint)[0])
        return lambda values: tuple(read(value) for value in values)
    if is_dataclass(hint):
        kind: Any = hint
        return partial(_object, kind, _readers(kind))
    if issubclass(hint, date):
        day: type[date] = hint
        return day.fromisoformat
    return hint if issubclass(hint, StrEnum) else lambda value: value


def _object(kind: Callable[..., Any], readers: dict[str, Reader], values: dict[str, Any]) -> Any:
    return kind(**{name: readers[name](values[name]) for name in values})


def _readers(kind: Any) -> dict[str, Reader]:
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in fields(kind)}


_READERS: Final = _readers(Reply)
_DEFAULTS: Final = tuple((field.name, field.default) for field in fields(Reply))
_EMPTY: Final = {name: _cell(default) for name, default in _DEFAULTS}
LISTS: Final = frozenset(field.name for field in fields(Reply) if field.default == ())
"""The columns that are JSON."""
INSTANTS: Final = frozenset(field.name for field in fields(Reply) if field.name.endswith("_at"))

COLUMNS: Final = {
    name: int if hint in (int, int | None) else str for name, hint in get_type_hints(Reply).items()
}

MIGRATIONS: Final = Migrations("replyarc")


@MIGRATIONS(name="1 the first tables")
def _first(db: Database) -> None:
    db.table("replies").create(COLUMNS, pk="id", strict=True)
    _run(db, tables.FIRST)


@MIGRATIONS(name="2 listings, and rows that are left out")
def _second(db: Database) -> None:
    _run(db, tables.SECOND)


@MIGRATIONS(name="3 where values were read, and the texts of files")
def _third(db: Database) -> None:
    _run(db, tables.THIRD)


@MIGRATIONS(name="4 captures, redactions, the full-text index")
def _fourth(db: Database) -> None:
    from replyarc.archive.filing import rebuild  # which is made of the tables that are made here

    _run(db, tables.FOURTH)
    _run(db, tables.FOURTH_DATA)
    for column in tables.FOURTH_DROPPED:
        db.conn.execute(f"alter table readings drop column {column}")
    rebuild(db)


@MIGRATIONS(name="5 hosts and findings, from run to run")
def _fifth(db: Database) -> None:
    _run(db, tables.FIFTH)


@MIGRATIONS(name="6 what each export has told")
def _sixth(db: Database) -> None:
    _run(db, tables.SIXTH)


def _run(db: Database, script: str) -> None:
    """Execute statements one by one: ``executescript`` would end the transaction they are in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


def outdated(db: Database) -> bool:
    """Tell whether the tables are those of an older replyarc, or not made yet."""
    return bool(MIGRATIONS.pending(db) or _missing_columns(db))


def make(db: Database) -> None:
    """Make the tables and views of a new archive; belongs inside a transaction.

    They are those that all migrations lead to, made at once: ten times as fast.
    """
    new = _new()
    for (sql,) in new.execute(_STATEMENTS):
        db.conn.execute(sql)
    for (table,) in new.execute(_TABLES).fetchall():
        rows = new.execute(f"select * from {table}").fetchall()
        if rows:
            places = ", ".join("?" * len(rows[0]))
            db.conn.executemany(f"insert into {table} values ({places})", rows)


@cache
def _new() -> sqlite3.Connection:
    """Return a new archive in memory, to which the migrations led."""
    db = Database(memory=True, recursive_triggers=False, execute_plugins=False)
    bring_up(db)
    return db.conn


# What belongs to the full-text index is made with it.
_STATEMENTS: Final = """
select sql from sqlite_master where sql is not null and name not glob '_search_*' order by rowid
"""
_TABLES: Final = """
select name from sqlite_master where type = 'table' and name not glob '_search*' order by rowid
"""


def bring_up(db: Database) -> None:
    """Make the tables and views, or add what they lack; belongs inside a transaction."""
    undescribe(db)  # SQLite drops no column that a view looks at
    MIGRATIONS.apply(db)
    for name, kind in _missing_columns(db).items():
        db.table("replies").add_column(name, kind)
    describe(db)


def _missing_columns(db: Database) -> dict[str, type]:
    """Return the fields that Reply gained since the archive was made."""
    present = db.table("replies").columns_dict
    return {name: kind for name, kind in COLUMNS.items() if name not in present}
