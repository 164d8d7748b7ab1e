"""``verify``: look at all that an archive holds, and say what is damaged, lost or to be made anew.

It is looked at as it is at one moment, while others may write to it; nothing in it is changed. One
table that cannot be read keeps nobody from looking at the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from replyarc.archive import anew, evidence_checks, ground, layout, search, upkeep
from replyarc.archive.damage import Damage, Grade, Verdict
from replyarc.archive.database import as_it_is
from replyarc.archive.evidence_checks import Looking
from replyarc.archive.format import FORMAT

Step = Callable[[str], None]
Progress = Callable[[int, int], None]
Check = Callable[[Looking], Iterator[Damage]]

_MOST: Final = 100  # messages of SQLite about the file itself
_INDEX: Final = ("missing from index", "wrong # of entries in index", "non-unique entry in index")
_GROUND: Final = (ground.contents, ground.readings, ground.links)
_UNREADABLE: Final = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_ERROR,  # no such table or column; `layout.check` says which
}


def _structure(looking: Looking) -> Iterator[Damage]:
    pragma = "quick_check" if looking.verdict.quick else "integrity_check"
    lines = [row[0] for row in looking.db.execute(f"pragma {pragma}({_MOST})")]
    for grade, where in ((Grade.ANEW, "the indexes"), (Grade.LOST, "the file")):
        told = [line for line in lines if line != "ok" and _grade(line) is grade]
        if told:
            what = "SQLite finds it damaged"
            yield Damage(
                grade=grade, where=where, what=what, number=len(told), examples=tuple(told[:10])
            )


def _grade(line: str) -> Grade:
    return Grade.ANEW if any(words in line for words in _INDEX) else Grade.LOST


def _layout(looking: Looking) -> Iterator[Damage]:
    return layout.check(looking.db)


def _anew(looking: Looking) -> Iterator[Damage]:
    if not looking.verdict.barred:
        yield from anew.check(looking.db)


def _search(looking: Looking) -> Iterator[Damage]:
    try:
        wrong = search.check(looking.db)
    except sqlite3.DatabaseError as error:
        wrong = [f"it cannot be looked at ({error})"]
    for what in wrong:
        yield Damage(grade=Grade.ANEW, where="_search", what=what)


_CONTENTS: Final = "what was read"

# what is looked at, in words and in order; whether also in a hurry; since which format there is it
_CHECKS: Final[tuple[tuple[str, Check, bool, int], ...]] = (
    ("the file", _structure, True, 1),
    ("the tables", _layout, True, FORMAT),
    ("dictionaries", evidence_checks.dictionaries, True, 4),
    ("bodies", evidence_checks.bodies, False, 1),
    (_CONTENTS, ground.contents, False, 1),
    ("readings", ground.readings, True, 1),
    ("what refers to readings", ground.links, True, 4),
    ("captures", evidence_checks.captures, True, 4),
    ("references", evidence_checks.references, True, 1),
    ("what follows from the readings", _anew, False, FORMAT),
    ("the full-text index", _search, False, FORMAT),
    ("where bodies came from", evidence_checks.orphans, True, 1),
    ("what crawls keep for themselves", upkeep.check, True, 5),
)


def verify(
    path: Path,
    *,
    quick: bool = False,
    step: Step = lambda _: None,
    progress: Progress = lambda _done, _total: None,
) -> Verdict:
    """Look at an archive; ``quick``: hash no bytes, and derive nothing anew.

    ``step`` is told what is looked at, ``progress`` how far that is. Of an archive of an older
    format that is looked at which it has. Raises ArchiveError where the file is no archive, or so
    damaged that nothing in it can be found.
    """
    with as_it_is(path) as db:
        db.execute("begin")  # what others write from here on is not seen
        (format,) = db.execute("pragma user_version").fetchone()
        verdict = Verdict(format=format, quick=quick)
        looking = evidence_checks.begin(db, verdict, progress)
        for words, check, hurried, since in _CHECKS:
            if format >= since and (hurried or not quick):
                _look(looking, words, check, step)
        if quick and verdict.repairable and not verdict.barred:  # what it would be made of
            _look(looking, _CONTENTS, ground.contents, step)
        db.rollback()
    verdict.checked.pop("followed", None)
    _leave(verdict)
    return verdict


def hashed(db: Database) -> list[Damage]:
    """Hash bodies and contents of an archive of this format; return what is damaged of them."""
    looking = evidence_checks.begin(db, Verdict(format=FORMAT), lambda _done, _total: None)
    checks = (evidence_checks.dictionaries, evidence_checks.bodies, ground.contents)
    return [damage for check in checks for damage in check(looking)]


def _look(looking: Looking, words: str, check: Check, step: Step) -> None:
    step(words)
    with _going_on(looking.verdict, words, bars=check in _GROUND):
        looking.verdict.damage += check(looking)


def _leave(verdict: Verdict) -> None:
    """Grade as BARRED what `repair` would not make anew, and say why."""
    why = ""
    if verdict.format < FORMAT and verdict.repairable:
        why = "it is of an older format, and any command that lists or adds replies makes it anew"
    elif verdict.barred:
        why = f"evidence that it is made of is damaged. {ground.REMEDY}"
    if not why:
        return
    for at, each in enumerate(verdict.damage):
        follows = verdict.format < FORMAT or each.where in ground.FOLLOWS
        if each.grade is Grade.ANEW and follows:
            verdict.damage[at] = replace(each, grade=Grade.BARRED)
    where = "what follows from the readings"
    verdict.damage.append(Damage(grade=Grade.BARRED, where=where, what=why))


@contextmanager
def _going_on(verdict: Verdict, words: str, *, bars: bool) -> Iterator[None]:
    """Note what cannot be looked at, and go on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 1) & 0xFF
        if code not in _UNREADABLE:
            raise
        if code == sqlite3.SQLITE_ERROR and any(
            "there is no" in each.what for each in verdict.damage
        ):
            return
        what = f"it cannot be looked at ({error})"
        verdict.damage.append(Damage(grade=Grade.LOST, where=words, what=what, bars=bars))
