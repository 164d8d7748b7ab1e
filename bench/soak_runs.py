"""The runs of ``bench.soak``: each watched from outside, ended by chance, and what it came to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

SAMPLE: Final = 0.1
"""Seconds between two looks at a run."""

LONGEST: Final = 240.0
"""Seconds; a run that takes longer hangs."""

ALLOWED: Final = {0, 4, 5, 6, 130, 143, -signal.SIGKILL, -signal.SIGTERM}
"""How a run may end: done, some failed, a finding, turned away, by a signal."""


@dataclass(frozen=True, slots=True)
class Run:
    """How one run ended, and what it needed: memory at the most in kB, descriptors, seconds.

    ``requests`` is ``None`` where it was killed and could not say.
    """

    code: int
    ended_by: str
    memory: int
    descriptors: int
    seconds: float
    requests: int | None
    told: str

    @property
    def whole(self) -> bool:
        """Whether it came to its end by itself."""
        return self.ended_by == "itself"

    @property
    def fault(self) -> str | None:
        """What is wrong with how it ended, if anything is."""
        if "Traceback" in self.told or self.code not in ALLOWED:
            return f"ended with {self.code}: {self.told[-2000:]}"
        return "it hangs" if self.ended_by == "us, for it hangs" else None


def watch(command: Sequence[str], folder: Path, end: tuple[float, int] | None) -> Run:
    """Run a crawl to its end, or send it a signal after so many seconds; look at it meanwhile."""
    ended_by, most, begun = "itself", [0, 0], monotonic()
    out, err = folder / "out.json", folder / "err.txt"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr)
        while process.poll() is None:
            most = [max(pair) for pair in zip(most, _needs(process.pid), strict=True)]
            after = monotonic() - begun
            if end and after > end[0]:
                ended_by = signal.Signals(end[1]).name
                process.send_signal(end[1])
                end = None
            if after > LONGEST:
                ended_by = "us, for it hangs"
                process.kill()
            try:
                process.wait(SAMPLE)
            except subprocess.TimeoutExpired:
                continue
    seconds, told = monotonic() - begun, err.read_text("utf-8", "replace")
    return Run(process.returncode, ended_by, most[0], most[1], seconds, _requests(out), told)


def _needs(pid: int) -> tuple[int, int]:
    """Return how much memory a process had at the most, and how many descriptors it has now."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        memory = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
        return memory, sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:  # it has ended meanwhile
        return 0, 0


def _requests(out: Path) -> int | None:
    try:
        told = json.loads(out.read_text("utf-8"))
    except ValueError:
        return None
    reports = told.get("sources", []) if isinstance(told, dict) else told
    return sum(int(report.get("requests") or 0) for report in reports)


def chance(random: Random) -> tuple[float, int] | None:
    """Draw how a run is to be ended, if not by itself: after how long, and by which signal."""
    after = random.uniform(0.3, 9.0)
    return random.choice(
        ((after, signal.SIGKILL), (after, signal.SIGKILL), (after, signal.SIGTERM), None)
    )


def later(days: float, arguments: Sequence[str]) -> list[str]:
    """Return the command that runs replyarc so many days from now."""
    return [sys.executable, "-m", "bench.soak_runs", str(days), *arguments]


def _run_later(days: float, arguments: Sequence[str]) -> None:
    """Run replyarc with its clock set forward."""
    import pytest

    from replyarc.cli.app import app
    from tests.clock import moving

    moving(pytest.MonkeyPatch())(days)
    app(args=list(arguments), prog_name="replyarc")


if __name__ == "__main__":
    _run_later(float(sys.argv[1]), sys.argv[2:])
