"""新点 Epoint EWB-FRONT: rows by ``POST …/rest/lightfrontaction/getgovinfolist``, a JSON body.

The body names the category, as the column's address does, and the site; the site's number and
the directory of the API are in a script, ``/js/webBuilderCommon.js`` or ``/js/ajaxReq.js``, which
is asked for where the page does not have them itself. Some sites (营口) want the body in
``{"params": …}`` and count from 0; of others (徐州) some crawlers count from 0 and some from 1, so
that 1 comes first unless a script says which, and page 0 once an answer has the rows of the page
after. What is known by then stands behind the ``#`` of the address that is asked.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, Final, NamedTuple

from replyarc.errors import ListingError
from replyarc.listing.answers import Answer, at, number, read_answer, read_json
from replyarc.listing.records import listing_of, read_records
from replyarc.listing.webbuilder import API, carried, known, script
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import absolute

_SIGNS: Final = re.compile(r"EWB[-_]|/rest/lightfrontaction/|/(?:webBuilderCommon|ajaxReq)\.js")
_SIZE: Final = 20


def shows(page: Page) -> bool:
    """Tell whether a page is a shell of Epoint that names a category of information."""
    return _SIGNS.search(page.text) is not None and "categorynum" in known(page)


def read(page: Page, source: Source) -> Listing:
    """Read a column's page or a script, both of which lead on to the API, or the API's answer.

    Raises ListingError where they do not name the category or the site, or there is no entry.
    """
    if page.asked.json:
        return _rows(page, source)
    told = known(page)
    if "categorynum" not in told:
        raise _error(page, source, "categorynum in the address of the column")
    if "siteGuid" not in told:
        if (following := script(page)) is None:
            raise _error(page, source, "siteGuid in its scripts")
        return Listing((), following)
    wrapped = "wrapped" in told
    names = ("deptcode", "categorynum", "siteGuid")
    fields = {name: told.get(name, "") for name in names} | {"pageSize": _SIZE}
    first = told.get("first")
    url = absolute(page.column, f"/{told.get('project', 'EWB-FRONT').strip('/')}{API}")
    asked = _Asked(f"{url}#first={first}" if first else f"{url}", fields, wrapped)
    return Listing((), asked.request(page, int(first or not wrapped)))


class _Asked(NamedTuple):
    """What is asked of the API: its address, and the body without the number of the page."""

    url: str
    fields: dict[str, Any]
    wrapped: bool

    def request(self, page: Page, index: int, **changes: object) -> Request:
        body = self.fields | {"pageIndex": index} | changes
        whole = {"token": "", "params": body} if self.wrapped else body
        return Request(self.url, json=json.dumps(whole, ensure_ascii=False), referer=page.column)


def _rows(page: Page, source: Source) -> Listing:
    asked, index = _asked(page, source)
    size = asked.fields["pageSize"]
    state = carried(page)
    answer = _answer(page)
    if not answer.records and not asked.wrapped and index <= 1 and not answer.total:
        return Listing((), asked._replace(wrapped=True).request(page, 0))
    is_sure = asked.wrapped or "first" in state
    if not is_sure and _is_ahead(answer, index, size):
        zero = asked._replace(url=f"{asked.url.partition('#')[0]}#first=0&last=1")
        found = read_records(answer.records, page, source) if answer.records else ((), {})
        return Listing(found[0], zero.request(page, 0), left_out=found[1], announced=answer.total)
    first = int(state.get("first") or not asked.wrapped)
    listing = listing_of(
        answer,
        page,
        source,
        max(index - first, 0) + 1,
        size,
        lambda this, at_once: asked.request(page, this - 1 + first, pageSize=at_once or size),
    )
    return replace(listing, next=None, guesses=()) if "last" in state else listing


def _is_ahead(answer: Answer, index: int, size: int) -> bool:
    """Tell whether page `index` has as many records as the page after it would, counted from 1."""
    rest = (answer.total or 0) - index * size
    here, after = min(size, max(rest + size, 0)), min(size, max(rest, 0))
    return here != after == len(answer.records)


def _answer(page: Page) -> Answer:
    """Read an answer; one in JSON without a list of records has none."""
    value = read_json(page)
    return Answer([]) if at(value, "custom.data") is None else read_answer(page)


def _asked(page: Page, source: Source) -> tuple[_Asked, int]:
    """Return what was asked, and for which page."""
    try:
        body = json.loads(page.asked.json)
    except (ValueError, RecursionError):
        body = None
    inner = at(body, "params")
    fields = inner if isinstance(inner, dict) else body if isinstance(body, dict) else {}
    index, size = number(fields.get("pageIndex")), number(fields.get("pageSize"))
    if index is None or not size:
        raise _error(page, source, "pageIndex and pageSize in what was asked")
    return _Asked(page.asked.url, fields | {"pageSize": size}, fields is inner), index


def _error(page: Page, source: Source, missing: str) -> ListingError:
    mend = "to the column, as …/govInfoPub.html?categorynum=003001003."
    return ListingError(page.url, missing, f'Set url of source "{source.name}" {mend}')
