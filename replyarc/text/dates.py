"""A printed day -> date. Days are civil time in China, as printed, and are not converted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from replyarc.text.chinese import UNSEEN, ZEROS, narrow, numeral, one_line

EARLIEST: Final = 1949
LATEST: Final = 2100

_GAP = rf"[\s{UNSEEN}]{{0,20}}"
_DASH = r"[-‐-―−﹣]"

# One row a printed form, each with the groups year, month, day. A new form is a new row.
_SHAPES: Final = (
    # 2024-1-2, 2024/01/02, 2024.01.02, 2017——04——12; the time may be glued on: 2024-01-0209:24
    rf"(?<![0-9])(?<![0-9][-/.])(?P<year>[0-9]{{4}}){_GAP}(?P<sep>/|\.|{_DASH}{{1,2}})"
    rf"{_GAP}(?P<month>[0-9]{{1,2}}){_GAP}(?P=sep){_GAP}"
    r"(?P<day>[0-9]{2}(?=[0-9]{2}[:∶][0-9]{2})|[0-9]{1,2}(?![0-9])(?!(?P=sep)[0-9]))",
    # 2024年1月2日, 二〇一九年七月三日
    rf"(?<![0-9])(?P<year>[0-9]{{4}}|[{ZEROS}一二三四五六七八九]{{4}}){_GAP}年"
    rf"{_GAP}(?P<month>[0-9]{{1,2}}|[{ZEROS}一二三四五六七八九十]{{1,2}}){_GAP}月"
    rf"{_GAP}(?P<day>[0-9]{{1,2}}|[{ZEROS}一二三四五六七八九十廿卅]{{1,3}}){_GAP}日",
)
_PATTERNS: Final = tuple(re.compile(shape) for shape in _SHAPES)
_EIGHT_DIGITS = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


def read_date(text: str) -> date:
    """Read the first day in `text`; a time of day after it is dropped.

    Eight digits are a day only where nothing else stands beside them.

    >>> read_date("二〇二三年九月十一日"), read_date("发布时间：2023-09-11 16:02")
    (datetime.date(2023, 9, 11), datetime.date(2023, 9, 11))
    >>> read_date("20230911")
    datetime.date(2023, 9, 11)

    Raises ValueError where there is no day, or one that no calendar has, or none in the years
    1949 to 2100.
    """
    found = find_date(text)
    if found:
        return found[0]
    alone = _EIGHT_DIGITS.fullmatch(narrow(one_line(text)))
    day = _day(alone) if alone else None
    if day is None:
        raise ValueError(f"no day: {one_line(text)[:40]!r}")
    return day


def find_date(text: str) -> tuple[date, int, int] | None:
    """Return the first day in `text` and where it begins and ends; ``None`` where there is none.

    >>> find_date("关于第12号建议的答复2024-01-02")
    (datetime.date(2024, 1, 2), 11, 21)
    """
    return next(days(text), None)


def days(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield every day in `text`, in order, and where it begins and ends.

    What has the shape of a day but is in no calendar is passed over.

    >>> [day.isoformat() for day, start, end in days("2024年1月2日至2024.02.30、2024/3/4")]
    ['2024-01-02', '2024-03-04']
    """
    narrowed = narrow(text)
    found = [match for pattern in _PATTERNS for match in pattern.finditer(narrowed)]
    for match in sorted(found, key=re.Match.start):
        day = _day(match)
        if day:
            yield day, match.start(), match.end()


def _day(match: re.Match[str]) -> date | None:
    """Return the day of a match's groups; ``None`` where there is no such day."""
    try:
        year, month, day = (numeral(match[part]) for part in ("year", "month", "day"))
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
