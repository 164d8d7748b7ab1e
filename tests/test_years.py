"""Years of a site's life, a crawl a night: what is found and what is said on which of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from replyarc.archive import history
from replyarc.archive.ledger import settle
from replyarc.archive.schema import bring_up
from replyarc.findings import Finding, Told
from replyarc.instants import CHINA
from replyarc.manners import Window
from replyarc.report import Report
from tests.clock import Move
from tests.column import Column, Letter, letters, source
from tests.gov import Answer, Gov, Heard, instead, status
from tests.test_status import Redesigned, Watching

CHALLENGE = Answer(412, {}, b"<html><script>$_ts={};</script></html>")
SHUT = Answer(body="<html><title>系统维护</title><h1>系统维护中，请稍后访问</h1></html>".encode())
SCRIPT = b'<html><body><div id="app"></div><script src="/app.js"></script></body></html>'


@dataclass
class Years(Watching):
    """A column and its archive; ``nights`` are the crawls so far, by day."""

    @classmethod
    def of(cls, gov: Gov, path: Path, move: Move, count: int, per_page: int = 30) -> Years:
        """Begin with a column of so many letters."""
        column = Column(letters(count), per_page=per_page)
        return cls(path / "a.db", gov, column, move, source(gov))

    async def nights(self, days: Iterable[int]) -> dict[int, tuple[Report, list[Told]]]:
        """Crawl on several days, and return what came of each."""
        return {day: await self.crawl(day) for day in days}

    def new(self, number: int, kind: type[Letter] = Letter) -> None:
        """Publish a letter, on top."""
        self.add(kind(number, date(2023, 6, 1) + timedelta(days=number % 1000)))


def said(nights: dict[int, tuple[Report, list[Told]]]) -> dict[int, set[str]]:
    """What is said on which day, where something is; of what is over, that."""
    words = {
        day: {
            ("over " if each.is_over else "") + each.finding.kind for each in told if each.is_said
        }
        for day, (_, told) in nights.items()
    }
    return {day: kinds for day, kinds in words.items() if kinds}


def wrong(nights: dict[int, tuple[Report, list[Told]]]) -> set[int]:
    """The days on which a crawl ends with the exit code of a finding."""
    return {day for day, (report, _) in nights.items() if report.is_wrong}


async def test_a_redesign_is_found_in_a_column_of_few_letters(
    gov: Gov, tmp_path: Path, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LOOKS_BACK", 4)  # nights; letters come in few of them
    column = Years.of(gov, tmp_path, move, 12)
    await column.nights([0])
    told: set[int] = set()
    for number in range(12):
        column.new(1001 + number, Redesigned if number else Letter)
        told |= said(await column.nights([3 * number + 1])).keys()
    assert min(told) == 3 * 9 + 1  # of ten letters since the first walk, nine lack it


async def test_a_session_that_is_removed_is_found_where_no_total_is_announced(
    gov: Gov, tmp_path: Path, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LOOKS_BACK", 3)
    column = Years.of(gov, tmp_path, move, 24, per_page=4)
    assert not said(await column.nights(range(4)))
    del column.column.letters[8:]
    nights = await column.nights([*range(91, 96), 98])
    assert said(nights) == {91: {"shrinking"}, 98: {"shrinking"}}
    assert wrong(nights) == {*nights}  # it lasts, though no crawl since came to the end


async def test_a_column_that_is_parted_by_years_is_no_fall(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 12)
    await column.nights(range(2))
    column.new(1013)
    Column(column.column.letters[1:], root="/jytabl/2023/").publish(gov)
    Column(column.column.letters[:1], root="/jytabl/2024/").publish(gov)
    rows = "".join(
        f'<li><a href="/jytabl/{year}/index.html">{year}年建议提案办理</a></li>'
        for year in (2024, 2023)
    )
    index = f'<html><meta charset="utf-8"><ul class="list">{rows}</ul></html>'
    gov.routes["/jytabl/index.html"] = instead(Answer(body=index.encode()))
    nights = await column.nights(range(2, 5))
    assert not said(nights)
    assert nights[2][0].tally is not None
    assert nights[2][0].tally.archived == 13


async def test_a_block_is_said_once_a_week_and_when_it_becomes_another(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 3)
    answer = CHALLENGE

    def gate(heard: Heard) -> Answer | None:
        return None if heard.path == "/robots.txt" else answer

    gov.handlers.append(gate)
    challenged = await column.nights(range(9))
    answer = SHUT
    shut = await column.nights(range(9, 11))
    gov.handlers.clear()
    assert said(challenged | shut | await column.nights([11])) == {
        0: {"blocked"},
        7: {"blocked"},
        9: {"blocked"},
        11: {"over blocked"},
    }


async def test_a_listing_that_nobody_can_read_is_one_finding_and_not_two(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 3)
    await column.nights([0])
    gov.routes["/jytabl/index.html"] = instead(Answer(body=SCRIPT))
    nights = await column.nights(range(1, 10))
    assert said(nights) == {1: {"listing"}, 8: {"listing"}}
    gov.routes.clear()
    assert said(await column.nights([10])) == {10: {"over listing"}}


async def test_a_site_that_is_broken_is_said_to_be_and_again_when_it_lasts_then_once_a_week(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 3)
    gov.routes["/jytabl/index.html"] = status(503)
    nights = await column.nights(range(15))
    both = {"failed", "unfinished"}
    assert said(nights) == {0: {"failed"}, 2: {"unfinished"}, 7: both, 14: both}
    assert wrong(nights) == set(range(2, 15))


async def test_one_page_that_fails_for_ever_is_no_finding_of_a_small_column(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 12)
    gov.routes[column.column.letters[4].path] = status(404)
    nights = await column.nights(range(20))
    assert not wrong(nights)
    asked = [day for day, (report, _) in nights.items() if report.problems]
    assert asked == [*range(10), 16]  # then once a week


async def test_pages_that_show_no_letter_are_told_and_grave_where_they_are_many(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 12)

    def empty(letter: Letter) -> None:
        page = f'<html><meta charset="utf-8"><h1>{letter.title}</h1></html>'
        gov.routes[letter.path] = instead(Answer(body=page.encode()))

    empty(column.column.letters[0])
    nights = await column.nights(range(3))
    assert "unread" in said(nights)[0]
    assert not wrong(nights)
    for number in (2001, 2002):
        column.new(number)
        empty(column.column.letters[0])
    assert wrong(await column.nights([3, 4])) == {3, 4}


async def test_crawls_that_always_come_when_the_window_is_shut_are_found(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 3)
    hour = (datetime.now(UTC).astimezone(CHINA).hour + 3) % 24
    column.source = replace(column.source, window=Window(time(hour), time(hour, 30)))
    nights = await column.nights(range(9))
    assert said(nights) == {7: {"hours"}}
    assert wrong(nights) == {7, 8}
    assert gov.heard == []


async def test_all_letters_of_a_night_are_had_in_that_night_and_none_twice(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 12, per_page=10)
    await column.nights(range(3))
    heard = len(gov.asked)
    column.column.letters[:0] = [Letter(9000 - n, date(2024, 1, 1)) for n in range(60)]
    report, _ = (await column.nights([3]))[3]
    asked = gov.asked[heard:]
    pages = [path for path in asked if "/t2023" in path]
    assert (len(pages), len({*pages})) == (60, 60)
    assert len(asked) - 60 <= 7 + 2 + 1  # pages to the first known one, two to look again, robots
    assert report.finished


def test_a_reminder_comes_on_its_day_though_that_crawl_ended_a_little_earlier() -> None:
    db = Database(memory=True, recursive_triggers=False, execute_plugins=False)
    bring_up(db)
    at = datetime(2026, 11, 20, 2, tzinfo=UTC)
    stale = Finding(source="qingyuan", kind="stale", text="nothing new")
    few = Finding(source="qingyuan", kind="failing", text="one", measure="1", grave=False)
    settle(db, "qingyuan", [stale], at)
    assert settle(db, "qingyuan", [stale, few], at + timedelta(days=1))[1].is_news
    week = settle(db, "qingyuan", [stale, few], at + timedelta(days=7, seconds=-9))
    assert [each.is_reminder for each in week] == [True, True]  # all that last, on one day
    many = replace(few, grave=True)
    assert settle(db, "qingyuan", [stale, many], at + timedelta(days=8))[1].is_news
    over = settle(db, "qingyuan", [stale], at + timedelta(days=9))[1]
    assert (over.is_over, over.finding.grave) == (True, True)
    db.close()
