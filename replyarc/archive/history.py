"""What the crawls of a source came to, as the tables tell: for `health` to judge.

It is read at the end of every crawl of a source. So it looks back on its last crawls only, and at
the rows of this source only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive.database import rows
from replyarc.archive.editions import Standing
from replyarc.archive.frontier import State
from replyarc.archive.listings import tally
from replyarc.archive.schema import Row, instant
from replyarc.archive.tables import BROUGHT
from replyarc.health.filling import looks_back
from replyarc.health.history import OFTEN, Held, History, InVain, Open, Run
from replyarc.health.judging import NOTE
from replyarc.model import NOTHING, Outcome
from replyarc.report import SAID, Filled, Walked

LOOKS_BACK: Final = 50
"""Crawls that are looked at."""

LETTERS: Final = 50
"""Crawls besides that brought new letters, the last ones.

A column has a few letters a month, and is crawled every night: without these, what its letters say
now would hardly ever be compared with what they said before.
"""

ENDS: Final = 8
"""Crawls besides that came to the end of a listing, the last ones: one in `recheck` does."""

_SOME: Final = 20  # entries whose first failure is looked up: the most stubborn ones
_HEAVY: Final = 0.005  # of the characters of a letter that could not be decoded

# The crawls are found in the indexes alone: a row is long with its report.
_LAST: Final = f"""
select * from crawls where id in (
  select id from (select id from crawls where source = :source order by id desc limit :most)
  union select id from (select id from crawls where source = :source and {BROUGHT}
    order by id desc limit :letters)
  union select id from (select id from crawls where source = :source and exists (
      select 1 from listings where listings.crawl = crawls.id and to_end)
    order by id desc limit :ends)
) order by id desc
"""
_ALL: Final = """
select (select started_at from crawls where id =
    (select min(id) from crawls where source = ?1)) as began_at,
  (select min(id) from crawls where source = ?1 and finished = 1) as first_whole,
  (select ended_at from crawls where id =
    (select max(id) from crawls where source = ?1 and finished = 1)) as whole_at
"""
_LISTINGS: Final = """
select * from listings where crawl in (select value from json_each(?)) order by crawl, url
"""
_DAYS: Final = """
select distinct coalesce(published_on, signed_on) as day from sightings
join replies on replies.id = sightings.reply where sightings.source = ? order by day
"""
_SEEN_FIRST: Final = """
select min(substr(first_seen_at, 1, 10)) as first, max(substr(first_seen_at, 1, 10)) as last
from sightings where source = ?
"""
_IN_VAIN: Final = """
select url, attempts, problem from entries
where source = ? and state = ? and attempts > ? order by attempts desc, id
"""
_FIRST_FAILURE: Final = """
select min(fetched_at) from fetches where url = ?1 and problem is not null and fetched_at >
  coalesce((select max(fetched_at) from fetches where url = ?1 and problem is null), '')
"""
_ASIDE: Final = """
select distinct readings.reply from sightings join readings on readings.reply = sightings.reply
where sightings.source = ? and readings.standing = ? order by readings.reply
"""
# `�` stands for what could not be decoded
_LOSSY: Final = f"""
select distinct id from sightings join replies on replies.id = sightings.reply
where sightings.source = ? and instr(flags, 'decoding-loss')
  and length(text) - length(replace(text, char(65533), '')) > {_HEAVY} * length(text) order by id
