"""Keeping bytes, filing readings, and bringing up to date what follows from them.

Everything here is called inside a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Final

from sqlite_utils import Database

from replyarc.archive import blobs, identity
from replyarc.archive.database import write
from replyarc.archive.readings import History, Reading, history, merge, outcome
from replyarc.archive.schema import Row, instant, packed, reply_from, row_of
from replyarc.model import Outcome, Reply, Request, Response

_READING: Final = ", ".join(Reading.__slots__)

_LIST: Final = "select value from json_each(?)"

_HOLDERS: Final = f"select reading from _keys where key in ({_LIST})"
_KIN: Final = f"select {_READING}, keys, reply from readings where id in ({_LIST})"

_BEARERS: Final = """
select reply, false from sightings where index_number = :number
union all select reply, true from conflicts where index_number = :number
"""

_SHOW_CONFLICT: Final = """
update replies set flags = (
  select json_group_array(value) from (
    select value from json_each(flags) where value <> 'index-conflict'
    union all
    select 'index-conflict' where exists (select 1 from conflicts where reply = replies.id)))
where id = ?
"""


def keep(db: Database, response: Response, crawl: int | None) -> str:
    """Keep a body, once, and that it was fetched; return the body's SHA-256."""
    name = sha256(response.body).hexdigest()
    if not db.conn.execute("select 1 from bodies where sha256 = ?", [name]).fetchone():
        codec, data = blobs.pack(response.body)
        row = {"sha256": name, "size": len(response.body), "codec": codec, "data": data}
        write(db, "bodies", row)
    fetch = {
        "url": response.request.url,
        "form": _form(response.request),
        "final_url": response.url,
        "fetched_at": instant(response.fetched_at),
        "status": response.status,
        "headers": packed(response.headers),
        "sha256": name,
        "crawl": crawl,
    }
    write(db, "fetches", fetch)
    return name


def _form(request: Request) -> str | None:
    """Return what was sent with a request, fields or JSON; ``None`` for a GET."""
    return packed(request.form) if request.form else request.json or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """From what, when and how a reply was read.

    ``sha256`` names the bytes of its page, ``parts`` those of its further pages. ``seen_at`` is
    when they were fetched, ``read_at`` when they were read. ``notes`` say where each value stood.
    """

    sha256: str
    seen_at: datetime
    read_at: datetime
    parts: Sequence[str] = ()
    notes: Mapping[str, object] | None = None


def put(db: Database, reply: Reply, filing: Filing) -> Outcome:
    """File a reading, and settle every reply that it touches."""
    said, keys = identity.said(reply), identity.keys(reply)
    filed = _reading(reply, identity.digest(said), filing)
    kin, former = _kin(db, filed.id, keys)
    before = next((reading for reading in kin if reading.id == filed.id), None)
    if before is None:
        after = filed
        write(db, "contents", {"fingerprint": filed.fingerprint, "fields": said})
    else:
        after = merge(before, filed)
        del kin[before]
    kin[after] = keys
    settled = [(history(group), group) for group in identity.replies(kin)]
    now = {reading.id: one.id for one, group in settled for reading in group}
    _note(db, after, None if before else keys, now, former)
    _settle(db, settled, set(former.values()), {filed.fingerprint: reply})
    return outcome(before, after, next(group for _, group in settled if after in group))


def _reading(reply: Reply, fingerprint: str, filing: Filing) -> Reading:
    seen_at, read_at = instant(filing.seen_at), instant(filing.read_at)
    return Reading(
        id=identity.reading_id(reply.url, fingerprint),
        url=reply.url,
        fingerprint=fingerprint,
        index_number=reply.index_number,
        source=reply.source,
        sha256=filing.sha256,
        flags=packed(reply.flags),
        notes=None if filing.notes is None else packed(filing.notes),
        parts=packed(filing.parts) if filing.parts else None,
        first_seen_at=seen_at,
        last_seen_at=seen_at,
        first_read_at=read_at,
        last_read_at=read_at,
    )


def _kin(
    db: Database, reading: str, keys: frozenset[str]
) -> tuple[dict[Reading, frozenset[str]], dict[str, str]]:
    """Return what is filed of this reading and of all that a chain of shared keys leads to.

    That is each reading with its keys, and by the reading's id the reply that it belonged to.
    """
    kin: dict[Reading, frozenset[str]] = {}
    former: dict[str, str] = {}
    asked: set[str] = set()
    ask = set(keys)
    more = set() if keys else {reading}  # its own keys lead to it, where it has any
    while ask or more:
        more.update(holder for (holder,) in db.conn.execute(_HOLDERS, _list(ask)))
        for *values, held, reply in db.conn.execute(_KIN, _list(more)) if more else ():
            one = Reading(**dict(zip(Reading.__slots__, values, strict=True)))
            kin[one] = frozenset(json.loads(held))
            former[one.id] = reply
        asked |= ask
        ask, more = set(chain(*kin.values())) - asked, set()
    return kin, former


