"""A line of labels and values: where one pair ends and the next begins."""

from __future__ import annotations

import re
from typing import Final

from replyarc.extract.labels import COLONS, SEAM, Pair, Vocabulary

_CHINESE: Final = "\u4e00-\u9fff"
# A label that nobody knows: a short word behind a blank and before a colon.
UNKNOWN = re.compile(rf"(?:^|[\s{SEAM}])([{_CHINESE}]{{2,8}})[】\]]?[{COLONS}]")
_EDGES: Final = " \t\r\n\u3000\xa0|｜丨·/,，;；【[(（"


def split_line(text: str, known: Vocabulary) -> list[Pair]:
    """Split a line at its labels; a label before a label has no value.

    >>> from replyarc.extract.labels import vocabulary
    >>> split_line("来源: 市民政局 时间：2017-09-29 16:51 字号：[大 中 小]", vocabulary())
    [('来源:', '市民政局'), ('时间：', '2017-09-29 16:51'), ('字号：', '大 中 小]')]
    """
    found = [(match.start(1), match.end(), match[0]) for match in known.pattern.finditer(text)]
    if not found:
        return []
    known_at = tuple(found)
    for match in UNKNOWN.finditer(text):
        start, end = match.start(1), match.end()
        if not any(start < last and first < end for first, last, _ in known_at):
            found.append((start, end, match[1] + match[0][-1]))
    found.sort()
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [
        (joined(label), joined(text[begin:end]).strip(_EDGES))
        for (_, begin, label), end in zip(found, ends, strict=True)
    ]


def joined(text: str) -> str:
    """Put pieces of text on one line, with nothing between them where they meet."""
    return " ".join(text.replace(SEAM, "").split())
