"""The terminal: what may go to it, on which stream, and JSON.

Everything that comes from a site passes `plain` on its way to the screen and is never read as
markup, so a page can neither colour, move nor rename a terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import IO, Any, Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from replyarc.screen.plain import UNSAFE
from replyarc.screen.plain import json_text as json_text
from replyarc.screen.plain import plain as plain

_WIDTH_OF_A_FILE: Final = 160


class _Console(Console):
    """A console that shows all text plain, and leaves to the entry point what a closed pipe means.

    What is drawn is made plain before, where its width counts; what is forgotten there, here.
    """

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield what rich makes of it; only its own colours and moves are left as they are."""
        for segment in super().render(renderable, options):
            if segment.control or not UNSAFE.search(segment.text):
                yield segment
            else:
                yield Segment(plain(segment.text), segment.style)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print; a file or a mail gets no blanks at the ends of lines, which rich fills up.

        And it gets it at once, so that what is said on stderr afterwards stands behind it.
        """
        if self.is_terminal:
            super().print(*objects, **options)
            return
        with self.capture() as drawn:
            super().print(*objects, **options)
        self.file.write("\n".join(line.rstrip(" ") for line in drawn.get().split("\n")))
        self.file.flush()

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(stream: IO[str]) -> Console:
    """Return a console that takes nothing for markup; wide where nothing bounds it."""
    width = None if stream.isatty() or "COLUMNS" in os.environ else _WIDTH_OF_A_FILE
    return _Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    sys.stdout.write(json_text(value) + "\n")


def say(message: str, *, style: str = "") -> None:
    """Tell a person something, on stderr, unbroken however narrow it is: it may go to a log."""
    console(sys.stderr).print(Text(plain(message), style=style), soft_wrap=True)


def show(*parts: RenderableType) -> None:
    """Draw on stdout."""
    out = console(sys.stdout)
    for part in parts:
        out.print(part)
