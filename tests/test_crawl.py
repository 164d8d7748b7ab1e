"""Whole walks over a government on loopback: new, again, changed, interrupted, misbehaving."""

from __future__ import annotations

import asyncio
import gzip
import threading
from asyncio import StreamWriter
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.model import Outcome
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import MANNERS, Column, Letter, letters, source, walk
from tests.gov import (
    Answer,
    Fault,
    Gov,
    cut,
    drip,
    half_gzip,
    head_of,
    redirect,
    reset,
    serving,
    status,
)


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture
def column(gov: Gov) -> Column:
    made = Column(letters(7))
    made.publish(gov)
    return made


def titles(archive: Archive) -> set[str]:
    return {reply.title for reply in archive.replies(Query())}


async def test_a_first_crawl_archives_all_that_is_listed(
    gov: Gov, archive: Archive, column: Column
) -> None:
    (report,) = await walk(archive, source(gov))
    assert titles(archive) == {letter.title for letter in column.letters}
    assert report.finished
    assert (report.family, report.pages, report.listed) == ("trs", 3, 7)
    assert report.outcomes == {Outcome.NEW: 7}
    assert not report.problems
    assert not report.findings


async def test_a_second_crawl_asks_for_the_first_listing_page_and_one_more(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    asked = [path for path in gov.asked if path != "/robots.txt"]
    assert asked == [column.listing(1), column.listing(2)]
    assert report.finished
    assert report.outcomes == {}


async def test_a_crawl_stops_one_page_behind_the_first_that_holds_nothing_new(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    column.letters[:0] = [Letter(8, date(2023, 6, 1))]
    column.publish(gov)
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    asked = [path for path in gov.asked if path != "/robots.txt"]
    pages = [column.listing(number) for number in (1, 2, 3)]
    assert asked == [*pages, column.letters[0].path]
    assert report.outcomes == {Outcome.NEW: 1}


async def test_a_new_day_in_the_listing_has_the_reply_asked_for_again(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    column.edit(6, word="社区养老", day=date(2023, 6, 2))
    column.publish(gov)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.CHANGED: 1}
    (reply,) = archive.find("990123006/2023-00006")
    assert reply.version == 2
    assert "社区养老" in reply.text


async def test_a_full_crawl_finds_what_was_edited_and_what_is_gone(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    column.edit(1, word="殡葬服务")
    removed = column.letters.pop(3)
    column.publish(gov)
    del gov.pages[removed.path]
    (report,) = await walk(archive, source(gov), plan=Plan(full=True))
    assert report.outcomes == {Outcome.SAME: 5, Outcome.CHANGED: 1, Outcome.GONE: 1}
    assert archive.find(removed.title)[0].text
    assert not report.problems


async def test_a_reply_is_asked_for_again_after_recheck(
    gov: Gov, archive: Archive, column: Column
) -> None:
    await walk(archive, source(gov))
    (report,) = await walk(archive, source(gov), plan=Plan(recheck=timedelta(seconds=-60)))
    assert report.outcomes == {Outcome.SAME: 7}


async def test_a_limited_crawl_is_gone_on_with_to_the_end(
    gov: Gov, archive: Archive, column: Column
) -> None:
    first = await walk(archive, source(gov), plan=Plan(limit=4))
    second = await walk(archive, source(gov), plan=Plan(limit=2))
    third = await walk(archive, source(gov))
    assert [each[0].outcomes.total() for each in (first, second, third)] == [4, 2, 1]
    assert [each[0].finished for each in (first, second, third)] == [False, False, True]
    assert len(titles(archive)) == 7


async def test_an_early_stop_does_not_trust_a_walk_that_did_not_end(
    gov: Gov, archive: Archive, column: Column
) -> None:
    gov.faults[column.listing(2)] = deque([status(503)] * 3)
    (broken,) = await walk(archive, source(gov))
    (mended,) = await walk(archive, source(gov))
    assert not broken.finished
    assert broken.outcomes == {Outcome.NEW: 4}
    assert "503" in broken.findings[0]
    assert mended.finished
    assert mended.outcomes == {Outcome.NEW: 3}


async def test_what_failed_is_asked_for_again_although_the_listing_shows_nothing_new(
    gov: Gov, archive: Archive, column: Column
) -> None:
    path = column.letters[-1].path
    gov.faults[path] = deque([status(503)] * 3)
    (first,) = await walk(archive, source(gov))
    (second,) = await walk(archive, source(gov))
    assert first.outcomes == {Outcome.NEW: 6, Outcome.FAILED: 1}
    assert "503" in first.problems[0]
    assert second.outcomes == {Outcome.NEW: 1}


PASSING = {
    "503 twice": [status(503), status(503)],
    "a reset": [reset()],
    "half a gzip body": [half_gzip()],
    "a body cut short": [cut(), cut()],
}


@pytest.mark.parametrize("faults", PASSING.values(), ids=PASSING)
async def test_a_fault_that_passes_is_ridden_out(
    gov: Gov, archive: Archive, column: Column, faults: list[Fault]
) -> None:
    path = column.letters[2].path
    gov.faults[path] = deque(faults)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 7}
    assert gov.count(path) == len(faults) + 1


LASTING = {
    "half a gzip body": ([half_gzip()] * 3, "broke off"),
    "a body cut short": ([cut()] * 3, "broke off"),
    "a slow drip": ([drip(0.05)] * 3, "whole"),
    "a redirect to a private address": ([redirect("http://10.0.0.1/1.html")], "10.0.0.1"),
    "a redirect to a file": ([redirect("file:///etc/passwd")], "file"),
}


@pytest.mark.parametrize(("faults", "word"), LASTING.values(), ids=LASTING)
async def test_a_fault_that_lasts_costs_one_reply_and_is_reported(
    gov: Gov, archive: Archive, column: Column, faults: list[Fault], word: str
) -> None:
    gov.faults[column.letters[2].path] = deque(faults)
    manners = replace(MANNERS, timeout=0.5, private_addresses=True)
    (report,) = await walk(archive, source(gov), manners=manners)
    assert report.outcomes == {Outcome.NEW: 6, Outcome.FAILED: 1}
    (problem,) = report.problems
    assert column.letters[2].path in problem
    assert word in problem
    assert len(titles(archive)) == 6


async def test_a_redirect_loop_is_reported(gov: Gov, archive: Archive, column: Column) -> None:
    path = column.letters[0].path
    gov.faults[path] = deque([redirect(path)] * 9)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 6, Outcome.FAILED: 1}


async def test_a_site_that_turns_programs_away_is_left_alone(
    gov: Gov, archive: Archive, column: Column
) -> None:
    gov.faults[column.letters[1].path] = deque([status(412)])
    (report,) = await walk(archive, source(gov))
    asked = gov.asked
    assert asked[-1] == column.letters[1].path
    assert report.blocked is not None
    assert not report.finished
    assert report.outcomes == {Outcome.NEW: 1, Outcome.FAILED: 1}
    (after,) = await walk(archive, source(gov))
    assert after.finished
    assert len(titles(archive)) == 7


async def test_a_site_that_asks_for_a_long_pause_is_left_alone(
    gov: Gov, archive: Archive, column: Column
) -> None:
    gov.faults[column.letters[1].path] = deque([status(429, {"Retry-After": "86400"})])
    (report,) = await walk(archive, source(gov))
    assert gov.asked[-1] == column.letters[1].path
    assert "429" in (report.blocked or "")
    assert report.outcomes == {Outcome.NEW: 1, Outcome.FAILED: 1}


async def test_a_listing_that_robots_txt_forbids_is_not_asked_for(
    gov: Gov, archive: Archive, column: Column
) -> None:
    gov.pages["/robots.txt"] = b"User-agent: *\nDisallow: /jytabl/\n"
    (report,) = await walk(archive, source(gov))
    assert gov.asked == ["/robots.txt"]
    assert "robots.txt" in (report.blocked or "")


async def test_a_missing_page_that_the_listing_shows_is_a_failure(
    gov: Gov, archive: Archive, column: Column
) -> None:
    del gov.pages[column.letters[4].path]
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 6, Outcome.FAILED: 1}


