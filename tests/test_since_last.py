"""--since-last NAME: what is new, changed, gone, back or redacted since the export of that name."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from replyarc.archive import redacting
from replyarc.archive.exports import OtherFilters, since_last
from replyarc.archive.lock import hold
from replyarc.archive.merging import merge
from replyarc.archive.query import Query, in_words
from replyarc.archive.schema import instant
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.errors import ArchiveError
from replyarc.model import Kind
from tests.blank import blank
from tests.killing import Kill, killing
from tests.test_cli import Ran, run
from tests.test_merge import DAY, Page, after, archives, places


def page(number: int, words: str = "感谢您。", day: int = 0, source: str = "mz") -> Page:
    return Page(number, number, words, f"000123456/2024-{number:05}", day, source)


@dataclass
class Place:
    """An archive of three replies, and its exports."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "a.db"

    def export(self, *arguments: str, name: str = "weekly") -> Ran:
        asked = ("export", "-f", "jsonl", "--since-last", name, *arguments)
        return run("--archive", str(self.path), *asked)

    def told(self, *arguments: str, name: str = "weekly") -> list[str]:
        """Export to stdout; return the proposal number of each reply."""
        ran = self.export(*arguments, name=name)
        assert ran.code == (0 if ran.out else 10)
        return sorted(
            number for line in ran.out.splitlines() for number in json.loads(line)[NUMBERS]
        )

    def change(self, *pages: Page) -> None:
        with Archive.open(self.path) as archive:
            for each in pages:
                each.file(archive)

    def execute(self, sql: str, *parameters: object) -> list[Any]:
        connection = sqlite3.connect(self.path)
        try:
            with connection:
                return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()


NUMBERS = "proposal_numbers"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    with blank(tmp_path / "a.db") as archive:
        for number in (1, 2, 3):
            page(number).file(archive)
    return Place(tmp_path)


def test_the_first_tells_all_and_the_next_nothing(place: Place) -> None:
    assert place.told() == ["1", "2", "3"]
    ran = place.export()
    assert (ran.code, ran.out) == (10, "")
    assert "nothing new for the export 'weekly' since 20" in ran.err
    assert place.told(name="another") == ["1", "2", "3"]


def test_what_is_new_and_what_changed_is_told_once(place: Place) -> None:
    place.told()
    place.change(page(4, day=1), page(2, "已经办结，今后将继续推进此项工作。", day=1))
    assert place.told() == ["2", "4"]
    assert place.told() == []


def test_what_was_only_seen_again_is_not_told(place: Place) -> None:
    place.told()
    place.change(page(1, day=3), page(2, day=3))
    assert place.told() == []


def test_what_is_gone_is_told_and_told_again_when_it_is_back(place: Place) -> None:
    place.told()
    gone = "update replies set gone_at = ? where url like '%/1.html'"
    place.execute(gone, instant(after(9)))
    assert place.told() == ["1"]
    place.execute(gone, None)
    assert place.told() == ["1"]
    assert place.told() == []


def test_what_is_redacted_is_told_and_again_when_more_of_it_goes(place: Place) -> None:
    place.told()
    for whole in (False, True):
        with Archive.open(place.path) as archive:
            key = next(each.id for each in archive.replies() if each.proposal_numbers == ("2",))
            redacting.redact(archive, key, "on request", DAY, whole=whole)
        assert place.told() == ["2"]
        assert place.told() == []


def test_with_a_limit_the_others_are_told_the_next_time(place: Place) -> None:
    parts = [place.told("--limit", "2") for _ in range(3)]
    assert [len(part) for part in parts] == [2, 1, 0]
    assert sorted(parts[0] + parts[1]) == ["1", "2", "3"]


def test_a_name_keeps_to_its_filters(place: Place) -> None:
    assert place.told("--kind", "建议", "--year", "2024") == ["1", "2", "3"]
    ran = place.export("--year", "2023")
    assert (ran.code, ran.out) == (2, "")
    assert "'weekly' tells of 建议 · 2024, and now 2023 is asked for" in ran.err
    assert place.told("--year", "2024", "--kind", "建议") == []


def test_leaving_some_out_would_never_tell_them(place: Place) -> None:
    ran = place.export("--offset", "1")
    assert ran.code == 2
    assert "--offset" in ran.err


def test_where_nothing_fits_nothing_is_noted_and_the_file_stays(place: Place) -> None:
    target = place.folder / "a.jsonl"
    target.write_text("old")
    ran = place.export("-o", str(target), "--force", "--year", "1999")
    assert ran.code == 10
    assert "1999" in ran.err
    assert target.read_text() == "old"
    assert place.execute("select * from _exports") == []


def test_nothing_new_leaves_the_file_of_the_last_time(place: Place) -> None:
    target = place.folder / "a.jsonl"
    assert place.export("-o", str(target)).code == 0
    before = target.read_bytes()
    assert place.export("-o", str(target), "--force").code == 10
    assert target.read_bytes() == before


def test_in_a_folder_each_gets_a_file_of_its_own(place: Place) -> None:
    folder = place.folder / "exports"
    folder.mkdir()
    assert place.export("-o", str(folder)).code == 0
    (file,) = folder.iterdir()
    assert file.name.startswith("replies-20")
    assert file.suffix == ".jsonl"


def test_an_export_that_fails_is_told_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    target = place.folder / "a.jsonl"
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert place.export("-o", str(target)).code == 9
    assert not target.exists()
    assert place.told() == ["1", "2", "3"]


