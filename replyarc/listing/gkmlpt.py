"""广东 gkmlpt: ``/gkmlpt/index#COLUMN``, whose rows come from a JSON API.

The page has the site's number and the tree of its columns in ``window._CONFIG``; the API,
``/gkmlpt/api/all/COLUMN?page=N&sid=SID``, has 100 records a page, counts from 1 and answers 404
past the end. A node of the tree with a ``jump_url`` is a link and no column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from replyarc.errors import ListingError
from replyarc.listing.answers import number, read_answer
from replyarc.listing.asking import asked_by, query_of, with_query
from replyarc.listing.naming import is_column_name
from replyarc.listing.records import listing_of
from replyarc.model import Listing, Page, Request, Source

_API: Final = "/gkmlpt/api/"
_SIZE: Final = 100
_SID: Final = re.compile(r"""\bSID['"]?\s{0,9}:\s{0,9}['"]?(\d{1,12})""")
_TREE: Final = re.compile(r"""\bTREE['"]?\s{0,9}:\s{0,9}(?=\[)""")
_COLUMN: Final = re.compile(r"/?(\d{1,9})/?")
_MOST_NODES: Final = 20_000
_MOST_NAMED: Final = 10


def shows(page: Page) -> bool:
    """Tell whether a page is the frame of gkmlpt, or an answer of its API."""
    is_frame = "_CONFIG" in page.text and _SID.search(page.text) and _TREE.search(page.text)
    return bool(is_frame) or _API in page.asked.url


def read(page: Page, source: Source) -> Listing:
    """Read the frame, whose rows are asked for next, or a page of the API.

    Without ``#COLUMN`` it is the one column of replies in the tree. Columns below one are listed
    apart. Raises ListingError where there is no column, none that is told beyond doubt, no entry.
    """
    return _rows(page, source) if _API in page.asked.url else _frame(page, source)


def _rows(page: Page, source: Source) -> Listing:
    this = max(number(query_of(page.asked.url).get("page")) or 1, 1)

    def ask(wanted: int, size: int | None) -> Request:
        return asked_by(page, with_query(page.asked.url, page=wanted))

    return listing_of(read_answer(page), page, source, this, _SIZE, ask)


def _frame(page: Page, source: Source) -> Listing:
    sid, tree = _SID.search(page.text), _tree(page)
    base = _base(page)
    if sid is None:
        raise ListingError(page.url, "SID in window._CONFIG", _mend(source, f"{base}/index#1234"))
    fragment = urlsplit(page.asked.url).fragment or urlsplit(page.url).fragment
    named = _COLUMN.fullmatch(fragment)
    column = named[1] if named else _told(tree, page, source)
    node = next((each for each in _nodes(tree) if str(each.get("id")) == column), {})
    if node.get("jump_url"):
        missing = f"column {column}: it is a link to {str(node['jump_url'])[:200]}"
        raise ListingError(page.url, missing, _mend(source, "where that leads"))
    below = [each for each in _children(node) if not each.get("jump_url")]
    columns = tuple(f"{base}/index#{each['id']}" for each in below if number(each.get("id")))
    if columns and number(node.get("post_count")) in (0, None):
        return Listing((), columns=columns)
    href = f"{base}/api/all/{column}?page=1&sid={sid[1]}"
    return Listing((), asked_by(page, href), columns=columns)


def _told(tree: list[Any], page: Page, source: Source) -> str:
    """Return the column of replies; raises ListingError where there is none, or several."""
    told = [node for node in _outermost(tree) if number(node.get("id"))]
    if len(told) == 1:
        return str(told[0]["id"])
    named = ", ".join(f"#{node['id']} {str(node['name'])[:40]}" for node in told[:_MOST_NAMED])
    missing = f"one column of replies in its tree, but {named}" if told else "column of replies"
    raise ListingError(page.url, missing, _mend(source, f"{_base(page)}/index#1234"))


def _base(page: Page) -> str:
    """Return the address of gkmlpt itself, which may lie below a directory."""
    here = page.url if "/gkmlpt" in page.url else page.asked.url
    return here.partition("/gkmlpt")[0].partition("#")[0].rstrip("/") + "/gkmlpt"


def _tree(page: Page) -> list[Any]:
    found = _TREE.search(page.text)
    try:
        tree = json.JSONDecoder().raw_decode(page.text, found.end())[0] if found else []
    except (ValueError, RecursionError):
        return []
    return tree if isinstance(tree, list) else []


def _children(node: dict[str, Any]) -> list[dict[str, Any]]:
    below = node.get("children")
    return [each for each in below if isinstance(each, dict)] if isinstance(below, list) else []


def _nodes(tree: list[Any]) -> Iterator[dict[str, Any]]:
    waiting = [node for node in tree if isinstance(node, dict)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        yield (node := waiting.pop())
        waiting += _children(node)


def _outermost(tree: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the columns of replies that are in no other one."""
    waiting = [node for node in tree if isinstance(node, dict)][::-1]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if node.get("jump_url"):
            continue
        if is_column_name(str(node.get("name"))):
            yield node
        else:
            waiting += _children(node)[::-1]


def _mend(source: Source, url: str) -> str:
    return f'Set url of source "{source.name}" to {url}, as a browser shows it.'
