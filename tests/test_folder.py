"""A folder that is exported is whole or not there, and never takes the place of somebody's own."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from replyarc.errors import ArchiveError, DiskFull, ReplyarcError
from replyarc.export.flat import Row, as_json
from replyarc.export.folder import MARKER, check_folder, write_folder
from replyarc.export.tables import Style
from replyarc.model import Reply

TWO = [as_json(Reply(id="a", title="甲")), as_json(Reply(id="b", title="乙"))]
FILES = {MARKER, "README.md", "SHA256SUMS", "undated/README.md", "undated/undated-a.md"}


def names(path: Path) -> set[str]:
    return {file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()}


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_folder_is_written_whole_and_its_letters_and_the_hash_of_its_sums_are_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "答复"
    result = write_folder(path, "md", TWO, Style())
    assert result.rows == 2
    assert result.sha256 == hashlib.sha256((path / "SHA256SUMS").read_bytes()).hexdigest()
    assert names(path) == FILES | {"undated/undated-b.md"}
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_of_an_export_is_replaced_as_a_whole_if_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_folder(path, "md", TWO, Style())
    path.chmod(0o700)
    with pytest.raises(ReplyarcError, match=r"exists already\. Give --force to replace it"):
        write_folder(path, "md", TWO[:1], Style())
    write_folder(path, "md", TWO[:1], Style(), replace=True)
    assert names(path) == FILES
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.mkdir()
    write_folder(path, "md", TWO[:1], Style())
    assert names(path) == FILES


def test_a_link_to_a_folder_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "a"
    link.symlink_to(tmp_path / "real")
    write_folder(link, "md", TWO[:1], Style())
    assert link.is_symlink()
    assert names(tmp_path / "real") == FILES


def test_a_folder_of_somebody_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "Documents"
    path.mkdir()
    (path / "thesis.md").write_text("mine")
    with pytest.raises(ReplyarcError, match="holds what no export has written"):
        write_folder(path, "md", TWO, Style(), replace=True)
    assert names(path) == {"thesis.md"}


def test_a_file_that_somebody_put_into_an_export_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_folder(path, "md", TWO, Style())
    (path / "undated" / "notes.md").write_text("mine")
    with pytest.raises(ReplyarcError, match=r"notes\.md: no export has written this"):
        write_folder(path, "md", TWO, Style(), replace=True)
    assert (path / "undated" / "notes.md").read_text() == "mine"
    (path / "undated" / "notes.md").rename(path / ".DS_Store")
    write_folder(path, "md", TWO[:1], Style(), replace=True)
    assert names(path) == FILES


def test_a_marked_folder_without_its_list_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_folder(path, "md", TWO, Style())
    (path / "SHA256SUMS").unlink()
    with pytest.raises(ReplyarcError, match=r"README\.md: no export has written this"):
        check_folder(path, replace=True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("file", "it is no folder. Name one that is not there yet"),
        ("letters.md", "md is a folder of letters. Name a folder: -o letters"),
        ("none/a", "there is no folder .*none"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ReplyarcError, match=said):
        write_folder(tmp_path / name, "md", TWO, Style(), replace=True)
    assert (tmp_path / "file").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_when_an_export_fails_the_old_folder_stays_and_nothing_else(tmp_path: Path) -> None:
    def damaged() -> Iterator[Row]:
        yield TWO[0]
        raise ArchiveError("damaged")

    path = tmp_path / "a"
    write_folder(path, "md", TWO, Style())
    with pytest.raises(ArchiveError, match="damaged"):
        write_folder(path, "md", damaged(), Style(), replace=True)
    assert names(path) == FILES | {"undated/undated-b.md"}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("where", ["replyarc.export.binder.Binder.add", "os.sync"])
def test_a_full_disk_is_told_and_the_old_folder_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    path = tmp_path / "a"
    write_folder(path, "md", TWO[:1], Style())
    monkeypatch.setattr(where, full, raising=False)
    with pytest.raises(DiskFull, match=f"{path}: the disk is full"):
        write_folder(path, "md", TWO, Style(), replace=True)
    assert names(path) == FILES
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_folder_comes_back_where_the_new_one_cannot_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    write_folder(path, "md", TWO[:1], Style())
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ReplyarcError, match="cannot be written: Permission denied"):
        write_folder(path, "md", TWO, Style(), replace=True)
    assert names(path) == FILES
    assert list(tmp_path.iterdir()) == [path]


def test_the_folder_is_on_the_disk_before_it_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    there: list[bool] = []
    monkeypatch.setattr(os, "sync", lambda: there.append(path.exists()), raising=False)
    write_folder(path, "md", TWO, Style())
    assert there == [False]


def test_where_the_system_cannot_sync_all_at_once_every_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.delattr(os, "sync", raising=False)
    monkeypatch.setattr(os, "fsync", synced.append)
    write_folder(tmp_path / "a", "md", TWO[:1], Style())
    assert len(synced) == len(FILES)


def test_a_format_of_files_is_none_of_folders(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="csv is no format of folders"):
        write_folder(tmp_path / "a", "csv", TWO, Style())
