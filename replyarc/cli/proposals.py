"""``show --proposal``: all that answers a proposal, told by its name as people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from replyarc.cli.invocation import NOTHING_FOUND, complain

if TYPE_CHECKING:
    from replyarc.archive.proposals import Proposal
    from replyarc.archive.store import Archive


def understood(words: str) -> Proposal:
    """Read the words for a proposal by the grammar that reads titles.

    >>> asked = understood("岳阳市八届人大一次会议第198号")
    >>> asked.assembly_name, asked.term, asked.session, asked.numbers
    ('岳阳市人大', 8, 1, ('198',))

    Raises BadParameter where they bear no number.
    """
    from replyarc.archive.proposals import Proposal
    from replyarc.extract.title import read_title

    read = read_title(words)
    numbers = read.proposal_numbers or read_title(f"第{words.strip()}号建议").proposal_numbers
    if not numbers:
        raise typer.BadParameter(
            f"{words!r} bears no number of a proposal. It is written as in a title: "
            "岳阳市八届人大一次会议第198号",
            param_hint="--proposal",
        )
    return Proposal(
        numbers=numbers,
        term=read.term,
        session=read.session,
        assembly=read.assembly,
        assembly_name=read.assembly_name,
        kind=read.kind,
    )


def in_words(asked: Proposal) -> str:
    """Say what was understood: the number, the session, the assembly, its name, the kind.

    >>> in_words(understood("岳阳市八届人大一次会议第198号"))
    '第198号 · 8届1次 · 人大 · 岳阳市人大'
    """
    sitting = (asked.term and f"{asked.term}届") or ""
    sitting += (asked.session and f"{asked.session}次") or ""
    number = f"第{'、'.join(asked.numbers)}号"
    told = dict.fromkeys((number, sitting, asked.assembly, asked.assembly_name, asked.kind))
    return " · ".join(str(each) for each in told if each)


def show_answers(words: str, archive: Archive, *, as_json: bool) -> None:
    """Show all replies that answer the proposal that is named, and say how its name was read.

    Raises Exit where there is none, after what came near.
    """
    from replyarc.archive.proposals import answering, near
    from replyarc.export.flat import as_json as flat
    from replyarc.screen import answers, terminal

    asked = understood(words)
    terminal.say(in_words(asked), style="dim")
    found = answering(archive, asked)
    if not found:
        complain(f"nothing in the archive answers {words!r}.")
        came_near = near(archive, asked)
        for reply in came_near:
            day = reply.published_on or reply.signed_on
            terminal.say(f"  near: {reply.id}  {f'{day}  ' if day else ''}{reply.title}")
        if came_near:
            terminal.say(f"  Show one by its id (编号): replyarc show {came_near[0].id}")
        raise typer.Exit(NOTHING_FOUND)
    if as_json:
        terminal.print_json([flat(reply) for reply in found])
    else:
        answers.write(map(flat, found))
