"""Sites that turn us away, and robots.txt: the site is left alone, and what is archived stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from replyarc.model import Outcome
from tests.column import MANNERS
from tests.gov import serving
from tests.misbehaving import Route, each, shows
from tests.misbehaving_network import (
    OTHERS,
    ROBOTS_ALLOW,
    ROBOTS_FAIL,
    ROBOTS_FORBID,
    STOPS,
)
from tests.stories import FULL, Crawled, Story, columns, hosts, misbehave, name_of, record

TURNED_AWAY_BY_ROBOTS = next(each for each in OTHERS if each.name == "robots.txt with 521")
ROBOTS = (*ROBOTS_FORBID, *ROBOTS_ALLOW, *ROBOTS_FAIL, TURNED_AWAY_BY_ROBOTS)


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Columns whose sites turn us away for a while, at a letter and then at the listing."""
    with serving(*hosts(STOPS)) as gov:
        story = columns(gov, tmp_path_factory.mktemp("refusing") / "a.db", STOPS)
        for plan in (None, FULL):
            misbehave(gov, STOPS, story.letters)
            story.crawl(plan)
            gov.routes.clear()
            story.crawl(plan)
        for number, route in enumerate(STOPS, 1):
            gov.routes[f"/jytabl/{number:02}/index.html"] = route.fault
        story.crawl(FULL)
        gov.routes.clear()
        story.crawl()
        yield story


def report_of(crawled: Crawled, story: Story, route: Route) -> tuple[str | None, dict[str, int]]:
    """By what a crawl was turned away from the column of a route, and what became of its pages."""
    report = crawled.reports[name_of(list(story.letters).index(route.name) + 1)]
    return report.blocked, {outcome.value: count for outcome, count in report.outcomes.items()}


@each(STOPS)
def test_a_site_that_turns_us_away_is_left_alone_and_the_record_is_kept(
    refusing: Story, route: Route
) -> None:
    first, second, third = refusing.columns[route.name]
    bad, well, worse, mended = refusing.crawls[:4]
    blocked, outcomes = report_of(bad, refusing, route)
    assert blocked is not None
    assert route.says in blocked
    assert second.path in blocked
    assert outcomes == {"new": 1, "failed": 1}
    assert [each.path in bad.asked for each in (first, second, third)] == [True, True, False]
    assert bad.reply(second) is None
    assert report_of(well, refusing, route) == (None, {"new": 2})
    blocked, outcomes = report_of(worse, refusing, route)
    assert blocked is not None
    assert outcomes == {"same": 1, "failed": 1}
    for letter in (first, second, third):
        whole = well.reply(letter)
        assert whole is not None
        assert record(worse.reply(letter)) == record(mended.reply(letter)) == record(whole)


@each(STOPS)
def test_a_page_of_a_gate_is_not_taken_for_an_empty_list(refusing: Story, route: Route) -> None:
    mended, gated, after = refusing.crawls[3:]
    blocked, outcomes = report_of(gated, refusing, route)
    assert blocked is not None
    assert route.says in blocked
    assert outcomes == {}
    name = name_of(list(refusing.letters).index(route.name) + 1)
    assert gated.reports[name].findings == []
    assert not gated.reports[name].finished
    assert report_of(after, refusing, route) == (None, {})
    for letter in refusing.columns[route.name]:
        assert record(gated.reply(letter)) == record(mended.reply(letter))
        assert after.state(letter) == "archived"


def test_sites_that_turn_us_away_end_a_crawl_with_6_and_leave_no_damage(refusing: Story) -> None:
    assert [crawled.exit_code for crawled in refusing.crawls] == [6, 0, 6, 0, 6, 0]
    assert refusing.is_sound()


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Columns with rules of which some are odd, some fail, and some are none."""
    with serving(*hosts(ROBOTS)) as gov:
        story = columns(gov, tmp_path_factory.mktemp("ruled") / "a.db", ROBOTS)
        story.manners = replace(MANNERS, retries=0, timeout=1.5)
        for host, route in zip(hosts(ROBOTS), ROBOTS, strict=True):
            gov.routes[f"{host}/robots.txt"] = route.fault
        story.crawl()
        gov.routes.clear()
        gov.pages["/robots.txt"] = b"User-agent: *\nDisallow:\n"
        story.crawl()
        yield story


def asked_of(story: Story, crawled: Crawled, route: Route) -> list[str]:
    """What was asked for of a column, robots.txt not counted."""
    number = list(story.letters).index(route.name) + 1
    return [path for path in crawled.asked if path.startswith(f"/jytabl/{number:02}/")]


@each(ROBOTS_FORBID)
def test_what_robots_txt_forbids_is_not_asked_for_however_it_is_written(
    ruled: Story, route: Route
) -> None:
    first, again = ruled.crawls
    forbidden = [path for path in asked_of(ruled, first, route) if not path.endswith("index.html")]
    assert forbidden == []
    report = first.reports[name_of(list(ruled.letters).index(route.name) + 1)]
    told = [report.blocked or "", *report.problems]
    assert any(route.says in each for each in told)
    assert not any(first.reply(letter) for letter in ruled.columns[route.name])
    assert asked_of(ruled, again, route) == asked_of(ruled, first, route)  # it is kept a day


@each(ROBOTS_ALLOW)
def test_a_robots_txt_that_forbids_us_nothing_lets_us_ask(ruled: Story, route: Route) -> None:
    first = ruled.crawls[0]
    report = first.reports[name_of(list(ruled.letters).index(route.name) + 1)]
    assert report.outcomes == {Outcome.NEW: 3}
    assert report.finished
    assert report.blocked is None


@each(ROBOTS_FAIL)
def test_a_robots_txt_that_fails_forbids_all_for_this_run_and_is_asked_for_by_the_next(
    ruled: Story, route: Route
) -> None:
    first, again = ruled.crawls
    name = name_of(list(ruled.letters).index(route.name) + 1)
    assert asked_of(ruled, first, route) == []
    (problem,) = first.reports[name].problems
    assert route.says in problem
    assert first.reports[name].findings == []
    assert again.reports[name].outcomes == {Outcome.NEW: 3}
    assert again.reports[name].finished


@shows("robots.txt with 521")
def test_a_gate_before_robots_txt_is_a_site_that_turns_us_away(ruled: Story) -> None:
    first, again = ruled.crawls
    name = name_of(len(ROBOTS))
    assert asked_of(ruled, first, TURNED_AWAY_BY_ROBOTS) == []
    assert TURNED_AWAY_BY_ROBOTS.says in (first.reports[name].blocked or "")
    assert again.reports[name].outcomes == {Outcome.NEW: 3}
    assert first.exit_code == 6
    assert ruled.is_sound()
