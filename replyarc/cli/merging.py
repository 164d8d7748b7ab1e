"""``merge``: take other archives in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replyarc.cli.invocation import SOME_FAILED, Invocation, complain

if TYPE_CHECKING:
    from replyarc.archive.merging import Came
    from replyarc.archive.store import Archive


def merge(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="The archives that are taken in.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only say what would come.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What came, as JSON.")] = False,
) -> None:
    """Take other archives in, with all their bytes and versions.

    They are only read. The order, and doing it twice, make no difference: the result is the
    archive in which all had been filed. One index number on two letters is recorded, as in a
    crawl. What was redacted on either side stays redacted.
    """
    from replyarc.archive.lock import hold
    from replyarc.archive.store import Archive

    invocation: Invocation = ctx.obj
    path = invocation.archive_path()
    for file in files:
        if file.exists() and path.exists() and file.samefile(path):
            complain(f"{file}: the archive itself. Name another one to take in")
            raise typer.Exit(2)
    if not path.exists():
        Archive.open(path)  # says that there is none, before a lock is made beside it
    with hold(path), invocation.open_archive(path) as archive:
        came = [(file, _take_in(archive, file, dry_run, invocation.quiet)) for file in files]
        _tell(archive, came, dry_run=dry_run, as_json=as_json)
    if any(each.damaged or each.unsound for _, each in came):
        raise typer.Exit(SOME_FAILED)


def _take_in(archive: Archive, file: Path, dry_run: bool, quiet: bool) -> Came:
    from replyarc.archive import search
    from replyarc.archive.merging import merge as take_in
    from replyarc.screen import terminal

    if not quiet:
        terminal.say(f"{file}: {'looking' if dry_run else 'taking it in'} …")
    came = take_in(archive, file, dry_run=dry_run)
    if not dry_run:
        search.refresh(archive)
    for name in came.damaged:
        complain(
            f"{file}: body {name} is damaged there, and was not taken. "
            f"`replyarc --archive {file} verify` says what it belongs to"
        )
    for table, number in came.unsound.items():
        complain(
            f"{file}: {number:,} rows of {table} cannot be those of an archive, and were not "
            f"taken. `replyarc --archive {file} verify` looks for what is damaged"
        )
    if came.conflicts > 0:
        terminal.say(
            f"{file}: {came.conflicts} replies more bear an index number that another one bears "
            "too: they are flagged index-conflict, and none was lost"
        )
    return came


def _tell(archive: Archive, came: list[tuple[Path, Came]], *, dry_run: bool, as_json: bool) -> None:
    from replyarc.screen import terminal

    if as_json:
        told = [{"path": str(file), **asdict(each)} for file, each in came]
        head = {"schema": 1, "archive": str(archive.path), "dry_run": dry_run}
        terminal.print_json({**head, "replies": archive.count(), "archives": told})
        return
    for file, each in came:
        typer.echo(terminal.plain(f"{file}: {_in_words(each)}"))
    if dry_run:
        terminal.say("Nothing was changed.")


def _in_words(came: Came) -> str:
    from replyarc.archive.place import in_words

    total = came.new + came.more + came.known
    said = [
        f"{total:,} replies: {came.new:,} new, {came.more:,} with more versions, "
        f"{came.known:,} known",
        f"{came.bodies:,} pages and files ({in_words(came.bytes)}), {came.crawls:,} crawls",
    ]
    if came.redactions:
        said.append(f"{came.redactions:,} redactions")
    if came.withheld:
        said.append(f"{came.withheld:,} readings kept out by a redaction")
    return "; ".join(said)
