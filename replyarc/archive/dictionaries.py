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
_SMALL: Final = 256  # bytes of a body that is no page
_EVERY: Final = 16  # of so many pages one is packed twice
_BETTER: Final = 0.8  # times the size, at most: what a change of dictionaries must bring …
_SAVED: Final = 500  # … and bytes a page, at least: it weighs some 15,000 itself
_SITES: Final = 20  # whose dictionaries are at hand, 0.7 MB each: more than are asked at a time

_NEWEST: Final = "select id from _dictionaries where site = ? order by made_at desc"
_COUNT: Final = "select count(*) from (select 1 from bodies where dictionary = ? limit ?)"
# not those that were cut for a dictionary, which would be another size
_PACK: Final = """
update bodies set codec = ?, data = ?, dictionary = ? where sha256 = ? and size = ?
"""
_IS_KEPT: Final = "select 1 from bodies where sha256 = ? and data is not null"
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


Packed = tuple[str, bytes, int | None]
"""How a body is packed, to what, and the id of the dictionary, if with one."""

Recent = list[tuple[str, bytes]]
"""Pages and their names."""

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
    recent: Recent = field(default_factory=list)


class Dictionaries:
    """The dictionaries of one open archive; a part of `Bodies`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._sites: OrderedDict[str, _Site] = OrderedDict()
        self._known: OrderedDict[int, Dictionary] = OrderedDict()

    def pack(self, name: str, body: bytes, site: str, at: datetime) -> Packed:
        """Pack the body of this name, new to the archive, for a site.

        Belongs inside a transaction: it may make a dictionary, and pack the pages before anew.
        """
        if not site or len(body) < _SMALL or not blobs.is_text(body):
            return (*blobs.pack(body), None)
        now = self._site(site)
        packed = _pack(body, now.dictionary)
        better = self._better(now, name, body, packed[1])
        if better is None:
            return packed
        self._add(better, site, at)
        self._sites[site] = _Site(better, 1)
        for former, page in now.recent:
            self._db.conn.execute(_PACK, [*_pack(page, better), former, len(page)])
        return _pack(body, better)

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
            if dictionary is None:
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
                if blobs.is_usable(dictionary):
                    limit = [id, _TRAINED_AT[-1] + 1]
                    (number,) = self._db.conn.execute(_COUNT, limit).fetchone()
                    return _Site(dictionary, number)
        return _Site(None, 0)

    def _better(self, now: _Site, name: str, body: bytes, data: bytes) -> Dictionary | None:
        """Count a page that comes in; return the dictionary to use from this page on, if another.

        ``data`` is the page as it was packed.
        """
        now.kept += 1
        now.number += 1
        turn = (now.kept - PAGES - 1) % _EVERY  # 0 at the fourth page, and then at every 16th
        before = self._still_kept(now.recent)
        if turn == 0 or turn >= _EVERY - PAGES:
            now.recent = [*before[1 - PAGES :], (name, body[-blobs.LONGEST :])]
        else:
            now.recent = []
        if now.dictionary is None:
            return _dictionary_of(now.recent) if len(now.recent) == PAGES else None
        if now.number in _TRAINED_AT and not now.dictionary.is_trained:
            now.recent = []
            return self._train(now.dictionary)
        if turn == 0 and len(before) == PAGES:
            other = _dictionary_of(before)
            most = min(_BETTER * len(data), len(data) - _SAVED)
            return other if blobs.weigh(body, other) < most else None
        return None

    def _still_kept(self, recent: Recent) -> Recent:
        """Return those pages that were neither rolled back nor redacted since they came in."""
        kept = self._db.conn.execute
        return [each for each in recent if kept(_IS_KEPT, [each[0]]).fetchone()]

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
        """Yield what is looked at of the last pages packed with one, but for damaged ones."""
        for row in rows(self._db, _LATEST, [dictionary.id, MANY + TRIED]):
            with suppress(ArchiveError):
                name, codec, size, data = (row[key] for key in ("sha256", "codec", "size", "data"))
                yield blobs.unpack(name, codec, size, data, dictionary)[: blobs.SAMPLE]

    def _add(self, dictionary: Dictionary, site: str, at: datetime) -> None:
        row: Row = {"id": dictionary.id, "site": site, "sha256": dictionary.name}
        row |= {"made_at": instant(at), "data": blobs.seal(dictionary)}
        write(self._db, "_dictionaries", row)
        _remember(self._known, dictionary.id, dictionary)


def _dictionary_of(pages: Recent) -> Dictionary:
    return blobs.dictionary_of([page for _, page in pages])


def _pack(body: bytes, dictionary: Dictionary | None) -> Packed:
    codec, data = blobs.pack(body, dictionary)
    return codec, data, dictionary.id if dictionary and codec == "zstd" else None


def _remember(known: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    known[key] = value
    if len(known) > _SITES:
        known.popitem(last=False)
