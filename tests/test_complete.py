"""Complete, as a number: what sites announce, what was walked, what is held, and what is not."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from replyarc.archive.frontier import ListedEntry
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.model import Entry, Listing, Outcome, Request, Response, Source
from replyarc.pages import Pages
from replyarc.screen.reports import summary
from replyarc.screen.terminal import console
from replyarc.taking import now
from replyarc.turning import Turning
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import Letter, letters, walk
from tests.gov import Answer as Page
from tests.gov import Gov, instead, serving, status

COLUMN = "/jytabl/list.html"


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
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


NOTICE_PAGE = (
    '<meta charset="utf-8"><h1>关于做好2023年人大代表建议和政协提案办理工作的通知</h1>'
    '<div class="TRS_Editor"><p>各区人民政府，市直各单位：</p>'
    "<p>市八届人大二次会议第3号建议等已交办，请于6月底前办结。</p><p>清源市人民政府办公室</p><p>2023年1月1日</p></div>"
).encode()


async def test_what_is_announced_walked_and_left_out_is_told_and_stored(
    gov: Gov, archive: Archive
) -> None:
    publish(gov, letters(7), more=NOTICE)
    gov.pages["/jytabl/t20230101_900.html"] = NOTICE_PAGE
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
    (notice,) = archive.find("关于做好2023年人大代表建议和政协提案办理工作的通知")
    assert "not-a-reply" in notice.flags
    assert (notice.kind, notice.proposal_numbers, notice.addressees) == (None, (), ())


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
    asked = [path for path in gov.asked if path != "/robots.txt"]
    assert asked == [COLUMN, COLUMN.replace("list", "list_2")]


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


async def test_years_that_a_column_does_not_list_itself_are_walked_below_it(
    gov: Gov, archive: Archive
) -> None:
    newest, older = letters(4), [Letter(n, date(2022, 6, n)) for n in range(21, 24)]
    years = "".join(f'<a href="{year}n/list.html">{year}年</a>' for year in (2023, 2022, 2021))
    shown = "".join(map(row, newest))
    gov.pages["/jytabl/"] = page(f"{shown}</ul><p>{years}</p><ul>", 1, 1, 4)
    gov.pages["/jytabl/2022n/list.html"] = page("".join(map(row, older)), 1, 1, 3)
    gov.pages |= {each.path: each.page() for each in (*newest, *older)}
    (report,) = await walk(archive, source(gov, "/jytabl/"))
    assert report.outcomes == {Outcome.NEW: 7}
    assert report.findings == []
    assert report.finished
    assert report.left_out["column not there"] == 1  # 2021
    assert not gov.count("/jytabl/2023n/list.html")  # its replies are listed above it
    gov.heard.clear()
    await walk(archive, source(gov, "/jytabl/"))
    asked = [path for path in gov.asked if path != "/robots.txt"]
    assert asked == ["/jytabl/", "/jytabl/2022n/list.html"]


async def test_a_column_is_not_asked_for_after_another_was_refused(
    gov: Gov, archive: Archive
) -> None:
    publish(gov, letters(3))
    gov.faults["/other/list.html"] = deque([status(403)])
    both = replace(source(gov), urls=(f"{gov.url}/other/list.html", gov.url + COLUMN))
    (report,) = await walk(archive, both)
    assert report.blocked
    assert gov.count(COLUMN) == 0


async def test_a_column_below_that_is_refused_blocks_the_source(gov: Gov, archive: Archive) -> None:
    links = "".join(f'<li><a href="{year}/">{year}年</a></li>' for year in (2023, 2022))
    gov.pages["/jytabl/"] = f'<html><meta charset="utf-8"><ul>{links}</ul></html>'.encode()
    gov.faults["/jytabl/2023/"] = deque([status(412)])
    (report,) = await walk(archive, source(gov, "/jytabl/"))
    assert report.blocked
    assert gov.count("/jytabl/2022/") == 0


async def test_a_column_below_that_cannot_be_had_is_a_failure(gov: Gov, archive: Archive) -> None:
    links = "".join(f'<li><a href="{year}/">{year}年</a></li>' for year in (2023, 2022))
    gov.pages["/jytabl/"] = f'<html><meta charset="utf-8"><ul>{links}</ul></html>'.encode()
    gov.pages["/jytabl/2022/"] = page(row(letters(1)[0]), 1, 1, 1)
    gov.pages[letters(1)[0].path] = letters(1)[0].page()
    (report,) = await walk(archive, source(gov, "/jytabl/"))
    assert "404" in report.problems[0]
    assert report.outcomes == {Outcome.NEW: 1}
    assert not report.finished


async def test_a_listing_all_of_whose_rows_are_of_other_columns_is_a_finding(gov: Gov) -> None:
    url = gov.url + COLUMN
    strays = tuple(Entry(f"{url}?{n}", "通知", left_out="other column") for n in range(3))

    class Once(Pages):
        async def turn(self) -> Listing | None:
            listing = None if self.at_end else Listing(strays)
            self.at_end = True
            return listing

    class Nowhere:
        def write_down(self, entries: Sequence[Entry]) -> list[ListedEntry]:
            return [ListedEntry(entry) for entry in entries]

        def was_walked(self, url: str) -> bool:
            return False

        def turned(self, listing: Listing, pages: Pages) -> None: ...

    async def answer(request: Request) -> Response:
        raise AssertionError(request)

    def pages() -> Pages:
        return Once(source(gov), url, answer, now())

    turning = Turning(url, pages, Nowhere(), last=None, full=False, room=None)
    assert not await turning.run()
    assert "none of the 3 rows is this column's" in turning.findings[0]
    assert turning.wanted == []


async def test_a_limit_holds_for_the_second_look_too(gov: Gov, archive: Archive) -> None:
    shown = letters(6)
    for number, path in ((0, "/jytabl/a.html"), (3, "/jytabl/b.html")):
        rows = "".join(map(row, shown[number : number + 3]))
        way = '<a href="b.html">下一页</a>' if not number else ""
        html = f'<html><meta charset="utf-8"><ul>{rows}</ul>{way}</html>'
        gov.pages[path] = html.encode()
    late = "".join(map(row, [Letter(90 + n, date(2023, 4, 1)) for n in range(3)]))
    second = gov.pages["/jytabl/b.html"]
    assert isinstance(second, bytes)
    gov.faults["/jytabl/b.html"] = deque([instead(Page(body=second))])
    gov.pages["/jytabl/b.html"] = second.replace(b"</ul>", late.encode() + b"</ul>")
    (report,) = await walk(archive, source(gov, "/jytabl/a.html"), plan=Plan(limit=7))
    assert gov.count("/jytabl/b.html") == 2
    assert not report.finished


async def test_the_family_that_was_borne_out_is_tried_first_the_next_time(
    gov: Gov, archive: Archive
) -> None:
    shown = letters(6)
    old = "<script>createPageHTML(9, 0, 'old', 'html')</script>"
    for path, part, way in (
        ("/jytabl/a.html", shown[:3], '<a href="b.html">下一页</a>'),
        ("/jytabl/b.html", shown[3:], "第2/2页"),
    ):
        rows = "".join(map(row, part))
        gov.pages[path] = f'<meta charset="utf-8"><ul>{rows}</ul>{old}{way}'.encode()
    gov.pages |= {each.path: each.page() for each in shown}
    (first,) = await walk(archive, source(gov, "/jytabl/a.html"))
    tried = gov.count("/jytabl/old_1.html")
    (again,) = await walk(archive, source(gov, "/jytabl/a.html"), plan=Plan(full=True))
    assert first.family == again.family == "nextlink"
    assert tried > 0
    assert gov.count("/jytabl/old_1.html") == tried
    assert archive.last_family("qingyuan") == "nextlink"
