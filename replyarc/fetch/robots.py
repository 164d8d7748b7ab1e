"""May this address be asked for? Pure: a robots.txt and an address in, an answer out (RFC 9309)."""

from __future__ import annotations

import codecs
from datetime import datetime, timedelta
from typing import Final

from protego import Protego

from replyarc.errors import Disallowed, Refused, Unreachable
from replyarc.fetch.verdict import STATUSES
from replyarc.model import RobotsFile

TOKEN: Final = "replyarc"
"""The product token that a robots.txt names us by."""

MOST_BYTES: Final = 500 * 1024
"""How much of a file is read; RFC 9309, 2.5 asks for at least this."""

GOOD_FOR: Final = timedelta(hours=24)
"""RFC 9309, 2.4: not to be used for longer."""

LONGEST_DELAY: Final = 300.0
"""Seconds; a Crawl-delay of a day is a mistake of its writer."""


def read_text(body: bytes) -> str:
    r"""Decode a robots.txt: a BOM stripped, an HTML error page as if it were empty.

    With the BOM, Protego does not see the first group and allows everything.

    >>> read_text(b"\xef\xbb\xbfUser-agent: *"), read_text(b"<!doctype html><p>404")
    ('User-agent: *', '')
    """
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = body[:MOST_BYTES].decode("utf-16" if wide else "utf-8-sig", "replace")
    return "" if text.lstrip().startswith("<") else text


def is_fresh(file: RobotsFile, now: datetime) -> bool:
    """Tell whether a file had before may still be used at `now`.

    Where no file could be had (no answer, 5xx) there is nothing to use; one from the future was
    written by a clock that went wrong.
    """
    return not _is_missing(file) and timedelta(0) <= now - file.fetched_at < GOOD_FOR


class Rules:
    """What one site's robots.txt says to us; ``crawl_delay`` is in seconds, 0 if unsaid.

    ``why`` says in words why the file could not be had.
    """

    def __init__(self, file: RobotsFile, why: str = "") -> None:
        self._file = file
        self._why = why
        answered = file.status is not None and 200 <= file.status < 300
        self._protego = Protego.parse(file.text if answered else "")
        self.crawl_delay = min(self._protego.crawl_delay(TOKEN) or 0.0, LONGEST_DELAY)

    def hold(self, now: datetime) -> bool:
        """Tell whether they still hold; a file that could not be had is asked for once a run."""
        return _is_missing(self._file) or is_fresh(self._file, now)

    def check(self, url: str) -> None:
        """Return if `url` may be asked for.

        Raises Disallowed where a rule forbids it; where the file could not be had, Unreachable or
        (521 and the like) Refused. RFC 9309, 2.3.1.4: 5xx or no answer forbids everything;
        2.3.1.3: 4xx forbids nothing.
        """
        status = self._file.status
        if _is_missing(self._file):
            why = f"robots.txt could not be had ({self._why}): nothing is asked here in this run"
            if status is not None and STATUSES.get(status) is Refused:
                raise Refused(url, why, status=status)
            raise Unreachable(url, why, status=status)
        if not self._protego.can_fetch(url, TOKEN):
            raise Disallowed(url, f"{self._file.origin}/robots.txt does not allow it")


def _is_missing(file: RobotsFile) -> bool:
    return file.status is None or file.status >= 500
