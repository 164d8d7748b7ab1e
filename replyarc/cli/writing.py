"""``export``: writes replies, or an archive, into a file or to stdout."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from replyarc.archive.query import Query
from replyarc.cli.filters import filtered
from replyarc.cli.invocation import NOTHING_FOUND, Invocation, ask_to_replace, complain
from replyarc.export.formats import FORMATS, ArchiveFormat, format_of
from replyarc.export.tables import Headers, Profile, Style

_Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", metavar="F", help=f"{', '.join(FORMATS)}; else by the file's name."
    ),
]
_Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Else stdout; a warc or bundle gets a file here, or in the folder, with the hour "
        "in its name.",
    ),
]
_Profile = Annotated[
    Profile | None,
    typer.Option(help="excel (the default for a .csv file) opens well; raw loses nothing."),
]
_Headers = Annotated[Headers | None, typer.Option(help="Headings; excel has zh, raw has en.")]
_Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]


@filtered
def export(
    ctx: typer.Context,
    query: Query,
    to: _Format = None,
    out: _Out = None,
    profile: _Profile = None,
    headers: _Headers = None,
    force: _Force = False,
) -> None:
    """Write replies, newest first, as a table (csv) or as lines of JSON (jsonl), or the archive.

    warc holds every page as it came, with what was asked and answered; bundle is one zip with the
    archive, tables, WARC, a README and checksums, and takes no filters. `replyarc import` reads
    all of them back.
    """
    invocation: Invocation = ctx.obj
    name = to or (format_of(out.name) if out else "csv") or (out.suffix if out else "")
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise typer.BadParameter(f"{name!r} is none of: {known}", param_hint="--format")
    form = FORMATS[name]
    if isinstance(form, ArchiveFormat):
        _check_filters(name, form, query)
        out = _named(out, form)
    if out and out.exists() and not force:
        ask_to_replace(out)
    chosen = profile or (Profile.EXCEL if out else Profile.RAW)
    if not _write(invocation, query, out, (name, chosen, headers)):
        complain("no reply fits.")
        raise typer.Exit(NOTHING_FOUND)


def _check_filters(name: str, form: ArchiveFormat, query: Query) -> None:
    if not form.filters and query != Query():
        raise typer.BadParameter(
            f"a {name} is the whole archive. Filters go with {', '.join(set(FORMATS) - {name})}",
            param_hint="--format",
        )


def _named(out: Path | None, form: ArchiveFormat) -> Path:
    """Return the file to write: bytes go into a file, and one that nobody named gets a name."""
    if out is None or out.is_dir():
        return (out or Path()) / form.name(datetime.now(UTC))
    return out


def _write(
    invocation: Invocation,
    query: Query,
    out: Path | None,
    how: tuple[str, Profile, Headers | None],
) -> int:
    """Write to a file, else to stdout; return how many replies, or captures."""
    from replyarc.archive.evidence_rows import snapshot
    from replyarc.export.file import write_archive, write_file, write_stream
    from replyarc.screen.terminal import say

    name, profile, headers = how
    style = Style(profile, headers)
    with invocation.open_archive(read_only=True) as archive:
        if out is None:
            replies = archive.said(query)
            return write_stream(sys.stdout.buffer, name, replies, style)
        if isinstance(FORMATS[name], ArchiveFormat):
            with snapshot(archive, query) as kept:
                written = write_archive(out, name, kept)
        else:
            written = write_file(out, name, archive.said(query), style)
    if not invocation.quiet:
        say(f"{out}: {written.rows:,} {FORMATS[name].counts}, sha256 {written.sha256}")
    return written.rows
