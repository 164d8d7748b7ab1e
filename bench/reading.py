"""What reading a page costs: bytes to Reply, against a bare parse and against trafilatura.

Run as ``python -m bench.reading [ROUNDS]``. The pages are those of the tests, twice: as they are,
which is a letter and little else (2 kB), and in a page of usual weight, with the styles and
scripts, the 90 links of navigation and the footer of a real site around their own bodies (38 kB).
Where REPLYARC_CORPUS is set, the seeds and the real pages of replies in it are read too.

The three take turns page by page, so that a slow moment of the machine falls on all of them.
Times are processor time, the median over the rounds; what counts are the ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from selectolax.lexbor import LexborHTMLParser
from trafilatura import extract as trafilatura_extract

from bench.weight import weighted
from replyarc.errors import ReplyError
from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Source
from replyarc.text.charset import decode

PAGES = Path(__file__).parent.parent / "tests" / "pages" / "reply"
SOURCE = Source(name="bench", publisher="清源市民政局", urls=("http://www.qingyuan.gov.test/",))


def bodies(folder: Path, pattern: str) -> list[bytes]:
    """The pages in a folder that hold a reply."""
    found = [path.read_bytes() for path in sorted(folder.rglob(pattern))]
    return [body for body in found if _is_readable(body)]


def read(body: bytes) -> object:
    page = Page("http://www.qingyuan.gov.test/1.html", decode(body, "text/html"))
    return extract(page, Entry(page.url, "一"), SOURCE)


def _is_readable(body: bytes) -> bool:
    try:
        read(body)
    except ReplyError:
        return False
    return True


def spent(job: Callable[[], object]) -> float:
    begun = process_time()
    job()
    return process_time() - begun


def measure(pages: Iterable[bytes], rounds: int) -> dict[str, list[float]]:
    """Return by name of the job the seconds that each round took for all pages."""
    sums: dict[str, list[float]] = {"parse": [], "replyarc": [], "trafilatura": []}
    texts = [(body, text := decode(body, "text/html"), text.encode()) for body in pages]
    for _ in range(rounds):
        taken = dict.fromkeys(sums, 0.0)
        for body, text, utf8 in texts:
            taken["parse"] += spent(lambda utf8=utf8: LexborHTMLParser(utf8))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            taken["replyarc"] += spent(lambda body=body: read(body))  # type: ignore[misc]  # as above
            taken["trafilatura"] += spent(lambda text=text: trafilatura_extract(text))  # type: ignore[misc]  # as above
        for name, seconds in taken.items():
            sums[name].append(seconds)
    return sums


def main(rounds: int) -> None:
    ours = bodies(PAGES, "*.html")
    groups = {"as they are": ours, "in a page of usual weight": [*map(weighted, ours)]}
    if corpus := os.environ.get("REPLYARC_CORPUS"):
        groups["the seeds"] = bodies(Path(corpus, "seeds", "html"), "*.html")
        groups["real pages"] = bodies(Path(corpus, "pages"), "*detail*.html")
    print(f"{rounds} rounds, milliseconds a page; aim: 5 x the parse, trafilatura 15 x replyarc")
    for name, pages in groups.items():
        sums = measure(pages, rounds)
        mean = sum(map(len, pages)) / len(pages) / 1000
        print(f"{name}: {len(pages)} pages, mean {mean:.0f} kB")
        for job, times in sums.items():
            print(f"  {job:12} {statistics.median(times) / len(pages) * 1000:8.3f}")
        print(f"  replyarc = {_ratio(sums['replyarc'], sums['parse']):.1f} x the bare parse")
        print(f"  trafilatura = {_ratio(sums['trafilatura'], sums['replyarc']):.1f} x replyarc")


def _ratio(of: list[float], to: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(of, to, strict=True))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
