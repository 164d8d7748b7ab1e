"""The words for suggestions and proposals that titles and letters share: quotes, numbers, kinds.

All functions read short text at half width (`narrow`) without blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from replyarc.model import Assembly, Kind
from replyarc.text.chinese import ZEROS, narrow, numeral, one_line

KINDS: Final = "|".join(Kind)
ANSWERS: Final = "答复|回复|复函|回函|复文|办复|函|(?:办理|[会协分主]办)的?意见"

_QUOTES: Final = {"《": "》", "“": "”", "「": "」", "『": "』", '"': '"'}
_MARKS = re.compile(f"[{''.join(_QUOTES)}{''.join(_QUOTES.values())}]")
_FILLER: Final = "□"
_SET_APART = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")


def tightened(text: str) -> str:
    """Return the text on one line without the blanks that only set Chinese apart.

    >>> tightened("推广 Open Data 的建议（第 12 号）")
    '推广Open Data的建议（第12号）'
    """
    return _SET_APART.sub("", one_line(text))


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where each outermost 《…》, “…”, 「…」 or "…" begins and ends, its marks included.

    >>> quotations("《甲“乙”》和“丙”")
    [(0, 6), (7, 10)]
    """
    spans: list[tuple[int, int]] = []
    awaited: list[tuple[str, int]] = []
    for mark in _MARKS.finditer(text):
        sign, at = mark[0], mark.start()
        begin = max((place for close, place in awaited if close == sign), default=None)
        if begin is not None:
            awaited = [(close, place) for close, place in awaited if place < begin]
            spans = [span for span in spans if span[0] < begin] + [(begin, at + 1)]
        elif sign in _QUOTES:
            awaited.append((_QUOTES[sign], at))
    return spans


def masked(text: str) -> str:
    """Return the text with all that is quoted blotted out, letter for letter.

    >>> masked("您提出的《关于第3号井的建议》(第12号)")
    '您提出的《□□□□□□□□□》(第12号)'
    """
    signs = list(text)
    for begin, end in quotations(text):
        signs[begin + 1 : end - 1] = _FILLER * (end - begin - 2)
    return "".join(signs)


_ARABIC: Final = r"[A-Za-z]{0,3}-?[0-9]{1,12}(?:[-.][0-9]{1,9}){0,3}(?![0-9年届次])"
_REGION: Final = r"[^\W\d_第号类]"  # provinces number by delegation: 第杭12号
_CHINESE: Final = rf"[{ZEROS}一二三四五六七八九十百千两]{{1,9}}(?=[号、])"
_ITEM: Final = rf"(?:{_ARABIC}|{_CHINESE})"
_MORE: Final = rf"(?:号?(?:[、,和及与;]|以及)第?{_ITEM}){{0,30}}"
# One row a printed form. A number behind 〕 is a document's, one behind 类 that of a category.
_FORMS: Final = (
    rf"(?<!类)第(?:{_ITEM}|{_REGION}{_ARABIC}){_MORE}号?",
    rf"(?<=会议){_REGION}{_ARABIC}号",
    rf"(?<![A-Za-z0-9〕】\]类第-]){_ARABIC}{_MORE}号",
    rf"(?:编|案|议)号[为是]?:?{_ARABIC}{_MORE}号?",
)
_NUMBERS = re.compile("|".join(_FORMS))
_EACH = re.compile(rf"(?:(?:(?<=第)|^){_REGION}(?=[A-Za-z0-9]))?{_ITEM}")

