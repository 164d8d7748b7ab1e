"""What a fetch promises, proved against a government on loopback that misbehaves."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

import pytest

from replyarc import __version__
from replyarc.errors import FetchError, Gone, Refused, Unreachable
from replyarc.fetch.client import Fetcher
from replyarc.manners import HostState, Manners, Window
from replyarc.model import Fetch, Request, Response, RobotsFile, Source
from tests.gov import Answer, Fault, Gov, drip, hang, reset, serving, status

PAGE = b"<html><body>" + "关于建议的答复".encode() * 50 + b"</body></html>"
MANNERS = Manners(
    contact="mailto:archive@example.org",
    delay=0.0,
    retries=2,
    private_addresses=True,
    robots=False,
)


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as gov:
        gov.pages["/a"] = PAGE
        yield gov


@dataclass
class Clock:
    """Time that passes only by waiting for it, on the wall as well; ``start`` is when it is 1000.

    ``early``: how many seconds the clock on the wall shows too little or, below 0, too much.
    """

    now: float = 1000.0
    waits: list[float] = field(default_factory=list)
    start: datetime = field(default_factory=lambda: datetime.now(UTC))
    early: float = 0.0

    def __call__(self) -> float:
        return self.now

    def wall(self) -> datetime:
        """What the clock on the wall shows."""
        return self.start + timedelta(seconds=self.now - 1000.0 - self.early)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@dataclass
class Crawler:
    """A Fetcher, and one source of it at the government under test."""

    fetcher: Fetcher
    source: Source
    clock: Clock
    fetch: Fetch = field(init=False)

    def __post_init__(self) -> None:
        self.fetch = self.fetcher.for_source(self.source)

    async def get(self, address: str) -> Response:
        """Fetch an address, or a path of the source's first host."""
        whole = address if ":" in address else self.source.urls[0].rstrip("/") + address
        return await self.fetch(Request(whole))


@asynccontextmanager
async def crawling(
    gov: Gov,
    manners: Manners = MANNERS,
    *,
    robots_files: MutableMapping[str, RobotsFile] | None = None,
    hosts: MutableMapping[str, HostState] | None = None,
    clock: Clock | None = None,
    window: Window | None = None,
    chance: float = 0.0,
    on_wait: Callable[[str, float, str], None] | None = None,
    backoff: float = 0.0,
    tls: str | None = None,
    ip: str | None = None,
    delay: float | None = None,
    allow_hosts: tuple[str, ...] = (),
) -> AsyncIterator[Crawler]:
    """Crawl `gov` in a time that passes only by waiting."""
    clock = clock or Clock()
    source = Source(
        name="moushi",
        publisher="某市民政局",
        urls=(gov.url + "/",),
        tls=tls,
        ip=ip,
        delay=delay,
        allow_hosts=allow_hosts,
        window=window,
    )
    async with Fetcher(
        manners,
        robots_files=robots_files,
        backoff=backoff,
        on_wait=on_wait,
        hosts=hosts,
        clock=clock,
        wall=clock.wall,
        sleep=clock.sleep,
        chance=lambda: chance,
    ) as fetcher:
        yield Crawler(fetcher, source, clock)


async def test_a_page_comes_whole_with_its_address_headers_and_instant(gov: Gov) -> None:
    gov.pages["/a"] = Answer(200, {"X-Of-The-Site": "yes"}, PAGE)
    before = datetime.now(UTC)
    async with crawling(gov) as crawler:
        response = await crawler.get("/a")
    assert (response.status, response.body) == (200, PAGE)
    assert response.url == response.request.url == gov.url + "/a"
    assert response.header("x-of-the-site") == "yes"
    assert before <= response.fetched_at <= datetime.now(UTC)


async def test_a_form_is_posted_in_utf_8(gov: Gov) -> None:
    async with crawling(gov) as crawler:
        await crawler.fetch(Request(gov.url + "/a", (("page", "2"), ("kind", "提案"))))
    (heard,) = gov.heard
    assert (heard.method, heard.body) == ("POST", b"page=2&kind=%E6%8F%90%E6%A1%88")
    assert heard.headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("contact", "sender"),
    [
        ("mailto:archive@example.org", "archive@example.org"),
        ("https://example.org/bot?a=%20", None),
    ],
)
async def test_every_request_says_who_asks(gov: Gov, contact: str, sender: str | None) -> None:
    async with crawling(gov, replace(MANNERS, contact=contact)) as crawler:
        await crawler.get("/a")
    headers = gov.heard[0].headers
    assert headers["user-agent"] == f"replyarc/{__version__} (+{contact})"
    assert headers.get("from") == sender
    assert headers["accept-encoding"] == "gzip, deflate"


