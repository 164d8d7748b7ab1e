"""``init`` and ``demo``: the first minutes."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which
from typing import Annotated, Final

import typer

from replyarc.cli.invocation import NOTHING_FOUND, Invocation, complain


def init(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")] = Path(
        "replyarc.toml"
    ),
    region: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="With the known columns of a region (GB/T 2260: 42, 4201), not invented ones.",
        ),
    ] = None,
) -> None:
    """Write a commented configuration to begin with.

    With --region it holds the columns that `replyarc sources` knows there: addresses as
    published in public code, never verified by replyarc.
    """
    from replyarc.config.template import TEMPLATE
    from replyarc.screen.terminal import say

    invocation: Invocation = ctx.obj
    target = invocation.config or path
    text, written = TEMPLATE, "Put your contact and your sources into it, then: replyarc crawl"
    if region is not None:
        text, count = _of_region(region)
        written = f"{count} columns, none verified. Put your contact into it, then: replyarc check"
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        complain(
            f"{target}: exists already, and is left as it is. "
            "Write another: `replyarc init OTHER.toml`"
        )
        raise typer.Exit(2) from None
    except OSError as error:
        complain(f"{target}: {error.strerror}.")
        raise typer.Exit(2) from None
    if not invocation.quiet:
        say(f"Wrote {target}. {written}")


def _of_region(region: str) -> tuple[str, int]:
    """Return the template with the usable columns of a region as its sources, and their number."""
    from replyarc.catalogue.blocks import block_of
    from replyarc.catalogue.columns import NOTE, chosen, provinces
    from replyarc.config.template import TEMPLATE
    from replyarc.listing.families import FAMILIES

    known = chosen(region=region)
    usable = [column for column in known if column.usable]
    if not usable or not region:
        what = "known column is usable" if known else "column is known"
        there_are = provinces([column for column in chosen() if column.usable])
        complain(f"region {region!r}: no {what}; nothing was written. There are: {there_are}.")
        raise typer.Exit(NOTHING_FOUND)
    tables, _, _ = TEMPLATE.partition("\n# One [[source]] for each column")
    blocks = "\n".join(block_of(column, FAMILIES) for column in usable)
    return f"{tables}\n# {NOTE}\n\n{blocks}", len(usable)


FOLDER: Final = Path("replyarc-demo")
WRITTEN: Final = ("replyarc.toml", "replies.db", "replies.csv")
"""What the demo writes into its folder, and clears away when it is run again."""


def demo(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where everything is written.")
    ] = FOLDER,
) -> None:
    """Crawl an invented government on this machine, twice; show a reply; write a CSV."""
    _clear(folder)
    program = _program(sys.argv[0], which("replyarc"))
    ours = f"{program} --config {folder / 'replyarc.toml'}"
    exit_code = _crawl_twice(folder, ours, quiet=ctx.obj.quiet)
    _look(folder, ours)
    _step(f"All of it lies in {folder.resolve()}. Try next:")
    for command in ("list --kind 提案", "search 养老", "stats"):
        _step("", f"{ours} {command}")
    _step("For real sites, with your contact and a column's address:", f"{program} init")
    raise typer.Exit(exit_code)


def _program(called: str, found: str | None) -> str:
    """Return how this program is called: by its name, or by its path where no shell finds it.

    >>> _program(".venv/bin/replyarc", None), _program(".venv/bin/replyarc", "/bin/replyarc")
    ('.venv/bin/replyarc', 'replyarc')
    """
    return called if found is None and Path(called).stem == "replyarc" else "replyarc"


def _crawl_twice(folder: Path, ours: str, *, quiet: bool) -> int:
    """Crawl the government, let it change, and crawl it again; return the exit code of both."""
    from replyarc.cli.crawling import run, tell
    from replyarc.config.load import load
    from replyarc.demo.server import Government, configuration
    from replyarc.listing.families import FAMILIES
    from replyarc.walk import Plan

    config = folder / "replyarc.toml"

    def crawl(*, full: bool) -> int:
        settings = load(config, FAMILIES)  # whatever the environment says of real crawls
        result = run(settings, Plan(full=full), quiet=quiet)
        tell(result, settings)
        return result.exit_code

    with Government() as government:
        config.write_text(configuration(government), "utf-8")
        _step("Five invented sites are up. The first crawl:", f"{ours} crawl")
        first = crawl(full=False)
        government.epoch = 1
        _step("Since then two replies came, one was edited, one removed:", f"{ours} crawl --full")
        return max(first, crawl(full=True))


def _look(folder: Path, ours: str) -> None:
    """Show one reply, and write all of them into a CSV."""
    from replyarc.archive.query import Query
    from replyarc.archive.store import Archive
    from replyarc.cli.showing import draw
    from replyarc.demo.government import SHOWN
    from replyarc.export.file import write_file
    from replyarc.screen.terminal import say

    table = folder / "replies.csv"
    with Archive.open(folder / "replies.db", read_only=True) as archive:
        _step("A reply that two of the sites print:", f"{ours} show {SHOWN}")
        for reply in archive.find(SHOWN):
            draw(reply, archive)
        _step("A table for Excel:", f"{ours} export -o {table}")
        written = write_file(table, "csv", archive.said(Query()))
    say(f"{table}: {written.rows} replies, sha256 {written.sha256}")


def _step(words: str, command: str = "") -> None:
    from replyarc.screen.terminal import say

    if words:
        say(f"\n{words}", style="bold")
    if command:
        say(f"$ {command}")


def _clear(folder: Path) -> None:
    """Make the demo's folder, or clear away what an earlier demo wrote; nothing else is touched.

    A folder of the demo is known by the first line of its configuration: an archive of one's own
    has the same file names.
    """
    from replyarc.demo.server import MARK

    theirs = {each.name for each in folder.glob("*")} if folder.is_dir() else set()
    config = folder / WRITTEN[0]
    is_demo = config.is_file() and config.read_bytes().startswith(MARK.encode())
    strange = sorted(name for name in theirs if not (is_demo and name.startswith(WRITTEN)))
    if strange or (folder.exists() and not folder.is_dir()):
        held = f"holds {strange[0]}" if strange else "is no folder"
        complain(f"{folder}: {held}, which no demo wrote. Give another: replyarc demo --folder F")
        raise typer.Exit(2)
    folder.mkdir(parents=True, exist_ok=True)
    for name in theirs:
        (folder / name).unlink()
