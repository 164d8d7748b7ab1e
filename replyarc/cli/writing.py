"""``export``: writes replies, or an archive, into a file, a folder or to stdout."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from replyarc.archive.query import Query, in_words
from replyarc.cli.ending import tidily
from replyarc.cli.exporting import Asked, Order, ordered, spare
from replyarc.cli.filters import filtered
from replyarc.cli.invocation import NOTHING_FOUND, Invocation, close_stdout, complain
from replyarc.errors import DiskFull
from replyarc.export.formats import FORMATS, ArchiveFormat, FolderFormat, Format
from replyarc.export.tables import Headers, Profile

if TYPE_CHECKING:
    from replyarc.archive.exports import Since
    from replyarc.archive.store import Archive
    from replyarc.export.file import Written

_Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", metavar="F", help=f"{', '.join(FORMATS)}; else by the file's name."
    ),
]
_Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Else stdout (-). In a folder a file gets a name with the hour in it; md makes one.",
    ),
]
_Profile = Annotated[
    Profile | None,
    typer.Option(help="excel (the default for a .csv file) opens well; raw loses nothing."),
]
_Headers = Annotated[Headers | None, typer.Option(help="Headings; excel has zh, raw has en.")]
_Columns = Annotated[
    str | None,
    typer.Option(metavar="NAMES", help="Only these (title,url or 标题,网址), in this order."),
]
_Redact = Annotated[
    bool,
    typer.Option("--redact", help="Without contacts (联系人), telephones (电话) and e-mail."),
]
_Since = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="What is new or changed since the last export called so."),
]
_Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]
_Json = Annotated[bool, typer.Option("--json", help="Tell of the file as JSON, on stdout.")]


@dataclass(frozen=True, slots=True)
class _Told:
    """What an export came to; of one that went to stdout nobody keeps a SHA-256."""

    rows: int
    sha256: str | None = None


@filtered
def export(
    ctx: typer.Context,
    query: Query,
    to: _Format = None,
    out: _Out = None,
    profile: _Profile = None,
    headers: _Headers = None,
    columns: _Columns = None,
    redact: _Redact = False,
    since_last: _Since = None,
    force: _Force = False,
    as_json: _Json = False,
) -> None:
    """Write replies, newest first, as a table, a workbook, a feed …, or the archive.

    A file takes its name when it is whole; until then, and where nothing fits, what stood there
    stays. A feed (atom) holds the 100 that changed last unless --limit says otherwise.

    warc holds every page as it came, with what was asked and answered; bundle is one zip with the
    archive, tables, WARC, a README and checksums, and takes no filters. `replyarc import` reads
    both of them back, and jsonl and csv of the profile raw.

    --since-last NAME notes in the archive what was told under this name; it goes with the same
    filters every time, and ends with 10 where nothing is new. --redact leaves deputies, members
    and signatures, which are public, and cannot be had for warc and bundle.
    """
    invocation: Invocation = ctx.obj
    asked = Asked(to, out, profile, headers, columns, redact, since_last, force)
    order = ordered(asked, query, in_words(query))
    if as_json and order.out is None:
        raise typer.BadParameter("stdout is where the replies go. Name a file", param_hint="--json")
    with tidily(), invocation.open_archive(read_only=order.since is None) as archive:
        told = _written(invocation, archive, order)
    _tell(invocation, order, told, as_json=as_json)
    if order.out is None and order.name == "csv" and profile is None and not invocation.quiet:
        _tell_of_excel(_stdout_is(stat.S_ISREG))


def _written(invocation: Invocation, archive: Archive, order: Order) -> _Told:
    if order.out is not None:
        from replyarc.export.leftover import sweep

        spare(archive.path, order.out)
        sweep(order.out.resolve().parent)
    if isinstance(order.form, ArchiveFormat):
        return _written_archive(archive, order)
    if order.since is None:
        return _written_rows(invocation, archive, order, None)
    from replyarc.archive.exports import OtherFilters, since_last

    try:
        about = order.style.about
        with since_last(
            archive, order.since, order.query, about, changed_first=order.is_feed
        ) as since:
            told = _written_rows(invocation, archive, order, since)
            since.note(datetime.now(UTC), order.name, about)
            return told
    except OtherFilters as error:
        raise typer.BadParameter(str(error), param_hint="--since-last") from error


def _written_archive(archive: Archive, order: Order) -> _Told:
    from replyarc.archive.evidence_rows import snapshot
    from replyarc.export.file import write_archive

    assert order.out is not None
    with snapshot(archive, order.query) as kept:
        of_use = next(kept.replies(), None) or (kept.whole and next(kept.fetches(), None))
        if not of_use:
            _nothing(archive, order, None)
        return _told(write_archive(order.out, order.name, kept))


def _written_rows(
    invocation: Invocation, archive: Archive, order: Order, since: Since | None
) -> _Told:
    from replyarc.screen.exporting import Exporting, watched

    rows = _rows(archive, order, since)
    first = next(rows, None)
    if first is None:
        _nothing(archive, order, since)
    shown = watched(invocation.quiet, order.out is None)
    with ExitStack() as stack:
        bar = stack.enter_context(Exporting(_total(archive, order, since, shown), shown=shown))
        replies = bar.counted(chain([first], rows))
        if order.redact:
            from replyarc.archive.exports import telephones
            from replyarc.export.redacting import redacted

            replies = redacted(replies, telephones(archive))
        return _put(order, replies)


def _rows(archive: Archive, order: Order, since: Since | None) -> Iterator[Any]:
    if since is not None:
        return since.said(changed_first=order.is_feed)
    if order.is_feed:
        from replyarc.archive.exports import changed_first

        return changed_first(archive, order.query)
    if isinstance(order.form, Format) and order.form.stored and not order.redact:
        from replyarc.archive.stored import stored

        return stored(archive, order.query)
    return archive.said(order.query)


def _total(archive: Archive, order: Order, since: Since | None, shown: bool) -> int:
    """Return how many are to come; counted only where somebody sees it."""
    if not shown:
        return 0
    if since is not None:
        return since.count
    from replyarc.archive.fitting import total

    left = max(total(archive, order.query) - order.query.offset, 0)
    return left if order.query.limit is None else min(left, order.query.limit)


def _put(order: Order, replies: Iterator[Any]) -> _Told:
    """Write replies to where they go."""
    from replyarc.export.file import write_file, write_stream

    if order.out is None:
        from replyarc.screen.pager import raw

        try:
            return _Told(write_stream(raw(sys.stdout), order.name, replies, order.style))
        except DiskFull:
            close_stdout()  # it still holds what there was no room for
            raise
    if isinstance(order.form, FolderFormat):
        from replyarc.export.folder import write_folder

        return _told(write_folder(order.out, order.name, replies, order.style, replace=True))
    return _told(write_file(order.out, order.name, replies, order.style))


def _told(written: Written) -> _Told:
    return _Told(written.rows, written.sha256)


def _nothing(archive: Archive, order: Order, since: Since | None) -> None:
    """Say that no reply is to be written, and why; nothing was touched."""
    if since is None or since.last_at is None:
        from replyarc.cli.nothing import say_nothing_fits

        say_nothing_fits(archive, order.query)
    else:
        from replyarc.instants import CHINA

        at = f"{since.last_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        complain(f"nothing new for the export {order.since!r} since {at} (没有新的答复).")
    raise typer.Exit(NOTHING_FOUND)


def _tell(invocation: Invocation, order: Order, told: _Told, *, as_json: bool) -> None:
    from replyarc.screen.terminal import print_json, say

    if as_json:
        where = {"schema": 1, "file": str(order.out), "format": order.name}
        print_json(where | asdict(told))
    if invocation.quiet:
        return
    number = f"{told.rows:,} {order.form.counts}"
    if order.since:
        number += f", new or changed since the last {order.since!r}"
    if told.sha256 is None:
        if not _stdout_is(stat.S_ISFIFO):
            say(f"standard output: {number}")
    else:
        say(f"{order.out}: {number}, sha256 {told.sha256}")


def _tell_of_excel(in_file: bool) -> None:
    """Say what `> replies.csv` is not: without BOM, Excel takes it for another charset."""
    from replyarc.screen.terminal import say

    if in_file:
        say("This is csv for programs. For Excel: replyarc export -o replies.csv")


def _stdout_is(kind: Callable[[int], bool]) -> bool:
    """Tell whether stdout is a file, or a pipe, whose reader counts for itself, or may be gone."""
    try:
        return kind(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False
