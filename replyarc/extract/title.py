"""The grammar of titles: who answers what, before which assembly, and which numbers it bears.

Every part is optional, and the order varies inside one column::

    [organ][关于|对|关于对][sitting][第N号[(类别N号)]][subject][建议|提案|议案][role][form][notes]

Each part has a module: `sitting`, `cases` (numbers and kinds), `proposal` (the subject), `form`
(role, form, is it a reply at all). A new wording is a new row or word there, and a line in
``tests/titles.tsv``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from replyarc.extract.cases import KINDS, Numbered, find_numbers, kind_of
from replyarc.extract.form import Form, is_reply, read_form, read_role
from replyarc.extract.numbers import find_document_number
from replyarc.extract.proposal import kind_in, quoted_titles, unquoted_title
from replyarc.extract.quotes import masked, paired, quotations, tightened
from replyarc.extract.sitting import Sitting, find_sitting
from replyarc.model import Assembly, Kind, Role
from replyarc.text.chinese import narrow, one_line

LONGEST: Final = 500  # letters; a longer title is read as far as this

_CLASS = re.compile(
    r"(?:分类|类别|办理结果)[:为]?\(?(?P<said>[A-D])|[(\[【](?P<set>[A-D])类?[)\]】]|(?P<last>[A-D])类$"
)

_OPENNESS = re.compile(
    r"[(\[【](?:[A-D]类?[,、;]?)?((?:主动|依申请|部分)公开|公开|不(?:予)?公开)[)\]】]"
)

_OPENER = re.compile(
    r"(?:[(（【\[][^()（）【】\[\]]{1,12}[)）】\]] ?)?(?P<before>[^0-9:：《》“”]{0,60}?)"
    r"[-—:： ]{0,3}(?:关于对|关于|对(?![外口台华]))"
)
_ORGAN = re.compile(
    r"[\w （）()、·]{1,50}"
    r"(?:[局厅委部办府院处社会司署所站队团联协行校学馆台镇乡关室区]|街道|中心|公司)"
    r"(?:[（(][^（）()]{2,30}[）)])?"
)
_NO_ORGAN = re.compile(rf"[届号]|{KINDS}|答复|回复")


class Title(NamedTuple):
    """What a title says; ``None`` (in lists: nothing) is what it does not say.

    ``assembly_name`` is without term and session. ``form`` is as printed: 复函, 办理情况的答复.
    ``subject`` is what the suggestion is about, or its own title, as printed. ``is_reply`` is false
    for notices, statistics, news and reports on work, which have no ``kind``; ``None`` where the
    title does not tell: then the letter does.
    """

    kind: Kind | None
    assembly: Assembly | None
    assembly_name: str | None
    term: int | None
    session: int | None
    proposal_numbers: tuple[str, ...]
    role: Role | None
    form: str | None
    answered_by: str | None
    result_class: str | None
    openness: str | None
    document_number: str | None
    subject: str | None
    is_reply: bool | None


def read_title(title: str) -> Title:
    """Read all that a title says. Never raises.

    >>> read = read_title("某市民政局关于市九届政协二次会议第012号提案的会办意见")
    >>> read.answered_by, read.assembly_name, read.term, read.session, read.proposal_numbers
    ('某市民政局', '市政协', 9, 2, ('012',))
    >>> read.kind, read.role, read.form, read.is_reply
    (<Kind.PROPOSAL: '提案'>, <Role.JOINT: '会办'>, '会办意见', True)
    """
    line = one_line(title[: 2 * LONGEST])[:LONGEST]
    printed = tightened(line) if " " in line else line
    text = paired(narrow(printed))
    quoted = quotations(text)
    unquoted = masked(text, quoted)
    sitting = find_sitting(unquoted)
    numbered = find_numbers(unquoted)
    form = read_form(text, unquoted)
    replies = is_reply(text, form, sitting, numbered)
    return Title(
        kind=None if replies is False else _kind(numbered, form, sitting),
        assembly=sitting.assembly,
        assembly_name=sitting.assembly_name,
        term=sitting.term,
        session=sitting.session,
        proposal_numbers=tuple(number for each in numbered for number in each.numbers),
        role=read_role(unquoted, form, sitting, numbered),
        form=form.printed,
        answered_by=_answered_by(line),
        result_class=_result_class(unquoted),
        openness=_openness(unquoted),
        document_number=find_document_number(line),
        subject=_subject(printed, text, quoted_titles(text, quoted), sitting, numbered, form),
        is_reply=replies,
    )


def _kind(numbered: tuple[Numbered, ...], form: Form, sitting: Sitting) -> Kind | None:
    """The word beside the number, which says what is numbered, goes before the object."""
    said = next((each.kinds for each in numbered if each.kinds), None)
    if said:
        return kind_of(said, sitting.assembly)
    if form.quoted:
        return kind_in(form.kinds[-1], sitting.assembly)
    known = sitting.assembly if numbered or sitting.session else None
    return kind_of(form.kinds, known)


def _answered_by(line: str) -> str | None:
    """The organ's name before 关于 or 对; ``None`` where what stands there is no organ's name."""
    opener = _OPENER.match(line)
    before = opener["before"].strip() if opener else ""
    return before if _ORGAN.fullmatch(before) and not _NO_ORGAN.search(before) else None


def _openness(text: str) -> str | None:
    """Whether the letter may be published, as a note in brackets says it."""
    said = _OPENNESS.search(text) if "公开" in text else None
    return said[1] if said else None


def _result_class(text: str) -> str | None:
    said = _CLASS.search(text)
    return said[said.lastgroup or 0] if said else None


def _subject(
    printed: str,
    text: str,
    titles: list[tuple[int, int]],
    sitting: Sitting,
    numbered: tuple[Numbered, ...],
    form: Form,
) -> str | None:
    """What is quoted as a title, else the words between opener, sitting and number and the kind."""
    for begin, end in titles:
        return printed[begin:end]
    if not form.kinds or any(each.begin < form.object_end <= each.end for each in numbered):
        return None  # or only a number and its kind
    opener = _OPENER.match(text)
    spans = [(0, opener.end() if opener else 0), (sitting.begin, sitting.end)]
    spans += [(each.begin, each.end) for each in numbered]
    return unquoted_title(printed, form.object_end, spans)
