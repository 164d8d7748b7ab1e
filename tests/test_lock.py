"""One crawl at a time: a lock beside the archive, and what may be done while it is held."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from replyarc.archive import lock
from replyarc.archive.lock import hold, hold_unless_held
from replyarc.errors import ArchiveError, ArchiveHeld
from tests.blank import blank
from tests.test_cli import run
from tests.test_merge import Page, made

HOLDER = """
import sys
from pathlib import Path
from replyarc.archive.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


WRITER = """
import sys
from pathlib import Path
from replyarc.archive.lock import hold
from replyarc.archive.store import Archive
path = Path(sys.argv[1])
with hold(path), Archive.open(path) as archive, archive.transaction() as db:
    db.execute("delete from versions")
    print("held", flush=True)
    sys.stdin.read()
"""
CONFIG = """
[crawl]
contact = "mailto:tests@localhost"
[[source]]
name = "qingyuan"
publisher = "清源市民政局"
url = "http://mz.qingyuan.gov.test/jytabl/"
"""
SINCE = r"since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}"


def note_of(pid: int, host: str | None = None, at: str = "2026-03-01T00:00:00+00:00") -> str:
    return json.dumps({"pid": pid, "host": host or socket.gethostname(), "started_at": at})


def dead() -> int:
    """Return the number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "a.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_the_second_taker_is_told_who_holds_it(
    holder: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    with pytest.raises(ArchiveHeld, match=rf"process {holder.pid} on .+ {SINCE}\."):
        hold(tmp_path / "a.db").__enter__()


def test_a_dead_holder_blocks_nobody(holder: subprocess.Popen[bytes], tmp_path: Path) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "a.db.lock.json").exists()
    with hold(tmp_path / "a.db"):
        assert f'"pid": {os.getpid()}' in (tmp_path / "a.db.lock.json").read_text()


def test_the_start_is_told_in_this_machines_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        with hold(tmp_path / "a.db"):
            (tmp_path / "a.db.lock.json").write_text(note_of(os.getpid()))
            with pytest.raises(ArchiveHeld, match=r"since 2026-03-01 08:00:00 \+0800\. Wait"):
                hold(tmp_path / "a.db").__enter__()
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "note",
    [
        *(None, "", "[]", "{}", "null", "[" * 100_000, '"pid"', "\ud7ff", "{"),
        '{"pid": [], "host": "a", "started_at": "2026-03-01"}',
        '{"pid": 1, "host": "a", "started_at": "yesterday"}',
        '{"pid": 1, "host": "a", "started_at": 5}',
        note_of(10**30),
        note_of(0),
        note_of(-1),
    ],
)
def test_a_holder_whose_note_cannot_be_read_still_holds_it(
    tmp_path: Path, note: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.0)
    path = tmp_path / "a.db.lock.json"
    with hold(tmp_path / "a.db"):
        path.unlink() if note is None else path.write_text(note, "utf-8")
        with pytest.raises(ArchiveHeld, match=r"held by another process\. Wait until"):
            hold(tmp_path / "a.db").__enter__()


def test_the_note_of_a_dead_holder_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.0)
    note, gone = tmp_path / "a.db.lock.json", dead()
    with hold(tmp_path / "a.db"):
        note.write_text(note_of(gone))
        with pytest.raises(ArchiveHeld, match="held by another process"):
            hold(tmp_path / "a.db").__enter__()
        note.write_text(note_of(gone, "another.test"))  # nobody here can know
        with pytest.raises(ArchiveHeld, match=f"process {gone} on another.test"):
            hold(tmp_path / "a.db").__enter__()


def test_a_holder_that_has_only_just_begun_is_named_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "a.db.lock.json"
    monkeypatch.setattr(lock, "_PATIENCE", 60.0)
    monkeypatch.setattr("time.sleep", lambda _: note.write_text(note_of(os.getpid())))
    with hold(tmp_path / "a.db"):
        note.unlink()
        with pytest.raises(ArchiveHeld, match=rf"process {os.getpid()} on .+ {SINCE}"):
            hold(tmp_path / "a.db").__enter__()


def test_of_many_who_begin_at_the_very_same_moment_one_holds_it(tmp_path: Path) -> None:
    barrier, done = threading.Barrier(8), threading.Event()
    told: list[str] = []

    def begin() -> None:
        barrier.wait()
        try:
            with hold(tmp_path / "a.db"):
                told.append("held")
                done.wait(20)
        except ArchiveHeld as error:
            told.append(str(error))
        if len(told) == 8:
            done.set()

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert told.count("held") == 1
    assert sum(f"held by process {os.getpid()} on" in each for each in told) == 7


def a_link(folder: Path) -> Path:
    (folder / "link.db").symlink_to(folder / "a.db")
    return folder / "link.db"


def a_linked_folder(folder: Path) -> Path:
    (folder / "linked").symlink_to(folder, target_is_directory=True)
    return folder / "linked" / "a.db"


def a_way_around(folder: Path) -> Path:
    (folder / "b").mkdir()
    return folder / "b" / ".." / "a.db"


def a_relative_path(folder: Path) -> Path:
    return Path("a.db")


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("way", [a_link, a_linked_folder, a_way_around, a_relative_path])
def test_two_ways_to_one_archive_come_upon_one_lock(
    tmp_path: Path, way: Callable[[Path], Path], there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if there:
        (tmp_path / "a.db").touch()
    other = way(tmp_path)
    for first, second in ((tmp_path / "a.db", other), (other, tmp_path / "a.db")):
        with hold(first):
            with pytest.raises(ArchiveHeld, match=f"process {os.getpid()}"):
                hold(second).__enter__()
            with hold_unless_held(second):
                assert (tmp_path / "a.db.lock.json").exists()
    assert not [*tmp_path.rglob("link.db.lock*")]


def test_a_link_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.db").symlink_to(tmp_path / "a.db")
    with pytest.raises(ArchiveError, match=r"a\.db: .+"):
        hold(tmp_path / "a.db").__enter__()


def test_it_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path / "a.db"):
            assert (tmp_path / "a.db.lock.json").exists()
    assert not (tmp_path / "a.db.lock.json").exists()


def test_one_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    with hold(tmp_path / "a.db"), pytest.raises(ArchiveHeld):
        hold(tmp_path / "a.db").__enter__()


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match=r"no lock can be made beside it .+/file is a folder"):
        hold(tmp_path / "file" / "a.db").__enter__()


def test_a_folder_in_place_of_the_lock_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.db.lock").mkdir()
    with pytest.raises(ArchiveError, match=r"no lock can be made .+\(a\.db\.lock: .*directory"):
        hold(tmp_path / "a.db").__enter__()


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
        (OSError(errno.EROFS, "Read-only file system"), "Read-only file system"),
        (OSError(errno.ENOLCK, "No locks available"), "No locks available"),
        (NotImplementedError("no flock here"), "no flock here"),
    ],
    ids=["permission", "read-only", "no-locks", "no-flock"],
)
def test_a_lock_that_cannot_be_made_is_no_holder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    def acquire(_lock: object) -> None:
        raise error

    monkeypatch.setattr("filelock.FileLock.acquire", acquire)
    with pytest.raises(ArchiveError, match=f"a.db.lock: {why}.+{tmp_path} is a folder") as caught:
        hold(tmp_path / "a.db").__enter__()
    assert not isinstance(caught.value, ArchiveHeld)


def test_after_a_kill_the_next_says_nothing_of_it(tmp_path: Path) -> None:
    blank(tmp_path / "a.db").close()
    (tmp_path / "a.db.lock").touch()
    (tmp_path / "a.db.lock.json").write_text(note_of(gone := dead()))
    blank(tmp_path / "b.db").close()
    ran = run("--archive", str(tmp_path / "a.db"), "merge", str(tmp_path / "b.db"))
    assert ran.code == 0
    assert str(gone) not in ran.err + ran.out
    assert not (tmp_path / "a.db.lock.json").exists()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An archive that another process holds and is in the middle of writing to."""
    folder = tmp_path_factory.mktemp("busy")
    path = made(folder / "a.db", [Page(1, 1), Page(2, 2)])
    made(folder / "other.db", [Page(3, 3)])
    (folder / "page.html").write_text("<title>1</title>")
    (folder / "replyarc.toml").write_text(CONFIG, "utf-8")
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield path
        process.kill()


@pytest.mark.parametrize(
    "command",
    [
        ["--config", "replyarc.toml", "crawl"],
        ["--config", "replyarc.toml", "reread"],
        ["import", "page.html"],
        ["merge", "other.db"],
        ["redact", "第1号", "--reason", "asked for", "--yes"],
    ],
    ids=" ".join,
)
def test_what_writes_says_who_holds_it_and_ends_with_7(busy: Path, command: list[str]) -> None:
    here = [str(busy.parent / each) if "." in each else each for each in command]
    ran = run("--archive", str(busy), *here)
    assert (ran.code, "held by process" in ran.err) == (7, True)


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["search", "感谢"],
        ["export", "--format", "jsonl"],
        ["export", "--format", "bundle", "-o", "a.zip"],
        ["verify"],
        ["backup", "b.db"],
    ],
    ids=" ".join,
)
def test_what_only_reads_is_done_meanwhile(busy: Path, command: list[str]) -> None:
    here = [str(busy.parent / each) if "." in each else each for each in command]
    ran = run("--archive", str(busy), *here)
    assert ran.code == 0, ran.err
    assert "held" not in ran.err
