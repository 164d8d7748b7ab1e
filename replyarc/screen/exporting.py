"""How far an export is, on a terminal: a bar, once it takes long enough for a person to wonder."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE: Final = 1.0
"""Seconds within which nothing is shown."""

_STEP: Final = 64
"""Replies between two looks at the clock."""

_T = TypeVar("_T")


class Exporting:
    """Counts what passes, and shows it on stderr: nothing in a script, nothing where it is quick.

    ``shown`` is whether there is a terminal to show it on; ``total`` how many are to come.
    """

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._since = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Exporting:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def counted(self, things: Iterable[_T]) -> Iterator[_T]:
        """Pass things on, and show how many of them have gone by."""
        if not self._shown:
            yield from things
            return
        for number, thing in enumerate(things):
            yield thing
            if number % _STEP == 0 and time.monotonic() - self._since >= PATIENCE:
                self._show(number)

    def _show(self, number: int) -> None:
        if self._bar is None:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            from replyarc.screen.terminal import console

            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=console(sys.stderr),
                transient=True,
            )
            self._bar.add_task("", total=self._total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=number + 1)


def watched(quiet: bool, to_stdout: bool) -> bool:
    """Tell whether a bar may be shown: not in a log, and not among the lines of the export."""
    terminal = sys.stderr is not None and sys.stderr.isatty()
    return terminal and not quiet and not (to_stdout and sys.stdout.isatty())
