"""What `stats` costs: seconds and memory, against SQLite's own count of what it counts by.

Run as ``python -m bench.counting [REPLIES]``, 100,000 where no number is given: they take 1 GB.
The replies are invented, of 1,500 characters, from 64 sources; three of a hundred were edited, one
is gone. Everything is counted three times, in a process of its own each, and the best is told: the
first may wait for the disk. ``group by`` is a query for each of year, office, kind and source.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from replyarc.archive.query import Query
from replyarc.archive.statistics import statistics
from replyarc.archive.store import Archive

CITIES = ("清源市", "云溪市", "白河市", "临川市", "南屏市", "石门县", "东湖区", "北岭县")
OFFICES = ("民政局", "教育局", "交通运输局", "公安局", "财政局", "水利局", "商务局", "科技局")
LETTER = "我局高度重视，会同有关部门完善制度，增加投入，已建成服务站点{n}处，培训人员{n}人次，" * 35
SEEN = "2026-05-01T08:00:00.000000Z"
COLUMNS = (
    "id, url, source, title, publisher, answered_by, published_on, signed_on, kind, assembly_name,"
    "term, session, proposal_numbers, result_class, text, last_seen_at, gone_at, version"
)
GROUPS = ("substr(published_on, 1, 4)", "answered_by", "kind", "source")


def replies(number: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(7)
    for n in range(number):
        source = n % 64
        city = CITIES[source % 8]
        office = city + OFFICES[source // 8]
        signed = date(2017, 1, 1) + timedelta(days=chance.randrange(3000))
        published = signed + timedelta(days=int(chance.expovariate(1 / 25)))
        yield (
            *(f"{n:012x}", f"http://qingyuan.gov.test/{n}.html", f"s{source}", f"第{n}号的答复"),
            *(office, office, str(published), str(signed)),
            *(chance.choice(["建议", "提案", None]), city, 8, 1 + signed.year % 5),
            *(json.dumps([f"{chance.randrange(1, 1400):04}"]), chance.choice("ABC")),
            *(LETTER.format(n=n), SEEN, SEEN if n % 100 == 0 else None, 1),
        )


def fill(path: Path, number: int) -> None:
    Archive.open(path, create=True).close()
    db = sqlite3.connect(path)
    places = ", ".join("?" * len(COLUMNS.split(",")))
    db.executemany(f"insert into replies ({COLUMNS}) values ({places})", replies(number))
    for n in range(0, number, 33):
        for version, words in enumerate(("", "补充。"), 1):
            said = json.dumps({"text": LETTER.format(n=n) + words}, ensure_ascii=False)
            name = f"{n}-{version}"
            db.execute("insert into contents values (?, ?)", (name, said))
            row = (f"{n:012x}", version, name, "", SEEN, SEEN)
            db.execute("insert into versions values (?, ?, ?, ?, ?, ?)", row)
    db.commit()
    db.close()


def count(path: Path) -> None:
    import resource

    with Archive.open(path, read_only=True) as archive:
        before = perf_counter()
        told = statistics(archive, Query())
        took = perf_counter() - before
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        before = perf_counter()
        for by in GROUPS:
            archive.db.execute(f"select {by}, count(*) from replies group by 1").fetchall()
        grouped = perf_counter() - before
    print(json.dumps([told.total, took, grouped, memory]))


def main() -> None:
    if sys.argv[1:2] == ["--count"]:
        count(Path(sys.argv[2]))
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        fill(path, number)
        again = [sys.executable, "-m", "bench.counting", "--count", str(path)]
        told = [json.loads(subprocess.check_output(again)) for _ in range(3)]
    total, took, grouped, memory = min(told, key=lambda each: each[1])
    print(f"{total:,} replies counted in {took:.2f} s, by four groups alone in {grouped:.2f} s")
    print(f"memory held at the most: {memory:.0f} MB")


if __name__ == "__main__":
    main()
