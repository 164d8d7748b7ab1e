"""Where each value of a reply was read, drawn for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from replyarc.evidence import Attached
from replyarc.screen.ink import Line, cells, wrapped
from replyarc.screen.letter import MEASURE, framed
from replyarc.screen.replies import HEADINGS, flat
from replyarc.screen.terminal import plain

_LONGEST: Final = 120  # letters of a value or of what is printed
_LABEL: Final = 18  # columns of the names of fields, the English one below the Chinese one
_BOTH: Final = 30  # the same, where both stand on one line
_NARROW: Final = 44  # one on which a value stands below its name
_WIDE: Final = 120  # a terminal on which the place of a value stands beside it
_WIDEST: Final = 176
_LEAST: Final = 6
_MOST: Final = 6  # lines of the page that are shown above and below the letter


class Inked:
    """Lines that are set for the width they are drawn in, as something that rich draws."""

    def __init__(self, lines: Callable[[int], Iterable[Line]]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.lines(options.max_width):
            yield Text.assemble(*line)


def why(said: Mapping[str, object], notes: Mapping[str, Any]) -> RenderableType:
    """Draw the fields of a reply, under the contract's keys, and where each was read.

    ``notes`` are those of `evidence.Extracted.notes`.
    """
    return Inked(lambda width: _fields(said, notes, width))


def _fields(said: Mapping[str, object], notes: Mapping[str, Any], width: int) -> Iterator[Line]:
    for name, evidence in _in_order(notes["evidence"]):
        value = said.get(name)
        if value not in (None, "", []):
            shown = f"{len(str(value)):,} letters" if name == "text" else _short(flat(value))
            is_new = name == "title" or evidence["rule"] != "title"
            where = _told(evidence, with_text=is_new and evidence["printed"] != shown)
            yield from _beside((HEADINGS[name], name), shown, where, width)
        for other in notes["others"].get(name, ()):
            yield from _beside(("", ""), "elsewhere otherwise:", _told(other), width, "red")


def _beside(
    names: tuple[str, str], value: str, where: str, width: int, style: str = ""
) -> Iterator[Line]:
    """Set a value and where it was read: beside each other where there is room, else below.

    ``names`` are what the field is called, in Chinese and by its key.
    """
    both = " ".join(names).strip()
    if width >= _WIDE:
        yield from _abreast(both, value, where, min(width, _WIDEST) - _BOTH, style)
        return
    labels = iter(names)
    indent, room = _LABEL, max(width - _LABEL, _LEAST)
    if width < _NARROW:
        if both:
            yield ((both, "cyan"),)
        labels, indent, room = iter(()), 2, width - 2
    lines = [(line, style) for line in wrapped(plain(value), room)]
    lines += [(line, "dim") for line in wrapped(plain(where), room, "← ")]
    for line in lines:
        label = next(labels, "")
        yield ((label + " " * (indent - cells(label)), "cyan"), line)


def _abreast(both: str, value: str, where: str, room: int, style: str) -> Iterator[Line]:
    half = room * 2 // 5
    pairs = zip_longest(
        wrapped(plain(value), half - 2), wrapped(plain(where), room - half), fillvalue=""
    )
    labels = iter((both,))
    for left, right in pairs:
        label, blanks = next(labels, ""), " " * (half - cells(left))
        label += " " * (_BOTH - cells(label))
        yield ((label, "cyan"), (left, style), (blanks, ""), (right, "dim"))


def _in_order(evidence: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the fields that have evidence in the order of a reply."""
    return [(name, evidence[name]) for name in HEADINGS if name in evidence]


def _told(evidence: Mapping[str, str | None], *, with_text: bool = True) -> str:
    """Say where a value was read, and what is printed there unless it is the title again.

    >>> _told({"rule": "box", "place": "div#xx", "label": "文 号：", "printed": "青民[2021]1号"})
    'box, div#xx · 文 号： · “青民[2021]1号”'
    """
    printed = evidence["printed"] if with_text else None
    parts = [f"{evidence['rule']}, {evidence['place']}", evidence["label"]]
    parts.append(f"“{_short(printed)}”" if printed else None)
    return " · ".join(part for part in parts if part)


def inspected(found: Mapping[str, Any]) -> RenderableType:
    """Draw what was read from one page, as ``inspect --json`` prints it."""
    reply, letter = found["reply"], found["letter"]
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, lines in (
        ("charset", [_charset(found["charset"])]),
        ("letter", [f"{letter['lines']} lines in {letter['element']}"]),
        ("first line", [letter["first"]]),
        ("last line", [letter["last"]]),
        ("above it", _few(letter["above"], last=True)),
        ("below it", _few(letter["below"])),
        ("further pages", found["further"]),
        ("flags", [", ".join(reply["flags"]) or "none"]),
        ("unread labels", [", ".join(found["unread"]) or "none"]),
    ):
        text = "\n".join(filter(None, map(_short, lines)))
        if text:
            grid.add_row(name, Text(plain(text)))
    title = Text(plain(reply["title"]), style="bold")
    return Group(title, why(reply, found), Text(), grid)


def attached(
    name: str, url: str, said: Attached | None, problem: str | None = None
) -> RenderableType:
    """Draw an attached file: what it is, and its text, or why there is none.

    ``problem`` says why it could not be had.
    """
    head = Text(plain(name), style="bold").append(f"  {plain(url)}", style="dim")
    if said is None:
        wants = "set attachments = true in its source, and crawl"
        return Group(head, Text(plain(f"not held: {problem or wants}"), style="yellow"))
    kind = said.kind if said.pages is None else f"{said.kind}, {said.pages} pages"
    told = Text(kind, style="dim").append(plain(f": {said.problem}") if said.problem else "")
    if said.text is None:
        return Group(head, told)
    text = said.text
    return Group(head, told, Inked(lambda width: framed(text, None, min(width, MEASURE))))


def _charset(charset: Mapping[str, Any]) -> str:
    told = [f"{who} says {what}" for who, what in charset["said"].items()]
    lost = f"{charset['lost']:,} letters lost" if charset["lost"] else "nothing lost"
    return "; ".join([f"{charset['codec']}, believed: {charset['believed']}", *told, lost])


def _few(lines: Sequence[str], *, last: bool = False) -> Iterable[str]:
    """Return the lines next to the letter, and how many more there are."""
    more = [f"… {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return [*more, *lines[-_MOST:]] if last else [*lines[:_MOST], *more]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
