"""What is counted of an archive: the plain data of ``stats``, and what follows from it (pure).

Everything here adds up: what a reply does not say is counted under ``None``, never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, NamedTuple

from replyarc.gaps import Numbers

BREAKDOWNS: Final[Mapping[str, tuple[str, str]]] = {
    "year": ("年份", "years"),
    "month": ("月份", "months"),
    "publisher": ("答复单位", "answering units"),
    "kind": ("类别", "kinds"),
    "assembly": ("会议", "assemblies"),
    "session": ("届次", "sessions"),
    "class": ("办理类别", "result classes"),
    "role": ("办理方式", "parts in handling"),
    "region": ("地区", "regions"),
    "source": ("来源", "sources"),
}
"""By what replies are counted: the Chinese word for it, and the English one for several."""

SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "gaps": ("缺号", "numbers of proposals that are not held"),
    "days": ("发布用时", "days from the letter's date to its publication"),
    "edited": ("修改", "edited after publication"),
    "gone": ("消失", "gone from its site"),
}
"""What is told besides: the Chinese words for it, and the English ones."""

IN_TIME: Final = ("year", "month")
"""The breakdowns that are told in the order of time, not by their counts."""

NOT_SAID: Final = "未注明"
"""What stands for ``None`` where people read it."""

LATE: Final = 30
"""Days after which a letter counts as published late, where nothing else is asked for.

Rules say 20 working days (政府信息公开条例, article 26): four weeks, and two days for a holiday.
"""


class Count(NamedTuple):
    """How many replies have a value; ``None``: it is not said."""

    name: str | None
    replies: int


class Month(NamedTuple):
    """How many replies a source published in a month (``2023-05``)."""

    source: str
    month: str
    replies: int


class Year(NamedTuple):
    """How many replies of a kind a year has; ``None``: it is not said."""

    year: str | None
    kind: str | None
    replies: int


class Event(NamedTuple):
    """What happened to one reply on a day; ``fields`` are those that changed."""

    day: str
    id: str
    title: str
    source: str
    fields: tuple[str, ...] = ()


class Delay(NamedTuple):
    """How long one office took from its letters' dates to their publication, in days."""

    publisher: str | None
    replies: int
    median: float
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The days from the date of a letter to its publication.

    ``days`` tells how many replies took how many; those of ``before`` bear a later date than their
    publication and are in no other figure, ``unknown`` lack one of the two dates.
    """

    days: tuple[tuple[int, int], ...] = ()
    before: int = 0
    unknown: int = 0
    late_after: int = LATE
    publishers: tuple[Delay, ...] = ()

    @property
    def replies(self) -> int:
        """How many replies the figures are about."""
        return sum(replies for _, replies in self.days)

    @property
    def late(self) -> int:
        """How many were published late."""
        return sum(replies for day, replies in self.days if day > self.late_after)

    @property
    def quartiles(self) -> tuple[float, float, float] | None:
        """After how many days a quarter, half and three quarters were published."""
        if not self.days:
            return None
        return quantile(self.days, 0.25), quantile(self.days, 0.5), quantile(self.days, 0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What pages said anew after they were archived: ``changes`` are the versions but the first."""

    replies: int = 0
    changes: int = 0
    fields: tuple[Count, ...] = ()
    latest: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What is no longer on its site; ``first`` and ``last`` are the days it was found gone."""

    replies: int = 0
    sources: tuple[Count, ...] = ()
    latest: tuple[Event, ...] = ()
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All that is counted of the replies that are asked for.

    ``by`` has a row for each of BREAKDOWNS. Of the numbers of proposals, ``unnumbered`` replies
    bear none, those of ``unplaced`` name no session, and ``unread`` are printed numbers of which
    nothing can be made. ``seen_on`` is the last day that any of the replies was seen.
    """

    total: int = 0
    since: str | None = None
    until: str | None = None
    seen_on: str | None = None
    by: Mapping[str, tuple[Count, ...]]
    years: tuple[Year, ...] = ()
    months: tuple[Month, ...] = ()
    numbers: tuple[Numbers, ...] = ()
    unnumbered: int = 0
    unplaced: int = 0
    unread: int = 0
    publication: Publication
    edited: Edited
    gone: Gone

    def as_json(self) -> dict[str, Any]:
        """Return all of it as values of JSON, under keys that stay."""
        return {
            "schema": 1,
            "total": self.total,
            "since": self.since,
            "until": self.until,
            "seen_on": self.seen_on,
            "by": {
                name: [{"value": each.name, "replies": each.replies} for each in counts]
                for name, counts in self.by.items()
            },
            "gaps": [_numbers(each) for each in self.numbers],
            "unnumbered": self.unnumbered,
            "without_session": self.unplaced,
            "numbers_unread": self.unread,
            "publication": _publication(self.publication),
            "edited": _edited(self.edited),
            "gone": _gone(self.gone),
            "months": [each._asdict() for each in self.months],
        }


