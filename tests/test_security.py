"""SECURITY.md: what a site answers can neither fill the memory, nor hold a crawl, nor lead it."""

from __future__ import annotations

import asyncio
import gzip
import os
import socket
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import FetchError, Unreachable
from replyarc.fetch.body import CODINGS, MOST_MEMBERS, unpack
from replyarc.fetch.guard import is_public
from replyarc.model import Request, Source
from tests.gov import Answer, Fault, Gov, bomb, serving
from tests.test_fetch import MANNERS, PAGE, Crawler, crawling

ONCE = replace(MANNERS, retries=0, timeout=5.0)
HASTY = replace(ONCE, timeout=0.3)
GUARDED = replace(ONCE, private_addresses=False)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SMALL = 600_000
"""Bytes: more than is sent before the other side is known to listen no more."""


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as gov:
        gov.pages["/a"] = PAGE
        yield gov


async def refused(crawler: Crawler, address: str = "/a") -> FetchError:
    """Ask, and return why there was no answer."""
    with pytest.raises(FetchError) as caught:
        await crawler.get(address)
    return caught.value


def saying(said: bytes) -> Fault:
    """So many bytes, and nothing after them."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        writer.write(said)
        await asyncio.Event().wait()

    return fault


def flooding(first: bytes, again: bytes, sent: list[int]) -> Fault:
    """The same bytes again and again, for as long as anybody listens; ``sent`` is told how many."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        writer.write(first)
        while True:
            writer.write(again)
            await writer.drain()
            sent[0] += len(again)

    return fault


# What stands before a body.


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (b"", b"x" * 8_192),
        (b"HTTP/1.1 200 ", b"x" * 8_192),
        (HEAD, b"X-Of-The-Site: yes\r\n" * 400),
        (HEAD + b"X-Of-The-Site: ", b"x" * 8_192),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 8_192),
    ],
    ids=["no status", "status line", "a million headers", "one header", "chunk extension"],
)
async def test_a_head_that_never_ends_is_given_up_after_a_little(
    gov: Gov, first: bytes, again: bytes
) -> None:
    sent = [0]
    gov.faults["/a"] = deque([flooding(first, again, sent)])
    async with crawling(gov, replace(ONCE, timeout=60.0)) as crawler:
        assert isinstance(await refused(crawler), Unreachable)
    assert sent[0] < 16 * SMALL  # what the sockets of both sides hold counts as sent


