"""Removing the personal data of one reply, everywhere in the archive and for good.

What its readings say is replaced under their old names (see ``redacted``), so that id, versions and
instants stay; the bytes that it was read from go whole, since nobody can take a name out of a page
and keep its hash. Then the file is written anew: what is deleted in SQLite still lies in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from sqlite_utils import Database

from replyarc.archive import identity, mentions, search
from replyarc.archive.blobs import REMOVED
from replyarc.archive.bodies import Bodies
from replyarc.archive.database import explained, write
from replyarc.archive.following import closure
from replyarc.archive.place import ROOM, check_room
from replyarc.archive.redacted import FLAG, Bar, forbid, spelled, url_name
from replyarc.archive.schema import instant, packed, reply_from, row_of
from replyarc.archive.settling import CONFLICT
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveHeld
from replyarc.model import Reply
from replyarc.text.personal import MARK, Persons, emptied, mask, masked, persons

_LIST: Final = "select value from json_each(?)"
_SAID: Final = tuple(
    field.name for field in fields(Reply) if field.compare and field.name != "index_number"
)
"""What a reply shows of its content; its index number may be one that another page prints."""

_OF_REPLY: Final = """
select url, fingerprint, keys, fields from readings join contents using (fingerprint)
where reply = ? order by readings.id
"""
_OTHERS: Final = f"""
select distinct reply, fingerprint from readings where reply <> ? and (
  url in ({_LIST}) or id in (select reading from _keys where key in ({_LIST})))
"""
_LOSERS: Final = f"""
select distinct reply from readings join captures on captures.reading = readings.id
where reply <> ? and sha256 in ({_LIST})
"""
_NO_PAGES: Final = f"""
select sha256 from bodies where codec <> '{REMOVED}'
  and sha256 not in (select sha256 from captures)
  and sha256 not in (select value from captures, json_each(captures.parts))
"""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What one redaction removed, or would remove.

    ``data`` counts personal data by kind, in all that the reply ever said. ``bodies`` are the
    SHA-256 of the bytes that go, ``size`` is how many. ``losers`` are other replies that lose bytes
    or are not read again from an address that they share. ``already``: nothing was left to remove.
    """

    id: str
    reply: str
    readings: int
    addresses: int
    data: dict[str, int]
    bodies: tuple[str, ...]
    size: int
    losers: tuple[str, ...]
    whole: bool
    already: bool


class _Undone(Exception):
    """Ends a transaction that was only to show what it would do."""


def redact(
    archive: Archive, reply: str, reason: str, at: datetime, *, whole: bool, dry_run: bool = False
) -> Redaction:
    """Remove the personal data of a reply, or with ``whole`` its letter and title altogether.

    With ``dry_run`` nothing is changed. Doing it again removes what came in the meantime, if
    anything did. Raises DiskFull, before anything is done, where there is no room for the file to
    be written anew, ArchiveHeld where another program still reads what was removed (do it again
    then), and ArchiveError where a body that stays is damaged.
    """
    done = None
    if not dry_run:
        check_room(archive.path, ROOM + 2 * archive.path.stat().st_size)
        archive.db.execute("pragma secure_delete = on")
    try:
        with archive.transaction() as db:
            done = _redact(db, reply, reason, at, whole=whole)
            if dry_run:
                raise _Undone
    except _Undone:
        pass
    assert done is not None
    if not dry_run:
        wipe(archive)
    return done


def wipe(archive: Archive) -> None:
    """Write the file anew, so that nothing that was deleted is left in it or in its log.

    Raises ArchiveHeld where another program has to let go of it first.
    """
    with explained(archive.path):
        archive.db.conn.execute("vacuum")
        busy, *_ = archive.db.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
    if busy:
        raise ArchiveHeld(
            f"{archive.path}: what was removed still lies in {Path(f'{archive.path}-wal').name}, "
            "since another program reads the archive. End it, and redact once more"
        )


def _redact(db: Database, reply: str, reason: str, at: datetime, *, whole: bool) -> Redaction:
    readings = db.conn.execute(_OF_REPLY, [reply]).fetchall()
    contents = {fingerprint: reply_from(json.loads(said)) for _, fingerprint, _, said in readings}
    known = Persons()
    for said in contents.values():
        known |= persons(said)
    names = closure(db, Bar(_names(db, reply, readings, contents.values())))
    names |= {f"body:{each}" for each in _listings(db, contents.values(), readings, known, whole)}
    counted: Counter[str] = Counter()
    replaced = {
        each: emptied(said) if whole else masked(said, known, counted)
        for each, said in contents.items()
    }
    bodies = _left(db, names)
    done = Redaction(
        id=sha256(f"{reply}\n{instant(at)}\n{reason}\n{whole}".encode()).hexdigest()[:12],
        reply=reply,
        readings=len(readings),
        addresses=sum(name.startswith("url:") for name in names),
        data={what: counted[what] for what in sorted(counted) if counted[what]},
        bodies=tuple(sorted(bodies)),
        size=sum(bodies.values()),
        losers=_losers(db, reply, names),
        whole=whole,
        already=replaced == contents and names <= _present(db),
    )
    mentions.forget(db, [*known.names, *_called(db, contents.values(), names)])
    if not done.already:
        _write(db, done, reason, at, names, replaced)
        _clear_reports(db, known)
    return done


