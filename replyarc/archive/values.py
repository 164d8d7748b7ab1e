"""The values of a row of ``replies`` as the contract's JSON has them, without a Reply in between.

For what has to be quick: reading one reply, writing all of them. It needs neither the data classes
nor sqlite-utils; ``export.flat.as_json`` says the same of a Reply.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final


class Illegible(ValueError):
    """A value of an archive that is not what it has to be; `explaining` says so with the path."""


NESTED: Final[dict[str, dict[str, Any]]] = {
    "contacts": {"name": "", "phones": []},
    "attachments": {"name": "", "url": "", "sha256": None},
}
"""What is said of a nested value; a row leaves out what is not said."""


def said(
    row: Mapping[str, Any], lists: Collection[str], instants: Collection[str]
) -> dict[str, Any]:
    """Return the values of a row; ``lists`` and ``instants`` name its columns that are such.

    >>> row = {"keywords": '["养老"]', "gone_at": None, "changed_at": "2024-05-01T08:00:00.0000Z"}
    >>> said(row, {"keywords"}, {"changed_at", "gone_at"})
    {'keywords': ['养老'], 'gone_at': None, 'changed_at': '2024-05-01T08:00:00Z'}
    """
    return reader(tuple(row), lists, instants)(row.values())


def reader(
    names: Sequence[str], lists: Collection[str], instants: Collection[str]
) -> Callable[[Iterable[Any]], dict[str, Any]]:
    """Return what reads rows of these columns, as ``said`` does, for who has many of them."""
    reading = [(name, NESTED.get(name)) for name in names if name in lists]
    shortened = [name for name in names if name in instants]

    def read(row: Iterable[Any]) -> dict[str, Any]:
        values = dict(zip(names, row, strict=True))
        try:
            for name, whole in reading:
                value = values[name]
                values[name] = _read(value, whole) if value and value != "[]" else []
        except (TypeError, ValueError) as error:
            raise Illegible(f"{name}: {error}") from error
        for name in shortened:
            if values[name] is not None:
                values[name] = f"{values[name][:19]}Z"
        return values

    return read


def items(name: str, value: str) -> list[Any]:
    """Return the items of a list of the column ``name``, with all that is said of them.

    Raises TypeError and ValueError where it is none.

    >>> items("contacts", '[{"name":"李"}]')
    [{'name': '李', 'phones': []}]
    """
    return _read(value, NESTED.get(name))


_decode: Final = json.JSONDecoder().raw_decode


def _read(value: str, whole: Mapping[str, Any] | None) -> list[Any]:
    items, end = _decode(value.strip())
    if end != len(value):
        items = json.loads(value)  # which says what is wrong with the rest
    if not isinstance(items, list):
        raise TypeError(f"{value[:20]!r} is no list")
    return items if whole is None else [{**whole, **item} for item in items]
