"""No letter that stays published is left unasked for longer than ``recheck``, however listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from replyarc.archive.frontier import State
from replyarc.archive.store import Archive
from replyarc.crawl import crawl
from replyarc.errors import LeftAlone
from replyarc.fetch.client import Fetcher
from replyarc.model import Fetch, Outcome, Request, Response, Source
from replyarc.report import Report
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import MANNERS, Column, Letter, letters, source, walk
from tests.gov import Answer, Gov

ELSEWHERE = "127.0.0.2"


def paths(gov: Gov) -> list[str]:
    return [path for path in gov.asked if path != "/robots.txt"]


@pytest.mark.parametrize("most", [None, 4])
async def test_a_listing_that_was_never_walked_is_walked_to_its_end(
    gov: Gov, archive: Archive, most: int | None
) -> None:
    """Its first pages may show nothing but what another listing of the source showed before."""
    column = Column(letters(6))
    column.publish(gov)
    await walk(archive, source(gov))
    other = Column([*column.letters, Letter(50, date(2022, 1, 2)), Letter(51, date(2022, 1, 1))])
    other.root = "/taya/"
    other.publish(gov)
    both = replace(
        source(gov), max_pages=most, urls=(*source(gov).urls, gov.url + other.listing(1))
    )
    (report,) = await walk(archive, both)
    assert report.outcomes == {Outcome.NEW: 2}
    gov.heard.clear()
    await walk(archive, both)
    assert paths(gov) == [each.listing(page) for each in (column, other) for page in (1, 2)]


async def test_what_is_due_is_asked_for_though_a_listing_never_comes_to_its_end(
    gov: Gov, archive: Archive, move: Move
) -> None:
    """A site that announces one entry too many does so for years."""
    column = Column(letters(4))
    column.publish(gov)
    empty = (*source(gov).urls, f"{gov.url}/nothing.html")
    gov.pages["/nothing.html"] = b"<html><body><p>.</p></body></html>"
    broken = replace(source(gov), urls=empty)
    await walk(archive, broken)
    column.edit(2, word="殡葬服务")
    column.publish(gov)
    move(91)
    (report,) = await walk(archive, broken)
    assert not report.finished
    assert report.outcomes == {Outcome.SAME: 3, Outcome.CHANGED: 1}


async def test_where_no_listing_is_there_nothing_is_due(
    gov: Gov, archive: Archive, move: Move
) -> None:
    column = Column(letters(4))
    column.publish(gov)
    await walk(archive, source(gov))
    gov.pages.clear()
    move(91)
    gov.heard.clear()
    await walk(archive, source(gov))
    assert paths(gov) == [column.listing(1)]


async def test_an_entry_with_another_day_in_each_listing_did_not_change(
    gov: Gov, archive: Archive
) -> None:
    column = Column(letters(3))
    other = Column([replace(column.letters[1], day=date(2023, 6, 2))], root="/taya/")
    column.publish(gov)
    other.publish(gov)
    both = replace(source(gov), urls=(*source(gov).urls, gov.url + other.listing(1)))
    await walk(archive, both)
    gov.heard.clear()
    (report,) = await walk(archive, both)
    assert report.outcomes == {}
    assert report.tally is not None
    assert report.tally.pending == 0


async def test_a_letter_put_in_behind_a_page_that_was_the_only_one_is_met(
    gov: Gov, archive: Archive
) -> None:
    column = Column(letters(3))
    column.publish(gov)
    await walk(archive, source(gov))
    column.letters.append(Letter(50, date(2022, 1, 2)))
    column.publish(gov)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 1}


async def walk_ill(archive: Archive, of: Source, ill: str) -> Report:
    """Crawl while one host is left alone because it failed too often."""
    async with Fetcher(MANNERS, backoff=0.0) as fetcher:

        def leaving_alone(one: Source) -> Fetch:
            fetch = fetcher.for_source(one)

            async def ask(request: Request) -> Response:
                if f"//{ill}:" in request.url:
                    raise LeftAlone(request.url, f"{ill} failed 5 times running")
                return await fetch(request)

            return ask

        reports, failure = await crawl([of], leaving_alone, archive, Plan(), lambda *_: None)
    assert failure is None
    return reports[0]


def abroad(gov: Gov, column: Column, at: int) -> None:
    """Let the listing lead to another host for one of its letters."""
    column.publish(gov)
    path = column.letters[at].path
    for number in range(1, len(column.pages()) + 1):
        page = gov.pages[column.listing(number)]
        assert isinstance(page, bytes)
        there = f'"{gov.at(ELSEWHERE)}{path}"'.encode()
        gov.pages[column.listing(number)] = page.replace(f'"{path}"'.encode(), there)


async def test_a_host_that_is_ill_does_not_keep_the_others_from_being_asked(
    gov: Gov, archive: Archive
) -> None:
    """The letters that it has wait; those of the source's own host are had, today and tomorrow."""
    column = Column(letters(4))
    abroad(gov, column, 1)
    of = replace(source(gov), allow_hosts=(ELSEWHERE,))
    for new in (3, 0):
        report = await walk_ill(archive, of, ELSEWHERE)
        assert report.outcomes == ({Outcome.NEW: new} if new else {})
        assert report.rests is None
        (problem,) = report.problems
        assert "failed 5 times" in problem
    states = archive.states("qingyuan")
    assert states == {State.ARCHIVED: 3, State.PENDING: 1}


async def test_a_host_that_is_ill_keeps_its_files_and_no_letter(gov: Gov, archive: Archive) -> None:
    column = Column(letters(4))
    column.publish(gov)
    for letter in column.letters:
        file = f'<p><a href="{gov.at(ELSEWHERE)}/{letter.number}.docx">附件.docx</a></p></div>'
        gov.pages[letter.path] = letter.page().replace(b"</div>", file.encode())
    of = replace(source(gov), allow_hosts=(ELSEWHERE,), attachments=True)
    report = await walk_ill(archive, of, ELSEWHERE)
    assert report.outcomes == {Outcome.NEW: 4}
    assert report.rests is None
    assert report.finished
    assert [problem for problem in report.problems if "failed 5 times" in problem]


async def test_what_fails_for_long_has_no_more_pages_turned(gov: Gov, archive: Archive) -> None:
    """It is asked for again anyhow: of a host that is gone, there may be a letter on each page."""
    column = Column(letters(12))
    column.publish(gov)
    for letter in column.letters[::3]:
        gov.pages[letter.path] = Answer(500)
    await walk(archive, source(gov))
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.FAILED: 4}
    assert [path for path in paths(gov) if "index" in path] == [column.listing(n) for n in (1, 2)]
