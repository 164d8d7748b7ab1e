"""Lines to hosts: what connects, what is kept connected, and what a handshake promises.

httpx asks; the connections under it are those of httpcore, on which it stands anyway: only there
can our own backend come between a name and the address connected to.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from string import punctuation
from typing import Final, NamedTuple
from urllib.parse import quote
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from replyarc import __version__
from replyarc.fetch.guard import GuardedBackend, check_literal
from replyarc.fetch.handshakes import of_certificate, of_handshake
from replyarc.fetch.stream import Stream, said_more
from replyarc.manners import Manners

IDLE_SECONDS: Final = 15.0
"""How long a connection may lie idle; most servers hang up after 5 to 75 seconds."""

LINES_A_HOST: Final = 4
"""Lines kept connected for each host asked at a time; some systems give 256 sockets in all."""

STREAM: Final = "network_stream"
"""The extension of an answer, of httpcore's, that is the connection that it came over."""

LEGACY: Final = "legacy"
UNVERIFIED: Final = "unverified"


class Line(NamedTuple):
    """What connections may be shared by: two requests with the same line use the same ones."""

    scheme: str
    host: str
    tls: str | None
    ip: str | None


Connection = httpcore.AsyncConnectionInterface


class Lines:
    """The connections: made where none is idle, kept while they are, the oldest closed first.

    There are never more to a line than are used at a time. What makes them is a pool of httpcore,
    which knows the ways through a proxy; its own keeping is not used, since it looks at every
    connection, twice for every request.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._makers: dict[Line, httpcore.AsyncConnectionPool] = {}
        self._contexts: dict[str | None, ssl.SSLContext] = {}
        self._idle: dict[Line, list[Connection]] = {}

    async def take(self, line: Line, url: httpcore.URL) -> Connection:
        """Return a connection to where `url` is, for the caller alone, who gives it back.

        Raises NotPublic and httpcore.UnsupportedProtocol; see `_open`.
        """
        idle = self._idle.get(line, [])
        while idle:
            connection = idle.pop()
            if connection.can_handle_request(url.origin) and not connection.has_expired():
                return connection
            await connection.aclose()
        if line not in self._makers:
            self._makers[line] = self._open(line)
        return self._makers[line].create_connection(url.origin)

    async def give_back(self, line: Line, connection: Connection) -> None:
        """Keep a connection for the next request, or close it if it is good for none."""
        if not connection.is_idle() or said_more(connection):
            await connection.aclose()
            return
        self._idle[line] = [*self._idle.pop(line, []), connection]  # now the youngest
        if len(self._idle) > LINES_A_HOST * self._manners.hosts:
            for old in self._idle.pop(next(iter(self._idle))):
                await old.aclose()

    async def aclose(self) -> None:
        """Close all idle connections."""
        while self._idle:
            for connection in self._idle.popitem()[1]:
                await connection.aclose()
        await asyncio.sleep(0)  # in its next round, the loop closes the sockets

    def _open(self, line: Line) -> httpcore.AsyncConnectionPool:
        """Return what makes the connections of a line.

        A proxy that the environment names is used. It, not we, then resolves names, so only hosts
        that are themselves addresses can be checked. Raises NotPublic for such a host, and
        httpcore.UnsupportedProtocol for a proxy that is not http or https.
        """
        proxy = proxy_for(line)
        if proxy is not None and not self._manners.private_addresses:
            check_literal(line.host)
        if line.scheme == "https" and line.tls not in self._contexts:
            self._contexts[line.tls] = tls_context(line.tls)
        guarded = GuardedBackend(ip=line.ip, private=self._manners.private_addresses)
        return httpcore.AsyncConnectionPool(
            ssl_context=self._contexts.get(line.tls),
            proxy=proxy,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=None if proxy else guarded,
        )


class Transport(httpx.AsyncBaseTransport):
    """Carries the requests of httpx over our lines; the errors stay those of httpcore.

    Each request names its line as the extension ``line``.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body of the answer is read later, from its stream."""
        line: Line = request.extensions["line"]
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        connection = await self._lines.take(line, url)
        end = partial(self._lines.give_back, line, connection)
        try:
            answer = await connection.handle_async_request(
                httpcore.Request(
                    request.method,
                    url,
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except BaseException:
            await end()
            raise
        return _Answer(
            answer.status,
            headers=answer.headers,
            stream=_Stream(answer, end),
            extensions={STREAM: answer.extensions[STREAM]},
        )

    async def aclose(self) -> None:
        """Close all idle connections."""
        await self._lines.aclose()


class _Answer(httpx.Response):
    @property
    def has_redirect_location(self) -> bool:
        """False, so that httpx does not read a Location that may be anything: that is our part."""
        return False


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, end: Callable[[], Awaitable[None]]) -> None:
        self._answer = answer
        self._end = end

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        try:
            await self._answer.aclose()
        finally:
            await self._end()


def open_client(manners: Manners) -> httpx.AsyncClient:
    """Return the client of httpx: no cookies, no redirects, nothing read from netrc."""
    return httpx.AsyncClient(
        transport=Transport(Lines(manners)),
        headers=introduce(manners.contact),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        # Wire has one deadline for the whole request; this one is for connecting and for the
        # handshake: through a proxy, httpcore closes what took too long, and forgets what was
        # cancelled
        timeout=httpx.Timeout(None, connect=manners.timeout / 2),
        trust_env=False,
    )


def introduce(contact: str) -> dict[str, str]:
    """Say who asks, and how to reach them; what a header cannot hold is percent-encoded.

    >>> introduce("mailto:archive@example.org")["From"]
    'archive@example.org'
    """
    contact = quote(contact, safe=punctuation)
    headers = {
        "User-Agent": f"replyarc/{__version__} (+{contact})",
        "Accept-Encoding": "gzip, deflate",
    }
    if contact.startswith("mailto:"):
        headers["From"] = contact.removeprefix("mailto:")
    return headers


def proxy_for(line: Line) -> httpcore.Proxy | None:
    """Return the proxy that the environment names for this line, if any."""
    proxies = getproxies()
    address = proxies.get(line.scheme) or proxies.get("all")
    if not address or proxy_bypass(line.host):
        return None
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
    except (ValueError, httpx.InvalidURL):  # whose messages may show a password
        raise httpcore.UnsupportedProtocol(f"{line.scheme}_proxy is no proxy's address") from None
    if proxy.url.scheme not in ("http", "https"):
        raise httpcore.UnsupportedProtocol(
            f"{line.scheme}_proxy names a {proxy.url.scheme} proxy; only http and https will do"
        )
    return httpcore.Proxy(str(proxy.url), auth=proxy.raw_auth)


def tls_context(tls: str | None) -> ssl.SSLContext:
    """Return what a handshake promises: certificates checked, TLS 1.2 or newer.

    ``legacy`` takes short keys and old renegotiation, which old servers need; ``unverified``
    checks no certificate.
    """
    context = httpx.create_ssl_context(verify=tls != UNVERIFIED, trust_env=False)
    if tls == LEGACY:
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)  # named from 3.12 on
    return context


def safety_of(stream: httpcore.AsyncNetworkStream, line: Line) -> str | None:
    """Return the protocol and cipher of a connection, and its mark where it is weaker than usual.

    ``None`` for http. Of what the handshake agreed on, nothing changes while the connection lasts.
    """
    tls = stream.get_extra_info("ssl_object") if line.scheme == "https" else None
    if tls is None:
        return None
    cipher = tls.cipher()
    return " ".join(filter(None, (tls.version(), cipher and cipher[0], line.tls)))


def peer_of(stream: httpcore.AsyncNetworkStream) -> str | None:
    """Return the IP address that a connection leads to; ``None`` through a proxy, who knows it."""
    return stream.peer if isinstance(stream, Stream) else None


def broke_handshake(error: httpcore.ConnectError) -> bool:
    """Tell whether a connection failed in its TLS handshake, and not before.

    A server that hangs up in the handshake leaves no ssl.SSLError, but no other OSError either.
    """
    cause = _cause(error)
    return isinstance(cause, ssl.SSLError) or not isinstance(cause, OSError)


def has_invalid_certificate(error: httpcore.ConnectError) -> bool:
    """Tell whether a handshake failed because of the certificate."""
    return isinstance(_cause(error), ssl.SSLCertVerificationError)


def mend_handshake(error: httpcore.ConnectError, source: str, tls: str | None = None) -> str:
    """Say what went wrong in a handshake, and which key of the configuration would help.

    ``tls`` is what the source is set to: what was set did not help.
    """
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return of_certificate(cause.verify_code, cause.verify_message, source)
    return of_handshake(getattr(cause, "reason", None) or "", repr(cause), source, tls)


def _cause(error: httpcore.ConnectError) -> object:
    """Return what httpcore wrapped: it keeps it as the argument and drops it as the cause."""
    return error.args[0] if error.args else None
