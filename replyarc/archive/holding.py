"""Which bytes are held of the files that a reply links to.

Apart from `files`, since it is asked whenever a reply is shown: nothing slow to load is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, Protocol


class Asked(Protocol):
    """A connection, bare or of sqlite-utils."""

    def execute(self, sql: str, parameters: Sequence[Any] = ...) -> Iterator[Any]:
        """Ask, and return the rows."""


# Bytes with a problem are not the file's: another page came in its place.
_HELD: Final = """
select sha256 from fetches where url = ? and sha256 is not null and problem is null
order by fetched_at desc limit 1
"""
_TOLD: Final = "select told from readings where reply = ? and told is not null"


def held(db: Asked, url: str) -> str | None:
    """Return the SHA-256 of the bytes that were last fetched from an address."""
    return next((str(sha256) for (sha256,) in db.execute(_HELD, [url])), None)


def attached(db: Asked, reply: str, files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the files of a reply, as JSON, with the SHA-256 of those held, or told of."""
    told = told_of(db, reply)
    return [{**each, "sha256": held(db, each["url"]) or told.get(each["url"])} for each in files]


def told_of(db: Asked, reply: str) -> dict[str, str]:
    """Return what an export that was taken in said of the files of a reply."""
    files: dict[str, str] = {}
    for (told,) in db.execute(_TOLD, [reply]):
        files |= json.loads(told)["files"]
    return files
