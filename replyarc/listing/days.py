"""The day that a listing prints beside a link, or glued to its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from replyarc.text.dates import days, find_date

# A day broken into a small and a large line of a calendar leaf. A new form is a new row.
_LEAVES: Final = tuple(
    re.compile(shape)
    for shape in (
        r"(?<![\d./-])(?P<month>\d{1,2})[-./](?P<day>\d{1,2}) (?P<year>20\d\d)(?![\d./年-])",
        r"(?<![\d./-])(?P<year>20\d\d) (?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?![\d./-])",
        r"(?<![\d./-])(?P<day>\d{1,2}) (?P<year>20\d\d)[-./年](?P<month>\d{1,2})(?![\d./-])",
    )
)
_DIGIT = re.compile(r"\d")
_LONGEST_STAMP: Final = 30
_OPENING, _CLOSING = "[(（【〔", "])）】〕"
_TIME: Final = re.compile(rf"\s?(?:\d{{1,2}}:\d\d(?::\d\d)?)?[\s{re.escape(_CLOSING)}]{{0,4}}")


def read_day(pieces: Sequence[str]) -> date | None:
    """Read the day of a row from its pieces of text, in order; ``None`` where there is none.

    A short piece is a stamp and is believed before a day in prose, an abstract's say.

    >>> read_day(["2019年3月5日您提出的关于加强养老服务的建议收悉，现答复如下", "日间：2019-06-27"])
    datetime.date(2019, 6, 27)
    >>> read_day(["01-02", "2024"])
    datetime.date(2024, 1, 2)
    """
    whole = " ".join(pieces)
    if not _DIGIT.search(whole):
        return None
    for text in (*(piece for piece in pieces if len(piece) <= _LONGEST_STAMP), whole):
        if found := find_date(text):
            return found[0]
    return next((day for leaf in _LEAVES if (day := _day(leaf.search(whole)))), None)


def _day(leaf: re.Match[str] | None) -> date | None:
    if leaf is None:
        return None
    try:
        return date(int(leaf["year"]), int(leaf["month"]), int(leaf["day"]))
    except ValueError:
        return None


def cut_day(title: str) -> tuple[str, date | None]:
    """Cut the day glued to the end or the beginning of a title; ``None`` where there is none.

    A day is glued on where it stands in brackets, behind a blank or in figures alone; as in
    截至2024年1月2日 it is part of what the title says.

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
        if not before.strip(_OPENING + " ") and (stamp or after[:1] == " "):
            return rest.strip(), day
    return title, None


def _end_of_time(text: str) -> int:
    found = _TIME.match(text)
    return found.end() if found else 0
