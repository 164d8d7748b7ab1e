"""Whether the evidence is what was kept: bytes, and what refers to them; see also `ground`."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sqlite_utils import Database

from replyarc.archive import blobs, layout, redacted
from replyarc.archive.bodies import Bodies
from replyarc.archive.damage import SHOWN, Damage, Grade, Verdict
from replyarc.archive.database import rows
from replyarc.archive.losses import of_body
from replyarc.errors import ArchiveError

T = TypeVar("T")

_FOLLOWED: Final = 200
"""How many damaged rows are followed up to the replies that lose by them."""

_HOLES: Final = """
select reading, sha256 from captures
where sha256 <> '' and reader is not null and sha256 not in (select sha256 from bodies)
union all
select captures.reading, part.value from captures, json_each(captures.parts) as part
where part.value not in (select sha256 from bodies)
"""
_ORPHANS: Final = """
select sha256 from bodies where sha256 not in (select sha256 from fetches where sha256 is not null)
and codec <> 'redacted'
"""
_READ: Final = """
select sha256 from captures where reader is not null
union select part.value from captures, json_each(captures.parts) as part
"""


@dataclass(slots=True)
class Looking:
    """An archive that is looked at, and what was found of it so far."""

    db: Database
    verdict: Verdict
    progress: Callable[[int, int], None]
    names: redacted.Bar = field(default_factory=redacted.Bar)

    def each(self, what: str, found: Iterable[T]) -> Iterator[T]:
        """Yield what is looked at, and count it."""
        self.verdict.checked.setdefault(what, 0)
        for one in found:
            self.verdict.checked[what] += 1
            yield one

    def lose(self, find: Callable[[Database, str], Iterable[Any]], name: str) -> None:
        """Find out which replies lose by a damaged body or content."""
        followed = self.verdict.checked.setdefault("followed", 0)
        if followed >= _FOLLOWED:
            self.verdict.more_losses += 1
            return
        self.verdict.checked["followed"] += 1
        try:
            self.verdict.losses += find(self.db, name)
        except sqlite3.DatabaseError:  # what tells is damaged too
            self.verdict.more_losses += 1


class Found:
    """Damaged rows, counted by what is wrong with them."""

    def __init__(self, where: str, grade: Grade = Grade.LOST, *, bars: bool = False) -> None:
        self._where = where
        self._grade = grade
        self._bars = bars
        self._number: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}

    def add(self, what: str, example: str) -> None:
        """Count one."""
        self._number[what] += 1
        examples = self._examples.setdefault(what, [])
        if len(examples) < SHOWN:
            examples.append(example)

    @contextmanager
    def reading_on(self) -> Iterator[None]:
        """Count as damage that the rest of a table cannot be read."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 1) & 0xFF == sqlite3.SQLITE_ERROR:
                raise  # there is no such table: nothing can be read of it
            self.add(f"cannot be read to the end ({error})", "")

    def damage(self) -> Iterator[Damage]:
        """Yield what was found."""
        for what, number in self._number.items():
            examples = tuple(filter(None, self._examples[what]))
            yield Damage(
                grade=self._grade,
                where=self._where,
                what=what,
                number=number,
                examples=examples,
                bars=self._bars,
            )


def bodies(looking: Looking) -> Iterator[Damage]:
    """Hash every body, one at a time."""
    found, kept = Found("bodies"), Bodies(looking.db)
    (total,) = looking.db.execute("select count(*) from bodies").fetchone()
    with found.reading_on():
        for name, row in looking.each("bodies", _bodies(looking.db)):
            what = _wrong(looking.names, kept, name, row)
            if what:
                found.add(what, name)
                looking.lose(of_body, name)
            elif row is not None and row["data"] is not None:
                looking.verdict.size += row["size"]
            looking.progress(looking.verdict.checked["bodies"], total)
    yield from found.damage()


