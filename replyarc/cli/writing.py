"""``export``: writes replies into a file or to stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from replyarc.archive.query import Query
from replyarc.cli.filters import filtered
from replyarc.cli.invocation import NOTHING_FOUND, Invocation, complain
from replyarc.export.formats import FORMATS, Headers, Profile


@filtered
def export(
    ctx: typer.Context,
    query: Query,
    to: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="F", help="csv, jsonl; else by the file's name."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else stdout.")
    ] = None,
    profile: Annotated[
        Profile | None,
        typer.Option(help="excel (the default for a .csv file) opens well; raw loses nothing."),
    ] = None,
    headers: Annotated[
        Headers | None, typer.Option(help="Headings; excel has zh, raw has en.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write replies, newest first, as a table (csv) or as lines of JSON (jsonl)."""
    invocation: Invocation = ctx.obj
    name = to or (out.suffix.lstrip(".").lower() if out else "csv")
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise typer.BadParameter(f"{name!r} is none of: {known}", param_hint="--format")
    if out and out.exists() and not force:
        _ask_to_replace(out)
    chosen = profile or (Profile.EXCEL if out else Profile.RAW)
    if not _write(invocation, query, out, (name, chosen, headers)):
        complain("no reply fits.")
        raise typer.Exit(NOTHING_FOUND)


def _write(
    invocation: Invocation,
    query: Query,
    out: Path | None,
    how: tuple[str, Profile, Headers | None],
) -> int:
    """Write replies to a file, else to stdout; return how many."""
    from replyarc.archive.store import Archive
    from replyarc.export.file import write_file, write_stream
    from replyarc.screen.terminal import say

    name, profile, headers = how
    with Archive.open(invocation.archive_path(), read_only=True) as archive:
        replies = archive.replies(query)
        if out is None:
            return write_stream(sys.stdout.buffer, name, replies, profile, headers)
        written = write_file(out, name, replies, profile, headers)
    if not invocation.quiet:
        say(f"{out}: {written.rows:,} replies, sha256 {written.sha256}")
    return written.rows


def _ask_to_replace(path: Path) -> None:
    """Return if the person at the terminal lets us replace a file; a script is told of --force."""
    if not (sys.stdin.isatty() and typer.confirm(f"{path} exists. Replace it?", err=True)):
        complain(f"{path}: exists already. Give --force to replace it.")
        raise typer.Exit(2)
