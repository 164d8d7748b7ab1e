"""SECURITY.md: nothing that a site says can move, colour or rename a terminal, nor be markup.

A government that puts what terminals obey into everything it says is crawled by the program itself,
and every command is asked for all that it prints.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from replyarc.screen import terminal
from tests.column import Column, Letter, letters
from tests.gov import Answer, serving, status
from tests.test_cli import Place, Ran

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\u061c\r\x08\x00\x7f\U000e0041"
MARKUP = "[red]红[/red][/a][link=http://a.test]"
WORDS = f"养老{HOSTILE}{MARKUP}服务"
PARTS = st.sampled_from([*HOSTILE, "\n", "\t", "[/a]", "[red]", ":smile:", "养老", "\ud83d", "a"])
TEXTS = st.lists(PARTS, max_size=12).map("".join)
OWN = re.compile(r"\x1b\[[0-9;]*m")
"""What rich itself writes where colour is wanted."""

EVERY = [
    ["list"],
    ["list", "--json"],
    ["search", "养老"],
    ["search", "养老", "--json"],
    ["search", WORDS],
    ["show", "1"],
    ["show", "{id}"],
    ["show", "{id}", "--json"],
    ["show", "{id}", "--why"],
    ["show", "{id}", "--files"],
    ["show", "{id}", "--cite"],
    ["show", "{id}", "--cite-as", "bibtex"],
    ["show", "{id}", "--cite", "--json"],
    ["show", "{id}", "--history"],
    ["show", "{id}", "--history", "--json"],
    ["show", WORDS],
    ["inspect", "{page}"],
    ["inspect", "{page}", "--json"],
    ["check"],
    ["check", "--json"],
    ["check", WORDS],
    ["crawl", "--full"],
    ["crawl", "--dry-run", "--full"],
    ["-v", "crawl", "--full"],
    ["crawl", "--full", "--json"],
    ["reread", "--dry-run"],
    ["status"],
    ["status", "--json"],
    ["verify"],
    ["discover", "{home}"],
    ["import", "--dry-run", "{folder}"],
    ["redact", "{id}", "--reason", "x", "--dry-run"],
    ["merge", "--dry-run", "{folder}"],
]


@dataclass(frozen=True)
class Owning(Letter):
    """A letter whose every word a terminal would obey."""

    @property
    def title(self) -> str:
        return f"清源市民政局关于市八届人大二次会议第{self.number:03}号建议{WORDS}的答复"

    def page(self) -> bytes:
        links = f'<p><a href="/{HOSTILE}.pdf">附件{WORDS}</a></p><p>{WORDS}：{WORDS}</p>'
        return (
            super().page().replace(b"<p>\xe6\xb8\x85", links.encode("utf-8") + b"<p>\xe6\xb8\x85")
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A crawled government: one letter fails, one redirects, and all of it is hostile."""
    folder = tmp_path_factory.mktemp("owning")
    with serving() as gov:
        ours = [Owning(each.number, each.day, word=WORDS) for each in letters(4)]
        made = Place(folder, gov, Column(list(ours)))
        made.column.publish(gov)
        gov.pages["/"] = f"<a href='/jytabl/index.html'>建议提案{WORDS}</a>".encode()
        gov.faults[ours[0].path] = deque([status(500, {"X": "\x9b2J"}, WORDS.encode())] * 9)
        moved = Answer(302, {"Location": f"http://a.test/{WORDS[:2]}\u202e\x9b"}, b"")
        gov.pages[ours[1].path] = moved
        made.config.write_text(
            "[crawl]\ncontact = 'mailto:tests@localhost'\ndelay = 0.0\nretries = 0\n"
            "private_addresses = true\n[[source]]\nname = 'qingyuan'\npublisher = '清源市民政局'\n"
            f"url = '{gov.url}/jytabl/index.html'\n",
            "utf-8",
        )
        made.run("-q", "crawl")
        _tamper(made.archive)
        (folder / "saved").mkdir()
        (folder / "saved" / "page\x1b[2J\u202e.html").write_bytes(b"\x00\x01")
        (folder / "saved" / "1.html").write_bytes(ours[3].page())
        yield made


def _tamper(archive: Path) -> None:
    """Write into an archive what no page brings into it: a stranger may have made it."""
    with closing(sqlite3.connect(archive)) as db, db:
        for table, columns in {
            "replies": ("title", "text", "url", "publisher", "signature", "index_number"),
            "entries": ("title", "problem"),
            "sources": ("family",),
        }.items():
            for column in columns:
                db.execute(f"update {table} set {column} = coalesce({column}, '') || ?", [WORDS])


def told(place: Place, arguments: list[str]) -> Ran:
    """Run a command with what its gaps stand for."""
    shown = json.loads(place.run("list", "--json").out)[0]
    gaps = {
        "{id}": shown["id"],
        "{page}": str(place.folder / "saved" / "1.html"),
        "{folder}": str(place.folder / "saved"),
        "{home}": place.gov.url + "/",
    }
    return place.run(*(gaps.get(each, each) for each in arguments))


@pytest.mark.parametrize("arguments", EVERY, ids=lambda each: " ".join(each).replace(WORDS, "…"))
def test_no_command_prints_what_a_terminal_obeys(place: Place, arguments: list[str]) -> None:
    ran = told(place, arguments)

    assert ran.out or ran.err
    for printed in (ran.out, ran.err):
        found = UNSAFE.search(OWN.sub("", printed))
        assert found is None, repr(printed[max(0, found.start() - 80) : found.end() + 20])


def test_the_hostile_words_did_come_and_stand_there_as_they_are(place: Place) -> None:
    listed, shown = place.run("list").out, told(place, ["show", "{id}"]).out

    assert "[/a]" in "".join(listed.split())
    assert "[red]红[/red]" in "".join(shown.split())


@settings(max_examples=50)
@given(text=TEXTS, terminal_is_there=st.booleans())
def test_whatever_is_drawn_is_drawn_plain(text: str, terminal_is_there: bool) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return terminal_is_there

    out, table = Stream(), Table(title=text)
    table.add_column(text)
    table.add_row(text)
    terminal.console(out).print(text, Text(text, style="red"), Panel(text), table)

    assert not UNSAFE.search(OWN.sub("", out.getvalue()))
    assert not re.search(r"\x1b\[\d*;?31m红", out.getvalue())


@settings(max_examples=50)
@given(TEXTS)
def test_what_is_said_on_stderr_is_plain_and_no_markup(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        err = io.StringIO()
        patch.setattr("sys.stderr", err)
        terminal.say(text)
    assert err.getvalue().split() == terminal.plain(text).split()
    assert not UNSAFE.search(err.getvalue())


@settings(max_examples=50)
@given(st.lists(TEXTS) | st.dictionaries(TEXTS, TEXTS))
def test_json_shows_no_control_and_reads_back(value: object) -> None:
    printed = terminal.json_text(value)
    assert json.loads(printed) == value
    assert not UNSAFE.search(printed)


def test_words_that_have_no_width_are_shown_too() -> None:
    hidden = "a\u00ad\u061c\u180e\u200b\ufff9\U000e0041b"
    assert terminal.plain(hidden).isascii()
    assert json.loads(terminal.json_text(hidden)) == hidden


def test_no_file_is_named_by_a_site(place: Place) -> None:
    before = {each.name for each in Path(place.folder).iterdir()}
    place.run("-q", "crawl", "--full")
    ours = {"replyarc.toml", "replies.db", "saved", "replies.db.lock"}
    after = {each.name for each in Path(place.folder).iterdir()}
    assert {name for name in before | after if not name.startswith("replies.db")} <= ours
    assert before == after
