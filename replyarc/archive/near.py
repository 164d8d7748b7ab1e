"""What comes near a key that names nothing: a title with a wrong letter, a mistyped number.

All titles and numbers are gone through once, as they stand, for pairs of neighbouring letters that
the key has too; only the few that share the most are compared with care. 100,000 replies take
about half a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from heapq import nlargest
from operator import itemgetter
from typing import Final

from sqlite_utils import Database

from replyarc.text.normal import normal_number, normal_title

_ALL: Final = "select id, title, index_number, document_number from replies"
_LIKELY: Final = 400  # which are compared with care
_PAIRS: Final = 24  # of a long key, taken from all of it
_ENOUGH: Final = 0.5  # of the pairs of a key have to be in a title
_ALIKE: Final = 0.7  # of the letters of two numbers have to be the same, in order
_LONGEST: Final = 200  # letters of a key that count
_MISREAD: Final = str.maketrans("OIL", "011")  # what is typed for a figure


def likely(db: Database, key: str, limit: int) -> list[str]:
    """Return the ids of the replies whose title or number is most like a key, best first.

    Half of the pairs of letters of the key have to be in the title, or all but those that one
    wrong letter spoils; or the greater part of it in the same order in a number or id.
    """
    title, number = normal_title(key)[:_LONGEST], normal_number(key)[:_LONGEST]
    in_title, in_number = _some(title), _some(number if _has_figures(number) else "")
    if not in_title and not in_number:
        return []
    found = []
    for id, held, index, document in db.execute(_ALL):
        shared = sum([pair in held for pair in in_title]) / (len(in_title) or 1)
        if in_number:
            numbers = f"{index} {document} {id.upper()}"
            own = sum([pair in numbers for pair in in_number]) / len(in_number)
            shared = max(own, shared)
        if shared:
            found.append((shared, id, held, index, document))
    close = []
    for _, id, held, index, document in nlargest(_LIKELY, found, key=itemgetter(0)):
        own_numbers = [each for each in (index, document, id) if each]
        likeness = max(_titled(title, held), *(_numbered(number, each) for each in own_numbers))
        if likeness > (0.0, 0.0):
            close.append((likeness, id))
    return [id for _, id in nlargest(limit, close)]


def _some(text: str) -> Sequence[str]:
    """Return pairs of neighbouring letters, of a long text every so many."""
    pairs = sorted(_pairs(text), key=text.index)
    return pairs[:: len(pairs) // _PAIRS + 1]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _has_figures(number: str) -> bool:
    return any(letter.isascii() and letter.isalnum() for letter in number)


def _titled(asked: str, title: str) -> tuple[float, float]:
    """Return how much of what was asked a title holds, and how much the two have in common.

    One wrong letter spoils two pairs, and so most of a short word: its letters count too.
    """
    told = normal_title(title)
    wanted, held = _pairs(asked), _pairs(told)
    shared = len(wanted & held)
    if shared < max(1, min(_ENOUGH * len(wanted), len(wanted) - 2)):
        return 0.0, 0.0
    letters = len(set(asked) & set(told)) / len(set(asked))
    if shared < _ENOUGH * len(wanted) and letters < _ALIKE:
        return 0.0, 0.0
    return (shared / len(wanted) + letters) / 2, shared / len(wanted | held)


def _numbered(asked: str, number: str) -> tuple[float, float]:
    """Return twice how alike two numbers are."""
    asked, held = asked.translate(_MISREAD), normal_number(number).translate(_MISREAD)
    if not asked or abs(len(held) - len(asked)) > max(len(held), len(asked)) / 2:
        return 0.0, 0.0
    alike = SequenceMatcher(None, asked, held, autojunk=False).ratio()
    return (alike, alike) if alike >= _ALIKE else (0.0, 0.0)
