"""Where an export goes: into a file, whole or not at all, or down a stream."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from replyarc.errors import NO_ROOM, DiskFull, ReplyarcError
from replyarc.export.flat import Row
from replyarc.export.formats import FORMATS, ArchiveFormat, Format
from replyarc.export.kept import Kept
from replyarc.export.leftover import part_of
from replyarc.export.tables import Profile, Style

OPENED: Final = Style(Profile.EXCEL)
READ: Final = Style(Profile.RAW)
BUFFER: Final = 1 << 18
"""Bytes that are written to a file at once."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export came to: replies written, and the SHA-256 of the file."""

    rows: int
    sha256: str


def write_file(
    path: Path,
    form: str,
    replies: Iterable[Row],
    style: Style = OPENED,
) -> Written:
    """Write replies to a file, which takes its name only when it is whole and on the disk.

    Until then what stood there before stays, also where this fails. A link is followed. ``form``
    is a name of FORMATS. Raises DiskFull, and ReplyarcError where the file cannot be written.
    """
    write = _of_replies(form).write
    return placed(path, lambda out: write(replies, out, style))


def write_archive(path: Path, form: str, kept: Kept) -> Written:
    """Write an archive to a file, in a format that holds its bytes; see ``write_file``."""
    chosen = FORMATS[form]
    if not isinstance(chosen, ArchiveFormat):
        raise ValueError(f"{form} is a format of replies")
    return placed(path, lambda out: chosen.write(kept, out))


def placed(path: Path, write: Callable[[BinaryIO], int]) -> Written:
    """Write beside the place, and give the file its name when it is on the disk."""
    place = path.resolve()
    part = part_of(place)
    with told(path):
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "it is a folder or a device. Name a file")
        try:
            with part.open("xb", BUFFER) as out:
                rows = write(out)
                out.flush()
                os.fsync(out.fileno())
            with part.open("rb") as whole:
                sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
            if place.exists():
                shutil.copymode(place, part)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    return Written(rows, sha256)


def write_stream(
    out: BinaryIO,
    form: str,
    replies: Iterable[Row],
    style: Style = READ,
) -> int:
    """Write an export to a stream of bytes, ``sys.stdout.buffer`` say; return how many replies.

    Raises DiskFull, and BrokenPipeError where the reader went away.
    """
    write = _of_replies(form).write
    with told("standard output"):
        rows = write(replies, out, style)
        out.flush()
    return rows


def _of_replies(form: str) -> Format:
    chosen = FORMATS[form]
    if not isinstance(chosen, Format):
        raise ValueError(f"{form} is a format of archives")
    return chosen


@contextmanager
def told(place: Path | str) -> Iterator[None]:
    """Tell of what goes wrong while a place is written to: raises DiskFull and ReplyarcError.

    That the reader of a pipe went away is no error: BrokenPipeError passes.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull(f"{place}: the disk is full. Free some room and export again") from error
        folder = Path(place).resolve().parent
        if error.errno == errno.ENOENT and not folder.exists():
            raise ReplyarcError(f"{place}: there is no folder {folder}") from error
        raise ReplyarcError(f"{place}: cannot be written: {error.strerror or error}") from error
