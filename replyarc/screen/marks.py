"""The flags of a reply (标记) in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_DISAGREEMENT: Final = "disagreement:"

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "no-index-number": ("页面没有索引号", "its page prints no index number (索引号)"),
    "not-a-reply": (
        "不是答复",
        "no reply: a notice, statistics or news from the same column",
    ),
    "letter-in-attachment": (
        "正文在附件中",
        "the letter stands in a file that its page leads to (附件)",
    ),
    "low-confidence-text": (
        "正文位置不确定",
        "where the letter begins and ends on the page is a guess",
    ),
    "truncated?": (
        "正文可能不完整",
        "the letter may be cut off: it ends in mid-sentence, or goes on elsewhere",
    ),
    "truncated-title": ("标题处处被截断", "its title is cut off with … everywhere"),
    "no-salutation": ("正文没有称呼", "the letter begins without naming anybody"),
    "decoding-loss": (
        "个别字符无法解码",
        "some letters of the page could not be decoded",
    ),
    "future-date": (
        "日期晚于采集之日",
        "it bears a day later than the one on which it was fetched",
    ),
    "index-conflict": ("另有文件使用同一索引号", "several papers bear its index number (索引号)"),
}
"""Flag -> what it means, in Chinese and in English."""


def in_words(flag: str, headings: Mapping[str, str]) -> str:
    """Say what a flag means; one that is not known here stands for itself.

    >>> in_words("disagreement:title", {"title": "标题"})
    'two places of the page say different things of 标题 (title)'
    """
    return _told(flag, headings)[1]


def in_both(flag: str, headings: Mapping[str, str]) -> str:
    """Say what a flag means in Chinese and in English.

    >>> in_both("truncated-title", {}), in_both("a-new-one", {})
    ('标题处处被截断 its title is cut off with … everywhere', 'a-new-one')
    """
    return " ".join(dict.fromkeys(_told(flag, headings)))


def _told(flag: str, headings: Mapping[str, str]) -> tuple[str, str]:
    if flag.startswith(_DISAGREEMENT):
        field = flag.removeprefix(_DISAGREEMENT)
        heading = headings.get(field, field)
        both = f"{heading} ({field})" if field in headings else field
        return (
            f"页面两处所载{heading}不一致",
            f"two places of the page say different things of {both}",
        )
    return WORDS.get(flag, (flag, flag))
