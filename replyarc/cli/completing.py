"""What the shell offers when Tab is pressed: sources, publishers, formats, columns.

Nothing here may fail or say a word: it would land in the line that is being typed. So the
configuration is read by half, without being checked, and of names that sites wrote only those are
offered that a shell reads as one plain word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from typer.core import TyperCommand

from replyarc.config.found import archive_in, find, read
from replyarc.errors import ConfigError

MOST: Final = 50
"""So many values are offered at the most."""

_PLAIN: Final = re.compile(r"[\w][\w\-.·，、（）—]*")
"""A word in which no shell sees anything to do. zsh evaluates what it is offered."""


def completed(command: TyperCommand) -> TyperCommand:
    """Let the options and arguments of a command that take known values offer them."""
    params: list[Any] = [*command.params]
    for param in params:
        key = next((each for each in param.opts if each in VALUES), None)
        if key is None and param.name == "names":
            key = "--only"
        if key is not None and not param.type_descriptor.is_choice:
            param.shell_complete = _offering(VALUES[key])
    return command


def joined() -> None:
    """Take the word "=" away that bash makes of the one in ``--option=value``."""
    words, at = os.environ.get("COMP_WORDS", "").split("\n"), os.environ.get("COMP_CWORD", "")
    before = int(at) - 1 if at.isdecimal() else 0
    if 0 < before < len(words) and words[before] == "=":
        del words[before]
        os.environ |= {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(before)}


def _offering(values: Callable[[Any], Iterable[str]]) -> Callable[[Any, str], list[Any]]:
    def offer(ctx: Any, incomplete: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        return [CompletionItem(each) for each in fitting(values(ctx.find_root()), incomplete)]

    return offer


def fitting(values: Iterable[str], typed: str) -> list[str]:
    """Return the plain values that begin as what is typed; if none does, those that contain it.

    Where several are given with commas between, it is the last that is looked for.

    >>> fitting(["清源市民政局", "云泽县民政局"], "云"), fitting(["清源市民政局"], "民政")
    (['云泽县民政局'], ['清源市民政局'])
    >>> fitting(["title", "text"], "url,ti")
    ['url,title']
    """
    before, comma, last = typed.rpartition(",")
    plain = [each for each in values if _PLAIN.fullmatch(each)]
    found = [each for each in plain if each.startswith(last)] or [
        each for each in plain if last in each
    ]
    return [f"{before}{comma}{each}" for each in found[:MOST]]


def _sources(root: Any) -> Iterable[str]:
    """Return the sources of the configuration, then those that only the archive knows."""
    from replyarc.archive import offering

    archived = offering.sources(archive) if (archive := _archive(root)) else []
    return dict.fromkeys([*_named(root), *archived])


def _configured_sources(root: Any) -> Iterable[str]:
    """Return the sources that can be crawled; those of the archive where nothing is configured."""
    return _named(root) or _sources(root)


def _named(root: Any) -> list[str]:
    tables = _configured(root).get("source")
    names = [each.get("name") for each in tables or () if isinstance(each, dict)]
    return [each for each in names if isinstance(each, str)]


def _publishers(root: Any) -> Iterable[str]:
    from replyarc.archive import offering

    return offering.publishers(archive) if (archive := _archive(root)) else ()


def _formats(root: Any) -> Iterable[str]:
    from replyarc.export.formats import FORMATS

    return FORMATS


def _columns(root: Any) -> Iterable[str]:
    from replyarc.export.flat import COLUMNS

    return [name for column in COLUMNS for name in (column.name, column.title)]


def _families(root: Any) -> Iterable[str]:
    from replyarc.listing.families import FAMILIES

    return FAMILIES


def _figures(root: Any) -> Iterable[str]:
    from replyarc.figures import BREAKDOWNS, SECTIONS

    return [*BREAKDOWNS, *SECTIONS]


def _styles(root: Any) -> Iterable[str]:
    from replyarc.export.citing import CITATIONS

    return CITATIONS


VALUES: Final[dict[str, Callable[[Any], Iterable[str]]]] = {
    "--source": _sources,
    "--only": _configured_sources,
    "--publisher": _publishers,
    "--format": _formats,
    "--columns": _columns,
    "--family": _families,
    "--by": _figures,
    "--cite-as": _styles,
}
"""Option -> what it may be given, of the context of the program."""


def _configured(root: Any) -> dict[str, Any]:
    """Read the configuration as it stands; nothing where there is none, or it cannot be read."""
    with suppress(ConfigError):
        return read(find(root.params.get("config"), os.environ))
    return {}


def _archive(root: Any) -> Path | None:
    """Return the archive that would be read, where it can be told."""
    told = root.params.get("archive") or os.environ.get("REPLYARC_ARCHIVE")
    if told:
        return Path(told).expanduser()
    with suppress(ConfigError):
        place = find(root.params.get("config"), os.environ)
        return archive_in(place) or place.absolute().parent / "replies.db"
    return None
