"""The cells of a CSV that loses nothing: the profile ``raw``.

What is not said is an empty cell. A list is its items joined by ``; ``, nested values are JSON.
Two cells need more than that to be read back: a list whose items hold ``; `` is a JSON list, and
a text with control characters, or with a straight quotation mark at its head, is a JSON string.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from replyarc.export.flat import COLUMNS, Column, of_json
from replyarc.model import Reply

BETWEEN: Final = "; "

_BY_HEADING: Final = {
    heading: column for column in COLUMNS for heading in (column.name, column.title)
}
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")  # no place in a text file
PRINTABLE: Final = r"\xa0-\ud7ff\ue000-\U0010ffff"
"""Beyond ASCII: no control character, and no half of a surrogate pair."""

# To look every character up in such a class is twice as fast as to search for one that is odd.
is_printable: Final = re.compile(rf"[\t\n -~{PRINTABLE}]*").fullmatch
"""Tells of a text that no character of it is odd, in any profile."""

is_bare: Final = re.compile(rf"[\t !#-+\--~{PRINTABLE}]*").fullmatch
"""Tells of a text that it is written as it is, without quotation marks."""

_NOT_BARE: Final = r'\x00-\x08\n-\x1f",\x7f-\x9f\ud800-\udfff'
BARE: Final = rf"[^{_NOT_BARE}]"
"""One character of which there may be any number in such a text."""

ODD_BYTES: Final = bytes(range(9)) + bytes(range(11, 32))


def has_none(text: bytes, odd: bytes = ODD_BYTES) -> bool:
    """Tell that none of some bytes is in a text: to look for one at a time is by far the fastest.

    >>> has_none("答复\\n".encode()), has_none(b"\\0")
    (True, False)
    """
    for byte in odd:  # noqa: SIM110  # as `all` it takes twice as long
        if byte in text:
            return False
    return True


def is_letter(text: bytes) -> bool:
    """Tell of a text in UTF-8 that it needs nothing but quotation marks around it."""
    return text[:1] != b'"' and has_none(text)


def bare_cell(_: Column) -> str:
    """Return a regular expression of most cells of a column that are written as they are."""
    return f"{BARE}*+"


def cell_of(column: Column) -> Callable[[Any], str]:
    """Return what writes the values of a column as cells."""
    if not column.many:
        return cell
    return _texts if column.kind is str else nested


def _texts(items: list[str]) -> str:
    joined = BETWEEN.join(items)
    if joined.count(BETWEEN) < len(items) and joined and is_printable(joined) and joined[0] != "[":
        return joined
    return cell(items)


def cell(value: Any) -> str:
    """Write one value of `as_json` as a cell.

    >>> cell(None), cell(["甲", "乙"]), cell(["甲; 乙"]), cell([{"name": "李"}]), cell("a\\0")
    ('', '甲; 乙', '["甲; 乙"]', '[{"name": "李"}]', '"a\\\\u0000"')
    """
    if isinstance(value, str):
        return value if is_printable(value) and value[:1] != '"' else _text(value)
    if not isinstance(value, list):
        return "" if value is None else str(value)
    return _joined(value) or nested(value)


def nested(items: list[Any]) -> str:
    """Write a list as JSON in one cell; nothing for an empty one."""
    return _json(items) if items else ""


def of_row(row: Mapping[str, str]) -> Reply:
    """Return the reply of one row, by its headings, English or Chinese.

    Raises ValueError, naming the column, for one that is none and for a cell that it cannot hold.
    """
    unknown = row.keys() - _BY_HEADING.keys()
    if unknown:
        raise ValueError(f"no such column: {', '.join(sorted(map(str, unknown)))}")
    columns = ((_BY_HEADING[heading], text) for heading, text in row.items())
    return of_json({column.name: _value(text, column) for column, text in columns if text})


def _joined(items: list[Any]) -> str | None:
    """Join the items of a list, where a reader can take them apart again; else None."""
    if not all(isinstance(item, str) for item in items):
        return None
    plain = BETWEEN.join(items)
    ambiguous = plain.startswith("[") or plain.split(BETWEEN) != items or _ODD.search(plain)
    return None if ambiguous else plain


def _text(value: str) -> str:
    return _json(value) if value.startswith('"') or _ODD.search(value) else value


_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


def _json(value: Any) -> str:
    written = _encode(value)
    return json.dumps(value) if _ODD.search(written) else written


def _value(text: str, column: Column) -> Any:
    try:
        if column.many:
            return json.loads(text) if text.startswith("[") else text.split(BETWEEN)
        if column.kind is int:
            return int(text)
        return json.loads(text) if text.startswith('"') else text
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{column.name}: cannot be {text!r:.60}") from error
