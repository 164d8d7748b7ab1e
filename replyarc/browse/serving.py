"""Serving an archive to a browser until one is interrupted."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import uvicorn

from replyarc.browse.guard import WILDCARDS, App
from replyarc.browse.opening import opened

PORT: Final = 8765
"""Where it is served if nobody says otherwise, and nobody else is there."""


class NoPlace(Exception):
    """The address cannot be listened on; the message says why, and what to do."""


def listening(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens; without a port on `PORT`, or on a free one if that is taken.

    Raises NoPlace.
    """
    try:
        return _bound(host, PORT if port is None else port)
    except OSError as error:
        if port is None and error.errno == errno.EADDRINUSE:
            return listening(host, 0)
        raise NoPlace(_why(error, host, PORT if port is None else port)) from error


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere it would let two programs listen at once
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()
    except BaseException:
        bound.close()
        raise
    return bound


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{host}:{port}: another program listens there. Give another --port, or --port 0"
    if error.errno == errno.EACCES:
        return f"{host}:{port}: may not be listened on. Give a --port above 1023, or --port 0"
    return (
        f"{host}: no address of this machine ({error.strerror or error}). "
        "Leave --host out to read the archive on this machine only"
    )


def address(listens: socket.socket, host: str) -> str:
    """Return what to open in a browser of this machine."""
    port = listens.getsockname()[1]
    named = "127.0.0.1" if host in WILDCARDS else host
    return f"http://[{named}]:{port}/" if ":" in named else f"http://{named}:{port}/"


def serve(path: Path, host: str, port: int | None, begun: Callable[[str], None]) -> None:
    """Serve an archive until one is interrupted; ``begun`` is told the address once it listens.

    Raises ArchiveError and NoPlace before that.
    """
    with opened(path, host) as archive, closing(listening(host, port)) as listens:
        begun(address(listens, host))
        serving = server(archive.app)
        serving.run(sockets=[listens])
        if serving.should_exit:  # between the end of its loop and ours, a Ctrl-C may get lost
            raise KeyboardInterrupt


def server(app: App) -> uvicorn.Server:
    """Return a server that says nothing of who asked for what, nor of itself."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            use_colors=False,  # else it asks whether there is a stdout, which may be closed
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
    )
