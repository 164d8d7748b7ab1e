"""The terms on which one source is fetched: read off its configuration once. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Self

import httpx

from replyarc.errors import FetchError
from replyarc.manners import Manners, Window
from replyarc.model import Source

_HOST: Final = re.compile(rb"[a-z0-9_.-]{1,255}|[0-9a-f:.]{2,45}", re.IGNORECASE)
"""A name, or an IPv6 address without a zone: httpx lets more through, which others read otherwise.

In ``http://127.0.0.1\\.gov.cn/`` a browser sees another host than httpx does.
"""

_USER: Final = re.compile(r"//.*@", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """``delay`` is in seconds; ``hosts`` are the source's own, ``allowed`` those it names.

    ``window`` are the hours in which it may be asked, whatever the host.
    """

    source: str
    delay: float
    tls: str | None
    ip: str | None
    hosts: tuple[str, ...]
    allowed: tuple[str, ...]
    window: Window | None = None

    @classmethod
    def of(cls, source: Source, manners: Manners) -> Self:
        """Read the terms of a source; an address of it that is none fails when it is asked for."""
        return cls(
            source=source.name,
            delay=manners.delay if source.delay is None else source.delay,
            tls=source.tls,
            ip=source.ip,
            hosts=_hosts(source.urls),
            allowed=_hosts(f"http://{host}" for host in source.allow_hosts),
            window=source.window,
        )

    def admit(self, url: str, *, anywhere: bool = False) -> httpx.URL:
        """Return the address parsed, if it is one that this source may ask for.

        ``anywhere``: on any host, as where a robots.txt is moved to. Raises FetchError for another
        scheme than http and https, for a user name in the address, for a host that is spelled as
        no host is, and for one that is neither the source's, nor under gov.cn, nor in allow_hosts.
        No message shows a password.
        """
        shown = _USER.sub("//…@", url)
        try:
            parsed = httpx.URL(url)
            host = host_of(parsed)  # read in here: a label that begins with xn-- may be none
        except (httpx.InvalidURL, ValueError) as error:
            why = str(error) if shown == url else "a user name, and no host"
            raise FetchError(shown, f"not an address: {why}") from error
        if parsed.userinfo:
            raise FetchError(shown, "a user name in the address is never sent")
        if (
            parsed.scheme not in ("http", "https")
            or not _HOST.fullmatch(parsed.raw_host)
            or not 0 < (parsed.port or 80) < 65536
        ):
            raise FetchError(shown, "not an http or https address")
        known = anywhere or host in self.hosts
        if not known and not _is_under(host, ("gov.cn", *self.allowed)):
            raise FetchError(
                url,
                f"{host} is no host of this source; if it is meant, add it to allow_hosts of "
                f'source "{self.source}"',
            )
        return parsed


def host_of(url: httpx.URL) -> str:
    """Return the host by which requests are paced: lower case, without the dot at the end.

    >>> host_of(httpx.URL("https://WWW.Example.gov.cn.:8443/a"))
    'www.example.gov.cn'
    """
    return url.host.rstrip(".")


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port, the port only where it is not the scheme's own.

    >>> origin_of(httpx.URL("http://www.example.gov.cn:8080/a?b"))
    'http://www.example.gov.cn:8080'
    """
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _hosts(urls: Iterable[str]) -> tuple[str, ...]:
    hosts = []
    for url in urls:
        with suppress(httpx.InvalidURL, ValueError):
            hosts.append(host_of(httpx.URL(url)))
    return tuple(hosts)


def _is_under(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith("." + domain) for domain in domains)
