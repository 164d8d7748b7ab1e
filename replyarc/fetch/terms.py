"""The terms on which one source is fetched: read off its configuration once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

import httpx

from replyarc.errors import FetchError
from replyarc.manners import Manners
from replyarc.model import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """``delay`` is in seconds; ``hosts`` are the source's own, ``allowed`` those it names."""

    source: str
    delay: float
    tls: str | None
    ip: str | None
    hosts: tuple[str, ...]
    allowed: tuple[str, ...]

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
        )

    def admit(self, url: str) -> httpx.URL:
        """Return the address parsed, if it is one that this source may ask for.

        Raises FetchError for another scheme than http and https, for a user name in the address,
        and for a host that is neither the source's, nor under gov.cn, nor in allow_hosts.
        """
        try:
            parsed = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(url, f"not an address: {error}") from error
        if (
            parsed.scheme not in ("http", "https")
            or not parsed.host
            or not 0 < (parsed.port or 80) < 65536
        ):
            raise FetchError(url, "not an http or https address")
        if parsed.userinfo:
            raise FetchError(
                str(parsed.copy_with(userinfo=b"")), "a user name in the address is never sent"
            )
        host = host_of(parsed)
        if host not in self.hosts and not _is_under(host, ("gov.cn", *self.allowed)):
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
