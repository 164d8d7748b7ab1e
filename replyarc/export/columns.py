"""Columns as a person names them: by key or by Chinese heading, in the order that is wanted."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from replyarc.export.flat import COLUMNS, Column

LISTED: Final = "docs/data.md"
"""Where every column is described."""

_BY_NAME: Final = {name: column for column in COLUMNS for name in (column.name, column.title)}
_BETWEEN: Final = re.compile(r"[,，、]")
_SHORT: Final = 3  # characters of a name that may be Chinese


def chosen(names: str) -> tuple[Column, ...]:
    """Return the columns that are named, each once, in the order given.

    Names are keys or Chinese headings between commas, ，and 、 too. Raises ValueError, saying what
    is no column and what was likely meant.

    >>> [column.name for column in chosen("标题, title，发布日期、url")]
    ['title', 'published_on', 'url']
    """
    asked = [name for name in map(str.strip, _BETWEEN.split(names)) if name]
    if not asked:
        raise ValueError(f"no column is named. {LISTED} lists them; title,published_on is two")
    wrong = [name for name in asked if _key(name) not in _BY_NAME]
    if wrong:
        told = ", ".join(map(_told, dict.fromkeys(wrong)))
        raise ValueError(f"no such column: {told}. {_all(wrong)}")
    return tuple(dict.fromkeys(_BY_NAME[_key(name)] for name in asked))


def _key(name: str) -> str:
    return name.lower().replace("-", "_")


def _told(name: str) -> str:
    """Return a name that is none, with what was likely meant, in both languages."""
    near = _near(name)
    return f"{name!r:.60}" + (f" (did you mean {near.title} {near.name}?)" if near else "")


def _near(name: str) -> Column | None:
    """Return the column that was likely meant; of two or three characters, half may be wrong."""
    least = 0.5 if len(name) <= _SHORT else 0.6
    near = get_close_matches(_key(name), _BY_NAME, n=1, cutoff=least)
    return _BY_NAME[near[0]] if near else None


def _all(wrong: list[str]) -> str:
    """Say where the columns are described, and name them all where nothing comes near."""
    if all(map(_near, wrong)):
        return f"{LISTED} lists them"
    names = ", ".join(f"{column.title} {column.name}" for column in COLUMNS)
    return f"There are: {names}; {LISTED} describes them"
