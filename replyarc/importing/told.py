"""Replies as an export told them: JSON Lines, and CSV of the profile raw."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from replyarc.archive.told_rows import ID
from replyarc.errors import ReplyarcError
from replyarc.export import raw
from replyarc.export.flat import as_json, of_json
from replyarc.model import Reply

Tell = Callable[[str], None]

_LONGEST: Final = 100_000_000
"""Letters of a line of JSON, and of a cell."""

_LARGEST: Final = 1 << 31


def read_jsonl(path: Path, tell: Tell) -> Iterator[Reply]:
    """Yield the replies of a file of JSON Lines; a line that is none is told, with its number."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST):
            number += 1
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("not an object. Write it by `replyarc export -f jsonl`")
                yield _checked(of_json(row))
            except (ValueError, RecursionError) as error:
                tell(f"{path}: line {number}: {error}")


def read_csv(path: Path, tell: Tell) -> Iterator[Reply]:
    """Yield the replies of a CSV of the profile raw; a row that is none is told, with its number.

    Raises ReplyarcError for one of the profile excel: its cells are made for a spreadsheet, and
    what was cut from them is not there.
    """
    with path.open("rb") as file:
        if file.read(3) == codecs.BOM_UTF8:
            raise ReplyarcError(
                f"{path}: made for a spreadsheet, which changes values. "
                "Export with --profile raw, or as jsonl, and import that"
            )
    with path.open(encoding="utf-8", newline="") as text, _long_cells():
        rows = csv.DictReader(text, strict=True)
        while True:
            try:
                row = next(rows, None)
                if row is None:
                    return
                reply = _checked(raw.of_row({name: cell or "" for name, cell in row.items()}))
            except UnicodeDecodeError as error:
                raise ReplyarcError(f"{path}: not UTF-8. Export with --profile raw") from error
            except csv.Error as error:
                tell(f"{path}: line {rows.line_num}: {error}; what follows is not read")
                return
            except ValueError as error:
                tell(f"{path}: line {rows.line_num}: {error}")
                if rows.line_num <= 2 and "no such column" in str(error):
                    return
                continue
            yield reply


def _checked(reply: Reply) -> Reply:
    """Raise ValueError for a reply that no archive can have told."""
    if not (reply.id and reply.url):  # a title may be empty: of some pages none is known
        raise ValueError("no id or url: it is no reply as an export writes it")
    if not ID.fullmatch(reply.id):
        raise ValueError("id: not as an archive makes them, of small letters and digits")
    if not (reply.last_seen_at or reply.first_seen_at or reply.changed_at):
        raise ValueError("no last_seen_at: an export tells when a reply was seen")
    if any(not 0 <= (each or 0) < _LARGEST for each in (reply.term, reply.session, reply.version)):
        raise ValueError("a number that is too large, or below 0")
    json.dumps(as_json(reply), ensure_ascii=False).encode()  # half of a pair cannot be archived
    return reply


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be longer than the 128 kB that Python allows; a letter may be."""
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
