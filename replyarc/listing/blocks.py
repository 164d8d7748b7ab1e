"""河北: rows by ``/columns/ID/templates/ID/blocks/ID?page=N&fix=0``, a piece of HTML.

The column's page, ``/columns/ID/index.html``, names the block in a script; replies are
``/columns/ID/YYYYMM/DD/ID.html``. Rests on one source: a crawler of the province's own portal,
which shows the blocks' addresses and that pages are numbered, but no column's page.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from replyarc.errors import ListingError
from replyarc.listing.answers import number
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.pieces import read_piece
from replyarc.listing.scripts import addresses
from replyarc.model import Listing, Page, Source

_ID: Final = r"[0-9a-f]{8}-[0-9a-f-]{27}"
_PATH: Final = rf"/columns/{_ID}/templates/{_ID}/blocks/{_ID}"
_BLOCK: Final = re.compile(_PATH)
_COLUMN: Final = re.compile(rf"/columns/({_ID})")
_MOST_NAMED: Final = 5


def shows(page: Page) -> bool:
    """Tell whether a page names a block that is numbered by page, or is one."""
    return bool(_BLOCK.search(page.asked.url)) or bool(_named(page))


def read(page: Page, source: Source) -> Listing:
    """Read a column's page, whose rows are asked for next, or a block of rows.

    Raises ListingError where there is no entry, no block, or several that may be it.
    """
    if _BLOCK.search(page.asked.url):
        return _rows(page, source)
    named = _named(page)
    if len(named) != 1:
        found = f"one block of rows, but {', '.join(named[:_MOST_NAMED])}" if named else "block"
        mend = f'Set url of source "{source.name}" to the block that its script asks for page 2.'
        raise ListingError(page.url, found, mend)
    return Listing((), asked_by(page, with_query(named[0], page=1, fix=0)))


def _named(page: Page) -> list[str]:
    """Return the blocks that a page asks for: those with a page number, those of its own column."""
    urls = [url for url, _ in addresses(page, _PATH)]
    own = _COLUMN.search(urlsplit(page.asked.url).path)
    numbered = [url for url in urls if "page=" in url]
    mine = [url for url in numbered if own and f"/columns/{own[1]}/" in url]
    paths = {urlsplit(url).path: url for url in mine or numbered}
    return list(paths.values())


def _rows(page: Page, source: Source) -> Listing:
    this = max(number(query_of(page.asked.url).get("page")) or 1, 1)
    following = asked_by(page, with_query(page.asked.url, page=this + 1))
    return read_piece(page, source, this, following)
