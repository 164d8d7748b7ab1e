"""The creator cms of 湖南: default.htm, then default_1.htm or default_2.htm …, ``content_1.html``.

A page says how many there are in the script of its goto box alone: ``else if(num>12)``. Whether
page 2 is ``default_1`` or ``default_2`` is not settled: crawlers of 岳阳 and 郴州 point to the
first, so it is tried first. Some columns are named ``index.htm``.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from replyarc.listing.links import entries
from replyarc.listing.numbering import counted, named, second_names
from replyarc.listing.pager import unpaged
from replyarc.listing.places import placed
from replyarc.listing.ways import way_on
from replyarc.model import Listing, Page, Source

_PAGES: Final = re.compile(r"\belse\s{1,3}if\s{0,3}\(\s{0,3}num\s{0,3}>\s{0,3}(\d{1,6})\s{0,3}\)")
_ARTICLE: Final = re.compile(r"\bcontent_\d{1,12}\.html?\b")
_LIST: Final = re.compile(r"class=[\"'](?:contents-list|xxdk-news-list)\b")
_COLUMN: Final = re.compile(r"/default(?:_\d{1,6})?\.htm$")


def shows(page: Page) -> bool:
    """Tell whether a page has the goto box or the lists of this system, or its names of files."""
    column = _COLUMN.search(urlsplit(page.url).path)
    if _ARTICLE.search(page.text):
        return bool(column or _PAGES.search(page.text) or _LIST.search(page.text))
    return bool((column or _LIST.search(page.text)) and _PAGES.search(page.text))


def read(page: Page, source: Source) -> Listing:
    """Read one listing page.

    Raises ListingError where it has no entry.
    """
    names = list(islice(second_names(page), 2))
    said = _PAGES.search(page.text)
    way = way_on(page, source)
    if said is None or way.next is not None or way.ended:
        return unpaged(page, source, named(page, names))
    rows = entries(page, source)
    pages = int(said[1])
    following, guesses = counted(page, pages, names)
    return placed(rows, way.place._replace(pages=pages), following, guesses)
