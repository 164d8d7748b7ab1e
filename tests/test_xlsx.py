"""The workbook, read back by openpyxl and by LibreOffice: every cell says what the archive says."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from replyarc.errors import DiskFull, ReplyarcError
from replyarc.export import xlsx
from replyarc.export.columns import chosen
from replyarc.export.excel import LONGEST
from replyarc.export.file import write_file
from replyarc.export.flat import COLUMNS, Row, as_json
from replyarc.export.legible import legible
from replyarc.export.tables import Headers, Profile, Style
from replyarc.export.xlsx import CUT, pieces, units, write_xlsx
from replyarc.model import Attachment, Contact, Kind, Reply

HOSTILE = {
    "a formula": "=1+1",
    "a command": "=cmd|' /C calc'!A0",
    "another formula": "@SUM(1)",
    "a number with zeros": "0079",
    "a month": "2019-12",
    "many digits": "12345678901234567890",
    "an escape": "\x1b[31m红\x1b[0m",
    "NUL": "a\0b",
    "right to left": "\u202e答复\u200f",
    "markup of a screen": "[/a][bold]",
    "markup of a page": "<script>alert(1)</script> &amp; <b>",
    "markup of XlsxWriter": "<r><t>养老</t></r>",
    "an escape of Excel": "_x0041_ _x000D_",
    "an address": "http://www.qingyuan.gov.test/1.html",
    "an apostrophe": "'0079",
    "half a character": "养\ud800老",
    "no character": "\ufffe\uffff",
    "blanks": "  前后  ",
    "a tab": "\t养\t老",
    "lines": "一\r\n二\n三",
    "an emoji": "𠮷😀",
    "an array": "{=1+1}",
}
FULL = Reply(
    id="mfzhq4xk2b7d",
    url="http://www.qingyuan.gov.test/1.html",
    title="关于第0079号建议的答复",
    keywords=("养老", "助餐"),
    published_on=date(1899, 6, 4),
    kind=Kind.PROPOSAL,
    term=14,
    session=2,
    proposal_numbers=("0079",),
    contacts=(Contact("李青山", ("0730-1234567",)),),
    attachments=(Attachment("附件.pdf", "http://a.gov.test/1.pdf"),),
    last_seen_at=datetime(2024, 5, 1, 8, tzinfo=UTC),
    text="周小溪代表：\n感谢您。",
)
TITLES = Style(columns=chosen("title"))


class Full(io.BytesIO):
    """A stream on a disk that is full after some bytes."""

    def write(self, some: Any) -> int:
        if self.tell() + len(some) > 1_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(some)


def written(*replies: Reply, style: Style | None = None) -> bytes:
    out = io.BytesIO()
    assert write_xlsx(map(as_json, replies), out, style or Style()) == len(replies)
    return out.getvalue()


def opened(*replies: Reply, style: Style | None = None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(*replies, style=style)))


def test_every_value_is_there_under_its_heading_and_only_whole_numbers_are_numbers() -> None:
    [sheet] = opened(FULL)
    headings, values = sheet.iter_rows(values_only=True)
    assert sheet.title == "答复"
    assert list(headings) == [column.title for column in COLUMNS]
    said = dict(zip([column.name for column in COLUMNS], values, strict=True))
    assert {name: value for name, value in said.items() if value is not None} == {
        "id": "mfzhq4xk2b7d",
        "url": "http://www.qingyuan.gov.test/1.html",
        "title": "关于第0079号建议的答复",
        "keywords": "养老; 助餐",
        "published_on": "1899-06-04",
        "kind": "提案",
        "term": 14,
        "session": 2,
        "proposal_numbers": "0079",
        "contacts": '[{"name": "李青山", "phones": ["0730-1234567"]}]',
        "attachments": '[{"name": "附件.pdf", "url": "http://a.gov.test/1.pdf", "sha256": null}]',
        "last_seen_at": "2024-05-01T08:00:00Z",
        "text": "周小溪代表：\n感谢您。",
        "version": 1,
    }


def test_the_header_is_frozen_every_row_can_be_filtered_and_columns_have_widths() -> None:
    [sheet] = opened(FULL, FULL, style=Style(columns=chosen("title,term")))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.column_dimensions["A"].width > 50
    assert sheet.column_dimensions["B"].width < 10
    assert sheet["A1"].font.bold


def test_headings_and_the_names_of_sheets_are_english_where_they_are_asked_for() -> None:
    long = Reply(title="养" * (LONGEST + 1))
    for style in (Style(headers=Headers.EN), Style(Profile.RAW)):
        book = opened(long, style=style)
        assert book.sheetnames == ["replies", "full text"]
        assert [cell.value for cell in book["replies"][1]] == [column.name for column in COLUMNS]


@pytest.fixture(scope="module")
def hostile() -> Any:
    """A sheet with the hostile texts as titles, in their order."""
    [sheet] = opened(*(Reply(title=text) for text in HOSTILE.values()), style=TITLES)
    return sheet


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_text_is_a_text_without_what_no_file_can_hold(hostile: Any, name: str) -> None:
    cell = hostile.cell(list(HOSTILE).index(name) + 2, 1)
    # openpyxl leaves the escape of an escape as it is; Excel and LibreOffice take it back
    assert cell.value.replace("_x005F_", "_") == legible(HOSTILE[name])
    assert cell.data_type == "s"
    assert cell.number_format == "@"
    assert cell.hyperlink is None


def test_a_long_letter_is_cut_with_a_mark_and_stands_whole_on_the_second_sheet() -> None:
    text = "养𠮷" * 30_000
    book = opened(
        Reply(id="short", text="短"),
        Reply(id="long", text=text),
        style=Style(columns=chosen("id,正文")),
    )
    cell = book["答复"]["B3"].value
    assert cell.endswith(CUT[True])
    assert text.startswith(cell.removesuffix(CUT[True]))
    assert units(cell) in (LONGEST - 1, LONGEST)
    headings, *rest = book["正文全文"].iter_rows(values_only=True)
    assert headings == ("编号", "行", "栏", "部分", "内容")
    assert [row[:4] for row in rest] == [("long", 3, "正文", part) for part in (1, 2, 3)]
    assert all(units(row[4]) <= LONGEST for row in rest)
    assert "".join(row[4] for row in rest) == text


def test_a_text_that_just_fits_is_whole_and_needs_no_second_sheet() -> None:
    text = "𠮷" * (LONGEST // 2) + "养"
    book = opened(Reply(text=text), style=Style(columns=chosen("text")))
    assert book.sheetnames == ["答复"]
    assert book["答复"]["A2"].value == text


def test_pieces_are_the_text_and_no_longer_than_asked() -> None:
    text = "a𠮷" * 7
    for longest in range(2, 9):
        cut = list(pieces(text, longest))
        assert "".join(cut) == text
        assert max(map(units, cut)) <= longest


def test_a_full_sheet_goes_on_in_a_further_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    style = TITLES
    book = opened(*(Reply(title=f"第{number}号") for number in range(5)), style=style)
    assert book.sheetnames == ["答复", "答复 2", "答复 3"]
    shown = [[cell.value for cell in sheet["A"]] for sheet in book]
    assert shown == [["标题", "第0号", "第1号"], ["标题", "第2号", "第3号"], ["标题", "第4号"]]
    assert [sheet.auto_filter.ref for sheet in book] == ["A1:A3", "A1:A3", "A1:A2"]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}


def test_without_replies_there_are_the_headings() -> None:
    [sheet] = opened(style=TITLES)
    assert list(sheet.iter_rows(values_only=True)) == [("标题",)]


def test_the_same_replies_give_the_same_bytes_and_the_book_says_what_it_is() -> None:
    style = Style(about="提案 · 2023")
    assert written(FULL, style=style) == written(FULL, style=style)
    told = opened(FULL, style=style).properties
    assert told.creator.startswith("replyarc ")
    assert "建议提案答复" in told.title
    assert told.subject == "提案 · 2023"
    assert told.created == datetime(2024, 5, 1, 8)


def test_a_number_that_excel_cannot_hold_exactly_is_a_text() -> None:
    row = {**as_json(Reply()), "term": 10**15, "session": 10**15 - 1}
    out = io.BytesIO()
    write_xlsx([row], out, Style(columns=chosen("term,session")))
    [sheet] = openpyxl.load_workbook(out)
    assert [cell.value for cell in sheet[2]] == ["1000000000000000", 10**15 - 1]


def test_a_stream_that_cannot_go_back_gets_the_same_bytes() -> None:
    class Pipe(io.RawIOBase):
        got = b""

        def writable(self) -> bool:
            return True

        def write(self, some: Any) -> int:
            self.got += bytes(some)
            return len(some)

    pipe = Pipe()
    write_xlsx([as_json(FULL)], pipe, Style())  # type: ignore[arg-type]  # as far as it is used
    assert pipe.got == written(FULL)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OSError, match="No space left"):
        write_xlsx([as_json(FULL)] * 50, Full(), Style())
    path = tmp_path / "a.xlsx"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"a\.xlsx: the disk is full"):
        write_file(path, "xlsx", [as_json(FULL)])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_archive_that_fails_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    there: list[Path] = []

    def damaged() -> Iterator[Row]:
        yield as_json(FULL)
        there.extend(tmp_path.iterdir())
        raise ReplyarcError("damaged")

    with pytest.raises(ReplyarcError, match="damaged"):
        write_file(tmp_path / "a.xlsx", "xlsx", damaged())
    assert len(there) == 2, "the file in the making, and the rows beside it, not on another disk"
    assert list(tmp_path.iterdir()) == []


def test_without_xlsxwriter_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ReplyarcError, match=r'pip install "replyarc\[xlsx\]"'):
        write_xlsx([], io.BytesIO(), Style())
