"""What came of verifying an archive, drawn for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from replyarc.screen.terminal import plain

_MOST = 20  # replies that are named


class Damaged(Protocol):
    """One thing that is wrong."""

    @property
    def grade(self) -> str:
        """What it means."""

    @property
    def where(self) -> str:
        """Of which table."""

    @property
    def what(self) -> str:
        """What is wrong."""

    @property
    def number(self) -> int:
        """How often."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Some of the rows."""


class Lost(Protocol):
    """What a reply loses by it."""

    @property
    def reply(self) -> str | None:
        """Its id."""

    @property
    def title(self) -> str | None:
        """Its title."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def versions(self) -> tuple[int, ...]:
        """Which versions of it."""

    @property
    def what(self) -> str:
        """What is lost."""


class Found(Protocol):
    """What came of verifying; see ``archive.damage.Verdict``."""

    @property
    def whole(self) -> bool:
        """Whether nothing is damaged."""

    @property
    def format(self) -> int:
        """The format of the archive."""

    @property
    def quick(self) -> bool:
        """Whether no bytes were hashed."""

    @property
    def size(self) -> int:
        """Bytes that were hashed."""

    @property
    def checked(self) -> dict[str, int]:
        """How many of what were looked at."""

    @property
    def damage(self) -> Sequence[Damaged]:
        """What is wrong."""

    @property
    def losses(self) -> Sequence[Lost]:
        """Who loses by it."""

    @property
    def more_losses(self) -> int:
        """How many damaged rows were not followed up."""


_HEADS = (
    ("lost", "Damaged", "red"),
    (
        "cannot be made anew yet",
        "Cannot be made anew yet: --repair leaves it as it is",
        "yellow",
    ),
    ("can be made anew", "Can be made anew: replyarc verify --repair", "yellow"),
    ("noted", "Noted; it does no harm", "dim"),
)


def told(path: str, found: Found, done: Sequence[str]) -> Iterator[RenderableType]:
    """Draw what was found in the archive at ``path``, and what was done about it."""
    for what in done:
        yield Text(f"Repaired: {what}.", style="green")
    counted = ", ".join(f"{number:,} {what}" for what, number in found.checked.items())
    hashed = "no bytes were hashed" if found.quick else f"{found.size / 1e6:,.1f} MB hashed"
    verdict = "whole" if found.whole else "damaged"
    style = "green" if found.whole else "bold red"
    yield Text(plain(f"{path}: {verdict} (format {found.format}; {counted}; {hashed})"), style)
    for grade, head, style in _HEADS:
        damage = [each for each in found.damage if each.grade == grade]
        if damage:
            yield Text(f"\n{head}", style)
            yield from map(_line, damage)
    if found.losses or found.more_losses:
        yield from _losses(found)


def _line(damage: Damaged) -> RenderableType:
    number = f"{damage.number:,} × " if damage.number > 1 else ""
    lines = [f"{damage.where}: {number}{damage.what}"]
    lines += [f"  {example}" for example in damage.examples]
    more = damage.number - len(damage.examples)
    if damage.examples and more:
        lines.append(f"  … and {more:,} more")
    return _indented("\n".join(lines))


def _indented(words: str) -> Text:
    return Text("\n".join(f"  {line}" for line in plain(words).splitlines()))


def _losses(found: Found) -> Iterator[RenderableType]:
    yield Text("\nWho loses what", "red")
    for loss in found.losses[:_MOST]:
        versions = f", version {', '.join(map(str, loss.versions))}" if loss.versions else ""
        name = f"{loss.reply}  {loss.title or ''}\n" if loss.reply else ""
        words = f"{name}{loss.url}\n  {loss.what}{versions}"
        yield _indented(words)
    more = len(found.losses[_MOST:]) + found.more_losses
    if more:
        yield _indented(f"… and {more:,} more; --json names the first {len(found.losses):,}")
    yield Text(
        "\nWhat is lost comes back from a backup (replyarc backup made it), or from the sites as "
        "long as they have it: replyarc crawl --full asks for every reply again."
    )
