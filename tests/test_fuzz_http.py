"""A short piece of ``bench.fuzz_http``: a page or a FetchError, and no other end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bench.answers_http import VALUES, Parts
from bench.answers_robots import FILES
from bench.answers_server import Server, serving
from bench.fuzz_http import KINDS, Case, case, done, fetching, plain
from replyarc.errors import Disallowed, FetchError
from replyarc.fetch.robots import Rules, read_text
from replyarc.manners import Manners
from replyarc.model import Request, RobotsFile, Source
from tests.blank import blank
from tests.column import Column, letters

SEED = 6
CASES = 200
WALKS = 6
MANNERS = Manners(
    contact="mailto:fuzz@localhost", delay=0.0, timeout=5.0, retries=0, private_addresses=True
)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = Column(letters(1)).letters[0].page()


def hangs(each: Case) -> bool:
    """Tell whether a case waits until its time is over: the bench does those."""
    return any(end == "keep" for _, end in each.site.values())


async def test_whatever_a_server_answers_it_is_a_page_or_an_error_of_ours(tmp_path: Path) -> None:
    ended: Counter[str] = Counter()
    async with serving() as server:
        with blank(tmp_path / "kept.db") as archive:
            for number in range(CASES):
                each = case(SEED, number, server.url)
                if not hangs(each) and (each.kind != "walk" or ended["walk"] < WALKS):
                    ended[each.kind] += 1
                    assert await done(each, server, archive, tmp_path), each.what
    assert set(ended) == set(KINDS)
    assert ended.total() > CASES / 2


async def ask(server: Server, parts: Parts) -> str:
    """Ask for a page that is answered so; return how it ended."""
    server.site = {"": (plain(PAGE).raw(Random(1)), "close")}
    server.site["/0"] = (parts.raw(Random(1)), "close")
    server.site["/robots.txt"] = (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "close")
    source = Source(name="fuzz", publisher="清源市民政局", urls=(f"{server.url}/",))
    async with fetching(MANNERS) as fetcher:
        try:
            return str((await fetcher.for_source(source)(Request(f"{server.url}/0"))).status)
        except FetchError as error:
            str(error).encode("utf-8")
            return type(error).__name__


@pytest.mark.parametrize("name", VALUES, ids=lambda name: name.decode())
async def test_whatever_a_header_says_it_ends_so(name: bytes) -> None:
    line = {b"Location": b"HTTP/1.1 302 Odd", b"Retry-After": b"HTTP/1.1 503 Odd"}.get(name)
    async with serving() as server:
        for value in VALUES[name]:
            parts = plain(PAGE)
            parts.line = line or parts.line
            parts.framing = "none" if name.endswith((b"Length", b"Transfer-Encoding")) else "length"
            parts.headers.append((name, value.replace(b"{}", server.url.encode())))
            assert await ask(server, parts)


@pytest.mark.parametrize("way", dict.fromkeys(FILES), ids=lambda way: way.__name__.strip("_"))
def test_whatever_a_robots_txt_says_it_is_read(way: Callable[[Random], bytes]) -> None:
    answers = set()
    for number in range(6):
        file = RobotsFile("http://a.gov.test", 200, read_text(way(Random(number))), NOW)
        rules = Rules(file)
        assert 0.0 <= rules.crawl_delay <= 300.0
        for path in ("/", "/jytabl/index.html", "/%E7%AD%94?a=b", "/" + "a" * 2000 + "b"):
            with suppress(Disallowed):
                rules.check(f"http://a.gov.test{path}")
                answers.add(path)
    assert answers
