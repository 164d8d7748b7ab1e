"""What every answer of `browse` goes through: who may ask, what may be asked, what a page may do.

The archive names people, and has no password. So only this machine is answered unless one says
otherwise, and nothing is told to a page of another site that is open in the same browser:

* A request has to name this server in its Host header. A name of another domain that was made to
  lead to 127.0.0.1 (DNS rebinding) is refused; so is a request that says it comes from a page of
  another site and does not open a page in a window of its own (Fetch Metadata), and whatever is
  neither GET nor HEAD.
* There is no CORS header, and no other site may embed what is answered. Nothing that the archive
  says is kept by a browser or a proxy (``no-store``).
* Pages of Datasette about itself, which tell of this machine (where the archive lies, what is
  installed), are not there.
* One Content-Security-Policy for all pages, Datasette's and errors included: no script at all, not
  even one of ours, style sheets and pictures of this server only, no inline style, no frame.
  Datasette 0.65 has inline scripts for its menu of a column and its SQL editor, and inline styles;
  the templates beside this module leave those out that can be left out, the others do not run.
  What they do can be done by links and forms.
* A chart is an SVG file, and styles are inline in it: a policy of its own allows these alone, in a
  sandbox.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from ipaddress import ip_address
from typing import Any, Final

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The names of this machine that always may be asked for."""

WILDCARDS: Final = frozenset({"0.0.0.0", "::"})
"""What stands for all addresses of the machine."""

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
POLICY_OF_SVG: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; sandbox"
)
HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""What is said with every answer beside the policy."""

_OF_THE_SERVER: Final = re.compile(
    r"/-/(?!(?:search|reply|charts|chart|browse|static)(?:[/.]|$))|(?!/)", re.ASCII
)
_OF_THE_PROGRAM: Final = ("/-/browse/", "/-/static/", "/favicon.ico")
_READING: Final = ("GET", "HEAD")
_OURS: Final = frozenset(name.encode() for name in (*HEADERS, "content-security-policy"))
_CORS: Final = b"access-control-"


def hosts(host: str) -> frozenset[str]:
    """Return the names in a Host header that are this server's where it listens on ``host``.

    >>> sorted(hosts("192.0.2.7") - LOOPBACK), sorted(hosts("::1") - LOOPBACK)
    (['192.0.2.7'], [])
    """
    named = f"[{host}]" if ":" in host else host
    own = {socket.gethostname().lower()} if host in WILDCARDS else {named.lower()}
    return LOOPBACK | own


class Guard:
    """An ASGI application that lets through to another what may pass, and seals its answers."""

    def __init__(self, app: App, host: str) -> None:
        self._app = app
        self._hosts = hosts(host)
        self._any_address = host in WILDCARDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = list(scope["headers"])
        refusal = self._refusal(scope["method"], scope["path"], headers)
        seal = _sealed(send, kept=scope["path"].startswith(_OF_THE_PROGRAM))
        if refusal:
            await _refuse(seal, *refusal)
        else:
            await self._app(scope, receive, seal)

    def _refusal(
        self, method: str, path: str, headers: Iterable[tuple[bytes, bytes]]
    ) -> tuple[int, str] | None:
        """Return the status and the words with which a request is refused, if it is."""
        said: dict[str, list[str]] = {}
        for name, value in headers:
            said.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        if not self._is_ours(said.get("host", [])):
            return 421, "This is the archive of another name. Open the address that was printed."
        if method not in _READING:
            return 405, "The archive is only read here: GET and HEAD."
        if _is_foreign(said):
            return 403, "Pages of other sites are told nothing of the archive."
        if _OF_THE_SERVER.match(path):
            return 404, "There is no such page."
        return None

    def _is_ours(self, named: list[str]) -> bool:
        if len(named) != 1:
            return False
        host = named[0].lower()
        head, _, port = host.rpartition(":")
        name = head if head and port.isdigit() else host
        return name in self._hosts or (self._any_address and _is_address(name))


def _is_address(name: str) -> bool:
    """Tell whether a name is an address of the Internet Protocol: none can be made to lead here."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_foreign(said: dict[str, list[str]]) -> bool:
    """Tell whether a page of another site asks for something, and does not open it as a page."""
    site = said.get("sec-fetch-site", ["none"])
    opens = said.get("sec-fetch-mode") == ["navigate"]
    is_framed = said.get("sec-fetch-dest", ["document"]) != ["document"]
    return site not in (["none"], ["same-origin"]) and (is_framed or not opens)


def _sealed(send: Send, *, kept: bool) -> Send:
    """Return a ``send`` that sets the headers of each answer, whatever it said itself of them.

    ``kept``: it is of the program, and may be kept by a browser.
    """

    async def sealing(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(bytes(name).lower(), value) for name, value in message.get("headers", [])]
            own = [each for each in own if each[0] not in _OURS and _CORS not in each[0]]
            is_svg = any(
                name == b"content-type" and value.startswith(b"image/svg") for name, value in own
            )
            policy = POLICY_OF_SVG if is_svg else POLICY
            said = {**HEADERS, "content-security-policy": policy}
            if not kept:
                own = [each for each in own if each[0] != b"cache-control"]
                said["cache-control"] = "no-store"
            own += [(name.encode(), value.encode()) for name, value in said.items()]
            message = {**message, "headers": own}
        await send(message)

    return sealing


async def _refuse(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if status == 405:
        headers.append((b"allow", ", ".join(_READING).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{words}\n".encode()})
