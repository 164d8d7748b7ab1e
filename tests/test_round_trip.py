"""What is exported and imported again gives the same archive, hash for hash."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive import filing, redacting
from replyarc.archive.evidence_rows import snapshot
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.evidence import Attached
from replyarc.export.file import write_archive, write_file, write_stream
from replyarc.export.flat import as_json
from replyarc.export.tables import Headers, Profile, Style
from replyarc.importing.outcome import Imported
from replyarc.importing.take import Import, Wish
from replyarc.model import (
    Attachment,
    Contact,
    Kind,
    Reply,
    Request,
    Response,
    RobotsFile,
)
from tests.blank import blank
from tests.dumping import dump
from tests.test_merge import Page, archives

DAY = datetime(2024, 5, 1, 8, 30, 0, 250_000, tzinfo=UTC)
WHOLE = ("warc", "bundle")
TOLD = ("csv", "jsonl")


def answer(url: str, body: bytes, days: int = 0, **said: object) -> Response:
    values: dict[str, object] = {
        "request": Request(url),
        "url": url,
        "status": 200,
        "headers": (("content-type", "text/html"), ("content-encoding", "gzip"), ("x", "清 源")),
        "body": body,
        "fetched_at": DAY + timedelta(days=days),
        **said,
    }
    return Response(**values)  # type: ignore[arg-type]  # of a dict, mypy cannot tell


def odd_things(archive: Archive) -> None:
    """What a crawl of replies alone does not leave behind."""
    form = Request("https://zx.gov.test/list", (("page", "2"), ("q", "养老&老"), ("empty", "")))
    sent = (("Host", "zx.gov.test"), ("User-Agent", "replyarc/1"))
    archive.keep(
        answer(
            form.url,
            b"[]",
            request=form,
            request_headers=sent,
            tls="TLSv1.3 TLS_AES_256_GCM_SHA384",
            ip="192.0.2.9",
        )
    )
    archive.keep(answer(form.url, b"{}", request=Request(form.url, json='{"page": 3}')))
    archive.keep(answer("https://zx.gov.test/new", b"<p>", request=Request("http://zx.gov.test/")))
    archive.keep(answer("https://zx.gov.test/empty", b""))
    pdf = archive.keep(answer("https://zx.gov.test/a.pdf", b"%PDF-1.7 \x00\xff" * 50))
    archive.files.keep_text(pdf, Attached(kind="pdf", text="附件\n一", pages=1))
    archive.note_failure("https://zx.gov.test/none", DAY, 404, "not there")
    archive.note_failure("https://zx.gov.test/down", DAY, None, "no answer")
    archive.robots_files["https://zx.gov.test"] = RobotsFile(
        "https://zx.gov.test", 200, "User-agent: *\nAllow: /", DAY
    )
    parts = [
        archive.keep(answer(f"https://zx.gov.test/l_{part}.html", b"<p>%d" % part, 2))
        for part in (1, 2, 3)
    ]
    letter = Reply(
        url="https://zx.gov.test/l_1.html",
        source="zx",
        title="关于市政协九届三次会议第0007号提案的答复",
        text="林委员：\n提案收悉。\n" + "已逐项办理。" * 40,
        contacts=(Contact("周小溪", ("0730-8700000",)),),
        attachments=(Attachment("附件", "https://zx.gov.test/a.pdf"),),
        published_on=date(2024, 4, 30),
    )
    archive.put(letter, parts[0], DAY, parts=parts[1:], notes={"unread": ["文种"]})
    short = replace(letter, text="林委员：")
    archive.put(short, archive.keep(answer(letter.url, b"<p>short", 5)), DAY + timedelta(5))
    with archive.transaction():  # bytes of which no fetch tells
        archive.bodies.add(b"<p>alone", "", DAY)


def redacted(archive: Archive, number: int, *, whole: bool) -> None:
    reply = Page(number, number).reply
    archive.put(reply, archive.keep(answer(reply.url, b"<p>%d redacted" % number)), DAY)
    (found,) = archive.find(reply.url)
    redacting.redact(archive, found.id, "asked for", DAY, whole=whole)


@contextmanager
def places() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


def exported(archive: Archive, form: str, query: Query | None = None) -> Path:
    path = archive.path.with_suffix({"warc": ".warc.gz", "bundle": ".zip"}.get(form, f".{form}"))
    if form in TOLD:
        write_file(path, form, archive.said(), Style(Profile.RAW))
    else:
        with snapshot(archive, query) as kept:
            write_archive(path, form, kept)
    return path


def taken(archive: Archive, *paths: Path, wish: Wish | None = None) -> Imported:
    return Import(archive, lambda url: None, wish or Wish()).take(paths)


def round_trip(form: str, folder: Path, pages: list[Page], *, odd: bool) -> None:
    with (
        blank(folder / "one.db") as one,
        blank(folder / "two.db") as two,
    ):
        for page in pages:
            page.file(one)
        if odd:
            odd_things(one)
            redacted(one, 8, whole=True)
            redacted(one, 9, whole=False)
        path = exported(one, form)
        outcome = taken(two, path)
        assert outcome.problems == []
        assert outcome.new == one.count()
        same = dump(one)
        assert dump(two) == same
        assert taken(two, path).new == 0
        assert dump(two) == same


@pytest.mark.parametrize("form", WHOLE)
def test_an_archive_with_all_there_is_comes_back_the_same(form: str) -> None:
    with places() as folder:
        round_trip(
            form, folder, [Page(), Page(day=1, words="已经办结。"), Page(2, 2, day=2)], odd=True
        )


@pytest.mark.parametrize("form", WHOLE)
@settings(max_examples=12)
@given(pages=archives)
def test_any_archive_comes_back_the_same(form: str, pages: list[Page]) -> None:
    with places() as folder:
        round_trip(form, folder, pages, odd=False)


def told(archive: Archive, form: str) -> bytes:
    """Return an export of all, after a look that it says what the replies say."""
    assert list(archive.said()) == list(map(as_json, archive.replies()))
    out = io.BytesIO()
    write_stream(out, form, archive.said())
    return out.getvalue()


def tell(form: str, folder: Path, one: Archive) -> None:
    """Export, import into an empty archive, export: byte for byte the same."""
    path = exported(one, form)
    with blank(folder / "two.db") as two:
        assert taken(two, path).problems == []
        assert told(two, form) == told(one, form)
        before = dump(two)
        outcome = taken(two, path)
        assert (outcome.new, outcome.more, outcome.known) == (0, 0, two.count())
        assert dump(two) == before


@pytest.mark.parametrize("form", TOLD)
@settings(max_examples=25)
@given(pages=archives)
def test_the_table_of_any_archive_comes_back_byte_for_byte(form: str, pages: list[Page]) -> None:
    with places() as folder, blank(folder / "one.db") as one:
        for page in pages:
            page.file(one)
        tell(form, folder, one)


@pytest.mark.parametrize("form", TOLD)
def test_the_table_of_an_archive_with_odd_things_comes_back(form: str) -> None:
    with places() as folder, blank(folder / "one.db") as one:
        Page().file(one)
        odd_things(one)
        redacted(one, 9, whole=False)
        tell(form, folder, one)


def test_a_part_of_an_archive_is_a_part_of_it_when_it_comes_back(tmp_path: Path) -> None:
    with (
        blank(tmp_path / "one.db") as one,
        blank(tmp_path / "two.db") as two,
    ):
        for page in (Page(), Page(2, 2, day=2), Page(1, 1, "已经办结。", day=1, source="zx")):
            page.file(one)
        odd_things(one)
        path = exported(one, "warc", Query(source="zx"))
        assert taken(two, path).problems == []
        there = {reply.id: reply for reply in one.replies(Query(source="zx"))}
        assert {reply.id: reply for reply in two.replies()} == there
        whole, part = dump(one), dump(two)
        for table in ("contents", "readings", "captures", "fetches", "entries"):
            assert part[table]
            assert set(part[table]) <= set(whole[table])


def test_the_parts_of_an_archive_put_together_are_the_whole(tmp_path: Path) -> None:
    with (
        blank(tmp_path / "one.db") as one,
        blank(tmp_path / "two.db") as two,
    ):
        for page in (
            Page(),
            Page(2, 2, index=None, day=2),
            Page(2, 1, "已经办结。", day=1, source="zx"),
        ):
            page.file(one)
        for name in ("mz", "zx"):
            assert taken(two, exported(one, "warc", Query(source=name))).problems == []
        whole, parts = dump(one), dump(two)
        for table in ("readings", "captures", "replies", "versions", "sightings", "conflicts"):
            assert parts[table] == whole[table]


@settings(max_examples=25)
@given(
    replies=st.lists(
        st.builds(
            Reply,
            url=st.integers(1, 5).map(lambda n: f"http://mz.gov.test/{n}.html"),
            title=st.text("关于第12号建议的答复\n;[\"'=", min_size=1, max_size=9),
            text=st.text("感谢代表。\n\r\t\"'", max_size=9),
            index_number=st.none() | st.sampled_from(["000123456/2024-00012"]),
            kind=st.none() | st.sampled_from(Kind),
            term=st.none() | st.integers(1, 20),
            keywords=st.lists(st.text("养老; []", min_size=1, max_size=5), max_size=2).map(tuple),
            published_on=st.none() | st.dates(),
        ),
        max_size=4,
    ),
    form=st.sampled_from(TOLD),
)
def test_replies_of_any_words_come_back_byte_for_byte(replies: list[Reply], form: str) -> None:
    with places() as folder, blank(folder / "one.db") as one:
        for number, reply in enumerate(replies):
            one.put(reply, f"{number:064}", DAY.replace(microsecond=0) + timedelta(days=number))
        tell(form, folder, one)


def test_bytes_that_came_later_take_the_place_of_what_was_told(tmp_path: Path) -> None:
    with (
        blank(tmp_path / "one.db") as one,
        blank(tmp_path / "two.db") as two,
    ):
        Page().file(one)
        jsonl, warc = exported(one, "jsonl"), exported(one, "warc")
        taken(two, jsonl, warc)
        assert list(two.replies()) == list(one.replies())
        assert two.body(next(two.replies()).sha256) == Page().body


def test_a_reply_that_was_told_is_told_again_by_a_warc(tmp_path: Path) -> None:
    with (
        blank(tmp_path / "one.db") as one,
        blank(tmp_path / "two.db") as two,
    ):
        with one.transaction() as db:
            filing.put_told(db, replace(Page().reply, id="abcdefghijkl", last_seen_at=DAY))
        assert taken(two, exported(one, "warc")).problems == []
        assert dump(two) == dump(one)


def test_a_raw_table_with_chinese_headings_comes_back(tmp_path: Path) -> None:
    with blank(tmp_path / "one.db") as one, blank(tmp_path / "two.db") as two:
        Page().file(one)
        path = tmp_path / "a.csv"
        write_file(path, "csv", one.said(), Style(Profile.RAW, Headers.ZH))
        assert taken(two, path).problems == []
        assert told(two, "csv") == told(one, "csv")
