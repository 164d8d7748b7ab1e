"""What was said of a reply over time: its versions, its readings, its absences.

A version is what the *page* said anew. What the same bytes were read as before, by an older
replyarc or with other labels, are versions of the *reading*, and are told apart from them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive.database import explained, rows
from replyarc.archive.find import Sighting, sightings
from replyarc.archive.schema import Row, packed
from replyarc.archive.store import Archive
from replyarc.model import Reply

Says = Mapping[str, Any]
"""What a page says, by the names of Reply, as plain values; what it does not say is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One version of the page: what it said, from when to when it was seen, at which addresses."""

    number: int
    sha256: str
    first_seen_at: datetime
    last_seen_at: datetime
    addresses: tuple[str, ...]
    says: Says


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """Kept bytes that were read again, and not as before; ``reader`` is the replyarc that did."""

    url: str
    sha256: str
    read_at: datetime
    reader: str | None
    before: Says
    after: Says


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A letter that was much shorter than the one before it, and was put aside."""

    url: str
    sha256: str
    letters: int
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A page that was not there: since when, when it was looked for last, and when it was back.

    ``for_good``: it was not there on a second day, and is not back.
    """

    url: str
    since: datetime
    until: datetime
    back_at: datetime | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All that is known of a reply's past."""

    id: str
    stages: tuple[Stage, ...]
    rereads: tuple[Reread, ...]
    aside: tuple[Aside, ...]
    sightings: tuple[Sighting, ...]
    absences: tuple[Absence, ...]


_READINGS: Final = """
select readings.*, contents.fields from readings join contents using (fingerprint)
where reply = ? order by readings.id
"""
_CAPTURES: Final = """
select captures.* from captures join readings on readings.id = captures.reading
where readings.reply = ? order by captures.last_read_at, captures.last_seen_at, captures.reading
"""
_VERSIONS: Final = "select * from versions where reply = ? order by number"
_ENTRIES: Final = """
select url, page, state, gone_at from entries
where page in (select value from json_each(?)) order by url
"""
_FETCHES: Final = """
select url, fetched_at, status, sha256, problem from fetches
where url in (select value from json_each(?)) order by fetched_at, id
"""
_NOT_THERE: Final = (404, 410)
_NAMES: Final = tuple(each.name for each in fields(Reply))


def past(archive: Archive, id: str) -> Past:
    """Return what is known of a reply's past; ``id`` is its present one."""
    with explained(archive.path):
        db = archive.db
        seen = sightings(db, id)
        readings = {row["id"]: row for row in rows(db, _READINGS, [id])}
        captures: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows(db, _CAPTURES, [id]):
            captures[row["reading"]].append(row)
        return Past(
            id=id,
            stages=tuple(_stages(db, id, readings, captures)),
            rereads=tuple(_rereads(readings, captures)),
            aside=tuple(_aside(readings, captures)),
            sightings=tuple(seen),
            absences=tuple(_absences(db, {each.url for each in seen})),
        )


def changes(before: Says, after: Says) -> dict[str, tuple[Any, Any]]:
    """Return the fields that are not the same, in their order, with the old and the new value.

    >>> changes({"title": "旧", "term": 3}, {"title": "新", "term": 3, "session": 1})
    {'title': ('旧', '新'), 'session': (None, 1)}
    """
    return {
        name: (before.get(name), after.get(name))
        for name in _NAMES
        if before.get(name) != after.get(name)
    }


def _stages(
    db: Database, id: str, readings: Mapping[str, Row], captures: Mapping[str, Sequence[Row]]
) -> Iterator[Stage]:
    for version in rows(db, _VERSIONS, [id]):
        same = {row["says"] for row in readings.values() if _is(row, version)}
        holding = [
            row for row in readings.values() if row["says"] in same and row["standing"] == "holds"
        ]
        seen = [capture["last_seen_at"] for row in holding for capture in captures[row["id"]]]
        said = next(row for row in readings.values() if _is(row, version))
        yield Stage(
            number=version["number"],
            sha256=version["sha256"],
            first_seen_at=_at(version["first_seen_at"]),
            last_seen_at=_at(max(seen, default=version["first_seen_at"])),
            addresses=tuple(dict.fromkeys(row["url"] for row in holding)),
            says=json.loads(said["fields"]),
        )


def _is(reading: Row, version: Row) -> bool:
    return bool(reading["fingerprint"] == version["fingerprint"])


def _rereads(
    readings: Mapping[str, Row], captures: Mapping[str, Sequence[Row]]
) -> Iterator[Reread]:
    """Yield, body by body, each reading after the first; they stand in the order of reading."""
    bodies: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for found in captures.values():
        for capture in found:
            url = readings[capture["reading"]]["url"]
            bodies[url, capture["sha256"], capture["parts"]].append(capture)
    again = []
    for (url, sha256, _), found in bodies.items():
        found.sort(key=lambda row: (row["last_read_at"], row["last_seen_at"], row["reading"]))
        for before, after in pairwise(found):
            again.append(
                Reread(
                    url=url,
                    sha256=sha256,
                    read_at=_at(after["first_read_at"]),
                    reader=after["reader"],
                    before=json.loads(readings[before["reading"]]["fields"]),
                    after=json.loads(readings[after["reading"]]["fields"]),
                )
            )
    yield from sorted(again, key=lambda each: (each.read_at, each.url))


def _aside(readings: Mapping[str, Row], captures: Mapping[str, Sequence[Row]]) -> Iterator[Aside]:
    for row in readings.values():
        if row["standing"] == "aside":
            for capture in captures[row["id"]]:
                yield Aside(
                    url=row["url"],
                    sha256=capture["sha256"],
                    letters=row["letters"],
                    first_seen_at=_at(capture["first_seen_at"]),
                    last_seen_at=_at(capture["last_seen_at"]),
                )


def _absences(db: Database, pages: Iterable[str]) -> list[Absence]:
    """Return when the pages of a reply were not there, by what was fetched and what is noted."""
    entries = [*rows(db, _ENTRIES, [packed(sorted(pages))])]
    asked = sorted({*pages, *(entry["url"] for entry in entries)})
    found = [*_runs(rows(db, _FETCHES, [packed(asked)]))]
    gone = {entry["url"]: entry for entry in entries if entry["gone_at"]}
    told = {each.url for each in found if each.back_at is None}
    for url in gone.keys() - told:
        at = _at(gone[url]["gone_at"])
        found.append(Absence(url=url, since=at, until=at))
    return sorted(
        (_settled(each, gone.get(each.url)) for each in found),
        key=lambda each: (each.since, each.url),
    )


def _settled(absence: Absence, entry: Row | None) -> Absence:
    for_good = absence.back_at is None and entry is not None and entry["state"] == "gone"
    return Absence(
        url=absence.url,
        since=absence.since,
        until=absence.until,
        back_at=absence.back_at,
        for_good=for_good,
    )


def _runs(fetches: Iterable[Row]) -> Iterator[Absence]:
    """Yield the runs of fetches that found nothing; what failed otherwise says nothing."""
    missing: dict[str, tuple[datetime, datetime]] = {}
    for fetch in fetches:
        url, at = fetch["url"], _at(fetch["fetched_at"])
        if fetch["status"] in _NOT_THERE:
            missing[url] = (missing[url][0] if url in missing else at, at)
        elif fetch["sha256"] is not None and fetch["problem"] is None and url in missing:
            since, until = missing.pop(url)
            yield Absence(url=url, since=since, until=until, back_at=at)
    for url, (since, until) in missing.items():
        yield Absence(url=url, since=since, until=until)


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written)