def _bodies(db: Database) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield every body's name and row, in the order of the file; no row where it is unreadable.

    From the first row on that cannot be read, they are looked up one by one by the index.
    """
    last = 0
    try:
        for row in rows(db, "select rowid as number, * from bodies order by rowid"):
            last = row.pop("number")
            yield row["sha256"], row
    except sqlite3.DatabaseError:
        sql = (
            "select sha256, rowid from bodies indexed by sqlite_autoindex_bodies_1 order by sha256"
        )
        for name, number in db.execute(sql):
            if number > last:
                yield name, _one(db, name)


def _one(db: Database, name: str) -> dict[str, Any] | None:
    try:
        return next(rows(db, "select * from bodies where sha256 = ?", [name]), None)
    except sqlite3.DatabaseError:
        return None


def _wrong(names: redacted.Bar, kept: Bodies, name: str, row: dict[str, Any] | None) -> str | None:
    """Say what is wrong with a body, if anything is."""
    if row is None:
        return "cannot be read from the file"
    if row["codec"] == blobs.REMOVED:
        if not names.body(name):
            return "removed, as by a redaction, but no redaction names them"
        return "removed by a redaction, and still there" if row["data"] is not None else None
    try:
        if len(kept.unpack(row)) != row["size"]:
            return "it is not what was kept"
    except ArchiveError as error:
        told = re.search(r"is damaged: (.+?)\. `replyarc|(is packed with .+?)\. ", str(error))
        return next(filter(None, told.groups())) if told else str(error)
    except (TypeError, ValueError):
        return "it is not what was kept"
    return None


def dictionaries(looking: Looking) -> Iterator[Damage]:
    """Hash every dictionary that bodies are packed with."""
    found = Found("_dictionaries")
    every = rows(looking.db, "select * from _dictionaries")
    with found.reading_on():
        for row in looking.each("dictionaries", every):
            if f"dictionary:{row['sha256']}" in looking.names.names:
                continue
            data = row["data"]
            held = blobs.unseal(data, row["sha256"]) if isinstance(data, bytes) else None
            if held is None or held.id != row["id"]:
                found.add(
                    "not what was made: what is packed with it cannot be read", str(row["id"])
                )
    yield from found.damage()


def captures(looking: Looking) -> Iterator[Damage]:
    """Look whether the bytes are held in which a reading was found.

    Where an export told of them and brought none, nobody read them here, and nothing is missing.
    """
    found = Found("bodies")
    with found.reading_on():
        for reading, name in looking.db.execute(_HOLES):
            if not looking.names.body(name):
                found.add("not there, though a reading was found in them", f"{name} of {reading}")
                looking.lose(of_body, name)
        (number,) = looking.db.execute("select count(*) from captures").fetchone()
        looking.verdict.checked["captures"] = number
    yield from found.damage()


def references(looking: Looking) -> Iterator[Damage]:
    """Follow every foreign key."""
    number: Counter[tuple[str, str]] = Counter()
    for table, _, parent, _ in looking.db.execute("pragma foreign_key_check"):
        number[table, parent] += 1
    for (table, parent), count in sorted(number.items()):
        grade = Grade.ANEW if table in layout.DERIVED else Grade.LOST
        what = f"rows refer to {parent} that are not there"
        yield Damage(grade=grade, where=table, what=what, number=count)


def orphans(looking: Looking) -> Iterator[Damage]:
    """Look for bodies of which no fetch tells where and when they were had.

    Every page that is read was fetched, or taken in with the fetch that an import makes of it: so
    where a reading was found in such bytes, or no fetch is left at all, that is lost. A body by
    itself may have come without.
    """
    lost, noted = Found("fetches"), Found("bodies", Grade.NOTED)
    read = set()
    if looking.verdict.format >= 4:
        with lost.reading_on():
            read = {name for (name,) in looking.db.execute(_READ)}
    (fetched,) = looking.db.execute("select exists (select 1 from fetches)").fetchone()
    for (name,) in looking.db.execute(_ORPHANS):
        if not fetched:
            lost.add("none is left, though bodies are kept that were fetched", name)
        elif name in read:
            lost.add("none tells of bodies that a reading was found in", name)
        else:
            noted.add("kept, though nothing tells where they were fetched", name)
    yield from lost.damage()
    yield from noted.damage()


def begin(db: Database, verdict: Verdict, progress: Callable[[int, int], None]) -> Looking:
    """Begin to look at an archive."""
    looking = Looking(db, verdict, progress)
    if verdict.format >= 4:
        try:
            looking.names = redacted.bar(db)
        except sqlite3.DatabaseError:
            what = "cannot be read: what was redacted will look as if it were lost"
            verdict.damage.append(Damage(grade=Grade.LOST, where="_redacted", what=what))
    return looking
