"""Which addresses are of the web: nothing else becomes a link, whatever a site calls one (pure)."""

from __future__ import annotations

import re
from typing import Final

_WEB: Final = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)


def is_web(address: str) -> bool:
    """Tell whether a text is an address of the web and nothing besides.

    >>> [is_web(each) for each in ("http://a.test/1", "http://a.test/a b", "javascript:alert(1)")]
    [True, False, False]
    """
    return _WEB.fullmatch(address) is not None


def begins_as_web(address: str) -> bool:
    """Tell whether a text names a host of the web, whatever stands behind that.

    Sites print addresses with blanks in them: who writes one has to encode it.

    >>> [begins_as_web(each) for each in ("HTTPS://a.test/附件 1.pdf", "http:///a", "//a.test/")]
    [True, False, False]
    """
    return _WEB.match(address) is not None
