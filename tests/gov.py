"""A small government on loopback that misbehaves when it is told to: real sockets, one thread.

::

    with serving() as gov:
        gov.pages["/list.html"] = b"<html>...</html>"
        gov.faults["/list.html"] = deque([status(503), reset()])
        ...  # ask gov.url + "/list.html"
        assert gov.count("/list.html") == 3
"""

from __future__ import annotations

import asyncio
import errno
import gzip
import socket
import ssl
import struct
import threading
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that is more than its body; Content-Type and Content-Length come by themselves."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came in; ``at`` is in seconds of the monotonic clock."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    address: str


class HangUp(Exception):
    """Raised by a fault that leaves the connection useless."""


Fault = Callable[[asyncio.StreamWriter, Answer], Awaitable[None]]
"""What is done instead of answering; it is given the answer that would have been right."""

NOT_FOUND = Answer(404, {}, b"<html><body>no such page</body></html>")


class Gov:
    """The pages, the faults, and what was asked; all may be changed while it serves."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Answer] = {}
        self.handlers: list[Callable[[Heard], Answer | None]] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.routes: dict[str, Fault] = {}
        """What lasts, by path, or by address and path: ``127.0.0.2/robots.txt``."""

        self.heard: list[Heard] = []
        self.writers: list[asyncio.StreamWriter] = []
        self.url = ""
        self.port = 0

    @property
    def asked(self) -> list[str]:
        """The paths asked for, in order, robots.txt included."""
        return [request.path for request in self.heard]

    @property
    def asked_at(self) -> list[tuple[str, float]]:
        """The paths asked for and when, in seconds of the monotonic clock."""
        return [(request.path, request.at) for request in self.heard]

    @property
    def connections(self) -> int:
        """How many connections were made."""
        return len(self.writers)

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return self.asked.count(path)

    def at(self, host: str) -> str:
        """The same server at another of its addresses: ``gov.at("127.0.0.2")``."""
        return self.url.replace(urlsplit(self.url).hostname or "", host)

    def answer(self, heard: Heard) -> Answer:
        """What is right to answer: what the first handler that knows says, or a page."""
        for handler in self.handlers:
            if answer := handler(heard):
                return answer
        page = self.pages.get(heard.path, NOT_FOUND)
        return page if isinstance(page, Answer) else Answer(body=page)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it ends."""
        address = writer.get_extra_info("sockname")[0]
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, HangUp):
                while await self._answer_one(reader, writer, address):
                    await writer.drain()
        finally:
            writer.close()

    async def _answer_one(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str
    ) -> bool:
        """Answer one request, or do worse; false if the connection is to end after it."""
        request = await _read(reader, address)
        self.heard.append(request)
        answer, faults = self.answer(request), self.faults.get(request.path)
        lasting = self.routes.get(address + request.path) or self.routes.get(request.path)
        if faults:
            await faults.popleft()(writer, answer)
        elif lasting:
            await lasting(writer, answer)
        else:
            writer.write(head_of(answer) + answer.body)
        return request.headers.get("connection", "").lower() != "close"


async def _read(reader: asyncio.StreamReader, address: str) -> Heard:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    at = time.monotonic()
    method, path, _ = first.split(" ")
    headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Heard(method, path, headers, body, at, address)


