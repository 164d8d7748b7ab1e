"""How long the reading of a page takes: bytes to Reply, against a bare parse and trafilatura.

Run as ``python -m bench.reading [ROUNDS]``. The pages are those of the tests and, where
REPLYARC_CORPUS is set, the seeds. The three take turns page by page, so that a slow moment of
the machine falls on all of them; what is printed is the median over the rounds, and ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from selectolax.lexbor import LexborHTMLParser
from trafilatura import extract as trafilatura_extract

from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Source
from replyarc.text.charset import decode

PAGES = Path(__file__).parent.parent / "tests" / "pages" / "reply"
SOURCE = Source(name="bench", publisher="清源市民政局", urls=("http://www.qingyuan.gov.test/",))


def pages() -> list[bytes]:
    found = sorted(PAGES.rglob("*.html"))
    corpus = os.environ.get("REPLYARC_CORPUS")
    if corpus:
        found += sorted(Path(corpus, "seeds", "html").glob("*.html"))
    return [path.read_bytes() for path in found]


def read(body: bytes) -> object:
    page = Page("http://www.qingyuan.gov.test/1.html", decode(body, "text/html"))
    return extract(page, Entry(page.url, "一"), SOURCE)


def taken(job: Callable[[], object]) -> float:
    begun = perf_counter()
    job()
    return perf_counter() - begun


def main(rounds: int) -> None:
    bodies = [body for body in pages() if _is_readable(body)]
    print(
        f"{len(bodies)} pages, mean {sum(map(len, bodies)) / len(bodies) / 1000:.0f} kB, ", end=""
    )
    print(f"{rounds} rounds, milliseconds a page")
    sums: dict[str, list[float]] = {"parse": [], "replyarc": [], "trafilatura": []}
    for _ in range(rounds):
        spent = dict.fromkeys(sums, 0.0)
        for body in bodies:
            text = decode(body, "text/html")
            utf8 = text.encode()
            spent["parse"] += taken(lambda utf8=utf8: LexborHTMLParser(utf8))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            spent["replyarc"] += taken(lambda body=body: read(body))  # type: ignore[misc]  # as above
            spent["trafilatura"] += taken(lambda text=text: trafilatura_extract(text))  # type: ignore[misc]  # as above
        for name, seconds in spent.items():
            sums[name].append(seconds / len(bodies) * 1000)
    for name, times in sums.items():
        print(
            f"  {name:12} {statistics.median(times):8.3f}  ({min(times):.3f} to {max(times):.3f})"
        )
    ours = sums["replyarc"]
    floor = statistics.median(a / b for a, b in zip(ours, sums["parse"], strict=True))
    far = statistics.median(b / a for a, b in zip(ours, sums["trafilatura"], strict=True))
    print(f"  replyarc = {floor:.1f} x the bare parse (aim: at most 5)")
    print(f"  trafilatura = {far:.1f} x replyarc (aim: at least 15)")


def _is_readable(body: bytes) -> bool:
    try:
        read(body)
    except Exception:
        return False
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
