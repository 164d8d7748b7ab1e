"""The commands: parse options, make one call, print, exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from replyarc import __version__
from replyarc.cli.backing import backup
from replyarc.cli.checking import check
from replyarc.cli.crawling import crawl
from replyarc.cli.describing import datasette
from replyarc.cli.finding import discover, sources
from replyarc.cli.importing import import_files
from replyarc.cli.inspecting import inspect
from replyarc.cli.invocation import Invocation, guarded
from replyarc.cli.merging import merge
from replyarc.cli.reading import list_replies, show
from replyarc.cli.redacting import redact
from replyarc.cli.rereading import reread
from replyarc.cli.scheduling import schedule
from replyarc.cli.searching import CONTEXT, search
from replyarc.cli.starting import demo, init
from replyarc.cli.status import status
from replyarc.cli.verifying import verify
from replyarc.cli.writing import export

app = typer.Typer(
    name="replyarc",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done · 1 a bug · 2 usage · 3 configuration · 4 some items failed · "
    "5 a finding · 6 blocked by a site · 7 another crawl holds the archive · "
    "8 archive damaged or newer · 9 disk full · 10 nothing found · 130/143 by a signal.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"replyarc {__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="The configuration; else $REPLYARC_CONFIG, "
            "./replyarc.toml, the user's configuration folder.",
        ),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option("--archive", metavar="FILE", help="The archive, whatever the file says."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only what went wrong.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Every step of a crawl, a line each.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Archive the written replies (答复) of Chinese government to suggestions and proposals.

    Start with `replyarc demo`, then `replyarc init`, `replyarc crawl` and `replyarc list`.
    """
    ctx.obj = Invocation(config=config, archive=archive, quiet=quiet, verbose=verbose)


COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "init": init,
    "sources": sources,
    "discover": discover,
    "crawl": crawl,
    "schedule": schedule,
    "status": status,
    "check": check,
    "inspect": inspect,
    "show": show,
    "search": search,
    "list": list_replies,
    "export": export,
    "import": import_files,
    "reread": reread,
    "verify": verify,
    "backup": backup,
    "merge": merge,
    "redact": redact,
    "datasette": datasette,
    "demo": demo,
}
for _name, _function in COMMANDS.items():
    _context = CONTEXT if _function is search else None
    app.command(_name, context_settings=_context)(guarded(_function))


def main() -> None:
    """Run replyarc; the process ends with one of the exit codes of the contract."""
    app(prog_name="replyarc")
