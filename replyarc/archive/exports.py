"""What each named export has told already: of which reply, and what it said then.

``_exports`` has a row for each name, ``_exported`` one for each reply that it told, with a mark: a
few signs that follow from what is shown of the reply, never from a clock. So an export that runs
while a crawl does loses nothing: it reads one moment of the archive, and what is written of it
afterwards are the marks of that moment. They are written when the export is where it belongs; one
that ends before is told again, whole.

Both tables are aids of this machine: where they are lost, the next export tells all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive import find
from replyarc.archive.database import explained, rows, write
from replyarc.archive.query import Query, given
from replyarc.archive.schema import instant
from replyarc.archive.store import Archive
from replyarc.archive.tables import NEWEST
from replyarc.errors import ReplyarcError

# What is shown of a reply besides: a redaction may leave fingerprint and version as they were.
_MARK: Final = """substr(coalesce(fingerprint, ''), 1, 16) || ' ' || coalesce(version, '') || ' '
  || coalesce(index_number, '') || ' ' || coalesce(gone_at, '') || ' ' || coalesce(flags, '') || ' '
  || coalesce(redacted_by, '')"""
_PENDING: Final = """
with redacted (redacted_reply, redacted_by) as materialized (
  select reply, group_concat(id) from (select reply, id from redactions order by id) group by reply)
insert into temp._pending
select id, mark from (
  select id, {mark} as mark, {order} as place
  from replies left join redacted on redacted_reply = id where {where})
where not exists (
  select 1 from _exported where name = :export and reply = id and _exported.mark = pending.mark)
order by place desc, id limit :limit
""".replace("where {where})", "where {where}) as pending")
_CHANGED: Final = "max(coalesce(changed_at, first_seen_at, ''), coalesce(gone_at, ''))"
_NOTE: Final = """
insert into _exported select :export, reply, mark from temp._pending where true
on conflict (name, reply) do update set mark = excluded.mark
"""
_FORGET: Final = "delete from _exported where name = ? and reply not in (select id from replies)"
_AMONG: Final = "id in (select reply from temp._pending)"
_PHONES: Final = """
select distinct phone.value
from replies, json_each(contacts) as contact, json_each(contact.value, '$.phones') as phone
where contacts <> '[]'
"""


class OtherFilters(ReplyarcError):
    """A named export is asked for with filters that are not those it was made with.

    ``asked`` and ``before`` say both in words.
    """

    def __init__(self, name: str, asked: str, before: str) -> None:
        super().__init__(
            f"the export {name!r} tells of {before or 'all replies'}, and now {asked or 'all'} "
            "is asked for. Give other filters another name"
        )


class Since:
    """The replies that a named export has not told yet, or told otherwise, at one moment."""

    def __init__(self, archive: Archive, name: str, asked: Query, before: dict[str, Any]) -> None:
        self._archive = archive
        self._name = name
        self._asked = asked
        self.last_at: datetime | None = before.get("exported_at")
        """When it was made last; ``None`` for the first time."""

    @property
    def count(self) -> int:
        """How many replies it will tell."""
        sql = "select count(*) from temp._pending"
        with explained(self._archive.path):
            return int(self._archive.db.execute(sql).fetchone()[0])

    def said(self, *, changed_first: bool = False) -> Iterator[dict[str, Any]]:
        """Yield them as values of the contract's JSON, newest first."""
        with explained(self._archive.path):
            order = _CHANGED if changed_first else NEWEST
            yield from find.said(self._archive.db, Query(), order=order, among=_AMONG)

    def note(self, at: datetime, form: str, about: str) -> None:
        """Note in the archive that all of them were told; the reading of this moment ends.

        ``form`` and ``about`` (the filters in words) are for people. Raises ArchiveHeld, DiskFull.
        """
        self._archive.db.conn.commit()  # what is temporary stays
        number = self.count
        with self._archive.transaction() as db:
            db.conn.execute(_NOTE, {"export": self._name})
            db.conn.execute(_FORGET, [self._name])
            row = {"name": self._name, "filters": _filters(self._asked), "about": about}
            write(db, "_exports", row | {"format": form, "exported_at": instant(at)})
            db.conn.execute("update _exports set replies = ? where name = ?", [number, self._name])


@contextmanager
def since_last(
    archive: Archive, name: str, query: Query, about: str, *, changed_first: bool = False
) -> Iterator[Since]:
    """Read what a named export is to tell now, as the archive is at this moment.

    ``archive`` is open for writing; no lock is needed, as for a moment only is anything written.
    With a limit it tells the newest, and the others the next time. ``about`` are the filters in
    words. Raises ArchiveError where nothing can be written, and OtherFilters.
    """
    with archive.transaction():  # now rather than when all is exported: may anything be written?
        pass
    db = archive.db
    before = _before(archive, name)
    if before and before["filters"] != _filters(query):
        raise OtherFilters(name, about, before["about"])
    try:
        with explained(archive.path):
            db.conn.execute("drop table if exists temp._pending")
            db.conn.execute("create temp table _pending (reply text primary key, mark text)")
            db.conn.execute("begin")
            _gather(db, name, query, _CHANGED if changed_first else NEWEST)
        yield Since(archive, name, query, before)
    finally:
        db.conn.rollback()


def _gather(db: Database, name: str, query: Query, order: str) -> None:
    """Set down which replies are to be told, and their marks."""
    where, asked = find.condition(query)
    sql = _PENDING.format(mark=_MARK, order=order, where=where)
    limit = -1 if query.limit is None else query.limit
    db.conn.execute(sql, {**asked, "export": name, "limit": limit})


def _before(archive: Archive, name: str) -> dict[str, Any]:
    """Return the row of a named export, if there was one."""
    with explained(archive.path):
        held = [*rows(archive.db, "select * from _exports where name = ?", [name])]
    if not held:
        return {}
    return held[0] | {"exported_at": datetime.fromisoformat(held[0]["exported_at"])}


def _filters(query: Query) -> str:
    """Write which replies a query asks for: how many of them at a time is no part of it."""
    return json.dumps(given(query), default=str, ensure_ascii=False, sort_keys=True)


def changed_first(archive: Archive, query: Query) -> Iterator[dict[str, Any]]:
    """Yield replies as ``Archive.said`` does, what is new, changed or gone last coming first."""
    with explained(archive.path):
        yield from find.said(archive.db, query, order=_CHANGED)


def telephones(archive: Archive) -> set[str]:
    """Return every telephone of every contact that a reply shows, as it is kept."""
    with explained(archive.path):
        return {str(phone) for (phone,) in archive.db.execute(_PHONES)}
