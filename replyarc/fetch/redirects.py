"""Where a redirect leads, and what is shown there. Pure."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

import httpx

from replyarc.errors import FetchError
from replyarc.model import Request, Response


def follow_up(request: Request, cookie: str, response: Response) -> tuple[Request, str]:
    """Return what a redirect asks for, and the cookie to show there.

    After 301, 302 and 303 a form becomes a GET, as in every browser (WHATWG Fetch, 4.4). A cookie
    is shown only where an address redirects to itself to set it (moj.gov.cn), and never kept.
    Raises FetchError where it leads to no address.
    """
    location = response.header("location") or ""
    try:
        url = urljoin(response.url, location).partition("#")[0]
    except ValueError as error:
        raise FetchError(response.url, "its Location is not an address") from error
    if url != response.url:
        cookie = ""
    else:
        set_now = [value for name, value in response.headers if name == "set-cookie"]
        cookie = "; ".join(value.partition(";")[0].strip() for value in set_now) or cookie
    if response.status in (307, 308):
        return replace(request, url=url, etag="", modified=""), cookie
    return Request(url, referer=request.referer), cookie


def keeps_port(here: httpx.URL, there: httpx.URL) -> bool:
    """Tell whether a redirect stays on its port, or leads from http to https.

    What listens on another port of a host is another service, which nobody named.
    """
    return (here.scheme, there.scheme) == ("http", "https") or there.port in (None, here.port)
