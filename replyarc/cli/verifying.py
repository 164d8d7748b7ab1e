"""``verify``: every hash and every index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replyarc.cli.invocation import Invocation
from replyarc.errors import ArchiveError

if TYPE_CHECKING:
    from replyarc.archive.damage import Verdict


def verify(
    ctx: typer.Context,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Make anew what follows from the rest; never the evidence."),
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Hash no bytes and derive nothing anew: seconds.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What was found as JSON.")] = False,
) -> None:
    """Check every hash, every reference and every index of the archive.

    Says what is damaged, which replies lose what, and what can be made anew. Nothing is changed
    but by --repair, and then only what follows from the evidence: replies, versions, sightings,
    conflicts and indexes; nothing where the evidence for it is damaged. Of an archive that is
    whole --repair also packs the pages better that an older replyarc kept. Others may use the
    archive meanwhile.
    """
    from replyarc.archive.repairing import repair as make_anew
    from replyarc.screen import damage, terminal

    invocation: Invocation = ctx.obj
    path = invocation.archive_path()
    verdict = _verified(path, quick=quick, quiet=invocation.quiet)
    done: list[str] = []
    if repair and verdict.repairable:
        done = make_anew(path, verdict)
        verdict = _verified(path, quick=quick, quiet=invocation.quiet)
    if repair and verdict.whole and not quick:
        done += _packed(path)
    if as_json:
        said = {"schema": 1, "archive": str(path), **verdict.as_json(), "repaired": done}
        terminal.print_json(said)
    elif not (invocation.quiet and verdict.whole):
        terminal.show(*damage.told(str(path), verdict, done))
    if not verdict.whole:
        raise typer.Exit(8)


def _packed(path: Path) -> list[str]:
    """Pack better what can be, and say so; what is of an older format is left as it is."""
    from replyarc.archive.place import in_words
    from replyarc.archive.repairing import repack

    saved = repack(path)
    return [f"the same pages take {in_words(saved)} less"] if saved else []


def _verified(path: Path, *, quick: bool, quiet: bool) -> Verdict:
    """Verify, showing on a terminal how far that is; a damage so great that it ends is told."""
    from replyarc.archive.verifying import verify as look
    from replyarc.screen.counting import Counting

    with Counting(quiet=quiet) as counting:
        try:
            return look(path, quick=quick, step=counting.step, progress=counting.count)
        except ArchiveError as error:
            if "damaged. `replyarc verify`" not in str(error):
                raise
            raise ArchiveError(
                f"{path}: so damaged that none of its tables can be found. Restore a backup; "
                "`sqlite3 FILE .recover` may still save some of it"
            ) from error
