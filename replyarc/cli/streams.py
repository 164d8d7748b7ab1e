"""stdout and stderr: that every character gets through, and what a closed pipe means."""

from __future__ import annotations

import io
import os
import sys


def prepare_streams() -> None:
    """Let no character end a command, and let an unbuffered stdout write all that it is given.

    With PYTHONUNBUFFERED a text stream writes straight to the file, and what one call to the
    system does not take is lost without a word.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # not the capturing streams of a test
            stream.reconfigure(errors="backslashreplace")
    out = sys.stdout
    if not isinstance(out, io.TextIOWrapper) or out is not sys.__stdout__:
        return
    if isinstance(out.buffer, io.RawIOBase):
        buffered = io.BufferedWriter(out.detach())
        sys.stdout = io.TextIOWrapper(buffered, encoding="utf-8", errors="backslashreplace")


def close_stdout() -> None:
    """Let what is left to write go nowhere: Python would complain of it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
