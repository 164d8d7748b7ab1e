"""``status``: how the sources are, judged by what their crawls brought."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replyarc.cli.crawling import chosen
from replyarc.cli.invocation import FINDING, NOTHING_FOUND, Invocation, complain
from replyarc.errors import ConfigError
from replyarc.instants import utc

if TYPE_CHECKING:
    from replyarc.archive.running import Holder
    from replyarc.archive.store import Archive
    from replyarc.config.load import Settings
    from replyarc.health.judging import Health
    from replyarc.model import Source


Names = Annotated[
    list[str] | None, typer.Argument(metavar="NAME", help="Only these sources; else all of them.")
]
MaxAge = Annotated[
    str | None,
    typer.Option(
        "--max-age",
        metavar="SPAN",
        help="A source must have been crawled whole within that time, as in 36h or 3d.",
    ),
]


def status(
    ctx: typer.Context,
    names: Names = None,
    max_age: MaxAge = None,
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
) -> None:
    """Say of each source what is archived, how its crawls went, and what cannot be right.

    It is judged by what the crawls brought: too few or suddenly fewer entries,
    nothing new for long, fields that letters fill no more, crawls that do not
    come to their end. Nothing is asked of a site; a crawl may run meanwhile.
    With -q before the command only what is wrong is printed. Exit code 5 where
    something is, 10 where nothing is archived.
    """
    from replyarc.screen import status as drawn
    from replyarc.screen import terminal

    invocation: Invocation = ctx.obj
    span = _span(max_age)
    settings = _settings(invocation)
    path = settings.archive if settings else invocation.archive_path()
    at, holder = _now(), _holder(path)
    sources = _sources(path, settings, names or [], at, span, invocation)
    code = _exit_code(path, sources)
    since = holder.started_at if holder else None
    if as_json:
        terminal.print_json(_as_json(path, code, holder, sources))
    elif invocation.quiet:
        terminal.show(*drawn.wrong(sources))
    else:
        terminal.show(*drawn.told(sources, at, since))
        _tell_where(path, holder, settings)
    if code == NOTHING_FOUND:
        complain(f"{path}: there is nothing in it yet. `replyarc crawl` fills it")
    raise typer.Exit(code)


def _now() -> datetime:
    return datetime.now(UTC)


def _span(text: str | None) -> timedelta | None:
    """Read ``--max-age``; raises BadParameter."""
    from replyarc.config.values import read_span

    try:
        return None if text is None else read_span(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--max-age") from None


def _settings(invocation: Invocation) -> Settings | None:
    """Load the configuration; ``None`` where there is none, and the archive is named otherwise.

    Raises ConfigError.
    """
    from replyarc.config.load import find

    try:
        find(invocation.config, os.environ)
    except ConfigError:
        if invocation.archive or os.environ.get("REPLYARC_ARCHIVE"):
            return None
        raise
    return invocation.settings()


def _holder(path: Path) -> Holder | None:
    from replyarc.archive.running import holder

    return holder(path)


def _sources(
    path: Path,
    settings: Settings | None,
    names: Sequence[str],
    at: datetime,
    span: timedelta | None,
    invocation: Invocation,
) -> list[Health]:
    """Return the health of the sources: the configured ones, then what else is archived.

    Raises ArchiveError, and BadParameter where a name is no source's.
    """
    from replyarc.archive.answers import archived_sources

    with ExitStack() as stack:
        archive, crawled = None, []
        if path.exists():
            archive = stack.enter_context(invocation.open_archive(path, read_only=True))
            archived = archived_sources(archive).values()
            crawled = [replace(each, urls=each.urls or ("",)) for each in archived]
        configured = list(settings.sources) if settings else crawled
        known = {each.name for each in configured}
        every = [*configured, *(each for each in crawled if each.name not in known)]
        wanted = {each.name for each in chosen(every, names, "NAME")}
        found = _healths(archive, every, known, at, span)
    return [each for each in found if each.source.name in wanted]


def _healths(
    archive: Archive | None,
    every: Sequence[Source],
    known: set[str],
    at: datetime,
    span: timedelta | None,
) -> list[Health]:
    """Judge the configured sources; of what is no longer configured tell only what is held."""
    from replyarc.archive import history, ledger
    from replyarc.archive.database import explained
    from replyarc.health.history import History
    from replyarc.health.judging import Health, judge, overdue

    if archive is None:
        told = {each.name: History(source=each.name) for each in every}
    else:
        with explained(archive.path):
            told = {each.name: history.read(archive.db, each.name) for each in every}
    whole = [each for name in known if (each := told[name].whole_at) is not None]
    healths = []
    for source in every:
        mine, found = told[source.name], []
        if source.name in known:
            found = judge(mine, source, at)
            if mine.whole_at is not None or not any(each.grave for each in found):
                # where it never came to its end, what says why says enough
                found[:0] = overdue(mine, at, max_age=span, latest=max(whole, default=None))
        if archive is not None:
            with explained(archive.path):
                found = ledger.since(archive.db, found)
        health = Health(source=source, history=mine, is_configured=source.name in known)
        healths.append(replace(health, findings=tuple(found)))
    return healths


def _exit_code(path: Path, sources: Sequence[Health]) -> int:
    if not sources or not path.exists():
        return NOTHING_FOUND
    return FINDING if any(each.grave for each in sources) else 0


def _tell_where(path: Path, holder: Holder | None, settings: Settings | None) -> None:
    """Say where all this is, and who writes to it now."""
    from replyarc.screen.terminal import say

    say(f"archive: {path}", style="dim")
    if holder:
        say(
            f"A crawl, or another that writes, is at work: {holder}.",
            style="cyan",
        )
    if settings is None:
        say("No configuration was found: what is expected of a source is not known.", style="dim")


def _as_json(
    path: Path, code: int, holder: Holder | None, sources: Sequence[Health]
) -> dict[str, object]:
    from replyarc.health.telling import as_json

    running = None
    if holder:
        started = utc(holder.started_at)
        running = {"pid": holder.pid, "host": holder.host, "started_at": started}
    since = holder.started_at if holder else None
    return {
        "schema": 1,
        "archive": str(path),
        "exit_code": code,
        "crawl_running": running,
        "sources": [as_json(each, since) for each in sources],
    }
