"""What HTML families share: the links of a listing page, with their titles and days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from replyarc.errors import ListingError
from replyarc.listing.lists import Link, main_list
from replyarc.listing.notices import is_notice
from replyarc.listing.rows import Rows
from replyarc.listing.titles import read_title
from replyarc.model import Entry, Page, Source
from replyarc.text.html import absolute, parse

NO_ADDRESS, OTHER_HOST = "no address", "other host"
"""Why a link can be no entry."""

_SHORTEST_TITLE: Final = 5
_TWIN: Final = re.compile(r"(?<=/)m(?=post_)|_(?:wap|app|slh)(?=\.)|(?<=/)slh/")
"""What the address of a page for telephones or for the elderly has more than the page's own."""


def entries(page: Page, source: Source) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Return the rows of a listing page, and how many of its links are none, by reason.

    A row that is not asked for (``Entry.left_out``) is returned too.

    ``options.entry`` selects the links, or what holds each of them. Without it they are those of
    the list that looks most like one of articles, and links elsewhere on the page are not counted.

    Raises ListingError where there is no entry.
    """
    selector = source.options.get("entry")
    links = _links(page, source, selector)
    listed = links if selector else main_list(links, (page.url, *source.urls))
    found, left_out = _sorted_out(listed)
    if all(entry.left_out == OTHER_HOST for entry in found):
        left_out |= {OTHER_HOST: len(found)} if found else {}
        where = f"under {selector!r}" if selector else "in a list with days or articles' addresses"
        others = "".join(f"; {reason}: {count}" for reason, count in left_out.items())
        raise ListingError(page.url, f"entry {where}{others}", _mend(source))
    return found, left_out


def base_of(tree: LexborHTMLParser, page: Page) -> str:
    """Return the address that the links of a page are relative to: its own or its ``<base>``."""
    node = tree.css_first("base[href]")
    return (absolute(page.url, node.attributes["href"] or "") if node else None) or page.url


def select(tree: LexborHTMLParser, option: str, page: Page, source: Source) -> list[LexborNode]:
    """Return the links that an option selects, or the first link in each thing it selects.

    Raises ListingError where it is no CSS selector.
    """
    selector = source.options[option]
    try:
        nodes = tree.css(selector)
    except SelectolaxError as error:
        missing = f"{option}: {selector!r} is no CSS selector"
        mend = f'Mend options.{option} of source "{source.name}".'
        raise ListingError(page.url, missing, mend) from error
    links = (node if node.tag == "a" else node.css_first("a[href]") for node in nodes)
    return [link for link in links if link]


def _mend(source: Source) -> str:
    return f'Set options.entry of source "{source.name}" to what selects its links.'


def _links(page: Page, source: Source, selector: str | None) -> list[Link]:
    """Read the links that may be entries; without a selector, those with a title to speak of."""
    tree = parse(page.text)
    base, hosts, own = base_of(tree, page), _hosts(page, source), {page.url, *source.urls}
    nodes = select(tree, "entry", page, source) if selector else tree.css("a[href]")
    found: list[tuple[LexborNode, str, str, date | None]] = []
    for node in nodes:
        url = absolute(base, node.attributes.get("href") or "") or ""
        title, day = read_title(node)
        if len(title) >= (1 if selector else _SHORTEST_TITLE) and url not in own:
            found.append((node, url, title, day))
    rows = Rows([(node, url or f"#{node.mem_id}") for node, url, _, _ in found])
    links: list[Link] = []
    for node, url, title, inner in found:
        place, day = rows.place(node)
        links.append(Link(url, title, day or inner, place, _reason(url, hosts)))
    return links


def _hosts(page: Page, source: Source) -> frozenset[str]:
    own = (urlsplit(url).hostname or "" for url in (page.url, *source.urls))
    return frozenset((*own, *source.allow_hosts))


def _reason(url: str, hosts: frozenset[str]) -> str:
    if not url:
        return NO_ADDRESS
    host = urlsplit(url).hostname or ""
    return "" if host in hosts or host.endswith(".gov.cn") else OTHER_HOST


def _sorted_out(links: Iterable[Link]) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Make entries of links; count those that cannot be one, and those that say nothing new."""
    found: dict[str, Entry] = {}
    left_out: Counter[str] = Counter()
    for link in links:
        if link.reason == NO_ADDRESS or link.url in found:
            left_out[link.reason if not link.url else "repeated"] += 1
        else:
            reason = link.reason or ("notice" if is_notice(link.title) else None)
            found[link.url] = Entry(link.url, link.title, link.day, left_out=reason)
    twins = [url for url in found if _TWIN.sub("", url) != url and _TWIN.sub("", url) in found]
    for url in twins:
        del found[url]
        left_out["twin"] += 1
    return tuple(found.values()), dict(left_out)
