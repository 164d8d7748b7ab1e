"""Only public addresses are connected to, whatever a name, a redirect or a spelling pretends."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from replyarc.errors import FetchError, Unreachable
from replyarc.fetch.guard import NotPublic, check_literal, is_public
from replyarc.fetch.lines import Line, proxy_for
from replyarc.model import Request
from tests.gov import Answer, Gov, serving
from tests.test_fetch import MANNERS, PAGE, crawling

GUARDED = replace(MANNERS, private_addresses=False)
Addresses = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as gov:
        gov.pages["/a"] = PAGE
        yield gov


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A name service: the addresses of a name; each is asked of it only while it has it."""
    names: dict[str, list[str]] = {}
    original = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **options: Any) -> list[tuple[Any, ...]]:
        if host not in names:
            return list(original(host, port, *args, **options))
        known = names.pop(host)
        if not known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return names


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.1.1",
        "240.0.0.1",
        "198.18.0.1",
        "192.0.0.192",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:db8::1",
        "fe80::1",
        "fe80::1%1",
        "fd00:ec2::254",
        "ff02::1",
    ],
)
def test_no_address_that_is_not_public_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "203.119.80.1", "2400:3200::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"],
)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


async def test_a_private_address_is_refused_before_anything_is_sent(gov: Gov) -> None:
    async with crawling(gov, GUARDED) as crawler:
        with pytest.raises(FetchError, match=r"set crawl\.private_addresses = true") as caught:
            await crawler.get("/a")
    assert type(caught.value) is FetchError
    assert (gov.connections, crawler.fetcher.requests.total()) == (0, 0)


async def test_the_refusal_is_the_same_where_robots_txt_would_be_asked_first(gov: Gov) -> None:
    async with crawling(gov, replace(GUARDED, robots=True)) as crawler:
        with pytest.raises(FetchError, match="no public address") as caught:
            await crawler.get("/a")
    assert type(caught.value) is FetchError
    assert gov.connections == 0


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "0177.1", "127.1", "localhost"]
)
async def test_a_private_address_in_disguise_is_refused(gov: Gov, host: str) -> None:
    async with crawling(gov, GUARDED, allow_hosts=(host,)) as crawler:
        with pytest.raises(FetchError, match="no public address"):
            await crawler.get(f"http://{host}:{gov.port}/a")
    assert gov.connections == 0


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"]]
)
async def test_a_name_that_leads_to_a_private_address_is_refused(
    gov: Gov, names: dict[str, list[str]], addresses: list[str]
) -> None:
    names["www.moushi.gov.cn"] = addresses
    async with crawling(gov, GUARDED) as crawler:
        with pytest.raises(FetchError, match=r"www\.moushi\.gov\.cn resolves to "):
            await crawler.get(f"http://www.moushi.gov.cn:{gov.port}/a")
    assert gov.connections == 0


