"""What a crawl of one source came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Final

from replyarc.findings import Told
from replyarc.model import Entry, Outcome, Reply

SAID: Final = tuple(each.name for each in fields(Reply) if each.compare)
"""The fields of a reply that say what it says, not where and when it was seen."""

ROWS: Final = frozenset({"notice", "other host", "other column", "no address"})
"""Reasons for which rows of a listing are left out; other reasons are those of other links."""

ASIDE: Final = "put aside: "
"""How a problem begins that is a letter put aside, which no failure is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What one listing came to in one crawl: a column, or a column below it.

    ``announced`` is how many entries the site says there are, ``rows`` how many its pages listed,
    each once; ``None`` where it does not say. ``columns`` is how many columns below it are walked.
    ``to_end``: it was walked to its last page, not
    only to what was known before. ``whole``: nothing in it is missing, as far as can be told.
    """

    url: str
    family: str
    pages: int = 0
    columns: int = 0
    announced: int | None = None
    rows: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    to_end: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of the entries of a source, of all that were ever listed.

    ``archived``: a reply is held. ``failed``: it was asked for in vain, and is again by the next
    crawl. ``pending``: it was not asked for yet. ``unread``: bytes are held, but no reply was found
    in them. ``left_out``: rows that are no replies, by reason; notices are held all the same.
    """

    archived: int = 0
    failed: int = 0
    pending: int = 0
    unread: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)


FAILURES: Final = frozenset({"failed", "quarantine"})
"""Kinds of findings that are not grave, and are said all the same: they make exit code 4."""


def filled(reply: Reply) -> frozenset[str]:
    """Return the fields of a reply in which something stands."""
    return frozenset(name for name in SAID if getattr(reply, name) not in (None, "", ()))


@dataclass(slots=True, kw_only=True)
class Filled:
    """In how many of the letters that a crawl read something stands, field by field.

    ``fields`` counts for the ``new`` ones; ``lost`` counts, for those asked for ``again``, in how
    many a field is empty now that was filled before.
    """

    new: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    again: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    def count(self, reply: Reply) -> None:
        """Count a letter that is new."""
        self.new += 1
        self.fields.update(filled(reply))

    def count_again(self, reply: Reply, before: Reply | None) -> None:
        """Count a letter that was asked for again; ``before`` is what it said, if it changed."""
        self.again += 1
        if before is not None:
            self.lost.update(filled(before) - filled(reply))

    def as_json(self) -> dict[str, object]:
        """Return it as it stands in the report."""
        counted = {"fields": dict(self.fields), "lost": dict(self.lost)}
        return {"new": self.new, "again": self.again, **counted}


@dataclass(slots=True, kw_only=True)
class Report:
    """What one crawl of one source came to; mutable, and owned by one walk.

    ``problems`` are failures in words, and what was put aside (`ASIDE`); ``findings`` say that the
    result cannot be right although nothing failed (an empty listing). ``blocked`` says by what the
    site turned us away, and at which page; ``rests`` why nothing more is asked in this run though
    no site refuses it: its host failed too often, or it is not the hour.
    ``finished`` is true when the listing was walked to its end or to what was known before,
    ``interrupted`` when a signal ended the walk. ``since``: older entries were not asked for.
    ``gone_for_good`` counts the pages that this crawl confirmed to be gone, ``outcomes`` all that
    were not there. ``listings`` are its columns, each by itself; ``tally`` is what the archive
    holds of them now, ``None`` where there is none. ``told`` is what is found to be wrong with the
    source by this crawl and those before; ``None`` where that was not looked at.
    """

    source: str
    family: str = ""
    pages: int = 0
    listed: int = 0
    requests: int = 0
    finished: bool = False
    interrupted: bool = False
    since: date | None = None
    blocked: str | None = None
    rests: str | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    gone_for_good: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unread_labels: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    would_take: list[Entry] = field(default_factory=list)
    listings: list[Walked] = field(default_factory=list)
    tally: Tally | None = None
    filled: Filled = field(default_factory=Filled)
    told: list[Told] | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something is found that cannot be right, be it said now or not."""
        return bool(self.findings) or any(each.is_grave for each in self.told or ())

    @property
    def has_news(self) -> bool:
        """Whether something of that is to be said now."""
        if self.told is None:
            return bool(self.findings or self.blocked or self.problems)
        said = [each.finding for each in self.told if each.is_said]
        return any(each.grave or each.kind in FAILURES for each in said)

    @property
    def stops(self) -> bool:
        """Whether nothing more is asked of this source in this run."""
        return bool(self.blocked or self.rests)

    @property
    def announced(self) -> int | None:
        """How many entries the site says there are; ``None`` where a column does not say."""
        told = [each.announced for each in self.listings if each.pages and not each.columns]
        return sum(each or 0 for each in told) if told and None not in told else None

    def as_json(self) -> dict[str, object]:
        """Return the report as ``crawl --json`` prints it and the archive keeps it."""
        return {
            "source": self.source,
            "family": self.family,
            "finished": self.finished,
            "pages": self.pages,
            "announced": self.announced,
            "listed": self.listed,
            "archived": self.tally.archived if self.tally else None,
            "waiting": self.tally.failed + self.tally.pending if self.tally else None,
            "requests": self.requests,
            "unread": self.tally.unread if self.tally else None,
            **{outcome.value: self.outcomes[outcome] for outcome in Outcome},
            "gone_for_good": self.gone_for_good,
            "left_out": dict(self.left_out),
            "listings": [asdict(walked) for walked in self.listings],
            "interrupted": self.interrupted,
            "since": self.since and self.since.isoformat(),
            "blocked": self.blocked,
            "rests": self.rests,
            "findings": self.findings,
            "told": None if self.told is None else [each.as_json() for each in self.told],
            "problems": self.problems,
            "unread_labels": dict(self.unread_labels.most_common()),
            "filled": self.filled.as_json(),
            "would_take": [{"url": each.url, "title": each.title} for each in self.would_take],
        }


@dataclass(slots=True, kw_only=True)
class Checked:
    """What a trial of a source found; mutable, filled as it goes.

    ``pages`` and ``announced`` are what the site says of the whole listing, ``None`` where it does
    not. ``goes_on``: a second page brought new entries; ``None`` where no page says that there is
    one. ``entries`` are the first, ``listed`` is how many there are on the first page. ``filled``
    counts, field by field, in how many of the ``read`` replies something stands. ``remembered`` is
    the family by which the last crawl read the source, ``None`` where there was none.
    """

    source: str
    url: str
    family: str
    remembered: str | None = None
    pages: int | None = None
    announced: int | None = None
    goes_on: bool | None = None
    listed: int = 0
    columns: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    read: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    unread_labels: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    blocked: str | None = None
    requests: int = 0

    def as_json(self) -> dict[str, object]:
        """Return it as ``check --json`` prints it."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        said["entries"] = [
            {"url": e.url, "title": e.title, "listed_on": e.listed_on and e.listed_on.isoformat()}
            for e in self.entries
        ]
        said["filled"] = {name: self.filled[name] for name in SAID}
        return said
