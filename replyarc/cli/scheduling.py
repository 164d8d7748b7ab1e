"""``schedule``: what has to be given to cron, systemd or Windows for a crawl every day."""

from __future__ import annotations

import getpass
import os
import shlex
import socket
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from replyarc.cli.invocation import Invocation, complain

if TYPE_CHECKING:
    from replyarc.config.load import Settings
    from replyarc.schedules.filling import Installation
    from replyarc.schedules.moment import Moment

FITTING: Final = {"REPLYARC_CONFIG", "REPLYARC_ARCHIVE", "REPLYARC_PING", "REPLYARC_LOG_FORMAT"}
"""Variables that a schedule carries, or that are told of in its text."""

WRITING: Final = {"backup", "export"}
"""Commands that write where they are told to, and not beside the archive."""

PROXIES: Final = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}
"""Variables by which a site is asked through a proxy; a scheduler knows none of a login's."""

_CACHES: Final = {"archive-v0", "builds-v0", "environments-v1", "environments-v2"}
"""Folders in which uv keeps what it may throw away at any time."""


class Unit(StrEnum):
    """The two files of systemd."""

    SERVICE = "service"
    TIMER = "timer"


_Cron = Annotated[bool, typer.Option("--cron", help="Lines for a crontab.")]
_Systemd = Annotated[bool, typer.Option("--systemd", help="A service and its timer.")]
_Windows = Annotated[bool, typer.Option("--windows", help="A task, as XML.")]
_At = Annotated[
    str | None,
    typer.Option(metavar="HH:MM", help="When, in China; else a time of its own at night."),
]
_Command = Annotated[str, typer.Option(metavar="TEXT", help="What is to be run, with its options.")]
_Unit = Annotated[Unit | None, typer.Option(help="Only this file of systemd.")]
_System = Annotated[bool, typer.Option("--system", help="Units of the machine, not of a person.")]


def schedule(
    ctx: typer.Context,
    cron: _Cron = False,
    systemd: _Systemd = False,
    windows: _Windows = False,
    at: _At = None,
    command: _Command = "crawl",
    unit: _Unit = None,
    system: _System = False,
) -> None:
    """Print what has to be installed for a crawl every day; it installs nothing itself.

    All paths are those of this installation. What to do with the output is said on stderr.
    """
    from replyarc.schedules import filling
    from replyarc.screen.terminal import say

    if cron + systemd + windows != 1:
        raise typer.BadParameter("give one of --cron, --systemd and --windows")
    if (unit or system) and not systemd:
        raise typer.BadParameter("--unit and --system are for --systemd")
    invocation: Invocation = ctx.obj
    made = _installation(invocation, at, command)
    today = date.today()
    if systemd:
        parts = {
            Unit.SERVICE: filling.service(made, system=system),
            Unit.TIMER: filling.timer(made, system=system),
        }
        text = "\n".join(parts.values()) if unit is None else parts[unit]
    else:
        text = filling.cron(made, today) if cron else filling.windows(made, today)
    sys.stdout.write(text)
    for doubt in _doubts(made, cron=cron, systemd=systemd, windows=windows):
        complain(doubt)
    if not invocation.quiet:
        say(_advice(cron=cron, systemd=systemd, system=system, whole=unit is None))


def _installation(invocation: Invocation, at: str | None, command: str) -> Installation:
    """Gather what a schedule has to know; raises BadParameter and ConfigError."""
    from replyarc.schedules.filling import Installation
    from replyarc.schedules.quoting import check_line

    words, settings = _words(command), invocation.settings()
    package = Path(__file__).absolute().parent.parent
    config = settings.path.absolute()
    made = Installation(
        program=program(Path(sys.argv[0])),
        config=config,
        archive=settings.archive.absolute(),
        overruled=bool(invocation.archive or os.environ.get("REPLYARC_ARCHIVE")),
        command=words,
        contact=settings.manners.contact,
        user=_user(),
        reads=(package, Path(sys.prefix), Path(sys.base_prefix)),
        moment=_moment(settings, config, at),
    )
    try:
        check_line(*made.words(quiet=False), made.archive)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return made


def _words(command: str) -> tuple[str, ...]:
    from replyarc.cli.app import COMMANDS

    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise typer.BadParameter(f"{command!r}: {error}", param_hint="--command") from None
    if not words or words[0] not in COMMANDS:
        raise typer.BadParameter(
            f"{command!r} begins with no command of replyarc. Give one as `crawl --only NAME`",
            param_hint="--command",
        )
    return words


