"""What a library writes a file to: a stream that it can neither close nor spoil."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO


class Sink:
    """Passes bytes on to a stream, until the block ends.

    Libraries put an end to their files when they are thrown away, also after a failure. By then
    the stream is closed, or is another's: from the end of the block on, nothing is passed on.
    Positions count from the first byte, whatever stands before it; there is no way back, so that a
    pipe and a file are written alike.
    """

    closed = False

    def __init__(self, out: BinaryIO) -> None:
        self._out: BinaryIO | None = out
        self._at = 0

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, *_: object) -> None:
        self._out = None

    def write(self, some: bytes) -> int:
        """Write bytes; return how many."""
        number = memoryview(some).nbytes
        if self._out:
            self._out.write(some)
        self._at += number
        return number

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._at

    def flush(self) -> None:
        """Pass on what the stream holds back."""
        if self._out:
            self._out.flush()

    def close(self) -> None:
        """Do nothing: who opened the stream closes it."""


def beside(out: BinaryIO) -> str | None:
    """Return the folder of the file that is written: there is room where it goes, if anywhere.

    ``None`` for a stream without a place, which leaves the choice to the system.
    """
    name = getattr(out, "name", None)
    named = isinstance(name, str) and Path(name).is_file()
    return str(Path(name).absolute().parent) if named and isinstance(name, str) else None
