"""Bodies: whole, within the bound, or an error. Half a letter is never taken for a letter."""

from __future__ import annotations

import gzip
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import FetchError, Gone, Unreachable
from replyarc.fetch.body import seems_whole, unpack
from tests.gov import (
    Answer,
    Fault,
    Gov,
    bomb,
    close_delimited,
    cut,
    cut_chunked,
    endless,
    half_gzip,
    serving,
    wrong_encoding,
)
from tests.test_fetch import MANNERS, crawling

LETTER = ("<html><body>" + "您提出的建议收悉。" * 500 + "</body></html>").encode()
URL = "http://www.example.gov.cn/a.html"
BOUND = 1_000_000


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as gov:
        gov.pages["/a"] = LETTER
        yield gov


@pytest.mark.parametrize(
    "fault",
    [half_gzip(), cut(), cut_chunked(), wrong_encoding(), close_delimited(LETTER[:-20])],
    ids=["half gzip", "cut", "cut chunked", "not gzip", "no length and no end"],
)
async def test_a_body_that_is_not_whole_is_asked_for_again(gov: Gov, fault: Fault) -> None:
    gov.faults["/a"] = deque([fault])
    async with crawling(gov) as crawler:
        response = await crawler.get("/a")
    assert response.body == LETTER
    assert gov.count("/a") == 2


async def test_a_gzip_stream_cut_in_half_broke_off_though_its_length_is_right(gov: Gov) -> None:
    gov.faults["/a"] = deque([half_gzip()] * 3)
    async with crawling(gov) as crawler:
        with pytest.raises(Unreachable, match="the answer broke off"):
            await crawler.get("/a")


@pytest.mark.parametrize("fault", [bomb(), endless()], ids=["bomb", "endless"])
async def test_a_body_over_the_bound_is_given_up_and_the_key_is_named(
    gov: Gov, fault: Fault
) -> None:
    gov.faults["/a"] = deque([fault])
    async with crawling(gov, replace(MANNERS, max_body=100_000)) as crawler:
        with pytest.raises(FetchError, match=r"over 100,000 bytes; see crawl\.max_body") as caught:
            await crawler.get("/a")
    assert type(caught.value) is FetchError
    assert gov.count("/a") == 1


async def test_a_body_ended_by_the_connection_is_taken_if_it_ends_as_a_page_does(gov: Gov) -> None:
    gov.faults["/a"] = deque([close_delimited()])
    async with crawling(gov) as crawler:
        assert (await crawler.get("/a")).body == LETTER
    assert gov.count("/a") == 1


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
async def test_a_coded_body_comes_decoded_and_its_headers_as_sent(gov: Gov, coding: str) -> None:
    packed = gzip.compress(LETTER) if coding == "gzip" else zlib.compress(LETTER)
    gov.pages["/a"] = Answer(200, {"Content-Encoding": coding}, packed)
    async with crawling(gov) as crawler:
        if coding == "br":
            with pytest.raises(FetchError, match="'br', which was not asked for") as caught:
                await crawler.get("/a")
            assert type(caught.value) is FetchError
            return
        response = await crawler.get("/a")
    assert response.body == LETTER
    assert response.header("content-encoding") == coding


async def test_a_body_in_two_codings_is_not_taken_for_one_in_the_last(gov: Gov) -> None:
    headers = {"Content-Encoding": "gzip", "content-encoding": "identity"}
    gov.pages["/a"] = Answer(200, headers, gzip.compress(LETTER))
    async with crawling(gov) as crawler:
        with pytest.raises(FetchError, match="'gzip, identity', which was not asked for"):
            await crawler.get("/a")


async def test_a_broken_body_does_not_hide_that_a_page_is_gone(gov: Gov) -> None:
    gov.pages["/a"] = Answer(404, {"Content-Encoding": "br"}, b"\x00" * 40_000)
    gov.faults["/a"] = deque([cut()])
    async with crawling(gov) as crawler:
        for _ in range(2):
            with pytest.raises(Gone):
                await crawler.get("/a")
    assert gov.count("/a") == 2


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "raw"),
    [
        ("", LETTER),
        ("identity", LETTER),
        ("gzip", gzip.compress(LETTER)),
        (" X-GZIP ", gzip.compress(LETTER)),
        ("gzip", gzip.compress(LETTER[:99]) + gzip.compress(LETTER[99:])),
        ("gzip", gzip.compress(LETTER) + b"\r\n<!-- junk -->"),
        ("deflate", zlib.compress(LETTER)),
        ("deflate", raw_deflate(LETTER)),
    ],
)
def test_every_coding_that_servers_use_is_undone(coding: str, raw: bytes) -> None:
    assert unpack(raw, coding, url=URL, bound=BOUND) == LETTER


@given(st.binary(min_size=1, max_size=300), st.data())
def test_no_cut_gzip_stream_is_ever_taken_for_whole(body: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(body)
    end = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(Unreachable):
        unpack(packed[:end], "gzip", url=URL, bound=BOUND)


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_the_bound_is_inclusive(coding: str) -> None:
    packed = {"": LETTER, "gzip": gzip.compress(LETTER), "deflate": zlib.compress(LETTER)}[coding]
    assert unpack(packed, coding, url=URL, bound=len(LETTER)) == LETTER
    with pytest.raises(FetchError):
        unpack(packed, coding, url=URL, bound=len(LETTER) - 1)
    assert unpack(packed, coding, url=URL, bound=10, cut=True) == LETTER[:10]


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"<HTML><BODY>x</BODY>\n<!-- tail -->", True),
        (b"<html><body>x<p>", False),
        (b'<?xml version="1.0"?><rss><item/></rss>\n', True),
        (b'<?xml version="1.0"?><rss><item/>', False),
        (b"<", False),
        (b' {"data": [1, 2]} ', True),
        (b'{"data": [1, 2', False),
        (b"[" * 100_000, False),
        (b"%PDF-1.7\n...\n%%EOF\n", True),
        (b"%PDF-1.7\n...", False),
        (b"PK\x03\x04...PK\x05\x06" + bytes(18), True),
        (b"some words", False),
        (b"", False),
    ],
)
def test_a_body_of_unknown_length_must_end_as_its_kind_does(body: bytes, whole: bool) -> None:
    assert seems_whole(body) is whole
