"""What a page's own scripts ask for: addresses, the fields that go with them, variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Final

from replyarc.listing.asking import query_of
from replyarc.model import Page
from replyarc.text.html import parse

_NEAR: Final = 3_000
"""How many letters from where a script names an address its fields are looked for."""

_MOST: Final = 60
_OBJECT: Final = re.compile(r"\{([^{}]{1,3000})\}")
_TEXT: Final = r"""(?:'(?P<s1>[^'\n]{0,500})'|"(?P<s2>[^"\n]{0,500})"|"""
_FIELD: Final = re.compile(
    r"""(?:'(?P<q1>[^'\n]{1,120})'|"(?P<q2>[^"\n]{1,120})"|(?<![\w$.])(?P<bare>[A-Za-z_$][\w$]{0,60}))
    \s{0,20}:\s{0,20}"""
    + _TEXT
    + r"(?P<word>-?[\w$]{1,60}(?![\w$.(\[])))",
    re.VERBOSE,
)
_VARIABLE: Final = re.compile(
    r"(?:\b(?:var|let|const)\s{1,9}|[,;]\s{0,30})(?P<name>[A-Za-z_$][\w$]{0,60})\s{0,20}=\s{0,20}"
    + _TEXT
    + r"(?P<word>\d{1,20}))"
)
_WORDS: Final = frozenset(("true", "false"))


def addresses(page: Page, path: str) -> Iterator[tuple[str, int]]:
    """Yield the quoted addresses of a page that contain a path (a pattern), and where they stand.

    ``&amp;`` in them is read as ``&``.
    """
    quoted = rf"""["']([^"'\s<>]{{0,200}}(?:{path})[^"'\s<>]{{0,2000}})["']"""
    for found in islice(re.finditer(quoted, page.text), _MOST):
        yield unescape(found[1]), found.start()


def fields_near(page: Page, at: int, name: str) -> dict[str, str]:
    """Return the fields of the object literal nearest to a place that has a field of this name.

    A value that is a variable is looked up (see ``variables``), and left out if it is not found.
    No such object: ``{}``.
    """
    start = max(0, at - _NEAR)
    objects = _OBJECT.finditer(page.text[start : at + _NEAR])
    named = re.compile(rf"(?<![\w$]){re.escape(name)}['\"]?\s{{0,20}}:")
    having = [each for each in objects if named.search(each[1])]
    if not having:
        return {}
    nearest = min(having, key=lambda each: abs(start + each.start() - at))
    known = variables(page)
    fields: dict[str, str] = {}
    for field in islice(_FIELD.finditer(nearest[1]), _MOST):
        word, value = field["word"], _value(field)
        if word and word not in _WORDS and not word.lstrip("-").isdecimal():
            if word not in known:
                continue
            value = known[word]
        fields.setdefault(field["q1"] or field["q2"] or field["bare"], value)
    return fields


def variables(page: Page) -> dict[str, str]:
    """Return what a page's scripts, inputs and ``<meta>`` give values to, by name.

    What none of them does is looked for in the query of the column's address.
    """
    known: dict[str, str] = {}
    for found in _VARIABLE.finditer(page.text):
        known.setdefault(found["name"], _value(found))
    for node in parse(page.text).css("input[value], meta[name][content]"):
        values = node.attributes
        for name in (values.get("id"), values.get("name")):
            if name:
                known.setdefault(name, values.get("value") or values.get("content") or "")
    return query_of(page.column) | known


def _value(found: re.Match[str]) -> str:
    return next((found[name] for name in ("s1", "s2", "word") if found[name] is not None), "")
