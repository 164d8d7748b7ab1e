"""Which readings are one reply (pure): a function of the **set** of readings (see ``readings``).

Two readings that share a key are one reply, and so on along the chain, with one exception: a
``copy`` key (the document with its document number, or the letter word for word) brings a copy
without an index number to the reply it is a copy of, but never two replies with index numbers to
each other. Where it could, the numbered replies stand alone, and the copies without a number stay
among themselves.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import chain
from typing import Final, TypeVar

from replyarc.archive.identity import COPY, own_number
from replyarc.archive.readings import Body, Holding, Reading, body, holding

T = TypeVar("T")

_COPY: Final = f"{COPY}:"


def replies(readings: Mapping[Reading, Iterable[str]]) -> list[tuple[Reading, ...]]:
    """Part readings, given with their keys, into replies (see the head of this module).

    A reading that was superseded binds nothing any more: it stays with the one that holds of the
    bytes in which it was found first.
    """
    if len(readings) == 1:  # nearly always
        return [tuple(readings)]
    holds = holding(readings)
    holders = frozenset(holds.of.values())

    def own(reading: Reading) -> Iterable[Hashable]:
        if reading not in holders:
            return (_first_body(reading),)
        keys = (key for key in readings[reading] if not key.startswith(_COPY))
        return chain(keys, _bodies(reading, holds))

    def copies(group: tuple[Reading, ...]) -> Iterable[Hashable]:
        keys = chain.from_iterable(readings[reading] for reading in group if reading in holders)
        return (key for key in keys if key.startswith(_COPY))

    def is_numbered(group: tuple[Reading, ...]) -> bool:
        return any(own_number(reading.index_number) for reading in group if reading in holders)

    found: list[tuple[Reading, ...]] = []
    for kin in _joined(_joined(readings, own), copies):
        numbered = [group for group in kin if is_numbered(group)]
        if len(numbered) > 1:
            found += numbered
            others = (group for group in kin if not is_numbered(group))
            found += [tuple(chain(*copy)) for copy in _joined(others, copies)]
        else:
            found.append(tuple(chain(*kin)))
    return [*chain.from_iterable(map(_told_apart, found))]


def _told_apart(group: tuple[Reading, ...]) -> Iterable[tuple[Reading, ...]]:
    """Part what an export told of several replies: what tells them apart may not be here."""
    if not all(reading.told for reading in group):
        return [group]
    apart: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in group:
        apart[json.loads(reading.told or "{}")["id"]].append(reading)
    return [tuple(readings) for readings in apart.values()]


def _bodies(reading: Reading, holds: Holding) -> Iterable[Body]:
    """Return the bytes of which a reading holds."""
    bodies = (body(reading, capture) for capture in reading.captures)
    return (at for at in bodies if holds.of[at] is reading)


def _first_body(reading: Reading) -> Body:
    first = min(reading.captures, key=lambda each: (each.first_seen_at, each.sha256, each.parts))
    return body(reading, first)


def _joined(items: Iterable[T], keys: Callable[[T], Iterable[Hashable]]) -> list[tuple[T, ...]]:
    """Return the connected components of items under shared keys."""
    listed = list(items)
    held = [list(keys(item)) for item in listed]
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, own in enumerate(held):
        for key in own:
            holders[key].append(at)
    left = dict.fromkeys(range(len(listed)))
    found = []
    while left:
        todo, component = [left.popitem()[0]], []
        while todo:
            component.append(todo.pop())
            for other in chain.from_iterable(holders.pop(key, ()) for key in held[component[-1]]):
                if other in left:
                    del left[other]
                    todo.append(other)
        found.append(tuple(listed[at] for at in component))
    return found
