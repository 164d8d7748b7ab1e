"""To whom a letter is written: its salutation, ``余南代表:`` or ``九三学社云南省委:``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from replyarc.model import AddresseeRole
from replyarc.text.chinese import one_line

# A salutation stands among the first lines: below the head, the title and the number.
REACH: Final = 40

_DEPUTY, _MEMBER = AddresseeRole.DEPUTY, AddresseeRole.MEMBER
_ROLES: Final = {"代表": _DEPUTY, "委员": _MEMBER, "委員": _MEMBER}
_SET_APART = re.compile(r"代\s表|委\s[员員]")
_ROLE = re.compile(r"(代表|委[员員])(?![会团工小活联])")
_GREETING: Final = r"[您你]们?\s?好"
# What may stand before the names.
_LEADING = re.compile(rf"{_GREETING}[，,！!]\s?|(?:致|主送)\s?[:：]\s?|致(?!公)(?=.{{2,40}}[:：])")
_SALUTATION = re.compile(
    r"(?P<names>[^。；;！!？?:：《》“”您你我]{2,150}?)(?:[，,]?并请?转[^。；;:：]{0,60})?"
    rf"[，,]?\s?(?:{_GREETING})?\s?"
    r"(?:(?P<end>[:：！!；;。]{1,3})\s?(?P<rest>.*)|(?:(?<=代表)|(?<=委[员員]))(?P<spoken>[您你].*)|$)"
)
_ADDRESSING = re.compile(
    r"[:：!！]|代\s?表|委\s?[员員]"
)  # without which few lines are a salutation
_ENDED = re.compile(r"[:：!！；;。您你（(]")  # without which a line is nothing but names, or none
# A line of the form around a letter, which ends in a colon like a salutation.
_FORM = re.compile(
    r"签发|结果|类别|属性|公开|编号|文号|字号|分类|日期|时间|联系|电话|来源|标题|主题|附件|如下|抄送|姓名"
    r"|内容$|案由$|摘要$"
    r"|^(?:领衔|提案|建议|附议|联名|主提|第一|主办|承办|会办|分办|协办|配合|审查|答复|面商|沟通|走访)"
    r"|^[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[）)、.．]"
)
# How a letter goes on; asked of the next line where a line alone does not tell.
_OPENING = re.compile(r"您|你们|你[会委党]|贵|收悉|提案|建议|议案|来函|意见")
_ADDRESSES = re.compile(r"[您你贵《]")
_UNIT = re.compile(
    r"(?:党|会|社|(?<!常)委|盟|组|协|联|局|厅|部|室|处|院|所|府|办|界|团|司|校|学|中心|中央|界别|人士"
    r"|机关|人大|民建|民革|民进|九三|致公|农工|联络站|之家|街道|总支|银行)$"
)
# A place that stands for its government; among names it may end one.
_GOVERNED = re.compile(r"[镇乡村市县区州旗]$")
_BRACKETED = re.compile(r"[（(][^（）()]{0,30}[）)]")
_AND_OTHERS = re.compile(
    r"\s?等\s?[0-9０-９一二三四五六七八九十两]{0,3}\s?[位名人]?\s?"
    r"(?:全国|[省市县区州])?(?=代表|委员|人大|政协|$)"
    r"|[及和与并](?:各位|其他|附议|联名|各)[^、，,]{0,20}"
)
_BEFORE_NAME = re.compile(
    r"^(?:尊敬[的地]|各位|全体)?(?:[^\s、]{0,6}(?:人大代表|政协委员)|代表|委员)?(?=.)"
    r"|^(?:尊敬[的地]|各位|全体)$"
)
_BEHIND_NAME = re.compile(
    r"(?:(?:(?<=[\u3400-\u9fff]{2})(?:全国|[省市县区州]))?(?:人大|政协))?(?:领衔)?"
    r"(?:代表|委[员員]|同志|先生|女士)们?$"
)
_MORE_THAN_NAME = re.compile(r"[尊各全代委同先女]")  # one of them in what stands around a name
_SEPARATORS = re.compile(r"[、﹑､，,;；/。()（）]")
_AND = re.compile(r"[和与及并]")
# Words of a sentence or of a title, in which a person may stand who is not addressed.
_NOT_A_NAME = re.compile(r"提出|建议|提案|议案|关于|情况|会议|办理|工作|问题|意见|答复|回复|复函")
_ONE_NAME = re.compile(
    r"[\u3400-\u9fff×＊*○〇XxＸ]{2,4}|[\u3400-\u9fff]{1,10}(?:[·•‧・][\u3400-\u9fff]{1,10}){1,3}"
)
_NAMES_ONLY = re.compile(r"[\u3400-\u9fff·•‧・、﹑､，,;；\s（）()]{2,150}")
_GOES_ON: Final = (*"、﹑､，,；;", "代表", "委员")
_PLACE: Final = ("省", "市", "县", "区", "州")
_STRONG: Final = (":", "：", "!", "！")
_MOST_LINES: Final = 8
_LONGEST: Final = 3000  # letters of a line; its opening is among them


@dataclass(frozen=True, slots=True)
class Salutation:
    """Where the salutation stands in the letter's lines, first and last, and whom it names.

    ``role`` is ``None`` for a person who is addressed neither as deputy nor as member. ``rest``
    is what follows on the last of its lines.
    """

    at: int
    addressees: tuple[str, ...]
    role: AddresseeRole | None
    rest: str
    last: int


def find_salutation(lines: Sequence[str]) -> Salutation | None:
    """Find the first salutation among the first lines; ``None`` where there is none.

    >>> find_salutation(("A", "尊敬的张三、李四等委员：", "你们提出的提案收悉。")).addressees
    ('张三', '李四')
    >>> find_salutation(("民革市委会：", "贵会的提案收悉。")).role.value
    '单位'
    """
    for at in range(min(len(lines), REACH)):
        found = _read(lines, at)
        if found:
            return _with_names_around(lines, found)
    return None


def _read(lines: Sequence[str], at: int) -> Salutation | None:
    """Read the line as a salutation; a colon may have slipped onto the next."""
    line, following, last = lines[at], lines[at + 1] if at + 1 < len(lines) else "", at
    if not _ADDRESSING.search(line) and not following.startswith(("贵", ":", "：")):
        return None
    if following in (":", "："):
        line, last = line + following, at + 1
        following = lines[last + 1] if last + 1 < len(lines) else ""
    if not following.startswith("贵") and _says_something_else(line):
        return None
    leading = _LEADING.match(line)
    match = _SALUTATION.match(
        _SET_APART.sub(_tightened, line[leading.end() if leading else 0 : _LONGEST])
    )
    if not match or _FORM.search("".join(match["names"].split())):
        return None
    said = _persons(match, following) or _others(match, following)
    return Salutation(at, *said, match["rest"] or match["spoken"] or "", last) if said else None


def _says_something_else(line: str) -> bool:
    """Whether a line that nothing ends is more than names: most lines above a letter are."""
    return bool(_NOT_A_NAME.search(line)) and not _ENDED.search(line)


def _tightened(word: re.Match[str]) -> str:
    return "".join(word[0].split())


_Addressed = tuple[tuple[str, ...], AddresseeRole | None]


def _persons(match: re.Match[str], following: str) -> _Addressed | None:
    """Read ``张三、李四委员：``; without a colon only where the next line speaks to somebody."""
    role = _ROLE.search(match["names"])
    listed = names(match["names"]) if role else ()
    if not role or any(_NOT_A_NAME.search(name) and not _UNIT.search(name) for name in listed):
        return None
    end, rest = match["end"] or "", match["rest"] or match["spoken"] or ""
    if rest:
        speaks = bool(_OPENING.search(rest)) and not end.startswith(("；", ";", "。"))
    elif end.startswith(_STRONG):
        speaks = True
    else:
        speaks = all(map(_ONE_NAME.fullmatch, listed)) and _speaks(following, bool(listed))
    return (listed, _ROLES[role[1]]) if speaks else None


def _speaks(following: str, named: bool) -> bool:
    return bool((_OPENING.search if named else _ADDRESSES.match)(following))


def _others(match: re.Match[str], following: str) -> _Addressed | None:
    """Read ``九三学社云南省委:`` and ``某某副主席：``, where what follows opens a letter."""
    unit = _UNIT.search(match["names"]) or _GOVERNED.search(match["names"])
    rest = match["rest"] or ""
    if (match["end"] or "").startswith(_STRONG):
        opens = bool(_OPENING.search(rest or following) and (not rest or _ADDRESSES.match(rest)))
    else:
        opens = bool(unit) and not match["end"] and following.startswith("贵")
    if not opens or not (unit or not _NOT_A_NAME.search(match["names"])):
        return None
    return names(match["names"]), AddresseeRole.UNIT if unit else None


def _with_names_around(lines: Sequence[str], found: Salutation) -> Salutation:
    """Add the names on the lines above, which go on in the salutation's, and on those below."""
    at, last, listed = found.at, found.last, found.addressees
    while found.role and at and found.at - at < _MOST_LINES:
        above = _names_line(lines[at - 1], bool(listed))
        if above is None:
            break
        listed, at = (*above, *listed), at - 1
    while found.role and not found.rest and last - found.last < _MOST_LINES:
        below = _read(lines, last + 1) if last + 1 < len(lines) else None
        if below is None or below.role is None or lines[last + 1][-1] not in ":：":
            break
        listed, last = (*listed, *below.addressees), below.last
    if (at, last) == (found.at, found.last):
        return found
    return replace(found, at=at, last=last, addressees=tuple(dict.fromkeys(listed)))


