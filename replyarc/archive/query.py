"""Which replies are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from replyarc.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which replies are asked for: the filters that ``list`` and ``export`` share.

    All that are given must hold. ``publisher`` is contained in the publisher or the answering unit;
    ``since`` and ``until`` bound the day of publication (else of signature), inclusive.
    """

    source: str | None = None
    publisher: str | None = None
    kind: Kind | None = None
    term: int | None = None
    session: int | None = None
    number: str | None = None
    since: date | None = None
    until: date | None = None
    year: int | None = None
    changed_since: date | None = None
    gone: bool = False
    limit: int | None = None
    offset: int = 0


# filter of Query: how it is said
_WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "source": "来源 {}".format,
    "kind": "{}".format,
    "term": "第{}届".format,
    "session": "第{}次会议".format,
    "number": "第{}号".format,
    "year": "{}".format,
    "since": "{} 起".format,
    "until": "{} 止".format,
    "publisher": "{}".format,
    "changed_since": "{} 起变更".format,
    "gone": lambda gone: "已消失",
}


def in_words(query: Query) -> str:
    """Say which replies a query asks for, for a title; nothing where it asks for all.

    ``limit`` and ``offset`` are left out: how many are taken says nothing of what they are.

    >>> in_words(Query(kind=Kind.PROPOSAL, year=2023, publisher="清源市民政局"))
    '提案 · 2023 · 清源市民政局'
    >>> in_words(Query(limit=20))
    ''
    """
    return " · ".join(_WORDS[name](value) for name, value in given(query).items())


def given(query: Query) -> dict[str, Any]:
    """Return the filters of a query by their names; ``limit`` and ``offset`` are none.

    >>> given(Query(year=2023, limit=20))
    {'year': 2023}
    """
    values = ((name, getattr(query, name)) for name in _WORDS)
    return {name: value for name, value in values if value not in (None, False)}


def without(query: Query) -> Iterator[tuple[str, Query]]:
    """Yield each filter of a query, and all that the others ask for.

    >>> [(name, in_words(rest)) for name, rest in without(Query(year=2023, term=14))]
    [('term', '2023'), ('year', '第14届')]
    """
    for name in given(query):
        nothing: Any = False if name == "gone" else None
        yield name, replace(query, limit=None, offset=0, **{name: nothing})
