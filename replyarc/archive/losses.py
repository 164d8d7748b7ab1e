"""Which replies lose by a damaged body, or by a damaged content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlite_utils import Database

from replyarc.archive.damage import Loss

_BY_BODY: Final = """
select readings.url, readings.reply, replies.title from readings
left join replies on replies.id = readings.reply
where readings.id in (
  select reading from captures where sha256 = :name
  union select reading from captures, json_each(captures.parts) where value = :name)
"""
_BY_CONTENT: Final = """
select readings.url, readings.reply, replies.title from readings
left join replies on replies.id = readings.reply where readings.fingerprint = :name
"""
_VERSIONS: Final = "select number from versions where reply = :reply and {} = :name order by number"
_FETCHED: Final = "select distinct coalesce(final_url, url) from fetches where sha256 = :name"


def of_body(db: Database, name: str) -> list[Loss]:
    """Return what loses by a damaged body: replies, else the addresses that it was fetched from."""
    found = list(_found(db, name, _BY_BODY, "sha256", "the bytes of its page"))
    if found:
        return found
    what = "the bytes of a listing, a page that was never read, or a file"
    return [Loss(url=url, what=what) for (url,) in db.execute(_FETCHED, {"name": name})]


def of_content(db: Database, name: str) -> list[Loss]:
    """Return the replies that lose by a damaged content."""
    what = "what was read of it; its bytes may still be read again"
    return list(_found(db, name, _BY_CONTENT, "fingerprint", what))


def _found(db: Database, name: str, sql: str, column: str, what: str) -> Iterator[Loss]:
    seen = set()
    for url, reply, title in db.execute(sql, {"name": name}).fetchall():
        if (url, reply) not in seen:
            seen.add((url, reply))
            asked = {"reply": reply, "name": name}
            versions = tuple(n for (n,) in db.execute(_VERSIONS.format(column), asked))
            yield Loss(url=url, what=what, reply=reply, title=title, versions=versions)
