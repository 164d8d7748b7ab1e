"""TRS WCM static listings: index.html, index_1.html, index_2.html …

A page says how many there are in a script, ``createPageHTML(pages, this, "index", "html")``,
`this` counting from 0; or in the variables ``countPage`` and ``currentPage``; or, in 吉林, to a
``Pager`` with named settings. No pager means a listing of one page (CMS families: README).
"""

from __future__ import annotations

import re
from typing import Final

from replyarc.listing.pager import Pager, calls, is_run, paged
from replyarc.model import Listing, Page, Source

_COUNT: Final = re.compile(r"\bcountPage\s{0,9}=\s{0,9}['\"]?(\d{1,6})\b")
_CURRENT: Final = re.compile(r"\bcurrentPage\s{0,9}=\s{0,9}['\"]?(\d{1,6})\b")
_SETTINGS: Final = re.compile(
    r"\bPager\(\s{0,9}\{\s{0,9}size\s{0,9}:\s{0,9}(?P<size>\d{1,6})\s{0,9},"
    r"\s{0,9}current\s{0,9}:\s{0,9}(?P<current>\d{1,6})\s{0,9},"
    r"\s{0,9}prefix\s{0,9}:\s{0,9}['\"](?P<stem>[\w-]{1,60})['\"]\s{0,9},"
    r"\s{0,9}suffix\s{0,9}:\s{0,9}['\"](?P<ext>\w{1,10})['\"]"
)
_MARKS: Final = re.compile(r"/t\d{8}_\d{1,12}\.s?html?\b|TRS_(?:Editor|UEDITOR)", re.IGNORECASE)
_FILE: Final = re.compile(r"/(?P<stem>[\w-]{1,60}?)(?:_\d{1,6})?\.(?P<ext>s?html?)$")


def shows(page: Page) -> bool:
    """Tell whether a page has the pager of TRS, or articles named ``t20240102_1.html``."""
    return pager_of(page) is not None or _MARKS.search(page.text) is not None


def read(page: Page, source: Source) -> Listing:
    """Read one listing page; no pager means a listing of one page.

    Raises ListingError where it has no entry, or names no next page although there is one.
    """
    return paged(pager_of(page), page, source)


def pager_of(page: Page) -> Pager | None:
    """Return what the page says of its place in the listing; ``None`` where it says nothing."""
    for call in calls(page):
        if len(call) >= 4 and call[0].isdecimal() and call[1].isdecimal():
            return _pager(call[0], call[1], call[2], call[3])
    settings = _SETTINGS.search(page.text)
    if settings:
        return _pager(*settings.group("size", "current", "stem", "ext"))
    count = _COUNT.search(page.text)
    if count and is_run(page.text, count.start()):
        current = _CURRENT.search(page.text)
        file = _FILE.search(page.url.split("?")[0])
        stem, ext = file.group("stem", "ext") if file else ("index", "html")
        return _pager(count[1], current[1] if current else "0", stem, ext)
    return None


def _pager(pages: str, current: str, stem: str, ext: str) -> Pager:
    """Page k is ``stem_{k - 1}.ext``, and the first ``stem.ext``; `current` is k - 1."""
    this = int(current) + 1
    file = f"{stem}_{this}.{ext.lstrip('.')}" if stem and ext else ""
    return Pager(int(pages), this, file)
