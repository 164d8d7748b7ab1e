"""A page that fails for ever holds up nobody: what was asked for in vain comes last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest

from replyarc.archive import due
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.screen.reports import summary
from replyarc.screen.terminal import console
from replyarc.taking import now
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import Column, Letter, letters, source, walk
from tests.gov import Answer, Gov
from tests.test_missing import DAY, SOURCE, crawl, entry


def refuse(gov: Gov, letter: Letter, status: int = 403) -> None:
    gov.pages[letter.path] = Answer(status, {}, b"<html><body>Forbidden</body></html>")


def asked(gov: Gov) -> list[str]:
    return [path for path in gov.asked if path.endswith(".html") and "/t2023" in path]


@pytest.mark.parametrize("status", [403, 412])
async def test_a_page_that_is_refused_for_ever_starves_nobody(
    gov: Gov, archive: Archive, move: Move, status: int
) -> None:
    column = Column(letters(10), per_page=5)
    first = column.letters[0]
    for day in range(6):
        move(day)
        if day == 3:
            column.letters.insert(0, Letter(11, date(2023, 5, 18)))
        column.publish(gov)
        refuse(gov, first, status)
        (report,) = await walk(archive, source(gov))
        assert report.blocked is not None
        assert first.path in report.blocked
        assert report.finished is (day > 0)
        if day == 1:
            assert archive.count() == 9
        if day == 3:
            assert archive.count() == 10
    assert first.title not in {reply.title for reply in archive.replies(Query())}


async def test_what_fails_is_asked_for_after_the_new_entries_of_every_listing(
    gov: Gov, archive: Archive
) -> None:
    column, other = Column(letters(3)), Column([Letter(50, date(2023, 1, 1))], root="/taya/")
    column.publish(gov)
    refuse(gov, column.letters[2])
    both = replace(source(gov), urls=(f"{gov.url}/jytabl/index.html", f"{gov.url}/taya/index.html"))
    await walk(archive, both)
    column.letters.insert(0, Letter(4, date(2023, 5, 18)))
    other.publish(gov)
    column.publish(gov)
    refuse(gov, column.letters[3])
    gov.heard.clear()
    (report,) = await walk(archive, both)
    assert asked(gov) == [each.path for each in (*column.letters[:1], *other.letters)] + [
        column.letters[3].path
    ]
    assert report.finished
    assert archive.count() == 4


async def test_those_that_failed_least_often_come_first_and_those_that_are_due_before_them(
    gov: Gov, archive: Archive
) -> None:
    column = Column(letters(4))
    column.publish(gov)
    for each in column.letters[:2]:
        gov.pages[each.path] = Answer(404)
    await walk(archive, source(gov))
    archive.failed("qingyuan", gov.url + column.letters[0].path, "404", now())
    gov.heard.clear()
    await walk(archive, source(gov), plan=Plan(recheck=timedelta(seconds=-60)))
    assert asked(gov)[-2:] == [column.letters[1].path, column.letters[0].path]
    assert set(asked(gov)[:-2]) == {each.path for each in column.letters[2:]}
    entries = due.asked_in_vain(archive.db, "qingyuan", now())
    assert [entry.url for entry in entries] == [gov.url + column.letters[n].path for n in (1, 0)]


async def test_a_limit_is_not_used_up_by_what_fails(gov: Gov, archive: Archive) -> None:
    column = Column(letters(6), per_page=2)
    column.publish(gov)
    for each in column.letters[:2]:
        gov.pages[each.path] = Answer(404)
    for _ in range(6):
        await walk(archive, source(gov), plan=Plan(limit=1))
    assert archive.count() == 4


async def test_a_refused_page_is_told_once_and_by_its_name(gov: Gov, archive: Archive) -> None:
    column = Column(letters(2))
    column.publish(gov)
    refuse(gov, column.letters[1])
    (report,) = await walk(archive, source(gov))
    drawn = StringIO()
    console(drawn).print(summary([report], "a.db"))
    lines = [line for line in drawn.getvalue().splitlines() if column.letters[1].path in line]
    assert len(lines) == 1
    assert f"blocked: {column.letters[1].title}: {gov.url}" in lines[0]


def test_an_entry_that_is_listed_under_the_other_scheme_takes_its_row(archive: Archive) -> None:
    crawl(archive, 0, there=range(3))
    rows = [*archive.db.query("select id, first_crawl from entries order by id")]
    secure = [replace(entry(n), url=entry(n).url.replace("http:", "https:")) for n in range(3)]
    number = archive.begin(SOURCE, "trs", DAY + timedelta(days=1))
    listed = archive.listed("mz", secure, number, DAY + timedelta(days=1))
    assert [each.entry for each in listed] == secure
    assert all(each.changed for each in listed)
    assert rows == [*archive.db.query("select id, first_crawl from entries order by id")]
    assert archive.waiting("mz", DAY + timedelta(days=2)) == secure

    back = archive.listed("mz", [entry(0)], number, DAY + timedelta(days=1))
    assert [each.entry for each in back] == secure[:1], "listed twice in one crawl"
    (count,) = archive.db.execute("select count(*) from entries").fetchone()
    assert count == 3
