"""What the crawls of a source came to: plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from replyarc.report import Filled, Tally, Walked


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl of a source; ``ended_at`` is ``None`` where it runs still, or was killed.

    ``new`` is how many letters it brought; the rest is as in `report.Report`.
    """

    crawl: int
    started_at: datetime
    ended_at: datetime | None = None
    finished: bool = False
    family: str = ""
    interrupted: bool = False
    since: date | None = None
    blocked: str | None = None
    rests: str | None = None
    new: int = 0
    requests: int = 0
    announced: int | None = None
    problems: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    listings: tuple[Walked, ...] = ()
    unread_labels: Mapping[str, int] = field(default_factory=dict)
    filled: Filled = field(default_factory=Filled)

    @property
    def counts(self) -> bool:
        """Whether it ended by itself: what a signal or a kill cut short says nothing of a site."""
        return self.ended_at is not None and not self.interrupted

    @property
    def is_whole(self) -> bool:
        """Whether it came to its end."""
        return self.ended_at is not None and self.finished

    @property
    def kept_hours(self) -> bool:
        """Whether it stopped because it was not the hour: that alone is no problem of a crawl."""
        return self.rests is not None and not any(self.rests in each for each in self.problems)

    @property
    def total(self) -> int | None:
        """How many entries there are by this crawl: as announced, else as all listings list."""
        if self.announced is not None:
            return self.announced
        leaves = [each for each in self.listings if not each.columns]
        if not self.is_whole or not leaves or not all(each.to_end for each in leaves):
            return None
        return sum(each.rows for each in leaves)


@dataclass(frozen=True, slots=True)
class Held:
    """In how many of some letters that are held a field says something, as they stand now."""

    letters: int = 0
    fields: Counter[str] = field(default_factory=Counter)


OFTEN: Final = 3
"""Crawls running in which an entry was asked for in vain before it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InVain:
    """Entries that were asked for in vain in more than `OFTEN` crawls running: a retry list.

    ``since``: when the first of them failed. ``problem``: what the most stubborn one met.
    """

    number: int = 0
    since: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A finding that was open before: how it was measured, and since when it lasts."""

    measure: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the archive tells of a source.

    ``runs`` are its last crawls, newest first, and of earlier ones those that brought letters or
    came to the end of a listing; ``began_at`` is when the first of all began.
    ``first_whole`` is the number of the first crawl that came to its end, ``whole_at`` when the
    last one did. ``days`` are the days of its letters, oldest first, each once. ``aside`` are
    the letters that were put aside and still are, ``lossy`` those of which much could not be
    decoded, by their ids. ``came``: the letters that are compared with those before (`filling`);
    ``seen``: those asked for since letters lost a field. ``open``: by kind and about, what was
    found before and lasts.
    """

    source: str
    runs: tuple[Run, ...] = ()
    began_at: datetime | None = None
    first_whole: int | None = None
    whole_at: datetime | None = None
    tally: Tally = field(default_factory=Tally)
    days: tuple[date, ...] = ()
    in_vain: InVain = field(default_factory=InVain)
    aside: tuple[str, ...] = ()
    lossy: tuple[str, ...] = ()
    came: Held | None = None
    seen: Held | None = None
    open: Mapping[tuple[str, str], Open] = field(default_factory=dict)

    @property
    def judged(self) -> tuple[Run, ...]:
        """The crawls by which the site is judged, newest first."""
        return tuple(each for each in self.runs if each.counts)

    @property
    def newest(self) -> date | None:
        """The day of its newest letter."""
        return self.days[-1] if self.days else None

    @property
    def known(self) -> int:
        """How many entries were ever listed."""
        tally = self.tally
        asked = tally.archived + tally.failed + tally.pending + tally.unread
        return asked + sum(tally.left_out.values())
