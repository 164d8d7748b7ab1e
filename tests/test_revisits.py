"""What is held is named to its site: pages that did not change are not sent a second time."""

from __future__ import annotations

import gzip
from collections import deque
from pathlib import Path

import pytest

from replyarc.archive.answers import answer
from replyarc.archive.database import rows
from replyarc.archive.evidence_rows import snapshot
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.export.warc import write_warc
from replyarc.model import Outcome
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import Column, Letter, letters, source, walk
from tests.gov import Answer, Gov, Heard, redirect, status
from tests.unchanging import conditional, tagging


@pytest.fixture
def column(gov: Gov) -> Column:
    made = Column(letters(4))
    made.publish(gov)
    tagging(gov)
    return made


def fetches(archive: Archive, path: str) -> list[tuple[int, str]]:
    found = rows(archive.db, "select status, sha256 from fetches where url like ?", [f"%{path}"])
    return [(row["status"], row["sha256"]) for row in found]


async def test_an_unchanged_letter_is_not_sent_again(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    move(0)
    await walk(archive, source(gov))
    (before,) = archive.find(column.letters[0].title)
    move(91)
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.SAME: 4}
    assert {each.path for each in column.letters} <= {*conditional(gov)}
    (after,) = archive.find(column.letters[0].title)
    assert (after.last_seen_at, after.version, after.sha256) > (before.last_seen_at, 1, "")
    assert after.text == before.text
    first, second = fetches(archive, column.letters[0].path)
    assert (first[0], second) == (200, (304, first[1]))
    assert verify(archive.path).damage == []


async def test_an_unchanged_listing_is_asked_for_and_not_sent_again(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    assert [each for each in gov.asked if each != "/robots.txt"] == conditional(gov)
    assert (report.pages, report.listed, report.finished) == (2, 4, True)


async def test_a_listing_that_changed_is_sent_and_read(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    column.letters.insert(0, Letter(9, column.letters[0].day))
    column.publish(gov)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 1}


async def test_a_site_that_calls_everything_unchanged_is_not_believed_for_longer_than_a_week(
    gov: Gov, archive: Archive, move: Move
) -> None:
    column = Column(letters(2))
    column.publish(gov)
    tagging(gov, lies=True)
    move(0)
    await walk(archive, source(gov))
    column.letters.insert(0, Letter(9, column.letters[0].day))
    column.publish(gov)
    move(6)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {}
    move(8)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 1}


