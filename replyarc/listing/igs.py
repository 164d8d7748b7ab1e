"""TRS IGS: rows by a search that answers in JSON, ``/igs/front/search/list.html?…pageNumber=N``.

The column's page names the search in a script, with its fields in the address or in an object
beside it; or the search's own address is what is configured. So are those of 吉林
(``/govsearch/jsonp/….jsp?page=N``, JSON in a call) and of TRS SSP (``/ssp/search/…``).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode, urlsplit

from replyarc.errors import ListingError
from replyarc.listing import trs
from replyarc.listing.answers import number, read_answer
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.records import listing_of
from replyarc.listing.scripts import addresses, fields_near
from replyarc.model import Listing, Page, Request, Source

_PATH: Final = r"/igs/front/search(?:/[\w/]{1,60})?\.j?html|/govsearch/jsonp/[\w/]{1,60}\.jsp"
_LIST: Final = re.compile(r"/igs/front/search/[\w/]{0,60}list\.html|/govsearch/jsonp/")
_API: Final = re.compile(rf"{_PATH}|/ssp/search/")
_NUMBERS: Final[tuple[str, ...]] = ("pageNumber", "page", "pageNo", "pageIndex", "currPage")
_SIZES: Final = ("pageSize", "size", "rows")


def shows(page: Page) -> bool:
    """Tell whether a page asks such a search for its rows, or is an answer of one.

    A search in the head of a page is none; nor is one beside the pager of pages that are files.
    """
    if _API.search(urlsplit(page.asked.url).path):
        return True
    return _asked_for(page) is not None and trs.pager_of(page) is None


def read(page: Page, source: Source) -> Listing:
    """Read a column's page, whose rows are asked for next, or a page of the search.

    Raises ListingError where the page names no search, and where there is no entry.
    """
    if _API.search(urlsplit(page.asked.url).path):
        return _rows(page, source)
    href = _asked_for(page)
    if href is None:
        mend = f'Set url of source "{source.name}" to the address that its script asks.'
        raise ListingError(page.url, "search for its rows in its scripts", mend)
    return Listing((), asked_by(page, _numbered(href, 1)))


def _asked_for(page: Page) -> str | None:
    """Return the address of the search for the rows, with its fields.

    What a person's words go into is no list: its address ends where they are put.
    """
    for url, at in addresses(page, _PATH):
        is_list = _LIST.search(url) is not None
        if "?" not in url:
            fields = fields_near(page, at, "pageNumber")
            for name in ("siteId", "lb") if is_list and not fields else ():
                fields = fields or fields_near(page, at, name)
            if fields:
                return f"{url}?{urlencode(fields)}"
        elif not url.endswith("searchWord=") and (is_list or "pageNumber" in query_of(url)):
            return url
    return None


def _rows(page: Page, source: Source) -> Listing:
    query = query_of(page.asked.url)
    name = next((each for each in _NUMBERS if each in query), _first(page.asked.url))
    this = max(number(query.get(name)) or 1, 1)
    answer = read_answer(page)
    said = answer.size or next((number(query.get(each)) for each in _SIZES if each in query), None)

    def ask(wanted: int, size: int | None) -> Request:
        return asked_by(page, _numbered(page.asked.url, wanted))

    return listing_of(answer, page, source, this, said or None, ask)


def _numbered(url: str, this: int) -> str:
    """Return the address of a page; where it has other names for the number too, all are set."""
    query = query_of(url)
    named = [name for name in _NUMBERS if name in query]
    also = [] if named and "/igs/" not in url else [_first(url)]
    return with_query(url, **dict.fromkeys([*named, *also], this))


def _first(url: str) -> str:
    return "pageNumber" if "/igs/" in url else "page"
