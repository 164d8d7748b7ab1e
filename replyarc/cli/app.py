"""The program: the options before a command's name; a command is loaded when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.models import CommandInfo

from replyarc.cli.commands import COMMANDS as COMMANDS  # who looks for them, looks here
from replyarc.cli.invocation import Invocation, guarded
from replyarc.cli.streams import prepare_streams
from replyarc.cli.values import lighten

if TYPE_CHECKING:
    from typer._click.shell_completion import CompletionItem


COMPLETING: Final = "_REPLYARC_COMPLETE"
"""The variable by which a shell asks what can follow."""


class Command(TyperCommand):
    """A command: its help is a page of our own, and its values can be completed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take ``-h`` alone for help, also where it could be a word that is searched for."""
        lighten(self.get_params(ctx))
        try:
            return super().parse_args(ctx, ["--help"] if args == ["-h"] else args)
        except typer.TyperException as error:
            if getattr(error, "ctx", ctx) is None:  # so that it is told of which command
                error.__dict__["ctx"] = ctx
            raise

    def get_help(self, ctx: Any) -> str:
        """Return the command's page."""
        from replyarc.cli.helping import page

        return page(str(self.name))


class Program(TyperGroup):
    """The commands, none of which is loaded before it is asked for."""

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        """Load a command; ``None`` where there is none of this name."""
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            self.commands[cmd_name] = command(cmd_name)
        found = self.commands.get(cmd_name)
        return found if isinstance(found, TyperCommand) else None

    def get_help(self, ctx: Any) -> str:
        """Return the page of the program."""
        from replyarc.cli.helping import page

        return page("replyarc")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show the page where nothing is asked for: a usage error, though a kind one."""
        if not args and not ctx.resilient_parsing:
            typer.echo(self.get_help(ctx))
            raise typer.Exit(2)
        lighten(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that is named, or say which was meant."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from replyarc.cli.mistakes import no_command

            ctx.fail(no_command(args[0]))
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin as what is typed, and load none."""
        from typer._click.shell_completion import CompletionItem

        fitting = [
            CompletionItem(name, help=row.summary)
            for name, row in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*fitting, *super(TyperGroup, self).shell_complete(ctx, incomplete)]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end the process; what was asked wrongly is told in a line, with the way on."""
        run = partial(super().main, args, prog_name, complete_var, False, windows_expand_args)
        if not standalone_mode:
            return run(**extra)
        prepare_streams()
        try:
            code = _quietly(run) if os.environ.get(COMPLETING) else run(**extra)
        except typer.TyperException as error:
            from replyarc.cli.mistakes import tell

            tell(error)
            code = error.exit_code
        except typer.Abort:
            code = 130  # a question at the terminal was left without an answer
        sys.exit(code or 0)


def _quietly(offer: Callable[[], Any]) -> int:
    """Answer a shell; what goes wrong offers nothing, since a word would land in a typed line."""
    from typer import _completion_classes as classes

    from replyarc.cli.completing import joined

    # help is no markup here, and rich, which typer would take it out with, is slow to load
    classes._sanitize_help_text = lambda text: text
    with suppress(Exception), redirect_stderr(io.StringIO()):
        joined()
        offer()
    return 0


def command(name: str) -> TyperCommand:
    """Load the module of a command, and make of its function what typer runs.

    A module may say under CONTEXT how typer is to read the words of its command.
    """
    from replyarc.cli.completing import completed

    where, _, function = COMMANDS[name].place.partition(":")
    module = import_module(f"replyarc.cli.{where}")
    info = CommandInfo(
        name,
        cls=Command,
        callback=guarded(getattr(module, function)),
        context_settings=getattr(module, "CONTEXT", None),
    )
    made = typer.main.get_command_from_info(
        info, pretty_exceptions_short=True, rich_markup_mode=None
    )
    assert isinstance(made, TyperCommand)
    return completed(made)


app = typer.Typer(
    cls=Program,
    name="replyarc",
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from replyarc.cli.helping import version

        typer.echo(version())
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
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Say which replyarc, archive format, Python and SQLite.",
        ),
    ] = False,
) -> None:
    """Archive the written replies (答复) of Chinese government to suggestions and proposals."""
    ctx.obj = Invocation(config=config, archive=archive, quiet=quiet, verbose=verbose)


def main() -> None:
    """Run replyarc; the process ends with one of the exit codes of the contract."""
    app(prog_name="replyarc")