def head_of(answer: Answer, *, without: str = "") -> bytes:
    """The status line and headers of an answer; ``without`` leaves one of them out."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(answer.body)),
        **answer.headers,
    }
    headers.pop("Content-Length" if answer.status == 204 else without, None)
    phrase = HTTPStatus(answer.status).phrase if answer.status in set(HTTPStatus) else "Odd"
    lines = [f"HTTP/1.1 {answer.status} {phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("utf-8")


@contextmanager
def serving(*hosts: str, tls: ssl.SSLContext | None = None) -> Iterator[Gov]:
    """Serve on one port of 127.0.0.1, or of the loopback addresses given."""
    gov = Gov()
    listening = _listen(hosts or ("127.0.0.1",))
    gov.port = listening[0].getsockname()[1]
    gov.url = f"http{'s' if tls else ''}://{listening[0].getsockname()[0]}:{gov.port}"
    loop = asyncio.SelectorEventLoop()
    loop.set_exception_handler(lambda _loop, _context: None)  # clients that hang up are no news
    thread = threading.Thread(target=loop.run_forever, name="gov")
    thread.start()

    servers: list[asyncio.Server] = []
    tasks: set[asyncio.Task[None]] = set()

    def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gov.writers.append(writer)
        tasks.add(loop.create_task(gov.serve(reader, writer)))

    async def start() -> None:
        within = 10.0 if tls else None  # a handshake that hangs must end: stopping waits for it
        for each in listening:
            server = asyncio.start_server(connect, sock=each, ssl=tls, ssl_handshake_timeout=within)
            servers.append(await server)

    async def stop() -> None:
        for each in listening:
            loop.remove_reader(each)  # accept no more
        accepting = asyncio.all_tasks() - tasks - {asyncio.current_task()}
        await asyncio.gather(*accepting, return_exceptions=True)
        for server in servers:  # not earlier: asyncio loses a socket that a closed server accepts
            server.close()
        for task in tasks:
            task.cancel()
        for writer in gov.writers:
            writer.transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)

    try:
        asyncio.run_coroutine_threadsafe(start(), loop).result()
        yield gov
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _listen(hosts: tuple[str, ...]) -> list[socket.socket]:
    """Listen on one port of several addresses; the port of the first may be taken on another."""
    first = socket.create_server((hosts[0], 0))
    listening = [first]
    try:
        listening += [socket.create_server((host, first.getsockname()[1])) for host in hosts[1:]]
    except OSError as error:
        first.close()
        if error.errno != errno.EADDRINUSE:
            raise
        return _listen(hosts)
    return listening


# The faults. Each is a function of what it needs, and returns what is done once.


def status(code: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Fault:
    """Another status, once."""
    return instead(Answer(code, headers or {}, body))


def redirect(location: str, code: int = 302) -> Fault:
    """To another address, once."""
    return status(code, {"Location": location})


def instead(other: Answer) -> Fault:
    """Another answer, once."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        writer.write(head_of(other) + other.body)

    return fault


def rewritten(rewrite: Callable[[bytes], bytes], headers: Mapping[str, str] | None = None) -> Fault:
    """The right answer, its body (and headers) other than they were."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        body = rewrite(answer.body)
        writer.write(head_of(Answer(answer.status, {**answer.headers, **(headers or {})}, body)))
        writer.write(body)
        await writer.drain()

    return fault


def reset() -> Fault:
    """The connection is reset before a word is said."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        _reset(writer)

    return fault


def hang() -> Fault:
    """Nothing is said until the server stops."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        await asyncio.Event().wait()

    return fault


def half_gzip() -> Fault:
    """Half a gzip stream, with the Content-Length of the half."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        packed = gzip.compress(answer.body)
        half = Answer(200, {"Content-Encoding": "gzip"}, packed[: len(packed) // 2])
        writer.write(head_of(half) + half.body)

    return fault


def wrong_encoding() -> Fault:
    """A plain body that says it is gzip."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        said = Answer(200, {"Content-Encoding": "gzip"}, answer.body)
        writer.write(head_of(said) + said.body)

    return fault


def bomb(size: int = 50_000_000) -> Fault:
    """A small gzip stream of `size` zeros."""
    return instead(Answer(200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(size))))


def cut() -> Fault:
    """Half the body under the Content-Length of the whole, then the end."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        writer.write(head_of(answer) + answer.body[: len(answer.body) // 2])
        await _hang_up(writer)

    return fault


def cut_chunked() -> Fault:
    """A chunk, part of a second, then the end."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        chunked = Answer(200, {**answer.headers, "Transfer-Encoding": "chunked"}, answer.body)
        writer.write(head_of(chunked, without="Content-Length"))
        writer.write(b"%x\r\n%b\r\n" % (len(answer.body), answer.body) + b"ff\r\nhalf")
        await _hang_up(writer)

    return fault


def close_delimited(body: bytes | None = None) -> Fault:
    """A body without a length, ended by the end of the connection."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        page = answer if body is None else Answer(body=body)
        writer.write(head_of(page, without="Content-Length") + page.body)
        await _hang_up(writer)

    return fault


def half_unmarked() -> Fault:
    """Half a page of which neither a length nor an end is told."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        half = answer.body[: len(answer.body) // 2]
        await close_delimited(half)(writer, answer)

    return fault


def drip(interval: float = 0.05) -> Fault:
    """The body, a byte every `interval` seconds."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        writer.write(head_of(answer))
        for byte in answer.body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(interval)

    return fault


def endless() -> Fault:
    """A chunked body without an end."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        chunked = Answer(200, {"Transfer-Encoding": "chunked"})
        writer.write(head_of(chunked, without="Content-Length"))
        while True:
            writer.write(b"10000\r\n" + bytes(65536) + b"\r\n")
            await writer.drain()

    return fault


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    await writer.drain()
    raise HangUp


def _reset(writer: asyncio.StreamWriter) -> None:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    raise HangUp
