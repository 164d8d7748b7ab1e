"""``verify --repair``: make anew what follows from the evidence; the evidence is not touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from replyarc.archive import filing, ground, layout, search, upkeep
from replyarc.archive.bodies import Bodies
from replyarc.archive.damage import Damage, Grade, Verdict
from replyarc.archive.database import as_it_is, transaction
from replyarc.archive.format import FORMAT
from replyarc.archive.ground import REMEDY
from replyarc.archive.layout import AIDS, DERIVED, INDEX
from replyarc.archive.lock import hold_unless_held
from replyarc.errors import ArchiveError

Step = Callable[[str], None]


def repair(path: Path, verdict: Verdict, step: Step = lambda _: None) -> list[str]:
    """Make anew what `verify` found to be so; return what was done, in words.

    All of it or nothing, in one transaction. Raises ArchiveHeld while another process holds the
    archive, and ArchiveError where the file itself is too damaged to be written to, or evidence is
    damaged from which it would be made.
    """
    if verdict.format < FORMAT:
        raise ArchiveError(
            f"{path}: of format {verdict.format}. Any other command brings it up to {FORMAT} "
            "first; what follows from the evidence is made anew by that"
        )
    done = []
    with hold_unless_held(path), as_it_is(path, write=True) as db, transaction(db):
        for what in _done(db, verdict):
            step(what)
            done.append(what)
    return done


def repack(path: Path) -> int:
    """Pack with dictionaries what an older replyarc kept without; return how many bytes that saves.

    The bytes stay the same. Only for an archive that is whole. Raises ArchiveHeld and ArchiveError.
    """
    with hold_unless_held(path), as_it_is(path, write=True) as db:
        return Bodies(db).repack()


def _done(db: Database, verdict: Verdict) -> Iterator[str]:
    wrong = {each.where for each in verdict.damage if each.grade is Grade.ANEW}
    if "the indexes" in wrong:
        db.execute("reindex")
        yield "the indexes of the tables are made anew"
    if wrong & ground.FOLLOWS:
        _refuse_on(ground.check(db))
    if wrong & set(INDEX):
        _drop_index(db)
    for table in (each for each in AIDS if each in wrong):
        yield upkeep.remake(db, table)
    yield from _made(db, barred=verdict.barred)
    if wrong & {*DERIVED, "readings"}:
        _settled(db)
        yield "replies, versions, sightings and conflicts are made anew from the readings"
    if wrong & set(INDEX):
        search.rebuild(db)
        yield "the full-text index is made anew from the letters"


def _refuse_on(damage: Sequence[Damage]) -> None:
    """Raise ArchiveError where there is damage that would get into what is made anew."""
    for each in damage:
        example = f" ({each.examples[0]})" if each.examples else ""
        raise ArchiveError(
            f"nothing is made anew: {each.where}: {each.what}{example}, and what follows would be "
            f"wrong. `replyarc verify` names all of it. {REMEDY}"
        )


def _settled(db: Database) -> None:
    try:
        filing.rebuild(db)
    except (LookupError, TypeError, ValueError) as error:
        raise ArchiveError(
            "nothing is made anew: a value of a reading or of a capture is not as it was written. "
            f"{REMEDY}"
        ) from error


def _made(db: Database, *, barred: bool) -> Iterator[str]:
    """Make the tables, indexes and triggers that are not there, but those of the evidence.

    Where that is damaged (``barred``), nothing is made of the tables that follow from it.
    """
    for item in [*layout.lacking(db)]:
        mine = item.is_evidence or item.name.startswith("_search_")
        if not mine and not (barred and item.table in ground.FOLLOWS):
            db.execute(item.sql)
            yield f"the {item.kind} {item.name} is there again"


def _drop_index(db: Database) -> None:
    """Remove the full-text index, whatever there is of its tables, and what brings it up.

    Without its own tables SQLite cannot drop it: then its entry is removed from the list of them.
    """
    here = layout.present(db)
    for item in here.values():
        if item.kind == "trigger" and "_unindexed" in item.sql:
            db.execute(f"drop trigger {item.name}")
    with suppress(sqlite3.DatabaseError):
        db.execute("drop table if exists _search")
    left = [name for name in layout.present(db) if name.startswith("_search")]
    if left:
        db.execute("pragma writable_schema = on")
        db.execute("delete from sqlite_master where name = '_search'")
        db.execute("pragma writable_schema = reset")
        for name in left:
            db.execute(f"drop table if exists {name}")
    for name in ("_indexed", "_unindexed"):
        db.execute(f"drop table if exists {name}")
