"""Who signed a letter and on which day: the organ's line, and the day on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from replyarc.text.chinese import squeeze
from replyarc.text.dates import find_date

# The last lines of a letter, in which its signature, contacts and copies stand.
TAIL: Final = 25

_LONGEST: Final = 60
_MOST_ORGANS: Final = 8
_DAY = re.compile(r"[日曰]|[12１２][0-9０-９]{3}\s?[-/.．—–]\s?[0-9０-９]")
# The last piece of a day that is split over lines or cells, and the pieces before it.
_DAY_END = re.compile(r"[^年]{0,12}(?:月[^年月]{0,6})?[日曰][\s）)。]{0,3}")
_DAY_BEGUN = re.compile(r"[年月]\s?$")
_PIECES: Final = 3
_DAY_LAST: Final = frozenset("日曰0123456789０１２３４５６７８９")
_BEHIND_STOP = re.compile(r"[。！!]\s?([^。！!]{8,})$")
_APART = re.compile(r"(?<=月[1-3１-３])\s(?=[0-9０-９]\s?日)")  # 6月2 8日
_SENTENCE = re.compile(
    r"[。；;：:，,！!？?《》“”0-9０-９]|^[（(]?[一二三四五六七八九十]+[）)、.]|感谢|您|特此"
)
# Words in which the names of organs end.
_ORGAN_WORDS: Final = """
    局 厅 部 委 会 府 办 院 署 行 社 团 处 室 所 站 队 馆 司 中心 集团 学校 大学 学院 总支 党组 机关
    基地 园区 街道 专班 开发区 海关 文联 残联 工商联 妇联 侨联 台联 社科联 科协 作协 记协
    林场 农场 牧场 机场
"""
_ORGANS: Final = tuple(_ORGAN_WORDS.split())
_STATION = re.compile(r"(?<![平后前舞上讲阳])台$")
_LAST: Final = frozenset({*(word[-1] for word in _ORGANS), "台", ")", "）"})
_SEAL = re.compile(r"[（(]\s?(?:(?:加\s?)?盖\s?[公印]?\s?章|[公印代]?\s?章)\s?[）)]$")
_BRACKETED = re.compile(r"[（(]([^（()）]{2,58})[）)]")
# What a form prints before who signs, and before the day; 发布日期 is the page's day.
_SIGNED_BY = re.compile(
    r"^(?:(?:答复|落款|发文|签发)?(?:单位|机关|部门)(?:名称)?|落款|(?:承办|主办|办理)(?:单位|部门)(?=[（(]))"
    r"(?:[（(][^（()）]{0,4}[章印][）)])?[:：]"
)
_DAY_WORD = re.compile(r"(?:^|(?<=[\s）)]))(?:答复|落款|签发|成文)?(?:日\s?期|时\s?间)[:：]?$")
# What may follow a signature on the line of its day.
_BELOW = re.compile(r"[（(]?(?:联\s?系|抄\s?[送报]|承\s?办|经\s?办|附\s?件|此件)")
# How a line begins or ends that continues the one above, or is gone on with: 青禾市 + 民政局.
_CONTINUES: Final = ("和", "与", "及")
_PLACE = re.compile(r"[\u3400-\u9fff]{2,12}[省市区县州旗盟镇乡]")
_OFFICE: Final = 5
# Lines among which an undated signature is looked for; a month alone is no day.
_NO_SIGNATURE = re.compile(
    r"^(?:抄|附|联系|承办|印发|此件|主办)|印发$|^[（(]|年.{1,4}月$|^[0-9０-９〇○零一二三四五六七八九十Xx×]{0,4}\s?年\s?.{0,3}月\s?日$|^.{1,3}月.{1,3}日$"
)
_FORMULA = re.compile(r"(?:^|[，,])(?:特此.{1,4}|此复|专此.{1,4}|(?:此致)?敬礼)$")
# What stands between the last sentence and the organ, where contacts come before the signature.
_NOTE = re.compile(
    r"[（(]?(?:联\s?[系络]|承\s?办|经\s?办|办\s?理|办\s?复|电\s?话|手\s?机|附\s?件|公开|是否"
    r"|(?:单位|部门|主管|分管|主要)(?:领导|负责人)|领导|签发|(?:建议|提案|答复)?(?:结果|类别|分类))"
    r"[^。:：]{0,12}[:：；;]"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when, ``None`` where not printed, and which of the lines says so.

    ``at`` is the line of the day, else of the organ; ``printed`` are all lines of both.
    """

    organ: str | None
    day: date | None
    at: int
    printed: tuple[str, ...] = field(default=(), compare=False, repr=False)


