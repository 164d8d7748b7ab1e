"""What each look at the pages of a reply found there: one of its versions, no letter, nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive.blobs import REMOVED
from replyarc.archive.database import rows
from replyarc.archive.readings import Capture
from replyarc.archive.schema import Row, packed

NOT_THERE: Final = (404, 410)

_FETCHES: Final = f"""
select url, final_url, fetched_at, status, fetches.sha256, problem,
  codec is '{REMOVED}' as removed,
  exists (select 1 from captures where captures.sha256 = fetches.sha256) as was_read
from fetches left join bodies on bodies.sha256 = fetches.sha256
where url in (select value from json_each(?)) order by fetched_at, fetches.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """From when to when every look at an address found the same."""

    url: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordless:
    """Bytes that an address gave, from which no letter could be read."""

    url: str
    sha256: str
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


def fetches(db: Database, urls: Iterable[str], pages: Mapping[str, str]) -> list[Row]:
    """Return what was fetched from the pages of a reply (``urls``), oldest first.

    ``pages`` holds by other addresses the page that each leads to; ``page`` of a row is the one
    whose bytes it has.
    """
    known = set(urls)
    found = []
    for row in rows(db, _FETCHES, [packed(sorted({*known, *pages}))]):
        landed = row["final_url"] if row["final_url"] in known else row["url"]
        found.append({**row, "page": landed if landed in known else pages[row["url"]]})
    return found


def runs(
    held: Iterable[tuple[int, str, Capture]], fetched: Iterable[Mapping[str, Any]]
) -> dict[int, list[Run]]:
    """Return by version when it was on the page, address by address.

    ``held`` are the versions with the addresses and bytes that say them. Bytes that are of several
    versions (a further page changed) tell by their first and last day only.
    """
    versions: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    looks: set[tuple[str, str, int]] = set()
    for number, url, capture in held:
        versions[url, capture.sha256].add(number)
        looks |= {(url, at, number) for at in (capture.first_seen_at, capture.last_seen_at)}
    for fetch in fetched:
        numbers = versions.get((fetch["page"], fetch["sha256"]), set())
        if len(numbers) == 1:
            looks.add((fetch["page"], fetch["fetched_at"], *numbers))
        elif not numbers and _tells(fetch):
            looks.add((fetch["page"], fetch["fetched_at"], 0))
    found: defaultdict[int, list[Run]] = defaultdict(list)
    for (url, number), same in groupby(sorted(looks), key=lambda look: (look[0], look[2])):
        days = [_at(at) for _, at, _ in same]
        found[number].append(Run(url=url, first_seen_at=days[0], last_seen_at=days[-1]))
    return found


def _tells(fetch: Mapping[str, Any]) -> bool:
    """Tell whether a look says that no version was there; what failed otherwise says nothing."""
    return fetch["status"] in NOT_THERE or bool(fetch["sha256"] and not fetch["problem"])


def wordless(fetched: Sequence[Mapping[str, Any]]) -> Iterator[Wordless]:
    """Yield the bytes from which nothing was read; what was redacted is nobody's to judge."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for fetch in fetched:
        is_page = fetch["sha256"] and not fetch["problem"] and not fetch["removed"]
        if is_page and not fetch["was_read"]:
            found[fetch["page"], fetch["sha256"]].append(fetch["fetched_at"])
    for (url, sha256), days in found.items():
        yield Wordless(
            url=url,
            sha256=sha256,
            first_seen_at=_at(days[0]),
            last_seen_at=_at(days[-1]),
        )


def absences(entries: Sequence[Row], fetched: Sequence[Row]) -> list[Absence]:
    """Return when the pages of a reply were not there, by what was fetched and what is noted."""
    found = [*_missing(fetched)]
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


def _missing(fetches: Iterable[Row]) -> Iterator[Absence]:
    """Yield the runs of fetches that found nothing; what failed otherwise says nothing."""
    missing: dict[str, tuple[datetime, datetime]] = {}
    for fetch in fetches:
        url, at = fetch["url"], _at(fetch["fetched_at"])
        if fetch["status"] in NOT_THERE:
            missing[url] = (missing[url][0] if url in missing else at, at)
        elif fetch["sha256"] is not None and fetch["problem"] is None and url in missing:
            since, until = missing.pop(url)
            yield Absence(url=url, since=since, until=until, back_at=at)
    for url, (since, until) in missing.items():
        yield Absence(url=url, since=since, until=until)


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written)
