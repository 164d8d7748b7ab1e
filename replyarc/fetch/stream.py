"""One connection, as httpcore wants it, straight on asyncio.

httpcore's own go through anyio, which opens a cancel scope for every read and tells the system at
every read to watch the socket and to stop again: more work than all the rest of a request.
"""

from __future__ import annotations

import asyncio
import select
import socket
import ssl
from typing import Any, Final, Self

import httpcore

MOST_WAITING: Final = 262_144
"""Bytes received and not yet read at which the other side is made to wait."""


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """Reads and writes one socket; what goes wrong is an error of httpcore.

    The timeouts of single reads and writes are not kept: `Wire` has one deadline for all of them.
    """

    def __init__(self) -> None:
        self.peer: str | None = None
        """The address connected to; told when it was, since a closed socket has none."""

        self._transport: asyncio.Transport
        self._waiting = bytearray()
        self._reader: asyncio.Future[None] | None = None
        self._ended = False
        self._error: Exception | None = None

    @classmethod
    async def connect(cls, address: str, port: int, within: float | None) -> Self:
        """Connect to an IP address, in so many seconds; raises ConnectError, ConnectTimeout."""
        try:
            async with asyncio.timeout(within):
                loop = asyncio.get_running_loop()
                made = loop.create_connection(cls, address, port, flags=socket.AI_NUMERICHOST)
                return (await made)[1]
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(error) from error
        except OSError as error:
            raise httpcore.ConnectError(error) from error

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's interface
    ) -> Self:
        """Shake hands; if that fails, the socket is closed.

        Raises ConnectTimeout, or ConnectError of what `lines.broke_handshake` knows: an
        ssl.SSLError or, where the server just hung up, an EOFError.
        """
        loop, tls = asyncio.get_running_loop(), None
        try:
            async with asyncio.timeout(timeout):
                tls = await loop.start_tls(
                    self._transport,
                    self,
                    ssl_context,
                    server_hostname=server_hostname,
                    ssl_handshake_timeout=timeout and timeout + 1,  # ours comes first
                )
            if tls is None:  # as asyncio has it where the connection was lost meanwhile
                raise ConnectionResetError
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(error) from error
        except ssl.SSLError as error:
            raise httpcore.ConnectError(error) from error
        except OSError as error:
            raise httpcore.ConnectError(EOFError("the server hung up")) from error
        finally:
            if tls is None:
                self._transport.abort()
        self._transport = tls
        return self

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  httpcore's interface
        """Return what has come in, waiting for it; empty at the end. Raises ReadError."""
        if not self._waiting and not self._ended:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        if not self._waiting and self._error is not None:
            raise httpcore.ReadError(self._error) from self._error
        part = bytes(self._waiting[:max_bytes])
        del self._waiting[:max_bytes]
        if len(self._waiting) < MOST_WAITING <= len(self._waiting) + len(part):
            self._transport.resume_reading()
        return part

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  httpcore's interface
        """Send; a request is small, so nothing waits for it to be gone. Raises WriteError."""
        if self._transport.is_closing():
            raise httpcore.WriteError(self._error or "the connection is closed")
        self._transport.write(buffer)

    async def aclose(self) -> None:
        """Close the socket at once: a peer that no longer answers must not keep it open."""
        self._transport.abort()

    def get_extra_info(self, info: str) -> Any:
        """Tell what httpcore asks: ``is_readable`` of an idle connection means that it is dead."""
        if info != "is_readable":
            return self._transport.get_extra_info(info)
        if self._ended or self._waiting or self._transport.is_closing():
            return True
        return _is_readable(self._transport.get_extra_info("socket").fileno())

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self.peer = peer[0] if peer else None

    def data_received(self, data: bytes) -> None:
        """Take what came in."""
        before = len(self._waiting)
        self._waiting += data
        if before < MOST_WAITING <= len(self._waiting):
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Know the end; asyncio then closes the socket, since nothing can be answered any more."""
        self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Know the end, and whether it was one."""
        self._error = exc
        self._end()

    def _end(self) -> None:
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)


def said_more(connection: object) -> bool:
    """Tell whether more came over a connection of httpcore than the answer that it was asked for.

    It must not pass for the answer to the next request (RFC 9112, 6.3 and 9.2). Only h11 knows of
    it, under whatever ways there are through a proxy.
    """
    while (inner := getattr(connection, "_connection", None)) is not None:
        connection = inner
    state = getattr(connection, "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])


def _is_readable(number: int) -> bool:
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()  # unlike select, it takes numbers over 1023
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))
