"""The sitting that a title or a letter speaks of: which assembly, which term, which session.

The words come in any order: 市十四届人大四次会议, 市人大十四届四次会议, 政协十四届市委员会二次会议.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from replyarc.extract.cases import KINDS
from replyarc.model import Assembly
from replyarc.text.chinese import numeral

ASSEMBLIES: Final = {
    "政协": Assembly.CONFERENCE,
    "政治协商会议": Assembly.CONFERENCE,
    "人大": Assembly.CONGRESS,
    "人代会": Assembly.CONGRESS,
    "人民代表大会": Assembly.CONGRESS,
}
_WORDS: Final = "|".join(ASSEMBLIES)
_WORD = re.compile(_WORDS)

_NUMERAL: Final = r"(?:(?<![0-9])[0-9]{1,2}|[〇零○一二三四五六七八九十百]{1,5})"
_PLACE: Final = r"(?:(?!关于|代表|委员(?!会))[^\W\d_第届次号的对]){0,15}?"
_BODY: Final = rf"(?:(?:{_WORDS})(?:委员会|常委会|常务委员会)?|委员会)"
_SESSION: Final = (
    rf"(?:第?(?P<session>{_NUMERAL})次(?:全体)?(?P<after>{_WORDS})?(?:会议|全会|会(?!办))?)"
)
_SITTING = re.compile(
    rf"第?(?P<term>{_NUMERAL})届(?P<between>{_PLACE}{_BODY})?\(?(?:会议)?{_SESSION}?"
)
# Without a term only what a number, a kind or a deputy follows is before an assembly.
_ASKED: Final = rf"(?:代表|委员)?(?:[第0-9〔“]|{KINDS})|(?:代表|委员)(?:所提|提出|关于)"
_NUMBERED: Final = (
    rf"[^\W的附]{{0,12}}?(?:\(?第?[^\W的]{{1,14}}?号\)?(?:{KINDS})|(?:{KINDS})\(?第?[0-9])"
)
_TERMLESS = re.compile(
    rf"(?P<between>政协{_PLACE}委员会|人大|政协)\(?(?:{_SESSION}|(?={_ASKED}|{_NUMBERED}))"
)
# A name reaches back to the last of these, which are no part of it.
_UP_TO_BOUNDARY = re.compile(
    rf".*(?:关于|[对在就由的给您你们]|收到|转来|转发|根据|召开|[答回]复|办理|[会协分主督交转承]办|征[求询]|商请|开展|落实|经(?![开济])"
    rf"|{KINDS}|代表(?!大会)|委员(?!会)|[局厅室]|政府|委(?!员)|中心|公司|[\W\d_]年?度?)"
)
_LONGEST_NAME: Final = 30
_LONGEST_TERM: Final = 6  # letters of a numeral, and 第


class Sitting(NamedTuple):
    """Assembly, its name without term and session, term (届) and session (次会议), as printed.

    ``begin`` and ``end`` are where the words that say so stand, 0 where there are none.
    """

    assembly: Assembly | None = None
    assembly_name: str | None = None
    term: int | None = None
    session: int | None = None
    begin: int = 0
    end: int = 0


def find_sitting(text: str) -> Sitting:
    """Return the first sitting in `text`, which has no blanks and is at half width.

    A term of something else (第七届运动会) is no sitting, nor is an assembly that is merely
    spoken of (加强人大监督).

    >>> found = find_sitting("对政协某省委员会第十一届三次会议第0043号提案的答复")
    >>> found.assembly_name, found.term, found.session
    ('政协某省委员会', 11, 3)
    """
    at = text.find("届")
    for words in _SITTING.finditer(text, max(0, at - _LONGEST_TERM)) if at >= 0 else ():
        sitting = _sitting(text, words, words["term"])
        if sitting and (sitting.assembly or (sitting.session and not words["between"])):
            return sitting
    termless = _TERMLESS.search(text)
    return (termless and _sitting(text, termless, None)) or Sitting()


def _sitting(text: str, words: re.Match[str], term: str | None) -> Sitting | None:
    """Return what the matched words say; ``None`` where a numeral is none."""
    begin = _begin(text, words.start())
    before = text[begin : words.start()].rstrip("(")
    name = before + (words["between"] or "") + (words["after"] or "")
    said = _WORD.search(name)
    assembly = ASSEMBLIES[said[0]] if said else None
    named = assembly and (term or words["session"] or len(name) > len("人大"))
    try:
        return Sitting(
            assembly=assembly,
            assembly_name=name if named else None,
            term=numeral(term) if term else None,
            session=numeral(words["session"]) if words["session"] else None,
            begin=begin,
            end=words.end(),
        )
    except ValueError:
        return None


def _begin(text: str, at: int) -> int:
    """Return where the assembly's name begins that stands before a term: 市人大(十四届…"""
    end = at - (text[at - 1 : at] == "(")
    first = max(0, end - _LONGEST_NAME)
    boundary = _UP_TO_BOUNDARY.match(text, first, end)
    return boundary.end() if boundary else first
