"""What the shell offers when Tab is pressed; and that it never hears an error."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from replyarc.archive import offering
from replyarc.cli.app import app
from replyarc.cli.commands import COMMANDS
from replyarc.cli.completing import MOST, fitting
from replyarc.listing.families import FAMILIES
from tests.blank import blank
from tests.test_cli import CONFIG
from tests.test_merge import Page

PAGE = Page()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration of two sources, and an archive of a third."""
    made = tmp_path_factory.mktemp("completion")
    second = (
        '[[source]]\nname = "linlan"\npublisher = "临澜市人民政府"\nurl = "http://b.gov.test/"\n'
    )
    (made / "replyarc.toml").write_text(CONFIG.format(url="http://a.gov.test") + second, "utf-8")
    with blank(made / "replies.db") as archive:
        PAGE.file(archive)
    db = sqlite3.connect(made / "replies.db")
    db.execute("update replies set publisher = '清源市民政局', answered_by = '清源市水务局'")
    db.execute("insert or ignore into sources (name, publisher) values ('former', '云泽县教育局')")
    db.commit()
    db.close()
    return made


def offered(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what bash is offered for the last word of a line, which may be empty."""
    monkeypatch.chdir(folder)
    words = line.split(" ")
    told = {
        "_REPLYARC_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, [], prog_name="replyarc")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.split("\n")[:-1] if result.stdout.strip() else []


OFFERED = {
    "replyarc ex": ["export"],
    "replyarc ": [*COMMANDS],
    "replyarc --arch": ["--archive"],
    "replyarc list --publ": ["--publisher"],
    "replyarc list --publisher ": ["清源市民政局", "云泽县教育局", "清源市水务局"],
    "replyarc list --source ": ["qingyuan", "linlan", "former", "mz"],
    "replyarc crawl --only ": ["qingyuan", "linlan"],
    "replyarc crawl --only li": ["linlan"],
    "replyarc crawl --only=li": ["linlan"],
    "replyarc crawl --only = li": ["linlan"],
    "replyarc status q": ["qingyuan"],
    "replyarc check ": ["qingyuan", "linlan"],
    "replyarc list --publisher 清": ["清源市民政局", "清源市水务局"],
    "replyarc list --publisher 民政": ["清源市民政局"],
    "replyarc list --publisher 县": ["云泽县教育局"],
    "replyarc list --kind 提": ["提案"],
    "replyarc export --format js": ["jsonl"],
    "replyarc export -f js": ["jsonl"],
    "replyarc sources --family vs": [name for name in FAMILIES if name.startswith("vs")],
    "replyarc --archive none.db list --source ": ["qingyuan", "linlan"],
    "replyarc --config none.toml list --source ": [],
    "replyarc list --limit x --kind 建": ["建议"],
    "replyarc exprot --form": [],
    "replyarc list --since 2024-": [],
    "replyarc list --columns url,ti": ["url,title"],
    "replyarc list --columns 标": ["标题", "标记"],
    "replyarc stats --by pu": ["publisher"],
    "replyarc show --cite-as b": ["bibtex"],
}


@pytest.mark.parametrize("line", OFFERED)
def test_what_can_follow_is_offered(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(line, folder, monkeypatch) == OFFERED[line]


@pytest.mark.parametrize("what", ["empty", "a letter", "a folder", "locked", "another", "damaged"])
def test_an_archive_that_cannot_be_asked_offers_nothing_and_says_nothing(
    what: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, good = tmp_path / "replies.db", (folder / "replies.db").read_bytes()
    holder = sqlite3.connect(":memory:")
    if what == "empty":
        path.touch()
    elif what == "a letter":
        path.write_text("关于第001号建议的答复" * 100, "utf-8")
    elif what == "a folder":
        path.mkdir()
    elif what == "another":
        holder = sqlite3.connect(path)
        holder.execute("create table sources (name)")
        holder.execute("insert into sources values ('theirs')")
        holder.commit()
    elif what == "damaged":
        path.write_bytes(good[:100] + b"\xff" * (len(good) - 100))
    else:
        path.write_bytes(good)
        holder = sqlite3.connect(path)
        holder.execute("pragma locking_mode = exclusive")
        holder.execute("begin exclusive")
    before = sorted(tmp_path.iterdir())
    assert offered("replyarc --archive replies.db list --publisher ", tmp_path, monkeypatch) == []
    assert sorted(tmp_path.iterdir()) == before
    holder.close()


def test_a_configuration_that_is_none_offers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("[crawl\n", "source = 3\n", "[[source]]\nname = 4\n[archive]\npath = 5\n", "\xff"):
        (tmp_path / "replyarc.toml").write_bytes(text.encode("latin-1"))
        assert offered("replyarc crawl --only ", tmp_path, monkeypatch) == []


def test_a_bug_in_it_is_not_heard(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> list[str]:
        raise ZeroDivisionError

    monkeypatch.setattr(offering, "publishers", broken)
    assert offered("replyarc list --publisher ", folder, monkeypatch) == []


def test_a_variable_that_is_empty_asks_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("_REPLYARC_COMPLETE", "")
    result = CliRunner().invoke(app, ["exprot"], prog_name="replyarc")
    assert result.exit_code == 2
    assert "Did you mean export?" in result.stderr


def test_after_the_time_is_up_what_was_found_has_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = offering.publishers(folder / "replies.db")
    monkeypatch.setattr(offering, "PATIENCE", -1.0)
    monkeypatch.setattr(offering, "_STEPS", 1)
    assert {"清源市民政局", "云泽县教育局"} <= {*whole}
    assert offering.publishers(folder / "replies.db") == []


def test_nothing_is_written_to_the_archive_and_nothing_is_left_beside_it(folder: Path) -> None:
    before = (folder / "replies.db").read_bytes()
    offering.sources(folder / "replies.db")
    assert (folder / "replies.db").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["replies.db", "replyarc.toml"]


def test_bash_asks_in_a_process_of_its_own(folder: Path) -> None:
    told = {
        "_REPLYARC_COMPLETE": "complete_bash",
        "COMP_WORDS": "replyarc\nlist\n--publisher\n清源",
        "COMP_CWORD": "3",
    }
    done = subprocess.run(
        [sys.executable, "-m", "replyarc"],
        cwd=folder,
        env={**os.environ, **told},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().split() == ["清源市民政局", "清源市水务局"]
    assert done.stderr == b""


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_told_what_each_is_for(
    shell: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("_REPLYARC_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    for line, value, gloss in (
        ("replyarc expo", "export", "JSON lines"),
        ("replyarc list --publ", "--publisher", "答复单位"),
        ("replyarc list --publisher 清", "清源市民政局", ""),
    ):
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        result = CliRunner().invoke(app, [], prog_name="replyarc")
        assert (result.exit_code, result.stderr) == (0, "")
        assert value in result.stdout
        assert gloss in result.stdout


def test_each_shell_gets_a_script_that_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    for shell in ("bash", "zsh", "fish"):
        ran = CliRunner().invoke(app, ["--show-completion", shell], prog_name="replyarc")
        assert ran.exit_code == 0
        assert f"_REPLYARC_COMPLETE=complete_{shell}" in ran.stdout


@given(st.lists(st.text(max_size=6)), st.text(max_size=3))
def test_only_what_a_shell_takes_for_one_word_is_offered(values: list[str], typed: str) -> None:
    found = fitting(values, typed)
    last = typed.rpartition(",")[2]
    for each in found:
        assert last in each
        value = each[len(typed) - len(last) :]
        assert value in values
        assert not {*value} & {*" \t\n'\"\\$`;&|<>(){}[]*?!~#=^%@"}
    assert len(found) <= MOST


def test_what_a_site_wrote_cannot_make_a_shell_run_anything() -> None:
    sites = [
        '\\";touch /tmp/x;"',
        "$(id)",
        "`id`",
        "民政局;ls",
        "甲 乙",
        "-rf",
        "甲\n乙",
        "",
        "民政局",
    ]
    assert fitting(sites, "") == ["民政局"]
    assert len(fitting([f"局{number}" for number in range(900)], "局")) == MOST
