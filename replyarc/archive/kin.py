"""Readings as they lie in the tables: loading them with their kin, and writing them.

Everything here that writes is called inside a transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive.database import rows, write
from replyarc.archive.readings import Capture, Reading
from replyarc.archive.schema import Row, packed

_READING: Final = tuple(name for name in Reading.__slots__ if name != "captures")
_CAPTURE: Final = tuple(Capture.__slots__)

_LIST: Final = "select value from json_each(?)"

_HOLDERS: Final = f"""
select reading from _keys where key in ({_LIST})
union select id from readings where url in ({_LIST})
union select id from readings where reply in ({_LIST})
"""
_KIN: Final = f"select {', '.join(_READING)}, keys, reply from readings where id in ({_LIST})"
_FOUND: Final = f"""
select reading, {", ".join(_CAPTURE)} from captures where reading in ({_LIST})
order by reading, sha256, parts
"""
_EVERY: Final = f"""
select {", ".join(f"readings.{name}" for name in _READING)}, contents.fields
from readings join contents using (fingerprint) order by readings.id
"""

Keys = frozenset[str]


def kin(
    db: Database, readings: AbstractSet[str], keys: Keys, url: str
) -> tuple[dict[Reading, Keys], dict[str, str]]:
    """Return what is filed of these readings and of all that could be one reply with them.

    That is each reading with its keys, and by the reading's id the reply that it belonged to. A
    chain of shared keys and addresses leads to them: the readings of one address are looked at
    together, since one may hold in another's place, and so are all that lay claim to one id.
    """
    found: dict[Reading, Keys] = {}
    former: dict[str, str] = {}
    asked: set[str] = set()
    ask, urls, ids = set(keys), {url}, set(readings)
    while ask or urls or ids:
        sought = [packed(sorted(each)) for each in (ask, urls, ids)]
        more = {holder for (holder,) in db.conn.execute(_HOLDERS, sought)} | ids
        asked |= ask | urls | ids
        for one, held, reply in _load(db, more - former.keys()):
            found[one] = held
            former[one.id] = reply
        claimed = {claim for one in found for claim in claims(one)}
        ask = {*chain(*found.values()), *map(_told_key, claimed)} - asked
        urls = {one.url for one in found} - asked
        ids = claimed - asked - former.keys()
    return found, former


def claims(reading: Reading) -> frozenset[str]:
    """Return the ids that a reading may give its reply: its own, and the one that was told."""
    return frozenset({reading.id, json.loads(reading.told)["id"] if reading.told else reading.id})


def _told_key(id: str) -> str:
    """Return the key under which the readings of which this id was told are found."""
    return f"told:{id}"


def _load(db: Database, ids: Iterable[str]) -> list[tuple[Reading, Keys, str]]:
    wanted = [packed(sorted(ids))]
    if wanted == ["[]"]:
        return []
    captures = _captures(db, wanted)
    loaded = []
    for *values, held, reply in db.conn.execute(_KIN, wanted):
        one = _reading(values, captures)
        loaded.append((one, frozenset(json.loads(held)), reply))
    return loaded


def _captures(db: Database, wanted: list[str]) -> Mapping[str, list[Capture]]:
    captures: defaultdict[str, list[Capture]] = defaultdict(list)
    for reading, *values in db.conn.execute(_FOUND, wanted):
        captures[reading].append(Capture(**dict(zip(_CAPTURE, values, strict=True))))
    return captures


def _reading(values: Iterable[Any], captures: Mapping[str, Iterable[Capture]]) -> Reading:
    said = dict(zip(_READING, values, strict=True))
    return Reading(**said, captures=tuple(captures[said["id"]]))


def every_reading(db: Database) -> Iterator[tuple[Reading, str]]:
    """Yield every reading with what it says (``contents.fields``), in the order of their ids.

    They are read as they are asked for: write to the archive when all have been taken.
    """
    cursor = db.conn.execute(_EVERY)
    while found := cursor.fetchmany(500):
        captures = _captures(db, [packed([id for id, *_ in found])])
        for *values, fields in found:
            yield _reading(values, captures), fields


def note(
    db: Database,
    filed: Reading,
    keys: Keys | None,
    now: Mapping[str, str],
    former: Mapping[str, str],
) -> None:
    """Write a reading, its keys where it is new, and to which reply each of its kin belongs."""
    row: Row = {name: getattr(filed, name) for name in _READING}
    row["reply"] = now[filed.id]
    if keys is None:
        write(db, "readings", row)
        db.conn.execute("delete from _keys where reading = ? and key like 'told:%'", [filed.id])
        write_keys(db, filed, frozenset())
    else:
        write(db, "readings", {**row, "keys": packed(sorted(keys))})
        write_keys(db, filed, keys)
    for capture in filed.captures:
        found = {name: getattr(capture, name) for name in _CAPTURE}
        write(db, "captures", {"reading": filed.id, **found})
    moved = [(now[reading], reading) for reading in former if now[reading] != former[reading]]
    if moved:
        db.conn.executemany("update readings set reply = ? where id = ?", moved)


def write_keys(db: Database, reading: Reading, keys: Keys) -> None:
    """Write the keys under which a reading is found."""
    told = {_told_key(json.loads(reading.told)["id"])} if reading.told else set()
    pairs = [(key, reading.id) for key in keys | told]
    db.conn.executemany(
        "insert into _keys (key, reading) values (?, ?) on conflict do nothing", pairs
    )


def load(db: Database, id: str) -> tuple[Reading, Keys]:
    """Return one reading that is filed, and its keys as they were written."""
    ((reading, keys, _),) = _load(db, [id])
    return reading, keys


def ids(db: Database) -> list[str]:
    """Return the ids of all readings, the oldest row first."""
    return [row["id"] for row in rows(db, "select id from readings order by rowid")]
