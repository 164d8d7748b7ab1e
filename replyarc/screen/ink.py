"""Lines of styled text for a terminal, without rich: for what has to be there at once.

Widths are those of a terminal, where a Chinese letter is two columns wide, and lines are broken as
Chinese is set: no full stop or closing bracket begins a line, no opening one ends it, and neither
a number nor a Latin word is torn.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO
from unicodedata import category, east_asian_width

from replyarc.screen.plain import UNSAFE, plain

Piece = tuple[str, str]
"""A text and its style: words of `STYLES`, none for the terminal's own."""
Line = tuple[Piece, ...]

STYLES: Final[Mapping[str, str]] = {
    "bold": "1",
    "dim": "2",
    "underline": "4",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
    "mark": "1;30;43",
}
IN_A_FILE: Final = 80
"""Columns of what goes into a file or a pipe: a letter is set in a measure that stays."""
RULE: Final = "─"
"""What lines are ruled with."""

_LEAST: Final = 2
_MOST: Final = 10_000

_OPENING: Final = "（《〈「『【〔〖［｛“‘([{〝¥￥$＄№"
_CLOSING: Final = "，。、；：？！）》〉」』】〕〗］｝”’,.;:?!)]}〞％%‰℃°·…—～々"
_LATIN: Final = r"[0-9A-Za-z\u00c0-\u024f]+"
_WORD: Final = re.compile(rf"{_LATIN}(?:[!-/:-@\[-`{{-~]+{_LATIN})*|\s+|…+|—+|.", re.DOTALL)


class _Widths(dict[str, int]):
    """How wide letters are, each looked up once: a letter of a reply has few different ones."""

    def __missing__(self, letter: str) -> int:
        if letter < "\u0300":
            wide = 1
        elif east_asian_width(letter) in "WF":
            wide = 2
        else:
            wide = 0 if category(letter) in ("Mn", "Me") else 1
        self[letter] = wide
        return wide


_WIDTHS: Final = _Widths()


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> cells("养老abc"), cells("e\u0301")
    (7, 1)
    """
    return len(text) if text.isascii() else sum([_WIDTHS[letter] for letter in text])


def wrapped(text: str, width: int, first: str = "") -> list[str]:
    """Break a text into lines of so many columns at most; ``first`` stands before the first.

    Blanks at a break go; everything else stays. What alone is wider than a line is torn.

    >>> wrapped("您提出的建议收悉。现答复如下：", 16)
    ['您提出的建议收', '悉。现答复如下：']
    """
    width = max(width, _LEAST)
    lines: list[str] = []
    line, used = first, cells(first)
    for unit in _units(text):
        wide = cells(unit)
        is_blank = unit.isspace()
        if used + wide <= width and (not is_blank or line.strip("\u3000 ") or not lines):
            line, used = line + unit, used + wide
            continue
        if is_blank:
            continue
        if line.strip("\u3000 "):
            lines.append(line.rstrip())
            line, used = "", 0
        for piece in [unit] if used + wide <= width else _torn(unit, width, used):
            if used + cells(piece) > width and line:
                lines.append(line.rstrip())
                line, used = "", 0
            line, used = line + piece, used + cells(piece)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str) -> Iterator[str]:
    """Yield what a line may not be broken inside of, and the blanks between."""
    unit = ""
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isspace():
            if unit:
                yield unit
            yield word
            unit = ""
        elif not unit or word[0] in _CLOSING or unit[-1] in _OPENING or not _WIDTHS[word[0]]:
            unit += word
        else:
            yield unit
            unit = word
    if unit:
        yield unit


def _torn(unit: str, width: int, used: int) -> Iterator[str]:
    """Tear what is wider than a line, letter by letter."""
    piece, wide = "", 0
    room = width - used if width - used >= _LEAST else width
    for letter in unit:
        if wide + _WIDTHS[letter] > room and piece:
            yield piece
            piece, wide, room = "", 0, width
        piece, wide = piece + letter, wide + _WIDTHS[letter]
    yield piece


def columns(stream: TextIO) -> int:
    """Return how wide what is written to a stream is to be: COLUMNS, the terminal's, a file's."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and 0 < int(told) < _MOST:
        return int(told)
    if not stream.isatty():
        return IN_A_FILE
    try:
        return os.get_terminal_size(stream.fileno()).columns or IN_A_FILE
    except (OSError, ValueError):
        return IN_A_FILE


def has_colours(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a stream takes colours: a terminal does, unless NO_COLOR or TERM=dumb is set.

    FORCE_COLOR gives them to a file too (https://no-color.org, https://force-color.org).
    """
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environ.get("TERM", "") not in ("dumb", "unknown")


def write(lines: Iterable[Line], stream: TextIO | None = None) -> None:
    """Write lines, on stdout if on no other stream; what a terminal might obey is shown plain."""
    out = stream or sys.stdout
    out.write(inked(lines, out))
    out.flush()


def inked(lines: Iterable[Line], stream: TextIO) -> str:
    """Return lines as the text that is written on a stream, in colours if it takes them."""
    as_text = _inked if has_colours(stream) else bare
    text = "".join(f"{as_text(line)}\n" for line in lines)
    return text if is_unicode(stream) else text.replace(RULE, "-")


def is_unicode(stream: TextIO) -> bool:
    """Tell whether every letter can be written on a stream."""
    return (stream.encoding or "utf-8").lower().startswith("utf")


def bare(line: Line) -> str:
    """Return a line without its styles and the blanks at its end."""
    return "".join(_safe(text) for text, _ in line).rstrip(" \u3000")


def _inked(line: Line) -> str:
    return "".join(coloured(_safe(text), style) for text, style in line).rstrip(" \u3000")


def coloured(text: str, style: str) -> str:
    r"""Return a text in the colours of a style, as a terminal is told of them.

    >>> coloured("答复", "bold red")
    '\x1b[1;31m答复\x1b[0m'
    """
    codes = ";".join(STYLES[each] for each in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def _safe(text: str) -> str:
    return plain(text) if UNSAFE.search(text) or "\n" in text else text
