"""Who signed a letter and on which day: the organ's line, and the day on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from replyarc.text.chinese import squeeze
from replyarc.text.dates import find_date

# The last lines of a letter, in which its signature, contacts and copies stand.
TAIL: Final = 25

_LONGEST: Final = 60
_MOST_ORGANS: Final = 8
_DAY = re.compile(r"日|[0-9０-９]\s?[-/.．]\s?[0-9０-９]")
_SENTENCE = re.compile(r"[。；;：:，,！!？?《》“”0-9０-９]|^[（(]?[一二三四五六七八九十]+[）)、.]")
_ORGAN = re.compile(
    r"(?:局|厅|部|委|会|府|办|院|署|行|社|团|处|室|所|站|队|馆|中心|公司|集团|学校|大学|学院|法院"
    r"|联社|总社|党组|机关|银行|基地|园区|街道|管委会|公署|指挥部|分局|支队|总队|协会|工委|海关|开发区|文联|残联|工商联|(?<![平后前舞上讲阳])台)$"
)
_SEAL = re.compile(r"[（(]\s?(?:(?:加\s?)?盖\s?[公印]?\s?章|[公印代]?\s?章)\s?[）)]$")
# What a form prints before the day of the signature; 发布日期 is the page's day.
_DAY_WORD = re.compile(r"(?:^|(?<=[\s）)]))日\s?期\s?[:：]$")
# Lines among which an undated signature is looked for; a month alone is no day.
_NO_SIGNATURE = re.compile(r"^(?:抄|附|联系|承办|印发|此件|主办)|印发$|^[（(]|年.{1,4}月$")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when, ``None`` where not printed, and which of the lines says so."""

    organ: str | None
    day: date | None
    at: int


def find_signature(lines: Sequence[str]) -> Signature | None:
    """Find the signature of a letter and its day; ``None`` where neither is printed.

    The day stands alone on a line or behind the organ; the day on which a letter was printed
    (印发) is another. Organs that sign together are joined by a blank. What an annex is printed
    below is signed further up; there a day needs an organ to be a signature's.

    >>> find_signature(("感谢您的关心。", "某市民政局", "二〇二三年七月三日", "（联系人：张三）"))
    Signature(organ='某市民政局', day=datetime.date(2023, 7, 3), at=2)
    >>> find_signature(("感谢您的关心。", "2019年7月3日"))
    Signature(organ=None, day=datetime.date(2019, 7, 3), at=1)
    """
    for at in range(len(lines) - 1, -1, -1):
        found = _signed_line(lines[at])
        if found:
            beside, day = found
            before = _organs(lines, at - 1, -1) + ([beside] if beside else [])
            organ = " ".join(before or _organs(lines, at + 1, 1)) or None
            if organ or at >= len(lines) - TAIL:
                return Signature(organ, day, at)
    return _undated(lines)


def _signed_line(line: str) -> tuple[str, date] | None:
    """Split ``某市民政局 2023年7月3日`` into organ and day; ``None`` for a line that says more."""
    if len(line) > _LONGEST or not _DAY.search(line):
        return None
    found = find_date(line)
    if not found:
        return None
    day, start, end = found
    before = _DAY_WORD.sub("", line[:start].strip(" \t（(")).strip()
    after = _SEAL.sub("", line[end:]).strip(" \t）)。")
    if after or (before and not _is_organ(before)):
        return None
    return _organ(before), day


def _organs(tail: Sequence[str], at: int, step: int) -> list[str]:
    """The organ's lines from `at` on, in the order printed."""
    found: list[str] = []
    while 0 <= at < len(tail) and len(found) < _MOST_ORGANS:
        if _is_organ(tail[at]):
            found.append(_organ(tail[at]))
        elif not _SEAL.fullmatch(tail[at]):
            break
        at += step
    return found[::step]


def _undated(lines: Sequence[str]) -> Signature | None:
    """The signature of a letter without a day: the organ's line behind the last sentence."""
    for at in range(len(lines) - 1, 0, -1):
        if _is_organ(lines[at]):
            signs = lines[at - 1].endswith(("。", "！", "!", "”"))
            return Signature(_organ(lines[at]), None, at) if signs else None
        if not _NO_SIGNATURE.search(lines[at]):
            return None
    return None


def _is_organ(line: str) -> bool:
    printed = _SEAL.sub("", squeeze(line))
    return (
        1 < len(printed) <= _LONGEST
        and not _SENTENCE.search(printed)
        and not _NO_SIGNATURE.search(printed)
        and bool(_ORGAN.search(printed))
    )


def _organ(line: str) -> str:
    """The organ as printed, without its seal; letters that are set apart are one word."""
    pieces = _SEAL.sub("", line.strip()).split()
    if all(len(piece) == 1 for piece in pieces):
        return "".join(pieces)
    words: list[str] = []
    for piece in pieces:
        if words and not _ORGAN.search(words[-1]):
            words[-1] += piece
        else:
            words.append(piece)
    return " ".join(words)
