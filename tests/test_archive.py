"""The file: opening, refusing, damage, full disks, crashes."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc import __version__
from replyarc.archive import database
from replyarc.archive.blobs import pack, unpack
from replyarc.archive.format import FORMAT
from replyarc.archive.schema import reply_of, row_of
from replyarc.archive.store import Archive
from replyarc.archive.views import VIEWS
from replyarc.errors import ArchiveError, ArchiveHeld, DiskFull
from replyarc.model import Attachment, Contact, Kind, Reply, Request, Response, RobotsFile
from tests.dying import killed_at

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
REPLY = Reply(url="http://a.test/1", source="a", title="答复", text="好。")


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
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Archive.open(path, create=True) as archive:
        archive.put(REPLY, archive.keep(response(b"<p>" * 100)), DAY)
    return path


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path) as archive:
        yield archive


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def everything(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables but the full-text index, which cannot be read row by row."""
    sql = "select name from sqlite_master where type = 'table' and sql not like '%using fts5%'"
    names = [name for (name,) in archive.db.execute(sql).fetchall()]
    return {name: archive.db.execute(f"select * from {name}").fetchall() for name in names}


def test_what_was_filed_is_there_after_opening_again(path: Path) -> None:
    for _ in range(2):
        with Archive.open(path, create=True) as archive:
            assert [reply.title for reply in archive.replies()] == ["答复"]
            assert archive.count() == 1


def test_it_is_set_up_for_safe_and_fast_writing(archive: Archive) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "user_version")
    found = [archive.db.execute(f"pragma {name}").fetchone()[0] for name in asked]
    assert found == ["wal", 2, 1, FORMAT]
    assert archive.db.table("replies").strict


def test_a_missing_archive_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"there is no archive\. `replyarc crawl` makes one"):
        Archive.open(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a database at all" * 50, "nor any SQLite database"),
        (b"short", "nor any SQLite database"),
        (None, "a folder, not an archive"),
    ],
)
def test_what_is_no_archive_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes | None, words: str, create: bool, read_only: bool
) -> None:
    path = tmp_path / "a.db"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(ArchiveError, match=words):
        Archive.open(path, create=create, read_only=read_only)
    assert path.is_dir() if content is None else path.read_bytes() == content


def test_an_empty_file_is_no_archive_but_can_become_one(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(ArchiveError, match="empty, no archive"):
        Archive.open(path)
    with Archive.open(path, create=True) as archive:
        assert archive.count() == 0


def test_another_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    sql(path, "create table people (name text)")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="a SQLite database, but no archive of replyarc"):
        Archive.open(path, create=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
def test_an_archive_of_a_newer_replyarc_is_refused(path: Path, read_only: bool) -> None:
    sql(path, "pragma user_version = 99", "update _meta set value = '7.0' where key = 'replyarc'")
    with pytest.raises(ArchiveError, match=rf"\(7\.0, format 99\); this is {__version__}"):
        Archive.open(path, read_only=read_only)


def test_a_newer_archive_is_refused_even_if_its_version_cannot_be_read(path: Path) -> None:
    sql(path, "pragma user_version = 99", "drop table _meta")
    with pytest.raises(ArchiveError, match="its version is not told, format 99"):
        Archive.open(path)


def test_an_archive_older_than_a_field_gains_its_column(path: Path) -> None:
    views = (f'drop view "{name}"' for name in reversed(VIEWS))
    columns = (f"alter table replies drop column {name}" for name in ("copied_to", "gone_at"))
    sql(path, *views, *columns)
    with Archive.open(path, read_only=True) as archive:
        assert next(archive.replies()).copied_to == ()
    with Archive.open(path) as archive:
        assert next(archive.replies()).copied_to == ()
        assert {"copied_to", "gone_at"} <= set(archive.db.table("replies").columns_dict)


def test_a_reader_cannot_write_and_leaves_nothing_behind(path: Path) -> None:
    with Archive.open(path, read_only=True) as archive:
        assert archive.count() == 1
        with pytest.raises(ArchiveError, match="cannot be written to"):
            archive.put(REPLY, "", DAY)
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]


