"""Where each value of a reply was read, and what else the reading of a page brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from replyarc.model import Reply


class Evidence(NamedTuple):
    """Where a value was read.

    ``rule`` names the reader that found it, ``place`` is where on the page, in words or as a CSS
    path; ``label`` and ``printed`` are the label and the value as printed, ``None`` where there is
    no label, or nothing is printed (a number of links, what the configuration says).
    """

    rule: str
    place: str
    label: str | None = None
    printed: str | None = None


class Found(NamedTuple):
    """A value and where it was read."""

    value: Any
    evidence: Evidence


Said = Mapping[str, Sequence[Found]]
"""What one place of a page says: of a field one thing, or several, the believed one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What was read of a file that a letter links to.

    ``kind`` is what its bytes are (``attached.kinds``); ``text`` has a line a paragraph and is
    ``None`` where nothing was read; ``problem`` says in plain words what was not read and why.
    """

    kind: str
    text: str | None = None
    pages: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Where the letter stands: its element as a CSS path, its first and last line.

    ``above`` and ``below`` are the lines of that element that are not taken for the letter.
    """

    element: str
    first: str = ""
    last: str = ""
    lines: int = 0
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A reading of a page: the reply, and what its reader did not put into it.

    ``unread`` are the labels that nobody read, each once. ``evidence`` says of each field with a
    value where it was read, ``others`` what other places say differently. ``further`` are the
    addresses of further pages of the same letter that were not read with it: where there are
    some, the letter is not whole.
    """

    reply: Reply
    unread: tuple[str, ...]
    evidence: Mapping[str, Evidence]
    letter: Bounds
    others: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    further: tuple[str, ...] = ()

    def notes(self) -> dict[str, Any]:
        """Return as plain values what is noted beside the reply: where each value was read."""
        return {
            "evidence": {name: each._asdict() for name, each in self.evidence.items()},
            "others": {
                name: [each._asdict() for each in others] for name, others in self.others.items()
            },
            "letter": {"element": self.letter.element, "lines": self.letter.lines},
            "unread": list(self.unread),
        }
