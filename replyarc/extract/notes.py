"""What a letter's head and its last lines note: class of the result, openness, copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from replyarc.extract.labels import read_openness
from replyarc.extract.numbers import document_class
from replyarc.text.chinese import narrow, squeeze

_KIND_OF_CLASS: Final = r"(?:结果|类别|分类|类型|情况|程度|标记)(?:分类|类别|标记)?:"
_DONE: Final = r"(?:办理|办复|答复|解决|办结)"
_ASKED: Final = r"(?:人大|政协|代表|委员|建议|提案|议案){0,4}"
# What may stand before the class and say the same in words: 已解决或基本解决（A类）.
_WORDS: Final = r"(?:[^()\[\]:]{1,14}(?=[(\[]))?"
_CLASS = re.compile(
    rf"(?P<label>{_ASKED}{_DONE}?{_KIND_OF_CLASS}{_WORDS})?"
    r"[(\[]?(?P<class>[A-D])[)\]]?(?:类[)\]]?)?(?:\([^()]{2,30}\))?"
)
_BRACKETED_CLASS = re.compile(r"[(\[][A-D]类?[)\]]类?|[A-D]类")
_CLASS_AMONG_OTHERS = re.compile(
    rf"(?:^|[\s(\[,;。]){_ASKED}(?:{_DONE}{_KIND_OF_CLASS}|结果(?:分类|类别)?:)\s?{_WORDS}"
    r"[(\[]?(?P<class>[A-D])(?=$|[类\s)\],;。])"
)
_CLASS_LETTER = re.compile(r"[A-DＡ-Ｄ]")
_OPEN: Final = r"(?:主动|依申请|部分|全文|可以?)?公开|不(?:予)?公开|不?同意公开"
# Notes that stand in one line, perhaps glued together; B1 is a class of an office's own.
_SEVERAL_NOTES = re.compile(rf"(?:[(\[]?(?:[A-D甲乙丙丁]\d?类?|{_OPEN})[)\]]?\s?){{1,3}}")
_OWN_NUMBER: Final = r"[\])]\s?第?\w{0,5}\s?号\s?"  # its year stands in brackets; 来信
_NUMBERED_CLASS = re.compile(rf"{_OWN_NUMBER}[(\[]?(?P<class>[A-D])类")
_BRACKETS: Final = str.maketrans("〔〕【】", "[][]")
_LABELLED: Final = (
    r"(?:信息|答复|政务|政府信息)?"
    r"(?:是否(?:同意|可以?)?公开|公开(?:属性|方式|形式|类别|类型|选项|程度|意见|范围)):\s?"
    r"[(\[]?(?:此件)?(?P<said>[^\s():;,。\[\]]{1,8})"
)
_OPENNESS = re.compile(
    rf"[(\[]?{_LABELLED}[)\]]?|[(\[]?此件(?P<note>{_OPEN})(?:发布)?[)\]]?"
    rf"|(?:备?注:)?[(\[“\"]?(?P<alone>{_OPEN})[)\]”\"]?。?"
)
_AMONG_OTHERS = re.compile(
    rf"(?:^|[\s(\[,;。])(?:{_LABELLED}|此件(?P<note>{_OPEN}))(?:发布)?(?=$|[\s)\],;。])"
    rf"|{_OWN_NUMBER}(?:[(\[]?[A-D]\d?类[)\]]?)?[(\[]?(?P<behind>{_OPEN})[)\]]?$"
)
_COPIES_WORD: Final = r"(?:抄\s{0,4}[送报]|分\s{0,4}送)(?:单位|机关|对象)?\s?[:：]"
_COPIES = re.compile(rf"[(]?{_COPIES_WORD}(?P<names>.*)")
_COPIED = re.compile(
    rf"[，,、；;\t]|[（(][^（()）]{{0,9}}份[)）]|\s?[0-9０-９]{{1,2}}\s?份(?=[\s，,、；;。]|$)|{_COPIES_WORD}"
)
_COPIES_END = re.compile(r"[。）)](?!$|[、，,；;])|[。）)]$|\s{2,}")
_SEVERAL = re.compile(r"\S{4,}(?:\s\S{4,})+")
_GOES_ON: Final = ("，", ",", "、", "；", ";")
_MOST_LINES: Final = 5
_LABEL_REACH: Final = 30  # letters
_MOST_LETTERS: Final = 10_000
LONGEST: Final = 60  # letters of a line that is a note


class Noted(NamedTuple):
    """What is noted, and the line that says so, as printed; both ``None`` where nothing is."""

    value: str | None = None
    line: str | None = None


def read_result_class(head: Sequence[str], tail: Sequence[str]) -> Noted:
    """Return the class of the result (A to D): in the head, or labelled in the last lines.

    In the head it may stand alone or behind the document number. In the last lines it may also
    stand alone in brackets.

    >>> read_result_class(["A　主动公开"], [])
    Noted(value='A', line='A　主动公开')
    >>> read_result_class([], ["办理结果：已解决（B类）"]).value
    'B'
    """
    for line in filter(_CLASS_LETTER.search, head):
        found = next(filter(None, map(_CLASS.fullmatch, _words(line))), None)
        found = found or _NUMBERED_CLASS.search(_plain(line) if len(line) <= LONGEST else "")
        said = found["class"] if found else document_class(line)
        if said:
            return Noted(said, line)
    for line in filter(_CLASS_LETTER.search, tail):
        for word in _words(line):
            found = _CLASS.fullmatch(word)
            if found and (found["label"] or _BRACKETED_CLASS.fullmatch(word)):
                return Noted(found["class"], line)
        among = _CLASS_AMONG_OTHERS.search(_plain(line)) if len(line) <= LONGEST else None
        if among:
            return Noted(among["class"], line)
    return Noted()


def read_noted_openness(lines: Sequence[str]) -> Noted:
    """Return whether the letter says that it may be published, as it says it.

    >>> read_noted_openness(["公开方式：网站", "（联系人：张三，123；公开属性：主动公开）"]).value
    '主动公开'
    """
    for line in (line for line in lines if "公开" in line and len(line) <= LONGEST):
        notes = (
            *filter(None, map(_OPENNESS.fullmatch, _words(line))),
            *_AMONG_OTHERS.finditer(_plain(line)),
        )
        for note in notes:
            with suppress(ValueError):
                return Noted(read_openness(next(filter(None, note.groups()))), line)
    return Noted()


def read_copies(tail: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return to whom copies went, and the lines that say so.

    Names stand behind 抄送 or 抄报, up to the full stop. A line that ends in a comma goes on in the
    next.

    >>> read_copies(["抄送：市人大代工委，", "市政府督查室。"])
    (('市人大代工委', '市政府督查室'), '抄送：市人大代工委， 市政府督查室。')
    """
    said: list[str] = []
    printed: list[str] = []
    for line in tail:
        found = (
            _COPIES.match(narrow(line[:_LABEL_REACH]))
            if "抄" in line[:9] or "分" in line[:9]
            else None
        )
        if found:
            said.append(line[found.start("names") :])
        elif said and len(printed) < _MOST_LINES and (not said[-1] or said[-1].endswith(_GOES_ON)):
            said[-1] += line
        elif said:
            break
        else:
            continue
        printed.append(line)
    names = tuple(dict.fromkeys(name for each in said for name in _copied(each)))
    return names, " ".join(printed) if said else None


def _copied(said: str) -> tuple[str, ...]:
    """The names as far as the full stop; those of several that a blank sets apart are long."""
    said = _COPIED.sub("、", said[:_MOST_LETTERS].strip())
    listed = _COPIES_END.split(said, maxsplit=1)[0].split("、")
    names = (
        part
        for name in listed
        for part in (name.split() if _SEVERAL.fullmatch(name.strip()) else [name])
    )
    return tuple(name for name in map(squeeze, names) if name)


def is_note(line: str) -> bool:
    """Whether a line says nothing but the class of the result or its openness."""
    if len(line) > _MOST_LETTERS:
        return False
    printed = _plain(squeeze(line))
    shapes = (_CLASS, _OPENNESS, _SEVERAL_NOTES)
    return any(shape.fullmatch(printed) for shape in shapes)


def _plain(line: str) -> str:
    return narrow(line).translate(_BRACKETS)


def _words(line: str) -> tuple[str, ...]:
    """A short line as one word, since its letters may be set apart, and word by word."""
    if len(line) > LONGEST:
        return ()
    printed = _plain(line)
    return ("".join(printed.split()), *printed.split())
