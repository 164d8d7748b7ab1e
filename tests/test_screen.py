"""What a person sees: all of it, and nothing that a page says moves the terminal."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from replyarc.model import Entry, Outcome
from replyarc.report import Report, Tally, Walked
from replyarc.screen import progress, reports, terminal


def drawn(part: RenderableType, width: int = 100) -> str:
    out = io.StringIO()
    Console(file=out, width=width, markup=False, emoji=False).print(part)
    return out.getvalue()


@given(st.text())
def test_what_is_shown_has_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = terminal.plain(text)
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in shown)
    assert not any(0x7F <= ord(letter) < 0xA0 for letter in shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_reads_back_as_it_was_and_has_no_control(value: object) -> None:
    text = terminal.json_text(value)
    assert json.loads(text) == value
    assert not any(ord(letter) < 32 and letter != "\n" for letter in text)
    assert "\x9b" not in text


def test_a_summary_says_what_went_well_and_what_did_not() -> None:
    report = Report(
        source="a",
        family="trs",
        pages=1,
        listed=3,
        requests=2,
        listings=[Walked(url="http://x/", family="trs", pages=1, announced=9)],
        tally=Tally(archived=3, failed=7, pending=5, unread=1, left_out={"other host": 2}),
    )
    report.outcomes.update({Outcome.NEW: 1200, Outcome.FAILED: 7})
    report.left_out.update({"other host": 1, "navigation": 40})
    report.unread_labels["公文种类"] = 4
    report.problems += [f"http://x/{n}: 503" for n in range(7)]
    report.findings.append("announces 9")
    report.blocked = "412"
    report.would_take.append(Entry("http://x/9", "题目[/b]"))
    told = drawn(reports.summary([report, Report(source="b", finished=True)], "replies.db"), 160)
    for words in (
        "✗ a  trs · 1 page · announced 9 · archived 3 · failed 7 · to ask 5 · kept unread 1 · "
        "left out 2 (other host) · 1,200 new · 2 requests",
        "blocked: 412",
        "finding: announces 9",
        "failed: http://x/4: 503",
        "… and 2 more (--json lists all)",
        "unread labels: 公文种类 ×4",
        "would ask: http://x/9  题目[/b]",
        "✓ b",
        "nothing new",
        "archive: replies.db",
    ):
        assert words in told
    assert "http://x/5" not in told


def test_a_summary_counts_what_is_gone_and_what_was_put_aside() -> None:
    report = Report(source="a", family="trs", pages=1, gone_for_good=2, finished=True)
    report.outcomes.update({Outcome.ASIDE: 1, Outcome.GONE: 3})
    told = drawn(reports.summary([report], "replies.db"), 160)
    assert "1 put aside · 3 not there any more · 2 confirmed to be gone" in told


def test_an_unfinished_walk_says_that_the_next_goes_on() -> None:
    told = drawn(reports.summary([Report(source="a", family="trs", pages=2)], "replies.db"))
    assert "… a" in told
    assert "the next crawl goes on from here" in told


def test_progress_draws_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, drawn_there in ((io.StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        with progress.Progressing(quiet=False) as drawing:
            drawing.watch(Report(source="qingyuan", pages=2), "题目\x1b[2J")
            drawing.wait("mzj.gov.test", 30, "429")
            drawing.watch(Report(source="qingyuan", pages=2), "")
        assert ("qingyuan" in stream.getvalue() or "mzj" in stream.getvalue()) is drawn_there
        assert "\x1b[2J题" not in stream.getvalue()


def test_a_long_line_of_progress_leaves_room_for_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    with progress.Progressing(quiet=False) as drawing:
        drawing.watch(Report(source="qingyuan"), "关于加强养老服务的建议的答复" * 4)
        drawing.wait("mzj.qingyuan.gov.test", 30, "no connection " * 20)
    lines = [line for line in stream.getvalue().split("\n") if "no connection" in line]
    assert lines
    assert [line for line in lines if "⠋" not in line or ".gov.test" not in line] == []


def test_a_wait_has_a_line_while_it_lasts_and_only_if_it_is_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr("replyarc.screen.progress.time.monotonic", lambda: now[0])
    drawing = progress.Progressing(quiet=False)

    def shown() -> list[str]:
        return [each.description for each in drawing._lines.tasks if each.visible]

    drawing.wait("first.gov.test", 2, "between requests")
    drawing.wait("short.gov.test", 2, "between requests")
    assert shown() == ["first.gov.test"]  # or nothing at all would be seen
    drawing.wait("long.gov.test", 30, "429")
    now[0] += 3
    drawing.watch(Report(source="wanghu"), "")
    assert shown() == ["long.gov.test"]
    now[0] += 31
    drawing.watch(Report(source="qingyuan"), "page 1 of 2")
    assert shown() == ["qingyuan"]


def test_a_file_gets_no_blanks_at_the_ends_of_lines() -> None:
    stream = io.StringIO()
    report = Report(source="a", family="trs", problems=["the site answers 500 " * 20])
    terminal.console(stream).print(reports.summary([report], "replies.db"))
    lines = stream.getvalue().split("\n")
    assert len(lines) > 3
    assert [line for line in lines if line != line.rstrip()] == []


def test_what_is_said_after_a_table_stands_behind_it_where_both_go_to_one_file() -> None:
    shown = "terminal.show(Text('a table')); terminal.say('archive: replies.db')"
    program = f"from rich.text import Text; from replyarc.screen import terminal; {shown}"
    ran = subprocess.run(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert ran.stdout.decode() == "a table\narchive: replies.db\n"


def test_a_message_is_one_line_however_long(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say("长" * 300 + " [/a] \x1b[2J")
    assert capsys.readouterr().err == "长" * 300 + " [/a] \\x1b[2J\n"


def test_a_table_in_a_file_is_as_wide_as_columns_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert terminal.console(io.StringIO()).width == 60
    monkeypatch.delenv("COLUMNS")
    assert terminal.console(io.StringIO()).width == 160
