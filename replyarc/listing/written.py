"""Rows that a script writes into the page, of which the HTML has no link (武汉 and others).

Beside each ``document.write`` stand the values that it puts together: ``url = "./t1.shtml"``,
``title = "…"``, ``FILENUM = "清民函〔2026〕4号"``, and the day, in a variable or in what it writes.
Rests on one source: a public crawler of one city, which read such pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice
from typing import Final

from replyarc.listing.days import read_day
from replyarc.listing.links import entries
from replyarc.listing.pager import LINE_COMMENT
from replyarc.model import Entry, Page, Source
from replyarc.text.chinese import one_line
from replyarc.text.html import absolute

_TEXT: Final = r""""(?:[^"\\\n]|\\.){0,600}"|'(?:[^'\\\n]|\\.){0,600}'"""
_TOKEN: Final = re.compile(
    rf"\b(?P<name>[A-Za-z_]\w{{0,30}})\s{{0,9}}=\s{{0,9}}(?P<value>{_TEXT})"
    r"|\bdocument\.write(?:ln)?\s{0,9}\((?P<written>[^\n]{0,600}?)(?:\)\s{0,3};|\n|$)"
)
_FIRST: Final = re.compile(rf"\s{{0,9}}(?P<value>{_TEXT})")
_ARTICLE: Final = re.compile(r"(?:^|/)t\d{8}_\d{1,12}\.s?html?$")
_ESCAPE: Final = re.compile(r"\\([\"'/\\])")
_TAG: Final = re.compile(r"<[^<>]{0,300}>")
_MOST_TOKENS: Final = 20_000
_LONGEST_STAMP: Final = 40
_REACH: Final = 300


@dataclass
class _Row:
    """What a script says of one row; ``said`` are its other short texts, the day among them."""

    url: str = ""
    title: str = ""
    number: str = ""
    said: list[str] = field(default_factory=list)
    is_written: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is written and names an article: other scripts share the page itself."""
        return self.is_written and bool(self.title) and bool(_ARTICLE.search(self.url))


def written(page: Page, source: Source) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Return the rows of a listing page, those that a script writes before those of its HTML.

    As links.entries, and it raises ListingError as that does.
    """
    rows = [] if "entry" in source.options else list(_rows(page))
    if not rows:
        return entries(page, source)
    html = "".join(
        f'<li><a href="{escape(row.url)}">{escape(row.title)}</a> <i>{day or ""}</i></li>'
        for row in rows
        for day in [read_day(row.said)]
    )
    found, left_out = entries(replace(page, text=f"<ul>{html}</ul>"), source)
    numbers = {absolute(page.url, row.url): row.number or None for row in rows}
    return tuple(
        replace(entry, document_number=numbers.get(entry.url)) for entry in found
    ), left_out


def _rows(page: Page) -> Iterator[_Row]:
    """Yield the rows that are written, each of which has a title and an article's address."""
    row = _Row()
    for token in islice(_TOKEN.finditer(page.text), _MOST_TOKENS):
        start = token.start()
        if LINE_COMMENT.search(page.text, _line(page.text, start), start):
            continue
        name = (token["name"] or "").lower()
        value = _unquoted(token["value"])
        if name in ("url", "title") and row.is_written and value:
            if row.is_whole:
                yield row
            row = _Row()
        if name == "url":
            row.url = value or row.url
        elif name == "title":
            row.title = one_line(value) or row.title
        elif name == "filenum":
            row.number = "" if value in ("无", "-") else one_line(value)
        elif name:
            row.said += [value] if len(value) <= _LONGEST_STAMP else []
        else:
            first = _FIRST.match(token["written"])
            said = one_line(_TAG.sub(" ", _unquoted(first["value"] if first else None)))
            row.said += [said] if 0 < len(said) <= _LONGEST_STAMP else []
            row.is_written = True
    if row.is_whole:
        yield row


def _line(text: str, at: int) -> int:
    """Return where the line begins, or what of it is looked through for a comment."""
    start = max(0, at - _REACH)
    return max(start, text.rfind("\n", start, at) + 1)


def _unquoted(text: str | None) -> str:
    """Return what a text in a script says; ``""`` where there is none."""
    return _ESCAPE.sub(r"\1", text[1:-1]) if text else ""
