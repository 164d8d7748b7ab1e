"""Looking replies up: by a key in any spelling, by filters, and what came close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive import former
from replyarc.archive.database import rows
from replyarc.archive.files import filled
from replyarc.archive.holding import attached
from replyarc.archive.near import likely
from replyarc.archive.query import Query
from replyarc.archive.schema import (
    COLUMNS,
    INSTANTS,
    LISTS,
    instant,
    packed,
    reply_from,
    reply_of,
    unpacked,
)
from replyarc.archive.tables import NEWEST
from replyarc.archive.values import reader
from replyarc.archive.ways import NUMBERED, WAYS, asked
from replyarc.instants import CHINA
from replyarc.model import Reply
from replyarc.text.normal import normal_number


@dataclass(frozen=True, slots=True)
class Version:
    """One thing that a reply said, by number from 1, and the bytes it was first read from.

    ``first_seen_at`` is when it was seen first; ``first_read_at`` is later where it was found by
    reading kept bytes again.
    """

    number: int
    fingerprint: str
    sha256: str
    first_seen_at: datetime
    first_read_at: datetime
    reply: Reply


@dataclass(frozen=True, slots=True)
class Sighting:
    """One address of a reply, and from when to when it was seen there."""

    url: str
    source: str
    first_seen_at: datetime
    last_seen_at: datetime


PUBLISHED: Final = "coalesce(published_on, signed_on)"
"""The day of a reply that filters go by."""

# filter of Query: what must hold of a reply
_CONDITIONS: Final = {
    "source": "+id in (select reply from sightings where source = :source)",
    "publisher": "(instr(publisher, :publisher) or instr(answered_by, :publisher))",
    "kind": "kind = :kind",
    "term": "term = :term",
    "session": "session = :session",
    "number": NUMBERED,
    "since": f"{PUBLISHED} >= :since",
    "until": f"{PUBLISHED} <= :until",
    "year": f"cast(substr({PUBLISHED}, 1, 4) as integer) = :year",
    "changed_since": "changed_at >= :changed_since",
    "gone": "gone_at is not null",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The replies that a key names; ``former`` is by what, where it is by a thing of the past."""

    replies: list[Reply]
    former: str | None = None


def find(db: Database, key: str) -> list[Reply]:
    """Return the replies that a key names, newest first; see ``Archive.find``."""
    return look_up(db, key).replies


def look_up(db: Database, key: str) -> Found:
    """Return the replies that a key names; where none is named so now, those that once were."""
    spelled = asked(key)
    for way in WAYS:
        found = {reply for (reply,) in db.execute(way, spelled)}
        if found:
            return Found(named(db, found))
    once, name = former.named_by(db, spelled)
    return Found(named(db, once), name)


def named(db: Database, ids: Iterable[str]) -> list[Reply]:
    """Return the replies of these ids, newest first."""
    sql = "select * from replies where id in (select value from json_each(?))"
    return [
        filled(db, reply_of(row))
        for row in rows(db, f"{sql} order by {NEWEST} desc, id", [packed([*ids])])
    ]


def near(db: Database, key: str, limit: int) -> list[Reply]:
    """Return the replies whose title or number is most like a key, best first; see `near`."""
    best = likely(db, key, limit)
    found = {reply.id: reply for reply in named(db, best)}
    return [found[reply] for reply in best]


_SAID: Final = f"select {', '.join(COLUMNS)} from replies"


def replies(db: Database, query: Query) -> Iterator[Reply]:
    """Yield the replies that a query asks for, newest first."""
    where, asked = condition(query)
    sql = f"select * from replies where {where} order by {NEWEST} desc, id limit :limit offset :at"
    limit = -1 if query.limit is None else query.limit
    for row in rows(db, sql, {**asked, "limit": limit, "at": query.offset}):
        yield filled(db, reply_of(row))


def said(
    db: Database, query: Query, *, order: str = NEWEST, among: str = "true"
) -> Iterator[dict[str, Any]]:
    """Yield the same replies as values of the contract's JSON, under its keys, in its order.

    What is greatest by ``order`` comes first; ``among`` is what else must hold of them. Both are
    SQL.
    """
    where, asked = condition(query)
    where = f"where {among} and {where} order by {order} desc, id"
    limit = -1 if query.limit is None else query.limit
    read = reader(tuple(COLUMNS), LISTS, INSTANTS)
    asked = {**asked, "limit": limit, "at": query.offset}
    for row in db.execute(f"{_SAID} {where} limit :limit offset :at", asked):
        values = read(row)
        if values["attachments"]:
            values["attachments"] = attached(db, values["id"], values["attachments"])
        yield values


def count(db: Database, query: Query) -> int:
    """Return how many replies pass the filters; ``limit`` and ``offset`` play no part."""
    where, asked = condition(query)
    (number,) = db.execute(f"select count(*) from replies where {where}", asked).fetchone()
    return int(number)


def condition(query: Query) -> tuple[str, dict[str, Any]]:
    """Return the filters of a query as SQL, and what is to be filled in."""
    given = ((name, getattr(query, name)) for name in _CONDITIONS)
    asked = {name: _asked(name, value) for name, value in given if value not in (None, False)}
    return " and ".join(_CONDITIONS[name] for name in asked) or "true", asked


def _asked(name: str, value: Any) -> str | int:
    """Return the value of a filter as it is compared; a day begins when it begins in China."""
    if name == "changed_since":
        return instant(datetime.combine(value, time(), CHINA))
    if name == "number":
        return normal_number(value).removeprefix("第").removesuffix("号")
    return value.isoformat() if isinstance(value, date) else value


def versions(db: Database, reply: str) -> list[Version]:
    """Return what a reply said, oldest first."""
    sql = "select * from versions join contents using (fingerprint) where reply = ? order by number"
    return [
        Version(
            number=row["number"],
            fingerprint=row["fingerprint"],
            sha256=row["sha256"],
            first_seen_at=datetime.fromisoformat(row["first_seen_at"]),
            first_read_at=datetime.fromisoformat(row["first_read_at"]),
            reply=replace(
                reply_from(unpacked(row["fields"])),
                id=reply,
                version=row["number"],
                sha256=row["sha256"],
            ),
        )
        for row in rows(db, sql, [reply])
    ]


_NOTES: Final = """
select readings.notes from replies
join versions on versions.reply = replies.id and versions.number = replies.version
join readings on readings.reply = replies.id and readings.fingerprint = versions.fingerprint
where replies.id = ? order by readings.url = replies.url desc, readings.id
"""


def notes(db: Database, reply: str) -> dict[str, Any] | None:
    """Return where each value of a reply was read, and what else its reader noted.

    ``None`` where an older replyarc filed it.
    """
    found = db.execute(_NOTES, [reply]).fetchone()
    return unpacked(found[0]) if found and found[0] else None


def sightings(db: Database, reply: str) -> list[Sighting]:
    """Return where a reply was seen, first address first."""
    sql = "select * from sightings where reply = ? order by first_seen_at, url"
    return [
        Sighting(
            row["url"],
            row["source"],
            datetime.fromisoformat(row["first_seen_at"]),
            datetime.fromisoformat(row["last_seen_at"]),
        )
        for row in rows(db, sql, [reply])
    ]
