"""The command `export`: what may be asked for together, where it goes, what is left behind."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from replyarc.archive.query import Query
from replyarc.cli.app import app
from replyarc.cli.exporting import Asked, ordered
from replyarc.export import leftover
from replyarc.export.flat import COLUMNS
from replyarc.export.formats import FORMATS, ArchiveFormat
from replyarc.screen import exporting
from tests.blank import blank
from tests.test_cli import Ran, run
from tests.test_merge import DAY, Page, response


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive of four replies."""
    path = tmp_path_factory.mktemp("exported") / "a.db"
    with blank(path) as archive:
        for number in range(1, 5):
            index = f"000123456/2024-{number:05}"
            Page(number, number, "感谢您。", index, day=number % 3).file(archive)
    return path


Export = Callable[..., Ran]


@pytest.fixture
def export(path: Path) -> Export:
    return lambda *arguments: run("--archive", str(path), "export", *map(str, arguments))


# --- which format


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("a.csv", b"\xef\xbb\xbf"),
        ("a.JSONL", b'{"id"'),
        ("a.ndjson", b'{"id"'),
        ("a.xlsx", b"PK"),
        ("a.parquet", b"PAR1"),
        ("a.xml", b"<?xml"),
        ("a.warc.gz", b"\x1f\x8b"),
    ],
)
def test_the_name_of_the_file_says_the_format(
    export: Export, tmp_path: Path, name: str, begin: bytes
) -> None:
    assert export("-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes().startswith(begin)


@pytest.mark.parametrize("name", ["a.txt", "a", "exports/"])
def test_a_name_that_says_none_is_told_which_there_are(
    export: Export, tmp_path: Path, name: str
) -> None:
    ran = export("-o", f"{tmp_path}/{name}")
    assert ran.code == 2
    assert "no format is known by this name" in ran.err
    for ending in (".csv (csv)", ".jsonl (jsonl)", ".warc.gz (warc)", ".zip (bundle)"):
        assert ending in ran.err
    assert [*tmp_path.iterdir()] == []


def test_a_format_that_the_name_contradicts_is_no_format(export: Export, tmp_path: Path) -> None:
    ran = export("-o", tmp_path / "a.xlsx", "--format", "csv")
    assert ran.code == 2
    assert "a file of xlsx, and --format says csv" in ran.err
    assert export("-o", tmp_path / "a.txt", "--format", "csv").code == 0


# --- where it goes


def test_rows_and_hash_are_told_on_stderr(export: Export, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    ran = export("-o", target)
    sha256 = hashlib.sha256(target.read_bytes()).hexdigest()
    assert (ran.out, ran.err) == ("", f"{target}: 4 replies, sha256 {sha256}\n")


def test_they_are_told_as_json_on_stdout(export: Export, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    told = json.loads(export("-o", target, "--json").out)
    sha256 = hashlib.sha256(target.read_bytes()).hexdigest()
    expected = {"schema": 1, "file": str(target), "format": "csv", "rows": 4, "sha256": sha256}
    assert told == expected
    assert export("--json").code == 2


def test_quiet_is_quiet(path: Path, tmp_path: Path) -> None:
    ran = run("-q", "--archive", str(path), "export", "-o", str(tmp_path / "a.csv"))
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_to_stdout_the_rows_are_told_beside_it(export: Export) -> None:
    ran = export("--columns", "id")
    assert ran.out.startswith("id\n") or ran.out.startswith("id\r\n")
    assert ran.err == "standard output: 4 replies\n"
    assert export("--columns", "id", "-o", "-").out == ran.out


def test_what_exists_is_replaced_only_when_told(export: Export, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    ran = export("-o", target)
    assert ran.code == 2
    assert "--force" in ran.err
    assert target.read_text() == "old"
    assert export("-o", target, "--force").code == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "atom"])
def test_in_a_folder_a_file_gets_a_name_with_the_hour_in_it(
    export: Export, tmp_path: Path, form: str
) -> None:
    assert export("-o", tmp_path, "-f", form).code == 0
    (file,) = tmp_path.iterdir()
    stem = file.name.removesuffix(FORMATS[form].suffix)
    assert stem.startswith("replies-20")
    assert len(stem) == len("replies-20240501080000")


def test_letters_need_a_folder_of_their_own(export: Export, tmp_path: Path) -> None:
    assert "-o letters" in export("-f", "md").err
    (tmp_path / "thesis.doc").write_text("precious")
    ran = export("-f", "md", "-o", tmp_path, "--force")
    assert ran.code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.doc"]
    letters = tmp_path / "letters"
    assert export("-f", "md", "-o", letters).code == 0
    before = sorted(letters.rglob("*"))
    ran = export("-f", "md", "-o", letters, "--limit", "1")
    assert (ran.code, sorted(letters.rglob("*"))) == (2, before)
    assert export("-f", "md", "-o", letters, "--limit", "1", "--force").code == 0
    assert sorted(letters.rglob("*")) != before


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_what_no_terminal_shows_is_not_written_to_one(
    monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    with pytest.raises(typer.BadParameter, match=f"-o replies.{form}"):
        ordered(Asked(to=form), Query(), "")
    assert ordered(Asked(to="csv"), Query(), "").out is None


def test_it_goes_down_a_pipe(path: Path) -> None:
    asked = ["--archive", str(path), "export", "-f", "xlsx"]
    assert CliRunner().invoke(app, asked).stdout_bytes.startswith(b"PK")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_stdout_without_room_is_a_full_disk(path: Path) -> None:
    asked = [sys.executable, "-m", "replyarc", "--archive", str(path), "export"]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(asked, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 9
    assert b"standard output: the disk is full" in ran.stderr
    assert b"Exception" not in ran.stderr


# --- where nothing can be written


@pytest.mark.parametrize("aid", ["", "-wal", ".lock"])
@pytest.mark.parametrize("form", ["csv", "warc"])
def test_the_archive_is_never_what_is_replaced(
    export: Export, path: Path, form: str, aid: str
) -> None:
    before = path.read_bytes()
    ran = export("-f", form, "-o", f"{path}{aid}", "--force")
    assert ran.code == 2
    assert "Give the export another name" in ran.err
    assert path.read_bytes() == before


def test_by_no_other_name_either(export: Export, path: Path, tmp_path: Path) -> None:
    link = tmp_path / "replies.csv"
    link.symlink_to(path)
    before = path.read_bytes()
    assert export("-o", link, "--force").code == 2
    assert path.read_bytes() == before


def test_a_place_where_no_file_can_be_is_told_before_anything_is_read(
    export: Export, tmp_path: Path
) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert export("-o", tmp_path / "loop.csv").code in (0, 2)  # it is a name that is free, or none
    ran = export("-o", tmp_path / "no" / "a.csv")
    assert (ran.code, f"there is no folder {tmp_path / 'no'}" in ran.err) == (2, True)
    ran = export("-f", "csv", "-o", os.devnull, "--force")
    assert (ran.code, "Name a file, or - for stdout" in ran.err) == (2, True)


@pytest.mark.parametrize("form", ["warc", "bundle"])
def test_an_archive_in_a_file_is_none_for_stdout(export: Export, form: str) -> None:
    ran = export("-f", form, "-o", "-")
    assert (ran.code, ran.out) == (2, "")
    assert "-o replies." in ran.err


# --- what goes together


def test_the_columns_that_are_asked_for_in_their_order(export: Export) -> None:
    (line, *_) = export("-f", "jsonl", "--columns", "标题,id,标题").out.splitlines()
    assert list(json.loads(line)) == ["title", "id"]
    assert export("--columns", "").code == export("--since-last", " ").code == 2
    ran = export("--columns", "titel")
    assert ran.code == 2
    assert "did you mean 标题 title?" in ran.err


def test_all_columns_are_what_is_written_without_them(export: Export) -> None:
    every = ",".join(column.name for column in COLUMNS)
    for form in ("csv", "jsonl"):
        assert export("-f", form, "--columns", every).out == export("-f", form).out


@pytest.mark.parametrize("form", ["warc", "bundle", "atom"])
@pytest.mark.parametrize(
    "option",
    [("--columns", "id"), ("--redact",), ("--since-last", "weekly"), ("--year", "2024")],
    ids=lambda option: option[0],
)
def test_what_a_format_cannot_be_is_said_and_nothing_is_written(
    export: Export, tmp_path: Path, form: str, option: tuple[str, ...]
) -> None:
    fits = {
        ("atom", "--redact"),
        ("atom", "--since-last"),
        ("atom", "--year"),
        ("warc", "--year"),
    }
    ran = export("-f", form, "-o", tmp_path, *option)
    if (form, option[0]) in fits:
        assert ran.code == 0
    else:
        assert ran.code == 2
        assert option[0] in ran.err or "Filters go with" in ran.err
        assert [*tmp_path.iterdir()] == []


def test_a_feed_is_of_the_newest_unless_more_are_asked_for(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.export.atom.USUAL", 2)
    assert export("-f", "atom").out.count("<entry>") == 2
    assert export("-f", "atom", "--limit", "3").out.count("<entry>") == 3
    assert (
        '<title type="text">建议提案答复: 建议 · 2024</title>'
        in export("-f", "atom", "--kind", "建议", "--year", "2024").out
    )


# --- nothing

EVERY = [name for name, form in FORMATS.items() if name != "bundle"]


@pytest.mark.parametrize("form", EVERY)
def test_where_nothing_fits_no_file_is_written_or_replaced(
    export: Export, tmp_path: Path, form: str
) -> None:
    target = tmp_path / "a"
    ran = export("-f", form, "-o", target, "--year", "1999", "--kind", "提案")
    assert ran.code == 10
    assert "提案 · 1999" in ran.err
    assert [*tmp_path.iterdir()] == []
    if form != "md":
        target.write_text("old")
        assert export("-f", form, "-o", target, "--year", "1999", "--force").code == 10
        assert target.read_text() == "old"


@pytest.mark.parametrize("form", list(FORMATS))
def test_of_an_empty_archive_there_is_nothing_to_write(tmp_path: Path, form: str) -> None:
    blank(tmp_path / "a.db").close()
    target = tmp_path / "target"
    ran = run("--archive", str(tmp_path / "a.db"), "export", "-f", form, "-o", str(target))
    assert ran.code == 10
    assert not target.exists()


def test_a_whole_archive_without_a_reply_is_worth_a_warc(tmp_path: Path) -> None:
    with blank(tmp_path / "a.db") as archive:
        archive.keep(response("http://mz.gov.test/1.html", b"page", DAY))
    target = tmp_path / "a.warc.gz"
    assert run("--archive", str(tmp_path / "a.db"), "export", "-o", str(target)).code == 0


# --- what goes wrong on the way


@pytest.fixture(scope="module")
def bulky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive of letters that can hardly be packed."""
    path = tmp_path_factory.mktemp("bulky") / "a.db"
    any_of = random.Random(1)
    with blank(path) as archive:
        for number in range(1, 17):
            words = "".join(chr(0x4E00 + any_of.randrange(20000)) for _ in range(9000))
            Page(number, number, words, f"000123456/2024-{number:05}").file(archive)
    return path


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 128 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize(
    "form", [name for name, form in FORMATS.items() if not isinstance(form, ArchiveFormat)]
)
def test_on_a_full_disk_the_old_file_stays(small: Path, bulky: Path, form: str) -> None:
    target = small / f"a{FORMATS[form].suffix}" if form != "md" else small / "letters"
    asked = ("--archive", str(bulky), "export", "-f", form, "-o", str(target))
    assert run(*asked, "--number", "1").code == 0
    before = {file: file.read_bytes() for file in small.rglob("*") if file.is_file()}
    ran = run(*asked, "--force")
    assert ran.code == 9, ran.err
    assert "the disk is full" in ran.err
    assert {file: file.read_bytes() for file in small.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_and_the_old_file_stays(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    target = tmp_path / "a.csv"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), number))
    assert export("-o", target, "--force").code == 128 + number
    assert target.read_text() == "old"
    assert [*tmp_path.iterdir()] == [target]
    assert signal.getsignal(number) is before


def test_down_a_pipe_nothing_is_told(path: Path) -> None:
    command = [sys.executable, "-m", "replyarc", "--archive", str(path), "export"]
    done = subprocess.run([*command, "--columns", "id"], capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == 5
    assert done.stderr == b""


def test_what_a_killed_export_left_is_swept_by_the_next(export: Export, tmp_path: Path) -> None:
    long_ago = time.time() - leftover.OLD - 60
    left, folder = tmp_path / f".replyarc-{'0' * 16}.part", tmp_path / ".replyarc-abcd_123"
    fresh, strange = tmp_path / f".replyarc-{'1' * 16}.part", tmp_path / ".replyarc-notes.txt"
    folder.mkdir()
    for file in (left, fresh, strange, folder / "replies.db"):
        file.write_text("half")
    for file in (left, strange, folder / "replies.db", folder):
        os.utime(file, (long_ago, long_ago))
    assert export("-o", tmp_path / "a.csv").code == 0
    there = {file.name for file in tmp_path.iterdir()}
    assert there == {"a.csv", fresh.name, strange.name}


def test_one_that_is_still_written_to_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / f".replyarc-{'2' * 16}.part"
    folder.mkdir()
    (folder / "letter.md").write_text("new")
    os.utime(folder, (0, 0))
    assert leftover.sweep(tmp_path) == []
    assert leftover.sweep(tmp_path / "nowhere") == []
    assert leftover.sweep(tmp_path, time.time() + leftover.OLD + 60) == [folder]


# --- how far it is


def test_a_bar_is_shown_on_a_terminal_once_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    screen = Console(file=drawn, force_terminal=True, width=80)
    monkeypatch.setattr("replyarc.screen.terminal.console", lambda _: screen)
    with exporting.Exporting(200, shown=True) as bar:
        assert [*bar.counted(range(200))] == [*range(200)]
    assert drawn.getvalue() == ""
    monkeypatch.setattr(exporting, "PATIENCE", 0.0)
    with exporting.Exporting(200, shown=True) as bar:
        assert [*bar.counted(range(200))] == [*range(200)]
    assert "/200" in drawn.getvalue()


def test_in_a_script_there_is_no_bar(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PATIENCE", 0.0)
    assert export("--columns", "id").err == "standard output: 4 replies\n"


@pytest.mark.parametrize(
    ("errors", "out", "quiet", "to_stdout", "shown"),
    [
        (True, False, False, True, True),
        (True, True, False, True, False),
        (True, True, False, False, True),
        (True, False, True, False, False),
        (False, True, False, False, False),
    ],
)
def test_it_is_shown_where_nobody_is_in_its_way(
    monkeypatch: pytest.MonkeyPatch,
    errors: bool,
    out: bool,
    quiet: bool,
    to_stdout: bool,
    shown: bool,
) -> None:
    for name, terminal in (("stderr", errors), ("stdout", out)):
        stream = io.StringIO()
        monkeypatch.setattr(stream, "isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr(sys, name, stream)
    assert exporting.watched(quiet, to_stdout) is shown
