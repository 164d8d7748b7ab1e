"""安徽 龙讯 Lonsun: rows by ``/site/label/8888?labelName=publicInfoList&…pageIndex=N``, or by page.

A column of 信息公开 asks the label for its rows, a piece of HTML or JSON, with fields that stand
in its script. Ordinary columns are pages: ``/content/column/ID?pageIndex=N``,
``index.html?pageIndex=N`` and ``/XxgkContent/showList/ORGAN/CATEGORY/page_N.html``, whose rows
stand between comments that name a label.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode, urlsplit

from replyarc.listing.answers import number, read_answer
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.pieces import read_piece
from replyarc.listing.records import listing_of
from replyarc.listing.scripts import addresses, fields_near
from replyarc.model import Listing, Page, Request, Source

_LABEL: Final = "/site/label/8888"
_ROWS: Final = "publicInfoList"
_OWN: Final = ("organId", "catId", "type")
"""Fields that a script may take from the column's address."""

_SIGNS: Final = re.compile(r"<!--\s?StartLabelHtml_|/site/label/8888\b|\blonsun\b", re.IGNORECASE)
_SHOWN: Final = re.compile(
    r"(?P<stem>/(?:XxgkContent|News)/showList/[\w/]{1,60}/page_)(?P<this>\d{1,6})"
)


def shows(page: Page) -> bool:
    """Tell whether a page has the labels of Lonsun, or its address."""
    path = urlsplit(page.asked.url).path
    return bool(_SIGNS.search(page.text) or _LABEL in path or _SHOWN.search(path))


def read(page: Page, source: Source) -> Listing:
    """Read a column's page or what the label answers, a piece of HTML or JSON.

    Raises ListingError where there is no entry, and no label that is asked for them.
    """
    if _LABEL in urlsplit(page.asked.url).path:
        return _labelled(page, source)
    href = _asked_for(page)
    return _paged(page, source) if href is None else Listing((), asked_by(page, href))


def _asked_for(page: Page) -> str | None:
    """Return the address of the label that has the rows of a column, with its fields."""
    for url, at in addresses(page, re.escape(_LABEL)):
        fields = query_of(url)
        if fields.get("labelName") != _ROWS:
            fields |= fields_near(page, at, "labelName")
        if fields.get("labelName") == _ROWS:
            asked = query_of(page.column)
            blank = {name: asked[name] for name in _OWN if name in asked and not fields.get(name)}
            fields.pop("_", None)
            return f"{url.partition('?')[0]}?{urlencode(fields | blank | {'pageIndex': 1})}"
    return None


def _labelled(page: Page, source: Source) -> Listing:
    query = query_of(page.asked.url)
    this = max(number(query.get("pageIndex")) or 1, 1)
    following = asked_by(page, with_query(page.asked.url, pageIndex=this + 1))
    if page.text.lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
        size = number(query.get("pageSize")) or None
        return listing_of(read_answer(page), page, source, this, size, lambda *_: following)
    return read_piece(page, source, this, following)


def _paged(page: Page, source: Source) -> Listing:
    url = page.asked.url.partition("#")[0]
    if shown := _SHOWN.search(url):
        this = int(shown["this"])
        following = f"{url[: shown.end('stem')]}{this + 1}{url[shown.end() :]}"
    else:
        this = max(number(query_of(url).get("pageIndex")) or 1, 1)
        following = with_query(url, pageIndex=this + 1)
    return read_piece(page, source, this, Request(following))
