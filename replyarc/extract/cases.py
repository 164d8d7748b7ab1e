"""The numbers of suggestions and proposals, and the words for what they number.

All functions read short text at half width (`narrow`) without blanks (`tightened`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from replyarc.extract.quotes import FILLER
from replyarc.model import Assembly, Kind
from replyarc.text.chinese import ZEROS, numeral

_KINDS: Final = {str(kind): kind for kind in Kind}
KINDS: Final = "|".join(_KINDS)
# Suggestions and motions are brought before a congress, proposals before a conference.
_BROUGHT_BEFORE: Final = {
    Assembly.CONGRESS: (Kind.SUGGESTION, Kind.MOTION),
    Assembly.CONFERENCE: (Kind.PROPOSAL,),
}
_WORDS: Final = rf"(?P<kind>(?:{KINDS})(?:[、和及与/]?(?:{KINDS})(?!第|[0-9])){{0,2}})"
_WORD = re.compile(KINDS)

_ARABIC: Final = (
    r"[A-Za-z]{0,5}-?[0-9]{1,12}(?:(?:[-.–—][A-Za-z]{0,2}|[A-Za-z]{1,2}-?)[0-9]{1,9}){0,3}"
    r"(?![0-9年届次])"
)
_CHINESE: Final = rf"[{ZEROS}一二三四五六七八九十百千两]{{1,9}}(?=[号、至到])"
_ITEM: Final = rf"(?:{_ARABIC}|{_CHINESE})"
# Provinces number by delegation: 第杭12号, 余杭12号.
_REGION: Final = (
    r"(?:(?!会议|全会|代表|委员|关于|期间|人大|政协|建议|提案|议案)"
    r"[^\W\d_第号类届次的一二三四五六七八九十])"
)
_TO: Final = "至到~"
_NEXT: Final = rf"(?:号?(?:[、,和及与并暨;/ {_TO}]|以及)第?|号第)"
_MORE: Final = rf"(?:{_NEXT}(?:{_REGION}{{1,2}}{_ARABIC}|{_ITEM})){{0,30}}"
_ADDED: Final = rf"(?:\((?:并案?|含|合并|及|和|、)第?{_ITEM}(?:{_NEXT}{_ITEM}){{0,9}}号?\))?"
_OPEN, _CLOSE = r"[“\"(〔\[]?", r"[”\")〕\]]?"
_YEAR: Final = r"[〔\[(【](?P<year>(?:19|20)[0-9]{2})年?[〕\])】]"
# One row a printed form. A number behind 〕 is a document's, but not if its kind is right behind.
_FORMS: Final = (
    rf"第?{_YEAR}第?{_ARABIC}号(?=(?:人大|政协|代表|委员){{0,2}}(?:{KINDS}))",
    rf"第{_OPEN}(?:{_ITEM}|{_REGION}{{1,4}}{_ARABIC}){_MORE}{_CLOSE}号?{_ADDED}",
    rf"(?:(?<=会议)|(?<=[》”]\()){_OPEN}{_REGION}{{1,4}}{_ARABIC}{_MORE}号{_CLOSE}",
    rf"(?<![A-Za-z0-9〕】\]第.-]){_ARABIC}{_MORE}{_CLOSE}号{_ADDED}",
    rf"(?P<named>[编案议序]号[为是]?:?)第?{_ARABIC}{_MORE}号?",
)
# What none of them can do without stands first: most letters are passed over.
_NUMBERS = re.compile(
    rf"(?=[第〔\[(【0-9A-Za-z编案议序]|(?<=会议)|(?<=[》”]\())(?:{'|'.join(_FORMS)})"
)
# By far the commonest: one number, its kind right behind, and nothing else that could be one.
_PLAIN = re.compile(
    rf"[^0-9A-Za-z号类、至到~]{{0,300}}(?P<whole>第(?P<number>[0-9]{{1,12}})号(?P<kind>{KINDS}))"
    rf"(?![、和及与/]?(?:{KINDS}))[^0-9A-Za-z号类第]{{0,300}}"
)
_FIGURE = re.compile("[0-9]")
_BETWEEN = re.compile(r"[、,和及与并暨;/ 第号()“”\"〔〕\[\]]+|以及|并案|合并|含")
_UNTIL = re.compile(rf"号?[{_TO}]第?")
_RANGE = re.compile(r"([0-9]{1,9})~([0-9]{1,9})")
_LONGEST_RANGE: Final = 30
# 第02403号(医疗卫生类173号): the second is the same proposal's number in its category.
_CATEGORY = re.compile(r"(?<=[号0-9])\([^()]{0,20}类[^()]{0,10}\)")

# What may stand between a number and the word for what it is the number of.
ATTRIBUTES: Final = (
    "(?:的|人大|政协|代表|委员|集体|界别|党派|团体|重点|联名|个人|闭会|大会|会议|期间|平时"
    "|[会协分主督]办){0,4}"
)
_KIND_BEHIND = re.compile(
    rf"(?:\([^()]{{0,30}}\))?(?:《{FILLER}{{0,300}}》|“{FILLER}{{0,300}}”)?[)\]】”]?"
    rf"(?:[^\W\d_的号]{{2,12}}?(?=代表|委员))?{ATTRIBUTES}{_WORDS}"
)
_KIND_BEFORE = re.compile(rf"(?P<kind>{KINDS})[》”]?[(:]?$")
_PLACE_BEFORE = re.compile(
    r"(?:^[(【\[]?|关于|[对在次届类]|会议|全会|人大|政协|大会|委员会|代表|委员|[交承办]办|办理|提[出交]|所提"
    r"|[》”](?=\(?$))[(的:,]?$"
)
_PLACE_BEHIND = re.compile(
    r"$|[建提议]?(?:…|\.\.)|[(),;。.:、\]】的《“]|关于|议事原案|收悉|[已均一]|[会协分主]?办|[答回]复|[复回函]函|复文|函"
)
# A number in brackets is a case's before 的答复 and 收悉, and at the end behind 提出 or 答复.
_BRACKET_BEHIND = re.compile(r"\)(?:的?(?:[答回]复|复函)|[已均]?收悉)")
_BRACKET_AFTER = re.compile(r"提出|(?:[答回]复|[复回]函|复文|意见)\($")


class Numbered(NamedTuple):
    """Numbers that stand together, and the words for what they number, none where none says it.

    ``begin`` and ``end`` are where the numbers stand, the word behind them included.
    """

    numbers: tuple[str, ...]
    kinds: tuple[Kind, ...]
    begin: int
    end: int


def find_numbers(text: str) -> tuple[Numbered, ...]:
    """Return the numbers of suggestions and proposals in `text`, which is `masked`.

    They stand before or behind the word for what they number, or behind the sitting; a road, a
    line, a document has another number. Zeros are kept, Chinese digits become Arabic, a range
    (第12至15号) becomes its numbers. The number in a category counts where there is no other.

    >>> [each.numbers for each in find_numbers("107号国道第2-0012、45号提案(医疗类17号)的答复")]
    [('2-0012', '45')]
    """
    if "第" not in text and not _FIGURE.search(text):
        return ()
    plain = _PLAIN.fullmatch(text)
    if plain:
        kinds = (_KINDS[plain["kind"]],)
        return (Numbered((plain["number"],), kinds, *plain.span("whole")),)
    if "类" in text:
        text = _CATEGORY.sub(_blotted, text)
    found = tuple(_numbered(text))
    return tuple(each for each in found if text[each.begin - 1 : each.begin] != "类") or found


def _blotted(category: re.Match[str]) -> str:
    return f"({FILLER * (len(category[0]) - 2)})"


def _numbered(text: str) -> Iterator[Numbered]:
    for match in _NUMBERS.finditer(text):
        behind = _kind_behind(text, match.end())
        before = text[max(0, match.start() - 10) : match.start()]
        owner = _KIND_BEFORE.search(before)
        if not (behind or _is_placed(text, match, before, owner)):
            continue
        word = behind or owner
        try:
            numbers = tuple(_each(match))
        except ValueError:  # Chinese digits that are no numeral
            continue
        yield Numbered(
            numbers=numbers,
            kinds=kinds_in(word["kind"]) if word else (),
            begin=match.start(),
            end=(behind or match).end(),
        )


def _kind_behind(text: str, at: int) -> re.Match[str] | None:
    return _KIND_BEHIND.match(text, at) if _WORD.search(text, at) else None


def _is_placed(text: str, match: re.Match[str], before: str, owner: re.Match[str] | None) -> bool:
    """Whether a number without its kind right behind it stands where a case's number does."""
    if before.endswith("("):
        ends = text[match.end() :] == ")" and _BRACKET_AFTER.search(text, 0, match.start())
        if ends or _BRACKET_BEHIND.match(text, match.end()):
            return True
    placed = match["named"] or owner or _PLACE_BEFORE.search(before)
    return bool(placed and _PLACE_BEHIND.match(text, match.end()))