def program(started: Path) -> tuple[str, ...]:
    """Return the words that run this very program from anywhere, as it was started.

    That is its script, wherever pipx, uv or pip put it, or ``python -m replyarc``.
    """
    scripts = (started, started.with_name(started.name + ".exe"))
    if started.stem == "replyarc":
        for script in scripts:
            if script.is_file():
                return (str(script.absolute()),)
    beside = Path(sys.executable).with_name("replyarc.exe" if os.name == "nt" else "replyarc")
    as_module = started.parent.name == "replyarc" and started.name == "__main__.py"
    if beside.is_file() and not as_module:
        return (str(beside.absolute()),)
    return (str(Path(sys.executable).absolute()), "-m", "replyarc")


def _moment(settings: Settings, config: Path, at: str | None) -> Moment:
    from replyarc.schedules.moment import moment, moment_at, own_number

    windows = {each.name: each.window for each in settings.sources if each.window}
    if at is None:
        return moment(windows, own_number(_machine(), str(config.resolve())))
    try:
        told = time.fromisoformat(at)
    except ValueError:
        told = None
    if told is None or len(at) != len("HH:MM"):
        raise typer.BadParameter(f"{at!r} is no time. Give it as 03:17", param_hint="--at")
    return moment_at(windows, told)


def _machine() -> str:
    """Return what tells this machine from others."""
    try:
        return Path("/etc/machine-id").read_text("ascii").strip() or socket.gethostname()
    except (OSError, ValueError):
        return socket.gethostname()


def _user() -> str:
    name, domain = getpass.getuser(), os.environ.get("USERDOMAIN")
    return f"{domain}\\{name}" if os.name == "nt" and domain else name


def _doubts(made: Installation, *, cron: bool, systemd: bool, windows: bool) -> Iterator[str]:
    """Tell what may go wrong with it."""
    from replyarc.config.load import VARIABLES

    yield from _doubts_of_time(made, cron=cron)
    folder, first = made.archive.parent, Path(made.program[0])
    if systemd and made.command[0] in WRITING:
        yield (
            f"the service may write into {folder} only. Add the folder into which "
            f"`{made.command[0]}` writes to its line ReadWritePaths="
        )
    if systemd and not folder.is_dir():
        yield f"{folder}: not there, and the service fails without it. Make it: mkdir -p"
    if first.is_relative_to(tempfile.gettempdir()) or _CACHES & set(first.parts):
        yield f"{first}: will not stay there. Install replyarc (uv tool install) and run it so"
    if made.program[1:] and not _is_installed():
        yield f"{first} finds replyarc in this folder only. Install it, and run it so"
    if windows and os.name != "nt":
        yield "this is no Windows: the paths are those of this machine. Run it there"
    into = made.config.parent / "replyarc.env" if systemd else "the crontab, above its line"
    for name in sorted(os.environ):
        lost = f"{name} is set here, and will not be there. Write it into"
        if name in VARIABLES and name not in FITTING:
            yield f"{lost} {made.config}"
        elif name.lower() in PROXIES and not windows:
            yield f"{lost} {into}"


def _doubts_of_time(made: Installation, *, cron: bool) -> Iterator[str]:
    from replyarc.schedules.moment import moves

    at, shut = made.moment.at, made.moment.shut
    if shut:
        yield (
            f"at {at:%H:%M} in China the window of {', '.join(shut)} is shut, so nothing is asked "
            'there then. Print a second schedule for it: --at HH:MM --command "crawl --only NAME"'
        )
    if cron and moves(at, date.today().year):
        yield (
            "the clock of this machine changes in spring and autumn, and that of China does not: "
            "half of the year the crawl begins an hour earlier or later. A source whose window is "
            "shut then is not asked; print the line anew when the clock has changed"
        )


def _is_installed() -> bool:
    from importlib.metadata import PackageNotFoundError, distribution  # dear to import

    try:
        return bool(distribution("replyarc"))
    except PackageNotFoundError:
        return False


def _advice(*, cron: bool, systemd: bool, system: bool, whole: bool) -> str:
    """Say what to do with the output."""
    from replyarc.schedules.filling import place

    if cron:
        return (
            "Nothing was installed. Put the lines at the end of your crontab: crontab -e\n"
            "It runs with -q: cron mails only what went wrong. MAILTO holds for all lines after it."
        )
    if not systemd:
        return (
            "Nothing was installed. Write it into replyarc.xml; then, as an administrator:\n"
            "schtasks /Create /TN replyarc /XML replyarc.xml"
        )
    root, user = ("sudo ", "") if system else ("", "--user ")
    folder = place(system=system)
    files = "two files; --unit service or --unit timer prints one of them" if whole else "file"
    return (
        f"Nothing was installed. In {folder} write the {files}.\n"
        + ("" if system else f"Where that folder is not there yet: mkdir -p {folder}\n")
        + f"Then: {root}systemctl {user}daemon-reload && "
        + f"{root}systemctl {user}enable --now replyarc.timer"
        + (
            ""
            if system
            else "\nSo that it runs while you are not logged in: loginctl enable-linger"
        )
    )
