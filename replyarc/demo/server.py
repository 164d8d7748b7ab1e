"""The sample government on loopback: one HTTP server a site, each on a free port of 127.0.0.1."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Thread, current_thread
from types import TracebackType
from typing import Any, Final

from replyarc.demo.government import EPOCHS, Document, sites
from replyarc.demo.letters import NAMES, column

MISSING: Final = Document(
    "text/html; charset=utf-8",
    "<!DOCTYPE html><title>404</title><p>您访问的页面不存在。</p>".encode(),
)
AUTO: Final = ("tingyuan", "wanghu")  # whose family the sample configuration leaves to detection
WAIT: Final = 5.0  # seconds for a connection to end once it is shut down


@dataclass(frozen=True, slots=True)
class Site:
    """One site of the government: what a ``[[source]]`` needs to know of it."""

    name: str
    publisher: str
    family: str
    url: str


class Government:
    """The sample government, running as long as its ``with`` block.

    ``sites`` are there inside the block; setting ``epoch`` to 1 changes what they serve.
    """

    def __init__(self) -> None:
        self.epoch = 0
        self.sites: tuple[Site, ...] = ()
        self._running = ExitStack()

    def __enter__(self) -> Government:
        for epoch in EPOCHS:  # printed now, not while the first visitor waits
            sites(epoch)
        with ExitStack() as started:
            self.sites = tuple(self._open(name, started) for name in NAMES)
            self._running = started.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()
        self.sites = ()

    def _open(self, name: str, running: ExitStack) -> Site:
        def serve(path: str) -> Document | None:
            return sites(self.epoch)[name].get(path)

        server = _Server(serve)
        running.callback(server.stop)
        table = column(name)
        url = f"http://127.0.0.1:{server.server_port}{table.listing}"
        return Site(name, table.publisher, table.family, url)


MARK: Final = (
    "# The sample government of `replyarc demo`. Its sites run as long as the command does."
)
"""The first line of its replyarc.toml, by which a folder of the demo is known."""


def configuration(government: Government, archive: str = "replies.db") -> str:
    """Write the replyarc.toml with which the running government is crawled.

    ``archive`` is the path of the archive, as it is to stand in the file.
    """
    head = f"""\
{MARK}
[archive]
path = {_quoted(archive)}

[crawl]
contact = "mailto:demo@localhost"
delay = 0.0
private_addresses = true
"""
    return head + "".join(
        f"""
[[source]]
name = {_quoted(site.name)}
publisher = {_quoted(site.publisher)}
family = {_quoted("auto" if site.name in AUTO else site.family)}
url = {_quoted(site.url)}
"""
        for site in government.sites
    )


def _quoted(text: str) -> str:
    """Quote a string for TOML, whose basic strings are JSON's but for the solidus."""
    return json.dumps(text, ensure_ascii=False)


class _Server(ThreadingHTTPServer):
    """One site's server, which knows its open connections, so that it can end them."""

    daemon_threads = True

    def __init__(self, serve: Callable[[str], Document | None]) -> None:
        super().__init__(("127.0.0.1", 0), _Visit)
        self.serve = serve
        self.connections: dict[Thread, socket] = {}
        self.loop = Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.loop.start()

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        self.connections[thread] = request
        thread.start()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            del self.connections[current_thread()]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a visitor who hangs up is no news."""

    def stop(self) -> None:
        """Stop listening, end every open connection and wait for its thread."""
        self.shutdown()
        self.loop.join(WAIT)
        for thread, connection in list(self.connections.items()):
            with suppress(OSError):  # it may have ended in the meantime
                connection.shutdown(SHUT_RDWR)
            thread.join(WAIT)
        self.server_close()


class _Visit(BaseHTTPRequestHandler):
    """One connection, over which any number of pages is asked for."""

    protocol_version = "HTTP/1.1"
    timeout = 30.0  # seconds; a visitor who says nothing for that long has left
    server: _Server

    def do_GET(self) -> None:
        found = self.server.serve(self.path)
        document = found or MISSING
        tag = f'"{sha256(document.body).hexdigest()[:16]}"'
        if found and self.headers.get("If-None-Match") == tag:
            self._answer(HTTPStatus.NOT_MODIFIED, {"ETag": tag}, b"")
            return
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        headers, body = {"Content-Type": document.content_type, "ETag": tag}, document.body
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"], body = "gzip", gzip.compress(body, mtime=0)
        self._answer(status, headers, body)

    def _answer(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: the terminal belongs to the command."""
