"""陕西 西部, the template of 法定主动公开内容: 1.html, 2.html …

A page says how many there are in a script alone, ``parseInt('5')``. Rests on the crawlers of two
cities (延安, 渭南) of one author; no page was seen.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from replyarc.listing.numbering import guesses
from replyarc.listing.pager import Pager, is_run, paged, unpaged
from replyarc.model import Listing, Page, Source

_TOTAL: Final = re.compile(r"\bparseInt\(\s{0,3}['\"](\d{1,6})['\"]\s{0,3}\)")
_FILE: Final = re.compile(r"/(?P<this>\d{1,5})\.html$")
_FOLDER: Final = re.compile(r"/fdzdgknr/(?:[\w-]{1,60}/){0,9}$")
_LIST: Final = re.compile(r"class=[\"']m-lst")
_MOST: Final = 20


def shows(page: Page) -> bool:
    """Tell whether a page is named by its number and says in a script how many there are."""
    path = urlsplit(page.url).path
    is_column = _FILE.search(path) or (_FOLDER.search(path) and _LIST.search(page.text))
    return is_column is not None and bool(_totals(page))


def read(page: Page, source: Source) -> Listing:
    """Read one listing page. Where its scripts say several totals, none is believed.

    Raises ListingError where it has no entry.
    """
    totals = _totals(page)
    if len(totals) != 1:
        return unpaged(page, source, guesses(page))
    file = _FILE.search(urlsplit(page.url).path)
    this = int(file["this"]) if file else 1
    return paged(Pager(totals.pop(), this, f"{this + 1}.html"), page, source)


def _totals(page: Page) -> set[int]:
    found = islice(_TOTAL.finditer(page.text), _MOST)
    return {int(total[1]) for total in found if is_run(page.text, total.start())}
