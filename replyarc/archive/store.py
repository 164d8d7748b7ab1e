"""The archive: one SQLite file that keeps bytes, replies with their versions, and the frontier.

One method, one transaction. Of a page the bytes are kept first and filed second, so that whatever
happens in between, nothing that was fetched is lost, and everything can be traced to the bytes it
was read from and read from them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from sqlite_utils import Database

from replyarc.archive import due, filing, find, frontier, listings, redacted, ways
from replyarc.archive.bodies import Bodies
from replyarc.archive.database import Tell, connect, explained, transaction
from replyarc.archive.files import AttachedFiles
from replyarc.archive.find import Sighting, Version
from replyarc.archive.frontier import ListedEntry, State
from replyarc.archive.hosts import Hosts
from replyarc.archive.query import Query
from replyarc.archive.robots import RobotsFiles
from replyarc.model import Entry, Outcome, Reply, Response, RobotsFile, Source
from replyarc.report import Tally, Walked

_EVERY: Final = Query()


def _filing(
    sha256: str,
    seen_at: datetime,
    read_at: datetime | None,
    parts: Sequence[str],
    notes: Mapping[str, object] | None,
    accepted: bool = False,
) -> filing.Filing:
    return filing.Filing(
        sha256=sha256,
        seen_at=seen_at,
        read_at=read_at or seen_at,
        parts=parts,
        notes=notes,
        accepted=accepted,
    )


class Archive:
    """One archive file, open. Everything raises ArchiveError where the file cannot be used.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with Archive.open(Path(folder) / "replies.db", create=True) as archive:
    ...         archive.count()
    0
    """

    def __init__(self, path: Path, db: Database) -> None:
        self.path = path
        self.db = db
        self.robots_files: MutableMapping[str, RobotsFile] = RobotsFiles(db, self.transaction)
        self.hosts = Hosts(db, path)
        self.bodies = Bodies(db)
        self.files = AttachedFiles(db, self.transaction, self.body)

    @classmethod
    def open(
        cls, path: Path, *, create: bool = False, read_only: bool = False, tell: Tell | None = None
    ) -> Self:
        """Open an archive; with ``create``, make it where there is none.

        An archive of an older replyarc is brought up to this one, after a copy was laid beside it;
        ``tell`` is told so. Raises ArchiveError where there is none, where the file is something
        else or damaged, where it cannot be written to, and where it was written by a newer
        replyarc; ArchiveHeld and DiskFull.
        """
        db = connect(path, create=create, read_only=read_only, tell=tell)
        ways.prepare(db.conn)
        return cls(path, db)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """Write all or nothing, for the modules of this room that are no methods of this class."""
        with explained(self.path), transaction(self.db):
            yield self.db

    # --- a page: keep, then put

    def keep(self, response: Response, crawl: int | None = None) -> str:
        """Keep the bytes of a response, once, and that they were fetched; return their SHA-256.

        A power cut may take them back as long as nothing was filed after them.
        """
        with explained(self.path), transaction(self.db, lasting=False):
            return redacted.withhold(self.db, response, self.bodies.keep(response, crawl))

    def note_failure(
        self, url: str, at: datetime, status: int | None, why: str, crawl: int | None = None
    ) -> None:
        """Note a fetch that gave no body; ``status`` is ``None`` where no answer came."""
        with self.transaction():
            self.bodies.lost(url, at, status, why, crawl)

    def put(
        self,
        reply: Reply,
        sha256: str,
        seen_at: datetime,
        read_at: datetime | None = None,
        *,
        parts: Sequence[str] = (),
        notes: Mapping[str, object] | None = None,
        accepted: bool = False,
    ) -> Outcome:
        """File a reply under its identity; a version is added only if it says something new.

        ``sha256`` names the bytes it was read from (see ``keep``), ``seen_at`` is when they were
        fetched. ``read_at`` is given where kept bytes are read again, later: of two readings of
        the same bytes the later one holds. ``parts`` names the bytes of the further pages of the
        letter, ``notes`` say where each value was read. A letter much shorter than what is held is
        put aside, unless it is ``accepted``. Nothing is overwritten, and the order of filing plays
        no part.
        """
        filed = _filing(sha256, seen_at, read_at, parts, notes, accepted)
        with self.transaction() as db:
            return filing.put(db, reply, filed)

    def file(
        self,
        source: str,
        entry: Entry,
        reply: Reply,
        sha256: str,
        seen_at: datetime,
        crawl: int,
        read_at: datetime | None = None,
        *,
        parts: Sequence[str] = (),
        notes: Mapping[str, object] | None = None,
    ) -> Outcome:
        """File a reply and note its entry as archived, both or neither; see ``put``."""
        filed = _filing(sha256, seen_at, read_at, parts, notes)
        with self.transaction() as db:
            frontier.archived(db, source, entry, reply.url, crawl, seen_at)
            return filing.put(db, reply, filed)

    def body(self, sha256: str) -> bytes:
        """Return kept bytes. Raises ArchiveError where there are none, or they are damaged."""
        with explained(self.path):
            return self.bodies.body(sha256)

    # --- looking up

    def find(self, key: str) -> list[Reply]:
        """Return every reply that a key names, newest first; none where there is none.

        A key is an id (former ones too), an address, an index or document number in any spelling,
        a proposal number (第198号), a title or a part of one. It is tried as each of them in this
        order, and the first that finds something is the answer.
        """
        with explained(self.path):
            return find.find(self.db, key)

    def near(self, key: str, limit: int = 5) -> list[Reply]:
        """Return the replies whose title or number is most like a key, best first."""
        with explained(self.path):
            return find.near(self.db, key, limit)

    def replies(self, query: Query = _EVERY) -> Iterator[Reply]:
        """Yield the replies that are asked for, newest first: by the day of publication, else of
        signature, else by when they were first seen.

        They are read as they are asked for: write to the archive when all have been taken.
        """
        with explained(self.path):
            yield from find.replies(self.db, query)

    def said(self, query: Query = _EVERY) -> Iterator[dict[str, Any]]:
        """Yield them as `export.flat.as_json` does."""
        with explained(self.path):
            yield from find.said(self.db, query)

    def versions(self, id: str) -> list[Version]:
        """Return all that a reply ever said, oldest first."""
        with explained(self.path):
            return find.versions(self.db, id)

    def notes(self, id: str) -> dict[str, Any] | None:
        """Return where a reply's values were read; ``None`` where an older replyarc filed it."""
        with explained(self.path):
            return find.notes(self.db, id)

    def sightings(self, id: str) -> list[Sighting]:
        """Return the addresses where a reply was seen."""
        with explained(self.path):
            return find.sightings(self.db, id)

    def count(self) -> int:
        """Return how many replies are archived."""
        with explained(self.path):
            (number,) = self.db.execute("select count(*) from replies").fetchone()
        return int(number)

    # --- the frontier

    def begin(self, source: Source, family: str, at: datetime) -> int:
        """Begin a crawl of a source; return the crawl's number."""
        with self.transaction() as db:
            return frontier.begin(db, source, family, at)

    def finish(
        self,
        crawl: int,
        at: datetime,
        *,
        finished: bool,
        family: str,
        report: Mapping[str, object],
    ) -> None:
        """End a crawl; ``finished``: its listing was walked to the end, or to what was known."""
        with self.transaction() as db:
            frontier.finish(db, crawl, at, finished=finished, family=family, report=report)

    def listed(
        self, source: str, entries: Iterable[Entry], crawl: int, at: datetime
    ) -> list[ListedEntry]:
        """Note the entries of a listing page; return what was known of each, in their order."""
        with self.transaction() as db:
            return frontier.listed(db, source, entries, crawl, at)

    def look_up(self, source: str, entries: Iterable[Entry]) -> list[ListedEntry]:
        """Return what is known of entries, in their order; nothing is written."""
        with explained(self.path):
            return frontier.look_up(self.db, source, entries)

    def waiting(self, source: str, at: datetime) -> list[Entry]:
        """Return the entries that are pending, or missing on a day before, oldest first."""
        with explained(self.path):
            return due.waiting(self.db, source, at)

    def due(self, source: str, before: datetime) -> list[Entry]:
        """Return the archived entries last asked for before an instant, oldest first."""
        with explained(self.path):
            return due.due(self.db, source, before)

    def known(self, source: str) -> list[Entry]:
        """Return every entry that was had and is not gone for good."""
        with explained(self.path):
            return due.known(self.db, source)

    def failed(
        self, source: str, url: str, problem: str, at: datetime, *, kept: bool = False
    ) -> None:
        """Note that an entry was asked for in vain; ``kept``: its bytes could not be read."""
        with self.transaction() as db:
            frontier.failed(db, source, url, problem, at, kept=kept)

    def states(self, source: str) -> dict[State, int]:
        """Return how many entries of a source are in each state."""
        with explained(self.path):
            return frontier.states(self.db, source)

    def walked(self, crawl: int, walked: Walked) -> None:
        """Note what one listing of a crawl came to."""
        with self.transaction() as db:
            listings.note(db, crawl, walked)

    def last_walked(self, source: str, url: str) -> Walked | None:
        """Return what a listing came to when it was last walked whole, if it ever was."""
        with explained(self.path):
            return listings.last(self.db, source, url)

    def tally(self, source: str) -> Tally:
        """Count the entries of a source by what became of them."""
        with explained(self.path):
            return listings.tally(self.db, source)

    def last_family(self, source: str) -> str | None:
        """Return the family by which a source was read last, if it was."""
        with explained(self.path):
            return frontier.last_family(self.db, source)
