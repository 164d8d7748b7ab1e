"""A trial of one source: a handful of requests, nothing saved, and what would come of a crawl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from replyarc.errors import Disallowed, FetchError, ListingError, Refused, ReplyError
from replyarc.model import Entry, Fetch, Listing, Request, Response, Source
from replyarc.pages import Pages
from replyarc.report import SAID, Checked
from replyarc.taking import now
from replyarc.whole import read_first

REPLIES: Final = 3
"""How many replies are read for a trial."""

MOST_LISTINGS: Final = 6
"""Listing pages and answers to their scripts that are asked for at the most."""

SHOWN: Final = 5
"""How many entries of the first page are shown."""


async def check(source: Source, fetch: Fetch) -> Checked:
    """Turn two pages of a source's first listing, read three replies, and ask no further."""
    checked = Checked(source=source.name, url=source.urls[0], family=source.family)
    listed: list[Entry] = []
    try:
        try:
            await _look(source, source.urls[0], _bounded(fetch), checked, listed)
        except ListingError as error:  # what was listed before it can be read all the same
            checked.findings.append(str(error))
        for entry in listed[:REPLIES]:
            await _read(source, entry, fetch, checked)
    except (Refused, Disallowed) as error:
        checked.blocked = str(error)
    except FetchError as error:
        checked.problems.append(str(error))
    return checked


def _bounded(fetch: Fetch) -> Fetch:
    """Return what asks for a few pages, and says so when there are more to be asked for."""
    asked = 0

    async def ask(request: Request) -> Response:
        nonlocal asked
        asked += 1
        if asked > MOST_LISTINGS:
            missing = f"second page after {MOST_LISTINGS} requests, the most of a trial"
            raise ListingError(request.url, missing, "A crawl asks further.")
        return await fetch(request)

    return ask


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
        read = read_first(response, entry, source).read
    except (Refused, Disallowed):
        raise
    except (FetchError, ReplyError) as error:
        checked.problems.append(str(error))
        return
    checked.read += 1
    reply = read.reply
    checked.unread_labels.update(read.unread)
    checked.filled.update(name for name in SAID if getattr(reply, name) not in (None, "", ()))


def advice(checked: Checked, source: Source) -> Sequence[str]:
    """Return the lines that a configuration may want, as TOML; none where it needs none."""
    lines = []
    if source.family == "auto" and checked.entries and checked.goes_on is not False:
        lines.append(f'family = "{checked.family}"')
    if checked.unread_labels:
        lines.append("[source.labels]")
        lines += [f'"{label}" = "…"  # a field, if it is one' for label in checked.unread_labels]
    return lines
