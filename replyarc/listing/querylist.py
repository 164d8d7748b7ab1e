"""Listings that a script asks for at /queryList (江西 and others): a shell, then JSON by POST.

The column's page holds ``var params = {webSiteCode: ['…'], channelCode: ['…'], perPage: '15', …}``,
which goes along whole, with ``current`` and ``pageSize``, lists as ``webSiteCode[]``. The answer
has ``data.total`` and ``data.results``, each with a ``source`` whose ``urls`` are JSON in a text.
"""

from __future__ import annotations

import re
from typing import Final

from replyarc.errors import ListingError
from replyarc.listing.answers import number, read_answer
from replyarc.listing.asking import asked_by
from replyarc.listing.records import listing_of
from replyarc.model import Listing, Page, Request, Source

_BLOCK: Final = re.compile(r"\{(?P<pairs>[^{}]{0,3000}?\bwebSiteCode\b[^{}]{0,3000})\}")
_PAIR: Final = re.compile(
    r"['\"]?\b(?P<name>\w{2,40})(?:\[\])?['\"]?\s{0,9}:\s{0,9}"
    r"(?:\[(?P<list>[^\[\]]{0,500})\]|'(?P<one>[^']*)'|\"(?P<two>[^\"]*)\""
    r"|(?P<bare>true|false|\d{1,12}))"
)
_ITEM: Final = re.compile(r"['\"](?P<item>[^'\"]{1,100})['\"]|(?P<bare>\d{1,20})")
_SITE: Final = frozenset(("webSiteCode[]", "webSiteCode"))
_COLUMN: Final = frozenset(("channelCode[]", "channelCode", "channelId[]", "channelId"))
_ADDRESS: Final = "/queryList"
_USUAL: Final = 15


def shows(page: Page) -> bool:
    """Tell whether a script of a page names the site and the channel to ask for."""
    return bool(_asked(page))


def read(page: Page, source: Source) -> Listing:
    """Read what a script is answered, or the shell that asks.

    Raises ListingError where the page asks for nothing, and where the answer has no record.
    """
    form = list(page.asked.form) or _asked(page)
    size = number(dict(form).get("pageSize")) or number(dict(form).get("perPage")) or _USUAL

    def ask(this: int, _: int | None = None) -> Request:
        turned = {"current": str(this), "pageSize": str(size)}
        kept = [(name, value) for name, value in form if name not in turned]
        return asked_by(page, _ADDRESS, form=[*turned.items(), *kept])

    if page.asked.form:
        this = number(dict(form).get("current")) or 1
        return listing_of(read_answer(page), page, source, this, size, ask)
    if not form:
        mend = "Open the column in a browser: its address may have changed."
        raise ListingError(page.url, "webSiteCode and channelCode in a script", mend)
    return Listing((), ask(1))


def _asked(page: Page) -> list[tuple[str, str]]:
    """Return what a script asks for, without which page of it; nothing where it does not."""
    for block in _BLOCK.finditer(page.text):
        form: list[tuple[str, str]] = []
        for pair in _PAIR.finditer(block["pairs"]):
            if pair["list"] is None:
                form.append((pair["name"], pair["one"] or pair["two"] or pair["bare"] or ""))
                continue
            items = (found["item"] or found["bare"] for found in _ITEM.finditer(pair["list"]))
            form += [(f"{pair['name']}[]", item) for item in items]
        if _SITE & dict(form).keys() and _COLUMN & dict(form).keys():
            return form
    return []
