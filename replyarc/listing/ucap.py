"""Ucap (开普) static listings: list.shtml, list_2.shtml, list_3.shtml …

A page says how many there are in a script,
``createPageHTML('page_div', pages, this, 'list', 'shtml', entries)``: the function that TRS has,
but with the name of an element first and `this` counting from 1 (CMS families: README).
"""

from __future__ import annotations

import re
from typing import Final

from replyarc.listing.pager import Pager, calls, paged
from replyarc.model import Listing, Page, Source

_MARKS: Final = re.compile(r"<ucapcontent|/[0-9a-f]{32}\.shtml", re.IGNORECASE)


def shows(page: Page) -> bool:
    """Tell whether a page has the pager of Ucap, or articles named by 32 hexadecimals."""
    return pager_of(page) is not None or _MARKS.search(page.text) is not None


def read(page: Page, source: Source) -> Listing:
    """Read one listing page; no pager means a listing of one page.

    Raises ListingError where it has no entry, or names no next page although there is one.
    """
    return paged(pager_of(page), page, source)


def pager_of(page: Page) -> Pager | None:
    """Return what the page says of its place in the listing; ``None`` where it says nothing.

    Page k is ``stem_{k}.ext``, and the first ``stem.ext``.
    """
    for call in calls(page):
        if (
            len(call) >= 5
            and call[1].isdecimal()
            and call[2].isdecimal()
            and not call[0].isdecimal()
        ):
            pages, this, stem, ext = int(call[1]), int(call[2]), call[3], call[4].lstrip(".")
            total = int(call[5]) if len(call) > 5 and call[5].isdecimal() else None
            return Pager(pages, this, f"{stem}_{this + 1}.{ext}" if stem and ext else "", total)
    return None
