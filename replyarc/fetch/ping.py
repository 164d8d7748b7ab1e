"""A monitor that is told when a crawl begins and how it ends: an address in healthchecks' manner.

Asked are ``URL/start``, then ``URL`` after a success or ``URL/fail`` after anything else
(https://healthchecks.io/docs/http_api/). The address is a secret, for who knows it can report a
success: its path, its query and a password in it are in no message.
"""

from __future__ import annotations

import threading
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

import httpx

from replyarc import __version__

SECONDS: Final = 10.0
"""For one try, from the look-up of the name to the status line."""

TRIES: Final = 2

MOST_BYTES: Final = 10_000
"""Of what is said with a success or a failure."""


class Ping:
    """A monitor; each of its methods returns what went wrong, on one line, or ``None``.

    The person who runs the crawl names the address, so every host is asked, the own machine
    included. Redirects are not followed, and neither proxies nor passwords are looked for in the
    environment. Raises ValueError, without the address, where that cannot be asked.
    """

    def __init__(self, url: str, *, seconds: float = SECONDS) -> None:
        self._parts = _split(url)
        self._seconds = seconds

    def start(self) -> str | None:
        """Say that a crawl has begun."""
        return self._tell("/start", None)

    def success(self, said: str) -> str | None:
        """Say that it has ended well, and what came of it."""
        return self._tell("", said)

    def fail(self, said: str) -> str | None:
        """Say that it has not, and why."""
        return self._tell("/fail", said)

    def __str__(self) -> str:
        """Write the address with all that is secret left out."""
        port = f":{self._parts.port}" if self._parts.port is not None else ""
        return f"{self._parts.scheme}://{self._parts.hostname}{port}/…"

    def _tell(self, ending: str, said: str | None) -> str | None:
        url = self._parts._replace(path=self._parts.path.rstrip("/") + ending) if ending else None
        asked = urlunsplit(url or self._parts)
        why = ""
        for _ in range(TRIES):
            status, why = self._ask(asked, said)
            if status and 200 <= status < 300:
                return None
            if status and status < 500 and status != 429:
                break  # asking again cannot help
        return f"{self}: {why}"

    def _ask(self, url: str, said: str | None) -> tuple[int | None, str]:
        """Ask once; return the status, and what is wrong with it.

        On a thread of its own, which is left behind when the time is up: nothing else bounds how
        long the look-up of a name may take.
        """
        answers: list[int | Exception] = []

        def ask() -> None:
            try:
                answers.append(_status(url, said, self._seconds))
            except Exception as error:  # whatever it is, it must not end a crawl
                answers.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(self._seconds)
        answer = answers[0] if answers else httpx.ReadTimeout("")
        if isinstance(answer, int):
            return answer, _meaning(answer)
        if isinstance(answer, httpx.TimeoutException):
            return None, f"no answer in {self._seconds:g} s"
        return None, self._masked(str(answer) or type(answer).__name__)

    def _masked(self, text: str) -> str:
        parts = self._parts
        secrets = [parts.path, parts.query, parts.username, parts.password, *parts.path.split("/")]
        for secret in sorted({each for each in secrets if each and each != "/"}, key=len)[::-1]:
            text = text.replace(secret, "…")
        return " ".join(text.split())


def _status(url: str, said: str | None, seconds: float) -> int:
    body = None if said is None else bounded(said)
    headers = {"User-Agent": f"replyarc/{__version__}"}
    if body is not None:
        headers["Content-Type"] = "text/plain; charset=utf-8"
    with (
        httpx.Client(timeout=seconds, trust_env=False) as client,
        client.stream(
            "GET" if body is None else "POST", url, content=body, headers=headers
        ) as answer,
    ):
        return answer.status_code


def bounded(said: str) -> bytes:
    """Encode what is said, of a long one its beginning.

    >>> len(bounded("建" * 9_999))
    9999
    """
    whole = said.encode("utf-8", "backslashreplace")
    return whole[:MOST_BYTES].decode("utf-8", "ignore").encode("utf-8")


def _meaning(status: int) -> str:
    if 300 <= status < 400:
        return f"answers {status}, a redirect, which is not followed. Give the address it leads to"
    if status in (401, 403, 404, 410):
        return f"answers {status}. Look whether the address is right"
    return f"answers {status}"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        sound = False
    if not sound or not url.isprintable() or " " in url or "\\" in url:
        raise ValueError("is no http(s) address that can be asked. Give it as the monitor shows it")
    return parts._replace(fragment="")
