"""Bodies in an archive: kept once, packed with what their site has in common, and read again."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive import blobs
from replyarc.archive.blobs import Dictionary, dictionary_of
from replyarc.archive.bodies import Bodies
from replyarc.archive.dictionaries import MANY, PAGES, TRIED, Dictionaries, site_of
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from replyarc.model import Request, Response
from tests.blank import blank
from tests.test_blobs import FALSE, page

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
URL = "http://www.qingyuan.gov.test/{}.html"
SERIAL = itertools.count()


class Undone(Exception):
    """What goes wrong in the middle of a transaction."""


def chrome(look: str) -> bytes:
    """What all pages of one look have in common, 4 kB that nothing else has."""
    return Random(look).randbytes(2000).hex().encode()


def response(body: bytes, url: str = "http://a.test/1") -> Response:
    return Response(
        request=Request(url),
        url=url,
        status=200,
        headers=(("content-type", "text/html"),),
        body=body,
        fetched_at=DAY,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as archive:
        yield archive


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One archive for all examples of a property; each has sites of its own."""
    with blank(tmp_path_factory.mktemp("bodies") / "a.db") as archive:
        yield archive


def keep(archive: Archive, pages: list[bytes], url: str = URL) -> list[str]:
    return [archive.keep(response(page, url.format(number))) for number, page in enumerate(pages)]


def packed_with(archive: Archive, name: str) -> int | None:
    sql = "select dictionary from bodies where sha256 = ?"
    (id,) = archive.db.execute(sql, [name]).fetchone()
    return None if id is None else int(id)


def made(archive: Archive) -> list[tuple[str, str]]:
    sql = "select site, made_at from _dictionaries order by site, made_at"
    return [(site, at) for site, at in archive.db.execute(sql)]


def styled(look: str, number: int) -> bytes:
    return chrome(look) + f"<p>第{number}号建议的答复".encode() * 20


BODIES = st.lists(
    st.tuples(
        st.sampled_from(["one", "two"]),  # sites
        st.sampled_from(["old", "new"]),  # looks
        st.binary(max_size=400),
        st.booleans(),  # whether its transaction is rolled back
    ),
    max_size=60,
)


@given(bodies=BODIES)
def test_every_body_comes_back_whatever_came_before(
    lasting: Archive, bodies: list[tuple[str, str, bytes, bool]]
) -> None:
    example, kept = f"{next(SERIAL)}".encode(), {}
    for site, look, rest, undone in bodies:
        body = chrome(look) + example + rest
        try:
            with lasting.transaction():
                url = f"http://{site}.{example.decode()}.test/"
                name = lasting.bodies.add(body, url, DAY)
                if undone:
                    raise Undone
            kept[name] = body
        except Undone:
            pass
    again = Bodies(lasting.db)
    assert {name: lasting.body(name) for name in kept} == kept
    assert {name: again.body(name) for name in kept} == kept


def test_a_site_gets_a_dictionary_as_soon_as_there_are_a_few_pages(archive: Archive) -> None:
    names = keep(archive, [styled("old", number) for number in range(PAGES - 1)])
    assert made(archive) == []
    assert [packed_with(archive, name) for name in names] == [None] * len(names)
    names += keep(archive, [styled("old", number) for number in range(PAGES - 1, 30)])
    assert made(archive) == [("www.qingyuan.gov.test", "2024-05-01T08:00:00.000000Z")]
    (dictionary,) = {packed_with(archive, name) for name in names}
    assert dictionary is not None
    sizes = archive.db.execute("select max(length(data)) from bodies").fetchone()
    assert sizes < (200,)  # the chrome alone is 2,000 packed


def test_each_site_has_a_dictionary_of_its_own(archive: Archive) -> None:
    for site in ("a.test", "b.test:8080"):
        keep(archive, [styled(site, number) for number in range(5)], f"http://{site}/{{}}")
    assert [site for site, _ in made(archive)] == ["a.test", "b.test:8080"]