def find_signature(lines: Sequence[str]) -> Signature | None:
    """Find the signature of a letter and its day; ``None`` where neither is printed.

    The day stands alone on a line or behind the organ, or is split over lines, or both stand
    behind the last sentence; the day on which a letter was printed (印发) is another. Organs that
    sign together are joined by a blank. What an annex is printed below is signed further up; there
    a day needs an organ to be a signature's.

    >>> find_signature(("感谢您的关心。", "某市民政局", "二〇二三年七月三日", "（联系人：张三）"))
    Signature(organ='某市民政局', day=datetime.date(2023, 7, 3), at=2)
    >>> find_signature(("感谢您的关心。", "2019年7月3日"))
    Signature(organ=None, day=datetime.date(2019, 7, 3), at=1)
    """
    alone: Signature | None = None
    for at in range(len(lines) - 1, -1, -1):
        dated = _dated(lines, at)
        found = _signature(lines, at, *dated) if dated else None
        if found and found.organ:
            return found
        if at >= len(lines) - TAIL:
            alone = alone or found
        elif alone:
            break
    return alone or _undated(lines)


def _dated(lines: Sequence[str], at: int) -> tuple[int, str, date] | None:
    """Read the signed line that ends here: where it begins, the organ on it, the day."""
    line, first = lines[at], at
    if len(line) > _LONGEST or not _DAY.search(line):
        return _inline(line, at)
    line = _APART.sub("", line)
    while _DAY_END.fullmatch(line) and at - first < _PIECES - 1 and first:
        if not _DAY_BEGUN.search(lines[first - 1]) or len(lines[first - 1]) > _LONGEST:
            break
        first -= 1
        line = f"{lines[first]} {line}"
    found = _signed_line(line)
    return (first, *found) if found else _inline(line, at)


def _inline(line: str, at: int) -> tuple[int, str, date] | None:
    """Read organ and day behind the last sentence of a letter that is all one line."""
    behind = _BEHIND_STOP.search(line[-_LONGEST:]) if line[-1:] in _DAY_LAST else None
    found = _signed_line(behind[1]) if behind else None
    return (at, *found) if found and found[0] else None


def _signature(lines: Sequence[str], at: int, first: int, beside: str, day: date) -> Signature:
    """Put together the organs on the signed line and around it."""
    before = _organs(lines, first - 1, -1)
    printed = [*lines[first - len(before) : first], *lines[first : at + 1]]
    organs = [_organ(line) for line in before if not _SEAL.fullmatch(line)]
    organs += [beside] if beside else []
    if not organs and first and (cell := _organ_among_cells(lines[first - 1])):
        organs, printed = [_organ(cell)], list(lines[first - 1 : at + 1])
    if not organs:
        after = _organs(lines, at + 1, 1)
        organs = [_organ(line) for line in after if not _SEAL.fullmatch(line)]
        printed += after
    elif before and first > len(before):
        organs[0] = _whole(lines[first - len(before) - 1], organs[0])
    return Signature(" ".join(organs) or None, day, at, tuple(printed))