async def test_a_redirect_to_a_private_address_is_refused(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.fetch.guard.is_public", lambda address: address != "127.0.0.2")
    with serving("127.0.0.1", "127.0.0.2") as gov:
        gov.pages["/go"] = Answer(302, {"Location": f"http://in.moushi.gov.cn:{gov.port}/a"})
        names["in.moushi.gov.cn"] = ["127.0.0.2"]
        async with crawling(gov, GUARDED) as crawler:
            with pytest.raises(FetchError, match=r"resolves to 127\.0\.0\.2"):
                await crawler.get("/go")
    assert gov.asked == ["/go"]


async def test_the_address_that_was_checked_is_the_one_connected_to(
    gov: Gov, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def is_public(address: str) -> bool:
        checked.append(address)
        return True

    monkeypatch.setattr("replyarc.fetch.guard.is_public", is_public)
    names["www.moushi.gov.cn"] = ["127.0.0.1"]
    async with crawling(gov, GUARDED) as crawler:
        response = await crawler.get(f"http://www.moushi.gov.cn:{gov.port}/a")
    assert response.body == PAGE
    assert checked == [heard.address for heard in gov.heard] == ["127.0.0.1"]
    assert gov.heard[0].headers["host"] == f"www.moushi.gov.cn:{gov.port}"


async def test_an_address_that_does_not_answer_is_passed_over(
    gov: Gov, names: dict[str, list[str]]
) -> None:
    names["www.moushi.gov.cn"] = ["127.0.0.9", "127.0.0.1"]
    async with crawling(gov) as crawler:
        assert (await crawler.get(f"http://www.moushi.gov.cn:{gov.port}/a")).body == PAGE


@pytest.mark.parametrize("host", ["www.moushi.gov.cn", "a" * 70 + ".gov.cn"])
async def test_a_name_that_leads_nowhere_is_unreachable(
    gov: Gov, names: dict[str, list[str]], host: str
) -> None:
    names["www.moushi.gov.cn"] = []
    async with crawling(gov, replace(MANNERS, retries=0)) as crawler:
        with pytest.raises(Unreachable, match="cannot be resolved"):
            await crawler.get(f"https://{host}/a")


@pytest.mark.parametrize(
    ("ip", "family"),
    [(None, socket.AF_UNSPEC), ("4", socket.AF_INET), ("6", socket.AF_INET6)],
)
async def test_the_ip_option_chooses_the_family(
    gov: Gov, monkeypatch: pytest.MonkeyPatch, ip: str | None, family: int
) -> None:
    asked: list[int] = []

    def resolve(host: str, port: int, family: int = 0, *args: Any) -> list[tuple[Any, ...]]:
        asked.append(family)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    async with crawling(gov, ip=ip) as crawler:
        await crawler.get(f"http://www.moushi.gov.cn:{gov.port}/a")
    assert asked == [family]


async def test_a_proxy_of_the_environment_is_used(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", gov.url.replace("http://", "http://me:pass@"))
    gov.pages["http://www.moushi.gov.cn/a"] = PAGE
    async with crawling(gov, GUARDED) as crawler:
        assert (await crawler.get("http://www.moushi.gov.cn/a")).body == PAGE
    assert gov.asked == ["http://www.moushi.gov.cn/a"]
    assert gov.heard[0].headers["proxy-authorization"].startswith("Basic ")


async def test_an_address_is_refused_through_a_proxy_too(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", gov.url)
    monkeypatch.setenv("no_proxy", "")
    async with crawling(gov, GUARDED, allow_hosts=("2130706433",)) as crawler:
        with pytest.raises(FetchError, match="no public address"):
            await crawler.get("http://2130706433/a")
    assert gov.connections == 0


@pytest.mark.parametrize(
    ("proxy", "why"),
    [
        ("socks5://me:secret@127.0.0.1:1080", "http_proxy names a socks5 proxy"),
        ("gopher://me:secret@127.0.0.1:70", "http_proxy is no proxy's address"),
        ("http://me:secret@[::1", "http_proxy is no proxy's address"),
    ],
)
async def test_a_proxy_that_cannot_be_used_is_named_without_its_secrets(
    gov: Gov, monkeypatch: pytest.MonkeyPatch, proxy: str, why: str
) -> None:
    monkeypatch.setenv("all_proxy", proxy)
    async with crawling(gov) as crawler:
        with pytest.raises(FetchError, match=why) as caught:
            await crawler.get("http://www.moushi.gov.cn/a")
    assert "secret" not in str(caught.value)


def test_proxies_are_chosen_by_scheme_and_left_out_by_no_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "moushi.gov.cn")
    through = proxy_for(Line("https", "www.example.gov.cn", None, None))
    assert through is not None
    assert through.url.port == 3128
    assert proxy_for(Line("http", "www.example.gov.cn", None, None)) is None
    assert proxy_for(Line("https", "www.moushi.gov.cn", None, None)) is None


async def test_netrc_is_not_read(gov: Gov, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    async with crawling(gov) as crawler:
        await crawler.get("/a")
    assert "authorization" not in gov.heard[0].headers


def test_a_literal_is_checked_without_asking_anybody() -> None:
    check_literal("8.8.8.8")
    check_literal("www.localhost.gov.cn")
    for host in ("::1", "localhost", "a.localhost", "0"):
        with pytest.raises(NotPublic):
            check_literal(host)


async def test_private_addresses_are_asked_where_the_manners_say_so(gov: Gov) -> None:
    async with crawling(gov, MANNERS) as crawler:
        response = await crawler.fetch(Request(f"{gov.url}/a"))
    assert response.body == PAGE
