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
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache, partial
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from sqlite_utils import Database, Migrations

from replyarc.archive.identity import plain
from replyarc.model import Reply

FORMAT: Final = 3
"""The format of archives that this replyarc writes, kept in ``PRAGMA user_version``."""

APPLICATION: Final = 0x72706C79
"""What marks a SQLite file as an archive (``PRAGMA application_id``): "rply"."""

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
    return reply_from(
        {
            name: json.loads(value) if name in _NESTED else value
            for name, value in row.items()
            if value is not None
        }
    )


def reply_from(values: Mapping[str, Any]) -> Reply:
    """Make a Reply of plain JSON values, as ``identity.said`` writes them.

    Names that Reply does not have are left out: a newer replyarc may have written them.
    """
    return Reply(
        **{name: _READERS[name](value) for name, value in values.items() if name in _READERS}
    )


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
_NESTED: Final = frozenset(field.name for field in fields(Reply) if field.default == ())

_COLUMNS: Final = {
    name: int if hint in (int, int | None) else str for name, hint in get_type_hints(Reply).items()
}

NEWEST: Final = "coalesce(published_on, signed_on, substr(first_seen_at, 1, 10))"
"""The day by which replies are listed, newest first."""

# Tables beside `replies`, which is made from the fields of Reply. Each table and index that a page
# touches is a block more to write at every commit: short rows go `without rowid`, and `replies_key`
# is one index that answers `find` without a look at the long rows.
_TABLES: Final = f"""
create table _meta (key text primary key, value text) strict, without rowid;

-- what was fetched
create table sources (
  name text primary key, publisher text, region text, family text, urls text) strict;
create table crawls (
  id integer primary key, source text references sources (name), family text,
  started_at text, ended_at text, finished integer, report text) strict;
create table bodies (sha256 text primary key, size integer, codec text, data blob) strict;
create table fetches (
  id integer primary key, url text, form text, final_url text, fetched_at text, status integer,
  headers text, sha256 text references bodies (sha256), problem text,
  crawl integer references crawls (id)) strict;
create table _robots (origin text primary key, status integer, text text, fetched_at text) strict;

-- what was to be fetched; `page` is the address under which its reply was filed
create table entries (
  id integer primary key, source text, url text, title text, listed_on text, first_crawl integer,
  listed_at text, state text, attempts integer, problem text, asked_at text, gone_at text,
  page text, unique (source, url)) strict;

-- what was read: the evidence
create table contents (fingerprint text primary key, fields text) strict;
create table readings (
  id text primary key, url text, fingerprint text references contents (fingerprint),
  index_number text, source text, sha256 text, flags text, first_seen_at text, last_seen_at text,
  first_read_at text, last_read_at text, keys text, reply text) strict;
create table _keys (
  key text, reading text references readings (id), primary key (key, reading)
) strict, without rowid;

-- what follows from it
create table versions (
  reply text references replies (id), number integer,
  fingerprint text references contents (fingerprint), sha256 text, first_seen_at text,
  first_read_at text, primary key (reply, number)) strict, without rowid;
create table sightings (
  reply text references replies (id), url text, source text, index_number text,
  first_seen_at text, last_seen_at text, primary key (reply, url)) strict, without rowid;
create table conflicts (
  index_number text, reply text references replies (id), primary key (index_number, reply)
) strict, without rowid;

create index replies_newest on replies ({NEWEST} desc, id);
create index replies_key on replies (title, document_number, proposal_numbers, index_number, id);
create index fetches_url on fetches (url, fetched_at);
create index entries_state on entries (source, state, asked_at);
create index entries_gone on entries (page) where gone_at is not null;
create index readings_url on readings (url);
create index sightings_source on sightings (source, reply);
create index sightings_index_number on sightings (index_number);
create index conflicts_reply on conflicts (reply);
"""

# What a listing announced and what was walked of it, in each crawl.
_LISTINGS: Final = """
create table listings (
  crawl integer references crawls (id), url text, family text, pages integer, columns integer,
  announced integer, rows integer, left_out text, to_end integer, whole integer,
  primary key (crawl, url)
) strict, without rowid;
create index listings_url on listings (url, crawl);
alter table entries add column index_number text;
alter table entries add column document_number text;
"""

# What a row of a listing was told to be, if no reply (a notice, of another host). Where each value
# of a reading was read, and what else its reader noted; the bodies of the further
# pages that it was read from; what attached files say.
_EVIDENCE: Final = """
alter table entries add column told text;
update entries set told = problem, problem = null where state = 'left out';
alter table readings add column notes text;
alter table readings add column parts text;
create table texts (
  sha256 text primary key references bodies (sha256), kind text, text text, pages integer,
  problem text) strict;
"""

KEYS: Final = {
    "_meta": ("key",),
    "sources": ("name",),
    "crawls": ("id",),
    "bodies": ("sha256",),
    "fetches": ("id",),
    "_robots": ("origin",),
    "entries": ("source", "url"),
    "listings": ("crawl", "url"),
    "contents": ("fingerprint",),
    "readings": ("id",),
    "texts": ("sha256",),
    "replies": ("id",),
    "versions": ("reply", "number"),
    "sightings": ("reply", "url"),
    "conflicts": ("index_number", "reply"),
}
"""By which columns a row of a table is known, where one is written over."""

MIGRATIONS: Final = Migrations("replyarc")


@MIGRATIONS(name="1 the first tables")
def _first(db: Database) -> None:
    db.table("replies").create(_COLUMNS, pk="id", strict=True)
    db.executescript(_TABLES)


@MIGRATIONS(name="2 listings, and rows that are left out")
def _second(db: Database) -> None:
    for statement in filter(str.strip, _LISTINGS.split(";")):
        db.execute(statement)


@MIGRATIONS(name="3 where values were read, and the texts of files")
def _third(db: Database) -> None:
    for statement in filter(str.strip, _EVIDENCE.split(";")):
        db.execute(statement)


def outdated(db: Database) -> bool:
    """Tell whether the tables are those of an older replyarc, or not made yet."""
    return bool(MIGRATIONS.pending(db) or _missing_columns(db))


def bring_up(db: Database) -> None:
    """Make the tables, or add what they lack; belongs inside a transaction."""
    MIGRATIONS.apply(db)
    for name, kind in _missing_columns(db).items():
        db.table("replies").add_column(name, kind)


def _missing_columns(db: Database) -> dict[str, type]:
    """Return the fields that Reply gained since the archive was made."""
    present = db.table("replies").columns_dict
    return {name: kind for name, kind in _COLUMNS.items() if name not in present}
