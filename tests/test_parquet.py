"""The Parquet file, read back by pyarrow and by DuckDB: the values of the archive, with types."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.errors import DiskFull, ReplyarcError
from replyarc.export import parquet
from replyarc.export.columns import chosen
from replyarc.export.file import write_file
from replyarc.export.flat import COLUMNS, Row, as_json
from replyarc.export.legible import whole
from replyarc.export.parquet import write_parquet
from replyarc.export.tables import Headers, Profile, Style
from replyarc.model import Attachment, Contact, Kind, Reply
from tests.blank import blank
from tests.test_export import REPLIES
from tests.test_merge import Page

FULL = Reply(
    id="mfzhq4xk2b7d",
    title="=1+1",
    index_number="0079",
    keywords=("养老", "a; b"),
    written_on=date(1, 1, 1),
    published_on=date(9999, 12, 31),
    kind=Kind.PROPOSAL,
    term=14,
    contacts=(Contact("李青山", ("0730-1234567",)), Contact("周小溪")),
    attachments=(Attachment("附件.pdf", "http://a.gov.test/1.pdf"),),
    first_seen_at=datetime(1, 1, 1, tzinfo=UTC),
    last_seen_at=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    text="周小溪代表：\n感谢您。\0\x1b",
)


def written(rows: Sequence[Row], style: Style | None = None) -> bytes:
    out = io.BytesIO()
    assert write_parquet(rows, out, style or Style()) == len(rows)
    return out.getvalue()


def plain(value: Any) -> Any:
    """Return a value that was read back as the JSON of the contract has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


def read(body: bytes) -> list[dict[str, Any]]:
    rows = pq.read_table(io.BytesIO(body)).to_pylist()
    return [{name: plain(value) for name, value in row.items()} for row in rows]


@settings(max_examples=15, deadline=None)
@given(replies=st.lists(REPLIES, max_size=2))
def test_every_value_comes_back(replies: list[Reply]) -> None:
    rows = [_bounded(as_json(reply)) for reply in replies]
    assert read(written(rows)) == list(map(whole, rows))


def _bounded(row: Row) -> Row:
    """Return a row with numbers that an archive can hold: they have 64 bits."""
    return {name: value % 2**63 if type(value) is int else value for name, value in row.items()}


def test_what_an_archive_says_comes_back_to_pyarrow_and_to_duckdb(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with blank(tmp_path / "a.db") as archive:
        for number in range(1, 4):
            Page(number, number, index=None).file(archive)
        said = list(archive.said())
    assert write_file(path, "parquet", said).rows == 3
    assert read(path.read_bytes()) == said
    with duckdb.connect() as db:
        db.execute("set TimeZone = 'UTC'")
        found = db.execute(f"select * from '{path}'")
        names = [column[0] for column in found.description or ()]
        assert [dict(zip(names, map(plain, row), strict=True)) for row in found.fetchall()] == said


def test_duckdb_reads_every_type() -> None:
    with duckdb.connect() as db:
        db.execute("set TimeZone = 'UTC'")
        db.register("replies", pq.read_table(io.BytesIO(written([as_json(FULL)]))))
        asked = "title, kind, term, keywords, written_on, contacts, attachments, session, copied_to"
        assert db.execute(f"select {asked} from replies").fetchone() == (
            "=1+1",
            "提案",
            14,
            ["养老", "a; b"],
            date(1, 1, 1),
            [{"name": "李青山", "phones": ["0730-1234567"]}, {"name": "周小溪", "phones": []}],
            [{"name": "附件.pdf", "url": "http://a.gov.test/1.pdf", "sha256": None}],
            None,
            [],
        )


def test_the_file_says_what_it_is_and_each_column_its_heading() -> None:
    schema = pq.read_schema(io.BytesIO(written([], Style(about="提案 · 2023"))))
    told = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert told["replyarc:schema"] == "1"
    assert told["replyarc:about"] == "提案 · 2023"
    assert told["replyarc:version"]
    assert schema.names == [column.name for column in COLUMNS]
    assert [field.metadata[b"title"].decode() for field in schema] == [
        column.title for column in COLUMNS
    ]


def test_types_are_what_a_notebook_expects_and_only_what_may_be_unsaid_is_null() -> None:
    schema = pq.read_schema(io.BytesIO(written([])))
    types = {field.name: str(field.type) for field in schema}
    assert types["term"] == "int64"
    assert types["written_on"] == "date32[day]"
    assert types["changed_at"] == "timestamp[ms, tz=UTC]"
    assert types["keywords"] == "list<element: string>"
    assert types["kind"].startswith("dictionary<values=string")
    assert {field.name for field in schema if not field.nullable} == {
        *("id", "url", "source", "title", "text", "version", "sha256"),
        *(column.name for column in COLUMNS if column.many),
    }


def test_of_a_style_the_columns_count_and_headings_are_always_the_keys() -> None:
    columns = chosen("标题,正文")
    for style in (Style(Profile.EXCEL, Headers.ZH, columns), Style(Profile.RAW, None, columns)):
        assert read(written([as_json(FULL)], style)) == [{"title": FULL.title, "text": FULL.text}]


def test_groups_are_bounded_by_rows_and_by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 3)
    monkeypatch.setattr(parquet, "GROUP_LETTERS", 100)
    lengths = (1, 1, 1, 1, 99, 1, 200, 1)
    body = written([as_json(Reply(text="养" * length)) for length in lengths])
    meta = pq.ParquetFile(io.BytesIO(body)).metadata
    assert [meta.row_group(at).num_rows for at in range(meta.num_row_groups)] == [3, 2, 2, 1]


def test_the_same_replies_give_the_same_bytes_whatever_stood_in_the_stream_before() -> None:
    out = io.BytesIO()
    out.write(b"before")
    write_parquet([as_json(FULL)], out, Style())
    assert not out.closed
    assert out.getvalue().removeprefix(b"before") == written([as_json(FULL)])


def test_halves_of_characters_become_a_mark_everywhere() -> None:
    broken = Reply(
        title="养\ud800老", keywords=("\udc00",), contacts=(Contact("\ud800", ("\ud800",)),)
    )
    [row] = read(written([as_json(broken)], Style(about="\ud800")))
    assert row["title"] == "养\ufffd老"
    assert row["keywords"] == ["\ufffd"]
    assert row["contacts"] == [{"name": "\ufffd", "phones": ["\ufffd"]}]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, some: Any) -> int:
            if self.tell():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(some)

    with pytest.raises(OSError, match="No space left") as raised:
        write_parquet([as_json(FULL)], Full(), Style())
    assert raised.value.errno == errno.ENOSPC
    path = tmp_path / "a.parquet"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"a\.parquet: the disk is full"):
        write_file(path, "parquet", [as_json(FULL)])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ReplyarcError, match=r'pip install "replyarc\[parquet\]"'):
        write_parquet([], io.BytesIO(), Style())


def test_enums_are_dictionaries_in_the_file() -> None:
    rows = [as_json(Reply(kind=kind)) for kind in (*Kind, None)] * 2
    column = pq.read_table(io.BytesIO(written(rows))).column("kind")
    assert pa.types.is_dictionary(column.type)
    assert column.to_pylist() == [*map(str, Kind), None] * 2
