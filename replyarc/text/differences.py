"""What differs between two texts, sentence by sentence.

A sentence of Chinese ends with 。！？； or with its paragraph. The work is bounded whatever the two
texts are: beyond a number of sentences, or of signs in a sentence, only what both have in common at
their beginning and end is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]*[”’」』）】》〉)\"']*")
_TOKEN = re.compile(r"[0-9][0-9.,]*[%％]?|[A-Za-z]+|.", re.DOTALL)

MOST_SENTENCES: Final = 1_000
"""Sentences of a text, without what both have in common at the ends, that are compared."""

_MOST_TOKENS: Final = 120  # signs of a sentence that are compared one by one
_MOST_MARKED: Final = 50  # pairs of sentences in which this is done
_MOST_PAIRED: Final = 2_500  # pairs looked at for which sentence became which
_LONGEST_PAIRED: Final = 2_000
_LIKE: Final = 0.6

Span = tuple[int, int]


class Sign(StrEnum):
    """What became of a sentence; FOLDED stands for several that stayed."""

    SAME = " "
    REMOVED = "-"
    ADDED = "+"
    FOLDED = "…"


class Step(NamedTuple):
    """One sentence of a comparison, or a number of sentences that stayed and are not shown.

    ``marks`` are the spans of the sentence that its other version does not have; nothing where it
    has no other version. ``times`` is how many sentences are folded.
    """

    sign: Sign
    text: str = ""
    marks: tuple[Span, ...] = ()
    times: int = 1


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with the sign that ends it and quotes that close there.

    >>> sentences("已收悉。现答复如下：\\n“同意。”特此函复")
    ['已收悉。', '现答复如下：', '“同意。”', '特此函复']
    """
    return [found for match in _SENTENCE.findall(text) if (found := match.strip())]


def differences(old: str, new: str, *, context: int = 1) -> list[Step]:
    """Return what it takes to make a text of another, sentence by sentence.

    Sentences that stayed are folded to a count, but for ``context`` of them beside a change. Where
    nothing but breaks and blanks differs, there are no steps.

    >>> [(str(step.sign), step.text) for step in differences("甲。乙1个。丙。", "甲。乙2个。丙。")]
    [(' ', '甲。'), ('-', '乙1个。'), ('+', '乙2个。'), (' ', '丙。')]
    """
    before, after = sentences(old), sentences(new)
    if before == after:
        return []
    steps: list[Step] = []
    stayed: list[str] = []
    marker = _Marker()
    for tag, left, right in _blocks(before, after):
        if tag == "equal":
            stayed = left
            continue
        steps += _folded(stayed, context, first=not steps, last=False)
        steps += marker.replaced(left, right)
        stayed = []
    return [*steps, *_folded(stayed, context, first=False, last=True)]


def _folded(stayed: Sequence[str], context: int, *, first: bool, last: bool) -> Iterator[Step]:
    """Yield the sentences beside the changes, and of those between them how many there are."""
    head = 0 if first else context
    tail = 0 if last else context
    hidden = len(stayed) - head - tail
    if hidden <= 1:  # a line that says that one is left out is no shorter than the one
        yield from (Step(Sign.SAME, sentence) for sentence in stayed)
        return
    yield from (Step(Sign.SAME, sentence) for sentence in stayed[:head])
    yield Step(Sign.FOLDED, times=hidden)
    yield from (Step(Sign.SAME, sentence) for sentence in stayed[len(stayed) - tail :])


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield runs of sentences that are equal, and runs that stand in each other's place."""
    head, tail = _ends(old, new)
    if head:
        yield "equal", old[:head], new[:head]
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(left), len(right)) > MOST_SENTENCES:
        yield "replace", left, right
    else:
        for tag, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
            yield tag, left[a:b], right[c:d]
    if tail:
        yield "equal", old[len(old) - tail :], new[len(new) - tail :]


def _ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many items two sequences have in common at the beginning and at the end."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return head, tail


class _Marker:
    """Marks what changed inside sentences; how many of them are looked at closely is bounded."""

    def __init__(self) -> None:
        self._marked = 0

    def replaced(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
        """Yield sentences that were removed and added, those that became another beside it."""
        at_old = at_new = 0
        for left, right in _pairs(old, new):
            yield from _whole(Sign.REMOVED, old[at_old:left])
            yield from _whole(Sign.ADDED, new[at_new:right])
            gone, come = self._marks(old[left], new[right])
            yield Step(Sign.REMOVED, old[left], gone)
            yield Step(Sign.ADDED, new[right], come)
            at_old, at_new = left + 1, right + 1
        yield from _whole(Sign.REMOVED, old[at_old:])
        yield from _whole(Sign.ADDED, new[at_new:])

    def _marks(self, old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Return the spans of each sentence that the other does not have."""
        left, right = _TOKEN.findall(old), _TOKEN.findall(new)
        self._marked += 1
        if max(len(left), len(right)) > _MOST_TOKENS or self._marked > _MOST_MARKED:
            head, tail = _ends(left, right)
            changed = [(head, len(left) - tail, head, len(right) - tail)]
        else:
            codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
            changed = [(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]
        return (
            _spans(left, ((a, b) for a, b, _, _ in changed)),
            _spans(right, ((c, d) for _, _, c, d in changed)),
        )


def _whole(sign: Sign, texts: Iterable[str]) -> Iterator[Step]:
    return (Step(sign, text) for text in texts)


def _spans(tokens: Sequence[str], runs: Iterable[Span]) -> tuple[Span, ...]:
    """Return where runs of tokens stand in their sentence."""
    at = [0]
    for token in tokens:
        at.append(at[-1] + len(token))
    return tuple((at[begin], at[end]) for begin, end in runs if begin < end)


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    """Yield which sentence became which: in their order, each the first that is much like it."""
    if len(old) * len(new) > _MOST_PAIRED:
        return
    after = 0
    for left, text in enumerate(old):
        for right in range(after, len(new)):
            if _is_like(text, new[right]):
                yield left, right
                after = right + 1
                break


def _is_like(old: str, new: str) -> bool:
    if max(len(old), len(new)) > _LONGEST_PAIRED:
        return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE
