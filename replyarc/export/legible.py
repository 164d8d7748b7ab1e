"""Texts as files can hold them that are not JSON: XML, UTF-8 without escapes, a screen (pure)."""

from __future__ import annotations

import re
from typing import Any, Final

MARK: Final = "\ufffd"
"""What stands where a character cannot: the replacement character."""

_HALF: Final = re.compile(r"[\ud800-\udfff]")
_NO_XML: Final = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ODD: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    r"""Return a text without controls, line ends as ``\n``, and a mark for what is no character.

    >>> legible("a\r\nb\x1b[31m\x00\ud800")
    'a\nb[31m�'
    """
    if text.isprintable() or not _ODD.search(text):  # as nearly all are
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_XML.sub(MARK, _CONTROL.sub("", text))


def whole(value: Any) -> Any:
    r"""Return a value of JSON with a mark for each half of a character.

    >>> whole(["a\ud800", {"name": None}])
    ['a�', {'name': None}]
    """
    if isinstance(value, str):
        return value if value.isprintable() else _HALF.sub(MARK, value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    return {key: whole(item) for key, item in value.items()} if isinstance(value, dict) else value
