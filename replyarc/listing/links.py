"""What HTML families share: the links of a listing page, with their titles and days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from datetime import date
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from replyarc.errors import ListingError
from replyarc.listing.belonging import column_numbers
from replyarc.listing.gates import shut, shut_beside
from replyarc.listing.hosts import NO_ADDRESS, OTHER_HOST, hosts_of, reason_of
from replyarc.listing.lists import Link, main_list
from replyarc.listing.notices import is_notice
from replyarc.listing.rows import Rows
from replyarc.listing.tables import Numbers, Tables
from replyarc.listing.titles import read_title
from replyarc.model import Entry, Page, Source
from replyarc.text.html import absolute, parse

NAVIGATION, NOTICE, REPEATED, TWIN = "navigation", "notice", "repeated", "twin"
"""Why a link is no entry, or one that is not asked for, beside what hosts.py knows."""

MOST_LINKS: Final = 20_000
"""Links that a listing page can have."""

_LINK: Final = re.compile(r"<a\s", re.IGNORECASE)
_SHORTEST_TITLE: Final = 5
_TWIN: Final = re.compile(
    r"(?<=/)m(?=post_)|_(?:wap|app|slh)(?=\.)|(?<=/)slh/|(?<=//)(?:wap|m|3g)\.(?=[^/]+\.[^/]+/)"
)
"""What the address of a page for telephones or for the elderly has more than the page's own."""
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


def entries(page: Page, source: Source) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Return the rows of a listing page, and how many of its links are none, by reason.

    A row that is not asked for (``Entry.left_out``) is returned too.

    ``options.entry`` selects the links, or what holds each of them. Without it they are those of
    the list that looks most like one of articles. The addresses that are linked to elsewhere on
    the page are counted as navigation.

    Raises ListingError where there is no entry, or more links than a listing page can have, and
    where the page says that it is a login, an error or the like (see gates.py).
    """
    selector = source.options.get("entry")
    check_size(page)
    tree = parse(page.text)
    if alarm := shut(page, tree, source):
        raise alarm
    anchors = tree.css("a[href]")
    base = base_of(tree, page)
    addresses = {href: absolute(base, href) or "" for href in map(href_of, anchors)}
    nodes = select(tree, "entry", page, source) if selector else anchors
    links = _links(nodes, addresses, page, source)
    numbers = column_numbers(page, source)
    listed = links if selector else main_list(links, (page.url, *source.urls), numbers)
    found, left_out = _sorted_out(listed)
    if alarm := shut_beside(found, page, tree, source):
        raise alarm
    if all(entry.left_out == OTHER_HOST for entry in found):
        left_out |= {OTHER_HOST: len(found)} if found else {}
        where = f"under {selector!r}" if selector else "in a list with days or articles' addresses"
        counts = "".join(f"; {reason}: {count}" for reason, count in left_out.items())
        raise ListingError(page.url, f"entry {where}{counts}", _mend(source))
    others = {*addresses.values()} - {"", *(link.url for link in listed)}
    return found, dict(left_out + _elsewhere(others, {entry.url for entry in found}))


def check_size(page: Page) -> None:
    """Raise ListingError for a page with more links than a listing page can have."""
    count = len(_LINK.findall(page.text))
    if count > MOST_LINKS:
        missing = f"listing to read: {count} are more links than a listing page can have"
        raise ListingError(page.url, missing, "Open it in a browser: is it a listing page?")


def href_of(link: LexborNode) -> str:
    """Return what a link has for an address, as it stands in the page."""
    return link.attributes.get("href") or ""


def _elsewhere(urls: Iterable[str], listed: Set[str]) -> Counter[str]:
    """Count addresses that are not in the listing, other forms of its entries by themselves."""
    return Counter(TWIN if _is_twin(url, listed) else NAVIGATION for url in urls)


def _is_twin(url: str, known: Container[str]) -> bool:
    """Tell whether an address is that of another form of a page that is known.

    >>> known = ["http://www.gov.test/a/t20240102_1.html"]
    >>> _is_twin("http://wap.gov.test/a/t20240102_1_slh.html", known)
    True
    """
    own = _TWIN.sub("", url)
    return own != url and (own in known or own.replace("//", "//www.", 1) in known)


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


def _links(
    nodes: Sequence[LexborNode], addresses: Mapping[str, str], page: Page, source: Source
) -> list[Link]:
    """Read the links that may be entries: those with a title to speak of, or that are selected."""
    hosts, own = hosts_of(page, source), {page.url, *source.urls}
    shortest = 1 if "entry" in source.options else _SHORTEST_TITLE
    found: list[tuple[LexborNode, str, str, date | None]] = []
    for node in nodes:
        url = addresses.get(href_of(node), "")
        title, day = read_title(node)
        if len(title) >= shortest and url not in own:
            found.append((node, url, title, day))
    rows = Rows([(node, url or f"#{node.mem_id}") for node, url, _, _ in found])
    links: list[Link] = []
    for node, url, title, inner in found:
        row = rows.row(node)
        reason = reason_of(url, hosts)
        links.append(Link(url, title, row.day or inner, row.place, reason, row.node))
    return links


def _sorted_out(links: Iterable[Link]) -> tuple[tuple[Entry, ...], Counter[str]]:
    """Make entries of links; count those that cannot be one, and those that say nothing new."""
    found: dict[str, Entry] = {}
    left_out: Counter[str] = Counter()
    tables = Tables()
    for link in links:
        if link.reason == NO_ADDRESS:
            left_out[NO_ADDRESS] += 1
        elif known := found.get(link.url):
            left_out[REPEATED] += 1
            if _CHINESE.search(link.title) and not _CHINESE.search(known.title):
                found[link.url] = _entry(link, tables)  # the first was a link of an index number
        else:
            found[link.url] = _entry(link, tables)
    for url in [url for url in found if _is_twin(url, found)]:
        del found[url]
        left_out[TWIN] += 1
    return tuple(found.values()), left_out


def _entry(link: Link, tables: Tables) -> Entry:
    said = tables.numbers(link.row) if link.row else Numbers()
    return Entry(
        link.url,
        link.title,
        said.published_on or link.day,
        said.index_number,
        said.document_number,
        link.reason or (NOTICE if is_notice(link.title) else None),
    )
