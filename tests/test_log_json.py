"""The log of a crawl for machines (``crawl --log-format json``)."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive.lock import hold
from replyarc.report import Report
from replyarc.screen.journal import Journal, line_of
from tests.column import Column, Letter, letters
from tests.gov import serving, status
from tests.test_cli import CONFIG, Place

DOCUMENT = Path(__file__).parent.parent / "docs" / "unattended.md"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving() as gov:
        made = Place(tmp_path, gov, Column(letters(2)))
        made.column.publish(gov)
        made.config.write_text(CONFIG.format(url=gov.url), "utf-8")
        yield made


def events(text: str) -> list[dict[str, Any]]:
    """Read a log; every line of it has to be an event."""
    read = [json.loads(line) for line in text.split("\n")[:-1]]
    assert text.endswith("\n")
    for each in read:
        assert each["schema"] == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each["at"])
        assert each["level"] in ("debug", "info", "warning", "error")
    return read


def log(place: Place, *options: str, code: int = 0) -> list[dict[str, Any]]:
    before = [each for each in options if each in ("-q", "-v")]
    after = [each for each in options if each not in before]
    ran = place.run(*before, "crawl", "--log-format", "json", *after)
    assert ran.code == code
    return events(ran.err) if ran.err else []


def named(told: list[dict[str, Any]]) -> list[str]:
    return [each["event"] for each in told]


def test_a_crawl_is_told_event_by_event(place: Place) -> None:
    told = log(place)
    assert named(told) == ["begin", "page", "walked", "end", "done"]
    begin, page, walked, end, done = told
    assert (begin["archive"], begin["sources"]) == (str(place.archive), ["qingyuan"])
    assert (page["source"], page["page"]) == ("qingyuan", 1)
    assert walked["source"] == "qingyuan"
    assert (end["source"], end["new"], end["archived"], end["level"]) == ("qingyuan", 2, 2, "info")
    assert (done["exit_code"], done["meaning"]) == (0, "done")
    assert done["requests"] == end["requests"] == len(place.gov.asked)


def test_every_step_is_told_where_it_is_verbose(place: Place) -> None:
    told = log(place, "-v")
    titles = [each["title"] for each in told if each["event"] == "entry"]
    assert titles == [each.title for each in letters(2)]


def test_only_what_went_wrong_is_told_where_it_is_quiet(place: Place) -> None:
    assert log(place, "-q") == []
    place.gov.faults["/jytabl/index.html"] = deque([status(403)])
    told = log(place, "-q", code=6)
    assert [(each["event"], each["level"]) for each in told] == [
        ("blocked", "warning"),
        ("done", "warning"),
    ]
    assert "403" in told[0]["text"]
    assert told[1]["exit_code"] == 6


def test_the_variable_says_it_too(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLYARC_LOG_FORMAT", "json")
    assert named(events(place.run("crawl").err))[-1] == "done"
    monkeypatch.setenv("REPLYARC_LOG_FORMAT", "text")
    assert place.run("crawl").err == ""


def test_the_summary_stays_on_stdout(place: Place) -> None:
    ran = place.run("crawl", "--log-format", "json", "--json")
    assert json.loads(ran.out)["exit_code"] == 0
    assert named(events(ran.err))[-1] == "done"


def test_what_a_person_is_told_becomes_an_event(place: Place) -> None:
    with serving() as gone:
        url = gone.url
    told = log(place, "--ping", url + "/geheim")
    notes = [each for each in told if each["event"] == "note"]
    assert [each["level"] for each in notes] == ["warning", "warning"]
    assert notes[0]["text"].startswith("--ping: ")
    assert "geheim" not in str(told)


@pytest.mark.parametrize(
    ("config", "options", "code", "said"),
    [("[crawl]\ncontact = 1\n", [], 3, "crawl.contact"), ("", ["--only", "x"], 2, "x"),
     ("", ["--ping", "x"], 2, "--ping")],
    ids=["configuration", "unknown source", "no address"],
)  # fmt: skip
def test_an_error_is_one_event_and_the_end_another(
    place: Place, config: str, options: list[str], code: int, said: str
) -> None:
    if config:
        place.config.write_text(config, "utf-8")
    error, done = log(place, *options, code=code)
    assert (error["event"], error["level"]) == ("error", "error")
    assert said in error["text"]
    assert (done["event"], done["exit_code"]) == ("done", code)


def test_an_archive_that_is_held_is_an_error(place: Place) -> None:
    with hold(place.archive):
        told = log(place, code=7)
    assert named(told) == ["error", "done"]
    assert f"process {os.getpid()}" in told[0]["text"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_stdout_is_an_error_and_nothing_else_is_said(place: Place) -> None:
    command = [sys.executable, "-m", "replyarc", "--config", str(place.config), "-q", "crawl"]
    with Path("/dev/full").open("w") as full:
        options = ["--json", "--log-format", "json"]
        ran = subprocess.run([*command, *options], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (named(events(ran.stderr)), ran.returncode) == (["error", "done"], 9)


def test_a_bug_is_an_event_with_its_traceback(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.crawl.Walk", None)
    told = log(place, code=1)
    assert named(told) == ["begin", "error", "done"]
    assert "TypeError" in told[1]["text"]
    assert "Traceback" in told[1]["traceback"]


def test_a_page_that_writes_controls_is_one_line_of_json(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = "\u202e清源市\u2066民政局\u200b关于市八届人大二次会议第001号建议的答复{\\n}&quot;"
    monkeypatch.setattr(Letter, "title", property(lambda letter: f"{bad}{letter.number}"))
    place.column.publish(place.gov)
    ran = place.run("-v", "crawl", "--log-format", "json")
    titles = [each["title"] for each in events(ran.err) if each["event"] == "entry"]
    assert [each.endswith('{\\n}"1') for each in titles] == [False, True]
    assert ran.err.replace("\n", "").isprintable()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-8"])
@given(text=st.text(st.characters(), max_size=40))  # lone surrogates are among them
def test_whatever_a_text_holds_a_line_is_json_in_every_encoding(encoding: str, text: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding, errors="backslashreplace", newline="\n")
    Journal(stream).write("info", "note", text=text)
    line = raw.getvalue()
    assert line.count(b"\n") == 1
    assert line.decode(encoding)[:-1].isprintable()
    assert json.loads(line.decode(encoding))["text"] == text


def test_chinese_stays_readable_where_it_can_be_written() -> None:
    assert line_of({"title": "清源市 答复"}) == '{"title": "清源市 答复"}'
    assert "清" not in line_of({"title": "清源市"}, ascii_only=True)


def test_a_line_is_written_at_once_and_whole() -> None:
    class Stream(io.StringIO):
        written: list[str] = []  # noqa: RUF012  of one object only

        def write(self, text: str) -> int:
            self.written.append(text)
            return len(text)

    stream = Stream()
    Journal(stream).write("info", "note", text="建议" * 9_000)
    assert len(stream.written) == 1


def test_a_reader_that_goes_away_ends_no_crawl() -> None:
    class Broken(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    journal = Journal(Broken())
    journal.write("info", "note", text="x")
    journal.line("replyarc: y")
    assert journal.__enter__() is journal


def test_what_went_wrong_is_told_once_and_as_soon_as_it_is_known() -> None:
    stream = io.StringIO()
    journal, report = Journal(stream, verbose=True), Report(source="qingyuan")
    report.problems.append("one")
    journal.watch(report, "a letter")
    journal.watch(report, "another")
    report.problems.append("two")
    report.findings.append("three")
    report.rests = "its window is shut"
    report.pages = 3
    journal.watch(report, "page 3 of ?")
    journal.wait("q.gov.test", 40.04, "as its Retry-After asks")
    journal.wait("q.gov.test", 2.0, "between requests")
    journal.end(report)
    told = events(stream.getvalue())
    assert named(told) == [
        "problem", "entry", "entry", "finding", "problem", "rests", "page", "wait", "wait", "end",
    ]  # fmt: skip
    assert [each.get("text") for each in told[:6]] == [
        "one", None, None, "three", "two", "its window is shut",
    ]  # fmt: skip
    assert told[6]["pages"] is None
    assert told[7] | {"at": "", "schema": 1} == {
        "schema": 1, "at": "", "level": "info", "event": "wait", "host": "q.gov.test",
        "seconds": 40.0, "why": "as its Retry-After asks",
    }  # fmt: skip
    assert told[8]["level"] == "debug"


def test_every_line_on_stderr_becomes_an_event_whoever_writes_it() -> None:
    stream = io.StringIO()
    journal = Journal(stream)
    with journal.taking_stderr():
        sys.stderr.write("replyarc: one\nt")
        sys.stderr.write("wo\n\n\x1b[31mthree\x1b[0m")
    told = [(each["level"], each["text"]) for each in events(stream.getvalue())]
    assert told == [("warning", "one"), ("info", "two"), ("info", "three")]


def test_every_event_is_in_the_document() -> None:
    table = DOCUMENT.read_text("utf-8").partition("| event | level |")[2].partition("\n\n")[0]
    known = "begin page entry wait walked finding blocked rests problem end note error done"
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(known.split())
