"""What follows from the readings of one reply: its versions, and what is shown of it (pure)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from replyarc.archive.readings import (
    Capture,
    Holding,
    Reading,
    age,
    body,
    holding,
    is_shorter,
    latest,
)
from replyarc.model import Outcome


class Standing(StrEnum):
    """What a reading counts for."""

    HOLDS = "holds"
    SUPERSEDED = "superseded"  # its bytes were read again, and say something else
    ASIDE = "aside"  # much shorter than what was there before


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a reply: what was said, where it was read first, and since when.

    ``first_read_at`` is later than ``first_seen_at`` where kept bytes were read again.
    """

    number: int
    reading: Reading
    sha256: str
    first_seen_at: str
    first_read_at: str


@dataclass(frozen=True, slots=True)
class History:
    """What follows from the readings of one reply.

    ``editions`` are its versions, oldest first. ``now`` holds of each address the reading that
    tells what it says now, or said last; ``shown`` is the edition of the one that came up last.
    ``last`` is the reading that was seen last. ``standings`` has every reading of the reply.
    """

    id: str
    first_seen_at: str
    editions: tuple[Edition, ...]
    now: tuple[Reading, ...]
    shown: Edition
    last: Reading
    standings: Mapping[Reading, Standing]
    told: Mapping[str, Any] | None = None

    @property
    def where(self) -> Reading:
        """The reading of the address where what is shown was seen last."""
        return max(
            (reading for reading in self.now if reading.says == self.shown.reading.says), key=latest
        )

    @property
    def index_number(self) -> str | None:
        """The index number of what is shown, else the one that another of its pages prints now."""
        others = sorted(self.now, key=latest, reverse=True)
        numbers = (reading.index_number for reading in (self.shown.reading, *others))
        return next(filter(None, numbers), None)

    @property
    def changed_at(self) -> str:
        """When the archive last learned something new of the reply."""
        told: str | None = self.told["changed_at"] if self.told else None
        return told or max(edition.first_read_at for edition in self.editions)

    def with_own_id(self) -> History:
        """Return it under the id of its oldest reading, whatever an export told."""
        return replace(self, id=min(self.standings, key=age).id)


class _Held:
    """A reading that holds, and when the bodies that it holds were seen."""

    def __init__(self, reading: Reading, captures: list[Capture]) -> None:
        self.reading = reading
        self.first = min(captures, key=lambda each: (each.first_seen_at, each.sha256, each.parts))
        self.first_seen_at = self.first.first_seen_at
        self.last = max(captures, key=lambda each: each.latest)
        self.accepted = any(capture.accepted for capture in captures)

    @property
    def order(self) -> tuple[Any, ...]:
        """Where it stands in time; of two at one instant the longer comes first."""
        return (self.first_seen_at, -self.reading.letters, *age(self.reading))


def history(readings: Iterable[Reading]) -> History:
    """Settle the readings of one reply. Its id is that of the oldest one, and so stays."""
    by_age = sorted(readings, key=age)
    holds = holding(by_age)
    standings = {
        reading: Standing.ASIDE if reading in holds.too_short else Standing.SUPERSEDED
        for reading in by_age
    }
    kept: list[_Held] = []
    longest = 0
    for each in sorted(_held(by_age, holds), key=lambda each: each.order):
        if not each.accepted and is_shorter(each.reading.letters, longest):
            standings[each.reading] = Standing.ASIDE
            continue
        standings[each.reading] = Standing.HOLDS
        kept.append(each)
        longest = each.reading.letters if each.accepted else max(longest, each.reading.letters)
    told = _told(by_age)
    editions = _editions(kept, told)
    now = _now(by_age, kept)
    current = {each.reading for each in kept} & set(now.values())
    came_up_last = max(
        (each for each in kept if each.reading in current),
        key=lambda each: (each.first_seen_at, *age(each.reading)),
    )
    return History(
        id=told["id"] if told else by_age[0].id,
        first_seen_at=min(reading.first_seen_at for reading in by_age),
        editions=editions,
        now=tuple(now[url] for url in sorted(now)),
        shown=next(each for each in editions if each.reading.says == came_up_last.reading.says),
        last=max(by_age, key=latest),
        standings=standings,
        told=told,
    )


def _held(readings: Iterable[Reading], holds: Holding) -> list[_Held]:
    held: defaultdict[Reading, list[Capture]] = defaultdict(list)
    for reading in readings:
        for capture in reading.captures:
            if holds.of[body(reading, capture)] is reading:
                held[reading].append(capture)
    return [_Held(reading, captures) for reading, captures in held.items()]


def _editions(kept: Iterable[_Held], told: Mapping[str, Any] | None) -> tuple[Edition, ...]:
    """Part what was said one after the other into versions: the first to say it stands for it."""
    said: dict[str, list[_Held]] = {}
    for each in kept:
        said.setdefault(each.reading.says, []).append(each)
    before = max(told["version"] - len(said), 0) if told else 0
    return tuple(
        Edition(
            number=number,
            reading=group[0].reading,
            sha256=group[0].first.sha256,
            first_seen_at=group[0].first_seen_at,
            first_read_at=min(each.reading.first_read_at for each in group),
        )
        for number, group in enumerate(said.values(), before + 1)
    )


def _now(readings: Iterable[Reading], kept: Iterable[_Held]) -> dict[str, Reading]:
    """Return by address what it says now: of what counts, if any does, the reading seen last.

    A short letter that came back after the full one does not count, though it was there first.
    """
    now = {reading.url: reading for reading in sorted(readings, key=latest)}
    here: defaultdict[str, list[_Held]] = defaultdict(list)
    for each in sorted(kept, key=lambda each: (each.last.latest, each.reading.fingerprint)):
        here[each.reading.url].append(each)
    for url, found in here.items():
        now[url] = [each for each in found if not _fell_back(each, found)][-1].reading
    return now


def _fell_back(short: _Held, others: Iterable[_Held]) -> bool:
    """Tell whether a letter was full in between, and is much shorter again."""
    before = [each for each in others if each.first_seen_at <= short.last.last_seen_at]
    since = max((each.first_seen_at for each in before if each.accepted), default="")
    return not short.accepted and any(
        is_shorter(short.reading.letters, full.reading.letters) and full.first_seen_at >= since
        for full in before
    )


def _told(readings: Sequence[Reading]) -> dict[str, Any] | None:
    """Return what an export said of a reply of which no bytes were ever seen here."""
    last = max(readings, key=latest)
    if not all(reading.told for reading in readings):
        return None
    told: dict[str, Any] = json.loads(last.told or "{}")
    return told


def outcome(after: Reading, before: Iterable[Reading], group: Iterable[Reading]) -> Outcome:
    """Tell what filing a reading came to.

    ``before`` are the readings of its reply as they were, ``group`` as they are with it, ``after``
    the one that was filed. CHANGED is also an address that says again what it said before it said
    something else.
    """
    then, now = list(before), history(group)
    here = max((reading for reading in now.standings if reading.url == after.url), key=latest)
    fell_back = here == after and after.says not in {reading.says for reading in now.now}
    if now.standings[after] is Standing.ASIDE or fell_back:
        return Outcome.ASIDE
    if not then:
        return Outcome.NEW
    former = history(then)
    said = {edition.reading.says for edition in former.editions}
    same = former.shown.reading.says == now.shown.reading.says
    known = {edition.reading.says for edition in now.editions} <= said
    return Outcome.SAME if same and known else Outcome.CHANGED
