"""Wrong turns of a first day, and whether what is said leads back."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
import typer

from replyarc.cli import starting, writing
from replyarc.cli.helping import PAGES
from replyarc.cli.invocation import ask_to_replace
from replyarc.config.found import find
from replyarc.errors import ConfigError
from replyarc.screen.stats import _times
from tests.blank import blank
from tests.test_cli import run
from tests.test_merge import Page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("turns") / "a.db"
    with blank(path) as archive:
        Page(1, 1, "感谢您。", "000123456/2024-00001", day=1).file(archive)
    return path


@pytest.mark.parametrize("value", ["八届", "x", "1.5"])
def test_a_number_that_is_none_is_told_how_one_is_written(file: Path, value: str) -> None:
    ran = run("--archive", str(file), "list", "--term", value)
    assert ran.code == 2
    assert "--term: a whole number is wanted, in digits: 8. " in ran.err


def test_one_word_that_is_nowhere_is_said_once(file: Path) -> None:
    ran = run("--archive", str(file), "search", "桥梁")
    assert ran.code == 10
    assert ran.err.count("桥梁") == 1


@pytest.mark.parametrize("name", ["exports/", "exports"])
def test_a_folder_that_is_not_there_is_told_how_to_make(
    file: Path, tmp_path: Path, name: str
) -> None:
    ran = run("--archive", str(file), "export", "-o", f"{tmp_path}/{name}")
    assert ran.code == 2
    assert f"mkdir {tmp_path}/exports" in ran.err.replace("\n", "")


def test_a_wrong_ending_is_not_taken_for_a_folder(file: Path, tmp_path: Path) -> None:
    ran = run("--archive", str(file), "export", "-o", f"{tmp_path}/a.xls")
    assert ran.code == 2
    assert "mkdir" not in ran.err


def test_who_says_no_is_not_told_of_force(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    with pytest.raises(typer.Exit):
        ask_to_replace(Path("all.csv"))
    told = capsys.readouterr().err
    assert "all.csv: left as it is." in told
    assert "--force" not in told


def test_an_archive_without_a_configuration_is_told_how_it_is_read(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(ConfigError) as none:
        find(None, {})
    assert "--archive" not in str(none.value)
    monkeypatch.chdir(file.parent)
    with pytest.raises(ConfigError, match=r"replyarc --archive a\.db list"):
        find(None, {})


def test_a_table_for_programs_says_so_in_a_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "For Excel: replyarc export -o replies.csv"
    monkeypatch.setattr(writing, "_stdout_is", lambda kind: kind is stat.S_ISREG)
    for more, is_told in (((), True), (("--profile", "raw"), False), (("-f", "jsonl"), False)):
        ran = run("--archive", str(file), "export", *more)
        assert (told in ran.err) == is_told, more
        assert told not in ran.out


def test_what_may_be_given_again_has_one_ellipsis() -> None:
    doubled = [path.name for path in PAGES.iterdir() if "……" in path.read_text("utf-8")]
    assert doubled == []


@pytest.mark.parametrize(
    ("called", "found", "told"),
    [
        (".venv/bin/replyarc", None, ".venv/bin/replyarc"),
        (".venv/bin/replyarc", "/usr/bin/replyarc", "replyarc"),
        ("/somewhere/__main__.py", None, "replyarc"),
    ],
)
def test_the_demo_names_itself_as_it_can_be_called(
    called: str, found: str | None, told: str
) -> None:
    assert starting._program(called, found) == told


def test_what_happened_once_is_no_plural() -> None:
    assert (_times(1), _times(1200)) == ("once", "1,200 times")
