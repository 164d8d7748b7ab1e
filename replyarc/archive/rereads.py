"""What there is to read again: kept bytes, what was read from them, and what a crawl had beside.

A crawl reads a page with the row of its listing, and with the header that came with it. Both are
given back as they were, so that bytes that are read again by the same rules say the same again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive import filing, frontier
from replyarc.archive.database import explained, rows
from replyarc.archive.schema import Row, instant, packed
from replyarc.archive.settling import CONFLICT
from replyarc.archive.store import Archive
from replyarc.model import Entry, Outcome, Reply

PAGE: Final = 100
"""Captures that are looked up at once; what is read from them is written in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Bytes of a reply's page, and what was read from them.

    ``reading`` is the reading that was made last, ``before`` what the one says that holds, as plain
    values, its flags included. ``is_short``: the last one was too short to take its place.
    ``is_aside``: what it says stands aside, and nothing shorter that came to the address later.
    ``is_latest``: no other bytes were seen at the address later. ``unread``: no reply was read yet,
    and ``entry`` is known by the number ``crawl`` of its first crawl.
    """

    url: str
    sha256: str
    parts: tuple[str, ...]
    source: str
    first_seen_at: datetime
    last_seen_at: datetime
    entry: Entry
    reading: str | None = None
    before: Mapping[str, Any] | None = None
    flags: str | None = None
    notes: str | None = None
    is_short: bool = False
    is_aside: bool = False
    is_latest: bool = True
    crawl: int | None = None

    @property
    def unread(self) -> bool:
        """Whether no reply was read from these bytes yet."""
        return self.reading is None


_LAST_READ: Final = "select max(last_read_at) from captures"
_PAGE: Final = f"""
select captures.*, url, source, flags, notes, reply from captures
join readings on readings.id = captures.reading
where (captures.reading, captures.sha256, captures.parts) > (:reading, :sha256, :parts)
  and last_read_at < :before and told is null and reader is not null
  and (:source is null or source = :source)
  and (:replies is null or reply in (select value from json_each(:replies)))
order by captures.reading, captures.sha256, captures.parts limit {PAGE}
"""
_BODY: Final = """
select captures.*, standing, flags, fields from captures
join readings on readings.id = captures.reading join contents using (fingerprint)
where captures.sha256 = :sha256 and captures.parts = :parts and url = :url
order by captures.last_read_at desc, captures.last_seen_at desc, captures.reading desc
"""
_LATER: Final = """
select 1 from readings join captures on captures.reading = readings.id
where url = ? and captures.last_seen_at > ? limit 1
"""
# The last of what was too short at an address, wanted by then or not.
_LAST_SHORT: Final = """
select captures.reading, captures.sha256, captures.parts
from readings join captures on captures.reading = readings.id
where url = ? and reply = ? and (standing = 'aside' or accepted)
order by captures.last_seen_at desc, captures.last_read_at desc, captures.reading limit 1
"""
_SHOWN: Final = """
select fields, replies.flags from readings join replies on replies.id = readings.reply
join contents on contents.fingerprint = replies.fingerprint where readings.id = ?
"""
# An entry mostly has the address of its page, by which it is quick to find.
_ENTRY: Final = """
select * from entries where source = ?1 and url = ?2 and page = ?2
union all select * from (
  select * from entries where page = ?2 and source = ?1 and url <> ?2 order by asked_at desc)
"""
_UNREAD: Final = f"""
select id, source, url, first_crawl, title, listed_on, index_number, document_number from entries
where state = 'unread' and id > :id and (:source is null or source = :source)
  and (:replies is null or page in (
    select url from readings where reply in (select value from json_each(:replies))))
