"""Public addresses only: the check stands between resolving a name and connecting to it."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

import httpcore

from replyarc.fetch.stream import Stream

FAMILIES: Final = {
    None: socket.AF_UNSPEC,
    "4": socket.AF_INET,
    "6": socket.AF_INET6,
}

NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in its last 32 bits."""

NOT_PUBLIC: Final = (
    # what `ipaddress` takes for public, or took before 3.13
    ipaddress.IPv4Network("192.0.0.0/24"),  # RFC 6890; the metadata service of Oracle
    ipaddress.IPv4Network("168.63.129.16/32"),  # what Azure serves its own machines
)

SECONDS_EACH: Final = 10.0
"""For one address of several: a broken IPv6 must not use up the time of the whole request."""


class NotPublic(Exception):
    """A host is, or resolves to, an address that is not public; the message says which."""

    def __init__(self, host: str, address: str) -> None:
        said = host if host == address else f"{host} resolves to {address}, which"
        super().__init__(
            f"{said} is no public address; set crawl.private_addresses = true if it is meant"
        )


def is_public(address: str) -> bool:
    """Tell whether an IP address may be connected to.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is what is judged.

    >>> is_public("203.119.80.1"), is_public("64:ff9b::cb77:5001")
    (True, True)
    >>> is_public("169.254.169.254"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1")
    (False, False, False)
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            within = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = within or ip
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return not any(ip in network for network in NOT_PUBLIC)


def check_literal(host: str) -> None:
    """Raise NotPublic if `host` is itself a private address, however spelled, or localhost.

    >>> check_literal("www.example.gov.cn")
    >>> check_literal("0x7f.1")
    Traceback (most recent call last):
    ...
    replyarc.fetch.guard.NotPublic: 0x7f.1 resolves to 127.0.0.1, which is no public address; \
set crawl.private_addresses = true if it is meant
    """
    address = "127.0.0.1" if f".{host}".endswith(".localhost") else host
    with suppress(OSError):
        address = socket.inet_ntoa(socket.inet_aton(address))  # decimal, octal, hex, short
    try:
        refused = not is_public(address)
    except ValueError:
        return  # a name
    if refused:
        raise NotPublic(host, address)


def unresolved(host: str, error: OSError | UnicodeError, ip: str | None) -> str:
    """Say why a name has no address, and what can be done.

    >>> unresolved("a.test", socket.gaierror(socket.EAI_NONAME, "unknown"), None)
    'a.test cannot be resolved: there is no such name. See whether the site moved, then set url'
    """
    code = error.errno if isinstance(error, socket.gaierror) else None
    if ip is not None and code in _NO_SUCH_ADDRESS:
        other = "46".replace(ip, "")
        why = f'it has no IPv{ip} address. Set ip = "{other}" of its source, or leave ip out'
    elif code == socket.EAI_AGAIN:
        why = "the name service gives no answer for now. Is this machine connected?"
    elif code in _NO_SUCH_NAME:
        why = "there is no such name. See whether the site moved, then set url"
    else:
        why = str(error)
    return f"{host} cannot be resolved: {why}"


_NO_SUCH_NAME: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)}) - {None}
_NO_SUCH_ADDRESS: Final = (
    frozenset({getattr(socket, "EAI_NODATA", None), getattr(socket, "EAI_ADDRFAMILY", None)})
    - {None}
)  # fmt: skip
"""The name is known, and has addresses of the other version only."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name, checks every address, and connects to one of those it checked.

    ``ip`` is "4" or "6" for addresses of one version only. ``private``: let all pass.
    """

    def __init__(self, *, ip: str | None, private: bool) -> None:
        self._ip = ip
        self._family = FAMILIES[ip]
        self._private = private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers; raises NotPublic, or errors of httpcore."""
        *first, last = await self._resolve(host, port)
        for address in first:
            try:
                return await Stream.connect(address, port, SECONDS_EACH)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await Stream.connect(last, port, timeout)

    async def _resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of `host`, at least one, all of them checked."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, family=self._family, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(OSError(unresolved(host, error, self._ip))) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if not self._private and not is_public(address):
                raise NotPublic(host, address)
        return addresses