def test_the_site_is_where_the_answer_was_had(archive: Archive) -> None:
    for number in range(4):
        moved = response(styled("old", number), f"https://new.test/{number}")
        archive.keep(
            Response(
                request=Request(f"http://old.test/{number}"),
                url=moved.url,
                status=200,
                headers=(),
                body=moved.body,
                fetched_at=DAY,
            )
        )
    assert [site for site, _ in made(archive)] == ["new.test"]
    with archive.transaction():
        archive.bodies.release([sha256(moved.body).hexdigest()])
    assert made(archive) == []


@pytest.mark.parametrize("url", ["", "page.html", "http://[", "http:///a"])
def test_without_a_site_there_is_no_dictionary(archive: Archive, url: str) -> None:
    assert site_of(url) == ""
    with archive.transaction():
        names = [archive.bodies.add(styled("old", number), url, DAY) for number in range(9)]
    assert made(archive) == []
    assert [archive.body(name) for name in names] == [styled("old", n) for n in range(9)]


def test_files_and_scraps_are_packed_alone(archive: Archive) -> None:
    pdf = b"%PDF-1.7" + b"stream" * 500
    plain = b"\x89PNG\0" + os.urandom(5000)
    bodies = [styled("old", 1), styled("old", 2), styled("old", 3), pdf, plain, b"<p>short"]
    names = keep(archive, bodies)
    assert [packed_with(archive, name) is None for name in names] == [False] * 3 + [True] * 3
    codecs = [codec for (codec,) in archive.db.execute("select codec from bodies order by rowid")]
    assert codecs == ["zstd", "zstd", "zstd", "zstd", "plain", "plain"]
    assert [archive.body(name) for name in names] == bodies


@pytest.mark.parametrize("large", [b"<p>", b"<p>" + Random(1).randbytes(150_000).hex().encode()])
def test_neither_scraps_nor_huge_pages_are_lost(archive: Archive, large: bytes) -> None:
    bodies = [large + f"{number}".encode() for number in range(9)]
    names = keep(archive, bodies)
    assert [archive.body(name) for name in names] == bodies
    assert len(made(archive)) == (len(large) > 3)


def test_a_site_that_looks_different_gets_a_new_dictionary(archive: Archive) -> None:
    keep(archive, [styled("old", number) for number in range(20)])
    (before,) = archive.db.execute("select length(data) from bodies order by rowid desc").fetchone()
    names = keep(archive, [styled("new", number) for number in range(40)])
    assert len(made(archive)) == 2
    (after,) = archive.db.execute("select length(data) from bodies order by rowid desc").fetchone()
    assert after < 1.5 * before < 200
    assert [archive.body(name) for name in names] == [styled("new", n) for n in range(40)]


def test_listing_pages_that_come_first_do_not_stay_the_measure(archive: Archive) -> None:
    keep(archive, [styled("listing", number) for number in range(PAGES)])
    keep(archive, [styled("reply", number) for number in range(PAGES + 1)], URL + "x")
    assert len(made(archive)) == 2


def test_pages_that_have_nothing_in_common_do_not_make_dictionary_after_dictionary(
    archive: Archive,
) -> None:
    keep(archive, [Random(number).randbytes(3000).hex().encode() for number in range(200)])
    assert len(made(archive)) == 1


def test_the_next_run_goes_on_with_the_dictionary_of_the_last(archive: Archive) -> None:
    keep(archive, [styled("old", number) for number in range(4)])
    with Archive.open(archive.path) as again:
        (name,) = keep(again, [styled("old", 99)])
        assert packed_with(again, name) is not None
        assert len(made(again)) == 1


def test_of_many_pages_a_dictionary_is_trained(archive: Archive) -> None:
    pages = [page(number) for number in range(MANY + TRIED + 10)]
    names = keep(archive, pages[:150])
    with Archive.open(archive.path) as again:  # what was kept before counts
        names += keep(again, pages[150:])
    assert len(made(archive)) == 2
    sizes = "select avg(length(data)) from bodies where dictionary = ?"
    raw, trained = (
        archive.db.execute(sizes, [packed_with(archive, name)]).fetchone()[0]
        for name in (names[0], names[-1])
    )
    assert trained < 0.8 * raw
    assert [archive.body(name) for name in names] == pages


