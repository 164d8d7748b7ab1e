"""The past of a reply, drawn for people: what changed, when, sentence by sentence.

What went and what came is told by signs too, not by colours alone: − and + before a sentence,
``[-…-]`` and ``{+…+}`` around what changed inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from replyarc.screen.replies import both_names, flat
from replyarc.screen.terminal import plain
from replyarc.text.differences import Sign, Step, differences

_SIGNS: Final = {Sign.REMOVED: ("−", "red"), Sign.ADDED: ("+", "green"), Sign.SAME: ("", "")}
_MARKS: Final = {Sign.REMOVED: ("[-", "-]"), Sign.ADDED: ("{+", "+}")}
_MUCH: Final = "bold underline"

Changed = Mapping[str, tuple[Any, Any]]
"""By field, the old and the new value."""


def block(head: str, lines: Iterable[str], changed: Changed | None = None) -> RenderableType:
    """Draw one step of a reply's past: its head, what is told of it, and what changed by it."""
    told: list[RenderableType] = [Text(plain(line), style="dim") for line in lines]
    if changed is not None:
        told += [*fields(changed)] or [Text("nothing but breaks and blanks", style="dim")]
    return Group(Text(plain(head), style="bold"), Padding(Group(*told), (0, 0, 0, 2), expand=False))


def fields(changed: Changed) -> Iterator[RenderableType]:
    """Draw the fields that changed, one below the other; of the letter the sentences."""
    for name, (old, new) in changed.items():
        heading = both_names(name)
        if name == "text":
            yield Text(heading, style="cyan")
            yield Padding(letter(old or "", new or ""), (0, 0, 0, 2), expand=False)
            continue
        drawn = Text(heading, style="cyan").append("  ")
        drawn.append(plain(_value(old)), style="red").append(" → ", style="default")
        yield drawn.append(plain(_value(new)), style="green")


def _value(value: object) -> str:
    return "—" if value in (None, "", []) else flat(value)


def letter(old: str, new: str) -> RenderableType:
    """Draw what differs between two letters, a sentence a line."""
    steps = differences(old, new)
    if not steps:
        return Text("only breaks between paragraphs and blanks differ", style="dim")
    drawn = Table.grid(padding=(0, 1, 0, 0))  # a long sentence goes on below itself
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    for step in steps:
        drawn.add_row(*_line(step))
    return drawn


def _line(step: Step) -> tuple[Text, Text]:
    if step.sign is Sign.FOLDED:
        return Text(), Text(f"… {step.times} sentences that stayed", style="dim")
    sign, style = _SIGNS[step.sign]
    line, at = Text(style=style), 0
    for begin, end in step.marks:
        opening, closing = _MARKS[step.sign]
        line.append(plain(step.text[at:begin]))
        line.append(f"{opening}{plain(step.text[begin:end])}{closing}", style=_MUCH)
        at = end
    return Text(sign, style=style), line.append(plain(step.text[at:]))
