"""Every command that docs/unattended.md shows is one that replyarc understands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import cast

import pytest
import typer

from replyarc.cli.app import app
from replyarc.cli.attending import MEANINGS

DOCUMENT = (Path(__file__).parent.parent / "docs" / "unattended.md").read_text("utf-8")

SHOWN = re.compile(r"^(?:- run: |\s*- run: )?(replyarc .*)$|`(replyarc [^`]*)`", re.MULTILINE)

COMMANDS = sorted({line[1] or line[2] for line in SHOWN.finditer(DOCUMENT)})


def words(line: str) -> list[str]:
    """Return the words of a command as a shell has them, up to what it does with the output."""
    lexer = shlex.shlex(re.sub(r"\s2?>.*", "", line), posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    return list(lexer)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_document_is_understood(line: str) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    name, *rest = words(line)
    assert name == "replyarc"
    if rest == ["--version"]:
        return
    with group.make_context("replyarc", rest, resilient_parsing=False) as context:
        arguments = [*context._protected_args, *context.args]  # what no option took
        command, found, left = group.resolve_command(context, arguments)
        assert found is not None
        with found.make_context(cast(str, command), left, parent=context) as understood:
            assert understood.args == []


def test_the_document_says_of_every_way_to_end_a_crawl_what_it_asks_for() -> None:
    table = DOCUMENT.partition("| exit code | means | what to do |")[2].partition("\n\n")[0]
    codes = re.findall(r"^\| ([0-9, ]+) \|", table, re.MULTILINE)
    assert [int(code) for row in codes for code in row.split(", ")] == list(MEANINGS)