@pytest.mark.parametrize(
    "said",
    [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"],
    ids=["100", "103"],
)
async def test_answers_that_only_promise_an_answer_end_with_the_time_for_one(
    gov: Gov, said: bytes
) -> None:
    gov.faults["/a"] = deque([flooding(b"", said * 100, [0])])
    async with crawling(gov, HASTY) as crawler:
        assert "no whole answer within 0.3 seconds" in str(await refused(crawler))


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 2", HEAD, HEAD + b"Content-Length: 9\r\n\r\nx"])
async def test_an_answer_that_stops_anywhere_ends_with_the_time_for_one(
    gov: Gov, said: bytes
) -> None:
    gov.faults["/a"] = deque([saying(said)])
    async with crawling(gov, HASTY) as crawler:
        assert "no whole answer within 0.3 seconds" in str(await refused(crawler))


@pytest.mark.parametrize(
    "said",
    [
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: +9\r\n\r\n123456789",
        b"Content-Length: 9, 8\r\n\r\n123456789",
        b"Content-Length: 9\r\nContent-Length: 8\r\n\r\n123456789",
        b"Content-Length: 99999999999999999999999\r\n\r\n123456789",
        b"Content-Length: 0x9\r\n\r\n123456789",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n1ffffffffffffffffffff\r\n",
        b"X-Of : the site\r\n\r\n",
        b"X-Of-The-Site: a\x00b\r\n\r\n",
        b"no colon\r\n\r\n",
    ],
)
async def test_a_head_that_can_be_read_in_two_ways_is_read_in_none(gov: Gov, said: bytes) -> None:
    gov.faults["/a"] = deque([saying(HEAD + said)])
    async with crawling(gov, HASTY) as crawler:
        assert isinstance(await refused(crawler), FetchError)
        assert (await crawler.get("/a")).body == PAGE  # on a connection of its own
    assert gov.connections == 2


async def test_where_a_length_and_chunks_are_both_told_the_chunks_count(gov: Gov) -> None:
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    gov.faults["/b"] = deque([saying(HEAD + both + b"1\r\nx\r\n0\r\n\r\n")])
    async with crawling(gov, ONCE) as crawler:
        assert (await crawler.get("/b")).body == b"x"


# Bodies.


async def test_a_chunk_of_the_largest_size_there_is_is_cut_at_the_bound(gov: Gov) -> None:
    sent, chunked = [0], HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    gov.faults["/a"] = deque([flooding(chunked + b"ffffffffffffffff\r\n", b"x" * 8_192, sent)])
    async with crawling(gov, replace(ONCE, max_body=100_000)) as crawler:
        assert "see crawl.max_body" in str(await refused(crawler))
    assert sent[0] < 16 * SMALL


async def test_an_endless_page_that_is_no_page_is_read_a_little(gov: Gov) -> None:
    sent, chunked = [0], b"HTTP/1.1 500 Odd\r\nTransfer-Encoding: chunked\r\n\r\n"
    gov.faults["/a"] = deque([flooding(chunked, b"400\r\n" + b"x" * 1_024 + b"\r\n", sent)])
    async with crawling(gov, ONCE) as crawler:
        assert isinstance(await refused(crawler), Unreachable)
    assert sent[0] < 16 * SMALL


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "deflate, gzip", "aws"])
async def test_a_coding_that_was_not_asked_for_is_refused(gov: Gov, coding: str) -> None:
    gov.pages["/a"] = Answer(200, {"Content-Encoding": coding}, gzip.compress(PAGE))
    async with crawling(gov, ONCE) as crawler:
        assert "which was not asked for" in str(await refused(crawler))
    assert gov.heard[0].headers["accept-encoding"] == "gzip, deflate"


async def test_a_bomb_behind_an_error_or_in_robots_txt_is_not_unpacked(gov: Gov) -> None:
    error = Answer(500, {"Content-Encoding": "gzip"}, gzip.compress(bytes(20_000_000)))
    gov.pages["/a"], gov.faults["/robots.txt"] = error, deque([bomb(20_000_000)])
    async with crawling(gov, replace(ONCE, robots=True)) as crawler:
        assert isinstance(await refused(crawler), FetchError)
    assert gov.count("/robots.txt") == 1


@pytest.mark.parametrize("coding", sorted(CODINGS))
@given(size=st.integers(1, 3_000_000), bound=st.integers(1, 100_000))
def test_no_more_is_ever_unpacked_than_the_bound(coding: str, size: int, bound: int) -> None:
    packer = zlib.compressobj(wbits=CODINGS[coding])
    packed = packer.compress(bytes(size)) + packer.flush()

    unpacked = unpack(packed, coding, url="", bound=max(bound, len(packed)), cut=True)

    assert len(unpacked) == min(size, max(bound, len(packed)))


def test_gzip_in_gzip_is_undone_once() -> None:
    twice = gzip.compress(gzip.compress(bytes(10_000_000)))
    assert len(unpack(twice, "gzip", url="", bound=100_000)) < 20_000


def test_many_gzip_streams_behind_one_another_are_bounded_in_number() -> None:
    few = gzip.compress(b"a") * (MOST_MEMBERS - 1)
    assert unpack(few, "gzip", url="", bound=10_000) == b"a" * (MOST_MEMBERS - 1)
    with pytest.raises(Unreachable, match="more than 64 streams behind one another"):
        unpack(gzip.compress(b"") * 500_000, "gzip", url="", bound=100_000_000)


# Where a request goes.


