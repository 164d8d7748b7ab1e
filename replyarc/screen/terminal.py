"""The terminal: what may go to it, on which stream, and JSON.

Everything that comes from a site passes `plain` on its way to the screen and is never read as
markup, so a page can neither colour, move nor rename a terminal.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from typing import IO, Any, Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""C0 but tab and newline, C1, and what has no width or turns the direction of writing."""

_WIDTH_OF_A_FILE: Final = 160


def plain(text: str) -> str:
    r"""Show what a terminal might obey as what it is.

    >>> plain("关于\x1b[2J的答复")
    '关于\\x1b[2J的答复'
    """
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class _Console(Console):
    """A console that shows all text plain, and leaves to the entry point what a closed pipe means.

    What is drawn is made plain before, where its width counts; what is forgotten there, here.
    """

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield what rich makes of it; only its own colours and moves are left as they are."""
        for segment in super().render(renderable, options):
            if segment.control or not _UNSAFE.search(segment.text):
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


def json_text(value: object) -> str:
    """Write a value as JSON, Chinese left readable; what a terminal might obey is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text)


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
