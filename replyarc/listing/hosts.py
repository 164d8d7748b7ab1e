"""Which hosts the entries of a listing may lie on."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from replyarc.model import Page, Source

NO_ADDRESS, OTHER_HOST = "no address", "other host"
"""Why a link can be no entry."""

_GOVERNMENT: Final = ".gov.cn"


def hosts_of(page: Page, source: Source) -> frozenset[str]:
    """Return the hosts that a source may lead to: its own, and those that it is set to allow."""
    own = (urlsplit(url).hostname or "" for url in (page.url, page.column, *source.urls))
    return frozenset((*own, *source.allow_hosts))


def reason_of(url: str, hosts: frozenset[str]) -> str:
    """Say why an address can be no entry; ``""`` where it can: on these hosts or the government's.

    >>> reason_of("", frozenset()), reason_of("http://www.ads.test/1.html", frozenset())
    ('no address', 'other host')
    >>> reason_of("http://www.gov.test/1.html", frozenset(["www.gov.test"]))
    ''
    """
    if not url:
        return NO_ADDRESS
    host = urlsplit(url).hostname or ""
    return "" if host in hosts or host.endswith(_GOVERNMENT) else OTHER_HOST
