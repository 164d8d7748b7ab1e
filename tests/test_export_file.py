"""An export is whole or not there; what stood in its place stays until it is."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from replyarc.errors import ArchiveError, DiskFull, ReplyarcError
from replyarc.export.file import write_file, write_stream
from replyarc.export.flat import Row, as_json
from replyarc.export.tables import Headers, Profile, Style
from replyarc.model import Reply

TWO = [as_json(each) for each in (Reply(title="甲"), Reply(title="乙"))]


class Full(io.BytesIO):
    """A stream that fails at the first byte, as the system says it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def write(self, _: object) -> int:
        raise OSError(self.number, os.strerror(self.number))


def test_a_file_is_written_whole_and_its_rows_and_hash_are_told(tmp_path: Path) -> None:
    path = tmp_path / ("答复" * 40 + ".csv")
    result = write_file(path, "csv", TWO)
    assert result.rows == 2
    assert result.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(tmp_path.iterdir()) == [path]


def test_profile_and_headers_reach_the_writer(tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", "csv", TWO, Style(Profile.RAW, Headers.ZH))
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("编号,网址,来源,标题,")


def test_when_an_export_fails_the_old_file_stays_and_nothing_else(tmp_path: Path) -> None:
    def damaged() -> Iterator[Row]:
        yield TWO[0]
        raise ArchiveError("damaged")

    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(ArchiveError, match="damaged"):
        write_file(path, "csv", damaged())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(DiskFull, match=r"a\.csv: the disk is full"):
        write_file(path, "csv", TWO)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_on_the_disk_before_it_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    there = []
    monkeypatch.setattr(os, "fsync", lambda _: there.append(path.exists()))
    write_file(path, "jsonl", TWO)
    assert there == [False]


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.touch(mode=0o640)
    path.chmod(0o640)
    write_file(path, "csv", TWO)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "data" / "real.csv")
    write_file(link, "csv", TWO)
    assert link.is_symlink()
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["real.csv"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none/a.csv", "there is no folder .*none"),
        (".", "it is a folder or a device. Name a file"),
        ("/dev/null", "it is a folder or a device. Name a file"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ReplyarcError, match=said):
        write_file(tmp_path / name, "csv", TWO)


def test_a_stream_gets_the_bytes_without_mark_and_stays_open() -> None:
    out = io.BytesIO()
    assert write_stream(out, "csv", TWO) == 2
    assert out.getvalue().startswith(b"id,url,source,title,")
    assert not out.closed


def test_a_reader_that_goes_away_is_the_callers_affair() -> None:
    with pytest.raises(BrokenPipeError):
        write_stream(Full(errno.EPIPE), "jsonl", TWO)


def test_a_stream_onto_a_full_disk_is_told() -> None:
    with pytest.raises(DiskFull, match="standard output: the disk is full"):
        write_stream(Full(errno.ENOSPC), "jsonl", TWO)
