"""How sites misbehave: a row for each way, under the fault that it stands for.

The rows are in `misbehaving_network` and `misbehaving_content`; the tests that show what comes of
them are in the files ``test_trust_*.py``, and ``test_trust_table.py`` holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

import pytest

from tests.gov import Fault

Test = TypeVar("Test", bound=Callable[..., object])

LINES: Final = {
    # the faults that an archive must be trusted with, and what is promised of each, in short
    "no connection": "asked again, then left for the next run; others go on",
    "certificate": 'left for the next run; `tls = "unverified"` of one source, and marked',
    "old TLS": 'named: `tls = "legacy"` of one source, and marked',
    "time and size": "cut at the limit, left for the next run, never stored as whole",
    "truncated": "left for the next run",
    "unchanged": "304 is a visit noted, nothing rewritten; without our validators no answer",
    "retry-after": "waited for within a cap; beyond it the site is left alone, and the time kept",
    "access": "the site is left alone, exit 6, the record is kept",
    "gone": "only after a second look on another day; many at once are the site's fault",
    "soft 404": "another page is never the record",
    "redirects": "circles, many hops, other hosts and schemes, private addresses: refused",
    "other hosts": "https and hosts that the source names; no user names, no cookies carried over",
    "ip": "the source says 4 or 6",
    "robots": "4xx allows, 5xx and silence forbid this run; however the file is written",
    "clock": "days are those of China; order is that of the archive; the future is flagged",
    "encodings": "read as what it is; what was lost is counted, flagged and, if much, put aside",
    "characters": "one form for keys, the raw bytes kept",
    "broken HTML": "read within bounds; a field that lacks is incomplete, not dropped",
    "shorter": "an empty or much shorter letter is put aside",
    "index numbers": "a conflict is recorded, nothing is overwritten",
    "many to many": "several numbers on a page, several replies to one, versions",
    "numbers": "read into a list, however spelled",
    "listing": "counted, reconciled, reported",
    "attachments": "kept by hash, known by their bytes, a failure to read them is told",
}


@dataclass(frozen=True, slots=True)
class Route:
    """A way to misbehave. ``says`` is what a report says of it, in part.

    ``does`` is ``None`` where it is no answer to one request: a name that does not resolve, a page
    taken from the site. The test sets that up.
    """

    name: str
    line: str
    does: Fault | None = None
    says: str = ""

    @property
    def fault(self) -> Fault:
        """What is done instead of answering."""
        assert self.does is not None, f"{self.name} is no answer"
        return self.does


SHOWN: defaultdict[str, set[str]] = defaultdict(set)
"""The tests that show what comes of a row, by its name."""


def each(routes: Iterable[Route]) -> Callable[[Test], Test]:
    """Run a test for each of these rows, as its ``route``."""
    rows = list(routes)

    def note(test: Test) -> Test:
        for row in rows:
            SHOWN[row.name].add(test.__name__)
        parametrize = pytest.mark.parametrize("route", rows, ids=[row.name for row in rows])
        noted: Test = parametrize(test)
        return noted

    return note


def shows(*names: str) -> Callable[[Test], Test]:
    """Note that a test shows what comes of these rows."""

    def note(test: Test) -> Test:
        for name in names:
            SHOWN[name].add(test.__name__)
        return test

    return note
