"""What is found to be wrong with a source, and what of it is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from replyarc.instants import utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that cannot be right with a source, though nothing may have failed.

    ``about`` is which thing of its ``kind`` it is of: a field, the address of a listing.
    ``measure`` is coarse, and another one when the finding is to be told again; the judge reads
    from it what was held before. ``grave``: it makes the exit code. ``since`` is when it began,
    where the history tells that; else it began when it was first found.
    """

    source: str
    kind: str
    about: str = ""
    measure: str = ""
    text: str
    grave: bool = True
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, and whether it is to be said now: because it is new, or another than before
    (``is_news``), because it lasts (``is_reminder``), or because it is over (``is_over``).
    """

    finding: Finding
    since: datetime
    is_news: bool = False
    is_reminder: bool = False
    is_over: bool = False

    @property
    def is_said(self) -> bool:
        """Whether it is said in full."""
        return self.is_news or self.is_reminder or self.is_over

    @property
    def is_grave(self) -> bool:
        """Whether it lasts, and makes the exit code."""
        return self.finding.grave and not self.is_over

    def as_json(self) -> dict[str, object]:
        """Return it as ``crawl --json`` prints it."""
        said = {"news": self.is_news, "reminder": self.is_reminder, "over": self.is_over}
        return {
            "kind": self.finding.kind,
            "about": self.finding.about,
            "text": self.finding.text,
            "since": utc(self.since),
            "grave": self.is_grave,
            "said": next((how for how, holds in said.items() if holds), None),
        }
