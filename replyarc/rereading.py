"""Reading all that is archived again from its kept bytes, after a rule changed.

Nothing is asked for. What comes out as before is left as it is; what does not is filed as another
reading of the same bytes, later than all others, and so takes their place without being a version
of the page. Whoever is killed in between only begins again: what was filed comes out as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from replyarc.archive import answers, rereads
from replyarc.archive.identity import fingerprint, reading_id
from replyarc.archive.past import changes, says
from replyarc.archive.readings import is_shorter
from replyarc.archive.rereads import Kept
from replyarc.archive.schema import packed
from replyarc.archive.store import Archive
from replyarc.attached.apart import read_apart
from replyarc.attached.read import NOT_INSTALLED
from replyarc.errors import ArchiveError, FetchError, ReplyError, Unreachable
from replyarc.evidence import Attached, Extracted
from replyarc.extract.reply import extract, extract_file
from replyarc.extract.together import IN_ATTACHMENT
from replyarc.model import Request, Response, Source
from replyarc.whole import MOST_FILES, Whole, read_whole

T = TypeVar("T")

Watch = Callable[[int, str], None]
"""Told of every letter: how many were read, and what this one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is read otherwise now: by field, the old and the new value.

    ``was_unread``: no reply could be read before. ``is_shorter``: the letter is much shorter than
    before, and is put aside unless that is accepted. ``was_aside``: it stood aside, and is accepted
    now; ``fields`` tell then in what it differs from what was shown.
    """

    url: str
    source: str
    sha256: str
    title: str
    fields: Mapping[str, tuple[Any, Any]]
    was_unread: bool = False
    is_shorter: bool = False
    was_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Bytes from which no letter can be read (any more); ``was_unread``: nor could before."""

    url: str
    source: str
    problem: str
    was_unread: bool


@dataclass(slots=True)
class Summary:
    """What reading again came to, in numbers; all but ``fields`` count bodies.

    ``noted``: the same reply, of which it is noted otherwise where its values stand. ``accepted``:
    letters that stood aside and were accepted.
    ``unconfigured`` are sources that the configuration does not have any more.
    """

    read: int = 0
    same: int = 0
    noted: int = 0
    changed: int = 0
    readable: int = 0
    shorter: int = 0
    accepted: int = 0
    unreadable: int = 0
    still_unread: int = 0
    redacted: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    unconfigured: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Read:
    """A letter as it is read now, and what is to be done with it."""

    kept: Kept
    read: Extracted
    change: Change | None
    accepted: bool


_REACHABLE: Final = "Its next page is not among the bytes that it was read from."


