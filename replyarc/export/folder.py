"""Where an export of many files goes: a folder, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from replyarc.errors import ReplyarcError
from replyarc.export.binder import SUMS, Binder
from replyarc.export.file import Written, told
from replyarc.export.flat import Row
from replyarc.export.formats import FORMATS, FolderFormat
from replyarc.export.leftover import part_of
from replyarc.export.tables import Style

MARKER: Final = ".replyarc-export"
"""The file by which a folder is known as one that was written here, and may be replaced."""

_TOLD: Final = (
    "This folder was written by `replyarc export`. It is replaced as a whole when it is exported "
    "again: keep nothing of your own in it.\n"
)
_OF_NOBODY: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems put into a folder by themselves."""


def write_folder(
    path: Path, form: str, replies: Iterable[Row], style: Style, *, replace: bool = False
) -> Written:
    """Write replies to a folder, which takes its name only when it is whole and on the disk.

    Until then what stood there before stays, also where this fails. A folder that is there is
    replaced only if it is empty, or if ``replace`` is set, it was written by an export, and holds
    nothing else. The SHA-256 that is told is that of ``SHA256SUMS`` in it, which names every file.
    ``form`` is a name of FORMATS. Raises DiskFull, and ReplyarcError where the folder cannot be
    written or must not be replaced.
    """
    chosen = FORMATS[form]
    if not isinstance(chosen, FolderFormat):
        raise ValueError(f"{form} is no format of folders")
    check_folder(path, replace=replace)
    place = path.resolve()
    part = part_of(place)
    with told(path):
        try:
            part.mkdir()
            (part / MARKER).write_text(_TOLD, "utf-8", newline="\n")
            with Binder(part) as binder:
                rows = chosen.write(replies, binder, style)
            _settle(part)
            with (part / SUMS).open("rb") as sums:
                sha256 = hashlib.file_digest(sums, "sha256").hexdigest()
            _swap(part, place)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return Written(rows, sha256)


def check_folder(path: Path, *, replace: bool = False) -> None:
    """Return if a folder may be written here; else raise ReplyarcError, which says why not.

    To be asked before a long export begins.
    """
    with told(path):
        _check(path, replace)


def _check(path: Path, replace: bool) -> None:
    if path.suffix.lower() == ".md" and not path.exists():
        raise ReplyarcError(f"{path}: md is a folder of letters. Name a folder: -o {path.stem}")
    if path.exists() and not path.is_dir():
        raise ReplyarcError(f"{path}: it is no folder. Name one that is not there yet")
    if not path.is_dir() or not any(path.iterdir()):
        return
    if not (path / MARKER).is_file():
        raise ReplyarcError(
            f"{path}: the folder holds what no export has written, and is left alone. "
            "Name one that is not there yet"
        )
    if not replace:
        raise ReplyarcError(f"{path}: exists already. Give --force to replace it")
    if own := _strange(path):
        raise ReplyarcError(
            f"{own}: no export has written this, and it would be lost. Move it elsewhere"
        )


def _strange(path: Path) -> Path | None:
    """Return a file in a folder that its list of files does not name, if there is one."""
    named = {SUMS, MARKER}
    if (path / SUMS).is_file():
        with (path / SUMS).open(encoding="utf-8", errors="replace") as sums:
            named.update(line.rstrip("\n").partition("  ")[2] for line in sums)
    for folder, inside, files in os.walk(path):
        here = Path(folder)
        inside.sort()
        for name in sorted(files):
            file = here / name
            if name not in _OF_NOBODY and file.relative_to(path).as_posix() not in named:
                return file
    return None


def _settle(folder: Path) -> None:
    """Have the system write a folder to the disk."""
    if hasattr(os, "sync"):  # one call for all of them: a hundred thousand would take minutes
        os.sync()
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())


def _swap(part: Path, place: Path) -> None:
    """Give a folder its name, and throw away what had it before."""
    if not place.exists():
        part.rename(place)
        return
    shutil.copymode(place, part)
    old = part.with_suffix(".old")
    place.rename(old)
    try:
        part.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
