"""Rows of CSV and lines of JSON, put together by what each column needs, which is settled once.

Of an archive of any size most columns say the same few things again and again: what was written
for a value is remembered, and written again. Only what differs from reply to reply, the letter
above all, is looked at each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple

from replyarc.export.flat import Column, Row

Write = Callable[[Any], str]
"""Writes a value of one column."""

_ITS_OWN: Final = frozenset(
    {"id", "url", "title", "index_number", "document_number", "text", "sha256"}
)
_LETTER: Final = "text"
_MOST: Final = 2_000
_LONG: Final = 100


class Known(dict[Any, str]):
    """What was written for the short values of a column; it forgets all when it holds many."""

    def __init__(self, write: Write) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Any) -> str:
        """Write a value that is not known."""
        written = self._write(value)
        if len(written) <= _LONG:
            if len(self) >= _MOST:
                self.clear()
            self[value] = written
        return written


class Cells(NamedTuple):
    """How a profile writes the cells of a table, before their quotation marks.

    ``of`` returns what writes the values of a column; it is never given ``None``, nor an empty
    list. ``is_bare`` tells, fast, of most texts that are written as they are that they are.
    ``is_letter`` tells of a text in UTF-8 that it needs nothing but quotation marks around it.
    """

    of: Callable[[Column], Write]
    is_bare: Callable[[str], object]
    is_letter: Callable[[bytes], bool]


def table_row(
    columns: Sequence[Column], profile: Cells
) -> Callable[[Row], tuple[bytes, bytes, bytes]]:
    """Return what writes a row of CSV: what is before the letter, the letter, and the rest.

    Quoted is what has to be (RFC 4180), as by `csv.writer`. The letter, which is most of a row, is
    copied as little as can be, and least where it comes in UTF-8.
    """
    cells = _cells(columns, lambda column: _quoting(column, profile))
    if _LETTER not in (column.name for column in columns):
        alone = b'""' if len(columns) == 1 else b""  # one cell alone is never nothing
        return lambda reply: (",".join(cells(reply)).encode() or alone, b"", b"\r\n")
    at = [column.name for column in columns].index(_LETTER)
    letter = _letter(columns[at], profile, b'""' if len(columns) == 1 else b"")

    def row(reply: Row) -> tuple[bytes, bytes, bytes]:
        each = cells(reply)  # that of the letter is empty: a comma comes before it, and after it
        end = ",".join(each[at:]) + "\r\n"
        return ",".join(each[: at + 1]).encode(), letter(reply[_LETTER]), end.encode()

    return row


def _letter(column: Column, profile: Cells, nothing: bytes) -> Callable[[Any], bytes]:
    """Return what writes a letter, which comes as a text or in UTF-8."""
    write, is_letter = profile.of(column), profile.is_letter

    def cell(text: str | bytes | None) -> bytes:
        if not text:
            return nothing
        if isinstance(text, bytes):
            if is_letter(text):
                return _quoted_bytes(text)
            text = text.decode()
        return quoted(write(text)).encode()

    return cell


def _quoted_bytes(text: bytes) -> bytes:
    """Return what ``quoted`` does, in UTF-8: each sign is looked for by itself, which is fast."""
    if b'"' in text:
        return b'"%b"' % text.replace(b'"', b'""')
    return b'"%b"' % text if b"\n" in text or b"," in text or b"\r" in text else text


def json_line(columns: Sequence[Column]) -> Callable[[Row], str]:
    """Return what writes the object of a row in a line, as `json.dumps` does."""
    template = ", ".join(f'"{column.name}": %s' for column in columns)
    template = f"{{{template}}}\n"
    cells = _cells(columns, lambda _: _said)
    return lambda reply: template % tuple(cells(reply))


def quoted(cell: str) -> str:
    r"""Return a cell in quotation marks, where a comma, a line end or a mark is in it.

    >>> quoted("答复"), quoted('甲"乙'), quoted("一,二"), quoted("一\n二")
    ('答复', '"甲""乙"', '"一,二"', '"一\n二"')
    """
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    if "\n" in cell or "," in cell or "\r" in cell:
        return '"' + cell + '"'
    return cell


def _quoting(column: Column, profile: Cells) -> Write:
    """Return what writes a cell of a column, in quotation marks where it has to be."""
    if column.name == _LETTER:
        return lambda _: ""
    write, is_bare = profile.of(column), profile.is_bare
    if column.many:
        return _listing(column, write)
    if column.kind is int:
        return lambda number: "" if number is None else str(number)

    def cell(text: str | None) -> str:
        if text is None:
            return ""
        return text if is_bare(text) else quoted(write(text))

    return cell


def _listing(column: Column, write: Write) -> Write:
    """Return what writes the cell of a list, and remembers it as that of its items."""
    key: Callable[[list[Any]], Any] = tuple if column.kind is str else repr
    known: dict[Any, str] = {}

    def cell(items: list[Any]) -> str:
        if not items:
            return ""
        same = key(items)
        written = known.get(same)
        if written is None:
            if len(known) >= _MOST:
                known.clear()
            written = known[same] = quoted(write(items))
        return written

    return cell


def _cells(
    columns: Sequence[Column], writing: Callable[[Column], Write]
) -> Callable[[Row], list[str]]:
    """Return what writes the values of a row, one by one."""
    writes = [_remembering(column, writing(column)) for column in columns]
    if len(columns) == 1:
        (write,), name = writes, columns[0].name
        return lambda reply: [write(reply[name])]
    values = itemgetter(*(column.name for column in columns))
    return lambda reply: [write(value) for write, value in zip(writes, values(reply), strict=True)]


def _remembering(column: Column, write: Write) -> Write:
    differs = column.name in _ITS_OWN or column.kind is datetime
    return write if differs or column.many else Known(write).__getitem__


_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode


def _said(value: Any) -> str:
    return "[]" if value == [] else _JSON(value)
