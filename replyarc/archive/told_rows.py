"""Whether a row that a file tells can be one of an archive (pure).

Rows of an export may come from anybody, or out of a damaged file. What would make the archive
stumble later is refused: an instant that is none, JSON that is none, content that is not what its
fingerprint says, a reading under another name than its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from replyarc.archive import identity
from replyarc.archive.frontier import State
from replyarc.archive.schema import reply_from, row_of
from replyarc.text.personal import MARK

Row = Mapping[str, Any]

ID: Final = re.compile(r"[a-z0-9]{1,40}")
"""What an id is made of; it is shown as it is, and may be part of a command."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_NAME = re.compile(r"[a-z]+:.")
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


def check(table: str, row: Row, columns: Mapping[str, type]) -> None:
    """Raise ValueError, naming the column, where a row cannot be one of a table.

    ``columns`` are those of the table, and what they hold.
    """
    if table not in _NEEDED:
        raise ValueError(f"there is no table {table!r}")
    other = row.keys() - set(columns)
    if other:
        raise ValueError(f"{table} has no column {min(other)!r}")
    for name in _NEEDED[table].split():
        if row.get(name) is None:
            raise ValueError(f"{table}.{name} is not told")
    for name, value in row.items():
        if value is not None and not (_is(columns[name], value) and _fits(table, name, value)):
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
        told = table == "captures" and value == ""  # without bytes
        return isinstance(value, str) and (told or bool(_SHA256.fullmatch(value)))
    if (table, name) == ("_redacted", "name"):
        return isinstance(value, str) and bool(_NAME.match(value))
    if (table, name) == ("readings", "told"):
        return isinstance(value, str) and _is_told(_read(value))
    kind = _KINDS.get(name)
    if kind is None:
        return True
    read = _read(value) if isinstance(value, str) else None
    return isinstance(read, kind) and (kind is dict or _is_list(name, read))


def _is(kind: type, value: object) -> bool:
    """Tell whether a value is one of a column; a text that is no UTF-8 is none."""
    if not isinstance(value, kind):
        return False
    return not isinstance(value, str) or value.isascii() or _is_text(value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_list(name: str, values: Any) -> bool:
    """Tell whether the values of a list are texts, or pairs of texts where it is of headers."""
    if name in ("headers", "request_headers"):
        pairs = all(isinstance(each, list) and len(each) == 2 for each in values)
        return pairs and all(isinstance(one, str) for each in values for one in each)
    return all(isinstance(each, str) for each in values)


def _is_told(values: object) -> bool:
    """Tell whether this is what an export told of a reply; see ``filing.put_told``."""
    if not isinstance(values, dict) or not {"id", "version", "changed_at"} <= values.keys():
        return False
    files = values.get("files", {})
    return (
        isinstance(values["id"], str)
        and bool(ID.fullmatch(values["id"]))
        and isinstance(values["version"], int)
        and all(
            values.get(name) is None or _fits("readings", name, values[name])
            for name in ("changed_at", "gone_at")
        )
        and isinstance(files, dict)
        and all(isinstance(each, str) for each in files.values())
    )


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


def check_digest(row: Row) -> None:
    """Raise ValueError where a content is not the one that its fingerprint is of."""
    if identity.digest(row["fields"]) != row["fingerprint"]:
        raise ValueError("contents.fields: not what its fingerprint says")


def _check_content(row: Row) -> None:
    """Make sure that a content can be shown. One that a redaction replaced has another hash."""
    if MARK not in row["fields"]:
        check_digest(row)
    try:
        reply = reply_from(json.loads(row["fields"]))
        identity.keys(reply)
        row_of(reply)
        json.dumps(reply.text + reply.title).encode()
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError("contents.fields: no reply") from error
