"""A letter taken apart for setting it: salutation, headings, paragraphs, signature, day, contacts.

Nothing is added, left out or moved: the texts of the parts are the lines of the letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

Kind = Literal["salutation", "paragraph", "heading", "signature", "day", "contact"]


class Part(NamedTuple):
    """One line of a letter, and as what it is set."""

    kind: Kind
    text: str


# Below the last sentence: so many lines may hold the signature, its day, whom to ask.
_TAIL: Final = 25
_LONGEST: Final = 60
_LONGEST_NOTE: Final = 200
_LONGEST_SALUTATION: Final = 160
_LONGEST_HEADING: Final = 50
_LONGEST_NUMERAL: Final = 3
_YEAR: Final = 4

# Without regular expressions: compiling them takes longer than setting a letter does.
_ENDS: Final = (":", "：", "代表", "委员")
_GREETINGS: Final = ("您好", "你好", "您们好", "你们好")
_FORM: Final = (
    *("联系", "办理", "答复", "公开", "签发", "抄送", "附件", "主办", "会办", "类别", "编号"),
    *("文号", "电话"),
)
_TENS: Final = frozenset("一二三四五六七八九十")
_STOPS: Final = frozenset("。；;！!？?")
_CLAUSES: Final = frozenset("，,")
_NUMERALS: Final = frozenset("0123456789〇零○◯Oo一二三四五六七八九十廿元")
_DAY_LAST: Final = frozenset("日曰0123456789）)。")  # what the line of a day ends with
_SEALS: Final = ("(盖章)", "(加盖公章)", "(加盖印章)", "(公章)", "(印章)", "(章)", "(代章)")
_NOTES: Final = (
    *("联系", "承办", "经办", "办理", "责任", "分管", "主管", "签发", "抄送", "抄报", "抄:"),
    *("抄：", "附件", "附:", "附：", "此件", "公开", "信息公开", "电话", "手机", "邮编", "邮政"),
    *("地址", "传真", "印发", "校对"),
    *(
        f"{who}{what}{end}"
        for who in ("主办", "会办", "协办")
        for what in ("单位", "处室", "")
        for end in ":："
    ),
)


def parts(text: str, signature: str | None) -> tuple[Part, ...]:
    """Take a letter apart by its lines; ``signature`` is what was read as the signature (落款).

    Only what stands below the last sentence can be a signature, a day or a contact.

    >>> letter = "顾明远代表：\\n您好。\\n一、关于助餐\\n已建成。\\n清源市民政局\\n2023年5月17日"
    >>> [part.kind for part in parts(letter, "清源市民政局")]
    ['salutation', 'paragraph', 'heading', 'paragraph', 'signature', 'day']
    """
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    found: list[Part] = []
    tail = max(len(lines) - _TAIL, 1)
    below = _below(lines, tail, _squeezed(signature or ""))
    for at, line in enumerate(lines):
        kind: Kind = "paragraph"
        if at == 0 and _is_salutation(line):
            kind = "salutation"
        elif at in below:
            kind = below[at]
        elif _is_heading(line):
            kind = "heading"
        found.append(Part(kind, line))
    return tuple(found)


def _is_salutation(line: str) -> bool:
    if len(line) > _LONGEST_SALUTATION or "。" in line[:-1] or line.startswith(_FORM):
        return False
    name = line.rstrip("!！。,，")
    for greeting in _GREETINGS:
        name = name.removesuffix(greeting)
    return name.rstrip(",，").endswith(_ENDS)


def _is_heading(line: str) -> bool:
    """Whether a line is a heading: 一、, （一） and a few words, with no sentence among them.

    One of several clauses that is closed with 。 is a sentence of a list, however short it is.

    >>> _is_heading("（二）关于补贴"), _is_heading("二、今年再建20家。感谢您！")
    (True, False)
    >>> _is_heading("（一）加强培训。"), _is_heading("（一）加强培训，全年1200人。")
    (True, False)
    """
    for mark in "、.．）)" if len(line) <= _LONGEST_HEADING else "":
        numeral, found, words = line.partition(mark)
        if found and mark in "）)":
            numeral, words = numeral.lstrip("（("), words.lstrip("、")
        if found and words and 1 <= len(numeral) <= _LONGEST_NUMERAL and _TENS.issuperset(numeral):
            closed = words.endswith("。") and not _CLAUSES.isdisjoint(words)
            return not closed and _STOPS.isdisjoint(words.removesuffix("。"))
    return False


def _below(lines: Sequence[str], first: int, signature: str) -> dict[int, Kind]:
    """Return what the lines below the last sentence are, from below upwards.

    A line that is none of it ends them only above a signature: a letter may be long below it. What
    an annex follows is signed further up, and a day stands below its signature.
    """
    found: dict[int, Kind] = {}
    for at in range(len(lines) - 1, first - 1, -1):
        kind = _kind_below(lines[at], signature)
        if kind is not None:
            found[at] = kind
        elif "signature" in found.values() or not signature:
            break
    if signature and "signature" not in found.values():
        days = [at for at in range(1, first) if lines[at + 1][-1] in _DAY_LAST]
        for at in reversed(days):
            kinds = [_kind_below(line, signature) for line in lines[at : at + 2]]
            if kinds == ["signature", "day"]:
                return found | {at: "signature", at + 1: "day"}
    return found


def _kind_below(line: str, signature: str) -> Kind | None:
    if line.lstrip("（(【[").startswith(_NOTES) and len(line) <= _LONGEST_NOTE:
        return "contact"
    if len(line) > _LONGEST:
        return None
    bare = _squeezed(line)
    if bare.rstrip(")").endswith(("日印发", "号印发")):  # who printed it, and when
        return "contact"
    if _is_day(bare):
        return "day"
    for seal in _SEALS:
        bare = bare.replace(seal, "")
    if signature and len(bare) > 1 and _signs(bare, signature):
        return "signature"
    return None


def _is_day(bare: str) -> bool:
    """Whether a text is a day and nothing else.

    >>> _is_day("二〇二三年五月十七日"), _is_day("2023-05-17"), _is_day("5月17日")
    (True, True, False)
    """
    day = bare.strip("().。")
    for sign in "-./":
        if day.count(sign) == 2:
            year, month, date = day.split(sign)
            return _is_of(year, month, date, longest=2)
    if not day.endswith(("日", "曰")):
        return False
    year, _, rest = day[:-1].partition("年")
    month, _, date = rest.partition("月")
    return _is_of(year, month, date, longest=3)


def _is_of(year: str, *others: str, longest: int) -> bool:
    return (
        len(year) == _YEAR
        and all(1 <= len(each) <= longest for each in others)
        and _NUMERALS.issuperset(year.join(others))
    )


def _signs(bare: str, signature: str) -> bool:
    """Whether a line is a piece of the signature, or the signature and its day."""
    if bare in signature:
        return True
    before, found, after = bare.partition(signature)
    return bool(found) and all(not rest or _is_day(rest) for rest in (before, after))


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
