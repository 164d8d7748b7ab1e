"""``stats``: what the archive comes to, on the terminal, as JSON, and as a report with charts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from replyarc.archive.query import Query, in_words
from replyarc.cli.filters import filtered
from replyarc.cli.invocation import NOTHING_FOUND, Invocation, ask_to_replace
from replyarc.cli.listing import NoPager
from replyarc.figures import BREAKDOWNS, LATE, SECTIONS

if TYPE_CHECKING:
    from replyarc.figures import Statistics

By = Annotated[
    str | None,
    typer.Option(
        metavar="WHAT",
        help=f"Only this, whole: {', '.join([*BREAKDOWNS, *SECTIONS])}.",
    ),
]
Late = Annotated[
    int,
    typer.Option(
        min=0,
        metavar="DAYS",
        help="Published late is what was after more days than these (发布用时): 20 working days, "
        "which 政府信息公开条例 allows, are about 30.",
    ),
]
Svg = Annotated[
    Path | None,
    typer.Option("--svg", metavar="FILE", help="The charts as a picture; extra: charts."),
]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", help="Charts and tables as one page to print; extra: charts."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the files if they exist.")]


@filtered
def stats(
    ctx: typer.Context,
    query: Query,
    by: By = None,
    late: Late = LATE,
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
    svg: Svg = None,
    html: Html = None,
    force: Force = False,
    no_pager: NoPager = False,
) -> None:
    """Count the replies: by year, office, kind …; what is missing, late, edited, gone.

    The numbers of proposals (建议提案号) of each session that are not held are told as ranges. The
    filters say which replies are counted; what a reply does not say is counted as 未注明.
    """
    _check_by(by)
    files = [path for path in (svg, html) if path]
    if files:
        from replyarc.charts.fonts import require_matplotlib

        require_matplotlib()
    for path in files:
        if path.exists() and not force:
            ask_to_replace(path)
    told = _counted(ctx.obj, query, late)
    words = in_words(query)
    if as_json:
        from replyarc.screen.terminal import print_json

        print_json(told.as_json())
    elif not files:
        _show(told, by, words, paging=not no_pager)
    if svg:
        _draw(svg, told, words, "svg", ctx.obj)
    if html:
        _draw(html, told, words, "page", ctx.obj)


def _check_by(by: str | None) -> None:
    known = {name: words[0] for name, words in {**BREAKDOWNS, **SECTIONS}.items()}
    if by is None or by in known:
        return
    from difflib import get_close_matches

    chinese = {title: name for name, title in known.items()}
    near = [chinese[by]] if by in chinese else get_close_matches(by, known, 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    told = ", ".join(f"{name} ({title})" for name, title in known.items())
    raise typer.BadParameter(f"{by!r} is none of: {told}.{meant}", param_hint="--by")


def _counted(invocation: Invocation, query: Query, late: int) -> Statistics:
    """Count; raises Exit where there is nothing to count, after saying so."""
    from replyarc.archive.statistics import statistics

    with invocation.open_archive(read_only=True) as archive:
        told = statistics(archive, query, late)
        if not told.total:
            from replyarc.cli.nothing import say_nothing_fits

            say_nothing_fits(archive, query)
            raise typer.Exit(NOTHING_FOUND)
    return told


def _show(told: Statistics, by: str | None, about: str, *, paging: bool) -> None:
    from replyarc.screen.pager import paper
    from replyarc.screen.stats import part, report
    from replyarc.screen.stats_bars import Pen, draws_blocks

    with paper(paging=paging) as on:
        pen = Pen(on.width, draws_blocks(on.out, os.environ.get("TERM", "")))
        on.write(
            report(told, pen, about, _region) if by is None else part(told, by, pen, about, _region)
        )


def _region(code: str) -> str:
    """Return a region's code with the name of its province (GB/T 2260)."""
    from replyarc.catalogue.columns import PROVINCES

    name = PROVINCES.get(code[:2])
    return f"{code} {name}" if name else code


def _draw(path: Path, told: Statistics, about: str, form: str, invocation: Invocation) -> None:
    """Write the charts into a file.

    Raises ReplyarcError where they cannot be drawn, and what ``placed`` does.
    """
    from replyarc.charts.drawing import svg
    from replyarc.charts.page import page
    from replyarc.export.file import placed
    from replyarc.screen.terminal import say

    drawn = (svg if form == "svg" else page)(told, about)

    def write(out: BinaryIO) -> int:
        out.write(drawn)
        return told.total

    written = placed(path, write)
    if not invocation.quiet:
        say(f"{path}: {written.rows:,} replies, sha256 {written.sha256}")
