"""Complete, as a number: what sites announce, what was walked, what is held, and what is not."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.model import Outcome, Source
from replyarc.screen import console, summary
from replyarc.walk import Plan
from tests.column import Letter, letters, walk
from tests.gov import Answer as Page
from tests.gov import Gov, instead, serving

COLUMN = "/jytabl/list.html"


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as opened:
        yield opened


def source(gov: Gov, path: str = COLUMN) -> Source:
    return Source(name="qingyuan", publisher="清源市民政局", urls=(gov.url + path,))


def row(letter: Letter) -> str:
    return f'<li><a href="{letter.path}">{letter.title}</a><span>{letter.day}</span></li>'


def page(rows: str, this: int, pages: int, total: int | None) -> bytes:
    """A page of a listing that says how many entries there are, in six arguments, or in four."""
    told = f"createPageHTML('page_div',{pages},{this},'list','html',{total});"
    call = told if total is not None else f"createPageHTML({pages},{this - 1},'list','html');"
    return (
        f'<html><meta charset="utf-8"><ul class="list">{rows}</ul><script>{call}</script></html>'
    ).encode()


def publish(
    gov: Gov,
    shown: Sequence[Letter],
    *,
    per_page: int = 3,
    total: int | None = None,
    more: str = "",
    silent: bool = False,
) -> None:
    """Put a column on the government, over what was there."""
    pages = -(-len(shown) // per_page)
    announced = None if silent else total or len(shown) + more.count("<li>")
    for number in range(1, pages + 1):
        rows = "".join(row(each) for each in shown[(number - 1) * per_page : number * per_page])
        suffix = "" if number == 1 else f"_{number - 1 if silent else number}"
        gov.pages[f"/jytabl/list{suffix}.html"] = page(
            rows + (more if number == pages else ""), number, pages, announced
        )
    for each in shown:
        gov.pages[each.path] = each.page()


def titles(archive: Archive) -> set[str]:
    return {reply.title for reply in archive.replies(Query())}


NOTICE = '<li><a href="t20230101_900.html">{}</a><span>2023-01-01</span></li>'.format(
    "关于做好2023年人大代表建议和政协提案办理工作的通知"
)


async def test_what_is_announced_walked_and_left_out_is_told_and_stored(
    gov: Gov, archive: Archive
) -> None:
    publish(gov, letters(7), more=NOTICE)
    del gov.pages[letters(7)[2].path]
    (report,) = await walk(archive, source(gov))
    assert report.announced == 8
    assert report.findings == []
    (walked,) = report.listings
    assert (walked.pages, walked.announced, walked.rows, walked.to_end) == (3, 8, 8, True)
    assert report.tally is not None
    assert (report.tally.archived, report.tally.failed) == (6, 1)
    assert report.tally.left_out == {"notice": 1}
    stored = next(archive.db.query("select announced, rows, whole from listings"))
    assert stored == {"announced": 8, "rows": 8, "whole": 1}
    assert not any("_900" in path for path in gov.asked)


async def test_the_summary_says_it_in_one_line(gov: Gov, archive: Archive) -> None:
    publish(gov, letters(7), more=NOTICE)
    del gov.pages[letters(7)[2].path]
    reports = await walk(archive, source(gov))
    drawn = StringIO()
    console(drawn).print(summary(reports, "a.db"))
    line = drawn.getvalue().splitlines()[0]
    assert "announced 8 · archived 6 · failed 1 · left out 1 (notice)" in line


async def test_fewer_rows_than_announced_are_a_finding_with_the_numbers(
    gov: Gov, archive: Archive
) -> None:
    publish(gov, letters(7), total=9)
    (report,) = await walk(archive, source(gov))
    assert len(report.findings) == 1
    assert "announces 9" in report.findings[0]
    assert "list 7" in report.findings[0]
    assert len(titles(archive)) == 7
    assert not report.finished


@pytest.mark.parametrize("total", [0, 3, 1_000_000_000])
async def test_a_total_that_cannot_be_is_a_finding(gov: Gov, archive: Archive, total: int) -> None:
    publish(gov, letters(7), total=total or None)
    if not total:
        for number in (1, 2, 3):
            path = f"/jytabl/list{'' if number == 1 else f'_{number}'}.html"
            gov.pages[path] = gov.pages[path].replace(b",7)", b",0)")  # type: ignore[union-attr]  # bytes, as published
    (report,) = await walk(archive, source(gov))
    assert len(report.findings) == 1
    assert len(titles(archive)) == 7


async def test_a_listing_that_shrinks_while_it_is_walked_loses_nothing(
    gov: Gov, archive: Archive
) -> None:
    before = letters(12)
    publish(gov, before)
    rest = [each for each in before if each.number not in {11, 12}]

    shrunk = dict(gov.pages)
    publish(gov, rest)
    first = shrunk[COLUMN]
    assert isinstance(first, bytes)
    gov.faults[COLUMN] = deque([instead(Page(body=first))])  # then two are taken away
    (report,) = await walk(archive, source(gov))
    assert {each.title for each in rest} <= titles(archive)
    assert report.findings == []
    assert report.finished


async def test_a_listing_without_a_total_that_shrinks_is_walked_again(
    gov: Gov, archive: Archive
) -> None:
    before = letters(15)
    publish(gov, before, silent=True)
    old = {path: body for path, body in gov.pages.items() if "/list" in path}
    rest = [each for each in before if each.number != 15]
    publish(gov, rest, silent=True)
    for path in (COLUMN, "/jytabl/list_1.html", "/jytabl/list_4.html"):
        body = old[path]
        assert isinstance(body, bytes)
        gov.faults[path] = deque([instead(Page(body=body))])
    (report,) = await walk(archive, source(gov))
    assert {each.title for each in rest} <= titles(archive)
    assert report.finished
    assert report.pages == 5


async def test_what_was_put_in_further_behind_is_found_although_the_first_pages_are_known(
    gov: Gov, archive: Archive
) -> None:
    shown = letters(9)
    publish(gov, shown)
    await walk(archive, source(gov))
    late = Letter(77, date(2023, 5, 10))
    publish(gov, [*shown[:8], late, shown[8]])
    gov.heard.clear()
    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.NEW: 1}
    assert late.title in titles(archive)
    gov.heard.clear()
    await walk(archive, source(gov))
    assert [path for path in gov.asked if path != "/robots.txt"] == [COLUMN]


async def test_columns_by_year_below_a_column_are_walked(gov: Gov, archive: Archive) -> None:
    years = {2022: letters(4), 2023: [Letter(n, date(2023, 6, n)) for n in range(11, 15)]}
    links = "".join(f'<li><a href="{year}/list.html">{year}年</a></li>' for year in years)
    gov.pages["/jytabl/"] = f'<html><meta charset="utf-8"><ul>{links}</ul></html>'.encode()
    for year, shown in years.items():
        rows = "".join(row(each) for each in shown)
        gov.pages[f"/jytabl/{year}/list.html"] = page(rows, 1, 1, len(shown))
        gov.pages |= {each.path: each.page() for each in shown}
    (report,) = await walk(archive, source(gov, "/jytabl/"))
    assert report.outcomes == {Outcome.NEW: 8}
    assert report.announced == 8
    assert report.finished
    assert [walked.columns for walked in report.listings] == [2, 0, 0]


async def test_columns_are_walked_two_levels_deep_and_no_deeper(gov: Gov, archive: Archive) -> None:
    paths = ["/jytabl/", "/jytabl/2023/", "/jytabl/2023/rddbjy/", "/jytabl/2023/rddbjy/2024/"]
    names = ["2023年", "人大代表建议", "2024年"]
    for path, below, name in zip(paths, paths[1:], names, strict=False):
        html = f'<html><meta charset="utf-8"><ul><li><a href="{below}">{name}</a></li></ul></html>'
        gov.pages[path] = html.encode()
    (report,) = await walk(archive, source(gov, "/jytabl/"))
    assert gov.count(paths[2]) == 1
    assert gov.count(paths[3]) == 0
    assert not report.finished
    assert "level" in report.findings[0]


async def test_a_hole_ends_no_walk_and_every_crawl_tries_it_again(
    gov: Gov, archive: Archive
) -> None:
    shown = letters(12)
    publish(gov, shown)
    whole = gov.pages["/jytabl/list_3.html"]
    gov.pages["/jytabl/list_3.html"] = b"<html><ul></ul></html>"
    (first,) = await walk(archive, source(gov))
    (second,) = await walk(archive, source(gov))
    gov.pages["/jytabl/list_3.html"] = whole
    (third,) = await walk(archive, source(gov))
    assert "list_3.html" in first.findings[0]
    assert first.outcomes == {Outcome.NEW: 9}
    assert second.findings
    assert third.outcomes == {Outcome.NEW: 3}
    assert third.findings == []
    assert third.finished


async def test_a_full_crawl_walks_to_the_end_whatever_is_known(gov: Gov, archive: Archive) -> None:
    publish(gov, letters(7))
    await walk(archive, source(gov))
    (report,) = await walk(archive, source(gov), plan=Plan(full=True))
    assert report.pages == 3
    assert report.listings[0].to_end


async def test_two_columns_of_one_source_are_counted_each_by_itself(
    gov: Gov, archive: Archive
) -> None:
    shown = letters(6)
    publish(gov, shown)
    gov.pages["/other/list.html"] = page("".join(map(row, shown[:2])), 1, 1, 2)
    both = replace(source(gov), urls=(gov.url + COLUMN, f"{gov.url}/other/list.html"))
    (report,) = await walk(archive, both)
    assert report.announced == 8
    assert report.findings == []
    assert report.tally is not None
    assert report.tally.archived == 6
