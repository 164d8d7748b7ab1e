"""Pages that vanish: what is gone, what is the site's fault, and what only looks like a page."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from replyarc.archive.frontier import State
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.cli.app import app
from replyarc.model import Outcome
from replyarc.report import Report
from replyarc.walk import Plan
from tests.blank import blank
from tests.clock import Move
from tests.column import MANNERS, Column, letters, source, walk
from tests.gov import Answer, Fault, Gov, drip, redirect, reset, status

FULL = Plan(full=True)
CONFIG = """
[archive]
path = "b.db"
[crawl]
contact = "mailto:tests@localhost"
[[source]]
name = "qingyuan"
publisher = "清源市民政局"
url = "{url}/jytabl/index.html"
"""
ERROR_PAGE = "<title>提示</title><p>您访问的页面不存在或已被删除！</p>".encode()


def gone(archive: Archive) -> set[str]:
    return {reply.title for reply in archive.replies(Query(gone=True))}


@pytest.fixture
def column(gov: Gov) -> Column:
    made = Column(letters(12), per_page=6)
    made.publish(gov)
    return made


async def test_a_removed_page_is_gone_on_the_second_day_and_not_before(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    await walk(archive, source(gov))
    removed = column.letters.pop(3)
    column.publish(gov)
    del gov.pages[removed.path]
    reports: list[Report] = []
    for day in (1.0, 1.0, 2.0):
        move(day)
        reports += await walk(archive, source(gov), plan=FULL)
    assert [each.outcomes[Outcome.GONE] for each in reports] == [1, 1, 1]
    assert [each.gone_for_good for each in reports] == [0, 0, 1]
    assert [each.as_json()["gone_for_good"] for each in reports] == [0, 0, 1]
    assert not any(each.problems or each.findings for each in reports)
    assert gone(archive) == {removed.title}


async def test_what_is_gone_is_still_read_found_and_listed(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    await walk(archive, source(gov))
    removed = column.letters[3]
    (before,) = archive.find(removed.title)
    await remove(gov, archive, column, move)
    (reply,) = archive.find(removed.title)
    assert reply.gone_at is not None
    assert (reply.text, reply.version) == (before.text, before.version)
    assert [each.title for each in archive.replies(Query(gone=True))] == [removed.title]
    assert reply in list(archive.replies())
    assert len(archive.versions(reply.id)) == 1
    assert archive.body(reply.sha256) == removed.page()


async def test_what_is_gone_comes_back_to_life_and_its_history_tells_of_it(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    await walk(archive, source(gov))
    removed = await remove(gov, archive, column, move)
    column.publish(gov)
    move(3)
    (report,) = await walk(archive, source(gov), plan=FULL)
    assert not report.outcomes[Outcome.GONE]
    (reply,) = archive.find(removed)
    assert reply.gone_at is None
    asked = archive.db.execute(
        "select status from fetches where url = ? order by id", [reply.url]
    ).fetchall()
    assert asked == [(200,), (404,), (404,), (200,)]


async def test_what_is_gone_is_listed_and_shown_by_the_commands(
    gov: Gov, tmp_path: Path, column: Column, move: Move
) -> None:
    path = tmp_path / "b.db"
    with blank(path) as archive:
        await walk(archive, source(gov))
        title = await remove(gov, archive, column, move)
        (reply,) = archive.find(title)
    config = tmp_path / "replyarc.toml"
    config.write_text(CONFIG.format(url=gov.url), "utf-8")
    runs = {
        name: CliRunner().invoke(
            app, ["--config", str(config), *name.split(), "--json"], prog_name="replyarc"
        )
        for name in ("list --gone", f"show {reply.id}", "list")
    }
    assert {name: run.exit_code for name, run in runs.items()} == dict.fromkeys(runs, 0)
    told = json.loads(runs[f"show {reply.id}"].stdout)
    assert title in runs["list --gone"].stdout
    assert column.letters[0].title not in runs["list --gone"].stdout
    assert title in runs["list"].stdout
    assert reply.gone_at is not None
    assert reply.gone_at.strftime("%Y-%m-%dT%H:%M:%SZ") in json.dumps(told)


async def remove(gov: Gov, archive: Archive, column: Column, move: Move) -> str:
    """Take a page from the site, and crawl on two days; return its title."""
    removed = column.letters[3]
    del gov.pages[removed.path]
    for day in (1, 2):
        move(day)
        await walk(archive, source(gov), plan=FULL)
    return removed.title


ACCESS = {
    "403": [status(403)],
    "412": [status(412)],
    "521": [status(521)],
    "503": [status(503)] * 9,
    "a reset": [reset()] * 9,
    "a slow drip": [drip(0.05)] * 9,
    "a challenge": [status(200, {}, b"<script>document.cookie='C3VK=1';</script>")],
    "a redirect to a file": [redirect("file:///etc/passwd")],
}


@pytest.mark.parametrize("faults", ACCESS.values(), ids=ACCESS)
async def test_a_failure_of_access_marks_nobody_and_is_noted(
    gov: Gov, archive: Archive, column: Column, move: Move, faults: list[Fault]
) -> None:
    await walk(archive, source(gov))
    path = column.letters[3].path
    for day in (1, 2, 3):
        gov.faults[path] = deque(faults)
        move(day)
        manners = replace(MANNERS, timeout=0.4, retries=1)
        (report,) = await walk(archive, source(gov), plan=FULL, manners=manners)
        assert report.outcomes[Outcome.FAILED] == 1
        gov.faults.clear()
    assert gone(archive) == set()
    assert State.MISSING not in archive.states("qingyuan")
    noted = archive.db.execute(
        "select count(*) from fetches where url = ? and problem is not null", [gov.url + path]
    )
    assert noted.fetchone() == (3,)


async def test_a_site_of_which_too_much_is_missing_is_reported_and_marks_nobody(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    await walk(archive, source(gov))
    for letter in column.letters[:11]:
        del gov.pages[letter.path]
    reports: list[Report] = []
    for day in (1, 2, 3):
        move(day)
        reports += await walk(archive, source(gov), plan=FULL if day == 1 else None)
    for report in reports:
        (finding,) = report.findings
        assert "11 of the 12 pages that are known of it" in finding
    assert [each.outcomes[Outcome.GONE] for each in reports] == [11, 10, 10]  # then only a few
    assert gone(archive) == set()
    for letter in column.letters:
        gov.pages[letter.path] = Answer(503)
    move(4)
    (ill,) = await walk(archive, source(gov), manners=replace(MANNERS, retries=0))
    assert ill.outcomes == {Outcome.FAILED: 5}  # then its host is left alone
    column.publish(gov)
    move(5)
    (well,) = await walk(archive, source(gov))
    assert not well.findings
    assert well.outcomes == {Outcome.SAME: 11}


async def test_a_site_whose_listing_is_gone_as_well_counts_no_look(
    gov: Gov, archive: Archive, column: Column, move: Move
) -> None:
    await walk(archive, source(gov))
    pages = gov.pages.copy()
    for day in (1, 2, 3):
        gov.pages.clear() if day > 1 else gov.pages.pop(column.letters[3].path)
        move(day)
        await walk(archive, source(gov), plan=FULL)
    assert gone(archive) == set()
    gov.pages.update(pages)
    move(4)
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.SAME: 1}


SOFT: dict[str, Answer] = {
    "an error page": Answer(body=ERROR_PAGE),
    "home": Answer(302, {"Location": "/"}),
    "a page of errors": Answer(302, {"Location": "/error.html"}),
    "the listing": Answer(302, {"Location": "/jytabl/index.html"}),
}


@pytest.mark.parametrize("answer", SOFT.values(), ids=SOFT)
async def test_a_soft_404_is_a_failure_in_words_and_what_is_archived_stays(
    gov: Gov, archive: Archive, column: Column, move: Move, answer: Answer
) -> None:
    await walk(archive, source(gov))
    letter = column.letters[3]
    (before,) = archive.find(letter.title)
    # home says much, and would be read as a letter
    gov.pages["/"] = "<title>清源市政府</title><h1>代表：</h1><p>各位代表：你们好。</p>".encode()
    gov.pages["/error.html"] = b"<title>oops</title>"
    gov.pages[letter.path] = answer
    for day in (1, 2, 3):
        move(day)
        (report,) = await walk(archive, source(gov), plan=FULL)
        (problem,) = report.problems
        assert letter.path in problem
        assert "soft 404" in problem
        assert report.outcomes[Outcome.FAILED] == 1
    (reply,) = archive.find(letter.title)
    assert (reply.text, reply.gone_at) == (before.text, None)
    assert archive.count() == 12
    gov.heard.clear()
    move(4)
    await walk(archive, source(gov))
    assert not gov.count(letter.path)


async def test_a_letter_put_aside_is_counted_and_told(
    gov: Gov, archive: Archive, column: Column
) -> None:
    column.edit(12, word="养老服务" * 60)
    column.publish(gov)
    await walk(archive, source(gov))
    column.edit(12, word="养老")
    column.publish(gov)
    (report,) = await walk(archive, source(gov), plan=FULL)
    assert report.outcomes == {Outcome.SAME: 11, Outcome.ASIDE: 1}
    (problem,) = report.problems
    (reply,) = archive.find(column.letters[0].title)
    for words in (
        column.letters[0].title,
        reply.url,
        " letters now, ",
        f"{len(reply.text)} before; kept, not shown",
        f"`replyarc show {reply.id} --history`",
    ):
        assert words in problem


async def test_a_reply_with_many_versions_in_a_week_is_a_finding_of_each_crawl_that_touched_it(
    gov: Gov, archive: Archive, column: Column
) -> None:
    found = []
    for number in range(8):
        column.edit(12, word=f"养老服务{'甲乙丙丁戊己庚辛'[number]}")
        column.publish(gov)
        (report,) = await walk(archive, source(gov), plan=FULL)
        found.append(len(report.findings))
        last = report
    assert found == [0, 0, 0, 0, 0, 1, 1, 1]
    assert "8 versions within a week" in last.findings[0]
    assert column.letters[0].title in last.findings[0]
    (quiet,) = await walk(archive, source(gov), plan=FULL)
    assert not quiet.findings
