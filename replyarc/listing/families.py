"""The families of listings, one row each, and what shows to which a page belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from replyarc.errors import ListingError
from replyarc.listing import nextlink, trs, ucap
from replyarc.model import Listing, Page, Request, Source


class Family(Protocol):
    """What a module of a family has: two pure functions."""

    def first(self, url: str) -> Request:
        """Return the request for the first page of the listing at an address."""

    def read(self, page: Page, source: Source) -> Listing:
        """Read one page; raises ListingError where there is no entry, or no way on."""


FAMILIES: Final[Mapping[str, Family]] = {"trs": trs, "ucap": ucap, "nextlink": nextlink}


def says(pattern: str) -> Callable[[Page], bool]:
    """Return a test whether a pattern stands anywhere in a page."""
    decisive = re.compile(pattern, re.IGNORECASE)
    return lambda page: decisive.search(page.text) is not None


# Family, what shows it, in words, and the test. The first row that holds decides: pagers, which
# tell the way on, before the marks of a publishing system, which may page in its own way.
EVIDENCE: Final[tuple[tuple[str, str, Callable[[Page], bool]], ...]] = (
    ("ucap", "createPageHTML('…', pages, …)", lambda page: ucap.pager_of(page) is not None),
    ("trs", "createPageHTML(pages, …)", lambda page: trs.pager_of(page) is not None),
    ("nextlink", "a link 下一页", nextlink.is_paged),
    ("ucap", "articles named by 32 hexadecimals.shtml", says(r"<ucapcontent|/[0-9a-f]{32}\.shtml")),
    (
        "trs",
        "articles named t20240102_1.html",
        says(r"/t\d{8}_\d{1,12}\.s?html?\b|TRS_(?:Editor|UEDITOR)"),
    ),
)


def detect(page: Page) -> str:
    """Return the name of the family that a listing page belongs to, by what stands in it.

    Raises ListingError where nothing known does.
    """
    for name, _, shows in EVIDENCE:
        if shows(page):
            return name
    looked_for = ", ".join(dict.fromkeys(what for _, what, _ in EVIDENCE))
    raise ListingError(
        page.url,
        f"sign of a family that is known: looked for {looked_for}",
        'Set family of the source, "nextlink" for a listing of one page, or options.next.',
    )
