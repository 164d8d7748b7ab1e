"""Where the boxes of a page are looked for: before the letter, at its head, inside it, below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from replyarc.extract.box import read_boxes
from replyarc.extract.content import Place
from replyarc.extract.labels import Box, Vocabulary, bare
from replyarc.extract.spelling import SEAM
from replyarc.text.chinese import squeeze

_INDEX_NUMBER = re.compile(r"索\s*引\s*号|索\s*取\s*号|索\s*引\s*码")
# Where a letter begins: nothing above it is a sentence, and no box stands below its salutation.
_BEGUN = re.compile(r"收悉|。|(?:代表|委员)[^。]{0,12}[:：]\s?$")
_HIGHEST: Final = 12  # lines
_OF_LETTERS_TOO: Final = frozenset({"时间", "日期", "日间"})  # what the head of a letter may print


def find_boxes(place: Place, known: Vocabulary) -> Iterator[Box]:
    """The boxes before the letter, and the information line that its own element begins with.

    Where none of them has an index number, also a box that has one inside the letter's element or
    below it. A table inside a letter may have the words of a box for headings, but never 索引号.
    """
    before = read_boxes(place.before(), known)
    yield from before
    numbered = any(_bears_index_number(box, known) for box in before)
    head = _head(place.lines)
    is_headed = known.stands_in(SEAM.join((*head, "")).replace("\t", SEAM))
    is_inside = not numbered and bool(_INDEX_NUMBER.search("\n".join(place.lines)))
    for box in read_boxes(place.nodes, known) if is_headed or is_inside else ():
        if not _bears_index_number(box, known):
            yield from _in_head(box, head, known)
        elif not numbered:
            yield _without_letter(box, known)
    after = () if numbered else place.after()
    if any(known.may_be_numbered(node.text()) for node in after):
        below = read_boxes(after, known)
        yield from (box for box in below if _bears_index_number(box, known))


def _head(lines: Sequence[str]) -> Sequence[str]:
    """The lines above the letter in its own element."""
    lines = lines[:_HIGHEST]
    return lines[: next((at for at, line in enumerate(lines) if _BEGUN.search(line)), len(lines))]


def _in_head(box: Box, head: Sequence[str], known: Vocabulary) -> Iterator[Box]:
    """The part of a box in these lines, if it says when or by whom the page was published."""
    printed = squeeze("".join(head))
    pairs = tuple(pair for pair in box.pairs if squeeze(pair[0]) in printed)
    if any(
        known.says(label, "origin", "published_on") and bare(label) not in _OF_LETTERS_TOO
        for label, _ in pairs
    ):
        yield Box(pairs, box.place)


def _without_letter(box: Box, known: Vocabulary) -> Box:
    """A box up to its last known label: a salutation ends in a colon as labels do."""
    last = max(at for at, (label, _) in enumerate(box.pairs) if bare(label) in known)
    return Box(box.pairs[: last + 1], box.place)


def _bears_index_number(box: Box, known: Vocabulary) -> bool:
    return any(known.names_index_number(label) for label, _ in box.pairs)
