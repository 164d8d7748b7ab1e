"""Connections: kept while they are good, and read no faster than we can take."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator

import httpcore
import pytest

from replyarc.fetch.stream import MOST_WAITING, Stream
from tests.gov import Answer, Gov, head_of, serving
from tests.test_fetch import MANNERS, PAGE, crawling


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as gov:
        gov.pages["/a"] = PAGE
        yield gov


async def test_a_connection_that_the_site_closed_meanwhile_is_not_used_again(gov: Gov) -> None:
    closed = asyncio.Event()
    page = head_of(Answer(body=PAGE)) + PAGE

    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(page)
        writer.close()
        await writer.wait_closed()
        closed.set()

    async with await asyncio.start_server(answer_once, "127.0.0.1", 0) as server:
        gov.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with crawling(gov) as crawler:
            for _ in range(3):
                assert (await crawler.get("/a")).body == PAGE
                await closed.wait()
                closed.clear()
    assert crawler.fetcher.requests.total() == 3


async def test_two_ports_of_a_host_are_not_connected_to_at_a_time(gov: Gov) -> None:
    with serving() as other:
        other.pages["/a"] = PAGE
        async with crawling(gov, MANNERS) as crawler:
            for url in (gov.url, other.url, other.url, gov.url):
                assert (await crawler.get(url + "/a")).body == PAGE
    assert (gov.connections, other.connections) == (2, 1)


@pytest.mark.parametrize(("coding", "read"), [("utf-8", "答复"), ("gb18030", "´ð¸´")])
async def test_a_header_that_is_not_in_utf_8_is_kept_byte_by_byte(
    gov: Gov, coding: str, read: str
) -> None:
    async def answer(writer: asyncio.StreamWriter, right: Answer) -> None:
        said = b"HTTP/1.1 200 OK\r\nX-Name: " + "答复".encode(coding) + b"\r\n"
        writer.write(said + b"Content-Length: %d\r\n\r\n" % len(right.body) + right.body)

    gov.faults["/a"] = deque([answer])
    async with crawling(gov) as crawler:
        assert (await crawler.get("/a")).header("x-name") == read


class Tap(asyncio.Transport):
    """A transport that only knows whether it is open."""

    open = True

    def pause_reading(self) -> None:
        self.open = False

    def resume_reading(self) -> None:
        self.open = True


async def test_no_more_is_received_than_can_be_kept() -> None:
    stream, tap = Stream(), Tap()
    stream.connection_made(tap)
    was_open = []
    for part in (bytes(MOST_WAITING - 1), b"1", b"2"):
        stream.data_received(part)
        was_open.append(tap.open)
    for _ in range(2):
        await stream.read(1)
        was_open.append(tap.open)
    assert was_open == [True, False, False, False, True]
    assert await stream.read(MOST_WAITING) == bytes(MOST_WAITING - 3) + b"12"


async def test_nothing_is_written_to_a_connection_that_is_closed(gov: Gov) -> None:
    stream = await Stream.connect("127.0.0.1", gov.port, 5.0)
    await stream.aclose()
    with pytest.raises(httpcore.WriteError, match="closed"):
        await stream.write(b"GET / HTTP/1.1")
    assert stream.get_extra_info("is_readable")
    assert await stream.read(1) == b""


async def test_no_name_is_ever_looked_up_for_a_connection(gov: Gov) -> None:
    with pytest.raises(httpcore.ConnectError):
        await Stream.connect("localhost", gov.port, 5.0)
