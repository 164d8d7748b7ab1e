"""``search``: full text."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from replyarc.archive.query import Query, given
from replyarc.cli.filters import filtered
from replyarc.cli.invocation import NOTHING_FOUND, Invocation
from replyarc.cli.listing import (
    AsCsv,
    Columns,
    Counted,
    NoPager,
    Row,
    check_one_form,
    only,
    read_columns,
    say_how_many,
    write_csv,
    write_table,
)
from replyarc.model import Reply

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.archive.words import Wanted
    from replyarc.export.flat import Column

CONTEXT: Final[dict[str, Any]] = {
    "ignore_unknown_options": True,
    "help_option_names": ["--help"],
}
"""How the command is to be registered, so that ``-word`` is a word: ``-h`` alone would end it."""

_SHOWN: Final = 20
"""How many hits a person is shown who does not say how many."""

_COUNTED: Final = 1_000
"""Up to how many all hits are counted: each has to be looked at."""


Words = Annotated[
    list[str],
    typer.Argument(
        metavar="WORD",
        help='What title or letter must hold, all of it: words, "a phrase" with blanks, '
        "-word for one that must not be there, field:word (title, text, publisher, number, "
        "index, document, any other JSON key or its heading, 标题:养老) for one field.",
    ),
]
Newest = Annotated[bool, typer.Option("--newest", help="Newest first; else the best hits are.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="All hits as JSON, with what stands around the words.")
]


@filtered
def search(
    ctx: typer.Context,
    query: Query,
    words: Words,
    newest: Newest = False,
    columns: Columns = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    no_pager: NoPager = False,
) -> None:
    """Find replies by words of their title or letter, in any spelling of widths and case.

    Best first: replies with all the words in the title, then those whose letter has each of them
    six times, then the others. --limit shows more than 20; --csv and --json have all. --columns
    shows a table without what stands around the words.
    """
    from replyarc.archive.hits import hits

    asked, wanted, chosen = " ".join(words), _read(words), read_columns(columns)
    check_one_form(as_json=as_json, as_csv=as_csv)
    invocation: Invocation = ctx.obj
    if not as_json and not as_csv:
        query = replace(query, limit=query.limit or _SHOWN)
    with invocation.open_archive(read_only=True) as archive:
        found = Counted[Reply](hits(archive, wanted, query, newest=newest))
        if as_json:
            _print_json(asked, found, wanted, chosen)
        elif as_csv:
            write_csv(_rows(found), chosen)
        else:
            _show(found, wanted, chosen, paging=not no_pager)
            if found.number and not invocation.quiet:
                _say_how_many(archive, wanted, query, found)
        if not found.number:
            _say_what_is_near(asked, wanted, query, archive)
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


def _rows(found: Iterable[Reply]) -> Iterator[Row]:
    from replyarc.export.flat import as_json

    return (as_json(reply) for reply in found)


def _print_json(
    asked: str, found: Iterable[Reply], wanted: Wanted, columns: tuple[Column, ...] | None
) -> None:
    """Write the hits as they are found."""
    from replyarc.screen.terminal import json_text

    sys.stdout.write(f'{{\n  "schema": 1,\n  "query": {json_text(asked)},\n  "hits": [')
    for number, reply in enumerate(found, 1):
        (row,) = only(_rows([reply]), columns)
        snippets = {"snippets": _snippets(reply, wanted)} if columns is None else {}
        sys.stdout.write(",\n" if number > 1 else "\n")
        sys.stdout.write(json_text({**row, **snippets}))
    sys.stdout.write("]\n}\n")


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


def _show(
    found: Iterable[Reply], wanted: Wanted, columns: tuple[Column, ...] | None, *, paging: bool
) -> None:
    """Show hits to a person."""
    from replyarc.screen import hits as drawn
    from replyarc.screen.pager import paper
    from replyarc.text.excerpts import excerpts, marked

    if columns is not None:
        write_table(_rows(found), columns, paging=paging)
        return
    with paper(paging=paging) as on:
        for reply in found:
            title = marked(reply.title, wanted.sought("title"))
            letter = excerpts(reply.text, wanted.sought("text"))
            on.write(drawn.hit(reply, title, letter, on))


def _say_how_many(archive: Archive, wanted: Wanted, query: Query, found: Counted[Reply]) -> None:
    from replyarc.archive.fitting import total_hits

    if found.is_over and not query.offset and found.number < (query.limit or 0):
        say_how_many("hits", found.number, f"{found.number:,}", query)
        return
    every = total_hits(archive, wanted, query, _COUNTED + 1)
    told = f"{every:,}" if every <= _COUNTED else f"more than {_COUNTED:,}"
    say_how_many("hits", found.number, told, query, every)


def _say_what_is_near(asked: str, wanted: Wanted, query: Query, archive: Archive) -> None:
    """Say which part of what was asked for is found, and which filter leaves out what there is."""
    from replyarc.archive.fitting import total_hits
    from replyarc.archive.hits import near
    from replyarc.cli.nothing import say_nothing_fits
    from replyarc.screen.terminal import say

    def found(other: Query) -> int:
        return total_hits(archive, wanted, other, _COUNTED)

    if (query.offset or given(query)) and found(Query()):
        say(f"replyarc: there are hits of {asked!r}, and none passes the filters.", style="red")
        say_nothing_fits(archive, query, found)
        return
    say(f"replyarc: no reply has {asked!r} (全文检索无结果).", style="red")
    for word, part in near(archive, wanted):
        if word == asked and not part:
            continue  # that nothing has it was said
        if part == word:
            say(f"  {word} is found, but not with all the rest that was asked for.")
        elif part:
            say(f"  near: {part} is found, {word} is not.")
        else:
            say(f"  of {word} nothing is found.")
    _say_what_is_elsewhere(wanted, archive)


def _say_what_is_elsewhere(wanted: Wanted, archive: Archive) -> None:
    """Say which search finds the words, where they were looked for in one field only."""
    from shlex import quote

    from replyarc.archive.fitting import total_hits
    from replyarc.archive.words import Wanted, Word
    from replyarc.screen.terminal import say

    free = Wanted(tuple(Word(word.form) for word in wanted.words if not word.without))
    if free.words and not wanted.anywhere and total_hits(archive, free, Query(), 1):
        forms = (each.form for each in free.words)
        words = " ".join(form if form.isalnum() else quote(f'"{form}"') for form in forms)
        say(f"  Title or letter have it: replyarc search {words}")
    else:
        say("  `replyarc list` shows what there is.")
