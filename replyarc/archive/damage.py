"""What `verify` found of an archive (plain data)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

SHOWN: Final = 10
"""How many examples are kept of one damage."""


class Grade(StrEnum):
    """What a damage means: evidence that is lost, what can be made of the rest, or no harm.

    BARRED is what could be made of the rest, were that not damaged itself.
    """

    LOST = "lost"
    BARRED = "cannot be made anew yet"
    ANEW = "can be made anew"
    NOTED = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One thing that is wrong: where, what, how often, and some of the rows that it is wrong of.

    ``bars``: as long as it is so, nothing is made anew of the evidence.
    """

    grade: Grade
    where: str
    what: str
    number: int = 1
    examples: tuple[str, ...] = ()
    bars: bool = False

    def as_json(self) -> dict[str, object]:
        """Return it under the names that a script may rely on."""
        return {
            "grade": self.grade.value,
            "where": self.where,
            "what": self.what,
            "number": self.number,
            "examples": list(self.examples),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a reply loses by a damage: its bytes, or what it says. ``versions`` are those of it.

    ``reply`` is ``None`` where it is not the page of a reply but a listing or a file.
    """

    url: str
    what: str
    reply: str | None = None
    title: str | None = None
    versions: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it under the names that a script may rely on."""
        return {
            "reply": self.reply,
            "title": self.title,
            "url": self.url,
            "versions": list(self.versions),
            "what": self.what,
        }


@dataclass(slots=True)
class Verdict:
    """What came of verifying an archive: what was looked at, what is wrong, and who loses by it.

    ``checked`` counts what was looked at, ``size`` are the bytes of the bodies that were hashed,
    ``losses`` are the first, ``more_losses`` how many damaged rows were not followed up.
    """

    format: int
    quick: bool = False
    checked: dict[str, int] = field(default_factory=dict)
    size: int = 0
    damage: list[Damage] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    more_losses: int = 0

    @property
    def whole(self) -> bool:
        """Tell whether nothing is damaged; what is only noted does no harm."""
        return all(each.grade is Grade.NOTED for each in self.damage)

    @property
    def barred(self) -> bool:
        """Tell whether the very evidence is damaged that replies, versions and the index follow."""
        return any(each.bars for each in self.damage)

    @property
    def repairable(self) -> bool:
        """Tell whether there is something that can be made anew."""
        return any(each.grade is Grade.ANEW for each in self.damage)

    def as_json(self) -> dict[str, object]:
        """Return it under the names that a script may rely on."""
        return {
            "format": self.format,
            "quick": self.quick,
            "whole": self.whole,
            "checked": self.checked,
            "bytes": self.size,
            "damage": [each.as_json() for each in self.damage],
            "losses": [each.as_json() for each in self.losses],
            "more_losses": self.more_losses,
        }
