"""The further pages of a letter that a site has split over several addresses."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from replyarc.model import Page


def further_pages(page: Page, document: LexborHTMLParser) -> tuple[str, ...]:
    """Return the addresses of the pages on which the letter of `page` goes on, in order."""
    return ()
