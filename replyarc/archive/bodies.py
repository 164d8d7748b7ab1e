"""Keeping bytes and what is known of how they came, and reading them again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Final

from sqlite_utils import Database

from replyarc.archive import blobs
from replyarc.archive.database import rows, transaction, write
from replyarc.archive.dictionaries import Dictionaries, site_of
from replyarc.archive.schema import Row, instant, packed
from replyarc.errors import ArchiveError
from replyarc.model import Request, Response

_BATCH: Final = 200  # bodies packed anew in one transaction
_LESS: Final = 0.1  # of its size, at least: else a body is left as it is

_HAD_AT: Final = """
select distinct coalesce(final_url, url) from fetches
where sha256 in (select value from json_each(?))
"""
_OF_SITES: Final = "select id from _dictionaries where site in (select value from json_each(?))"
_PACKED_WITH: Final = "select sha256 from bodies where dictionary = ?"
_PACK: Final = "update bodies set codec = ?, data = ?, dictionary = ? where sha256 = ?"

# Where and when each body without a dictionary was had first, those of one site together.
_ALONE: Final = """
insert into temp.alone
select final_url, sha256, min(fetched_at) from fetches join bodies using (sha256)
where dictionary is null and final_url is not null group by sha256
"""
_TABLE: Final = """
create temp table alone (url text, sha256 text, at text, primary key (url, sha256)) without rowid
"""


class Bodies:
    """The bodies of one open archive; a part of `Archive`, and used as ``archive.bodies``.

    For the thread alone that opened the archive. ``keep``, ``lost``, ``add`` and ``release`` belong
    inside a transaction.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._dictionaries = Dictionaries(db)

    def keep(self, response: Response, crawl: int | None) -> str:
        """Keep the body of a response, once, and that it was fetched; return its SHA-256."""
        name = self.add(response.body, response.url, response.fetched_at)
        sent = response.request_headers
        fetch = {
            "url": response.request.url,
            "form": form_of(response.request),
            "final_url": response.url,
            "fetched_at": instant(response.fetched_at),
            "status": response.status,
            "headers": packed(response.headers),
            "sha256": name,
            "crawl": crawl,
            "request_headers": packed(sent) if sent else None,
            "tls": response.tls,
            "ip": response.ip,
        }
        write(self._db, "fetches", fetch)
        return name

    def lost(self, url: str, at: datetime, status: int | None, why: str, crawl: int | None) -> None:
        """Note a fetch that gave no body; ``status`` is ``None`` where no answer came."""
        row = {"url": url, "fetched_at": instant(at), "status": status, "problem": why}
        write(self._db, "fetches", {**row, "crawl": crawl})

    def add(self, body: bytes, url: str, at: datetime) -> str:
        """Keep a body that was had at an address at an instant, once; return its SHA-256.

        One that is held and damaged is made whole again.
        """
        name = sha256(body).hexdigest()
        if not self._holds(name):
            codec, data, dictionary = self._dictionaries.pack(name, body, site_of(url), at)
            row = {"sha256": name, "size": len(body), "codec": codec, "data": data}
            write(self._db, "bodies", {**row, "dictionary": dictionary})
        return name

    def _holds(self, name: str) -> bool:
        for row in rows(self._db, "select * from bodies where sha256 = ?", [name]):
            if row["codec"] == blobs.REMOVED:
                return True
            with suppress(ArchiveError):
                self.unpack(row)
                return True
        return False

    def body(self, name: str) -> bytes:
        """Return kept bytes. Raises ArchiveError where there are none, or they are damaged."""
        for row in rows(self._db, "select * from bodies where sha256 = ?", [name]):
            return self.unpack(row)
        raise ArchiveError(f"no body {name} is kept here")

    def unpack(self, row: Row) -> bytes:
        """Return the body of a row of ``bodies``; raises ArchiveError where it is damaged."""
        name, id = row["sha256"], row.get("dictionary")  # `verify` reads older formats as they are
        dictionary = None if id is None else self._dictionaries.get(id, name)
        return blobs.unpack(name, row["codec"], row["size"], row["data"], dictionary)

    def release(self, names: Sequence[str]) -> None:
        """Remove the dictionaries of the sites of some bodies: they may hold pieces of them.

        What was packed with one is packed anew without; nothing else is lost. Belongs into the
        transaction that removes the bodies, before it does. Raises ArchiveError where another body
        turns out to be damaged.
        """
        sites = {site_of(url) for (url,) in self._db.conn.execute(_HAD_AT, [packed([*names])])}
        for (id,) in self._db.conn.execute(_OF_SITES, [packed([*sites])]).fetchall():
            for (name,) in self._db.conn.execute(_PACKED_WITH, [id]).fetchall():
                codec, data = blobs.pack(self.body(name))
                self._db.conn.execute(_PACK, [codec, data, None, name])
            self._db.conn.execute("delete from _dictionaries where id = ?", [id])

    def repack(self) -> int:
        """Pack with dictionaries what has none yet, and return how many bytes that saves.

        That is what an older replyarc kept, and what `release` left; it becomes a third as much.
        Some hundred bodies are a transaction of their own: where this ends early nothing is lost,
        and the next call goes on. A damaged body is left as it is.
        """
        with transaction(self._db):
            self._db.conn.execute("drop table if exists temp.alone")
            self._db.conn.execute(_TABLE)
            self._db.conn.execute(_ALONE)
        todo = self._db.conn.execute("select * from temp.alone order by url, sha256")
        saved = 0
        while some := [*islice(todo, _BATCH)]:
            with transaction(self._db):
                saved += sum(self._repack(*each) for each in some)
        return saved

    def _repack(self, url: str, name: str, at: str) -> int:
        for row in rows(self._db, "select * from bodies where sha256 = ?", [name]):
            with suppress(ArchiveError):
                when = datetime.fromisoformat(at)
                packed_anew = self._dictionaries.pack(name, self.unpack(row), site_of(url), when)
                saved = len(row["data"]) - len(packed_anew[1])
                if saved > _LESS * len(row["data"]):
                    self._db.conn.execute(_PACK, [*packed_anew, name])
                    return saved
        return 0


def form_of(request: Request) -> str | None:
    """Return what was sent with a request, fields or JSON; ``None`` for a GET."""
    return packed(request.form) if request.form else request.json or None


def headers_of(fetch: Row) -> tuple[tuple[str, str], ...]:
    """Return the headers that came with a fetch."""
    return tuple((str(name), str(value)) for name, value in json.loads(fetch["headers"] or "[]"))


def response_of(fetch: Row, body: bytes) -> Response:
    """Return the answer that a fetch was, as far as a page is read by it."""
    return Response(
        request=Request(fetch["url"]),
        url=fetch["final_url"],
        status=fetch["status"],
        headers=headers_of(fetch),
        body=body,
        fetched_at=datetime.fromisoformat(fetch["fetched_at"]),
    )
