"""The progress of a crawl, on a terminal."""

from __future__ import annotations

import sys
import time
from typing import Final, Protocol, Self

from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Column

from replyarc.report import Report
from replyarc.screen.reports import counted
from replyarc.screen.terminal import console, plain, say

LONG: Final = 10.0
"""Seconds from which on a wait has a line of its own; a pause between two requests needs none."""


class Watching(Protocol):
    """Whoever is told how a crawl gets on: what a walk does, and for which host it waits."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def watch(self, report: Report, doing: str) -> None:
        """Take in what a walk is doing; an empty ``doing`` ends it."""

    def wait(self, host: str, seconds: float, why: str) -> None:
        """Take in that a host is waited for, and why."""


def _rest() -> Column:
    """Return a column of what the others leave of a line, that is cut off where it is longer."""
    return Column(no_wrap=True, overflow="ellipsis", ratio=1)


class Progressing:
    """The progress of a crawl on stderr.

    A line a source that changes in place, on a terminal only; with ``verbose`` every step on a
    line of its own, wherever stderr goes; with ``quiet`` nothing.
    """

    def __init__(self, *, quiet: bool, verbose: bool = False) -> None:
        target = console(sys.stderr)
        self._verbose = verbose and not quiet
        self._lines = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
            TextColumn("{task.fields[doing]}", markup=False, table_column=_rest()),
            console=target,
            transient=True,
            expand=True,  # without it a long last column narrows the others, to nothing at last
            disable=quiet or verbose or not target.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._waits: dict[str, float] = {}  # until when which host is waited for

    def __enter__(self) -> Self:
        self._lines.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.stop()

    def watch(self, report: Report, doing: str) -> None:
        """Show what a walk is doing; an empty ``doing`` ends its line."""
        self._end_waits()
        pages, asked = counted(report.pages, "page"), counted(report.requests, "request")
        self._show(report.source, doing and f"{pages} · {asked} · {doing}")

    def wait(self, host: str, seconds: float, why: str) -> None:
        """Show that a host is waited for, and why, if it takes long or nothing else is shown."""
        self._end_waits()
        nothing_else = not any(each.visible for each in self._lines.tasks)
        if self._verbose or seconds >= LONG or nothing_else:
            self._waits[host] = time.monotonic() + seconds
            self._show(host, f"waiting {seconds:.0f} s: {why}")

    def _end_waits(self) -> None:
        """Take away the lines of waits that are over: nobody tells of their end."""
        for host in [each for each, end in self._waits.items() if end <= time.monotonic()]:
            del self._waits[host]
            self._show(host, "")

    def _show(self, name: str, doing: str) -> None:
        if self._verbose and doing:
            say(f"{name}: {doing}")
        if name not in self._tasks:
            self._tasks[name] = self._lines.add_task(plain(name), doing="")
        self._lines.update(self._tasks[name], doing=plain(doing), visible=bool(doing))
