"""``browse``: the archive in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from replyarc.cli.exit_codes import USAGE
from replyarc.cli.invocation import Invocation, complain
from replyarc.extras import require


def browse(
    ctx: typer.Context,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; else this machine only.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            metavar="N",
            help="Else 8765, or a free one if that is taken; 0: a free one.",
        ),
    ] = None,
    open_it: Annotated[
        bool, typer.Option("--open/--no-open", help="Open it in the web browser.")
    ] = False,
) -> None:
    """Read the archive in a web browser: search, letters, history, charts, and Datasette.

    Read-only, and for this machine alone; Ctrl-C ends it. The address is printed on stdout.
    """
    invocation: Invocation = ctx.obj
    path = invocation.archive_path()
    require("datasette", "Datasette", "browse needs", "web")
    invocation.open_archive(read_only=True).close()  # says so if it is brought up

    from replyarc.browse.serving import NoPlace, serve

    if host not in ("127.0.0.1", "localhost", "::1"):
        _warn(host)
    try:
        serve(path, host, port, lambda address: _begun(address, open_it, invocation.quiet))
    except NoPlace as error:
        complain(error.args[0])
        raise typer.Exit(USAGE) from None


def _warn(host: str) -> None:
    from replyarc.screen.terminal import say

    say(
        f"replyarc: whoever reaches {host} can read all of the archive, the names and telephone "
        "numbers in it included: there is no password, and nothing is encrypted.",
        style="yellow",
    )


def _begun(address: str, open_it: bool, quiet: bool) -> None:
    from replyarc.screen.terminal import say

    typer.echo(address)
    if not quiet:
        say("Open it in a browser; Ctrl-C ends it.")
    if open_it:
        from threading import Thread

        # one in a terminal comes back at its end only, and could not be answered until then
        Thread(target=_open, args=(address,), daemon=True).start()


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        complain(f"no web browser was found to open. Open {address} in one yourself")
