"""The help pages and the manual page: true to the declarations, and the same on every terminal."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.cli.app import app, command
from replyarc.cli.commands import COMMANDS, EXIT_CODES, GROUPS
from replyarc.cli.declared import Declared, every, examples
from replyarc.cli.helping import PAGES, WIDTH, page, rendered, write
from replyarc.cli.manual import escaped, manual
from replyarc.cli.values import UNREAD, plainly
from replyarc.screen.ink import cells
from tests.test_cli import run

NAMES = ("replyarc", *COMMANDS)


@pytest.fixture(scope="module")
def said() -> tuple[Declared, ...]:
    return every()


def test_the_pages_are_what_the_declarations_say(
    said: tuple[Declared, ...], request: pytest.FixtureRequest
) -> None:
    written = {path.name: path.read_text("utf-8") for path in PAGES.iterdir()}
    if request.config.getoption("regold"):
        write()
    expected = {f"{each.name}.txt": rendered(each) for each in said}
    assert written == expected | {"replyarc.1": manual(said)}, (
        "options or examples changed: python -m replyarc.cli.helping, and read what it wrote"
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_page_leads_with_examples_and_fits_a_terminal_of_80_columns(name: str) -> None:
    lines = page(name).splitlines()
    assert lines[0].startswith("Usage: replyarc")
    examples, options = lines.index("Examples:"), lines.index
    assert examples < next(at for at, line in enumerate(lines) if line.startswith("Options"))
    assert options("Examples:") <= 6
    own = [line for line in lines if not line.startswith("  replyarc")]  # which nobody may break
    assert [line for line in own if cells(line) > WIDTH] == []
    assert [line for line in lines if cells(line) > 2 * WIDTH or line != line.rstrip()] == []
    assert "<bool>" not in page(name)
    assert not re.search("[│╭\x1b\t]", page(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_the_same_on_every_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("FORCE_COLOR", "1")
    ran = run("-q", "--help") if name == "replyarc" else run("-q", name, "--help")
    assert (ran.code, ran.out, ran.err) == (0, page(name) + "\n", "")


def test_a_switch_has_no_value_and_an_option_says_its_own() -> None:
    shown = page("export")
    assert re.search(r"^  --force +Replace", shown, re.MULTILINE)
    assert re.search(r"^  -f, --format F +", shown, re.MULTILINE)
    assert re.search(r"^  --kind 建议\|提案\|议案 ", shown, re.MULTILINE)
    assert "--kind Kind" not in shown


def test_the_page_of_the_program_names_every_command_and_every_way_to_end() -> None:
    shown = page("replyarc")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", shown, re.MULTILINE)
    for heading in (*GROUPS, "Exit codes", "Environment", "Files"):
        assert f"\n{heading}:\n" in shown
    assert [*EXIT_CODES] == [*"0123456789", "10", "130, 143"]
    assert "REPLYARC_CONFIG" in shown


@pytest.mark.parametrize("name", NAMES)
def test_there_are_two_to_five_examples_and_each_is_understood(name: str) -> None:
    shown = examples()[name]
    assert 2 <= len(shown) <= 5
    for each in shown:
        assert each.gloss
        understood(each.line, None if name == "replyarc" else name)


def understood(line: str, name: str | None) -> None:
    """Let the program read a line as a shell hands it on, up to what the shell does itself."""
    lexer = shlex.shlex(re.sub(r"\s>.*", "", line), posix=True, punctuation_chars="|")
    lexer.whitespace_split = True
    words = [*lexer]
    words = words[: words.index("|")] if "|" in words else words
    assert words[0] == "replyarc"
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    with group.make_context("replyarc", words[1:]) as context:
        rest = [*context._protected_args, *context.args]
        named, found, left = group.resolve_command(context, rest)
        assert found is not None
        assert name in (None, named)
        with found.make_context(cast(str, named), left, parent=context) as made:
            assert made.args == []


def test_minus_h_alone_is_for_help_also_where_it_could_be_a_word() -> None:
    shown = run("search", "-h")
    assert (shown.code, shown.out) == (0, page("search") + "\n")
    searched = run("--archive", "none.db", "search", "-h养老")
    assert searched.code == 8
    assert "Usage" not in searched.out


def test_a_command_loads_neither_another_nor_what_is_slow() -> None:
    loads = (
        "import sys\n"
        "from replyarc.cli.app import app\n"
        "try: app(['-q', 'list', '--help'])\n"
        "except SystemExit: pass\n"
        "loaded = {'pydantic', 'rich', 'httpx', 'selectolax', *OTHERS} & set(sys.modules)\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)\n"
    )
    own = COMMANDS["list"].place.partition(":")[0]
    places = {row.place.partition(":")[0] for row in COMMANDS.values()} - {own}
    others = [f"replyarc.cli.{place}" for place in places]
    done = subprocess.run(
        [sys.executable, "-c", loads.replace("OTHERS", repr(others))],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: replyarc list")


def test_nothing_asked_shows_the_page_and_is_a_usage_error() -> None:
    ran = run()
    assert (ran.code, ran.out, ran.err) == (2, page("replyarc") + "\n", "")


def test_the_manual_page_holds_all_of_it_as_roff(said: tuple[Declared, ...]) -> None:
    text = run("man").out
    assert text == manual(said)
    lines = text.splitlines()
    assert lines[0].startswith(".TH REPLYARC 1")
    orders = {line.partition(" ")[0] for line in lines if line.startswith(".")}
    assert orders == {".TH", ".nh", ".ad", ".SH", ".SS", ".PP", ".TP", ".B"}
    for line in lines:
        assert not line.startswith("'")
        assert line
        words = re.sub(r"^\.[A-Za-z]+", "", line)
        assert set(re.findall(r"\\(?:\(..|.)", words)) <= {*KNOWN}
        assert not re.search(r"(?<!\\)-", words)
    for each in said:
        assert f".SS {escaped(each.usage)}" in lines or each.name == "replyarc"


KNOWN = ("\\-", "\\e", "\\&", "\\(aq", "\\(dq", "\\(ga", "\\(ha", "\\(ti")


@given(st.text(alphabet=" -\\.'\"`^~aé答\n", max_size=20).filter(lambda text: "\n" not in text))
def test_every_text_survives_roff(text: str) -> None:
    told = escaped(text)
    assert not told.startswith((".", "'"))
    assert set(re.findall(r"\\(?:\(..|.)", told)) <= {*KNOWN}
    marks = dict(zip(KNOWN, ("-", "\\", "", "'", '"', "`", "^", "~"), strict=True))
    assert re.sub(r"\\(?:\(..|.)", lambda found: marks[found[0]], told) == text


def option(name: str, of: str = "list") -> Any:
    return next(each for each in command(of).params if name in each.opts)


READ = ("--limit", "--kind", "--since", "--year", "--source")


@settings(max_examples=60)
@given(
    st.text(max_size=6) | st.integers(-3, 3000).map(str) | st.dates().map(str),
    st.sampled_from(READ),
)
def test_a_value_that_is_read_at_once_is_read_as_typer_reads_it(text: str, name: str) -> None:
    param = option(name)
    read = outcome(lambda: plainly(text, param))
    told = outcome(lambda: param.get_runtime_param().coerce(text, param=param, ctx=None))
    assert read in (told, UNREAD)


def outcome(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except typer.BadParameter as error:
        return error.message


def test_plain_values_are_read_at_once() -> None:
    assert plainly("20", option("--limit")) == 20
    assert plainly("0", option("--limit")) is UNREAD
    assert plainly("提案", option("--kind")) == "提案"
    assert plainly("提", option("--kind")) is UNREAD
    assert plainly(None, option("--limit")) is None
    assert plainly(None, option("--only", "crawl")) == ()
    assert plainly(("a", "b"), option("--only", "crawl")) == ("a", "b")
    assert plainly(("a", 1), option("--only", "crawl")) is UNREAD
    assert plainly("2024-05-01", option("--since")) == date(2024, 5, 1)
    assert plainly("名", option("--proposal", "show")) == "名"
    assert plainly(True, option("--gone")) is True
    assert plainly(True, option("--proposal", "show")) is UNREAD


def test_a_path_is_read_at_once_unless_it_is_there_and_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = option("--output", "export")
    for path in (tmp_path, tmp_path / "none", Path("x" * 10_000)):
        assert plainly(str(path), file) == path
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.R_OK)
    assert plainly(str(tmp_path), file) is UNREAD
    assert plainly(3, file) is UNREAD


def test_who_calls_it_from_python_gets_errors_as_errors() -> None:
    program = typer.main.get_command(app)
    with pytest.raises(typer.TyperException):
        program.main(["exprot"], standalone_mode=False)


MISTAKES = {
    "exprot": "replyarc: no command 'exprot'. Did you mean export? `replyarc --help` lists them.",
    "ls": "Did you mean list?",
    "--vresion": "Did you mean --version?",
    "-q": "which command?",
    "show": "`replyarc show --help` shows how",
    "search": "WORD is missing. As in: `replyarc search 养老`",
    "redact x": "--reason is missing. As in: `replyarc redact ",
    "list --publsher x": "replyarc list: no option '--publsher'. Did you mean --publisher?",
    "list --archive x.db": "`replyarc --archive FILE list …`",
    "list -q": "`replyarc -q list …`",
    "list 养老": "To look for words: `replyarc search 养老`",
    "list --limit": "replyarc list: option '--limit' requires an argument. `replyarc list --help`",
    "list --limit 0": "--limit: should be greater than or equal to 1.",
    "list --kind [/a]": "--kind: '[/a]' is not one of '建议', '提案', '议案'.",
    "discover x": "URL: must begin with http:// or https://. Did you mean http://x?",
    "init a b": "more than it takes: b.",
    "[red]\x1b[2J": "no command '[red]\\x1b[2J'.",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_what_is_asked_wrongly_is_told_in_a_line_with_the_way_on(line: str) -> None:
    ran = run(*line.split(" "))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert MISTAKES[line] in ran.err
    assert "`replyarc" in ran.err


def test_a_value_of_ten_thousand_letters_does_not_bury_what_is_said_of_it() -> None:
    for line in (["list", "--kind", "名" * 10_000], ["名" * 10_000], ["list", "名" * 10_000]):
        ran = run(*line)
        assert ran.code == 2
        assert len(ran.err) < 300
        assert "`replyarc" in ran.err


def test_a_question_that_is_left_without_an_answer_ends_as_by_a_signal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asking() -> None:
        raise typer.Abort

    monkeypatch.setattr("replyarc.cli.manual.man", asking)
    assert run("man").code == 130


def test_pages_are_written_once_and_those_of_no_command_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.cli.helping.PAGES", tmp_path)
    (tmp_path / "former.txt").write_text("Usage: replyarc former\n", "utf-8")
    (tmp_path / "list.txt").write_text("Usage: replyarc list\n", "utf-8")
    assert {"former.txt", "list.txt", "replyarc.1"} <= {*write()}
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in PAGES.iterdir()}
    assert write() == []


def test_every_command_has_one_line_on_the_page_of_the_program() -> None:
    assert all(row.summary and cells(row.summary) <= 60 for row in COMMANDS.values())
    assert list(COMMANDS) == [name for rows in GROUPS.values() for name in rows]
