"""TLS: strict first; weaker only where the source says so, and then marked."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from replyarc.errors import Unreachable
from tests.gov import Gov, close_delimited, cut, serving
from tests.test_fetch import MANNERS, PAGE, crawling

ONCE = replace(MANNERS, retries=0)

PAIR = """\
-----BEGIN CERTIFICATE-----
MIIBjjCCATWgAwIBAgIBATAKBggqhkjOPQQDAjAgMR4wHAYDVQQDDBVsb29wYmFj
ayBvZiB0aGUgdGVzdHMwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBa
MCAxHjAcBgNVBAMMFWxvb3BiYWNrIG9mIHRoZSB0ZXN0czBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABHjjmSOIrfh05qKW9mJsL6PWdPXycsYmMDwNr3BAYRMNlImD
Y1E32Qfi3CCCtQj9sauZaxLeUIUhxke4G8ZcDQGjXjBcMBoGA1UdEQQTMBGHBH8A
AAGCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBScMUJYY3Gf
e+SeybBh0j3vVv+LgjAOBgNVHQ8BAf8EBAMCAoQwCgYIKoZIzj0EAwIDRwAwRAIg
OrRniwQ+BrKB3BsXGLRRTLA7eMHKk23iR1+GnVUi/8ACIDCB4Qmr4n8BEwM5/kvx
1Z7+K/JoEhYtJ8TaC824TeqV
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7PyfcaNpdwvKHkKh
vp3WKHqBaZ/V2xamE8xZ8Vp6jXuhRANCAAR445kjiK34dOailvZibC+j1nT18nLG
JjA8Da9wQGETDZSJg2NRN9kH4twggrUI/bGrmWsS3lCFIcZHuBvGXA0B
-----END PRIVATE KEY-----
"""
"""A certificate for 127.0.0.1 that signs itself, and its key: made for these tests alone."""


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as gov:
        gov.pages["/a"] = PAGE
        yield gov


Serve = Callable[..., AbstractContextManager[Gov]]


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    pair = tmp_path / "pair.pem"
    pair.write_text(PAIR)

    @contextmanager
    def serve(*, old: bool = False) -> Iterator[Gov]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair)
        if old:  # nothing that is offered by today's defaults
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers("ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0")
        with serving(tls=context) as gov:
            gov.pages["/a"] = PAGE
            yield gov

    return serve


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the certificate be one that is trusted."""
    authority = tmp_path / "authority.pem"
    authority.write_text(PAIR.partition("-----BEGIN PRIVATE")[0])
    monkeypatch.setattr("certifi.where", lambda: str(authority))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("tls", [None, "legacy"])
async def test_a_sound_handshake_leaves_no_mark(serve: Serve, tls: str | None) -> None:
    with serve() as gov:
        async with crawling(gov, tls=tls) as crawler:
            response = await crawler.get("/a")
    assert response.body == PAGE
    assert response.tls is not None
    assert not response.tls.endswith(("unverified", "legacy"))
    assert gov.connections == 1


async def test_an_invalid_certificate_names_the_key_that_helps(serve: Serve) -> None:
    with serve() as gov:
        async with crawling(gov, ONCE) as crawler:
            with pytest.raises(Unreachable, match='tls = "unverified" of source "moushi"'):
                await crawler.get("/a")
    assert gov.asked == []
    assert crawler.fetcher.requests.total() == 0


async def test_a_certificate_says_what_is_wrong_with_it(serve: Serve) -> None:
    with serve() as gov:
        async with crawling(gov, ONCE) as crawler:
            with pytest.raises(Unreachable, match="is not valid: it is signed by itself"):
                await crawler.get("/a")


async def test_legacy_that_does_not_help_may_be_the_national_cipher(gov: Gov) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        gov.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with crawling(gov, ONCE, tls="legacy") as crawler:
            with pytest.raises(Unreachable, match='not with tls = "legacy" either') as raised:
                await crawler.get("/a")
    assert "cannot be had here" in str(raised.value)


async def test_legacy_still_checks_the_certificate(serve: Serve) -> None:
    with serve() as gov:
        async with crawling(gov, ONCE, tls="legacy") as crawler:
            with pytest.raises(Unreachable, match='tls = "unverified"'):
                await crawler.get("/a")
    assert gov.asked == []


async def test_an_unverified_page_is_marked(serve: Serve) -> None:
    with serve() as gov:
        async with crawling(gov, tls="unverified") as crawler:
            response = await crawler.get("/a")
    assert response.body == PAGE
    assert (response.tls or "").endswith(" unverified")


@pytest.mark.usefixtures("trusted")
async def test_an_old_server_names_the_key_that_helps(serve: Serve) -> None:
    with serve(old=True) as gov:
        async with crawling(gov, ONCE) as crawler:
            with pytest.raises(Unreachable, match='tls = "legacy" of source "moushi"'):
                await crawler.get("/a")


@pytest.mark.usefixtures("trusted")
async def test_legacy_comes_after_a_handshake_that_failed_and_is_remembered_and_marked(
    serve: Serve,
) -> None:
    with serve(old=True) as gov:
        async with crawling(gov, ONCE, tls="legacy") as crawler:
            first = await crawler.get("/a")
            second = await crawler.get("/a")
    assert first.tls == second.tls
    assert (first.tls or "").endswith(" legacy")
    assert crawler.fetcher.requests["moushi"] == 2


async def test_a_server_that_hangs_up_in_the_handshake_may_be_an_old_one(gov: Gov) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        gov.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with crawling(gov, ONCE) as crawler:
            with pytest.raises(Unreachable, match='tls = "legacy"'):
                await crawler.get("/a")


async def test_a_handshake_that_hangs_ends_in_time_and_leaves_no_socket(gov: Gov) -> None:
    gov.url = gov.url.replace("http:", "https:")
    async with crawling(gov, replace(ONCE, timeout=0.4)) as crawler:
        with pytest.raises(Unreachable, match="no connection in time"):
            await crawler.get("/a")


async def test_the_mark_is_not_put_on_what_came_without_tls(gov: Gov) -> None:
    async with crawling(gov, tls="unverified") as crawler:
        assert (await crawler.get("/a")).tls is None


async def test_a_large_page_comes_whole_over_tls(serve: Serve) -> None:
    with serve() as gov:
        gov.pages["/a"] = PAGE * 3000
        async with crawling(gov, tls="unverified") as crawler:
            assert (await crawler.get("/a")).body == PAGE * 3000


async def test_a_page_cut_within_tls_is_asked_for_again(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    with serve() as gov:
        gov.faults["/a"] = deque([cut(), close_delimited()])
        async with crawling(gov, tls="unverified") as crawler:
            assert (await crawler.get("/a")).body == PAGE
    assert gov.count("/a") == 2
    assert not [each for each in caplog.records if each.levelname == "WARNING"]


async def test_a_tunnel_through_a_proxy_is_kept_for_the_next_page(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    ended = asyncio.Event()

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0])
        there, here = await asyncio.open_connection("127.0.0.1", gov.port)
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(relay(reader, here), relay(there, writer))
        ended.set()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            writer.write(part)
        writer.close()

    with serve() as gov:
        async with await asyncio.start_server(tunnel, "127.0.0.1", 0) as proxy:
            port = proxy.sockets[0].getsockname()[1]
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
            async with crawling(gov, tls="unverified") as crawler:
                for _ in range(2):
                    response = await crawler.get("https://www.moushi.gov.cn/a")
            await ended.wait()
    assert response.body == PAGE
    assert asked == [b"CONNECT www.moushi.gov.cn:443 HTTP/1.1"]