order by id limit {PAGE}
"""
# What has a problem is another page that came in its place.
_FETCHED: Final = """
select * from fetches where url = ? and sha256 is not null and problem is null and status is not 304
order by fetched_at desc, id desc limit 1
"""


def after_all(archive: Archive, at: datetime) -> datetime:
    """Return an instant later than every reading, ``at`` if it is: the clock may have gone back."""
    with explained(archive.path):
        (last,) = archive.db.execute(_LAST_READ).fetchone()
    return at if last is None else max(at, datetime.fromisoformat(last) + timedelta(microseconds=1))


def count(archive: Archive) -> int:
    """Return how many bodies there are to read, at the most."""
    sql = """
    select (select count(*) from captures where reader is not null)
      + (select count(*) from entries where state = 'unread')
    """
    with explained(archive.path):
        (number,) = archive.db.execute(sql).fetchone()
    return int(number)


def pages(
    archive: Archive,
    before: datetime,
    source: str | None = None,
    replies: Sequence[str] | None = None,
) -> Iterator[list[Kept]]:
    """Yield all that was read before an instant, `PAGE` captures at a time.

    What is written in between is left out if it was read at that instant. Bytes that several
    readings were made of come once. ``source`` and ``replies`` (ids) bound it.
    """
    bounds = {
        "source": source,
        "replies": None if replies is None else packed(list(replies)),
    }
    asked = {**bounds, "before": instant(before)}
    with explained(archive.path):
        at: Row = {"reading": "", "sha256": "", "parts": ""}
        while found := [*rows(archive.db, _PAGE, {**asked, **at})]:
            at = {name: found[-1][name] for name in at}
            yield [kept for row in found if (kept := _kept(archive.db, row)) is not None]
        last = 0
        while found := [*rows(archive.db, _UNREAD, {**bounds, "id": last})]:
            last = found[-1]["id"]
            yield [kept for row in found if (kept := _not_read(archive.db, row)) is not None]


def _kept(db: Database, row: Row) -> Kept | None:
    """Return a capture as what is to be read again; ``None`` where another one was read later."""
    body = [*rows(db, _BODY, {name: row[name] for name in ("sha256", "parts", "url")})]
    if body[0]["reading"] != row["reading"]:
        return None
    holding = next((each for each in body if each["standing"] == "holds"), body[0])
    before = json.loads(holding["fields"])
    is_latest = db.execute(_LATER, [row["url"], row["last_seen_at"]]).fetchone() is None
    return Kept(
        url=row["url"],
        sha256=row["sha256"],
        parts=tuple(json.loads(row["parts"])),
        source=row["source"],
        first_seen_at=datetime.fromisoformat(min(each["first_seen_at"] for each in body)),
        last_seen_at=datetime.fromisoformat(row["last_seen_at"]),
        entry=_entry(db, row, json.loads(body[0]["fields"]), is_latest=is_latest),
        reading=row["reading"],
        before={**before, "flags": json.loads(holding["flags"] or "[]")},
        flags=row["flags"],
        notes=row["notes"],
        is_short=holding is not body[0] and not row["accepted"],
        is_aside=holding is body[0] and _is_aside(db, row, holding["standing"]),
        is_latest=is_latest,
    )


def shown(archive: Archive, kept: Kept) -> Mapping[str, Any]:
    """Return what the reply of kept bytes shows now, as plain values, its flags included."""
    with explained(archive.path):
        fields, flags = archive.db.execute(_SHOWN, [kept.reading]).fetchone()
    shown_flags = [flag for flag in json.loads(flags) if flag != CONFLICT]
    return {**json.loads(fields), "flags": shown_flags}


def _is_aside(db: Database, row: Row, standing: str) -> bool:
    """Tell whether a capture stands aside, and is the last one at its address that could."""
    if standing != "aside":
        return False
    (last,) = rows(db, _LAST_SHORT, [row["url"], row["reply"]])
    return all(last[name] == row[name] for name in last)


def _entry(db: Database, row: Row, says: Mapping[str, Any], *, is_latest: bool) -> Entry:
    """Return the row of a listing as it was when these bytes were read.

    Only its last state is kept. What was read from it is noted beside the reading, and holds
    against that; of bytes that others followed, nothing else of it does.
    """
    noted = _noted(json.loads(row["notes"]) if row["notes"] else {}, says)
    for entry in rows(db, _ENTRY, [row["source"], row["url"]]):
        listed: Row = {"title": entry["title"]}
        if is_latest or not row["notes"]:
            listed |= {name: entry[name] for name in _LISTED}
        return frontier.entry_of({**listed, **noted, "url": entry["url"]})
    return frontier.entry_of({**noted, "url": row["url"]})


_LISTED: Final = {
    "listed_on": "published_on",
    "index_number": "index_number",
    "document_number": "document_number",
}
"""What an entry has beside its title, and which field is read from it."""


def _noted(notes: Mapping[str, Any], says: Mapping[str, Any]) -> Row:
    """Return what a reading noted of the row of its listing."""
    evidence, others = notes.get("evidence", {}), notes.get("others", {})
    found: Row = {}
    for name, field in _LISTED.items():
        for each in (evidence.get(field), *others.get(field, ())):
            if each and each["rule"] == "listing":
                found.setdefault(name, each["printed"])
    if evidence.get("title", {}).get("place") == "row of the listing":
        found["title"] = says["title"]
    return found


def _not_read(db: Database, row: Row) -> Kept | None:
    """Return an entry whose bytes are kept and could not be read."""
    for fetch in rows(db, _FETCHED, [row["url"]]):
        seen_at = datetime.fromisoformat(fetch["fetched_at"])
        return Kept(
            url=fetch["final_url"],
            sha256=fetch["sha256"],
            parts=(),
            source=row["source"],
            first_seen_at=seen_at,
            last_seen_at=seen_at,
            entry=frontier.entry_of(row),
            crawl=row["first_crawl"],
        )
    return None


def file_again(
    db: Database,
    kept: Kept,
    reply: Reply,
    read_at: datetime,
    *,
    notes: Mapping[str, object],
    accepted: bool,
) -> Outcome:
    """File what was read from kept bytes now, in the place of what was read from them before.

    It was seen when the bytes were: from the first time to the last.
    """
    if kept.crawl is not None:
        at = kept.last_seen_at
        frontier.archived(db, kept.source, kept.entry, reply.url, kept.crawl, at)
    seen = dict.fromkeys((kept.first_seen_at, kept.last_seen_at))
    filed = [
        filing.Filing(
            sha256=kept.sha256,
            seen_at=at,
            read_at=read_at,
            parts=kept.parts,
            notes=notes,
            accepted=accepted,
        )
        for at in seen
    ]
    outcomes = [filing.put(db, reply, each) for each in filed]
    return outcomes[0]
