"""WARC files: what is written is right by any reader, and what others wrote is read.

Files of other programs, and damaged ones, are made here by warcio, or byte by byte.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive.evidence_rows import TABLES, snapshot
from replyarc.archive.format import FORMAT
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.errors import ReplyarcError
from replyarc.export.file import write_archive
from replyarc.export.warc_records import message_headers
from replyarc.importing.messages import Message, entity, read_answer
from replyarc.importing.records import Record, is_digest, records
from replyarc.model import Reply, Request, Response
from tests.blank import blank
from tests.dumping import EVIDENCE

DAY = datetime(2024, 5, 1, 8, 0, 0, 123456, tzinfo=UTC)
HTML = "<html><body>清源市民政局的答复</body></html>".encode()
URL = "https://mz.gov.test/1.html"


def answer(url: str = URL, body: bytes = HTML, **said: object) -> Response:
    values: dict[str, object] = {
        "request": Request(url),
        "url": url,
        "status": 200,
        "headers": (("content-type", "text/html"), ("content-encoding", "gzip")),
        "body": body,
        "fetched_at": DAY,
        **said,
    }
    return Response(**values)  # type: ignore[arg-type]  # of a dict, mypy cannot tell


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as archive:
        yield archive


def written(archive: Archive, query: Query | None = None) -> Path:
    path = archive.path.with_name("a.warc.gz")
    with snapshot(archive, query) as kept:
        write_archive(path, "warc", kept)
    return path


def all_of(path: Path) -> tuple[list[Record], list[str]]:
    told: list[str] = []
    with path.open("rb") as file:
        return list(records(file, told.append)), told


def one_of(path: Path, kind: str) -> Record:
    return next(record for record in all_of(path)[0] if record.kind == kind)


def check(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "digest pass" in ran.stdout
    assert "fail" not in ran.stdout


# --- what is written


def test_warcio_finds_every_digest_right(archive: Archive) -> None:
    archive.keep(answer())
    archive.keep(answer("https://mz.gov.test/2.html"))
    archive.keep(answer("https://mz.gov.test/3.html", b""))
    archive.keep(answer("https://mz.gov.test/4.pdf", b"%PDF-1.7" + bytes(range(256)) * 99))
    archive.note_failure("https://mz.gov.test/5.html", DAY, 503, "503")
    check(written(archive))


def test_every_record_is_a_gzip_member_of_its_own(archive: Archive) -> None:
    archive.keep(answer())
    data = written(archive).read_bytes()
    members = 0
    while data:
        one = zlib.decompressobj(16 + zlib.MAX_WBITS)
        assert one.decompress(data).startswith(b"WARC/1.1\r\nWARC-Type: ")
        data, members = one.unused_data, members + 1
    assert members == 4  # warcinfo, the row, the answer, the end: nobody noted what was sent


def test_the_first_record_says_what_wrote_the_file_and_how(archive: Archive) -> None:
    first = all_of(written(archive))[0][0]
    assert first.kind == "warcinfo"
    lines = first.block.decode().splitlines()
    assert lines[0].startswith("software: replyarc/")
    assert lines[1] == "format: WARC File Format 1.1"
    assert lines[-1] == f"replyarc-archive-format: {FORMAT}"
    assert not any(line.startswith(("operator", "robots")) for line in lines)


def test_a_response_has_its_instant_its_digest_and_where_it_came_from(archive: Archive) -> None:
    archive.keep(answer(ip="192.0.2.7", tls="TLSv1.3 TLS_AES_256_GCM_SHA384"))
    record = one_of(written(archive), "response")
    assert record.target == URL
    assert record.field("WARC-Date") == "2024-05-01T08:00:00.123456Z"
    assert record.field("WARC-Payload-Digest") == f"sha256:{hashlib.sha256(HTML).hexdigest()}"
    assert record.field("WARC-IP-Address") == "192.0.2.7"
    protocols = [value for name, value in record.fields if name == "WARC-Protocol"]
    assert protocols == ["http/1.1", "tls/1.3"]
    assert record.field("WARC-Cipher-Suite") == "TLS_AES_256_GCM_SHA384"


def test_digests_and_lengths_are_right_by_hand(archive: Archive) -> None:
    archive.keep(answer())
    record = one_of(written(archive), "response")
    head, _, body = record.block.partition(b"\r\n\r\n")
    assert body == HTML
    assert f"content-length: {len(HTML)}".encode() in head
    sha1 = base64.b32encode(hashlib.sha1(record.block).digest()).decode()
    assert record.field("WARC-Block-Digest") == f"sha1:{sha1}"
    assert record.field("Content-Length") == str(len(record.block))


def test_headers_that_are_not_true_of_the_decoded_body_go_by_another_name(
    archive: Archive,
) -> None:
    sent = (
        ("content-encoding", "gzip"),
        ("transfer-encoding", "chunked"),
        ("content-length", "77"),
        ("x-note", "one\r\ntwo"),
    )
    archive.keep(answer(headers=sent))
    message = read_answer(one_of(written(archive), "response").block)
    assert message.headers == (
        ("x-archive-orig-content-encoding", "gzip"),
        ("x-archive-orig-transfer-encoding", "chunked"),
        ("x-archive-orig-content-length", "77"),
        ("x-note", "one two"),
        ("content-length", str(len(HTML))),
    )
    assert entity(message, URL) == HTML


def test_a_length_that_is_right_stays() -> None:
    assert message_headers([("Content-Length", "3")], 3) == [("Content-Length", "3")]


def test_the_same_bytes_again_are_a_revisit_that_names_the_first(archive: Archive) -> None:
    archive.keep(answer())
    archive.keep(answer("https://mz.gov.test/2.html"))
    path = written(archive)
    first, again = one_of(path, "response"), one_of(path, "revisit")
    assert again.target == "https://mz.gov.test/2.html"
    assert again.field("WARC-Profile") == (
        "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    )
    assert again.field("WARC-Payload-Digest") == first.field("WARC-Payload-Digest")
    assert again.field("WARC-Refers-To") == first.field("WARC-Record-ID")
    assert again.field("WARC-Refers-To-Target-URI") == first.target
    assert again.field("WARC-Refers-To-Date") == first.field("WARC-Date")
    assert HTML not in again.block
    assert again.block.startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_request_says_what_was_sent_and_belongs_to_its_answer(archive: Archive) -> None:
    asked = Request("https://mz.gov.test/search?a=1", (("q", "养老"), ("page", "2")))
    sent = (("Host", "mz.gov.test"), ("User-Agent", "replyarc/1 (mailto:a@b.test)"))
    archive.keep(answer(request=asked, request_headers=sent))
    path = written(archive)
    request, response = one_of(path, "request"), one_of(path, "response")
    assert request.field("WARC-Concurrent-To") == response.field("WARC-Record-ID")
    assert request.target == "https://mz.gov.test/search?a=1"
    assert request.block.decode() == (
        "POST /search?a=1 HTTP/1.1\r\nHost: mz.gov.test\r\n"
        "User-Agent: replyarc/1 (mailto:a@b.test)\r\n"
        "content-type: application/x-www-form-urlencoded\r\ncontent-length: 27\r\n\r\n"
        "q=%E5%85%BB%E8%80%81&page=2"
    )


def test_a_request_of_json_and_one_without_a_body(archive: Archive) -> None:
    archive.keep(answer(request=Request(URL, json='{"page":2}')))
    archive.keep(answer(request=Request(URL), request_headers=(("user-agent", "a"),)))
    posted, got = (each for each in all_of(written(archive))[0] if each.kind == "request")
    assert posted.block.endswith(b'content-length: 10\r\n\r\n{"page":2}')
    assert got.block == b"GET /1.html HTTP/1.1\r\nhost: mz.gov.test\r\nuser-agent: a\r\n\r\n"


def test_after_a_redirect_the_target_is_where_it_led_and_the_row_says_what_was_asked(
    archive: Archive,
) -> None:
    archive.keep(answer(request=Request("http://mz.gov.test/old")))
    path = written(archive)
    assert one_of(path, "response").target == URL
    row = json.loads(one_of(path, "metadata").block)["fetch"]
    assert (row["url"], row["final_url"]) == ("http://mz.gov.test/old", URL)


def test_what_could_not_be_had_is_a_metadata_record(archive: Archive) -> None:
    archive.note_failure(URL, DAY, 503, "the site is down")
    record = one_of(written(archive), "metadata")
    assert record.target == URL
    assert record.field("WARC-Concurrent-To") is None
    row = json.loads(record.block)["fetch"]
    assert (row["status"], row["problem"]) == (503, "the site is down")


def test_with_filters_only_what_belongs_to_these_replies_is_written(archive: Archive) -> None:
    for number in (1, 2):
        url = f"https://mz.gov.test/{number}.html"
        body = archive.keep(answer(url, HTML + bytes([number])))
        archive.put(Reply(url=url, source="mz", title=f"第{number}号", term=number), body, DAY)
    path = written(archive, Query(term=2))
    found = all_of(path)[0]
    assert [each.target for each in found if each.kind == "response"] == [
        "https://mz.gov.test/2.html"
    ]
    assert "第1号" not in b"".join(each.block for each in found).decode()
    check(path)


def test_what_comes_while_it_is_written_is_not_half_in_it(archive: Archive) -> None:
    archive.keep(answer())
    with Archive.open(archive.path, read_only=True) as reader, snapshot(reader) as kept:
        before = list(kept.fetches())
        name = archive.keep(answer("https://mz.gov.test/2.html", b"<p>later"))
        archive.put(Reply(url="https://mz.gov.test/2.html", title="答复"), name, DAY)
        assert list(kept.fetches()) == before
        assert list(kept.rows("captures")) == []
        assert list(kept.replies()) == []
    with Archive.open(archive.path, read_only=True) as reader, snapshot(reader) as kept:
        assert len(list(kept.fetches())) == 2


def test_without_warcio_it_is_said_how_to_install_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    with pytest.raises(ReplyarcError, match=r'pip install "replyarc\[warc\]"'):
        written(archive)
    assert list(archive.path.parent.glob("*.warc.gz")) == []


# --- what others wrote


@cache
def foreign(*, packed: bool = True, count: int = 3) -> bytes:
    """A file of warcio with responses, as other crawlers write them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "Wget/1.21"}))
    for number in range(count):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = HTML + f"<!-- {number} {random.Random(number).random()} -->".encode()
        record = writer.create_warc_record(
            f"http://www.gov.test/{number}.html",
            "response",
            payload=io.BytesIO(body),
            length=len(body),  # else warcio leaves a file open
            http_headers=head,
        )
        writer.write_record(record)
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_records_of_warcio_are_read(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(foreign(packed=packed))
    found, told = all_of(path)
    assert told == []
    assert [record.kind for record in found] == ["warcinfo", *["response"] * 3]
    assert [record.target for record in found[1:]] == [
        f"http://www.gov.test/{number}.html" for number in range(3)
    ]
    assert all(entity(read_answer(each.block), "").startswith(HTML) for each in found[1:])


def test_a_file_that_is_one_gzip_member_as_a_whole_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(foreign(packed=False)))
    found, told = all_of(path)
    assert (len(found), told) == (4, [])


