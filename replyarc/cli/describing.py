"""``datasette``: what Datasette is to show."""

from __future__ import annotations

import shlex
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from replyarc.cli.invocation import Invocation, ask_to_replace

STDOUT = Path("-")


def datasette(
    ctx: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Else datasette.yaml beside the archive; - is stdout.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a datasette.yaml with which Datasette shows titles, facets and a search in Chinese.

    It says on stderr how to start Datasette with it.
    """
    from replyarc.export.file import placed
    from replyarc.screen.terminal import say

    invocation: Invocation = ctx.obj
    path = invocation.archive_path()
    target = out or path.with_name("datasette.yaml")
    if target != STDOUT and target.exists() and not force:
        ask_to_replace(target)
    text = _text(path)
    if target == STDOUT:
        sys.stdout.write(text)
        target = Path("datasette.yaml")
    else:
        placed(target, lambda file: file.write(text.encode()))
    if not invocation.quiet:
        say(f"Now: {_start(path, target)}")
        say("Datasette 1.0 wants the file twice: -c and -m.")


def _text(path: Path) -> str:
    """Return what Datasette is told of an archive, as YAML."""
    from replyarc.archive.describing import aids, describe, descriptions, outdated
    from replyarc.archive.lock import hold
    from replyarc.archive.questions import QUESTIONS
    from replyarc.archive.store import Archive
    from replyarc.export.datasette import configuration, written

    with Archive.open(path, read_only=True) as archive:
        hidden = aids(archive.db)
        lacks = outdated(archive.db)
    if lacks:  # the views that Datasette is told of, or some of them
        with hold(path), Archive.open(path) as archive, archive.transaction() as db:
            describe(db)
    described = [
        (line.table_name, line.column_name, line.heading, line.meaning) for line in descriptions()
    ]
    queries = {name: asdict(question) for name, question in QUESTIONS.items()}
    return "\n".join([*written(configuration(path.stem, described, hidden, queries)), ""])


def _start(path: Path, target: Path) -> str:
    """Return the command that starts Datasette."""
    from replyarc.export.datasette import SETTINGS

    settings = " ".join(f"--setting {name} {value}" for name, value in SETTINGS.items())
    return f"datasette {shlex.quote(str(path))} -m {shlex.quote(str(target))} {settings}"
