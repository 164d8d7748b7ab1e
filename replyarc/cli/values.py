"""Values of the command line that are what they look like: taken as they are, at once.

typer hands every value to pydantic, also those that nobody gave, and loading that takes longer than
most commands do. Only what is more than a text, a plain number or a named choice is left to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, Final

_NUMBER: Final = re.compile(r"-?[0-9]{1,18}")

UNREAD: Final = object()
"""What `plainly` returns for a value that needs more than a look."""


def lighten(params: list[Any]) -> None:
    """Let options and arguments read plain values themselves.

    Where typer changes its ways, nothing but time is lost: it then does not ask for this.
    """
    for param in params:
        if not isinstance(param.__dict__.get("get_runtime_param"), _Light):
            param.get_runtime_param = _Light(param.get_runtime_param)


class _Light:
    """What typer asks for when a value is to be read, in the place of what it would build."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build

    def __call__(self) -> _Light:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value as its type; raises BadParameter as typer does."""
        read = plainly(value, param)
        return self._build().coerce(value, param=param, ctx=ctx) if read is UNREAD else read


def plainly(value: Any, param: Any) -> Any:
    """Return a plain value as its type, `UNREAD` for any other."""
    several = param.multiple or param.nargs == -1
    if value is None:
        return () if several else None
    described = param.type_descriptor
    info = described.parameter_info
    if info.parser is not None:
        return _parsed(value, info.parser) if not several else UNREAD
    if several:
        is_plain = described.annotation == list[str] and not isinstance(value, str)
        return value if is_plain and all(isinstance(each, str) for each in value) else UNREAD
    if described.is_choice:
        return next((each for each in described.choices if _is(each, value)), UNREAD)
    if described.annotation is str:
        return value if isinstance(value, str) else UNREAD
    if described.annotation is int:
        return _number(value, info)
    if described.annotation is bool:
        return value if isinstance(value, bool) else UNREAD
    return _path(value, info) if described.annotation is Path else UNREAD


def _is(choice: Any, value: Any) -> bool:
    """Tell whether a choice is the one that is named, letter by letter."""
    return choice is value or (isinstance(choice, Enum) and choice.value == value)


def _parsed(value: Any, parser: Callable[[str], Any]) -> Any:
    """Let the option's own reader read; what it says of a wrong value is left to be said again."""
    try:
        return parser(value) if isinstance(value, str) else UNREAD
    except ValueError:
        return UNREAD


def _path(value: Any, wanted: Any) -> Any:
    """Return a path of which nothing special is wanted; typer wants one that is there readable."""
    special = wanted.exists or wanted.writable or wanted.resolve_path or wanted.allow_dash
    if special or not (wanted.file_okay and wanted.dir_okay and isinstance(value, str | Path)):
        return UNREAD
    path = Path(value)
    return path if os.access(path, os.R_OK) or not os.access(path, os.F_OK) else UNREAD


def _number(value: Any, bounds: Any) -> Any:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if type(value) is not int:
        return UNREAD
    low, high = bounds.min, bounds.max
    fits = (low is None or value >= low) and (high is None or value <= high)
    return value if fits else UNREAD
