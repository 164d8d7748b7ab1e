"""The files that letters link to: which bytes are held of them, what they say, what is lacking.

Which body belongs to a file is not written down twice: it is the last that was fetched from its
address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from replyarc.archive.bodies import response_of
from replyarc.archive.database import rows, write
from replyarc.archive.frontier import entry_of
from replyarc.archive.holding import held, told_of
from replyarc.archive.redacted import redaction
from replyarc.archive.schema import instant
from replyarc.evidence import Attached
from replyarc.model import Attachment, Entry, Reply, Response

Body = Callable[[str], bytes]

_FIRST: Final = """
select sha256 from fetches where url = ? and sha256 is not null and problem is null
order by fetched_at, id limit 1
"""
_READ_FROM: Final = """
select 1 from captures join readings on readings.id = captures.reading
where captures.sha256 = ? and url = ? limit 1
"""
_ASKED: Final = """
select max(fetched_at), max(fetched_at) filter (where problem is not null) from fetches
where url = ?
"""
_ANOTHER: Final = """
update fetches set problem = ? where id = (select id from fetches
  where url = ? and sha256 is not null order by fetched_at desc, id desc limit 1)
"""
# A file that the site has not, or does not give, is not asked for at every crawl. That a page could
# not be had, which is noted too, says so only where the site said it: it may have been a bad day.
_REFUSED: Final = """
select 1 from fetches where url = :url and problem is not null and fetched_at >= :since
  and (status in (404, 410)
    or not exists (select 1 from entries where source = :source and url = :url))