def _organ_among_cells(line: str) -> str | None:
    """The organ on a row of a table, in another cell of which stands whom to ask."""
    cells = line.split("\t") if "\t" in line and len(line) <= 2 * _LONGEST else []
    organs = [cell for cell in cells if _is_organ(cell)]
    return organs[0] if len(organs) == 1 and any(map(_NOTE.match, cells)) else None


def _whole(above: str, organ: str) -> str:
    """The organ with what stands of its name on the line above."""
    goes_on = len(organ) <= _OFFICE and _PLACE.fullmatch(squeeze(above))
    begun = organ.startswith(_CONTINUES) and len(above) <= _LONGEST and not _SENTENCE.search(above)
    return squeeze(above) + organ if goes_on or begun else organ


def _signed_line(line: str) -> tuple[str, date] | None:
    """Split ``某市民政局 2023年7月3日`` into organ and day; ``None`` for a line that says more."""
    found = find_date(line.replace("曰", "日"))
    if not found:
        return None
    day, start, end = found
    before, after = line[:start].strip(" \t（("), line[end:]
    if before:
        before = _DAY_WORD.sub("", before).strip(" \t，,：:（(")
    if after:
        after = _SEAL.sub("", after).strip(" \t）)。")
    if after and not before and _is_organ(after):
        before, after = after, ""
    if (after and not _says_no_more(after, day)) or (before and not _is_organ(before)):
        return None
    return _organ(before), day


def _says_no_more(after: str, day: date) -> bool:
    """Whether behind the day stands the same day again, as beside a second organ, or a note."""
    again = find_date(after)
    return bool(_BELOW.match(after) or (again and again[0] == day and len(after) <= _LONGEST // 2))


def _organs(lines: Sequence[str], at: int, step: int) -> list[str]:
    """The organs' lines from `at` on, and those of their seals, in the order printed."""
    found: list[str] = []
    while 0 <= at < len(lines) and len(found) < _MOST_ORGANS:
        if not _is_organ(lines[at]) and not _SEAL.fullmatch(lines[at]):
            break
        found.append(lines[at])
        at += step
    return found[::step]


def _undated(lines: Sequence[str]) -> Signature | None:
    """The signature of a letter without a day: the organ's line behind the last sentence."""
    for at in range(len(lines) - 1, 0, -1):
        if _is_organ(lines[at]):
            if _BRACKETED.fullmatch(lines[at]):  # who wrote a piece of news
                return None
            notes = (line for line in lines[at - 1 :: -1] if not _NOTE.match(line))
            above = next(notes, "")
            signs = above.endswith(("。", "！", "!", "”")) or _FORMULA.search(above)
            return Signature(_organ(lines[at]), None, at, (lines[at],)) if signs else None
        if not _NO_SIGNATURE.search(lines[at]):
            return None
    return None


def _is_organ(line: str) -> bool:
    if line[-1:] not in _LAST or len(line) > 4 * _LONGEST:  # most lines of a letter
        return False
    printed = _SEAL.sub("", _name(squeeze(line)))
    return (
        1 < len(printed) <= _LONGEST
        and not _SENTENCE.search(printed)
        and not _NO_SIGNATURE.search(printed)
        and _ends_as_organ(printed)
    )


def _ends_as_organ(printed: str) -> bool:
    return printed.endswith(_ORGANS) or bool(_STATION.search(printed))


def _name(line: str) -> str:
    """What is printed of an organ without the form's word before it and brackets around it."""
    name = _SIGNED_BY.sub("", line)
    bracketed = _BRACKETED.fullmatch(name)
    return bracketed[1] if bracketed else name


def _organ(line: str) -> str:
    """The organ as printed, without its seal; letters that are set apart are one word."""
    pieces = _SEAL.sub("", _name(line.strip())).split()
    if all(len(piece) == 1 for piece in pieces):
        return "".join(pieces)
    words: list[str] = []
    for piece in pieces:
        if words and not _ends_as_organ(words[-1]):
            words[-1] += piece
        else:
            words.append(piece)
    return " ".join(words)
