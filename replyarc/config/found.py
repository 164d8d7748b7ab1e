"""Where the configuration is, and where it says that the archive is; `load` checks all of it.

Looking something up needs no more of the configuration than that, and must not wait for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from replyarc.errors import ConfigError

NAME: Final = "replyarc.toml"

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def find(flag: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the configuration to read: ``flag``, ``$REPLYARC_CONFIG``, ``./replyarc.toml``, user.

    The first two are taken at their word, so that a misspelt one is not passed over in silence.
    Raises ConfigError where there is none, with every place that was looked in.
    """
    told = flag or (Path(environ["REPLYARC_CONFIG"]) if environ.get("REPLYARC_CONFIG") else None)
    if told:
        return told
    here = Path(NAME)
    if here.exists():
        return here
    import platformdirs  # slow to load, and seldom needed

    own = platformdirs.user_config_path("replyarc", appauthor=False) / NAME
    if own.exists():
        return own
    raise ConfigError(
        [
            f"{NAME}: not found. Looked for --config, $REPLYARC_CONFIG, ./{NAME} (in {Path.cwd()})"
            f" and {own}. Write one: replyarc init{_archive_here()}"
        ]
    )


def _archive_here() -> str:
    """Say how an archive that lies here is read: somebody may have been given nothing else."""
    here = min((path.name for path in Path().glob("*.db")), default=None)
    return f". To read {here}, which is here: replyarc --archive {here} list" if here else ""


def archive_in(path: Path) -> Path | None:
    """Return the archive that a configuration names; ``None`` where it does not do so plainly.

    Nothing else in it is looked at. Raises ConfigError where it cannot be read.
    """
    table = read(path).get("archive")
    named = table.get("path") if isinstance(table, dict) else None
    return path.absolute().parent / named if isinstance(named, str) and named else None


def read(path: Path) -> dict[str, Any]:
    """Read a file as TOML. Raises ConfigError, with line and column where it is none."""
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
