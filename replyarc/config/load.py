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

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs
from pydantic import ValidationError

from replyarc.config.problems import Place, Problem, invalid, key_path, repeated
from replyarc.config.tables import CrawlTable, File
from replyarc.errors import ConfigError
from replyarc.manners import Manners
from replyarc.model import NOTHING, Source

NAME: Final = "replyarc.toml"

VARIABLES: Final[dict[str, tuple[str, str]]] = {
    "REPLYARC_ARCHIVE": ("archive", "path"),
    **{f"REPLYARC_{key.upper()}": ("crawl", key) for key in CrawlTable.model_fields},
}
"""Variable of the environment -> the table and the key that it overrules."""

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A whole configuration: the file it stood in, the archive's file, and what is crawled how.

    ``archive`` is absolute: a path in the file is relative to the file's own folder.
    """

    path: Path
    archive: Path
    manners: Manners
    sources: tuple[Source, ...]


def find(flag: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the configuration to read: ``flag``, ``$REPLYARC_CONFIG``, ``./replyarc.toml``, user.

    The first two are taken at their word, so that a misspelt one is not passed over in silence.
    Raises ConfigError where there is none, with every place that was looked in.
    """
    told = flag or (Path(environ["REPLYARC_CONFIG"]) if environ.get("REPLYARC_CONFIG") else None)
    if told:
        return told
    places = (Path(NAME), platformdirs.user_config_path("replyarc", appauthor=False) / NAME)
    for place in places:
        if place.exists():
            return place
    raise ConfigError(
        [
            f"{NAME}: not found. Looked for --config, $REPLYARC_CONFIG, ./{NAME} (in {Path.cwd()})"
            f" and {places[1]}. Write one: replyarc init"
        ]
    )


def load(path: Path, families: Collection[str], environ: Mapping[str, str] = NOTHING) -> Settings:
    """Read and check a configuration.

    ``families`` are the names of the families of listings there are, besides ``auto``.
    Raises ConfigError with all that is wrong, one line each: ``file: key path: what is wrong``;
    for a value from the environment the variable's name stands in the place of the file.
    """
    raw = _read(path)
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


def _read(path: Path) -> dict[str, Any]:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            [f"{path}: cannot be read: {error.strerror}. To write a new one: replyarc init"]
        ) from error
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ConfigError([f"{path}: line {line}: is not UTF-8. Save the file as UTF-8"]) from error
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError([f"{path}: {_syntax(error, text)}"]) from error


def _syntax(error: Exception, text: str) -> str:
    """Say where the file is not TOML; the parser tells it at the end of its sentence only."""
    what = str(error)
    at = _AT.search(what)
    if at is None:
        return f"is not TOML that can be read: {what}"
    last = text.rpartition("\n")[2]
    line, column = at[1] or text.count("\n") + 1, at[2] or len(last) + 1
    return f"line {line}, column {column}: is not TOML: {what[: at.start()]}"


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
