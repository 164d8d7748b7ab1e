"""Taking another archive in: all that it knows, as if it had been filed here.

Bytes come first, then what was read of them, then what became of each entry; every commit leaves a
sound archive, and what was cut short is finished by merging again. Which replies there are follows
from the union of the evidence: merging is idempotent, commutative and associative.

What a redaction removed on either side stays removed: redactions come before everything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from sqlite_utils import Database

from replyarc.archive import crawls, filing, kin, readings, united, withheld
from replyarc.archive.blobs import REMOVED
from replyarc.archive.database import explained, rows, write
from replyarc.archive.kin import Keys
from replyarc.archive.opening import opened
from replyarc.archive.place import ROOM, check_room
from replyarc.archive.readings import Reading
from replyarc.archive.redacted import Bar, bar
from replyarc.archive.schema import Row
from replyarc.archive.settling import mark_gone
from replyarc.archive.sifting import noted_anew, noted_as, sift
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Is told what is being taken in, how much of it was, and of how much."""

_BATCH: Final = 300
_FETCH: Final = ("url", "form", "fetched_at", "sha256", "problem")
_SAME_FETCH: Final = """
select * from fetches where url is ? and form is ? and fetched_at is ? and sha256 is ?
  and problem is ? limit 1
"""
_BODY: Final = "select sha256, size, codec from bodies where sha256 = ?"
_CAME: Final = "create temp table came (reading text primary key, known integer) without rowid"
_HELD: Final = "select keys from readings where id = ?"

# Of the replies that came: how many are new, how many have more versions, how many were known.
_CAME_OF: Final = """
select sum(before = 0), sum(before > 0 and now > was), sum(before > 0 and now = was) from (
  select count(*) - count(fresh.reading) as before,
    count(distinct iif(standing = 'holds', says, null)) as now,
    count(distinct iif(standing = 'holds' and fresh.reading is null, says, null)) as was
  from readings left join temp.came as fresh on fresh.reading = readings.id and not fresh.known
  where reply in (select reply from readings join temp.came on came.reading = readings.id)
  group by reply)
"""


@dataclass(slots=True)
class Came:
    """What came with another archive.

    ``new``, ``more`` and ``known`` count its replies: not held before, held with fewer versions,
    and held as they are. ``damaged`` are the SHA-256 of bodies that are not what was kept there,
    and were not taken; ``unsound`` counts, by table, rows that cannot be those of an archive, and
    were passed over; ``withheld`` the readings that a redaction keeps out.
    """

    new: int = 0
    more: int = 0
    known: int = 0
    bodies: int = 0
    bytes: int = 0
    fetches: int = 0
    crawls: int = 0
    entries: int = 0
    readings: int = 0
    conflicts: int = 0
    redactions: int = 0
    withheld: int = 0
    damaged: list[str] = field(default_factory=list)
    unsound: dict[str, int] = field(default_factory=dict)


class _Undone(Exception):
    """Ends a transaction that was only to show what it would do."""


def merge(
    archive: Archive, path: Path, *, dry_run: bool = False, progress: Progress | None = None
) -> Came:
    """Take the archive at ``path`` in; with ``dry_run`` only say what would come.

    It is only read; one of an older replyarc is brought up in a copy. Raises ArchiveError where it
    is none, or of a newer replyarc, or the archive itself, and DiskFull where there is little room.
    """
    with explained(path):
        if path.exists() and path.samefile(archive.path):
            raise ArchiveError(f"{path}: the archive itself. Name another one to take in")
    with opened(path) as other:
        check_room(archive.path, ROOM + (0 if dry_run else path.stat().st_size))
        merging = _Merging(archive, other, dry_run, progress or (lambda *_: None))
        try:
            with archive.transaction() if dry_run else nullcontext():
                merging.run()
                if dry_run:
                    raise _Undone
        except _Undone:
            pass
    return merging.came


