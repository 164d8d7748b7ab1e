"""Columns that misbehave, crawled several times: what each crawl left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.cli.crawling import Result
from replyarc.crawl import crawl
from replyarc.fetch.client import Fetcher
from replyarc.manners import Manners
from replyarc.model import Reply, Source
from replyarc.report import Report
from replyarc.walk import Plan
from tests.column import MANNERS, Column, Letter
from tests.gov import Gov
from tests.misbehaving import Route
from tests.test_fetch import Clock

FULL = Plan(full=True)
DAY = date(2023, 5, 17)


@dataclass(frozen=True)
class Crawled:
    """One crawl of a story: its reports by source, and what the archive held afterwards."""

    reports: dict[str, Report]
    held: dict[str, Reply]
    states: dict[str, str]
    asked: tuple[str, ...]
    exit_code: int

    def state(self, letter: Letter) -> str:
        """What became of the page of a letter."""
        return next(state for url, state in self.states.items() if url.endswith(letter.path))

    def reply(self, letter: Letter) -> Reply | None:
        """The reply that is held of a letter, by the address of its page."""
        return next((r for url, r in self.held.items() if url.endswith(letter.path)), None)

    def problems(self, letter: Letter, says: str = "") -> list[str]:
        """What the reports say of the page of a letter, or else in these words of a hop from it."""
        told = [each for report in self.reports.values() for each in report.problems]
        named = [each for each in told if letter.path in each]
        return named or [each for each in told if says and says in each]


@dataclass
class Story:
    """A government and an archive, and the crawls of the one into the other."""

    gov: Gov
    path: Path
    sources: Sequence[Source] = ()
    manners: Manners = MANNERS
    clock: Clock = field(default_factory=Clock)
    """Waits are counted here, and take no time."""

    letters: dict[str, Letter] = field(default_factory=dict)
    """The letter whose page misbehaves, by the name of its route."""

    columns: dict[str, tuple[Letter, ...]] = field(default_factory=dict)
    """All letters of the column of a route."""

    crawls: list[Crawled] = field(default_factory=list)

    def crawl(self, plan: Plan | None = None) -> Crawled:
        """Crawl all sources, and look at what is held."""
        heard = len(self.gov.heard)
        with Archive.open(self.path, create=True) as archive:
            reports = asyncio.run(self._walk(archive, plan or Plan()))
            crawled = looked_at(archive, reports, self.gov.asked[heard:])
        self.crawls.append(crawled)
        return crawled

    async def _walk(self, archive: Archive, plan: Plan) -> list[Report]:
        fetcher = Fetcher(
            self.manners,
            backoff=0.0,
            robots_files=archive.robots_files,
            hosts=archive.hosts,
            clock=self.clock,
            sleep=self.clock.sleep,
        )
        async with fetcher:
            reports, failure = await crawl(
                self.sources, fetcher.for_source, archive, plan, lambda report, doing: None
            )
        assert failure is None
        return reports

    def is_sound(self) -> bool:
        """Tell whether `verify` finds nothing wrong."""
        return not verify(self.path).damage


def looked_at(archive: Archive, reports: Sequence[Report], asked: Iterable[str]) -> Crawled:
    """Take down what a crawl left in the archive."""
    return Crawled(
        reports={report.source: report for report in reports},
        held={reply.url: reply for reply in archive.replies()},
        states=dict(archive.db.execute("select url, state from entries").fetchall()),
        asked=tuple(asked),
        exit_code=Result(reports=list(reports)).exit_code,
    )


def record(reply: Reply | None) -> tuple[object, ...] | None:
    """What is held of a reply and what it says; not when it was seen."""
    if reply is None:
        return None
    return reply.id, reply.version, reply.sha256, reply.flags, reply


def between(routes: Sequence[Route], first: int = 1) -> tuple[Column, dict[str, Letter]]:
    """A column in which the page of every second letter is one that is to misbehave."""
    count = 2 * len(routes) + 1
    made = [Letter(first + n, DAY - timedelta(days=n)) for n in range(count)]
    column = Column(made, per_page=count)
    return column, {route.name: made[2 * n + 1] for n, route in enumerate(routes)}


def misbehave(gov: Gov, routes: Sequence[Route], letters: dict[str, Letter]) -> None:
    """Let the pages misbehave from now on."""
    gov.routes |= {letters[route.name].path: route.fault for route in routes}


def columns(gov: Gov, path: Path, routes: Sequence[Route]) -> Story:
    """Columns of three letters, each at an address of its own; the second letter is the one."""
    story = Story(gov, path)
    for number, route in enumerate(routes, 1):
        root = f"/jytabl/{number:02}/"
        made = [
            Below(number * 100 + n, DAY - timedelta(days=n), root=root) for n in reversed(range(3))
        ]
        Column([*made], root=root).publish(gov)
        url = gov.at(HOST.format(number)) + root + "index.html"
        here = Source(name=name_of(number), publisher="清源市民政局", urls=(url,))
        story.sources = (*story.sources, here)
        story.columns[route.name] = tuple(made)
        story.letters[route.name] = made[1]
    return story


HOST: Final = "127.0.7.{}"


def hosts(routes: Sequence[Route]) -> list[str]:
    """The addresses of so many columns."""
    return [HOST.format(number) for number in range(1, len(routes) + 1)]


def name_of(number: int) -> str:
    """The name of the source of a column, from 1."""
    return f"s{number:02}"


@dataclass(frozen=True)
class Below(Letter):
    """A letter whose page stands below its column."""

    root: str = "/jytabl/"

    @property
    def path(self) -> str:
        return f"{self.root}202305/t20230517_{self.number:05}.html"