@pytest.mark.parametrize("log", [True, False])
def test_an_archive_on_a_disk_that_is_read_only_can_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, log: bool
) -> None:
    # chmod does not stop root, who may be running this: what the system would say is put in its
    # place. With a log beside it, the archive is not opened as one that cannot change.
    monkeypatch.setattr(os, "access", lambda *_: False)
    if log:
        Path(f"{path}-wal").touch()
    with Archive.open(path, read_only=True) as archive:
        assert archive.count() == 1
        with pytest.raises(ArchiveError, match="cannot be written to"):
            archive.put(REPLY, "", DAY)


@pytest.mark.parametrize("folder", ["missing", "file"])
def test_a_folder_that_cannot_hold_an_archive_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match=f"Make sure that .+/{folder} is a folder"):
        Archive.open(tmp_path / folder / "a.db", create=True)


def test_what_the_system_refuses_is_told_with_the_path(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(ArchiveError, match=r"a\.db: Permission denied"):
        Archive.open(path)


def test_a_full_disk_is_told_as_such_and_leaves_the_archive_whole(archive: Archive) -> None:
    (pages,) = archive.db.execute("pragma page_count").fetchone()
    archive.db.execute(f"pragma max_page_count = {pages}")
    before = everything(archive)
    with pytest.raises(DiskFull, match="no room left"):
        archive.keep(response(os.urandom(200_000)))
    assert everything(archive) == before
    archive.db.execute(f"pragma max_page_count = {pages + 1000}")
    assert archive.body(archive.keep(response(b"again"))) == b"again"
    assert archive.db.execute("pragma integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("error", "expected"),
    [(OSError(errno.ENOSPC, "full"), DiskFull), (OSError(errno.EIO, "broken"), ArchiveError)],
)
def test_what_the_system_reports_is_told_apart(error: OSError, expected: type[Exception]) -> None:
    with pytest.raises(expected) as caught, database.explained(Path("a.db")):
        raise error
    assert type(caught.value) is expected


@pytest.mark.parametrize(("free", "expected"), [(0, DiskFull), (1, ArchiveError)])
def test_a_failure_of_the_disk_is_a_full_disk_where_nothing_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, expected: type[Exception]
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(expected) as caught, database.explained(tmp_path / "a.db"):
        raise error
    assert type(caught.value) is expected


def test_a_bug_is_not_explained_away(archive: Archive) -> None:
    missing = pytest.raises(sqlite3.OperationalError, match="no such table")
    with missing, database.explained(archive.path):
        archive.db.execute("select * from nowhere")


def test_another_writer_is_named_as_the_reason(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(archive.path)
    other.execute("begin immediate")
    archive.db.execute("pragma busy_timeout = 0")
    with pytest.raises(ArchiveHeld, match="another program is writing"):
        archive.put(REPLY, "", DAY)
    other.close()


def test_a_damaged_file_is_told_as_such(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="damaged"), Archive.open(path) as archive:
        archive.find("答复")


@pytest.mark.parametrize(
    "damage",
    [
        "update bodies set data = x'0000000000'",
        "update bodies set data = substr(data, 1, length(data) / 2)",
        "update bodies set codec = 'plain'",
    ],
)
def test_damage_to_a_body_is_noticed_when_it_is_read(archive: Archive, damage: str) -> None:
    (name,) = archive.db.execute("select sha256 from bodies").fetchone()
    archive.db.execute(damage)
    with pytest.raises(ArchiveError, match=f"body {name} is damaged"):
        archive.body(name)


def test_a_body_packed_in_a_way_not_known_yet_is_refused(archive: Archive) -> None:
    (name,) = archive.db.execute("select sha256 from bodies").fetchone()
    archive.db.execute("update bodies set codec = 'new'")
    with pytest.raises(ArchiveError, match="packed with 'new'"):
        archive.body(name)


def test_a_body_that_is_not_there_is_told_as_such(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="no body 00 is kept"):
        archive.body("00")


@given(st.binary())
def test_every_body_comes_back_as_it_was_kept(body: bytes) -> None:
    codec, data = pack(body)
    assert unpack(sha256(body).hexdigest(), codec, len(body), data) == body


def test_a_body_is_kept_once_and_every_fetch_is_noted(archive: Archive) -> None:
    first = archive.keep(response(b"page"))
    posted = Response(
        request=Request("http://a.test/list", (("page", "2"),)),
        url="http://a.test/list?2",
        status=200,
        headers=(("etag", '"1"'), ("etag", '"2"')),
        body=b"page",
        fetched_at=DAY,
    )
    assert archive.keep(posted) == first
    archive.note_failure("http://a.test/2", DAY, 503, "busy")
    assert archive.db.execute("select count(*) from bodies").fetchone() == (2,)
    asked = "select url, form, final_url, status, headers, sha256 is null, problem from fetches"
    assert archive.db.execute(asked).fetchall()[2:] == [
        (
            "http://a.test/list",
            '[["page","2"]]',
            "http://a.test/list?2",
            200,
            '[["etag","\\"1\\""],["etag","\\"2\\""]]',
            0,
            None,
        ),
        ("http://a.test/2", None, None, 503, None, 1, "busy"),
    ]


def test_robots_files_are_a_mapping_that_is_kept(archive: Archive, path: Path) -> None:
    file = RobotsFile("http://a.test", 200, "User-agent: *", DAY)
    archive.robots_files[file.origin] = file
    archive.robots_files["http://b.test"] = RobotsFile("http://b.test", None, "", DAY)
    with Archive.open(path) as again:
        assert again.robots_files["http://a.test"] == file
        assert again.robots_files["http://b.test"].status is None
        assert sorted(again.robots_files) == ["http://a.test", "http://b.test"]
        del again.robots_files["http://b.test"]
        assert len(again.robots_files) == 1
        with pytest.raises(KeyError):
            del again.robots_files["http://b.test"]
        with pytest.raises(KeyError):
            again.robots_files["http://b.test"]


def file_one(path: Path) -> None:
    with Archive.open(path, create=True) as archive:
        sha256 = archive.keep(response(b"<p>" * 100))
        archive.put(REPLY, sha256, DAY)


def test_a_kill_at_any_commit_loses_at_most_that_commit(tmp_path: Path) -> None:
    states = []
    for point in range(7):
        path = tmp_path / f"{point}.db"
        code = killed_at(point, partial(file_one, path))
        with Archive.open(path, create=True) as archive:
            assert archive.db.execute("pragma integrity_check").fetchone() == ("ok",)
            (bodies,) = archive.db.execute("select count(*) from bodies").fetchone()
            states.append((code, bodies, archive.count()))
    killed = -signal.SIGKILL
    assert states == [
        (killed, 0, 0),
        (killed, 0, 0),
        (killed, 0, 0),
        (killed, 1, 0),
        (killed, 1, 0),
        (killed, 1, 1),
        (0, 1, 1),
    ]


texts = st.text(max_size=5)
several = st.lists(texts, max_size=2).map(tuple)
instants = st.none() | st.datetimes(timezones=st.just(UTC))


@given(
    st.builds(
        Reply,
        title=texts,
        index_number=st.none() | texts,
        keywords=several,
        written_on=st.none() | st.dates(),
        kind=st.none() | st.sampled_from(Kind),
        term=st.none() | st.integers(0, 99),
        contacts=st.lists(st.builds(Contact, name=texts, phones=several), max_size=2).map(tuple),
        attachments=st.lists(st.builds(Attachment, name=texts, url=texts), max_size=2).map(tuple),
        first_seen_at=instants,
        changed_at=instants,
        version=st.integers(1, 99),
        flags=several,
    )
)
def test_a_reply_written_to_a_row_is_read_back_whole(reply: Reply) -> None:
    assert asdict(reply_of(row_of(reply))) == asdict(reply)


def test_a_column_that_no_field_knows_is_left_out() -> None:
    assert reply_of({**row_of(REPLY), "from_the_future": 1}) == REPLY
