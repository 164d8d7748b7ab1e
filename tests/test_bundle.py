"""A bundle: one zip that needs no replyarc, and gives the archive back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from replyarc.archive.evidence_rows import snapshot
from replyarc.archive.store import Archive
from replyarc.errors import ReplyarcError
from replyarc.export.file import write_archive
from replyarc.importing import restored
from replyarc.importing.take import Import, Wish
from tests.blank import blank
from tests.dumping import dump
from tests.test_cli import run
from tests.test_merge import Page

FILES = (
    "FORMAT.txt",
    "README.txt",
    "SHA256SUMS",
    "pages.warc.gz",
    "replies-raw.csv",
    "replies.csv",
    "replies.db",
    "replies.jsonl",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as archive:
        Page().file(archive)
        Page(2, 2, "已经办结。", day=1).file(archive)
        yield archive


def bundled(archive: Archive) -> Path:
    path = archive.path.with_name("a.zip")
    with snapshot(archive) as kept:
        written = write_archive(path, "bundle", kept)
    assert written.rows == archive.count()
    assert written.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    return path


@pytest.fixture
def folder(archive: Archive) -> Path:
    """A bundle, unpacked as a person would."""
    with zipfile.ZipFile(bundled(archive)) as zipped:
        zipped.extractall(archive.path.parent / "out")
    return archive.path.parent / "out" / "replyarc-bundle"


def test_all_is_in_one_folder_and_nothing_is_left_beside_it(archive: Archive) -> None:
    path = bundled(archive)
    with zipfile.ZipFile(path) as zipped:
        assert sorted(zipped.namelist()) == [f"replyarc-bundle/{name}" for name in FILES]
        assert zipped.testzip() is None
    left = {each.name for each in path.parent.iterdir()}
    assert left <= {"a.db", "a.db-shm", "a.db-wal", "a.zip"}


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_sha256sum_finds_every_file_right(folder: Path) -> None:
    ran = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stdout.count(b": OK") == len(FILES) - 1


def test_the_sums_are_right_by_hand(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert told == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in FILES
        if name != "SHA256SUMS"
    }


def test_the_tables_hold_the_replies(archive: Archive, folder: Path) -> None:
    ids = [reply.id for reply in archive.replies()]
    lines = (folder / "replies.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    with (folder / "replies-raw.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ids
    excel = (folder / "replies.csv").read_bytes()
    assert excel.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(excel.decode("utf-8-sig"), newline=""))
    assert [row["编号"] for row in rows] == ids


def test_the_archive_in_it_opens_by_sqlite_alone(archive: Archive, folder: Path) -> None:
    connection = sqlite3.connect(folder / "replies.db")
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    titles = {title for (title,) in connection.execute("select title from replies")}
    connection.close()
    assert titles == {reply.title for reply in archive.replies()}
    with Archive.open(folder / "replies.db") as copy:
        assert dump(copy) == dump(archive)


def test_the_archive_in_it_needs_no_file_beside_it(folder: Path) -> None:
    written_by_read_by = (folder / "replies.db").read_bytes()[18:20]
    assert written_by_read_by == b"\x01\x01"  # 2 is the write-ahead log


def test_warcio_finds_the_pages_right(folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(folder / "pages.warc.gz")],
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, b"")


def test_it_says_in_two_languages_what_is_what(folder: Path) -> None:
    readme = (folder / "README.txt").read_text("utf-8")
    assert all(readme.count(name) >= 2 for name in FILES if name != "README.txt")
    for words in ("sha256sum -c SHA256SUMS", "replayweb.page", "sqlite3 replies.db", "2 件答复"):
        assert words in readme
    described = (folder / "FORMAT.txt").read_text("utf-8")
    assert "CREATE TABLE" in described
    assert all(f"{name}" in described for name in ("captures", "fetches", "readings", "bodies"))
    assert "{" not in described.partition("Tables\n")[0].replace('{"fetch": {…}}', "")


def test_what_is_filed_while_it_is_written_is_in_all_of_it_or_in_none(archive: Archive) -> None:
    path = archive.path.with_name("a.zip")
    with (
        Archive.open(archive.path, read_only=True) as reader,
        snapshot(reader) as kept,
        kept.copied(path.with_name("copy.db")) as copy,
    ):
        Page(3, 3, day=2).file(archive)
        assert len(list(copy.replies())) == len(list(copy.rows("readings"))) == 2
    assert archive.count() == 3


def taken(archive: Archive, path: Path) -> list[str]:
    return Import(archive, lambda url: None, Wish()).take([path]).problems


def test_one_byte_that_is_wrong_is_found_and_nothing_is_taken(archive: Archive) -> None:
    path = bundled(archive)
    with zipfile.ZipFile(path) as zipped:
        parts = {info.filename: zipped.read(info) for info in zipped.infolist()}
    name = "replyarc-bundle/replies.db"
    parts[name] = parts[name][:-1] + b"\xff"
    with zipfile.ZipFile(path, "w") as zipped:
        for each, data in parts.items():
            zipped.writestr(each, data)
    with blank(path.with_name("b.db")) as empty:
        (problem,) = taken(empty, path)
        assert problem == f"{path}: damaged: replies.db is not what SHA256SUMS says"
        assert empty.count() == 0


@pytest.mark.parametrize("cut", [10, 1000, -30])
def test_a_bundle_that_is_cut_is_told(archive: Archive, cut: int) -> None:
    path = bundled(archive)
    path.write_bytes(path.read_bytes()[:cut])
    with blank(path.with_name("b.db")) as empty:
        (problem,) = taken(empty, path)
        assert "damaged" in problem or "not a page" in problem
        assert empty.count() == 0


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_bundle_that_cannot_be_unpacked_is_told(tmp_path: Path, packing: int) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", packing) as zipped:
        zipped.writestr("replies.db", bytes(random.Random(1).choices(b"abcdefgh0123", k=30_000)))
    whole = path.read_bytes()
    for seed in range(40):
        data = bytearray(whole)
        data[random.Random(seed).randrange(50, len(data) - 200)] ^= 0xFF
        path.write_bytes(data)
        with pytest.raises(ReplyarcError, match="damaged"), restored.unzipped(path, path):
            pass


def test_a_zip_without_an_archive_is_no_bundle(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("deep/down/replies.db", "x")
    with (
        pytest.raises(ReplyarcError, match=r"no bundle\. Unpack it, and import the folder"),
        restored.unzipped(path, tmp_path / "a.db"),
    ):
        pass
    assert list(tmp_path.iterdir()) == [path]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("replies.db", bytes(20_000_000))
    with (
        pytest.raises(ReplyarcError, match="packed too tightly"),
        restored.unzipped(path, tmp_path / "a.db"),
    ):
        pass


def test_another_database_in_a_zip_is_refused(archive: Archive, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("create table people (name text)")
    connection.commit()
    connection.close()
    path, data = tmp_path / "b.zip", other.read_bytes()
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("replies.db", data)
        zipped.writestr("SHA256SUMS", f"{hashlib.sha256(data).hexdigest()}  replies.db\n")
    (problem,) = taken(archive, path)
    assert "no archive of replyarc" in problem
    assert archive.count() == 2


# --- the command


def test_the_command_writes_and_names_it(archive: Archive, tmp_path: Path) -> None:
    ran = run("--archive", str(archive.path), "export", "-f", "bundle", "-o", str(tmp_path))
    assert ran.code == 0
    (path,) = tmp_path.glob("replyarc-2*.zip")
    assert ran.err.startswith(f"{path}: 2 replies, sha256 ")
    ran = run("--archive", str(archive.path), "export", "-f", "warc", "-o", str(tmp_path))
    (path,) = tmp_path.glob("replyarc-2*-00001-*.warc.gz")
    assert ran.err.startswith(f"{path}: 2 captures, sha256 ")
    assert ran.out == ""


def test_the_name_of_a_file_tells_its_format(archive: Archive, tmp_path: Path) -> None:
    for name, kind in (("b.zip", b"PK"), ("b.warc.gz", b"\x1f\x8b"), ("b.jsonl", b"{")):
        ran = run("--archive", str(archive.path), "export", "-o", str(tmp_path / name))
        assert ran.code == 0
        assert (tmp_path / name).read_bytes().startswith(kind)


def test_a_bundle_takes_no_filters(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    ran = run("--archive", str(archive.path), "export", "-o", str(path), "--term", "14")
    assert ran.code == 2
    assert "the whole archive" in ran.err.replace("\n", " ")
    assert not path.exists()


def test_a_file_that_is_there_is_not_replaced_unasked(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "b.warc.gz"
    path.write_bytes(b"mine")
    export = ("--archive", str(archive.path), "export", "-o", str(path))
    assert run(*export).code == 2
    assert path.read_bytes() == b"mine"
    assert run(*export, "--force").code == 0
    assert path.read_bytes() != b"mine"
