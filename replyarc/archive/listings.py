"""What the listings of a source announced and held, in every crawl.

Everything here that writes is called inside a transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from replyarc.archive.database import rows, write
from replyarc.archive.frontier import State
from replyarc.archive.schema import packed
from replyarc.report import Tally, Walked

_LAST: Final = """
select listings.* from listings join crawls on crawls.id = listings.crawl
where listings.url = ? and crawls.source = ? and listings.whole
order by listings.crawl desc limit 1
"""
_COUNTED: Final = """
select state, count(*) as number,
  case when state = 'left out' or told = 'notice' and state <> 'pending' then told end as reason
from entries where source = ? group by state, reason
"""

_HELD: Final = frozenset({State.ARCHIVED, State.MISSING, State.GONE})


def note(db: Database, crawl: int, walked: Walked) -> None:
    """Note what one listing came to in a crawl."""
    row = {**asdict(walked), "crawl": crawl, "left_out": packed(dict(walked.left_out))}
    write(db, "listings", row)


def last(db: Database, source: str, url: str) -> Walked | None:
    """Return what a listing came to when it was last walked whole; ``None`` if it never was."""
    row = next(rows(db, _LAST, [url, source]), None)
    if row is None:
        return None
    del row["crawl"]
    kept = {**row, "left_out": json.loads(row["left_out"])}
    return Walked(**kept | {name: bool(row[name]) for name in ("to_end", "whole")})


_TO_END: Final = """
select started_at, pages from listings join crawls on crawls.id = listings.crawl
where listings.url = ? and crawls.source = ? and listings.whole
  and (listings.to_end or listings.pages >= ?)
order by listings.crawl desc limit 1
"""


def walked_to_end(
    db: Database, source: str, url: str, most: int | None = None
) -> tuple[datetime, int] | None:
    """Return when a listing was last walked whole to its end, and how many pages it had then.

    Where only so many pages are walked at the ``most``, the last of these is its end. ``None`` if
    it never was.
    """
    row = db.execute(_TO_END, [url, source, most]).fetchone()  # nothing is >= null
    return None if row is None else (datetime.fromisoformat(row[0]), row[1])


def tally(db: Database, source: str) -> Tally:
    """Count the entries of a source by what became of them."""
    counted = list(rows(db, _COUNTED, [source]))

    def number(states: frozenset[State]) -> int:
        replies = (row for row in counted if not row["reason"])
        return sum(row["number"] for row in replies if row["state"] in states)

    left_out: Counter[str] = Counter()
    for row in counted:
        if row["reason"]:
            left_out[row["reason"]] += row["number"]
    return Tally(
        archived=number(_HELD),
        failed=number(frozenset({State.FAILED})),
        pending=number(frozenset({State.PENDING})),
        unread=number(frozenset({State.UNREAD})),
        left_out=left_out,
    )
