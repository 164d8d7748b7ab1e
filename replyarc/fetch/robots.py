"""May this address be asked for? Pure: a robots.txt and an address in, an answer out (RFC 9309)."""

from __future__ import annotations

import codecs
import re
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote_from_bytes

from protego import Protego

from replyarc.errors import Disallowed, FetchError, Refused, Unreachable
from replyarc.model import UNCHANGED, RobotsFile

TOKEN: Final = "replyarc"
"""The product token that a robots.txt names us by."""

MOST_BYTES: Final = 500 * 1024
"""How much of a file is read; RFC 9309, 2.5 asks for at least this."""

GOOD_FOR: Final = timedelta(hours=24)
"""RFC 9309, 2.4: not to be used for longer."""

LONGEST_DELAY: Final = 300.0
"""Seconds; a Crawl-delay of a day is a mistake of its writer."""


_OUR_LINE: Final = re.compile(
    rf"(?im)^([ \t]{{0,99}}user-agent[ \t]{{0,99}}:[ \t]{{0,99}}{TOKEN})[/ ].*$"
)
"""Our token with a version behind it; the token alone is what RFC 9309, 2.2.1 compares."""

_UNESCAPED: Final = bytes(range(0x21, 0x7F)) + b" \t"


def read_text(body: bytes) -> str:
    r"""Decode a robots.txt: a BOM stripped, an HTML error page as if it were empty.

    With the BOM, Protego does not see the first group and allows everything. Of a path in GBK both
    spellings are kept that an address may have, the one of its bytes and the one of its letters.

    >>> read_text(b"\xef\xbb\xbfUser-agent: *"), read_text(b"<!doctype html><p>404")
    ('User-agent: *', '')
    >>> read_text("Disallow: /建议/".encode("gbk"))
    'Disallow: /建议/\nDisallow: /%BD%A8%D2%E9/'
    """
    body = body[:MOST_BYTES]
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = body.decode("utf-16", "replace")
    else:
        try:
            text = codecs.getincrementaldecoder("utf-8-sig")().decode(body)  # may be cut at its end
        except UnicodeDecodeError:
            text = "\n".join(map(_of_bytes, body.splitlines()))
    return "" if text.lstrip().startswith("<") else text


def _of_bytes(line: bytes) -> str:
    """Return a line in GBK as its letters and, if they are not ASCII, as its bytes escaped too."""
    letters = line.decode("gb18030", "replace")
    if line.isascii() or line.lstrip().startswith(b"#"):
        return letters
    return f"{letters}\n{quote_from_bytes(line, _UNESCAPED)}"


def is_fresh(file: RobotsFile, now: datetime) -> bool:
    """Tell whether a file had before may still be used at `now`.

    Where no file could be had (no answer, 5xx) there is nothing to use; one from the future was
    written by a clock that went wrong.
    """
    return not _is_missing(file) and timedelta(0) <= now - file.fetched_at < GOOD_FOR


def status_of(error: FetchError) -> int | None:
    """Return the status to keep of a robots.txt that was not had; ``None``: as if unanswered.

    A gate in its place that says 200 is no answer to what was asked.
    """
    is_gate = isinstance(error, Refused) and 200 <= (error.status or 0) < 300
    return None if is_gate else error.status


class Rules:
    """What one site's robots.txt says to us; ``crawl_delay`` is in seconds, 0 if unsaid.

    ``failure`` is why the file could not be had, if it could not.
    """

    def __init__(self, file: RobotsFile, failure: FetchError | None = None) -> None:
        self._file = file
        self._failure = failure
        answered = file.status is not None and 200 <= file.status < 300
        self._protego = Protego.parse(_OUR_LINE.sub(r"\1", file.text) if answered else "")
        self.crawl_delay = min(self._protego.crawl_delay(TOKEN) or 0.0, LONGEST_DELAY)

    def hold(self, now: datetime) -> bool:
        """Tell whether they still hold; a file that could not be had is asked for once a run."""
        return _is_missing(self._file) or is_fresh(self._file, now)

    def check(self, url: str) -> None:
        """Return if `url` may be asked for.

        Raises Disallowed where a rule forbids it; where the file could not be had, Unreachable or
        (a gate, 521 and the like) Refused. RFC 9309, 2.3.1.4: 5xx or no answer forbids everything;
        2.3.1.3: every 4xx forbids nothing, 429 included, which says how often to ask (and that is
        kept) and not what.
        """
        if _is_missing(self._file):
            self._refuse(url)
        if not self._protego.can_fetch(url, TOKEN):
            raise Disallowed(url, f"{self._file.origin}/robots.txt does not allow it")

    def _refuse(self, url: str) -> None:
        failure, status = self._failure, self._file.status
        said = failure.why if failure else ""
        why = f"robots.txt could not be had ({said}): nothing is asked here in this run"
        if isinstance(failure, Refused):
            raise Refused(url, why, status=failure.status)
        later = failure.retry_after if isinstance(failure, Unreachable) else None
        raise Unreachable(url, why, status=status, retry_after=later)


def _is_missing(file: RobotsFile) -> bool:
    """Tell whether it is not known what a robots.txt says.

    No answer and 5xx, and 304 where nothing is held that could be unchanged.
    """
    return file.status is None or file.status >= 500 or file.status == UNCHANGED
