"""What the aids of an archive say of single pages: it goes when a reply is redacted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlite_utils import Database

from replyarc.archive.schema import packed

SHORTEST: Final = 6
"""Letters of a title, at least, by which a page or a finding is known that shows it."""


def forget(db: Database, words: Iterable[str]) -> None:
    """Remove every finding, and every reason to leave a host alone, that holds one of these words.

    A finding that lasts is found again, in other words. Belongs inside a transaction.
    """
    told = packed(sorted({each for each in words if each}))
    if told == "[]":
        return
    named = "exists (select 1 from json_each(?) where instr({}, value))"
    said = "coalesce(about, '') || char(10) || coalesce(measure, '') || char(10) || text"
    db.conn.execute(f"delete from _findings where {named.format(said)}", [told])
    db.conn.execute(f"update _hosts set why = '' where {named.format('why')}", [told])


def names_of(titles: Iterable[str], mark: str) -> set[str]:
    """Return the titles by which a finding is known that speaks of a reply."""
    return {each for each in titles if len(each.replace(mark, "")) >= SHORTEST}
