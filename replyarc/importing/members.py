"""A gzip file taken apart into its members, also where some of them are damaged. No network.

A WARC has a gzip member for each record, so that what is whole can be had although something before
it is not: where a member breaks off or cannot be unpacked, the next one is looked for. warcio, and
Python's own gzip, end there, and of a file that is cut warcio says nothing (its issue 138).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

Tell = Callable[[str], None]
"""Is told, in words, of each place where something is lost."""

GZIP: Final = b"\x1f\x8b\x08"
RECORD: Final = b"WARC/"
"""What a record of a WARC begins with."""

_CHUNK: Final = 1 << 16
_LARGE: Final = 300_000_000
_RATIO: Final = 100
"""A member that grows beyond _LARGE bytes, and to so many times its size, is a bomb."""


class Damaged(Exception):
    """What is read breaks off, or is not what it says; the message says where."""


def streams(file: BinaryIO, tell: Tell) -> Iterator[io.BufferedReader]:
    """Yield what can be read of a file one after the other: itself, or each of its gzip members.

    Whoever reads one has to tell ``failed`` of its ``raw`` where it was not what it should be, so
    that the next member is looked for inside it.
    """
    if file.read(len(RECORD)) == RECORD or _next(file, 0) is None:
        file.seek(0)
        yield io.BufferedReader(Plain(file))
        return
    at = 0
    lost: int | None = None
    while True:
        start = _next(file, at)
        if start is None:
            break
        if lost is None and start > at:
            lost = at
        member = Member(file, start)
        yield io.BufferedReader(member, _CHUNK)
        after = member.end()
        if after is None:
            lost = start if lost is None else lost
            at = start + 1
            continue
        if lost is not None:
            tell(f"bytes {lost:,} to {start:,} cannot be read")
        at, lost = after, None
    size = file.seek(0, io.SEEK_END)
    if lost is None and at < size and file.seek(at) == at and file.read().strip(b"\0"):
        lost = at
    if lost is not None:
        tell(f"it breaks off: from byte {lost:,} on nothing can be read")


def _next(file: BinaryIO, at: int) -> int | None:
    """Return where the next member may begin, at a place or behind it."""
    file.seek(at)
    kept = b""
    while chunk := file.read(_CHUNK):
        kept += chunk
        found = kept.find(GZIP)
        if found >= 0:
            return at + found
        at += max(len(kept) - len(GZIP) + 1, 0)
        kept = kept[-len(GZIP) + 1 :]
    return None


class Plain(io.RawIOBase):
    """A file that is not packed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed = False

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as io calls it
        """Fill a buffer, as far as there is something."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class Member(io.RawIOBase):
    """One gzip member of a file; its bytes come unpacked, never more of them than are asked for."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._at = start  # of the file, behind what was read
        self._start = start
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._rest = b""
        self._made = 0
        self.failed = False

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as io calls it
        """Fill a buffer with what is unpacked, as far as there is something.

        Raises Damaged.
        """
        data = self._unpack(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _unpack(self, size: int) -> bytes:
        data = b""
        while not data and not self._inflater.eof:
            packed = self._rest or self._read()
            try:
                data = self._inflater.decompress(packed, size)
            except zlib.error as error:
                raise Damaged(f"its gzip stream is damaged ({error})") from error
            self._rest = self._inflater.unconsumed_tail
            if not (data or packed or self._inflater.eof):
                raise Damaged("it breaks off")
        self._made += len(data)
        if self._made > max(_LARGE, _RATIO * (self._at - self._start)):
            raise Damaged(f"it unpacks to more than {_LARGE:,} bytes")
        return data

    def _read(self) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(_CHUNK)
        self._at += len(data)
        return data

    def end(self) -> int | None:
        """Return where the member ends in the file; ``None`` where it is damaged.

        What was not read of it is passed over.
        """
        try:
            while not self.failed and self._unpack(_CHUNK):
                pass
        except Damaged:
            return None
        if self.failed:
            return None
        return self._at - len(self._inflater.unused_data)