# What may stand between a number and the word for what it is the number of.
_ATTRIBUTES: Final = (
    "(?:的|人大|政协|代表|委员|集体|界别|党派|团体|重点|联名|个人|闭会|大会|会议|期间|平时"
    "|[会协分主督]办){0,4}"
)
_KIND_BEHIND = re.compile(
    rf"(?:\([^()]{{0,30}}\))?(?:《{_FILLER}{{0,300}}》|“{_FILLER}{{0,300}}”)?{_ATTRIBUTES}"
    rf"(?P<kind>{KINDS})"
)
_KIND_BEFORE = re.compile(rf"(?P<kind>{KINDS})[》”]?[(:]?$")
_PLACE_BEFORE = re.compile(
    r"(?:^|关于|[对在次届]|会议|全会|人大|政协|大会|委员会|代表|委员|提[出交]|所提|[》”](?=\(?$))[(的:,]?$"
)
_PLACE_BEHIND = re.compile(rf"$|[(),;。.:、的《“]|关于|收悉|[已均一]|[会协分主]?办|{ANSWERS}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Numbers that stand together, of one kind; ``kind`` is ``None`` where no word says it.

    ``begin`` and ``end`` are where the numbers stand, the word behind them included.
    """

    numbers: tuple[str, ...]
    kind: Kind | None
    begin: int
    end: int


def find_numbers(text: str) -> Iterator[Numbered]:
    """Yield the numbers of suggestions and proposals in `text`, which is `masked`.

    They stand before or behind the word for what they number, or behind the sitting; a road, a
    line, a document has another number. Zeros are kept, Chinese digits become Arabic.

    >>> [each.numbers for each in find_numbers("107号国道第2-0012、45号提案(医疗类17号)的答复")]
    [('2-0012', '45')]
    """
    for match in _NUMBERS.finditer(text):
        behind = _KIND_BEHIND.match(text, match.end())
        before = text[max(0, match.start() - 10) : match.start()]
        owner = _KIND_BEFORE.search(before)
        named = match[0].startswith(("编号", "案号", "议号"))
        placed = named or owner or _PLACE_BEFORE.search(before)
        if not behind and not (placed and _PLACE_BEHIND.match(text, match.end())):
            continue
        word = behind or owner
        try:
            numbers = tuple(_digits(item) for item in _EACH.findall(match[0]))
        except ValueError:  # Chinese digits that are no numeral
            continue
        yield Numbered(
            numbers=numbers,
            kind=Kind(word["kind"]) if word else None,
            begin=match.start(),
            end=(behind or match).end(),
        )


def _digits(item: str) -> str:
    """Return a number as printed, Chinese digits as Arabic ones: 〇一二 is 012."""
    if item[-1].isascii():
        return item
    spelled = item.lstrip(ZEROS)
    return "0" * (len(item) - len(spelled)) + (str(numeral(spelled)) if spelled else "")


_ASKED: Final = r"(?:提出|提交|所提|撰写|递交|报送)了?的?"
_TITLE_BEFORE = re.compile(rf"(?:^|{_ASKED}|{_ASKED}关于|关于|题为|对|号|{KINDS})[:的]?$")
_TITLE_BEHIND = re.compile(
    rf"\([^()]{{0,30}}[0-9][^()]{{0,10}}\)|的?(?:{_ATTRIBUTES}(?:{KINDS})|{ANSWERS})|已?收?悉|已?收到"
)
_TITLE_NEXT = re.compile(r"(?:\([^()]{0,30}\))?(?:[、,和及与;]|以及)")
_TITLE_END = re.compile(rf"(?P<kind>{KINDS})$")
_PAPER_END = re.compile(
    r"(?:法|条例|办法|规定|规划|纲要|方案|意见|通知|细则|标准|决定|计划|公报|报告)$"
)
_BRACKETED = re.compile(rf"\((?P<title>关于[^()]{{2,100}}(?:{KINDS}))\)")
_UNQUOTED = re.compile(
    rf"{_ASKED}(?P<title>[^。!?]{{2,200}}?(?:{KINDS}))(?=(?:\([^()]{{0,40}}\))?(?:[,;。已均]|$))"
)
_LEAD = re.compile(rf"^(?:.{{0,20}}?{_ASKED}(?=关于))?(?:[的，,、：:.…]|代表|委员)*")
_NO_TITLE = re.compile(
    rf"(?:意见|问题|宝贵|有关|相关|几点|以上|上述|这些|各项|一些|好|[、和及与])*{_ATTRIBUTES}(?:{KINDS})"
)


def quoted_titles(text: str) -> list[tuple[int, int]]:
    """Return where the quoted titles of suggestions and proposals begin and end, marks excluded.

    What is asked for is introduced (提出的《…》) or followed by its number or kind; a law that is
    cited is not, nor is a word in quotes inside a longer title. Round brackets are taken for
    quotes where there are no others.

    >>> text = "按照《代表法》,您提出的《甲》(第1号)、《关于乙的建议》收悉"
    >>> [text[begin:end] for begin, end in quoted_titles(text)]
    ['甲', '关于乙的建议']
    """
    found: list[tuple[int, int]] = []
    for begin, end in quotations(text):
        title = text[begin + 1 : end - 1]
        goes_on = found and _TITLE_NEXT.fullmatch(text, found[-1][1] + 1, begin)
        before = goes_on or _TITLE_BEFORE.search(text[max(0, begin - 12) : begin])
        behind = _TITLE_BEHIND.match(text, end)
        named = _TITLE_END.search(title)
        if (named and (before or behind)) or (before and behind and not _PAPER_END.search(title)):
            found.append((begin + 1, end - 1))
    return found or [match.span("title") for match in _BRACKETED.finditer(text)]


def asked_title(text: str) -> tuple[int, int] | None:
    """Return where the title that a sentence asks for without quotes begins and ends.

    >>> text = "您提出的关于加强垃圾分类的建议(第3号),已收悉"
    >>> text[slice(*asked_title(text))]
    '关于加强垃圾分类的建议'
    """
    match = _UNQUOTED.search(text)
    return match.span("title") if match else None


def unquoted_title(printed: str, end: int, others: Iterable[tuple[int, int]]) -> str | None:
    """Return the title that ends at `end` and begins behind the last of the `others`.

    ``None`` where there is only a word for its kind (您的宝贵建议, 第12号建议).

    >>> unquoted_title("关于某市第7号关于加强垃圾分类的建议", 19, [(0, 2), (4, 7)])
    '关于加强垃圾分类的建议'
    """
    spans = tuple(others)
    begin = max((last for _, last in spans if last < end), default=0)
    title = _LEAD.sub("", printed[begin:end])
    numbered = any(first < end <= last for first, last in spans)
    return None if numbered or _NO_TITLE.fullmatch(narrow(title)) else title


def kind_beside(text: str, begin: int, end: int) -> Kind | None:
    """Return the kind said right behind, else right before, a quoted title."""
    beside = _KIND_BEHIND.match(text, end) or _KIND_BEFORE.search(text[max(0, begin - 4) : begin])
    return Kind(beside["kind"]) if beside else None


def kind_in(title: str, assembly: Assembly | None) -> Kind | None:
    """Return the kind that a quoted title ends in.

    Members of the conference (政协) call their proposals 建议 in the title, so there it says
    nothing.

    >>> kind_in("关于乙的建议", None), kind_in("关于乙的建议", Assembly.CONFERENCE)
    (<Kind.SUGGESTION: '建议'>, None)
    """
    ending = _TITLE_END.search(title)
    kind = Kind(ending["kind"]) if ending else None
    misleading = kind is Kind.SUGGESTION and assembly is Assembly.CONFERENCE
    return None if misleading else kind