"""
_OPEN: Final = "select * from _findings where source = ? and ended_at is null"
_EMPTY: Final = "('', '[]')"


def read(db: Database, source: str) -> History:
    """Return what the archive tells of a source; of one that was never crawled, nothing."""
    runs = tuple(_runs(db, source))
    every = next(rows(db, _ALL, [source]))
    history = History(
        source=source,
        runs=runs,
        began_at=_at(every["began_at"]),
        first_whole=every["first_whole"],
        whole_at=_at(every["whole_at"]),
        tally=tally(db, source),
        days=_days(db, source),
        in_vain=_in_vain(db, source),
        aside=tuple(id for (id,) in db.conn.execute(_ASIDE, [source, Standing.ASIDE])),
        lossy=tuple(id for (id,) in db.conn.execute(_LOSSY, [source])),
        open={
            (row["kind"], row["about"]): Open(
                row["measure"].removesuffix(NOTE), datetime.fromisoformat(row["since"])
            )
            for row in rows(db, _OPEN, [source])
        },
    )
    came, seen = looks_back(history)
    return replace(
        history,
        came=_held(db, source, "first_seen_at", came) if came else None,
        seen=_held(db, source, "last_seen_at", seen) if seen else None,
    )


def _runs(db: Database, source: str) -> Iterator[Run]:
    crawls = list(
        rows(
            db,
            _LAST,
            {
                "source": source,
                "most": LOOKS_BACK,
                "letters": LETTERS,
                "ends": ENDS,
            },
        )
    )
    walked: dict[int, list[Walked]] = {row["id"]: [] for row in crawls}
    for row in rows(db, _LISTINGS, [json.dumps(list(walked))]):
        walked[row["crawl"]].append(_walked(row))
    for row in crawls:
        yield _run(row, tuple(walked[row["id"]]))


def _walked(row: Row) -> Walked:
    said = {name: value for name, value in row.items() if name not in ("crawl", "left_out")}
    return Walked(**said | {name: bool(row[name]) for name in ("to_end", "whole")})


def _run(row: Row, walked: tuple[Walked, ...]) -> Run:
    """Return a crawl with what its report says; that of an older replyarc says less.

    A report may come from another archive, and anybody may have written it: one that cannot be
    read says nothing.
    """
    try:
        return _read(row, walked, json.loads(row["report"]) if row["report"] else NOTHING)
    except (ValueError, TypeError, AttributeError):
        return _read(row, walked, NOTHING)


def _read(row: Row, walked: tuple[Walked, ...], told: Mapping[str, Any]) -> Run:
    since = told.get("since")
    return Run(
        crawl=row["id"],
        started_at=datetime.fromisoformat(row["started_at"]),
        ended_at=_at(row["ended_at"]),
        finished=bool(row["finished"]),
        family=row["family"] or "",
        interrupted=bool(told.get("interrupted")),
        since=date.fromisoformat(since) if since else None,
        blocked=told.get("blocked"),
        rests=told.get("rests"),
        new=told.get(Outcome.NEW, 0),
        requests=told.get("requests", 0),
        announced=told.get("announced"),
        problems=tuple(map(str, told.get("problems", ()))),
        findings=tuple(map(str, told.get("findings", ()))),
        listings=walked,
        unread_labels=Counter(dict(told.get("unread_labels", {}))),
        filled=_filled(told.get("filled", {})),
    )


def _filled(told: Mapping[str, Any]) -> Filled:
    fields, lost = Counter(told.get("fields", {})), Counter(told.get("lost", {}))
    return Filled(new=told.get("new", 0), fields=fields, again=told.get("again", 0), lost=lost)


def _days(db: Database, source: str) -> tuple[date, ...]:
    """Return the days of the letters; where none has one, when the first and the last came."""
    days = [row["day"] for row in rows(db, _DAYS, [source]) if row["day"]]
    if not days:
        seen = next(rows(db, _SEEN_FIRST, [source]))
        days = sorted({day for day in seen.values() if day})
    return tuple(map(date.fromisoformat, days))


def _in_vain(db: Database, source: str) -> InVain:
    found = list(rows(db, _IN_VAIN, [source, State.FAILED, OFTEN]))
    if not found:
        return InVain()
    first = [db.conn.execute(_FIRST_FAILURE, [row["url"]]).fetchone() for row in found[:_SOME]]
    since = min((at for (at,) in first if at), default=None)
    return InVain(number=len(found), since=_at(since), problem=found[0]["problem"] or "")


def _held(db: Database, source: str, instants: str, since: datetime) -> Held:
    """Count, field by field, what the letters say that were seen (first or last) since then."""
    counted = ", ".join(f"count(iif({name} in {_EMPTY}, null, {name})) as {name}" for name in SAID)
    sql = (
        f"select count(*) as letters, {counted} from replies where id in "
        f"(select reply from sightings where source = ? and {instants} >= ?)"
    )
    row = next(rows(db, sql, [source, instant(since)]))
    return Held(row.pop("letters"), Counter(row))


def _at(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
