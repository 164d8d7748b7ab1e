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
LETTER: Final = "text"
_MOST: Final = 10_000
_LONG: Final = 100


class Known(dict[Any, str]):
    """What was written for the short values of a column; it forgets all when it holds many."""

    def __init__(self, write: Write, longest: int = _LONG) -> None:
        super().__init__()
        self._write = write
        self._longest = longest

    def __missing__(self, value: Any) -> str:
        """Write a value that is not known."""
        written = self._write(value)
        if len(written) <= self._longest:
            if len(self) >= _MOST:
                self.clear()
            self[value] = written
        return written


class Cells(NamedTuple):
    """How a profile writes the cells of a table, before their quotation marks.

    ``of`` returns what writes the values of a column; it is never given ``None``, nor an empty
    list. ``is_bare`` tells, fast, of most texts that are written as they are that they are;
    ``bare_cell`` says the same of a column as a regular expression, and the empty cell is one.
    ``is_letter`` tells of a text in UTF-8 that it needs nothing but quotation marks around it.
    """

    of: Callable[[Column], Write]
    is_bare: Callable[[str], object]
    bare_cell: Callable[[Column], str]
    is_letter: Callable[[bytes], bool]


def table_row(columns: Sequence[Column], profile: Cells) -> Callable[[Row], bytes]:
    """Return what writes a row of CSV; quoted is what has to be (RFC 4180), as by `csv.writer`."""
    cells = _cells(columns, lambda column: _quoting(column, profile))
    if len(columns) == 1:  # one cell alone is never nothing
        return lambda reply: (cells(reply)[0] or '""').encode() + b"\r\n"
    return lambda reply: f"{','.join(cells(reply))}\r\n".encode()


def json_line(columns: Sequence[Column]) -> Callable[[Row], str]:
    """Return what writes the object of a row in a line, as `json.dumps` does."""
    template = ", ".join(f'"{column.name}": %s' for column in columns)
    template = f"{{{template}}}\n"
    cells = _cells(columns, lambda _: said)
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
    return _listing(column, profile.of(column)) if column.many else written_alone(column, profile)


def written_alone(column: Column, profile: Cells) -> Write:
    """Return what writes one value as a cell, in quotation marks where it has to be."""
    write, is_bare = profile.of(column), profile.is_bare
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
    return write if differs(column) or column.many else Known(write).__getitem__


def differs(column: Column) -> bool:
    """Tell of a column that most replies say there what no other does."""
    return column.name in _ITS_OWN or column.kind is datetime


_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode


def said(value: Any) -> str:
    """Write a value as JSON, Chinese left readable."""
    return "[]" if value == [] else _JSON(value)