@settings(max_examples=60)
@given(data=st.data(), packed=st.booleans())
def test_of_a_file_cut_anywhere_all_whole_records_are_read_and_the_cut_is_told(
    data: st.DataObject, packed: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = foreign(packed=packed)
    cut = data.draw(st.integers(20, len(whole) - 5))
    path = tmp_path_factory.mktemp("cut") / "a.warc"
    path.write_bytes(whole[:cut])
    found, told = all_of(path)
    ends = _ends(whole) if packed else [whole.find(b"WARC/1.0", 9)]
    assert len(found) >= sum(end <= cut for end in ends) - (not packed)
    assert len(found) < 5
    if packed and cut not in ends:
        assert told


def _ends(data: bytes) -> list[int]:
    ends, at = [], 0
    while at < len(data):
        one = zlib.decompressobj(16 + zlib.MAX_WBITS)
        one.decompress(data[at:])
        at = len(data) - len(one.unused_data)
        ends.append(at)
    return ends


@settings(max_examples=80)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_of_a_file_with_a_turned_bit_the_other_records_are_read(
    at: float, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(foreign(count=4))
    ends = _ends(bytes(data))
    where = int(at * len(data))
    data[where] ^= 1 << bit
    path = tmp_path_factory.mktemp("bit") / "a.warc.gz"
    path.write_bytes(bytes(data))
    found, told = all_of(path)
    intact = {record.target for record in all_of_bytes(foreign(count=4), tmp_path_factory)}
    hit = next(number for number, end in enumerate(ends) if where < end)
    assert len(found) >= 4
    assert {record.target for record in found} <= intact
    assert told or len(found) == 5 or hit == 0


def all_of_bytes(data: bytes, folders: pytest.TempPathFactory) -> list[Record]:
    path = folders.mktemp("whole") / "a.warc.gz"
    path.write_bytes(data)
    return all_of(path)[0]


def test_bytes_between_members_are_passed_over_and_told(tmp_path: Path) -> None:
    whole = foreign()
    first = _ends(whole)[1]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole[:first] + b"\0junk\x1f\x8b\x08 and more" + whole[first:])
    found, told = all_of(path)
    assert len(found) == 4
    assert len(told) == 1
    assert "cannot be read" in told[0]


def test_a_bomb_is_given_up_and_what_follows_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.importing.members._LARGE", 1_000_000)
    bomb = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000000\r\n\r\n" + bytes(
        9_000_000
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(bomb) + foreign())
    found, told = all_of(path)
    assert len(found) == 4
    assert len(told) == 1


