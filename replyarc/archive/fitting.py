"""How many replies fit what was asked for; where none does, what there is instead."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING, Final

from replyarc.archive import find
from replyarc.archive.database import explained
from replyarc.archive.hits import ranked
from replyarc.archive.query import Query

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.archive.words import Wanted

_NAMES: Final = """
select publisher from replies where publisher is not null
union select answered_by from replies where answered_by is not null
"""
_SOURCES: Final = "select distinct source from sightings where source is not null order by 1"
_LIKE: Final = 0.6
"""How much of a name has to be in another, in its order, for it to be meant."""

_NO_NEARER: Final = 0.1
"""By how much less of it may be in a name that is meant as likely."""


def total(archive: Archive, query: Query) -> int:
    """Return how many replies pass the filters; ``limit`` and ``offset`` play no part."""
    with explained(archive.path):
        return find.count(archive.db, query)


def total_hits(archive: Archive, wanted: Wanted, query: Query, most: int) -> int:
    """Return how many replies have what is wanted and pass the filters, counting to ``most``."""
    with explained(archive.path):
        found = ranked(archive.db, wanted, query, newest=True)
        return sum(1 for _ in islice(found, most))


def sources(archive: Archive) -> list[str]:
    """Return the names of the sources that replies are of."""
    with explained(archive.path):
        return [name for (name,) in archive.db.execute(_SOURCES)]


def like_source(archive: Archive, name: str) -> list[str]:
    """Return the sources that may be meant by a name; nothing where it is one."""
    known = sources(archive)
    return [] if name in known else get_close_matches(name, known)


def like_publisher(archive: Archive, part: str, limit: int = 3) -> list[str]:
    """Return the names of offices most like a part of one; nothing where one holds it."""
    with explained(archive.path):
        names = [name for (name,) in archive.db.execute(_NAMES)]
    if any(part in name for name in names):
        return []
    likeness = SequenceMatcher(b=part, autojunk=False)
    likely = []
    for name in names:
        likeness.set_seq1(name)
        held = sum(block.size for block in likeness.get_matching_blocks()) / len(part)
        if held >= _LIKE:
            likely.append((held, likeness.ratio(), name))
    best = max((held for held, *_ in likely), default=0)
    near = (each for each in likely if each[0] > best - _NO_NEARER)
    return [name for *_, name in nlargest(limit, near)]
