"""What a government hears of the real program: who is asked what, when, how often and how many.

Each test reads the log of a loopback government, over as many runs as the promise speaks of. Times
are compared from below only, with room for a request that is heard late.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from replyarc.instants import CHINA
from replyarc.model import Request, Response, Source
from replyarc.report import Report
from replyarc.walk import Plan, Walk
from tests.column import Column, letters, walk
from tests.epochs import NEWEST, PER_PAGE, Government, columns
from tests.gov import Answer, Fault, Gov, Heard, head_of, redirect, serving, status
from tests.killing import Kill, killing, quick_folder

CONFIG = """
[archive]
path = "a.db"
[crawl]
contact = "mailto:tests@localhost"
delay = {delay}
retries = 1
private_addresses = true
robots = {robots}
"""
SOURCE = """
[[source]]
name = "{name}"
publisher = "清源市民政局"
url = "{url}"
{more}
"""
LATE = 0.5
"""How much of a delay is asked for here: a busy machine may hear a request late."""

A_WHILE = 1.0
"""Seconds in which a run that has begun and may ask would have asked."""


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    with killing() as run:
        yield run


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def two_hosts() -> Iterator[Gov]:
    with serving("127.0.0.1", "127.0.0.2") as government:
        yield government


def configure(
    folder: Path, *urls: str, delay: float = 0.0, robots: bool = True, more: str = ""
) -> list[str]:
    """Write a configuration of a source for each address; return the arguments of its crawl."""
    config = folder / "replyarc.toml"
    head = CONFIG.format(delay=delay, robots=str(robots).lower())
    sources = [
        SOURCE.format(name=f"s{number}", url=url, more=more) for number, url in enumerate(urls)
    ]
    config.write_text(head + "".join(sources), "utf-8")
    return ["--config", str(config), "-q", "crawl"]


def by_host(gov: Gov) -> dict[str, list[Heard]]:
    heard = defaultdict(list)
    for request in gov.heard:
        heard[request.address].append(request)
    return heard


def publish(gov: Gov, count: int, per_page: int = 3) -> str:
    """Put a column on the government; return its address."""
    Column(letters(count), per_page=per_page).publish(gov)
    return gov.url + "/jytabl/index.html"


# --- the pause between two requests


def test_the_delay_is_kept_on_every_host_whatever_is_asked(
    folder: Path, two_hosts: Gov, kill: Kill
) -> None:
    """Of letters, redirects and further tries; over all, for one of them may be heard late."""
    gov = two_hosts
    url = publish(gov, 2)
    paper = letters(2)[0].path
    gov.faults[paper] = deque([redirect(paper + "?b"), status(503)])
    gov.pages[paper + "?b"] = gov.pages[paper]
    arguments = configure(folder, url, url.replace("127.0.0.1", "127.0.0.2"), delay=0.2)
    assert kill(arguments, None) == 0
    assert gov.count(paper) == 3
    assert len(by_host(gov)) == 2
    for heard in by_host(gov).values():
        assert heard[-1].at - heard[0].at >= (len(heard) - 1) * 0.2 * LATE


@pytest.mark.parametrize("killed", [False, True], ids=["ended", "killed"])
def test_the_delay_is_kept_between_two_runs(
    folder: Path, gov: Gov, kill: Kill, *, killed: bool
) -> None:
    """The first run has asked once; by the delay the second has nothing to ask for a while."""
    arguments = configure(folder, publish(gov, 1), delay=250.0, robots=False)
    if killed:
        with started(arguments) as first:
            while not gov.heard:
                with pytest.raises(subprocess.TimeoutExpired):
                    first.wait(0.02)
            await_nothing(gov, first)  # it has asked for the listing, and pauses
    else:
        gov.pages.clear()  # nothing but a listing that is not there
        assert kill(arguments, None) == 4
    gov.heard.clear()
    with started(arguments) as second:
        while str(second.pid) not in holder(folder):
            with pytest.raises(subprocess.TimeoutExpired):
                second.wait(0.02)
        await_nothing(gov, second)


def await_nothing(gov: Gov, process: subprocess.Popen[bytes]) -> None:
    """Make sure that a run neither ends nor asks for anything more for a while."""
    before = len(gov.heard)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(A_WHILE)
    assert len(gov.heard) == before


@contextmanager
def started(arguments: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the real program, and kill it after the block."""
    command = [sys.executable, "-m", "replyarc", *arguments]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def holder(folder: Path) -> str:
    """Return what is told of the run that holds the archive."""
    try:
        return (folder / "a.db.lock.json").read_text("utf-8")
    except FileNotFoundError:
        return ""


