"""What addresses look like, apart from their numbers."""

from __future__ import annotations

import re
from typing import Final

_HEX: Final = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}")
_NUMBER: Final = re.compile(r"\d+")


def shape(url: str) -> str:
    """Return an address with its numbers made alike, the long apart from the short.

    >>> shape("http://www.gov.test/jytabl/202401/t20240102_17.html")
    'http://www.gov.test/jytabl/N/tN_n.html'
    """
    return _NUMBER.sub(lambda found: "n" if len(found[0]) < 4 else "N", _HEX.sub("H", url))
