"""The words and signs of a small script."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

STRING: Final = r""""(?:[^"\\\n]|\\.){0,2000}"|'(?:[^'\\\n]|\\.){0,2000}'"""
_TOKEN = re.compile(
    rf"(?P<text>{STRING})|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>[0-9]+)"
    r"|(?P<sign>===|!==|==|!=|\+=|&&|\|\||[-;{}()+=.!,<>])"
)
_BLANK = re.compile(r"(?:\s+|//[^\n]*|<!--[^\n]*|-->[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))")
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": ""}


class Unclear(Exception):
    """A script does more than this module can tell."""


@lru_cache(maxsize=256)  # the pages of a site have the same scripts
def tokens(source: str) -> tuple[tuple[str, str], ...]:
    """Cut a script into its words and signs, each with its kind; remarks are left out.

    Raises Unclear where a sign is not of the grammar.
    """
    cut: list[tuple[str, str]] = []
    at = 0
    while at < len(source):
        blank = _BLANK.match(source, at)
        if blank:
            at = blank.end()
            continue
        found = _TOKEN.match(source, at)
        if found is None:
            raise Unclear(source[at : at + 20])
        cut.append((found.lastgroup or "", found[0]))
        at = found.end()
    return tuple(cut)


def unquoted(text: str) -> str:
    """Return what a literal stands for, without its quotes and escapes."""

    def plain(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])

    return _ESCAPE.sub(plain, text[1:-1])
