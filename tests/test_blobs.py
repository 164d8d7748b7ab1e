"""Packing and unpacking: every body comes back, and nothing else is taken for it."""

from __future__ import annotations

import os
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive import blobs
from replyarc.archive.blobs import Dictionary, dictionary_of, pack, train, unpack
from replyarc.errors import ArchiveError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PHRASES = [Random(number).randbytes(30).hex() for number in range(150)]


def page(number: int) -> bytes:
    """A page of 40 phrases, of which three pages have not all."""
    random = Random(f"page {number}")
    return " ".join([f"<p>{number}", *random.choices(PHRASES, k=40)]).encode()


PAGES = [page(number) for number in range(200)]
RAW = dictionary_of(PAGES[:3])


@pytest.fixture(scope="module")
def trained() -> Dictionary:
    made = train(PAGES)
    assert made is not None
    return made


def name_of(body: bytes) -> str:
    return sha256(body).hexdigest()


@given(st.binary() | st.sampled_from(PAGES), st.sampled_from([None, RAW]))
def test_every_body_comes_back_as_it_was_packed(body: bytes, with_: Dictionary | None) -> None:
    codec, data = pack(body, with_)
    assert len(data) <= len(body)
    assert unpack(name_of(body), codec, len(body), data, with_) == body


@given(body=st.binary() | st.sampled_from(PAGES))
def test_a_body_packed_with_a_trained_dictionary_comes_back(
    trained: Dictionary, body: bytes
) -> None:
    codec, data = pack(body, trained)
    assert unpack(name_of(body), codec, len(body), data, trained) == body


def test_the_better_a_dictionary_the_smaller_the_body(trained: Dictionary) -> None:
    body = page(1000)
    alone, raw, best = (len(pack(body, each)[1]) for each in (None, RAW, trained))
    assert best < raw < alone
    assert RAW.is_trained is False
    assert trained.is_trained is True


def test_a_trained_dictionary_is_no_larger_than_its_pages_are_good_for(trained: Dictionary) -> None:
    assert 5_000 < len(trained.content) <= sum(map(len, PAGES)) / 50


def test_weighing_tells_about_what_packing_would_come_to() -> None:
    body = page(1000)
    assert blobs.weigh(body, RAW) == pytest.approx(len(pack(body, RAW)[1]), rel=0.05)


@given(st.binary(), st.integers(0, 200))
def test_what_an_older_replyarc_packed_is_read_as_before(body: bytes, level: int) -> None:
    packed = zlib.compress(body, level % 10)
    assert unpack(name_of(body), "zlib", len(body), packed) == body
    assert unpack(name_of(body), "plain", len(body), body) == body


@given(
    body=st.sampled_from(PAGES),
    dictionary=st.sampled_from([None, RAW]),
    at=st.integers(0, 10_000),
    bit=st.integers(0, 7),
    cut=st.booleans(),
)
def test_no_damage_to_the_data_passes(
    body: bytes, dictionary: Dictionary | None, at: int, bit: int, cut: bool
) -> None:
    codec, data = pack(body, dictionary)
    at %= len(data)
    flipped = data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
    assert found(body, codec, data[:at], dictionary) is None
    assert found(body, codec, flipped, dictionary) in (None, body)


def found(body: bytes, codec: str, data: bytes, dictionary: Dictionary | None) -> bytes | None:
    """What is unpacked instead of a body; None where it is told to be damaged."""
    try:
        return unpack(name_of(body), codec, len(body), data, dictionary)
    except ArchiveError:
        return None


@pytest.mark.parametrize("size", [0, 1, -1, -2, 2**30 + 1, 2**62, None])
@pytest.mark.parametrize("codec", ["zstd", "zlib"])
def test_a_size_that_is_not_the_bodys_is_damage_and_no_bomb_goes_off(
    codec: str, size: int | None
) -> None:
    body = bytes(50_000_000)
    data = pack(body)[1] if codec == "zstd" else zlib.compress(body)
    with pytest.raises(ArchiveError, match="is damaged"):
        unpack(name_of(body), codec, size, data)  # type: ignore[arg-type]  # as a damaged row has it


def test_a_body_that_claims_a_huge_window_is_damaged() -> None:
    body = b"<p>" * 1000
    packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})  # 128 MB
    data = packer.compress(body[:10], packer.FLUSH_BLOCK) + packer.compress(
        body[10:], packer.FLUSH_FRAME
    )
    assert zstd.decompress(data) == body
    with pytest.raises(ArchiveError, match="is damaged"):
        unpack(name_of(body), "zstd", len(body), data)


