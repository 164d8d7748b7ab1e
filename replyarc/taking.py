"""Taking one entry: fetch, keep the bytes, read, file. In that order, always."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from replyarc.archive import missing
from replyarc.archive.store import Archive
from replyarc.attached.kinds import READABLE_AS_PAGE, kind_of
from replyarc.attached.read import NOT_INSTALLED
from replyarc.errors import Absent, FetchError, Gone, Refused, ReplyError
from replyarc.evidence import Attached
from replyarc.fetch.absent import absence
from replyarc.model import Entry, Fetch, Outcome, Reply, Request, Response, Source
from replyarc.page import page_of
from replyarc.report import Report
from replyarc.whole import Files, Whole, read_whole, wants_rest, with_files


def now() -> datetime:
    """Return this instant in UTC, to the second, as it is stored."""
    return datetime.now(UTC).replace(microsecond=0)


class ArchiveShelf:
    """The files of one archive, as `whole.Shelf` wants them."""

    def __init__(self, archive: Archive, crawl: int) -> None:
        self._archive = archive
        self._crawl = crawl

    def known(self, url: str) -> Attached | None:
        """Return what the file of this address says, if its bytes are held and were read."""
        said = self._archive.files.said(url)
        return None if said and NOT_INSTALLED in (said.problem or "") else said

    def held(self, url: str) -> tuple[bytes, str] | None:
        """Return the bytes of the file of this address and their SHA-256, if they are held."""
        sha256 = self._archive.files.held(url)
        return (self._archive.body(sha256), sha256) if sha256 else None

    def keep(self, sha256: str, said: Attached) -> None:
        """Note what kept bytes say."""
        self._archive.files.keep_text(sha256, said)

    def lost(self, error: FetchError) -> None:
        """Note that a file could not be had; it is not asked for again before ``recheck``."""
        self._archive.note_failure(error.url, now(), error.status, error.why, self._crawl)


class Taking:
    """Takes the entries of one source in one crawl, and says in its report what became of them.

    ``changed`` are the addresses of the replies that gained a version.
    """

    def __init__(
        self, source: Source, fetch: Fetch, archive: Archive, crawl: int, report: Report
    ) -> None:
        self.source = source
        self.report = report
        self.changed: list[str] = []
        self._fetch = fetch
        self._archive = archive
        self._crawl = crawl
        self._files = Files(self.ask, ArchiveShelf(archive, crawl))

    async def ask(self, request: Request) -> tuple[Response, str]:
        """Fetch, and keep the bytes before anybody reads them."""
        response = await self._fetch(request)
        return response, self._archive.keep(response, self._crawl)

    async def _ask_for_page(self, request: Request) -> tuple[Response, str]:
        """Fetch a page of a letter; one that cannot be had is noted as well, with its reason."""
        try:
            return await self.ask(request)
        except FetchError as error:
            why = error.why if error.url == request.url else str(error)
            self._archive.note_failure(request.url, now(), error.status, why, self._crawl)
            raise

    async def take(self, entry: Entry) -> None:
        """Take one entry; what goes wrong becomes a line of the report."""
        try:
            response, sha256 = await self._ask_for_page(Request(entry.url))
            self._recognise(entry, response)
            whole = await self._read(entry, response)
        except (FetchError, ReplyError) as error:
            self._fail(entry, error)
            return
        self._file(entry, whole, response, sha256, None)

    def _recognise(self, entry: Entry, response: Response) -> None:
        """Make sure that what came is the page that was asked for; raises Absent."""
        if kind_of(response.body) not in READABLE_AS_PAGE:
            return
        text, columns = page_of(response, self.source).text, self.source.urls
        came = absence(entry.url, response.url, text, entry.title, columns)
        if came is not None:
            why = f"the site has not this page: it answers 200 with {came} (a soft 404)"
            raise Absent(entry.url, f"{why}. What was archived of it stays", status=200)

    async def complete(self, since: datetime, watch: Callable[[str], None]) -> None:
        """Ask for the files that replies link to and that are not held yet.

        A file that was refused after ``since`` is not asked for again.
        """
        lacking = self._archive.files.lacking(self.source.name, since)
        for entry, response, sha256 in lacking if self.source.attachments else ():
            if self.report.blocked:
                return
            watch(f"files of {entry.title}")
            try:
                whole = await self._read(entry, response)
            except (FetchError, ReplyError) as error:
                self.report.problems.append(str(error))
                self._leave_alone(error)
                continue
            self._file(entry, whole, response, sha256, now())

    async def _read(self, entry: Entry, response: Response) -> Whole:
        whole = await read_whole(response, entry, self.source, self._ask_for_page)
        if self.source.attachments:
            whole = await with_files(whole, response, entry, self.source, self._files)
            self.report.problems += self._files.problems
            self._files.problems.clear()
        return whole

    def _file(
        self,
        entry: Entry,
        whole: Whole,
        response: Response,
        sha256: str,
        read_at: datetime | None,
    ) -> None:
        outcome = self._archive.file(
            self.source.name,
            entry,
            whole.read.reply,
            sha256,
            response.fetched_at,
            self._crawl,
            read_at,
            parts=whole.parts,
            notes=whole.read.notes(),
        )
        if outcome is Outcome.CHANGED:
            self.changed.append(whole.read.reply.url)
        if outcome is Outcome.ASIDE:
            self._tell_of_aside(whole.read.reply)
        if read_at is None:
            self.report.unread_labels.update(whole.read.unread)
            self.report.outcomes[outcome] += 1

    def _tell_of_aside(self, reply: Reply) -> None:
        """Report a letter that is so short that it was put aside."""
        shown = max(self._archive.find(reply.url), key=lambda each: len(each.text), default=reply)
        self.report.problems.append(
            f"{reply.title} ({reply.url}): {len(reply.text):,} letters now, "
            f"{len(shown.text):,} before; kept, not shown; `replyarc show {shown.id} --history`"
        )

    def _fail(self, entry: Entry, error: FetchError | ReplyError) -> None:
        """Write down what became of an entry that gave no reply; the bytes, if any, are kept."""
        source, archive, at = self.source.name, self._archive, now()
        if isinstance(error, Gone) and missing.note(
            archive, source, entry.url, self._crawl, at, error.why
        ):
            self.report.outcomes[Outcome.GONE] += 1
            return
        if isinstance(error, Absent):
            missing.note_absent(archive, source, entry.url, at, error.why)
        else:
            archive.failed(source, entry.url, str(error), at, kept=isinstance(error, ReplyError))
        self.report.outcomes[Outcome.FAILED] += 1
        self.report.problems.append(str(error))
        self._leave_alone(error)

    def _leave_alone(self, error: FetchError | ReplyError) -> None:
        """Ask no further where the site turns us away, or wants a rest."""
        if isinstance(error, Refused) or wants_rest(error):
            self.report.blocked = str(error)
