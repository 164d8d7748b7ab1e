"""How long a host is left alone, in this run and by the next. Pure.

From run to run only the wall clock tells the time, and it may have been set meanwhile. So nothing
that it says is believed beyond what was ever asked for: a delay lasts no longer than the delay, a
rest no longer than it was to last when it began.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from replyarc.instants import CHINA
from replyarc.manners import HostState

LONGEST_PAUSE: Final = 60.0
"""Seconds between two tries, where the site says nothing."""

LONGEST_RETRY_AFTER: Final = 300.0
"""Seconds; a site that asks for more is left alone until then, and this run goes on without it."""

LONGEST_REST: Final = 86_400.0
"""Seconds; a site that asks for more than a day is asked again after a day."""


def delay_left(state: HostState, now: datetime, delay: float) -> float:
    """Return the seconds until a host may be asked that an earlier run asked last.

    >>> state = HostState(host="a.test", next_at=datetime(2026, 5, 1, 12, 0, 2, tzinfo=CHINA))
    >>> delay_left(state, datetime(2026, 5, 1, 12, 0, 0, 500_000, tzinfo=CHINA), 2.0)
    1.5
    >>> delay_left(state, datetime(2020, 1, 1, tzinfo=CHINA), 2.0)  # the clock went back
    2.0
    """
    return min(max((state.next_at - now).total_seconds(), 0.0), delay)


def rest_left(state: HostState, now: datetime) -> float:
    """Return the seconds for which a host still rests that an earlier run let rest.

    ``failed_at`` of its state is when it was asked last to no avail, so that from then on it has
    no longer to rest than this, whatever the clock says now.
    """
    if state.rests_until is None or state.failed_at is None:
        return 0.0
    length = (state.rests_until - state.failed_at).total_seconds()
    left = (state.rests_until - now).total_seconds()
    return max(min(left, length, LONGEST_REST), 0.0)


def back_off(first: float, tries: int, chance: float) -> float:
    """Return the seconds before a further try, after so many: at random, and ever longer.

    ``first`` is the longest pause after the first try; ``chance`` is from 0 to 1. The shortest is
    half of ``first``, so that many crawlers do not come back at one moment, nor at once.

    >>> [back_off(1.0, tries, 1.0) for tries in (1, 2, 3, 99)], back_off(1.0, 3, 0.0)
    ([1.0, 2.0, 4.0, 60.0], 0.5)
    """
    shortest = first / 2
    longest = min(first * 2.0 ** min(tries - 1, 30), LONGEST_PAUSE)
    return shortest + max(longest - shortest, 0.0) * chance


def clock_time(at: datetime) -> str:
    """Write an instant for a message, to the minute, as clocks in China show it.

    >>> clock_time(datetime(2026, 5, 1, 16, 30, tzinfo=CHINA))
    '2026-05-01 16:30 in China'
    """
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M} in China"
