"""To whom a letter is written: its salutation, ``余南代表:`` or ``九三学社云南省委:``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from replyarc.model import AddresseeRole
from replyarc.text.chinese import one_line

# A salutation stands among the first lines: below the head, the title and the number.
REACH: Final = 40

_ROLES: Final = {"代表": AddresseeRole.DEPUTY, "委员": AddresseeRole.MEMBER}
_SET_APART = re.compile(r"代\s表|委\s员")
_ROLE = re.compile(r"(代表|委员)(?![会团工])")
_SALUTATION = re.compile(
    r"(?P<names>[^。；;！!？?:：《》“”您你我]{2,150}?)(?:[，,]?并请?转[^。；;:：]{0,60})?"
    r"[，,]?\s?(?:[您你]们?好)?\s?"
    r"(?:(?P<end>[:：！!])\s?(?P<rest>.*)|$)"
)
# A line of the form around a letter, which ends in a colon like a salutation.
_FORM = re.compile(
    r"签发|结果|类别|属性|公开|编号|文号|字号|分类|日期|时间|联系|电话|来源|标题|主题|附件|如下|抄送"
    r"|^(?:领衔|提案|建议|附议|联名|主提|第一|主办|承办|会办)"
)
# How a letter goes on; asked of the next line where a line alone does not tell.
_OPENING = re.compile(r"您|你们|贵|收悉|提案|建议|议案|来函|意见")
_ADDRESSES = re.compile(r"[您你贵《]")
_UNIT = re.compile(
    r"(?:党|会|社|委|盟|组|协|联|局|厅|部|室|处|院|所|府|办|界|团|司|校|学|中心|中央|界别|人士|机关|人大"
    r"|民建|民革|民进|九三|致公|农工)$"
)
_BRACKETED = re.compile(r"[（(][^（）()]{0,30}[）)]")
_AND_OTHERS = re.compile(
    r"\s?等\s?[0-9０-９一二三四五六七八九十两]{0,3}\s?[位名人]?\s?(?=代表|委员|$)"
    r"|[及和与并](?:各位|其他|附议|联名|各)[^、，,]{0,20}"
)
_BEFORE_NAME = re.compile(
    r"^(?:尊敬的|各位|全体)?(?:[^\s、]{0,6}(?:人大代表|政协委员))?(?=.)|^(?:尊敬的|各位|全体)$"
)
_BEHIND_NAME = re.compile(r"(?:人大|政协)?(?:代表|委员|同志|先生|女士)们?$")
_SEPARATORS = re.compile(r"[、，,;；/。()（）]")
_AND = re.compile(r"[和与及]")


@dataclass(frozen=True, slots=True)
class Salutation:
    """Where the salutation stands in the letter's lines, and whom it names.

    ``role`` is ``None`` for a person who is addressed neither as deputy nor as member. ``rest``
    is what follows on the same line.
    """

    at: int
    addressees: tuple[str, ...]
    role: AddresseeRole | None
    rest: str


def find_salutation(lines: Sequence[str]) -> Salutation | None:
    """Find the first salutation among the first lines; ``None`` where there is none.

    >>> find_salutation(("A", "尊敬的张三、李四等委员：", "你们提出的提案收悉。")).addressees
    ('张三', '李四')
    >>> find_salutation(("民革市委会：", "贵会的提案收悉。")).role.value
    '单位'
    """
    for at, line in enumerate(lines[:REACH]):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        match = _SALUTATION.match(_SET_APART.sub(_tightened, line))
        if match and not _FORM.search(match["names"]):
            found = _persons(at, match, following) or _others(at, match, following)
            if found:
                return found
    return None


def _tightened(word: re.Match[str]) -> str:
    return "".join(word[0].split())


def _persons(at: int, match: re.Match[str], following: str) -> Salutation | None:
    """Read ``张三、李四委员：``; without a colon only where the next line speaks to somebody."""
    role = _ROLE.search(match["names"])
    rest = match["rest"] or ""
    alone = bool(match["end"] and not rest)
    if not role or not (alone or len(rest) >= 8 or _ADDRESSES.match(rest or following)):
        return None
    return Salutation(at, names(match["names"]), _ROLES[role[1]], rest)


def _others(at: int, match: re.Match[str], following: str) -> Salutation | None:
    """Read ``九三学社云南省委:`` and ``某某副主席：``, where the next line opens a letter."""
    if not match["end"] or match["rest"] or not _OPENING.search(following):
        return None
    unit = _UNIT.search(match["names"])
    return Salutation(at, names(match["names"]), AddresseeRole.UNIT if unit else None, "")


def names(text: str) -> tuple[str, ...]:
    """Split a list of names as printed; 尊敬的, 代表, 委员, 同志 and 等 are left out.

    >>> names("张 三、王小五 欧阳六委员，李和平等3名")
    ('张三', '王小五', '欧阳六', '李和平')
    """
    listed = _AND_OTHERS.sub("", _BRACKETED.sub("", text))
    pieces = [piece for part in _SEPARATORS.split(listed) for piece in _split(_bare(part))]
    return tuple(dict.fromkeys(name for name in map(_bare, pieces) if name))


def _bare(name: str) -> str:
    return _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", one_line(name))).strip()


def _split(part: str) -> list[str]:
    """Split what blanks or 和 set apart; the letters of one name may themselves be set apart."""
    pieces: list[str] = []
    for piece in part.split():
        if pieces and 1 in (len(piece), len(pieces[-1])) and len(pieces[-1]) < 3:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    if len(pieces) == 1 and len(pieces[0]) > 4 and not _UNIT.search(pieces[0]):
        two = _AND.split(pieces[0])
        return two if min(map(len, two)) > 1 else pieces
    return pieces
