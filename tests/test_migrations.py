"""Archives of older formats: brought up whole or not at all, with a copy of what they were."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from replyarc.archive import database, schema, tables
from replyarc.archive.format import APPLICATION, FORMAT
from replyarc.archive.lock import hold
from replyarc.archive.place import ROOM
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.errors import ArchiveError, ArchiveHeld, DiskFull
from tests.killing import Kill, killing

OLD = Path(__file__).parent / "old"
"""Archives as older replyarcs wrote them, as SQL."""

FORMATS = [1, 3, 4, 5]

HELD = {1: 4, 3: 4, 4: 5, 5: 5}
"""How many replies each holds."""

REPLACED = {1: "zua3ccnzfeg7", 3: "zua3ccnzfeg7", 4: "x5norw6opkjz", 5: "x5norw6opkjz"}
"""A reply of two versions in each."""


def old(folder: Path, number: int) -> Path:
    """Make an archive of an older format."""
    path = folder / "a.db"
    connection = sqlite3.connect(path)
    connection.executescript((OLD / f"format{number}.sql").read_text("utf-8"))
    connection.close()
    return path


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of an archive, but when each migration was applied."""
    sql = "select name from sqlite_master where type = 'table' and name not like '\\_search%' "
    sql += "escape '\\'"
    held = {name: ask(path, f"select * from {name}") for (name,) in ask(path, sql)}
    held["_sqlite_migrations"] = [row[:-1] for row in held["_sqlite_migrations"]]
    return held


def whole(path: Path) -> None:
    assert ask(path, "pragma integrity_check") == [("ok",)]
    assert ask(path, "pragma foreign_key_check") == []


REPLIES = "select id, title, index_number, text, first_seen_at, gone_at from replies"


@pytest.mark.parametrize("number", FORMATS)
@pytest.mark.parametrize("read_only", [True, False])
def test_an_older_archive_is_brought_up_by_whoever_opens_it(
    tmp_path: Path, number: int, read_only: bool
) -> None:
    path = old(tmp_path, number)
    replies = set(ask(path, REPLIES))
    contents = set(ask(path, "select * from contents"))
    bodies = set(ask(path, "select sha256, size, codec, data from bodies"))
    with Archive.open(path, read_only=read_only) as archive:
        assert archive.count() == len(replies) == HELD[number]
    assert ask(path, "pragma user_version") == [(FORMAT,)]
    assert set(ask(path, REPLIES)) == replies
    assert set(ask(path, "select * from contents")) >= contents
    assert set(ask(path, "select sha256, size, codec, data from bodies")) == bodies
    whole(path)


@pytest.mark.parametrize("number", FORMATS)
def test_each_reading_keeps_its_id_and_the_bytes_it_was_found_in(
    tmp_path: Path, number: int
) -> None:
    path = old(tmp_path, number)
    sql = "select reading, sha256, first_seen_at, last_read_at from captures"
    before = "select id, sha256, first_seen_at, last_read_at from readings"
    found_in = set(ask(path, sql if number > 3 else before))
    Archive.open(path).close()
    assert set(ask(path, sql)) == found_in
    ids = {reading for reading, *_ in found_in}
    assert {reading for (reading,) in ask(path, "select id from readings")} == ids


@pytest.mark.parametrize("number", FORMATS)
def test_the_versions_of_a_page_stay(tmp_path: Path, number: int) -> None:
    path = old(tmp_path, number)
    sql = "select reply, number, fingerprint from versions"
    sql += f" where reply = '{REPLACED[number]}'"
    versions = ask(path, sql)
    assert len(versions) == 2
    Archive.open(path).close()
    assert ask(path, sql) == versions


def test_format_5_adds_tables_and_touches_nothing_else(tmp_path: Path) -> None:
    path = old(tmp_path, 4)
    before = everything(path)
    for aside in ("_sqlite_migrations", "_meta", "columns"):
        del before[aside]
    assert before["_dictionaries"]
    assert before["redactions"]
    assert ask(path, "select count(*) from _unindexed") != [(0,)]
    Archive.open(path).close()
    after = everything(path)
    assert {name: after[name] for name in before} == before
    assert (after["_hosts"], after["_findings"]) == ([], [])


def test_format_6_adds_what_exports_have_told_and_touches_nothing_else(tmp_path: Path) -> None:
    path = old(tmp_path, 5)
    before = everything(path)
    for aside in ("_sqlite_migrations", "_meta", "columns"):
        del before[aside]
    assert before["_hosts"]
    assert before["_findings"]
    Archive.open(path).close()
    after = everything(path)
    assert {name: after[name] for name in before} == before
    assert (after["_exports"], after["_exported"]) == ([], [])


@pytest.mark.parametrize("number", FORMATS)
def test_an_archive_that_was_brought_up_is_whole_and_laid_out_as_a_new_one(
    tmp_path: Path, number: int
) -> None:
    path = old(tmp_path, number)
    Archive.open(path).close()
    assert verify(path).damage == []
    Archive.open(tmp_path / "new.db", create=True).close()
    sql = "select type, name from sqlite_master where name not like 'sqlite_%' order by name"
    assert ask(path, sql) == ask(tmp_path / "new.db", sql)


def test_a_copy_is_kept_beside_it_and_whoever_asks_is_told(tmp_path: Path) -> None:
    path = old(tmp_path, 3)
    before = everything(path)
    told: list[str] = []
    for _ in range(2):
        database.connect(path, create=False, read_only=True, tell=told.append).close()
    copy = tmp_path / "a.db.format3.bak"
    assert everything(copy) == before
    assert ask(copy, "pragma user_version") == [(3,)]
    assert len(told) == 1
    assert f"brought up from format 3 to {FORMAT}" in told[0]
    assert f"kept in {copy}" in told[0]
    assert {each.name for each in tmp_path.iterdir()} <= {"a.db", copy.name, "a.db.lock"}


