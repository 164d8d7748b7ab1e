"""A filter is one in every room: as SQL, in words, where nothing fits, in the browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from replyarc.archive.find import condition
from replyarc.archive.query import Query, given, in_words, without
from replyarc.browse import asking
from replyarc.cli.filters import FILTERS
from replyarc.cli.nothing import helped
from replyarc.model import Kind

GIVEN: dict[str, Any] = {
    "source": "mzj",
    "publisher": "民政局",
    "kind": Kind.PROPOSAL,
    "term": 14,
    "session": 2,
    "number": "79",
    "since": date(2023, 5, 1),
    "until": date(2023, 5, 31),
    "year": 2023,
    "changed_since": date(2024, 5, 1),
    "gone": True,
}
"""A value for each filter."""


def test_every_filter_is_tried() -> None:
    assert {*FILTERS} == {*GIVEN, "limit", "offset"}
    assert {*asking.NAMES} <= {*GIVEN}


@pytest.mark.parametrize("name", GIVEN)
def test_a_filter_is_known_wherever_filters_are(name: str) -> None:
    query = Query(**{name: GIVEN[name]})
    assert condition(query)[0] != "true"
    assert given(query) == {name: GIVEN[name]}
    assert in_words(query)
    assert [*without(query)] == [(name, Query())]
    ((_, told),) = helped(query, lambda other: 1)
    assert told.startswith(f"without --{name.replace('_', '-')}")


@pytest.mark.parametrize("name", asking.NAMES)
def test_the_browser_reads_a_filter_as_the_command_line_does(name: str) -> None:
    value = "1" if name == "gone" else str(GIVEN[name])
    assert getattr(asking.asked({name: value}).query, name) == GIVEN[name]
