"""jpaas, the newer platform of Hanweb (大汉): fragments of HTML in JSON, a page at a time.

A ``queryData="{'webId':'…','pageId':'…','tagId':'…'}"`` on the page (JSON but for its quotation
marks) says what to ask ``/api-gateway/jpaas-publish-server/front/page/build/unit`` for, by GET;
``<div class="pagination" rows="15" count="386" pageNo="1">`` how much there is, on the page if the
server made the first rows, else in the answer, ``{"success": true, "data": {"html": "…"}}``.

Which page is wanted must be in ``paramJson={"pageNo":2,"pageSize":15}``: a bare ``pageNo`` is
ignored, and page 1 comes again. Lists by 组配分类 say there what they ``search`` for too, as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.errors import ListingError
from replyarc.listing.answers import at, keys_of, number, read_json
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.buildunit import UNIT, asked, search, written
from replyarc.listing.links import entries
from replyarc.model import Entry, Listing, Page, Request, Source
from replyarc.text.html import parse

_SIGN: Final = re.compile(r"jpaas-publish-server/front/page/build/unit", re.IGNORECASE)
_QUERY: Final = re.compile(r"\bqueryData\s{0,9}=\s{0,9}['\"]\{", re.IGNORECASE)
_SIZE: Final = 15
_LEVELS: Final = 5
_MEND: Final = "Open the column in a browser: its script may have changed, or it turns us away."


def shows(page: Page) -> bool:
    """Tell whether a page asks the platform's ``build/unit``, or says what for."""
    return _SIGN.search(page.text) is not None or _QUERY.search(page.text) is not None


def read(page: Page, source: Source) -> Listing:
    """Read the column's page, its first rows on it or not, or an answer of the platform.

    Raises ListingError where there is no entry, where the answer says that it failed, and where
    the page does not say what to ask for.
    """
    if not UNIT.search(page.asked.url):
        return _column(page, source)
    param = _param(page.asked.url)
    this, size = number(param.get("pageNo")) or 1, number(param.get("pageSize")) or _SIZE
    html = _fragment(page)
    found, left_out = entries(Page(page.column, html), source)
    pager = _pager(parse(html))

    def turned(size: int) -> Request:
        param_json = written({**param, "pageNo": this + 1, "pageSize": size})
        return asked_by(page, with_query(page.asked.url, paramJson=param_json))

    return _listing(found, left_out, pager, this, size, turned)


def _listing(
    found: tuple[Entry, ...],
    left_out: dict[str, int],
    pager: LexborNode | None,
    this: int,
    size: int,
    turned: Callable[[int], Request],
) -> Listing:
    """Make a listing of rows and of what ``<div class="pagination">`` says of them."""
    rows, count, said = (_said(pager, name) for name in ("rows", "count", "pageNo"))
    size, count = rows or size, count or None
    pages = -(-count // size) if count else None
    more = this < pages if pages else len(found) >= size
    return Listing(
        found,
        turned(size) if more else None,
        pages=pages,
        announced=count,
        left_out=left_out,
        this=said if said == this else None,
    )


def _column(page: Page, source: Source) -> Listing:
    tree = parse(page.text)
    pager = _pager(tree)
    query, url = asked(tree)
    if not query:
        raise ListingError(page.url, "queryData with a pageId: what to ask the platform for", _MEND)
    sought = search(page)
    size = _said(pager, "rows") or _SIZE

    def asking(this: int, size: int) -> Request:
        param = {"pageNo": this, "pageSize": size} | ({"search": sought} if sought else {})
        return asked_by(page, with_query(url, **query, paramJson=written(param)))

    shown = _shown(page, pager, source) if pager else None
    if shown is None:
        return Listing((), asking(1, size), announced=_said(pager, "count") or None)
    found, left_out = shown
    this = _said(pager, "pageNo") or 1
    return _listing(found, left_out, pager, this, size, lambda size: asking(this + 1, size))


def _shown(
    page: Page, pager: LexborNode | None, source: Source
) -> tuple[tuple[Entry, ...], dict[str, int]] | None:
    """Return the rows beside the pager, if the server made them: of the smallest part with any."""
    node = pager.parent if pager else None
    for _ in range(_LEVELS):
        if node is None or node.tag in ("body", "html"):
            break
        try:
            return entries(Page(page.column, node.html or ""), source)
        except ListingError:
            node = node.parent
    return None


def _fragment(page: Page) -> str:
    """Return the HTML of an answer; raises ListingError where it has none, or failed."""
    answer = read_json(page)
    html = at(answer, "data.html")
    html = at(answer, "data") if html is None else html
    failed = at(answer, "success") in (False, "false")
    if failed or not isinstance(html, str) or not html.strip():
        raise ListingError(
            page.url, f"data.html in the answer, which has: {keys_of(answer)}", _MEND
        )
    return html


def _pager(tree: LexborHTMLParser) -> LexborNode | None:
    return tree.css_first(".pagination[count], [count][rows]")


def _said(pager: LexborNode | None, name: str) -> int | None:
    """Return a number that the pager has as an attribute, in whatever case."""
    return number(pager.attributes.get(name.lower())) if pager else None


def _param(url: str) -> dict[str, Any]:
    try:
        param = json.loads(query_of(url).get("paramJson", ""))
    except (ValueError, RecursionError):
        return {}
    return param if isinstance(param, dict) else {}
