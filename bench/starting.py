"""How long it takes until something is on the screen, against `python -c 'import sqlite3'`.

Whole processes, alternating, the best of many: what is left of noise is the same for all.

    python -m bench.starting [--rounds N] [--archive FILE --key KEY]
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

GOALS: Mapping[str, float] = {"--help": 5.0, "show --help": 5.0, "show KEY": 4.0}


KEEPING = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""The environment, so that Python keeps what it compiled, as it does for everybody."""


def commands(archive: Path, key: str) -> dict[str, list[str]]:
    """Return what is timed, by name; the first is what all else is measured in."""
    replyarc = [sys.executable, "-m", "replyarc"]
    on = [*replyarc, "--archive", str(archive)]
    return {
        "import sqlite3": [sys.executable, "-c", "import sqlite3"],
        "--help": [*replyarc, "--help"],
        "show --help": [*replyarc, "show", "--help"],
        "--version": [*replyarc, "--version"],
        "show KEY": [*on, "show", key],
        "show KEY --json": [*on, "show", key, "--json"],
        "show KEY --cite": [*on, "show", key, "--cite"],
        "list --limit 20": [*on, "list", "--limit", "20"],
        "search 养老": [*on, "search", "养老"],
    }


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return the seconds that it took, by the clock and of processor time."""
    before, began = processor_time(), time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=KEEPING, check=False
    )
    return time.perf_counter() - began, processor_time() - before


def processor_time() -> float:
    """Return the processor time of all commands so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def demo(folder: Path) -> tuple[Path, str]:
    """Crawl the sample government; return its archive and the index number of a reply."""
    run = [sys.executable, "-m", "replyarc", "demo", "--folder", str(folder / "demo")]
    subprocess.run(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    archive = folder / "demo" / "replies.db"
    return archive, "014662008/2023-00020"


def measure(archive: Path, key: str, rounds: int) -> None:
    """Print a line for each command: the best of the rounds, and how many times the anchor's."""
    asked = commands(archive, key)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, command in asked.items():
            taken[name].append(timed(command))
    anchor = [min(column) for column in zip(*taken["import sqlite3"], strict=True)]
    print(f"{'':18} {'ms':>7} {'×':>6} {'CPU ms':>7} {'×':>6}  goal")
    for name, each in taken.items():
        wall, cpu = (min(column) for column in zip(*each, strict=True))
        goal = f"≤ {GOALS[name]:.0f} ×" if name in GOALS else ""
        print(
            f"{name:18} {wall * 1000:7.1f} {wall / anchor[0]:6.2f}"
            f" {cpu * 1000:7.1f} {cpu / anchor[1]:6.2f}  {goal}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--key", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="replyarc-") as folder:
        archive, key = (given.archive, given.key) if given.archive else demo(Path(folder))
        measure(archive, key, given.rounds)


if __name__ == "__main__":
    main()