def counted(counts: Mapping[str | None, int], *, in_time: bool = False) -> tuple[Count, ...]:
    """Return counts in the order in which they are told; what is not said comes last.

    >>> counted({"B": 1, None: 5, "A": 3})
    (Count(name='A', replies=3), Count(name='B', replies=1), Count(name=None, replies=5))
    """

    def rank(each: Count) -> tuple[bool, int, str]:
        return each.name is None, 0 if in_time else -each.replies, each.name or ""

    return tuple(sorted((Count(*each) for each in counts.items()), key=rank))


def shortened(counts: Sequence[Count], most: int) -> tuple[tuple[Count, ...], Count | None, int]:
    """Return the first counts, then what the others come to, and how many these are.

    What is not said is always told by itself.

    >>> shortened([Count("A", 9), Count("B", 2), Count("C", 1), Count(None, 4)], 1)
    ((Count(name='A', replies=9), Count(name=None, replies=4)), Count(name='', replies=3), 2)
    """
    named = [each for each in counts if each.name is not None]
    rest = named[most:]
    if len(rest) < 2:
        return tuple(counts), None, 0
    told = (*named[:most], *(each for each in counts if each.name is None))
    return told, Count("", sum(each.replies for each in rest)), len(rest)


def quantile(days: Iterable[tuple[int, int]], share: float) -> float:
    """Return the value below which a share of values is, which are given as (value, times), sorted.

    Between two values it is interpolated; the smallest and the largest are 0 and 1.

    >>> quantile([(1, 1), (2, 1), (10, 2)], 0.5)
    6.0
    """
    days = tuple(days)
    at = share * (sum(times for _, times in days) - 1)
    below, above = _at(days, int(at)), _at(days, ceil(at))
    return below + (above - below) * (at - int(at))


def _at(days: Iterable[tuple[int, int]], place: int) -> float:
    for value, times in days:
        place -= times
        if place < 0:
            return float(value)
    raise ValueError("no values")


def _numbers(each: Numbers) -> dict[str, Any]:
    return {
        **each.sitting._asdict(),
        "assembly_names": list(each.names),
        "publishers": each.publishers,
        "held": each.held,
        "largest": each.largest,
        "share": round(each.share, 4),
        "dense": each.is_dense,
        "held_ranges": [list(span) for span in each.spans],
        "missing": [list(span) for span in each.missing],
    }


def _publication(told: Publication) -> dict[str, Any]:
    quarter, median, three = told.quartiles or (None, None, None)
    return {
        "replies": told.replies,
        "median": median,
        "quartiles": [quarter, three],
        "late_after": told.late_after,
        "late": told.late,
        "before": told.before,
        "unknown": told.unknown,
        "days": [{"days": days, "replies": replies} for days, replies in told.days],
        "publishers": [each._asdict() for each in told.publishers],
    }


def _edited(told: Edited) -> dict[str, Any]:
    return {
        "replies": told.replies,
        "changes": told.changes,
        "fields": [{"field": each.name, "changes": each.replies} for each in told.fields],
        "latest": [{**each._asdict(), "fields": list(each.fields)} for each in told.latest],
    }


def _gone(told: Gone) -> dict[str, Any]:
    latest = ({name: each._asdict()[name] for name in Event._fields[:-1]} for each in told.latest)
    return {
        "replies": told.replies,
        "first": told.first,
        "last": told.last,
        "sources": [{"source": each.name, "replies": each.replies} for each in told.sources],
        "latest": list(latest),
    }
