"""``import``: pages saved by hand, folders, WARC, and what ``export`` wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from replyarc.cli.invocation import NOTHING_FOUND, SOME_FAILED, Invocation, complain
from replyarc.errors import ConfigError

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.importing.outcome import Imported
    from replyarc.model import Source


_Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help="Saved pages (HTML, MHT, PDF, DOCX), folders of them, WARC files, bundles, and "
        "what `export` wrote as jsonl or as csv of the profile raw.",
    ),
]
_Url = Annotated[
    str | None,
    typer.Option(
        "--url", metavar="URL", help="The address of a saved page; else the page is to say it."
    ),
]
_Name = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="NAME",
        help="Read pages as pages of this source; else of the source with their host, if "
        "there is one.",
    ),
]
_Title = Annotated[
    str, typer.Option(metavar="TITLE", help="The title under which a listing leads to it.")
]
_FetchedAt = Annotated[
    datetime | None,
    typer.Option(
        "--fetched-at",
        formats=["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"],
        metavar="INSTANT",
        help="When a page was saved, in UTC (2024-05-01T08:00:00Z); else as the browser noted, "
        "else the time of the file.",
    ),
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Say what would come; take nothing in.")
]
_AsJson = Annotated[bool, typer.Option("--json", help="What came of it as JSON.")]


def import_files(
    ctx: typer.Context,
    paths: _Paths,
    url: _Url = None,
    name: _Name = None,
    title: _Title = "",
    fetched_at: _FetchedAt = None,
    dry_run: _DryRun = False,
    as_json: _AsJson = False,
) -> None:
    """Take in saved pages, a folder of them, WARC files, or what `export` wrote.

    Nothing is asked for. Importing twice changes nothing. Of a foreign WARC only replies are
    filed; a WARC or bundle of replyarc gives the same archive back. A file that cannot be read
    is named and stops no other one.
    """
    from replyarc.importing.take import Import, Wish

    invocation: Invocation = ctx.obj
    at = fetched_at.replace(tzinfo=UTC) if fetched_at else None
    if at and at > datetime.now(UTC):
        raise typer.BadParameter("it is still to come", param_hint="--fetched-at")
    wish = Wish(url=_address(url, paths), title=title, fetched_at=at, dry_run=dry_run)
    sources = _sources(invocation, name)
    with _opened(invocation.archive_path(), dry_run=dry_run) as archive:
        outcome = Import(archive, sources, wish, _watch(invocation)).take(paths)
    _say(invocation, outcome, dry_run=dry_run, as_json=as_json)
    if outcome.problems:
        raise typer.Exit(SOME_FAILED)
    if outcome.nothing:
        raise typer.Exit(NOTHING_FOUND)


def _address(url: str | None, paths: list[Path]) -> str | None:
    """Return the address that was told, as it is archived; it is that of one page."""
    from replyarc.importing.take import address

    if url is None:
        return None
    if len(paths) > 1 or paths[0].is_dir():
        raise typer.BadParameter("it names one page; import one file", param_hint="--url")
    try:
        return address(url)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--url") from error


def _sources(invocation: Invocation, name: str | None) -> Callable[[str], Source | None]:
    """Return what tells of which source an address is: the one that is named, else by its host.

    Raises ConfigError where a source is named and cannot be had; else no configuration is needed.
    """
    from replyarc.cli.crawling import chosen

    try:
        sources = invocation.settings().sources
    except ConfigError:
        if name is not None or invocation.config:
            raise
        return lambda url: None
    if name is not None:
        one = chosen(sources, [name], "--source")[0]
        return lambda url: one
    hosts = {urlsplit(at).hostname: each for each in reversed(sources) for at in each.urls}
    return lambda url: hosts.get(urlsplit(url).hostname)


@contextmanager
def _opened(path: Path, *, dry_run: bool) -> Iterator[Archive]:
    """Hold and open the archive, or make it; for a trial, nothing is made where there is none."""
    from tempfile import TemporaryDirectory

    from replyarc.archive.lock import hold
    from replyarc.archive.store import Archive

    if dry_run and not path.exists():
        with (
            TemporaryDirectory(prefix="replyarc-") as folder,
            Archive.open(Path(folder) / "empty.db", create=True) as archive,
        ):
            yield archive
        return
    with hold(path), Archive.open(path, create=True) as archive:
        yield archive


def _watch(invocation: Invocation) -> Callable[[str], None]:
    from replyarc.screen.terminal import say

    return say if invocation.verbose else lambda _: None


def _say(invocation: Invocation, outcome: Imported, *, dry_run: bool, as_json: bool) -> None:
    """Print what came of an import: a summary on stdout, what went wrong on stderr."""
    from replyarc.screen import terminal

    for problem in outcome.problems:
        complain(problem)
    if as_json:
        terminal.print_json({"schema": 1, "dry_run": dry_run, **outcome.as_json()})
    elif not invocation.quiet:
        terminal.show(*_lines(outcome, dry_run=dry_run))


def _lines(outcome: Imported, *, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    yield (
        f"replies: {outcome.new:,} {would}new · {outcome.more:,} with more versions · "
        f"{outcome.known:,} as they are · {outcome.captures:,} captures {would}new"
    )
    if outcome.left:
        left = " · ".join(f"{number:,} {why}" for why, number in sorted(outcome.left.items()))
        yield f"left out: {left}"
    if outcome.problems:
        yield f"failed: {len(outcome.problems):,}"
