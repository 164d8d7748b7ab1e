"""What the pages and scripts of 新点 Epoint say of a column: its category, its site, its API."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from replyarc.listing.asking import query_of
from replyarc.model import Page, Request
from replyarc.text.html import absolute

API: Final = "/rest/lightfrontaction/getgovinfolist"

_IS: Final = r"""['"]?\s{0,9}[:=]\s{0,9}['"]"""
_GIVEN: Final = {
    "categorynum": re.compile(rf"\bcategorynum{_IS}(\d{{3,40}})"),
    "deptcode": re.compile(rf"\bdeptcode{_IS}([\w-]{{1,60}})"),
    "siteGuid": re.compile(rf"\bsiteGuid{_IS}([0-9a-fA-F-]{{32,36}})", re.IGNORECASE),
    "project": re.compile(rf"\bprojectName{_IS}(/?[\w./-]{{1,80}})"),
}
_WRAPPED: Final = re.compile(r"""\bparams['"]?\s{0,9}:\s{0,9}\{""")
_FIRST: Final = re.compile(r"""\bpageIndex['"]?\s{0,9}[:=]\s{0,9}['"]?([01])\b""")
_COMMON, _OTHER = "/webBuilderCommon.js", "/ajaxReq.js"
_SCRIPT: Final = re.compile(r"""["']([^"'\s<>]{0,200}/(?:webBuilderCommon|ajaxReq)\.js)\b""")
_NEAR: Final = 1_500


def known(page: Page) -> dict[str, str]:
    """Return what is known of a column: by its address, by the page before, by this one.

    ``wrapped`` is there where a script puts the body of its question in ``params``, ``first`` is
    the number that it gives the first page.
    """
    given = {name: shape.search(page.text) for name, shape in _GIVEN.items()}
    here = {name: found[1] for name, found in given.items() if found}
    at = page.text.find(API)
    near = page.text[max(0, at - _NEAR) : at + _NEAR] if at >= 0 else ""
    if _WRAPPED.search(near):
        here["wrapped"] = "1"
    if first := _FIRST.search(near):
        here["first"] = first[1]
    query = {name: value for name, value in query_of(page.column).items() if name in _GIVEN}
    return here | carried(page) | query


def carried(page: Page) -> dict[str, str]:
    """Return what stands behind the ``#`` of the address that was asked."""
    told = dict(parse_qsl(urlsplit(page.asked.url).fragment))
    return told if told.get("first", "0") in ("0", "1") else {}


def script(page: Page) -> Request | None:
    """Return the request for the script that may name the site; ``None`` after the last.

    What is known by now goes along behind the ``#``.
    """
    here = page.asked.url.partition("#")[0].partition("?")[0]
    if not page.asked.referer:
        named = [found[1] for found in _SCRIPT.finditer(page.text)] or [f"/js{_COMMON}"]
        url = absolute(page.column, min(named, key=lambda href: _COMMON not in href))
    else:
        url = here.removesuffix(_COMMON) + _OTHER if here.endswith(_COMMON) else None
    return Request(f"{url}#{urlencode(known(page))}", referer=page.column) if url else None
