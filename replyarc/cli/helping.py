"""The help pages: plain text, the same on every terminal, written once from the declarations.

They lie in the folder ``pages``, so that showing one needs nothing but reading it. After options
or examples changed they are written anew: ``python -m replyarc.cli.helping``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from replyarc.screen.ink import cells

if TYPE_CHECKING:
    from replyarc.cli.declared import Declared

PAGES: Final = Path(__file__).with_name("pages")
"""Where the pages lie: ``replyarc.txt`` for the program, one for each command."""

WIDTH: Final = 79
"""Columns of a page, the one that many terminals break at left free."""

_LABEL: Final = 22
"""Columns for what stands before its text; what is wider stands on a line of its own."""


def page(name: str) -> str:
    """Return the page of a command, or of ``replyarc``, without the line's end at its end."""
    return (PAGES / f"{name}.txt").read_text("utf-8").rstrip("\n")


def version() -> str:
    """Return which replyarc this is, and what of its surroundings a report of a bug needs."""
    import sqlite3

    from replyarc import __version__
    from replyarc.archive.format import FORMAT

    python = ".".join(map(str, sys.version_info[:3]))
    return (
        f"replyarc {__version__} (archive format {FORMAT}), "
        f"Python {python}, SQLite {sqlite3.sqlite_version}"
    )


def rendered(said: Declared) -> str:
    """Write a page: usage, a sentence, examples, what is to be known, then every option."""
    blocks = [f"Usage: {said.usage}", _paragraph(said.sentence)]
    lines = []
    for shown in said.examples:
        glosses = wrapped(shown.gloss, WIDTH - 6)
        lines += [f"  {shown.line}", *(f"      {gloss}" for gloss in glosses)]
    if lines:
        blocks.append("\n".join(["Examples:", *lines]))
    blocks += map(_paragraph, said.details)
    every = [label for entries in said.sections.values() for label, _ in entries]
    column = 4 + max(cells(label) for label in every if cells(label) <= _LABEL)
    for heading, entries in said.sections.items():
        blocks.append("\n".join([f"{heading}:", *_listed(entries, column)]))
    if said.name != "replyarc":
        blocks.append("Before the command: --config FILE, --archive FILE, -q, -v: replyarc --help")
    return "\n\n".join(blocks) + "\n"


def wrapped(text: str, width: int) -> list[str]:
    """Break a paragraph at blanks alone: what is typed, an option or a command, stays whole.

    >>> wrapped("发布机构 or 答复单位 contains --this.", 22)
    ['发布机构 or 答复单位', 'contains --this.']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and cells(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _paragraph(text: str) -> str:
    return "\n".join(wrapped(text, WIDTH))


def _listed(entries: Iterable[tuple[str, str]], column: int) -> Iterator[str]:
    """Lay labels and their texts side by side; a label that is too wide has a line of its own."""
    for label, text in entries:
        before = f"  {label}"
        if cells(before) + 2 > column:
            yield before
            before = ""
        for line in wrapped(text, WIDTH - column):
            yield (before + " " * (column - cells(before)) + line).rstrip()
            before = ""


def write() -> list[str]:
    """Write every page anew; return the names of those that changed."""
    from replyarc.cli.declared import every
    from replyarc.cli.manual import manual

    said = every()
    texts = {f"{each.name}.txt": rendered(each) for each in said}
    texts["replyarc.1"] = manual(said)
    PAGES.mkdir(exist_ok=True)
    stale = {each.name for each in PAGES.iterdir()} - texts.keys()
    for name in stale:
        (PAGES / name).unlink()
    changed = []
    for name, text in texts.items():
        place = PAGES / name
        if not place.exists() or place.read_text("utf-8") != text:
            place.write_text(text, "utf-8", newline="\n")
            changed.append(name)
    return sorted([*changed, *stale])


if __name__ == "__main__":
    print(*write(), sep="\n")
