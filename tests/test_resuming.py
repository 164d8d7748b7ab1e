"""A crawl that broke off is gone on with: its listing pages are not asked for a second time."""

from __future__ import annotations

from collections import deque

import pytest

from replyarc.archive.store import Archive
from replyarc.crawl import crawl
from replyarc.fetch.client import Fetcher
from replyarc.model import Fetch, Outcome, Request, Response, Source
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import MANNERS, Column, Letter, letters, source, walk
from tests.gov import Gov, status


@pytest.fixture
def column(gov: Gov) -> Column:
    made = Column(letters(12))
    made.publish(gov)
    return made


class Killed(BaseException):
    """Ends a walk as a kill does: nothing is written behind it."""


async def kill_at(archive: Archive, of: Source, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Crawl until a path is asked for, and leave everything as a kill would."""
    with monkeypatch.context() as patched:
        patched.setattr("replyarc.walk.end", lambda *_: None)  # a process that is gone ends nothing
        async with Fetcher(MANNERS, backoff=0.0) as fetcher:

            def killing(one: Source) -> Fetch:
                fetch = fetcher.for_source(one)

                async def ask(request: Request) -> Response:
                    if request.url.endswith(path):
                        raise Killed
                    return await fetch(request)

                return ask

            with pytest.raises(Killed):
                await crawl([of], killing, archive, Plan(), lambda report, doing: None)


def asked(gov: Gov) -> list[str]:
    return [path for path in gov.asked if path != "/robots.txt"]


async def test_after_a_kill_in_the_listing_only_the_first_page_is_asked_for_again(
    gov: Gov, archive: Archive, column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kill_at(archive, source(gov), column.listing(3), monkeypatch)
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    pages = [path for path in asked(gov) if "index" in path]
    # at its end a listing without a total is looked at once more from the first page
    assert pages == [column.listing(1), column.listing(3), column.listing(4), column.listing(1)]
    assert report.outcomes == {Outcome.NEW: 12}
    assert report.finished


async def test_after_a_kill_among_the_letters_each_is_asked_for_once(
    gov: Gov, archive: Archive, column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kill_at(archive, source(gov), column.letters[5].path, monkeypatch)
    (report,) = await walk(archive, source(gov))
    assert all(gov.count(each.path) == 1 for each in column.letters)
    # of a listing without a total, the last page is looked at before and in its turn
    assert [gov.count(column.listing(page)) for page in (2, 3, 4)] == [1, 1, 2]
    assert (report.outcomes, report.finished) == ({Outcome.NEW: 7}, True)


async def test_a_second_kill_loses_nothing_of_what_the_first_left(
    gov: Gov, archive: Archive, column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kill_at(archive, source(gov), column.listing(3), monkeypatch)
    await kill_at(archive, source(gov), column.letters[0].path, monkeypatch)
    await walk(archive, source(gov))
    # of a listing without a total, the last page is looked at before and in its turn
    assert [gov.count(column.listing(page)) for page in (2, 3, 4)] == [1, 1, 2]


def insert(column: Column, gov: Gov) -> None:
    column.letters.insert(0, Letter(99, column.letters[0].day))
    column.publish(gov)


async def test_a_listing_that_changed_meanwhile_is_asked_for_anew(
    gov: Gov, archive: Archive, column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kill_at(archive, source(gov), column.listing(3), monkeypatch)
    insert(column, gov)
    (report,) = await walk(archive, source(gov))
    assert gov.count(column.listing(2)) == 2
    assert report.outcomes == {Outcome.NEW: 13}


async def test_after_a_day_a_listing_is_asked_for_anew(
    gov: Gov, archive: Archive, column: Column, monkeypatch: pytest.MonkeyPatch, move: Move
) -> None:
    move(0)
    await kill_at(archive, source(gov), column.listing(3), monkeypatch)
    move(1.1)
    await walk(archive, source(gov))
    assert gov.count(column.listing(2)) == 2


async def test_after_a_crawl_that_came_to_its_end_every_page_is_the_sites(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    await walk(archive, source(gov))
    assert gov.count(column.listing(2)) == 2


async def test_after_a_crawl_that_failed_every_page_is_the_sites(
    gov: Gov, archive: Archive, column: Column
) -> None:
    gov.faults[column.listing(4)] = deque([status(404)] * 9)
    (report,) = await walk(archive, source(gov))
    assert not report.finished
    await walk(archive, source(gov))
    assert gov.count(column.listing(2)) == 2


async def test_a_page_whose_bytes_are_damaged_is_asked_for(
    gov: Gov, archive: Archive, column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kill_at(archive, source(gov), column.listing(3), monkeypatch)
    archive.db.execute(
        "update bodies set data = x'00' where sha256 in (select sha256 from fetches where url = ?)",
        [gov.url + column.listing(2)],
    )
    archive.db.conn.commit()
    await walk(archive, source(gov))
    assert gov.count(column.listing(2)) == 2


async def test_a_report_that_cannot_be_read_stops_no_crawl(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    await walk(archive, source(gov))
    for day, report in enumerate(("{", "[]", "7", None), 1):
        with archive.transaction() as db:
            db.execute("update crawls set report = ?", [report])
        move(day)
        (told,) = await walk(archive, source(gov))
        assert (told.finished, told.problems) == (True, [])
