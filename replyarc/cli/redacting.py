"""``redact``: personal data out of a reply, everywhere and for good."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from replyarc.cli.invocation import NOTHING_FOUND, Invocation, complain

if TYPE_CHECKING:
    from replyarc.archive.redacting import Redaction
    from replyarc.archive.store import Archive
    from replyarc.model import Reply


Key = Annotated[
    str, typer.Argument(metavar="KEY", help="The reply: its id or number, as for `replyarc show`.")
]
Reason = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="TEXT",
        help="Why; kept in the archive for good, so name no person in it.",
    ),
]
Whole = Annotated[bool, typer.Option("--whole", help="Remove letter and title altogether.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Only say what would go.")]
AsJson = Annotated[bool, typer.Option("--json", help="What was removed, as JSON.")]


def redact(
    ctx: typer.Context,
    key: Key,
    reason: Reason,
    whole: Whole = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Remove the personal data of one reply everywhere in the archive.

    Names, telephones, e-mail and identity card numbers are replaced by 〔已隐去〕 in every version;
    the pages and files themselves go, their hashes stay. Later crawls, imports and merges do not
    bring them back. Copies and exports made before are not touched.
    """
    from replyarc.archive.lock import hold
    from replyarc.archive.store import Archive

    invocation: Invocation = ctx.obj
    path = invocation.archive_path()
    if not reason.strip():
        complain("--reason: say why; it is all that will be known of it in ten years")
        raise typer.Exit(2)
    if not path.exists():
        Archive.open(path)  # says that there is none, before a lock is made beside it
    with hold(path), invocation.open_archive(path) as archive:
        reply = _one(archive, key)
        would = _run(archive, reply, reason, whole=whole, dry_run=True)
        _warn(reply, would)
        if not dry_run:
            _ask(yes)
            would = _run(archive, reply, reason, whole=whole, dry_run=False)
    _tell(would, reason, dry_run=dry_run, as_json=as_json)


def _one(archive: Archive, key: str) -> Reply:
    """Return the reply that a key names; where there are several, list them and end."""
    from replyarc.export.flat import as_json as flat
    from replyarc.screen import tables, terminal

    found = archive.find(key)
    if not found:
        complain(f"nothing in the archive has {key!r}. `replyarc list` shows what there is")
        raise typer.Exit(NOTHING_FOUND)
    if len(found) > 1:
        terminal.say(f"{len(found)} replies fit {key!r}; name one by its id (编号):")
        tables.write(map(flat, found))
        raise typer.Exit(2)
    return found[0]


def _run(archive: Archive, reply: Reply, reason: str, *, whole: bool, dry_run: bool) -> Redaction:
    from datetime import UTC, datetime

    from replyarc.archive import search
    from replyarc.archive.redacting import redact as remove

    at = datetime.now(UTC)
    done = remove(archive, reply.id, reason, at, whole=whole, dry_run=dry_run)
    if not dry_run:
        search.refresh(archive)
    return done


def _warn(reply: Reply, would: Redaction) -> None:
    """Show what will go, and what else it takes with it."""
    from replyarc.archive.place import in_words
    from replyarc.screen import terminal

    terminal.say(f"{reply.id}  {reply.index_number or reply.document_number or ''}  {reply.title}")
    found = ", ".join(f"{number} × {what}" for what, number in would.data.items())
    terminal.say(f"  to be hidden: {'letter and title' if would.whole else found or 'nothing'}")
    terminal.say(
        f"  to be removed: {len(would.bodies)} pages and files ({in_words(would.size)}), "
        f"of {would.readings} readings at {would.addresses} addresses"
    )
    if would.losers:
        terminal.say(
            "  These replies share pages or addresses with it, and lose the pages (not what was "
            f"read of them): {', '.join(would.losers)}",
            style="yellow",
        )


def _ask(yes: bool) -> None:
    if yes:
        return
    if not is_terminal():
        complain("nobody to ask: say --yes to do it, or --dry-run to see what would go")
        raise typer.Exit(2)
    if not typer.confirm("This cannot be undone. Remove it?", err=True):
        raise typer.Exit(0)


def is_terminal() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _tell(done: Redaction, reason: str, *, dry_run: bool, as_json: bool) -> None:
    from replyarc.screen import terminal

    if as_json:
        terminal.print_json({"schema": 1, "dry_run": dry_run, "reason": reason, **asdict(done)})
    elif dry_run:
        typer.echo(f"{done.reply}: nothing was changed.")
    elif done.already:
        typer.echo(f"{done.reply}: redacted before; nothing was left to remove.")
    else:
        typer.echo(f"{done.reply}: redacted ({done.id}).")
    if not dry_run:
        terminal.say(
            "Backups, copies that a migration left beside the archive (*.bak), and exports made "
            "before still hold what was removed: delete them, or make them anew."
        )
