"""Requests for what a listing's scripts ask for: addresses changed in their query, forms, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from replyarc.errors import ListingError
from replyarc.model import Page, Request
from replyarc.text.html import absolute

_AS_IT_IS = "surrogateescape"  # an old site's query may be percent-encoded GBK


def query_of(url: str) -> dict[str, str]:
    """Return the query of an address; of a name that stands twice, the last value.

    >>> query_of("http://www.gov.test/list.jsp?page=2&kw=")
    {'page': '2', 'kw': ''}
    """
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def with_query(url: str, **changes: object) -> str:
    """Return an address with values of its query changed where they stand, or else added.

    >>> with_query("http://www.gov.test/list.jsp?page=1&cat=5#top", page=2, size=20)
    'http://www.gov.test/list.jsp?page=2&cat=5&size=20'
    >>> with_query("http://www.gov.test/list.asp?kw=%BD%A8%D2%E9", page=2)
    'http://www.gov.test/list.asp?kw=%BD%A8%D2%E9&page=2'
    """
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True, errors=_AS_IT_IS)
    changed = [(name, str(changes.get(name, value))) for name, value in query]
    present = {name for name, _ in query}
    added = [(name, str(value)) for name, value in changes.items() if name not in present]
    text = urlencode(changed + added, errors=_AS_IT_IS)
    return urlsplit(url)._replace(query=text, fragment="").geturl()


def asked_by(
    page: Page,
    href: str,
    *,
    form: Mapping[str, object] | Iterable[tuple[str, str]] = (),
    json_body: object = None,
) -> Request:
    """Return the request that a script of a page makes, in the name of its column.

    ``href`` is relative to the column's address. Raises ListingError where it is no address.
    """
    url = absolute(page.column, href)
    if url is None:
        raise ListingError(page.url, f"address to ask: {quote(href)[:200]!r}", "See its scripts.")
    pairs = form.items() if isinstance(form, Mapping) else form
    return Request(
        url,
        tuple((name, str(value)) for name, value in pairs),
        "" if json_body is None else json.dumps(json_body, ensure_ascii=False),
        referer=page.column,
    )
