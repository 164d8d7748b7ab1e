"""A trial of one source: a handful of requests, nothing saved, and what would come of a crawl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin

from replyarc.attached.kinds import READABLE_AS_PAGE, kind_of
from replyarc.errors import (
    Absent,
    Disallowed,
    FetchError,
    Gone,
    LeftAlone,
    ListingError,
    Refused,
    ReplyError,
)
from replyarc.failing import shut_listing
from replyarc.fetch.absent import absence
from replyarc.fetch.advice import version_of
from replyarc.fetch.closed import refusal
from replyarc.model import Entry, Fetch, Listing, Request, Response, Source
from replyarc.page import page_of
from replyarc.pages import Pages
from replyarc.report import Checked, filled
from replyarc.taking import now
from replyarc.whole import read_first

REPLIES: Final = 3
"""How many replies are read for a trial."""

MOST_LISTINGS: Final = 6
"""Listing pages and answers to their scripts, and the home page, that are asked for at the most."""

SHOWN: Final = 5
"""How many entries of the first page are shown."""


class _Asking:
    """Asks for a few pages, and says so when there are more to be asked for.

    ``last`` is what came last, ``asked`` how many pages were asked for.
    """

    def __init__(self, fetch: Fetch) -> None:
        self.last: Response | None = None
        self.asked = 0
        self._fetch = fetch

    async def listing(self, request: Request) -> Response:
        """Ask for a page of a listing; raises ListingError when enough was asked, FetchError."""
        self.asked += 1
        if self.asked > MOST_LISTINGS:
            missing = f"second page after {MOST_LISTINGS} requests, the most of a trial"
            raise ListingError(request.url, missing, "A crawl asks further.")
        self.last = None
        self.last = await self._fetch(request)
        return self.last


async def check(source: Source, fetch: Fetch) -> Checked:
    """Turn two pages of a source's first listing, read three replies, and ask no further.

    Where the listing is refused, the home page is asked for, once: it tells whether the whole site
    is closed, or the section only.
    """
    checked = Checked(source=source.name, url=source.urls[0], family=source.family)
    listed: list[Entry] = []
    asking = _Asking(fetch)
    try:
        try:
            await _look(source, source.urls[0], asking.listing, checked, listed)
        except ListingError as error:  # what was listed before it can be read all the same
            said = shut_listing(asking.last, source)
            checked.blocked = f"{said}{await _home(source, asking)}" if said else None
            checked.findings += [] if said else [str(error)]
        for entry in () if checked.blocked else listed[:REPLIES]:
            await _read(source, entry, fetch, checked)
    except Disallowed as error:
        checked.blocked = str(error)
    except Refused as error:
        home = await _home(source, asking) if error.status and not listed else ""
        checked.blocked = f"{error}{home}"
    except LeftAlone as error:
        checked.problems.append(f"nothing is asked now: {error.why}")
    except FetchError as error:
        home = await _home(source, asking) if isinstance(error, Gone) and not listed else ""
        checked.problems.append(f"{error}{home}")
    return checked


async def _home(source: Source, asking: _Asking) -> str:
    """Say whether the home page of a listing that is refused opens, and so what is closed."""
    url = source.urls[0]
    home = urljoin(url, "/")
    if home == url or asking.asked >= MOST_LISTINGS:
        return ""
    try:
        response = await asking.listing(Request(home))
    except Refused:
        return f". The home page {home} is refused too: the whole site is closed to us"
    except FetchError as error:
        return f". The home page {home} is not to be had either: {error.why}"
    if shut_listing(response, source):
        return f". The home page {home} says so too: it is the whole site"
    version = version_of(response.ip)
    over = f" over IPv{version}" if version else ""
    return (
        f". The home page {home} opens{over}, so only this section is closed, or moved: often a "
        "fence around a country; see it in a browser, or `replyarc discover` the site"
    )


async def _look(
    source: Source, url: str, fetch: Fetch, checked: Checked, listed: list[Entry]
) -> None:
    """Turn to the second page with entries; where there are only columns, into the first one."""
    pages = Pages(source, url, fetch, now())
    turned = 0
    while turned < 2 and (listing := await pages.turn()) is not None:
        _note(checked, listing, pages)
        listed += [entry for entry in listing.entries if not entry.left_out]
        turned += bool(listing.entries)
        if turned == 1 and not checked.listed:
            checked.listed = len(listing.entries)
            checked.entries = listed[:SHOWN]
            checked.goes_on = False if listing.next else None
    checked.goes_on = True if turned == 2 else checked.goes_on
    checked.family = pages.family
    if not listed and checked.columns and url == source.urls[0]:
        await _look(source, checked.columns[0], fetch, checked, listed)


def _note(checked: Checked, listing: Listing, pages: Pages) -> None:
    checked.family = pages.family
    checked.pages = listing.pages or checked.pages
    checked.announced = checked.announced if listing.announced is None else listing.announced
    checked.columns += listing.columns
    checked.left_out.update(listing.left_out)
    checked.left_out.update(entry.left_out for entry in listing.entries if entry.left_out)


async def _read(source: Source, entry: Entry, fetch: Fetch, checked: Checked) -> None:
    try:
        response = await fetch(Request(entry.url))
        _recognise(source, entry, response)
        read = read_first(response, entry, source).read
    except (Refused, Disallowed, LeftAlone):
        raise
    except (FetchError, ReplyError) as error:
        checked.problems.append(str(error))
        return
    checked.read += 1
    checked.unread_labels.update(read.unread)
    checked.filled.update(filled(read.reply))


def _recognise(source: Source, entry: Entry, response: Response) -> None:
    """Make sure that what came is the page that was asked for; raises Absent, Refused."""
    if kind_of(response.body) not in READABLE_AS_PAGE:
        return
    text = page_of(response, source).text
    if said := refusal(response, text, entry.title):
        raise said
    came = absence(entry.url, response.url, text, entry.title, source.urls)
    if came is not None:
        raise Absent(entry.url, f"another page came in its place: {came}", status=200)


def advice(checked: Checked, source: Source) -> Sequence[str]:
    """Return the lines that a configuration may want, as TOML; none where it needs none."""
    lines = []
    if source.family == "auto" and checked.entries and checked.goes_on is not False:
        lines.append(f'family = "{checked.family}"')
    if checked.unread_labels:
        lines.append("[source.labels]")
        lines += [f'"{label}" = "…"  # a field, if it is one' for label in checked.unread_labels]
    return lines