def test_a_reader_that_goes_away_is_told_all_again(place: Place) -> None:
    def read() -> None:
        with Archive.open(place.path) as archive, since_last(archive, "weekly", Query(), "") as it:
            assert next(it.said())
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):  # it is no error of the archive
        read()
    assert place.told() == ["1", "2", "3"]


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    with killing() as made:
        yield made


def test_killed_before_it_is_noted_it_tells_all_again_and_after_nothing(
    place: Place, kill: Kill
) -> None:
    target = place.folder / "a.jsonl"
    asked = ["--archive", str(place.path), "export", "--since-last", "weekly", "-o", str(target)]
    assert kill([*asked, "--force"], 2) == -signal.SIGKILL  # before the marks are committed
    assert len(target.read_text().splitlines()) == 3
    assert verify(place.path).damage == []
    assert kill([*asked, "--force"], 3) == -signal.SIGKILL  # after
    assert len(target.read_text().splitlines()) == 3
    assert place.told() == []


def test_what_is_filed_while_it_runs_is_told_the_next_time(place: Place) -> None:
    with Archive.open(place.path) as archive, since_last(archive, "w", Query(), "") as since:
        rows = since.said()
        first = next(rows)
        place.change(page(4, day=1), page(1, "已经办结，今后将继续推进此项工作。", day=1))
        told = [first, *rows]
        assert since.count == 3
        assert not any("已经办结" in row["text"] for row in told)
        since.note(DAY, "jsonl", "")
    assert place.told(name="w") == ["1", "4"]


def test_a_crawl_that_holds_the_archive_is_not_in_the_way(place: Place) -> None:
    with hold(place.path):
        assert place.told() == ["1", "2", "3"]


def test_a_writer_that_does_not_let_go_is_told_of_before_anything_is_written(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.archive.database._PATIENCE", 0.05)
    target = place.folder / "a.jsonl"
    other = sqlite3.connect(place.path)
    other.execute("begin immediate")
    try:
        ran = place.export("-o", str(target))
    finally:
        other.close()
    assert ran.code == 7
    assert "another program is writing to it" in ran.err
    assert not target.exists()


def test_an_archive_that_cannot_be_written_to_is_told_before_anything_is_written(
    place: Place,
) -> None:
    with Archive.open(place.path) as archive:
        archive.db.execute("pragma query_only = on")  # as a folder that is mounted so
        with (
            pytest.raises(ArchiveError, match="cannot be written to"),
            since_last(archive, "w", Query(), ""),
        ):
            raise AssertionError("it was read")


def test_marks_that_are_lost_tell_all_again(place: Place) -> None:
    place.told()
    place.execute("delete from _exported")
    assert place.told() == ["1", "2", "3"]
    place.execute("drop table _exported")
    assert run("--archive", str(place.path), "verify", "--repair").code in (0, 8)
    assert verify(place.path).damage == []
    assert place.told() == ["1", "2", "3"]


def test_a_merge_brings_no_marks_and_what_it_brings_is_told(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other")
    other.folder.mkdir()
    with blank(other.path) as archive:
        page(7).file(archive)
    other.told()
    place.told()
    with Archive.open(place.path) as archive:
        merge(archive, other.path)
    assert place.told() == ["7"]
    assert [name for (name,) in place.execute("select name from _exports")] == ["weekly"]


def test_a_backup_takes_them_along(place: Place, tmp_path: Path) -> None:
    place.told()
    copy = Place(tmp_path / "copy")
    copy.folder.mkdir()
    assert run("--archive", str(place.path), "backup", str(copy.path)).code == 0
    assert copy.told() == []


def test_other_filters_are_told_in_words(place: Place) -> None:
    query = Query(kind=Kind.SUGGESTION)
    with Archive.open(place.path) as archive:
        with since_last(archive, "w", query, in_words(query)) as since:
            since.note(DAY, "csv", in_words(query))
        with pytest.raises(OtherFilters, match="tells of 建议, and now all"):
            since_last(archive, "w", Query(), "").__enter__()
        assert not archive.db.conn.in_transaction


def test_two_at_once_lose_nothing(place: Place) -> None:
    """Both tell all: what counts is that nothing is left untold."""
    with (
        Archive.open(place.path) as one,
        Archive.open(place.path) as two,
        since_last(one, "w", Query(), "") as first,
        since_last(two, "w", Query(), "") as second,
    ):
        assert [first.count, second.count] == [3, 3]
        first.note(DAY, "csv", "")
        place.change(page(4, day=1))
        second.note(DAY, "csv", "")
    assert place.told(name="w") == ["4"]


@settings(max_examples=10)
@given(before=archives, then=archives)
def test_all_that_was_told_together_is_the_archive(before: list[Page], then: list[Page]) -> None:
    """However an archive comes about: the exports one after another hold all that it says."""
    with places() as folder, blank(folder / "a.db") as archive:
        held: dict[str, Any] = {}
        for pages in (before, then):
            for each in pages:
                each.file(archive)
            with since_last(archive, "w", Query(), "") as since:
                told = {row["id"]: row for row in since.said()}
                assert since.count == len(told)
                since.note(DAY, "jsonl", "")
            held |= told
        now = {row["id"]: row for row in archive.said()}
        assert held.keys() >= now.keys()
        for id, row in now.items():
            for name in ("title", "text", "version", "flags", "gone_at", "index_number"):
                assert held[id][name] == row[name]
