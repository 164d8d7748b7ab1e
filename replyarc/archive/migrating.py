"""Bringing the archive of an older replyarc up to this one: a copy first, then all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from replyarc import __version__
from replyarc.archive import schema
from replyarc.archive.copying import copy
from replyarc.archive.format import APPLICATION, FORMAT
from replyarc.archive.lock import hold_unless_held
from replyarc.archive.place import ROOM

Transaction = Callable[[Database], AbstractContextManager[None]]
Tell = Callable[[str], None]


def bring_up(db: Database, path: Path, transaction: Transaction, tell: Tell | None) -> None:
    """Make the tables of a new archive, or bring those of an older one up, keeping a copy of it.

    The copy lies beside the archive, as ``NAME.format3.bak``; one that is there already is never
    written over. Killed at any moment, the archive is as it was or as it is to be, and the next
    to open it goes on. What happened is told in one sentence.

    Raises ArchiveHeld while another process holds the archive.
    """
    if not db.execute("select 1 from sqlite_master").fetchone():
        with transaction(db):
            _write(db, schema.make)
        return
    with hold_unless_held(path):
        if not schema.outdated(db):  # another process was faster
            return
        (older,) = db.execute("pragma user_version").fetchone()
        kept = copy(db.conn, _free(path, older), room=ROOM).path
        db.execute("pragma foreign_keys = off")  # https://www.sqlite.org/lang_altertable.html, 7
        dangling = _dangling(db)
        with transaction(db):
            _write(db)
            if _dangling(db) > dangling:
                raise RuntimeError("a migration leaves references that lead nowhere")
    if tell is not None:
        tell(
            f"{path}: brought up from format {older} to {FORMAT}, for replyarc {__version__}. "
            f"As it was, it is kept in {kept}; remove that when all is well"
        )


def _write(db: Database, bring_up: Callable[[Database], None] = schema.bring_up) -> None:
    if not schema.outdated(db):  # another process was faster
        return
    db.execute(f"pragma application_id = {APPLICATION}")
    db.execute(f"pragma user_version = {FORMAT}")
    bring_up(db)
    row = {"key": "replyarc", "value": __version__}
    db.execute("insert or replace into _meta (key, value) values (:key, :value)", row)


def _dangling(db: Database) -> int:
    return sum(1 for _ in db.execute("pragma foreign_key_check"))


def _free(path: Path, older: int) -> Path:
    """Return a name for the copy that no file has yet."""
    names = (f"{path.name}.format{older}{f'.{n}' if n > 1 else ''}.bak" for n in count(1))
    return next(copy for name in names if not (copy := path.with_name(name)).exists())
