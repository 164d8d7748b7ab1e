"""Filing readings: each goes to the reply that it belongs to, and what follows is settled.

Everything here is called inside a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from replyarc import __version__
from replyarc.archive import identity, redacted
from replyarc.archive.editions import history, outcome
from replyarc.archive.grouping import replies
from replyarc.archive.kin import Keys, claims, ids, kin, load, note, write_keys
from replyarc.archive.readings import Capture, Reading, merge
from replyarc.archive.schema import instant, packed, reply_from
from replyarc.archive.settling import CONFLICT, Settled, compare_all, settle
from replyarc.model import Outcome, Reply

_SAID = "select fields from contents where fingerprint = ?"
_ANEW = "update readings set keys = ?, says = ?, letters = ? where id = ?"
_WHOLE = "update contents set fields = ? where fingerprint = ?"
_CONTENT = "insert into contents (fingerprint, fields) values (?, ?) on conflict do nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """From what, when and how a reply was read.

    ``sha256`` names the bytes of its page, ``parts`` those of its further pages. ``seen_at`` is
    when they were fetched, ``read_at`` when they were read, by the replyarc ``reader``. ``notes``
    say where each value stood. ``accepted``: it is shown however short its letter is.
    """

    sha256: str
    seen_at: datetime
    read_at: datetime
    parts: Sequence[str] = ()
    notes: Mapping[str, object] | None = None
    reader: str | None = __version__
    accepted: bool = False


def put(db: Database, reply: Reply, filing: Filing) -> Outcome:
    """File a reading, and settle every reply that it touches."""
    return _file_unless_redacted(db, _reading(reply, filing), reply)


def put_told(db: Database, reply: Reply) -> Outcome:
    """File a reply as an export told it: no bytes came with it, but its id and its instants did.

    As long as nothing else is known of it, it is shown as it was told.
    """
    seen = reply.last_seen_at or reply.first_seen_at or reply.changed_at
    if seen is None:
        raise ValueError("last_seen_at: an export tells when a reply was seen")
    told = {
        "id": reply.id,
        "version": reply.version,
        "changed_at": reply.changed_at and instant(reply.changed_at),
        "gone_at": reply.gone_at and instant(reply.gone_at),
        "files": {file.url: file.sha256 for file in reply.attachments if file.sha256},
    }
    read_at = reply.changed_at or seen
    filing = Filing(sha256=reply.sha256, seen_at=seen, read_at=read_at, reader=None)
    flags = tuple(flag for flag in reply.flags if flag != CONFLICT)
    reading = _reading(replace(reply, flags=flags), filing)
    (capture,) = reading.captures
    first = instant(reply.first_seen_at or seen)
    reading = replace(
        reading,
        told=packed(told | {"conflict": flags != reply.flags}),
        captures=(replace(capture, first_seen_at=first),),
    )
    return _file_unless_redacted(db, reading, reply)


def _file_unless_redacted(db: Database, filed: Reading, reply: Reply) -> Outcome:
    """File a reading; of one that was redacted not even its bytes stay."""
    keys = identity.keys(reply)
    captures = ((capture.sha256, *json.loads(capture.parts)) for capture in filed.captures)
    bodies = {sha256 for each in captures for sha256 in each if sha256}
    if redacted.shut_out(db, filed.url, filed.fingerprint, keys, bodies):
        return Outcome.SAME
    return _file(db, filed, identity.said(reply), reply, keys)


def take_in(db: Database, reading: Reading, said: str, keys: Keys | None = None) -> Outcome:
    """File a reading of another archive, with all its captures; ``said`` is its content there.

    ``keys`` are those that it had before something of it was redacted.
    """
    reply = replace(reply_from(json.loads(said)), url=reading.url)
    return _file(db, reading, said, reply, keys)


def rebuild(db: Database) -> None:
    """Make all that follows from the evidence anew, in little memory."""
    for table in ("versions", "sightings", "conflicts", "_keys", "replies"):
        db.conn.execute(f"delete from {table}")
    db.conn.execute("update readings set reply = id")
    every, names = ids(db), redacted.bar(db)
    for id in every:
        reading, keys = load(db, id)
        if not names.said(reading.fingerprint):  # else its keys do not follow from what is left
            keys = _write_anew(db, reading)
        write_keys(db, reading, keys)
    done: set[str] = set()
    for id in every:
        if id not in done:
            found, former = kin(db, {id}, frozenset(), "")
            done.update(former)
            settled = _settled(found)
            moved = [(one.id, reading.id) for one, group in settled for reading in group]
            db.conn.executemany("update readings set reply = ? where id = ?", moved)
            settle(db, settled, None, {})
    compare_all(db)


def _write_anew(db: Database, reading: Reading) -> Keys:
    """Write what follows from what a reading says; return its keys."""
    (said,) = db.conn.execute(_SAID, [reading.fingerprint]).fetchone()
    reply = replace(reply_from(json.loads(said)), url=reading.url)
    keys, says = identity.keys(reply), identity.digest(identity.lasts(reply))
    db.conn.execute(_ANEW, [packed(sorted(keys)), says, len(reply.text), reading.id])
    return keys


def _file(
    db: Database, filed: Reading, said: str, reply: Reply, keys: Keys | None = None
) -> Outcome:
    keys = identity.keys(reply) if keys is None else keys
    found, former = kin(db, claims(filed), keys, filed.url)
    before = next((reading for reading in found if reading.id == filed.id), None)
    was = dict(found)
    _keep_content(db, filed.fingerprint, said)
    if before is None:
        after = filed
    else:
        after = merge(before, filed)
        del found[before]
    found[after] = keys
    settled = _settled(found)
    now = {reading.id: one.id for one, group in settled for reading in group}
    note(db, after, None if before else keys, now, former)
    settle(db, settled, set(former.values()), {filed.fingerprint: reply})
    group = next(group for _, group in settled if after in group)
    ids = {reading.id for reading in group}
    return outcome(after, [reading for reading in was if reading.id in ids], group)


def _keep_content(db: Database, fingerprint: str, said: str) -> None:
    """Write what a reading says, once; where it is held and damaged, it is made whole again."""
    db.conn.execute(_CONTENT, [fingerprint, said])
    (held,) = db.conn.execute(_SAID, [fingerprint]).fetchone()
    is_damaged = held != said and identity.digest(said) == fingerprint
    if is_damaged and not redacted.bar(db).said(fingerprint):
        db.conn.execute(_WHOLE, [said, fingerprint])


def _settled(found: Mapping[Reading, Keys]) -> list[Settled]:
    """Part readings into replies; of several that claim one id the one whose own it is has it."""
    groups = [(history(group), group) for group in replies(found)]
    own = {group: one.with_own_id() for one, group in groups}
    taken = {one.id for one in own.values()}
    settled = []
    for one, group in sorted(groups, key=lambda each: own[each[1]].id):
        settled.append((own[group] if one.id in taken else one, group))
        taken.add(one.id)
    return settled


def _reading(reply: Reply, filing: Filing) -> Reading:
    seen_at, read_at = instant(filing.seen_at), instant(filing.read_at)
    fingerprint = identity.fingerprint(reply)
    return Reading(
        id=identity.reading_id(reply.url, fingerprint),
        url=reply.url,
        fingerprint=fingerprint,
        says=identity.digest(identity.lasts(reply)),
        letters=len(reply.text),
        index_number=reply.index_number,
        source=reply.source,
        flags=packed(reply.flags),
        notes=None if filing.notes is None else packed(filing.notes),
        captures=(
            Capture(
                sha256=filing.sha256,
                parts=packed(list(filing.parts)),
                reader=filing.reader,
                first_seen_at=seen_at,
                last_seen_at=seen_at,
                first_read_at=read_at,
                last_read_at=read_at,
                accepted=int(filing.accepted),
            ),
        ),
    )
