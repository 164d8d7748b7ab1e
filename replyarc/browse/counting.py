"""What is counted or drawn of the whole archive, once as long as nothing is written to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar

from replyarc.archive.store import Archive

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]

_KEPT: Final[dict[Callable[[Archive], Any], tuple[Stamp, Any]]] = {}
# a page and its pictures ask for the same at once, and no page is to wait for a picture
_ONE_AT_A_TIME: Final[defaultdict[Callable[[Archive], Any], RLock]] = defaultdict(RLock)


def once(archive: Archive, count: Callable[[Archive], T]) -> T:
    """Return what is counted of an archive: what it came to before, where the file is the same."""
    stamp = _stamp(archive.path)
    with _ONE_AT_A_TIME[count]:
        known, counted = _KEPT.get(count, ((), None))
        if known != stamp:
            counted = count(archive)
            _KEPT[count] = stamp, counted
        result: T = counted
        return result


def _stamp(path: Path) -> Stamp:
    """Tell one state of the file and of its log from another."""
    found = []
    for file in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            stat = file.stat()
            found.append((str(file), stat.st_size, stat.st_mtime_ns))
    return tuple(found)
