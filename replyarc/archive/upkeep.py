"""The aids of this machine alone: how hosts are to be asked, what was found and what exported.

Nothing of the evidence hangs on them. So what is damaged of them is emptied and fills again, no
merge and no import brings those of another archive in, and whatever speaks of a redacted reply
goes (see ``mentions``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlite_utils import Database

from replyarc.archive.damage import Damage, Grade
from replyarc.archive.evidence_checks import Found, Looking
from replyarc.archive.layout import AIDS, expected

_INSTANT: Final = "{} glob '????-??-??T??:??:??.??????Z' and julianday({}) is not null"
# What a row must be to be read; columns that may be null are told apart.
_LEGIBLE: Final = {
    "_hosts": (
        ("next_at",),
        ("rests_until", "failed_at"),
        "why is not null and failures >= 0 and host is not null",
    ),
    "_findings": (
        ("since", "seen_at", "said_at"),
        ("ended_at",),
        "measure is not null and text is not null",
    ),
    "_exports": (("exported_at",), (), "json_valid(filters) and about is not null"),
    "_exported": ((), (), "mark is not null"),
}


def check(looking: Looking) -> Iterator[Damage]:
    """Look for rows that nobody can read."""
    damaged = {each.where for each in looking.verdict.damage}  # as `layout.check` found them
    here = set(looking.db.table_names())  # one of an older format has not all of them
    for table in AIDS:
        found = Found(table, Grade.ANEW)
        if table in here and table not in damaged:
            with found.reading_on():
                sql = f"select * from {table} where not ({_legible(table)})"
                for row in looking.db.execute(sql):
                    found.add("not as it was written: a value is missing or no instant", row[0])
        yield from found.damage()


def _legible(table: str) -> str:
    needed, optional, rest = _LEGIBLE[table]
    told = [
        *(f"coalesce({_INSTANT.format(each, each)}, 0)" for each in needed),
        *(f"({each} is null or {_INSTANT.format(each, each)})" for each in optional),
        f"coalesce({rest}, 0)",
    ]
    return " and ".join(told)


def remake(db: Database, table: str) -> str:
    """Make one of these tables anew, empty; return what was done, in words."""
    db.execute(f"drop table if exists {table}")
    db.execute(expected()[table].sql)
    them = "exports" if table.startswith("_export") else "crawls"
    return f"the table {table} is made anew, empty: the next {them} fill it"
