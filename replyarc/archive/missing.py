"""Pages that are not there any more (404, 410): noted one by one, judged at the end of a crawl.

A page counts as gone only when two looks of two crawls, on two civil days in China, found it
missing. A look counts once its crawl is judged, and so a crawl that is killed counts none. Where
too many of a source's pages are missing at once the fault is the site's: no look of that crawl
counts, and nobody is marked. A page whose look did not count is a *suspect*: it is asked for again
on another day, before the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from replyarc.archive import settling
from replyarc.archive.database import explained, rows
from replyarc.archive.frontier import State, entry_of, midnight
from replyarc.archive.schema import Row, instant
from replyarc.archive.store import Archive
from replyarc.model import Entry

MANY: Final = 5
"""Pages missing at once that can be the site's fault; fewer may be removed on any day."""

SHARE: Final = 5
"""More than one in so many missing at once is the site's fault, where they are ``MANY``."""

FEWEST, HALF = 2, 2
"""Of a small column: so many, if they are half of its pages or more, are the site's fault too."""

_NOTE: Final = """
update entries set missed = :crawl, asked_at = :at, problem = :problem,
  state = case when state in ('pending', 'failed') then 'archived' else state end
where source = :source and url = :url and page is not null
"""
# Their look did not count, and they were not asked for again since.
_SUSPECTS: Final = """
select * from entries where source = ? and state in ('archived', 'unread')
  and missed is not null and asked_at < ? order by asked_at, id
"""
_MISSED: Final = """
select id, page, asked_at, gone_at, state from entries
where source = :source and missed = :crawl and state <> 'gone'
"""
# Their letters were seen since at another address of the source: nothing is missing.
_MOVED: Final = """
select entries.id from entries join readings on readings.url = entries.page
join sightings as here on here.reply = readings.reply and here.url = entries.page
where entries.source = :source and entries.missed is not null and exists (
  select 1 from sightings as there
  join entries as other on other.page = there.url and other.source = :source
    and other.state = 'archived' and other.missed is null
  where there.reply = here.reply and there.url <> here.url
    and there.last_seen_at > here.last_seen_at)
"""
_KNOWN: Final = f"""
select count(*), coalesce(sum(missed is not null or gone_at is not null), 0) from entries
where source = :source and page is not null and state <> 'gone' and id not in ({_MOVED})
"""
# Those that an earlier crawl had, and this one too: told by crawls, for clocks may be wrong.
_URLS: Final = """url in (entries.url, case when entries.url like 'http:%'
  then 'https' || substr(entries.url, 5) else 'http' || substr(entries.url, 6) end)"""
_THERE: Final = f"""
select count(*) from entries where source = :source and state in ('archived', 'unread')
  and missed is null and page is not null
  and exists (select 1 from fetches where url = entries.url and crawl = :crawl
    and sha256 is not null)
  and exists (select 1 from fetches where {_URLS} and coalesce(crawl, 0) < :crawl
    and sha256 is not null)
"""
_EARLIER: Final = """
select 1 from fetches join crawls on crawls.id = fetches.crawl and crawls.ended_at is not null
where url = (select url from entries where id = ?) and status in (404, 410)
  and crawl < ? and fetched_at > coalesce((select max(had.fetched_at) from fetches as had
    where had.url = fetches.url and had.sha256 is not null), '')
"""
_SINCE: Final = """
select min(fetched_at) from fetches join entries on entries.url = fetches.url
where entries.source = :source and entries.missed is not null and entries.state <> 'gone'
  and status in (404, 410) and fetched_at > coalesce((select max(had.fetched_at)
    from fetches as had where had.url = fetches.url and had.sha256 is not null), '')
"""


# Where it was gone for good it stays so; a first look at 404 is void once the site answers 200.
_ABSENT: Final = """
update entries set attempts = attempts + 1, problem = :problem, asked_at = :at,
  missed = case when state = 'gone' then missed end,
  gone_at = case when state = 'gone' then gone_at end,
  state = case when state = 'gone' then state when page is not null then 'missing'
    else 'failed' end
where source = :source and url = :url
"""
_ANOTHER_PAGE: Final = """
update fetches set problem = ? where sha256 is not null and id = (
  select id from fetches where url = ? order by fetched_at desc, id desc limit 1)
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the looks of a crawl came to: how many are gone now, or why no look counted."""

    gone: int = 0
    finding: str | None = None


def note(archive: Archive, source: str, url: str, crawl: int, at: datetime, why: str) -> bool:
    """Note that the page of an archived entry is not there; false if it never was archived.

    Nothing follows from it before the crawl is judged.
    """
    values = {"source": source, "url": url, "crawl": crawl, "at": instant(at), "problem": why}
    with archive.transaction() as db:
        return bool(db.conn.execute(_NOTE, values).rowcount)