def _names(
    db: Database, reply: str, readings: Iterable[Any], contents: Iterable[Reply]
) -> set[str]:
    """Return the names of a reply: its addresses, those of its files, its keys, what it said."""
    files = {file.url for said in contents for file in said.attachments}
    names = {url_name(url) for url in files}
    keys: set[str] = set()
    for url, fingerprint, held, _ in readings:
        keys |= set(json.loads(held))
        names |= {url_name(url), f"said:{fingerprint}"}
    bare = [name.removeprefix("url:") for name in names if name.startswith("url:")]
    for _, fingerprint in db.conn.execute(_OTHERS, [reply, spelled(bare), packed(sorted(keys))]):
        if f"said:{fingerprint}" not in names:
            names.add(f"spare:{fingerprint}")
    return names | {f"key:{key}" for key in keys}


def _called(db: Database, contents: Iterable[Reply], names: Iterable[str]) -> set[str]:
    """Return what a reply is called, by itself and by listings, and its addresses."""
    bare = [name.removeprefix("url:") for name in names if name.startswith("url:")]
    listed = db.conn.execute(f"select title from entries where url in ({_LIST})", [spelled(bare)])
    titles = [*(said.title for said in contents), *(title or "" for (title,) in listed)]
    return mentions.names_of(titles, MARK) | set(bare)


def _present(db: Database) -> set[str]:
    return {name for (name,) in db.conn.execute("select name from _redacted")}


def _left(db: Database, names: Iterable[str]) -> dict[str, int]:
    """Return which of the bodies that are named are still there, and their sizes."""
    listed = [packed([name.removeprefix("body:") for name in names])]
    sql = f"select sha256, size from bodies where codec <> '{REMOVED}' and sha256 in ({_LIST})"
    return dict(db.conn.execute(sql, listed).fetchall())


def _losers(db: Database, reply: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the other replies that were read from what is removed, or at the same address."""
    named = list(names)
    bodies = packed([name.removeprefix("body:") for name in named if name.startswith("body:")])
    found = {other for (other,) in db.conn.execute(_LOSERS, [reply, bodies])}
    urls = spelled(name.removeprefix("url:") for name in named if name.startswith("url:"))
    found |= {other for other, _ in db.conn.execute(_OTHERS, [reply, urls, "[]"])}
    return tuple(sorted(found))


def _listings(
    db: Database, contents: Iterable[Reply], readings: Iterable[Any], known: Persons, whole: bool
) -> Iterator[str]:
    """Yield the listing pages that show a title of the reply with what is to go in it."""
    marks: set[bytes] = set()
    for said in contents:
        hidden = MARK if whole else mask(said.title, known)
        if hidden != said.title and MARK not in said.title:
            pieces = [said.title] if whole else hidden.split(MARK)
            marks.update(_spellings(max(pieces, key=len)))
    if not marks:
        return
    tails = {urlsplit(url).path.rpartition("/")[2] for url, *_ in readings}
    marks |= {tail.encode() for tail in tails if len(tail) >= mentions.SHORTEST}
    kept = Bodies(db)
    for (name,) in db.conn.execute(_NO_PAGES).fetchall():
        body = kept.body(name)
        if any(each in body for each in marks):
            yield name


def _spellings(text: str) -> Iterator[bytes]:
    """Yield a text as pages and answers of servers spell it; nothing where it is too short."""
    if len(text) >= mentions.SHORTEST:
        yield from (text.encode("utf-8"), text.encode("gb18030"))
        yield json.dumps(text)[1:-1].encode()
        yield "".join(f"&#{ord(letter)};" for letter in text).encode()


def _write(
    db: Database,
    done: Redaction,
    reason: str,
    at: datetime,
    names: Iterable[str],
    replaced: dict[str, Reply],
) -> None:
    removed = {
        "whole": done.whole,
        "readings": done.readings,
        "addresses": done.addresses,
        "data": done.data,
        "bodies": list(done.bodies),
        "bytes": done.size,
    }
    row = {"id": done.id, "reply": done.reply, "reason": reason, "redacted_at": instant(at)}
    write(db, "redactions", {**row, "removed": packed(removed)})
    replace_contents(db, {each: identity.said(said) for each, said in replaced.items()})
    forbid(db, done.id, names)


# also those in whose tokens a content stands, though the index was not brought up since
_TOLD_BY: Final = f"""
select reply from versions where fingerprint in ({_LIST})
union select reply from _indexed where fingerprint in ({_LIST})
"""


def replace_contents(db: Database, contents: dict[str, str]) -> None:
    """Let these fingerprints say something else from now on: contents, index, replies."""
    shown = f"select id, fingerprint, flags from replies where fingerprint in ({_LIST})"
    replies = db.conn.execute(shown, [packed(sorted(contents))]).fetchall()
    sought = [packed(sorted(contents))]
    search.forget(db, [id for (id,) in db.conn.execute(_TOLD_BY, sought * 2)])
    for fingerprint, said in contents.items():
        write(db, "contents", {"fingerprint": fingerprint, "fields": said})
    for id, fingerprint, flags in replies:
        row = row_of(reply_from(json.loads(contents[fingerprint])))
        before = [each for each in json.loads(flags) if each not in (FLAG, CONFLICT)]
        after = [*before, FLAG, *([CONFLICT] if CONFLICT in flags else [])]
        shown_now = {name: row[name] for name in _SAID}
        write(db, "replies", {"id": id, **shown_now, "flags": packed(after)})


def _clear_reports(db: Database, known: Persons) -> None:
    """Put the mark into the reports of crawls, which name pages by their titles."""
    for name in sorted(known.names):
        sql = "update crawls set report = replace(report, ?1, ?2) where instr(report, ?1)"
        db.conn.execute(sql, [name, MARK])
