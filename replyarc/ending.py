"""The end of a walk: what it found missing is judged, what changed is looked back on, all is noted.

Whatever ended it, what it came to is written down: the next crawl and `status` go by that.
"""

from __future__ import annotations

from datetime import datetime

from replyarc.archive import missing
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
    report.tally = archive.tally(report.source)
    if crawl is not None:
        archive.finish(
            crawl,
            at,
            finished=report.finished,
            family=report.family,
            report=report.as_json(),
        )
