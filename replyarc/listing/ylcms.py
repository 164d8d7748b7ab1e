"""ylcms listings (漳州, Fujian): /cms/html/{site}/{column}/index.html, then the pages of a script.

Page 2 and those after it are ``/cms/sitemanage/index.shtml?siteId={number}&page=2``; the number of
the column stands in ``<meta name="siteIdMeta">``, the rows in ``<ul id="resources">``, not on all
sites. Rests on the programs of others that read these sites, and on no saved page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from replyarc.listing.asking import query_of
from replyarc.listing.counted import read_numbered
from replyarc.listing.links import entries
from replyarc.listing.places import place_of, placed
from replyarc.model import Listing, Page, Source
from replyarc.text.html import absolute, parse

_MARKS: Final = re.compile(r"\bname=['\"]?siteIdMeta\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"/cms/(?:sitemanage/index\.shtml\?|html/[^/?]{1,60}/[^/?]{1,60}/)")
_PAGES: Final = "/cms/sitemanage/index.shtml"
_NUMBER: Final = re.compile(r"\d{1,30}")
_ROWS: Final = re.compile(r"<ul\s[^<>]{0,200}?\bid=['\"]?resources\b", re.IGNORECASE)


def shows(page: Page) -> bool:
    """Tell whether a page names the number of its column as ylcms does, or is named as there."""
    return bool(_MARKS.search(page.text) or _ADDRESS.search(page.url))


def read(page: Page, source: Source) -> Listing:
    """Read one listing page; without a number of its column it is the only one.

    Raises ListingError where it has no entry.
    """
    if "entry" not in source.options and _ROWS.search(page.text):
        source = replace(source, options={**source.options, "entry": "ul#resources li"})
    number = _column(page)
    first = absolute(page.url, f"{_PAGES}?siteId={number}") if number else None
    if first:
        return read_numbered(page, source, first, "page", may_guess=True)
    return placed(entries(page, source), place_of(page))


def _column(page: Page) -> str:
    """Return the number of the column, ``""`` where it is not said."""
    node = parse(page.text).css_first("meta[name='siteIdMeta' i]")
    said = (node.attributes.get("content") if node else "") or query_of(page.url).get("siteId", "")
    return said.strip() if _NUMBER.fullmatch(said.strip()) else ""
