"""Redirects: followed by us, hop by hop, each hop judged like a first request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from replyarc.errors import Disallowed, FetchError, Gone
from replyarc.fetch.terms import Terms
from replyarc.model import Request, Source
from tests.gov import Answer, Gov, instead, serving
from tests.test_fetch import MANNERS, PAGE, crawling


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving("127.0.0.1", "127.0.0.2") as gov:
        gov.pages["/a"] = PAGE
        yield gov


def to(location: str, status: int = 302, cookie: str = "") -> Answer:
    return Answer(status, {"Location": location, **({"Set-Cookie": cookie} if cookie else {})})


async def test_a_redirect_is_followed_and_the_page_says_where_it_was(gov: Gov) -> None:
    gov.pages["/old/list"] = to("../a#top", 301)
    async with crawling(gov) as crawler:
        response = await crawler.get("/old/list")
    assert response.body == PAGE
    assert response.request.url == gov.url + "/old/list"
    assert response.url == gov.url + "/a"


async def test_an_address_in_chinese_and_with_blanks_is_asked_for_encoded(gov: Gov) -> None:
    gov.pages["/%E7%AD%94%E5%A4%8D%201.html"] = PAGE
    gov.pages["/go"] = to("/答复 1.html")
    async with crawling(gov) as crawler:
        first = await crawler.get("/答复 1.html")
        second = await crawler.get("/go")
    assert gov.count("/%E7%AD%94%E5%A4%8D%201.html") == 2
    assert first.url == gov.url + "/答复 1.html"
    assert second.url == gov.url + "/%E7%AD%94%E5%A4%8D%201.html"


@pytest.mark.parametrize(
    ("status", "method"),
    [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")],
)
async def test_a_form_that_is_redirected_becomes_a_get_unless_it_must_not(
    gov: Gov, status: int, method: str
) -> None:
    gov.pages["/form"] = to("/a", status)
    async with crawling(gov) as crawler:
        await crawler.fetch(Request(gov.url + "/form", (("page", "2"),)))
    assert [heard.method for heard in gov.heard] == ["POST", method]
    assert gov.heard[1].body == (b"page=2" if method == "POST" else b"")


async def test_five_redirects_are_followed_and_six_are_not(gov: Gov) -> None:
    gov.pages |= {f"/{n}": to(f"/{n - 1}") for n in range(1, 7)} | {"/0": PAGE}
    async with crawling(gov) as crawler:
        assert (await crawler.get("/5")).body == PAGE
        with pytest.raises(FetchError, match="more than 5 redirects") as caught:
            await crawler.get("/6")
    assert type(caught.value) is FetchError


async def test_a_redirect_in_a_circle_is_given_up_at_once(gov: Gov) -> None:
    gov.pages |= {"/x": to("/y"), "/y": to("/x")}
    async with crawling(gov) as crawler:
        with pytest.raises(FetchError, match="in a circle"):
            await crawler.get("/x")
    assert gov.asked == ["/x", "/y"]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("file:///etc/passwd", "not an http or https address"),
        ("ftp://127.0.0.1/a", "not an http or https address"),
        ("data:text/html,x", "not an http or https address"),
        ("javascript:void(0)", "not an http or https address"),
        ("http://user:secret@127.0.0.1/a", "user name"),
        ("http://www.example.com/a", 'add it to allow_hosts of source "moushi"'),
        ("http://evil-gov.cn/a", "no host of this source"),
        ("http://gov.cn.example.com/a", "no host of this source"),
        ("//127.0.0.2/a", "no host of this source"),
        ("http://[::1/a", "not an address"),
        ("http://127.0.0.1:99999/a", "not an http or https address"),
    ],
)
async def test_a_redirect_that_leads_out_of_the_source_is_refused(
    gov: Gov, location: str, why: str
) -> None:
    gov.pages["/go"] = to(location)
    async with crawling(gov) as crawler:
        with pytest.raises(FetchError, match=why) as caught:
            await crawler.get("/go")
    assert type(caught.value) is FetchError
    assert "redirects to" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert gov.asked == ["/go"]


@pytest.mark.parametrize(
    "url",
    [
        "http://user@127.0.0.1/a",
        "file:///etc/passwd",
        "http://www.example.com/a",
        "http://a\x00b/",
        "http://[",
        "http://127.0.0.1/\ud83d",
        "/a",
        "",
    ],
)
async def test_a_first_request_is_held_to_the_same_rules(gov: Gov, url: str) -> None:
    async with crawling(gov) as crawler:
        with pytest.raises(FetchError):
            await crawler.fetch(Request(url))
    assert gov.asked == []


async def test_a_redirect_to_an_allowed_host_is_followed(gov: Gov) -> None:
    gov.pages["/go"] = to(gov.at("127.0.0.2") + "/a")
    async with crawling(gov, allow_hosts=("127.0.0.2",)) as crawler:
        assert (await crawler.get("/go")).url == gov.at("127.0.0.2") + "/a"
    assert [heard.address for heard in gov.heard] == ["127.0.0.1", "127.0.0.2"]


@pytest.mark.parametrize(
    "url",
    [
        "http://www.moushi.gov.cn/a",
        "https://WWW.GOV.CN./a",
        "http://static.example.com/a",
        "http://cdn.static.example.com:8080/a",
        "http://lists.example.org/b",
        "http://xn--fiqs8s.xn--55qx5d.cn/",
    ],
)
def test_hosts_of_government_of_the_source_and_of_its_allow_hosts_are_admitted(url: str) -> None:
    source = Source(
        name="moushi",
        publisher="某市",
        urls=("http://lists.example.org/", "not an address", "http://["),
        allow_hosts=("Static.Example.com", "中国.公司.cn"),
    )
    assert Terms.of(source, MANNERS).admit(url).scheme in ("http", "https")


async def test_a_redirect_hop_keeps_the_pace(gov: Gov) -> None:
    gov.pages["/go"] = to("/a")
    async with crawling(gov, replace(MANNERS, delay=3.0)) as crawler:
        await crawler.get("/go")
    assert crawler.clock.waits == [3.0]


async def test_a_redirect_hop_obeys_the_robots_txt_of_where_it_leads(gov: Gov) -> None:
    gov.pages |= {
        "/go": to("/private/a"),
        "/robots.txt": b"User-agent: *\nDisallow: /private/",
    }
    async with crawling(gov, replace(MANNERS, robots=True)) as crawler:
        with pytest.raises(Disallowed):
            await crawler.get("/go")
    assert gov.asked == ["/robots.txt", "/go"]


async def test_a_redirect_to_nothing_is_gone(gov: Gov) -> None:
    gov.pages["/go"] = to("/nothing")
    async with crawling(gov) as crawler:
        with pytest.raises(Gone):
            await crawler.get("/go")


async def test_a_cookie_set_by_a_redirect_to_itself_is_shown_there_and_only_there(
    gov: Gov,
) -> None:
    gov.faults["/a"].append(instead(to("/a", cookie="CT6T=九; path=/; HttpOnly")))
    gov.pages |= {"/a": to("/b"), "/b": PAGE}
    async with crawling(gov) as crawler:
        await crawler.get("/a")
    assert [(heard.path, heard.headers.get("cookie")) for heard in gov.heard] == [
        ("/a", None),
        ("/a", "CT6T=九".encode().decode("latin-1")),
        ("/b", None),
    ]


async def test_a_redirect_to_itself_without_a_new_cookie_is_a_circle(gov: Gov) -> None:
    gov.pages["/a"] = to("/a", cookie="CT6T=9")
    async with crawling(gov) as crawler:
        with pytest.raises(FetchError, match="circle"):
            await crawler.get("/a")
    assert gov.count("/a") == 2
