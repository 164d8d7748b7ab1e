"""The clock of a crawl, moved to another day: of what is asked, of what is written, of the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

Move = Callable[[float], None]


def moving(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Return what moves the day of the crawls that follow."""
    start = datetime.now(UTC).replace(microsecond=0)

    def to(days: float) -> None:
        at = start + timedelta(days=days)

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no Clock
                return at.astimezone(tz)

        for module in ("walk", "taking"):
            monkeypatch.setattr(f"replyarc.{module}.now", lambda: at)
        monkeypatch.setattr("replyarc.fetch.wire.datetime", Clock)

    return to
