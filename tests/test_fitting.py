"""Names that may be meant, and how many replies fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from replyarc.archive import find
from replyarc.archive.fitting import like_publisher, like_source, sources, total
from replyarc.archive.query import Query, given, in_words, without
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from replyarc.model import Kind
from tests.eight import FIRST, SEEN, eight


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with eight(tmp_path_factory.mktemp("eight") / "a.db") as archive:
        for number, name in enumerate(("清源市民政事务中心", "云溪县民政局", "Office of Letters")):
            url = f"http://b.test/{number}"
            archive.put(replace(FIRST, url=url, index_number=None, answered_by=name), "", SEEN)
        yield archive


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("民政", []),
        ("清源市民正局", ["清源市民政局"]),
        ("云西县民政局", ["云溪县民政局"]),
        ("Office of letters", ["Office of Letters"]),
        ("丙丁戊", []),
    ],
)
def test_the_nearest_names_of_offices_are_told(
    filed: Archive, part: str, expected: list[str]
) -> None:
    assert like_publisher(filed, part) == expected


def test_no_more_names_are_told_than_wanted(filed: Archive) -> None:
    assert like_publisher(filed, "清源市教正局", limit=1) == ["清源市教育局"]


def test_sources_are_those_that_replies_are_of(filed: Archive) -> None:
    assert sources(filed) == ["jy", "mz"]
    assert like_source(filed, "mzz") == ["mz"]
    assert like_source(filed, "mz") == []


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(kind=Kind.PROPOSAL),
        Query(publisher="教育", year=2024),
        Query(number="12", limit=1),
        Query(source="mz", offset=2),
        Query(gone=True),
    ],
    ids=in_words,
)
def test_as_many_are_counted_as_there_are(filed: Archive, query: Query) -> None:
    every = [*filed.replies(replace(query, limit=None, offset=0))]
    assert find.count(filed.db, query) == total(filed, query) == len(every)


def test_each_filter_is_left_out_once() -> None:
    query = Query(source="mz", year=2023, gone=True, limit=3, offset=9)
    rests = dict(without(query))
    assert rests.keys() == given(query).keys() == {"source", "year", "gone"}
    assert rests["gone"] == Query(source="mz", year=2023)
    assert rests["source"] == Query(year=2023, gone=True)


def test_a_damaged_archive_is_said_to_be_one(tmp_path: Path) -> None:
    with eight(tmp_path / "a.db") as archive:
        archive.db.execute("drop table sightings")
        with pytest.raises(ArchiveError):
            sources(archive)
