"""What a page in a column of replies is: a reply, or a notice, statistics, news, a suggestion.

A reply is told by its title (…第12号建议的答复), or by its letter, which thanks somebody for the
proposal it answers (您提出的…提案收悉). 建议 is an ordinary word too, and mayors answer the
suggestions of anybody: where it stands alone, something has to bear it out that only what is
brought before an assembly has: a number, a sitting, a deputy, a class, a copy for the assembly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from replyarc.evidence import Found
from replyarc.extract.letter import Letter
from replyarc.extract.title import Title
from replyarc.model import AddresseeRole, Kind

# What only a reply says: of anything else in its column these fields stay empty.
ONLY_OF_REPLIES: Final = (
    *("kind", "assembly", "assembly_name", "term", "session"),
    *("proposal_numbers", "proposal_titles", "role", "result_class"),
)
# To whom a notice goes is no addressee of a reply; a person who is written to is.
ADDRESSEES: Final = ("addressees", "addressee_role")

_Believed = Mapping[str, Found]

# The words of a letter that answers, and whom it speaks to where it does not begin with a name.
_ANSWERS = re.compile(
    r"收悉|已?收到|[答回函]复如下|意见如下|办理情况(?:如下|[答回]复|函[复告]|[报汇]告如下)"
)
_ASKED_BY = re.compile(r"[您贵]|你们?提")
# To whom the letters of a mayor's mailbox go.
_CITIZEN = re.compile(r"网友|网民|市民|群众|居民|村民|业主|家长|来信人|先生|女士|朋友")
_LONGEST_SALUTATION: Final = 40
# A year's work is told by the piece; who answers one suggestion counts none.
_FIGURE: Final = r"[0-9〇一二三四五六七八九十百余]{1,9}\s?件"
_COUNTED = re.compile(
    rf"(?:建议|提案|议案)[^。；;]{{0,15}}?{_FIGURE}|{_FIGURE}(?:人大|政协|代表|委员){{0,2}}(?:建议|提案|议案)"
)
# What stands above a suggestion or proposal, or in its first lines, where it is published as such.
_PROPOSES = re.compile(
    r"(?:案\s{0,4}由|领\s?衔\s?(?:人|代表)|(?:提\s?[案出议]|建\s?议|附\s?议)\s?[人者]|(?:建议|提案|议案)标题"
    r"|标\s{0,4}题|审查意见)\s{0,4}[:：]"
)
_BEGINNING: Final = 300
_LONGEST_OPENING: Final = 1000
_HEAD: Final = 15

_BEARS_OUT: Final = ("proposal_numbers", "session", "term", "assembly")
# Of organisations, those that have seats in an assembly; an office has suggestions of other kinds.
_PARTY = re.compile(
    "民革|民盟|民建|民进|农工|致公|九三|台盟|工商联|侨联|台联|妇联|科协|团[省市区县州]委|[省市区县州]委会"
    "|总支|支部|小组|代表团|界"
)
_COPIED_TO = re.compile(r"人大|政协|人民代表大会")
_COLUMN = re.compile(r"人大|政协|两会|(?:建议|提案)(?:提案|建议|办理)")


def is_reply(
    title: Title, letter: Letter, believed: Mapping[str, Found], above: Sequence[str] = ()
) -> bool:
    """Tell whether a page is a reply to a suggestion or a proposal, by its title or its letter.

    `above` are the lines above the letter. A suggestion that is published without its answer names
    its proposer there or in its first lines.
    """
    answers = _answers(letter)
    if title.is_reply is False and not (answers and _to_person(believed)):
        return False
    if not title.is_reply:
        named = any(name in believed for name in ("kind", "proposal_numbers"))
        if not (answers and named) or (
            "proposal_numbers" not in believed and _COUNTED.search(letter.text[:_BEGINNING])
        ):
            return False
    elif title.form is None and not answers:
        head = (line[:_BEGINNING] for line in (*above[-_HEAD:], letter.text))
        if _PROPOSES.search("\n".join(head)):
            return False
    return _is_borne_out(letter, believed)


def _answers(letter: Letter) -> bool:
    """Whether the letter begins as answers do."""
    opening = letter.opening[:_LONGEST_OPENING]
    return bool(_ANSWERS.search(opening)) and (letter.saluted or bool(_ASKED_BY.search(opening)))


def _to_person(believed: _Believed) -> bool:
    """Whether a deputy or a member is addressed by name."""
    role = believed.get("addressee_role")
    return role is not None and role.value is not AddresseeRole.UNIT


def _is_borne_out(letter: Letter, believed: _Believed) -> bool:
    """Whether it is before an assembly that something was suggested."""
    if any(name in believed for name in _BEARS_OUT):
        return True
    if "addressee_role" not in believed and letter.saluted:
        salutation = letter.text.partition("\n")[0][:_LONGEST_SALUTATION]
        if _CITIZEN.search(salutation):
            return False
    kind = believed.get("kind")
    if kind is not None and kind.value is not Kind.SUGGESTION:
        return True
    if "result_class" in believed or _is_of_assembly(believed):
        return True
    copied, topic = believed.get("copied_to"), believed.get("topic")
    return bool(copied and any(map(_COPIED_TO.search, copied.value))) or bool(
        topic and _COLUMN.search(topic.value)
    )


def _is_of_assembly(believed: _Believed) -> bool:
    """Whether those who are addressed bring suggestions before an assembly."""
    role, names = believed.get("addressee_role"), believed.get("addressees")
    if role is None or role.value is not AddresseeRole.UNIT:
        return role is not None
    return names is not None and any(map(_PARTY.search, names.value))


def without_replies_fields(believed: Mapping[str, Found], title: Title) -> dict[str, Found]:
    """Return what is left of the fields of a page that is no reply."""
    role = believed.get("addressee_role")
    to_all = title.is_reply is False or (role is not None and role.value is AddresseeRole.UNIT)
    dropped = {*ONLY_OF_REPLIES, *(ADDRESSEES if to_all else ())}
    return {name: found for name, found in believed.items() if name not in dropped}
