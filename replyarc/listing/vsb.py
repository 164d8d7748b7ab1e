"""博达 VSB listings: jyta.htm, then jyta/30.htm, jyta/29.htm … down to jyta/1.htm.

The static pages are numbered from the end: page k of T is ``jyta/{T - k + 1}.htm``, so that an
old page keeps its address and its rows. How many there are stands in the pager's script,
``_simple_list_gotopage_fun(31, …)``, and in print (共31页, 共21条 1/3); what an old page prints may
be what was true when it was written, and so it is turned by its own number. Pages made on asking
carry their number in the query: ``list.jsp?totalpage=31&PAGENUM=2&wbtreeid=1052``, or, with the
number of a component, ``a43639t=5&a43639p=2``. Links to 下页 are believed first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from replyarc.listing.asking import query_of, with_query
from replyarc.listing.counted import count, no_way
from replyarc.listing.links import entries
from replyarc.listing.places import Place, place_of, placed
from replyarc.listing.ways import way_on
from replyarc.model import Entry, Listing, Page, Request, Source
from replyarc.text.html import absolute

_MARKS: Final = re.compile(
    r"_simple_list_gotopage_fun\s?\(|\b_jsq_\s?\(|\.vsb\d?\.css|/?system/resource/(?:js|css)/"
    r"|\bid=['\"]?line_u\d{1,6}_\d|\bvsb_content|\bname=['\"]?wbtreeid\b"
)
_QUERY: Final = re.compile(r"[?&](?:wbtreeid=\d|urltype=(?:tree|egovinfo)\.)", re.IGNORECASE)
_TOTAL: Final = re.compile(r"_simple_list_gotopage_fun\s?\(\s{0,3}([1-9]\d{0,5})\s{0,3},")
_CURRENT: Final = re.compile(r"\bclass=['\"]?p_no_d\b[^<>]{0,40}>\s{0,9}([1-9]\d{0,5})\s{0,9}<")
_FILE: Final = re.compile(r"/(?P<stem>[^/?]{1,100})\.(?P<ext>s?html?)$", re.IGNORECASE)
_TURN: Final = re.compile(r"a\w{0,20}\dp", re.ASCII)
_INDEX: Final = re.compile(
    r"/info/egovinfo/(?:[\w-]{1,60}/){1,6}"
    r"(?P<index>[0-9A-Z]{8,9}(?:-[0-9A-Z]{1,9}){0,5}/(?:19|20)\d\d-\d{3,12})\.s?html?$",
    re.ASCII,
)


def shows(page: Page) -> bool:
    """Tell whether a page has a script, a style or a list of VSB, or its address a tree number."""
    return bool(_MARKS.search(page.text) or _QUERY.search(page.url))


def read(page: Page, source: Source) -> Listing:
    """Read one listing page; no pager means a listing of one page.

    Raises ListingError where it has no entry, or names no next page although there is one.
    """
    found, left_out = entries(page, source)
    place = _place(page)
    number = _number(page, source, place)
    may_be_old = number is not None and place.entries is None
    rows = tuple(map(_with_index_number, found)), left_out
    following = _following(page, source, place, number)
    return placed(rows, place._replace(pages=None) if may_be_old else place, following)


def _place(page: Page) -> Place:
    """Return what is said of the place in the listing: in print, by the script, in the address."""
    printed = place_of(page)
    total, current = _TOTAL.search(page.text), _CURRENT.search(page.text)
    query = query_of(page.url)
    turn = _turn(query)
    this = count(query.get(turn)) or printed.this or count(current[1] if current else None)
    pages = printed.pages or count(total[1] if total else query.get(_total(turn)))
    return Place(this or None, pages or None, printed.entries)


def _turn(query: dict[str, str]) -> str:
    """Return the name in a query that holds the page number."""
    return next((name for name in query if _TURN.fullmatch(name)), "PAGENUM")


def _total(turn: str) -> str:
    """Return the name in a query that holds the number of pages, beside that of the page."""
    return "totalpage" if turn == "PAGENUM" else f"{turn[:-1]}t"


def _number(page: Page, source: Source, place: Place) -> int | None:
    """Return the number that names the file of a page; ``None`` for the first of a column.

    A column may be named by a number itself, a year: it is told by what its first page prints.
    """
    file = _FILE.search(urlsplit(page.url).path)
    number = count(file["stem"]) if file else None
    if place.this is not None:
        return number if place.this > 1 else None
    is_one = number is not None and number < (place.pages or 1) and page.url not in source.urls
    return number if is_one else None


def _following(page: Page, source: Source, place: Place, number: int | None) -> Request | None:
    if way := way_on(page, source).next:
        return way
    file = _FILE.search(urlsplit(page.url).path)
    url: str | None = None
    if file is None:
        url = _asked_after(page.url, place)
    elif number is not None:
        url = absolute(page.url, f"{number - 1}.{file['ext']}") if number > 1 else None
    elif place.this in (None, 1) and (place.pages or 1) > 1:
        url = absolute(page.url, f"{file['stem']}/{(place.pages or 1) - 1}.{file['ext']}")
    if url is None and number != 1 and place.has_more:
        raise no_way(page, source, place.this or 1, place.pages or 1)
    return Request(url) if url else None


def _asked_after(url: str, place: Place) -> str | None:
    query, this, pages = query_of(url), place.this or 1, place.pages or 1
    if this >= pages or not query:
        return None
    turn = _turn(query)
    return with_query(url, **{_total(turn): pages, turn: this + 1})


def _with_index_number(entry: Entry) -> Entry:
    """Fill in the index number (索引号) where the address of the reply holds it in full."""
    found = _INDEX.search(entry.url)
    return replace(entry, index_number=found["index"]) if found else entry
