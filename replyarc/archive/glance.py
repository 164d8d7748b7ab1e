"""One reply, looked up in the time that a person takes for none.

What a card shows is read with SQLite alone, and everything is taken from the archive itself: the
headings stand in its table ``columns``. Where anything is out of the ordinary (several replies
fit, or none; an older archive, a newer one, a damaged one), `glance` says nothing, and the way of
`Archive` is gone, which tells the rest.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from replyarc.archive.address import address_of
from replyarc.archive.format import APPLICATION, FIELDS, FORMAT
from replyarc.archive.holding import attached
from replyarc.archive.values import said
from replyarc.archive.ways import WAYS, asked, prepare

_LAYOUT: Final = """
select name, heading, columns.type from pragma_table_info('replies_flat') as flat
join columns on table_name = 'replies' and column_name = name order by cid
"""
_SEEN: Final = """
select url, first_seen_at, last_seen_at from sightings where reply = ?
order by first_seen_at, url
"""
_VERSIONS: Final = "select count(*) from versions where reply = ?"
# Another letter with one of the numbers, of that session: whether it answers the same proposal is
# told by more than this. The inner question is answered by `replies_key` alone.
_OTHERS: Final = """
select exists (select 1 from replies as mine, json_each(mine.proposal_numbers) as number
  join replies as other on other.id in (
    select id from replies where instr(proposal_numbers, ltrim(number.value, '0')))
  where mine.id = ? and ltrim(number.value, '0') <> ''
    and other.id <> mine.id and other.term = mine.term and other.session = mine.session)
"""
_MANY: Final = 5_000
_INDEXED: Final = 4
"""How many of the ways in which a key is looked up need no look at every reply."""


class Glance(NamedTuple):
    """A reply at a glance.

    ``said`` is what the contract's JSON has of it, ``headings`` the Chinese name of each key;
    ``seen`` are the addresses where it was seen, each with the first and the last instant;
    ``versions`` is how many it has.
    """

    said: dict[str, Any]
    headings: dict[str, str]
    seen: list[tuple[str, str, str]]
    versions: int


def glance(path: Path, key: str) -> Glance | None:
    """Return the one reply that a key names, if that can be told at a glance."""
    if not path.is_file():
        return None
    try:
        address = address_of(path, create=False, read_only=True)
        with closing(sqlite3.connect(address, uri=True, timeout=10.0)) as db:
            db.execute("pragma query_only = on")
            db.execute("pragma cell_size_check = on")
            db.execute("begin")
            return _look(db, key) if _is_ours(db) else None
    except (sqlite3.Error, ValueError):
        return None


def _is_ours(db: sqlite3.Connection) -> bool:
    pragmas = ("application_id", "user_version")
    return [db.execute(f"pragma {each}").fetchone()[0] for each in pragmas] == [APPLICATION, FORMAT]


def _look(db: sqlite3.Connection, key: str) -> Glance | None:
    prepare(db)
    layout = db.execute(_LAYOUT).fetchall()
    id = _named(db, key)
    if id is None or len(layout) != FIELDS or db.execute(_OTHERS, [id]).fetchone()[0]:
        return None
    names = [name for name, _, _ in layout]
    lists = {name for name, _, kind in layout if kind.startswith("list of ")}
    instants = {name for name, _, kind in layout if kind == "instant"}
    row = db.execute(f"select {', '.join(names)} from replies where id = ?", [id]).fetchone()
    values = said(dict(zip(names, row, strict=True)), lists, instants)
    values["attachments"] = attached(db, id, values["attachments"])
    return Glance(
        said=values,
        headings={name: heading for name, heading, _ in layout},
        seen=db.execute(_SEEN, [id]).fetchall(),
        versions=db.execute(_VERSIONS, [id]).fetchone()[0],
    )


def _named(db: sqlite3.Connection, key: str) -> str | None:
    """Return the one reply that a key names; ``None`` where there are none or several.

    Of many replies, titles are not compared: that takes a while, and would have to be done twice
    where none fits.
    """
    spelled = asked(key)
    (last,) = db.execute("select max(rowid) from replies").fetchone()
    for way in WAYS if (last or 0) <= _MANY else WAYS[:_INDEXED]:
        found = {str(id) for (id,) in db.execute(way, spelled)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None
