"""Addresses of pages that a script puts together: ``location.href = "list_" + n + ".html"``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from replyarc.listing.links import base_of
from replyarc.model import Page
from replyarc.text.html import absolute, parse

_WRITTEN: Final = re.compile(
    r"""\blocation(?:\.href)?\s{0,9}=\s{0,9}(["'])(?P<before>[^"'\s<>]{1,200})\1\s{0,9}"""
    r"""\+\s{0,9}(?:[\w.$\[\]]|\([^()\n]{0,60}\)){1,60}?\s{0,9}(?:[;}\n]|\+\s{0,9}(["'])(?P<after>[^"'\s<>]{0,80})\3)"""
)
_MOST: Final = 10


class Template(NamedTuple):
    """An address but for the number of the page in it."""

    before: str
    after: str

    def page(self, number: int) -> str:
        """Return the address of a page."""
        return f"{self.before}{number}{self.after}"

    def number(self, url: str) -> int | None:
        """Return which page an address is of; ``None``: of none.

        >>> Template("http://a.test/list_", ".html").number("http://a.test/list_12.html")
        12
        """
        middle = url.removeprefix(self.before).removesuffix(self.after)
        known = middle.isascii() and middle.isdecimal() and len(middle) < 7
        return int(middle) if known and self.page(int(middle)) == url else None


def templates(page: Page) -> Iterator[Template]:
    """Yield what the scripts of a page put together and go to, in the page's own folder or below.

    A search is none: what its number is the value of does not name a page (see numbering.py).
    """
    base = base_of(parse(page.text), page)
    folder = page.column.partition("?")[0].rpartition("/")[0] + "/"
    for said in islice(_WRITTEN.finditer(page.text), _MOST):
        url = absolute(base, f"{said['before']}2{said['after'] or ''}")
        made = url[: len(url) - len(said["after"] or "")] if url else ""
        if made.endswith("2") and made.startswith(folder):
            yield Template(made[:-1], said["after"] or "")
