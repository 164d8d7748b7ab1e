"""Sites of other makes, walked by ``auto``: whole, or with a finding; never green and less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from replyarc.archive.store import Archive
from replyarc.model import Source
from replyarc.report import Report
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import MANNERS, walk
from tests.gov import Gov, serving
from tests.sites.varied import Varied
from tests.sites.varied_deeper import DEEPER
from tests.sites.varied_generic import GENERIC
from tests.sites.varied_nested import NESTED
from tests.sites.varied_rows import ROWS
from tests.sites.varied_scripts import SCRIPTED
from tests.sites.varied_static import STATIC, siteserver_script
from tests.sites.varied_trs import TRS, trs_table

SITES: tuple[Callable[[], Varied], ...] = (
    *TRS,
    *STATIC,
    *SCRIPTED,
    *NESTED,
    *GENERIC,
    *ROWS,
    *DEEPER,
)


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


def path_of(gov: Gov, url: str) -> str:
    return unquote(url.removeprefix(gov.url))


def misses(gov: Gov, site: Varied, report: Report) -> bool:
    """Whether anything published is not found, or anything else is; notices are no papers."""
    found = sorted(path_of(gov, entry.url) for entry in report.would_take if not entry.left_out)
    return found != sorted(unquote(paper.path) for paper in site.papers)


@pytest.mark.parametrize("make", SITES, ids=[make().name for make in SITES])
async def test_a_varied_site_is_walked_whole_or_says_that_it_is_not(
    gov: Gov, archive: Archive, make: Callable[[], Varied]
) -> None:
    site = make()
    gov.handlers.append(site.answer)
    source = Source(name="qingyuan", publisher="清源市民政局", urls=(gov.url + site.column,))
    (report,) = await walk(archive, source, plan=Plan(dry_run=True), manners=MANNERS)
    if not site.whole and (misses(gov, site, report) or report.findings):
        assert report.findings or report.problems
        return
    assert report.findings == []
    assert report.problems == []
    assert not misses(gov, site, report)
    assert report.finished
    assert site.family in (None, report.family)
    papers = [entry for entry in report.would_take if not entry.left_out]
    titles = {path_of(gov, entry.url): entry.title for entry in papers}
    assert titles == {unquote(paper.path): paper.title for paper in site.papers}
    days = {path_of(gov, entry.url): entry.listed_on for entry in papers}
    for paper in site.papers:
        assert days[unquote(paper.path)] in ((paper.day,) if site.printed else (None, paper.day))
    for reason in ("notice", "other host", "no address"):
        assert report.left_out[reason] == site.left_out.get(reason, 0)


@pytest.mark.parametrize("make", [trs_table, siteserver_script])
async def test_a_table_with_heads_tells_the_numbers_of_each_letter(
    gov: Gov, archive: Archive, make: Callable[[], Varied]
) -> None:
    site = make()
    gov.handlers.append(site.answer)
    source = Source(name="qingyuan", publisher="清源市民政局", urls=(gov.url + site.column,))
    (report,) = await walk(archive, source, plan=Plan(dry_run=True), manners=MANNERS)
    numbers = {paper.path: paper.number for paper in site.papers}
    assert len(report.would_take) == len(numbers)
    for entry in report.would_take:
        number = numbers[path_of(gov, entry.url)]
        assert entry.index_number == f"990123006/2024-{number:05}"
        assert entry.document_number == f"清民函〔2024〕{number}号"
