"""The walk of one source: where fetching, listing, reading and keeping meet.

``Walk`` is handed `fetch`, the one seam to the network. Its promises rest on the order of a few
lines: an entry is written down before it is asked for, the bytes are kept before they are read,
and an early stop trusts only what a walk that came to its end has seen. So a walk that was killed
anywhere is gone on with by the next one, and leaves no gap behind it. The pages of a listing are
turned one after the other before its entries are asked for, so that it has little time to shift.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from replyarc.archive import due, listings, missing, redacted
from replyarc.archive.files import AskedAgain
from replyarc.archive.frontier import ListedEntry
from replyarc.archive.store import Archive
from replyarc.asking import Asking
from replyarc.ending import end
from replyarc.errors import FetchError, Gone, ListingError
from replyarc.failing import note_failure
from replyarc.model import Entry, Fetch, Listing, Outcome, Request, Response, Source
from replyarc.pages import Pages
from replyarc.report import Report, Walked
from replyarc.resuming import Resuming
from replyarc.taking import Taking, now
from replyarc.turning import LOOK_BACK, FirstListed, Turning

DEEPEST: Final = 2
"""How many levels of columns below a configured one are walked."""

FEW: Final = 10
"""Pages that tell whether a site, of which too many were missing, is well again."""

Watch = Callable[[Report, str], None]
"""Told of every step: the walk's report so far, and what is being done, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a crawl is to do.

    ``full``: walk every listing to its end and ask again for every reply known. ``limit``: replies
    asked for at the most in each source. ``since``: only for replies that their listing dates on
    that day or later; listings are turned no further back. ``dry_run``: ask for listings only and
    write nothing. ``recheck``: after how long a reply is asked for again. ``hosts``,
    ``per_host``: how many hosts, and how many connections to one of them, at the same time.
    """

    full: bool = False
    limit: int | None = None
    since: date | None = None
    dry_run: bool = False
    recheck: timedelta = timedelta(days=90)
    hosts: int = 16
    per_host: int = 1

    def is_too_old(self, entry: Entry) -> bool:
        """Tell whether an entry was listed before the day from which on they are asked for."""
        return bool(self.since and entry.listed_on and entry.listed_on < self.since)


async def together(jobs: Iterable[Awaitable[None]]) -> None:
    """Await all jobs; the first that fails cancels the others and is raised as it is."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Walk:
    """One walk of one source; ``report`` tells how far it came, at any moment."""

    def __init__(
        self, source: Source, fetch: Fetch, archive: Archive | None, plan: Plan, watch: Watch
    ) -> None:
        self.source = source
        self.report = Report(source=source.name, family=source.family)
        self._fetch = fetch
        self._archive = archive
        self._plan = plan
        self._watch = watch
        self._asked: set[str] = set()
        self._asking: Asking | None = None
        self._resuming: Resuming | None = None
        self._turned: list[str] = []  # listing pages kept since entries were written down
        self._listings: set[str] = set()
        self._first = FirstListed()
        self._last: Response | None = None
        self._left = plan.limit
        self._crawl: int | None = None
        self._taking: Taking | None = None

    async def run(self) -> None:
        """Walk from the first listing page to the last, or to what was settled before.

        Raises ArchiveError; what a site does wrong becomes a line of the report.
        """
        if self._archive is not None and not self._plan.dry_run:
            self._begin(self._archive)
        try:
            await self._go()
        except asyncio.CancelledError:
            self.report.interrupted = True
            raise
        finally:
            self._watch(self.report, "")
            if self._archive is not None:
                end(self._archive, self._crawl, self.report, self._taking, now())

    def _begin(self, archive: Archive) -> None:
        full = self._plan.full
        crawl = self._crawl = archive.begin(self.source, self.source.family, now())
        again = AskedAgain(archive.files, now() - self._plan.recheck, full=full)
        asking = self._asking = Asking(self._fetch, archive, crawl, whole=full)
        self._resuming = None if full else Resuming(archive, self.source, crawl)
        self._taking = Taking(self.source, asking, archive, crawl, self.report, again)

    async def _go(self) -> None:
        """Take what earlier walks left, the listings, what is due again, the files that lack.

        What was asked for in vain before comes last: a page that is refused for ever ends a walk.
        """
        if self._archive is not None:
            await self._take(self._archive.waiting(self.source.name, now()))
        if self._archive is not None and self._crawl is not None:
            await self._look_again(missing.suspects(self._archive, self.source.name, now()))
        ends = [await self._listing(url) for url in self.source.urls]
        self.report.finished = all(ends)
        was_there = self.report.finished or self.report.pages  # else the site itself may be gone
        if self._archive is not None and was_there and not self.report.stops:
            await self._take(self._due(self._archive))
        if self._taking is not None and self._left is None:
            since = now() - self._plan.recheck
            await self._taking.complete(since, lambda doing: self._watch(self.report, doing))
        if self._archive is not None and not self.report.stops:
            await self._take(due.asked_in_vain(self._archive.db, self.source.name, now()))

    async def _look_again(self, suspects: Sequence[Entry]) -> None:
        """Ask for a few of the pages whose last look did not count; for all, if these are there."""
        few, outcomes = suspects[:FEW], self.report.outcomes
        before = outcomes[Outcome.GONE] + outcomes[Outcome.FAILED]
        await self._take(few)
        not_had = outcomes[Outcome.GONE] + outcomes[Outcome.FAILED] - before
        if not missing.is_share(not_had, len(few)):
            await self._take(suspects[FEW:])

    def _due(self, archive: Archive) -> list[Entry]:
        """Return the entries to be asked for again although no listing page calls for it."""
        if self._plan.full:
            return archive.known(self.source.name)
        return archive.due(self.source.name, now() - self._plan.recheck)

    async def _listing(self, url: str, depth: int = 0, *, may_be_gone: bool = False) -> bool:
        """Walk a listing and the columns below it; true if nothing was left undone.

        A column that a listing beside its own rows leads to may not be there (any more).
        """
        if self.report.stops:
            return False
        self._listings.add(url)
        if self._resuming is not None:
            self._resuming.begin()
        turning = self._turning(url)
        ended = False
        try:
            ended = await turning.run()
        except (FetchError, ListingError) as error:
            if may_be_gone and isinstance(error, Gone):
                self.report.left_out["column not there"] += 1
                return True
            note_failure(self.report, error, self._last, self.source)
        self.report.findings += turning.findings
        ended = not self.report.stops and await self._take(turning.wanted) and ended
        if turning.cut:
            self.report.since, ended = self._plan.since, False
        self._note(replace(turning.walked(), whole=ended))
        if depth == DEEPEST and turning.columns:
            self.report.findings.append(
                f"{url}: columns further down than {DEEPEST} levels are not walked. Give their "
                f'addresses as url of source "{self.source.name}": {", ".join(turning.columns)}'
            )
            return False
        for column in turning.columns:
            if column not in self._listings:
                ended = await self._listing(column, depth + 1) and ended
        for column in turning.others if depth < DEEPEST else ():
            if column not in self._listings:
                ended = await self._listing(column, depth + 1, may_be_gone=True) and ended
        return ended and not self.report.stops

    def _turning(self, url: str) -> Turning:
        last, known_end = None, None
        if self._archive is not None:
            last = self._archive.last_walked(self.source.name, url)
            name, most = self.source.name, self.source.max_pages
            known_end = listings.walked_to_end(self._archive.db, name, url, most)
        walked_at, pages = known_end or (None, 0)
        known = last.family if last else None
        return Turning(
            url,
            lambda: Pages(self.source, url, self._answer, now(), known),
            self,
            last=last,
            full=self._plan.full,
            room=self._left,
            to_end=walked_at is None or not now() - self._plan.recheck <= walked_at <= now(),
            look_back=LOOK_BACK if pages != 1 else 0,  # a second page would only be guessed at
            is_too_old=self._plan.is_too_old,
        )

    def was_walked(self, url: str) -> bool:
        """Tell whether a listing was walked whole before."""
        archive = self._archive
        return archive is not None and archive.last_walked(self.source.name, url) is not None

    def _note(self, walked: Walked) -> None:
        self.report.listings.append(walked)
        self.report.family = walked.family if walked.pages else self.report.family
        if self._archive is not None and self._crawl is not None:
            self._archive.walked(self._crawl, walked)

    def turned(self, listing: Listing, pages: Pages) -> None:
        """Count a page that was turned."""
        self.report.family = pages.family
        self.report.pages += bool(listing.entries)
        self.report.listed += sum(not entry.left_out for entry in listing.entries)
        self.report.left_out.update(listing.left_out)
        self.report.left_out.update(e.left_out for e in listing.entries if e.left_out)
        if self._resuming is not None:
            self._resuming.turned(listing, pages.family, now())
        self._watch(self.report, f"page {self.report.pages} of {listing.pages or '?'}")

    def write_down(self, entries: Sequence[Entry]) -> list[ListedEntry]:
        """Note entries as listed before any of them is asked for."""
        entries = [self._first.of(entry) for entry in entries]
        if self._archive is None:
            return [ListedEntry(entry) for entry in entries]
        if self._crawl is None:
            return self._archive.look_up(self.source.name, entries)
        listed = self._archive.listed(self.source.name, entries, self._crawl, now())
        if any(each.entry.left_out == redacted.REASON for each in listed):
            with self._archive.transaction() as db:
                redacted.let_go(db, (each.entry for each in listed), self._turned)
        self._turned.clear()
        return listed

    async def _take(self, entries: Iterable[Entry]) -> bool:
        """Ask for entries, each once a walk; false if the limit left some of them undone."""
        wanted = {entry.url: entry for entry in entries if not self._plan.is_too_old(entry)}
        queue = [entry for url, entry in wanted.items() if url not in self._asked]
        whole = self._left is None or len(queue) <= self._left
        if self._left is not None:
            queue = queue[: self._left]
            self._left -= len(queue)
        self._asked.update(entry.url for entry in queue)
        taking = self._taking
        if taking is None:
            self.report.would_take += queue
            return whole
        remaining = iter(queue)

        async def work() -> None:
            for entry in remaining:
                if self.report.stops:
                    return
                self._watch(self.report, entry.title)
                await taking.take(entry)

        await together(work() for _ in range(min(self._plan.per_host, len(queue))))
        return whole

    async def _answer(self, request: Request) -> Response:
        """Fetch a listing page, and keep its bytes before anybody reads them."""
        kept = self._resuming and self._resuming.kept(request, now())
        if kept:
            self._last = kept
        elif self._asking is None:
            self._last = await self._fetch(request)
        else:
            self._last, sha256 = await self._asking.listing(request, now())
            self._turned.append(sha256)
        return self._last
