r"""The manual page, of the same data as the help pages, for ``man``.

The language is roff with the macros of man(7): a line that begins with a dot or an apostrophe is an
order to it, a backslash begins an escape, and a bare hyphen may be drawn as a typographic one,
which nobody can copy into a shell (groff_man_style(7)).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from replyarc.cli.declared import Declared


_ESCAPES: Final = str.maketrans(
    {
        "\\": "\\e",
        "-": "\\-",
        "'": "\\(aq",
        '"': "\\(dq",
        "`": "\\(ga",
        "^": "\\(ha",
        "~": "\\(ti",
    }
)
"""What roff would read or draw otherwise than it stands."""


def man() -> None:
    """Print the manual page (手册页) of all commands, as roff: for `man -l -`."""
    from replyarc.cli.helping import PAGES

    sys.stdout.write((PAGES / "replyarc.1").read_text("utf-8"))


def escaped(text: str) -> str:
    r"""Return a line of text as roff reads it.

    >>> escaped("--since DAY"), escaped(r"C:\a"), escaped("./replyarc.toml")
    ('\\-\\-since DAY', 'C:\\ea', '\\&./replyarc.toml')
    """
    text = text.translate(_ESCAPES)
    return f"\\&{text}" if text.startswith(".") else text


def manual(said: tuple[Declared, ...]) -> str:
    """Write the manual page of the program and all its commands."""
    program, *commands = said
    lines = ['.TH REPLYARC 1 "" "replyarc" "User Commands"', ".nh", ".ad l", ".SH NAME"]
    lines.append(escaped("replyarc - archive the written replies (答复) of Chinese government"))
    lines += [".SH SYNOPSIS", escaped(program.usage), ".SH DESCRIPTION", escaped(program.sentence)]
    lines += [".SH EXAMPLES", *_examples(program)]
    apart = ("Options, before the command", "Exit codes", "Environment", "Files")
    titles = dict(zip(apart, ("OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES"), strict=True))
    lines += [".SH OPTIONS", "They stand before the command.", *_entries(program, apart[0])]
    lines.append(".SH COMMANDS")
    for each in commands:
        lines += _command(each)
    for heading in apart[1:]:
        lines += [f".SH {titles[heading]}", *_entries(program, heading)]
    return "\n".join(lines) + "\n"


def _command(said: Declared) -> Iterator[str]:
    yield f".SS {escaped(said.usage)}"
    yield escaped(said.sentence)
    for paragraph in said.details:
        yield ".PP"
        yield escaped(" ".join(paragraph.split()))
    yield ".PP"
    yield "Examples:"
    yield from _examples(said)
    for heading in said.sections:
        yield ".PP"
        yield f"{escaped(heading)}:"
        yield from _entries(said, heading)


def _entries(said: Declared, heading: str) -> Iterator[str]:
    for label, text in said.sections[heading]:
        yield ".TP"
        yield f".B {escaped(label)}" if label else "\\&"
        yield escaped(text)


def _examples(said: Declared) -> Iterator[str]:
    """Write the lines as they are typed, each with what it is for."""
    for line, gloss in said.examples:
        yield from (".TP", f".B {escaped(line)}", escaped(gloss))
