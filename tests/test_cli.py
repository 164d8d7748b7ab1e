"""The commands as a person and a script use them: what is printed where, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shlex
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from replyarc.archive.lock import hold
from replyarc.cli.app import app
from replyarc.cli.declared import examples
from tests.column import Column, letters
from tests.gov import Gov, serving, status

CONFIG = """
[archive]
path = "replies.db"
[crawl]
contact = "mailto:tests@localhost"
delay = 0.0
retries = 0
private_addresses = true
[[source]]
name = "qingyuan"
publisher = "清源市民政局"
url = "{url}/jytabl/index.html"
"""


@dataclass
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@dataclass
class Place:
    """A folder with a configuration for a government of the tests."""

    folder: Path
    gov: Gov
    column: Column

    @property
    def config(self) -> Path:
        return self.folder / "replyarc.toml"

    @property
    def archive(self) -> Path:
        return self.folder / "replies.db"

    def run(self, *arguments: str) -> Ran:
        return run("--config", str(self.config), *arguments)


def run(*arguments: str) -> Ran:
    result = CliRunner().invoke(app, list(arguments), prog_name="replyarc")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving() as gov:
        made = Place(tmp_path, gov, Column(letters(4)))
        made.column.publish(gov)
        made.config.write_text(CONFIG.format(url=gov.url), "utf-8")
        yield made


@pytest.fixture
def crawled(place: Place) -> Place:
    assert place.run("-q", "crawl").code == 0
    return place


def test_crawl_prints_a_summary_and_nothing_on_stderr(place: Place) -> None:
    ran = place.run("crawl")
    assert ran.code == 0
    assert "qingyuan" in ran.out
    assert "4 new" in ran.out
    assert str(place.archive) in ran.out
    assert ran.err == ""


def test_a_verbose_crawl_tells_every_step_on_stderr(place: Place) -> None:
    ran = place.run("-v", "crawl")
    assert "qingyuan: 1 page · 2 requests · page 1 of 2" in ran.err
    assert all(letter.title in ran.err for letter in place.column.letters)


def test_a_quiet_crawl_that_went_well_says_nothing(place: Place) -> None:
    ran = place.run("-q", "crawl")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_quiet_crawl_says_what_failed(place: Place) -> None:
    path = place.column.letters[0].path
    place.gov.faults[path] = deque([status(500)])
    ran = place.run("-q", "crawl")
    assert ran.code == 4
    assert ran.out == ""
    assert path in ran.err


def test_crawl_json_is_one_object_with_every_source(place: Place) -> None:
    ran = place.run("crawl", "--json")
    told = json.loads(ran.out)
    (source,) = told["sources"]
    assert told["exit_code"] == 0
    assert told["archive"] == str(place.archive)
    assert (source["source"], source["new"], source["finished"]) == ("qingyuan", 4, True)
    assert source["requests"] == len(place.gov.heard)


def test_a_dry_run_lists_what_it_would_ask_for_and_makes_no_archive(place: Place) -> None:
    ran = place.run("crawl", "--dry-run")
    assert ran.code == 0
    assert all(letter.title in ran.out for letter in place.column.letters)
    assert not place.archive.exists()


def test_a_dry_run_after_a_crawl_has_nothing_to_ask_for(crawled: Place) -> None:
    before = crawled.archive.read_bytes()
    ran = crawled.run("crawl", "--dry-run", "--json")
    assert json.loads(ran.out)["sources"][0]["would_take"] == []
    assert crawled.archive.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "answer", "word"),
    [(4, 500, "500"), (6, 412, "412"), (6, 521, "521")],
)
def test_the_exit_code_says_what_came_of_a_crawl(
    place: Place, code: int, answer: int, word: str
) -> None:
    place.gov.faults[place.column.letters[1].path] = deque([status(answer)])
    ran = place.run("crawl")
    assert ran.code == code
    assert word in ran.out


def test_an_empty_listing_ends_with_5(place: Place) -> None:
    place.gov.pages["/jytabl/index.html"] = b"<html><body></body></html>"
    ran = place.run("crawl")
    assert ran.code == 5
    assert "options.entry" in ran.out or "family" in ran.out


def test_a_second_crawl_at_once_ends_with_7_and_names_the_holder(place: Place) -> None:
    with hold(place.archive):
        ran = place.run("crawl")
    assert ran.code == 7
    assert "process" in ran.err
    assert place.gov.heard == []


def test_only_takes_the_sources_named(place: Place) -> None:
    assert place.run("crawl", "--only", "qingyuan").code == 0
    wrong = place.run("crawl", "--only", "qingyan")
    assert wrong.code == 2
    assert "qingyuan" in wrong.err


def test_a_limit_of_nothing_is_refused(place: Place) -> None:
    assert place.run("crawl", "--limit", "0").code == 2


@pytest.mark.parametrize(
    "key",
    ["990123006/2023-00002", "９９０１２３００６／2023-00002", " 990123006/2023-00002 ", "第002号"],
)
def test_show_finds_a_reply_by_any_spelling_of_its_number(crawled: Place, key: str) -> None:
    ran = crawled.run("show", key)
    assert ran.code == 0
    assert "第002号建议的答复" in ran.out
    assert "顾明远代表：" in ran.out


def test_show_json_has_the_keys_of_the_contract_in_order(crawled: Place) -> None:
    from dataclasses import fields

    from replyarc.model import Reply

    told = json.loads(crawled.run("show", "990123006/2023-00002", "--json").out)
    assert list(told) == [each.name for each in fields(Reply)]
    assert told["index_number"] == "990123006/2023-00002"
    assert told["document_number"] is None
    assert told["addressees"] == ["顾明远"]


def test_show_raw_gives_the_bytes_that_the_site_sent(crawled: Place) -> None:
    letter = crawled.column.letters[0]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "replyarc",
            "--config",
            crawled.config,
            "show",
            letter.title,
            "--raw",
        ],
        capture_output=True,
        check=True,
    )
    assert done.stdout == letter.page()


def test_show_lists_where_several_fit(crawled: Place) -> None:
    ran = crawled.run("show", "建议的答复")
    assert ran.code == 0
    assert all(letter.title in ran.out for letter in crawled.column.letters)
    assert "4 replies fit" in ran.err


def test_show_of_what_is_not_there_names_what_is_near_and_ends_with_10(crawled: Place) -> None:
    ran = crawled.run("show", "990123006/2023-00099")
    assert ran.code == 10
    assert ran.out == ""
    assert "990123006/2023-0000" in ran.err


def test_list_filters(crawled: Place) -> None:
    assert len(json.loads(crawled.run("list", "--json").out)) == 4
    assert len(json.loads(crawled.run("list", "--json", "--number", "2").out)) == 1
    assert len(json.loads(crawled.run("list", "--json", "--limit", "3", "--offset", "2").out)) == 2
    assert len(json.loads(crawled.run("list", "--json", "--since", "2023-05-16").out)) == 2
    assert crawled.run("list", "--kind", "提案").code == 10
    assert "第004号" in crawled.run("list").out


def test_export_to_a_file_is_for_excel(crawled: Place, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    ran = crawled.run("export", "-o", str(target))
    assert ran.code == 0
    body = target.read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert [row["索引号"] for row in rows] == [
        f"990123006/2023-0000{number}" for number in (4, 3, 2, 1)
    ]
    assert "4 replies" in ran.err
    assert ran.out == ""


def test_export_to_stdout_is_raw_and_json_lines_are_the_contracts(crawled: Place) -> None:
    table = crawled.run("export").out
    lines = crawled.run("export", "-f", "jsonl", "--limit", "1").out
    assert table.startswith("id,url,source,title,index_number")
    assert json.loads(lines)["index_number"] == "990123006/2023-00004"


def test_export_replaces_a_file_only_when_told(crawled: Place, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("mine", "utf-8")
    refused = crawled.run("export", "-o", str(target))
    assert (refused.code, target.read_text("utf-8")) == (2, "mine")
    assert crawled.run("export", "-o", str(target), "--force").code == 0
    assert len(target.read_text("utf-8").splitlines()) == 4


def test_export_knows_its_formats(crawled: Place) -> None:
    ran = crawled.run("export", "-f", "docx")
    assert ran.code == 2
    assert "csv" in ran.err


def test_a_closed_pipe_is_silent(crawled: Place) -> None:
    command = f"'{sys.executable}' -m replyarc --config '{crawled.config}' export | head -c 5"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("id,ur", "", 0)


def test_what_a_page_says_is_neither_markup_nor_terminal_control(place: Place) -> None:
    place.column.edit(4, word="[red]养老[/a] \x1b[2J\x9b2J")
    place.column.publish(place.gov)
    assert place.run("-q", "crawl").code == 0
    shown, told = place.run("show", "第004号"), place.run("show", "第004号", "--json")
    assert "[red]养老[/a]" in shown.out
    for out in (shown.out, told.out):
        assert "\x1b" not in out
        assert "\x9b" not in out


def test_no_color_is_heeded(crawled: Place) -> None:
    ran = CliRunner(env={"NO_COLOR": "1", "FORCE_COLOR": None}).invoke(
        app, ["--config", str(crawled.config), "list"]
    )
    assert "\x1b" not in ran.stdout


def test_init_writes_a_configuration_once(tmp_path: Path) -> None:
    target = tmp_path / "new.toml"
    assert run("init", str(target)).code == 0
    written = target.read_text("utf-8")
    again = run("init", str(target))
    assert "[[source]]" in written
    assert again.code == 2
    assert target.read_text("utf-8") == written


def test_init_says_where_it_cannot_write(tmp_path: Path) -> None:
    ran = run("init", str(tmp_path / "none" / "new.toml"))
    assert ran.code == 2
    assert "none" in ran.err


BAD_CONFIGURATIONS = {
    "not TOML": ("[crawl\n", "line 1"),
    "no contact": (CONFIG.replace("contact", "kontakt"), "contact"),
    "no source": (CONFIG.partition("[[source]]")[0], "source"),
    "unknown key": (CONFIG.replace("delay", "dealy"), "Did you mean delay"),
    "bad address": (CONFIG.replace("{url}", "htp://x"), "url"),
    "no such family": (CONFIG + 'family = "TRS"\n', "trs"),
}


@pytest.mark.parametrize(
    ("text", "word"), BAD_CONFIGURATIONS.values(), ids=list(BAD_CONFIGURATIONS)
)
def test_a_bad_configuration_ends_with_3_and_says_where(
    tmp_path: Path, text: str, word: str
) -> None:
    config = tmp_path / "replyarc.toml"
    config.write_text(text.replace("{url}", "http://a.example.gov.cn"), "utf-8")
    ran = run("--config", str(config), "crawl")
    assert ran.code == 3
    assert str(config) in ran.err
    assert word in ran.err


def test_no_configuration_ends_with_3_and_tells_of_init(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("REPLYARC_CONFIG", raising=False)
    ran = run("crawl")
    assert ran.code == 3
    assert "replyarc init" in ran.err


def test_a_file_that_is_no_archive_ends_with_8(place: Place) -> None:
    place.archive.write_bytes(b"a letter, not a database" * 100)
    for command in ("crawl", "list"):
        ran = place.run(command)
        assert ran.code == 8
        assert str(place.archive) in ran.err
    assert place.archive.read_bytes().startswith(b"a letter")


def test_an_archive_of_a_newer_version_ends_with_8(crawled: Place) -> None:
    db = sqlite3.connect(crawled.archive)
    (version,) = db.execute("pragma user_version").fetchone()
    db.execute(f"pragma user_version = {version + 1}")
    db.commit()
    db.close()
    ran = crawled.run("crawl")
    assert ran.code == 8
    assert "newer" in ran.err


def test_reading_without_an_archive_tells_what_makes_one(place: Place) -> None:
    ran = place.run("list")
    assert ran.code == 8
    assert "replyarc crawl" in ran.err


def test_an_archive_may_be_named_without_a_configuration(crawled: Place) -> None:
    ran = run("--archive", str(crawled.archive), "list", "--json")
    assert len(json.loads(ran.out)) == 4


def test_a_full_disk_ends_with_9_and_the_archive_whole(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from replyarc.archive.store import Archive

    large = random.Random(1).randbytes(200_000).hex()
    place.column.edit(1, word=large)
    place.column.publish(place.gov)
    assert place.run("-q", "crawl", "--limit", "2").code == 0
    open_archive = Archive.open

    def cramped(path: Path, *, create: bool = False, **rest: Any) -> Archive:
        archive = open_archive(path, create=create, **rest)
        (pages,) = archive.db.execute("pragma page_count").fetchone()
        archive.db.execute(f"pragma max_page_count = {pages}")
        return archive

    monkeypatch.setattr(Archive, "open", cramped)
    full = place.run("crawl")
    monkeypatch.undo()
    assert full.code == 9
    assert len(json.loads(place.run("list", "--json").out)) >= 2
    assert place.run("crawl").code == 0
    assert len(json.loads(place.run("list", "--json").out)) == 4


def test_help_names_every_command_and_the_exit_codes() -> None:
    ran = run("--help")
    assert ran.code == 0
    for word in ("init", "crawl", "show", "list", "export", "demo", "nothing found"):
        assert word in ran.out


def test_version() -> None:
    from replyarc import __version__
    from replyarc.archive.format import FORMAT

    ran = run("--version")
    told = re.fullmatch(
        r"replyarc (\S+) \(archive format (\d+)\), Python ([\d.]+), SQLite ([\d.]+)\n", ran.out
    )
    assert told is not None
    assert told[1] == __version__
    assert int(told[2]) == FORMAT
    assert told[4] == sqlite3.sqlite_version
    assert ran.err == ""


def test_the_demo_runs_and_clears_away_only_what_a_demo_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    for _ in range(2):
        ran = run("demo", "--folder", str(folder))
        assert ran.code == 0
    for words in (
        "11 new · 1 unchanged",
        "1 changed",
        "1 not there any more",
        "2 new",
        "990123006/2024-00035",
        "另见",
    ):
        assert words in ran.out.replace("\n", "") + ran.err
    assert (folder / "replies.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name in ("show", "list", "search", "reread"):
        for line, _ in examples()[name]:
            _, *command = shlex.split(line.partition(" > ")[0])
            found = run("--config", str(folder / "replyarc.toml"), *command)
            assert found.code == 0 or "'\"" in line, line
    own = tmp_path / "own"
    own.mkdir()
    for name in ("replies.db", "replyarc.toml"):
        (own / name).write_text("mine", "utf-8")
        refused = run("demo", "--folder", str(own))
        assert (refused.code, (own / name).read_text("utf-8")) == (2, "mine")
        assert "which no demo wrote" in refused.err
    (folder / "mine.txt").write_text("mine", "utf-8")
    refused = run("demo", "--folder", str(folder))
    assert refused.code == 2
    assert "mine.txt" in refused.err
    assert (folder / "mine.txt").exists()


def test_a_program_that_is_told_to_end_before_it_began_ends_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from replyarc import __main__

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("replyarc.cli.app.main", interrupted)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")
