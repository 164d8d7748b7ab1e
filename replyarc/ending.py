"""The end of a walk: what it found missing is judged, what changed is looked back on, all is noted.

Whatever ended it, what it came to is written down: the next crawl and `status` go by that.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from replyarc.archive import frontier, missing
from replyarc.archive.ledger import look_after
from replyarc.archive.restless import restless
from replyarc.archive.store import Archive
from replyarc.report import Report
from replyarc.taking import Taking


def end(
    archive: Archive, crawl: int | None, report: Report, taking: Taking | None, at: datetime
) -> None:
    """Judge what a walk found missing, look back on what changed, and write its end down.

    ``crawl`` is ``None`` for a dry run, of which nothing is written.
    """
    if crawl is not None and taking is not None:
        sound = bool(report.pages) and not report.stops
        judgement = missing.judge(archive, crawl, sound=sound)
        report.gone_for_good = judgement.gone
        report.findings += [judgement.finding] if judgement.finding else []
        report.findings += taking.findings()
        report.findings += map(str, restless(archive, taking.changed))
        report.findings += _of_the_clock(archive, crawl, at)
    report.tally = archive.tally(report.source)
    if crawl is not None:
        archive.finish(
            crawl,
            at,
            finished=report.finished,
            family=report.family,
            report=report.as_json(),
        )
    if taking is not None:
        report.told = look_after(archive, taking.source, at)


def _of_the_clock(archive: Archive, crawl: int, at: datetime) -> list[str]:
    """Say that this machine's clock went back, if it did by more than a day."""
    behind = frontier.ahead(archive.db, crawl, at)
    if behind <= timedelta(days=1):
        return []
    return [
        f"an earlier crawl began {behind.days} days later than now: the clock of this machine is "
        "wrong now, or was wrong then. Set it right; until that day what was seen then is shown"
    ]
