"""All that an archive holds, as plain values that two archives can be compared by.

Numbers that a database gives out (of crawls, fetches, dictionaries) are left out or replaced by
what they stand for; bodies are unpacked, for how they are packed follows from the order they came
in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from replyarc.archive.blobs import REMOVED
from replyarc.archive.database import rows
from replyarc.archive.store import Archive

EVIDENCE: Final = (
    *("sources", "crawls", "fetches", "listings", "entries", "_robots", "contents", "readings"),
    *("captures", "texts", "redactions", "_redacted"),
)
DERIVED: Final = ("replies", "versions", "sightings", "conflicts", "_keys")

_CRAWLS: Final = ("crawl", "first_crawl", "missed")
_NUMBERS: Final = {
    "crawls": ("id",),
    "fetches": ("id",),
    "entries": ("id",),
    "_redacted": ("redaction",),
}


def dump(archive: Archive, tables: Iterable[str] = (*EVIDENCE, *DERIVED)) -> dict[str, list[Any]]:
    """Return the rows of each table, sorted, and the bodies with their bytes."""
    crawls = {
        row["id"]: f"{row['started_at']} {row['source']}"
        for row in rows(archive.db, "select id, started_at, source from crawls")
    }
    found: dict[str, list[Any]] = {}
    for table in tables:
        named = (_named(table, row, crawls) for row in rows(archive.db, f"select * from {table}"))
        found[table] = sorted({repr(sorted(row.items())) for row in named})
    return found | {"bodies": bodies(archive)}


def _named(table: str, row: dict[str, Any], crawls: dict[int, str]) -> dict[str, Any]:
    named = {name: value for name, value in row.items() if name not in _NUMBERS.get(table, ())}
    for name in set(_CRAWLS) & named.keys():
        named[name] = crawls.get(row[name], row[name])
    return named


def bodies(archive: Archive) -> list[tuple[str, int, bytes | None]]:
    """Return every body by its SHA-256: its size, and its bytes where they are there."""
    listed = [*rows(archive.db, "select sha256, size, codec from bodies order by sha256")]
    return [
        (
            row["sha256"],
            row["size"],
            None if row["codec"] == REMOVED else archive.body(row["sha256"]),
        )
        for row in listed
    ]
