"""The full-text index: bringing it up, taking replies out of it, and checking it.

It holds for each reply the pairs of neighbouring characters of title and letter (see
``text.bigrams``), and nothing else: no text, no places. `hits` looks at what it leads to. Triggers
note in ``_unindexed`` each reply that comes, goes or changes, whoever writes it; until `refresh`
has brought the index up, a search looks at these replies themselves, and so misses none.

``_indexed`` says under which number a reply stands in the index, and of which content the tokens
are that stand there: an index without texts gives a row up only to whoever knows its tokens.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from replyarc.archive.database import write
from replyarc.archive.schema import packed
from replyarc.archive.tables import NEWEST
from replyarc.text.bigrams import tokens

if TYPE_CHECKING:
    from replyarc.archive.store import Archive

MADE_BY: Final = f"1, Unicode {unicodedata.unidata_version}"
"""By which rule the index is made; one that was made by another is made anew."""

BATCH: Final = 300
"""How many replies are indexed in one transaction: a second's work at the most."""

_ROOM: Final = 32_000_000
"""Bytes of tokens that are gathered before they are written: those of a batch at once."""

_PART: Final = 10
"""The index is merged when this part of it, or more, is new."""

_STEP: Final = 2000  # pages of 4 KB that are written in one step of merging

_BY: Final = "select value from _meta where key = 'search'"
_HELD: Final = """
select _indexed.id, contents.fields from _indexed join contents using (fingerprint)
"""

# What waits and can be indexed: a reply whose content is not there has to wait.
_DUE: Final = """
select reply from _unindexed where not exists (
  select 1 from replies left join contents using (fingerprint)
  where replies.id = _unindexed.reply and contents.fields is null) limit ?
"""
# A batch of it, with what each says now, and under which number what it said before is indexed;
# in the order of these numbers, as FTS5 wants them.
_WAITING: Final = f"""
select due.reply, shown.fingerprint, {NEWEST}, contents.fields,
  _indexed.id, _indexed.fingerprint, before.fields
from ({_DUE}) as due left join replies as shown on shown.id = due.reply
left join contents on contents.fingerprint = shown.fingerprint
left join _indexed on _indexed.reply = due.reply
left join contents as before on before.fingerprint = _indexed.fingerprint
order by _indexed.id is null, _indexed.id, due.reply
"""

# Replies that neither stand in the index as they are nor wait for it, and what is no reply there.
_UNTOLD: Final = f"""
select count(*) from (
  select id from replies where not exists (
    select 1 from _indexed where _indexed.reply = replies.id
    and _indexed.fingerprint is replies.fingerprint and _indexed.day is {NEWEST})
  union all select reply from _indexed where reply not in (select id from replies)
) where id not in (select reply from _unindexed)
"""

_MIXED: Final = "doc * doc * 40503 + doc * 7919 & 0xFFFFFF"  # as _mixed does
_VOCABULARY: Final = (
    "create virtual table temp._tokens using fts5vocab ('main', '_search', 'instance')"
)


def refresh(archive: Archive) -> int:
    """Bring the index up; return how many replies that took. See `batches`."""
    return sum(batches(archive))


def batches(archive: Archive) -> Iterator[int]:
    """Bring the index up, a batch of replies at each step, each in a transaction of its own.

    Where it is left off, or killed, it is gone on with the next time.
    """
    total = 0
    while _is_due(archive.db):
        with archive.transaction() as db:
            if not _is_current(db):
                _empty(db)
            done = _index(db)
        total += done
        yield done
    if total and total >= _count(archive.db) / _PART:
        for _ in _merged(archive):
            yield 0


def rebuild(db: Database) -> None:
    """Make the index anew; belongs inside a transaction."""
    _empty(db)
    while _index(db):
        pass
    db.execute("insert into _search (_search) values ('optimize')")


def forget(db: Database, replies: Iterable[str]) -> None:
    """Take replies out of the index, and every trace of them; belongs inside a transaction.

    Call it before what they said is removed: without that nobody knows their tokens. What is a
    reply afterwards too is indexed by the next `refresh`, as it is then.
    """
    if not _is_current(db):
        _empty(db)
        return
    for reply in replies:
        held = db.execute(f"{_HELD} where reply = ?", [reply]).fetchone()
        if held:
            _take_out(db, *held)
        db.execute("insert into _unindexed values (?) on conflict do nothing", [reply])
    db.execute("insert into _search (_search) values ('optimize')")  # what is taken out, goes


def check(db: Database) -> list[str]:
    """Hold the index against the table; return what is wrong, in sentences, best nothing.

    That replies wait to be indexed is not wrong. Takes a minute for 20,000 long letters, and no
    memory to speak of.
    """
    if not exists(db) or not _is_current(db):
        return []  # it is not used, and made anew before it is
    try:
        return _checked(db)
    except sqlite3.DatabaseError as error:
        # Python itself raises what is no UTF-8, and without a code
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            return [f"it cannot be held against what the replies say ({error})"]
        if code & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return [f"the full-text index is damaged ({error})"]


