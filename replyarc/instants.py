"""Instants as they are written, and the days on which they fall in China."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))
"""Civil time in China: all hours and printed days are its."""


def utc(at: datetime) -> str:
    """Write an instant as JSON and the log have it, to the second.

    >>> utc(datetime(2026, 5, 2, 2, 3, tzinfo=CHINA))
    '2026-05-01T18:03:00Z'
    """
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def china_day(at: datetime) -> str:
    """Return the civil day in China of an instant.

    >>> china_day(datetime(2024, 5, 1, 17, tzinfo=UTC))
    '2024-05-02'
    """
    return at.astimezone(CHINA).date().isoformat()
