"""The grammar of titles: who answers what, before which assembly, and which numbers it bears.

Every part is optional, and the order varies inside one column::

    [organ][关于|对|关于对][sitting][第N号[(类别N号)]][subject][建议|提案|议案][会办|…]的[答复|复函|…]

A new wording is a new row or word here, and a line in ``tests/titles.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from replyarc.extract.numbers import find_document_number
from replyarc.extract.proposal import (
    ANSWERS,
    KINDS,
    Numbered,
    find_numbers,
    kind_in,
    masked,
    quoted_titles,
    tightened,
    unquoted_title,
)
from replyarc.extract.sitting import Sitting, find_sitting
from replyarc.model import Assembly, Kind, Role
from replyarc.text.chinese import narrow, one_line

LONGEST: Final = 500  # letters; a longer title is read as far as this

ROLES: Final = {"主办": Role.LEAD, "会办": Role.JOINT, "协办": Role.JOINT, "分办": Role.SEPARATE}
_ROLE_WORDS: Final = "|".join(ROLES)
_ROLE = re.compile(
    rf"(?P<role>{_ROLE_WORDS})(?:工作)?(?:的?(?:意见|答复|回复|复函|函)|件|(?:{KINDS})的?(?:{ANSWERS}))"
    rf"|\((?P<bracketed>{_ROLE_WORDS})件?\)"
)

# The object of a reply, before the word that answers it. Where there are several, the last counts.
_OBJECT = re.compile(
    rf"(?P<kind>{KINDS})[》”」\"]{{0,2}}(?:\([^()]{{0,30}}\))?的?"
    rf"(?:{_ROLE_WORDS}|办理|处理|落实)?(?:工作)?(?:情况|结果)?的?"
    rf"(?:(?P<answer>{ANSWERS})(?!情况|工作|率|质量|制度|办法|时限|格式|件)|$)"
)
_BOTH_KINDS = re.compile(rf"(?:{KINDS})[、和及与]?$")
_ANSWERED = re.compile(rf"关于|对|{ANSWERS}")
_NO_REPLY = re.compile(
    r"(?:通知|通报|通告|公告|公示|总结|统计|汇总|一览|明细|目录|清单|台账|名单|方案|计划|要点|动态"
    r"|简报|说明|办法|制度|规定|细则|解读)表?(?:\([^()]{0,30}\))?$"
)

_CLASS = re.compile(
    r"(?:分类|类别|办理结果):?\(?(?P<said>[A-D])|[(\[【](?P<set>[A-D])类?[)\]】]|(?P<last>[A-D])类$"
)

_OPENER = re.compile(
    r"(?:[(（【\[][^()（）【】\[\]]{1,12}[)）】\]] ?)?(?P<before>[^0-9:：《》“”]{0,60}?)"
    r"[-—:： ]{0,3}(?:关于对|关于|对)"
)
_ORGAN = re.compile(
    r"[\w （）()、·]{1,50}"
    r"(?:[局厅委部办府院处社会司署所站队团联协行校学馆台镇乡关室区]|街道|中心|公司)"
    r"(?:[（(][^（）()]{2,30}[）)])?"
)
_NO_ORGAN = re.compile(rf"[届号]|{KINDS}|答复|回复")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What a title says; ``None`` (in lists: nothing) is what it does not say.

    ``assembly_name`` is without term and session. ``subject`` is what the suggestion is about, or
    its own title, as printed. ``is_reply`` is false for notices, statistics and reports on work.
    """

    kind: Kind | None
    assembly: Assembly | None
    assembly_name: str | None
    term: int | None
    session: int | None
    proposal_numbers: tuple[str, ...]
    role: Role | None
    answered_by: str | None
    result_class: str | None
    document_number: str | None
    subject: str | None
    is_reply: bool


def read_title(title: str) -> Title:
    """Read all that a title says. Never raises.

    >>> read = read_title("某市民政局关于市九届政协二次会议第012号提案的会办意见")
    >>> read.answered_by, read.assembly_name, read.term, read.session, read.proposal_numbers
    ('某市民政局', '市政协', 9, 2, ('012',))
    >>> read.kind, read.role, read.is_reply
    (<Kind.PROPOSAL: '提案'>, <Role.JOINT: '会办'>, True)
    """
    line = one_line(title)[:LONGEST]
    printed = tightened(line)
    text = narrow(printed)
    unquoted = masked(text)
    sitting = find_sitting(unquoted)
    numbered = tuple(find_numbers(unquoted))
    objects = _objects(text)
    answered = objects[-1] if objects else None
    return Title(
        kind=_kind(unquoted, numbered, answered, sitting.assembly),
        assembly=sitting.assembly,
        assembly_name=sitting.assembly_name,
        term=sitting.term,
        session=sitting.session,
        proposal_numbers=tuple(number for each in numbered for number in each.numbers),
        role=_role(unquoted),
        answered_by=_answered_by(line),
        result_class=_result_class(unquoted),
        document_number=find_document_number(line),
        subject=_subject(printed, sitting, numbered, answered),
        is_reply=_is_reply(text, numbered, objects),
    )


def _objects(text: str) -> list[re.Match[str]]:
    """Return the words for what is answered, without 建议提案, which is both and so neither."""
    return [each for each in _OBJECT.finditer(text) if not _BOTH_KINDS.search(text[: each.start()])]


def _kind(
    unquoted: str,
    numbered: tuple[Numbered, ...],
    answered: re.Match[str] | None,
    assembly: Assembly | None,
) -> Kind | None:
    """The word beside the number, which says what is numbered, goes before the object."""
    said = next((each.kind for each in numbered if each.kind), None)
    if said or answered is None:
        return said
    word = answered["kind"]
    quoted = unquoted[answered.start()] != word[0]
    return kind_in(word, assembly) if quoted else Kind(word)


def _role(text: str) -> Role | None:
    role = _ROLE.search(text)
    return ROLES[role["role"] or role["bracketed"]] if role else None


def _answered_by(line: str) -> str | None:
    """The organ's name before 关于 or 对; ``None`` where what stands there is no organ's name."""
    opener = _OPENER.match(line)
    before = opener["before"].strip() if opener else ""
    return before if _ORGAN.fullmatch(before) and not _NO_ORGAN.search(before) else None


def _result_class(text: str) -> str | None:
    said = _CLASS.search(text)
    return said[said.lastgroup or 0] if said else None


def _subject(
    printed: str, sitting: Sitting, numbered: tuple[Numbered, ...], answered: re.Match[str] | None
) -> str | None:
    """What is quoted as a title, else the words between opener, sitting and number and the kind."""
    text = narrow(printed)
    for begin, end in quoted_titles(text):
        return printed[begin:end]
    if answered is None:
        return None
    opener = _OPENER.match(text)
    spans = [(0, opener.end() if opener else 0), (sitting.begin, sitting.end)]
    spans += [(each.begin, each.end) for each in numbered]
    return unquoted_title(printed, answered.end("kind"), spans)


def _is_reply(text: str, numbered: tuple[Numbered, ...], objects: list[re.Match[str]]) -> bool:
    if _NO_REPLY.search(text):
        return False
    if numbered:
        return bool(_ANSWERED.search(text))
    return any(each["answer"] for each in objects)
