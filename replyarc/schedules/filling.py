"""The templates of this folder, filled in for one installation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final
from xml.sax.saxutils import escape

from replyarc.schedules.moment import Moment, here
from replyarc.schedules.quoting import for_cron, for_systemd, for_windows

HOMES: Final = tuple(map(Path, ("/home", "/root", "/run/user")))
"""What ProtectHome= hides (systemd.exec(5))."""

TEMPORARY: Final = tuple(map(Path, ("/tmp", "/var/tmp")))
"""What PrivateTmp= hides."""

_MAIL: Final = re.compile(r"mailto:([\w.+-]+@[\w.-]+)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What a schedule has to know: every path is absolute, for a scheduler knows no folder.

    ``program`` is the command as far as its name, ``overruled`` tells that the archive is not the
    one that the configuration names. ``reads`` are the places without which nothing runs.
    """

    program: tuple[str, ...]
    config: Path
    archive: Path
    overruled: bool
    command: tuple[str, ...]
    contact: str
    user: str
    reads: tuple[Path, ...]
    moment: Moment

    def words(self, *, quiet: bool) -> list[str]:
        """Return the words of the command."""
        archive = ["--archive", str(self.archive)] if self.overruled else []
        options = ["--config", str(self.config), *archive, *(["-q"] if quiet else [])]
        return [*self.program, *options, *self.command]

    def is_below(self, folders: tuple[Path, ...]) -> bool:
        """Tell whether something that it reads or writes lies below one of these folders."""
        places = [*self.reads, self.config, self.archive, Path(self.program[0])]
        whole = {each for place in places for each in (place, place.resolve())}
        return any(place.is_relative_to(folder) for place in whole for folder in folders)


def cron(made: Installation, today: date) -> str:
    """Return lines for a crontab; cron knows the zone of the machine only."""
    at, mail = here(made.moment.at, today), _MAIL.fullmatch(made.contact)
    return _filled(
        "cron.txt",
        china=f"{made.moment.at:%H:%M}",
        mail=f"MAILTO={mail[1]}" if mail else "#MAILTO=you@example.org",
        minute=at.minute,
        hour=at.hour,
        command=for_cron(made.words(quiet=True)),
    )


def service(made: Installation, *, system: bool) -> str:
    """Return the unit that crawls once; ``system``: one of the machine, not of a person.

    A person's own service manager may set up a file system of its own only for what is in a user
    name space of its own; one of the machine starts as root and is to become somebody else.
    """
    folders = dict.fromkeys([made.archive.parent, made.archive.resolve().parent])
    network = "Wants=network-online.target\nAfter=network-online.target\n"
    user = made.user.replace("%", "%%")
    owner = f"User={user}\nCapabilityBoundingSet=\nPrivateDevices=yes\nProtectControlGroups=yes"
    return _filled(
        "replyarc.service",
        place=place(system=system),
        after=network if system else "",
        command=for_systemd(made.words(quiet=False)),
        environment=str(made.config.parent / "replyarc.env").replace("%", "%%"),
        home="read-only" if made.is_below(HOMES) else "yes",
        tmp="no" if made.is_below(TEMPORARY) else "yes",
        writes=for_systemd(map(str, folders), command=False),
        owner=owner if system else "PrivateUsers=yes",
    )


def timer(made: Installation, *, system: bool) -> str:
    """Return the unit that begins the other every day."""
    at = f"{made.moment.at:%H:%M}"
    return _filled(
        "replyarc.timer", place=place(system=system), china=at, spread=made.moment.spread
    )


def place(*, system: bool) -> str:
    """Return the folder of the units."""
    return "/etc/systemd/system" if system else "~/.config/systemd/user"


def windows(made: Installation, today: date) -> str:
    """Return a task for the Task Scheduler of Windows.

    In ASCII and without a word on its encoding, so that it stays right whatever a shell writes it
    into a file as. Its time has a zone, so that it moves with no clock.
    """
    program, *arguments = made.words(quiet=False)
    return _filled(
        "windows.xml",
        china=f"{made.moment.at:%H:%M}",
        spread=made.moment.spread,
        day=today.isoformat(),
        user=_xml(made.user),
        program=_xml(program),
        arguments=_xml(for_windows(arguments)),
        folder=_xml(str(made.config.parent)),
    )


def _xml(text: str) -> str:
    return escape(text).encode("ascii", "xmlcharrefreplace").decode()


def _filled(name: str, **values: object) -> str:
    template = resources.files("replyarc.schedules").joinpath(name).read_text("utf-8")
    return Template(template).substitute(values)
