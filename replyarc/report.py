"""What a crawl of one source came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from replyarc.model import Entry, Outcome


@dataclass(slots=True, kw_only=True)
class Report:
    """What one crawl of one source came to; mutable, and owned by one walk.

    ``problems`` are failures in words; ``findings`` say that the result cannot be right although
    nothing failed (an empty listing). ``blocked`` says by what the site turned us away.
    ``unread`` counts listed entries whose bytes earlier crawls kept without finding a reply.
    ``finished`` is true when the listing was walked to its end or to what was known before.
    """

    source: str
    family: str = ""
    pages: int = 0
    listed: int = 0
    requests: int = 0
    unread: int = 0
    announced: int | None = None
    finished: bool = False
    blocked: str | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    unread_labels: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    would_take: list[Entry] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Return the report as ``crawl --json`` prints it and the archive keeps it."""
        return {
            "source": self.source,
            "family": self.family,
            "finished": self.finished,
            "pages": self.pages,
            "announced": self.announced,
            "listed": self.listed,
            "requests": self.requests,
            "unread": self.unread,
            **{outcome.value: self.outcomes[outcome] for outcome in Outcome},
            "left_out": dict(self.left_out),
            "blocked": self.blocked,
            "findings": self.findings,
            "problems": self.problems,
            "unread_labels": dict(self.unread_labels.most_common()),
            "would_take": [{"url": each.url, "title": each.title} for each in self.would_take],
        }
