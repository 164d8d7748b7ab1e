"""Transactions, batches of them, and the room that they need."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from replyarc.archive.database import batched, transaction
from replyarc.archive.place import ROOM
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError, DiskFull
from tests.blank import blank
from tests.dying import killed_at
from tests.test_archive import response
from tests.test_cli import run


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        yield archive


def kept(archive: Archive) -> int:
    """Return how many bodies another program sees."""
    other = sqlite3.connect(archive.path)
    (number,) = other.execute("select count(*) from bodies").fetchone()
    other.close()
    return int(number)


def keep(archive: Archive, number: int) -> None:
    archive.keep(response(f"body {number}".encode()))


def fill(archive: Archive, times: int, size: int = 20_000) -> None:
    for _ in range(times):
        archive.keep(response(os.urandom(size)))


def fail_in_a_transaction(archive: Archive) -> None:
    with suppress(ZeroDivisionError), archive.transaction():
        raise ZeroDivisionError


def nest(archive: Archive) -> None:
    with archive.transaction(), archive.transaction():
        pytest.fail("a transaction began in a transaction")


def test_a_batch_commits_so_many_at_a_time_and_the_rest_at_its_end(archive: Archive) -> None:
    seen = []
    with batched(archive.db, 3):
        for number in range(7):
            keep(archive, number)
            seen.append(kept(archive))
    assert seen == [0, 0, 3, 3, 3, 6, 6]
    assert kept(archive) == 7
    keep(archive, 7)
    assert kept(archive) == 8


def test_an_error_in_a_transaction_undoes_the_open_batch_and_ends_it(archive: Archive) -> None:
    def job() -> None:
        with batched(archive.db, 3):
            for number in range(4):
                keep(archive, number)
            fail_in_a_transaction(archive)
            keep(archive, 5)  # what was undone must not pass for written: nobody may go on
            pytest.fail("the batch went on")

    with pytest.raises(ZeroDivisionError):
        job()
    assert kept(archive) == 3
    keep(archive, 6)
    assert kept(archive) == 4


def test_an_error_that_nobody_minds_is_still_told_at_the_end(archive: Archive) -> None:
    def job() -> None:
        with batched(archive.db):
            keep(archive, 0)
            fail_in_a_transaction(archive)

    with pytest.raises(ZeroDivisionError):
        job()
    assert kept(archive) == 0


def test_an_error_between_transactions_undoes_none(archive: Archive) -> None:
    def job() -> None:
        with batched(archive.db):
            keep(archive, 0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        job()
    assert kept(archive) == 1


def test_what_a_batch_wrote_is_read_by_whoever_writes_it(archive: Archive) -> None:
    with batched(archive.db):
        name = archive.keep(response(b"page"))
        assert archive.body(name) == b"page"


def test_a_transaction_in_a_transaction_is_a_bug_in_a_batch_too(archive: Archive) -> None:
    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        nest(archive)
    with pytest.raises(RuntimeError, match="a transaction in a transaction"), batched(archive.db):
        nest(archive)
    with (
        pytest.raises(RuntimeError, match="a batch in a batch"),
        batched(archive.db),
        batched(archive.db),
    ):
        pytest.fail("a batch began in a batch")
    keep(archive, 0)
    assert kept(archive) == 1


@pytest.mark.parametrize("size", [1, 100])
def test_a_full_disk_ends_a_batch_with_what_was_committed_whole(
    archive: Archive, size: int
) -> None:
    (pages,) = archive.db.execute("pragma page_count").fetchone()
    archive.db.execute(f"pragma max_page_count = {pages + 20}")
    with pytest.raises(DiskFull, match="no room left"), batched(archive.db, size):
        fill(archive, 100, 5000)
    assert kept(archive) == (0 if size == 100 else archive.db.table("bodies").count)
    assert archive.db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_writing_stops_in_time_before_the_disk_is_full(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [ROOM // 2]
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": free[0]}))
    keep(archive, 0)
    free[0] -= 1
    words = r"100\.0 MB are free in .+, and 100\.0 MB are wanted"
    with pytest.raises(DiskFull, match=words):
        keep(archive, 1)
    with pytest.raises(DiskFull, match=words), batched(archive.db):
        keep(archive, 1)
    assert kept(archive) == 1


def test_where_an_archive_lies_is_looked_for_once_and_its_room_at_every_transaction(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def usage(folder: Path) -> object:
        asked.append(folder)
        return type("Usage", (), {"free": ROOM})

    def resolve(*_: object, **__: object) -> Path:
        pytest.fail("the links to it were followed again")

    monkeypatch.setattr("shutil.disk_usage", usage)
    keep(archive, 0)
    monkeypatch.setattr(Path, "resolve", resolve)
    keep(archive, 1)
    assert asked == [archive.path.parent] * 2


def test_nothing_is_opened_for_writing_where_there_is_little_room(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": ROOM - 1}))
    with pytest.raises(DiskFull, match=r"200\.0 MB are wanted"):
        Archive.open(archive.path)
    with pytest.raises(DiskFull, match="are wanted"):
        Archive.open(archive.path.with_name("new.db"), create=True)
    assert not archive.path.with_name("new.db").exists()
    Archive.open(archive.path, read_only=True).close()
    ran = run("--archive", str(archive.path), "merge", str(archive.path.with_name("b.db")))
    assert ran.code == 9
    assert "Make room there" in ran.err


def test_what_need_not_last_is_not_waited_for_and_all_else_is(archive: Archive) -> None:
    def asked() -> int:
        (how,) = archive.db.execute("pragma synchronous").fetchone()
        return int(how)

    with transaction(archive.db, lasting=False):
        assert asked() == 1
    with suppress(ZeroDivisionError), transaction(archive.db, lasting=False):
        raise ZeroDivisionError
    assert asked() == 2
    with transaction(archive.db):
        assert asked() == 2


LIMITED = """
import os, resource, sys
from pathlib import Path
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from tests.test_archive import response
from tests.test_cli import run
with Archive.open(Path(sys.argv[1])) as archive:
    limit = os.stat(f"{sys.argv[1]}-wal").st_size + 200_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        for _ in range(100):
            archive.keep(response(os.urandom(20_000)))
    except ArchiveError as error:
        print(error)
