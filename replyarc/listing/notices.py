"""Titles of what stands in a column of replies and is none: notices, statistics, summaries."""

from __future__ import annotations


def is_notice(title: str) -> bool:
    """Tell whether a title is that of a work notice or of statistics, beyond doubt."""
    return False
