"""Hanweb (大汉) jpage: a ``<datastore>`` in a script of the page, and the rest by POST.

The page brings the first records itself, ``<script type="text/xml"><datastore>…`` (three pages of
15, say: browsers turn those without asking), and names in ``jpage({totalRecord:386, …})`` or in
``<nextgroup>`` whom to ask for more: ``dataproxy.jsp``.

What a server goes by differs. Most give the records ``startrecord`` to ``endrecord``, some more
than that; on many sites those two are ignored, and ``page`` counts pages of ``perpage`` records,
of which at most some 300 are given. So requests say the same in both ways: page k of P records is
records (k - 1) P + 1 to k P, and no page is longer than 100. The page itself has the first I
records, so that P = I and k = 2 go on where it ends (P = I / 2 and k = 3, if I is above 100, and
so on). An answer begins at the record asked for by either reading; how many came says how to go
on:

- P or more, up to the total: page k + 1. What came beyond P comes again and is known.
- fewer: the server has a limit of its own, n; pages of n records go on after those that came.
- more than P, and ``totalpage`` says that pages have n records and not P: ``perpage`` is ignored.
  Page k then began at record (k - 1) n + 1 and passed some over, so page 1 is asked for as well;
  its ``startrecord`` says after which record to go on.

Where ``columnid`` is not a number but sealed, only the address in ``<nextgroup>`` is answered, and
nothing but its ``page`` may be changed. It is believed literally; since it is not known whether
page 1 is what the page itself shows or what comes after, page 2 is the second guess.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

from replyarc.errors import ListingError
from replyarc.listing.answers import number
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.datastore import Store, Window, only_store, rows
from replyarc.listing.units import Unit, unit_of
from replyarc.model import Listing, Page, Request, Source

_PROXY: Final = re.compile(r"/\w{0,20}dataproxy\.jsp\b", re.IGNORECASE)
_STORE: Final = re.compile(r"<datastore\b", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"[\d,\s]{1,4000}")
_PAGE: Final = re.compile(r"(?<=[?&])page=\d{0,9}")
_USUAL: Final = "/module/web/jpage/dataproxy.jsp"
_LONGEST: Final = 100
_WINDOW: Final = ("page", "perpage", "startrecord", "endrecord")
_MEND: Final = "Open the column in a browser: it may be empty, or its address may have changed."
_DEFAULTS: Final = {"col": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}


def shows(page: Page) -> bool:
    """Tell whether a page asks ``dataproxy.jsp``, or has a datastore that no TrueCMS made."""
    if _PROXY.search(page.text):
        return True
    return _STORE.search(page.text) is not None and "getMessage.do" not in page.text


def read(page: Page, source: Source) -> Listing:
    """Read the column's page, or what ``dataproxy.jsp`` answers.

    Raises ListingError where it has no entry, where the answer is no datastore or an empty one,
    and where there is more and the page does not say whom to ask.
    """
    if not _PROXY.search(page.asked.url):
        return _column(page, source)
    store = only_store(page, page.text)
    found, left_out = rows(store, page, source)
    following, guesses = _after(page, store)
    return Listing(found, following, announced=store.total, left_out=left_out, guesses=guesses)


def _column(page: Page, source: Source) -> Listing:
    unit = unit_of(page)
    count, total = len(unit.store.records), unit.total
    found, left_out = rows(unit.store, page, source) if count else ((), {})
    more = count < total if total is not None else bool(unit.store.following) or not count
    if not more and not count:
        raise ListingError(page.url, "record: its <datastore> says that there is none", _MEND)
    if not more:
        return Listing(found, pages=1, announced=total, left_out=left_out)
    following, guesses = _first(page, unit)
    return Listing(found, following, announced=total, left_out=left_out, guesses=guesses)


def _first(page: Page, unit: Unit) -> tuple[Request | None, tuple[Request, ...]]:
    """Return the request for what the page itself does not have."""
    href = urljoin(page.column, unit.store.following)
    if unit.store.following and not _NUMBERS.fullmatch(query_of(href).get("columnid", "")):
        here = number(query_of(href).get("page")) or 1
        return _sealed(page, href, here), (_sealed(page, href, here + 1),)
    count = len(unit.store.records)
    form = {name: value for name, value in unit.fields.items() if name not in _WINDOW}
    if not form.get("columnid"):
        missing = f"columnid to ask for the rest: it has {count} of its records"
        raise ListingError(page.url, missing, _MEND)
    size = count // -(-count // _LONGEST) if count else _LONGEST
    window = Window.beginning(count + 1, size)
    proxy = (unit.proxy or unit.store.following or _USUAL).partition("?")[0]
    return _asking(page, proxy, {**_DEFAULTS, **form}, window), ()


def _after(page: Page, store: Store) -> tuple[Request | None, tuple[Request, ...]]:
    """Return the request for what comes after an answer, and what may come."""
    query = query_of(page.asked.url)
    this = number(query.get("page")) or 1
    if not page.asked.form:
        return _after_sealed(page, store, this)
    here = Window(this, number(query.get("perpage")) or len(store.records))
    goes_on = number(query.get("startrecord")) or here.start
    count, total = len(store.records), store.total
    if goes_on > here.end:
        following = Window.beginning(goes_on, here.size) if goes_on <= (total or 0) else None
    elif total and here.number > 1 and count > here.size and _ignores_size(here, store):
        return _asking(page, page.asked.url, page.asked.form, Window(1, count), this * count), ()
    else:
        following = here.after(store)
    return following and _asking(page, page.asked.url, page.asked.form, following), ()


def _ignores_size(here: Window, store: Store) -> bool:
    """Tell whether the pages that the server counts have the records that came."""
    total, count = store.total or 0, len(store.records)
    return store.pages not in (None, -(-total // here.size)) and store.pages == -(-total // count)


def _asking(
    page: Page,
    proxy: str,
    form: dict[str, str] | tuple[tuple[str, str], ...],
    window: Window,
    read: int = 0,
) -> Request:
    start = max(window.start, read + 1)
    said = {"startrecord": start, "endrecord": start + window.size - 1, "perpage": window.size}
    return asked_by(page, with_query(proxy, **said, page=window.number), form=form)


def _after_sealed(
    page: Page, store: Store, this: int
) -> tuple[Request | None, tuple[Request, ...]]:
    if store.following:
        href = urljoin(page.url, store.following)
        return _sealed(page, href, max(number(query_of(href).get("page")) or 0, this + 1)), ()
    pages = store.pages or (-(-store.total // len(store.records)) if store.total else None)
    ended = pages is not None and this >= pages
    return None, () if ended else (_sealed(page, page.asked.url, this + 1),)


def _sealed(page: Page, href: str, this: int) -> Request:
    return asked_by(page, _PAGE.sub(f"page={this}", href, count=1))
