"""Which replies are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from replyarc.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which replies are asked for: the filters that ``list`` and ``export`` share.

    All that are given must hold. ``publisher`` is contained in the publisher or the answering unit;
    ``since`` and ``until`` bound the day of publication (else of signature), inclusive.
    """

    source: str | None = None
    publisher: str | None = None
    kind: Kind | None = None
    term: int | None = None
    session: int | None = None
    number: str | None = None
    since: date | None = None
    until: date | None = None
    year: int | None = None
    changed_since: date | None = None
    gone: bool = False
    limit: int | None = None
    offset: int = 0
