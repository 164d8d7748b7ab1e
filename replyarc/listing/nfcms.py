"""广东 NFCMS, ordinary columns: index.html, index_2.html …, articles ``content/post_1.html``.

The suffix is the page number, from 1. Pages are turned by 下一页 and by numbers; where a page shows
neither, ``index_2.html`` is tried. Twins for telephones, ``mpost_1.html``, are no entries.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from replyarc.listing import trs
from replyarc.listing.numbering import named, second_names
from replyarc.listing.pager import unpaged
from replyarc.model import Listing, Page, Source

_MARKS: Final = re.compile(
    r"\bNFCMS_(?:SITE|POST|CAT|PAGE)_ID\b|/content/m?post_\d{1,12}\.html|\bcontent/m?post_\d{1,12}\."
)


def shows(page: Page) -> bool:
    """Tell whether a page has the variables of NFCMS or links to its articles.

    And whether it has not the pager of TRS, which counts otherwise.
    """
    return _MARKS.search(page.text) is not None and trs.pager_of(page) is None


def read(page: Page, source: Source) -> Listing:
    """Read one listing page.

    Raises ListingError where it has no entry.
    """
    return unpaged(page, source, named(page, islice(second_names(page), 1, 2)))
