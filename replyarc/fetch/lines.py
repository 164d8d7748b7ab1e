"""Lines to hosts: a client of httpx on a connection pool of httpcore, one for each host.

One pool for all would look at every connection for every request. The pool is made here, and not
by httpx, because only so our own backend stands between a name and the address connected to.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
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

LEGACY: Final = "legacy"
UNVERIFIED: Final = "unverified"


class Line(NamedTuple):
    """What connections may be shared by: two requests with the same line use the same ones."""

    scheme: str
    host: str
    tls: str | None
    ip: str | None


class Transport(httpx.AsyncBaseTransport):
    """Hands requests of httpx to a pool of httpcore; the errors stay those of httpcore."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body of the answer is read later, from its stream."""
        url = request.url
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return _Answer(answer.status, headers=answer.headers, stream=_Stream(answer))

    async def aclose(self) -> None:
        """Close every connection of the pool."""
        await self._pool.aclose()


class _Answer(httpx.Response):
    @property
    def has_redirect_location(self) -> bool:
        """False, so that httpx does not read a Location that may be anything: that is our part."""
        return False


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        await self._answer.aclose()


def open_client(line: Line, manners: Manners, context: ssl.SSLContext | None) -> httpx.AsyncClient:
    """Return a client for one line: no cookies, no redirects, nothing read from netrc.

    A proxy that the environment names is used. It, not we, then resolves names, so only hosts
    that are themselves addresses can be checked. Raises NotPublic for such a host, and
    httpcore.UnsupportedProtocol for a proxy that is not http or https.
    """
    proxy = proxy_for(line)
    if proxy is not None and not manners.private_addresses:
        check_literal(line.host)
    guarded = GuardedBackend(ip=line.ip, private=manners.private_addresses)
    pool = httpcore.AsyncConnectionPool(
        ssl_context=context,
        proxy=proxy,
        max_connections=manners.per_host,
        keepalive_expiry=IDLE_SECONDS,
        network_backend=None if proxy else guarded,
    )
    return httpx.AsyncClient(
        transport=Transport(pool),
        headers=introduce(manners.contact),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        # Wire has one deadline for the whole request; this one is for the handshake, which
        # httpcore closes after a timeout of its own, and forgets when it is cancelled
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
