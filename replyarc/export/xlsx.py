"""A workbook for a person with a spreadsheet (XLSX), written row by row in the same memory.

Every cell is a text but those of whole numbers, in columns formatted as text: nothing in it is a
formula or a link, nor becomes one when a person edits the cell, and ``0079`` and ``2019-12`` stay
what they are. Days and instants are texts too, as in every other export: they sort rightly, stay
the same in every spreadsheet and time zone, and a day before 1900 has no number in Excel.

A cell holds 32,767 units of UTF-16. A longer text is cut, with a mark that can be seen, and stands
whole on a further sheet, in pieces. Rows beyond the 1,048,576 of a sheet go on in a further one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from replyarc import __version__
from replyarc.export.excel import LONGEST
from replyarc.export.flat import Column, Row
from replyarc.export.leftover import PREFIX
from replyarc.export.legible import legible
from replyarc.export.raw import BETWEEN, nested
from replyarc.export.sink import Sink, beside
from replyarc.export.tables import Style
from replyarc.extras import require

ROWS: Final = 1_048_576
"""What a sheet of Excel holds, the headings with it."""

SHEETS: Final = {True: ("答复", "正文全文"), False: ("replies", "full text")}
"""The names of the two sheets, Chinese or English; a further one has its number behind."""

CUT: Final = {
    True: "…【此处截断，全文见工作表“正文全文”】",
    False: "… [cut here; the whole stands on the sheet “full text”]",
}
"""What a text ends with that is cut."""

_PIECES: Final = {
    True: ("编号", "行", "栏", "部分", "内容"),
    False: ("id", "row", "column", "part", "text"),
}
_PIECE_WIDTHS: Final = (16, 8, 14, 8, 100)
_WIDTHS: Final = {
    **{"url": 40, "title": 60, "index_number": 24, "document_number": 22, "publisher": 22},
    **{"responsible_unit": 22, "answered_by": 22, "proposal_titles": 40, "text": 60},
    **{"term": 6, "session": 8, "version": 6, "kind": 8, "assembly": 8, "attachments": 30},
    **{"first_seen_at": 21, "last_seen_at": 21, "changed_at": 21, "gone_at": 21, "sha256": 20},
}
_WIDTH: Final = 14
_EXACT: Final = 10**15
"""From here on Excel has no whole numbers."""

_HALF: Final = range(0xD800, 0xDC00)
_FIRST: Final = datetime(1980, 1, 1)  # of UTC, as all of them


def write_xlsx(replies: Iterable[Row], out: BinaryIO, style: Style) -> int:
    """Write a workbook; return how many replies are in it.

    The same replies give the same bytes. The rows are kept on the disk until the end, beside the
    file where it has a place: room for three times their text is needed. Raises ReplyarcError
    where XlsxWriter is not installed.
    """
    require("xlsxwriter", "XlsxWriter", "an xlsx is written by", "xlsx")
    from xlsxwriter.exceptions import FileCreateError

    with (
        TemporaryDirectory(prefix=PREFIX, dir=beside(out)) as folder,
        Sink(out) as sink,
    ):
        book = _Book(sink, folder, style)
        try:
            return book.write(replies)
        except FileCreateError as error:  # how XlsxWriter says OSError
            raise error.args[0] from error
        finally:
            book.close()


class _Book:
    """A workbook in the making."""

    def __init__(self, sink: Sink, folder: str, style: Style) -> None:
        from xlsxwriter import Workbook

        self._style = style
        self._chinese = [column.title for column in style.columns] == style.headings
        own = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        self._book = Workbook(sink, own)
        name, whole = SHEETS[self._chinese]
        widths = [_WIDTHS.get(column.name, _WIDTH) for column in style.columns]
        self._sheet = _Sheet(self._book, name, style.headings, widths)
        self._whole = _Sheet(self._book, whole, _PIECES[self._chinese], _PIECE_WIDTHS)
        self._newest = ""

    def write(self, replies: Iterable[Row]) -> int:
        """Write all of it; return how many replies there are."""
        self._sheet.begin()
        count = 0
        for reply in replies:
            count += 1
            self._sheet.add(self._cells(reply))
            self._newest = max(self._newest, reply["last_seen_at"] or "")
        self._sheet.end()
        self._whole.end()
        self._describe()
        self._book.close()
        return count

    def close(self) -> None:
        """Let go of the rows on the disk, where the book came to no end."""
        for sheet in self._book.worksheets():
            sheet._opt_close()

    def _cells(self, reply: Row) -> Iterator[str | int | None]:
        for number, column in enumerate(self._style.columns):
            value = _cell(reply[column.name], column)
            if isinstance(value, str) and len(value) * 2 > LONGEST and units(value) > LONGEST:
                yield self._cut(value, reply["id"], self._style.headings[number])
            else:
                yield value

    def _cut(self, text: str, key: str, heading: str) -> str:
        """Put a text whole on the second sheet; return what the cell has room for."""
        row = self._sheet.row + 1  # as the person who looks for it counts
        for part, piece in enumerate(pieces(text), 1):
            self._whole.add((legible(key), row, heading, part, piece))
        mark = CUT[self._chinese]
        return next(pieces(text, LONGEST - units(mark))) + mark

    def _describe(self) -> None:
        newest = self._newest
        created = datetime.strptime(newest, "%Y-%m-%dT%H:%M:%SZ") if newest else _FIRST
        told = {
            "title": "建议提案答复 · replies to suggestions and proposals",
            "subject": legible(self._style.about)[:255],
            "author": f"replyarc {__version__}",
            "comments": "All cells are text but whole numbers. Days are days in China, "
            "instants are UTC.",
            "created": max(created, _FIRST),
        }
        self._book.set_properties(told)


class _Sheet:
    """Sheets of one kind: the first is there when it is needed, the next when one is full."""

    def __init__(
        self, book: Any, name: str, headings: Sequence[str], widths: Sequence[int]
    ) -> None:
        self._book, self._name, self._headings, self._widths = book, name, headings, widths
        self._texts = book.add_format({"num_format": "@", "valign": "top"})
        self._bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
        self._sheet: Any = None
        self._number = 0
        self.row = 0
        """The row that is written next, from 0."""

    def begin(self) -> None:
        """Begin a sheet with its headings."""
        self._number += 1
        name = self._name if self._number == 1 else f"{self._name} {self._number}"
        self._sheet = sheet = self._book.add_worksheet(name)
        for column, (heading, width) in enumerate(zip(self._headings, self._widths, strict=True)):
            sheet.set_column(column, column, width, self._texts)
            sheet.write_string(0, column, heading, self._bold)
        sheet.set_default_row(16)  # else a letter is as high as it has lines
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)  # on paper too the headings stand above every page
        sheet.set_landscape()
        self.row = 1

    def add(self, cells: Iterable[str | int | None]) -> None:
        """Write a row."""
        if self._sheet is None or self.row == ROWS:
            self.end()
            self.begin()
        sheet, row = self._sheet, self.row
        for column, value in enumerate(cells):
            if value is None or value == "":
                continue
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value.startswith("<r>") and value.endswith("</r>"):
                # XlsxWriter takes such a text for XML of its own and does not escape it
                sheet.write_rich_string(row, column, value[0], self._texts, value[1:], self._texts)
            else:
                sheet.write_string(row, column, value)
        self.row += 1

    def end(self) -> None:
        """Let the sheet be filtered, by every column and over all rows."""
        if self._sheet is not None:
            self._sheet.autofilter(0, 0, self.row - 1, len(self._headings) - 1)


def _cell(value: Any, column: Column) -> str | int | None:
    if value is None or value == []:
        return None
    if isinstance(value, int):
        return value if abs(value) < _EXACT else str(value)
    if column.many:
        value = BETWEEN.join(value) if column.kind is str else nested(value)
    return legible(value)


def units(text: str) -> int:
    """Return how long Excel says that a text is.

    >>> units("养老"), units("𠮷")
    (2, 2)
    """
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Yield a text in pieces that fit in a cell, no character torn; joined they are the text.

    >>> list(pieces("养老𠮷服务", 3))
    ['养老', '𠮷服', '务']
    """
    left = text.encode("utf-16-le")
    at = 0
    while at < len(left):
        end = min(at + 2 * longest, len(left))
        if end < len(left) and int.from_bytes(left[end - 2 : end], "little") in _HALF:
            end -= 2
        yield left[at:end].decode("utf-16-le")
        at = end
