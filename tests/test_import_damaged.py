"""WARC of replyarc that are cut, damaged or made up: what is whole is taken, and all is sound."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive.evidence_rows import snapshot
from replyarc.archive.store import Archive
from replyarc.archive.told_rows import check
from replyarc.archive.verifying import verify
from replyarc.export.file import write_archive
from replyarc.export.warc_records import Record as Written
from replyarc.export.warc_records import rows_record
from replyarc.importing.outcome import Imported
from replyarc.importing.records import records
from replyarc.importing.take import Import, Wish
from tests.blank import blank
from tests.dumping import dump
from tests.test_merge import Page
from tests.test_round_trip import odd_things

DATE = "2024-05-01T08:00:00.000000Z"


@cache
def whole() -> bytes:
    """A WARC of an archive with all there is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with blank(path) as archive:
            for page in (Page(), Page(2, 2, day=1), Page(1, 1, "已经办结。", day=2)):
                page.file(archive)
            odd_things(archive)
            with snapshot(archive) as kept:
                write_archive(path.with_suffix(".gz"), "warc", kept)
        return path.with_suffix(".gz").read_bytes()


@contextmanager
def taken(data: bytes) -> Iterator[tuple[Archive, Imported, Path]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        path.write_bytes(data)
        with blank(Path(folder) / "b.db") as archive:
            outcome = Import(archive, lambda url: None, Wish()).take([path])
            yield archive, outcome, path


@cache
def all_of_it() -> dict[str, Any]:
    """What an archive holds that took the whole WARC."""
    with taken(whole()) as (archive, _, _):
        return dump(archive)


def check_sound(archive: Archive) -> None:
    """Nothing names what is not there, and every body is what it is called."""
    verdict = verify(archive.path)
    assert verdict.whole, verdict.damage
    list(archive.replies())


@settings(max_examples=10)
@given(share=st.floats(0.05, 0.99))
def test_of_a_file_that_was_cut_what_is_whole_is_taken(share: float) -> None:
    cut = int(share * len(whole()))
    with taken(whole()[:cut]) as (archive, outcome, path):
        assert outcome.problems
        check_sound(archive)
        path.write_bytes(whole())
        again = Import(archive, lambda url: None, Wish()).take([path])
        assert again.problems == []
        assert dump(archive)["replies"] == all_of_it()["replies"]
        assert dump(archive)["captures"] == all_of_it()["captures"]


@settings(max_examples=20)
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_bit_that_turned_costs_little_and_is_told(share: float, bit: int) -> None:
    data = bytearray(whole())
    data[int(share * len(data))] ^= 1 << bit
    with taken(bytes(data)) as (archive, outcome, _):
        check_sound(archive)
        if not outcome.problems:  # a bit that says nothing, as the time in a gzip header
            assert dump(archive) == all_of_it()


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        "",
        "x",
        "[]",
        "{}",
        "[1]",
        '{"title": 7}',
        7,
        -1,
        2**70,
        [],
        {},
        "\ud800",
        DATE,
        "é" * 99,
    ]
)


def made_up(change: Any) -> bytes:
    """The whole WARC with its rows changed, and digests that are right."""
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, warc_version="WARC/1.1")
    for number, record in enumerate(records(io.BytesIO(whole()), lambda _: None)):
        if record.target.startswith("urn:replyarc:archive:"):
            table = record.target.split(":")[3]
            lines = [json.loads(line) for line in record.block.splitlines()]
            rows = [json.dumps(change(table, line)).encode() + b"\n" for line in lines]
            writer.write_record(rows_record(table, number, DATE, rows))
        else:
            writer.write_record(_as_it_was(record))
    return out.getvalue()


def _as_it_was(record: Any) -> Written:
    from replyarc.export.warc_records import record as written

    told = ("warc-type", "content-type", "content-length", "warc-block-digest")
    fields = [each for each in record.fields if each[0].lower() not in told]
    return written(record.kind, fields, record.field("Content-Type"), record.block)


def test_rows_that_are_only_written_anew_give_the_same_archive() -> None:
    with taken(made_up(lambda _, row: row)) as (archive, outcome, _):
        assert outcome.problems == []
        assert dump(archive) == all_of_it()


@settings(max_examples=30)
@given(data=st.data())
def test_rows_that_are_made_up_never_break_the_archive(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(["contents", "readings", "captures", "crawls", "entries"]))
    column, value = data.draw(st.integers(0, 30)), data.draw(ODD)

    def change(of: str, row: dict[str, Any]) -> dict[str, Any]:
        return row | {list(row)[column % len(row)]: value} if of == table else row

    with taken(made_up(change)) as (archive, outcome, _):
        check_sound(archive)
        assert outcome.new <= 4


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("sqlite_master", {"name": "x"}, "there is no table"),
        ("sources", {"name": "x", "x) values (1); --": 1}, "sources has no column"),
        ("sources", {"name": None}, "sources.name is not told"),
        ("sources", {"name": "x", "urls": "{}"}, "sources.urls cannot be"),
        ("_robots", {"origin": "x", "text": "", "fetched_at": "2024-05-01"}, "cannot be"),
        ("contents", {"fingerprint": "x", "fields": "{}"}, "contents.fingerprint cannot be"),
        ("contents", {"fingerprint": "0" * 64, "fields": "{}"}, "not what its fingerprint says"),
        ("entries", {"source": "a", "url": "b", "state": "new"}, "entries.state cannot be"),
    ],
)
def test_a_row_that_cannot_be_one_is_refused(table: str, row: dict[str, Any], said: str) -> None:
    with TemporaryDirectory() as folder, blank(Path(folder) / "a") as archive:
        columns = archive.db.table(table).columns_dict if table != "sqlite_master" else {}
        with pytest.raises(ValueError, match=said):
            check(table, row, columns)


def test_a_file_of_a_newer_replyarc_is_refused() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc"
        head = b"software: replyarc/9\r\nreplyarc-archive-format: 99\r\n"
        path.write_bytes(
            b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
            % (len(head), head)
        )
        with blank(Path(folder) / "b.db") as archive:
            outcome = Import(archive, lambda url: None, Wish()).take([path])
        assert "written by a newer replyarc (archive format 99" in outcome.problems[0]
