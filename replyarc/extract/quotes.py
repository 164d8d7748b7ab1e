"""What is quoted in a title or a sentence, and the text with that blotted out.

All functions read short text at half width (`narrow`) without blanks (`tightened`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final

from replyarc.text.chinese import one_line

_QUOTES: Final = {"《": "》", "〈": "〉", "“": "”", "「": "」", "『": "』", '"': '"'}
OPENING: Final = "".join(_QUOTES)
CLOSING: Final = "".join(_QUOTES.values())
FILLER: Final = "□"
"""What stands for each letter of what is quoted."""

_DEEPEST: Final = 8  # quotes in quotes

_MARKS = re.compile(f"[{OPENING}{CLOSING}]")
_SET_APART = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")
_TWO_NUMBERS = re.compile(r"(?<=[0-9][0-9]) (?=[0-9][0-9])|(?<=[０-９]{2}) (?=[０-９]{2})")
_KEPT: Final = "\x1f"  # a blank that stays; one_line has dropped all others of its kind
_NUMBER = re.compile(r"第?[^\W\d_]{0,4}-?[0-9][0-9A-Za-z.-]{0,20}号?")


def tightened(text: str) -> str:
    """Return the text on one line without the blanks that only set Chinese apart.

    Two numbers that a blank divides stay two.

    >>> tightened("推广 Open Data 的建议（第 12 号）"), tightened("第12 45 号")
    ('推广Open Data的建议（第12号）', '第12 45号')
    """
    line = one_line(text)
    if " " not in line:
        return line
    return _SET_APART.sub("", _TWO_NUMBERS.sub(_KEPT, line)).replace(_KEPT, " ")


def paired(text: str) -> str:
    """Return the text with “…“ and ”…”, whose one mark was typed for both, as “…”.

    >>> paired("提出的”修桥”的建议"), paired("提出的“修桥”的建议")
    ('提出的“修桥”的建议', '提出的“修桥”的建议')
    """
    opened, closed = text.count("“"), text.count("”")
    if not (opened or closed) or (opened and closed) or (opened + closed) % 2:
        return text
    marks = itertools.cycle("“”")
    return re.sub("[“”]", lambda _: next(marks), text)


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where each outermost 《…》, “…”, 「…」 or "…" begins and ends, its marks included.

    A number in quotes (第“12”号) is no quotation.

    >>> quotations("《甲“乙”》和“丙”")
    [(0, 6), (7, 10)]
    """
    marks = [*_MARKS.finditer(text)]
    if len(marks) == 2 and _QUOTES.get(marks[0][0]) == marks[1][0]:
        spans = [(marks[0].start(), marks[1].end())]
    else:
        spans = _outermost(marks)
    return [span for span in spans if not _NUMBER.fullmatch(text, span[0] + 1, span[1] - 1)]


def _outermost(marks: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    awaited: list[tuple[str, int]] = []
    for mark in marks:
        sign, at = mark[0], mark.start()
        begin = max((place for close, place in awaited if close == sign), default=None)
        if begin is not None:
            awaited = [(close, place) for close, place in awaited if place < begin]
            while spans and spans[-1][0] > begin:
                spans.pop()
            spans.append((begin, at + 1))
        elif sign in _QUOTES:
            awaited = [*awaited[1 - _DEEPEST :], (_QUOTES[sign], at)]
    return spans


def masked(text: str, quoted: Iterable[tuple[int, int]]) -> str:
    """Return the text with the `quotations` in it blotted out, letter for letter.

    >>> text = "您提出的《关于第3号井的建议》(第“12”号)"
    >>> masked(text, quotations(text))
    '您提出的《□□□□□□□□□》(第“12”号)'
    """
    for begin, end in quoted:
        text = text[: begin + 1] + FILLER * (end - begin - 2) + text[end - 1 :]
    return text
