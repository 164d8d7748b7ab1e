"""The day that a listing prints beside a link, or glued to its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from replyarc.text.chinese import narrow
from replyarc.text.dates import days

CELL: Final = "‖"
"""A piece that stands between two cells of a table: no day reaches across it."""

# A day broken into a small and a large line of a calendar leaf. A new form is a new row.
_YEAR, _MONTH, _DAY = r"(?P<year>20\d\d)", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_FREE, _END = r"(?<![\d./:-])", r"(?![\d./年月:-])"
_GAP: Final = r"\s?[/,\n ]\s?"
_LEAVES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"{_FREE}{_MONTH}[-./月]{_DAY}日?{_GAP}{_YEAR}年?{_END}",  # 07-10 2023
        rf"{_FREE}{_YEAR}年?{_GAP}{_MONTH}[-./月]{_DAY}日?{_END}",  # 2023 07-10
        rf"{_FREE}{_DAY}日?{_GAP}{_YEAR}[-./年]{_MONTH}月?{_END}",  # 10 2023-07
        rf"{_FREE}{_YEAR}[-./年]{_MONTH}月?{_GAP}{_DAY}日?{_END}",  # 2023-07 10
        rf"{_FREE}{_DAY}日?{_GAP}{_MONTH}月{_GAP}{_YEAR}年?{_END}",  # 10 / 07月 2023
        rf"{_FREE}{_DAY}日?{_GAP}{_MONTH}[-./月]{_YEAR}年?{_END}",  # 10 07.2023
        rf"{_FREE}{_MONTH}月{_GAP}{_DAY}日?{_GAP}{_YEAR}年?{_END}",  # 07月 10 2023
        rf"{_FREE}{_YEAR}年?{_GAP}{_MONTH}月{_GAP}{_DAY}日?{_END}",  # 2023 07月 10
        rf"{_FREE}{_YEAR}\n(?P<month>\d\d)\n(?P<day>\d\d){_END}",  # 2023 07 10
    )
)
# The year and the day stand apart, the title between them; each must be the only one of its row.
_YEAR_ALONE: Final = re.compile(r"[\[(【]?(20\d\d)年?[\])】]?")
_DAY_ALONE: Final = re.compile(r"[\[(【]?(\d{1,2})[-./月](\d{1,2})日?[\])】]?")

_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_ENGLISH: Final = re.compile(rf"(?<![A-Za-z])({'|'.join(_MONTHS)})[a-z]{{0,6}}\b\.?", re.IGNORECASE)

_BEHIND: Final = rf"\w{{0,4}}[:\s\])】{CELL}]{{0,4}}$"
_PUBLISHED: Final = re.compile(rf"(?:发布|公开|发表|公布|上传|更新|刊登|上网|日期|时间){_BEHIND}")
_WRITTEN: Final = re.compile(
    rf"(?:成文|生成|签发|印发|发文|落款|答复|办结|交办|实施|施行|生效|截止){_BEHIND}"
)
_LABEL_LENGTH: Final = 12

_DIGIT = re.compile(r"\d")
_LONGEST_STAMP: Final = 30
_OPENING, _CLOSING = "[(（【〔", "])）】〕"
_TIME: Final = re.compile(rf"\s?(?:\d{{1,2}}:\d\d(?::\d\d)?)?[\s{re.escape(_CLOSING)}]{{0,4}}")
_NO_DAY: Final = re.compile(r"\s?(?:号|至|[-—~～]{1,2}\s?\d)")


def read_day(pieces: Sequence[str]) -> date | None:
    """Read the day of a row from its pieces of text, in order; ``None`` where there is none.

    Of several days that of publication is taken, before one that says to be another; a short
    piece is a stamp and is believed before a day in prose, an abstract's say. A day without its
    year is none.

    >>> read_day(["2019年3月5日您提出的关于加强养老服务的建议收悉，现答复如下", "日间：2019-06-27"])
    datetime.date(2019, 6, 27)
    >>> read_day(["成文日期：2024-01-02", "发布日期：2024-01-05"]), read_day(["01-02", "2024"])
    (datetime.date(2024, 1, 5), datetime.date(2024, 1, 2))
    """
    whole = " ".join(pieces)
    if not _DIGIT.search(whole):
        return None
    stamps = [*_labelled("\n".join(piece for piece in pieces if len(piece) <= _LONGEST_STAMP))]
    found = stamps or [*_labelled(whole)]
    if found:
        return min(found, key=lambda pair: pair[0])[1]
    return _leaf(pieces)


def _labelled(text: str) -> Iterator[tuple[int, date]]:
    """Yield each day of a text and how little it says to be that of publication."""
    last = 0
    for day, start, end in days(text):
        label = narrow(text[max(last, start - _LABEL_LENGTH) : start])
        last = end
        yield (2 if _WRITTEN.search(label) else 0 if _PUBLISHED.search(label) else 1), day


def _leaf(pieces: Sequence[str]) -> date | None:
    """Read a day whose parts stand in several pieces, as on the leaf of a calendar."""
    for cell in "\n".join(map(narrow, pieces)).split(CELL):
        text = _ENGLISH.sub(lambda found: _month(found[1]), cell)
        for leaf in _LEAVES:
            if (found := leaf.search(text)) and (day := _day(*found.group("year", "month", "day"))):
                return day
        parts = cell.split("\n")
        years = [found for part in parts if (found := _YEAR_ALONE.fullmatch(part))]
        alone = [found for part in parts if (found := _DAY_ALONE.fullmatch(part))]
        if len(years) == len(alone) == 1 and (day := _day(years[0][1], *alone[0].groups())):
            return day
    return None


def _month(name: str) -> str:
    return f"{_MONTHS.index(name[:3].lower()) + 1}月"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def cut_day(title: str) -> tuple[str, date | None]:
    """Cut the day glued to the end or the beginning of a title; ``None`` where there is none.

    A day is glued on where it stands in brackets, behind a blank or in figures alone; as in
    截至2024年1月2日 it is part of what the title says, and 2024-1-2号 is a number.

    >>> cut_day("关于第12号建议的答复[2024-01-02]")
    ('关于第12号建议的答复', datetime.date(2024, 1, 2))
    >>> cut_day("2024年1月2日 10:30"), cut_day("2024.01.02关于第12号建议的答复")[0]
    (('', datetime.date(2024, 1, 2)), '关于第12号建议的答复')
    >>> cut_day("办理情况（截至2024年1月2日）")
    ('办理情况（截至2024年1月2日）', None)
    """
    for day, start, end in reversed(list(days(title)) if _DIGIT.search(title) else []):
        before, after = title[:start], title[end:]
        rest = after[_end_of_time(after) :]
        stamp = before[-1:] in (*_OPENING, " ") or "年" not in title[start:end]
        if not rest and (stamp or not before):
            return before.rstrip(_OPENING + " "), day
        glued = stamp and not _NO_DAY.match(after)
        if not before.strip(_OPENING + " ") and (glued or after[:1] == " "):
            return rest.strip(), day
    return title, None


def _end_of_time(text: str) -> int:
    found = _TIME.match(text)
    return found.end() if found else 0
