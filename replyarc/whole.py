"""A letter whole: the page that a listing leads to, the pages on which it goes on, its files.

Half a letter is never read as whole: where a further page cannot be had, neither is the letter.
A file that cannot be had is named, and the letter is read all the same.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final, Protocol
from urllib.parse import urlsplit

from replyarc.attached.apart import read_apart
from replyarc.attached.kinds import READABLE_AS_PAGE, WORDS, kind_of
from replyarc.errors import (
    Disallowed,
    FetchError,
    Gone,
    LeftAlone,
    OutOfHours,
    Refused,
    ReplyError,
    Unreachable,
)
from replyarc.evidence import Attached, Extracted
from replyarc.extract.reply import extract, extract_file
from replyarc.extract.together import IN_ATTACHMENT
from replyarc.fetch.closed import refusal
from replyarc.fetch.rests import LONGEST_RETRY_AFTER
from replyarc.instants import CHINA
from replyarc.model import Attachment, Entry, Page, Request, Response, Source
from replyarc.page import page_of
from replyarc.text.charset import decode

LOST: Final = "\ufffd"
MOST_LOST: Final = 0.005
"""Of the letters of a page, the share that may be lost in decoding; of more, it is not read."""

MOST_FILES: Final = 50
"""Files of one letter that are asked for at the most."""

MOST_REFUSALS: Final = 3
"""After so many refusals running, no file of the site is asked for any more in this crawl."""

LARGEST_NOTICE: Final = 200_000
"""Bytes; a page that only says that the site is shut is no longer."""

Ask = Callable[[Request], Awaitable[tuple[Response, str]]]
"""Asks for an address and keeps what comes; returns the answer and the SHA-256 of its body."""


class Shelf(Protocol):
    """Where files are kept, and what is known of them."""

    def known(self, url: str) -> Attached | None:
        """Return what the file of this address says, if its bytes are held and were read."""

    def held(self, url: str) -> tuple[bytes, str] | None:
        """Return the bytes of the file of this address and their SHA-256, if they are held."""

    def keep(self, sha256: str, said: Attached) -> None:
        """Note what kept bytes say."""

    def lost(self, error: FetchError) -> None:
        """Note that a file could not be had; it is not asked for again soon."""


class Again(Protocol):
    """Which files that are held are asked for again, and what came of it."""

    def is_due(self, url: str, *, fresh: bool) -> bool:
        """Tell whether a held file is to be asked for again; ``fresh``: its page is a new one."""

    def later(self, url: str) -> str | None:
        """Return the SHA-256 of what is held of a file, where others were held at first."""

    def put_aside(self, url: str, why: str) -> None:
        """Note that what came last from the address of a file is not the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A letter as it was read: its page and its further pages, and the bytes of the latter.

    ``page`` is ``None`` where the listing leads to a file.
    """

    read: Extracted
    page: Page | None
    further: tuple[Page, ...] = ()
    parts: tuple[str, ...] = ()


def read_first(answer: Response, entry: Entry, source: Source) -> Whole:
    """Read what a listing leads to, and ask for nothing more.

    Raises ReplyError where there is no letter.
    """
    if kind_of(answer.body) not in READABLE_AS_PAGE:
        return Whole(read=extract_file(answer.url, entry, source), page=None)
    page = _legible(page_of(answer, source))
    return Whole(read=_dated(extract(page, entry, source), answer), page=page)


def _legible(page: Page) -> Page:
    """Return a page of which little was lost in decoding; raises ReplyError of any other."""
    lost, letters = page.text.count(LOST), len(page.text)
    if lost <= MOST_LOST * letters:
        return page
    missing = f"letter that can be read: {lost:,} of {letters:,} letters were lost in decoding"
    raise ReplyError(page.url, missing, "Set charset of its source. Its bytes are kept.")


def _dated(read: Extracted, answer: Response) -> Extracted:
    """Flag a reading that bears a day of the future, as of when its page was had."""
    reply, last = read.reply, answer.fetched_at.astimezone(CHINA).date() + timedelta(days=1)
    days = (reply.written_on, reply.published_on, reply.signed_on)
    if not any(day is not None and day > last for day in days):
        return read
    return replace(read, reply=replace(reply, flags=(*reply.flags, "future-date")))


async def read_whole(answer: Response, entry: Entry, source: Source, ask: Ask) -> Whole:
    """Read the page that came, and ask for the further pages of its letter.

    Raises ReplyError where there is no letter, Refused or Unreachable where a further page could
    not be had.
    """
    first = read_first(answer, entry, source)
    page = first.page
    if page is None or not first.read.further:
        return first
    pages: list[Page] = []
    parts: list[str] = []
    for number, url in enumerate(first.read.further, 2):
        further, sha256 = await _further(url, number, page, ask)
        pages.append(_legible(page_of(further, source)))
        parts.append(sha256)
        if pages[-1].text in {page.text, *(each.text for each in pages[:-1])}:
            missing = f"page {number} of the letter: another page came in its place"
            raise ReplyError(url, missing, "It is asked for again after `recheck`.")
    read = _dated(extract(page, entry, source, pages), answer)
    return Whole(read=read, page=page, further=tuple(pages), parts=tuple(parts))


async def _further(url: str, number: int, page: Page, ask: Ask) -> tuple[Response, str]:
    """Ask for a further page; one that is not there is a fault that may pass, not a letter gone."""
    try:
        return await ask(Request(url, referer=page.url))
    except (Gone, Disallowed) as error:
        why = f"page {number} of the letter: {error.why}"
        raise Unreachable(url, why, status=error.status) from error


@dataclass(slots=True)
class Files:
    """Asks for the files of letters; ``problems`` says of which there is no reading, and why.

    Without ``again`` what is held is never asked for again.
    """

    ask: Ask
    shelf: Shelf
    again: Again | None = None
    problems: list[str] = field(default_factory=list)
    refusals: int = 0
    ill: set[str] = field(default_factory=set)

    async def read(
        self, files: Sequence[Attachment], page: str, *, fresh: bool | None = None
    ) -> dict[str, tuple[str, ...]]:
        """Have the files of a page; return, by address, the lines of those whose text is read.

        ``fresh`` tells whether the page says something new; ``None``: it was not asked for now.
        """
        texts = {}
        for file in files[:MOST_FILES]:
            said = None if fresh is None else await self._have_again(file, page, fresh=fresh)
            said = said or self.shelf.known(file.url) or await self._held(file)
            said = said or await self._have(file, page)
            if said is not None and said.text:
                texts[file.url] = tuple(said.text.split("\n"))
        return texts

    async def _have_again(self, file: Attachment, page: str, *, fresh: bool) -> Attached | None:
        """Ask for a file that is held; ``None`` where what is held holds."""
        if self.again is None or not self.again.is_due(file.url, fresh=fresh):
            return None
        before = self.shelf.known(file.url)
        said = await self._have(file, page)
        if said is None or before is None:
            return said
        is_page = said.kind in READABLE_AS_PAGE and before.kind not in READABLE_AS_PAGE
        if not is_page and (said.text or not before.text):
            return said
        why = said.problem or f"what came now is {WORDS[said.kind]}"
        self.again.put_aside(file.url, f"not the file: {why}")
        self.problems.append(f"attachment {file.name}: {file.url}: {why}; what was held stays")
        return None

    async def _held(self, file: Attachment) -> Attached | None:
        """Read the bytes that are held, and that nobody could read before."""
        held = self.shelf.held(file.url)
        return await self._say(held[0], file.name, held[1]) if held else None

    async def _have(self, file: Attachment, page: str) -> Attached | None:
        if self.refusals >= MOST_REFUSALS:
            return None
        try:
            answer, sha256 = await self.ask(Request(file.url, referer=page))
        except FetchError as error:
            if wants_rest(error) or rests_too(error, page):
                raise
            if error.why not in self.ill:
                self.problems.append(f"attachment {file.name}: {error}")
            self.ill.update([error.why] if isinstance(error, LeftAlone) else ())
            self.refusals += isinstance(error, Refused)
            if isinstance(error, (Gone, Refused, Disallowed)):
                self.shelf.lost(error)
            return None
        if shut := _shut(answer):
            self.problems.append(f"attachment {file.name}: {shut}")
            self.refusals += 1
            if self.again is not None:
                self.again.put_aside(file.url, f"not the file: {shut.why}")
            return None
        self.refusals = 0
        return await self._say(answer.body, file.name, sha256)

    async def read_here(self, answer: Response) -> Attached:
        """Read a file that came in the place of a page."""
        name = answer.url.rpartition("/")[2]
        return await self._say(answer.body, name, hashlib.sha256(answer.body).hexdigest())

    async def _say(self, body: bytes, name: str, sha256: str) -> Attached:
        said = await asyncio.to_thread(read_apart, body, name)
        self.shelf.keep(sha256, said)
        return said


def _shut(answer: Response) -> Refused | None:
    """Return the refusal that came in the place of a file: a login, or a notice."""
    if kind_of(answer.body) not in READABLE_AS_PAGE or len(answer.body) > LARGEST_NOTICE:
        return None
    return refusal(answer, decode(answer.body, answer.header("content-type")))


def wants_rest(error: Exception) -> bool:
    """Tell whether a site asks for a pause that is too long to wait for in a run.

    A refusal without a status is one of ours: the site asked for it before, and nothing was sent.
    """
    if isinstance(error, Refused):
        return error.was_put_off
    return isinstance(error, Unreachable) and (error.retry_after or 0.0) > LONGEST_RETRY_AFTER


def rests_too(error: FetchError, *urls: str) -> bool:
    """Tell whether an error says of the hosts of these addresses too that they are left alone."""
    hosts = {urlsplit(url).hostname for url in urls}
    here = isinstance(error, OutOfHours) or urlsplit(error.url).hostname in hosts
    return isinstance(error, LeftAlone) and here


async def with_files(
    whole: Whole,
    answer: Response,
    entry: Entry,
    source: Source,
    files: Files,
    *,
    fresh: bool | None = None,
) -> Whole:
    """Have the files of a letter; where the letter stands in one of them, read it there.

    ``fresh`` tells whether its page says something new, ``None``: it was not asked for now. Of a
    file that is another than it was at first, the bytes are a part of the letter.

    Raises Unreachable where the site asks for a long rest, LeftAlone.
    """
    if whole.page is None:
        said = await files.read_here(answer)
        lines = tuple(said.text.split("\n")) if said.text else ()
        return replace(whole, read=extract_file(answer.url, entry, source, lines))
    texts = await files.read(whole.read.reply.attachments, answer.url, fresh=fresh)
    if not texts or IN_ATTACHMENT not in whole.read.reply.flags:
        return whole
    later = [files.again.later(url) for url in texts] if files.again else []
    return replace(
        whole,
        read=_dated(extract(whole.page, entry, source, whole.further, texts), answer),
        parts=(*whole.parts, *(sha256 for sha256 in later if sha256)),
    )
