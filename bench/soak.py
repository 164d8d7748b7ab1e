"""Crawl fifty misbehaving sites again and again, kill the crawls by chance, and look what is left.

Run as ``python -m bench.soak [MINUTES [SEED]]`` (10 minutes). The sites change slowly and answer
one request in twenty with a fault; the runs are the real program, killed, told to end, or left to
end by themselves. Then the faults cease, and a last few runs on later days must bring everything
together. Exits with 1 if a promise was not kept: nothing lost, nothing twice, ``verify`` clean,
neither memory nor descriptors grow with the number of runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from time import monotonic
from typing import Any, Final

from bench.soak_runs import Run, chance, later, watch

HOSTS, LETTERS = 50, 20
CONFIG: Final = """
[archive]
path = "replies.db"
[crawl]
contact = "mailto:bench@localhost"
delay = 0.0
timeout = 5.0
retries = 1
private_addresses = true
"""
SOURCE: Final = """
[[source]]
name = "site-{host}"
publisher = "清源市民政局"
url = "http://127.0.0.{host}:{port}/jytabl/index.html"
"""
LATER: Final = (8.0, 9.0, 16.0)
"""Days from now of the last runs: hosts that were left alone may be asked then."""

FLAT: Final = 1.15
"""By how much the later third of the runs may need more memory than the first."""

FEW: Final = 4
"""Descriptors that the later runs may have open beyond those of the first."""


@contextmanager
def government(seed: int) -> Iterator[subprocess.Popen[str]]:
    """Start the sites, and end them after the block."""
    command = [sys.executable, "-m", "bench.soak_government", *map(str, (seed, HOSTS, LETTERS))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.communicate()


def tell(process: subprocess.Popen[str], word: str) -> None:
    """Tell the sites what to do."""
    assert process.stdin is not None
    process.stdin.write(word + "\n")
    process.stdin.flush()


def heard(process: subprocess.Popen[str]) -> str:
    """Return what the sites say next."""
    assert process.stdout is not None
    return process.stdout.readline()


def configure(folder: Path, port: str) -> list[str]:
    """Write the configuration of all sites; return what replyarc is called with."""
    sources = [SOURCE.format(host=host, port=port) for host in range(1, HOSTS + 1)]
    config = folder / "replyarc.toml"
    config.write_text("".join([CONFIG, *sources]), "utf-8")
    return ["--config", str(config), "-q"]


def soak(sites: subprocess.Popen[str], folder: Path, minutes: float, random: Random) -> list[Run]:
    """Crawl until the time is over, and then in peace, on later days, until all is had."""
    called = configure(folder, heard(sites).strip())
    crawl, until = [*called, "crawl", "--json"], monotonic() + 60 * minutes
    runs: list[Run] = []
    while monotonic() < until:
        end = chance(random) if runs else None
        runs.append(watch([sys.executable, "-m", "replyarc", *crawl], folder, end))
        tell(sites, "change")
    tell(sites, "calm")
    return [*runs, *(watch(later(days, crawl), folder, None) for days in LATER)]


def held(called: Sequence[str]) -> list[dict[str, Any]]:
    """Return every reply that the archive holds, as the program itself exports it."""
    command = [sys.executable, "-m", "replyarc", *called, "export", "-f", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def broken(folder: Path, published: dict[str, str], runs: Sequence[Run]) -> Iterator[str]:
    """Say which promises were not kept."""
    called = ["--config", str(folder / "replyarc.toml"), "-q"]
    replies = held(called)
    shown = {reply["url"]: reply["sha256"] for reply in replies}
    lost = [url for url in published if url not in shown]
    old = [url for url, sha in published.items() if url in shown and shown[url] != sha]
    for urls, what in ((lost, "lost"), (old, "archived, but not as it stands now")):
        if urls:
            yield f"{len(urls)} letters are {what}: {', '.join(urls[:3])}"
    if len(replies) != len(published):
        yield f"{len(replies)} replies are held of {len(published)} letters: some twice"
    command = [sys.executable, "-m", "replyarc", *called, "verify"]
    verified = subprocess.run(command, capture_output=True, text=True)
    if verified.returncode:
        yield f"verify ends with {verified.returncode}: {verified.stdout}{verified.stderr}"
    yield from (f"run {number}: {run.fault}" for number, run in enumerate(runs) if run.fault)
    yield from grown([run for run in runs if run.whole][1 : -len(LATER)])


def grown(runs: Sequence[Run]) -> Iterator[str]:
    """Say whether the later of the runs that were left to end needed more than the first."""
    third = len(runs) // 3
    if third == 0:
        return
    first, last = runs[:third], runs[-third:]
    memory = [median(run.memory for run in each) for each in (first, last)]
    descriptors = [median(run.descriptors for run in each) for each in (first, last)]
    if memory[1] > memory[0] * FLAT:
        yield f"memory grows: {memory[0]:,.0f} kB at first, {memory[1]:,.0f} kB at last"
    if descriptors[1] > descriptors[0] + FEW:
        yield f"descriptors grow: {descriptors[0]:.0f} at first, {descriptors[1]:.0f} at last"


def show(runs: Sequence[Run], letters: int, faults: dict[str, int]) -> None:
    """Print the figures."""
    ended = Counter(run.ended_by for run in runs)
    print(
        f"{len(runs)} runs over {HOSTS} hosts and {letters:,} letters in the end; ended by", end=""
    )
    print(": " + ", ".join(f"{name} {number}" for name, number in ended.most_common()))
    print("faults: " + ", ".join(f"{name} {number}" for name, number in sorted(faults.items())))
    print(f"{'run':>5} {'code':>5} {'ended by':10} {'s':>6} {'memory kB':>10} {'open':>5} requests")
    for number, run in enumerate(runs):
        if run.whole:
            print(
                f"{number:5} {run.code:5} {run.ended_by:10} {run.seconds:6.1f} {run.memory:10,}"
                f" {run.descriptors:5} {run.requests if run.requests is not None else '?'}"
            )


def main(minutes: float, seed: int) -> None:
    """Soak, print the figures, and exit with 1 if a promise was not kept."""
    print(f"soaking for {minutes:g} minutes, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as place, government(seed) as sites:
        folder = Path(place)
        runs = soak(sites, folder, minutes, Random(seed))
        tell(sites, "published")
        told = json.loads(heard(sites))
        problems = [*broken(folder, told["letters"], runs)]
    show(runs, len(told["letters"]), told["faults"])
    for problem in problems:
        print(f"NOT KEPT: {problem}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    minutes, seed, *_ = *sys.argv[1:], *("10", "6")[len(sys.argv) - 1 :]
    main(float(minutes), int(seed))
