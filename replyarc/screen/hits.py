"""The hits of a search, drawn for people: what was found is marked, by colour or by brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from replyarc.model import Reply
from replyarc.screen.ink import Line, wrapped
from replyarc.screen.pager import Paper
from replyarc.screen.tables import packed
from replyarc.text.excerpts import Excerpt

_MARK: Final = "mark"
ENOUGH: Final = 240
"""Of how many characters at the most a title is shown: it may be anything."""

Letter = tuple[str, str]
"""A letter and its style."""


def hit(reply: Reply, title: Excerpt, letter: Sequence[Excerpt], on: Paper) -> Iterator[Line]:
    """Yield the lines of one hit: its title, its day, who answers, its id, what stands around.

    Where there is no colour the words stand in 【】.
    """
    end = "…" if on.is_unicode else "..."
    marks = tuple((first, last) for first, last in title.marks if first < ENOUGH)
    letters = [*_letters(Excerpt(title.text[:ENOUGH], marks), "bold", on)]
    more = [(sign, "") for sign in end] if len(title.text) > ENOUGH else []
    yield from _broken([*letters, *more], 0, on)
    yield from packed(_about(reply, on), on, between="  ", style="dim")
    for each in letter:
        around = [(f"{end} ", ""), *_letters(each, "", on), (f" {end}", "")]
        yield from _broken([(letter, style) for text, style in around for letter in text], 2, on)
    yield ()


def _about(reply: Reply, on: Paper) -> Iterator[tuple[str, bool]]:
    yield reply.id, True
    day = reply.published_on or reply.signed_on
    number = "、".join(reply.proposal_numbers)
    for said in (day and str(day), reply.answered_by, number, reply.index_number):
        if said:
            yield on.shown(said), False


def _letters(excerpt: Excerpt, style: str, on: Paper) -> Iterator[Letter]:
    """Yield the letters of an excerpt as they are shown; those that were looked for are marked."""
    left, right = "【】" if on.is_unicode else "[]"
    at = 0
    for first, last in [*excerpt.marks, (len(excerpt.text), len(excerpt.text))]:
        for letter in on.safe(excerpt.text[at:first]):
            yield letter, style
        word = on.safe(excerpt.text[first:last])
        for letter in word if on.coloured or not word else f"{left}{word}{right}":
            yield letter, _MARK
        at = last


def _broken(letters: Sequence[Letter], indent: int, on: Paper) -> Iterator[Line]:
    """Break styled letters into lines; what the breaks leave out are blanks."""
    at = 0
    for line in wrapped("".join(letter for letter, _ in letters), on.width - indent):
        styled: list[Letter] = []
        for letter in line:
            while letters[at][0] != letter:
                at += 1
            styled.append(letters[at])
            at += 1
        yield ((" " * indent, ""), *_joined(styled))


def _joined(letters: Iterable[Letter]) -> Iterator[tuple[str, str]]:
    for style, some in groupby(letters, lambda each: each[1]):
        yield "".join(letter for letter, _ in some), style