async def test_an_empty_listing_is_a_finding(gov: Gov, archive: Archive) -> None:
    gov.pages["/jytabl/index.html"] = b"<html><body><ul></ul></body></html>"
    (report,) = await walk(archive, source(gov))
    assert len(report.findings) == 1
    assert "no entry" in report.findings[0]
    assert not report.finished


async def test_a_listing_may_be_empty_until_a_day_that_is_told(gov: Gov, archive: Archive) -> None:
    gov.pages["/jytabl/index.html"] = b"<html><body><ul></ul></body></html>"
    new = replace(source(gov), allow_empty_until=date(2100, 1, 1))
    (report,) = await walk(archive, new)
    assert report.findings == []
    assert report.finished


async def test_an_empty_page_in_the_middle_is_a_finding_and_no_end(
    gov: Gov, archive: Archive, column: Column
) -> None:
    full, empty = gov.pages[column.listing(2)], b"<html><body><ul></ul></body></html>"
    gov.pages[column.listing(2)] = empty
    (report,) = await walk(archive, source(gov))
    gov.pages[column.listing(2)] = full
    (mended,) = await walk(archive, source(gov))
    assert len(report.findings) == 1
    assert not report.finished
    assert mended.finished
    assert len(titles(archive)) == 7


async def test_a_pager_that_leads_back_is_a_finding(gov: Gov, archive: Archive) -> None:
    link = '<a href="/r/t20230517_{n}.html">清源市民政局关于第{n}号建议的答复</a>'
    row = f"<li>{link}<span>2023-05-17</span></li>"
    for page, onward in ((1, 2), (2, 1)):
        rows = "".join(row.format(n=page * 100 + n) for n in range(3))
        gov.pages[f"/list{page}.html"] = (
            f'<html><body><ul>{rows}</ul><a href="/list{onward}.html">下一页</a></body></html>'
        ).encode()
    (report,) = await walk(archive, source(gov, path="/list1.html"))
    assert report.pages == 2
    assert len(report.findings) == 1
    assert not report.finished


async def test_fewer_entries_than_announced_are_a_finding(gov: Gov, archive: Archive) -> None:
    letter = Letter(1, date(2023, 5, 17))
    row = f'<li><a href="{letter.path}">{letter.title}</a><span>2023-05-17</span></li>'
    gov.pages["/list.html"] = (
        f"<html><body><ul>{row}</ul>"
        f"<script>createPageHTML('page_div',1, 1,'list','html',9);</script></body></html>"
    ).encode()
    gov.pages[letter.path] = letter.page()
    (report,) = await walk(archive, source(gov, path="/list.html"))
    assert report.announced == 9
    assert "9" in report.findings[0]


async def test_what_one_listing_announces_is_not_asked_of_another(
    gov: Gov, archive: Archive
) -> None:
    call = "<script>createPageHTML('page_div',1, 1,'a','html',2);</script>"
    for path, numbers, script in (("/a.html", (1, 2), call), ("/b.html", (3,), "")):
        shown = [Letter(number, date(2023, 5, 17)) for number in numbers]
        rows = "".join(
            f'<li><a href="{each.path}">{each.title}</a><span>{each.day}</span></li>'
            for each in shown
        )
        gov.pages[path] = f"<html><ul>{rows}</ul>{script}</html>".encode()
        gov.pages |= {each.path: each.page() for each in shown}
    both = replace(source(gov), urls=(f"{gov.url}/a.html", f"{gov.url}/b.html"), family="ucap")
    (report,) = await walk(archive, both)
    assert report.finished
    assert report.findings == []
    assert report.outcomes == {Outcome.NEW: 3}


async def test_max_pages_bounds_a_walk(gov: Gov, archive: Archive, column: Column) -> None:
    (report,) = await walk(archive, replace(source(gov), max_pages=2))
    assert (report.pages, len(titles(archive))) == (2, 6)
    assert report.finished


async def test_a_listing_address_that_is_a_file_is_a_finding(gov: Gov, archive: Archive) -> None:
    gov.pages["/jytabl/index.html"] = b"%PDF-1.7 ..."
    (report,) = await walk(archive, source(gov))
    assert "PDF" in report.findings[0]


async def test_bytes_are_kept_even_where_the_page_cannot_be_read(
    gov: Gov, archive: Archive, column: Column
) -> None:
    body = b"<html><head><title>x</title></head><body>a new layout</body></html>"
    gov.pages[column.letters[0].path] = body
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 6, Outcome.FAILED: 1}
    (sha256,) = archive.db.execute(
        "select sha256 from fetches where url like ?", [f"%{column.letters[0].path}"]
    ).fetchone()
    assert archive.body(sha256) == body


BAD_PAGES = {
    "0 bytes": (b"", "letter"),
    "binary": (bytes(range(256)) * 64, ""),
    "10 000 nested tags": (b"<html><title>t</title>" + b"<div>" * 10_000, "letter"),
    "no title": (b"<html><body><p>a</p></body></html>", ""),
    "no letter": ("<html><h1>关于第1号建议的答复</h1></html>".encode(), "letter"),
    "50 MB": (b"<html>" + b"<p>x</p>" * 6_250_000, "max_body"),
}


