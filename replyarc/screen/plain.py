"""What may go to a terminal: text and JSON, and nothing that a terminal obeys."""

from __future__ import annotations

import re
from typing import Final

UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""C0 but tab and newline, C1, and what has no width or turns the direction of writing."""


def plain(text: str) -> str:
    r"""Show what a terminal might obey as what it is.

    >>> plain("关于\x1b[2J的答复")
    '关于\\x1b[2J的答复'
    """
    return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def json_text(value: object) -> str:
    """Write a value as JSON, Chinese left readable; what a terminal might obey is escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text)
