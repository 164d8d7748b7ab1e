"""Keeping bytes, filing readings, and bringing up to date what follows from them.

Everything here is called inside a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Final

from sqlite_utils import Database

from replyarc.archive import blobs, identity
from replyarc.archive.database import rows, write
from replyarc.archive.readings import History, Reading, history, merge, outcome
from replyarc.archive.schema import Row, instant, packed, reply_from, row_of
from replyarc.model import Outcome, Reply, Response

_READING: Final = ", ".join(Reading.__slots__)

_LIST: Final = "select value from json_each(?)"

_KIN: Final = f"""
select id, keys from readings where id in (select reading from _keys where key in ({_LIST}))
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
        "form": packed(response.request.form) if response.request.form else None,
        "final_url": response.url,
        "fetched_at": instant(response.fetched_at),
        "status": response.status,
        "headers": packed(response.headers),
        "sha256": name,
        "crawl": crawl,
    }
    write(db, "fetches", fetch)
    return name


def put(db: Database, reply: Reply, sha256: str, seen_at: datetime, read_at: datetime) -> Outcome:
    """File a reading, and settle every reply that it touches."""
    said = identity.said(reply)
    filed = _reading(reply, identity.digest(said), sha256, instant(seen_at), instant(read_at))
    found = list(rows(db, f"select {_READING} from readings where id = ?", [filed.id]))
    before = Reading(**found[0]) if found else None
    after = merge(before, filed) if before else filed
    keys = identity.keys(reply)
    row = {name: getattr(after, name) for name in Reading.__slots__}
    if before is None:
        write(db, "contents", {"fingerprint": filed.fingerprint, "fields": said})
        write(db, "readings", {**row, "keys": packed(sorted(keys))})
        pairs = [(key, filed.id) for key in keys]
        db.conn.executemany("insert into _keys (key, reading) values (?, ?)", pairs)
    else:
        write(db, "readings", row)
    groups = identity.replies(_kin(db, after, keys))
    _settle(db, groups)
    return outcome(before, after, next(group for group in groups if after in group))


def _reading(reply: Reply, fingerprint: str, sha256: str, seen_at: str, read_at: str) -> Reading:
    return Reading(
        id=identity.reading_id(reply.url, fingerprint),
        url=reply.url,
        fingerprint=fingerprint,
        index_number=reply.index_number,
        source=reply.source,
        sha256=sha256,
        flags=packed(reply.flags),
        first_seen_at=seen_at,
        last_seen_at=seen_at,
        first_read_at=read_at,
        last_read_at=read_at,
    )


def _kin(db: Database, filed: Reading, keys: frozenset[str]) -> dict[Reading, frozenset[str]]:
    """Return every reading that a chain of shared keys leads to from this one, with its keys."""
    found = {filed.id: keys}
    asked: set[str] = set()
    while ask := set(chain(*found.values())) - asked:
        asked |= ask
        for reading, held in db.conn.execute(_KIN, _list(ask)):
            found[reading] = frozenset(json.loads(held))
    if len(found) == 1:
        return {filed: keys}
    sql = f"select {_READING} from readings where id in ({_LIST})"
    return {Reading(**row): found[row["id"]] for row in rows(db, sql, _list(found))}


def _settle(db: Database, groups: Iterable[tuple[Reading, ...]]) -> None:
    """Write what follows from readings, each group of them a reply, over what followed before."""
    readings = _list(reading.id for group in groups for reading in group)
    sql = f"select distinct reply from readings where id in ({_LIST}) and reply is not null"
    former = {reply for (reply,) in db.conn.execute(sql, readings)}
    numbers = set()
    if former:
        sql = f"select distinct index_number from sightings where reply in ({_LIST})"
        numbers = {number for (number,) in db.conn.execute(sql, _list(former))}
        for table in ("versions", "sightings", "conflicts"):
            db.conn.execute(f"delete from {table} where reply in ({_LIST})", _list(former))
    for group in groups:
        settled = history(group)
        former.discard(settled.id)
        numbers.update(reading.index_number for reading in settled.now)
        _show(db, settled, group)
    if former:
        db.conn.execute(f"delete from replies where id in ({_LIST})", _list(former))
    for number in sorted(numbers - {None}):
        _compare(db, number)


def _show(db: Database, history: History, group: tuple[Reading, ...]) -> None:
    """Write one reply: its row, its versions, and where it was seen."""
    write(db, "replies", _row(db, history))
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
    readings = packed([reading.id for reading in group])
    db.conn.execute(f"update readings set reply = ? where id in ({_LIST})", [history.id, readings])


def _row(db: Database, history: History) -> Row:
    shown, last = history.shown, history.last
    sql = "select fields from contents where fingerprint = ?"
    (fields,) = db.conn.execute(sql, [shown.fingerprint]).fetchone()
    return row_of(reply_from(json.loads(fields))) | {
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
    sql = "select distinct reply from sightings where index_number = ?"
    bearers = {reply for (reply,) in db.conn.execute(sql, [number])}
    sql = "select reply from conflicts where index_number = ?"
    known = {reply for (reply,) in db.conn.execute(sql, [number])}
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
