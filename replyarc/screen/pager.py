"""What is written for people to read: how wide, in colours or not, and through a pager or not.

On a terminal, what is longer than its screen goes through the pager that the person has chosen.
typer has none, and those of rich and of pydoc take the whole text before they begin: a list of
100,000 replies has to flow.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO, Final, TextIO, cast

from replyarc.screen import ink
from replyarc.screen.ink import Line
from replyarc.screen.plain import plain

IN_A_FILE: Final = 160
"""Columns of a table in a file or a pipe, unless COLUMNS says another number."""

LEAST: Final = 20
"""The narrowest terminal that anything is laid out for."""

_BLANK: Final = re.compile(r"[\t\n]")
_NONE: Final = frozenset({"", "cat"})


@dataclass(frozen=True, slots=True)
class Paper:
    """Where lines are written to, how many columns it has, and whether it takes colours."""

    out: TextIO
    width: int
    coloured: bool

    @property
    def is_unicode(self) -> bool:
        """Whether every letter can stand on it."""
        return ink.is_unicode(self.out)

    def shown(self, text: str) -> str:
        """Return a text as it will stand there, on one line, without blanks around it."""
        return self.safe(" ".join(text.split()))

    def safe(self, text: str) -> str:
        """Return a text as it will stand there, on one line: this is what has a width."""
        line = plain(_BLANK.sub(" ", text))
        if self.is_unicode:
            return line
        return line.encode(self.out.encoding, "backslashreplace").decode(self.out.encoding)

    def write(self, lines: Iterable[Line]) -> None:
        """Write lines of what was `shown`; those in no colour without blanks at their ends."""
        for line in lines:
            text = "".join(ink.coloured(*piece) for piece in line) if self.coloured else _bare(line)
            self.out.write(f"{text}\n")


def _bare(line: Line) -> str:
    return "".join(text for text, _ in line).rstrip(" ")


@contextmanager
def paper(*, paging: bool = True) -> Iterator[Paper]:
    """Yield what is to be written on: stdout, or on a terminal the way into a pager.

    A pager that is left early is no error: what comes after in the block is passed over. One that
    cannot be started is done without.
    """
    out, environ = sys.stdout, os.environ
    command = chosen(environ) if paging and _someone_reads(environ) else []
    width = _width(out)
    started = _started(command, out) if command else None
    if started is None:
        yield Paper(out, width, ink.has_colours(out, environ))
        out.flush()
        return
    with _left_alone(started) as into:
        coloured = _is_less(command) and ink.has_colours(out, environ)
        yield Paper(into, width, coloured)


def _width(out: TextIO) -> int:
    told = out.isatty() or "COLUMNS" in os.environ
    return max(ink.columns(out), LEAST) if told else IN_A_FILE


def _someone_reads(environ: Mapping[str, str]) -> bool:
    """Tell whether a person sits there who can turn pages; Windows has no pager worth it."""
    able = os.name != "nt" and environ.get("TERM", "dumb") != "dumb"
    return able and sys.stdout.isatty() and sys.stdin is not None and sys.stdin.isatty()


def chosen(environ: Mapping[str, str]) -> list[str]:
    """Return the command of the pager, less if PAGER says no other; nothing where none is wanted.

    >>> chosen({}), chosen({"PAGER": "most -s"}), chosen({"PAGER": "cat"}), chosen({"PAGER": ""})
    (['less'], ['most', '-s'], [], [])
    """
    named = environ.get("PAGER", "less").strip()
    if named in _NONE:
        return []
    try:
        return shlex.split(named)
    except ValueError:  # a quotation mark without its other half
        return []


def _is_less(command: list[str]) -> bool:
    return PurePath(command[0]).stem == "less"


def settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a pager: less shows colours, and what fits a screen at once.

    >>> settings({})["LESS"], settings({"LESS": "-M"})["LESS"]
    ('FRX', '-R -M')
    """
    own = environ.get("LESS")
    return {"LESSCHARSET": "utf-8", **environ, "LESS": f"-R {own}" if own else "FRX"}


def _started(command: list[str], out: TextIO) -> subprocess.Popen[str] | None:
    out.flush()
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            env=settings(os.environ),
            encoding=out.encoding,
            errors="backslashreplace",
        )
    except OSError:  # it is not there, or is no program
        return None


@contextmanager
def _left_alone(pager: subprocess.Popen[str]) -> Iterator[TextIO]:
    """Yield the way into a pager; whatever ends the writing, it has the terminal until it is left.

    Ctrl-C reaches the pager too, which goes on: so do we, until the person leaves it.
    """
    into: Any = pager.stdin
    try:
        with suppress(BrokenPipeError):
            yield into
            into.flush()
    finally:
        with suppress(BrokenPipeError, KeyboardInterrupt):
            into.close()
        while pager.returncode is None:
            with suppress(KeyboardInterrupt):
                pager.wait()
        with suppress(BrokenPipeError):
            into.close()


class _Shown(io.RawIOBase):
    """A way to a terminal for whole lines of bytes: what it might obey is shown as what it is."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        lines = bytes(data).decode("utf-8", "replace").replace("\r\n", "\n")
        self._out.write(plain(lines))
        return len(data)


def raw(out: TextIO) -> BinaryIO:
    """Return where bytes are written that are to arrive as they are, unless it is a terminal."""
    return cast(BinaryIO, _Shown(out)) if out.isatty() else out.buffer
