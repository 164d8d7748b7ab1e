"""What filing a reply costs, against sqlite-utils' upsert_all of the same rows.

Run as ``python -m bench.filing [REPLIES]``, 100,000 where no number is given: so many for memory,
20,000 at the most for the race.

Filing keeps the evidence (content, reading, capture, keys) and what follows from it (reply,
version, sighting): seven tables, and looks up what it belongs to, where upsert_all writes one
table. The letters are invented, of 1,500 characters; every tenth is a second version of one before,
every fiftieth a copy at another address. Both write to files of their own, in turns of 1,000 and in
batches of 200, FULL both, so that a slow moment of the machine falls on both. What counts is the
ratio. The memory held is told as it goes, of a process of its own that only files.

At last what ``synchronous`` costs on this disk: keeping and filing pages one commit after the
other, as a crawl does, and in batches of 200.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter

from sqlite_utils import Database

from replyarc.archive import identity
from replyarc.archive.database import batched
from replyarc.archive.schema import row_of
from replyarc.archive.store import Archive
from replyarc.model import Assembly, Kind, Reply, Request, Response

TURN, BATCH = 1_000, 200
MEMORY_AT = (1_000, 10_000, 100_000)
GROWTH = 15.0  # MB between the first and the last
AT = datetime(2026, 5, 1, 8, tzinfo=UTC)
LETTER = "我局高度重视，会同有关部门完善制度，增加投入，已建成服务站点{n}处，培训人员{n}人次，" * 35


def letters(number: int) -> Iterator[Reply]:
    """Yield replies, no two of which say the same."""
    for n in range(number):
        again = n % 10 == 9
        of = n - 5 if again else n
        host = "www" if n % 50 == 25 else "mz"
        if n % 50 == 25:
            of = n - 1
        yield Reply(
            url=f"http://{host}.qingyuan.gov.test/jytabl/{of}.html",
            source="mz",
            title=f"清源市民政局关于市八届人大二次会议第{of:05}号建议的答复",
            index_number=f"990123006/2023-{of:06}",
            document_number=f"清民函〔2023〕{of}号",
            publisher="清源市民政局",
            kind=Kind.SUGGESTION,
            assembly=Assembly.CONGRESS,
            term=8,
            session=2,
            proposal_numbers=(f"{of:05}",),
            published_on=date(2023, 5, 17),
            text=LETTER.format(n=n),
            answered_by="清源市民政局",
        )


def memory() -> float:
    """MB that this process holds now (Linux)."""
    import resource

    held = Path("/proc/self/statm")
    if not held.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(held.read_text().split()[1]) * resource.getpagesize() / 1e6


def file(archive: Archive, replies: list[Reply], first: int) -> None:
    with batched(archive.db, BATCH):
        for n, reply in enumerate(replies, first):
            archive.put(reply, f"{n:064x}", AT + timedelta(seconds=n))


def race(folder: Path, number: int) -> None:
    rates: dict[str, list[float]] = {"replyarc": [], "upsert_all": []}
    plain = Database(folder / "plain.db")
    plain.enable_wal()
    plain.execute("pragma synchronous = full")
    every = letters(number)
    with Archive.open(folder / "a.db", create=True) as archive:
        for first in range(0, number, TURN):
            replies = list(islice(every, TURN))
            at = perf_counter()
            file(archive, replies, first)
            rates["replyarc"].append(len(replies) / (perf_counter() - at))
            known = [
                replace(each, id=identity.reading_id(each.url, each.title)) for each in replies
            ]
            rows = [
                {k: f"{v}" if isinstance(v, str) else v for k, v in row_of(each).items()}
                for each in known
            ]
            at = perf_counter()
            plain.table("replies").upsert_all(rows, pk="id", batch_size=BATCH)
            rates["upsert_all"].append(len(replies) / (perf_counter() - at))
        print(
            f"{number:,} replies in turns of {TURN:,}, {archive.count():,} of them each by itself"
        )
    for name, each in rates.items():
        early, late = statistics.median(each[:10]), statistics.median(each[-10:])
        print(
            f"  {name:10} {statistics.median(each):6,.0f} rows/s"
            f"  (the first 10 turns {early:,.0f}, the last 10 {late:,.0f})"
        )
    pairs = [a / b for a, b in zip(rates["replyarc"], rates["upsert_all"], strict=True)]
    print(f"  replyarc = {statistics.median(pairs):.2f} x upsert_all, which writes one table")


def hold(number: int) -> None:
    """File, and tell the memory that is held."""
    held = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "a.db", create=True) as archive,
    ):
        every = letters(number)
        for first in range(0, number, TURN):
            file(archive, list(islice(every, TURN)), first)
            if first + TURN in (*MEMORY_AT, number):
                held.append((first + TURN, memory()))
    told = ", ".join(f"{size:.1f} MB at {at:,}" for at, size in held)
    grown = held[-1][1] - held[0][1]
    print(f"  memory held: {told}: {grown:+.1f} MB (aim: at most {GROWTH:.0f})")


def commits(folder: Path, pages: int = 400) -> None:
    print(f"{pages} pages kept and filed, 37 kB each; pages/s, the median of 3 rounds")
    rates: dict[tuple[str, str], list[float]] = {}
    for turn in range(3):
        for how in ("full", "normal"):
            for batch in ("one by one", "in batches of 200"):
                path = folder / f"{turn}{how}{batch[:3]}.db"
                rates.setdefault((batch, how), []).append(_rate(path, how, batch, pages))
    for (batch, how), each in rates.items():
        print(f"  {batch:18} {how:7} {statistics.median(each):6,.0f}")


def _rate(path: Path, how: str, batch: str, pages: int) -> float:
    filler = "<p style='text-indent:2em'>完善制度，增加投入</p>" * 700
    with Archive.open(path, create=True) as archive:
        archive.db.execute(f"pragma synchronous = {how}")
        at = perf_counter()
        with batched(archive.db, 400) if batch != "one by one" else nullcontext():
            for n, reply in enumerate(letters(pages)):
                body = f"{n}{reply.text}{filler}".encode()
                url = reply.url
                response = Response(
                    request=Request(url), url=url, status=200, headers=(), body=body, fetched_at=AT
                )
                archive.put(reply, archive.keep(response), AT + timedelta(seconds=n))
        return pages / (perf_counter() - at)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        race(Path(name), min(number, 20_000))
    subprocess.run([sys.executable, "-m", "bench.filing", str(number), "memory"], check=True)
    with tempfile.TemporaryDirectory() as name:
        commits(Path(name))


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    hold(wanted) if sys.argv[2:] == ["memory"] else main(wanted)
