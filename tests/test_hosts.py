"""What is known of each host lies in the archive, and outlives a kill."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from replyarc.instants import CHINA
from replyarc.manners import HostState

AT = datetime(2026, 5, 1, 12, 30, 0, 250_000, tzinfo=UTC)
HOST = "mz.qingyuan.gov.test"
STATE = HostState(
    host=HOST,
    next_at=AT,
    rests_until=AT + timedelta(hours=2),
    why="as its Retry-After asks",
    failures=3,
    failed_at=AT - timedelta(seconds=1),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.mark.parametrize("state", [STATE, HostState(host=HOST, next_at=AT)], ids=["all", "least"])
def test_what_is_known_of_a_host_comes_back_as_it_was(path: Path, state: HostState) -> None:
    with Archive.open(path, create=True) as archive:
        archive.hosts[HOST] = state
    with Archive.open(path, read_only=True) as again:
        assert dict(again.hosts) == {HOST: state}


def test_an_instant_is_kept_in_utc_and_to_the_microsecond(archive: Archive) -> None:
    archive.hosts[HOST] = replace(STATE, next_at=AT.astimezone(CHINA))
    (row,) = archive.db.query("select next_at, rests_until from _hosts")
    assert row == {
        "next_at": "2026-05-01T12:30:00.250000Z",
        "rests_until": "2026-05-01T14:30:00.250000Z",
    }


def test_a_host_is_written_over_counted_and_taken_out(archive: Archive) -> None:
    archive.hosts.update({HOST: STATE, "b.gov.test": replace(STATE, host="b.gov.test")})
    archive.hosts[HOST] = replace(STATE, failures=0)
    assert sorted(archive.hosts) == ["b.gov.test", HOST]
    assert len(archive.hosts) == 2
    assert archive.hosts[HOST].failures == 0
    del archive.hosts["b.gov.test"]
    assert list(archive.hosts) == [HOST]
    with pytest.raises(KeyError):
        del archive.hosts["b.gov.test"]
    with pytest.raises(KeyError):
        archive.hosts["b.gov.test"]


def test_what_is_written_is_there_for_whoever_opens_the_file_after_a_kill(path: Path) -> None:
    with Archive.open(path, create=True) as archive:
        archive.hosts[HOST] = STATE
        left = {name: name.read_bytes() for name in path.parent.glob("a.db*")}
    there = path.parent / "killed"
    there.mkdir()
    for name, content in left.items():
        (there / name.name).write_bytes(content)
    with Archive.open(there / "a.db") as again:
        assert again.hosts[HOST] == STATE


def test_nobody_waits_for_the_disk_and_what_follows_lasts_again(archive: Archive) -> None:
    said: list[str] = []
    archive.db.conn.set_trace_callback(said.append)
    archive.hosts[HOST] = STATE
    archive.db.conn.set_trace_callback(None)
    assert said[0].endswith("synchronous = normal")
    assert archive.db.execute("pragma synchronous").fetchone() == (2,)


def test_an_archive_that_cannot_be_written_to_says_so(path: Path) -> None:
    with Archive.open(path, create=True) as archive:
        archive.hosts[HOST] = STATE
    with Archive.open(path, read_only=True) as archive, pytest.raises(ArchiveError, match=r"a\.db"):
        archive.hosts[HOST] = STATE


def test_a_table_that_is_lost_is_an_error_of_the_archive(path: Path) -> None:
    with Archive.open(path, create=True) as archive:
        with sqlite3.connect(path) as other:
            other.execute("drop table _hosts")
        with pytest.raises(ArchiveError, match=r"a\.db"):
            archive.hosts.get(HOST)
        with pytest.raises(ArchiveError, match=r"a\.db"):
            list(archive.hosts)
