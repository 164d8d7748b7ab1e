"""The facets of a list: how many of its replies each further filter would leave (pure)."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from replyarc.archive.facets import Share
from replyarc.browse.asking import NAMES, Asked

SHOWN: Final = 10
"""Values of a facet that are shown at once; the others are folded."""

_MOST: Final = 60


class Value(NamedTuple):
    """A value of a facet: how many replies it leaves, and the search that it leads to.

    ``chosen``: it is asked for already, and the link takes it away.
    """

    name: str
    replies: int
    link: str
    chosen: bool


class Facet(NamedTuple):
    """A filter with its values, the most frequent or the latest first."""

    key: str
    heading: str
    values: list[Value]


def facets(shares: Counter[Share], asked: Asked) -> list[Facet]:
    """Return the facets of what was found: year, office, kind."""
    counted = {"year": _years(shares), "publisher": _offices(shares), "kind": _kinds(shares)}
    return [
        Facet(key, NAMES[key], [_value(key, name, count, asked) for name, count in values])
        for key, values in counted.items()
        if values
    ]


def _value(key: str, name: str, count: int, asked: Asked) -> Value:
    chosen = asked.given.get(key) == name
    return Value(name, count, asked.link({key: None if chosen else name}), chosen)


def _years(shares: Counter[Share]) -> list[tuple[str, int]]:
    years: Counter[int] = Counter()
    for share, count in shares.items():
        if share.year is not None:
            years[share.year] += count
    return [(str(year), years[year]) for year in sorted(years, reverse=True)]


def _kinds(shares: Counter[Share]) -> list[tuple[str, int]]:
    kinds: Counter[str] = Counter()
    for share, count in shares.items():
        if share.kind is not None:
            kinds[share.kind] += count
    return kinds.most_common()


def _offices(shares: Counter[Share]) -> list[tuple[str, int]]:
    """Count as the filter does: 民政局 is contained in 市民政局 too.

    >>> said = {"year": 2024, "kind": None, "publisher": None}
    >>> _offices(Counter({Share(**said, answered_by=name): 3 for name in ("民政局", "市民政局")}))
    [('民政局', 6), ('市民政局', 3)]
    """
    likely: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for share, count in shares.items():
        name = share.answered_by or share.publisher
        pairs[share.publisher or "", share.answered_by or ""] += count
        if name:
            likely[name] += count
    counted = [
        (name, sum(count for pair, count in pairs.items() if any(name in one for one in pair)))
        for name, _ in likely.most_common(_MOST)
    ]
    return sorted(counted, key=lambda each: -each[1])
