"""What every command shares: the options before its name, its archive, and how errors end it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from replyarc.cli.exit_codes import BLOCKED as BLOCKED
from replyarc.cli.exit_codes import DISK_FULL
from replyarc.cli.exit_codes import FINDING as FINDING
from replyarc.cli.exit_codes import NOTHING_FOUND as NOTHING_FOUND
from replyarc.cli.exit_codes import SOME_FAILED as SOME_FAILED
from replyarc.cli.streams import close_stdout as close_stdout
from replyarc.cli.streams import prepare_streams
from replyarc.errors import (
    NO_ROOM,
    ArchiveError,
    ArchiveHeld,
    ConfigError,
    DiskFull,
    ReplyarcError,
)

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.config.load import Settings

EXIT_CODES: Final[tuple[tuple[type[ReplyarcError], int], ...]] = (
    (DiskFull, DISK_FULL),
    (ArchiveHeld, 7),
    (ArchiveError, 8),
    (ConfigError, 3),
    (ReplyarcError, SOME_FAILED),
)
"""The first row whose error it is tells the exit code of a command that an error ended."""


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Let errors end a command as the contract says: a message on stderr and an exit code.

    A reader that closes the pipe is no error. A full disk behind stdout is one (9).
    """

    @wraps(command)
    def run(*args: object, **kwargs: object) -> None:
        prepare_streams()
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            close_stdout()
            raise typer.Exit from None
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            close_stdout()
            complain("standard output: the disk is full. Free some room and try again")
            raise typer.Exit(exit_code_of(DiskFull())) from None
        except ReplyarcError as error:
            complain(error)
            raise typer.Exit(exit_code_of(error)) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None

    return run


def exit_code_of(error: ReplyarcError) -> int:
    """Return the exit code of the contract for an error."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def complain(error: Exception | str) -> None:
    """Say on stderr what went wrong."""
    from replyarc.screen.terminal import say

    for line in str(error).splitlines():
        say(f"replyarc: {line}", style="red")


def ask_to_replace(path: Path) -> None:
    """Return if the person at the terminal lets us replace a file; a script is told of --force."""
    if not sys.stdin.isatty():
        complain(f"{path}: exists already. Give --force to replace it.")
        raise typer.Exit(2)
    if not typer.confirm(f"{path} exists. Replace it?", err=True):
        complain(f"{path}: left as it is.")
        raise typer.Exit(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """The options given before the command's name."""

    config: Path | None = None
    archive: Path | None = None
    quiet: bool = False
    verbose: bool = False

    def settings(self) -> Settings:
        """Load the configuration, with what the command line overrules.

        Raises ConfigError.
        """
        from replyarc.config.load import find, load
        from replyarc.listing.families import FAMILIES

        settings = load(find(self.config, os.environ), FAMILIES, os.environ)
        return replace(settings, archive=self.archive) if self.archive else settings

    def archive_path(self) -> Path:
        """Return the archive that is to be read: --archive, $REPLYARC_ARCHIVE, the file's.

        Raises ConfigError where nothing names one.
        """
        from replyarc.config.found import archive_in, find

        named = self.archive or os.environ.get("REPLYARC_ARCHIVE")
        if named:
            return Path(named)
        return archive_in(find(self.config, os.environ)) or self.settings().archive

    def open_archive(
        self, path: Path | None = None, *, create: bool = False, read_only: bool = False
    ) -> Archive:
        """Open an archive, the one that is to be read if no other; say so if it is brought up.

        Raises ConfigError and ArchiveError.
        """
        from replyarc.archive.store import Archive
        from replyarc.screen.terminal import say

        tell = None if self.quiet else say
        at = path or self.archive_path()
        return Archive.open(at, create=create, read_only=read_only, tell=tell)
