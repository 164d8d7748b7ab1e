"""The lists that jpage shows on a page, each from a datastore: which of them is the column's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from replyarc.listing.asking import query_of
from replyarc.listing.datastore import Store, stores
from replyarc.listing.scripts import addresses, fields_near
from replyarc.model import Page

_CALL: Final = re.compile(r"\bjpage\s{0,9}\(\s{0,9}\{")
_TOTAL: Final = re.compile(r"\btotalRecord['\"]?\s{0,9}:\s{0,9}['\"]?(\d{1,12})")
_PROXY: Final = re.compile(r"\bproxyUrl['\"]?\s{0,9}:\s{0,9}['\"]([^'\"\s<>]{1,500})['\"]")
_PARAM: Final = re.compile(r"\bajaxParam['\"]?\s{0,9}:\s{0,9}(\{|[\w$]{1,60})")
_COLUMN: Final = re.compile(r"/col/?col(\d{1,12})(?!\d)")
_NEAR: Final = 3_000
_MOST: Final = 20
_EMPTY: Final = Store((), None, None, "")


class Unit(NamedTuple):
    """One list: what of it is on the page, how long it is, and what to ask for the rest.

    ``total`` is ``None`` where nothing says it; ``proxy`` is the address, ``""``: not named.
    """

    store: Store
    total: int | None
    fields: dict[str, str]
    proxy: str


def unit_of(page: Page, name: str = "columnid") -> Unit:
    """Return the list of the column: by its number in the address, else the longest on the page.

    ``name`` is what the column's id is called. An empty unit where there is none.
    """
    found = _COLUMN.search(page.column)
    column = found[1] if found else None
    calls = list(islice(_calls(page, name), _MOST))
    there = stores(page.text)
    units = [_joined(store, calls, at, len(there)) for at, store in enumerate(there)]
    units += calls or [*_named(page)]
    return max(
        units,
        key=lambda unit: (
            unit.fields.get(name) == column,
            len(unit.store.records),
            unit.total or 0,
        ),
        default=Unit(_EMPTY, None, {}, ""),
    )


def _joined(store: Store, calls: list[Unit], at: int, stores: int) -> Unit:
    """Join a datastore with the call that shows it: of the same unitid, else in the same place."""
    said = {name: value.strip("'\"") for name, value in query_of(store.following).items()}
    same = [call for call in calls if said and call.fields.get("unitid") == said.get("unitid")]
    call = same[0] if same else calls[at] if len(calls) == stores else None
    total = store.total if store.total is not None or call is None else call.total
    total = None if total == 0 and store.records else total
    return Unit(store, total, {**said, **(call.fields if call else {})}, call.proxy if call else "")


def _calls(page: Page, name: str) -> Iterator[Unit]:
    for call in _CALL.finditer(page.text):
        near = page.text[call.start() : call.start() + _NEAR]
        total, proxy = _TOTAL.search(near), _PROXY.search(near)
        fields = fields_near(page, _place(page, call.start(), near), name)
        yield Unit(_EMPTY, int(total[1]) if total else None, fields, proxy[1] if proxy else "")


def _place(page: Page, at: int, near: str) -> int:
    """Return where the fields of a call stand: in it, or where its ``ajaxParam`` is made."""
    param = _PARAM.search(near)
    if param is None or param[1] == "{":
        return at + param.start(1) if param else at
    made = re.search(rf"(?<![\w$]){re.escape(param[1])}\s{{0,9}}=\s{{0,9}}(?=\{{)", page.text)
    return made.end() if made else at


def _named(page: Page) -> Iterator[Unit]:
    """Yield what addresses of ``dataproxy.jsp`` on the page ask for."""
    for href, _ in islice(addresses(page, r"dataproxy\.jsp\?"), _MOST):
        yield Unit(_EMPTY, None, query_of(href), href)