class _Merging:
    """One archive being taken into another."""

    def __init__(self, archive: Archive, other: Archive, dry_run: bool, progress: Progress) -> None:
        self.came = Came()
        self._archive = archive
        self._other = other
        self._db = archive.db
        self._dry_run = dry_run
        self._tell = progress
        self._crawls: dict[int | None, int | None] = {}
        self._bar = Bar()
        # in a dry run all is one transaction, which is undone
        self._step: Callable[[], AbstractContextManager[Database]] = archive.transaction
        if dry_run:
            self._step = lambda: nullcontext(archive.db)

    def run(self) -> None:
        self.came.unsound = sift(self._other.db, self._db)
        conflicts = self._count("conflicts")
        with self._step() as db:
            self.came.redactions, self.came.withheld = withheld.unite(db, self._other.db)
            self._bar = bar(db)
            self.came.crawls = crawls.unite(db, self._other.db, self._bar)
            self._crawls = crawls.translated(self._other.db, db)
        self._each("fetches", "select * from fetches order by id", self._fetch)
        self._each("bodies", "select sha256 from bodies order by sha256", self._rest)
        self._each("listings", "select * from listings", self._listing)
        self._each("_robots", "select * from _robots", partial(self._keyed, "_robots", "origin"))
        self._each("texts", "select * from texts", self._text)
        self._readings()
        self._each("entries", "select * from entries order by id", self._entry)
        with self._step() as db:
            crawls.finish(db, self._other.db, self._bar)
        self.came.conflicts = max(self._count("conflicts") - conflicts, 0)

    def _count(self, table: str, db: Database | None = None) -> int:
        sql = f"select count(*) from {table}"
        return int((db or self._db).conn.execute(sql).fetchone()[0])

    def _each(self, table: str, sql: str, take: Callable[[Row], None]) -> None:
        self._all(table, rows(self._other.db, sql), take)

    def _all(self, table: str, items: Iterator[T], take: Callable[[T], None]) -> None:
        """Take the rows of a table in, some in each transaction."""
        done, of = 0, self._count(table, self._other.db)
        while some := [*islice(items, _BATCH)]:
            with self._step():
                for each in some:
                    take(each)
            done += len(some)
            self._tell(table.removeprefix("_"), done, of)

    # --- bytes

    def _body(self, sha256: str, url: str, at: str) -> bool:
        """Take a body in, had at an address at an instant; false if there is none to be had."""
        db = self._db
        if db.conn.execute(_BODY, [sha256]).fetchone():
            return True
        there = self._other.db.conn.execute(_BODY, [sha256]).fetchone()
        if there is None or sha256 in self.came.damaged:
            return False
        if self._bar.body(sha256) or there[2] == REMOVED:
            row = {"sha256": sha256, "size": there[1], "codec": REMOVED, "data": None}
            write(db, "bodies", row)
            return True
        try:
            body = self._other.body(sha256)
        except ArchiveError:
            self.came.damaged.append(sha256)
            return False
        self.came.bodies += 1
        self.came.bytes += len(body)
        if self._dry_run:
            write(db, "bodies", {"sha256": sha256, "size": len(body), "codec": "plain"})
        else:
            self._archive.bodies.add(body, url, datetime.fromisoformat(at))
        return True

    def _rest(self, row: Row) -> None:
        """Take a body in that no fetch names."""
        self._body(row["sha256"], "", "1970-01-01T00:00:00Z")

    def _fetch(self, row: Row) -> None:
        row = self._bar.fetch(row) | {"crawl": self._crawls.get(row["crawl"])}
        sha256, url = row["sha256"], row["final_url"] or row["url"]
        if sha256 and not self._body(sha256, url, row["fetched_at"]):
            return  # it comes when a sound copy of the body does
        del row["id"]
        here = next(rows(self._db, _SAME_FETCH, [row[name] for name in _FETCH]), None)
        if here is None:
            self.came.fetches += 1
            write(self._db, "fetches", row)
            return
        id = here.pop("id")
        if (best := united.greatest(here, row)) != here:
            write(self._db, "fetches", {"id": id, **best})

    def _text(self, row: Row) -> None:
        held = self._db.conn.execute(_BODY, [row["sha256"]]).fetchone()
        if held and held[2] != REMOVED:
            self._keyed("texts", "sha256", row)

    # --- what was listed

    def _keyed(self, table: str, key: str, row: Row) -> None:
        """Take a row in that has the same key in every archive."""
        orders = {"_robots": united.robots, "texts": united.text}
        here = next(rows(self._db, f"select * from {table} where {key} = ?", [row[key]]), None)
        if here is None or united.greatest(here, row, orders[table]) != here:
            write(self._db, table, row)

    def _listing(self, row: Row) -> None:
        row["crawl"] = self._crawls[row["crawl"]]
        sql = "select * from listings where crawl = ? and url = ?"
        here = next(rows(self._db, sql, [row["crawl"], row["url"]]), None)
        write(self._db, "listings", united.greatest(here, row) if here else row)

    def _entry(self, row: Row) -> None:
        row = self._bar.entry(row)
        del row["id"]
        for name in ("first_crawl", "missed"):
            row[name] = self._crawls.get(row[name])
        sql = "select * from entries where source is ? and url is ?"
        here = next(rows(self._db, sql, [row["source"], row["url"]]), None)
        if here is None:
            self.came.entries += 1
            write(self._db, "entries", row)
        else:
            id = here.pop("id")
            row = united.entry(here, row)
            if row != here:
                write(self._db, "entries", {"id": id, **row})
        if row["gone_at"] or (here and here["gone_at"]):
            for page in {row["page"], here and here["page"]} - {None}:
                mark_gone(self._db, page)

    # --- what was read

    def _readings(self) -> None:
        self._db.conn.execute("drop table if exists temp.came")
        self._db.conn.execute(_CAME)
        self._all("readings", kin.every_reading(self._other.db), self._reading)
        self.came.new, self.came.more, self.came.known = (
            each or 0 for each in self._db.conn.execute(_CAME_OF).fetchone()
        )

    def _reading(self, read: tuple[Reading, str]) -> None:
        reading, said = read
        db, there = self._db, self._other.db
        here = self._held(reading.id)
        replaced = self._bar.said(reading.fingerprint)
        if replaced:  # what it was known by does not follow from what is left of it
            (held,) = there.conn.execute(_HELD, [reading.id]).fetchone()
            keys = frozenset(json.loads(held))
            flags, notes = self._bar.marked(reading.flags, reading.notes)
            reading = replace(reading, flags=flags, notes=notes)
            said = withheld.content(db, there, reading.fingerprint, said)
        else:
            reading, keys = noted_as(reading, *here) if here else noted_anew(reading, said)
        if self._bar.reading(reading.url, reading.fingerprint, keys):
            self.came.withheld += 1
            return
        db.conn.execute("insert into temp.came values (?, ?)", [reading.id, here is not None])
        self.came.readings += here is None
        if here is None or readings.merge(here[0], reading) != here[0]:
            filing.take_in(db, reading, said, keys)

    def _held(self, id: str) -> tuple[Reading, Keys] | None:
        """Return a reading as it is held here: most of those of an archive that is merged again."""
        found = self._db.conn.execute(_HELD, [id]).fetchone()
        return kin.load(self._db, id) if found else None
