"""Which of two rows stands where two archives know the same thing (pure).

Every rule is a choice of the greatest by some order, column by column or by groups of columns that
belong together. So it plays no part in which order, or how often, archives are merged.

Crawls have other numbers in every archive. Here a crawl is its *name*: when it began, and of which
source, as one text; texts in the order of time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from replyarc.archive.schema import Row
from replyarc.text.personal import MARK

Order = Callable[[Row], tuple[object, ...]]

_LISTED: Final = ("listed_at", "title", "listed_on", "told")
_ASKED: Final = ("asked_at", "state", "attempts", "problem", "gone_at", "page", "missed")
_NUMBERS: Final = ("index_number", "document_number")


def values(row: Row, names: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return values as texts that can be ordered; what is not said comes first.

    >>> values({"a": None, "b": 2}) < values({"a": "", "b": 1})
    True
    """
    named = row.keys() if names is None else names
    return tuple(_ordered(row[name]) for name in sorted(named))


def _ordered(value: object) -> str:
    if value is None:
        return ""
    return f"={value:020d}" if isinstance(value, int) else f"={value}"


def greatest(one: Row, other: Row, order: Order = values) -> Row:
    """Return that of two rows which comes last; of equal ones by their values."""
    return max(one, other, key=lambda row: (order(row), values(row)))


def entry(one: Row, other: Row) -> Row:
    """Return an entry as it stands by two archives.

    What the listing says is that of the archive where it was listed last; what became of it that
    of the one where it was asked for last. Of two that were asked for at one instant the one that
    waits to be asked again stands.
    """
    united = greatest(one, other) | {}
    united |= _group(_LISTED, one, other, lambda row: (row["listed_at"] or "",))
    united |= _group(_ASKED, one, other, _asked)
    for name in _NUMBERS:
        united[name] = max(one[name] or "", other[name] or "") or None
    first = [row["first_crawl"] for row in (one, other) if row["first_crawl"] is not None]
    return united | {"first_crawl": min(first, default=None)}


def _group(names: Iterable[str], one: Row, other: Row, order: Order) -> Row:
    last = max(one, other, key=lambda row: (order(row), values(row, names)))
    return {name: last[name] for name in names}


def _asked(row: Row) -> tuple[object, ...]:
    asked_at = row["asked_at"] or ""
    return (asked_at, "" if asked_at else row["listed_at"] or "", row["state"] == "pending")


def crawl(row: Row) -> tuple[object, ...]:
    """Order two notes of one crawl: one may be of a copy that was made while it went on.

    Where names were taken out of its report, they stay out.
    """
    report = row["report"] or ""
    return (row["finished"] or 0, row["ended_at"] or "", report.count(MARK))


def text(row: Row) -> tuple[object, ...]:
    """Order two readings of one file: one that found a text first."""
    return (row["text"] is not None, row["problem"] is None)


def robots(row: Row) -> tuple[object, ...]:
    """Order two robots.txt files of one site by when they were had."""
    return (row["fetched_at"] or "",)


def name_of_crawl(started_at: str | None, source: str | None) -> str:
    """Return the name of a crawl.

    >>> name_of_crawl("2024-05-01T08:00:00.000000Z", "mz")
    '2024-05-01T08:00:00.000000Z mz'
    """
    return f"{started_at or ''} {source or ''}"
