"""Running replyarc again and again, and killing it at one of its points (see archive.crashing)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Kill(Protocol):
    """Runs replyarc so many days from now, killed at a point where one is given.

    Returns how it ended: the exit code, or minus the signal.
    """

    def __call__(self, arguments: Sequence[str], point: int | None, days: float = 0.0, /) -> int:
        """Run it."""


@contextmanager
def killing() -> Iterator[Kill]:
    """Start a process that runs replyarc in forks of its own, and end it after the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.forking"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=unmeasured(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asking, answers = process.stdin, process.stdout

        def run(arguments: Sequence[str], point: int | None, days: float = 0.0, /) -> int:
            environment = {"REPLYARC_CRASH_AT": "" if point is None else str(point)}
            asking.write(json.dumps([environment, list(arguments), days]) + "\n")
            asking.flush()
            answer = answers.readline()
            assert answer, "the process that forks has ended: python -m tests.forking says why"
            return int(answer)

        yield run
        asking.close()


def unmeasured() -> dict[str, str]:
    """Return the environment of a process whose coverage nobody measures.

    What is killed never writes down what it has run through, and would only be slower by half.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Make a folder in memory where there is one: a kill takes back nothing that was written.

    So the disk, which each of hundreds of commits would wait for, plays no part.
    """
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)
