"""What is noted of a fetch: what was sent, how safe the line was, and where it led to."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import deque

import httpcore
import pytest

from replyarc.fetch.lines import Line, safety_of
from replyarc.model import Request
from tests.gov import Answer, Gov, close_delimited, instead, redirect
from tests.test_fetch import PAGE, crawling
from tests.test_fetch_tls import ONCE, Serve, gov, serve, trusted

__all__ = ["gov", "serve", "trusted"]


async def test_what_was_sent_is_told_in_order(gov: Gov) -> None:
    async with crawling(gov) as crawler:
        response = await crawler.fetch(Request(gov.url + "/a", referer=gov.url + "/list"))
    sent = [(name.lower(), value) for name, value in response.request_headers]
    assert sent == [*gov.heard[-1].headers.items()]
    assert response.request_headers[0] == ("Host", f"127.0.0.1:{gov.port}")
    assert ("Referer", gov.url + "/list") in response.request_headers
    assert ("From", "archive@example.org") in response.request_headers


async def test_of_a_form_the_headers_of_its_body_are_told_too(gov: Gov) -> None:
    async with crawling(gov) as crawler:
        response = await crawler.fetch(Request(gov.url + "/a", (("page", "2"),)))
    assert ("Content-Length", "6") in response.request_headers
    assert ("Content-Type", "application/x-www-form-urlencoded") in response.request_headers


async def test_after_redirects_it_is_the_last_request_that_is_told(gov: Gov) -> None:
    gov.faults["/old"].append(redirect("/a"))
    async with crawling(gov) as crawler:
        response = await crawler.fetch(Request(gov.url + "/old", referer=gov.url + "/list"))
    assert (response.request.url, response.url) == (gov.url + "/old", gov.url + "/a")
    sent = [(name.lower(), value) for name, value in response.request_headers]
    assert sent == [*gov.heard[-1].headers.items()]


async def test_of_a_cookie_the_name_is_told_and_not_what_it_says(gov: Gov) -> None:
    set_now = Answer(302, {"Location": "/a", "Set-Cookie": "gate=sesame=; path=/"})
    gov.faults["/a"].append(instead(set_now))
    async with crawling(gov) as crawler:
        response = await crawler.get("/a")
    assert gov.heard[-1].headers["cookie"] == "gate=sesame="
    assert ("Cookie", "gate=") in response.request_headers


async def test_the_address_led_to_is_told_of_kept_and_of_closed_connections(gov: Gov) -> None:
    gov.faults["/a"] = deque([close_delimited()])
    async with crawling(gov) as crawler:
        answers = [await crawler.get("/a") for _ in range(3)]
    assert [(each.ip, each.tls) for each in answers] == [("127.0.0.1", None)] * 3
    assert gov.connections == 2


@pytest.mark.usefixtures("trusted")
async def test_protocol_and_cipher_are_told_of_kept_connections_too(serve: Serve) -> None:
    with serve() as gov:
        async with crawling(gov) as crawler:
            first, second = [await crawler.get("/a") for _ in range(2)]
        assert gov.connections == 1
    assert re.fullmatch(r"TLSv1\.3 TLS_[A-Z0-9_]+", first.tls or "")
    assert (first.tls, first.ip) == (second.tls, second.ip)
    assert first.ip == "127.0.0.1"


async def test_a_connection_weaker_than_usual_is_marked(serve: Serve) -> None:
    with serve() as gov:
        async with crawling(gov, tls="unverified") as crawler:
            response = await crawler.get("/a")
    assert re.fullmatch(r"TLSv1\.3 TLS_[A-Z0-9_]+ unverified", response.tls or "")
    assert [name for name, _ in response.headers] == ["content-type", "content-length"]


@pytest.mark.usefixtures("trusted")
async def test_an_old_server_is_marked_with_what_was_agreed_on(serve: Serve) -> None:
    with serve(old=True) as gov:
        async with crawling(gov, ONCE, tls="legacy") as crawler:
            response = await crawler.get("/a")
    assert response.tls == "TLSv1.2 ECDHE-ECDSA-AES128-SHA legacy"


async def test_through_a_proxy_only_the_proxy_knows_the_address(
    gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    gov.handlers.append(lambda heard: Answer(body=PAGE))
    monkeypatch.setenv("http_proxy", gov.url.replace("//", "//user:word@"))
    async with crawling(gov) as crawler:
        response = await crawler.get("http://www.moushi.gov.cn/a")
    assert "proxy-authorization" in gov.heard[0].headers
    assert not any("auth" in name.lower() for name, _ in response.request_headers)
    assert (response.body, response.tls, response.ip) == (PAGE, None, None)


async def test_of_a_tunnel_it_is_the_line_to_the_site_that_is_told(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        there, here = await asyncio.open_connection("127.0.0.1", gov.port)
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(relay(reader, here), relay(there, writer))
        ended.set()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            writer.write(part)
        writer.close()

    ended = asyncio.Event()
    with serve() as gov:
        async with await asyncio.start_server(tunnel, "127.0.0.1", 0) as proxy:
            port = proxy.sockets[0].getsockname()[1]
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
            async with crawling(gov, tls="unverified") as crawler:
                response = await crawler.get("https://www.moushi.gov.cn/a")
            await ended.wait()
    assert re.fullmatch(r"TLSv1\.3 TLS_[A-Z0-9_]+ unverified", response.tls or "")
    assert response.ip is None


def test_tls_that_ends_at_a_proxy_makes_no_line_to_a_site_safe() -> None:
    class ToProxy(httpcore.AsyncNetworkStream):
        def get_extra_info(self, info: str) -> object:
            return context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO())

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    line = Line("http", "www.moushi.gov.cn", None, None)
    assert safety_of(ToProxy(), line) is None
    assert safety_of(ToProxy(), line._replace(scheme="https", tls="unverified")) == "unverified"
