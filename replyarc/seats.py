"""Who answers which assembly, and the numbers of its sessions that are held (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from replyarc.gaps import Number, Numbers, Sitting, spans

_ASSEMBLIES: Final = {"建议": "人大", "议案": "人大", "提案": "政协"}
_KINDS: Final = {"人大": "建议", "政协": "提案"}


class Seat(NamedTuple):
    """Who answers whom: what is counted together, as it is the same on many replies."""

    source: str
    publisher: str | None
    owner: str | None
    kind: str | None
    assembly: str | None
    assembly_name: str | None
    term: int | None
    session: int | None

    @property
    def body(self) -> str | None:
        """Which assembly it is: what is said, else what the kind of the proposal tells."""
        return self.assembly or _ASSEMBLIES.get(self.kind or "")


def session_in_words(
    place: str | None, assembly: str | None, term: int | None, session: int | None
) -> str | None:
    """Write the session of an assembly as people do; ``None`` where neither term nor session is.

    >>> session_in_words("清源市", "人大", 8, 2), session_in_words("清源市", "人大", None, None)
    ('清源市人大 8届2次', None)
    """
    if term is None and session is None:
        return None
    sitting = "" if term is None else f"{term}届"
    sitting += "" if session is None else f"{session}次"
    return f"{place or ''}{assembly or ''} {sitting}".strip()


def sittings(
    held: Mapping[Seat, Iterable[Number]], places: Mapping[Seat, tuple[str, str]]
) -> Iterator[Numbers]:
    """Yield the numbers that are held of each session, by place, the newest session first.

    Seats of one place are one assembly, whatever each calls it.
    """
    names = dict(places.values())
    same = _same_places(names)
    numbers: defaultdict[Sitting, set[int]] = defaultdict(set)
    seats: defaultdict[Sitting, set[Seat]] = defaultdict(set)
    for seat, found in held.items():
        kind = seat.kind or _KINDS.get(seat.assembly or "")
        place = places[seat][0]
        place = same.get(place, place)
        for series, number in found:
            sitting = Sitting(seat.body, place, kind, seat.term, seat.session, series)
            numbers[sitting].add(number)
            seats[sitting].add(seat)
    told = (
        Numbers(
            sitting=sitting._replace(place=names[sitting.place or ""] or None),
            spans=tuple(spans(found)),
            publishers=len({each.publisher for each in seats[sitting]}),
            names=tuple(sorted({each.assembly_name or "" for each in seats[sitting]} - {""})),
        )
        for sitting, found in numbers.items()
    )
    yield from sorted(told, key=_order)


def _same_places(names: Mapping[str, str]) -> dict[str, str]:
    """Return keys of places without a region's code -> the only one with such that has its name."""
    coded: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        if key.isdecimal():
            coded[name].append(key)
    return {
        key: coded[name][0]
        for key, name in names.items()
        if not key.isdecimal() and len(coded[name]) == 1
    }


def _order(of: Numbers) -> tuple[str, str, str, int, int, str]:
    each = of.sitting
    term, session = -(each.term or 0), -(each.session or 0)
    return each.place or "", each.assembly or "", each.kind or "", term, session, each.series
