"""Readings, and what follows from those of one reply (pure).

A *reading* is one thing that one address was seen to say; a *capture* is a body in which it was
found. Both are the evidence and are never removed; which replies there are, their versions and
what is shown of them are functions of the **set** of them. So filing in any order, with any
repetition, gives the same archive.

What a page said and how it was read are kept apart. Of one body the reading that was made last
*holds*; the ones before it are *superseded*. Versions are what the bodies say, one after the
other, by the readings that hold. A letter that is much shorter than the one before it is put
*aside*: sites publish empty and half pages, and those never replace a full one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

SHORTER: Final = 0.3
"""A letter of less than this share of the one before it is put aside."""

FEW: Final = 100
"""Letters; what is shorter by less than this is no letter that lost its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A body in which a reading was found; instants as the archive keeps them, ISO UTC text.

    ``parts`` (JSON) are the bodies of the letter's further pages. ``seen`` is when the bytes were
    fetched; ``read`` is when they were read, which is later where kept bytes are read again.
    ``reader`` is the replyarc that read them last, ``None`` where nobody did: such a capture was
    told by an export that was taken in. ``accepted``: a person wants it, however short it is.
    """

    sha256: str
    parts: str = "[]"
    reader: str | None = None
    first_seen_at: str
    last_seen_at: str
    first_read_at: str
    last_read_at: str
    accepted: int = 0

    @property
    def latest(self) -> tuple[str, ...]:
        """Order captures by when they last held; what follows only breaks ties."""
        return (self.last_seen_at, self.last_read_at, self.sha256, self.parts, self.reader or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing that one address was seen to say, and the bodies in which it was found.

    ``fingerprint`` is the hash of all that it says, ``says`` of what lasts of it, ``letters`` how
    long the letter is. ``source``, ``flags`` (JSON) and ``notes`` (JSON: where each value was
    read) are those of the latest filing; notes are ``None`` where an older replyarc filed it.
    ``told`` (JSON) is what an export said of the reply where no bytes came with it, else ``None``.
    """

    id: str
    url: str
    fingerprint: str
    says: str
    letters: int
    index_number: str | None
    source: str
    flags: str
    notes: str | None = None
    told: str | None = None
    captures: tuple[Capture, ...]

    @property
    def last(self) -> Capture:
        """The capture in which it was seen last."""
        return max(self.captures, key=lambda capture: capture.latest)

    @property
    def first_seen_at(self) -> str:
        """When it was seen first."""
        return min(capture.first_seen_at for capture in self.captures)

    @property
    def first_read_at(self) -> str:
        """When it was read first."""
        return min(capture.first_read_at for capture in self.captures)


Body = tuple[str, str, str]
"""Address, SHA-256 and further pages of what a reading was read from."""


def body(reading: Reading, capture: Capture) -> Body:
    """Return of which bytes a capture is."""
    return (reading.url, capture.sha256, capture.parts)


def merge(one: Reading, other: Reading) -> Reading:
    """Return two filings of one reading as one; the order and the number of times do not matter."""
    captures: dict[tuple[str, str], Capture] = {}
    for capture in (*one.captures, *other.captures):
        key = (capture.sha256, capture.parts)
        captures[key] = _merged(captures[key], capture) if key in captures else capture
    last = max(one, other, key=latest)
    return replace(
        last,
        captures=tuple(captures[key] for key in sorted(captures)),
        told=last.told if one.told and other.told else None,
    )


def _merged(one: Capture, other: Capture) -> Capture:
    return replace(
        max(one, other, key=lambda capture: capture.latest),
        first_seen_at=min(one.first_seen_at, other.first_seen_at),
        first_read_at=min(one.first_read_at, other.first_read_at),
        accepted=max(one.accepted, other.accepted),
    )


def latest(reading: Reading) -> tuple[tuple[str, ...], ...]:
    """Order the readings of one address by when they last held; what follows only breaks ties."""
    texts = (reading.source, reading.flags, reading.url, reading.notes or "", reading.told or "")
    last = reading.last.latest
    return (last[:2], (reading.fingerprint,), last[2:], texts)


def age(reading: Reading) -> tuple[str, ...]:
    """Order the readings of one reply by when they came up."""
    return (reading.first_read_at, reading.first_seen_at, reading.url, reading.fingerprint)


@dataclass(frozen=True, slots=True)
class Holding:
    """Of each body the reading that holds, and the readings that were too short to take over."""

    of: Mapping[Body, Reading]
    too_short: frozenset[Reading]


def holding(readings: Iterable[Reading]) -> Holding:
    """Return which readings hold.

    Of a body that is the one made last; but a much shorter letter takes the place of none, unless
    a person accepted it.
    """
    of_body: defaultdict[Body, list[tuple[Capture, Reading]]] = defaultdict(list)
    for reading in readings:
        for capture in reading.captures:
            of_body[body(reading, capture)].append((capture, reading))
    of: dict[Body, Reading] = {}
    too_short: set[Reading] = set()
    for at, found in of_body.items():
        if len(found) > 1:
            found.sort(key=lambda each: (each[0].last_read_at, each[0].last_seen_at, each[1].id))
        of[at] = found[0][1]
        for capture, reading in found[1:]:
            if capture.accepted or not is_shorter(reading.letters, of[at].letters):
                of[at] = reading
            else:
                too_short.add(reading)
    return Holding(of, frozenset(too_short))


def is_shorter(letters: int, than: int) -> bool:
    """Tell whether a letter is too short to take the place of another one."""
    return letters < SHORTER * than and than - letters >= FEW