async def test_a_contact_that_no_header_can_hold_is_encoded(gov: Gov) -> None:
    async with crawling(gov, replace(MANNERS, contact="mailto:档案\r\n@example.org")) as crawler:
        await crawler.get("/a")
    assert gov.heard[0].headers["from"] == "%E6%A1%A3%E6%A1%88%0D%0A@example.org"


@pytest.mark.parametrize(
    ("code", "error", "asked"),
    [
        *((code, Gone, 1) for code in (404, 410)),
        *((code, Refused, 1) for code in (401, 403, 405, 412, 418, 421, 451, 512, 521, 567)),
        *((code, Unreachable, 3) for code in (304, 408, 425, 429, 500, 502, 503, 504, 520, 599)),
        *((code, FetchError, 1) for code in (204, 206, 300, 302, 400, 402, 406, 422)),
    ],
)
async def test_a_status_that_is_no_page_is_one_error_and_only_unreachable_is_asked_again(
    gov: Gov, code: int, error: type[FetchError], asked: int
) -> None:
    gov.pages["/a"] = Answer(code)
    async with crawling(gov) as crawler:
        with pytest.raises(FetchError) as caught:
            await crawler.get("/a")
    assert type(caught.value) is error
    assert (caught.value.status, caught.value.url) == (code, gov.url + "/a")
    assert gov.count("/a") == asked


async def test_another_2xx_is_a_page_only_with_a_body(gov: Gov) -> None:
    gov.pages |= {"/with": Answer(203, {}, PAGE), "/without": Answer(202)}
    async with crawling(gov) as crawler:
        assert (await crawler.get("/with")).body == PAGE
        with pytest.raises(FetchError, match="202 and no page"):
            await crawler.get("/without")


@pytest.mark.parametrize("fault", [status(503), status(429), reset()])
async def test_a_fault_that_passes_is_ridden_out(gov: Gov, fault: Fault) -> None:
    gov.faults["/a"] = deque([fault, fault])
    async with crawling(gov) as crawler:
        response = await crawler.get("/a")
    assert response.body == PAGE
    assert gov.count("/a") == 3


async def test_the_pauses_between_tries_grow_and_are_told(gov: Gov) -> None:
    told: list[tuple[str, float, str]] = []
    gov.pages["/a"] = Answer(503)
    retrying = replace(MANNERS, retries=9)
    told_to = partial(crawling, backoff=8.0, on_wait=lambda *wait: told.append(wait))
    async with told_to(gov, retrying, chance=0.5) as crawler:
        with pytest.raises(Unreachable):
            await crawler.get("/a")
    assert crawler.clock.waits == [6.0, 10.0, 18.0, *[32.0] * 6]
    assert [seconds for _, seconds, _ in told] == crawler.clock.waits
    assert told[0][0] == "127.0.0.1"
    assert "before try 2" in told[0][2]
    assert "503" in told[0][2]


async def test_where_nobody_listens_is_unreachable_and_no_request_is_counted(gov: Gov) -> None:
    with serving() as stopped:
        pass
    async with crawling(stopped) as crawler:
        with pytest.raises(Unreachable, match="no connection"):
            await crawler.get("/a")
    assert crawler.fetcher.requests.total() == 0


@pytest.mark.parametrize("fault", [hang(), drip(0.02)], ids=["hang", "drip"])
async def test_the_deadline_is_for_the_whole_request(gov: Gov, fault: Fault) -> None:
    gov.faults["/a"] = deque([fault])
    async with crawling(gov, replace(MANNERS, timeout=0.3, retries=0)) as crawler:
        with pytest.raises(Unreachable, match=r"0\.3 seconds; see crawl\.timeout"):
            await crawler.get("/a")


async def test_after_a_deadline_the_next_page_comes_over_a_new_connection(gov: Gov) -> None:
    gov.faults["/a"] = deque([hang()])
    async with crawling(gov, replace(MANNERS, timeout=0.3)) as crawler:
        assert (await crawler.get("/a")).body == PAGE
    assert gov.connections == 2


