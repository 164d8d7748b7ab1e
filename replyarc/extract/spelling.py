"""How labels are spelled on pages: one pattern for all of them, whatever blanks and colon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from replyarc.text.chinese import UNSEEN

SEAM: Final = "\ue000"
"""Marks where one piece of a page's text ends and the next begins."""
COLONS: Final = ":：∶﹕︰"
# Icons of a font, which stand in Unicode's private area, and what nobody sees are blanks.
BLANK: Final = rf"\s{UNSEEN}\ue000-\uf8ff"
_BLANKS: Final = rf"[{BLANK}]{{0,8}}"
_ALONE: Final = r"(?<![\u4e00-\u9fff])"  # behind no Chinese letter
_END: Final = rf"{_BLANKS}[】\]〕）)]?{_BLANKS}(?:[{COLONS}]|(?={SEAM})|$)"


class Spelling(NamedTuple):
    """The patterns of labels: of a whole one, its group, and of the two letters one begins with.

    A page is searched for the second first, which takes half the time and seldom finds anything.
    """

    whole: re.Pattern[str]
    begun: re.Pattern[str]


def spelling(labels: Iterable[str]) -> Spelling:
    """Return the patterns of any of these labels, their letters perhaps set apart.

    A label ends with a colon, or where a piece of text does.
    """
    tree = _tree(labels)
    first = "".join(map(re.escape, tree))
    second = "".join(sorted({re.escape(each) for after in tree.values() for each in after}))
    follows = "" if any("" in after for after in tree.values()) else rf"(?={_BLANKS}[{second}])"
    return Spelling(
        re.compile(rf"(?=[{first}]){_ALONE}({'|'.join(_branches(tree))}){_END}"),
        re.compile(rf"[{first}](?<![\u4e00-\u9fff](?s:.)){follows}"),
    )


def _tree(labels: Iterable[str]) -> dict[str, Any]:
    """The labels letter by letter; "" is where one ends."""
    tree: dict[str, Any] = {}
    for label in labels:
        at = tree
        for letter in label:
            at = at.setdefault(letter, {})
        at[""] = {}
    return tree


def _branches(tree: dict[str, Any]) -> Iterator[str]:
    """The pattern of each letter of a tree, with all that may follow it, the longest first."""
    for letter, after in tree.items():
        inner = [_BLANKS + each for each in _branches(after)]
        if len(inner) > 1 or "" in after:
            yield (
                re.escape(letter)
                + (f"(?:{'|'.join(inner)})" if inner else "")
                + ("?" if inner and "" in after else "")
            )
        elif letter:
            yield re.escape(letter) + inner[0]
