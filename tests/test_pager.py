"""Paging: on a terminal only, by the person's own pager, and no trouble with any of them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from replyarc.screen import pager
from replyarc.screen.ink import Line
from replyarc.screen.pager import paper, raw
from tests.eight import eight
from tests.test_cli import run

LINES: list[Line] = [(("养老", "bold"), (" 服务  ", ""))]
PLAIN = "养老 服务\n"
INKED = "\x1b[1m养老\x1b[0m 服务  \n"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def seated(monkeypatch: pytest.MonkeyPatch, out: io.StringIO, keys: io.StringIO) -> None:
    """Let the pager have these for stdout and stdin; pytest changes those of the program."""
    monkeypatch.setattr("replyarc.screen.pager.sys", SimpleNamespace(stdout=out, stdin=keys))


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal with a person at it."""
    out = Terminal()
    seated(monkeypatch, out, Terminal())
    monkeypatch.setenv("TERM", "xterm")
    for name in ("LESS", "LESSCHARSET", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    return out


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Put a program that writes down what it gets where programs are looked for."""

    def make(name: str, does: str = "cat") -> Path:
        program, got = tmp_path / name, tmp_path / "got"
        program.write_text(f'#!/bin/sh\necho "$LESS,$LESSCHARSET" > {got}.env\n{does} > {got}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return got

    return make


pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no paging on Windows")


def test_less_gets_it_in_colours_with_the_options_that_show_them(
    screen: Terminal, made: Callable[..., Path]
) -> None:
    got = made("less")
    with paper() as on:
        on.write(LINES)
    assert got.read_text("utf-8") == INKED
    assert Path(f"{got}.env").read_text().strip() == "FRX,utf-8"
    assert screen.getvalue() == ""


def test_own_settings_of_less_are_kept_and_no_color_is_heeded(
    screen: Terminal, made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    got = made("less")
    monkeypatch.setenv("LESS", "-M")
    monkeypatch.setenv("NO_COLOR", "1")
    with paper() as on:
        on.write(LINES)
    assert got.read_text("utf-8") == PLAIN
    assert Path(f"{got}.env").read_text().strip() == "-R -M,utf-8"


def test_another_pager_gets_it_plain(
    screen: Terminal, made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    got = made("leaf")
    monkeypatch.setenv("PAGER", "leaf --slowly 'a b'")
    with paper() as on:
        on.write(LINES)
    assert (got.read_text("utf-8"), screen.getvalue()) == (PLAIN, "")


@pytest.mark.parametrize("named", ["", " ", "cat", "no-such-program", "'", "/"])
def test_without_a_pager_it_goes_to_the_terminal(
    screen: Terminal, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", named)
    with paper() as on:
        on.write(LINES)
    assert screen.getvalue() == INKED


def test_where_nobody_turns_pages_there_is_none(
    screen: Terminal, made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    got = made("less")
    with paper(paging=False) as on:
        on.write(LINES)
    monkeypatch.setenv("TERM", "dumb")
    with paper() as on:
        on.write(LINES)
    monkeypatch.setenv("TERM", "xterm")
    seated(monkeypatch, screen, io.StringIO())
    with paper() as on:
        on.write(LINES)
    seated(monkeypatch, out := io.StringIO(), Terminal())
    with paper() as on:
        on.write(LINES)
    assert not got.exists()
    assert screen.getvalue() == INKED + PLAIN + INKED
    assert out.getvalue() == PLAIN


def test_there_is_none_on_windows(screen: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("replyarc.screen.pager.os", SimpleNamespace(name="nt"))
        there = pager._someone_reads({"TERM": "xterm"})
    assert (there, pager._someone_reads({"TERM": "xterm"})) == (False, True)


def test_a_pager_that_is_left_early_ends_the_writing_and_nothing_else(
    screen: Terminal, made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    got = made("leaf", "head -n 1")
    monkeypatch.setenv("PAGER", "leaf")
    written = 0
    with paper() as on:
        for _ in range(1_000_000):
            on.write(LINES)
            written += 1
    assert got.read_text("utf-8") == PLAIN
    assert written < 1_000_000


def test_a_pager_that_quits_at_once_is_no_error(
    screen: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "false")
    with paper() as on:
        on.write(LINES)
    assert screen.getvalue() == ""


def test_an_interruption_leaves_the_pager_what_it_has_and_goes_on_up(
    screen: Terminal, made: Callable[..., Path]
) -> None:
    got = made("less")

    def interrupted() -> None:
        with paper() as on:
            on.write(LINES)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert got.read_text("utf-8") == INKED


def test_the_list_goes_through_it_and_is_counted_though_it_is_left(
    screen: Terminal,
    made: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    eight(tmp_path / "a.db").close()
    got = made("less")
    monkeypatch.setenv("COLUMNS", "30")
    ran = run("--archive", str(tmp_path / "a.db"), "list")
    assert (ran.code, ran.out, ran.err, screen.getvalue()) == (0, "", "8 replies\n", "")
    assert got.read_text("utf-8").count("\n") > 30
    ran = run("--archive", str(tmp_path / "a.db"), "list", "--no-pager")
    assert "fmq4g2j3w35p" in screen.getvalue()
    made("less", "head -n 1")
    monkeypatch.setattr("replyarc.screen.tables.FIRST", 1)
    ran = run("--archive", str(tmp_path / "a.db"), "list")
    assert (ran.code, ran.out, ran.err) == (0, "", "8 replies\n")


def test_csv_for_a_terminal_shows_what_it_might_obey() -> None:
    out = Terminal()
    raw(out).write("养老\x1b[2J\u202e\r\n".encode())
    assert out.getvalue() == "养老\\x1b[2J\\u202e\n"


def test_csv_in_a_pipe_is_left_as_it_is(tmp_path: Path) -> None:
    eight(tmp_path / "a.db").close()
    shown = run("--archive", str(tmp_path / "a.db"), "list", "--csv").out
    assert "=cmd|" in shown
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    assert raw(out) is out.buffer
