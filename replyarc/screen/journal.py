"""The log of a crawl for machines: one JSON object a line (``--log-format json``).

::

    {"schema": 1, "at": "2026-05-01T18:03:00Z", "level": "info", "event": "end", …}

``docs/unattended.md`` lists the events and their fields. Whatever a site put into a text, a line
is JSON and is one line: what is not printable is escaped, and everything that is not ASCII where
the stream could not write it.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from datetime import UTC, datetime
from typing import Final, Self, TextIO

from replyarc.instants import utc
from replyarc.report import Report

SCHEMA: Final = 1

LEVELS: Final = ("debug", "info", "warning", "error")

LONG: Final = 10.0
"""Seconds; shorter waits are those between two requests, and told with ``-v`` only."""

_PAGE: Final = re.compile(r"page (\d+) of (\d+|\?)")
"""What a walk says that it is doing when it has turned a page."""

_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")

_OURS: Final = "replyarc: "
"""How a line begins that says what went wrong."""


def line_of(value: object, *, ascii_only: bool = False) -> str:
    r"""Write a value as one line of JSON that a terminal and a log can be shown.

    >>> line_of({"title": "答复\u202e\x9b\ud800"})
    '{"title": "答复\\u202e\\u009b\\ud800"}'
    """
    text = json.dumps(value, ensure_ascii=ascii_only, default=str)
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


class Journal:
    """What a crawl tells of itself, event by event; ``quiet`` from warnings on, ``verbose`` all.

    Each line is handed to the stream as a whole, at once. A reader that goes away ends no crawl.
    """

    def __init__(self, stream: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self._stream = stream
        self._least = LEVELS.index("warning" if quiet else "debug" if verbose else "info")
        encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("_", "-")
        self._ascii_only = encoding not in ("utf-8", "utf8")
        self._told: Counter[tuple[str, str]] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, level: str, event: str, **fields: object) -> None:
        """Write an event."""
        if LEVELS.index(level) < self._least:
            return
        at = utc(datetime.now(UTC))
        value = {"schema": SCHEMA, "at": at, "level": level, "event": event, **fields}
        with suppress(OSError, ValueError):  # ValueError: the stream is closed
            self._stream.write(line_of(value, ascii_only=self._ascii_only) + "\n")
            self._stream.flush()

    def watch(self, report: Report, doing: str) -> None:
        """Tell what a walk is doing, and what it found wrong since; empty: it is over."""
        self._wrong(report)
        source, page = report.source, _PAGE.fullmatch(doing)
        if not doing:
            self.write("info", "walked", source=source, requests=report.requests)
        elif page and int(page[1]) == report.pages:
            pages = int(page[2]) if page[2] != "?" else None
            self.write("info", "page", source=source, page=report.pages, pages=pages)
        else:
            self.write("debug", "entry", source=source, title=doing)

    def wait(self, host: str, seconds: float, why: str) -> None:
        """Tell that a host is waited for, and why."""
        level = "info" if seconds >= LONG else "debug"
        self.write(level, "wait", host=host, seconds=round(seconds, 1), why=why)

    def end(self, report: Report) -> None:
        """Tell what the crawl of a source came to."""
        self._wrong(report)
        self.write("info", "end", **report.as_json())

    def _wrong(self, report: Report) -> None:
        """Tell what a report holds of what went wrong, of each kind what was not told yet."""
        stopped = {"blocked": report.blocked, "rests": report.rests}
        kinds: dict[str, Sequence[str]] = {
            "finding": report.findings,
            "problem": report.problems,
            **{kind: [text] if text else [] for kind, text in stopped.items()},
        }
        for kind, texts in kinds.items():
            for text in texts[self._told[report.source, kind] :]:
                self.write("warning", kind, source=report.source, text=text)
            self._told[report.source, kind] = len(texts)

    def line(self, text: str) -> None:
        """Write what was meant for a person as an event: what went wrong, or a note."""
        text = _COLOUR.sub("", text).strip()
        if text:
            level = "warning" if text.startswith(_OURS) else "info"
            self.write(level, "note", text=text.removeprefix(_OURS))

    @contextmanager
    def taking_stderr(self) -> Iterator[None]:
        """Let every line that anybody writes to stderr become an event, as long as the block runs.

        A library may warn, and what a person is told comes from many places.
        """
        lines = _Lines(self)
        with redirect_stderr(lines):
            try:
                yield
            finally:
                lines.close()


class _Lines(io.TextIOBase):
    """A stream that hands each line to a journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._begun = ""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # the base has it as an attribute
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._journal.line(line)
        return len(text)

    def close(self) -> None:
        if not self.closed and self._begun:
            self._journal.line(self._begun)
        super().close()


def journal(*, quiet: bool = False, verbose: bool = False) -> Journal:
    """Return a journal on stderr."""
    return Journal(sys.stderr, quiet=quiet, verbose=verbose)
