"""Waits, visits and days: Retry-After, 304, pages that vanish, clocks that go wrong."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.model import Outcome
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import MANNERS, Column, Letter, letters, source
from tests.gov import Answer, Gov, Heard, serving, status
from tests.misbehaving import Route, each, shows
from tests.misbehaving_network import OTHERS
from tests.stories import FULL, Story, record

ONCE = replace(MANNERS, retries=1)
ROUTES = {route.name: route for route in OTHERS}


@pytest.fixture
def column(gov: Gov) -> Column:
    made = Column(letters(5), per_page=5)
    made.publish(gov)
    return made


@pytest.fixture
def story(gov: Gov, tmp_path: Path) -> Story:
    return Story(gov, tmp_path / "a.db", (source(gov),), ONCE)


@shows("Retry-After in seconds", "Retry-After as a date")
def test_a_pause_that_a_site_asks_for_is_waited_for(column: Column, story: Story) -> None:
    for number in (1, 3):
        soon = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
        route = ROUTES["Retry-After in seconds"].fault if number == 1 else None
        answer = route or status(503, {"Retry-After": soon})
        story.gov.faults[column.letters[number].path] = deque([answer])
    crawled = story.crawl()
    assert (len(crawled.held), crawled.exit_code) == (5, 0)
    seconds, until = (wait for wait in story.clock.waits if wait > 1)
    assert seconds == 7
    assert 60 < until <= 100


@each([ROUTES["Retry-After of a day"], ROUTES["Retry-After of ages"]])
def test_a_pause_beyond_the_cap_leaves_the_site_alone_and_the_next_crawl_keeps_it(
    column: Column, story: Story, route: Route
) -> None:
    with serving("127.0.0.2") as other:
        column.publish(other)
        story.sources = (source(story.gov, "a"), source(other, "b"))
        story.gov.faults[column.letters[1].path] = deque([route.fault])
        crawled = story.crawl()
    assert route.says in (crawled.reports["a"].blocked or "")
    assert crawled.asked[-1] == column.letters[1].path
    assert crawled.reports["b"].finished
    assert crawled.exit_code == 6
    assert max(story.clock.waits, default=0.0) < 300
    story.sources = (source(story.gov, "a"),)
    again = story.crawl()
    assert again.asked == ()
    assert not again.reports["a"].finished
    assert story.is_sound()


@shows("a host that fails and fails")
def test_a_host_that_fails_and_fails_is_left_alone_and_others_go_on(
    gov: Gov, tmp_path: Path
) -> None:
    column = Column(letters(60), per_page=60)
    column.publish(gov)
    with serving("127.0.0.2") as other:
        few = Column(letters(63)[:3])  # at addresses of their own
        few.publish(other)
        gov.routes |= {letter.path: status(500) for letter in column.letters}
        manners = replace(MANNERS, retries=0)
        sources = (source(gov, "a"), source(other, "b"))
        story = Story(gov, tmp_path / "a.db", sources, manners)
        crawled = story.crawl()
    asked = [path for path in crawled.asked if path.startswith("/jytabl/2023")]
    assert 0 < len(asked) < 60
    assert crawled.reports["a"].rests
    assert crawled.reports["a"].blocked is None
    assert crawled.reports["b"].finished
    assert crawled.exit_code == 4
    states = [crawled.state(letter) for letter in column.letters]
    assert states.count("failed") == len(asked)
    assert states.count("pending") == 60 - len(asked)
    assert story.is_sound()


@shows("304 to our validators")
def test_304_is_a_visit_that_is_noted_and_nothing_is_rewritten(
    gov: Gov, column: Column, story: Story, move: Move
) -> None:
    gov.handlers.append(lambda heard: with_validators(heard, gov))
    first = story.crawl()
    move(1)
    again = story.crawl(Plan(recheck=timedelta(hours=1)))
    assert again.reports["qingyuan"].outcomes == {Outcome.SAME: 5}
    assert again.exit_code == 0
    with Archive.open(story.path, read_only=True) as archive:
        for letter in column.letters:
            was, now = first.reply(letter), again.reply(letter)
            assert was is not None
            assert now is not None
            assert record(now) == record(was)
            assert now.first_seen_at == was.first_seen_at
            assert now.last_seen_at is not None
            assert was.last_seen_at is not None
            assert now.last_seen_at > was.last_seen_at
            fetched = archive.db.execute(
                "select status, sha256 from fetches where url = ? order by id", [now.url]
            ).fetchall()
            assert fetched == [(200, was.sha256), (304, was.sha256)]
    assert story.is_sound()


def with_validators(heard: Heard, gov: Gov) -> Answer | None:
    """Answer as a server does that knows what it said before."""
    page = gov.pages.get(heard.path)
    if not isinstance(page, bytes) or heard.path == "/robots.txt":
        return None
    tag = f'"{hash(page) & 0xFFFFFF:x}"'
    if heard.headers.get("if-none-match") == tag:
        return Answer(304, {"ETag": tag})
    return Answer(200, {"ETag": tag}, page)


@each([ROUTES["404"], ROUTES["410"]])
def test_a_page_is_gone_after_a_second_look_on_another_day_and_its_record_is_kept(
    column: Column, story: Story, move: Move, route: Route
) -> None:
    removed = column.letters[2]
    before = story.crawl().reply(removed)
    assert before is not None
    story.gov.routes[removed.path] = route.fault
    gone = []
    for day in (1.0, 1.0, 2.0):
        move(day)
        kept = story.crawl(FULL).reply(removed)
        assert kept is not None
        assert (kept.text, kept.version, kept.sha256) == (before.text, 1, before.sha256)
        gone.append(kept.gone_at is not None)
    assert gone == [False, False, True]
    story.gov.routes.clear()
    move(3)
    back = story.crawl(FULL).reply(removed)
    assert back is not None
    assert back.gone_at is None
    assert story.is_sound()


@shows("404 for most of the site")
def test_many_pages_gone_at_once_are_the_fault_of_the_site_and_marked_by_nobody(
    story: Story, gov: Gov, move: Move
) -> None:
    column = Column(letters(12), per_page=12)
    column.publish(gov)
    story.crawl()
    gone = ROUTES["404 for most of the site"].fault
    gov.routes |= {letter.path: gone for letter in column.letters[1:]}
    for day in (1, 2, 3):
        move(day)
        crawled = story.crawl(FULL)
        (finding,) = crawled.reports["qingyuan"].findings
        assert "11 of the 12 pages" in finding
        assert crawled.exit_code == 5
    assert not any(reply.gone_at for reply in crawled.held.values())
    assert len(crawled.held) == 12
    assert story.is_sound()


@pytest.fixture
def turned_back(gov: Gov, column: Column, story: Story, move: Move) -> Story:
    """An archive of the future, in which a letter is edited after the clock was put right."""
    move(400)
    story.crawl()
    column.edit(3, word="殡葬服务")
    column.publish(gov)
    move(0)
    story.crawl(FULL)
    return story


@shows("a clock that ran ahead")
def test_an_archive_of_the_future_is_gone_on_with_and_nothing_is_lost(
    turned_back: Story, column: Column
) -> None:
    crawled = turned_back.crawls[-1]
    assert crawled.reports["qingyuan"].outcomes == {Outcome.SAME: 4, Outcome.CHANGED: 1}
    edited = crawled.reply(column.letters[2])
    assert edited is not None
    with Archive.open(turned_back.path, read_only=True) as archive:
        told = {version.reply.text for version in archive.versions(edited.id)}
    assert len(told) == 2
    assert turned_back.is_sound()


@shows("a clock that ran ahead")
def test_a_clock_that_ran_ahead_is_a_finding(turned_back: Story, column: Column) -> None:
    [finding] = turned_back.crawls[-1].reports["qingyuan"].findings
    assert "the clock of this machine is wrong now, or was wrong then" in finding
    assert turned_back.crawls[-1].exit_code == 5


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in another zone, where it is still yesterday."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_away")
@shows("a clock of another zone", "29 February and the turn of a year")
def test_days_are_those_that_are_printed_in_china(gov: Gov, story: Story) -> None:
    days = [date(2024, 2, 29), date(2024, 1, 1), date(2023, 12, 31)]
    column = Column([Letter(9 - n, day) for n, day in enumerate(days)])
    column.publish(gov)
    crawled = story.crawl()
    found = [crawled.reply(letter) for letter in column.letters]
    assert [reply and reply.published_on for reply in found] == days
    assert crawled.exit_code == 0


@shows("a reply of the future")
def test_a_day_of_the_future_is_flagged(gov: Gov, story: Story) -> None:
    column = Column([Letter(1, date(2099, 1, 1))])
    column.publish(gov)
    reply = story.crawl().reply(column.letters[0])
    assert reply is not None
    assert reply.published_on == date(2099, 1, 1)
    assert "future-date" in reply.flags
