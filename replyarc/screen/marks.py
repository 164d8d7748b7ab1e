"""The flags of a reply (标记) in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_DISAGREEMENT: Final = "disagreement:"

WORDS: Final[Mapping[str, str]] = {
    "no-index-number": "its page prints no index number (索引号)",
    "not-a-reply": "no reply: a notice, statistics or news from the same column",
    "letter-in-attachment": "the letter stands in a file that its page leads to (附件)",
    "low-confidence-text": "where the letter begins and ends on the page is a guess",
    "truncated?": "the letter may be cut off: it ends in mid-sentence, or goes on elsewhere",
    "truncated-title": "its title is cut off with … everywhere",
    "no-salutation": "the letter begins without naming anybody",
    "decoding-loss": "some letters of the page could not be decoded",
    "future-date": "it bears a day later than the one on which it was fetched",
    "index-conflict": "several papers bear its index number (索引号)",
}
"""Flag -> what it means."""


def in_words(flag: str, headings: Mapping[str, str]) -> str:
    """Say what a flag means; one that is not known here stands for itself.

    >>> in_words("disagreement:title", {"title": "标题"})
    'two places of the page say different things of 标题 (title)'
    """
    if flag.startswith(_DISAGREEMENT):
        field = flag.removeprefix(_DISAGREEMENT)
        both = f"{headings[field]} ({field})" if field in headings else field
        return f"two places of the page say different things of {both}"
    return WORDS.get(flag, flag)
