"""The ``<datastore>`` that the lists of Hanweb and TrueCMS are sent in: records, total, way on.

``<datastore><totalrecord>386</totalrecord><nextgroup><![CDATA[<a href="…">]]></nextgroup>
<recordset><record><![CDATA[<li>…</li>]]></record>…``: XML by its looks, put together by hand and
often not well-formed, so it is cut at its tags and no entity is ever expanded.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Final, NamedTuple

from replyarc.errors import ListingError
from replyarc.listing.links import entries
from replyarc.listing.records import read_records
from replyarc.model import Entry, Page, Source

_OPENS: Final = re.compile(r"<datastore\b[^<>]{0,200}>", re.IGNORECASE)
_CLOSES: Final = re.compile(r"</datastore\s{0,9}>", re.IGNORECASE)
_RECORD: Final = re.compile(r"<record\b[^<>]{0,200}>", re.IGNORECASE)
_RECORD_END: Final = re.compile(r"</record\b|</recordset\b", re.IGNORECASE)
_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>", re.IGNORECASE)
_COUNT: Final = r"<{}\b[^<>]{{0,200}}>\s{{0,20}}(?:<!\[CDATA\[)?\s{{0,20}}(\d{{1,12}})"
_TOTAL: Final = re.compile(_COUNT.format("totalrecord"), re.IGNORECASE)
_PAGES: Final = re.compile(_COUNT.format("totalpage"), re.IGNORECASE)
_WAY_ON: Final = re.compile(r"<nextgroup\b[^<>]{0,200}>", re.IGNORECASE)
_WAY_ON_END: Final = re.compile(r"</nextgroup\b", re.IGNORECASE)
_LONGEST_WAY: Final = 6_000
_HREF: Final = re.compile(r"\bhref\s{0,9}=\s{0,9}(?:\"([^\"]{1,4000})\"|'([^']{1,4000})')", re.I)
_JOINS: Final = re.compile(r"['\"]\s{0,9}\+")
_MOST_STORES: Final = 50
_MEND: Final = "Open the column in a browser: its script may have changed, or it turns us away."


class Store(NamedTuple):
    """One datastore: its records as HTML, and what it says of the whole list.

    ``total`` and ``pages`` are ``None`` where it says nothing (a total of 0 beside records says
    nothing); ``following`` is where ``<nextgroup>`` leads, ``""`` where it is not there.
    """

    records: tuple[str, ...]
    total: int | None
    pages: int | None
    following: str


def stores(text: str) -> list[Store]:
    """Return the datastores of a page or an answer, in order; those escaped as text too."""
    if not _OPENS.search(text) and "&lt;datastore" in text.lower():
        text = unescape(text)
    starts = [found.end() for found in _OPENS.finditer(text)][:_MOST_STORES]
    limits = [*starts[1:], len(text)]
    return [_read(text[at:limit]) for at, limit in zip(starts, limits, strict=False)]


def only_store(page: Page, text: str) -> Store:
    """Return the datastore of an answer.

    Raises ListingError where there is none, and where it is empty.
    """
    found = stores(text)
    if not found:
        kind = "nothing" if not text.strip() else "HTML" if "<" in text[:500] else "something else"
        raise ListingError(page.url, f"<datastore> in the answer: it is {kind}", _MEND)
    store = max(found, key=lambda each: len(each.records))
    if not store.records:
        raise ListingError(page.url, "record in the <datastore>: it is empty", _MEND)
    return store


def rows(store: Store, page: Page, source: Source) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Return the rows of a datastore: of records in HTML as of a page, else of records in JSON.

    Raises ListingError where there is no entry.
    """
    if all(record.startswith("{") for record in store.records):
        return read_records([_of_json(record) for record in store.records], page, source)
    html = "".join(map(_row, store.records))
    return entries(Page(page.column, f"<ul>{html}</ul>"), source)


class Window(NamedTuple):
    """Page ``number``, from 1, of pages of ``size`` records; and so the records that it has."""

    number: int
    size: int

    @classmethod
    def beginning(cls, start: int, size: int) -> Window:
        """Return the page of this size that holds record `start`, which it need not begin with.

        >>> Window.beginning(46, 45), Window.beginning(61, 25).start
        (Window(number=2, size=45), 51)
        """
        return cls((start - 1) // size + 1, size)

    @property
    def start(self) -> int:
        """The number of the first record, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def end(self) -> int:
        """The number of the last record, were the list long enough."""
        return self.number * self.size

    def after(self, store: Store) -> Window | None:
        """Return the page after this one, by what was answered; ``None`` after the last.

        A short answer is of a server that has fewer records a page than were asked for, and what
        comes next is a page of that size. But the last page may lack some, since totals count
        records that are not shown.
        """
        count, total = len(store.records), store.total
        if total is None:
            more = count >= self.size or bool(store.following)
            return self._replace(number=self.number + 1) if more else None
        reached = self.start + count - 1
        if reached >= total or (self.end >= total and 2 * count > total - self.start + 1):
            return None
        if count >= self.size:
            return self._replace(number=self.number + 1)
        return Window.beginning(reached + 1, count)


def _read(text: str) -> Store:
    text = _CLOSES.split(text, 1)[0]
    opened = list(_RECORD.finditer(text))
    limits = [*(found.start() for found in opened[1:]), len(text)]
    bodies = (text[each.end() : limit] for each, limit in zip(opened, limits, strict=False))
    records = tuple(filter(_says, (_html(_RECORD_END.split(body, 1)[0]) for body in bodies)))
    head = text[: opened[0].start()] + text[opened[-1].end() :] if opened else text
    total, pages = _TOTAL.search(head), _PAGES.search(head)
    group = _WAY_ON.search(head)
    way = head[group.end() : group.end() + _LONGEST_WAY] if group else ""
    href = _HREF.search(_html(_WAY_ON_END.split(way, 1)[0]))
    return Store(
        records,
        (int(total[1]) or (None if records else 0)) if total else None,
        int(pages[1]) if pages else None,
        unescape(href[1] or href[2]).strip() if href else "",
    )


def _says(record: str) -> bool:
    """Tell a record from an empty one, and from the script that puts records together."""
    return bool(record) and not _JOINS.match(record)


def _html(body: str) -> str:
    """Take off CDATA marks; what is escaped instead is unescaped once."""
    html = _CDATA.sub("", body).strip()
    return unescape(html) if "<" not in html and "&lt;" in html else html


def _row(record: str) -> str:
    """Return a record as one row of one list."""
    table = record[:3].lower() == "<tr"
    return f"<li><table>{record}</table></li>" if table else f"<li>{record}</li>"


def _of_json(record: str) -> object:
    try:
        return json.loads(record)
    except (ValueError, RecursionError):
        return None
