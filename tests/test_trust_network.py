"""Faults on the way to a page: it waits for the next crawl, and what is archived stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from replyarc.model import Outcome
from tests.column import MANNERS, source
from tests.gov import Answer, Heard, serving
from tests.misbehaving import Route, each
from tests.misbehaving_network import ABSENT, FAILS, SLOW
from tests.stories import FULL, Story, between, columns, hosts, misbehave, record

ONCE = replace(MANNERS, retries=1, max_body=300_000)
BRISK = replace(MANNERS, retries=0, timeout=1.0)


def circle_and_hops(heard: Heard) -> Answer | None:
    """Redirects that lead round, and those that lead on and on."""
    where, _, at = heard.path[1:].partition("/")
    if where == "circle":
        return Answer(302, {"Location": "/circle/" + ("b" if at == "a" else "a")})
    return Answer(302, {"Location": f"/hop/{int(at) - 1}"}) if where == "hop" else None


def played(story: Story, routes: tuple[Route, ...]) -> Story:
    """Crawl while the pages misbehave, then while they do not; and once more, asking for all."""
    for plan in (None, FULL):
        misbehave(story.gov, routes, story.letters)
        story.crawl(plan)
        story.gov.routes.clear()
        story.crawl(plan)
    return story


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A column in which every second page cannot be had for a while."""
    with serving() as gov:
        gov.handlers.append(circle_and_hops)
        column, letters = between(FAILS)
        column.publish(gov)
        path = tmp_path_factory.mktemp("failing") / "a.db"
        story = Story(gov, path, (source(gov),), ONCE, letters=letters)
        story.columns["all"] = tuple(column.letters)
        yield played(story, FAILS)


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Columns of which one page takes for ever."""
    with serving(*hosts(SLOW)) as gov:
        story = columns(gov, tmp_path_factory.mktemp("slow") / "a.db", SLOW)
        story.manners = BRISK
        yield played(story, SLOW)


def holds(story: Story, route: Route) -> None:
    """A page that cannot be had fails, waits, is had by the next crawl, and replaces nothing."""
    letter = story.letters[route.name]
    bad, well, worse, mended = story.crawls
    (problem,) = bad.problems(letter, route.says)
    assert route.says in problem
    assert 1 <= bad.asked.count(letter.path) <= 1 + story.manners.retries
    assert bad.reply(letter) is None
    assert bad.state(letter) == "failed"
    whole = well.reply(letter)
    assert whole is not None
    assert f"今年新建站点{letter.number}处" in whole.text
    assert well.problems(letter) == []
    assert well.state(letter) == "archived"
    (again,) = worse.problems(letter, route.says)
    assert route.says in again
    assert record(worse.reply(letter)) == record(whole)
    assert mended.problems(letter) == []
    assert record(mended.reply(letter)) == record(whole)


@each(FAILS)
def test_a_page_that_cannot_be_had_waits_for_the_next_crawl_and_replaces_nothing(
    failing: Story, route: Route
) -> None:
    holds(failing, route)


@each(SLOW)
def test_a_page_that_takes_too_long_is_cut_and_waits_for_the_next_crawl(
    slow: Story, route: Route
) -> None:
    holds(slow, route)


def test_pages_that_cannot_be_had_cost_no_other_page_and_no_doubt(failing: Story) -> None:
    everything = failing.columns["all"]
    bad, well, worse, mended = failing.crawls
    assert {each.exit_code for each in (bad, worse)} == {4}
    assert {each.exit_code for each in (well, mended)} == {0}
    good = [each for each in everything if each not in failing.letters.values()]
    assert {each.number for each in good if bad.reply(each)} == {each.number for each in good}
    outcomes = [crawled.reports["qingyuan"].outcomes for crawled in failing.crawls]
    failed = len(FAILS)
    assert outcomes[:2] == [
        {Outcome.NEW: failed + 1, Outcome.FAILED: failed},
        {Outcome.NEW: failed},
    ]
    assert outcomes[2] == {Outcome.SAME: failed + 1, Outcome.FAILED: failed}
    assert outcomes[3] == {Outcome.SAME: 2 * failed + 1}
    assert not any(report.blocked for each in failing.crawls for report in each.reports.values())
    assert failing.is_sound()


def test_no_user_name_of_an_address_is_told(failing: Story) -> None:
    told = str([crawled.reports for crawled in failing.crawls])
    assert "me:" not in told
    assert "secret" not in told


@pytest.fixture(scope="module")
def absent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A column in place of whose pages others come for a while."""
    with serving() as gov:
        column, letters = between(ABSENT)
        column.publish(gov)
        gov.pages["/"] = "<title>清源市政府</title><h1>代表：</h1><p>你们好。</p>".encode()
        gov.pages["/error.html"] = b"<title>oops</title>"
        path = tmp_path_factory.mktemp("absent") / "a.db"
        story = Story(gov, path, (source(gov),), ONCE, letters=letters)
        for turn in ("well", "bad", "well"):
            if turn == "bad":
                misbehave(gov, ABSENT, letters)
            story.crawl(FULL)
            gov.routes.clear()
        yield story


@each(ABSENT)
def test_another_page_is_never_the_record(absent: Story, route: Route) -> None:
    letter = absent.letters[route.name]
    before, bad, after = absent.crawls
    (problem,) = bad.problems(letter)
    assert route.says in problem
    assert "soft 404" in problem
    whole = before.reply(letter)
    assert whole is not None
    assert record(bad.reply(letter)) == record(after.reply(letter)) == record(whole)
    assert whole.gone_at is None
    assert (bad.exit_code, after.exit_code) == (4, 0)
    assert absent.is_sound()
