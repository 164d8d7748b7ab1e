"""How SQLite is told to open the file of an archive."""

from __future__ import annotations

import os
from pathlib import Path


def address_of(path: Path, create: bool, read_only: bool) -> str:
    """Return how SQLite is to open the file.

    A reader too opens it for writing where it may, since only then the last one out clears the
    files of the write-ahead log away; and ``immutable`` is the only way into a folder where no
    such files can be made.
    """
    mode = "rwc" if create else "rw"
    if read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        mode = "ro" if Path(f"{path}-wal").exists() else "ro&immutable=1"
    return f"{path.absolute().as_uri()}?mode={mode}"
