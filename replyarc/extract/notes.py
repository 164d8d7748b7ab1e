"""What a letter's head and its last lines note: class of the result, openness, copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from replyarc.extract.labels import RESULT, read_openness
from replyarc.extract.numbers import document_class
from replyarc.text.chinese import narrow, squeeze

_CLASS_WORD: Final = (
    r"(?:人大|政协|代表|委员|建议|提案|议案){0,4}"
    r"(?:办理|办复|答复|解决|办结)?(?:结果|类别|分类|类型|情况)(?:分类|类别)?:"
)
_CLASS = re.compile(
    rf"(?P<label>{_CLASS_WORD}(?:{RESULT}(?=[(\[]))?)?"
    r"[(\[]?(?P<class>[A-D])[)\]]?(?:类[)\]]?(?:\([^()]{1,30}\))?)?"
)
_CLASS_LETTER = re.compile(r"[A-DＡ-Ｄ]")
_OPEN: Final = r"(?:主动|依申请|部分)?公开|不(?:予)?公开"
_LABELLED: Final = (
    r"(?:信息|答复|政府信息)?(?:是否(?:同意)?公开|公开(?:属性|方式|形式|类别|类型|选项|程度)):\s?"
    r"(?P<said>[^\s():;,。\[\]]{1,8})"
)
_OPENNESS = re.compile(
    rf"[(\[]?{_LABELLED}[)\]]?|(?P<alone>{_OPEN})|[(\[]此件(?P<note>{_OPEN})(?:发布)?[)\]]"
)
_AMONG_OTHERS = re.compile(rf"(?:^|[\s(\[,;。]){_LABELLED}(?=$|[\s)\],;。])")
_COPIES = re.compile(r"[(]?(?:抄\s?[送报]|分\s?送)\s?:(?P<names>.*)")
_COPIED = re.compile(r"[，,、；;\t]")
_COPIES_END = re.compile(r"[。）)]|\s{2,}")
_GOES_ON: Final = ("，", ",", "、", "；", ";")
_MOST_LINES: Final = 5
LONGEST: Final = 60  # letters of a line that is a note


def read_result_class(head: Sequence[str], tail: Sequence[str]) -> str | None:
    """Return the class of the result (A to D): in the head, or labelled in the last lines.

    In the head it may stand alone or behind the document number; ``None`` where it does not.

    >>> read_result_class(["A　主动公开"], []), read_result_class([], ["办理结果：已解决（B类）"])
    ('A', 'B')
    """
    for line in head:
        found = next(filter(None, map(_CLASS.fullmatch, _words(line))), None)
        said = found["class"] if found else document_class(line)
        if said:
            return said
    for line in tail:
        for word in _words(line) if _CLASS_LETTER.search(line) else ():
            found = _CLASS.fullmatch(word)
            if found and found["label"]:
                return found["class"]
    return None


def read_noted_openness(lines: Sequence[str]) -> str | None:
    """Return whether the letter says that it may be published, as it says it; else ``None``.

    >>> read_noted_openness(["公开方式：网站", "（联系人：张三，123；公开属性：主动公开）"])
    '主动公开'
    """
    for line in (line for line in lines if "公开" in line and len(line) <= LONGEST):
        notes = (
            *filter(None, map(_OPENNESS.fullmatch, _words(line))),
            *_AMONG_OTHERS.finditer(narrow(line)),
        )
        for note in notes:
            with suppress(ValueError):
                return read_openness(next(filter(None, note.groups())))
    return None


def read_copies(tail: Sequence[str]) -> tuple[str, ...]:
    """Return to whom copies went: what stands behind 抄送, up to the full stop.

    A line that ends in a comma goes on in the next.

    >>> read_copies(["抄送：市人大代工委，", "市政府督查室。"])
    ('市人大代工委', '市政府督查室')
    """
    for at, line in enumerate(tail):
        found = _COPIES.match(narrow(line))
        if found:
            said = line[found.start("names") :]
            for following in tail[at + 1 : at + _MOST_LINES]:
                if not said.endswith(_GOES_ON):
                    break
                said += following
            names = _COPIED.split(_COPIES_END.split(said, maxsplit=1)[0])
            return tuple(name for name in map(squeeze, names) if name)
    return ()


def is_note(line: str) -> bool:
    """Whether a line says nothing but the class of the result or its openness."""
    printed = narrow(squeeze(line))
    return bool(_CLASS.fullmatch(printed) or _OPENNESS.fullmatch(printed))


def _words(line: str) -> tuple[str, ...]:
    """A short line as one word, since its letters may be set apart, and word by word."""
    if len(line) > LONGEST:
        return ()
    printed = narrow(line)
    return ("".join(printed.split()), *printed.split())
