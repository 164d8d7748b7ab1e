"""How long a source may say nothing new before that is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from replyarc.findings import Finding
from replyarc.health.history import History
from replyarc.instants import CHINA
from replyarc.model import Source

SEASON: Final = frozenset({2, 3, 4, 5})
"""The months in which the assemblies meet (两会) and suggestions are handed out and handled.

Replies follow from June on. Of 65 letters of real columns whose days are known, 8 are of these four
months (1, 2, 2 and 3), where an even year would have 21; most are of June, August and December.
"""

LEAST: Final = 500
"""Days out of season without a letter before a source of which nothing is expected is stale.

They are two years: a column that is filled once a year, one year in June and the next in December,
pauses for less.
"""

_DAY: Final = timedelta(days=1)


def counted(first: date, last: date) -> int:
    """Count the days after ``first``, up to ``last``, that are not in the season.

    >>> counted(date(2026, 1, 30), date(2026, 6, 2))
    3
    """
    if first >= last:
        return 0
    return _before(last) - _before(first)


def _before(day: date) -> int:
    """Count the days out of season from the beginning of the calendar up to a day."""
    year = date(day.year, 1, 1).toordinal() - 1
    # 120 days of season a year, 121 in a leap year
    leaps = (day.year - 1) // 4 - (day.year - 1) // 100 + (day.year - 1) // 400
    opens, closes = date(day.year, min(SEASON), 1), date(day.year, max(SEASON) + 1, 1) - _DAY
    in_season = max(0, (min(day, closes) - opens).days + 1)
    return year - 120 * (day.year - 1) - leaps + (day.toordinal() - year) - in_season


def runs_out(newest: date, days: int) -> date:
    """Return the first day on which more than so many days are counted since ``newest``.

    >>> runs_out(date(2026, 1, 30), 2)
    datetime.date(2026, 6, 2)
    """
    low, high = newest, newest + timedelta(days=2 * days + 200)
    while high - low > _DAY:
        middle = low + (high - low) // 2
        low, high = (low, middle) if counted(newest, middle) > days else (middle, high)
    return high


def stale(history: History, source: Source, today: date) -> Iterator[Finding]:
    """Say that the newest letter is older than is expected.

    Where nothing is expected, than twice the longest pause that the source ever made, and than
    `LEAST` days; one that was as quiet when it was crawled first is a closed column. Days of the
    season do not count.
    """
    days = [each for each in history.days if each <= today]
    if not days or history.began_at is None:
        return
    expected = source.expect.newest
    if expected is not None:
        most, whose = expected.days, "as its expect.newest says"
    else:
        pause = max((counted(one, next) for one, next in pairwise(days)), default=0)
        most, whose = max(LEAST, 2 * pause), "as nothing else is said and its pauses were shorter"
    number = counted(days[-1], today)
    began = history.began_at.astimezone(CHINA).date()
    if number <= most or (expected is None and counted(days[-1], began) > most):
        return
    over = runs_out(days[-1], most)
    yield Finding(
        source=source.name,
        kind="stale",
        measure=days[-1].isoformat(),
        text=f"the newest letter is of {days[-1]}: {number} days without a new one, those from "
        f"February to May not counted; at most {most} are expected, {whose}. Open "
        f"{source.urls[0]}: has the column moved? If it is as quiet as that, set expect.newest "
        f'of source "{source.name}"',
        since=datetime.combine(over, time(), CHINA).astimezone(UTC),
    )
