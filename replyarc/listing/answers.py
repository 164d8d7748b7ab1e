"""Answers to a listing's scripts: JSON, JSON in a call, and HTML where JSON was asked for."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from replyarc.errors import ListingError
from replyarc.model import Page

_CALL: Final = re.compile(r"\s*(?:/\*.{0,80}?\*/\s*)?[\w.$]{1,100}\s?\(", re.DOTALL)
_MEND: Final = "Open the column in a browser: its address may have changed."


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