def test_a_dictionary_that_training_does_not_better_is_kept(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained_on: list[int] = []

    def train(pages: list[bytes]) -> Dictionary:
        trained_on.append(len(pages))
        return dictionary_of([os.urandom(10_000)])

    monkeypatch.setattr("replyarc.archive.blobs.train", train)
    keep(archive, [page(number) for number in range(MANY + TRIED + 10)])
    assert trained_on == [MANY]
    assert len(made(archive)) == 1


def test_where_there_is_nothing_to_gain_nothing_is_trained(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.archive.blobs.train", lambda _: pytest.fail("trained"))
    keep(archive, [styled("old", number) for number in range(MANY + TRIED + 10)])
    assert len(made(archive)) == 1


def test_what_is_rolled_back_takes_its_dictionary_with_it(archive: Archive) -> None:
    def undone() -> None:
        with archive.transaction():
            for number in range(5):
                archive.bodies.add(styled("old", number), URL, DAY)
            raise Undone

    with pytest.raises(Undone):
        undone()
    assert made(archive) == []
    names = keep(archive, [styled("old", number) for number in range(5, 12)])
    assert len(made(archive)) == 1
    assert [archive.body(name) for name in names] == [styled("old", n) for n in range(5, 12)]


def test_what_was_rolled_back_is_in_no_dictionary(archive: Archive) -> None:
    def undone() -> None:
        with archive.transaction():
            archive.bodies.add(styled("gone", 1), URL, DAY)
            raise Undone

    with pytest.raises(Undone):
        undone()
    names = keep(archive, [styled("old", number) for number in range(PAGES)])
    content = Dictionaries(archive.db).get(packed_with(archive, names[-1]) or 0, "").content
    assert content == b"".join(styled("old", number) for number in range(PAGES))


def test_a_body_is_kept_once_and_an_unchanged_page_is_a_row_of_fetches(archive: Archive) -> None:
    body = styled("old", 1)
    first = archive.keep(response(body))
    (held,) = archive.db.execute("select rowid, * from bodies").fetchall()
    later = Response(
        request=Request("http://a.test/1", (("page", "2"),)),
        url="https://b.test/1",
        status=203,
        headers=(("etag", '"1"'), ("etag", '"2"')),
        body=body,
        fetched_at=DAY + timedelta(days=1),
        request_headers=(("Host", "b.test"), ("Accept", "*/*")),
        tls="TLSv1.3 TLS_AES_256_GCM_SHA384 unverified",
        ip="127.0.0.9",
    )
    assert archive.keep(later) == first
    assert archive.db.execute("select rowid, * from bodies").fetchall() == [held]
    columns = "url, form, final_url, fetched_at, status, headers, sha256, problem, crawl"
    rows = archive.db.execute(f"select {columns}, request_headers, tls, ip from fetches").fetchall()
    assert rows[0][-3:] == (None, None, None)
    assert rows[1] == (
        "http://a.test/1",
        '[["page","2"]]',
        "https://b.test/1",
        "2024-05-02T08:00:00.000000Z",
        203,
        '[["etag","\\"1\\""],["etag","\\"2\\""]]',
        first,
        None,
        None,
        json.dumps([["Host", "b.test"], ["Accept", "*/*"]], separators=(",", ":")),
        "TLSv1.3 TLS_AES_256_GCM_SHA384 unverified",
        "127.0.0.9",
    )


def test_a_fetch_that_gave_no_body_is_noted_too(archive: Archive) -> None:
    archive.note_failure("http://a.test/2", DAY, 503, "busy")
    archive.note_failure("http://a.test/3", DAY, None, "no connection")
    sql = "select url, fetched_at, status, problem, sha256 is null from fetches"
    at = "2024-05-01T08:00:00.000000Z"
    assert archive.db.execute(sql).fetchall() == [
        ("http://a.test/2", at, 503, "busy", 1),
        ("http://a.test/3", at, None, "no connection", 1),
    ]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("update _dictionaries set data = x'00'", "is damaged: dictionary .* is damaged"),
        ("update _dictionaries set data = null", "is damaged: dictionary .* is damaged"),
        ("update _dictionaries set sha256 = 'other'", "is damaged: dictionary .* is damaged"),
        ("update _dictionaries set id = 5", "is damaged: dictionary .*, is gone|is damaged"),
        ("delete from _dictionaries", "is damaged: dictionary .* is gone"),
        ("update bodies set dictionary = null", "is damaged: it is not what was kept"),
        ("update bodies set data = substr(data, 1, 20)", "is damaged: it is not what was kept"),
        ("update bodies set data = zeroblob(30)", "is damaged: it is not what was kept"),
        ("update bodies set size = size + 1, codec = 'plain'", "is damaged: it is not what"),
        ("update bodies set codec = 'zlib'", "is damaged: it is not what was kept"),
    ],
)
def test_damage_is_told_of_the_body_that_it_takes(archive: Archive, damage: str, told: str) -> None:
    name = keep(archive, [styled("old", number) for number in range(5)])[-1]
    archive.db.execute("pragma foreign_keys = off")
    archive.db.execute(damage)
    with pytest.raises(ArchiveError, match=f"body {name} {told}"):
        Bodies(archive.db).body(name)


