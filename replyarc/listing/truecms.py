"""TrueCMS: rows in ``#initData`` of the page, and the rest from ``getMessage.do``.

The script names the column's id, a UUID, and the address, ``/TrueCMS/messageController/
getMessage.do`` (on some sites ``/truecms/``). The answer is JSON, or JSON in a call, of one
field: ``{"result": "<datastore>…"}``. The records asked for are told by ``startrecord`` and
``endrecord``; how many at once differs by site, and 20 is what all of them give.
"""

from __future__ import annotations

import re
from typing import Final

from replyarc.errors import ListingError
from replyarc.listing.answers import at, keys_of, number, read_json
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.datastore import Window, only_store, rows
from replyarc.listing.links import entries
from replyarc.listing.scripts import addresses
from replyarc.listing.units import Unit, unit_of
from replyarc.model import Entry, Listing, Page, Request, Source
from replyarc.text.html import parse

_SIGN: Final = re.compile(r"/messageController/getMessage\.do", re.IGNORECASE)
_TOTAL: Final = re.compile(
    r"(?:totalRecord['\"]?\s{0,9}:\s{0,9}['\"]?|<totalrecord>)(\d{1,12})", re.I
)
_ID: Final = re.compile(r"\bcolumnId['\"]?\s{0,9}[:=]\s{0,9}['\"]([\w-]{8,64})['\"]")
_SIZE: Final = 20
_MEND: Final = "Open the column in a browser: its address may have changed."


def shows(page: Page) -> bool:
    """Tell whether a page asks ``messageController/getMessage.do``."""
    return _SIGN.search(page.text) is not None


def read(page: Page, source: Source) -> Listing:
    """Read the column's page, or what ``getMessage.do`` answers.

    Raises ListingError where it has no entry, where the answer has no datastore or an empty one,
    and where there is more and the page does not say whom to ask.
    """
    if not _SIGN.search(page.asked.url):
        return _column(page, source)
    answer = read_json(page)
    result = at(answer, "result")
    if not isinstance(result, str):
        raise ListingError(page.url, f"result in the answer, which has: {keys_of(answer)}", _MEND)
    store = only_store(page, result)
    found, left_out = rows(store, page, source)
    query = query_of(page.asked.url)
    start, size = (number(query.get(name)) or 0 for name in ("startrecord", "perpage"))
    here = Window.beginning(start or 1, size or len(store.records))
    following = here.after(store)
    ask = asked_by(page, _turned(page.asked.url, following)) if following else None
    return Listing(found, ask, announced=store.total, left_out=left_out)


def _column(page: Page, source: Source) -> Listing:
    unit, total = unit_of(page, "columnId"), _TOTAL.search(page.text)
    found, left_out = _shown(page, source, unit)
    count = len(unit.store.records) or len(found)
    announced = unit.total if unit.total is not None else int(total[1]) if total else None
    announced = None if announced == 0 and found else announced
    if announced == 0:
        raise ListingError(page.url, "row: it says that there is none", _MEND)
    if announced is not None and announced <= count:
        return Listing(found, pages=1, announced=announced, left_out=left_out)
    ask = _first(page, unit, count)
    if ask is None and not (found and announced is None):
        missing = f"columnId to ask for the rest: it has {count} of its rows"
        raise ListingError(page.url, missing, _MEND)
    guesses = (ask,) if ask and found and announced is None else ()
    return Listing(
        found,
        None if guesses else ask,
        announced=announced,
        left_out=left_out,
        guesses=guesses,
    )


def _first(page: Page, unit: Unit, count: int) -> Request | None:
    """Return the request for what comes after the rows on the page; ``None``: it says not whom."""
    named, address = _ID.search(page.text), next(addresses(page, _SIGN.pattern), None)
    column = unit.fields.get("columnId") or (named[1] if named else None)
    proxy = unit.proxy or (address[0] if address else None)
    if proxy is None or column is None:
        return None
    asked = {"columnId": column, "contentTemplate": "", "callback": "rows"}
    url = with_query(proxy, **asked)
    return asked_by(page, _turned(url, Window.beginning(count + 1, _SIZE)))


def _shown(page: Page, source: Source, unit: Unit) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Return the rows that the page itself has: in a datastore, or as they are in ``#initData``."""
    if unit.store.records:
        return rows(unit.store, page, source)
    node = parse(page.text).css_first("#initData")
    try:
        return entries(Page(page.column, (node.html if node else None) or ""), source)
    except ListingError:
        return (), {}


def _turned(url: str, window: Window) -> str:
    said = {"startrecord": window.start, "endrecord": window.end, "perpage": window.size}
    return with_query(url, **said)
