"""Addresses that differ by their scheme alone: a site that goes to https keeps all others."""

from __future__ import annotations


def other_scheme(url: str) -> str:
    """Return the same address under the other scheme.

    >>> other_scheme("http://a.test/1.html"), other_scheme("https://a.test/1.html")
    ('https://a.test/1.html', 'http://a.test/1.html')
    """
    scheme, _, rest = url.partition(":")
    return f"{'http' if scheme == 'https' else 'https'}:{rest}"
