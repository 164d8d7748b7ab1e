"""A printed day -> date. Days are civil time in China: as printed, an instant converted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from replyarc.text.chinese import UNSEEN, ZEROS, narrow, numeral, one_line, squeeze

EARLIEST: Final = 1949
LATEST: Final = 2100

_GAP = rf"[\s{UNSEEN}]{{0,20}}"
_DASH = r"[-‐-―−]"
_JANUARY: Final = "元"
_DIGITS = rf"{ZEROS}一二三四五六七八九"


def _spelled(letters: str, least: int, most: int) -> str:
    """A numeral of so many of these letters, which a blank may set apart: 〇 is often so."""
    return rf"[{letters}](?:[\s{UNSEEN}]{{0,3}}[{letters}]){{{least - 1},{most - 1}}}"


# One row a printed form, each with what it cannot be without and the groups year, month, day. A
# new form is a new row.
_SHAPES: Final = (
    # 2024-1-2, 2024/01/02, 2024.01.02, 2017——04——12; the time may be glued on: 2024-01-0209:24
    (
        "",
        rf"(?<![0-9])(?<![0-9][-/.])(?P<year>[0-9]{{4}}){_GAP}(?P<sep>/|\.|{_DASH}{{1,2}})"
        rf"{_GAP}(?P<month>[0-9]{{1,2}}){_GAP}(?P=sep){_GAP}"
        r"(?P<day>[0-9]{2}(?=[0-9]{2}[:∶][0-9]{2})|[0-9]{1,2}(?![0-9])(?!(?P=sep)[0-9]))",
    ),
    # 2024年1月2日, 二〇一九年七月三日, 2019年元月3日
    (
        "年",
        rf"(?<![0-9])(?P<year>[0-9]{{4}}|(?<![{_DIGITS}]){_spelled(_DIGITS, 4, 4)}){_GAP}年"
        rf"{_GAP}(?P<month>[0-9]{{1,2}}|{_JANUARY}|{_spelled(_DIGITS + '十', 1, 2)}){_GAP}月"
        rf"{_GAP}(?P<day>[0-9]{{1,2}}|{_spelled(_DIGITS + '十廿卅', 1, 3)}){_GAP}日",
    ),
)
_PATTERNS: Final = tuple((sign, re.compile(shape)) for sign, shape in _SHAPES)
# A time with its zone makes an instant of a day (RFC 3339); without a zone it is dropped.
_INSTANT = re.compile(
    r"[T ](?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
    r"(?:Z|(?P<sign>[+-])(?P<hours>0[0-9]|1[0-4]):?(?P<minutes>[0-5][0-9])(?![0-9]))"
)
_CHINA: Final = timedelta(hours=8)
# Nothing else may stand beside these: 20240102, 20240102092430.
_FIGURES = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])?"
)
_LONGEST: Final = 100


def read_date(text: str) -> date:
    """Read the first day in `text`; a time of day after it is dropped.

    Eight digits are a day only where nothing but a time stands beside them. An instant with a
    zone is the day that it was in China.

    >>> read_date("二〇二三年九月十一日"), read_date("发布时间：2023-09-11 16:02")
    (datetime.date(2023, 9, 11), datetime.date(2023, 9, 11))
    >>> read_date("20230911"), read_date("2023-09-10T16:00:00Z")
    (datetime.date(2023, 9, 11), datetime.date(2023, 9, 11))

    Raises ValueError where there is no day, or one that no calendar has, or none in the years
    1949 to 2100.
    """
    found = find_date(text)
    if found:
        return found[0]
    alone = _FIGURES.fullmatch(narrow(one_line(text[:_LONGEST]))) if len(text) < _LONGEST else None
    day = _day(alone) if alone else None
    if day is None:
        raise ValueError(f"no day: {one_line(text[:_LONGEST])[:40]!r}")
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
    found = [
        match
        for sign, pattern in _PATTERNS
        if sign in narrowed
        for match in pattern.finditer(narrowed)
    ]
    for match in sorted(found, key=re.Match.start):
        day = _day(match)
        if day:
            yield day, match.start(), match.end()


def _day(match: re.Match[str]) -> date | None:
    """Return the day of a match's groups; ``None`` where there is no such day."""
    try:
        year, month, day = map(_number, match.group("year", "month", "day"))
        if not EARLIEST <= year <= LATEST:
            return None
        found = _in_china(datetime(year, month, day), match).date()
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def _number(part: str) -> int:
    if part == _JANUARY:
        return 1
    return numeral(part if part.isalnum() else squeeze(part))


def _in_china(day: datetime, match: re.Match[str]) -> datetime:
    """Return when in China it was, where a time with its zone stands behind the day."""
    instant = _INSTANT.match(match.string, match.end())
    if not instant:
        return day
    ahead = timedelta(hours=int(instant["hours"] or 0), minutes=int(instant["minutes"] or 0))
    if instant["sign"] == "-":
        ahead = -ahead
    time = timedelta(hours=int(instant["hour"]), minutes=int(instant["minute"]))
    return day + time - ahead + _CHINA
