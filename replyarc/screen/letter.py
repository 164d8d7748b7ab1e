"""A letter, set as one: salutation, indented paragraphs, signature and day to the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyarc.screen.ink import RULE, Line, cells, wrapped
from replyarc.screen.plain import plain
from replyarc.text.parts import Part, parts

MEASURE: Final = 76
"""Columns of a line of a letter at the most: 38 Chinese letters, however wide the terminal is."""

_INDENT: Final = "\u3000\u3000"
_NARROW: Final = 24  # where an indent of four columns would cost too much
_TO_THE_RIGHT: Final = ("signature", "day")


def framed(text: str, signature: str | None, width: int) -> Iterator[Line]:
    """Set a letter between two rules."""
    rule = ((RULE * width, "dim"),)
    yield rule
    yield from letter(text, signature, width)
    yield rule


def letter(text: str, signature: str | None, width: int) -> Iterator[Line]:
    """Set a letter in lines; ``signature`` is what was read as the signature (落款).

    >>> for line in letter("季舒委员：\\n收悉。\\n清源市民政局", "清源市民政局", 20):
    ...     print(repr(line[0][0]))
    '季舒委员：'
    '  收悉。'
    '        清源市民政局'
    """
    before = None
    for part in parts(text, signature):
        if before and (part.kind == "contact") != (before == "contact"):
            yield ((("", ""),))
        yield from _set(part, width)
        before = part.kind


def _set(part: Part, width: int) -> Iterator[Line]:
    line = plain(part.text.replace("\t", "  "))
    if part.kind in _TO_THE_RIGHT:
        for each in wrapped(line, width):
            yield ((" " * (width - cells(each)) + each, ""),)
        return
    is_flush = part.kind in ("salutation", "contact")
    first = "" if is_flush else _INDENT if width > _NARROW else "  "
    style = {"heading": "bold", "contact": "dim"}.get(part.kind, "")
    for each in wrapped(line, width, first):
        yield ((each, style),)
