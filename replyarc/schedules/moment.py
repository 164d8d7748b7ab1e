"""When a crawl is to begin: at night in China, inside the windows, at a minute of its own.

A hundred installations that all begin at the full hour are a wave; what is kept apart by a hash is
not (the crawlers of OpenSanctions are spread in the same manner).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from replyarc.instants import CHINA
from replyarc.manners import Window

DAY: Final = 24 * 60

NIGHT: Final = Window(time(1), time(5))
"""When the sites are least busy, in China; for sources that have no window."""

SPREAD: Final = 120
"""Seconds by which one day's beginning may lie behind that of another."""

_MARGIN: Final = 3
"""Minutes of a window that are kept free for the spread."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the day in China, and the sources whose windows are shut then."""

    at: time
    spread: int = SPREAD
    shut: tuple[str, ...] = ()


def own_number(machine: str, config: str) -> int:
    """Return a number that one configuration on one machine always has, and another has not."""
    return int.from_bytes(hashlib.sha256(f"{machine}\0{config}".encode()).digest()[:8])


def moment(windows: Mapping[str, Window], number: int) -> Moment:
    """Choose when to begin, within an hour of the earliest minute that suits the most sources.

    ``windows`` are those of the sources that have one, by their names.

    >>> moment({"a": Window(time(22), time(6)), "b": Window(time(23), time(4))}, 17)
    Moment(at=datetime.time(23, 17), spread=120, shut=())
    """
    spans = [_minutes(each) for each in windows.values()] or [_minutes(NIGHT)]
    hold = [sum(minute in span for span in spans) for minute in range(DAY)]
    most = max(hold)
    first, length = _longest([held == most for held in hold])
    room = min(60, length) if windows else length
    minute = (first + number % max(1, room - _MARGIN)) % DAY
    at = time(*divmod(minute, 60))
    return Moment(at, SPREAD if room > _MARGIN else 0, shut_at(windows, at))


def moment_at(windows: Mapping[str, Window], at: time) -> Moment:
    """Return a time that somebody chose; it is not spread where a window would shut meanwhile.

    >>> moment_at({"a": Window(time(22), time(6))}, time(5, 59))
    Moment(at=datetime.time(5, 59), spread=0, shut=())
    """
    shut = shut_at(windows, at)
    later = time(*divmod((_minute(at) + _MARGIN) % DAY, 60))
    return Moment(at, SPREAD if shut_at(windows, later) == shut else 0, shut)


def shut_at(windows: Mapping[str, Window], at: time) -> tuple[str, ...]:
    """Return the sources whose window is shut at a time of the day in China."""
    minute = _minute(at)
    return tuple(name for name, window in windows.items() if minute not in _minutes(window))


def _minutes(window: Window) -> frozenset[int]:
    opens, closes = _minute(window.opens), _minute(window.closes)
    return frozenset(minute % DAY for minute in range(opens, closes + DAY * (closes <= opens)))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _longest(day: Sequence[bool]) -> tuple[int, int]:
    """Return where the longest run of a round of minutes begins, and how long it is."""
    if all(day):
        return 0, len(day)
    runs: list[tuple[int, int]] = []
    for first, is_open in enumerate(day):
        if is_open and not day[first - 1]:
            length = next(n for n in range(len(day)) if not day[(first + n) % len(day)])
            runs.append((length, -first))
    length, first = max(runs)
    return -first, length


def here(at: time, day: date) -> time:
    """Translate a time of the day in China into the zone of this machine, as it is on a day."""
    return datetime.combine(day, at, CHINA).astimezone().time()


def moves(at: time, year: int) -> bool:
    """Tell whether the clock of this machine changes between summer and winter."""
    return here(at, date(year, 1, 15)) != here(at, date(year, 7, 15))
