"""How long a whole crawl takes: N replies on loopback, delay 0, against a minimal Scrapy spider.

Run as ``python -m bench.crawling [N [ROUNDS]]``. Both walk the same 16 sites, served by a process
of its own, with one connection to each, into a new SQLite file; they take turns, each round as
whole processes, start-up included. replyarc keeps the bytes of every page as well, and asks each
site for its robots.txt; the spider does neither.
"""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter

CONFIG = """
[archive]
path = "replies.db"
[crawl]
contact = "mailto:bench@localhost"
delay = 0.0
private_addresses = true
"""
SOURCE = """
[[source]]
name = "site-{number}"
publisher = "清源市民政局"
url = "{url}"
"""


@contextmanager
def government(total: int) -> Iterator[list[str]]:
    command = [sys.executable, "-m", "bench.government", str(total)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()
        finally:
            process.communicate()


def replyarc(urls: list[str], folder: Path) -> list[str]:
    config = folder / "replyarc.toml"
    sources = [SOURCE.format(number=number, url=url) for number, url in enumerate(urls)]
    config.write_text("".join([CONFIG, *sources]), "utf-8")
    return [sys.executable, "-m", "replyarc", "--config", str(config), "-q", "crawl"]


def scrapy(urls: list[str], folder: Path) -> list[str]:
    return [sys.executable, "-m", "bench.spider", str(folder / "replies.db"), *urls]


def main(total: int, rounds: int) -> None:
    times: dict[str, list[float]] = {"replyarc": [], "scrapy": []}
    with government(total) as urls:
        for _ in range(rounds):
            for name, command in (("replyarc", replyarc), ("scrapy", scrapy)):
                with tempfile.TemporaryDirectory() as place:
                    folder = Path(place)
                    begun = perf_counter()
                    subprocess.run(command(urls, folder), check=True)
                    times[name].append(perf_counter() - begun)
                    with closing(sqlite3.connect(folder / "replies.db")) as db:
                        (rows,) = db.execute("select count(*) from replies").fetchone()
                    if rows != total:
                        sys.exit(f"{name} archived {rows} of {total} replies: nothing to compare")
    print(f"{total} replies on loopback, {rounds} rounds, whole processes")
    for name, each in times.items():
        rate = total / statistics.median(each)
        print(
            f"  {name:9} {statistics.median(each):6.2f} s ({min(each):.2f} to {max(each):.2f})",
            end="",
        )
        print(f"  {rate:5.0f} replies/s")
    pairs = zip(times["scrapy"], times["replyarc"], strict=True)
    print(
        f"  scrapy = {statistics.median(b / a for b, a in pairs):.2f} x replyarc (aim: at least 3)"
    )


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    main(*(numbers + [1000, 5][len(numbers) :]))
