"""A guest whom every site welcomes: what is promised of a run, and of the run that follows it."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from email.utils import format_datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.errors import Gone, LeftAlone, OutOfHours, Refused, Unreachable
from replyarc.instants import CHINA
from replyarc.manners import HostState, Window
from replyarc.model import Request, RobotsFile
from tests.gov import Answer, Gov, Heard, reset, serving, status
from tests.test_fetch import MANNERS, PAGE, Clock, Crawler, crawling

OBEDIENT = replace(MANNERS, robots=True, delay=2.0)
HASTY = replace(MANNERS, retries=0)
NIGHT = Window(time(22), time(6))
HOST = "127.0.0.1"
OTHER = "127.0.0.2"


class Killed(BaseException):
    """The process is killed in the middle of a wait."""


class Dying(Clock):
    """A clock of a process that does not live to see the end of a wait."""

    async def sleep(self, seconds: float) -> None:
        raise Killed


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving(HOST, OTHER) as gov:
        gov.pages |= {"/a": PAGE, "/b": PAGE}
        yield gov


def at(hour: int, minute: int = 0) -> Clock:
    """Return a clock that shows this hour in China."""
    return Clock(start=datetime(2026, 5, 1, hour, minute, tzinfo=CHINA))


async def fails(crawler: Crawler, path: str = "/broken", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(Unreachable):
            await crawler.get(path)


# --- the delay, from run to run


async def test_the_requests_of_two_runs_are_a_delay_apart_at_each_host(
    gov: Gov, tmp_path: Path
) -> None:
    clock, log = Clock(), defaultdict[str, list[float]](list)
    gov.handlers.append(lambda heard: log[heard.address].append(clock.now))
    gov.pages["/robots.txt"] = b"User-agent: *\nDisallow: /secret"
    gov.faults["/b"] = deque([status(503), reset()])
    for _ in range(2):
        with Archive.open(tmp_path / "a.db", create=True) as archive:
            run = partial(crawling, hosts=archive.hosts, robots_files=archive.robots_files)
            async with run(gov, OBEDIENT, clock=clock, chance=0.5, allow_hosts=(OTHER,)) as crawler:
                for path in ("/a", "/b", gov.at(OTHER) + "/a"):
                    await crawler.get(path)
                    clock.now += 0.25
    assert [len(starts) for starts in log.values()] == [7, 3]
    gaps = [after - before for starts in log.values() for before, after in pairwise(starts)]
    assert min(gaps) >= 2.0
    assert gov.asked[0] == "/robots.txt"


async def test_a_gap_is_longer_by_chance_and_never_shorter(gov: Gov) -> None:
    async with crawling(gov, replace(MANNERS, delay=2.0), chance=1.0) as crawler:
        for _ in range(3):
            await crawler.get("/a")
    assert crawler.clock.waits == pytest.approx([2.2, 2.2])


async def test_the_next_instant_lies_in_the_archive_before_the_request_is_sent(
    gov: Gov, archive: Archive
) -> None:
    seen: list[HostState] = []

    def look(_: Heard) -> None:
        with Archive.open(archive.path, read_only=True) as beside:
            seen.append(beside.hosts[HOST])

    gov.handlers.append(look)
    manners = replace(MANNERS, delay=2.0)
    async with crawling(gov, manners, hosts=archive.hosts) as crawler:
        await crawler.get("/a")
    assert [state.next_at for state in seen] == [crawler.clock.start + timedelta(seconds=2)]


async def test_the_first_gap_begins_when_the_connection_was_made(gov: Gov) -> None:
    clock = Clock()

    def dawdle(_: Heard) -> None:
        clock.now += 0.5

    gov.handlers.append(dawdle)
    async with crawling(gov, replace(MANNERS, delay=2.0), clock=clock) as crawler:
        for _ in range(3):
            await crawler.get("/a")
    assert clock.waits == [2.0, 1.5]


async def test_the_crawl_delay_of_a_robots_txt_a_day_old_holds_for_asking_it_again(
    gov: Gov,
) -> None:
    clock, hosts = Clock(), dict[str, HostState]()
    old = RobotsFile(gov.url, 200, "User-agent: *\nCrawl-delay: 9", clock.wall())
    async with crawling(gov, OBEDIENT, clock=clock, hosts=hosts) as crawler:
        await crawler.get("/a")
    hosts[HOST] = replace(hosts[HOST], next_at=clock.wall() + timedelta(days=1, seconds=9))
    clock.start += timedelta(days=1)
    clock.waits.clear()
    files = {gov.url: old}
    async with crawling(gov, OBEDIENT, clock=clock, hosts=hosts, robots_files=files) as crawler:
        await crawler.get("/a")
    assert clock.waits == [9.0, 9.0]


async def test_one_host_has_one_connection_whatever_asks_it(gov: Gov) -> None:
    async with crawling(gov, replace(MANNERS, robots=True)) as crawler:
        others = [
            crawler.fetcher.for_source(replace(crawler.source, name=name)) for name in "abcde"
        ]
        await asyncio.gather(*(fetch(Request(gov.url + "/a")) for fetch in others))
    assert gov.connections == 1


# --- pauses, asked for or our own


async def test_a_back_off_that_is_killed_is_waited_for_by_the_next_run(gov: Gov) -> None:
    hosts, clock = dict[str, HostState](), Clock()
    dying = Dying(start=clock.start)
    gov.faults["/a"] = deque([status(503)])
    async with crawling(gov, hosts=hosts, clock=dying, backoff=40.0, chance=1.0) as crawler:
        with pytest.raises(Killed):
            await crawler.get("/a")
    clock.now += 10.0
    async with crawling(gov, hosts=hosts, clock=clock) as crawler:
        await crawler.get("/a")
    assert clock.waits == [30.0]
    assert gov.count("/a") == 2


@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_a_retry_after_within_the_cap_is_kept_by_the_next_run(gov: Gov, form: str) -> None:
    hosts, clock = dict[str, HostState](), at(12)
    later = format_datetime(clock.wall() + timedelta(seconds=120))
    asked_for = "120" if form == "seconds" else later
    gov.faults["/a"] = deque([status(429, {"Retry-After": asked_for})])
    async with crawling(gov, HASTY, hosts=hosts, clock=clock) as crawler:
        await fails(crawler, "/a")
    clock.now += 20.0
    async with crawling(gov, HASTY, hosts=hosts, clock=clock) as crawler:
        await crawler.get("/b")
    assert clock.waits == [100.0]


@pytest.mark.parametrize(
    ("asked_for", "until"),
    [
        ("7200", "2026-05-01 14:00"),
        ("Fri, 01 May 2026 06:00:00 GMT", "2026-05-01 14:00"),
        ("1000000000", "2026-05-02 12:00"),
        ("Fri, 01 May 2099 06:00:00 GMT", "2026-05-02 12:00"),
    ],
)
async def test_a_retry_after_over_the_cap_is_kept_by_both_runs_and_nothing_is_sent(
    gov: Gov, archive: Archive, asked_for: str, until: str
) -> None:
    clock = at(12)
    gov.pages["/busy"] = Answer(503, {"Retry-After": asked_for})
    why = f"{HOST} is not asked before {until} in China, as its Retry-After asks"
    async with crawling(gov, hosts=archive.hosts, clock=clock) as crawler:
        with pytest.raises(Unreachable, match=f"the site answers 503; {why}") as first:
            await crawler.get("/busy")
        assert first.value.retry_after
        with pytest.raises(Refused, match=why):
            await crawler.get("/a")
    files = archive.robots_files
    run = partial(crawling, hosts=archive.hosts, robots_files=files, clock=clock)
    async with run(gov, OBEDIENT) as crawler:
        with pytest.raises(Refused, match=why) as caught:
            await crawler.get("/a")
    assert caught.value.status is None
    assert dict(files) == {}
    assert crawler.fetcher.requests.total() == 0
    assert gov.asked == ["/busy"]
    assert clock.waits == []
    assert archive.hosts[HOST].rests_until == datetime.fromisoformat(f"{until}:00+08:00")


async def test_after_the_rest_that_was_asked_for_a_host_is_asked_again(gov: Gov) -> None:
    hosts, clock = dict[str, HostState](), Clock()
    gov.faults["/a"] = deque([status(503, {"Retry-After": "7200"})])
    async with crawling(gov, HASTY, hosts=hosts, clock=clock) as crawler:
        await fails(crawler, "/a")
    clock.now += 7200.0
    async with crawling(gov, HASTY, hosts=hosts, clock=clock) as crawler:
        await crawler.get("/a")
    assert (hosts[HOST].rests_until, hosts[HOST].failures) == (None, 0)


async def test_the_rest_that_one_host_wants_is_none_of_another(gov: Gov) -> None:
    gov.pages["/busy"] = Answer(503, {"Retry-After": "7200"})
    async with crawling(gov, allow_hosts=(OTHER,)) as crawler:
        await fails(crawler, "/busy")
        assert (await crawler.get(gov.at(OTHER) + "/a")).body == PAGE


async def test_a_robots_txt_that_wants_a_long_rest_is_given_it(gov: Gov) -> None:
    files, hosts = dict[str, RobotsFile](), dict[str, HostState]()
    gov.pages["/robots.txt"] = Answer(503, {"Retry-After": "7200"})
    run = partial(crawling, gov, OBEDIENT, hosts=hosts, robots_files=files)
    async with run() as crawler:
        with pytest.raises(Unreachable) as caught:
            await crawler.get("/a")
    assert caught.value.retry_after == 7200.0
    async with run() as crawler:
        with pytest.raises(Refused):
            await crawler.get("/a")
    assert gov.asked == ["/robots.txt"]


# --- hosts that fail


async def test_a_host_that_fails_five_times_running_is_left_alone_while_others_go_on(
    gov: Gov,
) -> None:
    gov.pages["/broken"] = Answer(500)
    async with crawling(gov, replace(MANNERS, retries=1), allow_hosts=(OTHER,)) as crawler:
        await fails(crawler, times=5)
        with pytest.raises(LeftAlone) as caught:
            await crawler.get("/a")
        assert (await crawler.get(gov.at(OTHER) + "/a")).body == PAGE
    assert caught.value.why == (
        f"{HOST} failed 5 times running, last: the site answers 500; "
        "it is asked again by the next crawl"
    )
    assert gov.asked == [*["/broken"] * 10, "/a"]
    assert crawler.fetcher.requests.total() == 11


async def test_the_next_run_asks_again_a_host_that_was_left_alone(gov: Gov) -> None:
    hosts = dict[str, HostState]()
    gov.pages["/broken"] = Answer(500)
    async with crawling(gov, HASTY, hosts=hosts) as crawler:
        await fails(crawler, times=5)
    assert hosts[HOST].failures == 5
    async with crawling(gov, HASTY, hosts=hosts) as crawler:
        await crawler.get("/a")
    assert hosts[HOST].failures == 0


@pytest.mark.parametrize("good", ["/a", "/none", "/shut"])
async def test_pages_that_fail_for_good_among_others_cost_the_host_nothing(
    gov: Gov, good: str
) -> None:
    gov.pages |= {"/broken": Answer(500), "/shut": Answer(403)}
    async with crawling(gov, HASTY) as crawler:
        for _ in range(3):
            await fails(crawler, times=4)
            if good == "/a":
                await crawler.get(good)
            else:
                with pytest.raises((Gone, Refused)):
                    await crawler.get(good)
    assert gov.count("/broken") == 12


async def test_a_further_source_tries_once_and_an_answer_opens_the_host_again(gov: Gov) -> None:
    gov.pages["/broken"] = Answer(500)
    async with crawling(gov, replace(MANNERS, retries=2)) as crawler:
        await fails(crawler, times=5)
        gov.heard.clear()
        second, third = (
            crawler.fetcher.for_source(replace(crawler.source, name=name)) for name in ("b", "c")
        )
        with pytest.raises(Unreachable):
            await second(Request(gov.url + "/broken"))
        with pytest.raises(LeftAlone):
            await second(Request(gov.url + "/a"))
        await third(Request(gov.url + "/a"))
        await crawler.get("/b")
    assert gov.asked == ["/broken", "/a", "/b"]


async def test_a_robots_txt_that_fails_is_one_failure_and_is_not_asked_for_again(
    gov: Gov,
) -> None:
    hosts = dict[str, HostState]()
    gov.pages["/robots.txt"] = Answer(500)
    async with crawling(gov, replace(HASTY, robots=True), hosts=hosts) as crawler:
        await fails(crawler, "/a", times=9)
    assert hosts[HOST].failures == 1
    assert gov.asked == ["/robots.txt"]


async def test_a_broken_host_that_redirects_lead_to_is_left_alone_and_not_the_one_they_leave(
    gov: Gov,
) -> None:
    gov.pages |= {"/broken": Answer(500)}
    gov.pages["/go"] = Answer(302, {"Location": gov.at(OTHER) + "/broken"})
    async with crawling(gov, HASTY, allow_hosts=(OTHER,)) as crawler:
        await fails(crawler, "/go", times=5)
        with pytest.raises(LeftAlone, match=f"{OTHER} failed 5 times running"):
            await crawler.get("/go")
        assert (await crawler.get("/a")).body == PAGE
    assert gov.count("/broken") == 5


async def test_where_no_host_can_be_reached_the_machine_may_be_offline(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unresolved(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unresolved)
    said = []
    async with crawling(gov, HASTY) as crawler:
        for host in ("mz.qingyuan.gov.cn", "zx.qingyuan.gov.cn"):
            with pytest.raises(Unreachable) as caught:
                await crawler.get(f"http://{host}/a")
            said.append("this machine may be offline" in caught.value.why)
    assert said == [False, True]
    assert crawler.fetcher.requests == Counter(moushi=0)


# --- hours


async def test_outside_its_hours_nothing_is_asked_of_a_source_not_even_robots_txt(
    gov: Gov,
) -> None:
    files = dict[str, RobotsFile]()
    async with crawling(gov, OBEDIENT, clock=at(12), window=NIGHT, robots_files=files) as crawler:
        with pytest.raises(OutOfHours, match="opens at 2026-05-01 22:00 in China"):
            await crawler.get("/a")
    assert gov.asked == []
    assert files == {}


async def test_a_wait_does_not_lead_out_of_the_hours(gov: Gov) -> None:
    gov.faults["/a"] = deque([status(503, {"Retry-After": "120"})])
    async with crawling(gov, clock=at(5, 59), window=NIGHT) as crawler:
        with pytest.raises(OutOfHours, match="asked only 22:00-06:00 in China"):
            await crawler.get("/a")
    assert crawler.clock.waits == []
    assert gov.asked == ["/a"]


async def test_the_hours_of_a_source_hold_at_every_host_and_for_it_alone(gov: Gov) -> None:
    gov.pages["/go"] = Answer(302, {"Location": gov.at(OTHER) + "/a"})
    clock = at(5, 59)

    def dawdle(heard: Heard) -> None:
        clock.now += 60.0 if heard.path == "/go" else 0.0

    gov.handlers.append(dawdle)
    async with crawling(gov, clock=clock, window=NIGHT, allow_hosts=(OTHER,)) as crawler:
        with pytest.raises(OutOfHours):
            await crawler.get("/go")
        always = replace(crawler.source, name="always", window=None)
        await crawler.fetcher.for_source(always)(Request(gov.url + "/a"))
    assert gov.asked == ["/go", "/a"]
