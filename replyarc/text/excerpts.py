"""Where words stand in a text that was compared in its normal form: excerpts, and what to mark.

A normal form may be longer or shorter than what it is the form of: ㈱ is (株), and a letter with
its mark one letter. So places are counted in pieces of the text whose forms, set side by side, are
the form of the whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from replyarc.text.bigrams import normal

_AROUND: Final = 30
_ENOUGH: Final = 50


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text, from the character ``at`` on; ``marks`` are from where to where in it."""

    text: str
    marks: tuple[tuple[int, int], ...]
    at: int = 0


def marked(text: str, words: Iterable[str]) -> Excerpt:
    """Return a whole text with every place marked where one of the words stands.

    The words are in normal form.

    >>> marked("Ａ㈱和ａ", ["a", "株"])
    Excerpt(text='Ａ㈱和ａ', marks=((0, 2), (3, 4)), at=0)
    """
    return Excerpt(text, tuple(_places(text, tuple(words))))


def excerpts(text: str, words: Iterable[str], most: int = 3) -> list[Excerpt]:
    """Return what stands around the words, in the order of the text: of each paragraph a piece.

    Rather three different words than one three times. Nothing where none of them is there.

    >>> excerpts("一\\n二养老三", ["养老"])
    [Excerpt(text='二养老三', marks=((1, 3),), at=2)]
    """
    sought = tuple(words)
    found = list(islice(_windows(text, sought), _ENOUGH))
    chosen: list[Excerpt] = []
    while found and len(chosen) < most:
        shown = {word for each in chosen for word in _held(each, sought)}
        best = max(found, key=lambda each: len(_held(each, sought) - shown))
        found.remove(best)
        chosen.append(best)
    return sorted(chosen, key=lambda each: each.at)


def _held(excerpt: Excerpt, words: Iterable[str]) -> set[str]:
    form = normal(excerpt.text)
    return {word for word in words if word in form}


def _windows(text: str, words: Sequence[str]) -> Iterator[Excerpt]:
    begin = 0
    for line in text.split("\n"):
        form = normal(line)
        if any(word in form for word in words):
            yield from _of_line(line, begin, _places(line, words))
        begin += len(line) + 1


def _of_line(line: str, begin: int, places: Sequence[tuple[int, int]]) -> Iterator[Excerpt]:
    shown = -1
    for first, last in places:
        if first < shown:
            continue
        start, shown = max(0, first - _AROUND, shown), min(len(line), last + _AROUND)
        marks = [(a - start, b - start) for a, b in places if start <= a and b <= shown]
        yield Excerpt(line[start:shown], tuple(marks), begin + start)


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return from where to where words stand in a text, without overlaps, in order."""
    pieces = _pieces(text)
    form, begins, ends = "", list[int](), list[int]()
    at = 0
    for piece in pieces:
        its_form = normal(piece)
        form += its_form
        begins += [at] * len(its_form)
        at += len(piece)
        ends += [at] * len(its_form)
    found = [
        (begins[first], ends[first + len(word) - 1])
        for word in words
        for first in _occurrences(form, word)
    ]
    return _united(found)


def _occurrences(form: str, word: str) -> Iterator[int]:
    at = form.find(word) if word else -1
    while at >= 0:
        yield at
        at = form.find(word, at + len(word))


def _united(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for first, last in sorted(places):
        if united and first <= united[-1][1]:
            united[-1] = (united[-1][0], max(last, united[-1][1]))
        else:
            united.append((first, last))
    return united


def _pieces(text: str) -> list[str]:
    """Cut a text so that the forms of its pieces are, side by side, its form."""
    form = normal(text)
    for pieces in (list(text), _with_marks(text)):
        if "".join(map(normal, pieces)) == form:
            return pieces
    return [text]


def _with_marks(text: str) -> list[str]:
    """Cut a text into characters, each with the marks that are set on it."""
    pieces: list[str] = []
    for letter in text:
        if pieces and unicodedata.combining(unicodedata.normalize("NFKD", letter)[0]):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