def note_absent(archive: Archive, source: str, url: str, at: datetime, why: str) -> None:
    """Note that another page came in the place of an entry's, with status 200: nobody is marked.

    What was archived before is missing, and is asked for again when an archived page would be. What
    never was is asked for as what failed is, since it may be published late.
    Which answer that was is told in `fetches`: its bytes are kept, and are none of the page's.
    """
    with archive.transaction() as db:
        values = {"source": source, "url": url, "problem": why, "at": instant(at)}
        db.execute(_ABSENT, values)
        db.conn.execute(_ANOTHER_PAGE, [why, url])


def note_shut(archive: Archive, url: str, why: str) -> None:
    """Note that the answer which came last from an address is none of its page's."""
    with archive.transaction() as db:
        db.conn.execute(_ANOTHER_PAGE, [why, url])


def suspects(archive: Archive, source: str, at: datetime) -> list[Entry]:
    """Return the entries whose last look did not count, and was made on a day before."""
    with explained(archive.path):
        found = rows(archive.db, _SUSPECTS, [source, instant(midnight(at))])
        return [entry_of(row) for row in found]


def is_many(missing: int, of: int) -> bool:
    """Tell whether so many pages missing at once are the site's fault.

    >>> is_many(4, 10), is_many(5, 10), is_many(5, 25), is_many(200, 1000), is_many(201, 1000)
    (False, True, False, False, True)
    """
    return missing >= MANY and is_share(missing, of)


def is_share(missing: int, of: int) -> bool:
    """Tell whether pages missing are too large a share of all."""
    return missing * SHARE > of


def judge(archive: Archive, crawl: int, *, sound: bool) -> Judgement:
    """Judge what a crawl found missing, at its end; all of it in one transaction.

    Not ``sound`` is a crawl that was turned away, or that found no listing: its looks do not
    count. They count neither where too many are missing, of those asked for again in this crawl
    or of all that are known of the source, or where half of these are, and at least two.
    """
    with archive.transaction() as db:
        sql = "select source from crawls where id = ?"
        (source,) = db.conn.execute(sql, [crawl]).fetchone()
        named = {"source": source, "crawl": crawl}
        missed = [*rows(db, _MISSED, named)]
        if not missed or not sound:
            return Judgement()
        moved = {row["id"] for row in rows(db, _MOVED, {"source": source})}
        lacking = [row for row in missed if row["id"] not in moved]
        finding = _fault(db, lacking, named) if lacking else None
        counts = [row for row in missed if row["id"] in moved] if finding else missed
        return Judgement(_count(db, counts), finding)


def _count(db: Database, missed: list[Row]) -> int:
    """Let looks count; return how many pages are gone by them."""
    gone = 0
    for row in missed:
        asked_at, since = row["asked_at"], row["gone_at"]
        is_gone = since is not None and since < instant(midnight(datetime.fromisoformat(asked_at)))
        state = State.GONE if is_gone else State.MISSING
        sql = "update entries set state = ?, gone_at = ? where id = ?"
        db.conn.execute(sql, [state, since or asked_at, row["id"]])
        if is_gone:
            settling.mark_gone(db, row["page"])
            gone += 1
    return gone


def _fault(db: Database, missed: list[Row], named: Row) -> str | None:
    """Say why so many missing pages are the site's fault; ``None`` where they are not many.

    Pages that were missing before are asked for again because they were: they say nothing of the
    share that is missing of what this crawl asked for, and are weighed against all that is known.
    """
    known, missing = db.conn.execute(_KNOWN, named).fetchone()
    if is_many(missing, known) or (missing >= FEWEST and missing * HALF >= known):
        return _words(db, named, f"{missing:,} of the {known:,} pages that are known of it")
    if len(missed) < MANY:
        return None
    fresh = sum(not _was_missing(db, row, named["crawl"]) for row in missed)
    asked = db.conn.execute(_THERE, named).fetchone()[0] + fresh
    if is_many(fresh, asked):
        return _words(db, named, f"{fresh:,} of the {asked:,} pages that were asked for again")
    return None


def _was_missing(db: Database, row: Row, crawl: int) -> bool:
    """Tell whether an entry was found missing by a crawl before this one, and not had since."""
    return row["gone_at"] is not None or bool(
        db.conn.execute(_EARLIER, [row["id"], crawl]).fetchone()
    )


def _words(db: Database, named: Row, how_many: str) -> str:
    """Say how many are missing, since when, and what is to be done about it."""
    (since,) = db.conn.execute(_SINCE, named).fetchone()
    when = f", since {since[:10]}" if since else ""
    return (
        f'source "{named["source"]}": {how_many} are not there (404){when}. So many at once is '
        "the site's fault: none is marked as gone, and all stay archived. Open one of them in a "
        f'browser: if the site has moved, set url of source "{named["source"]}"; if they were all '
        "removed on purpose, nothing is to be done: the next crawls look again"
    )