def _names_line(line: str, among_others: bool) -> tuple[str, ...] | None:
    """Read a line of nothing but names, of which a single one needs a sign that it goes on."""
    if line in ("尊敬的", "尊敬地"):
        return ()
    if not _NAMES_ONLY.fullmatch(line) or _NOT_A_NAME.search(line) or _FORM.search(line):
        return None
    listed = names(line)
    persons = all(
        _ONE_NAME.fullmatch(name) and not _UNIT.search(name) and not name.endswith(_PLACE)
        for name in listed
    )
    goes_on = len(listed) > 1 or line.endswith(_GOES_ON) or not among_others
    return listed if listed and persons and goes_on else None


def names(text: str) -> tuple[str, ...]:
    """Split a list of names as printed; 尊敬的, 代表, 委员, 同志 and 等 are left out.

    >>> names("张 三、王小五 欧阳六委员，李和平等3名")
    ('张三', '王小五', '欧阳六', '李和平')
    """
    listed = _AND_OTHERS.sub("", _BRACKETED.sub("", text))
    pieces = [piece for part in _SEPARATORS.split(listed) for piece in _split(_bare(part))]
    return tuple(dict.fromkeys(name for name in map(_bare, pieces) if name))


def _bare(name: str) -> str:
    if not _MORE_THAN_NAME.search(name):
        return one_line(name)
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
