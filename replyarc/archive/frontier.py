"""The frontier: crawls, what their listings held, and what became of each entry.

An entry is known by its source and its address. It is *settled* when it was asked for and had
been listed in a crawl that was finished: behind a page of settled entries a listing holds nothing
new. What failed is asked for again whatever the listing shows.

Everything here that writes is called inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlite_utils import Database

from replyarc.archive import redacted
from replyarc.archive.database import rows, write
from replyarc.archive.schema import Row, instant, packed
from replyarc.archive.schemes import other_scheme
from replyarc.instants import CHINA
from replyarc.model import Entry, Source


class State(StrEnum):
    """What became of an entry so far."""

    PENDING = "pending"  # listed, not asked for yet
    ARCHIVED = "archived"
    UNREAD = "unread"  # its bytes are kept, but no reply could be read from them
    FAILED = "failed"
    MISSING = "missing"  # archived before, and not there when it was asked for last
    GONE = "gone"  # missing (404, 410), and again in another crawl on a later day
    LEFT_OUT = "left out"  # a row that is not asked for; its reason stands in `told`


WAITING: Final = frozenset({State.PENDING, State.FAILED})


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry as it stands in a listing now, and what was known of it before.

    ``state`` is ``None`` where it was never seen. ``changed``: the listing shows another title or
    day than before. ``asked_at``: when its address was asked last.
    """

    entry: Entry
    state: State | None = None
    settled: bool = False
    changed: bool = False
    asked_at: datetime | None = None


def begin(db: Database, source: Source, family: str, at: datetime) -> int:
    """Note a source as it is configured now, and that a crawl of it begins; return the crawl."""
    row = {"name": source.name, "publisher": source.publisher, "region": source.region}
    write(db, "sources", {**row, "urls": packed(source.urls)})
    db.execute(_LOOK_AGAIN, {"source": source.name})
    db.execute(_NOT_YET, {"source": source.name, "at": instant(at)})
    crawl = {"source": source.name, "family": family, "started_at": instant(at), "finished": 0}
    write(db, "crawls", crawl)
    (number,) = db.execute("select last_insert_rowid()").fetchone()
    return int(number)


# A clock was ahead when it was asked for: it would not be again till that day, in years perhaps.
_NOT_YET: Final = """
update entries set asked_at = :at where source = :source and asked_at > :at
"""
# What the last crawl found missing does not count if it was killed: it is asked for again at once.
_LOOK_AGAIN: Final = """
update entries set state = 'pending' where source = :source
  and state in ('archived', 'unread', 'missing')
  and missed = (select id from crawls where source = :source and ended_at is null
    and id = (select max(id) from crawls where source = :source))
"""


def finish(
    db: Database, crawl: int, at: datetime, *, finished: bool, family: str, report: object
) -> None:
    """Note how a crawl ended, and by which family its source was read."""
    db.execute(
        "update crawls set ended_at = ?, finished = ?, family = ?, report = ? where id = ?",
        [instant(at), finished, family, packed(report), crawl],
    )
    db.execute(
        "update sources set family = ? where name = (select source from crawls where id = ?)",
        [family, crawl],
    )


def ahead(db: Database, crawl: int, at: datetime) -> timedelta:
    """Return by how much an earlier crawl of the same source began after an instant, if it did.

    Then a clock went wrong: what was seen by that crawl counts as newer than what is seen now.
    """
    (latest,) = db.execute(_LATEST, [crawl, crawl]).fetchone()
    began = at if latest is None else datetime.fromisoformat(latest)
    return max(began - at, timedelta(0))


_LATEST: Final = """
select max(started_at) from crawls
where source = (select source from crawls where id = ?) and id <> ?
"""


def listed(
    db: Database, source: str, entries: Iterable[Entry], crawl: int, at: datetime
) -> list[ListedEntry]:
    """Note the entries of a listing page; return, in their order, what was known of each before.

    An entry whose listing changed is pending again, so that a crawl that is cut short before it
    is asked for does not forget it.
    """
    found = [_moved(db, source, each, crawl) for each in look_up(db, source, entries)]
    for each in found:
        write(db, "entries", _noted(source, each, crawl, instant(at)))
    return found


def _moved(db: Database, source: str, listed: ListedEntry, crawl: int) -> ListedEntry:
    """Give an entry the row under which it is known by the other scheme, if it is.

    The row keeps its history, and its page is asked for under its new address. A site that lists
    it under both in one crawl is read as listing it twice under the first.
    """
    if listed.state is not None:
        return listed
    old, entry = other_scheme(listed.entry.url), listed.entry
    known = next(rows(db, _OTHER, [source, old]), None)
    if known is None or redacted.redaction(db, old) is not None:
        return listed
    (begun,) = db.conn.execute("select started_at from crawls where id = ?", [crawl]).fetchone()
    (last,) = db.conn.execute(_LAST_FINISHED, [source]).fetchone()
    if (known["listed_at"] or "") >= begun:
        return _known_as(replace(entry, url=old), known, last or 0)
    db.conn.execute("update entries set url = ? where id = ?", [entry.url, known["id"]])
    return replace(_known_as(entry, known, last or 0), changed=True)


