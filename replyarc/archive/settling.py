"""What follows from readings, written: replies, versions, sightings, conflicts.

Everything here is called inside a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from sqlite_utils import Database

from replyarc.archive.database import write
from replyarc.archive.editions import History
from replyarc.archive.readings import Reading
from replyarc.archive.schema import Row, packed, reply_from, row_of
from replyarc.model import Reply

CONFLICT: Final = "index-conflict"
UNNUMBERED: Final = "no-index-number"

Settled = tuple[History, tuple[Reading, ...]]
"""What follows from the readings of one reply, and these readings."""

_LIST: Final = "select value from json_each(?)"

# of the replies that bear a number now, and of those that are noted as bearing it with others
_SEVERAL: Final = """(
  select count(*) from (
    select distinct reply from sightings where index_number = :number limit 2)) > 1"""
_NEW_BEARERS: Final = f"""
select distinct reply from sightings where index_number = :number and {_SEVERAL}
  and reply not in (select reply from conflicts where index_number = :number)
"""
_FORMER_BEARERS: Final = f"""
select reply from conflicts where index_number = :number and not ({_SEVERAL}
  and reply in (select reply from sightings where index_number = :number))
"""
_SHARED: Final = """
select index_number from sightings where index_number is not null
group by index_number having count(distinct reply) > 1 order by index_number
"""
# what an export told of a reply alone holds until a page of it is seen
_SEEN_AT: Final = """
select distinct reply from readings as here where url = ?
  and exists (select 1 from readings where reply = here.reply and told is null)
"""

_SHOW_CONFLICT: Final = """
update replies set flags = (
  select json_group_array(value) from (
    select value from json_each(flags) where value <> 'index-conflict'
    union all
    select 'index-conflict' where exists (select 1 from conflicts where reply = replies.id)))
where id = ?
"""


def settle(
    db: Database, settled: Iterable[Settled], former: set[str] | None, known: Mapping[str, Reply]
) -> None:
    """Write what follows from readings, each group of them a reply, over what followed before.

    ``former`` are the replies that they were before, ``known`` what need not be looked up of what
    they say, by its fingerprint. Without ``former`` nothing is there, and `compare_all` is called
    when all is.
    """
    settled = list(settled)
    numbers: set[str | None] = set()
    if former:
        listed = [packed(sorted(former))]
        sql = f"select distinct index_number from sightings where reply in ({_LIST})"
        numbers = {number for (number,) in db.conn.execute(sql, listed)}
        for table in ("versions", "sightings", "conflicts"):
            db.conn.execute(f"delete from {table} where reply in ({_LIST})", listed)
    for one, group in settled:
        numbers.update(reading.index_number for reading in one.now)
        _show(db, one, group, known)
    if former is None:
        return
    former = former - {one.id for one, _ in settled}
    if former:
        db.conn.execute(f"delete from replies where id in ({_LIST})", [packed(sorted(former))])
    for number in sorted(number for number in numbers if number):
        _compare(db, number)


def _show(
    db: Database, history: History, group: tuple[Reading, ...], known: Mapping[str, Reply]
) -> None:
    """Write one reply: its row, its versions, where it was seen, what its readings count for."""
    write(db, "replies", _row(db, history, known))
    for edition in history.editions:
        row = {
            "reply": history.id,
            "number": edition.number,
            "fingerprint": edition.reading.fingerprint,
            "sha256": edition.sha256,
            "first_seen_at": edition.first_seen_at,
            "first_read_at": edition.first_read_at,
        }
        write(db, "versions", row)
    for now in history.now:
        here = [reading for reading in group if reading.url == now.url]
        row = {
            "reply": history.id,
            "url": now.url,
            "source": now.source,
            "index_number": now.index_number,
            "first_seen_at": min(reading.first_seen_at for reading in here),
            "last_seen_at": max(reading.last.last_seen_at for reading in here),
        }
        write(db, "sightings", row)
    standings = [(standing.value, reading.id) for reading, standing in history.standings.items()]
    sql = "update readings set standing = ?1 where id = ?2 and standing is not ?1"
    db.conn.executemany(sql, standings)


def _row(db: Database, history: History, known: Mapping[str, Reply]) -> Row:
    shown, where = history.shown.reading, history.where
    reply = known.get(shown.fingerprint) or _said(db, shown.fingerprint)
    told = history.told
    return row_of(reply) | {
        "id": history.id,
        "url": where.url,
        "source": where.source,
        "index_number": history.index_number,
        "first_seen_at": history.first_seen_at,
        "last_seen_at": history.last.last.last_seen_at,
        "changed_at": history.changed_at,
        "gone_at": told["gone_at"] if told else _gone_at(db, _addresses(history)),
        "version": history.shown.number,
        "sha256": shown.last.sha256,
        "flags": _flags(history),
        "fingerprint": shown.fingerprint,
    }


def _flags(history: History) -> str:
    """Return the flags of what is shown, without what another of its pages makes good."""
    flags: list[str] = json.loads(history.shown.reading.flags)
    if history.index_number and UNNUMBERED in flags:
        flags.remove(UNNUMBERED)
    if history.told and history.told["conflict"]:
        flags.append(CONFLICT)  # its rival is not here, perhaps, but where it was exported
    return packed(flags)


def _addresses(history: History) -> Iterable[tuple[str, str]]:
    """Return each address of a reply and when it was seen there last."""
    seen: dict[str, str] = {}
    for reading in history.standings:
        at = reading.last.last_seen_at
        seen[reading.url] = max(at, seen.get(reading.url, at))
    return seen.items()


def _said(db: Database, fingerprint: str) -> Reply:
    sql = "select fields from contents where fingerprint = ?"
    (fields,) = db.conn.execute(sql, [fingerprint]).fetchone()
    return reply_from(json.loads(fields))


def _gone_at(db: Database, addresses: Iterable[tuple[str, str]]) -> str | None:
    """Return when the last address of a reply was found gone, unless it is still seen somewhere."""
    sql = """
    select max(gone_at) from entries
    where page in (?1, replace(?1, 'http://', 'https://'), replace(?1, 'https://', 'http://'))
      and gone_at >= ?2 and state = 'gone'
    """
    found = [db.conn.execute(sql, address).fetchone()[0] for address in addresses]
    return max(found) if all(found) else None


def mark_gone(db: Database, page: str) -> None:
    """Bring ``gone_at`` up to date for the replies that were seen at this address."""
    for (reply,) in db.conn.execute(_SEEN_AT, [page]).fetchall():
        sql = "select url, last_seen_at from sightings where reply = ?"
        gone_at = _gone_at(db, db.conn.execute(sql, [reply]).fetchall())
        db.conn.execute("update replies set gone_at = ? where id = ?", [gone_at, reply])


def compare_all(db: Database) -> None:
    """Record every conflict, where none is recorded yet."""
    for (number,) in db.conn.execute(_SHARED).fetchall():
        _compare(db, number)


def _compare(db: Database, number: str) -> None:
    """Record a conflict where several replies bear one index number now, and flag each of them."""
    asked = {"number": number}
    new = db.conn.execute(_NEW_BEARERS, asked).fetchall()
    former = db.conn.execute(_FORMER_BEARERS, asked).fetchall()
    for (reply,) in new:
        write(db, "conflicts", {"index_number": number, "reply": reply})
    for (reply,) in former:
        sql = "delete from conflicts where index_number = ? and reply = ?"
        db.conn.execute(sql, [number, reply])
    for (reply,) in (*new, *former):
        db.conn.execute(_SHOW_CONFLICT, [reply])
