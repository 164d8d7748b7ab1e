"""Replies as a table and as lines of JSON.

A writer takes replies one by one and writes bytes as it goes, so that an archive of any size is
exported in the same memory. Encoding and line ends are the format's own, never the platform's.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from replyarc.export import excel, raw
from replyarc.export.flat import COLUMNS, Column, Row, Stored
from replyarc.export.lines import Cells, json_line, quoted, table_row
from replyarc.export.stored import row_of, stored_line, stored_row


class Profile(StrEnum):
    """For whom a table is written: a person with a spreadsheet, or a program."""

    EXCEL = "excel"
    RAW = "raw"


class Headers(StrEnum):
    """The language of a table's headings; English ones are the keys of the JSON."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written.

    ``headers`` is ``None`` where the profile's own hold: zh for excel, en for raw. JSON Lines has
    no headings and one form only: of a style it takes the columns. ``about`` says in words which
    replies they are; empty where they are all of the archive.
    """

    profile: Profile = Profile.EXCEL
    headers: Headers | None = None
    columns: tuple[Column, ...] = COLUMNS
    about: str = ""

    @property
    def headings(self) -> list[str]:
        """The first row of a table."""
        own = Headers.ZH if self.profile is Profile.EXCEL else Headers.EN
        chinese = (self.headers or own) is Headers.ZH
        return [column.title if chinese else column.name for column in self.columns]


CELLS: Final[dict[Profile, Cells]] = {
    Profile.EXCEL: Cells(excel.cell_of, excel.is_bare, excel.bare_cell, excel.is_letter),
    Profile.RAW: Cells(raw.cell_of, raw.is_bare, raw.bare_cell, raw.is_letter),
}


def write_csv(replies: Iterable[Row | Stored], out: BinaryIO, style: Style) -> int:
    """Write a CSV (RFC 4180, UTF-8): the headings, then a row for each reply."""
    if style.profile is Profile.EXCEL:
        out.write(codecs.BOM_UTF8)  # without it, Excel takes Chinese for the local code page
    out.write((",".join(map(quoted, style.headings)) + "\r\n").encode())
    row = table_row(style.columns, CELLS[style.profile])
    stored = stored_row(style.columns, CELLS[style.profile])
    write, count = out.write, 0
    for reply in replies:
        if isinstance(reply, tuple):
            for piece in stored(reply):
                write(piece)
        else:
            write(row(reply))
        count += 1
    return count


def write_jsonl(replies: Iterable[Row | Stored], out: BinaryIO, style: Style) -> int:
    """Write JSON Lines (UTF-8): one object for each reply, the keys of the contract in order."""
    line, stored = json_line(style.columns), stored_line(style.columns)
    count = 0
    for reply in replies:
        try:
            written: tuple[bytes, ...] = (
                stored(reply) if isinstance(reply, tuple) else (line(reply).encode(),)
            )
        except UnicodeEncodeError:  # half of a surrogate pair: only an escape can hold it
            written = (_escaped(reply, style.columns),)
        for piece in written:
            out.write(piece)
        count += 1
    return count


def _escaped(reply: Row | Stored, columns: Sequence[Column]) -> bytes:
    row = row_of(reply, columns) if isinstance(reply, tuple) else reply
    return json.dumps({column.name: row[column.name] for column in columns}).encode() + b"\n"
