"""The crawls of two archives as those of one: each once, numbered in the order in which they began.

By their numbers the frontier knows what was listed before a crawl that was finished. So a crawl of
another archive gets its number by when it began, and those here move up where they have to. It
counts as finished only when all that came with it is here.

Everything here that writes is called inside a transaction.
"""

from __future__ import annotations

from typing import Final

from sqlite_utils import Database

from replyarc.archive import united
from replyarc.archive.database import rows, write
from replyarc.archive.redacted import Bar
from replyarc.archive.schema import Row
from replyarc.archive.united import greatest, name_of_crawl

_LATEST: Final = """
select sources.*, (select max(started_at) from crawls where source = name) as latest from sources
"""
_MOVE: Final = """
drop table if exists temp.moved;
create temp table moved (old integer primary key, new integer);
"""
# For each number that changes SQLite looks up which fetches name it.
_LOOK_UP: Final = "create index _moving on fetches (crawl)"
_LOOKED_UP: Final = "drop index _moving"
# In two steps, so that no crawl has the number of another one in between.
_MOVED: Final = (
    "update crawls set id = -(select new from moved where old = id)"
    " where id in (select old from moved)",
    "update listings set crawl = -(select new from moved where old = crawl)"
    " where crawl in (select old from moved)",
    "update fetches set crawl = (select new from moved where old = crawl)"
    " where crawl in (select old from moved)",
    "update entries set first_crawl = (select new from moved where old = first_crawl)"
    " where first_crawl in (select old from moved)",
    "update entries set missed = (select new from moved where old = missed)"
    " where missed in (select old from moved)",
    "update crawls set id = -id where id < 0",
    "update listings set crawl = -crawl where crawl < 0",
)


def unite(db: Database, other: Database, names: Bar) -> int:
    """Take sources and crawls in; return how many crawls are new here.

    ``names`` are redacted: no report says anything of them.
    """
    _sources(db, other)
    here = numbers(db)
    new = 0
    for row in rows(other, "select * from crawls order by started_at, source, id"):
        if _name(row) not in here:
            del row["id"]
            write(db, "crawls", row | {"finished": 0, "report": names.report(row["report"])})
            new += 1
    _number(db)
    return new


def _sources(db: Database, other: Database) -> None:
    """Let each source stand as it was configured for the latest crawl of it."""
    here = {row["name"]: row for row in rows(db, _LATEST)}
    for row in [*rows(other, _LATEST)]:
        best = greatest(here.get(row["name"], row), row, lambda each: (each["latest"] or "",))
        del best["latest"]
        write(db, "sources", best)


def numbers(db: Database) -> dict[str, int]:
    """Return the numbers of the crawls of an archive by their names."""
    return {_name(row): row["id"] for row in rows(db, "select * from crawls order by id desc")}


def translated(other: Database, db: Database) -> dict[int | None, int | None]:
    """Return by the number that a crawl has in another archive the one that it has here."""
    here = numbers(db)
    named = rows(other, "select * from crawls")
    return {None: None, **{row["id"]: here[_name(row)] for row in named}}


def _name(row: Row) -> str:
    return name_of_crawl(row["started_at"], row["source"])


def _number(db: Database) -> None:
    """Number the crawls in the order in which they began."""
    ids = [id for (id,) in db.conn.execute("select id from crawls order by id")]
    began = db.conn.execute("select id from crawls order by started_at, source, id")
    moved = [(old, new) for (old,), new in zip(began.fetchall(), ids, strict=True) if old != new]
    if not moved:
        return
    db.conn.execute("pragma defer_foreign_keys = on")  # till the commit, all numbers fit again
    for statement in _MOVE.strip().split("\n"):
        db.conn.execute(statement)
    db.conn.executemany("insert into moved values (?, ?)", moved)
    for statement in (_LOOK_UP, *_MOVED, _LOOKED_UP):
        db.conn.execute(statement)


def finish(db: Database, other: Database, names: Bar) -> None:
    """Let each crawl stand as it ended, now that all that came with it is here."""
    here = {_name(row): row for row in rows(db, "select * from crawls")}
    for row in rows(other, "select * from crawls"):
        now = here[_name(row)]
        row |= {"id": now["id"], "report": names.report(row["report"])}
        write(db, "crawls", greatest(now, row, united.crawl))
