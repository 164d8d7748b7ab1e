"""Reading again, on the screen: how far it is, what is read otherwise now, what it came to."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from replyarc.screen.history import Changed, fields
from replyarc.screen.replies import both_names
from replyarc.screen.reports import counted
from replyarc.screen.terminal import console, plain


class Counting:
    """How many of a number of things are done, on stderr; on a terminal only."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        target = console(sys.stderr)
        self._line = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=target,
            transient=True,
            disable=quiet or not target.is_terminal,
        )
        self._task = self._line.add_task("", total=total)

    def __enter__(self) -> Counting:
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()

    def watch(self, done: int, doing: str) -> None:
        """Show how many are done, and what is at hand."""
        self._line.update(self._task, completed=done, description=plain(doing))


def change(title: str, url: str, note: str, changed: Changed) -> RenderableType:
    """Draw a reply that is read otherwise now: by field, the old and the new value."""
    head = Text(plain(title), style="bold").append(f"  {note}" if note else "", style="yellow")
    told = Group(Text(plain(url), style="dim"), *fields(changed))
    return Group(head, Padding(told, (0, 0, 0, 2), expand=False))


def summary(counts: Mapping[str, int], fields_changed: Mapping[str, int]) -> RenderableType:
    """Draw what reading again came to: how many of each, and which fields.

    ``counts`` are in words: "changed", "put aside …".
    """
    parts = [f"{number:,} {words}" for words, number in counts.items() if number]
    lines = [Text(" · ".join(parts) or "nothing to read")]
    if fields_changed:
        names = sorted(fields_changed, key=lambda name: (-fields_changed[name], name))
        told = ", ".join(f"{both_names(name)} {fields_changed[name]:,}" for name in names)
        lines.append(Text(f"{counted(len(names), 'field')}: {told}"))
    return Group(*lines)
