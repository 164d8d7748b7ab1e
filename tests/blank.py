"""Empty archives by the hundred: one is made, the others are copies of its file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from replyarc.archive.store import Archive


@cache
def _blank() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.db"
        Archive.open(path, create=True).close()
        return path.read_bytes()


def blank(path: Path) -> Archive:
    """Open a new archive at a path, much faster than it is made; it does not wait for the disk.

    Raises FileExistsError where there is a file: an archive would be lost.
    """
    with path.open("xb") as file:
        file.write(_blank())
    archive = Archive.open(path)
    archive.db.execute("pragma synchronous = off")
    return archive
