"""What an import came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from replyarc.archive.merging import Came


@dataclass(slots=True)
class Imported:
    """What was taken in, what was left, and what went wrong.

    ``new``, ``more`` and ``known`` count replies: not held before, held with fewer versions, held
    as they are; ``captures`` what was not known to be fetched. ``pages`` counts the pages and files
    that were found, ``left`` what was not taken in, by why.
    """

    new: int = 0
    more: int = 0
    known: int = 0
    captures: int = 0
    pages: int = 0
    left: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, came: Came) -> None:
        """Count what came out of a chest, or of a bundle."""
        self.new += came.new
        self.more += came.more
        self.known += came.known
        self.captures += came.fetches
        if came.withheld:
            self.left["redacted"] += came.withheld
        self.problems += [f"body {each} is damaged and was left" for each in came.damaged]
        for table, number in came.unsound.items():
            self.problems.append(f"{number:,} rows of {table} are damaged and were left")

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to take in, not even what is held already."""
        return not (self.new or self.more or self.known or self.captures or self.pages)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "replies": {"new": self.new, "more": self.more, "known": self.known},
            "pages": self.pages,
            "captures": self.captures,
            "left": dict(sorted(self.left.items())),
            "problems": list(self.problems),
        }
