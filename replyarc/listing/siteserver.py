"""SiteServer CMS listings: /channels/2163.html, 2163_2.html, 2163_3.html …

The suffix is the number of the page; in print stand 共 474 条 当前第 1 / 48 页, or 当前第1页 共5页
and 共50记录, often twice, for telephones and for computers. Behind a number of pages that a site
sets, a page's rows are asked for by its script, from ``/api/stl/actions/pagecontents``, with the
JSON that stands in the page; the answer is a piece of HTML, as a JSON text. The page after that is
a file again, with a JSON of its own: sites sign it, and so it is never made up.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

from replyarc.errors import ListingError
from replyarc.listing.answers import number, read_json
from replyarc.listing.asking import asked_by
from replyarc.listing.counted import no_way
from replyarc.listing.links import entries
from replyarc.listing.places import place_of, placed
from replyarc.listing.ways import way_on
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import absolute

_MARKS: Final = re.compile(
    r"\$pageInfo\s{0,9}=\s{0,9}\{\s{0,9}(?:publishmentSystemID|siteId)\b"
    r"|/stl/actions/|\bstl(?:tree|Dynamic)_",
    re.IGNORECASE,
)
_SCRIPT: Final = re.compile(
    r"['\"](?P<url>[^'\"\s]{0,300}/stl/actions/pagecontents)['\"]", re.IGNORECASE
)
_ASKS: Final = re.compile(r"\bparameters\s{0,9}=\s{0,9}\{(?P<pairs>[^{}]{1,100000})\}")
_PAIR: Final = re.compile(
    r"\b(?P<name>\w{2,40})\s{0,9}:\s{0,9}(?:(?P<number>\d{1,12})\b|'(?P<text>[^']*)')"
)
_ELEMENT: Final = "stlPageContentsElement"
_NUMBERED: Final = re.compile(r"/channels/\d{1,12}_(?P<this>\d{1,6})\.\w{3,5}$")
_FILE: Final = re.compile(r"/(?P<stem>[^/]{1,200})\.(?P<ext>s?html?|aspx)$", re.IGNORECASE)


def shows(page: Page) -> bool:
    """Tell whether a page names itself to the scripts of SiteServer, or calls them."""
    return _MARKS.search(page.text) is not None


def read(page: Page, source: Source) -> Listing:
    """Read one listing page, or what its script is answered.

    Raises ListingError where there is no entry, no HTML in the answer, or no way on although there
    must be one.
    """
    if _ELEMENT in page.asked.json:
        return _answered(page, source)
    return _asking(page) or _printed(page, source)


def _printed(page: Page, source: Source) -> Listing:
    found, left_out = entries(page, source)
    place = place_of(page)
    numbered = _NUMBERED.search(page.url)
    this = place.this or (int(numbered["this"]) if numbered else 1)
    pages = place.pages or None
    following = None if pages and this >= pages else way_on(page, source).next
    if following is None and pages and this < pages:
        url = _file_after(page.url, this)
        if url is None:
            raise no_way(page, source, this, pages)
        following = Request(url)
    return placed((found, left_out), place._replace(pages=pages), following)


def _file_after(url: str, this: int) -> str | None:
    """Return the address of the file after page `this`; ``None`` where its own name is another."""
    file = _FILE.search(urlsplit(url).path)
    stem = file["stem"] if file else ""
    if file is None or (this > 1 and not stem.endswith(f"_{this}")):
        return None
    stem = stem.removesuffix(f"_{this}") if this > 1 else stem
    return absolute(url, f"{stem}_{this + 1}.{file['ext']}")


def _asking(page: Page) -> Listing | None:
    """Read a page whose rows its script asks for; ``None`` where they stand in it."""
    script = _SCRIPT.search(page.text)
    asks = (_pairs(found["pairs"]) for found in _ASKS.finditer(page.text)) if script else ()
    for asked in asks:
        if script and _ELEMENT in asked:
            following = asked_by(page, script["url"], json_body=asked)
            pages, announced = number(asked.get("pageCount")), number(asked.get("totalNum"))
            return Listing((), following, pages=pages, announced=announced)
    return None


def _pairs(text: str) -> dict[str, Any]:
    found = _PAIR.finditer(text)
    return {
        pair["name"]: int(pair["number"]) if pair["number"] else pair["text"] or ""
        for pair in found
    }


def _answered(page: Page, source: Source) -> Listing:
    answer = read_json(page)
    html = answer.get("html") if isinstance(answer, dict) else answer
    if not isinstance(html, str):
        mend = "Open the column in a browser: its script may have changed."
        raise ListingError(page.url, "HTML in the answer to the column's script", mend)
    found, left_out = entries(Page(page.column, html), source)
    asked = json.loads(page.asked.json)
    pages, index = number(asked.get("pageCount")), number(asked.get("currentPageIndex"))
    following = _after_answer(page, asked, (index or 0) + 1, pages or 0)
    announced = number(asked.get("totalNum"))
    return Listing(found, following, pages=pages, announced=announced, left_out=left_out)


def _after_answer(page: Page, asked: dict[str, Any], this: int, pages: int) -> Request | None:
    if this >= pages:
        return None
    if url := _file_after(page.column, this):
        return Request(url)
    return asked_by(page, page.asked.url, json_body={**asked, "currentPageIndex": this})
