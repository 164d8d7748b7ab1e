"""Ask a server that answers as none should: a page or a FetchError, in time, and no other end.

Run as ``python -m bench.fuzz_http [SECONDS] [SEED]``. Case N of a seed is always the same, however
long the run: ``python -m bench.fuzz_http --case N 0 SEED`` does it alone. Spoiled are the answer to
a page, to a page that is held already (304), a robots.txt, or one answer of a column that is
crawled into a new archive. No case may take over 2 seconds of the processor (a walk 10), and all
of them together no more than 300 MB; sockets and files are closed in the end.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from bench.answers_http import DAY, Parts, spoiled
from bench.answers_robots import robots
from bench.answers_server import Server, serving
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.crawl import crawl
from replyarc.errors import FetchError
from replyarc.fetch.client import Fetcher
from replyarc.manners import Manners
from replyarc.model import Request, Source
from replyarc.report import Report
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import Column, letters
from tests.gov import Gov

MOST_BODY: Final = 2_000_000
PROCESSOR: Final = {"walk": 10.0}
"""Seconds: a walk is three crawls, of a listing of thousands of rows at worst; else 2."""

MEMORY: Final = 300_000_000
LATER: Final = 40.0  # days, when every rest of a host is over
HANGS: Final = 60  # seconds of a clock on the wall, for a case of half a second
KINDS: Final = ("page", "page", "page", "unchanged", "robots", "robots", "walk")
_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


class Stuck(BaseException):
    """A case does not end."""


@dataclass
class Case:
    """What is asked, and what each path answers: bytes, and how the connection ends."""

    kind: str
    what: str
    retries: int
    site: dict[str, tuple[bytes, str]]


def plain(body: bytes, url: str = "") -> Parts:
    """Return a page as it should come."""
    headers = [(b"Content-Type", b"text/html; charset=utf-8"), (b"ETag", b'"a"')]
    return Parts(body, url.encode(), headers=[*headers, (b"Last-Modified", DAY)])


_COLUMN: Final = Column(letters(3), per_page=2)


def column() -> dict[str, bytes]:
    """Return the pages of a column by their paths."""
    government = Gov()
    _COLUMN.publish(government)
    return {path: page for path, page in government.pages.items() if isinstance(page, bytes)}


def case(seed: int, number: int, url: str) -> Case:
    """Return a case: a function of the seed and of its number, but for the server's address."""
    random = Random(f"{seed}:{number}")
    kind = random.choice(KINDS)
    retries = random.choice((0, 0, 0, 1))
    pages = column()
    site = {path: (plain(body).raw(random), "close") for path, body in pages.items()}
    site[""] = (plain(next(iter(pages.values()))).raw(random), "close")
    site["/robots.txt"] = (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "close")
    path = "/0" if kind in ("page", "unchanged") else "/robots.txt"
    if kind == "walk":
        path = random.choice([*pages, "/robots.txt"])
    body, said = pages.get(path, _COLUMN.letters[0].page()), ""
    if path == "/robots.txt":
        said, body = robots(random)
    parts = plain(body, url)
    if kind == "unchanged":
        parts.line, parts.body = b"HTTP/1.1 304 Not Modified", random.choice((b"", body))
    if kind != "robots" or random.random() < 0.5:
        said = f"{said} {spoiled(random, parts)}"
    site[path] = (parts.raw(random), parts.end)
    return Case(kind, f"{kind} {path}: {said}", retries, site)


async def done(each: Case, server: Server, archive: Archive, folder: Path) -> str:
    """Do a case; return how it ended: in a page, or by the name of the error.

    Raises whatever should not have been raised, and AssertionError where what came of it is
    nothing that can be kept.
    """
    server.site = each.site
    manners = Manners(
        contact="mailto:fuzz@localhost",
        delay=0.0,
        timeout=0.5,
        retries=each.retries,
        max_body=MOST_BODY,
        private_addresses=True,
    )
    if each.kind == "walk":
        return await _walked(each, server, manners, folder)
    source = Source(name="fuzz", publisher="清源市民政局", urls=(f"{server.url}/",))
    asked = Request(f"{server.url}/0")
    if each.kind == "unchanged":
        asked = replace(asked, etag='"a"', modified=DAY.decode())
    async with fetching(manners) as fetcher:
        try:
            response = await fetcher.for_source(source)(asked)
        except FetchError as error:
            _check_words(str(error))
            return type(error).__name__
    assert len(response.body) <= MOST_BODY, f"{len(response.body)} bytes"
    assert 200 <= response.status < 300 or (asked.is_conditional and response.status == 304), (
        response.status
    )
    archive.keep(response)
    return str(response.status)


