"""The tutorial is what happens: every command of it is run, and prints what it shows."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.column import Column, letters
from tests.gov import Gov
from tests.test_cli import run

DOCUMENT = (Path(__file__).parent.parent / "docs" / "first-archive.md").read_text("utf-8")
HOST = "http://mzj.qingyuan.example.gov.cn"


def steps() -> Iterator[tuple[str, str]]:
    """Yield the blocks of the document, each with its language."""
    for found in re.finditer(r"^```(\w+)\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL):
        yield found[1], found[2]


def commands(block: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the commands of a block, each with the lines that it is shown to print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield shlex.split(command), shown


def execute(words: list[str], shown: list[str]) -> None:
    name, *rest = words
    if name == "cd":
        os.chdir(rest[0])
    elif name == "mkdir":
        Path(rest[0]).mkdir()
    else:
        assert name == "replyarc"
        ran = run(*rest)
        assert ran.code == 0, (words, ran.err)
        at = 0
        for line in shown:
            found = (ran.out + ran.err).find(line, at)
            assert found >= 0, (words, line, ran.out + ran.err)
            at = found + len(line)


def test_every_command_of_the_tutorial_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gov: Gov
) -> None:
    monkeypatch.chdir(tmp_path)
    Column(letters(7)).publish(gov)
    run_commands = 0
    for language, block in steps():
        if language == "toml":
            here = block.replace(HOST, gov.url).replace(
                "[crawl]", "[crawl]\ndelay = 0.0\nprivate_addresses = true"
            )
            assert gov.url in here
            Path("replyarc.toml").write_text(here, "utf-8")
        for words, shown in commands(block):
            execute(words, shown)
            run_commands += 1
    assert run_commands > 20
    assert {"all.csv", "all.jsonl", "public.csv", "first.csv"} <= {
        path.name for path in (tmp_path / "replyarc-demo").iterdir()
    }
    assert "0999-5550121" not in (tmp_path / "replyarc-demo" / "public.csv").read_text("utf-8-sig")
    assert run("--archive", "replies.db", "list").out.count("清源市民政局关于市八届") == 7
