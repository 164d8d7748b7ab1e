"""Pages that did not come by a crawl: kept in a chest, read as in a crawl, and filed there.

All bytes are kept before the first of them is read, so that the further pages of a letter, and
the files that it links to, are found among what came with it. Nothing is asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from replyarc.archive.arrivals import source_of
from replyarc.archive.store import Archive
from replyarc.attached.apart import read_apart
from replyarc.attached.kinds import READABLE_AS_PAGE, kind_of
from replyarc.errors import FetchError, Gone, ReplyError
from replyarc.evidence import Attached
from replyarc.extract.reply import extract_file
from replyarc.extract.together import IN_ATTACHMENT
from replyarc.importing.outcome import Imported
from replyarc.model import Entry, Request, Response, Source
from replyarc.whole import Files, Whole, read_first, read_whole, with_files

NAME: Final = "import"
"""The source of a page that belongs to no source that is known."""

NOT_A_REPLY: Final = "not-a-reply"

Sources = Callable[[str], Source | None]
"""Returns the configured source of an address, if it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A page whose bytes are kept, and that is to be read.

    ``name`` is what messages call it. ``by_hand``: a person picked it, so it is filed as what a
    crawl would file, a notice too; else it is filed only if it is a reply.
    """

    name: str
    url: str
    sha256: str
    at: datetime
    content_type: str | None = None
    by_hand: bool = False


@dataclass(slots=True)
class Pages:
    """Takes pages into a chest that is merged into ``target``.

    ``title`` is the one under which a listing led to a page. ``filed`` are source, address and
    instant of what was filed.
    """

    chest: Archive
    target: Archive
    sources: Sources
    outcome: Imported
    title: str = ""
    waiting: list[Kept] = field(default_factory=list)
    filed: list[tuple[str, str, datetime]] = field(default_factory=list)
    _further: set[str] = field(default_factory=set)

    def keep(self, name: str, answer: Response, *, by_hand: bool, read: bool = True) -> str:
        """Keep the bytes of a page; with ``read``, it waits to be read. Return their SHA-256."""
        sha256 = self.chest.keep(answer)
        self.outcome.pages += 1
        if read:
            self.waiting.append(
                Kept(
                    name=name,
                    url=answer.url,
                    sha256=sha256,
                    at=answer.fetched_at,
                    content_type=answer.header("content-type"),
                    by_hand=by_hand,
                )
            )
        return sha256

    def held(self, url: str) -> tuple[bytes, str] | None:
        """Return the bytes that are held of an address, and their SHA-256: of now or of before."""
        for archive in (self.chest, self.target):
            if sha256 := archive.files.held(url):
                return archive.body(sha256), sha256
        return None

    def body(self, sha256: str) -> bytes:
        """Return bytes that were kept in the chest."""
        return self.chest.body(sha256)

    def read(self) -> None:
        """Read and file what waits; what cannot be read becomes a line of the outcome."""
        for page in self.waiting:
            if page.url in self._further:
                self.outcome.left["further page of a letter"] += 1
                continue
            try:
                self._file(page)
            except (ReplyError, FetchError) as error:
                if page.by_hand:
                    self.outcome.problems.append(f"{page.name}: {error}")
                else:
                    self.outcome.left["no letter in it"] += 1
        self.waiting.clear()

    def _file(self, page: Kept) -> None:
        source = self._source(page.url)
        whole = self._whole(page, source)
        reply = whole.read.reply
        if NOT_A_REPLY in reply.flags and not page.by_hand:
            self.outcome.left["no reply"] += 1
            return
        self.chest.put(reply, page.sha256, page.at, parts=whole.parts, notes=whole.read.notes())
        self.filed.append((source.name, page.url, page.at))

    def _source(self, url: str) -> Source:
        """Return the source as a page of which an address is read: configured, known, or none."""
        source = self.sources(url)
        if source is not None:
            return source
        return Source(name=source_of(self.target, url) or NAME, publisher="", urls=(url,))

    def _whole(self, page: Kept, source: Source) -> Whole:
        """Read a page, with what else belongs to its letter, as far as it is held."""
        answer, entry = self._answer(page), Entry(page.url, self.title)
        if kind_of(answer.body) not in READABLE_AS_PAGE:
            return self._file_as_page(page, answer, source)
        first = read_first(answer, entry, source)
        self._further.update(first.read.further)
        if not (first.read.further or IN_ATTACHMENT in first.read.reply.flags):
            return first
        return asyncio.run(self._all_of_it(answer, entry, source))

    async def _all_of_it(self, answer: Response, entry: Entry, source: Source) -> Whole:
        whole = await read_whole(answer, entry, source, self._ask)
        files = Files(self._ask, _Shelf(self))
        return await with_files(whole, answer, entry, source, files)

    def _file_as_page(self, page: Kept, answer: Response, source: Source) -> Whole:
        """Read a file that is a letter by itself; its name is its title where nobody told one."""
        said = read_apart(answer.body, page.name)
        self.chest.files.keep_text(page.sha256, said)
        if said.text is None:
            raise ReplyError(page.url, f"text: {said.problem}", "It was not taken in.")
        title = self.title or page.name.rpartition("/")[2].rpartition(".")[0]
        lines = said.text.split("\n")
        return Whole(read=extract_file(page.url, Entry(page.url, title), source, lines), page=None)

    def _answer(self, page: Kept, body: bytes | None = None) -> Response:
        return Response(
            request=Request(page.url),
            url=page.url,
            status=200,
            headers=(("content-type", page.content_type),) if page.content_type else (),
            body=self.body(page.sha256) if body is None else body,
            fetched_at=page.at,
        )

    async def _ask(self, request: Request) -> tuple[Response, str]:
        """Return what is held of an address. Raises Gone where nothing is: nobody is asked."""
        held = self.held(request.url)
        if held is None:
            raise Gone(request.url, "it is not held here. Save it too, and import both")
        body, sha256 = held
        page = Kept(name="", url=request.url, sha256=sha256, at=self.waiting[0].at)
        return self._answer(page, body), sha256


class _Shelf:
    """The files that are held, as `whole.Shelf` wants them."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def known(self, url: str) -> Attached | None:
        """Return what the file of this address says, if it was read before."""
        return self._pages.chest.files.said(url) or self._pages.target.files.said(url)

    def held(self, url: str) -> tuple[bytes, str] | None:
        """Return the bytes of the file of this address and their SHA-256, if they are held."""
        return self._pages.held(url)

    def keep(self, sha256: str, said: Attached) -> None:
        """Note what bytes of the chest say; of those of the target it is known, or noted by it."""
        if self._pages.chest.db.execute(_HAS, [sha256]).fetchone():
            self._pages.chest.files.keep_text(sha256, said)

    def lost(self, error: FetchError) -> None:
        """Note nothing: nobody was asked."""


_HAS: Final = "select 1 from bodies where sha256 = ?"
