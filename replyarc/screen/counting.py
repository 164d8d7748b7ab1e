"""How far a long job is, on a terminal."""

from __future__ import annotations

import sys

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from replyarc.screen.terminal import console


class Counting:
    """One line on stderr that says what is done now, and how much of it; on a terminal only."""

    def __init__(self, *, quiet: bool, what: str = "") -> None:
        target = console(sys.stderr)
        self._line = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=target,
            transient=True,
            disable=quiet or not target.is_terminal,
        )
        self._task = self._line.add_task(what, total=None)

    def __enter__(self) -> Counting:
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()

    def step(self, what: str) -> None:
        """Say what is done from now on."""
        self._line.reset(self._task, description=what, total=None)

    def count(self, done: int, total: int) -> None:
        """Say how much of it is done."""
        self._line.update(self._task, completed=done, total=total)