@pytest.mark.parametrize("whole", [False, True])
def test_a_damaged_dictionary_keeps_no_crawl_from_going_on(archive: Archive, whole: bool) -> None:
    keep(archive, [styled("old", number) for number in range(5)])
    data, name = (blobs.seal(FALSE), FALSE.name) if whole else (b"\0", "other")
    archive.db.execute("update _dictionaries set data = ?, sha256 = ?", [data, name])
    with Archive.open(archive.path) as again:
        names = keep(again, [styled("old", number) for number in range(5, 12)])
        assert [again.body(name) for name in names] == [styled("old", n) for n in range(5, 12)]


def test_a_body_that_is_not_there_is_told_as_such(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="no body 00 is kept"):
        archive.body("00")


def test_an_archive_from_before_there_were_dictionaries_is_read(tmp_path: Path) -> None:
    body = styled("old", 1)
    name = sha256(body).hexdigest()
    with sqlite3.connect(tmp_path / "old.db") as connection:
        connection.execute("create table bodies (sha256 text, size integer, codec text, data blob)")
        row = name, len(body), "zlib", zlib.compress(body, 3)
        connection.execute("insert into bodies values (?, ?, ?, ?)", row)
        from sqlite_utils import Database

        assert Bodies(Database(connection)).body(name) == body
    connection.close()


