"""Rows of CSV and lines of JSON, of replies nearly as an archive keeps them.

What comes from an archive is not taken apart and put together again: a letter stays in UTF-8, a
list the JSON that it is, and what was written for a list is remembered. The bytes are those that
`lines` makes of the same reply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Final

from replyarc.export.flat import COLUMNS, Column, Stored
from replyarc.export.lines import (
    LETTER,
    Cells,
    Known,
    Write,
    differs,
    quoted,
    said,
    written_alone,
)
from replyarc.export.raw import BETWEEN, has_none

Pieces = tuple[bytes, bytes, bytes]
"""What is before the letter, the letter, and the rest: it is copied as little as can be."""

_LONG: Final = 300
_PLACE: Final = {column.name: place for place, column in enumerate(COLUMNS)}
_TEXT: Final = _PLACE[LETTER]


def stored_row(columns: Sequence[Column], profile: Cells) -> Callable[[Stored], Pieces]:
    """Return what writes a row of CSV."""
    names = [column.name for column in columns]
    alone = b'""' if len(columns) == 1 else b""  # one cell alone is never nothing
    if LETTER not in names:
        line = _cells(columns, profile)
        return lambda reply: (line(reply).encode() or alone, b"", b"\r\n")
    at = names.index(LETTER)
    head, tail = _cells(columns[:at], profile), _cells(columns[at + 1 :], profile)
    before, after = "," if columns[:at] else "", "," if columns[at + 1 :] else ""
    letter = _letter(profile, alone)

    def row(reply: Stored) -> Pieces:
        end = f"{after}{tail(reply)}\r\n"
        return f"{head(reply)}{before}".encode(), letter(reply[_TEXT]), end.encode()

    return row


def _cells(columns: Sequence[Column], profile: Cells) -> Callable[[Stored], str]:
    """Return what writes some cells of a row.

    Of most rows one look tells that all texts are written as they are; else each is written alone.
    """
    writes = [_cell(column, profile) for column in columns]
    one_by_one = _each(columns, writes)
    if len(columns) < 2:
        return lambda reply: "".join(one_by_one(reply))
    own = [place for place, column in enumerate(columns) if column.many or column.kind is int]
    others = [(place, writes[place]) for place in own]
    looks = ["" if place in own else profile.bare_cell(each) for place, each in enumerate(columns)]
    are_bare = re.compile(",".join(looks)).fullmatch
    values = itemgetter(*(_PLACE[column.name] for column in columns))

    def cells(reply: Stored) -> str:
        said = values(reply)
        written = ["" if value is None else value for value in said]
        for place, _ in others:
            written[place] = ""
        if not are_bare(",".join(written)):
            return ",".join(one_by_one(reply))
        for place, write in others:
            written[place] = write(said[place])
        return ",".join(written)

    return cells


def stored_line(columns: Sequence[Column]) -> Callable[[Stored], Pieces]:
    """Return what writes the object of a row in a line, as `json.dumps` does."""
    names = [column.name for column in columns]
    writes = [_value(column) for column in columns]
    keys = [f'"{name}": %s' for name in names]
    at = names.index(LETTER) if LETTER in names else len(names)
    head, tail = _each(columns[:at], writes[:at]), _each(columns[at + 1 :], writes[at + 1 :])
    start = "{" + ", ".join(keys[:at])
    if LETTER in names:
        start += f'{", " * bool(at)}"{LETTER}": '
    end = "".join(f", {key}" for key in keys[at + 1 :]) + "}\n"
    has_letter = LETTER in names

    def line(reply: Stored) -> Pieces:
        letter = _letter_in_json(reply[_TEXT]) if has_letter else b""
        return (start % tuple(head(reply))).encode(), letter, (end % tuple(tail(reply))).encode()

    return line


def row_of(reply: Stored, columns: Sequence[Column]) -> dict[str, Any]:
    """Return the values that JSON has of a reply, of some columns."""
    return {column.name: _read(reply[_PLACE[column.name]], column) for column in columns}


def _read(value: Any, column: Column) -> Any:
    if column.many:
        return json.loads(value) if value else []
    return value.decode() if isinstance(value, bytes) else value


def _each(columns: Sequence[Column], writes: Sequence[Write]) -> Callable[[Stored], list[str]]:
    """Return what writes the values of some columns, each by itself."""
    places = [_PLACE[column.name] for column in columns]
    if len(places) < 2:  # of one alone `itemgetter` makes no tuple
        both = [*zip(writes, places, strict=True)]
        return lambda reply: [write(reply[place]) for write, place in both]
    values = itemgetter(*places)
    return lambda reply: [write(value) for write, value in zip(writes, values(reply), strict=True)]


def _cell(column: Column, profile: Cells) -> Write:
    """Return what writes a cell of a column, in quotation marks where it has to be."""
    if column.many:
        return Known(_list_cell(column, profile), _LONG).__getitem__
    write = written_alone(column, profile)
    return write if differs(column) else Known(write).__getitem__


def _list_cell(column: Column, profile: Cells) -> Write:
    write, is_bare = profile.of(column), profile.is_bare

    def cell(items: str) -> str:
        if not items:
            return ""
        plain = _joined(items) if column.kind is str else None
        return plain if plain and is_bare(plain) else quoted(write(json.loads(items)))

    return cell


def _joined(items: str) -> str | None:
    r"""Join the texts of a list, unless it takes more than a look at its JSON.

    >>> _joined('["甲","乙"]'), _joined('["甲; 乙","丙"]'), _joined('["\\"甲"]')
    ('甲; 乙', None, None)
    """
    if "\\" in items or items[:2] != '["' or items[2] == "[":
        return None
    joined = items[2:-2].replace('","', BETWEEN)
    return joined if joined.count(BETWEEN) == items.count('","') else None


def _letter(profile: Cells, nothing: bytes) -> Callable[[bytes | None], bytes]:
    write = profile.of(COLUMNS[_TEXT])
    is_letter = profile.is_letter

    def cell(text: bytes | None) -> bytes:
        if not text:
            return nothing
        return _quoted(text) if is_letter(text) else quoted(write(text.decode())).encode()

    return cell


def _quoted(text: bytes) -> bytes:
    """Return what ``quoted`` does, in UTF-8: each sign is looked for by itself, which is fast."""
    if b'"' in text:
        return b'"%b"' % text.replace(b'"', b'""')
    return b'"%b"' % text if b"\n" in text or b"," in text or b"\r" in text else text


def _value(column: Column) -> Write:
    """Return what writes a value of a column as JSON."""
    if column.many:
        return Known(_list_in_json, _LONG).__getitem__
    return said if differs(column) else Known(said).__getitem__


def _list_in_json(items: str) -> str:
    return said(json.loads(items)) if items else "[]"


def _letter_in_json(text: bytes | None) -> bytes:
    if text is None:
        return b"null"
    if not has_none(text):
        return said(text.decode()).encode()
    text = text.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"%b"' % text.replace(b"\n", b"\\n").replace(b"\t", b"\\t")