def test_one_connection_to_a_host_at_a_time_though_several_sources_are_there(
    folder: Path, two_hosts: Gov, kill: Kill
) -> None:
    gov = two_hosts
    url = publish(gov, 4)
    gov.pages["/jytabl/index.html?again"] = gov.pages["/jytabl/index.html"]
    open_now: Counter[str] = Counter()
    most: Counter[str] = Counter()

    def slow() -> Fault:
        async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
            host = writer.get_extra_info("sockname")[0]
            open_now[host] += 1
            most[host] = max(most[host], open_now[host])
            await asyncio.sleep(0.02)
            open_now[host] -= 1
            writer.write(head_of(answer) + answer.body)

        return fault

    for path in ("/robots.txt", *gov.pages):
        gov.faults[path] = deque(slow() for _ in range(9))
    other = url.replace("127.0.0.1", "127.0.0.2")
    assert kill(configure(folder, url, url + "?again", other), None) == 0
    assert most == {"127.0.0.1": 1, "127.0.0.2": 1}


# --- robots.txt

FORBIDDEN = "/nurtureless/"
ROBOTS = f"User-agent: *\nDisallow: {FORBIDDEN}\nDisallow: /jytabl/index_1.html\n".encode()


def test_robots_txt_is_asked_for_first_and_nothing_that_it_forbids(
    folder: Path, two_hosts: Gov, kill: Kill
) -> None:
    """A letter, a page of the listing, a redirect's end and files, on two hosts."""
    gov = two_hosts
    column = Column(letters(6), per_page=4)
    column.publish(gov)
    gov.pages["/robots.txt"] = ROBOTS
    moved, filed, *_ = (letter.path for letter in column.letters)
    gov.pages[moved] = Answer(302, {"Location": FORBIDDEN + "t.html"})
    listing, other = gov.pages["/jytabl/index.html"], gov.at("127.0.0.2")
    letter = gov.pages[filed]
    assert isinstance(listing, bytes)
    assert isinstance(letter, bytes)
    gov.pages["/jytabl/index.html"] = listing.replace(
        b"</ul>",
        f'<li><a href="{FORBIDDEN}t9.html">清源市民政局关于第9号建议的答复</a></li></ul>'.encode(),
    )
    files = f'<a href="{FORBIDDEN}a.doc">附件1.doc</a><a href="{other}/b.doc">附件2.doc</a>'
    gov.pages[filed] = letter.replace(b"</div>", f"<p>{files}</p></div>".encode())
    for path in ("t.html", "t9.html", "a.doc"):
        gov.pages[FORBIDDEN + path] = b"<p>never</p>"
    gov.pages["/b.doc"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    more = 'allow_hosts = ["127.0.0.2"]\nattachments = true'
    for _ in range(2):
        kill(configure(folder, gov.url + "/jytabl/index.html", more=more), None)
    assert by_host(gov).keys() == {"127.0.0.1", "127.0.0.2"}
    for heard in by_host(gov).values():
        assert heard[0].path == "/robots.txt"
    asked = {urlsplit(path).path for path in gov.asked}
    assert not [path for path in asked if path.startswith(FORBIDDEN)]
    assert "/jytabl/index_1.html" not in asked
    assert {moved, filed, "/b.doc"} <= asked


# --- Retry-After and windows


def test_a_short_retry_after_is_waited_for(folder: Path, gov: Gov, kill: Kill) -> None:
    url = publish(gov, 2)
    paper = letters(2)[0].path
    gov.faults[paper] = deque([status(429, {"Retry-After": "2"})])
    assert kill(configure(folder, url), None) == 0
    at = gov.asked.index(paper)
    assert gov.heard[at + 1].at - gov.heard[at].at >= 2 * LATE


def test_a_long_retry_after_is_kept_by_the_runs_that_follow(
    folder: Path, gov: Gov, kill: Kill
) -> None:
    url = publish(gov, 3)
    paper = letters(3)[1].path
    gov.faults[paper] = deque([status(429, {"Retry-After": "7200"})] * 9)
    arguments = configure(folder, url)
    assert kill(arguments, None) == 6
    assert gov.asked[-1] == paper
    gov.heard.clear()
    assert kill(arguments, None) == 6
    assert gov.asked == []


def test_nothing_is_asked_outside_the_window(folder: Path, gov: Gov, kill: Kill) -> None:
    url, now = publish(gov, 2), datetime.now(CHINA)

    def window(first: float, last: float) -> str:
        opens, closes = (now + timedelta(hours=hours) for hours in (first, last))
        return f'window = "{opens:%H:%M}-{closes:%H:%M}"'

    assert kill(configure(folder, url, more=window(2, 3)), None) == 0
    assert gov.asked == []
    assert kill(configure(folder, url, more=window(-1, 1)), None) == 0
    assert len(gov.asked) == 4


# --- as little as possible

NAMES = [column.name for column in columns()]
BESIDES = 2
"""Requests that a source may cost beside its listing pages: a shell, a look back."""


async def fill(gov: Gov, source: Source, archive: Archive) -> Report:
    """Crawl without sockets: the first crawl is not what is looked at."""

    async def fetch(request: Request) -> Response:
        parts = urlsplit(request.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"host": parts.netloc, "referer": request.referer or ""}
        answer = gov.answer(Heard("GET", path, headers, b"", 0.0, parts.hostname or ""))
        kind = {"Content-Type": "text/html; charset=utf-8"}
        pairs = tuple((name.lower(), value) for name, value in {**kind, **answer.headers}.items())
        return Response(
            request=request,
            url=request.url,
            status=answer.status,
            headers=pairs,
            body=answer.body,
            fetched_at=datetime.now(CHINA),
        )

    walked = Walk(source, fetch, archive, Plan(), lambda report, doing: None)
    await walked.run()
    return walked.report


@pytest.mark.parametrize(("name", "number"), [*((name, 30) for name in NAMES), ("trs", 300)])
async def test_a_second_crawl_costs_the_pages_up_to_the_first_known_one_and_two_more(
    gov: Gov, archive: Archive, name: str, number: int
) -> None:
    government = Government(gov, columns())
    (column,) = (each for each in government.columns if each.name == name)
    column.fill(number)
    government.publish()
    source = Source(name=name, publisher=column.office, urls=(gov.url + column.site.column,))
    first = await fill(gov, source, archive)
    assert first.tally is not None
    assert first.tally.archived == number
    for new, pages in ((0, 1), (0, 1), (PER_PAGE + 1, 3)):
        for at in range(new):
            column.letters.insert(0, column.make(5000 + at, NEWEST + timedelta(days=1)))
        government.publish()
        gov.heard.clear()
        (report,) = await walk(archive, source)
        assert report.finished
        asked = [path for path in gov.asked if path != "/robots.txt"]
        assert sum(path.endswith("html") and "_50" in path for path in asked) <= new
        assert len(asked) <= pages + BESIDES + new
        assert report.tally is not None
        assert report.tally.archived == number + new


# --- nothing twice


@pytest.mark.parametrize("name", ["trs", "igs"])
def test_after_a_kill_nothing_is_asked_twice_but_the_page_in_flight(
    gov: Gov, folder: Path, kill: Kill, name: str
) -> None:
    government = Government(gov, columns())
    (column,) = (each for each in government.columns if each.name == name)
    column.fill(4)
    government.publish()
    first = column.site.column
    (folder / "whole").mkdir()
    assert kill(configure(folder / "whole", gov.url + first), None) == 0
    whole = Counter(gov.asked)
    for point in range(1, 200, 6):
        gov.heard.clear()
        place = folder / f"at{point}"
        place.mkdir()
        arguments = configure(place, gov.url + first)
        code = kill(arguments, point)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        if has_ended(place / "a.db"):
            break  # what follows is another crawl
        assert kill(arguments, None) == 0
        twice = Counter(gov.asked) - whole
        twice -= Counter({path: 1 for path in whole if is_opening(path, first)})
        assert twice.total() <= 1, f"at point {point}"
    else:
        pytest.fail("the crawl has more commit points than were tried")
    assert point > 5


def is_opening(path: str, column: str) -> bool:
    """Tell whether a path is the first page of a listing, or what its script asks for first."""
    return path == column or path.endswith("pageNumber=1")


def has_ended(path: Path) -> bool:
    """Tell whether the crawl of an archive was written down as ended before it was killed."""
    try:
        with Archive.open(path, read_only=True) as archive:
            return bool(archive.db.execute("select 1 from crawls where ended_at > ''").fetchone())
    except ArchiveError:  # killed before there was one
        return False
