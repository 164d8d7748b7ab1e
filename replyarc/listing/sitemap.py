"""What a site says of its own addresses: sitemap.xml, robots.txt, the page 网站地图, the 公开目录.

A sitemap is not read as XML but its ``<loc>`` are looked for: so no entity is expanded, and a
file that is cut or not well-formed still says what it says (sitemaps.org, protocol 0.9).
"""

from __future__ import annotations

import html
import re
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from replyarc.listing.naming import links_of, same_site
from replyarc.model import Page
from replyarc.text.chinese import narrow, squeeze
from replyarc.text.html import absolute

MOST_ADDRESSES: Final = 50_000
"""What one sitemap may hold, by its protocol."""

MOST_SITEMAPS: Final = 50

_INDEX: Final = re.compile(r"<(?:\w{1,20}:)?sitemapindex\b")
_LOC: Final = re.compile(
    r"<(?:\w{1,20}:)?loc>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}([^<>\[\]\s]{1,2000})"
)
_HEAD: Final = 4_096
_ROBOTS_LINE: Final = re.compile(
    r"^[ \t]{0,9}sitemap[ \t]{0,9}:[ \t]{0,9}(\S{1,2000})", re.IGNORECASE | re.MULTILINE
)
_MAP: Final = re.compile(r"(?:网站|站点|本站|导航)(?:地图|导航)|sitemap", re.IGNORECASE)
# The likeliest first: which pages of a site print a menu of its columns.
_DIRECTORIES: Final = (
    re.compile(
        "(?:法定)?主动公开(?:内容|目录|信息)?|其[他它](?:法定|主动公开|法定主动公开)(?:信息|内容)"
    ),
    re.compile("(?:政府|政务)?信息公开(?:目录|栏目|内容)"),
    re.compile("政府信息公开(?:专栏|平台|网)?|信息公开(?:专栏|平台)?"),
    re.compile("政务公开(?:专栏|平台)?|重点领域(?:信息)?(?:公开)?(?:专栏)?"),
)


class Sitemap(NamedTuple):
    """What a sitemap names: pages, or further sitemaps."""

    addresses: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(page: Page) -> Sitemap:
    """Return what a sitemap.xml names, at most 50,000; nothing where the page is none.

    >>> read_sitemap(Page("http://www.gov.test/sitemap.xml", "<urlset><url><loc>/jyta/</loc>"))
    Sitemap(addresses=('http://www.gov.test/jyta/',), sitemaps=())
    """
    named = (html.unescape(each[1]) for each in _LOC.finditer(page.text))
    urls = (absolute(page.url, each) for each in islice(named, MOST_ADDRESSES))
    addresses = tuple(dict.fromkeys(filter(None, urls)))
    if _INDEX.search(page.text[:_HEAD]):
        return Sitemap(sitemaps=addresses[:MOST_SITEMAPS])
    return Sitemap(addresses)


def sitemaps_of(robots: str, origin: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names (RFC 9309, 2.2.4).

    >>> sitemaps_of("User-agent: *\\nSitemap: /map.xml", "http://www.gov.test")
    ('http://www.gov.test/map.xml',)
    """
    named = islice(_ROBOTS_LINE.finditer(robots), MOST_SITEMAPS)
    return tuple(dict.fromkeys(filter(None, (absolute(origin + "/", each[1]) for each in named))))


def maps_of(page: Page) -> tuple[str, ...]:
    """Return the pages of the same host that a page calls 网站地图."""
    return _called(page, (_MAP,), other_hosts=False)


def directories_of(page: Page) -> tuple[str, ...]:
    """Return the pages of the same site that a page calls 政府信息公开, 法定主动公开内容 …

    The likeliest to name a column of replies come first.
    """
    return _called(page, _DIRECTORIES, other_hosts=True)


def _called(
    page: Page, kinds: tuple[re.Pattern[str], ...], *, other_hosts: bool
) -> tuple[str, ...]:
    home = urlsplit(page.url).hostname or ""
    ranked: dict[str, int] = {}
    for _, url, names in links_of(page):
        host = urlsplit(url).hostname or ""
        if host != home and not (other_hosts and same_site(host, home)):
            continue
        called = [narrow(squeeze(name[:60])) for name in names]
        fits = (at for at, kind in enumerate(kinds) if any(map(kind.fullmatch, called)))
        rank = next(fits, None)
        if rank is not None and url != page.url:
            ranked[url] = min(rank, ranked.get(url, rank))
    return tuple(sorted(ranked, key=ranked.__getitem__))
