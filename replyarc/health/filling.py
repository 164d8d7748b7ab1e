"""Drift: a redesign of a site shows as a field that letters fill no more.

The first walk of a source goes from its newest letters to its oldest. So until it came to its end
nothing is compared: that old letters say less than new ones is no redesign. From then on the last
few letters that came are compared with all before them. And where letters that were read before
are asked for again, each is compared with itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

from replyarc.findings import Finding
from replyarc.health.history import Held, History, Open, Run
from replyarc.model import Reply, Source
from replyarc.report import SAID

ENOUGH: Final = 10
"""Letters by which fields are compared, now and before."""

OFTEN: Final = 0.8
"""A field that stands in fewer letters than this varies by itself."""

MUCH_LESS: Final = 0.2
"""Of its share before, at most which a field has that is lost."""

FEW: Final = 3
"""Letters asked for again that lose a field before that is a finding."""

ACCEPTED: Final = timedelta(days=90)
"""After so long the fields are as the site prints them now, and what came before is past."""

LOST: Final = "lost"
"""The measure of a field that letters lost which were asked for again; else a share in percent."""

_NAMES: Final = {each.name: each.metadata["title"] for each in fields(Reply) if each.name in SAID}


@dataclass(frozen=True, slots=True)
class Compared:
    """The last letters that came, as their crawls read them, and those before them."""

    now: Held
    before: Held


def newest_runs(runs: Sequence[Run], first_whole: int | None) -> list[Run]:
    """Return the last crawls that brought `ENOUGH` new letters together, newest first.

    None of them belongs to the first walk of the source.
    """
    if first_whole is None:
        return []
    found, letters = [], 0
    for run in runs:
        if run.crawl <= first_whole or letters >= ENOUGH:
            break
        if run.ended_at is not None:
            found.append(run)
            letters += run.filled.new
    return found


def compared(history: History) -> Compared:
    """Compare the last letters that came with those before."""
    now = newest_runs(history.runs, history.first_whole)
    oldest = now[-1].crawl if now else None
    before = [each for each in history.runs if oldest is None or each.crawl < oldest]
    return Compared(_sum(now), _sum(before)) if now else Compared(Held(), _sum(before))


def _sum(runs: Iterable[Run]) -> Held:
    letters, held = 0, Counter[str]()
    for run in runs:
        letters += run.filled.new
        held.update(run.filled.fields)
    return Held(letters, held)


def share(held: Held, field: str) -> float:
    """Return in what share of letters a field says something."""
    return held.fields[field] / held.letters if held.letters else 0.0


def lost_since(runs: Iterable[Run]) -> dict[str, Run]:
    """Return by field the latest crawl in which letters asked for again lost it: half of them, and
    at least `FEW`. Crawls that asked for a few only are taken together.
    """
    found: dict[str, Run] = {}
    again, lost = 0, Counter[str]()
    for run in runs:
        again += run.filled.again
        lost.update(run.filled.lost)
        for field, number in lost.items():
            if field in SAID and number >= FEW and 2 * number >= again:
                found.setdefault(field, run)
        if again >= 2 * FEW:
            again, lost = 0, Counter()
    return found


def drift(history: History, source: Source, at: datetime) -> Iterator[Finding]:
    """Say which fields the letters of a source fill no more."""
    stood = {
        field: was
        for (kind, field), was in history.open.items()
        if kind == "drift" and at - was.since < ACCEPTED
    }
    lost = lost_since(each for each in history.judged if at - each.started_at < ACCEPTED)
    told = compared(history)
    for field in SAID:
        was = stood.get(field)
        yield from (
            _of_new(history, source, field, told, was)
            or _of_again(history, source, field, lost.get(field), was)
        )


def _of_new(
    history: History, source: Source, field: str, told: Compared, was: Open | None
) -> list[Finding]:
    """Compare new letters with those before; with what came before it, if a drift was found."""
    before = share(told.before, field) if told.before.letters >= ENOUGH else 0.0
    percent = was.measure if was is not None and was.measure.isdecimal() else None
    before = max(before, int(percent or 0) / 100)
    most = MUCH_LESS * before
    if before < OFTEN or told.now.letters < ENOUGH or share(told.now, field) > most:
        return []
    if history.came is not None and history.came.letters and share(history.came, field) > most:
        return []  # read again since, and it stands there now
    measure = percent or f"{100 * before:.0f}"
    text = (
        f"{_NAMES[field]} ({field}) stands in {told.now.fields[field]} of the last "
        f"{told.now.letters} new letters; before, in {before:.0%}. {_ADVICE}"
    )
    return [Finding(source=source.name, kind="drift", about=field, measure=measure, text=text)]


def _of_again(
    history: History, source: Source, field: str, run: Run | None, was: Open | None
) -> list[Finding]:
    """Say that letters lost a field, till most letters asked for since have it."""
    lasts = was is not None and was.measure == LOST
    if not lasts and run is None:
        return []
    seen = history.seen
    if seen is not None and seen.letters and 2 * seen.fields[field] > seen.letters:
        return []
    text = (
        f"{_NAMES[field]} ({field}) is gone from letters that had it, now that they were asked "
        f"for again. What was archived before stays as a version. {_ADVICE}"
    )
    return [
        Finding(
            source=source.name,
            kind="drift",
            about=field,
            measure=LOST,
            text=text,
            since=run.started_at if run is not None and was is None else None,
        )
    ]


_ADVICE: Final = (
    "Its pages may look otherwise now: `replyarc inspect URL` shows what is read of one and where; "
    "a label can be named under [source.labels], a selector under [source.options]; then "
    "`replyarc reread`"
)


def looks_back(history: History) -> tuple[datetime | None, datetime | None]:
    """Return from when on the letters are to be counted that came, and those that were seen."""
    now = newest_runs(history.runs, history.first_whole)
    lost = [each.started_at for each in lost_since(history.judged).values()]
    lost += [
        was.since
        for (kind, _), was in history.open.items()
        if (kind, was.measure) == ("drift", LOST)
    ]
    return (now[-1].started_at if now else None), min(lost, default=None)
