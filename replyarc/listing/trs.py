"""TRS WCM static listings: index.html, index_1.html, index_2.html …

A page says how many there are in a script, ``createPageHTML(pages, this, "index", "html")`` or
``createPage(…)``, `this` counting from 0; or in the variables ``countPage`` and ``currentPage``;
or, in 吉林, to a ``Pager`` with named settings. Where an element ``pageParam`` names the file,
``createPageHTML('paging', pages, this, …)`` counts from 1.

Two forms rest on one source each, a public crawler, and are only guessed by: 昆明 says the number
of pages in the script of its goto box alone (``ele.value>5``), 民政部 said it as
``totalpage = "5"``, page k being ``?k``. Where nothing is said, ``index_1`` is tried, since a call
that stands in another file, or is commented out, would cut the listing silently.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from replyarc.listing.numbering import counted, named, second_names
from replyarc.listing.pager import Pager, calls, is_run, named_file, paged, unpaged
from replyarc.listing.written import written
from replyarc.model import Listing, Page, Source

_COUNT: Final = re.compile(r"\bcountPage\s{0,9}=\s{0,9}['\"]?(\d{1,6})\b")
_CURRENT: Final = re.compile(r"\bcurrentPage\s{0,9}=\s{0,9}['\"]?(\d{1,6})\b")
_SETTINGS: Final = re.compile(r"\bPager\(\s{0,9}\{([^{}]{1,600})\}")
_SETTING: Final = re.compile(
    r"\b(size|current|prefix|suffix)\s{0,9}:\s{0,9}['\"]?\.?([\w-]{1,60})['\"]?"
)
_GOTO: Final = re.compile(r"\b(?:ele\.value|PageIndex)\s{0,3}>\s{0,3}(\d{1,6})\b")
_TOTAL: Final = re.compile(r"\btotalpage\s{0,3}=\s{0,3}\"(\d{1,6})\"")
_MARKS: Final = re.compile(r"/t\d{8}_\d{1,12}\.s?html?\b|TRS_(?:Editor|UEDITOR)", re.IGNORECASE)
_FILE: Final = re.compile(r"/(?P<stem>[\w-]{1,60}?)(?:_\d{1,6})?\.(?P<ext>s?html?)$")


def shows(page: Page) -> bool:
    """Tell whether a page has a pager of TRS, or articles named ``t20240102_1.html``."""
    return pager_of(page) is not None or bool(_MARKS.search(page.text)) or _said(page) is not None


def read(page: Page, source: Source) -> Listing:
    """Read one listing page, whose rows may be written by scripts.

    Raises ListingError where it has no entry, or names no next page although there is one.
    """
    pager, said = pager_of(page), _said(page)
    if pager is not None:
        return paged(pager, page, source, written)
    if said is None:
        return unpaged(page, source, named(page, islice(second_names(page), 1)), written)
    found, left_out = written(page, source)
    pages, names = said
    following, guesses = counted(page, pages, names)
    return Listing(found, following, pages=pages, left_out=left_out, guesses=guesses)


def pager_of(page: Page) -> Pager | None:
    """Return what the page says of its place in the listing; ``None`` where it says nothing."""
    for call in calls(page):
        if len(call) >= 4 and call[0].isdecimal() and call[1].isdecimal():
            return _pager(call[0], call[1], call[2], call[3], call[5:6])
        if len(call) >= 5 and call[1].isdecimal() and call[2].isdecimal() and named_file(page):
            this = int(call[2])
            return Pager(int(call[1]), this, f"{call[3]}_{this + 1}.{call[4].lstrip('.')}")
    if settings := _run(_SETTINGS, page):
        said = dict(_SETTING.findall(settings[1]))
        if said.get("size", "").isdecimal() and said.get("current", "").isdecimal():
            return _pager(
                said["size"], said["current"], said.get("prefix", ""), said.get("suffix", "")
            )
    if count := _run(_COUNT, page):
        current = _run(_CURRENT, page)
        return _pager(count[1], current[1] if current else "0", *_file(page))
    return None


def _pager(pages: str, current: str, stem: str, ext: str, total: list[str] | None = None) -> Pager:
    """Page k is ``stem_{k - 1}.ext``, and the first ``stem.ext``; `current` is k - 1."""
    this = int(current) + 1
    file = f"{stem}_{this}.{ext.lstrip('.')}" if stem and ext else ""
    entries = int(total[0]) if total and total[0].isdecimal() else None
    return Pager(int(pages), this, file, entries)


def _file(page: Page) -> tuple[str, str]:
    file = _FILE.search(page.url.split("?")[0])
    return (file["stem"], file["ext"]) if file else ("index", "html")


def _run(shape: re.Pattern[str], page: Page) -> re.Match[str] | None:
    """Return the first place in a script that is no comment."""
    found = islice(shape.finditer(page.text), 20)
    return next((each for each in found if is_run(page.text, each.start())), None)


def _said(page: Page) -> tuple[int, list[str]] | None:
    """Return the number of pages where only that is said, and what the second may be named."""
    names = list(islice(second_names(page), 2))
    for shape, second, least in ((_GOTO, names, 1), (_TOTAL, ["?2"], 2)):
        found = _run(shape, page) if names else None
        if found and int(found[1]) >= least:
            return int(found[1]), second
    return None
