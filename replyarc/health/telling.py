"""What is told of a source's health, as plain JSON values."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from replyarc.findings import Finding
from replyarc.health.filling import compared, share
from replyarc.health.history import Held, Run
from replyarc.health.judging import Health
from replyarc.instants import utc
from replyarc.report import SAID


class End(StrEnum):
    """How a crawl ended."""

    WHOLE = "whole"
    SHORT = "not to its end"
    WRONG = "blocked, or with a finding"
    BROKEN = "ended by a signal, or killed"
    RUNS = "under way"


def end(run: Run, holds_since: datetime | None) -> End:
    """Return how a crawl ended; one without an end is under way if its process holds the archive.

    ``holds_since`` is when the process began that holds it now, ``None`` where there is none.
    """
    if run.ended_at is None:
        runs = holds_since is not None and run.started_at >= holds_since
        return End.RUNS if runs else End.BROKEN
    if run.blocked or run.findings:
        return End.WRONG
    if run.interrupted:
        return End.BROKEN
    return End.WHOLE if run.finished else End.SHORT


def announced(health: Health) -> int | None:
    """Return how many entries the site announced last, if it ever did."""
    told = (each.announced for each in health.history.runs)
    return next((number for number in told if number is not None), None)


def family(health: Health) -> str:
    """Return by which family the source was read last, else as which it is configured."""
    read_as = health.history.runs[0].family if health.history.runs else ""
    return read_as or health.source.family


def as_json(health: Health, holds_since: datetime | None) -> dict[str, object]:
    """Return what ``status --json`` says of a source."""
    history, tally = health.history, health.history.tally
    now_and_before = compared(history)
    return {
        "name": health.source.name,
        "family": family(health),
        "configured": health.is_configured,
        "announced": announced(health),
        "archived": tally.archived,
        "failed": tally.failed,
        "waiting": tally.failed + tally.pending,
        "unread": tally.unread,
        "newest": history.newest and history.newest.isoformat(),
        "last_run": _at(history.runs[0].started_at) if history.runs else None,
        "last_whole_run": _at(history.whole_at),
        "runs": [_run(each, holds_since) for each in history.runs],
        "filled": {"now": _shares(now_and_before.now), "before": _shares(now_and_before.before)},
        "findings": [_finding(each) for each in health.findings],
    }


def _run(run: Run, holds_since: datetime | None) -> dict[str, object]:
    return {
        "started_at": _at(run.started_at),
        "ended_at": _at(run.ended_at),
        "ended": end(run, holds_since).value,
        "new": run.new,
        "announced": run.announced,
        "requests": run.requests,
    }


def _shares(held: Held) -> dict[str, object]:
    shares = {name: round(share(held, name), 3) for name in SAID} if held.letters else {}
    return {"letters": held.letters, "shares": shares}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "about": finding.about,
        "text": finding.text,
        "since": _at(finding.since),
        "grave": finding.grave,
    }


def _at(at: datetime | None) -> str | None:
    return utc(at) if at else None