@asynccontextmanager
async def fetching(
    manners: Manners, archive: Archive | None = None, days: float = 0.0
) -> AsyncIterator[Fetcher]:
    """Fetch in a time that passes only by waiting, so many days from now.

    What an archive knows of hosts and of their robots.txt is used and kept.
    """
    passed, begun = 0.0, datetime.now(UTC) + timedelta(days=days)

    async def sleep(seconds: float) -> None:
        nonlocal passed
        assert seconds >= 0
        passed += seconds
        await asyncio.sleep(0)

    async with Fetcher(
        manners,
        robots_files=None if archive is None else archive.robots_files,
        hosts=None if archive is None else archive.hosts,
        backoff=0.0,
        clock=lambda: passed,
        wall=lambda: begun + timedelta(seconds=passed),
        sleep=sleep,
    ) as fetcher:
        yield fetcher


async def _walked(each: Case, server: Server, manners: Manners, folder: Path) -> str:
    """Crawl the column twice while an answer is spoiled, and once when all is well again."""
    path = folder / "walked.db"
    source = Source(
        name="fuzz", publisher="清源市民政局", urls=(f"{server.url}{_COLUMN.listing(1)}",)
    )
    try:
        with blank(path) as archive:
            first = await _crawled(source, manners, archive)
            await _crawled(source, manners, archive, days=0.1)
            well = case(0, 0, server.url).site
            well.pop("/0", None)
            server.site = {**well, "/robots.txt": (b"HTTP/1.1 404 No\r\n\r\n", "close")}
            await _crawled(source, manners, archive, days=LATER)
            listed = {url for (url,) in archive.db.execute("select url from entries")}
            missing = {f"{server.url}{letter.path}" for letter in _COLUMN.letters} - listed
            assert not missing, f"never listed: {missing}"
        damage = verify(path, quick=True).damage
        assert not damage, f"damaged: {damage}"
    finally:
        _remove(folder)
    return "walked, stopped" if first.problems else "walked"


def _remove(folder: Path) -> None:
    for left in folder.glob("walked.db*"):
        left.unlink()


async def _crawled(
    source: Source, manners: Manners, archive: Archive, *, days: float = 0.0
) -> Report:
    async with fetching(manners, archive, days) as fetcher:
        (report,), failure = await crawl(
            [source], fetcher.for_source, archive, Plan(full=True), lambda _report, _doing: None
        )
    if failure is not None:
        raise failure
    _check_words(str(report.as_json()))
    return report


def _check_words(text: str) -> None:
    text.encode("utf-8")  # a lone surrogate has no bytes, and could be neither kept nor shown


@contextmanager
def watched() -> Iterator[None]:
    """Raise Stuck where the block does not end."""

    def stuck(_number: int, _frame: object) -> None:
        raise Stuck

    before = signal.signal(signal.SIGALRM, stuck)
    signal.alarm(HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


async def run(seconds: float, seed: int, only: int | None) -> int:
    """Do cases until the time is over; print what failed and how to do it again."""
    counted: Counter[str] = Counter()
    failed, slowest, until = 0, 0.0, time.monotonic() + seconds
    opened = _descriptors()
    async with serving() as server:
        with TemporaryDirectory() as folder, blank(Path(folder, "kept.db")) as archive:
            begun = _memory()
            for number in count() if only is None else [only]:
                if only is None and time.monotonic() > until:
                    break
                each, before = case(seed, number, server.url), _memory()
                ended, used = await _tried(each, server, archive, Path(folder))
                if _memory() - before > MEMORY:
                    ended = "failed: memory"
                counted[f"{each.kind} {ended}"] += 1
                slowest = max(slowest, used)
                if used > PROCESSOR.get(each.kind, 2.0):
                    ended = "failed: time"
                failed += ended.startswith("failed")
                if ended.startswith("failed") or only is not None:
                    print(f"case {number}, {each.what}: {ended}, {used:.1f} seconds")
                    print(f"  python -m bench.fuzz_http --case {number} 0 {seed}", flush=True)
    grown, left = _memory() - begun, _descriptors() - opened
    for what, times in sorted(counted.items()):
        print(f"  {times:6} {what}")
    print(
        f"seed {seed}: {counted.total()} cases; {failed} failed; at the most {slowest:.1f} seconds"
    )
    print(f"{grown / 1e6:.0f} MB more than at first, {left} descriptors left open")
    return bool(failed or grown > MEMORY or left > 0)


async def _tried(each: Case, server: Server, archive: Archive, folder: Path) -> tuple[str, float]:
    begun = time.process_time()
    try:
        with watched():
            ended = await done(each, server, archive, folder)
    except (Exception, Stuck):
        traceback.print_exc()
        ended = "failed"
    return ended, time.process_time() - begun


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir()) if sys.platform == "linux" else 0


def main(arguments: list[str]) -> int:
    """Run, or do one case again; 1 where a case fails."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz_http")
    parser.add_argument("seconds", nargs="?", type=float, default=60.0)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--case", type=int, help="do this case alone")
    asked = parser.parse_args(arguments)
    return asyncio.run(run(asked.seconds, asked.seed, asked.case))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