def _each(match: re.Match[str]) -> Iterator[str]:
    if match["year"]:
        serial = match[0][match.end("year") - match.start() :].lstrip("年〕])】第").rstrip("号")
        yield f"〔{match['year']}〕{serial}"
        return
    printed = _UNTIL.sub("~", match[0].removeprefix(match["named"] or ""))
    for item in _BETWEEN.split(printed):
        if item:
            yield from _run(item)


def _run(item: str) -> Iterator[str]:
    """The numbers of a range as printed, the two it names where it is none."""
    if "~" not in item:
        yield _digits(item)
        return
    ends = [_digits(end) for end in item.split("~") if end]
    run = _RANGE.fullmatch("~".join(ends))
    first, last = (int(run[1]), int(run[2])) if run else (0, 0)
    if 0 < last - first <= _LONGEST_RANGE:
        yield from (str(number).zfill(len(ends[0])) for number in range(first, last + 1))
    else:
        yield from ends


def _digits(item: str) -> str:
    """Return a number as printed, Chinese digits as Arabic ones: 〇一二 is 012."""
    if item[-1].isascii():
        return item
    spelled = item.lstrip(ZEROS)
    return "0" * (len(item) - len(spelled)) + (str(numeral(spelled)) if spelled else "")


def kinds_in(words: str) -> tuple[Kind, ...]:
    """Return the kinds that are named, in order.

    >>> kinds_in("建议、提案")
    (<Kind.SUGGESTION: '建议'>, <Kind.PROPOSAL: '提案'>)
    """
    return tuple(map(_KINDS.__getitem__, _WORD.findall(words)))


def kind_of(kinds: Sequence[Kind], assembly: Assembly | None) -> Kind | None:
    """Return the kind meant where one word or several (建议提案) name it; ``None`` if unsure.

    >>> both = (Kind.SUGGESTION, Kind.PROPOSAL)
    >>> kind_of(both, Assembly.CONFERENCE), kind_of(both, None)
    (<Kind.PROPOSAL: '提案'>, None)
    """
    if len(kinds) > 1 and assembly:
        kinds = [kind for kind in kinds if kind in _BROUGHT_BEFORE[assembly]]
    return kinds[0] if len(kinds) == 1 else None


def kind_beside(text: str, begin: int, end: int) -> tuple[Kind, ...]:
    """Return the kinds said right behind, else right before, a quoted title."""
    beside = _kind_behind(text, end) or _KIND_BEFORE.search(text[max(0, begin - 4) : begin])
    return kinds_in(beside["kind"]) if beside else ()
