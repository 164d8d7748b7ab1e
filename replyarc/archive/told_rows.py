"""Whether a row that a file tells can be one of an archive (pure).

Rows of an export may come from anybody, or out of a damaged file. What would make the archive
stumble later is refused: an instant that is none, JSON that is none, content that is not what its
fingerprint says, a reading under another name than its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from replyarc.archive import identity
from replyarc.archive.frontier import State
from replyarc.archive.schema import reply_from, row_of
from replyarc.text.personal import MARK

Row = Mapping[str, Any]

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")

# Columns that hold JSON, and of what kind.
_JSON: Final[dict[tuple[str, ...], type]] = {
    ("flags", "parts", "keys", "headers", "request_headers", "urls"): list,
    ("notes", "fields", "report", "left_out", "removed"): dict,
}
_KINDS: Final = {name: kind for names, kind in _JSON.items() for name in names}

# Columns without which a row says nothing.
_NEEDED: Final = {
    "bodies": "sha256 size codec",
    "sources": "name",
    "crawls": "id source started_at",
    "listings": "crawl url",
    "entries": "source url state",
    "_robots": "origin text fetched_at",
    "contents": "fingerprint fields",
    "readings": "id url fingerprint source flags keys",
    "captures": "reading sha256 parts first_seen_at last_seen_at first_read_at last_read_at",
    "texts": "sha256 kind",
    "redactions": "id redacted_at",
    "_redacted": "name redaction",
    "fetches": "url fetched_at",
}


def check(table: str, row: Row, columns: Collection[str]) -> None:
    """Raise ValueError, naming the column, where a row cannot be one of a table."""
    if table not in _NEEDED:
        raise ValueError(f"there is no table {table!r}")
    other = row.keys() - set(columns)
    if other:
        raise ValueError(f"{table} has no column {min(other)!r}")
    for name in _NEEDED[table].split():
        if row.get(name) is None:
            raise ValueError(f"{table}.{name} is not told")
    for name, value in row.items():
        if value is not None and not _fits(table, name, value):
            raise ValueError(f"{table}.{name} cannot be {value!r:.60}")
    if table == "contents":
        _check_content(row)
    if table == "readings" and row["id"] != identity.reading_id(row["url"], row["fingerprint"]):
        raise ValueError(f"readings.id: {row['id']!r:.60} is not what it is of")


def _fits(table: str, name: str, value: object) -> bool:
    if name.endswith("_at"):
        return isinstance(value, str) and _is_instant(value)
    if name == "state":
        return value in set(State)
    if name == "sha256" or (table, name) == ("contents", "fingerprint"):
        return isinstance(value, str) and bool(_SHA256.fullmatch(value) or table == "captures")
    kind = dict if (table, name) == ("readings", "told") else _KINDS.get(name)
    return kind is None or (isinstance(value, str) and isinstance(_read(value), kind))


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(_INSTANT.fullmatch(text))


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _check_content(row: Row) -> None:
    """Make sure that a content can be shown. One that a redaction replaced has another hash."""
    if identity.digest(row["fields"]) != row["fingerprint"] and MARK not in row["fields"]:
        raise ValueError("contents.fields: not what its fingerprint says")
    try:
        reply = reply_from(json.loads(row["fields"]))
        identity.keys(reply)
        row_of(reply)
        json.dumps(reply.text + reply.title).encode()
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError("contents.fields: no reply") from error
