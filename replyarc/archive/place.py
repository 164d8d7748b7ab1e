"""Where an archive lies: whether there is room, and whether SQLite can be trusted there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePath
from typing import Final

from replyarc.errors import ArchiveError, DiskFull

ROOM: Final = 200_000_000
"""Bytes that are to be free before a crawl or a bulk job begins; half of it while it runs."""

_SYNCED: Final = re.compile(
    r"dropbox|onedrive\b.*|icloud ?drive|mobile documents|com~apple~clouddocs|cloudstorage|"
    r"google ?drive|nextcloud|owncloud|syncthing|nutstore|坚果云|baidusyncdisk|百度网盘|wpsdrive",
    re.IGNORECASE,
)
"""Names of folders that a program copies elsewhere, file by file, whenever they change."""

_NETWORK: Final = re.compile(
    r"nfs\d?|cifs|smb\w*|afs|ncpfs|9p|davfs|vboxsf|vmhgfs|prl_fs|drvfs|glusterfs|lustre|beegfs|"
    r"ceph|fuse\.(sshfs|rclone|davfs2?|s3fs|gcsfuse|glusterfs|curlftpfs|gvfsd-fuse|vmhgfs-fuse|"
    r"ceph(-fuse)?|juicefs|grpcfuse|osxfs)"
)
"""Types of file systems that are on another machine."""

_MOUNTS: Final = Path("/proc/self/mountinfo")


def place_of(path: Path) -> Path:
    """Return where the file itself lies, or will lie: links are followed.

    Raises ArchiveError for a link that leads to itself.
    """
    nowhere = ArchiveError(f"{path}: a link that leads nowhere. Name the file itself")
    try:
        place = path.resolve()
    except RuntimeError as error:  # till Python 3.12; later ones return the link
        raise nowhere from error
    if place.is_symlink():
        raise nowhere
    return place


def check_room(path: Path, wanted: int = ROOM) -> None:
    """Make sure that so many bytes can be written where ``path`` leads.

    Asked whenever an archive is opened for writing, so before a crawl or a bulk job, and at every
    transaction for half. Raises DiskFull, telling what is free, what is wanted, and where.
    """
    check_free(path, place_of(path).parent, wanted)


def check_free(path: Path, folder: Path, wanted: int) -> None:
    """Make sure that so many bytes are free in the folder where a file lies; see `check_room`."""
    folder = _existing(folder)
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise DiskFull(
            f"{path}: {in_words(free)} are free in {folder}, and {in_words(wanted)} are wanted to "
            "go on safely. Make room there; what is archived is whole"
        )


def _existing(folder: Path) -> Path:
    return next((each for each in (folder, *folder.parents) if each.exists()), folder)


def in_words(size: int) -> str:
    """Write a number of bytes for a person.

    >>> in_words(999), in_words(200_000_000), in_words(2_500_000_000)
    ('999 bytes', '200.0 MB', '2.5 GB')
    """
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes"


def risky_place(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """Tell why an archive should not lie at ``path``; ``None`` where nothing speaks against it.

    A network share does not lock as a disk does, and a folder that is synced is copied while it is
    written: either may damage the archive (https://www.sqlite.org/howtocorrupt.html, 2 and 1.4).
    ``mounts`` is where Linux lists what is mounted; elsewhere only names tell.

    >>> risky_place(Path("/home/a/Dropbox/replies.db"), Path("/none"))[:43]
    'it lies in /home/a/Dropbox, which is synced'
    """
    place = place_of(path)
    for folder in place.parents:
        if _SYNCED.fullmatch(folder.name):
            return (
                f"it lies in {folder}, which is synced while it is written: that can damage it. "
                "Keep it elsewhere, and let `replyarc backup` write copies there"
            )
    share = _share(place, mounts)
    if share:
        return (
            f"it lies on a network share ({share}), where locks do not hold as on a disk: that can "
            "damage it. Keep it on a disk of this machine, and let `replyarc backup` write copies "
            "there"
        )
    return None


def _share(place: PurePath, mounts: Path) -> str | None:
    """Return the type of the network share that a place is on, and where it is mounted."""
    if str(place).startswith("\\\\"):
        return str(place.anchor)
    try:
        lines = mounts.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return None
    found = ("", "")
    for line in lines:
        before, _, after = line.partition(" - ")
        point = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), before.split()[4])
        if len(point) >= len(found[1]) and PurePath(place).is_relative_to(point):
            found = (after.split()[0], point)
    kind, point = found
    return f"{kind} at {point}" if _NETWORK.fullmatch(kind) else None
