"""A line of labels and values: where one pair ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from replyarc.extract.labels import Pair, Vocabulary, bare
from replyarc.extract.spelling import COLONS, SEAM

CHINESE: Final = "\u4e00-\u9fff"
# A label that nobody knows: a short word behind a blank and before a colon. 李明代表： is none.
UNKNOWN = re.compile(
    rf"(?:^|[\s{SEAM}])([{CHINESE}]{{2,8}})(?<!代表)(?<!委员)(?<!同志)[】\]]?[{COLONS}]"
)
_SALUTATION = re.compile(r"(?:代表|委员|同志|[您你]好)[^。]{0,9}$")
_ENDS: Final = tuple(f"{COLONS}!！")
_COLON = re.compile(rf"[{COLONS}]")
_WORD = re.compile(rf"[{CHINESE}]{{2,10}}")
_EDGES: Final = " \t\r\n\u3000\xa0|｜丨·/,，;；【[(（"
_LONGEST: Final = 120
_NEAR: Final = 16  # letters, which the last word of a salutation and its colon have


def split_line(text: str, known: Vocabulary) -> list[Pair]:
    """Split a line at its labels; a label before a label has no value.

    >>> from replyarc.extract.labels import vocabulary
    >>> split_line("来源: 市民政局 时间：2017-09-29 16:51 字号：[大 中 小]", vocabulary())
    [('来源:', '市民政局'), ('时间：', '2017-09-29 16:51'), ('字号：', '大 中 小]')]
    """
    return _split(text, known)[1]


def split_lines(lines: Iterable[str], known: Vocabulary) -> list[Pair]:
    """Split lines that stand below each other: a value may stand on the line below its label.

    Whatever else stands on a line of its own is part of no value: it may be the letter's first.
    Where labels stand alone, a word behind a value is a label that nobody knows.

    >>> from replyarc.extract.labels import vocabulary
    >>> split_lines(["来源：", "市民政局", "李明、王芳代表："], vocabulary())
    [('来源：', '市民政局')]
    """
    pairs: list[Pair] = []
    alone = False
    for line in lines:
        lead, found = _split(line, known)
        above = joined(lead).strip(_EDGES)
        if above and pairs and not pairs[-1][1] and _is_value(above):
            pairs[-1] = (pairs[-1][0], above)
        elif above and not found and (unknown := UNKNOWN.match(above)):
            pairs.append((unknown[0], above[unknown.end() :].strip(_EDGES)))
        elif alone and not found and _WORD.fullmatch(bare(above)):
            pairs.append((above, ""))
        if found:
            alone = not found[-1][1] and not found[-1][0].endswith(tuple(COLONS))
            pairs += found
    return pairs


def greets(text: str) -> bool:
    """Whether a line is a salutation, which ends in a colon as labels do.

    >>> greets("李明、王芳代表："), greets("领衔代表：李明")
    (True, False)
    """
    return text.startswith("尊敬的") or (
        text.endswith(_ENDS) and bool(_SALUTATION.search(text[-_NEAR:]))
    )


def _is_value(text: str) -> bool:
    return (
        len(text) <= _LONGEST and "。" not in text and not UNKNOWN.match(text) and not greets(text)
    )


def _split(text: str, known: Vocabulary) -> tuple[str, list[Pair]]:
    """What stands before the first label of a line, and its pairs."""
    found = [(match.start(1), match.end(), match[0]) for match in known.finditer(text)]
    if not found:
        return text, []
    known_at = tuple(found)
    # each colon may be that of a label that nobody knows, but for those of the labels found
    rest = len(_COLON.findall(text)) - sum(text[end - 1] in COLONS for _, end, _ in found)
    for match in UNKNOWN.finditer(text) if rest else ():
        start, end = match.start(1), match.end()
        if not any(start < last and first < end for first, last, _ in known_at):
            found.append((start, end, match[1] + match[0][-1]))
    found.sort()
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return text[: found[0][0]], [
        (joined(label), joined(text[begin:end]).strip(_EDGES))
        for (_, begin, label), end in zip(found, ends, strict=True)
    ]


def joined(text: str) -> str:
    """Put pieces of text on one line, with nothing between them where they meet."""
    return " ".join(text.replace(SEAM, "").split())
