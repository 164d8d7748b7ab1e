"""``list``, and how it and ``search`` write replies: as a table, as CSV, as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, TypeVar

import typer

from replyarc.archive.query import Query, in_words
from replyarc.cli.filters import filtered
from replyarc.cli.invocation import NOTHING_FOUND, Invocation

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.export.flat import Column

T = TypeVar("T")
Row = Mapping[str, Any]
Columns = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Which columns, between commas, by key or by heading: id,title or 编号,标题.",
    ),
]
AsCsv = Annotated[
    bool, typer.Option("--csv", help="CSV (RFC 4180, UTF-8), nothing changed: for programs.")
]
NoPager = Annotated[
    bool,
    typer.Option("--no-pager", help="Not through a pager on a terminal, as PAGER=cat does."),
]

CUT: Final = "--limit and --offset show others"


@filtered
def list_replies(
    ctx: typer.Context,
    query: Query,
    columns: Columns = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list of replies as JSON.")] = False,
    as_csv: AsCsv = False,
    no_pager: NoPager = False,
) -> None:
    """List replies, newest first: by the day of publication, else of signature.

    On a terminal the table is no wider than that and goes through $PAGER; in a pipe or a file it
    has 160 columns, or $COLUMNS. Programs read --csv or --json.
    """
    chosen = read_columns(columns)
    check_one_form(as_json=as_json, as_csv=as_csv)
    invocation: Invocation = ctx.obj
    with invocation.open_archive(read_only=True) as archive:
        rows = Counted[Row](archive.said(query))
        if as_json:
            write_json_list(only(rows, chosen))
        elif as_csv:
            write_csv(rows, chosen)
        else:
            write_table(rows, chosen, paging=not no_pager)
            if rows.number and not invocation.quiet:
                _say_how_many(archive, query, rows)
        if not rows.number:
            from replyarc.cli.nothing import say_nothing_fits

            say_nothing_fits(archive, query)
            raise typer.Exit(NOTHING_FOUND)


class Counted(Generic[T]):
    """Things on their way; ``number`` is how many have passed, ``is_over`` whether all have."""

    def __init__(self, things: Iterable[T]) -> None:
        self._things = iter(things)
        self.number = 0
        self.is_over = False

    def __iter__(self) -> Iterator[T]:
        for each in self._things:
            self.number += 1
            yield each
        self.is_over = True


def read_columns(names: str | None) -> tuple[Column, ...] | None:
    """Return the columns that are asked for; raises BadParameter for what is none."""
    if names is None:
        return None
    from replyarc.export.columns import chosen

    try:
        return chosen(names)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None


def check_one_form(*, as_json: bool, as_csv: bool) -> None:
    """Raise BadParameter where two forms are asked for."""
    if as_json and as_csv:
        raise typer.BadParameter("give one of them", param_hint="--json, --csv")


def only(rows: Iterable[Row], columns: tuple[Column, ...] | None) -> Iterator[Row]:
    """Yield of each row the columns that were asked for, in their order."""
    for row in rows:
        yield row if columns is None else {each.name: row[each.name] for each in columns}


def write_json_list(rows: Iterable[Row]) -> None:
    """Write rows on stdout as a list of JSON, as they come."""
    from replyarc.screen.terminal import json_text

    between = "[\n"
    for row in rows:
        sys.stdout.write(f"{between}  {json_text(row).replace(chr(10), chr(10) + '  ')}")
        between = ",\n"
    sys.stdout.write("[]\n" if between == "[\n" else "\n]\n")


def write_csv(rows: Iterable[Row], columns: tuple[Column, ...] | None) -> None:
    """Write rows on stdout as CSV, as they come; what a terminal might obey it does not get."""
    from replyarc.export import tables
    from replyarc.export.flat import COLUMNS
    from replyarc.screen.pager import raw

    style = tables.Style(tables.Profile.RAW, columns=columns or COLUMNS)
    tables.write_csv(rows, raw(sys.stdout), style)


def write_table(
    rows: Iterable[Row], columns: tuple[Column, ...] | None, *, paging: bool = False
) -> None:
    """Write rows on stdout as a table, as they come."""
    from replyarc.screen import tables

    shown = tables.DEFAULT if columns is None else tables.fields(columns)
    tables.write(rows, shown, paging=paging)


def _say_how_many(archive: Archive, query: Query, rows: Counted[Row]) -> None:
    """Say below a table how many there are, and whether these are all."""
    from replyarc.archive.fitting import total

    if rows.is_over and query.limit is None and not query.offset:
        say_how_many("replies", rows.number, f"{rows.number:,}", query)
    else:
        every = total(archive, query)
        say_how_many("replies", rows.number if rows.is_over else every, f"{every:,}", query, every)


def say_how_many(what: str, shown: int, told: str, query: Query, every: int | None = None) -> None:
    """Say on stderr how many are shown of how many there are, which is ``told``, and which."""
    from replyarc.screen.terminal import say

    is_cut = every is not None and shown < every
    number = f"{shown:,} of {told}" if is_cut else told
    words = in_words(query)
    one = {"replies": "reply", "hits": "hit"}
    noun = f"{one[what] if number == '1' else what}{f': {words}' if words else ''}"
    say(f"{number} {noun}{f'; {CUT}' if is_cut else ''}", style="dim")
