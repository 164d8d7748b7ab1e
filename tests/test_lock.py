"""One crawl at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from replyarc.archive.lock import hold
from replyarc.errors import ArchiveError, ArchiveHeld

HOLDER = """
import sys
from pathlib import Path
from replyarc.archive.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


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
    with pytest.raises(ArchiveHeld, match=rf"process {holder.pid} on .+ since 20\d\d-.+\+00:00"):
        hold(tmp_path / "a.db").__enter__()


def test_a_dead_holder_blocks_nobody(holder: subprocess.Popen[bytes], tmp_path: Path) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "a.db.lock.json").exists()
    with hold(tmp_path / "a.db"):
        assert f'"pid": {os.getpid()}' in (tmp_path / "a.db.lock.json").read_text()


@pytest.mark.parametrize("note", [None, "", "[]", "{}"])
def test_a_holder_whose_note_cannot_be_read_still_holds_it(
    holder: subprocess.Popen[bytes], tmp_path: Path, note: str | None
) -> None:
    path = tmp_path / "a.db.lock.json"
    path.unlink() if note is None else path.write_text(note)
    with pytest.raises(ArchiveHeld, match="held by another process"):
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