@pytest.mark.parametrize(
    ("code", "body", "product"),
    [
        (412, "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>" + "x" * 9000, "瑞数"),
        (202, "<script>var a=window['$_ts'];</script>", "瑞数"),
        (200, "<script>$_ts.cd='q'</script>", "瑞数"),
        (521, "<script>document.cookie='__jsl_clearance_s=1';</script>", "加速乐"),
        (200, "<script>document.cookie=a;location.href=location.pathname</script>", "加速乐"),
        (200, 'window.document.cookie="C3VK=5d; path=/; max-age=300;"', "C3VK"),
        (200, "<script>document.cookie = x; location.reload();</script>", "sets a cookie"),
        (200, "<html><title>Just a moment...</title></html>", "Cloudflare"),
        (200, "<html><body>当前访问由知道创宇防护</body></html>", "创宇云防御"),
        (200, "<html><body>请完成安全验证</body></html>", "安全验证"),
    ],
)
async def test_a_challenge_is_a_refusal_that_names_the_product(
    gov: Gov, code: int, body: str, product: str
) -> None:
    gov.pages["/a"] = Answer(code, {}, body.encode())
    async with crawling(gov) as crawler:
        with pytest.raises(Refused, match=product):
            await crawler.get("/a")
    assert gov.count("/a") == 1


async def test_a_gate_is_known_in_gbk_and_by_its_cookies(gov: Gov) -> None:
    gov.pages["/gbk"] = "<html><body>访问异常</body></html>".encode("gb18030")
    gov.pages["/cookie"] = Answer(403, {"Set-Cookie": "HWWAFSESID=1; path=/"})
    async with crawling(gov) as crawler:
        with pytest.raises(Refused, match="安全验证"):
            await crawler.get("/gbk")
        with pytest.raises(Refused, match="华为云 WAF"):
            await crawler.get("/cookie")


@pytest.mark.parametrize(
    "body",
    [
        "<html><script>$_ts=1</script>" + "答复" * 2000 + "</html>",
        "<html><body>" + "关于加强网络安全验证的建议的答复。" * 30 + "</body></html>",
        '{"title": "关于完善安全验证的建议的答复"}',
        "",
    ],
    ids=["large", "letter", "json", "empty"],
)
async def test_a_page_that_only_reminds_of_a_challenge_is_a_page(gov: Gov, body: str) -> None:
    gov.pages["/a"] = body.encode()
    async with crawling(gov) as crawler:
        assert (await crawler.get("/a")).body == body.encode()


async def test_retry_after_in_seconds_is_waited_for_and_told(gov: Gov) -> None:
    told: list[tuple[str, float, str]] = []
    gov.faults["/a"] = deque([status(503, {"Retry-After": "30"})])
    async with crawling(gov, on_wait=lambda *wait: told.append(wait)) as crawler:
        await crawler.get("/a")
    assert sum(crawler.clock.waits) == 30.0
    assert told == [("127.0.0.1", 30.0, "as its Retry-After asks")]


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
async def test_retry_after_as_a_date_is_waited_for(gov: Gov, zone: str) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    later = later.replace("GMT", zone)
    gov.faults["/a"] = deque([status(429, {"Retry-After": later})])
    async with crawling(gov) as crawler:
        await crawler.get("/a")
    assert 0.0 < sum(crawler.clock.waits) <= 90.0


async def test_retry_after_holds_for_everybody_who_asks_the_host(gov: Gov) -> None:
    gov.pages["/b"] = PAGE
    gov.faults["/a"] = deque([status(503, {"Retry-After": "30"})])
    async with crawling(gov, replace(MANNERS, retries=0)) as crawler:
        with pytest.raises(Unreachable):
            await crawler.get("/a")
        other = replace(crawler.source, name="other")
        await crawler.fetcher.for_source(other)(Request(gov.url + "/b"))
    assert crawler.clock.waits == [30.0]


@pytest.mark.parametrize("asked_for", ["301", "1000000000", "9" * 40])
async def test_a_retry_after_over_the_cap_ends_the_tries_at_once(gov: Gov, asked_for: str) -> None:
    gov.pages["/a"] = Answer(503, {"Retry-After": asked_for})
    async with crawling(gov) as crawler:
        with pytest.raises(Unreachable) as caught:
            await crawler.get("/a")
    assert caught.value.retry_after == min(float(asked_for), 1e9)
    assert gov.count("/a") == 1
    assert crawler.clock.waits == []


@pytest.mark.parametrize("asked_for", ["soon", "-5", "1.5", "Fri, 99 Zzz 2026 00:00:00 GMT", "²"])
async def test_a_retry_after_that_is_none_is_ignored(gov: Gov, asked_for: str) -> None:
    gov.faults["/a"] = deque([status(503, {"Retry-After": asked_for})])
    async with crawling(gov) as crawler:
        await crawler.get("/a")
    assert sum(crawler.clock.waits) == 0.0