"""
_PROBLEM: Final = """
select problem from fetches where url = ? and problem is not null order by fetched_at desc limit 1
"""
_REPLIES: Final = """
select distinct replies.url, replies.sha256, replies.attachments
from replies join sightings on sightings.reply = replies.id
where sightings.source = ? and attachments <> '[]' and gone_at is null order by replies.id
"""
_ENTRY: Final = "select * from entries where source = ? and page = ? order by asked_at desc limit 1"
_FETCH: Final = """
select * from fetches where final_url = ? and sha256 = ? and status is not 304
order by fetched_at desc limit 1
"""


class AttachedFiles:
    """The attached files of an archive; a part of `Archive`, and used as ``archive.files``."""

    def __init__(
        self, db: Database, transaction: Callable[[], AbstractContextManager[Database]], body: Body
    ) -> None:
        self._db = db
        self._transaction = transaction
        self._body = body

    def keep_text(self, sha256: str, said: Attached) -> None:
        """Note what kept bytes say; another reading of them later holds."""
        row = {"sha256": sha256, "kind": said.kind, "text": said.text}
        with self._transaction() as db:
            write(db, "texts", row | {"pages": said.pages, "problem": said.problem})

    def held(self, url: str) -> str | None:
        """Return the SHA-256 of the bytes that are held of the file of an address."""
        return held(self._db, url)

    def first(self, url: str) -> str | None:
        """Return the SHA-256 of the bytes that were fetched first of the file of an address."""
        found = self._db.execute(_FIRST, [url]).fetchone()
        return str(found[0]) if found else None

    def later(self, url: str) -> str | None:
        """Return the SHA-256 of what is held of a file, where others were held at first.

        The first bytes of a file go with those of the page; later ones make the letter another.
        """
        sha256 = held(self._db, url)
        return sha256 if sha256 != self.first(url) else None

    def is_fresh(self, url: str, sha256: str) -> bool:
        """Tell whether no letter was read yet from these bytes of a page."""
        return self._db.execute(_READ_FROM, [sha256, url]).fetchone() is None

    def asked(self, url: str) -> tuple[datetime | None, datetime | None]:
        """Return when a file was asked for last, and when it last could not be had."""
        last, lost = self._db.execute(_ASKED, [url]).fetchone()
        return last and datetime.fromisoformat(last), lost and datetime.fromisoformat(lost)

    def put_aside(self, url: str, why: str) -> None:
        """Note that what came last from the address of a file is not the file."""
        with self._transaction() as db:
            db.conn.execute(_ANOTHER, [why, url])

    def said(self, url: str) -> Attached | None:
        """Return what the file of an address says; ``None`` where it is not held, or not read."""
        sha256 = held(self._db, url)
        return self.text(sha256) if sha256 else None

    def problem(self, url: str) -> str | None:
        """Return why the file of an address could not be had when it was asked for last."""
        found = self._db.execute(_PROBLEM, [url]).fetchone()
        return str(found[0]) if found else None

    def text(self, sha256: str) -> Attached | None:
        """Return what kept bytes say; ``None`` where nobody read them."""
        for row in rows(self._db, "select * from texts where sha256 = ?", [sha256]):
            del row["sha256"]
            return Attached(**row)
        return None

    def lacking(self, source: str, since: datetime) -> Iterator[tuple[Entry, Response, str]]:
        """Yield the replies of a source of whose files some are not held.

        That is the entry, the answer that the reply was read from, and the SHA-256 of its body.
        A file that was refused, or not there, when it was asked for after ``since`` is not lacking.
        """
        for page in [*rows(self._db, _REPLIES, [source])]:
            if redaction(self._db, page["url"]) is not None:
                continue
            urls = [each["url"] for each in json.loads(page["attachments"])]
            if all(held(self._db, url) or self._refused(source, url, since) for url in urls):
                continue
            answer = self._answer(page["url"], page["sha256"])
            if answer is not None:
                yield self._entry(source, page["url"]), answer, page["sha256"]

    def _refused(self, source: str, url: str, since: datetime) -> bool:
        named = {"source": source, "url": url, "since": instant(since)}
        return self._db.execute(_REFUSED, named).fetchone() is not None

    def _entry(self, source: str, page: str) -> Entry:
        """Return the entry under which a page was asked for, else one of its address alone."""
        for row in rows(self._db, _ENTRY, [source, page]):
            return entry_of(row)
        return Entry(page, "")

    def _answer(self, url: str, sha256: str) -> Response | None:
        """Return the answer that brought these bytes, as it was; ``None`` where none is noted."""
        for row in rows(self._db, _FETCH, [url, sha256]):
            return response_of(row, self._body(sha256))
        return None


class AskedAgain:
    """Which files of one archive are asked for again in one crawl, as `whole.Again` wants it.

    That are those of a page that says something new, those last asked for before ``since``, and
    with ``full`` all of them; each once. One that could not be had after ``since`` waits.
    """

    def __init__(self, files: AttachedFiles, since: datetime, *, full: bool) -> None:
        self._files = files
        self._since = since
        self._full = full
        self._tried: set[str] = set()

    def is_due(self, url: str, *, fresh: bool) -> bool:
        """Tell whether a held file is to be asked for again; ``fresh``: its page is a new one."""
        if url in self._tried or self._files.held(url) is None:
            return False
        last, lost = self._files.asked(url)
        waits = lost is not None and lost >= self._since
        is_due = self._full or (not waits and (fresh or (last is not None and last < self._since)))
        self._tried.update([url] if is_due else [])
        return is_due

    def later(self, url: str) -> str | None:
        """Return the SHA-256 of what is held of a file, where others were held at first."""
        return self._files.later(url)

    def put_aside(self, url: str, why: str) -> None:
        """Note that what came last from the address of a file is not the file."""
        self._files.put_aside(url, why)


def filled(db: Database, reply: Reply) -> Reply:
    """Return a reply with the SHA-256 of those of its files that are held, or were told of."""
    if not reply.attachments:
        return reply
    told = told_of(db, reply.id)
    files = (
        Attachment(each.name, each.url, held(db, each.url) or told.get(each.url))
        for each in reply.attachments
    )
    return replace(reply, attachments=tuple(files))
