"""What a listing prints of its place: 共 496 条, 第 1/25 页."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from replyarc.model import Page
from replyarc.text.html import lines, parse

NEXT_WORDS: Final = frozenset("下一页 下页 下一頁 下頁 后一页 后页 下一页面 next nextpage".split())
"""What a link to the next page says, in lower case and without its arrows."""

_TOTAL: Final = r"共(?:有|计)?\s?(?P<total>\d{1,7})\s?(?:条|个?记录|篇)"
_THIS: Final = r"\s?(?P<this>\d{1,6})\s?"
_PAGES: Final = r"\s?(?P<pages>\d{1,6})\s?"
# One row a printed form; the first that is found is believed.
_PLACES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"第{_THIS}[页頁]?\s?/\s?共?{_PAGES}[页頁]",
        rf"第{_THIS}[页頁][\s,，/|]{{0,3}}共{_PAGES}[页頁]",
        rf"共{_PAGES}[页頁][\s,，/|]{{0,3}}(?:当前)?第{_THIS}[页頁]",
        rf"{_TOTAL}[\s,，]{{0,3}}(?<!\d){_THIS}/{_PAGES}(?![\d/])",
        rf"(?<![\d/]){_THIS}/{_PAGES}[页頁]",
        rf"共(?:有|计)?{_PAGES}[页頁]",
    )
)
_ANNOUNCED: Final = re.compile(_TOTAL)
_NEAR: Final = 300
"""How many letters from 下一页 the rest of a pager is looked for."""


class Place(NamedTuple):
    """Page ``this`` of ``pages``, from 1, and the entries on all of them; ``None``: not printed."""

    this: int | None = None
    pages: int | None = None
    entries: int | None = None

    @property
    def is_last(self) -> bool:
        """Whether the page says that no page comes after it."""
        return self.pages is not None and self.pages in (1, self.this)

    @property
    def has_more(self) -> bool:
        """Whether the page says that there are pages after it."""
        return self.this is not None and self.pages is not None and self.this < self.pages


def place_of(page: Page) -> Place:
    """Return what a page prints of its place in the listing."""
    pager = _pager(page)
    total = _ANNOUNCED.search(pager)
    entries = int(total["total"]) if total else None
    for shape in _PLACES:
        if found := shape.search(pager):
            said = found.groupdict()
            return Place(int(said["this"]) if "this" in said else None, int(said["pages"]), entries)
    return Place(entries=entries)


def _pager(page: Page) -> str:
    """Return the text about the last 下一页 of a page, or all of it where there is none."""
    body = parse(page.text).body
    text = " ".join(lines(body)) if body else ""
    at = max(text.rfind(word) for word in NEXT_WORDS)
    return text if at < 0 else text[max(0, at - _NEAR) : at + _NEAR]
