"""A reply as the plain values of JSON, and back: the keys of the contract, in its order.

Keys, headings and order are read off ``model.Reply``. Days are ``YYYY-MM-DD``, instants
``YYYY-MM-DDTHH:MM:SSZ``; what the page does not say is ``None``, in lists nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Final, get_args, get_origin, get_type_hints

from replyarc.instants import utc
from replyarc.model import (
    AddresseeRole,
    Assembly,
    Attachment,
    Contact,
    Kind,
    Reply,
    Role,
)

Row = Mapping[str, Any]
"""A reply as values that JSON has, under the keys of the contract (see `as_json`)."""

Stored = tuple[Any, ...]
"""The values of all COLUMNS nearly as an archive keeps them: the letter in UTF-8, lists as JSON,
and nothing where they are empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field of Reply: its key, its Chinese heading, the type of its value or of its items."""

    name: str
    title: str
    kind: type
    many: bool


def as_json(reply: Reply) -> dict[str, Any]:
    """Return a reply as values that JSON has.

    >>> row = as_json(Reply(title="答复", written_on=date(2021, 6, 4), keywords=("养老",)))
    >>> row["title"], row["written_on"], row["keywords"], row["topic"], row["addressees"]
    ('答复', '2021-06-04', ['养老'], None, [])
    """
    return {column.name: _flatten(getattr(reply, column.name), column) for column in COLUMNS}


def of_json(row: Mapping[str, Any]) -> Reply:
    """Return the reply that `as_json` made ``row`` of; a key that is absent counts as not said.

    Raises ValueError, naming the key, for one that is none and for a value that it cannot hold.
    """
    unknown = row.keys() - {column.name for column in COLUMNS}
    if unknown:
        raise ValueError(f"no such key: {', '.join(sorted(unknown))}")
    said: dict[str, Any] = {}
    for column in COLUMNS:
        value = row.get(column.name)
        if value is None:
            continue
        try:
            said[column.name] = _restore(value, column)
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{column.name}: cannot be {value!r:.60}") from error
    return Reply(**said)


def _flatten(value: Any, column: Column) -> Any:
    if value is None:
        return None
    flatten = SHAPES[column.kind][0]
    return [flatten(item) for item in value] if column.many else flatten(value)


def _restore(value: Any, column: Column) -> Any:
    restore = SHAPES[column.kind][1]
    if not column.many:
        return restore(value)
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(restore(item) for item in value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value


def _day(value: Any) -> date:
    day = date.fromisoformat(value)
    if day.isoformat() != value:  # Python reads other spellings of ISO 8601 too
        raise ValueError("not YYYY-MM-DD")
    return day


def _instant(value: Any) -> datetime:
    instant = datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if utc(instant) != value:
        raise ValueError("not YYYY-MM-DDTHH:MM:SSZ")
    return instant


def _contact(value: Any) -> Contact:
    return Contact(_text(value["name"]), tuple(_text(phone) for phone in value["phones"]))


def _attachment(value: Any) -> Attachment:
    sha256 = value["sha256"]
    return Attachment(
        _text(value["name"]), _text(value["url"]), None if sha256 is None else _text(sha256)
    )


SHAPES: Final[dict[type, tuple[Callable[[Any], Any], Callable[[Any], Any]]]] = {
    str: (str, _text),
    int: (int, _number),
    date: (date.isoformat, _day),
    datetime: (utc, _instant),
    Kind: (str, Kind),
    Assembly: (str, Assembly),
    AddresseeRole: (str, AddresseeRole),
    Role: (str, Role),
    Contact: (lambda it: {"name": it.name, "phones": list(it.phones)}, _contact),
    Attachment: (lambda it: {"name": it.name, "url": it.url, "sha256": it.sha256}, _attachment),
}
"""Type of a value -> how it becomes JSON, and how it is read back."""


def _kind(hint: Any) -> tuple[type, bool]:
    """Tell the type of a field's values, and whether there are many of them."""
    inner = next((kind for kind in get_args(hint) if kind in SHAPES), hint)
    return inner, get_origin(hint) is tuple


_HINTS: Final = get_type_hints(Reply)
COLUMNS: Final = tuple(
    Column(field.name, field.metadata["title"], *_kind(_HINTS[field.name]))
    for field in fields(Reply)
)
"""Every field of Reply, in order."""
