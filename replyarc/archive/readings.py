"""Readings, and what follows from those of one reply (pure).

A *reading* is one thing that one address was seen to say. Readings are the evidence and are never
removed; which replies there are, their versions and what is shown of them are functions of the
**set** of readings. So filing in any order, with any repetition, gives the same archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from replyarc.model import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing that one address was seen to say; instants as the archive keeps them, ISO UTC text.

    ``seen`` is when the bytes were fetched; ``read`` is when they were read, which is later where
    kept bytes are read again. ``source``, ``sha256``, ``flags`` (JSON), ``notes`` (JSON: where each
    value was read) and ``parts`` (JSON: the bodies of further pages) are those of the latest
    filing; ``None`` where an older replyarc filed it.
    """

    id: str
    url: str
    fingerprint: str
    index_number: str | None
    source: str
    sha256: str
    flags: str
    notes: str | None = None
    parts: str | None = None
    first_seen_at: str
    last_seen_at: str
    first_read_at: str
    last_read_at: str


def merge(one: Reading, other: Reading) -> Reading:
    """Return two filings of one reading as one; the order and the number of times do not matter."""
    return replace(
        max(one, other, key=_latest),
        first_seen_at=min(one.first_seen_at, other.first_seen_at),
        first_read_at=min(one.first_read_at, other.first_read_at),
    )


def _latest(reading: Reading) -> tuple[str, ...]:
    """Order the readings of one address by when they last held; what follows only breaks ties."""
    return (
        reading.last_seen_at,
        reading.last_read_at,
        reading.fingerprint,
        reading.sha256,
        reading.source,
        reading.flags,
        reading.url,
        reading.notes or "",
        reading.parts or "",
    )


def _age(reading: Reading) -> tuple[str, ...]:
    """Order the readings of one reply by when they came up."""
    return (reading.first_read_at, reading.first_seen_at, reading.url, reading.fingerprint)


@dataclass(frozen=True, slots=True)
class History:
    """What follows from the readings of one reply.

    ``versions`` holds for each thing said the reading that said it first, oldest first; ``now``
    what each address says now; ``shown`` is the one of them that came up last, ``last`` the one
    that was seen last.
    """

    id: str
    first_seen_at: str
    versions: tuple[Reading, ...]
    now: tuple[Reading, ...]
    shown: Reading
    last: Reading

    @property
    def version(self) -> int:
        """Return the number, from 1, of the version that is shown."""
        fingerprints = [reading.fingerprint for reading in self.versions]
        return fingerprints.index(self.shown.fingerprint) + 1


def history(readings: Iterable[Reading]) -> History:
    """Settle the readings of one reply. Its id is that of the oldest one, and so stays."""
    by_age = sorted(readings, key=_age)
    versions: dict[str, Reading] = {}
    for reading in by_age:
        versions.setdefault(reading.fingerprint, reading)
    now = {reading.url: reading for reading in sorted(by_age, key=_latest)}
    return History(
        id=by_age[0].id,
        first_seen_at=min(reading.first_seen_at for reading in by_age),
        versions=tuple(versions.values()),
        now=tuple(now[url] for url in sorted(now)),
        shown=max(now.values(), key=lambda reading: (reading.first_seen_at, *_age(reading))),
        last=max(now.values(), key=_latest),
    )


def outcome(before: Reading | None, after: Reading, reply: Iterable[Reading]) -> Outcome:
    """Tell what filing a reading came to: ``before`` and ``after`` of it, in its reply.

    CHANGED is also an address that says again what it said before it said something else.
    """
    others = [reading for reading in reply if reading.id != after.id]
    if before is None:
        known = any(reading.fingerprint == after.fingerprint for reading in others)
        return Outcome.SAME if known else Outcome.CHANGED if others else Outcome.NEW
    here = [reading for reading in others if reading.url == after.url]
    latest = max(here, key=_latest, default=before)
    back = _latest(before) < _latest(latest) < _latest(after)
    return Outcome.CHANGED if back else Outcome.SAME
