"""``crawl`` where nobody looks: the monitor that is pinged, and the log for machines."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from replyarc import __version__
from replyarc.cli.invocation import Invocation, close_stdout, exit_code_of
from replyarc.errors import NO_ROOM, ArchiveHeld, DiskFull, ReplyarcError

if TYPE_CHECKING:
    from replyarc.cli.crawling import Result
    from replyarc.config.load import Settings
    from replyarc.fetch.ping import Ping
    from replyarc.screen.journal import Journal
    from replyarc.screen.progress import Watching
    from replyarc.walk import Plan

MEANINGS: Final = {
    0: "done",
    1: "a bug",
    2: "usage",
    3: "configuration",
    4: "some items failed; the archive is whole",
    5: "a finding",
    6: "blocked by a site",
    7: "another crawl holds the archive",
    8: "archive damaged, or of a newer replyarc",
    9: "disk full",
    130: "ended by SIGINT",
    143: "ended by SIGTERM",
}
"""The exit codes that a crawl may end with."""

HELD: Final = exit_code_of(ArchiveHeld())


class LogFormat(StrEnum):
    """How a crawl writes on stderr."""

    TEXT = "text"
    JSON = "json"


Monitor = Annotated[
    str | None,
    typer.Option(
        "--ping",
        metavar="URL",
        envvar="REPLYARC_PING",
        show_envvar=False,
        help="Tell a monitor of the beginning and the end (healthchecks' manner); "
        "else $REPLYARC_PING.",
    ),
]
Log = Annotated[
    LogFormat,
    typer.Option(
        "--log-format",
        envvar="REPLYARC_LOG_FORMAT",
        show_envvar=False,
        help="json: stderr is one object a line; else $REPLYARC_LOG_FORMAT.",
    ),
]


class Attended:
    """A crawl, its monitor and its log, as far as there are any."""

    def __init__(self, ping: Ping | None = None, journal: Journal | None = None) -> None:
        self._ping = ping
        self.journal = journal
        self._archive = ""
        self._begun = False
        self.result: Result | None = None

    def progress(self, *, quiet: bool, verbose: bool) -> Watching:
        """Return what shows the progress: a line on the terminal, or the log."""
        from replyarc.screen.progress import Progressing

        return self.journal or Progressing(quiet=quiet, verbose=verbose)

    def begin(self, settings: Settings, plan: Plan) -> None:
        """Tell that the archive is held and open, and the walks begin."""
        if self.journal:
            self.journal.write(
                "info",
                "begin",
                version=__version__,
                archive=str(settings.archive),
                sources=[source.name for source in settings.sources],
                full=plan.full,
                since=plan.since and plan.since.isoformat(),
                dry_run=plan.dry_run,
            )
        self._archive, self._begun = str(settings.archive), True
        if self._ping:
            self._complain(self._ping.start())

    def end(self, result: Result) -> None:
        """Note what the walks came to, and write it into the log."""
        self.result = result
        for report in result.reports if self.journal else ():
            assert self.journal is not None
            self.journal.end(report)

    def close(self, code: int, why: str) -> None:
        """Tell the monitor how it ended, and the log; `why` where the reports do not say it."""
        if self._ping and (self._begun or code != HELD):
            said = f"exit code {code}: {MEANINGS.get(code, '?')}\n{why}\n{self._summary()}"
            tell = self._ping.fail if code else self._ping.success
            self._complain(tell(said))
        if self.journal:
            level = "warning" if code else "info"
            requests = sum(report.requests for report in self.result.reports) if self.result else 0
            meaning = MEANINGS.get(code, "?")
            self.journal.write(level, "done", exit_code=code, meaning=meaning, requests=requests)

    def _summary(self) -> str:
        """Write what a person would be shown, as plain text."""
        from replyarc.screen import reports, terminal

        if self.result is None:
            return ""
        drawn = io.StringIO()
        terminal.console(drawn).print(reports.summary(self.result.reports, self._archive))
        return drawn.getvalue()

    def _complain(self, what: str | None) -> None:
        from replyarc.cli.invocation import complain

        if what:
            complain(f"--ping: {what}. The crawl does not depend on it")


@contextmanager
def attended(
    invocation: Invocation, url: str | None, log: LogFormat, *, dry_run: bool
) -> Iterator[Attended]:
    """Attend a crawl to its end, whatever ends it. A dry run is no crawl: it pings nothing.

    Raises BadParameter where the monitor has no address that can be asked, before anything begins.
    """
    from replyarc.screen.journal import journal

    quiet, verbose = invocation.quiet, invocation.verbose
    written = journal(quiet=quiet, verbose=verbose) if log is LogFormat.JSON else None
    with written.taking_stderr() if written else nullcontext():
        told = Attended(journal=written)
        try:
            ping = _ping(url)
            told = Attended(None if dry_run else ping, written)
            yield told
        except BaseException as error:
            ending = _flushed(error)
            code, why = _ending(ending, told.result)
            if written and why:
                written.write("error", "error", text=why, **_traceback(ending, code))
            told.close(code, why)
            if written and not isinstance(ending, BrokenPipeError):
                if isinstance(ending, OSError):
                    close_stdout()
                raise typer.Exit(code) from None  # all is said: nobody is to say it again
            if ending is not error:
                raise ending from None
            raise
        told.close(0, "")


def _ping(url: str | None) -> Ping | None:
    from replyarc.fetch.ping import Ping

    if url is None:
        return None
    try:
        return Ping(url)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--ping") from None


def _flushed(error: BaseException) -> BaseException:
    """Return what ends the crawl: the summary is not told before stdout has taken it."""
    if isinstance(error, typer.Exit):
        try:
            sys.stdout.flush()
        except OSError as worse:
            return worse
    return error


def _ending(error: BaseException, result: Result | None) -> tuple[int, str]:
    """Return the exit code to which an error leads, and what is to be said of it."""
    if isinstance(error, typer.Exit):
        failure = result.failure if result else None
        return error.exit_code, "" if failure is None else str(failure)
    if isinstance(error, ReplyarcError):
        return exit_code_of(error), str(error)
    if isinstance(error, typer.BadParameter):
        return 2, error.format_message()
    if isinstance(error, KeyboardInterrupt):
        return 130, ""
    if isinstance(error, BrokenPipeError):  # of stdout: the crawl itself is done
        return result.exit_code if result else 1, ""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return exit_code_of(DiskFull()), "standard output: the disk is full"
    return 1, f"a bug: {type(error).__name__}: {error}"


def _traceback(error: BaseException, code: int) -> dict[str, str]:
    if code != 1:
        return {}
    return {"traceback": "".join(traceback.format_exception(error))}