"""


def test_a_limit_on_the_size_of_files_leaves_the_archive_whole(archive: Archive) -> None:
    keep(archive, 0)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(archive.path)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "failed on the disk" in done.stdout
    assert 1 < kept(archive) < 20
    assert archive.db.execute("pragma integrity_check").fetchone() == ("ok",)
    keep(archive, 1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this machine lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_really_full_leaves_the_archive_whole(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("commits", "database"):
        monkeypatch.setattr(f"replyarc.archive.{module}.ROOM", 0)
    path = small_disk / "a.db"
    with Archive.open(path, create=True) as archive:
        with pytest.raises(DiskFull, match="no room left"):
            fill(archive, 1000)
        assert kept(archive) > 10
        with pytest.raises(DiskFull, match="no room left"), batched(archive.db):
            fill(archive, 1000)
        assert archive.db.execute("pragma integrity_check").fetchone() == ("ok",)
    with pytest.raises(ArchiveError, match=r"no room left|wanted"):
        Archive.open(small_disk / "b.db", create=True)


def keep_five(path: Path) -> None:
    with Archive.open(path) as archive, batched(archive.db, 2):
        for number in range(5):
            keep(archive, number)


def test_a_kill_in_a_batch_loses_whole_batches_only(tmp_path: Path) -> None:
    found = []
    for point in range(7):
        path = tmp_path / f"{point}.db"
        blank(path).close()
        code = killed_at(point, partial(keep_five, path))
        with Archive.open(path) as archive:
            found.append((code == -signal.SIGKILL, kept(archive)))
    killed = [(True, 0), (True, 2), (True, 2), (True, 4), (True, 4), (True, 5)]
    assert found == [*killed, (False, 5)]
