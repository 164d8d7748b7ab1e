"""``search``: full text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from replyarc.archive.query import Query
from replyarc.cli.filters import filtered
from replyarc.cli.invocation import NOTHING_FOUND, Invocation
from replyarc.model import Reply

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.archive.words import Wanted

CONTEXT: Final[dict[str, Any]] = {
    "ignore_unknown_options": True,
    "help_option_names": ["--help"],
}
"""How the command is to be registered, so that ``-word`` is a word: ``-h`` alone would end it."""

_SHOWN: Final = 20


@filtered
def search(
    ctx: typer.Context,
    query: Query,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD",
            help='What title or letter must hold, all of it: words, "a phrase" with blanks, '
            "-word for one that must not be there, field:word (title, text, publisher, number, "
            "index, document, any other JSON key or its heading, 标题:养老) for one field.",
        ),
    ],
    newest: Annotated[
        bool, typer.Option("--newest", help="Newest first; else the best hits are.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="All hits as JSON, with what stands around the words.")
    ] = False,
) -> None:
    """Find replies by words of their title or letter, in any spelling of widths and case.

    Best first: the words in the title, or each six times in the letter. --limit shows more than 20.
    """
    from replyarc.archive.hits import hits

    asked = " ".join(words)
    wanted = _read(words)
    invocation: Invocation = ctx.obj
    with invocation.open_archive(read_only=True) as archive:
        found = hits(archive, wanted, query, newest=newest)
        if as_json:
            some = _print_json(asked, found, wanted)
        else:
            some = _list(found, wanted, query.limit or _SHOWN)
        if not some:
            _say_what_is_near(asked, wanted, archive)
            raise typer.Exit(NOTHING_FOUND)


def _read(words: list[str]) -> Wanted:
    from replyarc.archive.words import read

    for word in words:
        if word.startswith("--"):
            raise typer.BadParameter(
                f"{word!r} is no option of search. To look for it, put it in quotation marks: "
                f"'\"{word}\"'.",
                param_hint="WORD",
            )
    try:
        return read(" ".join(words))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="WORD") from None


def _print_json(asked: str, found: Iterator[Reply], wanted: Wanted) -> int:
    """Write the hits as they are found; return how many there were."""
    from replyarc.export.flat import as_json as flat
    from replyarc.screen.terminal import json_text

    number = 0
    sys.stdout.write(f'{{\n  "schema": 1,\n  "query": {json_text(asked)},\n  "hits": [')
    for number, reply in enumerate(found, 1):
        sys.stdout.write(",\n" if number > 1 else "\n")
        sys.stdout.write(json_text(flat(reply) | {"snippets": _snippets(reply, wanted)}))
    sys.stdout.write("]\n}\n")
    return number


def _snippets(reply: Reply, wanted: Wanted) -> list[dict[str, object]]:
    """Return what stands around the words: from which character of which field on, and where
    in it the words stand.
    """
    from replyarc.text.excerpts import excerpts, marked

    title = marked(reply.title, wanted.sought("title"))
    some = [("title", title)] if title.marks else []
    some += [("text", each) for each in excerpts(reply.text, wanted.sought("text"))]
    return [
        {"field": field, "at": each.at, "text": each.text, "marks": each.marks}
        for field, each in some
    ]


def _list(found: Iterator[Reply], wanted: Wanted, most: int) -> int:
    from replyarc.screen import hits as drawn
    from replyarc.screen import terminal
    from replyarc.text.excerpts import excerpts, marked

    out = terminal.console(sys.stdout)
    coloured = out.color_system is not None and not out.no_color
    shown = 0
    for reply in islice(found, most):
        title = marked(reply.title, wanted.sought("title"))
        letter = excerpts(reply.text, wanted.sought("text"))
        out.print(drawn.hit(reply, title, letter, coloured=coloured))
        shown += 1
    if next(found, None) is not None:
        terminal.say(f"These are the first {most}; --limit N shows more, --json all.")
    return shown


def _say_what_is_near(asked: str, wanted: Wanted, archive: Archive) -> None:
    """Say which part of what was asked for is found."""
    from replyarc.archive.hits import near
    from replyarc.screen.terminal import say

    say(f"replyarc: no reply has {asked!r}.", style="red")
    for word, part in near(archive, wanted):
        if part == word:
            say(f"  {word} is found, but not with all the rest that was asked for.")
        elif part:
            say(f"  near: {part} is found, {word} is not.")
        else:
            say(f"  of {word} nothing is found.")
