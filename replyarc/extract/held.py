"""Letters that a page holds in a form or a program, from which a script puts them in place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Final

_OPENED = re.compile(r"<(textarea|noscript|template|script)\b([^<>]{0,400})>", re.IGNORECASE)
# Programs that are none: their text is the markup that a script puts into the page.
_MARKUP = re.compile(r"text/(?:html|plain|template|x-|xml)", re.IGNORECASE)
# The article among the data of a page that is built by a program.
_MEMBER = re.compile(r"""["']?content["']?\s{0,5}:\s{0,5}(?="(?:\\u003[cC]|<|\\?&lt;)p?)""")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_MOST: Final = 200
_ESCAPED: Final = ("&lt;p", "&lt;P", "&lt;d", "&lt;s", "&lt;br")


def held_markup(text: str) -> Iterator[str]:
    """Yield the markup that the forms and the programs of a page hold, what is escaped unescaped.

    >>> [*held_markup('<textarea id="content">&lt;p&gt;张三代表：&lt;/p&gt;</textarea>')]
    ['<p>张三代表：</p>']
    """
    lower = text.lower()
    at, found = 0, 0
    while found < _MOST:
        opened = _OPENED.search(text, at)
        if opened is None:
            return
        name = opened[1].lower()
        at = lower.find(f"</{name}", opened.end())
        if at < 0:
            return
        found += 1
        said = text[opened.end() : at]
        if name != "script" or _MARKUP.search(opened[2]):
            yield _unescaped(said)
        elif "content" in said:
            yield from _members(said)


def _unescaped(markup: str) -> str:
    said = unescape(markup)
    if any(tag in said for tag in _ESCAPED):
        said = unescape(said)
    return said if "<" in said else said.replace("\n", "<br>")


def _members(program: str) -> Iterator[str]:
    for member in _MEMBER.finditer(program):
        string = _STRING.match(program, member.end())
        if string:
            try:
                yield _unescaped(json.loads(string[0], strict=False))
            except ValueError:
                continue
