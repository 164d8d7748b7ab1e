"""Which of the titles that a page bears is the letter's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.text.chinese import one_line
from replyarc.text.html import one_line as text_of

_HEADINGS: Final = "h1, h2, h3, ucaptitle"
_CUT = re.compile(r"(?:…+|\.{3,6})$")
_REPLY = re.compile(r"[答回办]复|[复回]函|复文|意见")
# How the name of a site or of an organ ends, and what sets it apart from a title in <title>.
_SITE = re.compile(r"(?:[网站台府局厅委部办院会]|门户|网站群|首页)[!！]?$")
_BETWEEN = re.compile(
    r"[_|｜—–]|(?<=\s)-(?=\s)|--|-(?=[^-]{2,30}[网站台府局厅委部办院会群][!！]?$)|(?<=[局厅委府网站会])-"
)


def choose_title(places: Iterable[Iterable[str]]) -> str | None:
    """Choose among the titles of a page, given place by place, the believed place first.

    What two places agree on goes before what only one says, and of that what reads as the title
    of a reply. A title that is cut off with … agrees with what it is the beginning of, and is
    never chosen. ``None`` where there is no title.

    >>> choose_title([["建议提案"], ["关于第12号建议的答复"], ["关于第12号建…"]])
    '关于第12号建议的答复'
    """
    said = [dict.fromkeys(filter(None, map(one_line, place))) for place in places]
    begun = [tuple(map(_begun, place)) for place in said]
    titles = dict.fromkeys(title for place in said for title in place)
    whole = [title for title in titles if not _CUT.search(title)]
    agreed = [title for title in whole if _places_of(title.replace(" ", ""), begun) > 1]
    ranked = (
        *filter(_REPLY.search, agreed),
        *agreed,
        *filter(_REPLY.search, whole),
        *whole,
    )
    return next(iter(ranked), None)


def _begun(title: str) -> tuple[str, bool]:
    """What stands of a title, without blanks, and whether it goes on where it was cut off."""
    whole = _CUT.sub("", title)
    return whole.replace(" ", ""), whole != title


def _places_of(title: str, places: Iterable[Iterable[tuple[str, bool]]]) -> int:
    """In how many places a title stands, whole or cut off."""
    return sum(
        any(title.startswith(begun) if cut else title == begun for begun, cut in place)
        for place in places
    )


def read_headings(document: LexborHTMLParser) -> list[str]:
    """Return the text of the page's headings, in order."""
    return [text_of(node) for node in document.css(_HEADINGS)]


def without_site(title: str) -> tuple[str, ...]:
    """Return what of a ``<title>`` may be the letter's own: its longest part, then all of it.

    >>> without_site("关于第12号建议的答复 - 某市人民政府门户网站")[0]
    '关于第12号建议的答复'
    """
    parts = [part.strip() for part in _BETWEEN.split(title)]
    own = [part for part in parts if part and not _SITE.search(part)]
    return (max(own, key=len), title) if own else (title,)
