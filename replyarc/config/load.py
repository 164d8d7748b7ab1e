"""The configuration: found, read, checked whole, and handed on as plain data.

A flag of the command line beats a variable of the environment, which beats the file. A variable
that is empty counts as not set; every other one is read as if its text stood in the file, but for
the archive's path: like a flag's, it is relative to the current folder.

::

    REPLYARC_CONFIG     which file is read
    REPLYARC_ARCHIVE    path of [archive]
    REPLYARC_CONTACT    contact of [crawl], and so on for each of its keys: REPLYARC_DELAY,
                        REPLYARC_MAX_BODY, REPLYARC_ROBOTS ("true", "false") …
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from replyarc.config.found import find as find
from replyarc.config.found import read
from replyarc.config.problems import Place, Problem, invalid, key_path, repeated
from replyarc.config.tables import CrawlTable, File
from replyarc.errors import ConfigError
from replyarc.manners import Manners
from replyarc.model import NOTHING, Source

VARIABLES: Final[dict[str, tuple[str, str]]] = {
    "REPLYARC_ARCHIVE": ("archive", "path"),
    **{f"REPLYARC_{key.upper()}": ("crawl", key) for key in CrawlTable.model_fields},
}
"""Variable of the environment -> the table and the key that it overrules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A whole configuration: the file it stood in, the archive's file, and what is crawled how.

    ``archive`` is absolute: a path in the file is relative to the file's own folder.
    """

    path: Path
    archive: Path
    manners: Manners
    sources: tuple[Source, ...]


def load(path: Path, families: Collection[str], environ: Mapping[str, str] = NOTHING) -> Settings:
    """Read and check a configuration.

    ``families`` are the names of the families of listings there are, besides ``auto``.
    Raises ConfigError with all that is wrong, one line each: ``file: key path: what is wrong``;
    for a value from the environment the variable's name stands in the place of the file.
    """
    raw = read(path)
    variables = _overrule(raw, environ)
    checked, problems = _check(raw, families)
    if checked is None or problems:
        raise ConfigError(
            f"{variables.get(place[:2], path)}: {key_path(place, raw)}: {what}"
            for place, what in problems
        )
    return Settings(
        path=path,
        archive=path.absolute().parent / checked.archive.path,
        manners=checked.crawl.manners(),
        sources=tuple(table.source() for table in checked.source),
    )


def _check(raw: dict[str, Any], families: Collection[str]) -> tuple[File | None, list[Problem]]:
    twice = list(repeated(raw))
    try:
        return File.model_validate(raw, context=families), twice
    except ValidationError as error:
        return None, [*invalid(error), *twice]


def _overrule(raw: dict[str, Any], environ: Mapping[str, str]) -> dict[Place, str]:
    """Put the values of the environment into ``raw``; return which place came from where."""
    raw.setdefault("crawl", {})  # so that what is missing in it is named key by key
    places: dict[Place, str] = {}
    for variable, (table, key) in VARIABLES.items():
        keys = raw.setdefault(table, {}) if environ.get(variable) else None
        if isinstance(keys, dict):
            keys[key] = _typed(environ[variable], table, key)
            places[table, key] = variable
    return places


def _typed(text: str, table: str, key: str) -> bool | int | float | str:
    """Read a variable as TOML would read the key; what does not fit stays text, and is reported."""
    if table == "archive":
        return str(Path(text).absolute())
    kind = CrawlTable.model_fields[key].annotation
    if kind is bool:
        return {"true": True, "false": False}.get(text, text)
    try:
        return kind(text) if kind in (int, float) else text
    except ValueError:
        return text
