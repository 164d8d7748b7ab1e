"""What exports that were killed left beside their files: hidden, whole for nobody, in the way."""

from __future__ import annotations

import re
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

OLD: Final = 24 * 3600.0
"""Seconds after which a file that nobody has written to is nobody's: no export takes so long."""

# As `export.file` and `export.folder` name what they write, and `export.bundle` its workplace.
_OURS: Final = re.compile(r"\.replyarc-(?:[0-9a-f]{16}\.part|[a-z0-9_]{8})")


def sweep(folder: Path, now: float | None = None) -> list[Path]:
    """Remove what an export that was killed left in a folder more than a day ago; return it.

    What an export in the making has there is younger. What cannot be removed stays.
    """
    until = (time.time() if now is None else now) - OLD
    removed = []
    with suppress(OSError):
        for path in sorted(folder.glob(".replyarc-*")):
            if _OURS.fullmatch(path.name) and not path.is_symlink() and _newest(path) < until:
                _remove(path)
                removed.append(path)
    return removed


def _newest(path: Path) -> float:
    return max(each.stat().st_mtime for each in (path, *path.glob("*")))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
