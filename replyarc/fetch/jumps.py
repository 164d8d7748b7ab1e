"""Where a page leads that only sends its reader elsewhere, by script or by a refresh. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SHELL: Final = 4096
"""Characters; a page that only says a word by script, or jumps elsewhere, is no longer."""

_JUMP: Final = re.compile(
    r"(?:location(?:\.href)?\s{0,9}=\s{0,9}|location\.(?:replace|assign)\s{0,9}\(\s{0,9}"
    r"|http-equiv=['\"]?refresh['\"]?[^<>]{0,99}?url\s{0,9}=\s{0,9})['\"]?([^'\"<>\s;)]{1,300})",
    re.IGNORECASE,
)


def jumps(text: str) -> Iterator[str]:
    """Yield the addresses that a page jumps to, as they are written there.

    >>> list(jumps("<script>location.href = '/login';</script>"))
    ['/login']
    """
    return (found[1] for found in _JUMP.finditer(text))