def test_a_copy_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = old(tmp_path, 1)
    for name in ("a.db.format1.bak", "a.db.format1.2.bak"):
        (tmp_path / name).write_text("precious")
    Archive.open(path).close()
    assert (tmp_path / "a.db.format1.bak").read_text() == "precious"
    assert (tmp_path / "a.db.format1.2.bak").read_text() == "precious"
    assert ask(tmp_path / "a.db.format1.3.bak", "pragma user_version") == [(1,)]


def test_a_new_archive_and_one_of_this_format_need_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    for _ in range(2):
        Archive.open(path, create=True).close()
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


@pytest.fixture(scope="module")
def run() -> Iterator[Kill]:
    with killing() as kill:
        yield kill


@pytest.mark.parametrize("number", FORMATS[1:])
def test_killed_at_any_point_it_is_as_before_or_as_after_and_the_next_goes_on(
    run: Kill, tmp_path: Path, number: int
) -> None:
    folders = [tmp_path / name for name in ("whole", *"01234")]
    for folder in folders:
        folder.mkdir()
    finished = old(folders[0], number)
    before = everything(finished)
    Archive.open(finished).close()
    after = everything(finished)
    found = []
    for point, folder in enumerate(folders[1:]):
        path = old(folder, number)
        code = run(["--archive", str(path), "list"], point)
        whole(path)
        copied = (folder / f"a.db.format{number}.bak").exists()
        found.append((code, copied, "before" if everything(path) == before else "after"))
        with Archive.open(path) as archive:
            assert archive.count() == HELD[number]
        assert everything(path) == after
        assert everything(folder / f"a.db.format{number}.bak") == before
    killed = -signal.SIGKILL
    assert found == [
        (killed, False, "before"),  # before the copy takes its name
        (killed, True, "before"),  # after it
        (killed, True, "before"),  # before the commit
        (killed, True, "after"),  # after it
        (0, True, "after"),
    ]


def test_a_migration_that_fails_leaves_the_archive_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(tmp_path, 3)
    before = everything(path)
    monkeypatch.setattr(tables, "FOURTH", tables.FOURTH + "\nselect nonsense();\n")
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        Archive.open(path)
    assert everything(path) == before
    assert ask(path, "pragma user_version") == [(3,)]
    whole(path)


def test_a_migration_that_would_break_references_is_a_bug_and_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(tmp_path, 3)
    before = everything(path)
    monkeypatch.setattr(tables, "FOURTH", tables.FOURTH + "\ndelete from bodies;\n")
    with pytest.raises(RuntimeError, match="references that lead nowhere"):
        Archive.open(path)
    assert everything(path) == before


def test_while_another_process_holds_it_it_is_not_brought_up(tmp_path: Path) -> None:
    path = old(tmp_path, 3)
    holder = (
        "import sys; from pathlib import Path; from replyarc.archive.lock import hold\n"
        "with hold(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(ArchiveHeld, match=f"process {process.pid}"):
            Archive.open(path, read_only=True)
        process.communicate()
    assert ask(path, "pragma user_version") == [(3,)]


def test_whoever_holds_it_brings_it_up(tmp_path: Path) -> None:
    path = old(tmp_path, 3)
    with hold(path), Archive.open(path) as archive:
        assert archive.count() == 4


def test_where_it_cannot_be_written_to_it_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(tmp_path, 3)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ArchiveError, match="Copy it to where it can be written to"):
        Archive.open(path, read_only=True)
    assert ask(path, "pragma user_version") == [(3,)]


def test_without_room_for_the_copy_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(tmp_path, 3)
    usage = type("Usage", (), {"free": ROOM})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(DiskFull, match=r"200\.0 MB are free in .+, and 200\.\d MB are wanted"):
        Archive.open(path)
    assert ask(path, "pragma user_version") == [(3,)]
    assert not list(tmp_path.glob("*.bak"))


def test_a_damaged_older_archive_is_not_brought_up(tmp_path: Path) -> None:
    path = old(tmp_path, 3)
    ((root,),) = ask(path, "select rootpage from sqlite_master where name = 'versions'")
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"damaged|would not be whole"):
        Archive.open(path)
    assert ask(path, "pragma user_version") == [(3,)]
    assert not list(tmp_path.glob("*.bak"))


def test_an_archive_marked_as_one_but_without_its_tables_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Archive.open(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("drop table replies")
    connection.close()
    for read_only in (True, False):
        with pytest.raises(ArchiveError, match="it has no table replies"):
            Archive.open(path, read_only=read_only)
    assert ask(path, "pragma application_id") == [(APPLICATION,)]


def test_a_new_archive_is_what_the_migrations_lead_to(tmp_path: Path) -> None:
    Archive.open(tmp_path / "new.db", create=True).close()
    led = Database(tmp_path / "led.db", recursive_triggers=False, execute_plugins=False)
    schema.bring_up(led)
    with Archive.open(tmp_path / "new.db", read_only=True) as new:
        for sql in (
            "select type, name, tbl_name, sql from sqlite_master order by type, name",
            "select * from columns order by 1, 2",
            "select id, migration_set, name from _sqlite_migrations order by id",
            "select * from _meta where key <> 'replyarc' order by key",
        ):
            assert new.db.execute(sql).fetchall() == led.execute(sql).fetchall()
    led.close()
