"""Read a file in a process of its own, which may take only so long and so much memory.

A file may be made to keep a reader busy for ever. Here that costs a process of its own, which ends
itself by an alarm and by limits, and is killed by us. It gets the file by its standard input, after
a line of JSON, and answers in JSON. ``python -m replyarc.attached.apart`` is that process.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

from replyarc.attached.kinds import kind_of
from replyarc.attached.read import read_file
from replyarc.evidence import Attached

MAX_IN: Final = 100_000_000
"""Bytes of a file that is given to a process to read."""

MAX_OUT: Final = 16_000_000
"""Bytes of an answer: what the most letters that are read take in JSON, and more."""

_ROOT: Final = str(Path(__file__).resolve().parents[2])


def read_apart(
    body: bytes, name: str = "", *, seconds: float = 30.0, memory: int = 600_000_000
) -> Attached:
    """Read a file as ``read_file`` does, in a process of its own.

    ``memory`` is the address space of the process in bytes, where the platform bounds it. Never
    raises of what the file is; a process that crashes or takes too long is told as a problem.
    """
    if len(body) > MAX_IN:
        problem = f"too large: more than {MAX_IN} bytes"
        return Attached(kind=kind_of(body[:4096], name), problem=problem)
    asked = {"name": name, "seconds": seconds, "memory": memory}
    # files, not pipes: nothing can block, and the answer is bounded by what a file may hold
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(json.dumps(asked).encode() + b"\n" + body)
        given.seek(0)
        ended = _run(given, answer, seconds)
        answer.seek(0)
        read = _read_answer(answer.read(MAX_OUT + 1)) if ended == 0 else None
    if read is not None:
        return read
    why = "the program that reads it came to an unexpected end"
    if ended is None:
        why = f"it could not be read within {seconds:g} seconds"
    return Attached(kind=kind_of(body, name), problem=why)


def _run(given: IO[bytes], answer: IO[bytes], seconds: float) -> int | None:
    """Run the process to its end and return its exit code, None if it took too long."""
    paths = _ROOT, os.environ.get("PYTHONPATH")
    process = subprocess.Popen(
        # -P: a folder that is called replyarc where the user happens to be is not imported
        [sys.executable, "-P", "-m", "replyarc.attached.apart"],
        stdin=given,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:  # also of a KeyboardInterrupt: no process is left behind
        process.kill()
        process.wait()
    return None if code in _TOO_LONG else code


def _read_answer(data: bytes) -> Attached | None:
    try:
        return Attached(**json.loads(data))
    except (ValueError, TypeError):
        return None


def main() -> None:
    """Be the process: read the file on standard input, answer on standard output."""
    asked = json.loads(sys.stdin.buffer.readline(100_000))
    _bound(asked["seconds"], asked["memory"])
    read = read_file(sys.stdin.buffer.read(), asked["name"])
    sys.stdout.buffer.write(json.dumps(asdict(read)).encode())


if sys.platform == "win32":  # pragma: no cover  (there, only the clock of the parent bounds it)
    _TOO_LONG: Final[frozenset[int]] = frozenset()

    def _bound(seconds: float, memory: int) -> None:
        """Do nothing: the platform has no such limits."""

else:
    import resource
    import signal

    _TOO_LONG: Final = frozenset({-signal.SIGALRM, -signal.SIGXCPU})

    def _bound(seconds: float, memory: int) -> None:
        """Limit this process; what ends it needs no parent."""
        for limit, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, math.ceil(seconds) + 1),
            (resource.RLIMIT_FSIZE, MAX_OUT),
            (resource.RLIMIT_CORE, 0),
        ):
            # not every platform has every limit; one that is lower already stays
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(limit, (most, most))
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