def _checked(db: Database) -> list[str]:
    wrong = []
    (untold,) = db.execute(_UNTOLD).fetchone()
    if untold:
        wrong.append(f"{untold} replies are not in the full-text index as they are in the table")
    with _writing(db):
        _look_through(db)
        db.execute(_VOCABULARY)
        if _sum_of_index(db) != _sum_of_table(db):
            wrong.append("the full-text index does not hold what the letters say")
    return wrong


def _look_through(db: Database) -> None:
    """Let FTS5 check its own blocks: a command that counts as writing, and writes nothing."""
    within = db.conn.in_transaction
    try:
        db.execute("insert into _search (_search) values ('integrity-check')")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise  # a file that cannot be written to is only read through, which finds most of it
    if not within:
        db.rollback()


def exists(db: Database) -> bool:
    """Tell whether there is an index: it may have been lost."""
    sql = "select 1 from sqlite_master where name = '_unindexed'"
    return db.execute(sql).fetchone() is not None


def _is_current(db: Database) -> bool:
    return bool(db.execute(_BY).fetchone() == (MADE_BY,))


def _is_due(db: Database) -> bool:
    return not _is_current(db) or db.execute(_DUE, [1]).fetchone() is not None


def _empty(db: Database) -> None:
    """Empty the index; every reply waits for it then."""
    db.execute("insert into _search (_search) values ('delete-all')")
    db.execute("insert into _search (_search, rank) values ('hashsize', ?)", [_ROOM])
    db.execute("delete from _indexed")
    db.execute("insert into _unindexed select id from replies where true on conflict do nothing")
    write(db, "_meta", {"key": "search", "value": MADE_BY})


def _index(db: Database) -> int:
    """Index one batch of what waits; return how many replies that were."""
    waiting = db.execute(_WAITING, [BATCH]).fetchall()
    if any(number and held is None for *_, number, _, held in waiting):
        _empty(db)  # what was indexed is not known any more
        return _index(db)
    for reply, now, day, fields, number, before, held in waiting:
        if number and before != now:
            _take_out(db, number, held)
        if now is None:
            continue
        row = {"id": number or _next(db), "reply": reply, "fingerprint": now, "day": day}
        if before != now:
            found = [row["id"], _tokens(fields)]
            db.execute("insert into _search (rowid, tokens) values (?, ?)", found)
        write(db, "_indexed", row)
    done = packed([reply for reply, *_ in waiting])
    db.execute("delete from _unindexed where reply in (select value from json_each(?))", [done])
    return len(waiting)


def _merged(archive: Archive) -> Iterator[None]:
    """Merge what was written in batches, a step at a time: a quarter less room, quicker to ask."""
    step, changes = -_STEP, 2  # below zero: begin a merge of all
    while changes > 1:
        with archive.transaction() as db:
            before = db.conn.total_changes
            db.execute("insert into _search (_search, rank) values ('merge', ?)", [step])
            changes = db.conn.total_changes - before  # one is the command's own
        step = _STEP
        yield


def _count(db: Database) -> int:
    (number,) = db.execute("select count(*) from _indexed").fetchone()
    return int(number)


def _next(db: Database) -> int:
    (last,) = db.execute("select max(id) from _indexed").fetchone()
    return int(last or 0) + 1


def _take_out(db: Database, number: int, fields: str) -> None:
    sql = "insert into _search (_search, rowid, tokens) values ('delete', ?, ?)"
    db.execute(sql, [number, _tokens(fields)])
    db.execute("delete from _indexed where id = ?", [number])


def _tokens(fields: str) -> str:
    return " ".join(_found_by(fields))


def _found_by(fields: str) -> set[str]:
    try:
        said = json.loads(fields)
        return tokens(said.get("title") or "", said.get("text") or "")
    except (AttributeError, ValueError):
        return set()  # nothing can be found of what is damaged, and `verify` says what is


@contextmanager
def _writing(db: Database) -> Iterator[None]:
    """Let a connection that only reads have a table of its own for a while."""
    (reads,) = db.execute("pragma query_only").fetchone()
    db.execute("pragma query_only = off")
    try:
        yield
    finally:
        db.execute("drop table if exists temp._tokens")
        db.execute(f"pragma query_only = {reads}")


def _sum_of_index(db: Database) -> int:
    """Sum up which tokens stand in the index for which replies, in any order."""
    total = 0
    sql = f"select term, sum({_MIXED}) from temp._tokens group by term"
    for term, mixed in db.execute(sql):
        total += hash(term) * mixed
    return total % 2**64


def _sum_of_table(db: Database) -> int:
    """Sum up which tokens should stand in the index for which replies."""
    total = 0
    for number, fields in db.execute(_HELD):
        total += _mixed(number) * sum(map(hash, _found_by(fields)))
    return total % 2**64


def _mixed(number: int) -> int:
    return number * number * 40503 + number * 7919 & 0xFFFFFF
