"""What was said of a reply over time: its versions, its readings, its absences.

A version is what the *page* said anew. What the same bytes were read as before, by an older
replyarc or with other labels, are versions of the *reading*, and are told apart from them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive import find
from replyarc.archive.database import explained, rows
from replyarc.archive.find import Found, Sighting, sightings
from replyarc.archive.identity import said
from replyarc.archive.looks import Absence, Run, absences, fetches, runs, wordless
from replyarc.archive.readings import Capture, Reading, body, holding
from replyarc.archive.schema import Row, packed, unpacked
from replyarc.archive.store import Archive
from replyarc.model import Reply

Says = Mapping[str, Any]
"""What a page says, by the names of Reply, as plain values; what it does not say is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One version of the page: what it said, from when to when it was seen, at which addresses.

    ``runs`` tell, address by address, when it was on the page: it may go and come back.
    ``is_shown``: it is what is shown of the reply now.
    """

    number: int
    is_shown: bool
    sha256: str
    first_seen_at: datetime
    last_seen_at: datetime
    addresses: tuple[str, ...]
    runs: tuple[Run, ...]
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
    """A letter that was much shorter than the one before it, and was put aside.

    With no ``letters`` it is a page on which no letter could be read. ``may_be_taken``: the
    last letter that its address gave stands aside.
    """

    url: str
    sha256: str
    letters: int
    first_seen_at: datetime
    last_seen_at: datetime
    may_be_taken: bool = False


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
_SHOWN: Final = "select version from replies where id = ?"
_READING: Final = tuple(name for name in Reading.__slots__ if name != "captures")
_CAPTURE: Final = tuple(Capture.__slots__)
_NAMES: Final = tuple(each.name for each in fields(Reply))


def look_up(archive: Archive, key: str) -> Found:
    """Return what a key names, as ``Archive.find`` does, and whether it did so formerly."""
    with explained(archive.path):
        return find.look_up(archive.db, key)


def past(archive: Archive, id: str) -> Past:
    """Return what is known of a reply's past; ``id`` is its present one."""
    with explained(archive.path):
        db = archive.db
        seen = sightings(db, id)
        readings = {row["id"]: row for row in rows(db, _READINGS, [id])}
        captures: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows(db, _CAPTURES, [id]):
            captures[row["reading"]].append(row)
        urls = {each.url for each in seen}
        entries = [*rows(db, _ENTRIES, [packed(sorted(urls))])]
        fetched = fetches(db, urls, {row["url"]: row["page"] for row in entries})
        return Past(
            id=id,
            stages=tuple(_stages(db, id, readings, captures, fetched)),
            rereads=tuple(_rereads(readings, captures)),
            aside=(*_aside(readings, captures), *_wordless(fetched)),
            sightings=tuple(seen),
            absences=tuple(absences(entries, fetched)),
        )


def says(reply: Reply) -> Says:
    """Return what a reply says, its flags included, for comparing."""
    return {**json.loads(said(reply)), "flags": list(reply.flags)}


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
    db: Database,
    id: str,
    readings: Mapping[str, Row],
    captures: Mapping[str, Sequence[Row]],
    fetched: Sequence[Row],
) -> Iterator[Stage]:
    (shown,) = db.execute(_SHOWN, [id]).fetchone()
    versions = [*rows(db, _VERSIONS, [id])]
    says = {row["fingerprint"]: row["says"] for row in readings.values()}
    fields = {row["fingerprint"]: row["fields"] for row in readings.values()}
    numbers = {says[version["fingerprint"]]: version["number"] for version in versions}
    held = [*_held(numbers, readings, captures)]
    found = runs(held, fetched)
    for version in versions:
        number = version["number"]
        mine = [(url, capture) for which, url, capture in held if which == number]
        seen = [capture.last_seen_at for _, capture in mine]
        yield Stage(
            number=number,
            is_shown=number == shown,
            sha256=version["sha256"],
            first_seen_at=_at(version["first_seen_at"]),
            last_seen_at=_at(max(seen, default=version["first_seen_at"])),
            addresses=tuple(dict.fromkeys(url for url, _ in mine)),
            runs=tuple(found[number]),
            says=unpacked(fields[version["fingerprint"]]),
        )


def _held(
    numbers: Mapping[str, int], readings: Mapping[str, Row], captures: Mapping[str, Sequence[Row]]
) -> Iterator[tuple[int, str, Capture]]:
    """Yield the bytes that say each version, by the reading of them that holds."""
    made = [
        Reading(
            **{name: row[name] for name in _READING},
            captures=tuple(
                Capture(**{name: capture[name] for name in _CAPTURE}) for capture in captures[id]
            ),
        )
        for id, row in readings.items()
    ]
    holds = holding(made).of
    for reading in made:
        for capture in reading.captures:
            of_it = holds[body(reading, capture)] is reading
            if of_it and readings[reading.id]["standing"] == "holds":
                yield numbers[reading.says], reading.url, capture


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
                    before=unpacked(readings[before["reading"]]["fields"]),
                    after=unpacked(readings[after["reading"]]["fields"]),
                )
            )
    yield from sorted(again, key=lambda each: (each.read_at, each.url))


def _aside(readings: Mapping[str, Row], captures: Mapping[str, Sequence[Row]]) -> Iterator[Aside]:
    seen: defaultdict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for id, row in readings.items():
        is_aside = row["standing"] == "aside"
        seen[row["url"]] += [
            (capture["last_seen_at"], capture["last_read_at"], is_aside) for capture in captures[id]
        ]
    for id, row in readings.items():
        for capture in captures[id] if row["standing"] == "aside" else ():
            yield Aside(
                url=row["url"],
                sha256=capture["sha256"],
                letters=row["letters"],
                first_seen_at=_at(capture["first_seen_at"]),
                last_seen_at=_at(capture["last_seen_at"]),
                may_be_taken=max(seen[row["url"]])[2],
            )


def _wordless(fetched: Sequence[Row]) -> Iterator[Aside]:
    for page in wordless(fetched):
        yield Aside(
            url=page.url,
            sha256=page.sha256,
            letters=0,
            first_seen_at=page.first_seen_at,
            last_seen_at=page.last_seen_at,
        )


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written)
