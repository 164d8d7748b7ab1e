"""How a heat map of months is divided: its columns, and the shades of its numbers (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from math import ceil
from typing import Final

LEVELS: Final = 4
"""Shades of a heat map, besides that for nothing."""


def levels(most: int) -> tuple[int, ...]:
    """Return the largest number of each shade of a heat map whose largest number is ``most``.

    They grow by the same factor, since a few months hold most of a year's replies.

    >>> levels(240), levels(3), levels(0)
    ((4, 16, 61, 240), (1, 2, 3), ())
    """
    steps = {ceil(round(most ** (each / LEVELS), 6)) for each in range(1, LEVELS + 1)}
    return tuple(range(1, most + 1)) if most <= LEVELS else tuple(sorted(steps))


def level(number: int, limits: Sequence[int]) -> int:
    """Return the shade of a number, from 0 for nothing.

    >>> [level(each, (4, 16, 61, 240)) for each in (0, 1, 4, 5, 240)]
    [0, 1, 1, 2, 4]
    """
    return sum(number > limit for limit in (0, *limits[:-1]))


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Return the months from the first to the last.

    >>> months_between("2022-11", "2023-01")
    ('2022-11', '2022-12', '2023-01')
    """
    begin, end = (date.fromisoformat(f"{each}-01") for each in (first, last))
    numbers = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    return tuple(f"{each // 12:04}-{each % 12 + 1:02}" for each in numbers)


def columns(months: Collection[str], seen_on: str | None, most: int) -> tuple[str, ...]:
    """Return the months that a heat map shows: the newest, ``most`` of them.

    None is after the day on which the replies were seen: a later day on a page is a misprint, and
    one such page would leave the map empty.

    >>> columns(["2022-12", "2023-02", "2202-03"], "2023-04-01", 2)
    ('2023-01', '2023-02')
    """
    known = [month for month in months if seen_on is None or month <= seen_on] or [*months]
    return months_between(min(known), max(known))[-most:]
