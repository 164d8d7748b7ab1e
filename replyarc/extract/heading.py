"""Which of the titles that a page bears is the letter's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.text.chinese import one_line, squeeze
from replyarc.text.html import one_line as text_of

_Begun = tuple[tuple[str, bool], ...]
"""What stands of the titles of a place, without blanks, and which go on where they were cut off."""

_HEADINGS: Final = ("h1", "h2", "h3", "ucaptitle")
_CALLED: Final = "[id*=itle], [class*=itle]"
_MOST_HEADINGS: Final = 60
_LONGEST: Final = 150
# The title above a letter: how it begins and ends, and the office that may stand on a line before.
_HEAD_LINES, _TITLE_LINES = 12, 4
_BEFORE_OPENER: Final = r"(?:(?!关于|对(?!外))[^。，,;；]){0,40}"
_HEAD_BEGIN = re.compile(rf"{_BEFORE_OPENER}(?:关于|对).{{0,150}}(?:建议|提案|议案|[0-9]号)")
_HEAD_END = re.compile(r"(?:[答回]复|[复回]函|复文|意见|的函)(?:[(（【][^()（）]{1,12}[)）】])?$")
_ORGAN = re.compile(r"[^\W\d_]{2,30}[局厅委部办府院会室处]")
_DOTS: Final = ("…", "..")
_CUT = re.compile(r"(?:…+|\.{3,6}|(?<=[^\x00-\x7f])\.\.)$")
_REPLY = re.compile(r"[答回办]复|[复回]函|函复|复文|意见|的函")
# A column is named by what it holds (人大代表建议答复); a letter's title also says which one.
_COLUMN = re.compile(
    r"(?:[0-9]{2,4}年?度?|[省市区县州]|全国|人大|政协|代表|委员会?|两会|重点|领域|法定|主动|公开"
    r"|内容|政府|政务|信息|建议|提案|议案|办理|答复|回复|复函|复文|办复|情况|结果|工作|文件|公告|通知"
    r"|动态|公示|目录|栏目|首页|正文|详情|详细|页面?|文章|[和及与、/>\s-])*+"
)
# How the name of a site or of an organ ends, and what sets it apart from a title in <title>.
_SITE = re.compile(r"(?:[网站台府局厅委部办院会]|门户|网站群|首页)[!！]?$")
_SAYS = re.compile(r"关于|对|召开|举[行办]|[,，、。《]")
_BETWEEN = re.compile(
    r"(?=[_|｜—–-])(?:[_|｜—–]|(?<=\s)-(?=\s)|--|-\s|-(?=[^-]{2,30}[网站台府局厅委部办院会群][!！]?$)"
    r"|(?<=[局厅委府网站会])-)"
)
# A title in two headings: what it is about, and how it ends, which is not how a column is named.
_HALF = re.compile(rf"{_BEFORE_OPENER}(?:关于|对).{{4,}}")
_OTHER_HALF = re.compile(
    r"(?!关于|对|相关|更多|最新|热点).{0,60}(?:[答回]复|[复回]函|复文|意见|的函)(?:[(（].{1,30})?"
)


def choose_title(places: Iterable[Iterable[str]]) -> str | None:
    """Choose among the titles of a page, given place by place, the believed place first.

    What two places agree on goes before what only one says, what reads as the title of a reply
    before what does not, and the name of a column comes last. A title that is cut off with …
    agrees with what it is the beginning of; it is chosen only where there is but a column's name
    beside it, and `is_cut` tells so. ``None`` where there is no title at all.

    >>> choose_title([["建议提案"], ["关于第12号建议的答复"], ["关于第12号建…"]])
    '关于第12号建议的答复'
    >>> choose_title([["建议提案"], ["关于第12号建…"]])
    '关于第12号建…'
    """
    said = [dict.fromkeys(filter(None, map(one_line, place))) for place in places]
    begun = [tuple(map(_begun, place)) for place in said]
    best, rank = None, _LAST
    for title in dict.fromkeys(title for place in said for title in place):
        own = _rank(title, begun)
        if own < rank:
            best, rank = title, own
        if rank == 0:
            break
    return best


_LAST: Final = 7


def _rank(title: str, begun: Sequence[_Begun]) -> int:
    """How good a title is, the best first; what is agreed on may even name a site."""
    column, cut, reply = _COLUMN.fullmatch(title), is_cut(title), _REPLY.search(title)
    whole = not (column or cut)
    if whole and _places_of(title, begun) > 1:
        return 0 if reply else 1
    if _names_site(title):
        return 6
    if whole:
        return 2 if reply else 3
    return 5 if column else 4


def is_settled(title: str, places: Iterable[Iterable[str]]) -> bool:
    """Tell whether a title needs no other to be chosen: a reply's, and one of `places` agrees.

    >>> is_settled("关于第12号建议的答复", [["某市人民政府"], ["关于第12号建…"]])
    True
    """
    return (
        bool(_REPLY.search(title))
        and not is_cut(title)
        and not _COLUMN.fullmatch(title)
        and _places_of(title, [tuple(map(_begun, map(one_line, place))) for place in places]) > 0
    )


def _names_site(title: str) -> bool:
    return not _SAYS.search(title) and all(
        _SITE.search(part.strip()) for part in _BETWEEN.split(title) if part.strip()
    )


def is_cut(title: str) -> bool:
    """Tell whether a title is printed only in part.

    >>> is_cut("关于第12号建…"), is_cut("关于第12号建议的答复")
    (True, False)
    """
    return title.endswith(_DOTS) and bool(_CUT.search(title))


def _begun(title: str) -> tuple[str, bool]:
    """What stands of a title, without blanks, and whether it goes on where it was cut off."""
    whole = _CUT.sub("", title) if title.endswith(_DOTS) else title
    return whole.replace(" ", ""), whole != title


def _places_of(title: str, places: Iterable[_Begun]) -> int:
    """In how many places a title stands, whole or cut off."""
    words = title.replace(" ", "")
    return sum(
        any(words.startswith(begun) if cut else words == begun for begun, cut in place)
        for place in places
    )


def read_headings(document: LexborHTMLParser, others: Collection[Sequence[str]] = ()) -> list[str]:
    """Return the text of the page's headings, in order; a title in two of them as one, too.

    Where one of the `others`, titles from elsewhere on the page, settles the first ``<h1>``, only
    that is read.

    Where a page has none but the names of columns, those are read that are called a title.

    >>> from replyarc.text.html import parse
    >>> read_headings(parse("<h1>对市政协第12号提案</h1><h1>的答复</h1>"))
    ['对市政协第12号提案的答复', '对市政协第12号提案', '的答复']
    >>> read_headings(parse("<h2>建议提案</h2><span id=lblTitle>对第12号提案的答复</span>"))
    ['建议提案', '对第12号提案的答复']
    """
    first = document.tags(_HEADINGS[0])
    if first and others and is_settled(title := text_of(first[0]), others):
        return [title]
    # by name is faster than by selector; by selector they come in order
    found = (first, *map(document.tags, _HEADINGS[1:]))
    kinds = [nodes for nodes in found if nodes]
    nodes = kinds[0] if len(kinds) == 1 else document.css(", ".join(_HEADINGS)) if kinds else []
    headings = [text_of(node) for node in nodes[:_MOST_HEADINGS]]
    if all(map(_COLUMN.fullmatch, headings)):
        called = (text_of(node) for node in document.css(_CALLED)[:_MOST_HEADINGS])
        headings += [title for title in called if len(title) <= _LONGEST]
    return [*_joined(headings), *headings]


def title_above(lines: Sequence[str]) -> str | None:
    """Return the title that a letter bears above its salutation, over one line or several.

    It may say what the page's title leaves out; ``None`` where no reply's title stands there.

    >>> title_above(["A类", "某市水务局", "关于市九届人大二次会议", "第12号建议的答 复"])
    '某市水务局关于市九届人大二次会议第12号建议的答复'
    """
    cells = (line.rpartition("\t")[2] for line in lines[-_HEAD_LINES:])
    head = [squeeze(cell) if len(cell) < _LONGEST else "" for cell in cells]
    for end in range(len(head), 0, -1):
        if not _HEAD_END.search(head[end - 1]):
            continue
        for begin in range(end - 1, max(-1, end - 1 - _TITLE_LINES), -1):
            title = "".join(head[begin:end])
            if _HEAD_BEGIN.match(title):
                organ = head[begin - 1] if begin and title.startswith(("关于", "对")) else ""
                return (organ if _ORGAN.fullmatch(organ) else "") + title
    return None


def _joined(headings: Sequence[str]) -> list[str]:
    """The titles whose second half stands in the next heading."""
    return [
        one + other
        for one, other in pairwise(headings)
        if _OTHER_HALF.fullmatch(other)
        and not (_COLUMN.fullmatch(other) or _REPLY.search(one))
        and _HALF.fullmatch(one)
    ]


def without_site(title: str) -> tuple[str, ...]:
    """Return what of a ``<title>`` may be the letter's own: its longest part, then all of it.

    >>> without_site("关于第12号建议的答复 - 某市人民政府门户网站")[0]
    '关于第12号建议的答复'
    """
    parts = [part.strip() for part in _BETWEEN.split(title)]
    own = [part for part in parts if part and not _SITE.search(part)]
    return (max(own, key=len), title) if own else (title,)
