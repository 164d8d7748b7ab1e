"""Whether what a page lists is of the column: a page has other lists, and a site other pages.

Where rows are asked for by a script that is not known, a box beside them (热点推荐) is the only
list of the page. Where a page is not there, a site may answer with its home page or a login.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from replyarc.errors import ListingError
from replyarc.listing.folders import folder_of, plain
from replyarc.model import Entry, Page, Source

_REPLY: Final = re.compile(
    r"建议|提案|议案|答复|回复|复函|函复|办复|复文|人大|政协|代表|函"
    r"|第\s?[\d零〇一二三四五六七八九十百]{1,5}\s?号(?!公告|通告|令)"
)
_NUMBER: Final = re.compile(r"(?<!\d)\d{3,12}(?!\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
# Where the page of a column says its number: VSB in two places, SiteServer, Hanweb.
_SAID: Final = re.compile(
    r"""\b_jsq_\s?\(\s?(\d{3,12})\b"""
    r"""|\bname=["']?wbtreeid["']?\s{1,3}value=["']?(\d{3,12})\b"""
    r"""|\bchannelID\s?:\s?(\d{3,12})\b"""
    r"""|\bname=["']?ColId["']?\s{1,3}content=["']?(\d{3,12})\b""",
    re.IGNORECASE,
)
_MOST_SAID: Final = 10


def speak_of_replies(titles: Iterable[str]) -> bool:
    """Tell whether a third of some titles or more are such as replies have.

    >>> speak_of_replies(["对第12号建议的答复", "市民政局召开例会", "养老服务开放日"])
    True
    """
    said = [_REPLY.search(title) is not None for title in titles]
    return any(said) and 3 * sum(said) >= len(said)


def belongs(found: Sequence[Entry], page: Page, source: Source) -> bool:
    """Tell whether something bears out that entries are of a column.

    Their titles are such as replies have; or half of them lie below the folder of the column, or
    carry its number in their addresses (see column_numbers); or a person says so by
    ``options.entry``.
    """
    if "entry" in source.options or speak_of_replies(entry.title for entry in found):
        return True
    columns = {page.column, page.asked.url, *source.urls}
    folders = tuple(folder for url in columns if (folder := folder_of(url)))
    numbers = column_numbers(page, source)
    own = sum(
        plain(entry.url).startswith(folders) or carries(entry.url, numbers) for entry in found
    )
    return own > 0 and 2 * own >= len(found)


def column_numbers(page: Page, source: Source) -> frozenset[str]:
    """Return the numbers that may be the column's: of its addresses, and what its page says.

    ``/col/col123/`` has articles like ``art_123_4567.html``; ``_jsq_(1052, …)`` those below
    ``/info/1052/``.
    """
    addresses = {page.column, page.asked.url, *source.urls}
    said = islice(_SAID.finditer(page.text), _MOST_SAID)
    printed = {number for found in said for number in found.groups() if number}
    return frozenset(printed.union(*map(_numbers, addresses)))


def carries(url: str, numbers: Set[str]) -> bool:
    """Tell whether an address holds one of some numbers."""
    return not numbers.isdisjoint(_numbers(url))


def strange(
    found: Sequence[Entry], page: Page, source: Source, mend: str = ""
) -> ListingError | None:
    """Return the alarm for entries of which nothing bears out that they are the column's."""
    if belongs(found, page, source):
        return None
    missing = (
        f"list of this column: the {len(found)} links of the only list here lie elsewhere, and few "
        "are called as replies are; a script may ask for its own"
    )
    mend = mend or f'Open the column of source "{source.name}" in a browser: it may have moved.'
    return ListingError(page.url, missing, mend)


def _numbers(url: str) -> set[str]:
    """Return the numbers of an address that may be a column's: years are none."""
    parts = urlsplit(url)
    found = _NUMBER.findall(f"{parts.path}?{parts.query}#{parts.fragment}")
    return {number for number in found if not _YEAR.fullmatch(number)}
