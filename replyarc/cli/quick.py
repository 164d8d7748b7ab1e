"""What is answered before anything slow is loaded: ``--help``, and ``show KEY`` as people type it.

To read options in every form, to open an archive for all that is done with one, takes ten times
as long to load as the answer takes to give. What is out of the ordinary is left to the commands
themselves, which answer the same: this is a shorter way, never another one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from replyarc.cli.exit_codes import DISK_FULL
from replyarc.cli.streams import close_stdout, prepare_streams

if TYPE_CHECKING:
    from replyarc.archive.glance import Glance

_HELP: Final = frozenset({"-h", "--help"})
_PAGES: Final = Path(__file__).parent / "pages"
_WITH_A_FILE: Final = frozenset({"--config", "--archive"})
_AS: Final = {"": "card", "--json": "json", "--text": "text", "--cite": "cite"}


class Asked(NamedTuple):
    """``show KEY``, with the options that are quick to answer; empty files are not given."""

    key: str
    form: str
    config: str = ""
    archive: str = ""


def answered(arguments: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Answer a command line if that is quickly done; tell whether it was."""
    if "_REPLYARC_COMPLETE" in environ:
        return False
    text = _page(arguments)
    if text is None:
        asked = _asked(arguments)
        text = asked and _shown(asked, environ)
    if text is None:
        return False
    _write(text)
    return True


def _page(arguments: Sequence[str]) -> str | None:
    """Return the page of help that is asked for, if one is."""
    *names, last = arguments or [""]
    if last not in _HELP or len(names) > 1:
        return None
    name = names[0] if names else "replyarc"
    page = _PAGES / f"{name}.txt"
    return page.read_text("utf-8") if name.isalpha() and page.is_file() else None


def _asked(arguments: Sequence[str]) -> Asked | None:
    """Read ``[--config FILE] [--archive FILE] [-q] show KEY`` and a form of `_AS`; else nothing."""
    files: dict[str, str] = {}
    given = iter(arguments)
    for each in given:
        name, equals, value = each.partition("=")
        if name in _WITH_A_FILE:
            files[name[2:]] = value if equals else next(given, "")
        elif each not in ("-q", "--quiet"):
            break
    else:
        return None
    rest = list(given)
    keys = [word for word in rest if not word.startswith("-")]
    forms = [word for word in rest if word.startswith("-")] or [""]
    known = len(keys) == 1 and len(forms) == 1 and forms[0] in _AS
    if each != "show" or not known or "" in (*keys, *files.values()):
        return None
    return Asked(keys[0], _AS[forms[0]], **files)


def _shown(asked: Asked, environ: Mapping[str, str]) -> str | None:
    from replyarc.archive.glance import glance

    named = asked.archive or environ.get("REPLYARC_ARCHIVE")
    path = Path(named) if named else _configured(asked.config, environ)
    seen = path and glance(path, asked.key)
    return _drawn(seen, asked.form) if seen else None


def _configured(config: str, environ: Mapping[str, str]) -> Path | None:
    """Return the archive that the configuration names, if it does so plainly."""
    from replyarc.config.found import archive_in, find
    from replyarc.errors import ReplyarcError

    try:
        return archive_in(find(Path(config) if config else None, environ))
    except ReplyarcError:
        return None


def _drawn(seen: Glance, form: str) -> str | None:
    """Return what is shown, in one of the forms of `_AS`; nothing where the letter is not there."""
    if form == "json":
        from replyarc.screen.plain import json_text

        return f"{json_text(seen.said)}\n"
    from replyarc.cli.showing import card_text, citation, letter_text

    if form == "cite":
        return citation(seen.said)
    if form == "text":
        return letter_text(seen.said, sys.stdout) or None
    return card_text(seen.said, seen.headings, seen.seen, seen.versions, (), sys.stdout)


def _write(text: str) -> None:
    """Write to stdout; a reader that went away is no error, a full disk is (see `invocation`)."""
    prepare_streams()
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        close_stdout()
    except OSError as error:
        from replyarc.errors import NO_ROOM

        if error.errno not in NO_ROOM:
            raise
        close_stdout()
        sys.stderr.write(
            "replyarc: standard output: the disk is full. Free some room and try again\n"
        )
        sys.exit(DISK_FULL)
