"""How far back a crawl looks: to what is settled and one page more, to a day, or to the end."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from replyarc.archive.frontier import State
from replyarc.archive.store import Archive
from replyarc.config.template import TEMPLATE
from replyarc.crawl import crawl
from replyarc.errors import LeftAlone, OutOfHours, Refused
from replyarc.fetch.client import Fetcher
from replyarc.model import Fetch, Outcome, Request, Response, Source
from replyarc.report import Report
from replyarc.screen.reports import interrupted
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import MANNERS, Column, Letter, letters, source, walk
from tests.gov import Gov

MAY_10 = Plan(since=date(2023, 5, 10))


@pytest.fixture
def column(gov: Gov) -> Column:
    made = Column(letters(18))  # of 17 May 2023 and the days before, three a page
    made.publish(gov)
    return made


def pages(gov: Gov) -> list[str]:
    return [path for path in gov.asked if "index" in path]


async def test_a_crawl_since_a_day_asks_for_no_older_reply(
    gov: Gov, archive: Archive, column: Column
) -> None:
    (report,) = await walk(archive, source(gov), plan=MAY_10)
    assert report.outcomes == {Outcome.NEW: 8}
    assert column.listing(5) in pages(gov)  # one page beyond the first that is too old
    assert gov.count(column.listing(6)) == 1  # how long the last page is, where no total is told
    assert report.since == date(2023, 5, 10)
    assert not report.finished
    assert report.findings == []
    assert report.problems == []


async def test_a_crawl_without_since_then_asks_for_the_older_ones(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov), plan=MAY_10)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 10}
    assert report.finished
    assert all(gov.count(each.path) == 1 for each in column.letters)


async def test_a_reply_without_a_day_is_asked_for_whatever_the_day(
    gov: Gov, archive: Archive, column: Column
) -> None:
    page = gov.pages[column.listing(4)]
    assert isinstance(page, bytes)
    undated = column.letters[9]
    gov.pages[column.listing(4)] = page.replace(f"<span>{undated.day}</span>".encode(), b"")
    (report,) = await walk(archive, source(gov), plan=MAY_10)
    assert report.outcomes[Outcome.NEW] == 9
    assert gov.count(undated.path) == 1


async def test_since_a_day_of_which_all_is_known_comes_to_its_end(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    (report,) = await walk(archive, source(gov), plan=MAY_10)
    assert report.finished
    assert report.since is None


async def test_what_was_put_in_late_is_found_one_page_beyond_what_is_known(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    column.letters.insert(4, Letter(99, column.letters[4].day))
    column.publish(gov)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 1}


async def test_behind_a_listing_of_one_page_none_is_looked_for_again(
    gov: Gov, archive: Archive
) -> None:
    column = Column(letters(3))
    column.publish(gov)
    page = gov.pages[column.listing(1)]
    assert isinstance(page, bytes)
    gov.pages[column.listing(1)] = page.replace(b"createPageHTML(1, 0,", b"console.log(")
    await walk(archive, source(gov))
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    assert [path for path in gov.asked if path != "/robots.txt"] == [column.listing(1)]
    assert report.finished


async def test_what_was_put_in_far_behind_is_found_when_the_listing_is_walked_whole_again(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    move(0)
    await walk(archive, source(gov))
    column.letters.insert(13, Letter(99, column.letters[13].day))
    column.publish(gov)
    move(30)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {}
    move(91)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes[Outcome.NEW] == 1
    move(92)
    gov.heard.clear()
    await walk(archive, source(gov))
    assert pages(gov) == [column.listing(1), column.listing(2)]


# What ends a walk although no site refuses anything.


async def broken(archive: Archive, of: Source, at: str, error: type[Exception]) -> Report:
    """Crawl; from a path on, the seam to the network raises an error."""
    async with Fetcher(MANNERS, backoff=0.0) as fetcher:

        def breaking(one: Source) -> Fetch:
            fetch, failing = fetcher.for_source(one), False

            async def ask(request: Request) -> Response:
                nonlocal failing
                failing = failing or request.url.endswith(at)
                if failing:
                    raise error(request.url, "this is why")
                return await fetch(request)

            return ask

        (report,), failure = await crawl([of], breaking, archive, Plan(), lambda *_: None)
    assert failure is None
    return report


@pytest.mark.parametrize("error", [LeftAlone, OutOfHours])
async def test_what_is_not_asked_for_waits_as_it_did(
    gov: Gov, archive: Archive, column: Column, error: type[LeftAlone]
) -> None:
    report = await broken(archive, source(gov), column.letters[5].path, error)
    assert report.outcomes == {Outcome.NEW: 5}
    assert report.rests == "this is why"
    assert not report.finished
    assert not report.blocked
    assert archive.states("qingyuan") == {State.ARCHIVED: 5, State.PENDING: 13}
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 13}
    assert report.finished


@pytest.mark.parametrize(("error", "problems"), [(LeftAlone, 1), (OutOfHours, 0)])
async def test_a_host_that_fails_is_a_problem_and_a_shut_window_is_none(
    gov: Gov, archive: Archive, column: Column, error: type[LeftAlone], problems: int
) -> None:
    report = await broken(archive, source(gov), column.listing(2), error)
    assert len(report.problems) == problems
    assert report.findings == []
    assert report.rests == "this is why"


async def test_what_is_missing_is_not_judged_where_the_walk_was_left(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    move(0)
    await walk(archive, source(gov))
    gone = column.letters[17]
    del gov.pages[gone.path]
    for days in (91, 92):
        move(days)
        await broken(archive, source(gov), column.letters[0].path, LeftAlone)
    (reply,) = archive.find(gone.title)
    assert reply.gone_at is None


def test_what_a_signal_left_is_counted() -> None:
    from replyarc.report import Tally

    begun = Report(source="a", interrupted=True, tally=Tally(failed=1, pending=1200))
    done = Report(source="b", finished=True, tally=Tally(archived=3))
    assert interrupted([begun, done, Report(source="c")]) == (
        "ended by a signal; left: 1,201 to ask in 1 source, 1 source not walked to the end, "
        "1 source not begun. The archive is whole, and the next crawl goes on from here."
    )


async def test_a_refusal_still_blocks(gov: Gov, archive: Archive, column: Column) -> None:
    report = await broken(archive, source(gov), column.listing(2), Refused)
    assert report.blocked
    assert report.rests is None


# What a crawl counts, so that a redesign shows.


async def test_fields_are_counted_for_new_letters_and_for_those_asked_for_again(
    gov: Gov, archive: Archive, move: Move
) -> None:
    column = Column(letters(4))
    column.publish(gov)
    move(0)
    (first,) = await walk(archive, source(gov))
    assert (first.filled.new, first.filled.again) == (4, 0)
    assert first.filled.fields["index_number"] == 4
    assert "validity" not in first.filled.fields
    for letter in column.letters[:3]:
        page = letter.page().replace("索引号".encode(), "编号".encode())
        gov.pages[letter.path] = page.replace("落实".encode(), "办理".encode())
    move(91)
    (again,) = await walk(archive, source(gov))
    assert (again.filled.new, again.filled.again) == (0, 4)
    assert again.filled.lost["index_number"] == 3
    assert again.as_json()["filled"] == {
        "new": 0,
        "again": 4,
        "fields": {},
        "lost": dict(again.filled.lost),
    }


def test_a_crawl_that_a_signal_ended_says_so_whatever_else_went_wrong() -> None:
    from replyarc.cli.crawling import Result
    from replyarc.errors import DiskFull

    wrong = Report(source="a", blocked="403", findings=["none"], problems=["503"])
    assert Result([wrong], signal=15).exit_code == 143
    assert Result([wrong], signal=2).exit_code == 130
    assert Result([wrong], DiskFull(), signal=15).exit_code == 9


def test_why_a_source_is_left_alone_is_shown_where_the_problems_are_cut() -> None:
    from replyarc.screen.reports import summary
    from replyarc.screen.terminal import console

    why = "www.qingyuan.gov.test failed 5 times running"
    problems = [*(f"page {number}: 503" for number in range(8)), f"page 9: {why}"]
    out = StringIO()
    console(out).print(summary([Report(source="a", problems=problems, rests=why)], "a.db"))
    assert why in out.getvalue()


def test_a_day_that_is_none_is_told_in_words(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from replyarc.cli.app import app

    config = tmp_path / "replyarc.toml"
    config.write_text(TEMPLATE.replace("you@example.org", "li.lei@hy.example"), "utf-8")
    ran = CliRunner().invoke(app, ["--config", str(config), "crawl", "--since", "gestern"])
    assert ran.exit_code == 2
    assert "'gestern' is no day. Write it as 2026-05-01" in " ".join(ran.output.split())
