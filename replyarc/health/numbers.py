"""Whether a source lists as many letters as it should: by what is expected, by what it listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyarc.findings import Finding
from replyarc.health.history import History
from replyarc.model import Source
from replyarc.report import Walked

FELL: Final = 0.8
"""What a listing has still, of the most it had, where it has not shrunk suddenly."""

FEWER: Final = 5
"""By how many it has shrunk at the least."""

FURTHER: Final = 0.9
"""Of what it had when it was told last, less than which is told again."""


def total(history: History) -> int | None:
    """Return how many letters the source has by its last crawls, else how many it ever listed.

    To what an earlier crawl told is added what was new since. ``None`` where no crawl tells, and
    none came to its end.
    """
    new = 0
    for run in history.judged:
        if run.total is not None:
            return run.total + new
        new += run.new
    return history.known if history.first_whole is not None else None


def too_few(history: History, source: Source) -> Iterator[Finding]:
    """Say that there are fewer letters than are expected."""
    least, number = source.expect.minimum, total(history)
    if least is None or number is None or number >= least:
        return
    yield Finding(
        source=source.name,
        kind="minimum",
        measure=str(number),
        text=f"there are {number:,} entries, and at least {least:,} are expected. Open "
        f"{source.urls[0]}: is it the whole column? If it is, mend expect.minimum of source "
        f'"{source.name}"',
    )


def shrinking(history: History, source: Source) -> Iterator[Finding]:
    """Say which listings hold suddenly less than in the last crawls, or when that was found.

    What ``expect.minimum`` expects is enough. A fall lasts until the number is up again, or is
    expected: else it would pass for what the listing always had, crawl by crawl.
    """
    least, number = source.expect.minimum, total(history)
    if least is not None and number is not None and number >= least:
        return
    whole = next((run for run in history.judged if run.is_whole), None)
    walked = {*source.urls, *(each.url for each in (whole.listings if whole else ()))}
    for url in dict.fromkeys(each.url for run in history.judged for each in run.listings):
        if url in walked:  # else it was mended, or is no column any more
            yield from _shrunk(history, source, url)


def _shrunk(history: History, source: Source, url: str) -> Iterator[Finding]:
    walks = [each for run in history.judged for each in run.listings if each.url == url]
    numbers = [number for each in walks if (number := _number(each)) is not None]
    if not numbers:
        return
    now, was = numbers[0], history.open.get(("shrinking", url))
    if walks[0].columns:  # it was parted: into columns that hold what it held?
        now = max(now, total(history) or 0)
    most, low = _before(was.measure if was else "")
    most = max(most, *numbers)
    if now >= FELL * most or most - now < FEWER:
        return
    told = low if low and now >= FURTHER * low else now
    yield Finding(
        source=source.name,
        kind="shrinking",
        about=url,
        measure=f"{most} to {told}",
        text=f"{url} holds {now:,} entries, and held {most:,}. What is archived stays. Open it: "
        "has it been parted, or moved? If so many are right, set expect.minimum of source "
        f'"{source.name}" to {total(history) or now} or less',
    )


def _number(walked: Walked) -> int | None:
    """Return how many entries a listing says it has, else lists, where it was walked to its end."""
    if walked.announced is not None:
        return walked.announced
    return walked.rows if walked.to_end else None


def _before(measure: str) -> tuple[int, int]:
    """Return the most that a listing had, and what it had when it was told last; else zeros."""
    most, _, low = measure.partition(" to ")
    return (int(most), int(low)) if most.isdecimal() and low.isdecimal() else (0, 0)
