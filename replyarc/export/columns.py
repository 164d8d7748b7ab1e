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
        raise ValueError(f"no such column: {told}. {LISTED} lists them")
    return tuple(dict.fromkeys(_BY_NAME[_key(name)] for name in asked))


def _key(name: str) -> str:
    return name.lower().replace("-", "_")


def _told(name: str) -> str:
    """Return a name that is none, with what was likely meant."""
    near = get_close_matches(_key(name), _BY_NAME, n=1)
    if not near:  # of two or three characters, half may be wrong
        near = get_close_matches(_key(name), _BY_NAME, n=1, cutoff=0.5)
    return f"{name!r:.60}" + (f" (did you mean {near[0]}?)" if near else "")
