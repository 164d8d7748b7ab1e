"""What people are told in the file itself: the views, and the table ``columns``.

``columns`` says of every table and view that a person meets, and of each of their columns, what
it means, in one line; the row of a table itself has the empty ``column_name``. What it says is in
``columns.tsv`` beside this file; the headings and types of a reply's columns follow from Reply.
Both are written anew, inside the transaction that brings an archive up to date, whenever they
differ from what this replyarc says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib import resources
from operator import attrgetter
from typing import Final

from sqlite_utils import Database

from replyarc.archive.views import CHINESE, VIEWS, Shape, shapes, views

_COLUMNS: Final = """
create table columns (
  table_name text, column_name text, heading text, type text, meaning text, example text,
  primary key (table_name, column_name)) strict, without rowid
"""


@dataclass(frozen=True, slots=True)
class Described:
    """One line of ``columns``: a column of a table or view; with no name, the table itself.

    ``heading`` is the Chinese word for it, empty where there is none.
    """

    table_name: str
    column_name: str
    heading: str
    type: str
    meaning: str
    example: str


_NAMES: Final = ", ".join(f"'{name}'" for name in ("columns", *VIEWS))
_CELLS: Final = tuple(field.name for field in fields(Described))


def undescribe(db: Database) -> None:
    """Drop the views: SQLite changes no table that a view looks at. Belongs inside a transaction.

    A migration that drops or renames a column has to come after this; ``describe`` makes them anew.
    """
    for name in reversed(VIEWS):
        db.conn.execute(f'drop view if exists "{name}"')


def describe(db: Database) -> None:
    """Make the views and the table ``columns`` anew; belongs inside a transaction."""
    undescribe(db)
    for statement in views(shapes()).values():
        db.conn.execute(statement)
    db.conn.execute("drop table if exists columns")
    db.conn.execute(_COLUMNS)
    places = ", ".join("?" * len(_CELLS))
    lines = map(attrgetter(*_CELLS), descriptions())  # `astuple` copies: ten times as slow
    db.conn.executemany(f"insert into columns values ({places})", lines)
    db.conn.execute("insert or replace into _meta values ('described', ?)", [_stamp()])


def outdated(db: Database) -> bool:
    """Tell whether the archive describes itself otherwise than this replyarc would.

    That is also where a view, or a line of ``columns``, is not there any more. An archive without
    ``_meta`` is damaged: that is for ``verify`` to say.
    """
    sql = f"select name from sqlite_master where name in ('_meta', {_NAMES})"
    present = {name for (name,) in db.conn.execute(sql)}
    if "_meta" not in present:
        return False
    if len(present) < len(VIEWS) + 2:
        return True
    told = "select value, (select count(*) from columns) from _meta where key = 'described'"
    return [*db.conn.execute(told)] != [(_stamp(), len(descriptions()))]


def aids(db: Database) -> list[str]:
    """Return the tables that nobody needs to look at: their names begin with an underscore."""
    sql = "select name from sqlite_master where type = 'table' and name glob '[_]*' order by name"
    return [name for (name,) in db.conn.execute(sql)]


@cache
def descriptions() -> tuple[Described, ...]:
    """Return what is said of every table and column, the columns of replies in their order."""
    text = resources.files("replyarc.archive").joinpath("columns.tsv").read_text("utf-8")
    return tuple(complete((Described(*line.split("\t")) for line in text.splitlines()), shapes()))


def complete(written: Iterable[Described], columns: Iterable[Shape]) -> Iterator[Described]:
    """Yield what is written, and from it what follows for the columns of a reply.

    ``replies`` takes heading and type from the field; a field that nobody described yet is
    explained by its heading. The flat views say of each column what ``replies`` says.
    """
    columns = tuple(columns)
    names = {column.name for column in columns}
    said: dict[str, Described] = {}
    for line in written:
        if line.table_name == "replies" and line.column_name in names:
            said[line.column_name] = line
        else:
            yield line
    for column in columns:
        yield from _of_reply(column, said.get(column.name))


def _of_reply(column: Shape, line: Described | None) -> Iterator[Described]:
    meaning, example = (line.meaning, line.example) if line else (column.heading, "")
    yield Described("replies", column.name, column.heading, column.told, meaning, example)
    if column.many and column.kind is str:
        example = "; ".join(json.loads(example)) if example else ""
    elif column.kind is datetime and example:
        example = f"{example[:19]}Z"
    for table, name in (("replies_flat", column.name), (CHINESE, column.heading)):
        yield Described(table, name, column.heading, column.told_flat, meaning, example)


@cache
def _stamp() -> str:
    """Return what changes when anything here does."""
    said = (*views(shapes()).values(), _COLUMNS, *map(repr, descriptions()))
    return sha256("\n".join(said).encode()).hexdigest()
