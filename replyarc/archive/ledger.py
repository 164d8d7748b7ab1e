"""The ledger of findings: since when each lasts, and when it was said.

A finding is said once, again when it changes, as a reminder every `REMINDS` while it lasts, and
once more when it is over. One that comes back after its end begins anew; of one that comes and goes
within `REMINDS` only the first coming and going is said. Where one of a source is due to be said
again, all that last are: so they are of one day from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlite_utils import Database

from replyarc.archive import history
from replyarc.archive.database import rows, write
from replyarc.archive.schema import Row, instant
from replyarc.archive.store import Archive
from replyarc.findings import Finding, Told
from replyarc.health.judging import NOTE, UNTOLD, judge
from replyarc.model import Source

REMINDS: Final = timedelta(days=7)
"""How often a finding is said that lasts."""

_SOONER: Final = timedelta(hours=6)  # a crawl of every night may end earlier than that of last week

_OF_SOURCE: Final = "select * from _findings where source = ?"

Key = tuple[str, str]


def look_after(archive: Archive, source: Source, at: datetime) -> list[Told]:
    """Judge a source by its crawls, and note what is found; return all of it, and what is over.

    It is called when a crawl of the source was noted as ended. `Told.is_said` tells what is to be
    said now. Raises ArchiveError.
    """
    with archive.transaction() as db:
        return settle(db, source.name, judge(history.read(db, source.name), source, at), at)


def settle(db: Database, source: str, findings: Iterable[Finding], at: datetime) -> list[Told]:
    """Note what is found of a source at an instant; belongs inside a transaction.

    Returns every finding that lasts, in the order given, then those that are over. Said twice at
    one instant, it is noted once, and the second time nothing of it is news.
    """
    held: dict[Key, Row] = {_key(row): row for row in rows(db, _OF_SOURCE, [source])}
    found = {(each.kind, each.about): each for each in findings}
    due = any(_is_due(held[key], at) for key in found if key in held)
    told = [_noted(db, each, held.get(key), at, due) for key, each in found.items()]
    for key, row in held.items():
        if key not in found and row["ended_at"] is None:
            write(db, "_findings", row | {"ended_at": instant(at)})
            if row["kind"] not in UNTOLD and row["said_at"] >= row["since"]:
                told.append(Told(_finding(row), _since(row), is_over=True))
    return told


def since(db: Database, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with when they began: as is noted, else as they say themselves."""
    return [
        replace(each, since=_since(row)) if (row := _open(db, each)) is not None else each
        for each in findings
    ]


def _is_due(row: Row, at: datetime) -> bool:
    """Tell whether a finding that lasts is to be said again."""
    return row["ended_at"] is None and not _was_said(row, at)


def _was_said(row: Row, at: datetime) -> bool:
    """Tell whether a finding was said of late. A clock that went back delays no reminder."""
    said = at - datetime.fromisoformat(row["said_at"])
    return timedelta() <= said < REMINDS - _SOONER


def _noted(db: Database, finding: Finding, row: Row | None, at: datetime, due: bool) -> Told:
    """Note one finding; ``due``: one that lasts is said again."""
    is_new = row is None or row["ended_at"] is not None
    since = min(finding.since or at, at) if row is None or is_new else _since(row)
    measure = finding.measure + ("" if finding.grave else NOTE)
    is_news = row is None or (is_new and not _was_said(row, at)) or row["measure"] != measure
    said_at = at if row is None else datetime.fromisoformat(row["said_at"])
    is_reminder = due and not is_news
    now: Row = {
        "source": finding.source,
        "kind": finding.kind,
        "about": finding.about,
        "measure": measure,
        "text": finding.text,
        "since": instant(since),
        "seen_at": instant(at),
        "said_at": instant(at if is_news or is_reminder else said_at),
        "ended_at": None,
    }
    write(db, "_findings", now)
    return Told(finding, since, is_news=is_news, is_reminder=is_reminder)


def _open(db: Database, finding: Finding) -> Row | None:
    sql = f"{_OF_SOURCE} and kind = ? and about = ? and ended_at is null"
    return next(rows(db, sql, [finding.source, finding.kind, finding.about]), None)


def _finding(row: Mapping[str, str]) -> Finding:
    """Return a finding as it was noted last."""
    return Finding(
        source=row["source"],
        kind=row["kind"],
        about=row["about"],
        measure=row["measure"].removesuffix(NOTE),
        text=row["text"],
        grave=not row["measure"].endswith(NOTE),
    )


def _key(row: Row) -> Key:
    return row["kind"], row["about"]


def _since(row: Row) -> datetime:
    return datetime.fromisoformat(row["since"])
