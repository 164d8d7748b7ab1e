"""Every family's sites on loopback, walked by ``auto``: all that is published, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.listing.families import FAMILIES
from replyarc.model import Source
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import MANNERS, walk
from tests.gov import Answer, Gov, Heard, serving
from tests.sites.everywhere import STATIC_SITES
from tests.sites.scripted import RARE_SITES, SCRIPT_SITES
from tests.sites.site import Site, put

SITES: tuple[Callable[[], Site], ...] = (*STATIC_SITES, *SCRIPT_SITES)
NAMES = [make().name for make in SITES]
EACH = list({make().family: make for make in SITES}.values())
"""One site of each family, for what costs a walk more."""

FAMILY = [make().family for make in EACH]


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


def source(url: str) -> Source:
    return Source(name="qingyuan", publisher="清源市民政局", urls=(url,))


@pytest.mark.parametrize("make", SITES, ids=NAMES)
async def test_a_site_is_walked_whole_by_itself(
    gov: Gov, archive: Archive, make: Callable[[], Site]
) -> None:
    site = make()
    url = put(gov, site)
    (report,) = await walk(archive, source(url), plan=Plan(dry_run=True), manners=MANNERS)
    found = [entry.url.removeprefix(gov.url) for entry in report.would_take]
    assert report.findings == []
    assert report.problems == []
    assert report.finished
    assert sorted(found) == sorted(paper.path for paper in site.papers)
    assert report.family == site.family
    assert report.announced in (None, len(site.papers))
    titles = {entry.url.removeprefix(gov.url): entry.title for entry in report.would_take}
    assert titles == {paper.path: paper.title for paper in site.papers}
    days = {entry.url.removeprefix(gov.url): entry.listed_on for entry in report.would_take}
    assert days == {paper.path: paper.day for paper in site.papers}


def test_every_family_has_a_site_on_loopback() -> None:
    assert {make().family for make in SITES} == set(FAMILIES)


@pytest.mark.parametrize("make", RARE_SITES, ids=lambda make: str(make().name))
async def test_a_site_of_no_known_family_is_a_finding(
    gov: Gov, archive: Archive, make: Callable[[], Site]
) -> None:
    (report,) = await walk(archive, source(put(gov, make())), manners=MANNERS)
    assert len(report.findings) == 1
    assert not report.finished


@pytest.mark.parametrize("make", EACH, ids=FAMILY)
async def test_a_site_is_archived_whole_and_then_left_in_peace(
    gov: Gov, archive: Archive, make: Callable[[], Site]
) -> None:
    site = make()
    site.papers = site.papers[:16]  # a page or two: what follows is the same for every page
    url = put(gov, site)
    await walk(archive, source(url), manners=MANNERS)
    assert {reply.title for reply in archive.replies(Query())} == {
        paper.title for paper in site.papers
    }
    gov.heard.clear()
    (again,) = await walk(archive, source(url), manners=MANNERS)
    assert again.outcomes == {}
    assert not any(gov.count(paper.path) for paper in site.papers)


def after(site: Site, answers: int, happens: Callable[[Heard, Answer], Answer]) -> None:
    """Let something happen to the answers that a site gives from a certain one on."""
    answer, given = site.answer, count(1)

    def changed(heard: Heard) -> Answer | None:
        right = answer(heard)
        if right is None or next(given) < answers:
            return right
        return happens(heard, right)

    site.answer = changed  # type: ignore[method-assign]  # a site is a plain object


@pytest.mark.parametrize("make", EACH, ids=FAMILY)
async def test_a_site_that_shrinks_while_it_is_walked_loses_nothing(
    gov: Gov, archive: Archive, make: Callable[[], Site]
) -> None:
    site = make()
    newest = site.papers[0]

    def shrink(heard: Heard, right: Answer) -> Answer:
        site.papers = [paper for paper in site.papers if paper is not newest]
        return right

    after(site, 2, shrink)
    (report,) = await walk(archive, source(put(gov, site)), plan=Plan(dry_run=True))
    found = {entry.url.removeprefix(gov.url) for entry in report.would_take}
    assert {paper.path for paper in site.papers} <= found or report.findings


@pytest.mark.parametrize("make", EACH, ids=FAMILY)
async def test_a_page_that_stays_empty_is_never_passed_over_in_silence(
    gov: Gov, archive: Archive, make: Callable[[], Site]
) -> None:
    site = make()
    emptied: set[tuple[str, bytes]] = set()

    def empty(heard: Heard, right: Answer) -> Answer:
        asked = heard.path, heard.body
        if not emptied:
            emptied.add(asked)
        return Answer(body=b"<html><body><ul></ul></body></html>") if asked in emptied else right

    after(site, 3, empty)
    (report,) = await walk(archive, source(put(gov, site)), plan=Plan(dry_run=True))
    found = {entry.url.removeprefix(gov.url) for entry in report.would_take}
    assert {paper.path for paper in site.papers} <= found or report.findings
    assert len(gov.asked) < 40
