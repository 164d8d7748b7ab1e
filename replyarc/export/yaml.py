"""Values in YAML that no reader can mistake (pure).

YAML has many ways to take a text for something else (``no``, ``1e3``, ``12:30:45``, ``---``). JSON
has none, and is YAML as well: so a value is written as JSON, and what cannot be seen as an escape.
"""

from __future__ import annotations

import json
import re
from typing import Final

_UNSEEN: Final = re.compile("[\x7f-\xa0\u2000-\u202f\ud800-\udfff\ufe00-\uff00\uff5f-\uffff]")
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def quoted(value: object) -> str:
    """Write a value as JSON that is YAML as well, what cannot be seen as an escape.

    >>> quoted("养\\u2028老"), quoted(["a", 1, True])
    ('"养\\\\u2028老"', '["a", 1, true]')
    """
    written = _json(value)
    if written.isprintable() and written.isascii():
        return written
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
