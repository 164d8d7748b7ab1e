"""How listings misbehave: pages that are empty, repeat, shift, shrink or are old; odd links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.column import Column
from tests.gov import Answer, Gov, Heard
from tests.misbehaving import Route

EMPTY: Final = (
    b'<html><head><meta charset="utf-8"></head><body><ul class="list"></ul>'
    b'<script>createPageHTML(3, 1, "index", "html");</script></body></html>'
)

Spoil = Callable[[Gov, Column], None]
"""Lets the listing of a column of three pages misbehave from the next request on."""


def is_empty(gov: Gov, column: Column) -> None:
    """The second page has no rows."""
    gov.pages[column.listing(2)] = EMPTY


def repeats(gov: Gov, column: Column) -> None:
    """The last page is the first again."""
    gov.pages[column.listing(3)] = gov.pages[column.listing(1)]


def is_out_of_order(gov: Gov, column: Column) -> None:
    """The newest stand anywhere."""
    column.letters[:] = [*column.letters[4:], *column.letters[:4]]
    column.publish(gov)


def is_pinned(gov: Gov, column: Column) -> None:
    """The oldest letter stands first on every page, and where it belongs."""
    oldest, rows = column.letters[-1], column.pages()
    row = (
        f'<ul class="list"><li><a href="{oldest.path}" title="{oldest.title}">{oldest.title}</a>'
        f"<span>{oldest.day}</span></li>"
    ).encode()
    for number in range(1, len(rows) + 1):
        page = gov.pages[column.listing(number)]
        assert isinstance(page, bytes)
        gov.pages[column.listing(number)] = page.replace(b'<ul class="list">', row)


def _while_walked(change: Callable[[Column], None]) -> Spoil:
    """Change the column once its first page was given."""

    def spoil(gov: Gov, column: Column) -> None:
        left = [change]

        def handler(heard: Heard) -> Answer | None:
            if heard.path != column.listing(1) or not left:
                return None
            page = gov.pages[heard.path]
            left.pop()(column)
            column.publish(gov)
            return Answer(body=page) if isinstance(page, bytes) else page

        gov.handlers.append(handler)

    return spoil


def _insert(column: Column) -> None:
    column.letters.insert(0, column.letters.pop())  # the oldest is put first


def _take_away(column: Column) -> None:
    del column.letters[0]


def shrinks(gov: Gov, column: Column) -> None:
    """There is a page less than there was."""

    def cut(column: Column) -> None:
        del column.letters[6:]
        gov.pages.pop(column.listing(3))

    _while_walked(cut)(gov, column)


MOVING: Final = {
    "an empty page in the middle": is_empty,
    "a last page that is the first": repeats,
    "rows in no order": is_out_of_order,
    "a row pinned to every page": is_pinned,
    "a row that moves up while pages are turned": _while_walked(_insert),
    "a row that goes while pages are turned": _while_walked(_take_away),
    "pages that get fewer": shrinks,
}

LISTED: Final = tuple(Route(name, "listing") for name in MOVING)
LINKED: Final = (
    Route("a link to another host", "listing", says="other host"),
    Route("a link to WeChat", "listing", says="other host"),
    Route("a link that is a program", "listing", says="no address"),
    Route("a link to a file", "listing"),
    Route("a link from ../", "listing"),
    Route("a link with blanks and Chinese", "listing"),
    Route("a first page that a cache kept", "listing"),
)
LISTING: Final = (*LISTED, *LINKED)
