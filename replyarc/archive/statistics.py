"""What is counted of the replies of an archive: one look at each row, none at its letter."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive.database import explained, rows
from replyarc.archive.explaining import illegible
from replyarc.archive.find import condition
from replyarc.archive.past import changes
from replyarc.archive.query import Query
from replyarc.archive.schema import unpacked
from replyarc.archive.sittings import where
from replyarc.archive.store import Archive
from replyarc.archive.tables import NEWEST
from replyarc.figures import LATE, Event, Statistics
from replyarc.instants import china_day
from replyarc.reckoning import Reckoning
from replyarc.seats import Seat

# In the order of Fact. The titles of what is gone are the only long words that are asked for.
_FACTS: Final = """
select source, coalesce(answered_by, publisher), publisher, coalesce(published_on, signed_on),
  cast(julianday(published_on) - julianday(coalesce(signed_on, written_on)) as integer),
  kind, assembly, assembly_name, term, session, proposal_numbers, role, result_class,
  last_seen_at, gone_at, id, iif(gone_at is null, '', title)
from replies where {where}
"""
_BATCH: Final = 2_000
_SOURCES: Final = "select name, region, publisher from sources"
_EDITS: Final = """
select versions.reply, versions.first_seen_at, contents.fields, replies.title, replies.source
from versions join contents using (fingerprint) join replies on replies.id = versions.reply
where versions.reply in (
  select reply from versions where number > 1 and reply in (select id from replies where {where}))
order by versions.reply, versions.number
"""
_PAGE: Final = f"""
id in (select id from replies where {{where}} order by {NEWEST} desc, id limit :limit offset :at)
"""


def statistics(archive: Archive, query: Query, late_after: int = LATE) -> Statistics:
    """Count the replies that a query asks for.

    ``late_after`` is the number of days from which on a letter was published late. Raises
    ArchiveError.
    """
    with explained(archive.path):
        try:
            return _counted(archive.db, query, late_after)
        except (TypeError, ValueError) as error:
            raise illegible(archive.path, error) from error


def _counted(db: Database, query: Query, late_after: int) -> Statistics:
    sources = {row["name"]: row for row in rows(db, _SOURCES)}
    regions = {name: row["region"] for name, row in sources.items()}
    owners = {name: row["publisher"] for name, row in sources.items()}

    def place(of: Seat) -> tuple[str, str]:
        offices = (of.publisher, of.owner, owners.get(of.source))
        return where(of.assembly_name, offices, regions.get(of.source), of.source)

    reckoning = Reckoning(late_after, regions, place)
    condition, asked = _asked(query)
    cursor = db.conn.execute(_FACTS.format(where=condition), asked)
    while batch := cursor.fetchmany(_BATCH):
        reckoning.add(batch)
    _count_edits(db, condition, asked, reckoning)
    return reckoning.statistics()


def _asked(query: Query) -> tuple[str, dict[str, Any]]:
    """Return what must hold of a reply, as SQL; a part of a list is a part of it here too."""
    told, asked = condition(query)
    if query.limit is None and not query.offset:
        return told, asked
    limit = -1 if query.limit is None else query.limit
    return _PAGE.format(where=told), {**asked, "limit": limit, "at": query.offset}


def _count_edits(db: Database, condition: str, asked: dict[str, Any], reckoning: Reckoning) -> None:
    found = rows(db, _EDITS.format(where=condition), asked)
    for reply, versions in groupby(found, key=lambda row: row["reply"]):
        changed, last = [], {}
        said = None
        for last in versions:
            fields = unpacked(last["fields"])
            if said is not None:
                changed.append(tuple(changes(said, fields)))
            said = fields
        day = china_day(datetime.fromisoformat(last["first_seen_at"]))
        reckoning.edited(Event(day, reply, last["title"], last["source"]), changed)