@pytest.mark.parametrize(
    "host",
    [
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "127。0。0。1",
        "127．0．0．1",
        "0x7f.0x0.0x0.0x1",
        "017700000001",
        "127.0.0.1.",
        "0",
        "LocalHost.",
        "[::127.0.0.1]",
    ],
)
async def test_no_spelling_of_a_private_address_is_connected_to(gov: Gov, host: str) -> None:
    named = httpx.URL(f"http://{host}/").host.rstrip(".")
    async with crawling(gov, GUARDED) as crawler:
        crawler.fetch = crawler.fetcher.for_source(
            replace(crawler.source, urls=(f"http://{host}/", f"http://{named}/"))
        )
        said = str(await refused(crawler, f"http://{host}:{gov.port}/a"))
    assert "no public address" in said or "cannot be resolved" in said
    assert gov.connections == 0


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1%00.gov.cn",
        "127.0.0.1\\.gov.cn",
        "127.0.0.1;.gov.cn",
        "[fe80::1%25lo]",
        "[fe80::1%lo]",
        "a,b.gov.cn",
        "１２７.0.0.1",
        "①②⑦.gov.cn",
        "www.gov.cn\t",
        "a b.gov.cn",
    ],
)
async def test_a_host_that_others_read_otherwise_is_asked_nothing(gov: Gov, host: str) -> None:
    async with crawling(gov, GUARDED) as crawler:
        assert "not a" in str(await refused(crawler, f"http://{host}:{gov.port}/a"))
    assert gov.connections == 0


async def test_a_name_is_resolved_once_for_a_connection_and_never_between_check_and_connect(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = deque(["8.8.8.8", "127.0.0.1"])  # public first, then private: rebinding
    connected: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.popleft(), port))]

    async def connect(_stream: object, address: str, port: int, within: float | None) -> None:
        connected.append(address)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("replyarc.fetch.stream.Stream.connect", classmethod(connect), raising=True)
    async with crawling(gov, GUARDED) as crawler:
        with pytest.raises((FetchError, OSError)):
            await crawler.get("http://www.moushi.gov.cn/a")
        assert (connected, list(answers)) == (["8.8.8.8"], ["127.0.0.1"])
        assert "127.0.0.1, which is no public address" in str(
            await refused(crawler, "http://www.moushi.gov.cn/a")
        )
    assert connected == ["8.8.8.8"]


