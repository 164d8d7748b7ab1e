"""The dictionaries that bodies are packed with: one after the other for each site.

A site is the host of the address where an answer was had, with its port if it has one. Its first
pages are packed without a dictionary, and then are one; when there are many, one is trained. While
pages come in, one of some is packed a second time, with the pages just before it: where that is
much better, the site looks different now, or its first pages were no good, and a new dictionary is
begun. What was packed stays as it is, and so does the dictionary that it was packed with.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from urllib.parse import urlsplit

from sqlite_utils import Database

from replyarc.archive import blobs
from replyarc.archive.blobs import Dictionary
from replyarc.archive.database import rows, write
from replyarc.archive.schema import Row, instant
from replyarc.errors import ArchiveError

PAGES: Final = 3
"""Pages that a site's first dictionary is made of; a fourth brings 2 %, and weighs as much."""

MANY: Final = 200
"""Pages that a dictionary is trained on. One trained on half as many is worse than three pages."""

TRIED: Final = 16
"""Pages, the last ones, that a trained dictionary is tried on before it is taken."""

_TRAINED_AT: Final = tuple((MANY + TRIED) << doubled for doubled in range(4))
_EVERY: Final = 16  # of so many pages one is packed twice
_BETTER: Final = 0.8  # times the size, at most: what a change of dictionaries must bring …
_SAVED: Final = 500  # … and bytes a page, at least: it weighs some 15,000 itself
_SITES: Final = 20  # whose dictionaries are at hand, 0.7 MB each: more than are asked at a time

_NEWEST: Final = "select id from _dictionaries where site = ? order by made_at desc limit 1"
_COUNT: Final = "select count(*) from (select 1 from bodies where dictionary = ? limit ?)"
_LATEST: Final = "select * from bodies where dictionary = ? order by rowid desc limit ?"


def site_of(url: str) -> str:
    """Return the site of an address.

    >>> site_of("http://WWW.qingyuan.gov.test:8080/a.html")
    'www.qingyuan.gov.test:8080'
    """
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # of a file that was imported: any text
        return ""


Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(slots=True)
class _Site:
    """What the pages of a site are packed with now, and how many of them are.

    ``kept`` counts those that came in since this was looked up or changed, ``recent`` are the last
    of them, where they will be needed.
    """

    dictionary: Dictionary | None
    number: int
    kept: int = 0
    recent: list[bytes] = field(default_factory=list)


class Dictionaries:
    """The dictionaries of one open archive; a part of `Bodies`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._sites: OrderedDict[str, _Site] = OrderedDict()
        self._known: OrderedDict[int, Dictionary] = OrderedDict()

    def pack(self, body: bytes, site: str, at: datetime) -> tuple[str, bytes, int | None]:
        """Pack a new body of a site; return codec, data and the id of the dictionary, if any.

        Belongs inside a transaction: it may make a dictionary.
        """
        if not blobs.is_text(body):
            return (*blobs.pack(body), None)
        now = self._site(site)
        codec, data = blobs.pack(body, now.dictionary)
        better = self._better(now, body, data)
        if better is not None:
            self._add(better, site, at)
            self._sites[site] = now = _Site(better, 1)
            codec, data = blobs.pack(body, better)
        known = None if now.dictionary is None or codec != "zstd" else now.dictionary.id
        return codec, data, known

    def get(self, id: int, name: str) -> Dictionary:
        """Return the dictionary with which the body of this name was packed.

        Raises ArchiveError, which names the body, where it is not there or damaged.
        """
        if id not in self._known:
            sql = "select site, sha256, data from _dictionaries where id = ?"
            found = self._db.conn.execute(sql, [id]).fetchone()
            if found is None:
                raise blobs.damaged(name, f"dictionary {id}, which it is packed with, is gone")
            dictionary = blobs.unseal(found[2], found[1])
            if dictionary is None or dictionary.id != id:
                what = f"dictionary {id} of {found[0]}, which it is packed with, is damaged"
                raise blobs.damaged(name, what)
            _remember(self._known, id, dictionary)
        self._known.move_to_end(id)
        return self._known[id]

    def _site(self, site: str) -> _Site:
        """Return what a site's pages are packed with: what is remembered, if it still holds.

        A transaction that was rolled back takes a new dictionary with it, and a redaction removes
        dictionaries.
        """
        now = self._sites.get(site)
        if now is None or (now.dictionary is not None and not self._is_there(now.dictionary.id)):
            now = self._look_up(site)
            _remember(self._sites, site, now)
        self._sites.move_to_end(site)
        return now

    def _is_there(self, id: int) -> bool:
        found = self._db.conn.execute("select 1 from _dictionaries where id = ?", [id]).fetchone()
        return found is not None

    def _look_up(self, site: str) -> _Site:
        for (id,) in self._db.conn.execute(_NEWEST, [site]).fetchall():
            with suppress(ArchiveError):  # what is packed from now on can do without
                dictionary = self.get(id, "")
                limit = [id, _TRAINED_AT[-1] + 1]
                (number,) = self._db.conn.execute(_COUNT, limit).fetchone()
                return _Site(dictionary, number)
        return _Site(None, 0)

    def _better(self, now: _Site, body: bytes, data: bytes) -> Dictionary | None:
        """Count a page that comes in; return the dictionary to use from this page on, if another.

        ``data`` is the page as it was packed.
        """
        now.kept += 1
        now.number += 1
        before, now.recent = now.recent, [*now.recent, body[-blobs.LONGEST :]][-PAGES:]
        if now.dictionary is None:
            return blobs.dictionary_of(now.recent) if now.kept >= PAGES else None
        if now.number in _TRAINED_AT and not now.dictionary.is_trained:
            return self._train(now.dictionary)
        turn = (now.kept - PAGES - 1) % _EVERY  # 0 at the fourth page, and then at every 16th
        if turn == 0:
            most = min(_BETTER * len(data), len(data) - _SAVED)
            if most > 0 and blobs.weigh(body, before) < most:
                return blobs.dictionary_of(before)
        if turn < _EVERY - PAGES:
            now.recent = []
        return None

    def _train(self, raw: Dictionary) -> Dictionary | None:
        """Return a dictionary trained on the pages packed with one, if it packs them better."""
        pages = [*self._pages(raw)]
        last, first = pages[:TRIED], pages[TRIED:]
        packed = sum(len(blobs.pack(page, raw)[1]) for page in last)
        if len(first) < MANY // 2 or packed < len(last) * _SAVED:
            return None
        trained = blobs.train(first)
        if trained is None or sum(len(blobs.pack(page, trained)[1]) for page in last) >= packed:
            return None
        return trained

    def _pages(self, dictionary: Dictionary) -> Iterator[bytes]:
        """Yield the last pages that were packed with a dictionary; what is damaged is left out."""
        for row in rows(self._db, _LATEST, [dictionary.id, MANY + TRIED]):
            with suppress(ArchiveError):
                yield blobs.unpack(
                    row["sha256"], row["codec"], row["size"], row["data"], dictionary
                )

    def _add(self, dictionary: Dictionary, site: str, at: datetime) -> None:
        row: Row = {"id": dictionary.id, "site": site, "sha256": dictionary.name}
        row |= {"made_at": instant(at), "data": blobs.seal(dictionary)}
        write(self._db, "_dictionaries", row)
        _remember(self._known, dictionary.id, dictionary)


def _remember(known: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    known[key] = value
    if len(known) > _SITES:
        known.popitem(last=False)