def look_up(db: Database, source: str, entries: Iterable[Entry]) -> list[ListedEntry]:
    """Return what is known of entries, in their order; nothing is written."""
    (last,) = db.execute(_LAST_FINISHED, [source]).fetchone()
    return [_look_up(db, source, entry, last or 0) for entry in redacted.hidden(db, entries)]


_LAST_FINISHED: Final = "select max(id) from crawls where source = ? and finished"
_OTHER: Final = "select * from entries where source = ? and url = ?"


def _look_up(db: Database, source: str, entry: Entry, last: int) -> ListedEntry:
    known = next(rows(db, _OTHER, [source, entry.url]), None)
    return ListedEntry(entry) if known is None else _known_as(entry, known, last)


def _known_as(entry: Entry, known: Row, last: int) -> ListedEntry:
    """Return an entry as it is listed now with what its row says of it."""
    state, asked_at = State(known["state"]), known["asked_at"]
    return ListedEntry(
        entry,
        state,
        settled=state is not State.PENDING and known["first_crawl"] <= last,
        changed=_changed(known, entry),
        asked_at=asked_at and datetime.fromisoformat(asked_at),
    )


def _noted(source: str, listed: ListedEntry, crawl: int, at: str) -> Row:
    """Return what is written of an entry as it is listed now.

    A row that is left out now, and was had before, stays what it is, as does what is gone.
    """
    entry, state = listed.entry, listed.state
    row: Row = {"source": source, "url": entry.url, "listed_at": at, "told": entry.left_out}
    shown = _shown(entry)
    if state is None:
        row |= shown | {"first_crawl": crawl, "attempts": 0}
    else:
        row |= shown if listed.changed else _numbers(entry)
    if not entry.wanted and (state is None or state in WAITING or state is State.LEFT_OUT):
        row |= {"state": State.LEFT_OUT}
    elif state is None or (state is State.LEFT_OUT and entry.wanted):
        row |= {"state": State.PENDING, "problem": None}
    elif listed.changed and state not in WAITING | {State.GONE}:
        row |= {"state": State.PENDING}
    return row


def _shown(entry: Entry) -> Row:
    return {"title": entry.title, "listed_on": _iso(entry.listed_on), **_numbers(entry)}


def _numbers(entry: Entry) -> Row:
    """Return the numbers that the listing shows; one that it does not show is not wiped out."""
    numbers = {"index_number": entry.index_number, "document_number": entry.document_number}
    return {name: value for name, value in numbers.items() if value}


def _changed(known: Row, entry: Entry) -> bool:
    """Tell whether the listing says another thing of an entry than before.

    A site may list one entry in two columns, in one of them with its title cut short (…) or
    without its day: that is no change, and there would be no end to it.
    """
    days = {known["listed_on"], _iso(entry.listed_on)} - {None}
    return len(days) > 1 or not (
        _starts(known["title"], entry.title) or _starts(entry.title, known["title"])
    )


def _starts(short: str, title: str) -> bool:
    """Tell whether a title is the other one, or the beginning of it, cut short."""
    return title.startswith(short.rstrip("….")) if _cut(short) else title == short


def _cut(title: str) -> bool:
    return title.endswith(("…", "..."))


def archived(db: Database, source: str, entry: Entry, page: str, crawl: int, at: datetime) -> None:
    """Note that an entry was asked for and its reply filed, under the address ``page``."""
    now: Row = {"state": State.ARCHIVED, "asked_at": instant(at), "page": page}
    known = {"source": source, "url": entry.url}
    if not db.conn.execute(_ARCHIVED, {**known, **now}).rowcount:
        shown = _shown(entry) | {"first_crawl": crawl}
        write(db, "entries", {**known, **shown, **now, "attempts": 0})


def failed(db: Database, source: str, url: str, problem: str, at: datetime, *, kept: bool) -> None:
    """Note that an entry was asked for in vain; it waits for the next crawl.

    With ``kept`` there are bytes, but no reply could be read from them: asking at once again
    would bring the same, so it is asked for when an archived one would be. What is gone stays so.
    """
    db.execute(
        "update entries set state = case when state = 'gone' then state else ? end, "
        "attempts = attempts + 1, problem = ?, asked_at = ? where source = ? and url = ?",
        [State.UNREAD if kept else State.FAILED, problem, instant(at), source, url],
    )


def midnight(at: datetime) -> datetime:
    """Return when the civil day in China that holds an instant began."""
    return at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)


_ARCHIVED: Final = """
update entries set state = :state, attempts = 0, problem = null, asked_at = :asked_at,
  gone_at = null, missed = null, page = :page
where source = :source and url = :url
"""


def states(db: Database, source: str) -> dict[State, int]:
    """Return how many entries of a source are in each state."""
    sql = "select state, count(*) from entries where source = ? group by state"
    return {State(state): number for state, number in db.execute(sql, [source])}


def last_family(db: Database, source: str) -> str | None:
    """Return the family by which a source was read last."""
    found = db.execute("select family from sources where name = ?", [source]).fetchone()
    return str(found[0]) if found and found[0] else None


def entry_of(row: Row) -> Entry:
    """Return an entry as it stands in its row, of which all but its address may be missing."""
    listed_on = row.get("listed_on")
    return Entry(
        row["url"],
        row.get("title") or "",
        date.fromisoformat(listed_on) if listed_on else None,
        row.get("index_number"),
        row.get("document_number"),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
