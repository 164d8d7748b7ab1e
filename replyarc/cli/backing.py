"""``backup``: a copy of the archive, made while it is in use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replyarc.cli.invocation import Invocation, ask_to_replace, complain

if TYPE_CHECKING:
    from replyarc.archive.copying import Copy


def backup(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Where to; in a folder it is named after the day. One with a slash at its end is "
            "made where there is none.",
        ),
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What was written as JSON.")] = False,
) -> None:
    """Copy the archive, also while a crawl writes to it.

    The copy is the archive at one moment. It is checked, every hash too, and takes its name only
    when it is whole and on the disk; until then what stood there stays. A damaged archive is
    copied (exit 8), but never in the place of another file. It is an archive like any other:
    `replyarc --archive FILE list` reads it. To restore it, copy it back, and remove what is left
    beside it of the archive that it replaces: the files that end in -wal and -shm.
    """
    from datetime import UTC, datetime

    from replyarc.archive.backing import back_up, make_folder, place_of
    from replyarc.archive.place import risky_place
    from replyarc.screen import terminal
    from replyarc.screen.counting import Counting

    invocation: Invocation = ctx.obj
    path = invocation.archive_path()
    risk = risky_place(path)
    if risk and not invocation.quiet:
        terminal.say(f"replyarc: {path}: {risk}", style="yellow")
    if file.endswith(("/", os.sep)):
        make_folder(Path(file))
    place = place_of(path, Path(file), datetime.now(UTC))
    with invocation.open_archive(path, read_only=True) as archive:
        if place.exists() and not force:
            ask_to_replace(place)
        with Counting(quiet=invocation.quiet, what="copying") as counting:
            copied = back_up(archive, place, counting.count)
    _tell(place, copied, as_json=as_json, quiet=invocation.quiet)


def _tell(place: Path, copied: Copy, *, as_json: bool, quiet: bool) -> None:
    """Tell of the copy; raises Exit where it is one of a damaged archive."""
    from replyarc.archive.place import in_words
    from replyarc.screen import terminal

    if as_json:
        said = {"schema": 1, "file": str(place), "bytes": copied.size, "sha256": copied.sha256}
        terminal.print_json({**said, "whole": not copied.damage})
    elif not (copied.damage or quiet):
        terminal.say(f"{place}: {in_words(copied.size)}, whole, sha256 {copied.sha256}")
    if copied.damage:
        complain(
            f"{place}: a copy of a damaged archive, and as damaged ({copied.damage}). "
            "`replyarc verify` says who loses what; keep the older backups"
        )
        raise typer.Exit(8)
