"""Listings that misbehave: nothing is lost in silence, and what cannot be taken is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from replyarc.model import Outcome
from tests.column import MANNERS, Column, Letter, letters, source
from tests.gov import Answer, Gov
from tests.misbehaving import Route, each, shows
from tests.misbehaving_listing import LISTED, MOVING
from tests.stories import DAY, FULL, Story, record
from tests.test_trust_identity import Titled


@pytest.fixture
def column(gov: Gov) -> Column:
    made = Column(letters(8))
    made.publish(gov)
    return made


@pytest.fixture
def story(gov: Gov, tmp_path: Path) -> Story:
    return Story(gov, tmp_path / "a.db", (source(gov),), replace(MANNERS, retries=0))


@each(LISTED)
def test_a_listing_that_misbehaves_loses_nothing_in_silence(
    gov: Gov, column: Column, story: Story, route: Route
) -> None:
    everything = list(column.letters)
    MOVING[route.name](gov, column)
    crawled = story.crawl()
    report = crawled.reports["qingyuan"]
    lacking = [letter for letter in column.letters if crawled.reply(letter) is None]
    assert not lacking or report.findings, lacking
    assert not lacking or not report.finished
    assert bool(report.findings) == (crawled.exit_code == 5)
    assert not report.blocked
    first = {letter.path: record(crawled.reply(letter)) for letter in everything}

    gov.handlers.clear()
    column.letters[:] = everything
    column.publish(gov)
    story.crawl()
    again = story.crawl(FULL)
    assert again.reports["qingyuan"].finished
    assert again.reports["qingyuan"].findings == []
    assert {letter.number for letter in everything if again.reply(letter)} == set(range(1, 9))
    for letter in everything:
        assert first[letter.path] in (None, record(again.reply(letter)))
    assert story.is_sound()


@shows("a first page that a cache kept")
def test_a_first_page_that_a_cache_kept_delays_what_is_new_and_loses_nothing(
    gov: Gov, column: Column, story: Story
) -> None:
    story.crawl()
    old = gov.pages[column.listing(1)]
    column.letters.insert(0, Letter(9, DAY.replace(month=6)))
    column.publish(gov)
    gov.pages[column.listing(1)] = old
    assert len(story.crawl(FULL).held) == 8
    column.publish(gov)
    crawled = story.crawl()
    assert len(crawled.held) == 9
    assert crawled.exit_code == 0


@shows(
    "a link to another host",
    "a link to WeChat",
    "a link that is a program",
    "a link to a file",
    "a link from ../",
    "a link with blanks and Chinese",
)
def test_odd_links_of_a_listing_are_taken_or_counted(gov: Gov, story: Story) -> None:
    plain = letters(3)
    up = Titled(11, DAY, where="/dafu/t20230517_11.html")
    chinese = Titled(12, DAY, where="/jytabl/%E7%AD%94%E5%A4%8D/t20230517%2012.html")
    file = Titled(13, DAY, where="/jytabl/202305/P020230517_13.pdf")
    out = [Letter(number, DAY) for number in (21, 22, 23)]
    column = Column([*plain, up, chinese, file, *out], per_page=9)
    column.publish(gov)
    page = gov.pages[column.listing(1)]
    assert isinstance(page, bytes)
    for letter, address in (
        (up, "../dafu/t20230517_11.html"),
        (chinese, "答复/t20230517 12.html"),
        (out[0], "http://www.example.com/t20230517_00021.html"),
        (out[1], "https://mp.weixin.qq.com/s/abc123"),
        (out[2], "javascript:void(0)"),
    ):
        page = page.replace(f'"{letter.path}"'.encode(), f'"{address}"'.encode())
    gov.pages[column.listing(1)] = page
    gov.pages[file.path] = Answer(200, {"Content-Type": "application/pdf"}, b"%PDF-1.4\n%%EOF")
    crawled = story.crawl()
    report = crawled.reports["qingyuan"]
    paths = {path for path in crawled.asked if path.startswith(("/dafu", "/jytabl/"))}
    assert paths == {
        column.listing(1),
        *(letter.path for letter in (*plain, up, chinese, file)),
    }
    assert report.left_out == {"other host": 2, "no address": 1}
    assert report.outcomes == {Outcome.NEW: 6}
    assert report.listed == 6
    assert {reply.title for reply in crawled.held.values()} == {
        letter.title for letter in (*plain, up, chinese, file)
    }
    assert story.crawl(FULL).reports["qingyuan"].outcomes == {Outcome.SAME: 6}
    assert story.is_sound()
