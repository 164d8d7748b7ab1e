"""Where exports are in the making, beside their files, and what those left that were killed."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

OLD: Final = 24 * 3600.0
"""Seconds after which a file that nobody has written to is nobody's: no export takes so long."""

PREFIX: Final = ".replyarc-"
"""What the names begin with of all that is in the making beside a file."""

# As `part_of` names what is written, and `tempfile` the workplaces.
_OURS: Final = re.compile(rf"{re.escape(PREFIX)}(?:[0-9a-f]{{16}}\.part|[a-z0-9_]{{8}})")


def part_of(place: Path) -> Path:
    """Return where a file or folder is in the making: beside its place, hidden, nobody else's."""
    return place.with_name(f"{PREFIX}{secrets.token_hex(8)}.part")


def sweep(folder: Path, now: float | None = None) -> list[Path]:
    """Remove what an export that was killed left in a folder more than a day ago; return it.

    What an export in the making has there is younger. What cannot be removed stays.
    """
    until = (time.time() if now is None else now) - OLD
    removed = []
    with suppress(OSError):
        for path in sorted(folder.glob(f"{PREFIX}*")):
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
