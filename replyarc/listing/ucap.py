"""Ucap (开普): list.shtml, list_2.shtml …, or rows by a search that answers in JSON.

A page says how many there are in a script,
``createPageHTML('page_div', pages, this, 'list', 'shtml', entries)``: the function that TRS has,
but with the name of an element first and `this` counting from 1. In 江苏 page 2 is ``list_1`` at
some sites, so that this is what may come next if ``list_2`` is another page. In 辽宁 the number of
pages is printed, ``.dlist_page span b``.

The search is ``/common/search/CHANNEL?…&_isJson=true&page=N``, also ``/search/`` and
``/searchList/``, CHANNEL being 32 hexadecimals; many a server keeps to a page size of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from replyarc.listing.answers import number, read_answer
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.pager import Pager, calls, paged
from replyarc.listing.records import listing_of
from replyarc.listing.scripts import addresses
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import one_line, parse

_MARKS: Final = re.compile(r"<ucapcontent|/[0-9a-f]{32}\.shtml|\bxxgk_rulzd1\b", re.IGNORECASE)
_SEARCH: Final = re.compile(r"/(?:common/search|search|searchList)/[0-9a-f]{32}$")
_PATH: Final = r"/(?:common/search|search|searchList)/(?:[0-9a-f]{32})?"
_CHANNEL: Final = re.compile(
    r"""\b(?:channelId|channel_id)['"]?\s{0,9}[:=]\s{0,9}['"]?([0-9a-f]{32})\b"""
)
_ASKED: Final = (
    "_isAgg=true&_isJson=true&_pageSize=20&_template=index&_rangeTimeGte=&_channelName=&page=1"
)
_FILE: Final = re.compile(r"/(?P<stem>[\w-]{1,60}?)(?:_(?P<number>\d{1,6}))?\.(?P<ext>\w{1,10})$")


def shows(page: Page) -> bool:
    """Tell whether a page has the pager or the search of Ucap, or articles named as Ucap does."""
    if _SEARCH.search(urlsplit(page.asked.url).path) or _MARKS.search(page.text):
        return True
    return pager_of(page) is not None or _asked_for(page) is not None


def read(page: Page, source: Source) -> Listing:
    """Read one listing page, or an answer of the search; no pager means a listing of one page.

    Raises ListingError where it has no entry, or names no next page although there is one.
    """
    if _SEARCH.search(urlsplit(page.asked.url).path):
        return _rows(page, source)
    pager = pager_of(page)
    href = _asked_for(page) if pager is None else None
    if href is not None:
        return Listing((), asked_by(page, href))
    listing = paged(pager, page, source, doubt=True)
    if pager is None or pager.this > 1 or listing.next is None:
        return listing
    before, second, after = listing.next.url.rpartition("_2.")
    return replace(listing, guesses=(Request(f"{before}_1.{after}"),)) if second else listing


def pager_of(page: Page) -> Pager | None:
    """Return what the page says of its place in the listing; ``None`` where it says nothing.

    Page k is ``stem_{k}.ext``, and the first ``stem.ext``; where page k is ``stem_{k - 1}.ext``
    the page's own address shows it.
    """
    file = _FILE.search(urlsplit(page.url).path)
    for call in calls(page):
        if (
            len(call) >= 5
            and call[1].isdecimal()
            and call[2].isdecimal()
            and not call[0].isdecimal()
        ):
            pages, this, stem, ext = int(call[1]), int(call[2]), call[3], call[4].lstrip(".")
            total = int(call[5]) if len(call) > 5 and call[5].isdecimal() else None
            from_one = file is not None and number(file["number"]) == this - 1 > 0
            following = f"{stem}_{this + 1 - from_one}.{ext}" if stem and ext else ""
            return Pager(pages, this, following, total)
    return _printed(page, file)


def _printed(page: Page, file: re.Match[str] | None) -> Pager | None:
    """Return the pager of 辽宁: ``<div class="dlist_page"><span>共<b>5</b>页``."""
    shown = "dlist_page" in page.text and parse(page.text).css(".dlist_page span b")
    numbers = [count for node in shown or () if (count := number(one_line(node)))]
    if file is None or len(numbers) != 1:
        return None
    this = number(file["number"]) or 1
    following = f"{file['stem']}_{this + 1}.{file['ext']}"
    return Pager(numbers[0], this, following) if this <= numbers[0] else None


def _asked_for(page: Page) -> str | None:
    """Return the address of the search for the rows: whole in a script, or made of its channel."""
    named = [url for url, _ in addresses(page, _PATH)]
    whole = next((url for url in named if _SEARCH.search(urlsplit(url).path)), None)
    if whole is not None:
        fixed = {"_isJson": "true", "page": "1"}
        return with_query(whole if "?" in whole else f"{whole}?{_ASKED}", **fixed)
    channel = _CHANNEL.search(f"{urlsplit(page.asked.url).query}\n{page.text}")
    begun = next((url for url in named if url.endswith("/")), None)
    if channel is None or (begun is None and "channelId=" not in page.asked.url):
        return None
    return f"{begun or '/common/search/'}{channel[1]}?{_ASKED}"


def _rows(page: Page, source: Source) -> Listing:
    """Read an answer: page and size are what it says, since what was asked for may be ignored."""
    query = query_of(page.asked.url)
    answer = read_answer(page)
    this = answer.this or max(number(query.get("page")) or 1, 1)
    size = answer.size or number(query.get("_pageSize")) or None

    def ask(wanted: int, at_once: int | None) -> Request:
        return asked_by(page, with_query(page.asked.url, page=wanted))

    return listing_of(answer, page, source, this, size, ask)
