"""What reading a page costs: bytes to Reply, against a bare parse and against trafilatura.

Run as ``python -m bench.reading [ROUNDS]``. The pages are those of the tests, twice: as they are,
which is a letter and little else (2 kB), and in a page of usual weight, with the styles and
scripts, the 90 links of navigation and the footer of a real site around their own bodies (38 kB).
Where REPLYARC_CORPUS is set, the seeds and the real pages of replies in it are read too.

The three take turns page by page, so that a slow moment of the machine falls on all of them.
Times are processor time, the median over the rounds; what counts are the ratios.

Then 10,000 pages are read one after the other, in a process of its own, as one long crawl does:
the memory that it holds after 1,000 of them is that which it holds at the end.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
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
PARSE_AT_MOST, TRAFILATURA_AT_LEAST = 5, 15
FIRST, LAST = 1_000, 10_000
GROWTH = 5.0  # MB
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


def memory() -> float:
    """MB that this process holds now; where the system does not tell, the most it ever held."""
    held = Path("/proc/self/statm")
    if held.exists():
        return int(held.read_text().split()[1]) * resource.getpagesize() / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def read_many(pages: list[bytes]) -> None:
    """Read 10,000 pages, each another: what was read of one is of no use for the next."""
    begun = 0.0
    for at in range(1, LAST + 1):
        text = decode(pages[at % len(pages)], "text/html").replace("一", f"一{at} ", 3)
        extract(Page(f"http://www.qingyuan.gov.test/{at}.html", text), Entry("", "一"), SOURCE)
        begun = memory() if at == FIRST else begun
    ended = memory()
    print(
        f"memory: {begun:.1f} MB after {FIRST:,} pages, {ended:.1f} MB after {LAST:,};"
        f" grown by {ended - begun:.1f} MB, aim: less than {GROWTH:.0f}"
    )


def groups() -> dict[str, list[bytes]]:
    ours = bodies(PAGES, "*.html")
    found = {"as they are": ours, "in a page of usual weight": [*map(weighted, ours)]}
    if corpus := os.environ.get("REPLYARC_CORPUS"):
        found["the seeds"] = bodies(Path(corpus, "seeds", "html"), "*.html")
        found["real pages"] = bodies(Path(corpus, "pages"), "*detail*.html")
    return found


def main(rounds: int) -> None:
    print(
        f"{rounds} rounds, milliseconds a page; aims: replyarc at most {PARSE_AT_MOST} x the parse,"
        f" trafilatura at least {TRAFILATURA_AT_LEAST} x replyarc"
    )
    for name, pages in groups().items():
        sums = measure(pages, rounds)
        mean = sum(map(len, pages)) / len(pages) / 1000
        print(f"{name}: {len(pages)} pages, mean {mean:.0f} kB")
        for job, times in sums.items():
            print(f"  {job:12} {statistics.median(times) / len(pages) * 1000:8.3f}")
        print(f"  replyarc = {_ratio(sums['replyarc'], sums['parse']):.1f} x the bare parse")
        print(f"  trafilatura = {_ratio(sums['trafilatura'], sums['replyarc']):.1f} x replyarc")
    subprocess.run([sys.executable, "-m", "bench.reading", "memory"], check=True)


def _ratio(of: list[float], to: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(of, to, strict=True))


if __name__ == "__main__":
    if sys.argv[1:] == ["memory"]:
        read_many([*bodies(PAGES, "*.html"), *map(weighted, bodies(PAGES, "*.html"))])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
