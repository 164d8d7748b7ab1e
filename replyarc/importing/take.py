"""Taking files into an archive: what each is, what is in it, and what came of it.

Everything goes into a chest first, an archive of its own, which is then merged: so importing twice
changes nothing, what is redacted stays out, and what is killed before that has changed nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from replyarc.archive import filing
from replyarc.archive.arrivals import arrived
from replyarc.archive.chest import chest
from replyarc.archive.database import batched
from replyarc.archive.merging import merge
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError, ReplyarcError
from replyarc.export.warc_records import IMPORTED
from replyarc.importing.outcome import Imported
from replyarc.importing.pages import Pages, Sources
from replyarc.importing.paths import look
from replyarc.importing.records import MOST, Record
from replyarc.importing.restored import OurRecords, unzipped
from replyarc.importing.saved import is_mhtml, read_saved, web_address
from replyarc.importing.told import read_csv, read_jsonl
from replyarc.importing.warc import WarcFile
from replyarc.model import Request, Response

_NO_RECORD: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What a record of ours raises that is not what it should be."""

Watch = Callable[[str], None]
"""Is told which file is being taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person says of what is imported: the address of a page, its title, when it was saved.

    ``None`` where the file is to say it. ``dry_run``: nothing is taken in.
    """

    url: str | None = None
    title: str = ""
    fetched_at: datetime | None = None
    dry_run: bool = False


@dataclass(slots=True)
class Import:
    """One import into one archive."""

    archive: Archive
    sources: Sources
    wish: Wish
    watch: Watch = lambda _: None
    outcome: Imported = field(default_factory=Imported)

    def take(self, paths: Iterable[Path]) -> Imported:
        """Take files and folders in; a file that cannot be taken becomes a problem, no more.

        Raises ArchiveError and DiskFull where the archive cannot be written to.
        """
        with chest(self.archive.path) as box:
            pages = Pages(
                box.archive, self.archive, self.sources, self.outcome, title=self.wish.title
            )
            for path in paths:
                for file, sort in self._found(path):
                    self.watch(str(file))
                    self._guarded(file, sort, pages)
            pages.read()
            self._merge(box.path)
            if not self.wish.dry_run:
                arrived(self.archive, pages.filed)
        return self.outcome

    def _found(self, path: Path) -> list[tuple[Path, str]]:
        try:
            found = look(path)
        except OSError as error:
            self._lost(path, error)
            return []
        self.outcome.left += found.passed
        return found.files

    def _guarded(self, file: Path, sort: str, pages: Pages) -> None:
        """Take one file; what is wrong with it stops no other one."""
        try:
            self._take(file, sort, pages)
        except ArchiveError:
            raise
        except ReplyarcError as error:
            text = str(error)
            said = text if text.startswith(str(file)) else f"{file}: {text}"
            self.outcome.problems.append(said)
        except OSError as error:
            self._lost(file, error)

    def _lost(self, path: Path, error: OSError) -> None:
        what = "Name a saved page, a folder or a WARC file"
        self.outcome.problems.append(f"{path}: cannot be read: {error.strerror}. {what}")

    def _take(self, file: Path, sort: str, pages: Pages) -> None:
        if sort in ("page", "file"):
            self._take_page(file, pages)
        elif sort == "warc":
            self._take_warc(file, pages)
        elif sort in ("csv", "jsonl"):
            self._take_told(file, sort, pages.chest)
        elif sort == "zip":
            self._take_bundle(file)
        elif sort == "archive":
            raise ReplyarcError("an archive itself. Take it in with: replyarc merge FILE")
        else:
            raise ReplyarcError(
                "not a page, a WARC, a bundle, nor a CSV or JSON Lines of `replyarc export`"
            )

    def _take_page(self, file: Path, pages: Pages) -> None:
        size = file.stat().st_size
        if size > MOST:
            raise ReplyarcError(f"it has {size:,} bytes: it is no page")
        body = file.read_bytes()
        try:
            saved = read_saved(body)
        except ValueError as error:
            raise ReplyarcError(f"a web page saved as one file, with {error}") from error
        url = self.wish.url or saved.url
        if url is None:
            raise ReplyarcError("it does not say which address it was saved from. Tell it: --url")
        changed = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
        headers = [("content-type", saved.content_type)] if saved.content_type else []
        note = f"mhtml sha256:{hashlib.sha256(body).hexdigest()}" if is_mhtml(body) else "file"
        answer = Response(
            request=Request(url),
            url=url,
            status=200,
            headers=(*headers, (IMPORTED, note)),
            body=saved.body,
            fetched_at=self.wish.fetched_at or saved.saved_at or changed,
        )
        pages.keep(str(file), answer, by_hand=True)

    def _take_warc(self, file: Path, pages: Pages) -> None:
        with chest(self.archive.path) as box:
            ours = OurRecords(box)
            lost = len(self.outcome.problems)

            def take(record: Record) -> bool:
                try:
                    return ours.take(record)
                except _NO_RECORD as error:
                    self.outcome.problems.append(f"{file}: {record.target}: damaged: {error}")
                    return True

            with batched(box.archive.db, 1000), batched(pages.chest.db, 1000):
                WarcFile(file, pages, self.outcome, take).take()
            if ours.any:
                if ours.is_cut or len(self.outcome.problems) > lost:
                    self.outcome.problems.append(f"{file}: not whole: what is whole is taken")
                box.make_whole()
                self._merge(box.path)

    def _take_bundle(self, file: Path) -> None:
        with unzipped(file, self.archive.path) as taken:
            try:
                self._merge(taken)
            except ArchiveError as error:
                if not str(error).startswith(str(taken)):
                    raise  # it is about the archive that everything goes into
                raise ReplyarcError(str(error).replace(str(taken), str(file))) from error

    def _take_told(self, file: Path, sort: str, box: Archive) -> None:
        read = read_csv if sort == "csv" else read_jsonl
        with batched(box.db, 1000):
            for reply in read(file, self.outcome.problems.append):
                with box.transaction() as db:
                    filing.put_told(db, reply)

    def _merge(self, path: Path) -> None:
        self.outcome.add(merge(self.archive, path, dry_run=self.wish.dry_run))


def address(text: str) -> str:
    """Return an address that a person told. Raises ValueError where it is none of the web."""
    url = web_address(text)
    if url is None:
        raise ValueError(f"{text!r} is no address of the web: http://… or https://…")
    return url
