"""The redactions of two archives as those of one: what either removed goes from both.

Called inside a transaction, before anything else of the other archive is taken in.
"""

from __future__ import annotations

import json
from functools import reduce
from typing import Final

from sqlite_utils import Database

from replyarc.archive import filing, identity, search
from replyarc.archive.database import rows, write
from replyarc.archive.following import closure
from replyarc.archive.redacted import Bar, bar, forbid, kept_content
from replyarc.archive.redacting import replace_contents
from replyarc.archive.schema import packed, reply_from
from replyarc.archive.united import greatest
from replyarc.text.personal import emptied

_FIELDS: Final = "select fields from contents where fingerprint = ?"
_LIST: Final = "select value from json_each(?)"

# What goes with a reading; what follows from its reply is made anew of the readings that stay.
_REMOVED: Final = (
    ("versions", "reply", "replies"),
    ("sightings", "reply", "replies"),
    ("conflicts", "reply", "replies"),
    ("replies", "id", "replies"),
    ("captures", "reading", "readings"),
    ("_keys", "reading", "readings"),
    ("readings", "id", "readings"),
)


def unite(db: Database, other: Database) -> tuple[int, int]:
    """Take the redactions of another archive in, and carry them out here.

    Returns how many are new, and how many readings were removed: those of a redacted address or
    letter that the archive which redacted it did not know, and so could not replace.
    """
    mine, theirs = bar(db), bar(other)
    names = mine.names | theirs.names
    if not names:
        return 0, 0
    new = _redactions(db, other)
    while (more := closure(db, Bar(names)) | closure(other, Bar(names))) != names:
        names = more
    (of,) = db.conn.execute("select min(id) from redactions").fetchone()
    _replace(db, other, mine, theirs)
    removed = _remove(db, Bar(names))
    forbid(db, of, names - mine.names)
    if removed:
        filing.rebuild(db)
    return new, removed


def _redactions(db: Database, other: Database) -> int:
    here = {row["id"]: row for row in rows(db, "select * from redactions")}
    there = list(rows(other, "select * from redactions"))
    for row in there:
        write(db, "redactions", greatest(here.get(row["id"], row), row))
    for name, of in other.conn.execute("select name, redaction from _redacted").fetchall():
        sql = """update _redacted set redaction = min(redaction, ?) where name = ?"""
        db.conn.execute(sql, [of, name])
    return sum(row["id"] not in here for row in there)


def _replace(db: Database, other: Database, mine: Bar, theirs: Bar) -> None:
    """Let what either archive replaced say what the replacement says, of two that which is less."""
    replaced: dict[str, str] = {}
    for name in sorted(theirs.names):
        kind, _, fingerprint = name.partition(":")
        here = _said(db, fingerprint) if kind == "said" else None
        if here is None:
            continue
        there = _said(other, fingerprint)
        known = [here] if mine.said(fingerprint) else []
        known += [there] if there is not None else []
        least = reduce(kept_content, known or [without_letter(here)])
        if least != here:
            replaced[fingerprint] = least
    replace_contents(db, replaced)


def _said(db: Database, fingerprint: str) -> str | None:
    found = db.conn.execute(_FIELDS, [fingerprint]).fetchone()
    return str(found[0]) if found else None


def without_letter(said: str) -> str:
    """Return a content without letter and title, where nobody can tell any more what to hide."""
    return identity.said(emptied(reply_from(json.loads(said))))


def content(db: Database, other: Database, fingerprint: str, said: str) -> str:
    """Return what a replaced content of another archive says here."""
    here = _said(db, fingerprint)
    if here is not None:
        return here
    return said if bar(other).said(fingerprint) else without_letter(said)


def _remove(db: Database, names: Bar) -> int:
    """Remove the readings that may not be held; return how many."""
    gone = [
        (id, reply)
        for id, url, fingerprint, keys, reply in db.conn.execute(
            "select id, url, fingerprint, keys, reply from readings"
        )
        if names.reading(url, fingerprint, json.loads(keys))
    ]
    if not gone:
        return 0
    search.forget(db, {reply for _, reply in gone})
    listed = [packed([id for id, _ in gone])]
    replies = [packed(sorted({reply for _, reply in gone}))]
    for table, column, which in _REMOVED:
        chosen = listed if which == "readings" else replies
        db.conn.execute(f"delete from {table} where {column} in ({_LIST})", chosen)
    db.conn.execute(
        "delete from contents where fingerprint not in (select fingerprint from readings)"
    )
    return len(gone)
