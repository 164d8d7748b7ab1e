"""Where an export goes: into a file, whole or not at all, or down a stream."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from replyarc.errors import DiskFull, ReplyarcError
from replyarc.export.formats import FORMATS, Headers, Profile, Style
from replyarc.model import Reply

NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Written:
    """What an export came to: replies written, and the SHA-256 of the file."""

    rows: int
    sha256: str


def write_file(
    path: Path,
    form: str,
    replies: Iterable[Reply],
    profile: str = "excel",
    headers: str | None = None,
) -> Written:
    """Write an export to a file, which takes its name only when it is whole and on the disk.

    Until then what stood there before stays, also where this fails. A link is followed. ``form``
    is a name of FORMATS; ``headers`` is ``None`` where the profile's own hold. Raises
    DiskFull, and ReplyarcError where the file cannot be written.
    """
    style = _style(profile, headers)
    place = path.resolve()
    part = place.with_name(f".replyarc-{secrets.token_hex(8)}.part")
    with _told(path):
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "it is a folder or a device. Name a file")
        try:
            with part.open("x+b") as out:
                rows = FORMATS[form].write(replies, out, style)
                out.flush()
                os.fsync(out.fileno())
                out.seek(0)
                sha256 = hashlib.file_digest(out, "sha256").hexdigest()
            if place.exists():
                shutil.copymode(place, part)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    return Written(rows, sha256)


def write_stream(
    out: BinaryIO,
    form: str,
    replies: Iterable[Reply],
    profile: str = "raw",
    headers: str | None = None,
) -> int:
    """Write an export to a stream of bytes, ``sys.stdout.buffer`` say; return how many replies.

    Raises DiskFull, and BrokenPipeError where the reader went away.
    """
    style = _style(profile, headers)
    with _told("standard output"):
        rows = FORMATS[form].write(replies, out, style)
        out.flush()
    return rows


def _style(profile: str, headers: str | None) -> Style:
    return Style(Profile(profile), Headers(headers) if headers else None)


@contextmanager
def _told(place: Path | str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull(f"{place}: the disk is full. Free some room and export again") from error
        raise ReplyarcError(f"{place}: cannot be written: {error.strerror or error}") from error
