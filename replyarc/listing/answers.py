"""Answers to a listing's scripts: JSON, JSON in a call, and HTML where JSON was asked for."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from replyarc.errors import ListingError
from replyarc.model import Page
from replyarc.text.chinese import one_line

_CALL: Final = re.compile(r"\s*(?:/\*.{0,80}?\*/\s*)?[\w.$]{1,100}\s?\(", re.DOTALL)
_MEND: Final = "Open the column in a browser: its address may have changed."

# Where systems put what an answer says, one row a thing. A new place is a new word.
_PLACES: Final = {
    "records": "articles custom.data page.content data.results data.middle.list data.list data.data"
    " data.content data.rows datas data list rows results content",
    "this": "data.page page.pageNumber page.page data.pager.pageNo data.pageIndex pageIndex",
    "size": "data.rows page.pageSize page.rows data.pager.pageSize data.pageSize pageSize",
    "total": "custom.total classify.post_count data.total page.total page.recordcount"
    " page.totalElements data.pager.total data.totalCount total totalCount",
    "pages": "page.totalPages page.pagecount data.pager.pageCount data.pageCount pageCount"
    " totalPages",
}
_PATHS: Final = {thing: tuple(paths.split()) for thing, paths in _PLACES.items()}
_SAYINGS: Final = ("msg", "message", "error", "errmsg")
_MOST_NAMED: Final = 12


class Answer(NamedTuple):
    """The records of one page, and what the answer says of the listing; ``None``: it does not."""

    records: list[Any]
    this: int | None = None
    size: int | None = None
    total: int | None = None
    pages: int | None = None


def read_json(page: Page) -> Any:
    """Read an answer as JSON, also where it stands in a call (JSONP): ``callback({…});``.

    Raises ListingError where it is none, and says what it is instead.
    """
    text = page.text.strip().lstrip("\ufeff")
    if call := _CALL.match(text):
        text = text[call.end() :].rstrip("; \r\n").removesuffix(")")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        kind = "HTML" if text.startswith("<") else "nothing" if not text else "something else"
        raise ListingError(page.url, f"JSON in the answer: it is {kind}", _MEND) from None


def read_answer(page: Page) -> Answer:
    """Read an answer in JSON: its records and, as far as it says, which page of how many it is.

    Raises ListingError where it is no JSON or has no list of records.
    """
    value = read_json(page)
    lists = [value] if isinstance(value, list) else [at(value, path) for path in _PATHS["records"]]
    found = [each for each in lists if isinstance(each, list)]
    if not found:
        raise ListingError(page.url, f"records in the answer, which has: {keys_of(value)}", _MEND)
    records = next(filter(None, found), found[0])
    said = {thing: _first_number(value, _PATHS[thing]) for thing in ("this", "size", "pages")}
    return Answer(records, total=_first_number(value, _PATHS["total"]), **said)


def at(value: Any, path: str) -> Any:
    """Return what stands in nested JSON at a path such as ``data.results``; ``None`` if nothing.

    >>> at({"data": {"results": [1]}}, "data.results"), at({"data": None}, "data.results")
    ([1], None)
    """
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def number(value: Any) -> int | None:
    """Return a count, printed or not, as an int; ``None`` where it is none.

    >>> number("386"), number(386), number("many"), number(-1), number(True)
    (386, 386, None, None, None)
    """
    text = "" if isinstance(value, bool) else str(value).strip()
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else None


def keys_of(value: Any) -> str:
    """Name what an answer or a record has, for a message, and what it says of an error.

    >>> keys_of({"code": 401, "msg": "请先登录"}), keys_of("none"), keys_of({})
    ("code, msg ('请先登录')", 'a text', 'nothing')
    """
    if not isinstance(value, dict):
        return {str: "a text", list: "a list", type(None): "nothing"}.get(type(value), "a number")
    named = []
    for key in list(value)[:_MOST_NAMED]:
        says = value[key] if key.lower() in _SAYINGS and isinstance(value[key], str) else ""
        named.append(one_line(key)[:40] + (f" ({one_line(says)[:60]!r})" if says else ""))
    return ", ".join(named) or "nothing"


def _first_number(value: Any, paths: tuple[str, ...]) -> int | None:
    said = (at(value, path) for path in paths)
    numbers = (number(each) for each in said if isinstance(each, str | int))
    return next((each for each in numbers if each is not None), None)
