"""A server on loopback that answers with bytes as they are, right or wrong."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

LOOPBACK: Final = frozenset({"127.0.0.1", b"127.0.0.1"})


@dataclass
class Server:
    """Answers each path with the bytes that the case at hand has for it."""

    site: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it ends."""
        try:
            # that the loop ends is no error either, though asyncio would print one
            with suppress(
                ConnectionError,
                asyncio.IncompleteReadError,
                asyncio.LimitOverrunError,
                asyncio.CancelledError,
            ):
                while await self._answer(reader, writer):
                    pass
        finally:
            writer.transport.abort() if writer.transport.is_closing() else writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ")[1].decode("latin-1")
        raw, end = self.site.get(path) or self.site[""]
        writer.write(raw)
        await writer.drain()
        if end == "reset":
            writer.transport.abort()
        return end == "keep"


def stay_on_loopback(loop: asyncio.AbstractEventLoop) -> None:
    """Let nothing leave this machine, wherever an answer points: such a host is not found."""
    resolve, connect = loop.getaddrinfo, loop.create_connection

    async def guarded_resolve(host: Any, *rest: Any, **named: Any) -> Any:
        _check_loopback(host)
        return await resolve(host, *rest, **named)

    async def guarded_connect(made: Any, host: Any = None, *rest: Any, **named: Any) -> Any:
        _check_loopback(host)
        return await connect(made, host, *rest, **named)

    loop.getaddrinfo = guarded_resolve  # type: ignore[method-assign]  # of this loop alone
    loop.create_connection = guarded_connect  # type: ignore[assignment, method-assign]  # of this loop alone


def _check_loopback(host: object) -> None:
    if host not in LOOPBACK:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    """Serve on a port of loopback, which nothing that is asked in this loop leaves."""
    stay_on_loopback(asyncio.get_running_loop())
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=1_000_000)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listening.close()
        await listening.wait_closed()
