"""robots.txt, by RFC 9309: asked for once, kept a day, obeyed."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import Disallowed, FetchError, Refused, Unreachable
from replyarc.fetch.robots import MOST_BYTES, Rules, is_fresh, read_text
from replyarc.model import Request, RobotsFile
from tests.gov import Answer, Gov, close_delimited, reset, serving, status
from tests.test_fetch import MANNERS, PAGE, crawling

OBEDIENT = replace(MANNERS, robots=True)
FORBIDDING = b"User-agent: *\nDisallow: /secret/\n"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as gov:
        gov.pages |= {"/a": PAGE, "/secret/a": PAGE}
        yield gov


async def test_what_robots_txt_forbids_is_never_asked_for(gov: Gov) -> None:
    gov.pages["/robots.txt"] = FORBIDDING
    async with crawling(gov, OBEDIENT) as crawler:
        with pytest.raises(Disallowed, match=r"/robots\.txt does not allow it"):
            await crawler.get("/secret/a")
        assert (await crawler.get("/a")).body == PAGE
    assert gov.asked == ["/robots.txt", "/a"]


async def test_robots_txt_is_not_asked_for_where_the_manners_say_so(gov: Gov) -> None:
    gov.pages["/robots.txt"] = FORBIDDING
    async with crawling(gov, MANNERS) as crawler:
        await crawler.get("/secret/a")
    assert gov.asked == ["/secret/a"]


@pytest.mark.parametrize(
    "robots",
    [
        b"User-agent: replyarc\nDisallow: /secret/\n\nUser-agent: *\nAllow: /",
        b"User-agent: REPLYARC\nUser-agent: other\nDisallow: /s*t/",
        b"\xef\xbb\xbf" + FORBIDDING,
        FORBIDDING.decode().encode("utf-16"),
        "# 禁止\n".encode("gb18030") + FORBIDDING,
        FORBIDDING + b"#" * 5_000_000,
        b"User-agent: replyarc/0.9 (archive)\nDisallow: /secret/",
        b"User-agent: replyarc\nDisallow: /a/\n\nUser-agent: *\nAllow: /\n\n"
        b"User-agent: ReplyArc\nDisallow: /secret/",
        b"User-agent: *\nDisallow: /a/\n\nUser-agent: x\nAllow: /\n\nUser-agent: *\nDisallow: /s",
        b"User-agent: *\n\nDisallow: /secret/ # no entry\nAllow: /s",
        b"User-agent: *\rDisallow: /secret/\r",
    ],
    ids=[
        *("our group", "upper case", "bom", "utf-16", "gbk", "5 MB", "version", "two groups"),
        *("two for all", "longest", "cr"),
    ],
)
async def test_robots_txt_is_understood_however_it_is_written(gov: Gov, robots: bytes) -> None:
    gov.pages["/robots.txt"] = robots
    async with crawling(gov, OBEDIENT) as crawler:
        with pytest.raises(Disallowed):
            await crawler.get("/secret/a")


@pytest.mark.parametrize(
    "robots",
    [
        Answer(404),
        Answer(403),
        Answer(401),
        Answer(410),
        Answer(429),
        Answer(204),
        Answer(302, {"Location": "/robots.txt"}),
        Answer(302, {"Location": "file:///etc/robots.txt"}),
        Answer(300),
        Answer(200, {}, b"\n<!DOCTYPE html><html>\nUser-agent: *\nDisallow: /\n</html>"),
        Answer(200, {}, b"User-agent: other\nDisallow: /"),
        Answer(200, {}, b"User-agent: *\nDisallow:"),
        Answer(200, {}, b"User-agent: *\nDisallow: /\n\nUser-agent: replyarc\nDisallow:"),
        Answer(200, {}, b"User-agent: *\nDisallow: /secret$\nDisallow: /*.doc$"),
        Answer(200, {}, b"User-agent: *\nDisallow: /secret/\nAllow: /secret/a"),
        Answer(200, {}, b"#" * MOST_BYTES + b"\n" + FORBIDDING),
        Answer(200, {}, b""),
        Answer(404, {}, FORBIDDING),
    ],
)
async def test_where_robots_txt_forbids_nothing_everything_is_allowed(
    gov: Gov, robots: Answer
) -> None:
    gov.pages["/robots.txt"] = robots
    async with crawling(gov, OBEDIENT) as crawler:
        assert (await crawler.get("/secret/a")).body == PAGE


@pytest.mark.parametrize(
    ("code", "error"),
    [(304, Unreachable), (500, Unreachable), (503, Unreachable), (521, Refused)],
)
async def test_a_robots_txt_that_fails_forbids_everything_for_this_run(
    gov: Gov, code: int, error: type[FetchError]
) -> None:
    gov.pages["/robots.txt"] = Answer(code)
    async with crawling(gov, replace(OBEDIENT, retries=0)) as crawler:
        for path in ("/a", "/secret/a"):
            with pytest.raises(error, match=r"robots\.txt could not be had") as caught:
                await crawler.get(path)
            assert caught.value.status == code
    assert gov.asked == ["/robots.txt"]


async def test_a_robots_txt_that_breaks_off_forbids_everything_for_this_run(gov: Gov) -> None:
    gov.faults["/robots.txt"] = deque([reset()] * 3)
    async with crawling(gov, OBEDIENT) as crawler:
        for _ in range(2):
            with pytest.raises(Unreachable, match="broke off"):
                await crawler.get("/a")
    assert gov.asked == ["/robots.txt"] * 3


async def test_a_fault_that_passes_does_not_cost_the_site(gov: Gov) -> None:
    gov.faults["/robots.txt"] = deque([status(503), reset()])
    async with crawling(gov, OBEDIENT) as crawler:
        assert (await crawler.get("/a")).body == PAGE


async def test_a_robots_txt_without_a_length_is_read(gov: Gov) -> None:
    gov.faults["/robots.txt"] = deque([close_delimited(FORBIDDING)])
    async with crawling(gov, OBEDIENT) as crawler:
        with pytest.raises(Disallowed):
            await crawler.get("/secret/a")


@pytest.mark.parametrize(("hops", "forbids"), [(5, True), (6, False)])
async def test_up_to_five_redirects_of_robots_txt_are_followed(
    gov: Gov, hops: int, forbids: bool
) -> None:
    gov.pages["/robots.txt"] = Answer(301, {"Location": f"/{hops - 1}"})
    for n in range(1, hops):
        gov.pages[f"/{n}"] = Answer(301, {"Location": f"/{n - 1}"})
    gov.pages["/0"] = FORBIDDING
    async with crawling(gov, OBEDIENT) as crawler:
        if forbids:
            with pytest.raises(Disallowed):
                await crawler.get("/secret/a")
        else:
            assert (await crawler.get("/secret/a")).body == PAGE


async def test_robots_txt_is_asked_for_once_by_however_many(gov: Gov) -> None:
    async with crawling(gov, OBEDIENT) as crawler:
        other = crawler.fetcher.for_source(replace(crawler.source, name="other"))
        asks = [fetch(Request(gov.url + "/a")) for fetch in (crawler.fetch, other) * 2]
        await asyncio.gather(*asks)
    assert gov.count("/a") == 4
    assert gov.count("/robots.txt") == 1


async def test_robots_txt_is_handed_out_and_taken_in_again(gov: Gov) -> None:
    files: dict[str, RobotsFile] = {}
    gov.pages["/robots.txt"] = FORBIDDING
    async with crawling(gov, OBEDIENT, robots_files=files) as crawler:
        await crawler.get("/a")
    async with crawling(gov, OBEDIENT, robots_files=files) as crawler:
        with pytest.raises(Disallowed):
            await crawler.get("/secret/a")
    assert files[gov.url].text == FORBIDDING.decode()
    assert gov.count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("code", "age", "asked"),
    [
        (200, timedelta(hours=23), 0),
        (404, timedelta(hours=23), 0),
        (200, timedelta(hours=24), 1),
        (503, timedelta(0), 1),
        (304, timedelta(0), 1),
        (None, timedelta(0), 1),
        (200, timedelta(hours=-1), 1),
    ],
)
async def test_an_earlier_robots_txt_is_used_for_a_day_if_it_was_had(
    gov: Gov, code: int | None, age: timedelta, asked: int
) -> None:
    files = {gov.url: RobotsFile(gov.url, code, "", datetime.now(UTC) - age)}
    async with crawling(gov, OBEDIENT, robots_files=files) as crawler:
        await crawler.get("/a")
    assert gov.count("/robots.txt") == asked


def test_a_file_grows_old_within_a_run_too_unless_it_could_not_be_had() -> None:
    had = Rules(RobotsFile("http://www.example.gov.cn", 200, "", NOW))
    missing = Rules(RobotsFile("http://www.example.gov.cn", None, "", NOW))
    tomorrow = NOW + timedelta(hours=24)
    assert had.hold(NOW)
    assert not had.hold(tomorrow)
    assert missing.hold(tomorrow)
    assert not is_fresh(RobotsFile("http://www.example.gov.cn", None, "", NOW), NOW)


@pytest.mark.parametrize(
    ("crawl_delay", "waited"), [("7", 7.0), ("0.5", 2.0), ("86400", 300.0), ("soon", 2.0)]
)
async def test_crawl_delay_can_only_raise_the_delay_within_reason(
    gov: Gov, crawl_delay: str, waited: float
) -> None:
    gov.pages["/robots.txt"] = f"User-agent: *\nCrawl-delay: {crawl_delay}".encode()
    async with crawling(gov, replace(OBEDIENT, delay=2.0)) as crawler:
        await crawler.get("/a")
    assert crawler.clock.waits == [waited]


@given(st.binary(max_size=400) | st.text("*/$%#:\n Disallow-User-agent", max_size=400))
def test_no_robots_txt_is_too_odd_to_be_read(written: bytes | str) -> None:
    body = written if isinstance(written, bytes) else FORBIDDING + written.encode()
    rules = Rules(RobotsFile("http://www.example.gov.cn", 200, read_text(body), NOW))
    with suppress(Disallowed):
        rules.check("http://www.example.gov.cn/a/%E7%AD%94.html?b=$#c")
    assert 0.0 <= rules.crawl_delay <= 300.0


def test_a_robots_txt_is_cut_at_500_kib() -> None:
    assert len(read_text(b"a" * MOST_BYTES + b"b")) == MOST_BYTES


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("asked", ["/建议/1.html", "/%e5%bb%ba%E8%AE%AE/1.html"])
def test_a_path_in_chinese_is_known_in_every_spelling(charset: str, asked: str) -> None:
    written = "User-agent: *\nDisallow: /建议/\nAllow: /".encode(charset)
    rules = Rules(RobotsFile("http://a.test", 200, read_text(written), NOW))
    with pytest.raises(Disallowed):
        rules.check(f"http://a.test{asked}")
    rules.check("http://a.test/%E6%8F%90%E6%A1%88/1.html")


def test_a_path_in_gbk_is_known_by_its_bytes_too() -> None:
    written = "User-agent: *\nDisallow: /建议/*.doc$ # 不许\n".encode("gb18030")
    rules = Rules(RobotsFile("http://a.test", 200, read_text(written), NOW))
    with pytest.raises(Disallowed):
        rules.check("http://a.test/%bd%a8%D2%E9/1.doc")
    rules.check("http://a.test/%bd%a8%D2%E9/1.docx")


def test_a_character_that_is_cut_at_500_kib_does_not_change_how_the_rest_is_read() -> None:
    written = FORBIDDING + b"#" * (MOST_BYTES - len(FORBIDDING) - 1) + "议".encode()
    assert read_text(written) == written[: MOST_BYTES - 1].decode()


@pytest.mark.parametrize("said", ["-5", "nan", "inf", "-inf", "1e400"])
def test_a_crawl_delay_that_is_no_time_is_none(said: str) -> None:
    text = f"User-agent: *\nCrawl-delay: {said}"
    assert Rules(RobotsFile("http://a.test", 200, text, NOW)).crawl_delay in (0.0, 300.0)


async def test_a_robots_txt_that_moved_to_another_host_holds_for_the_first() -> None:
    with serving("127.0.0.1", "127.0.0.2") as gov:
        gov.pages |= {"/a": PAGE, "/secret/a": PAGE, "/rules": FORBIDDING}
        gov.pages["/robots.txt"] = Answer(301, {"Location": gov.at("127.0.0.2") + "/rules"})
        async with crawling(gov, OBEDIENT) as crawler:
            with pytest.raises(Disallowed):
                await crawler.get("/secret/a")
            await crawler.get("/a")
    assert gov.asked == ["/robots.txt", "/rules", "/a"]


GATE = b"<script>document.cookie='a=1';location.href=location.pathname;</script>"


async def test_a_gate_in_the_place_of_robots_txt_is_a_refusal_and_is_not_kept(gov: Gov) -> None:
    files: dict[str, RobotsFile] = {}
    gov.pages["/robots.txt"] = GATE
    async with crawling(gov, OBEDIENT, robots_files=files) as crawler:
        with pytest.raises(Refused, match=r"could not be had .* turns programs away") as caught:
            await crawler.get("/a")
    assert caught.value.status == 200
    gov.pages["/robots.txt"] = FORBIDDING
    async with crawling(gov, OBEDIENT, robots_files=files) as crawler:
        with pytest.raises(Disallowed):
            await crawler.get("/secret/a")
    assert gov.asked == ["/robots.txt"] * 2


async def test_a_robots_txt_that_failed_is_asked_for_again_by_the_next_run(gov: Gov) -> None:
    files: dict[str, RobotsFile] = {}
    gov.pages["/robots.txt"] = Answer(500)
    async with crawling(gov, replace(OBEDIENT, retries=0), robots_files=files) as crawler:
        with pytest.raises(Unreachable):
            await crawler.get("/a")
    gov.pages["/robots.txt"] = FORBIDDING
    async with crawling(gov, OBEDIENT, robots_files=files) as crawler:
        assert (await crawler.get("/a")).body == PAGE
    assert gov.asked == ["/robots.txt", "/robots.txt", "/a"]


async def test_robots_txt_is_asked_for_again_in_a_run_of_more_than_a_day(gov: Gov) -> None:
    async with crawling(gov, OBEDIENT) as crawler:
        await crawler.get("/secret/a")
        gov.pages["/robots.txt"] = FORBIDDING
        await crawler.get("/secret/a")
        crawler.clock.now += 86_400.0
        with pytest.raises(Disallowed):
            await crawler.get("/secret/a")
    assert gov.count("/robots.txt") == 2
