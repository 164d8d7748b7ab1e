"""One question and its answer, within one deadline."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

import httpcore
import httpx

from replyarc.errors import FetchError, Unreachable
from replyarc.fetch.body import PLAIN, seems_whole, unpack
from replyarc.fetch.guard import NotPublic
from replyarc.fetch.handshakes import no_connection
from replyarc.fetch.lines import (
    LEGACY,
    STREAM,
    Line,
    broke_handshake,
    has_invalid_certificate,
    mend_handshake,
    open_client,
    peer_of,
    safety_of,
)
from replyarc.fetch.terms import Terms, host_of
from replyarc.fetch.verdict import NO_PAGE
from replyarc.manners import Manners
from replyarc.model import Request, Response

SCRAP: Final = 16_384
"""Bytes read of a body that is no page: enough to know a gate by."""

FORM, JSON = b"application/x-www-form-urlencoded", b"application/json; charset=utf-8"

_COOKIE: Final = re.compile("=[^;]*")  # what a cookie says

NOT_TO_BE_ASKED: Final = (NotPublic, httpcore.UnsupportedProtocol)
"""A private address, or a proxy that cannot be used: no doing of the site."""

BROKEN: Final = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    ssl.SSLError,  # in the middle of a body, where httpcore lets it pass as it is
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``url`` is the request's, parsed. ``bound``, ``cut``: see `unpack`."""

    request: Request
    url: httpx.URL
    cookie: str
    bound: int
    cut: bool


class Wire:
    """Asks once, and waits for nothing but the answer.

    ``sent`` counts requests by source; a connection that was never made is none.
    """

    def __init__(self, manners: Manners) -> None:
        self.sent: Counter[str] = Counter()
        self._manners = manners
        self._client = open_client(manners)
        self._legacy_hosts: set[str] = set()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def ask(self, question: Question, terms: Terms) -> Response:
        """Ask once; return whatever is answered, the body whole if the status is 2xx.

        Raises Unreachable where no whole answer came within the time for one request, FetchError
        where no answer may be had.
        """
        url = question.request.url
        try:
            async with asyncio.timeout(self._manners.timeout):
                return await self._choose_tls(question, terms)
        except TimeoutError:
            why = f"no whole answer within {self._manners.timeout:g} seconds; see crawl.timeout"
            raise Unreachable(url, why) from None
        except NOT_TO_BE_ASKED as error:
            raise FetchError(url, str(error)) from error
        except httpcore.ConnectTimeout as error:
            raise Unreachable(url, "no connection in time; see crawl.timeout") from error
        except httpcore.ConnectError as error:
            why = no_connection(error, question.url.scheme, terms.source)
            if question.url.scheme == "https" and broke_handshake(error):
                why = mend_handshake(error, terms.source, terms.tls)
            raise Unreachable(url, why) from error
        except BROKEN as error:
            why = f"the answer broke off: {str(error) or type(error).__name__}"
            raise Unreachable(url, why) from error

    async def _choose_tls(self, question: Question, terms: Terms) -> Response:
        """Shake hands as usual first, even where ``legacy`` is set: some hosts hang otherwise."""
        tls = terms.tls if question.url.scheme == "https" else None
        line = Line(question.url.scheme, host_of(question.url), tls, terms.ip)
        if tls == LEGACY and line.host not in self._legacy_hosts:
            try:
                return await self._exchange(question, line._replace(tls=None), terms.source)
            except httpcore.ConnectError as error:
                if has_invalid_certificate(error) or not broke_handshake(error):
                    raise
            self._legacy_hosts.add(line.host)
        return await self._exchange(question, line, terms.source)

    async def _exchange(self, question: Question, line: Line, source: str) -> Response:
        self.sent[source] += 1
        at = datetime.now(UTC)
        request = self._build(question, line)
        try:
            answer = await self._client.send(request, stream=True)
            try:
                stream = answer.extensions[STREAM]
                tls, ip = safety_of(stream, line), peer_of(stream)
                body = await _read(answer, question)
            finally:
                await answer.aclose()
        except (*NOT_TO_BE_ASKED, httpcore.ConnectError, httpcore.ConnectTimeout):
            self.sent[source] -= 1
            raise
        return Response(
            request=question.request,
            url=question.request.url,
            status=answer.status_code,
            headers=tuple(answer.headers.multi_items()),
            body=body,
            fetched_at=at,
            request_headers=_sent(request),
            tls=tls,
            ip=ip,
        )

    def _build(self, question: Question, line: Line) -> httpx.Request:
        asked = question.request
        headers = {b"Cookie": question.cookie.encode()} if question.cookie else {}
        if asked.etag:
            headers[b"If-None-Match"] = asked.etag.encode("latin-1", "ignore")
        if asked.modified:
            headers[b"If-Modified-Since"] = asked.modified.encode("latin-1", "ignore")
        if asked.referer:
            headers[b"Referer"] = asked.referer.partition("#")[0].encode("ascii", "ignore")
        extensions = {"line": line}
        if not asked.form and not asked.json:
            return self._client.build_request(
                "GET", question.url, headers=headers, extensions=extensions
            )
        headers[b"Content-Type"] = FORM if asked.form else JSON
        headers[b"X-Requested-With"] = b"XMLHttpRequest"  # Hanweb's lists demand it (CMS families)
        content = urlencode(asked.form) if asked.form else asked.json
        return self._client.build_request(
            "POST", question.url, headers=headers, content=content.encode(), extensions=extensions
        )


def _sent(request: httpx.Request) -> tuple[tuple[str, str], ...]:
    """Return the headers of a request as they were sent, but for what its cookies say.

    A cookie that a site gave us may open to others what it opened to us. A proxy's password is
    none of these headers.
    """
    sent = (
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw
    )
    return tuple(
        (name, value if name != "Cookie" else _COOKIE.sub("=", value)) for name, value in sent
    )


async def _read(answer: httpx.Response, question: Question) -> bytes:
    """Read the body of a page, whole; of anything else what is quickly had."""
    if not answer.is_success or answer.status_code in NO_PAGE:
        with suppress(FetchError, *BROKEN):
            return await _read_within(answer, question, SCRAP, cut=True)
        return b""
    return await _read_within(answer, question, question.bound, cut=question.cut)


async def _read_within(
    answer: httpx.Response, question: Question, bound: int, *, cut: bool
) -> bytes:
    url, raw = question.request.url, bytearray()
    async for part in answer.aiter_raw():
        raw += part
        if len(raw) > bound:
            break
    coding = answer.headers.get("content-encoding", "")
    body = unpack(bytes(raw), coding, url=url, bound=bound, cut=cut)
    told = "content-length" in answer.headers or "transfer-encoding" in answer.headers
    if not told and not cut and coding.strip().lower() in PLAIN and not seems_whole(body):
        raise Unreachable(url, "the answer says neither how long it is nor ends as a page does")
    return body
