"""Listings at /info/iList.jsp?cat_id=15971, page 2 at &cur_page=2 (四川, 陕西, 新疆, 湖南 …).

The column is told by ``cat_id``, ``node_id``, ``tm_id`` and the like in the query, which go with
every page. Rests on the programs of others that read these sites, and on no saved page.
"""

from __future__ import annotations

import re
from typing import Final

from replyarc.listing.counted import read_numbered
from replyarc.model import Listing, Page, Source

_ADDRESS: Final = re.compile(r"/info/[in](?:List|Index)\.jsp\?")
_LINK: Final = re.compile(r"/info/[in](?:List|Index)\.jsp\?[^\s'\"<>]{0,300}?\bcur_page=\d")


def shows(page: Page) -> bool:
    """Tell whether a page's address, or that of a page of a listing in it, is of this family."""
    return bool(_ADDRESS.search(page.url) or _LINK.search(page.text))


def read(page: Page, source: Source) -> Listing:
    """Read one listing page.

    Raises ListingError where it has no entry.
    """
    is_asked = _ADDRESS.search(page.url) is not None
    return read_numbered(page, source, page.url, "cur_page", may_guess=is_asked)
