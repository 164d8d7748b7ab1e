"""Asking the full-text index: the replies that have what is looked for, best first.

The index narrows down, and each reply it leads to is looked at: what is found is exactly what holds
the words in normal form. They are looked at in the order in which they are wanted, so the first
twenty cost no more than twenty looks, or few more. Where no index helps (where it was
lost; a query of nothing but signs), every reply is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from replyarc.archive import find, search
from replyarc.archive.database import explained, rows
from replyarc.archive.query import Query
from replyarc.archive.schema import packed
from replyarc.archive.tables import NEWEST
from replyarc.archive.words import SOMEWHERE, Wanted, Word
from replyarc.model import Reply

if TYPE_CHECKING:
    from replyarc.archive.store import Archive

_FIRST, _MOST = 32, 512
"""How many replies are looked at in one go, at first and at the most."""

_LONGEST, _TRIES = 30, 300
"""Of how many characters the parts of a word are that are tried, and how many parts."""

_EVERYWHERE: Final = Query()
_EVERY: Final = f"select id from replies order by {NEWEST} desc, id"
_LIKELY: Final = f"""
select _indexed.reply, _indexed.day from _search cross join _indexed
on _indexed.id = _search.rowid where _search match ?
and not exists (select 1 from _unindexed where _unindexed.reply = _indexed.reply)
union all
select id, {NEWEST} from replies where id in (select reply from _unindexed)
order by 2 desc, 1
"""


def hits(
    archive: Archive, wanted: Wanted, query: Query, *, newest: bool = False
) -> Iterator[Reply]:
    """Yield the replies that have what is wanted and pass the filters of a query.

    Best first: those with all words in the title, then those whose letter has each of them several
    times, then the others; among equals, and with ``newest`` among all, by day, newest first.
    They are looked for as they are asked for: write to the archive when all have been taken.
    """
    end = None if query.limit is None else query.offset + query.limit
    with explained(archive.path):
        ids = ranked(archive.db, wanted, query, newest=newest)
        for some in _chunks(islice(ids, query.offset, end)):
            found = {reply.id: reply for reply in find.named(archive.db, some)}
            yield from (found[reply] for reply in some)


def near(archive: Archive, wanted: Wanted) -> list[tuple[str, str | None]]:
    """Return each word of a query with the longest part of it that is found; ``None``: no part."""
    with explained(archive.path):
        return [(word.form, _longest(archive.db, word.form)) for word in wanted.anywhere]


def _longest(db: Database, word: str) -> str | None:
    lengths = range(min(len(word), _LONGEST), min(len(word), 2) - 1, -1)
    parts = (word[at : at + n] for n in lengths for at in range(len(word) - n + 1))
    for part in islice((part for part in parts if part == part.strip()), _TRIES):
        if next(ranked(db, Wanted((Word(part),)), _EVERYWHERE, newest=True), None):
            return part
    return None


def ranked(db: Database, wanted: Wanted, query: Query, *, newest: bool) -> Iterator[str]:
    """Yield the ids of all hits, in the order of `hits`; limit and offset play no part."""
    known: dict[str, int | None] = {}
    if not search.exists(db) or wanted.match(SOMEWHERE) is None:
        found = list(_looked_at(db, _candidates(db, None), wanted, query, known))
        if not newest:
            found.sort(key=lambda each: each[1])  # stable: newest first among equals
        yield from (reply for reply, _ in found)
        return
    for rank in (SOMEWHERE,) if newest else wanted.ranks:
        likely = _candidates(db, wanted.match(rank))
        for reply, its_rank in _looked_at(db, likely, wanted, query, known):
            if newest or its_rank == rank:
                yield reply


def _candidates(db: Database, match: str | None) -> Iterator[str]:
    """Yield the ids of the replies that may be hits, newest first."""
    found = db.execute(_EVERY) if match is None else db.execute(_LIKELY, [match])
    return (row[0] for row in found)


def _looked_at(
    db: Database,
    ids: Iterable[str],
    wanted: Wanted,
    query: Query,
    known: dict[str, int | None],
) -> Iterator[tuple[str, int]]:
    """Yield of these replies, in their order, those that are hits, with their rank.

    ``known`` keeps the ranks of those that were looked at; ``None``: it is no hit.
    """
    fits, asked = find.condition(query)
    columns = ", ".join(dict.fromkeys(("id", *wanted.columns)))
    sql = (
        f"select {columns} from replies where id in (select value from json_each(:some)) and {fits}"
    )
    for some in _chunks(ids):
        new = [reply for reply in some if reply not in known]
        known.update(dict.fromkeys(new))
        for row in rows(db, sql, {**asked, "some": packed(new)}):
            known[row["id"]] = wanted.rank(row)
        for reply in some:
            rank = known[reply]
            if rank is not None:
                yield reply, rank


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """Yield the ids few at first, then more at a time."""
    left, size = iter(ids), _FIRST
    while some := list(islice(left, size)):
        yield some
        size = min(2 * size, _MOST)
