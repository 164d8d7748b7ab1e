"""The numbers of the proposals of one session: which of them are held, and which are not (pure).

A session numbers what is brought before it from 1. Its last number is told nowhere, so what is
held is compared with 1 to the largest number that is held, and never beyond. That a number is not
held says nothing of why: its reply may never have been published, may be another office's, or may
not be archived.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

LARGEST: Final = 20_000
"""The largest number that is taken for one: the largest sessions there are have half as many."""

DENSE: Final = 0.5
"""The share of the numbers up to the largest from which on what is missing is listed as a gap."""

_BLANK: Final = re.compile(r"\s+")
_PRINTED: Final = re.compile(r"第?(?P<series>.*?)(?P<digits>[0-9]+)[^0-9]*", re.DOTALL)
_OF_A_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{3,5})")
_LONGEST: Final = 40  # letters of a number that is printed

Span = tuple[int, int]


class Number(NamedTuple):
    """The number of a proposal: the series it is counted in, mostly ``""``, and its place there."""

    series: str
    value: int


def read_number(printed: str) -> Number | None:
    """Read the number of a proposal as it is printed; ``None`` where there is none to count by.

    A year that is joined to it is a series, and so are letters and words before it. Nothing is
    made of 0, and of what is larger than LARGEST.

    >>> read_number("0079"), read_number("财税金融类012号")
    (Number(series='', value=79), Number(series='财税金融类', value=12))
    >>> read_number("第20230012号")
    Number(series='2023', value=12)
    >>> read_number("999999"), read_number("无"), read_number("0")
    (None, None, None)
    """
    written = _BLANK.sub("", unicodedata.normalize("NFKC", printed[:_LONGEST])).upper()
    found = _PRINTED.fullmatch(written)
    if found is None or len(printed) > _LONGEST:
        return None
    series, digits = found["series"].rstrip("-第〔〕[]()"), found["digits"]
    if year := _OF_A_YEAR.fullmatch(digits):
        series, digits = f"{series}{year[1]}", year[2]
    value = int(digits)
    return Number(series, value) if 1 <= value <= LARGEST else None


class Sitting(NamedTuple):
    """Whose numbers they are: those of one assembly's session, of one kind and one series.

    ``place`` is the assembly's (岳阳市), as far as anything tells it.
    """

    assembly: str | None
    place: str | None
    kind: str | None
    term: int | None
    session: int | None
    series: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers of one sitting that are held, as spans in their order.

    ``publishers`` is how many answer them; ``names`` are those of the assembly, as printed.
    """

    sitting: Sitting
    spans: tuple[Span, ...]
    publishers: int = 1
    names: tuple[str, ...] = ()

    @property
    def held(self) -> int:
        """How many numbers are held."""
        return size(self.spans)

    @property
    def largest(self) -> int:
        """The largest number that is held: what is beyond it is not known."""
        return self.spans[-1][1]

    @property
    def share(self) -> float:
        """Which share of the numbers from 1 to the largest is held."""
        return self.held / self.largest

    @property
    def is_dense(self) -> bool:
        """Whether so many are held that the others are gaps, rather than other offices' share."""
        return self.share >= DENSE

    @property
    def missing(self) -> tuple[Span, ...]:
        """The numbers between 1 and the largest that are not held."""
        return tuple(between(self.spans))


def spans(numbers: Iterable[int]) -> Iterator[Span]:
    """Yield numbers as spans of those that follow each other, first and last, in order.

    >>> [*spans([4, 1, 2, 9, 2])]
    [(1, 2), (4, 4), (9, 9)]
    """
    first = last = None
    for number in sorted(set(numbers)):
        if first is None or last is None:
            first = number
        elif number != last + 1:
            yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last


def between(held: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans from 1 on that are not held, up to the last that is.

    >>> [*between([(2, 3), (5, 9)])]
    [(1, 1), (4, 4)]
    """
    following = 1
    for first, last in held:
        if first > following:
            yield following, first - 1
        following = last + 1


def size(of: Iterable[Span]) -> int:
    """Return how many numbers are in spans."""
    return sum(last - first + 1 for first, last in of)


def in_words(of: Iterable[Span]) -> str:
    """Write spans as people do.

    >>> in_words([(17, 17), (33, 34), (90, 94)])
    '17, 33, 34, 90–94'
    """
    return ", ".join(_span(*each) for each in of)


def _span(first: int, last: int) -> str:
    if last - first < 2:
        return str(first) if first == last else f"{first}, {last}"
    return f"{first}–{last}"
