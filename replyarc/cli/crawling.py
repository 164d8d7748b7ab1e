"""``crawl``: walk the listings, archive what is new or changed, sum up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from replyarc.cli.attending import Attended, Log, LogFormat, Monitor, attended
from replyarc.cli.invocation import (
    BLOCKED,
    FINDING,
    SOME_FAILED,
    Invocation,
    complain,
    exit_code_of,
)
from replyarc.errors import ArchiveError

if TYPE_CHECKING:
    from replyarc.config.load import Settings
    from replyarc.manners import Manners
    from replyarc.model import Source
    from replyarc.report import Report
    from replyarc.walk import Plan


def crawl(
    ctx: typer.Context,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="Only this source; may be given again."),
    ] = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="Walk to the end and ask again for every reply known."),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Ask only for replies listed on this day or later; turn no further back.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Ask for at most N replies in each source."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Ask for listings only; write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The summary as JSON.")] = False,
    ping: Monitor = None,
    log_format: Log = LogFormat.TEXT,
) -> None:
    """Walk the listings and archive what is new or changed; a summary for each source."""
    invocation: Invocation = ctx.obj
    quiet, verbose = invocation.quiet, invocation.verbose
    with attended(invocation, ping, log_format, dry_run=dry_run) as told:
        settings = invocation.settings()
        settings = replace(settings, sources=chosen(settings.sources, only or [], "--only"))
        day = since and _day(since)
        plan = _plan(settings.manners, full=full, since=day, limit=limit, dry_run=dry_run)
        result = run(settings, plan, quiet=quiet, verbose=verbose, told=told)
        tell(result, settings, as_json=as_json, quiet=quiet, logged=told.journal is not None)
        raise typer.Exit(result.exit_code)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        why = f"{text!r} is no day. Write it as 2026-05-01."
        raise typer.BadParameter(why, param_hint="--since") from None


def _plan(manners: Manners, **told: Any) -> Plan:
    from replyarc.walk import Plan

    return Plan(recheck=manners.recheck, hosts=manners.hosts, per_host=manners.per_host, **told)


def chosen(sources: Sequence[Source], names: Sequence[str], hint: str) -> tuple[Source, ...]:
    """Return the sources of these names, of none all; raises BadParameter for an unknown one."""
    known = [source.name for source in sources]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            rather = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
            raise typer.BadParameter(f"{name!r} is no source. {rather}", param_hint=hint)
    return tuple(source for source in sources if not names or source.name in names)


@dataclass(slots=True)
class Result:
    """What a crawl came to: its reports, and what ended it before its end, if anything did."""

    reports: list[Report] = field(default_factory=list)
    failure: ArchiveError | None = None
    signal: int | None = None

    @property
    def exit_code(self) -> int:
        """The exit code of the contract; where several apply, the gravest.

        What a signal ended says so, whatever else went wrong: it is no crawl that came to its end.
        """
        if self.failure is not None:
            return exit_code_of(self.failure)
        if self.signal:
            return 128 + self.signal
        if any(report.blocked for report in self.reports):
            return BLOCKED
        if any(report.is_wrong for report in self.reports):
            return FINDING
        if any(report.problems for report in self.reports):
            return SOME_FAILED
        return 0


def run(
    settings: Settings,
    plan: Plan,
    *,
    quiet: bool = False,
    verbose: bool = False,
    told: Attended | None = None,
) -> Result:
    """Crawl: hold the archive, open the network, walk, and return what came of it.

    Raises ArchiveError where the archive cannot be held or opened.
    """
    from replyarc.archive.lock import hold
    from replyarc.archive.place import risky_place
    from replyarc.archive.store import Archive
    from replyarc.screen.terminal import say

    told, path = told or Attended(), settings.archive
    tell = None if quiet else say
    risk = risky_place(path)
    if risk and tell:
        tell(f"replyarc: {path}: {risk}")
    with ExitStack() as stack:
        archive: Archive | None = None
        if not plan.dry_run:
            stack.enter_context(hold(path))
            archive = stack.enter_context(Archive.open(path, create=True, tell=tell))
        elif path.exists():
            archive = stack.enter_context(Archive.open(path, read_only=True, tell=tell))
        told.begin(settings, plan)
        progress = stack.enter_context(told.progress(quiet=quiet, verbose=verbose))
        result = asyncio.run(_walk_all(settings, plan, archive, progress))
    told.end(result)
    return result


async def _walk_all(settings: Settings, plan: Plan, archive: Any, progress: Any) -> Result:
    from replyarc.crawl import crawl as walk_all
    from replyarc.fetch.client import Fetcher

    files = {} if archive is None or plan.dry_run else archive.robots_files
    hosts = {} if archive is None else archive.hosts
    if plan.dry_run:
        hosts = dict(hosts)  # what is known holds for it too; what it learns is not kept
    fetcher = Fetcher(settings.manners, robots_files=files, hosts=hosts, on_wait=progress.wait)

    def watch(report: Report, doing: str) -> None:
        report.requests = fetcher.requests[report.source]
        progress.watch(report, doing)

    result = Result()
    # a signal may come in while connections are closed: all is done then
    with _signals(result), contextlib.suppress(asyncio.CancelledError):
        async with fetcher:
            result.reports, result.failure = await walk_all(
                settings.sources, fetcher.for_source, archive, plan, watch
            )
    return result


@contextmanager
def _signals(result: Result) -> Iterator[None]:
    """Let the first SIGINT or SIGTERM end the walks in good order, and a second one at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # called from a coroutine

    def ask_to_end(number: int) -> None:
        if result.signal:
            os._exit(128 + number)
        result.signal = number
        task.cancel()

    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the process at once
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, ask_to_end, number)
    try:
        yield
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


def tell(
    result: Result,
    settings: Settings,
    *,
    as_json: bool = False,
    quiet: bool = False,
    logged: bool = False,
) -> None:
    """Print the summary of a crawl: on stdout, or where it is quiet only what went wrong.

    ``logged``: what went wrong stands in the log already.
    """
    from replyarc.screen import reports, terminal

    if as_json:
        terminal.print_json(_as_json(result, settings))
    else:
        wrong = [each for each in result.reports if each.has_news]
        told = wrong if quiet else result.reports
        if told and not (quiet and logged):
            stream = sys.stderr if quiet else sys.stdout
            terminal.console(stream).print(reports.summary(told, str(settings.archive)))
    if result.failure is not None and not logged:
        complain(result.failure)
    if result.signal:
        complain(reports.interrupted(result.reports))


def _as_json(result: Result, settings: Settings) -> dict[str, object]:
    return {
        "schema": 1,
        "archive": str(settings.archive),
        "exit_code": result.exit_code,
        "sources": [report.as_json() for report in result.reports],
    }
