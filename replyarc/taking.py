"""Taking one entry: fetch, keep the bytes, read, file. In that order, always."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final

from replyarc.archive import missing
from replyarc.archive.files import AskedAgain
from replyarc.archive.store import Archive
from replyarc.asking import Asking
from replyarc.attached.kinds import READABLE_AS_PAGE, kind_of
from replyarc.errors import (
    Absent,
    AnotherPage,
    FetchError,
    Gone,
    LeftAlone,
    Refused,
    ReplyError,
)
from replyarc.failing import rest
from replyarc.fetch.absent import absence
from replyarc.fetch.closed import is_another, named_otherwise, refusal
from replyarc.model import Entry, Outcome, Reply, Request, Response, Source
from replyarc.page import page_of
from replyarc.report import ASIDE, Report
from replyarc.shelf import ArchiveShelf
from replyarc.whole import Files, Whole, read_whole, rests_too, wants_rest, with_files

MANY: Final = 3
"""Addresses of a crawl that are not all one page, and answer with one and the same."""

_NO_LETTER: Final = frozenset({"no-salutation", "low-confidence-text"})


def now() -> datetime:
    """Return this instant in UTC, to the second, as it is stored."""
    return datetime.now(UTC).replace(microsecond=0)


def _was_sent(error: FetchError | ReplyError) -> bool:
    """Tell whether something was sent to a site; not where its host, or the hour, forbids it."""
    return not (isinstance(error, FetchError) and error.was_put_off)


class Taking:
    """Takes the entries of one source in one crawl, and says in its report what became of them.

    ``changed`` are the addresses of the replies that gained a version.
    """

    def __init__(
        self,
        source: Source,
        asking: Asking,
        archive: Archive,
        crawl: int,
        report: Report,
        again: AskedAgain | None = None,
    ) -> None:
        self.source = source
        self.report = report
        self.changed: list[str] = []
        self._asking = asking
        self._archive = archive
        self._crawl = crawl
        self._files = Files(self.ask, ArchiveShelf(archive, crawl, lambda: now()), again)
        self._answered: defaultdict[str, list[str]] = defaultdict(list)
        self._mixed: dict[str, str] = {}
        self._ill: set[str] = set()

    async def ask(self, request: Request) -> tuple[Response, str]:
        """Fetch, and keep the bytes before anybody reads them."""
        return await self._asking.page(request, now())

    async def _ask_for_page(self, request: Request) -> tuple[Response, str]:
        """Fetch a page of a letter; one that cannot be had is noted as well, with its reason."""
        try:
            return await self.ask(request)
        except FetchError as error:
            why = error.why if error.url == request.url else str(error)
            if _was_sent(error):
                self._archive.note_failure(request.url, now(), error.status, why, self._crawl)
            raise

    async def take(self, entry: Entry) -> None:
        """Take one entry; what goes wrong becomes a line of the report."""
        try:
            response, sha256 = await self._ask_for_page(Request(entry.url))
            fresh = self._archive.files.is_fresh(response.url, sha256)
            self._recognise(entry, response)
            whole = await self._read(entry, response, fresh=fresh)
            self._tell_apart(entry, whole, response, sha256)
        except (FetchError, ReplyError) as error:
            if _was_sent(error):
                self._fail(entry, error)
            else:  # it waits as it did
                self._leave_alone(error, "")
            return
        self._file(entry, whole, response, sha256, None)

    def findings(self) -> list[str]:
        """Say which pages several addresses answered with, where each has a page of its own."""
        return [
            f"{len(self._answered[sha256])} addresses answer with the very same page, called "
            f'"{title}": {", ".join(self._answered[sha256][:MANY])}. Open some of them in a '
            "browser: the site mixes its pages up"
            for sha256, title in self._mixed.items()
        ]

    def _recognise(self, entry: Entry, response: Response) -> None:
        """Make sure that what came is the page that was asked for; raises Absent, Refused."""
        if kind_of(response.body) not in READABLE_AS_PAGE:
            return
        text, columns = page_of(response, self.source).text, self.source.urls
        if said := refusal(response, text, entry.title):
            raise said
        came = absence(entry.url, response.url, text, entry.title, columns)
        if came is not None:
            does = came if came.startswith("redirects") else f"answers 200 with {came}"
            why = f"the site has not this page: it {does} (a soft 404)"
            raise Absent(entry.url, f"{why}. What was archived of it stays", status=200)

    def _tell_apart(self, entry: Entry, whole: Whole, response: Response, sha256: str) -> None:
        """Make sure that what was read is what the listing leads to; raises AnotherPage."""
        if whole.page is None:
            return
        reply = whole.read.reply
        self._answered[sha256].append(entry.url)
        if len(self._answered[sha256]) == MANY:
            self._mixed[sha256] = reply.title
        came, page = None, whole.page.text
        if "not-a-reply" in reply.flags:
            came = reply.title if is_another(reply.title, entry.title, page) else None
        elif {*reply.flags} >= _NO_LETTER and not reply.attachments:
            came = named_otherwise(page, entry.title, reply.text)
        if came is not None:
            missing = f'reply: another page came in its place: "{came}"'
            mend = f'The listing calls it "{entry.title}". Its bytes are kept, as no reply.'
            raise AnotherPage(response.url, missing, mend)

    async def _ask_further(self, entry: Entry, request: Request) -> tuple[Response, str]:
        """Fetch a further page of a letter; raises Refused where the site is shut meanwhile."""
        response, sha256 = await self._ask_for_page(request)
        if kind_of(response.body) in READABLE_AS_PAGE:
            text = page_of(response, self.source).text
            if said := refusal(response, text, entry.title):
                missing.note_shut(self._archive, request.url, said.why)
                raise said
        return response, sha256

    async def complete(self, since: datetime, watch: Callable[[str], None]) -> None:
        """Ask for the files that replies link to and that are not held yet.

        A file that was refused after ``since`` is not asked for again.
        """
        lacking = self._archive.files.lacking(self.source.name, since)
        for entry, response, sha256 in lacking if self.source.attachments else ():
            if self.report.stops:
                return
            watch(f"files of {entry.title}")
            try:
                whole = await self._read(entry, response)
            except (FetchError, ReplyError) as error:
                if not self._leave_alone(error, entry.title):
                    self.report.problems.append(str(error))
                continue
            self._file(entry, whole, response, sha256, now())

    async def _read(self, entry: Entry, response: Response, *, fresh: bool | None = None) -> Whole:
        ask = partial(self._ask_further, entry)
        whole = await read_whole(response, entry, self.source, ask)
        if self.source.attachments:
            whole = await with_files(whole, response, entry, self.source, self._files, fresh=fresh)
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
        reply = whole.read.reply
        if outcome is Outcome.CHANGED:
            self.changed.append(reply.url)
        if outcome is Outcome.ASIDE:
            self._tell_of_aside(reply)
        if read_at is None:
            self.report.unread_labels.update(whole.read.unread)
            self.report.outcomes[outcome] += 1
            self._count_fields(outcome, reply)

    def _count_fields(self, outcome: Outcome, reply: Reply) -> None:
        """Count in which fields something stands: a redesign shows in what is filled no more."""
        if outcome is Outcome.NEW:
            self.report.filled.count(reply)
        elif outcome is Outcome.SAME:
            self.report.filled.count_again(reply, None)
        elif outcome is Outcome.CHANGED:
            versions = [
                each
                for shown in self._archive.find(reply.url)[:1]
                for each in self._archive.versions(shown.id)
            ]
            before = versions[-2].reply if len(versions) > 1 else None
            self.report.filled.count_again(reply, before)

    def _tell_of_aside(self, reply: Reply) -> None:
        """Report a letter that is so short that it was put aside."""
        shown = max(self._archive.find(reply.url), key=lambda each: len(each.text), default=reply)
        self.report.problems.append(
            f"{ASIDE}{reply.title} ({reply.url}): {len(reply.text):,} letters now, "
            f"{len(shown.text):,} before; kept, not shown. See `replyarc show {shown.id} "
            f"--history`; to show it: `replyarc reread {shown.id} --shorter`"
        )

    def _fail(self, entry: Entry, error: FetchError | ReplyError) -> None:
        """Write down what became of an entry that gave no reply; the bytes, if any, are kept."""
        source, archive, at = self.source.name, self._archive, now()
        if isinstance(error, Gone) and missing.note(
            archive, source, entry.url, self._crawl, at, error.why
        ):
            self.report.outcomes[Outcome.GONE] += 1
            return
        if isinstance(error, (Absent, AnotherPage)):
            why = error.why if isinstance(error, Absent) else str(error)
            missing.note_absent(archive, source, entry.url, at, why)
        else:
            archive.failed(source, entry.url, str(error), at, kept=isinstance(error, ReplyError))
        if isinstance(error, Refused) and error.status == 200 and error.url == entry.url:
            missing.note_shut(archive, entry.url, error.why)
        self.report.outcomes[Outcome.FAILED] += 1
        if not self._leave_alone(error, entry.title):
            here = "" if error.url == entry.url else f"{entry.url}: "
            self.report.problems.append(f"{here}{error}{self._held(error)}")

    def _held(self, error: FetchError | ReplyError) -> str:
        """Say what is held of a letter of which its page says nothing any more."""
        if not isinstance(error, ReplyError):
            return ""
        shown = max(self._archive.find(error.url), key=lambda each: len(each.text), default=None)
        if shown is None:
            return ""
        return f" Its letter of {len(shown.text):,} letters is archived and stays shown"

    def _leave_alone(self, error: FetchError | ReplyError, title: str) -> bool:
        """Ask no further where the site turns us away, or wants a rest; tell whether it does."""
        if isinstance(error, LeftAlone):
            if rests_too(error, *self.source.urls):
                rest(self.report, error)
            elif error.why not in self._ill:  # another host: the walk goes on with what others have
                self._ill.add(error.why)
                self.report.problems.append(str(error))
            return True
        if not (isinstance(error, Refused) or wants_rest(error)):
            return False
        self.report.blocked = f"{title}: {error}" if title else str(error)
        return True