def test_a_record_that_is_too_large_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.importing.records.MOST", 1000)
    large = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\n"
    path = tmp_path / "a.warc"
    path.write_bytes(
        large + b"Content-Length: 5000\r\n\r\n" + bytes(5000) + b"\r\n\r\n" + foreign(packed=False)
    )
    found, told = all_of(path)
    assert len(found) == 4
    assert told == ["http://a.test/: over 1,000 bytes; left"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.0\r\nContent-Length: 10\r\n\r\nhalf", "breaks off inside a record"),
        (b"WARC/1.0\r\nContent-Len", "no end of its fields"),
        (b"WARC/1.0\r\nContent-Length: 0\r\n", "breaks off in the fields"),
        (b"WARC/1.0\r\nContent-Length: 2\r\n\r\nlonger\r\n", "longer or shorter than it says"),
    ],
)
def test_what_is_wrong_with_a_record_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    assert said in all_of(path)[1][0]


def test_a_block_that_is_not_what_its_digest_says_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(foreign(packed=False).replace("清源".encode(), "浑源".encode(), 1))
    found, told = all_of(path)
    assert len(found) == 3
    assert told == ["http://www.gov.test/0.html: not what its digest says; left"]


def test_fields_are_folded_in_any_case_and_targets_may_stand_in_brackets(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(
        b"WARC/1.1\nwarc-type: resource\nWARC-Target-URI: <http://a.test/1>\n"
        b"X-Long: one\n two\ncontent-length: 0\n\n\n\n"
    )
    ((record,), told) = all_of(path)
    assert (record.kind, record.target, record.field("x-long")) == (
        "resource",
        "http://a.test/1",
        "one two",
    )
    assert told == []


@given(data=st.binary(max_size=40), name=st.sampled_from(["md5", "sha1", "sha256", "sha512"]))
def test_digests_in_any_spelling_are_known(data: bytes, name: str) -> None:
    digest = hashlib.new(name, data).digest()
    for spelled in (digest.hex(), base64.b32encode(digest).decode(), digest.hex().upper()):
        assert is_digest(f"{name}:{spelled}", data)
        assert not is_digest(f"{name}:{spelled}", data + b"x")
    assert is_digest("whirlpool:00", data)


# --- messages of HTTP


def message(*headers: tuple[str, str], body: bytes = HTML) -> Message:
    return Message(200, headers, body)


def chunked(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@given(body=st.binary(max_size=300), size=st.integers(1, 50), packed=st.booleans())
def test_chunks_and_gzip_are_undone(body: bytes, size: int, packed: bool) -> None:
    sent = chunked(gzip.compress(body) if packed else body, size)
    headers = [("transfer-encoding", "chunked")]
    headers += [("content-encoding", "gzip")] if packed else []
    assert entity(message(*headers, body=sent), URL) == body


def test_what_was_undone_before_is_taken_as_it_is() -> None:
    headers = (("transfer-encoding", "chunked"), ("content-encoding", "gzip"))
    assert entity(message(*headers), URL) == HTML


@pytest.mark.parametrize(
    ("headers", "body", "said"),
    [
        ((("transfer-encoding", "chunked"),), b"5\r\nhello\r\nff\r\nhalf", "no end"),
        ((("content-length", "900"),), HTML, "cut: "),
        ((("content-encoding", "gzip"),), gzip.compress(HTML)[:-9], "no end"),
        ((("content-encoding", "br"),), HTML, "encoded as 'br'"),
        ((("content-encoding", "gzip"),), gzip.compress(bytes(9_000_000)), "over"),
    ],
    ids=["chunks", "length", "gzip without end", "brotli", "bomb"],
)
def test_a_body_that_is_cut_packed_oddly_or_a_bomb_is_refused(
    headers: tuple[tuple[str, str], ...],
    body: bytes,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("replyarc.importing.messages.BOUND", 1_000_000)
    with pytest.raises(ValueError, match=said):
        entity(message(*headers, body=body), URL)


def test_a_block_that_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="no answer of HTTP"):
        read_answer(b"GET / HTTP/1.1\r\n\r\n")


def test_headers_in_gbk_do_no_harm() -> None:
    block = b"HTTP/1.1 200 OK\r\nServer: \xc7\xe5\xd4\xb4\r\nBad line\r\n\r\nx"
    assert read_answer(block).headers == (("server", "ÇåÔ´"),)


def test_every_table_of_the_evidence_is_written() -> None:
    assert {*TABLES, "fetches"} == {*EVIDENCE, "bodies"}