async def test_one_private_address_of_several_is_enough_to_ask_none(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ["8.8.8.8", "2400:3200::1", "::ffff:192.168.0.1"]

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (each, port, 0, 0)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    async with crawling(gov, GUARDED) as crawler:
        error = await refused(crawler, "http://www.moushi.gov.cn/a")
    assert "resolves to ::ffff:192.168.0.1, which is no public address" in str(error)


async def test_a_robots_txt_leads_to_no_private_address_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("replyarc.fetch.guard.is_public", lambda address: address != "127.0.0.2")
    with serving("127.0.0.1", "127.0.0.2") as gov:
        gov.pages["/a"] = PAGE
        gov.pages["/robots.txt"] = Answer(302, {"Location": gov.at("127.0.0.2") + "/robots.txt"})
        async with crawling(gov, replace(GUARDED, robots=True)) as crawler:
            await refused(crawler)
    assert {heard.address for heard in gov.heard} == {"127.0.0.1"}
    assert gov.asked == ["/robots.txt"]


@given(address=st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_a_private_address_inside_another_is_seen_there(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]  # of an IPv4Address
    high, low = divmod(number, 0x10000)
    for within in (f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{high:x}:{low:x}::"):
        assert not is_public(within)


@pytest.mark.parametrize(
    "url",
    [
        "http://me:secret@127.0.0.1/a",
        "ftp://me:secret@127.0.0.1/a",
        "http://me:sec/ret@127.0.0.1/a",
        "http://me:secret@127.0.0.1:99999/a",
        "http://secret@@127.0.0.1/a",
    ],
)
async def test_a_password_in_an_address_is_neither_sent_nor_shown(gov: Gov, url: str) -> None:
    gov.pages["/go"] = Answer(302, {"Location": url}, b"")
    async with crawling(gov, ONCE) as crawler:
        for said in (await refused(crawler, url), await refused(crawler, "/go")):
            assert "secret" not in str(said).replace("sec/ret", "secret")
    assert gov.asked == ["/go"]


# What we tell of ourselves.


async def test_a_proxy_is_told_its_password_and_nothing_else_knows_it(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", gov.url.replace("http://", "http://me:secret@"))
    gov.pages["http://www.moushi.gov.cn/a"] = PAGE
    gov.pages["http://www.moushi.gov.cn/b"] = Answer(407, {}, b"")
    async with crawling(gov, GUARDED) as crawler:
        response = await crawler.get("http://www.moushi.gov.cn/a")
        error = await refused(crawler, "http://www.moushi.gov.cn/b")
    assert gov.heard[0].headers["proxy-authorization"] == "Basic bWU6c2VjcmV0"
    told = f"{response!r} {error!r} {error} {error.__cause__!r}"
    assert ("secret" in told, "bWU6c2VjcmV0" in told) == (False, False)


async def test_only_the_environment_names_a_proxy(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {name for name in Source.__dataclass_fields__ if "prox" in name}
    keys |= {name for name in type(MANNERS).__dataclass_fields__ if "prox" in name}
    assert keys == set()
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    async with crawling(gov, ONCE) as crawler:
        await crawler.get("/a")
    assert gov.asked == ["/a"]  # a path, not an address: asked straight


async def test_no_cookie_is_kept_and_nothing_is_authorized(gov: Gov) -> None:
    gov.pages["/a"] = Answer(200, {"Set-Cookie": "session=1; Path=/"}, PAGE)
    gov.pages["/login"] = Answer(401, {"WWW-Authenticate": 'Basic realm="a"'}, b"")
    gov.pages["/go"] = Answer(302, {"Location": "/a", "Set-Cookie": "went=1"}, b"")
    async with crawling(gov, ONCE) as crawler:
        await crawler.get("/a")
        await crawler.get("/go")
        await refused(crawler, "/login")
        await crawler.get("/a")
    assert not any({"cookie", "authorization"} & heard.headers.keys() for heard in gov.heard)


async def test_a_site_is_told_who_asks_and_which_page_of_its_own_led_there(gov: Gov) -> None:
    async with crawling(gov, ONCE) as crawler:
        await crawler.fetch(Request(f"{gov.url}/a", referer=f"{gov.url}/list"))
    assert set(gov.heard[0].headers) == {
        *("host", "accept", "accept-encoding", "connection", "user-agent", "from", "referer"),
    }
    assert gov.heard[0].headers["referer"] == f"{gov.url}/list"


@pytest.mark.parametrize("header", ["etag", "modified", "referer"])
async def test_nothing_that_a_site_once_said_becomes_a_header_of_its_own(
    gov: Gov, header: str
) -> None:
    said: dict[str, Any] = {header: "a\r\nX-Injected: yes\r\n\r\nGET /b HTTP/1.1\r\nHost: b"}
    async with crawling(gov, ONCE) as crawler:
        with suppress(FetchError):
            await crawler.fetch(Request(f"{gov.url}/a", **said))
        await crawler.get("/a")
    assert set(gov.asked) == {"/a"}
    assert not any("x-injected" in heard.headers for heard in gov.heard)


async def test_an_address_cannot_bring_a_line_of_its_own_into_a_request(gov: Gov) -> None:
    gov.pages["/go"] = Answer(302, {"Location": "/a%0d%0aX-Injected:%20yes"}, b"")
    async with crawling(gov, ONCE) as crawler:
        await refused(crawler, "/go")
        for end in ("\r\nX-Injected: yes", " HTTP/1.1", "\x00", "\n"):
            with suppress(FetchError):
                await crawler.get(f"/a{end}")
    assert not any("x-injected" in heard.headers for heard in gov.heard)
    assert all(" " not in path and "\n" not in path for path in gov.asked)
