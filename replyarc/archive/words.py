"""What is looked for: the language of queries, and whether a reply has it (pure).

Words stand apart, and all of them must be there. ``"two words"`` is looked for as it stands, blanks
included; ``-word`` must not be there; ``title:word`` (标题:word) looks into one field. What is no
field before a colon is part of the word: ``http://…`` and ``12:30`` are words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from replyarc.model import Reply
from replyarc.text import bigrams
from replyarc.text.bigrams import OFTEN, OFTEN_TIMES, TITLE, normal
from replyarc.text.normal import normal_number

IN_TITLE, OFTEN_IN_TEXT, SOMEWHERE = range(3)
"""How good a hit is: all words in the title; each several times in the letter; any other."""

RANKS: Final = (IN_TITLE, OFTEN_IN_TEXT, SOMEWHERE)

Row = Mapping[str, Any]
"""A row of ``replies``, or the columns of it that `Wanted.columns` names."""


def _contains(word: str, value: str) -> bool:
    return word in normal(value)


def _is_number(word: str, value: str) -> bool:
    return _bare(word) == _bare(value)


def _bare(number: str) -> str:
    return normal_number(number).removeprefix("第").removesuffix("号").lstrip("0")


def _holds_number(word: str, value: str) -> bool:
    return normal_number(word) in normal_number(value)


Fits = Callable[[str, str], bool]

_LISTS: Final = frozenset(each.name for each in fields(Reply) if each.default == ())
_FIELDS: Final[dict[str, tuple[tuple[str, ...], Fits]]] = {
    key: ((each.name,), _contains)
    for each in fields(Reply)
    for key in (each.name, each.metadata["title"])
} | {
    "publisher": (("publisher", "answered_by"), _contains),
    "number": (("proposal_numbers",), _is_number),
    "index": (("index_number",), _holds_number),
    "document": (("document_number",), _holds_number),
}
"""What may stand before a colon: the columns that are looked into, and how they are compared."""

_ANYWHERE: Final = ("title", "text")
_NAMES: Final = "|".join(map(re.escape, sorted(_FIELDS, key=len, reverse=True)))
_WORD = re.compile(
    rf"""(?P<without>[-－](?=\S))? (?:(?P<field>{_NAMES})[:：](?=\S))?
    (?:"(?P<straight>[^"]*)(?:"|\Z) | “(?P<curved>[^”]*)(?:”|\Z) | (?P<bare>\S+))""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
_MOST_TERMS: Final = 64  # more pairs of a long phrase narrow nothing down, and FTS5 bounds them


@dataclass(frozen=True, slots=True)
class Word:
    """One word or phrase, in normal form; where it has to be, or with ``without`` must not be."""

    form: str
    columns: tuple[str, ...] = _ANYWHERE
    without: bool = False
    fits: Fits = _contains

    def holds(self, row: Row) -> bool:
        """Tell whether a row has the word where it has to be."""
        values = (value for column in self.columns for value in _values(column, row[column]))
        return any(self.fits(self.form, value) for value in values) is not self.without


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query that has been read: all of its words have to hold."""

    words: tuple[Word, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of ``replies`` that `rank` looks into."""
        named = (column for word in self.words for column in word.columns)
        return tuple(dict.fromkeys((*_ANYWHERE, *named)))

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks that its hits may have, best first."""
        free = self.anywhere
        if not free:
            return (IN_TITLE,)
        return RANKS if all(_pairs(word.form) for word in free) else (IN_TITLE, SOMEWHERE)

    @property
    def anywhere(self) -> tuple[Word, ...]:
        """The words that may stand in title or letter."""
        return tuple(word for word in self.words if not _is_scoped(word))

    def sought(self, column: str) -> tuple[str, ...]:
        """Return the words, in normal form, that may be shown where they stand in a column."""
        return tuple(
            word.form for word in self.words if column in word.columns and not word.without
        )

    def rank(self, row: Row) -> int | None:
        """Return how good a hit a row is; ``None``: it is none."""
        if not all(word.holds(row) for word in self.words if _is_scoped(word)):
            return None
        free = [word.form for word in self.anywhere]
        title = normal(row["title"] or "")
        if all(word in title for word in free):
            return IN_TITLE
        text = normal(row["text"] or "")
        if not all(word in text or word in title for word in free):
            return None
        if OFTEN_IN_TEXT not in self.ranks:
            return SOMEWHERE
        often = all(text.count(word) >= OFTEN_TIMES for word in free)
        return OFTEN_IN_TEXT if often else SOMEWHERE

    def match(self, rank: int) -> str | None:
        """Return the FTS5 query that finds, among others, all hits of a rank.

        ``None`` where no word gives a token: every reply may be a hit.
        """
        terms = (term for word in self.words if not word.without for term in _terms(word, rank))
        return " AND ".join(list(dict.fromkeys(terms))[:_MOST_TERMS]) or None


def read(query: str) -> Wanted:
    """Read a query; what could be meant in one way only is taken so.

    A quotation mark that is not closed ends with the query, an unknown field is part of the word.

    >>> [(word.form, word.columns, word.without) for word in read('养老 -标题:"a B"').words]
    [('养老', ('title', 'text'), False), ('a b', ('title',), True)]

    Raises ValueError where it holds no word at all.
    """
    words = []
    for found in _WORD.finditer(_NO_CHARACTER.sub("\ufffd", query)):
        form = normal(found["straight"] or found["curved"] or found["bare"] or "")
        name = found["field"]
        columns, fits = _FIELDS[name.lower()] if name else (_ANYWHERE, _contains)
        if form:
            words.append(Word(form, columns, bool(found["without"]), fits))
    if not words:
        raise ValueError("no word to look for")
    return Wanted(tuple(dict.fromkeys(words)))


def _is_scoped(word: Word) -> bool:
    return word.without or word.columns != _ANYWHERE


def _values(column: str, value: Any) -> Iterator[str]:
    """Yield the texts of a cell: itself, or each that a list holds."""
    if value is None:
        return
    if column in _LISTS:
        yield from _leaves(json.loads(value))
    else:
        yield str(value)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value is not None:
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)


def _terms(word: Word, rank: int) -> list[str]:
    if word.columns == ("title",) or (word.columns == _ANYWHERE and rank == IN_TITLE):
        return bigrams.asked(word.form, TITLE)
    if word.columns == ("text",) or word.columns == _ANYWHERE:
        often = word.columns == _ANYWHERE and rank == OFTEN_IN_TEXT
        return [*(_pairs(word.form) if often else ()), *bigrams.asked(word.form)]
    return []


def _pairs(form: str) -> list[str]:
    return [term for term in bigrams.asked(form, OFTEN) if not term.endswith("*")]
