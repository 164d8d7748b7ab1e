"""Counting replies, batch after batch, into Statistics (pure; they are not held meanwhile).

A number is held for each value, and for each set of values, that there is. Where many replies are
counted the time goes into the loops: they are left to Counter, which counts a column at once.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from heapq import heappush, heappushpop
from typing import Any, Final, NamedTuple

from replyarc.figures import (
    IN_TIME,
    LATE,
    Count,
    Delay,
    Edited,
    Event,
    Gone,
    Month,
    Publication,
    Statistics,
    Year,
    counted,
    quantile,
)
from replyarc.gaps import Number, read_number
from replyarc.instants import china_day
from replyarc.seats import Seat, session_in_words, sittings

LATEST: Final = 20
"""How many of what was edited or is gone are listed one by one."""


class Fact(NamedTuple):
    """What is counted of one reply, as the archive has it; ``None``: it is not said.

    ``publisher`` is who answers, ``owner`` whom the page names. ``day`` is that of publication,
    else of signature, and ``days`` are those from the letter's date to its publication. Instants
    are ISO text.
    """

    source: str
    publisher: str | None = None
    owner: str | None = None
    day: str | None = None
    days: int | None = None
    kind: str | None = None
    assembly: str | None = None
    assembly_name: str | None = None
    term: int | None = None
    session: int | None = None
    numbers: str = "[]"
    role: str | None = None
    result_class: str | None = None
    seen_at: str | None = None
    gone_at: str | None = None
    id: str = ""
    title: str = ""


Where = Callable[[Seat], tuple[str, str]]
"""Tells the place of an assembly: what it is told apart by, and its name."""


def _nowhere(seat: Seat) -> tuple[str, str]:
    return seat.assembly_name or "", seat.assembly_name or ""


class _Latest:
    """The last few events, however many there were."""

    def __init__(self) -> None:
        self._held: list[Event] = []

    def add(self, event: Event) -> None:
        put = heappushpop if len(self._held) == LATEST else heappush
        put(self._held, event)

    def told(self) -> tuple[Event, ...]:
        return tuple(sorted(self._held, reverse=True))


class Reckoning:
    """Statistics in the making.

    ``regions`` are those of the sources; ``where`` tells the place of an assembly.
    """

    def __init__(
        self,
        late_after: int = LATE,
        regions: Mapping[str, str | None] | None = None,
        where: Where = _nowhere,
    ) -> None:
        self._late_after = late_after
        self._regions = regions or {}
        self._where = where
        self._seats: Counter[Seat] = Counter()
        self._classes: Counter[str | None] = Counter()
        self._roles: Counter[str | None] = Counter()
        self._years: Counter[tuple[str | None, str | None]] = Counter()
        self._months: Counter[tuple[str, str | None]] = Counter()
        self._delays: Counter[tuple[str | None, int | None]] = Counter()
        self._held: defaultdict[Seat, set[Number]] = defaultdict(set)
        self._unnumbered = self._unplaced = self._unread = 0
        self._days: set[str] = set()
        self._seen_at: str | None = None
        self._edited = {"replies": 0, "changes": 0}
        self._fields: Counter[str | None] = Counter()
        self._edits, self._absences = _Latest(), _Latest()
        self._gone: Counter[str | None] = Counter()
        self._gone_on: set[str] = set()

    def add(self, facts: Sequence[Fact]) -> None:
        """Count replies."""
        if not facts:
            return
        of: Any = Fact._make(zip(*facts, strict=True))  # the same names, each a column now
        seats = [*map(Seat._make, zip(*(getattr(of, name) for name in Seat._fields), strict=True))]
        self._seats.update(seats)
        self._classes.update(of.result_class)
        self._roles.update(of.role)
        self._years.update(
            (day and day[:4], kind) for day, kind in zip(of.day, of.kind, strict=True)
        )
        self._months.update(
            (source, day and day[:7]) for source, day in zip(of.source, of.day, strict=True)
        )
        self._delays.update(zip(of.publisher, of.days, strict=True))
        days = {*of.day} - {None}
        self._days = {*_ends(days | self._days)}
        self._seen_at = max((each for each in (*of.seen_at, self._seen_at) if each), default=None)
        for seat, numbers in zip(seats, of.numbers, strict=True):
            self._number(seat, numbers)
        for fact in facts:
            if fact[_GONE_AT]:
                self._miss(Fact._make(fact))

    def edited(self, last: Event, changes: Iterable[Iterable[str]]) -> None:
        """Count a reply that was edited: what changed each time, and when it did last."""
        self._edited["replies"] += 1
        names: dict[str, None] = {}
        for changed in changes:
            told = dict.fromkeys(changed)
            self._edited["changes"] += 1
            self._fields.update([*told])
            names |= told
        self._edits.add(last._replace(fields=tuple(names)))

    def statistics(self) -> Statistics:
        """Return what was counted; raises ValueError where a day is none."""
        places = {seat: self._where(seat) for seat in self._seats}
        for day in self._days:
            date.fromisoformat(day)
        return Statistics(
            total=self._seats.total(),
            since=min(self._days, default=None),
            until=max(self._days, default=None),
            seen_on=self._seen_at and china_day(datetime.fromisoformat(self._seen_at)),
            by=self._by(places),
            years=tuple(Year(*key, times) for key, times in sorted(self._years.items(), key=_told)),
            months=tuple(
                Month(source, month, times)
                for (source, month), times in sorted(self._months.items(), key=str)
                if month is not None
            ),
            numbers=tuple(sittings(self._held, places)),
            unnumbered=self._unnumbered,
            unplaced=self._unplaced,
            unread=self._unread,
            publication=self._publication(),
            edited=Edited(**self._edited, fields=counted(self._fields), latest=self._edits.told()),
            gone=Gone(
                replies=self._gone.total(),
                sources=counted(self._gone),
                latest=self._absences.told(),
                first=min(self._gone_on, default=None),
                last=max(self._gone_on, default=None),
            ),
        )

    def _by(self, places: Mapping[Seat, tuple[str, str]]) -> dict[str, tuple[Count, ...]]:
        """Return the counts of each of BREAKDOWNS, in their order."""
        seats, months = self._seats, self._months
        by: dict[str, Mapping[str | None, int]] = {
            "year": _grouped(months, lambda of: of[1] and of[1][:4]),
            "month": _grouped(months, lambda of: of[1]),
            "publisher": _grouped(seats, lambda of: of.publisher),
            "kind": _grouped(seats, lambda of: of.kind),
            "assembly": _grouped(seats, lambda of: of.assembly),
            "session": _grouped(
                seats, lambda of: session_in_words(places[of][1], of.body, of.term, of.session)
            ),
            "class": self._classes,
            "role": self._roles,
            "region": _grouped(seats, lambda of: self._regions.get(of.source)),
            "source": _grouped(seats, lambda of: of.source),
        }
        return {name: counted(each, in_time=name in IN_TIME) for name, each in by.items()}

    def _number(self, seat: Seat, numbers: str) -> None:
        """Note the numbers of the proposals that a reply answers."""
        if numbers in ("[]", "", None):
            self._unnumbered += 1
        elif seat.term is None and seat.session is None:
            self._unplaced += 1
        else:
            read, unread = _read(numbers)
            self._unread += unread
            self._held[seat].update(read)

    def _miss(self, fact: Fact) -> None:
        day = china_day(datetime.fromisoformat(fact.gone_at or ""))
        self._gone[fact.source] += 1
        self._gone_on = {*_ends({*self._gone_on, day})}
        self._absences.add(Event(day, fact.id, fact.title, fact.source))

    def _publication(self) -> Publication:
        publishers: defaultdict[str | None, Counter[int]] = defaultdict(Counter)
        days: Counter[int] = Counter()
        before = unknown = 0
        for (publisher, taken), times in self._delays.items():
            if taken is None:
                unknown += times
            elif taken < 0:
                before += times
            else:
                days[taken] += times
                publishers[publisher][taken] += times
        delays = [self._delay(*each) for each in publishers.items()]
        return Publication(
            days=tuple(sorted(days.items())),
            before=before,
            unknown=unknown,
            late_after=self._late_after,
            publishers=tuple(sorted(delays, key=lambda of: (-of.replies, of.publisher or ""))),
        )

    def _delay(self, publisher: str | None, days: Counter[int]) -> Delay:
        late = sum(times for day, times in days.items() if day > self._late_after)
        return Delay(publisher, days.total(), quantile(sorted(days.items()), 0.5), late)


_GONE_AT: Final = Fact._fields.index("gone_at")


@lru_cache(maxsize=16384)
def _read(numbers: str) -> tuple[tuple[Number, ...], int]:
    """Return the numbers of a list in JSON, and how many of them are none to count by."""
    found = [read_number(str(each)) for each in json.loads(numbers)]
    return tuple(each for each in found if each), found.count(None)


def _ends(days: set[str]) -> tuple[str, ...]:
    return (min(days), max(days)) if days else ()


def _grouped(counts: Mapping[Any, int], name: Callable[[Any], str | None]) -> Counter[str | None]:
    grouped: Counter[str | None] = Counter()
    for key, times in counts.items():
        grouped[name(key)] += times
    return grouped


def _told(of: tuple[tuple[str | None, str | None], int]) -> tuple[bool, str, str]:
    year, kind = of[0]
    return year is None, year or "", kind or ""
