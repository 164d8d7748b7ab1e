"""Pairs of neighbouring characters: how words are found in a language that sets no blanks.

A text is looked through in its *normal form*. It is split into runs, and of each run every pair of
neighbours is a token, and its last character alone: so each character of a text begins a token,
and a single one is found as the beginning of one. What is found by tokens still has to be looked
at: a text may have all pairs of a word and not the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from operator import add
from typing import Final

TITLE: Final = "\x80"
"""What a token of a title is marked with, beside the same token unmarked."""

OFTEN: Final = "\x81"
"""What a pair is marked with that stands in a letter at least OFTEN_TIMES."""

OFTEN_TIMES: Final = 6

# The tokenizer `ascii` of SQLite's FTS5 ends a token at what is not a letter or digit of ASCII, and
# takes all that is not ASCII for a part of it.
# Far the most of what a Chinese letter has that NFKC changes: without it a text is quickly seen to
# be normal, which makes its normal form forty times as fast.
_WIDE: Final = tuple(zip("，：；（）？！％\u3000", ",:;()?!% ", strict=True))

_BETWEEN: Final = re.compile(r"[\x00-/:-@\[-`{-\x7f\s]+")


def normal(text: str) -> str:
    """Return the form in which texts are compared: Unicode NFKC, then lower case.

    Lower case, not case folding, which would take ß for ss.

    >>> normal("（２０２１）ＡＢ类"), normal("K①ﬁ")
    ('(2021)ab类', 'k1fi')
    """
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text).lower()


def runs(form: str) -> list[str]:
    """Return the runs of a normal form: what stands between blanks and signs of ASCII.

    >>> runs("养老,service-2021 。")
    ['养老', 'service', '2021', '。']
    """
    return [run for run in _BETWEEN.split(form) if run]


def pairs(form: str) -> Counter[str]:
    """Count the tokens of a normal form.

    >>> sorted(pairs("农村 a"))
    ['a', '农村', '村']
    """
    spaced = _BETWEEN.sub(" ", form) + " "
    found = Counter(map(add, spaced, spaced[1:]))
    for edge in [pair for pair in found if " " in pair]:
        times = found.pop(edge)
        if edge[0] != " ":
            found[edge[0]] = times
    return found


def tokens(title: str, letter: str) -> set[str]:
    r"""Return all tokens by which a reply is found; the marked ones tell how good a hit is.

    >>> sorted(tokens("农村", "道路"))
    ['\x80农村', '\x80村', '农村', '村', '路', '道路']
    """
    heading, text = pairs(normal(title)), pairs(normal(letter))
    often = [OFTEN + pair for pair, n in text.items() if n >= OFTEN_TIMES and pair[1:]]
    return set(text).union(heading, often, [TITLE + token for token in heading])


def asked(word: str, mark: str = "") -> list[str]:
    """Return what an FTS5 query asks for, so that all that holds a word in normal form is found.

    Nothing for a word that gives no token.

    >>> asked("养老"), asked("农"), asked("a,养老院"), asked("--")
    (['"养老"'], ['"农"*'], ['"a"*', '"养老"', '"老院"'], [])
    """
    return [term for run in runs(word) for term in _terms(run, mark)]


def _terms(run: str, mark: str) -> Iterable[str]:
    if len(run) == 1:
        return [f'"{mark}{run}"*']
    return [f'"{mark}{pair}"' for pair in dict.fromkeys(map(add, run, run[1:]))]
