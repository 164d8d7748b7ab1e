"""Where an archive lies: room, network shares, folders that are synced."""

from __future__ import annotations

from pathlib import Path

import pytest

from replyarc.archive.place import ROOM, check_room, in_words, place_of, risky_place
from replyarc.errors import ArchiveError, DiskFull

MOUNTS = r"""
22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
31 22 0:27 / /mnt/share rw,relatime - nfs4 server:/share rw,vers=4.2
32 22 0:28 / /mnt/with\040blank rw,relatime shared:3 - cifs //server/x rw
33 31 8:1 / /mnt/share/local rw,relatime - xfs /dev/sdb1 rw
34 22 0:30 / /mnt/ssh rw,relatime - fuse.sshfs a:/b rw
35 22 0:31 / /mnt/hgfs rw,relatime - fuse.vmhgfs-fuse vmhgfs-fuse rw
36 22 0:32 / /mnt/fuse rw,relatime - fuse.ntfs /dev/sdc1 rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(MOUNTS.strip() + "\n")
    return path


@pytest.mark.parametrize(
    ("place", "share"),
    [
        ("/home/a/replies.db", None),
        ("/mnt/share/replies.db", "nfs4 at /mnt/share"),
        ("/mnt/share/local/replies.db", None),
        ("/mnt/shared/replies.db", None),
        ("/mnt/with blank/folder/replies.db", "cifs at /mnt/with blank"),
        ("/mnt/ssh/replies.db", "fuse.sshfs at /mnt/ssh"),
        ("/mnt/hgfs/a/replies.db", "fuse.vmhgfs-fuse at /mnt/hgfs"),
        ("/mnt/fuse/replies.db", None),
    ],
)
def test_a_network_share_is_told_by_its_mount(place: str, share: str | None, mounts: Path) -> None:
    told = risky_place(Path(place), mounts)
    assert (told is None) == (share is None)
    assert share is None or f"a network share ({share})" in str(told)


@pytest.mark.parametrize(
    "folder",
    [
        "Dropbox",
        "OneDrive",
        "OneDrive - 清源市",
        "Library/Mobile Documents/com~apple~CloudDocs",
        "Library/CloudStorage/GoogleDrive-a@b.test",
        "Google Drive/My Drive",
        "坚果云",
        "BaiduSyncdisk/archive",
    ],
)
def test_a_folder_that_is_synced_is_told_by_its_name(folder: str, mounts: Path) -> None:
    told = risky_place(Path("/home/a") / folder / "replies.db", mounts)
    assert told is not None
    assert "which is synced" in told
    assert "replyarc backup" in told


def test_a_name_that_only_looks_alike_is_no_reason(mounts: Path) -> None:
    assert risky_place(Path("/home/a/my dropbox notes/replies.db"), mounts) is None
    assert risky_place(Path("/home/a/dropbox.db"), mounts) is None


def test_a_link_into_such_a_folder_is_followed(tmp_path: Path, mounts: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / "a.db").touch()
    (tmp_path / "a.db").symlink_to(tmp_path / "Dropbox" / "a.db")
    assert "which is synced" in str(risky_place(tmp_path / "a.db", mounts))


def test_such_a_link_is_followed_before_the_archive_is_there(tmp_path: Path, mounts: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    (tmp_path / "a.db").symlink_to(tmp_path / "Dropbox" / "a.db")
    (tmp_path / "far").symlink_to("/mnt/share")
    assert "which is synced" in str(risky_place(tmp_path / "linked" / "a.db", mounts))
    assert "which is synced" in str(risky_place(tmp_path / "a.db", mounts))
    assert "nfs4 at /mnt/share" in str(risky_place(tmp_path / "far" / "a.db", mounts))


def test_room_is_asked_for_where_a_link_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "a.db").symlink_to(tmp_path / "disk" / "a.db")
    asked: list[Path] = []

    def usage(folder: Path) -> object:
        asked.append(folder)
        return type("Usage", (), {"free": ROOM})

    monkeypatch.setattr("shutil.disk_usage", usage)
    check_room(tmp_path / "a.db")
    assert asked == [tmp_path / "disk"]


def test_a_link_that_leads_to_itself_is_no_place(tmp_path: Path, mounts: Path) -> None:
    (tmp_path / "a.db").symlink_to(tmp_path / "a.db")
    for ask in (check_room, place_of):
        with pytest.raises(ArchiveError, match=r"a\.db: a link that leads nowhere"):
            ask(tmp_path / "a.db")


def test_without_a_list_of_mounts_only_names_tell(tmp_path: Path) -> None:
    assert risky_place(Path("/mnt/share/replies.db"), tmp_path / "none") is None


def test_room_is_asked_for_where_the_archive_is_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def usage(folder: Path) -> object:
        asked.append(folder)
        return type("Usage", (), {"free": ROOM - 1})

    monkeypatch.setattr("shutil.disk_usage", usage)
    path = tmp_path / "not" / "yet" / "a.db"
    with pytest.raises(DiskFull) as caught:
        check_room(path)
    assert asked == [tmp_path]
    assert str(path) in str(caught.value)
    assert f"are free in {tmp_path}, and 200.0 MB are wanted" in str(caught.value)
    check_room(path, ROOM - 1)


def test_sizes_are_told_in_words() -> None:
    assert [in_words(size) for size in (0, 1500, 3 * 10**6)] == ["0 bytes", "1.5 kB", "3.0 MB"]
