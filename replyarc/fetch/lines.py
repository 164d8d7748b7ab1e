"""Lines to hosts: what connects, what is kept connected, and what a handshake promises.

Connections are those of httpcore, on which httpx stands: only here can our own backend come between
a name and the address connected to, and a client of httpx does as much work again for things that
are not wanted here (cookies, redirects, decoding).
"""

from __future__ import annotations

import asyncio
import ssl
from string import punctuation
from typing import Final, NamedTuple
from urllib.parse import quote
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from replyarc import __version__
from replyarc.fetch.guard import GuardedBackend, check_literal
from replyarc.model import Manners

IDLE_SECONDS: Final = 15.0
"""How long a connection may lie idle; most servers hang up after 5 to 75 seconds."""

LINES_A_HOST: Final = 4
"""Lines kept connected for each host asked at a time; some systems give 256 sockets in all."""

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
        if not connection.is_idle():
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


def introduce(contact: str) -> list[tuple[bytes, bytes]]:
    """Return the headers of every request: who asks, and how to reach them.

    What a header cannot hold is percent-encoded.

    >>> introduce("mailto:archive@example.org")[-1]
    (b'From', b'archive@example.org')
    """
    contact = quote(contact, safe=punctuation)
    headers = [
        (b"Accept", b"*/*"),
        (b"Accept-Encoding", b"gzip, deflate"),
        (b"Connection", b"keep-alive"),
        (b"User-Agent", f"replyarc/{__version__} (+{contact})".encode("ascii")),
    ]
    if contact.startswith("mailto:"):
        headers.append((b"From", contact.removeprefix("mailto:").encode("ascii")))
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


def broke_handshake(error: httpcore.ConnectError) -> bool:
    """Tell whether a connection failed in its TLS handshake, and not before.

    A server that hangs up in the handshake leaves no ssl.SSLError, but no other OSError either.
    """
    cause = _cause(error)
    return isinstance(cause, ssl.SSLError) or not isinstance(cause, OSError)


def has_invalid_certificate(error: httpcore.ConnectError) -> bool:
    """Tell whether a handshake failed because of the certificate."""
    return isinstance(_cause(error), ssl.SSLCertVerificationError)


def mend_handshake(error: httpcore.ConnectError, source: str) -> str:
    """Say what went wrong in a handshake, and which key of the configuration would help."""
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        what, tls = f"its certificate is not valid ({cause.verify_message})", UNVERIFIED
    else:
        what, tls = f"no TLS handshake ({cause!r})", LEGACY
    return f'{what}; if the site is to be had all the same, set tls = "{tls}" of source "{source}"'


def _cause(error: httpcore.ConnectError) -> object:
    """Return what httpcore wrapped: it keeps it as the argument and drops it as the cause."""
    return error.args[0] if error.args else None
