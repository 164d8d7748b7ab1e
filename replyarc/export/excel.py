"""The cells of a CSV that a person opens in a spreadsheet: the profile ``excel``.

A spreadsheet reads every cell of a CSV anew: ``=1+1`` becomes a formula, ``0079`` the number 79,
``2019-12`` a day in December. A cell that would not stay what it is gets a leading apostrophe,
and so does one that has one already: to have the value back, take one apostrophe off. Of the ways
there are, this one can be seen, no spreadsheet takes it for a number or a formula, and the value
stays whole; ``="0079"`` is itself a formula, and a leading TAB is copied along unseen and can
open a formula as well (OWASP, CSV injection). Days, instants and counts stay plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from replyarc.export import raw
from replyarc.export.flat import Column
from replyarc.export.raw import BARE, BETWEEN, ODD_BYTES, PRINTABLE, has_none, is_printable, nested

LONGEST: Final = 32_767
"""What a cell of Excel holds, in units of UTF-16."""

CUT: Final = "…【此处截断，全文见 --profile raw 或 jsonl · cut here: --profile raw has the whole】"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNSEEN = r"""\s"'`“”‘’„«»\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"""
_FORMULA = re.compile(rf"[{_UNSEEN}]*[=+\-@＝＋－＠﹦﹢﹣﹫−\t\n]")
_NUMBER = re.compile(r"\s*[(（¥￥$＄]{0,3}\d[\d,.，．]*(?:[eE][+-]?\d{1,9})?[%％)）]{0,3}\s*")
_DAY_OR_TIME = re.compile(
    r"\s*\d{1,4}(?: {0,2}[-–—/／.．:：年月日时分 ] {0,2}\d{1,4}){0,5}[年月日时分秒]?\s*"
)
_TRUTH = re.compile(r"\s*(?:true|false)\s*", re.IGNORECASE)
# What is none of the above; one that begins like a truth value is looked at more closely.
_WORD = (
    r"(?![TtFf](?i:rue|alse)\b)"
    r"(?:[A-Za-z\u4e00-\u9fff]|[0-9][0-9eE/.-]*+[A-DF-Za-df-z]|[0-9]{5,}[/-])"
)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,10}")
_PLAIN_KINDS: Final = (int, date, datetime)
_begins_as_word = re.compile(_WORD).match

is_bare: Final = re.compile(rf"(?:{_WORD})[\t !#-+\--~{PRINTABLE}]{{0,1000}}").fullmatch
"""Tells of most texts that stay what they are without apostrophe and quotation marks."""

_ODD_BYTES: Final = ODD_BYTES + b"\x7f\xc2"
"""The last is in UTF-8 the first byte of the controls from U+0080 on, and of a few signs."""


def is_letter(text: bytes) -> bool:
    """Tell of a text in UTF-8 that it needs nothing but quotation marks around it."""
    return (
        len(text) <= LONGEST
        and _begins_as_word(text[:40].decode(errors="replace")) is not None
        and has_none(text, _ODD_BYTES)
    )


def bare_cell(column: Column) -> str:
    """Return a regular expression of most cells of a column that are written as they are."""
    if column.kind in _PLAIN_KINDS:
        return raw.bare_cell(column)
    return rf"(?:(?:{_WORD}){BARE}{{0,1000}}+|)"


def cell_of(column: Column) -> Callable[[Any], str]:
    """Return what writes the values of a column as cells."""
    if column.many:
        return _joined if column.kind is str else _nested
    return str if column.kind in _PLAIN_KINDS else guarded


def _joined(items: list[str]) -> str:
    joined = BETWEEN.join(items)
    return joined if is_bare(joined) else guarded(joined)


def _nested(items: list[Any]) -> str:
    written = nested(items)
    return written if len(written) <= 1000 and is_printable(written) else guarded(written)


def guarded(text: str) -> str:
    """Return a text as a cell that shows what it says: clean, no formula, no number, not too long.

    >>> guarded("=1+1"), guarded("0079"), guarded("2019-12"), guarded("云民发〔2021〕118号")
    ("'=1+1", "'0079", "'2019-12", '云民发〔2021〕118号')
    """
    if not is_printable(text):
        text = clean(text)
    return shortened(f"'{text}" if _misread(text) else text)


def clean(text: str) -> str:
    """Return a text without NUL and other controls; line ends become ``\\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def shortened(text: str) -> str:
    """Return a text as a cell can hold it; one that is cut says so, and where the whole is."""
    if len(text) * 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST * 2:
        return text
    return units[: (LONGEST - len(CUT)) * 2].decode("utf-16-le", errors="ignore") + CUT


def _misread(text: str) -> bool:
    """Tell whether a spreadsheet would take the text for something else, or for a marked one."""
    if _begins_as_word(text):
        return False
    if text.startswith("'") or _FORMULA.match(text) or _TRUTH.fullmatch(text):
        return True
    figures = _NUMBER.fullmatch(text) or _DAY_OR_TIME.fullmatch(text)
    return bool(figures and not _WHOLE.fullmatch(text))
