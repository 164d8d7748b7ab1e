"""The values of a row of ``replies`` as the contract's JSON has them, without a Reply in between.

For what has to be quick: reading one reply, writing all of them. It needs neither the data classes
nor sqlite-utils; ``export.flat.as_json`` says the same of a Reply.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

_WHOLE: Final[dict[str, dict[str, Any]]] = {
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
    return {name: _said(name, value, lists, instants) for name, value in row.items()}


def _said(name: str, value: Any, lists: Collection[str], instants: Collection[str]) -> Any:
    if name in lists:
        return _items(name, value) if value and value != "[]" else []
    if value is not None and name in instants:
        return f"{value[:19]}Z"
    return value


def _items(name: str, value: str) -> list[Any]:
    whole = _WHOLE.get(name)
    items: list[Any] = json.loads(value)
    return items if whole is None else [{**whole, **item} for item in items]