class Rereading:
    """Reads an archive again; ``summary`` tells how far it came, at any moment.

    ``sources`` are those of the configuration. With ``shorter`` a letter that is much shorter now
    takes the place of the longer one; of replies that are named one by one, what stood aside does
    too. With ``dry_run`` nothing is written.
    """

    def __init__(
        self,
        archive: Archive,
        sources: Sequence[Source],
        at: datetime,
        *,
        dry_run: bool = False,
        shorter: bool = False,
    ) -> None:
        self.summary = Summary()
        self.watch: Watch = lambda _number, _title: None
        self._archive = archive
        self._sources = {source.name: source for source in sources}
        self._archived = answers.archived_sources(archive)
        self._at = rereads.after_all(archive, at)
        self._dry_run = dry_run
        self._shorter = shorter
        self._named = False

    def run(
        self, source: str | None = None, replies: Sequence[str] | None = None
    ) -> Iterator[Change | Unreadable]:
        """Read everything again, or what a source brought, or some replies (ids).

        Yields what is read otherwise now: a Change is written by then, but in a dry run. Raises
        ArchiveError.
        """
        self._named = replies is not None
        for page in rereads.pages(self._archive, self._at, source, replies):
            found = [each for kept in page if (each := self._read(kept)) is not None]
            letters = [each for each in found if isinstance(each, _Read)]
            if letters and not self._dry_run:
                with self._archive.transaction() as db:
                    for each in letters:
                        rereads.file_again(
                            db,
                            each.kept,
                            each.read.reply,
                            self._at,
                            notes=each.read.notes(),
                            accepted=each.accepted,
                        )
            for one in found:
                if isinstance(one, Unreadable):
                    yield one
                elif one.change is not None:
                    yield one.change

    def _read(self, kept: Kept) -> _Read | Unreadable | None:
        """Read one body; ``None`` where it says what it said, or was removed."""
        self.watch(self.summary.read, kept.entry.title or kept.url)
        if answers.is_removed(self._archive, (kept.sha256, *kept.parts)):
            self.summary.redacted += 1
            return None
        self.summary.read += 1
        source = self._source(kept.source)
        try:
            read = self._whole(kept, source)
        except (ReplyError, FetchError, ArchiveError) as error:
            self.summary.still_unread += kept.unread
            self.summary.unreadable += not kept.unread
            return Unreadable(
                url=kept.url, source=kept.source, problem=str(error), was_unread=kept.unread
            )
        return self._compare(kept, read)

    def _source(self, name: str) -> Source:
        """Return a source as it is configured, else as far as the archive knows it."""
        if name in self._sources:
            return self._sources[name]
        self.summary.unconfigured.add(name)
        return self._archived.get(name) or Source(name=name, publisher="", urls=())

    # --- reading, as a crawl does

    def _whole(self, kept: Kept, source: Source) -> Extracted:
        answer = answers.answer(
            self._archive, kept.url, kept.sha256, kept.last_seen_at, kept.entry.url
        )

        async def ask(request: Request) -> tuple[Response, str]:
            found = answers.part(self._archive, kept.parts, request.url)
            if found is None:
                raise Unreachable(request.url, _REACHABLE)
            return found

        return self._with_files(
            _at_once(read_whole(answer, kept.entry, source, ask)), answer, kept, source
        )

    def _with_files(self, whole: Whole, answer: Response, kept: Kept, source: Source) -> Extracted:
        """Read a letter in the file that holds it, where the text of the file is held."""
        if whole.page is None:
            name = answer.url.rpartition("/")[2]
            said = self._said(kept.sha256, name, source)
            return extract_file(answer.url, kept.entry, source, _lines(said))
        if IN_ATTACHMENT not in whole.read.reply.flags:
            return whole.read
        texts = {}
        for file in whole.read.reply.attachments[:MOST_FILES]:
            part = answers.part(self._archive, kept.parts, file.url)
            sha256 = part[1] if part else self._archive.files.first(file.url)
            said = self._said(sha256, file.name, source) if sha256 else None
            if said is not None and said.text:
                texts[file.url] = _lines(said)
        if not texts:
            return whole.read
        return extract(whole.page, kept.entry, source, whole.further, texts)

    def _said(self, sha256: str, name: str, source: Source) -> Attached | None:
        """Return what a held file says; one that nobody could read before is read now."""
        said = self._archive.files.text(sha256)
        lacks = said is None if source.attachments else False
        if said is not None and NOT_INSTALLED in (said.problem or ""):
            lacks = True
        if lacks:
            said = read_apart(self._archive.body(sha256), name)
            if not self._dry_run:
                self._archive.files.keep_text(sha256, said)
        return said

    # --- comparing

    def _compare(self, kept: Kept, read: Extracted) -> _Read | None:
        reply = read.reply
        short = is_shorter(len(reply.text), len((kept.before or {}).get("text", "")))
        accepted = self._shorter and short
        if self._shorter and self._named and kept.is_aside:
            return self._accept(kept, read)
        if self._is_known(kept, read) and not (accepted and kept.is_short):
            self.summary.same += 1
            return None
        changed = changes(kept.before or {}, says(reply))
        if not changed and not kept.unread:
            self.summary.noted += 1
            return _Read(kept, read, None, accepted)
        self.summary.readable += kept.unread
        self.summary.shorter += short and not kept.unread
        self.summary.changed += not short and not kept.unread
        if not kept.unread:
            self.summary.fields.update(list(changed))
        change = Change(
            url=reply.url,
            source=kept.source,
            sha256=kept.sha256,
            title=reply.title,
            fields=changed,
            was_unread=kept.unread,
            is_shorter=short,
        )
        return _Read(kept, read, change, accepted)

    def _accept(self, kept: Kept, read: Extracted) -> _Read:
        """Take what stood aside for right: file it again as what a person wants."""
        reply, shown = read.reply, rereads.shown(self._archive, kept)
        self.summary.accepted += 1
        change = Change(
            url=reply.url,
            source=kept.source,
            sha256=kept.sha256,
            title=reply.title,
            fields=changes(shown, says(reply)),
            was_aside=True,
        )
        return _Read(kept, read, change, True)

    def _is_known(self, kept: Kept, read: Extracted) -> bool:
        """Tell whether it is what was read from these bytes last."""
        reply = read.reply
        same = (kept.reading, kept.flags) == (
            reading_id(reply.url, fingerprint(reply)),
            packed(reply.flags),
        )
        return same and (not kept.is_latest or kept.notes == packed(read.notes()))


def _lines(said: Attached | None) -> tuple[str, ...]:
    return tuple(said.text.split("\n")) if said is not None and said.text else ()


def _at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine comes to that waits for nothing: no network is there to wait for."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        found: T = end.value
        return found
    coroutine.close()
    raise RuntimeError("reading kept bytes waited for something")