async def test_a_full_crawl_has_everything_sent_again(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    gov.heard.clear()
    (report,) = await walk(archive, source(gov), plan=Plan(full=True))
    assert conditional(gov) == []
    assert report.outcomes == {Outcome.SAME: 4}


async def test_after_a_look_that_failed_the_whole_page_is_asked_for(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    letter = column.letters[0]
    move(0)
    await walk(archive, source(gov))
    move(91)
    gov.faults[letter.path] = deque([status(404)])
    await walk(archive, source(gov))
    move(92)
    gov.heard.clear()
    await walk(archive, source(gov))
    assert gov.count(letter.path) == 1
    assert letter.path not in conditional(gov)


async def test_what_a_redirect_led_to_is_asked_for_whole(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    letter = column.letters[0]
    move(0)
    gov.pages["/moved.html"] = gov.pages[letter.path]
    gov.faults[letter.path] = deque([redirect("/moved.html"), redirect("/moved.html")])
    await walk(archive, source(gov))
    move(91)
    gov.heard.clear()
    await walk(archive, source(gov))
    assert gov.count("/moved.html") == 1
    assert {letter.path, "/moved.html"}.isdisjoint(conditional(gov))


async def test_a_letter_whose_bytes_are_damaged_is_sent_again(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    letter = column.letters[0]
    move(0)
    await walk(archive, source(gov))
    (reply,) = archive.find(letter.title)
    archive.db.execute("update bodies set data = x'00' where sha256 = ?", [reply.sha256])
    archive.db.conn.commit()
    move(91)
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    assert gov.count(letter.path) == 2  # 304 for what cannot be read, then whole
    assert report.outcomes == {Outcome.SAME: 4}
    assert archive.body(reply.sha256) == letter.page()


def gbk_site(gov: Gov, letter: Letter, unchanged: str) -> None:
    """Serve a letter in GBK, of which only the header says so, and another with a 304."""
    body = letter.page().replace(b'<meta charset="utf-8">', b"").decode().encode("gb18030")

    def handler(heard: Heard) -> Answer | None:
        if heard.path != letter.path:
            return None
        day = "Wed, 17 May 2023 08:00:00 GMT"
        if heard.headers.get("if-modified-since") == day:
            return Answer(304, {"Content-Type": unchanged})
        said = {"Content-Type": "text/html; charset=gbk", "Last-Modified": day}
        return Answer(200, said, body)

    gov.handlers.append(handler)


@pytest.mark.parametrize("unchanged", ["", "text/html; charset=utf-8", "image/png"])
async def test_what_is_held_is_read_by_what_came_with_it_whatever_a_304_says(
    gov: Gov, archive: Archive, move: Move, unchanged: str
) -> None:
    column = Column(letters(1))
    column.publish(gov)
    gbk_site(gov, column.letters[0], unchanged)
    move(0)
    await walk(archive, source(gov))
    (before,) = archive.find(column.letters[0].title)
    move(91)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.SAME: 1}
    (after,) = archive.find(column.letters[0].title)
    assert (after.text, after.version) == (before.text, 1)
    assert after.first_seen_at
    came = answer(archive, after.url, after.sha256, after.first_seen_at, after.url)
    assert came.header("content-type") == "text/html; charset=gbk"


@pytest.mark.parametrize(
    ("modified", "is_named"),
    [
        ("Wed, 17 May 2023 08:00:00 GMT", True),
        ("Wed, 17 May 2023 09:59:58 GMT", False),  # it may change again in the same second
        ("Wed, 17 May 2023 10:00:00 GMT", False),
        ("Fri, 17 May 2030 08:00:00 GMT", False),  # no day of a change
        ("yesterday", False),
        ("Wed, 17 May 99999 08:00:00 GMT", False),
    ],
)
async def test_a_day_of_change_is_named_only_where_it_was_past(
    gov: Gov, archive: Archive, move: Move, modified: str, is_named: bool
) -> None:
    column = Column(letters(1))
    column.publish(gov)
    letter = column.letters[0]
    said = {"Last-Modified": modified, "Date": "Wed, 17 May 2023 10:00:00 GMT"}
    gov.pages[letter.path] = Answer(200, said, letter.page())
    await walk(archive, source(gov))
    gov.heard.clear()
    move(91)
    await walk(archive, source(gov))
    (heard,) = (each for each in gov.heard if each.path == letter.path)
    assert heard.headers.get("if-modified-since") == (modified if is_named else None)


async def test_a_listing_page_that_could_not_be_read_is_asked_for_whole_the_next_time(
    gov: Gov, archive: Archive
) -> None:
    """A site may give one name to all of its pages, and to the one that says that it is shut."""
    column = Column(letters(2))
    column.publish(gov)
    shut = b"<html><title>shut</title><body><p>.</p></body></html>"

    def handler(heard: Heard) -> Answer | None:
        page = shut if is_shut else gov.pages.get(heard.path)
        if heard.headers.get("if-none-match"):
            return Answer(304, {"ETag": '"site"'})
        return Answer(200, {"ETag": '"site"'}, page) if isinstance(page, bytes) else None

    gov.handlers.append(handler)
    is_shut = True
    (report,) = await walk(archive, source(gov))
    assert report.findings
    is_shut = False
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 2}
    assert not report.findings


async def test_a_letter_that_is_held_and_refused_is_asked_for_whole_the_next_time(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    """What an older replyarc took for a letter may be found to be none by what reads it now."""
    letter = column.letters[0]
    gov.pages[letter.path] = (
        "<html><title>网站维护公告</title><body><h1>网站维护公告</h1><p>本网站暂停服务。</p></body></html>"
    ).encode()
    await walk(archive, source(gov))
    archive.db.execute("update fetches set problem = null where url like ?", [f"%{letter.path}"])
    archive.db.conn.commit()
    for days, named in ((1, True), (2, False)):
        move(days)
        gov.heard.clear()
        (report,) = await walk(archive, source(gov))
        assert report.blocked is not None
        assert (letter.path in conditional(gov)) is named


async def test_a_warc_tells_what_the_site_said_was_unchanged(
    gov: Gov, archive: Archive, column: Column, move: Move, tmp_path: Path
) -> None:
    pytest.importorskip("warcio", reason="the extra warc is not installed")
    from warcio.archiveiterator import ArchiveIterator

    move(0)
    await walk(archive, source(gov))
    move(91)
    await walk(archive, source(gov))
    path = tmp_path / "all.warc.gz"
    with path.open("wb") as out, snapshot(archive) as kept:
        write_warc(kept, out)
    with gzip.open(path) as file:
        revisits = [
            (
                each.rec_headers["WARC-Profile"].rpartition("/")[2],
                each.http_headers.get_statuscode(),
            )
            for each in ArchiveIterator(file)
            if each.rec_type == "revisit"
        ]
    unchanged = [profile for profile, code in revisits if code == "304"]
    assert {*unchanged} == {"server-not-modified"}
    assert len(unchanged) >= 4 + 2  # the letters and the pages of the listing


def test_a_form_is_never_asked_for_conditionally(archive: Archive) -> None:
    from datetime import UTC, datetime

    from replyarc.archive.revisits import held
    from replyarc.model import Request

    form = Request("http://www.qingyuan.gov.test/list", form=(("page", "2"),))
    assert held(archive.db, form, datetime(2020, 1, 1, tzinfo=UTC)) is None
