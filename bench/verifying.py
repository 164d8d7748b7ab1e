"""How fast an archive is verified, and in how much memory.

Run as ``python -m bench.verifying [PAGES]``, 10,000 where no number is given: pages of 37 kB are
kept and filed, indexed, and then verified whole and in a hurry, and backed up. Told are MB/s of the
bodies as they were fetched, against SHA-256 alone, which is what it takes at the least; the memory
held is that of a process of its own that only verifies.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bench.filing import AT, letters, memory
from bench.government import reply as page
from replyarc.archive import search
from replyarc.archive.backing import back_up
from replyarc.archive.database import batched
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.model import Request, Response

GROWTH = 60.0  # MB


def make(path: Path, pages: int) -> None:
    with Archive.open(path, create=True) as archive:
        with batched(archive.db):
            for n, reply in enumerate(letters(pages)):
                at = AT + timedelta(seconds=n)
                response = Response(
                    request=Request(reply.url),
                    url=reply.url,
                    status=200,
                    headers=(),
                    body=page(n).encode(),
                    fetched_at=at,
                )
                archive.put(reply, archive.keep(response), at)
        search.refresh(archive)


def look(path: Path, *, quick: bool) -> None:
    begun = memory()
    at = perf_counter()
    steps: list[tuple[str, float]] = []
    verdict = verify(path, quick=quick, step=lambda what: steps.append((what, perf_counter())))
    taken = perf_counter() - at
    ends = [*(started for _, started in steps[1:]), at + taken]
    slow = sorted(
        ((end - started, what) for (what, started), end in zip(steps, ends, strict=True)),
        reverse=True,
    )
    of_bodies = next(
        (end - at for (what, at), end in zip(steps, ends, strict=True) if what == "bodies"), 0
    )
    told = ", ".join(f"{what} {seconds:.1f} s" for seconds, what in slow[:3])
    size = verdict.size / 1e6
    rate = f"{size / taken:.0f} MB/s, its bodies {size / of_bodies:.0f}" if of_bodies else ""
    print(
        f"  {'in a hurry' if quick else 'whole':10} {taken:6.2f} s  {rate}  ({told};"
        f" memory {begun:.0f} to {memory():.0f} MB)"
    )
    if not verdict.whole:
        sys.exit(f"it is damaged: {verdict.damage}")


def main(pages: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.db"
        make(path, pages)
        bodies = pages * len(page(1).encode()) / 1e6
        print(
            f"{pages:,} pages, {bodies:,.0f} MB, in an archive of {path.stat().st_size / 1e6:.0f}"
        )
        block = os.urandom(37_000)
        at = perf_counter()
        for _ in range(2000):
            hashlib.sha256(block).hexdigest()
        print(f"  SHA-256 alone: {2000 * len(block) / 1e6 / (perf_counter() - at):.0f} MB/s")
        for how in ("whole", "quick"):
            subprocess.run([sys.executable, "-m", "bench.verifying", how, str(path)], check=True)
        at = perf_counter()
        with Archive.open(path, read_only=True) as archive:
            copied = back_up(archive, Path(name) / "copy.db")
        taken = perf_counter() - at
        rate = copied.size / 1e6 / taken
        print(f"  backed up and checked in {taken:.2f} s, {rate:.0f} MB/s of file")


if __name__ == "__main__":
    if sys.argv[1:2] in (["whole"], ["quick"]):
        look(Path(sys.argv[2]), quick=sys.argv[1] == "quick")
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
