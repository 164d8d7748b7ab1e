"""Widths, blanks and numerals of Chinese text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Unicode's control (Cc) and format (Cf) characters that are met in pages and that nobody sees:
# controls, soft hyphen, zero-width and direction marks, byte order mark. A class for brackets.
UNSEEN: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb"
)
_UNSEEN = re.compile(f"[{UNSEEN}]")

# Forms of letters that are one letter of another width or place: full width, vertical and small
# punctuation, and the radicals (Kangxi) that a PDF has for 月, 日, 人 and the like.
_BLOCKS: Final = ((0x2E80, 0x2FD6), (0x3000, 0x3001), (0xFE10, 0xFE6C), (0xFF01, 0xFF5F))
_NARROW: Final = {
    form: letter
    for first, end in _BLOCKS
    for form in map(chr, range(first, end))
    if len(letter := unicodedata.normalize("NFKC", form)) == 1 and letter != form
}
_FORM = re.compile(f"[{''.join(_NARROW)}]")
_TABLE: Final = str.maketrans(_NARROW)
_LONG: Final = 1000

# What is printed for 〇 inside a numeral: the circles that look like it, the letter (Latin, Greek
# omicron, Cyrillic), the digit.
ZEROS: Final = "〇零○◯Oo\u039f\u03bf\u041e\u043e0"
_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = {"千": 1000, "百": 100, "十": 10, "": 1}
_SPELLINGS: Final = str.maketrans(
    {**dict.fromkeys(ZEROS, "零"), "两": "二", "廿": "二十", "卅": "三十"}
)
_ARABIC = re.compile(r"[0-9]{1,18}")
_LONGEST: Final = 40
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千两廿卅]")
_POSITIONAL = re.compile(f"[{_DIGITS}]+")
_STEP = re.compile(r"(零?)([一二三四五六七八九]?)([千百十]?)")


def one_line(text: str) -> str:
    """Return the text as one line: NFC, each run of blanks one blank, nothing that is not seen.

    >>> one_line("文\\u3000号：\\n 青民发\\ufeff〔2021〕 118号\\xa0")
    '文 号： 青民发〔2021〕 118号'
    """
    seen = text if text.isprintable() else _UNSEEN.sub("", text)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def squeeze(text: str) -> str:
    """Return the text without any blank: a label, whose letters are often set apart.

    >>> squeeze("发 布\\u3000日\\xa0期：")
    '发布日期：'
    """
    # NFC again: a blank may have stood between a letter and its mark
    return unicodedata.normalize("NFC", one_line(text).replace(" ", ""))


def narrow(text: str) -> str:
    """Return the text with every form of a letter as that letter, ASCII at half width.

    For comparing and matching only: positions stay, what is stored is as printed. The forms are
    the compatibility characters (Unicode NFKC) of full width, small and vertical punctuation, and
    the radicals into which a PDF turns letters.

    >>> narrow("（２０２１）：Ａ类"), narrow("﹝2021﹞7⽉3⽇")
    ('(2021):A类', '〔2021〕7月3日')
    """
    # Letter by letter is twice as fast where few are changed, six times as slow where all are.
    return _FORM.sub(_letter, text) if len(text) < _LONG else text.translate(_TABLE)


def _letter(form: re.Match[str]) -> str:
    return _NARROW[form[0]]


@lru_cache(maxsize=1024)
def numeral(text: str) -> int:
    """Read a whole number: Arabic of any width, or Chinese up to 九千九百九十九.

    Chinese digits alone are positional. 〇 may be printed as a circle, O or 0.

    >>> numeral("１２"), numeral("二○一九"), numeral("一百零三"), numeral("廿一")
    (12, 2019, 103, 21)

    Raises ValueError for anything else, 一百二 included, which may mean 102 or 120.
    """
    printed = narrow(text[: _LONGEST + 1])
    if len(printed) > _LONGEST:
        raise ValueError(f"no numeral: {printed!r} …")
    if _ARABIC.fullmatch(printed):
        return int(printed)
    if not _CHINESE.search(printed):
        raise ValueError(f"no numeral: {text!r}")
    digits = printed.translate(_SPELLINGS)
    if _POSITIONAL.fullmatch(digits):
        return int("".join(str(_DIGITS.index(digit)) for digit in digits))
    return _sum(digits)


def _sum(digits: str) -> int:
    """Add up a numeral with units: each smaller than the one before, 零 where one is left out."""
    total, place, at = 0, 0, 0
    while at < len(digits):
        step = _STEP.match(digits, at)
        if step is None or step.end() == at:
            raise ValueError(f"no numeral: {digits!r}")
        zero, digit, unit = step.groups()
        value = _UNITS[unit]
        skips = bool(place) and value * 10 < place
        follows = not place or value < place
        if not follows or bool(zero) != skips or not (digit or unit == "十"):
            raise ValueError(f"no numeral: {digits!r}")
        total += value * (_DIGITS.index(digit) if digit else 1)
        place, at = value, step.end()
    return total
