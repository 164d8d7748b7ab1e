"""PHPCMS V9: ``list-12-1.html``, ``index.html`` and ``2.html``, or ``?…a=lists&catid=12&page=2``.

Its pager says 123条, numbers and 下一页; on the last page 下一页 leads to the page itself, and
where all fits one page there is none. That is so in public copies of its program and of its rules
for addresses. That departments of 云南 run it is concluded from addresses alone, of the shape
``/html/2023/jianyitianbanli_0526/69006.html``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from replyarc.listing.asking import query_of, with_query
from replyarc.listing.numbering import named
from replyarc.listing.pager import unpaged
from replyarc.model import Listing, Page, Source

_LISTS: Final = re.compile(r"[?&](?:amp;)?m=content&(?:amp;)?c=index&(?:amp;)?a=(?:lists|show)\b")
_ARTICLE: Final = re.compile(r"/(?:19|20)\d\d/[a-z]\w{0,60}_\d{4}/\d{1,9}(?:_\d{1,3})?\.s?html\b")
_LIST: Final = re.compile(r"/list-(?P<column>\d{1,6})-(?P<this>\d{1,6})\.html")
_FOLDER: Final = re.compile(r"/(?:index\.html)?$")
_TOTAL: Final = re.compile(r"<a\b[^<>]{0,60}class=[\"']a1[\"'][^<>]{0,60}>\s{0,9}共?(\d{1,7})\s?条")


def shows(page: Page) -> bool:
    """Tell whether a page has the addresses or the pager of PHPCMS."""
    path = urlsplit(page.url).path
    if _LIST.search(path) or any(mark.search(page.text) for mark in (_LISTS, _TOTAL)):
        return True
    return bool(_LISTS.search(page.url) or (_FOLDER.search(path) and _ARTICLE.search(page.text)))


def read(page: Page, source: Source) -> Listing:
    """Read one listing page.

    Raises ListingError where it has no entry.
    """
    listing = unpaged(page, source, named(page, _seconds(page)))
    total = _TOTAL.search(page.text)
    return replace(listing, announced=int(total[1])) if total else listing


def _seconds(page: Page) -> Iterator[str]:
    """Yield what the second page is named by each of the rules for addresses."""
    path = urlsplit(page.url).path
    if "catid" in query_of(page.url):
        yield with_query(page.url, page=2)
    elif found := _LIST.search(path):
        yield f"{path[: found.start('this')]}2.html"
    elif path.endswith(("/", "/index.html")):
        yield path.rpartition("/")[0] + "/2.html"