@pytest.mark.parametrize("data", [None, 3, "text"])
def test_what_is_no_bytes_is_damaged(data: object) -> None:
    with pytest.raises(ArchiveError, match=f"body {name_of(b'')} is damaged"):
        unpack(name_of(b""), "zstd", 0, data)  # type: ignore[arg-type]  # as a damaged row has it


def test_without_its_dictionary_or_with_another_a_body_is_damaged(trained: Dictionary) -> None:
    body = page(1000)
    for one in (RAW, trained):
        codec, data = pack(body, one)
        for other in {None, RAW, trained, dictionary_of(PAGES[3:6])} - {one}:
            with pytest.raises(ArchiveError, match="is damaged"):
                unpack(name_of(body), codec, len(body), data, other)


def test_a_codec_not_known_yet_is_refused() -> None:
    with pytest.raises(ArchiveError, match=r"body 00 is packed with 'brotli'.*Update"):
        unpack("00", "brotli", 1, b"")


def test_a_body_that_was_redacted_is_told_as_such() -> None:
    with pytest.raises(ArchiveError, match="body 00 is not kept any more: a redaction"):
        unpack("00", "redacted", 1, b"")


def test_a_dictionary_comes_back_and_no_damage_to_it_passes(trained: Dictionary) -> None:
    for dictionary in (RAW, trained):
        data = blobs.seal(dictionary)
        assert blobs.unseal(data, dictionary.name) == dictionary
        assert len(data) < len(dictionary.content)
        assert blobs.unseal(data[:-9], dictionary.name) is None
        assert blobs.unseal(data, "0" * 64) is None
        assert blobs.unseal(b"", dictionary.name) is None


def test_a_row_that_grows_to_more_than_a_dictionary_is_none() -> None:
    bomb = Dictionary(bytes(50_000_000))
    assert blobs.unseal(blobs.seal(bomb), bomb.name) is None


FALSE = Dictionary(b"\x37\xa4\x30\xec" + b"no dictionary of zstd at all" * 9)


def test_what_only_looks_like_a_trained_dictionary_is_not_used() -> None:
    assert FALSE.is_trained
    assert not blobs.is_usable(FALSE)
    assert blobs.is_usable(RAW)
    codec, data = pack(page(1), RAW)
    with pytest.raises(ArchiveError, match="is damaged"):
        unpack(name_of(page(1)), codec, len(page(1)), data, FALSE)


def test_what_is_too_short_for_a_dictionary_is_none() -> None:
    short = Dictionary(b"<p>")
    assert blobs.unseal(blobs.seal(short), short.name) is None


def test_a_dictionary_of_pages_is_bounded_and_never_taken_for_a_trained_one() -> None:
    large = b"<html>" + os.urandom(blobs.LONGEST)
    assert len(dictionary_of([large]).content) == blobs.LONGEST
    assert dictionary_of([large, b"<html>small"]).content == b"<html>small"
    magic = b"\x37\xa4\x30\xec"
    cut_there = b"<html>" + magic * 2 + os.urandom(blobs.LONGEST - 2 * len(magic))
    dictionary = dictionary_of([cut_there])
    assert not dictionary.is_trained
    assert pack(cut_there, dictionary)[0] == "zstd"


@pytest.mark.parametrize("pages", [[], [b""], [b"<p>"] * 3, [os.urandom(400)] * 5])
def test_of_too_little_no_dictionary_is_trained(pages: list[bytes]) -> None:
    assert train(pages) is None


def test_a_dictionary_has_the_same_id_wherever_it_is_made() -> None:
    again = dictionary_of([bytes(page) for page in PAGES[:3]])
    assert (again.id, again.name) == (RAW.id, RAW.name)
    assert 0 < RAW.id < 2**63
    assert RAW.id == int(sha256(RAW.content).hexdigest(), 16) >> 193


def test_threads_may_share_a_dictionary(trained: Dictionary) -> None:
    def there_and_back(number: int) -> bool:
        body, dictionary = page(number), (RAW, trained, None)[number % 3]
        codec, data = pack(body, dictionary)
        return unpack(name_of(body), codec, len(body), data, dictionary) == body

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(there_and_back, range(600)))