def _note(
    db: Database,
    filed: Reading,
    keys: frozenset[str] | None,
    now: Mapping[str, str],
    former: Mapping[str, str],
) -> None:
    """Write a reading, its keys where it is new, and to which reply each of its kin belongs."""
    row: Row = {name: getattr(filed, name) for name in Reading.__slots__}
    row["reply"] = now[filed.id]
    if keys is None:
        write(db, "readings", row)
    else:
        write(db, "readings", {**row, "keys": packed(sorted(keys))})
        pairs = [(key, filed.id) for key in keys]
        db.conn.executemany("insert into _keys (key, reading) values (?, ?)", pairs)
    moved = [(now[reading], reading) for reading in former if now[reading] != former[reading]]
    if moved:
        db.conn.executemany("update readings set reply = ? where id = ?", moved)


def _settle(
    db: Database,
    settled: Iterable[tuple[History, tuple[Reading, ...]]],
    former: set[str],
    known: Mapping[str, Reply],
) -> None:
    """Write what follows from readings, each group of them a reply, over what followed before.

    ``former`` are the replies that they were before, ``known`` what need not be looked up of what
    they say, by its fingerprint.
    """
    numbers = set()
    if former:
        sql = f"select distinct index_number from sightings where reply in ({_LIST})"
        numbers = {number for (number,) in db.conn.execute(sql, _list(former))}
        for table in ("versions", "sightings", "conflicts"):
            db.conn.execute(f"delete from {table} where reply in ({_LIST})", _list(former))
    for one, group in settled:
        numbers.update(reading.index_number for reading in one.now)
        _show(db, one, group, known)
    former = former - {one.id for one, _ in settled}
    if former:
        db.conn.execute(f"delete from replies where id in ({_LIST})", _list(former))
    for number in sorted(numbers - {None}):
        _compare(db, number)


def _show(
    db: Database, history: History, group: tuple[Reading, ...], known: Mapping[str, Reply]
) -> None:
    """Write one reply: its row, its versions, and where it was seen."""
    write(db, "replies", _row(db, history, known))
    for number, version in enumerate(history.versions, 1):
        row = {"reply": history.id, "number": number, "fingerprint": version.fingerprint}
        instants = {"first_seen_at": version.first_seen_at, "first_read_at": version.first_read_at}
        write(db, "versions", {**row, "sha256": version.sha256, **instants})
    for now in history.now:
        row = {
            "reply": history.id,
            "url": now.url,
            "source": now.source,
            "index_number": now.index_number,
            "first_seen_at": min(one.first_seen_at for one in group if one.url == now.url),
            "last_seen_at": now.last_seen_at,
        }
        write(db, "sightings", row)


def _row(db: Database, history: History, known: Mapping[str, Reply]) -> Row:
    shown, last = history.shown, history.last
    reply = known.get(shown.fingerprint) or _said(db, shown.fingerprint)
    return row_of(reply) | {
        "id": history.id,
        "url": last.url,
        "source": last.source,
        "first_seen_at": history.first_seen_at,
        "last_seen_at": last.last_seen_at,
        "changed_at": history.versions[-1].first_read_at,
        "gone_at": _gone_at(db, ((now.url, now.last_seen_at) for now in history.now)),
        "version": history.version,
        "sha256": shown.sha256,
        "flags": shown.flags,
    }


def _said(db: Database, fingerprint: str) -> Reply:
    sql = "select fields from contents where fingerprint = ?"
    (fields,) = db.conn.execute(sql, [fingerprint]).fetchone()
    return reply_from(json.loads(fields))


def _gone_at(db: Database, addresses: Iterable[tuple[str, str]]) -> str | None:
    """Return when the last address of a reply was found gone, unless it is still seen somewhere."""
    sql = "select max(gone_at) from entries where page = ? and gone_at >= ? and state = 'gone'"
    found = [db.conn.execute(sql, address).fetchone()[0] for address in addresses]
    return max(found) if all(found) else None


def mark_gone(db: Database, page: str) -> None:
    """Bring ``gone_at`` up to date for the replies that were seen at this address."""
    for (reply,) in db.conn.execute(
        "select distinct reply from readings where url = ?", [page]
    ).fetchall():
        sql = "select url, last_seen_at from sightings where reply = ?"
        gone_at = _gone_at(db, db.conn.execute(sql, [reply]).fetchall())
        db.conn.execute("update replies set gone_at = ? where id = ?", [gone_at, reply])


def _compare(db: Database, number: str) -> None:
    """Record a conflict where several replies bear one index number now, and flag each of them."""
    bearers: set[str] = set()
    known: set[str] = set()
    for reply, noted in db.conn.execute(_BEARERS, {"number": number}):
        (known if noted else bearers).add(reply)
    now = bearers if len(bearers) > 1 else set()
    for reply in now - known:
        write(db, "conflicts", {"index_number": number, "reply": reply})
    for reply in known - now:
        db.conn.execute(
            "delete from conflicts where index_number = ? and reply = ?", [number, reply]
        )
    for reply in known ^ now:
        db.conn.execute(_SHOW_CONFLICT, [reply])


def _list(values: Iterable[str]) -> list[str]:
    return [packed(sorted(values))]
