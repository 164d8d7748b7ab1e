"""The replies of an archive value by value, nearly as they are kept: for who writes many of them.

Neither a Reply nor a dictionary is made of a row, and a letter stays in UTF-8. To read the lists
is what takes longest; many replies have the same ones, and what was found in them is remembered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from replyarc.archive.explaining import explained
from replyarc.archive.find import condition
from replyarc.archive.holding import attached
from replyarc.archive.query import Query
from replyarc.archive.schema import COLUMNS, INSTANTS, LISTS, packed
from replyarc.archive.store import Archive
from replyarc.archive.tables import NEWEST
from replyarc.archive.values import NESTED, Illegible, items

Stored = tuple[Any, ...]

_MOST: Final = 10_000
_LONG: Final = 300
_is_plain: Final = re.compile(r'\["[^"\\\x00-\x1f]*"(?:,"[^"\\\x00-\x1f]*")*\]').fullmatch
"""Tells of a list of texts that it is already written as JSON that says all."""


def _selected(name: str) -> str:
    if name == "text":
        return "cast(text as blob)"
    return f"substr({name}, 1, 19) || 'Z'" if name in INSTANTS else name


_SELECT: Final = f"select {', '.join(map(_selected, COLUMNS))} from replies"
_NAMES: Final = tuple(COLUMNS)
_ID: Final = _NAMES.index("id")
_FILES: Final = _NAMES.index("attachments")


def stored(archive: Archive, query: Query) -> Iterator[Stored]:
    """Yield the replies of ``Archive.said`` as tuples: the values of all columns, in their order.

    A letter is bytes in UTF-8; a list is JSON, with all that is said of its items, and nothing
    where it is empty. Raises ArchiveError where a value cannot be read.
    """
    with explained(archive.path):
        yield from _stored(archive, query)


def _stored(archive: Archive, query: Query) -> Iterator[Stored]:
    where, asked = condition(query)
    limit = -1 if query.limit is None else query.limit
    sql = f"{_SELECT} where {where} order by {NEWEST} desc, id limit :limit offset :at"
    lists = [(place, _Lists(name)) for place, name in enumerate(_NAMES) if name in LISTS]
    for row in archive.db.execute(sql, {**asked, "limit": limit, "at": query.offset}):
        values = list(row)
        for place, known in lists:
            values[place] = known[values[place]]
        if values[_FILES]:
            files = json.loads(values[_FILES])
            values[_FILES] = packed(attached(archive.db, values[_ID], files))
        yield tuple(values)


class _Lists(dict[str | None, str]):
    """The lists of a column, as JSON that says all; it forgets those it read when it holds many."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._of_texts = name not in NESTED

    def __missing__(self, said: str | None) -> str:
        written = self._written(said)
        if len(written) <= _LONG:
            if len(self) >= _MOST:
                self.clear()
            self[said] = written
        return written

    def _written(self, said: str | None) -> str:
        if not said:
            return ""
        try:
            if self._of_texts and _is_plain(said):
                return said
            read = items(self._name, said)
        except (TypeError, ValueError) as error:
            raise Illegible(f"{self._name}: {error}") from error
        return packed(read) if read else ""
