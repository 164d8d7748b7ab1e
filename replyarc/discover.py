"""From a site's home page to its columns of 建议提案 replies, in a dozen requests at the most.

Asked in this order: the home page; the sitemaps that robots.txt names, else ``/sitemap.xml``; the
page 网站地图; and, where none of them names a column, the pages 政府信息公开, 法定主动公开内容 and
the like, two levels down. What is found is a suggestion: no column is itself asked for.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from replyarc.config.values import read_region
from replyarc.errors import FetchError, LeftAlone, Refused, ReplyError
from replyarc.fetch.closed import refusal
from replyarc.listing.naming import Found, column_of, found, found_among, same_site
from replyarc.listing.sitemap import directories_of, maps_of, read_sitemap, sitemaps_of
from replyarc.model import Fetch, Page, Request, RobotsFile, Source
from replyarc.page import page_of
from replyarc.text.chinese import one_line
from replyarc.text.html import absolute, parse

MOST_REQUESTS: Final = 12
"""Pages asked for at the most; robots.txt and redirects are not counted."""

MOST_OF_A_KIND: Final = 3
"""Sitemaps, and pages 网站地图, asked for at the most."""

_REFRESH: Final = re.compile(
    r"<meta\b[^>]{0,80}\brefresh\b[^>]{0,80}\burl\s{0,9}=\s{0,9}['\"]?(?P<meta>[^'\">\s]{1,500})"
    r"|\blocation(?:\.href)?\s{0,9}=\s{0,9}['\"](?P<script>[^'\"\s]{1,500})['\"]",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 40
_FEW_LETTERS: Final = 4_096
"""A page that only leads to the real home page is no longer than this."""

_IS_NO_NAME: Final = re.compile(
    r"^(?:网站)?首页\s?[-_—|]?\s?|^欢迎(?:您|访问|光临|来到){0,3}\s?|\s?[-_—|]?\s?(?:网站)?首页$"
    r"|(?:门户)?网站(?:群)?[!！]?$|\s?[-_—|]\s?$|(?:门户|官)网$|(?<=政府)网$"
)
"""What the name of a site has more than the name of the body whose site it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A column, probably: what leads to it, on which page, and the columns found below it."""

    link: Found
    page: str
    below: tuple[Found, ...] = ()


@dataclass(slots=True, kw_only=True)
class Discovery:
    """What was found: whose site it is as the site says, its columns, and what went wrong.

    ``home`` is the home page's address after redirects. ``region`` is told by the site's
    SiteIDCode. ``asked`` are the addresses asked for, and
    ``blocked`` says why the site turned us away before the end.
    """

    home: str
    publisher: str | None = None
    region: str | None = None
    columns: tuple[Suggestion, ...] = ()
    asked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    blocked: str | None = None


async def discover(
    source: Source,
    fetch: Fetch,
    robots: Mapping[str, RobotsFile],
    watch: Callable[[str], None] = lambda url: None,
) -> Discovery:
    """Look for columns from the first address of ``source`` on; ``robots`` is what ``fetch`` had.

    ``watch`` is told each address before it is asked for. Raises FetchError where the home page
    could not be had; Refused, where the site turns programs away. What goes wrong further on
    becomes a line of the result.
    """
    search = _Search(source, fetch, watch)
    home = await search.home()
    try:
        await search.sitemaps(home, robots)
        await search.maps(home)
        if not search.links:
            await search.directories(home)
    except Refused as error:
        search.said.blocked = str(error)
    except LeftAlone as error:
        search.said.problems.append(f"the search ends here: {error.why}")
    search.said.columns = topmost(search.links)
    return search.said


def topmost(links: Iterable[tuple[Found, str]]) -> tuple[Suggestion, ...]:
    """Gather links by column, each with the page it was found on; what lies below a column is its.

    A link with a column's name is believed before one with a column's address.
    """
    best: dict[str, tuple[Found, str]] = {}
    for link, page in sorted(links, key=lambda each: not each[0].name):
        best.setdefault(column_of(link.url), (link, page))
    tops: dict[str, list[Found]] = {key: [] for key in best if _top(key, best) == key}
    for key, (link, _) in best.items():
        if key not in tops:
            tops[_top(key, best)].append(link)
    return tuple(
        Suggestion(link=best[key][0], page=best[key][1], below=tuple(below))
        for key, below in tops.items()
    )


def _top(key: str, best: Mapping[str, tuple[Found, str]]) -> str:
    """Return the column above all that a column lies below, by its address or in a menu."""
    climbed = {key}
    while True:
        held = next((each for each in best if each != key and key.startswith(each)), "")
        above = held or column_of(best[key][0].above)
        if above not in best or above in climbed:
            return min(climbed) if above in climbed else key
        climbed.add(above)
        key = above


class _Search:
    """One search: what was asked for, and what was found so far."""

    def __init__(self, source: Source, fetch: Fetch, watch: Callable[[str], None]) -> None:
        self.said = Discovery(home=source.urls[0])
        self.links: list[tuple[Found, str]] = []
        self._source = source
        self._fetch = fetch
        self._watch = watch
        self._seen: set[str] = set()

    async def home(self) -> Page:
        """Ask for the home page, and for the one that it may only lead to."""
        page = await self._ask(self._source.urls[0])
        further = _forwarded(page)
        if further and further not in self._seen:
            page = await self._ask(further)
        self._seen.add(page.url)
        self.said.home = page.url
        self.said.publisher, self.said.region = whose(page)
        self._take(page)
        return page

    async def sitemaps(self, home: Page, robots: Mapping[str, RobotsFile]) -> None:
        """Look through the sitemaps that robots.txt names, or else the usual one."""
        origin = (absolute(home.url, "/") or "").rstrip("/")
        named = sitemaps_of(robots[origin].text, origin) if origin in robots else ()
        asked = deque(self._ours(named, home) or (f"{origin}/sitemap.xml",))
        for _ in range(MOST_OF_A_KIND):
            page = await self._try(asked.popleft()) if asked else None
            if page is not None:
                sitemap = read_sitemap(page)
                asked += self._ours(sitemap.sitemaps, home)
                host = urlsplit(home.url).hostname or ""
                self._keep(found_among(sitemap.addresses, host), page)

    async def maps(self, home: Page) -> None:
        """Look through the pages 网站地图."""
        for url in maps_of(home)[:MOST_OF_A_KIND]:
            page = await self._try(url)
            if page is not None:
                self._take(page)

    async def directories(self, home: Page) -> None:
        """Look through 政府信息公开 and what is like it, and one level further, for a column."""
        level = [*directories_of(home)]
        for _ in range(2):
            deeper: list[str] = []
            for url in level:
                page = await self._try(url)
                if page is not None:
                    self._take(page)
                    deeper += directories_of(page)
                if self.links:
                    return
            level = deeper

    def _ours(self, urls: Iterable[str], home: Page) -> tuple[str, ...]:
        host = urlsplit(home.url).hostname or ""
        return tuple(url for url in urls if same_site(urlsplit(url).hostname or "", host))

    def _take(self, page: Page) -> None:
        self._keep(found(page), page)

    def _keep(self, links: Iterable[Found], page: Page) -> None:
        self.links += ((link, page.url) for link in links)

    async def _try(self, url: str) -> Page | None:
        """Ask for a page that may be missing; ``None`` where it is, or where enough was asked."""
        if url in self._seen or len(self.said.asked) >= MOST_REQUESTS:
            return None
        try:
            return await self._ask(url)
        except (Refused, LeftAlone):
            raise
        except FetchError as error:
            if error.status not in (404, 410):
                self.said.problems.append(str(error))
            return None

    async def _ask(self, url: str) -> Page:
        self._seen.add(url)
        self.said.asked.append(url)
        self._watch(url)
        response = await self._fetch(Request(url))
        try:
            page = page_of(response, self._source)
        except ReplyError as error:
            raise FetchError(error.url, f"no {error.missing}") from error
        if said := refusal(response, page.text):
            raise said
        return page


def whose(page: Page) -> tuple[str | None, str | None]:
    """Return whose site a page says that it is (SiteName, else its title), and its region.

    The region is that of a SiteIDCode of ten digits (国办发〔2017〕47号, 网页标签规范); that of a
    ministry begins with ``bm`` and has none.
    """
    tree = parse(page.text)
    said: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        name = (node.attributes.get("name") or "").lower()
        said.setdefault(name, one_line(node.attributes.get("content") or ""))
    title = tree.css_first("title")
    titled = one_line(title.text()) if title else ""
    names = (_named(each) for each in (said.get("sitename", ""), titled))
    publisher = next((name for name in names if 2 <= len(name) <= _LONGEST_NAME), None)
    code = said.get("siteidcode", "")
    try:
        region = read_region(code[:6]) if re.fullmatch("[0-9]{10}", code) else None
    except ValueError:
        region = None
    return publisher, region


def _named(title: str) -> str:
    for _ in range(3):
        title = _IS_NO_NAME.sub("", title[: 2 * _LONGEST_NAME])
    return title


def _forwarded(page: Page) -> str | None:
    """Return where a page leads that is no more than a way to the real home page."""
    way = _REFRESH.search(page.text) if len(page.text) <= _FEW_LETTERS else None
    if way is None or parse(page.text).css_first("a[href]") is not None:
        return None
    return absolute(page.url, way["meta"] or way["script"])
