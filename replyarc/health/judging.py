"""Whether a source is well: its history in, findings out.

It is judged by what its crawls brought, not by whether they failed: a silent gap is a finding too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from replyarc.findings import Finding
from replyarc.health.crawling import (
    blocked,
    failed,
    in_vain,
    labels,
    out_of_hours,
    quarantine,
    reported,
    unfinished,
    unread,
)
from replyarc.health.filling import drift
from replyarc.health.history import History
from replyarc.health.numbers import shrinking, too_few
from replyarc.health.quiet import stale
from replyarc.instants import CHINA
from replyarc.model import Source

FORGOTTEN: Final = timedelta(days=7)
"""A source that was not crawled whole for so long, while others were, is a finding."""

UNTOLD: Final = frozenset({"labels", "failed"})
"""Kinds of findings that end by themselves, of which it is not said that they are over."""

NOTE: Final = " (a note)"
"""What the measure of a finding ends in, where it is noted, that is not grave: one that becomes
grave is told again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A source, what its crawls came to, and what is found; nothing, unless it is configured."""

    source: Source
    history: History
    findings: tuple[Finding, ...] = ()
    is_configured: bool = True

    @property
    def grave(self) -> tuple[Finding, ...]:
        """What makes the exit code."""
        return tuple(each for each in self.findings if each.grave)


def judge(history: History, source: Source, at: datetime) -> list[Finding]:
    """Return what cannot be right with a source, the gravest kinds first, by its crawls.

    ``source`` is as it is configured now. How long ago the last crawl was is no matter of a crawl:
    see `overdue`.

    >>> source = Source(name="a", publisher="清源市民政局", urls=("http://a.gov.test/",))
    >>> judge(History(source="a"), source, datetime(2026, 5, 1, tzinfo=CHINA))
    []
    """
    today = at.astimezone(CHINA).date()
    return [
        *blocked(history, source),
        *unfinished(history, source),
        *out_of_hours(history, source, at),
        *reported(history, source),
        *too_few(history, source),
        *shrinking(history, source),
        *stale(history, source, today),
        *drift(history, source, at),
        *failed(history, source),
        *in_vain(history, source),
        *unread(history, source),
        *quarantine(history, source),
        *labels(history, source, at),
    ]


def overdue(
    history: History, at: datetime, *, max_age: timedelta | None, latest: datetime | None
) -> Iterator[Finding]:
    """Say that a source was not crawled to its end within ``max_age``, or ever.

    Without ``max_age``: not for a week before ``latest``, when any source was crawled whole last.
    """
    if history.whole_at is None:
        text = f"it was never crawled: replyarc crawl --only {history.source}"
        if history.runs:
            last = history.runs[0]
            why = last.rests or next(iter(last.problems), "")
            text = "no crawl of it came to its end yet" + (f"; the last: {why}" if why else "")
        # that it never came in its hours is grave after a while: see `out_of_hours`
        waits = bool(history.judged) and all(run.kept_hours for run in history.judged)
        yield Finding(
            source=history.source,
            kind="age",
            text=text,
            grave=max_age is not None or not waits,
            since=history.began_at,
        )
        return
    if max_age is None:
        most, until = FORGOTTEN, latest or at
    else:
        most, until = max_age, at
    if until - history.whole_at > most:
        ago = "while other sources were" if max_age is None else f"at most {_span(most)} may pass"
        day = history.whole_at.astimezone(CHINA)
        yield Finding(
            source=history.source,
            kind="age",
            measure=history.whole_at.isoformat(),
            text=f"no crawl of it came to its end since {day:%Y-%m-%d %H:%M}, {ago}. Does its "
            f"schedule run? replyarc crawl --only {history.source}",
            since=history.whole_at + most,
        )


def _span(span: timedelta) -> str:
    """Return a length of time as a person says it.

    >>> _span(timedelta(hours=36)), _span(timedelta(days=3)), _span(timedelta(minutes=90))
    ('36 h', '3 d', '90 min')
    """
    minutes = int(span.total_seconds()) // 60
    if minutes % 1440 == 0 and minutes > 2 * 1440:
        return f"{minutes // 1440} d"
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"
