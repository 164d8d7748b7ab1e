"""The frontier: what listings held, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from replyarc.archive import due, missing
from replyarc.archive.frontier import ListedEntry, State
from replyarc.archive.store import Archive
from replyarc.model import Entry, Reply, Source
from replyarc.report import Tally, Walked
from tests.blank import blank

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
SOURCE = Source(name="mz", publisher="民政局", urls=("http://mz.gov.test/",), region="430600")
ONE = Entry("http://mz.gov.test/1.html", "第1号", date(2024, 4, 1))
TWO = Entry("http://mz.gov.test/2.html", "第2号")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as archive:
        yield archive


def begin(archive: Archive) -> int:
    return archive.begin(SOURCE, "auto", DAY)


def finish(archive: Archive, crawl: int, *, finished: bool = True) -> None:
    archive.finish(crawl, DAY, finished=finished, family="trs", report={"listed": 2, "问题": []})


def file(archive: Archive, entry: Entry, crawl: int, at: datetime = DAY) -> None:
    archive.file("mz", entry, Reply(url=entry.url, source="mz", title=entry.title), "", at, crawl)


def listed(archive: Archive, crawl: int, *entries: Entry) -> list[ListedEntry]:
    return archive.listed("mz", entries, crawl, DAY)


def test_an_entry_never_seen_before_is_noted_as_pending(archive: Archive) -> None:
    crawl = begin(archive)
    assert listed(archive, crawl, TWO, ONE) == [
        ListedEntry(TWO, None, settled=False, changed=False, asked_at=None),
        ListedEntry(ONE, None, settled=False, changed=False, asked_at=None),
    ]
    assert archive.waiting("mz", DAY) == [TWO, ONE]
    assert archive.waiting("other", DAY) == []


def test_an_archived_entry_is_settled_after_a_crawl_that_was_finished(archive: Archive) -> None:
    crawl = begin(archive)
    listed(archive, crawl, ONE)
    file(archive, ONE, crawl)
    assert [entry.settled for entry in listed(archive, crawl, ONE)] == [False]
    finish(archive, crawl, finished=False)
    assert [entry.settled for entry in listed(archive, begin(archive), ONE)] == [False]
    finish(archive, begin(archive))
    assert listed(archive, begin(archive), ONE) == [
        ListedEntry(ONE, State.ARCHIVED, settled=True, changed=False, asked_at=DAY)
    ]


def test_what_failed_is_settled_and_waits(archive: Archive) -> None:
    crawl = begin(archive)
    listed(archive, crawl, ONE)
    archive.failed("mz", ONE.url, "503", DAY)
    archive.failed("mz", ONE.url, "504", DAY)
    finish(archive, crawl)
    (one,) = listed(archive, begin(archive), ONE)
    assert (one.state, one.settled, one.asked_at) == (State.FAILED, True, DAY)
    assert archive.waiting("mz", DAY) == []
    assert due.asked_in_vain(archive.db, "mz", DAY) == [ONE]
    row = next(archive.db.query("select attempts, problem from entries"))
    assert row == {"attempts": 2, "problem": "504"}
    assert archive.states("mz") == {State.FAILED: 1}


def test_what_fails_for_long_is_asked_for_once_a_week_only(archive: Archive) -> None:
    listed(archive, begin(archive), ONE)
    for _ in range(due.PATIENCE):
        assert due.asked_in_vain(archive.db, "mz", DAY) or archive.waiting("mz", DAY) == [ONE]
        archive.failed("mz", ONE.url, "503", DAY)
    after = [timedelta(days=days) for days in (0, 6, 7.1)]
    asked = [due.asked_in_vain(archive.db, "mz", DAY + each) for each in after]
    assert asked == [[], [], [ONE]]


def test_what_cannot_be_read_is_settled_and_due_with_the_archived_ones(archive: Archive) -> None:
    crawl = begin(archive)
    listed(archive, crawl, ONE)
    archive.failed("mz", ONE.url, "no letter", DAY, kept=True)
    finish(archive, crawl)
    assert archive.look_up("mz", [ONE, TWO]) == [
        ListedEntry(ONE, State.UNREAD, settled=True, changed=False, asked_at=DAY),
        ListedEntry(TWO),
    ]
    assert archive.waiting("mz", DAY) == []
    assert archive.due("mz", DAY + timedelta(days=1)) == archive.known("mz") == [ONE]


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (ONE, False),
        (Entry(ONE.url, "第1号（修订）", ONE.listed_on), True),
        (Entry(ONE.url, ONE.title, date(2024, 4, 2)), True),
        (Entry(ONE.url, ONE.title, None), False),
        (Entry(ONE.url, "第…", ONE.listed_on), False),
        (Entry(ONE.url, "第2…", ONE.listed_on), True),
    ],
    ids=["same", "title", "day", "no day here", "cut short", "cut short, another"],
)
def test_a_listing_that_changed_makes_an_entry_pending_again(
    archive: Archive, now: Entry, changed: bool
) -> None:
    crawl = begin(archive)
    listed(archive, crawl, ONE)
    file(archive, ONE, crawl)
    (found,) = listed(archive, crawl, now)
    assert (found.state, found.changed) == (State.ARCHIVED, changed)
    assert archive.waiting("mz", DAY) == ([now] if changed else [])
    assert archive.known("mz") == ([] if changed else [ONE])


def test_archived_entries_are_due_after_a_while_the_oldest_first(archive: Archive) -> None:
    crawl = begin(archive)
    file(archive, ONE, crawl, DAY + timedelta(days=1))
    file(archive, TWO, crawl, DAY)
    assert archive.due("mz", DAY) == []
    assert archive.due("mz", DAY + timedelta(days=1)) == [TWO]
    assert archive.due("mz", DAY + timedelta(days=2)) == [TWO, ONE]


def test_an_entry_that_comes_back_is_no_longer_failed_or_gone(archive: Archive) -> None:
    crawl = begin(archive)
    file(archive, ONE, crawl)
    file(archive, TWO, crawl)
    missing.note(archive, "mz", ONE.url, crawl, DAY, "404")
    missing.judge(archive, crawl, sound=True)
    assert archive.states("mz") == {State.ARCHIVED: 1, State.MISSING: 1}
    archive.failed("mz", ONE.url, "503", DAY)
    file(archive, ONE, crawl)
    row = next(archive.db.query("select state, attempts, problem, gone_at, missed from entries"))
    nothing = {"problem": None, "gone_at": None, "missed": None}
    assert row == {"state": "archived", "attempts": 0} | nothing


def test_a_source_keeps_the_family_that_was_found(archive: Archive) -> None:
    assert archive.last_family("mz") is None
    crawl = begin(archive)
    assert archive.last_family("mz") is None
    finish(archive, crawl)
    begin(archive)
    assert archive.last_family("mz") == "trs"


def test_a_crawl_leaves_its_report(archive: Archive) -> None:
    finish(archive, begin(archive))
    row = next(archive.db.query("select * from crawls"))
    assert json.loads(row.pop("report")) == {"listed": 2, "问题": []}
    assert row == {
        "id": 1,
        "source": "mz",
        "family": "trs",
        "started_at": "2024-05-01T08:00:00.000000Z",
        "ended_at": "2024-05-01T08:00:00.000000Z",
        "finished": 1,
    }


NOTICE = Entry("http://mz.gov.test/n.html", "关于做好办理工作的通知", left_out="notice")
ELSEWHERE = Entry("http://else.test/n.html", "关于修桥的答复", left_out="other host")


def test_a_row_that_is_left_out_is_noted_with_its_reason_and_never_waits(archive: Archive) -> None:
    crawl = begin(archive)
    listed(archive, crawl, ELSEWHERE, ONE)
    assert archive.waiting("mz", DAY) == [ONE]
    assert archive.tally("mz") == Tally(pending=1, left_out={"other host": 1})
    finish(archive, crawl)
    assert listed(archive, begin(archive), ELSEWHERE)[0].settled


def test_a_notice_waits_as_a_reply_does_and_is_counted_apart(archive: Archive) -> None:
    crawl = begin(archive)
    listed(archive, crawl, NOTICE, ONE)
    assert archive.waiting("mz", DAY) == [replace(NOTICE, left_out=None), ONE]
    assert archive.tally("mz") == Tally(pending=2)
    file(archive, NOTICE, crawl)
    file(archive, ONE, crawl)
    assert archive.tally("mz") == Tally(archived=1, left_out={"notice": 1})


def test_a_row_is_asked_for_once_it_is_no_longer_left_out(archive: Archive) -> None:
    crawl = begin(archive)
    listed(archive, crawl, ELSEWHERE)
    wanted = replace(ELSEWHERE, left_out=None)
    listed(archive, crawl, wanted)
    assert archive.waiting("mz", DAY) == [wanted]
    listed(archive, crawl, ELSEWHERE)
    assert archive.waiting("mz", DAY) == []


def test_a_reply_that_is_held_stays_held_though_its_row_is_left_out_now(archive: Archive) -> None:
    crawl = begin(archive)
    listed(archive, crawl, ONE)
    file(archive, ONE, crawl)
    listed(archive, crawl, replace(ONE, left_out="other host"))
    assert archive.tally("mz") == Tally(archived=1)


def test_the_numbers_of_a_row_are_kept_and_not_wiped_out(archive: Archive) -> None:
    crawl = begin(archive)
    numbered = replace(ONE, index_number="A/1", document_number="清民函〔2024〕1号")
    listed(archive, crawl, ONE)
    listed(archive, crawl, numbered)
    assert archive.waiting("mz", DAY) == [numbered]
    listed(archive, crawl, ONE)
    assert archive.waiting("mz", DAY) == [numbered]


def test_what_became_of_all_entries_is_counted(archive: Archive) -> None:
    crawl = begin(archive)
    three, four = replace(TWO, url=TWO.url + "?3"), replace(TWO, url=TWO.url + "?4")
    listed(archive, crawl, ONE, TWO, three, four, NOTICE, ELSEWHERE)
    file(archive, NOTICE, crawl)
    file(archive, ONE, crawl)
    archive.failed("mz", TWO.url, "503", DAY)
    archive.failed("mz", three.url, "no letter", DAY, kept=True)
    assert archive.tally("mz") == Tally(
        archived=1, failed=1, pending=1, unread=1, left_out={"notice": 1, "other host": 1}
    )
    assert archive.tally("other") == Tally()


def test_a_listing_is_remembered_as_it_was_last_walked_whole(archive: Archive) -> None:
    url = "http://mz.gov.test/"
    whole = Walked(
        url=url,
        family="trs",
        pages=3,
        announced=41,
        rows=41,
        left_out={"notice": 1},
        to_end=True,
        whole=True,
    )
    assert archive.last_walked("mz", url) is None
    archive.walked(begin(archive), whole)
    archive.walked(begin(archive), replace(whole, announced=44, whole=False))
    assert archive.last_walked("mz", url) == whole
    assert archive.last_walked("mz", url + "b") is None
    assert archive.last_walked("other", url) is None
