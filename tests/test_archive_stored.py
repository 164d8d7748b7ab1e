"""Replies value by value, for the tables: the same as those that are read as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.archive.stored import stored
from replyarc.errors import ArchiveError
from replyarc.export.flat import COLUMNS
from replyarc.export.stored import row_of
from tests.blank import blank
from tests.test_merge import Page


def changed(archive: Archive, column: str, value: str | None) -> None:
    with archive.transaction() as db:
        db.execute(f"update replies set {column} = ?", [value])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("contacts", '[{"name":"李"},{"phones":["0990-1"]}]'),
        ("attachments", '[{"name":"附件","url":"http://www.qingyuan.gov.test/1.pdf"}]'),
        ("keywords", '["养老", "a\\"b" ]'),
        ("keywords", "[]"),
        ("text", None),
        ("gone_at", "2024-05-01T08:00:00.000000Z"),
    ],
    ids=["contacts", "attachments", "spaces", "empty", "no letter", "instant"],
)
def test_stored_values_say_what_the_json_says(
    tmp_path: Path, column: str, value: str | None
) -> None:
    with blank(tmp_path / "a.db") as archive:
        Page().file(archive)
        changed(archive, column, value)
        told = [*archive.said()]
        assert [row_of(each, COLUMNS) for each in stored(archive, Query())] == told
        assert told


@pytest.mark.parametrize("value", ["[", '{"a":1}', '["a"]]'])
def test_a_list_that_cannot_be_read_names_the_archive_and_the_column(
    tmp_path: Path, value: str
) -> None:
    with blank(tmp_path / "a.db") as archive:
        Page().file(archive)
        changed(archive, "keywords", value)
        with pytest.raises(ArchiveError, match=r"a\.db.*keywords"):
            list(stored(archive, Query()))


def test_limit_offset_and_filters_hold(tmp_path: Path) -> None:
    with blank(tmp_path / "a.db") as archive:
        Page().file(archive)
        query = Query(limit=1, offset=1)
        assert [*stored(archive, query)] == []
        assert [*stored(archive, Query(year=1900))] == []
        assert len([*stored(archive, Query(limit=1))]) == 1
