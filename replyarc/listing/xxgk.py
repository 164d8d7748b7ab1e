"""Hanweb (大汉) 信息公开: rows of HTML from ``/module/xxgk/search.jsp``, by POST.

The column's page is a frame: addresses of ``search.jsp`` and ``tree.jsp`` in it, its hidden inputs
and its scripts say what to ask for (``infotypeId``, ``jdid``, ``area``, ``divid``); ``currpage``
counts the pages. An answer says 共5页, or leads to the next page by 下一页 and to the last by 尾页.
Some sites ask ``subjectinfo.jsp`` in the same way, by GET.

Some servers do not go by the column: where nothing but the area was asked for, only addresses
``art_{column}_…`` are rows of it, and the others are counted, "other column". Where a kind of
information was asked for, the server has gone by that; should some of its addresses be of the
column, those of others are counted out all the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import Final

from replyarc.errors import ListingError
from replyarc.listing.answers import number
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.belonging import strange
from replyarc.listing.counted import count as page_number
from replyarc.listing.links import entries
from replyarc.listing.places import place_of
from replyarc.listing.scripts import fields_near, variables
from replyarc.model import Entry, Listing, Page, Request, Source
from replyarc.text.html import absolute, parse

_MODULE: Final = re.compile(r"/module/xxgk/(?:search|tree|subjectinfo)\.jsp", re.IGNORECASE)
_LIST: Final = re.compile(r"/module/xxgk/(?:search|subjectinfo)\.jsp", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"[\"'](?P<url>[^\"'\s<>]{0,300}/module/xxgk/(?P<what>search|tree|subjectinfo)\.jsp"
    r"(?:\?[^\"'\s<>]{0,2000})?)[\"']",
    re.IGNORECASE,
)
_COLUMN: Final = re.compile(r"/col/?col(\d{1,12})(?!\d)")
_DIV: Final = re.compile(r"div(\d{2,12})")
_TURNS: Final = re.compile(r"\(\s{0,9}['\"]?(\d{1,6})['\"]?\s{0,9}\)|[?&]currpage=(\d{1,6})")
_BLANKS: Final = re.compile(r"\s+")
_FIELDS: Final = (
    *("infotypeId", "jdid", "area", "divid", "vc_title", "vc_number", "sortfield", "currpage"),
    *("vc_filenumber", "vc_all", "texttype", "fbtime", "standardXxgk"),
)
_TELLING: Final = ("infotypeId", "area", "jdid")
_SEARCH: Final = "/module/xxgk/search.jsp"
_MOST: Final = 50
_MEND: Final = "Open the column in a browser: its address may have changed."


def shows(page: Page) -> bool:
    """Tell whether a page is of the module, or asks it."""
    return _MODULE.search(page.text) is not None or _LIST.search(page.asked.url) is not None


def read(page: Page, source: Source) -> Listing:
    """Read the frame, whose rows are asked for next, or a page of rows.

    Raises ListingError where there is no entry, or nothing to ask for, or no sign of this listing.
    """
    if not _LIST.search(page.asked.url):
        return Listing((), _first(page))
    found, left_out = entries(Page(page.column, page.text), source)
    rows, others = _of_column(_numbered(found, page), page)
    this, pages = _place(page)
    if pages is None and (alarm := strange(found, page, source)):
        raise alarm
    more = pages is not None and this < pages
    left_out |= {"other column": others} if others else {}
    return Listing(rows, _turned(page, this + 1) if more else None, pages=pages, left_out=left_out)


def _first(page: Page) -> Request:
    """Return the request for the first rows, made of all that the frame says."""
    named = list(islice(_ADDRESS.finditer(page.text), _MOST))
    asked: dict[str, str] = {}
    for address in sorted(named, key=lambda each: each["what"].lower() == "tree"):
        for name, value in query_of(unescape(address["url"])).items():
            asked[name] = asked.get(name) or value
    column = _COLUMN.search(page.column)
    usual = {"divid": f"div{column[1]}" if column else "", "currpage": "1"}
    lists = [each for each in named if each["what"].lower() != "tree"]
    near = fields_near(page, lists[0].start(), "infotypeId") if lists else {}
    places = (asked, variables(page), usual)
    said = {name: next(filter(None, (each.get(name) for each in places)), "") for name in _FIELDS}
    form = said | {name: value for name, value in near.items() if name in _FIELDS}
    form["currpage"] = "1"
    if not any(form[name] for name in _TELLING):
        missing = f"{', '.join(_TELLING)} to ask {_SEARCH} for"
        raise ListingError(page.url, missing, _MEND)
    path = unescape(lists[0]["url"]).partition("?")[0] if lists else _SEARCH
    if "subjectinfo" in path.lower():
        return asked_by(page, with_query(path, **{**asked, "currpage": 1}))
    return asked_by(page, path, form=form)


def _turned(page: Page, this: int) -> Request:
    form = dict(page.asked.form)
    if form:
        return asked_by(page, page.asked.url, form={**form, "currpage": str(this)})
    return asked_by(page, with_query(page.asked.url, currpage=this))


def _place(page: Page) -> tuple[int, int | None]:
    """Return which page of how many it is: as asked for, and as it prints or links."""
    asked = dict(page.asked.form) or query_of(page.asked.url)
    place = place_of(page)
    this = number(asked.get("currpage")) or place.this or 1
    linked = [_linked(page, word) for word in ("尾页", "末页", "下一页")]
    return this, place.pages or next((pages for pages in linked if pages), None)


def _linked(page: Page, word: str) -> int | None:
    """Return the page number that a link of this word leads to; ``None`` where there is none."""
    for node in parse(page.text).css("a"):
        if word in _BLANKS.sub("", node.text()[:60]):
            leads = f"{node.attributes.get('href')} {node.attributes.get('onclick')}"
            if found := _TURNS.search(leads):
                return page_number(found[1] or found[2])
    return None


def _numbered(found: tuple[Entry, ...], page: Page) -> tuple[Entry, ...]:
    """Add the index numbers that links carry, ``<a syh="…">``."""
    numbers = {
        absolute(page.column, node.attributes.get("href") or ""): node.attributes.get("syh")
        for node in parse(page.text).css("a[syh][href]")
    }
    return tuple(replace(each, index_number=numbers.get(each.url) or None) for each in found)


def _of_column(found: tuple[Entry, ...], page: Page) -> tuple[tuple[Entry, ...], int]:
    """Return the rows of the column, and how many are of others.

    Where none is of the column, all are returned, and marked not to be asked for.
    """
    form = dict(page.asked.form) or query_of(page.asked.url)
    named = _COLUMN.search(page.column) or _DIV.fullmatch(form.get("divid", ""))
    if named is None:
        return found, 0
    rows = tuple(each for each in found if f"/art_{named[1]}_" in each.url)
    if rows:
        return rows, len(found) - len(rows)
    if form.get("infotypeId"):
        return found, 0
    return tuple(replace(each, left_out=each.left_out or "other column") for each in found), 0