@pytest.mark.parametrize(("body", "word"), BAD_PAGES.values(), ids=list(BAD_PAGES))
async def test_a_bad_page_costs_one_reply_and_says_why(
    gov: Gov, archive: Archive, column: Column, body: bytes, word: str
) -> None:
    path = column.letters[2].path
    gov.pages[path] = body
    (report,) = await walk(archive, source(gov), manners=replace(MANNERS, timeout=60.0))
    assert report.outcomes == {Outcome.NEW: 6, Outcome.FAILED: 1}
    (problem,) = report.problems
    assert path in problem
    assert word in problem
    assert report.finished


async def test_what_cannot_be_read_is_not_asked_for_at_every_crawl(
    gov: Gov, archive: Archive, column: Column
) -> None:
    path = column.letters[0].path
    gov.pages[path] = b"<html><head><title>x</title></head><body>a new layout</body></html>"
    await walk(archive, source(gov))
    (again,) = await walk(archive, source(gov))
    (later,) = await walk(archive, source(gov), plan=Plan(recheck=timedelta(seconds=-60)))
    assert gov.count(path) == 2
    assert again.tally is not None
    assert again.tally.unread == 1
    assert later.outcomes[Outcome.FAILED] == 1


async def test_one_index_number_on_two_sites_is_one_reply_seen_twice(
    archive: Archive, gov: Gov
) -> None:
    letter = Letter(5, date(2023, 5, 17))
    with serving() as other:
        for government in (gov, other):
            Column([letter]).publish(government)
        await walk(archive, source(gov, "a"), source(other, "b"))
        (reply,) = archive.replies(Query())
        urls = {sighting.url for sighting in archive.sightings(reply.id)}
        assert urls == {gov.url + letter.path, other.url + letter.path}
    assert reply.version == 1


async def test_one_index_number_on_two_papers_is_two_replies_and_a_conflict(
    gov: Gov, archive: Archive
) -> None:
    Column(
        [
            Letter(number, date(2023, 5, 17), index_number="000014349/2023-00001")
            for number in (1, 2)
        ]
    ).publish(gov)
    await walk(archive, source(gov))
    found = list(archive.replies(Query()))
    assert len(found) == 2
    assert all("index-conflict" in reply.flags for reply in found)


async def test_a_page_in_gb18030_under_a_gzip_is_read(gov: Gov, archive: Archive) -> None:
    letter = Letter(3, date(2023, 5, 17))
    Column([letter]).publish(gov)
    page = letter.page().decode().replace("utf-8", "gb2312").encode("gb18030")
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    gov.pages[letter.path] = Answer(200, headers, gzip.compress(page))
    await walk(archive, source(gov))
    assert titles(archive) == {letter.title}


async def test_hosts_are_asked_side_by_side(gov: Gov, archive: Archive, column: Column) -> None:
    with serving("127.0.0.2") as other:
        column.publish(other)
        last = column.letters[-1].path

        done = threading.Event()

        async def tell(writer: StreamWriter, answer: Answer) -> None:
            writer.write(head_of(answer) + answer.body)
            done.set()

        async def until_the_other_is_done(writer: StreamWriter, answer: Answer) -> None:
            await asyncio.to_thread(done.wait, MANNERS.timeout)
            writer.write(head_of(answer) + answer.body)

        other.faults[last] = deque([tell])
        gov.faults[column.listing(1)] = deque([until_the_other_is_done])
        reports = await walk(archive, source(gov, "a"), source(other, "b"))
    assert gov.count(column.listing(1)) == 2  # and once more at the end, for what moved onto it
    assert all(report.finished and not report.problems for report in reports)


async def test_several_connections_to_one_host_find_the_same(
    gov: Gov, archive: Archive, column: Column
) -> None:
    manners = replace(MANNERS, per_host=4)
    (report,) = await walk(archive, source(gov), manners=manners, plan=Plan(per_host=4))
    assert report.outcomes == {Outcome.NEW: 7}


async def test_a_dry_run_tells_what_it_would_ask_for_and_writes_nothing(
    gov: Gov, archive: Archive, column: Column
) -> None:
    (report,) = await walk(archive, source(gov), plan=Plan(dry_run=True))
    assert [entry.title for entry in report.would_take] == [each.title for each in column.letters]
    assert not any("/jytabl/2023" in path for path in gov.asked)
    assert archive.db.execute("select count(*) from fetches").fetchone() == (0,)
