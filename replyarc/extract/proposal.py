"""The titles of suggestions and proposals, quoted or not, in titles and letters.

All functions read short text at half width (`narrow`) without blanks (`tightened`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from replyarc.extract.cases import ATTRIBUTES, KINDS, kinds_in
from replyarc.extract.quotes import CLOSING, OPENING
from replyarc.model import Assembly, Kind
from replyarc.text.chinese import narrow

_ANSWERS: Final = "[答回]复|[复回]函|复文|办复|(?:办理|[会协分主]办)的?意见"
_ASKED: Final = r"(?:提(?:出|交)|所提|撰写|递交|报送|提(?=的[《“「\"关]))了?的?"
_ASKED_BEFORE = re.compile(rf"{_ASKED}(?:关于)?:?$")
_TITLE_BEFORE = re.compile(
    rf"(?:^|{_ASKED}|关于|题为|[对号您你们]|[您们会委员]提|会议上?|期间|收到|来函|{KINDS})[:的]?$"
)
_TITLE_BEHIND = re.compile(
    rf"\([^()]{{0,30}}[0-9][^()]{{0,10}}\)|的?(?:{ATTRIBUTES}(?:{KINDS})|{_ANSWERS})|已?收?悉|已?收到"
    rf"|[、和及与]?[{OPENING}]|[、和及与,的]第|$"
)
_STOPS: Final = (",", ";", "。", "!", "?")
_TITLE_NEXT = re.compile(r"(?:\([^()]{0,30}\))?(?:[、,和及与;]|以及)?")
_TITLE_END = re.compile(rf"(?P<kind>{KINDS})$")
_PAPER_END = re.compile(
    r"(?:法|条例|办法|规定|规划|纲要|方案|意见|通知|细则|标准|决定|计划|公报|报告)$"
)
_BRACKETED = re.compile(rf"\((?P<title>关于[^()]{{2,100}}(?:{KINDS}))\)")
# Behind the title without quotes: another kind, its number, the end of the clause, another title.
_UNQUOTED_END: Final = (
    rf"(?P<kind>{KINDS})(?=[{CLOSING}]?(?:的?(?:{KINDS}))?(?:\([^()]{{0,40}}\))?"
    r"(?:[,;。已均]|[、和及与](?=关于)|$))"
)
_UNQUOTED = re.compile(
    rf"(?:{_ASKED}|(?:^|[您你们会号:,。!])(?=关于))(?P<title>[^。!?]{{2,200}}?{_UNQUOTED_END})"
)
_UNQUOTED_NEXT = re.compile(
    rf"(?:\([^()]{{0,40}}\))?[、和及与](?P<title>关于[^。!?]{{2,200}}?{_UNQUOTED_END})"
)
_ASKED_KINDS = re.compile(rf"(?P<own>{KINDS})[{CLOSING}]?(?P<of>的)?(?P<behind>{KINDS})?")
_MOST_TITLES: Final = 20
_LEAD = re.compile(rf"^(?:.{{0,20}}?{_ASKED}(?=关于))?(?:[的，,、：:.…]|代表|委员)*")
_NO_TITLE = re.compile(
    rf"(?:意见|问题|宝贵|有关|相关|几点|以上|上述|这些|各项|一些|好|[、和及与])*{ATTRIBUTES}(?:{KINDS})"
)


def quoted_titles(text: str, quoted: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return which `quotations` in `text` are titles of suggestions and proposals, marks excluded.

    What is asked for is introduced (提出的《…》) or followed by its number or kind; a law that is
    cited is not, nor is a word in quotes inside a longer title. Round brackets are taken for
    quotes where there are no others.

    >>> from replyarc.extract.quotes import quotations
    >>> text = "按照《代表法》,您提出的《甲》(第1号)、《关于乙的建议》收悉"
    >>> [text[begin:end] for begin, end in quoted_titles(text, quotations(text))]
    ['甲', '关于乙的建议']
    """
    found: list[tuple[int, int]] = []
    for begin, end in quoted:
        last = found[-1][1] + 1 if found else None
        goes_on = last is not None and bool(_TITLE_NEXT.fullmatch(text, last, begin))
        if _is_title(text, begin, end, goes_on):
            found.append((begin + 1, end - 1))
    if found or "(关于" not in text:
        return found
    return [match.span("title") for match in _BRACKETED.finditer(text)]


def _is_title(text: str, begin: int, end: int, goes_on: bool) -> bool:
    """Whether a quotation is the title of a suggestion, by what it ends in and stands between."""
    title = text[begin + 1 : end - 1]
    head = text[max(0, begin - 12) : begin]
    before = goes_on or bool(_TITLE_BEFORE.search(head))
    behind = bool(_TITLE_BEHIND.match(text, end))
    if _TITLE_END.search(title):
        return before or behind
    stops = text.startswith(_STOPS, end) and bool(_ASKED_BEFORE.search(head))
    return before and (behind or stops) and not _PAPER_END.search(title)


def asked_titles(text: str) -> list[tuple[int, int]]:
    """Return where the titles that a sentence asks for without quotes begin and end.

    >>> text = "您提出的关于甲的建议(第3号)、关于乙的建议(第4号),已收悉"
    >>> [text[slice(*title)] for title in asked_titles(text)]
    ['关于甲的建议', '关于乙的建议']
    """
    found: list[tuple[int, int]] = []
    match = _UNQUOTED.search(text)
    while match and len(found) < _MOST_TITLES:
        found.append(match.span("title"))
        match = _UNQUOTED_NEXT.match(text, match.end())
    return found


def kinds_asked(text: str, end: int) -> tuple[Kind, ...]:
    """Return the kinds that the words at the end of a title without quotes name.

    >>> kinds_asked("关于甲的建议的提案收悉", 6), kinds_asked("关于甲的建议提案收悉", 6)
    ((<Kind.PROPOSAL: '提案'>,), (<Kind.SUGGESTION: '建议'>, <Kind.PROPOSAL: '提案'>))
    """
    said = _ASKED_KINDS.match(text, end - 2)
    own, of, behind = said.group("own", "of", "behind") if said else ("", None, None)
    return kinds_in(behind if of and behind else own + (behind or ""))


def unquoted_title(printed: str, end: int, others: Iterable[tuple[int, int]]) -> str | None:
    """Return the title that ends at `end` and begins behind the last of the `others`.

    ``None`` where there is only a word for its kind (您的宝贵建议, 第12号建议).

    >>> unquoted_title("关于某市第7号关于加强垃圾分类的建议", 19, [(0, 2), (4, 7)])
    '关于加强垃圾分类的建议'
    """
    spans = tuple(others)
    begin = max((last for _, last in spans if last < end), default=0)
    title = _LEAD.sub("", printed[begin:end])
    if title[:1] in tuple(OPENING) and not any(mark in title for mark in CLOSING):
        title = title[1:]  # a mark that nobody closed
    numbered = any(first < end <= last for first, last in spans)
    return None if numbered or _NO_TITLE.fullmatch(narrow(title)) else title


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
