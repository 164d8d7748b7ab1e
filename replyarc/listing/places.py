"""What a listing prints of its place: 共 496 条, 第 1/25 页."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from replyarc.model import Entry, Listing, Page, Request
from replyarc.text.chinese import narrow
from replyarc.text.html import lines, parse

_NEXT: Final = "下一页 下页 下一頁 下頁 后一页 后页 下一页面 next nextpage"
NEXT_WORDS: Final = frozenset(_NEXT.split())
"""What a link to the next page says, in lower case and without its arrows."""

_OTHER_WORDS: Final = ("尾页", "末页", "最后一页", "上一页", "上页")
_COUNT: Final = r"(?P<{}>\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,7}})(?!\d|,\d)"
_TOTAL: Final = _COUNT.format("total")
_UNIT: Final = r"(?:条|個?记录|个?记录|篇|项|則|则|件)"
# One row a printed form of the number of all entries; the first that is found is believed.
_TOTALS: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"共(?:有|计)?\s?:?\s?{_TOTAL}\s?{_UNIT}",
        rf"(?:总(?:记录|条|篇)(?:条)?数|记录总数|总数)(?:据)?量?\s?:?\s?{_TOTAL}(?!\s?[页頁/])",
        rf"总(?:共|计)\s?:?\s?{_TOTAL}\s?{_UNIT}",
    )
)
_THIS: Final = r"\s?(?P<this>\d{1,6})\s?"
_PAGES: Final = r"\s?(?P<pages>\d{1,6})\s?"
_BETWEEN: Final = r"[\s,/|;]{0,3}"
# One row a printed form; the first that is found is believed.
_PLACES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"第{_THIS}[页頁]?\s?/\s?[共总]?{_PAGES}[页頁]",
        rf"第{_THIS}[页頁]{_BETWEEN}[共总]共?{_PAGES}[页頁]",
        rf"共{_PAGES}[页頁]{_BETWEEN}(?:当前)?第{_THIS}[页頁]",
        rf"[页頁][次码]\s?:{_THIS}/{_PAGES}(?![\d/])",
        rf"当前页?(?:[页頁]码?)?\s?:?{_THIS}/{_PAGES}(?![\d/])",
        rf"共\s?{_COUNT.format('all')}\s?{_UNIT}[\s,]{{0,3}}(?<!\d){_THIS}/{_PAGES}(?![\d/])",
        rf"(?<![\d/]){_THIS}/{_PAGES}[页頁]",
        rf"总[页頁]数\s?:{_PAGES}(?!\d)",
        rf"共(?:有|计)?{_PAGES}[页頁]",
    )
)
_THIS_ALONE: Final = re.compile(rf"当前(?:第{_THIS}[页頁]|[页頁]\s?:\s?(?P<now>\d{{1,6}})(?!\d))")
_EACH: Final = re.compile(r"每[页頁](?:显示)?\s?:?\s?(?P<each>\d{1,4})\s?(?:条|个|篇|项|件)")
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


def placed(
    rows: tuple[tuple[Entry, ...], dict[str, int]],
    place: Place,
    following: Request | None = None,
    guesses: tuple[Request, ...] = (),
) -> Listing:
    """Make a listing page of its rows (see links.entries), its place and how it goes on."""
    found, left_out = rows
    return Listing(
        found,
        following,
        pages=place.pages,
        announced=place.entries,
        left_out=left_out,
        guesses=guesses,
        this=place.this,
    )


def place_of(page: Page) -> Place:
    """Return what a page prints of its place in the listing, in figures of either width.

    >>> place_of(Page("http://a.test/", "<p>共 1,630 条，每页20条　当前第２页 <a>下一页</a>"))
    Place(this=2, pages=82, entries=1630)
    """
    return read_place(_pager(page))


def read_place(text: str) -> Place:
    """Return what the text of a pager says of its place.

    Where it prints no number of pages, that follows from the entries on all and on each.
    """
    text = narrow(text)
    total = next((found for shape in _TOTALS if (found := shape.search(text))), None)
    entries = int(total["total"].replace(",", "")) if total else None
    for shape in _PLACES:
        if found := shape.search(text):
            said = found.groupdict()
            this = int(said["this"]) if said.get("this") else _this_alone(text)
            return Place(this, int(said["pages"]), entries)
    each = _EACH.search(text)
    size = int(each["each"]) if each else 0
    return Place(_this_alone(text), -(-entries // size) if entries and size else None, entries)


def _this_alone(text: str) -> int | None:
    found = _THIS_ALONE.search(text)
    return int(found["this"] or found["now"]) if found else None


def _pager(page: Page) -> str:
    """Return the text about the last 下一页 of a page, or all of it where there is none."""
    body = parse(page.text).body
    text = " ".join(lines(body)) if body else ""
    for words in (NEXT_WORDS, _OTHER_WORDS):
        if (at := max(text.rfind(word) for word in words)) >= 0:
            return text[max(0, at - _NEAR) : at + _NEAR]
    return text
