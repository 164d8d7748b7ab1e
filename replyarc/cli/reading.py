"""``show`` and ``list``: they read the archive and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from replyarc.archive.query import Query
from replyarc.cli.filters import filtered
from replyarc.cli.history import show_history
from replyarc.cli.invocation import NOTHING_FOUND, Invocation
from replyarc.model import Reply

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.evidence import Attached


Key = Annotated[
    str | None,
    typer.Argument(
        metavar="KEY",
        help="An index number (索引号), a document number (文号; any brackets, widths, "
        "blanks), an address, an id, or a part of the title; former ones too.",
    ),
]
Cited = Annotated[
    str | None,
    typer.Option(
        metavar="WORDS",
        help="All that answers a proposal, as in 岳阳市八届人大一次会议第198号; without KEY.",
    ),
]
Why = Annotated[bool, typer.Option("--why", help="Where on the page each value was read.")]
WithFiles = Annotated[
    bool, typer.Option("--files", help="The text of the files it links to, where it is held.")
]
WithHistory = Annotated[
    bool, typer.Option("--history", help="Its versions: what changed, when, and where.")
]


def show(
    ctx: typer.Context,
    key: Key = None,
    proposal: Cited = None,
    as_json: Annotated[bool, typer.Option("--json", help="The reply as JSON.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="The bytes it was read from.")] = False,
    why: Why = False,
    files: WithFiles = False,
    history: WithHistory = False,
) -> None:
    """Show one reply; where the key fits several, list them."""
    from replyarc.cli.proposals import show_answers

    if (key is None) == (proposal is None) or (proposal and (raw or why or files or history)):
        raise typer.BadParameter("give KEY, or --proposal WORDS alone (or with --json)")
    invocation: Invocation = ctx.obj
    with invocation.open_archive(read_only=True) as archive:
        if proposal is not None:
            show_answers(proposal, archive, as_json=as_json)
            return
        found = _named(archive, key or "")
        if len(found) > 1:
            _show_several(found, key or "", as_json=as_json)
            if raw or why or files or history:
                raise typer.Exit(2)
        elif raw:
            sys.stdout.buffer.write(archive.body(found[0].sha256))
        elif history:
            show_history(found[0], archive, as_json=as_json)
        else:
            _show_one(found[0], archive, why=why, files=files, as_json=as_json)


def _named(archive: Archive, key: str) -> list[Reply]:
    """Return the replies that a key names; raises Exit where there is none, after what is near."""
    found = looked_up(archive, key)
    if not found:
        _say_what_is_near(key, archive)
        raise typer.Exit(NOTHING_FOUND)
    return found


def looked_up(archive: Archive, key: str) -> list[Reply]:
    """Return the replies that a key names; says so where it named them only formerly."""
    from replyarc.archive.past import look_up
    from replyarc.screen.terminal import say

    found = look_up(archive, key)
    if found.former:
        say(f"replyarc: found by a former {found.former}.", style="yellow")
    return found.replies


def _show_several(found: Sequence[Reply], key: str, *, as_json: bool) -> None:
    from replyarc.export.flat import as_json as flat
    from replyarc.screen import replies as drawn
    from replyarc.screen import terminal

    terminal.say(f"{len(found)} replies fit {key!r}; show one by its id (编号):")
    if as_json:
        terminal.print_json([flat(reply) for reply in found])
    else:
        terminal.show(drawn.table(found))


def _show_one(reply: Reply, archive: Archive, *, why: bool, files: bool, as_json: bool) -> None:
    from replyarc.export.flat import as_json as flat
    from replyarc.screen.terminal import print_json

    if as_json:
        extra = _extra(reply, archive, why=why, files=files)
        print_json(flat(reply) | extra)
    elif why or files:
        _explain(reply, archive, why=why, files=files)
    else:
        draw(reply, archive)


def draw(reply: Reply, archive: Archive) -> None:
    """Draw one reply on stdout."""
    from replyarc.archive.proposals import others
    from replyarc.export.flat import as_json as flat
    from replyarc.screen import replies as drawn
    from replyarc.screen import terminal

    seen = [sighting.url for sighting in archive.sightings(reply.id)]
    terminal.show(drawn.card(reply, flat(reply), seen, others(archive, reply)))


def _extra(reply: Reply, archive: Archive, *, why: bool, files: bool) -> dict[str, object]:
    """What ``--why`` and ``--files`` add to the JSON of a reply."""
    extra: dict[str, object] = {"why": archive.notes(reply.id)} if why else {}
    if files:
        extra["files"] = [
            {"name": name, "url": url, **(asdict(said) if said else {"problem": problem})}
            for name, url, said, problem in _texts(reply, archive)
        ]
    return extra


def _texts(reply: Reply, archive: Archive) -> list[tuple[str, str, Attached | None, str | None]]:
    files = archive.files
    return [
        (each.name, each.url, files.said(each.url), files.problem(each.url))
        for each in reply.attachments
    ]


def _explain(reply: Reply, archive: Archive, *, why: bool, files: bool) -> None:
    """Show where the values of a reply were read, and what the files it links to say."""
    from rich.text import Text

    from replyarc.export.flat import as_json as flat
    from replyarc.screen import terminal
    from replyarc.screen.why import attached
    from replyarc.screen.why import why as drawn

    notes = archive.notes(reply.id) if why else None
    if notes:
        terminal.show(Text(terminal.plain(reply.title), style="bold"), drawn(flat(reply), notes))
    elif why:
        terminal.say("An older replyarc filed it, and did not note where its values stand.")
    if files and not reply.attachments:
        terminal.say("It links to no file.")
    terminal.show(*(attached(*each) for each in _texts(reply, archive) if files))


def _say_what_is_near(key: str, archive: Archive) -> None:
    from replyarc.screen.terminal import say

    say(f"replyarc: nothing in the archive has {key!r}.", style="red")
    near = archive.near(key)
    for reply in near:
        number = reply.index_number or reply.document_number or ""
        say(f"  near: {reply.id}  {number}  {reply.title}")
    if not near:
        say("  `replyarc list` shows what there is.")


@filtered
def list_replies(
    ctx: typer.Context,
    query: Query,
    as_json: Annotated[bool, typer.Option("--json", help="The replies as JSON.")] = False,
) -> None:
    """List replies, newest first."""
    from replyarc.export.flat import as_json as flat
    from replyarc.screen import replies as drawn
    from replyarc.screen import terminal

    invocation: Invocation = ctx.obj
    with invocation.open_archive(read_only=True) as archive:
        replies = list(archive.replies(query))
    if as_json:
        terminal.print_json([flat(reply) for reply in replies])
    elif replies:
        terminal.show(drawn.table(replies))
    if not replies:
        terminal.say("replyarc: no reply fits.")
        raise typer.Exit(NOTHING_FOUND)
