"""Read damaged and hostile pages for a while: nothing but a ReplyError may leave the reader.

Run as ``python -m bench.fuzz [SECONDS] [SEED]``. Two of three pages are pages of the tests, and
those of REPLYARC_CORPUS where it is set, damaged (`damage`); the third is made to be hard
(`hostile`). No page may take over 2 seconds of the processor or 300 MB of memory. What fails is
read twice more, since machines have slow moments; if it still does, it is written to a file, and
how to read that alone is printed: ``python -m bench.fuzz --replay FILE``. Page N of a seed is
always the same, however long the run.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bench.confined import Outcome, Reader
from bench.damage import damaged
from bench.hostile import CLASSES

SECONDS: Final = 2.0
MEMORY: Final = 300_000_000
AGAIN: Final = 2
OWN: Final = Path(__file__).parent.parent / "tests" / "pages" / "reply"
SAVED: Final = Path(tempfile.gettempdir()) / "replyarc-fuzz"


@dataclass(frozen=True, slots=True)
class Made:
    """A page, by what it was made, in words too, and the Content-Type it comes with."""

    way: str
    what: str
    body: bytes
    header: str | None = None


def originals() -> list[bytes]:
    """Return the pages that are damaged: the project's own, and the real ones where they are."""
    found = sorted(OWN.rglob("*.html"))
    if corpus := os.environ.get("REPLYARC_CORPUS"):
        found += sorted(Path(corpus, "seeds", "html").glob("*.html"))
        found += sorted(Path(corpus, "pages").glob("*.html"))
    return [path.read_bytes() for path in found]


def made(pages: list[bytes], seed: int) -> Iterator[Made]:
    """Yield pages without end, each a function of the seed and of its number alone."""
    number = 0
    while True:
        random = Random(f"{seed}:{number}")
        if number % 3 == 2:
            way = CLASSES[number // 3 % len(CLASSES)]
            what, text = way(random)
            yield Made(way.__name__.strip("_"), what, text.encode("utf-8", "surrogatepass"))
        else:
            what, body, header = damaged(random, random.choice(pages))
            yield Made("damaged", what, body, header)
        number += 1


def problem(outcome: Outcome) -> str | None:
    """Say what is wrong with how a page was read; ``None`` where nothing is."""
    if outcome.error:
        return outcome.error.strip().splitlines()[-1]
    if outcome.seconds > SECONDS:
        return f"{outcome.seconds:.1f} seconds"
    if outcome.memory > MEMORY:
        return f"{outcome.memory / 1e6:.0f} MB"
    return None


def read(reader: Reader, path: Path, header: str | None) -> Outcome:
    """Read a page; one that fails is read twice more, and the best reading counts."""
    outcome = reader.read(path, header)
    for _ in range(AGAIN):
        if problem(outcome) is None:
            break
        again = reader.read(path, header)
        outcome = min(outcome, again, key=lambda each: (bool(each.error), each.seconds))
    return outcome


def run(seconds: float, seed: int, saved: Path) -> int:
    """Read pages until the time is over; print what failed and how to do it again."""
    saved.mkdir(parents=True, exist_ok=True)
    pages, failed = originals(), 0
    counted: Counter[str] = Counter()
    slowest = largest = Outcome(0.0, 0)
    until = time.monotonic() + seconds
    with Reader() as reader:
        for number, each in enumerate(made(pages, seed)):
            if time.monotonic() > until:
                break
            path = saved / f"{seed}-{number}-{each.way}.html"
            path.write_bytes(each.body)
            outcome = read(reader, path, each.header)
            counted[each.way] += 1
            slowest = max(slowest, outcome, key=lambda one: one.seconds)
            largest = max(largest, outcome, key=lambda one: one.memory)
            said = problem(outcome)
            if said is None:
                path.unlink()
                continue
            failed += 1
            print(f"page {number}, {each.way}: {each.what}, {len(each.body):,} bytes: {said}")
            print(f"  {_again(path, each.header)}", flush=True)
    counts = ", ".join(f"{count} {way}" for way, count in counted.most_common())
    print(f"seed {seed}: {counted.total()} pages ({counts}); {failed} failed")
    print(f"at the most {slowest.seconds:.1f} seconds, {largest.memory / 1e6:.0f} MB")
    return bool(failed)


def _again(path: Path, header: str | None) -> str:
    told = ["python", "-m", "bench.fuzz", "--replay", str(path)]
    return shlex.join(told + (["--header", header] if header else []))


def replay(path: Path, header: str | None) -> int:
    """Read one page and print all that came of it."""
    with Reader() as reader:
        outcome = read(reader, path, header)
    print(outcome.error or outcome.refused or "read")
    print(f"{outcome.seconds:.2f} seconds, {outcome.memory / 1e6:.0f} MB")
    return problem(outcome) is not None


def main(arguments: list[str]) -> int:
    """Run, or read one page again; 1 where a page fails."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("seconds", nargs="?", type=float, default=60.0)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--replay", metavar="FILE", type=Path, help="read this page alone")
    parser.add_argument("--header", help="the Content-Type it comes with")
    asked = parser.parse_args(arguments)
    if asked.replay:
        return replay(asked.replay, asked.header)
    return run(asked.seconds, asked.seed, SAVED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
