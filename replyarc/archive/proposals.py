"""Which replies answer a proposal: many to many.

One letter may answer several proposals (并案答复), and several offices answer one: the one that
leads (主办) and those that take part (会办).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive.assemblies import bare_level, compatible, same_place
from replyarc.archive.database import explained, rows
from replyarc.archive.files import filled
from replyarc.archive.schema import reply_of
from replyarc.archive.store import Archive
from replyarc.archive.tables import NEWEST
from replyarc.model import Assembly, Kind, Reply, Role
from replyarc.text.normal import normal_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal as it is cited: 岳阳市八届人大一次会议第198号; ``None``: not told.

    ``numbers`` are those that were answered together; a reply to any of them answers it.
    """

    numbers: tuple[str, ...]
    term: int | None = None
    session: int | None = None
    assembly: Assembly | None = None
    assembly_name: str | None = None
    kind: Kind | None = None

    @property
    def is_whole(self) -> bool:
        """Whether no proposal of another session can be meant."""
        return bool(self.numbers and self.term and self.session)


_FIRST: Final = {Role.LEAD: 0, None: 1, Role.SEPARATE: 2, Role.JOINT: 3}

# The first condition passes most rows over before their lists are parsed.
_ANSWERING: Final = f"""
select * from replies where id in (
  select id from replies where instr(upper(proposal_numbers), :digits) and exists (
    select 1 from json_each(proposal_numbers) where ltrim(upper(value), '0') = :digits))
order by {NEWEST} desc, id
"""
_SOURCE: Final = "select publisher, region from sources where name = ?"
# How many digits of a region's code (GB/T 2260) name a place of a level.
_REGION: Final = {"省": 2, "市": 4, "县": 6, "": 6}
_NOWHERE: Final[Mapping[str, Any]] = {"publisher": None, "region": None}


def answering(archive: Archive, asked: Proposal) -> list[Reply]:
    """Return the replies that answer a proposal, who leads before who takes part.

    The number counts without the zeros before it; term and session have to be equal where they
    are told; assembly and kind too, but for replies that do not say them; of the assembly's name
    see `assemblies`.
    """
    with explained(archive.path):
        found = [
            reply for reply in _numbered(archive.db, asked) if _is_answer(archive.db, asked, reply)
        ]
    return sorted(found, key=lambda reply: _FIRST[reply.role])


def others(archive: Archive, reply: Reply) -> list[Reply]:
    """Return the other letters that answer what a reply answers, who leads first.

    Nothing where the reply does not name its proposal whole. Where both only say 市人大, something
    else has to say that it is one city: their source, its region, or the offices.
    """
    asked = Proposal(
        numbers=reply.proposal_numbers,
        term=reply.term,
        session=reply.session,
        assembly=reply.assembly,
        assembly_name=reply.assembly_name,
        kind=reply.kind,
    )
    if not asked.is_whole:
        return []
    with explained(archive.path):
        found = [
            other
            for other in _numbered(archive.db, asked)
            if other.id != reply.id and _is_other(archive.db, asked, reply, other)
        ]
    return sorted(found, key=lambda other: _FIRST[other.role])


def near(archive: Archive, asked: Proposal, limit: int = 5) -> list[Reply]:
    """Return replies that bear the number of a proposal and answer another, newest first."""
    with explained(archive.path):
        return [*_numbered(archive.db, asked)][:limit]


def _numbered(db: Database, asked: Proposal) -> Iterator[Reply]:
    """Yield the replies that bear one of the numbers, newest first for each of them."""
    seen: set[str] = set()
    for number in asked.numbers:
        digits = normal_number(number).lstrip("0")
        if digits:
            for row in rows(db, _ANSWERING, {"digits": digits}):
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield filled(db, reply_of(row))


def _is_answer(db: Database, asked: Proposal, reply: Reply) -> bool:
    source = _source(db, reply.source)
    offices = (reply.answered_by, reply.publisher, source["publisher"])
    return _agrees(asked, reply) and compatible(asked.assembly_name, reply.assembly_name, offices)


def _agrees(asked: Proposal, reply: Reply) -> bool:
    """Tell whether a reply says of its proposal what was asked for, the assembly's name apart."""
    strict = ((asked.term, reply.term), (asked.session, reply.session))
    loose = ((asked.assembly, reply.assembly), (asked.kind, reply.kind))
    return all(wanted in (None, said) for wanted, said in strict) and all(
        None in pair or pair[0] == pair[1] for pair in loose
    )


def _is_other(db: Database, asked: Proposal, reply: Reply, other: Reply) -> bool:
    mine, theirs = _source(db, reply.source), _source(db, other.source)
    here = (reply.answered_by, reply.publisher, mine["publisher"])
    there = (other.answered_by, other.publisher, theirs["publisher"])
    names = asked.assembly_name, other.assembly_name
    fits = compatible(*names, there) and compatible(*names[::-1], here)
    if not (fits and _agrees(asked, other)):
        return False
    bare = [level for name in names if (level := bare_level(name)) is not None]
    if not bare or reply.source == other.source:
        return True
    level = max(bare)  # 市 says more than nothing
    if mine["region"] and theirs["region"]:
        digits = _REGION[level]
        return bool(mine["region"][:digits] == theirs["region"][:digits])
    return same_place(here, there, level)


def _source(db: Database, name: str) -> Mapping[str, Any]:
    return next(rows(db, _SOURCE, [name]), _NOWHERE)
