"""How listing pages say which of how many they are, and where the next one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from replyarc.errors import ListingError
from replyarc.listing.links import base_of, entries
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import absolute, parse

_CALL: Final = re.compile(r"\bcreatePage(?:HTML)?\s{0,9}\(([^()]{1,300})\)")
_LINE_COMMENT: Final = re.compile(r"(?<![:\"'])//")
_MOST_CALLS: Final = 20


@dataclass(frozen=True, slots=True)
class Pager:
    """Page ``this`` of ``pages``, counted from 1; ``following`` is the next one's address.

    ``following`` is relative to the page. ``entries`` is how many there are on all pages together,
    ``None`` where the pager does not say.
    """

    pages: int
    this: int
    following: str
    entries: int | None = None


def calls(page: Page) -> Iterator[list[str]]:
    """Yield the arguments of each ``createPageHTML(…)`` and ``createPage(…)`` that is run.

    Blanks and quotation marks around an argument are taken off. What is commented out is passed
    over, since sites keep an old pager beside the one they use.
    """
    for number, call in enumerate(_CALL.finditer(page.text)):
        if number == _MOST_CALLS:
            return
        if is_run(page.text, call.start()):
            yield [argument.strip(" \t\r\n'\"") for argument in call[1].split(",")]


def is_run(text: str, at: int) -> bool:
    """Tell whether a script runs what stands at a place: whether that is in no comment.

    >>> is_run("<script>//createPageHTML(9, 0)", 10), is_run("<script><!--\\ncreatePageHTML(", 13)
    (False, True)
    """
    script = max(text.rfind("<script", 0, at), 0)
    line = max(script, text.rfind("\n", 0, at), text.rfind(">", 0, at))
    comment = text.rfind("<!--", 0, at)
    hides_script = text.rfind("<", 0, max(comment, 0)) == script and "\n" in text[comment:at]
    return not (
        _LINE_COMMENT.search(text, line, at)
        or text.rfind("/*", script, at) > text.rfind("*/", script, at)
        or (comment > text.rfind("-->", 0, at) and not hides_script)
    )


def paged(pager: Pager | None, page: Page, source: Source) -> Listing:
    """Read a listing page whose place in the listing is known; without a pager it is the only one.

    Raises ListingError where it has no entry, or names no next page although there is one.
    """
    found, left_out = entries(page, source)
    return Listing(
        found,
        following(pager, page, source),
        pages=pager.pages if pager else None,
        announced=pager.entries if pager else None,
        left_out=left_out,
    )


def following(pager: Pager | None, page: Page, source: Source) -> Request | None:
    """Return the request for the next page; ``None`` after the last, or where there is no pager.

    Raises ListingError where there must be a next page and its address cannot be made.
    """
    if pager is None or pager.this >= pager.pages:
        return None
    url = absolute(base_of(parse(page.text), page), pager.following)
    if url is None:
        raise ListingError(
            page.url,
            f"address of the page after {pager.this} of {pager.pages}",
            f'Set family = "nextlink" and options.next of source "{source.name}".',
        )
    return Request(url)
