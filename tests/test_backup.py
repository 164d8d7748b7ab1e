"""Copies of an archive that is in use: whole, checked, and never in the place of something else."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from replyarc.archive.backing import back_up, place_of
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError, DiskFull
from tests.test_archive import DAY, REPLY, everything, response
from tests.test_cli import run

KILLED_IN_IT = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("pragma wal_autocheckpoint = 0")
db.execute("update replies set title = title || 'x'")
db.execute("delete from _meta")
db.commit()
os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Archive.open(path, create=True) as archive:
        archive.put(REPLY, archive.keep(response(b"<p>" * 100)), DAY)
    return path


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with Archive.open(path, read_only=True) as archive:
        return everything(archive)


def test_a_backup_is_an_archive_that_holds_the_same(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    ran = run("--archive", str(path), "backup", str(copy))
    assert (ran.code, ran.out) == (0, "")
    assert held(copy) == held(path)
    sha256 = hashlib.sha256(copy.read_bytes()).hexdigest()
    assert f"whole, sha256 {sha256}" in ran.err
    assert {each.name for each in tmp_path.iterdir()} == {"a.db", "copy.db"}
    listed = run("--archive", str(copy), "list", "--json")
    assert [reply["title"] for reply in json.loads(listed.out)] == ["答复"]


def test_it_can_be_told_as_json(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    ran = run("--archive", str(path), "backup", str(copy), "--json")
    sha256 = hashlib.sha256(copy.read_bytes()).hexdigest()
    told = {"schema": 1, "file": str(copy), "bytes": copy.stat().st_size, "sha256": sha256}
    assert json.loads(ran.out) == told | {"whole": True}


def test_in_a_folder_it_is_named_after_the_archive_and_the_instant(
    path: Path, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    assert run("-q", "--archive", str(path), "backup", str(tmp_path / "backups")).code == 0
    (copy,) = (tmp_path / "backups").iterdir()
    named = datetime.strptime(copy.name, "a-%Y%m%dT%H%M%SZ.db").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - named).total_seconds()) < 600
    assert held(copy) == held(path)


def test_a_file_that_is_there_stays_unless_it_is_told_otherwise(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("precious")
    ran = run("--archive", str(path), "backup", str(copy))
    assert (ran.code, copy.read_text()) == (2, "precious")
    assert "Give --force to replace it" in ran.err
    assert run("--archive", str(path), "backup", str(copy), "--force").code == 0
    assert held(copy) == held(path)


@pytest.mark.parametrize("end", ["", "-wal", "-shm", ".lock"])
def test_it_is_never_written_over_the_archive_or_what_belongs_to_it(path: Path, end: str) -> None:
    before = path.read_bytes()
    ran = run("--archive", str(path), "backup", f"{path}{end}", "--force")
    assert ran.code == 8
    assert "that is the archive itself" in ran.err
    assert path.read_bytes() == before


def test_nor_by_another_name_of_it(path: Path, tmp_path: Path) -> None:
    for name, link in (("soft.db", os.symlink), ("hard.db", os.link)):
        link(path, tmp_path / name)
        with pytest.raises(ArchiveError, match="the archive itself"):
            place_of(path, tmp_path / name, DAY)


def test_the_log_that_a_killed_program_left_is_not_taken_for_its_own(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with Archive.open(path) as archive:
        back_up(archive, copy)
        subprocess.run([sys.executable, "-c", KILLED_IN_IT, str(copy)], check=False)
        assert copy.with_name("copy.db-wal").stat().st_size > 0
        for number in range(20):
            archive.put(replace(REPLY, url=f"http://a.gov.test/{number}"), "0" * 64, DAY)
        back_up(archive, copy)
    assert {each.name for each in tmp_path.iterdir()} == {"a.db", "copy.db"}
    assert held(copy) == held(path)


def test_a_file_that_does_not_hold_what_was_copied_is_no_backup(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(place: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
            db.execute("delete from replies")
            db.commit()

    monkeypatch.setattr("replyarc.archive.copying._sync", changed)
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match="does not hold"):
        back_up(archive, tmp_path / "copy.db")


def test_a_folder_that_is_not_there_is_named(path: Path, tmp_path: Path) -> None:
    ran = run("--archive", str(path), "backup", str(tmp_path / "none" / "copy.db"))
    assert ran.code == 8
    assert f"there is no folder {tmp_path / 'none'}" in ran.err


def test_a_folder_with_a_slash_at_its_end_is_made(path: Path, tmp_path: Path) -> None:
    for _ in range(2):
        ran = run("--archive", str(path), "backup", f"{tmp_path}/new/copies/", "--force", "--json")
        written = Path(json.loads(ran.out)["file"])
        assert (ran.code, written.parent) == (0, tmp_path / "new" / "copies")
        assert written.is_file()


def test_an_archive_that_is_not_there_is_not_backed_up(tmp_path: Path) -> None:
    ran = run("--archive", str(tmp_path / "a.db"), "backup", str(tmp_path / "copy.db"))
    assert ran.code == 8
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_meanwhile_is_not_in_it_and_keeps_nobody_waiting(
    path: Path, tmp_path: Path
) -> None:
    with Archive.open(path) as writer:
        for _ in range(100):
            writer.keep(response(os.urandom(100_000)))
        before = held(path)
        copied: list[int] = []

        def write(done: int, total: int) -> None:
            writer.keep(response(b"meanwhile %d" % done))  # would wait for ever, were it kept out
            copied.append(done)

        with Archive.open(path, read_only=True) as archive:
            back_up(archive, tmp_path / "copy.db", write)
    assert len(copied) > 1
    assert copied == sorted(copied)
    assert held(tmp_path / "copy.db") == before
    assert len(held(path)["bodies"]) == len(before["bodies"]) + len(copied)


def test_a_writer_that_never_rests_does_not_make_it_begin_anew(path: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    written = []

    def write() -> None:
        with Archive.open(path) as writer:
            while not stop.is_set():
                written.append(writer.keep(response(os.urandom(2000))))

    with Archive.open(path, read_only=True) as archive:
        thread = threading.Thread(target=write)
        thread.start()
        try:
            back_up(archive, tmp_path / "copy.db")
        finally:
            stop.set()
            thread.join()
    with Archive.open(tmp_path / "copy.db", read_only=True) as copy:
        assert copy.count() == 1
    assert len(held(path)["bodies"]) == 1 + len(written)


def test_a_damaged_archive_is_not_copied_over_a_good_backup(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("the last good one")
    connection = sqlite3.connect(path)
    sql = "select rootpage from sqlite_master where name = 'contents'"
    (root,) = connection.execute(sql).fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    ran = run("--archive", str(path), "backup", str(copy), "--force")
    assert ran.code == 8
    assert "damaged" in ran.err
    assert copy.read_text() == "the last good one"
    assert {each.name for each in tmp_path.iterdir()} == {"a.db", "copy.db"}


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("update bodies set data = x'00'", "1 bodies: it is not what was kept"),
        (
            "update contents set fields = replace(fields, '答复', '答夏')",
            "1 contents: not what was",
        ),
    ],
)
def test_a_copy_of_damaged_bytes_says_so_and_replaces_nothing(
    path: Path, tmp_path: Path, statement: str, words: str
) -> None:
    copy, older = tmp_path / "copy.db", tmp_path / "older.db"
    older.write_text("perhaps the last good one")
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()
    ran = run("--archive", str(path), "backup", str(older), "--force")
    assert (ran.code, older.read_text()) == (8, "perhaps the last good one")
    assert "left as it is" in ran.err
    assert words in ran.err
    ran = run("-q", "--archive", str(path), "backup", str(copy), "--json")
    assert (ran.code, json.loads(ran.out)["whole"]) == (8, False)
    assert "a copy of a damaged archive" in ran.err
    assert words in ran.err
    assert held(copy) == held(path)
    assert {each.name for each in tmp_path.iterdir()} == {"a.db", "copy.db", "older.db"}


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_device_or_a_pipe_is_never_replaced(
    path: Path, tmp_path: Path, force: tuple[str, ...]
) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for place in (pipe, link):
        ran = run("--archive", str(path), "backup", str(place), *force)
        assert ran.code == 8
        assert f"{place}: it is a folder or a device. Name a file" in ran.err
    assert pipe.is_fifo()
    assert link.is_symlink()


def test_rows_that_are_missing_from_a_copy_are_noticed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "replyarc.archive.copying.counts", lambda db: {"bodies": id(db), "replies": 1}
    )
    with (
        Archive.open(path, read_only=True) as archive,
        pytest.raises(ArchiveError, match="rows are missing from bodies"),
    ):
        back_up(archive, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_without_room_nothing_is_begun(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = path.stat().st_size
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": size - 1}))
    with Archive.open(path, read_only=True) as archive, pytest.raises(DiskFull, match="are wanted"):
        back_up(archive, tmp_path / "copy.db")
    assert [each.name for each in tmp_path.glob("*.db")] == ["a.db"]


COPYING = """
import sys
from pathlib import Path
from replyarc.archive.backing import back_up
from replyarc.archive.store import Archive
with Archive.open(Path(sys.argv[1]), read_only=True) as archive:
    back_up(archive, Path(sys.argv[2]))
"""


def test_killed_before_it_has_its_name_what_stood_there_stays(path: Path, tmp_path: Path) -> None:
    found = []
    for point in range(3):
        copy = tmp_path / "copy.db"
        copy.write_text("the last one")
        done = subprocess.run(
            [sys.executable, "-c", COPYING, str(path), str(copy)],
            env={**os.environ, "REPLYARC_CRASH_AT": str(point)},
            check=False,
        )
        whole = copy.read_bytes()[:6] == b"SQLite"
        found.append((done.returncode, whole))
        assert held(copy) == held(path) if whole else copy.read_text() == "the last one"
    assert found == [(-signal.SIGKILL, False), (-signal.SIGKILL, True), (0, True)]
    assert {each.name for each in tmp_path.iterdir()} == {"a.db", "copy.db"}  # nothing is left


def test_where_the_archive_lies_badly_that_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    Archive.open(folder / "a.db", create=True).close()
    ran = run("--archive", str(folder / "a.db"), "backup", str(tmp_path / "copy.db"))
    assert ran.code == 0
    assert "which is synced while it is written" in ran.err