def test_two_archives_are_written_to_in_two_threads(tmp_path: Path) -> None:
    wrong: list[str] = []

    def crawl(name: str) -> None:
        with blank(tmp_path / name) as archive:
            pages = [styled("old", number) for number in range(60)]
            names = keep(archive, pages)
            wrong.extend(n for n, body in zip(names, pages, strict=True) if archive.body(n) != body)

    threads = [threading.Thread(target=crawl, args=[f"{number}.db"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_nothing_of_a_released_body_is_left_in_a_dictionary(archive: Archive) -> None:
    pages = [styled("old", number) for number in range(8)]
    names = keep(archive, pages)
    keep(archive, [styled("other", number) for number in range(8)], "http://b.test/{}")
    with archive.transaction():
        archive.bodies.release(names[:1])
    assert [site for site, _ in made(archive)] == ["b.test"]
    assert [archive.body(name) for name in names] == pages
    assert [packed_with(archive, name) for name in names] == [None] * 8
    (name,) = keep(archive, [styled("old", 8)])  # in the same run, which knew the dictionary
    assert archive.body(name) == styled("old", 8)


def test_what_was_redacted_is_in_no_later_dictionary(archive: Archive) -> None:
    gone, kept = keep(archive, [styled("gone", 1), styled("old", 2)])
    removed = "update bodies set codec = 'redacted', data = null where sha256 = ?"
    archive.db.execute(removed, [gone])
    names = [kept, *keep(archive, [styled("old", number) for number in range(3, 9)])]
    id = packed_with(archive, names[-1])
    assert id is not None
    assert chrome("gone") not in Dictionaries(archive.db).get(id, "").content
    assert keep(archive, [styled("gone", 1)]) == [gone]  # the site still has it
    with pytest.raises(ArchiveError, match=f"body {gone} is not kept any more"):
        archive.body(gone)


def test_nothing_is_released_while_another_body_of_the_site_is_damaged(archive: Archive) -> None:
    names = keep(archive, [styled("old", number) for number in range(8)])
    archive.db.execute("update bodies set data = x'00' where sha256 = ?", [names[5]])
    with (
        pytest.raises(ArchiveError, match=f"body {names[5]} is damaged"),
        archive.transaction(),
    ):
        archive.bodies.release(names[:1])
    assert len(made(archive)) == 1
    assert archive.body(names[4]) == styled("old", 4)


def older(archive: Archive, bodies: list[bytes]) -> list[str]:
    """Make an archive as older replyarcs left it: each body packed alone, by zlib."""
    names = keep(archive, bodies)
    for name, body in zip(names, bodies, strict=True):
        row = ["zlib", zlib.compress(body, 3), name]
        archive.db.execute(
            "update bodies set codec = ?, data = ?, dictionary = null where sha256 = ?", row
        )
    archive.db.execute("delete from _dictionaries")
    return names


def room(archive: Archive) -> int:
    (taken,) = archive.db.execute("select sum(length(data)) from bodies").fetchone()
    return int(taken)


def test_what_an_older_replyarc_kept_is_packed_anew(archive: Archive) -> None:
    pages = [styled("old", number) for number in range(40)]
    names = older(archive, pages)
    before = room(archive)
    with Archive.open(archive.path) as again:
        assert again.bodies.repack() > 0
        assert again.bodies.repack() == 0
        assert room(again) < 0.3 * before
        assert [again.body(name) for name in names] == pages


def test_a_repacking_that_is_broken_off_loses_nothing_and_goes_on(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [styled("old", number) for number in range(40)]
    names = older(archive, pages)
    monkeypatch.setattr("replyarc.archive.bodies._BATCH", 10)
    calls = itertools.count()

    def pack(*args: object) -> tuple[str, bytes, int | None]:
        if next(calls) == 25:
            raise KeyboardInterrupt
        return real(*args)  # type: ignore[arg-type]  # whatever it was called with

    real = archive.bodies._dictionaries.pack
    monkeypatch.setattr(archive.bodies._dictionaries, "pack", pack)
    with pytest.raises(KeyboardInterrupt):
        archive.bodies.repack()
    assert [archive.body(name) for name in names] == pages
    anew = "select count(*) from bodies where dictionary is not null"
    assert archive.db.execute(anew).fetchone() == (20,)
    archive.bodies.repack()
    assert [archive.body(name) for name in names] == pages
    assert archive.db.execute(anew).fetchone() == (40,)


def test_what_would_hardly_be_smaller_is_left_as_it_is(archive: Archive) -> None:
    names = older(archive, [b"%PDF-1.7" + Random(n).randbytes(3000) + bytes(100) for n in range(9)])
    assert archive.bodies.repack() == 0
    assert {codec for (codec,) in archive.db.execute("select codec from bodies")} == {"zlib"}
    assert archive.body(names[0]).startswith(b"%PDF")


def test_a_damaged_body_is_left_as_it_is_when_others_are_packed_anew(archive: Archive) -> None:
    names = older(archive, [styled("old", number) for number in range(9)])
    archive.db.execute("update bodies set data = x'0102' where sha256 = ?", [names[2]])
    archive.bodies.repack()
    held = archive.db.execute("select codec, data from bodies where sha256 = ?", [names[2]])
    assert held.fetchone() == ("zlib", b"\1\2")
    assert archive.body(names[3]) == styled("old", 3)