async def test_the_delay_lies_between_the_starts_of_two_requests_to_one_host(gov: Gov) -> None:
    async with crawling(gov, replace(MANNERS, delay=2.0)) as crawler:
        for _ in range(3):
            await crawler.get("/a")
            crawler.clock.now += 0.5
    assert crawler.clock.waits == [1.5, 1.5]


async def test_a_delay_is_kept_in_real_time_too(gov: Gov) -> None:
    async with Fetcher(replace(MANNERS, delay=0.2)) as fetcher:
        fetch = fetcher.for_source(Source(name="a", publisher="某市", urls=(gov.url,)))
        for _ in range(4):
            await fetch(Request(gov.url + "/a"))
    (_, first), *_, (_, last) = gov.asked_at
    assert last - first >= 0.4  # three gaps, and room for a first request that came in late


async def test_retries_keep_the_delay(gov: Gov) -> None:
    gov.faults["/a"] = deque([status(503)])
    async with crawling(gov, replace(MANNERS, delay=2.0)) as crawler:
        await crawler.get("/a")
    assert sum(crawler.clock.waits) == 2.0


async def test_the_largest_delay_of_the_sources_on_a_host_holds(gov: Gov) -> None:
    async with crawling(gov, delay=1.0) as crawler:
        crawler.fetcher.for_source(replace(crawler.source, name="slower", delay=5.0))
        await crawler.get("/a")
        await crawler.get("/a")
    assert crawler.clock.waits == [5.0]


async def test_another_host_need_not_wait() -> None:
    with serving("127.0.0.1", "127.0.0.2") as gov:
        gov.pages["/a"] = PAGE
        manners = replace(MANNERS, delay=9.0)
        async with crawling(gov, manners, allow_hosts=("127.0.0.2",)) as crawler:
            await crawler.get("/a")
            await crawler.get(gov.at("127.0.0.2") + "/a")
    assert [heard.address for heard in gov.heard] == ["127.0.0.1", "127.0.0.2"]
    assert crawler.clock.waits == []


@pytest.mark.parametrize(("per_host", "connections"), [(1, 1), (2, 2)])
async def test_a_host_has_as_many_connections_as_allowed(
    gov: Gov, per_host: int, connections: int
) -> None:
    gov.pages["/a"] = b"<html></html>"
    gov.faults["/a"] = deque([drip(0.001)] * 4)
    async with crawling(gov, replace(MANNERS, per_host=per_host)) as crawler:
        await asyncio.gather(*(crawler.get("/a") for _ in range(6)))
    assert gov.connections == connections


async def test_the_oldest_hosts_hang_up_when_too_many_are_open() -> None:
    hosts = tuple(f"127.0.0.{n}" for n in range(1, 7))
    with serving(*hosts) as gov:
        gov.pages["/a"] = PAGE
        manners = replace(MANNERS, hosts=1)
        async with crawling(gov, manners, allow_hosts=hosts) as crawler:
            for host in (*hosts, "127.0.0.6", "127.0.0.1"):
                await crawler.get(gov.at(host) + "/a")
    assert gov.connections == 7


async def test_every_request_is_counted_for_its_source(gov: Gov) -> None:
    gov.pages |= {"/b": PAGE, "/go": Answer(302, {"Location": "/a"})}
    gov.faults["/a"] = deque([status(503), reset()])
    async with crawling(gov, replace(MANNERS, robots=True)) as crawler:
        await crawler.get("/go")
        other = crawler.fetcher.for_source(replace(crawler.source, name="other"))
        await other(Request(gov.url + "/b"))
    assert gov.asked == ["/robots.txt", "/go", "/a", "/a", "/a", "/b"]
    assert crawler.fetcher.requests == Counter(moushi=5, other=1)


async def test_no_cookie_is_kept(gov: Gov) -> None:
    gov.pages["/a"] = Answer(200, {"Set-Cookie": "session=1; path=/"}, PAGE)
    async with crawling(gov) as crawler:
        await crawler.get("/a")
        await crawler.get("/a")
    assert [heard.headers.get("cookie") for heard in gov.heard] == [None, None]


async def test_a_fetch_that_is_cancelled_leaves_its_host_free(gov: Gov) -> None:
    gov.faults["/a"] = deque([hang()])
    async with crawling(gov) as crawler:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(crawler.get("/a"), 0.2)
        assert (await crawler.get("/a")).body == PAGE
