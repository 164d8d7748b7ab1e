"""Numbers that disagree, letters issued anew, letters that shrink: nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.model import Outcome
from tests.column import MANNERS, Column, Letter, source
from tests.gov import Gov
from tests.misbehaving import Route, each, shows
from tests.misbehaving_content import OTHERS
from tests.stories import DAY, FULL, Story, record

CONFLICT = "index-conflict"


@dataclass(frozen=True)
class Titled(Letter):
    """A letter whose title and address are its own; its words are those of the tests' letters."""

    called: str = ""
    where: str = ""

    @property
    def title(self) -> str:
        return self.called or super().title

    @property
    def path(self) -> str:
        return self.where or super().path


@pytest.fixture
def story(gov: Gov, tmp_path: Path) -> Story:
    return Story(gov, tmp_path / "a.db", (source(gov),), replace(MANNERS, retries=0))


def titles(story: Story, key: str) -> set[str]:
    with Archive.open(story.path, read_only=True) as archive:
        return {reply.title for reply in archive.find(key)}


@shows("one index number on two letters")
def test_one_index_number_on_two_letters_is_a_conflict_and_both_are_kept(
    gov: Gov, story: Story
) -> None:
    made = [
        Letter(n, DAY, word, "990123006/2023-00001") for n, word in enumerate(("养老", "殡葬"), 1)
    ]
    Column(made).publish(gov)
    crawled = story.crawl()
    found = [crawled.reply(letter) for letter in made]
    assert all(reply is not None and CONFLICT in reply.flags for reply in found)
    assert titles(story, "990123006/2023-00001") == {letter.title for letter in made}
    again = story.crawl(FULL)
    assert [record(again.reply(letter)) for letter in made] == [record(each) for each in found]
    assert story.is_sound()


@shows("two index numbers on one letter")
def test_one_letter_under_two_index_numbers_is_found_by_either(gov: Gov, story: Story) -> None:
    first = Letter(1, DAY, "养老", "990123006/2023-00001")
    second = Titled(1, DAY, "养老", "990123006/2023-00007", where="/jytabl/202305/t20230517_7.html")
    Column([first, second]).publish(gov)
    story.crawl()
    story.crawl(FULL)
    for number in ("00001", "00007"):
        assert titles(story, f"990123006/2023-{number}") == {first.title}
    assert story.crawls[-1].reports["qingyuan"].outcomes == {Outcome.SAME: 2}
    assert story.is_sound()


@each([route for route in OTHERS if "that says" in route.name])
def test_what_only_fills_the_place_of_an_index_number_joins_no_letters(
    gov: Gov, story: Story, route: Route
) -> None:
    column = Column([Letter(n, DAY, word) for n, word in enumerate(("养老", "殡葬", "低保"), 1)])
    column.publish(gov)
    gov.routes |= {letter.path: route.fault for letter in column.letters}
    crawled = story.crawl()
    assert len(crawled.held) == 3
    for reply in crawled.held.values():
        assert reply.index_number is None
        assert "no-index-number" in reply.flags
        assert CONFLICT not in reply.flags
    assert len({reply.id for reply in crawled.held.values()}) == 3
    assert story.is_sound()


@shows("an index number that changes", "a letter that is edited")
def test_what_a_page_said_before_is_kept_as_a_version_and_found(gov: Gov, story: Story) -> None:
    column = Column([Letter(2, DAY), Letter(1, DAY)])
    column.publish(gov)
    (before, _) = story.crawl().held.values()
    column.edit(2, index_number="990123006/2023-00077")
    column.edit(1, word="殡葬服务")
    column.publish(gov)
    crawled = story.crawl(FULL)
    assert crawled.reports["qingyuan"].outcomes == {Outcome.CHANGED: 2}
    assert {reply.version for reply in crawled.held.values()} == {2}
    for number in ("00002", "00077"):
        assert titles(story, f"990123006/2023-{number}") == {column.letters[0].title}
    with Archive.open(story.path, read_only=True) as archive:
        for reply in crawled.held.values():
            first, second = archive.versions(reply.id)
            assert first.reply != second.reply
            assert first.sha256 != second.sha256
    assert crawled.held[before.url].id == before.id
    assert story.is_sound()


@shows("one page to several proposals", "several letters to one proposal")
def test_a_page_may_answer_several_proposals_and_a_proposal_have_several_letters(
    gov: Gov, story: Story
) -> None:
    joint = Titled(1, DAY, called="清源市民政局关于市八届人大二次会议第12、13号建议的答复")
    other = Titled(2, DAY, "殡葬服务", called="清源市财政局关于市八届人大二次会议第13号建议的答复")
    Column([joint, other]).publish(gov)
    crawled = story.crawl()
    found = crawled.reply(joint)
    assert found is not None
    assert found.proposal_numbers == ("12", "13")
    with Archive.open(story.path, read_only=True) as archive:
        to_13 = [reply for reply in archive.replies() if "13" in reply.proposal_numbers]
    assert {reply.title for reply in to_13} == {joint.title, other.title}
    assert not any(CONFLICT in reply.flags for reply in to_13)
    assert story.is_sound()


@shows("a letter issued anew elsewhere")
def test_a_letter_that_is_issued_anew_takes_nothing_away(gov: Gov, story: Story) -> None:
    letter = Letter(1, DAY)
    column = Column([letter])
    column.publish(gov)
    before = story.crawl().reply(letter)
    assert before is not None
    anew = Titled(
        1,
        DAY + timedelta(days=30),
        "养老服务和社区照料",
        "990123006/2023-00090",
        f"{letter.title}（修订）",
        "/jytabl/202306/t20230616_90.html",
    )
    column.letters.insert(0, anew)
    column.publish(gov)
    story.crawl()
    with Archive.open(story.path, read_only=True) as archive:
        said = {version.reply.text for r in archive.replies() for version in archive.versions(r.id)}
    assert before.text in said
    assert any("社区照料" in text for text in said)
    assert titles(story, "990123006/2023-00090") == {anew.title}
    assert story.is_sound()


@shows("a much shorter letter")
def test_a_much_shorter_letter_is_put_aside_and_told(gov: Gov, story: Story) -> None:
    column = Column([Letter(2, DAY, "养老服务" * 60), Letter(1, DAY)])
    column.publish(gov)
    before = story.crawl().reply(column.letters[0])
    column.edit(2, word="养老")
    column.publish(gov)
    crawled = story.crawl(FULL)
    assert crawled.reports["qingyuan"].outcomes == {Outcome.SAME: 1, Outcome.ASIDE: 1}
    assert record(crawled.reply(column.letters[0])) == record(before)
    (problem,) = crawled.reports["qingyuan"].problems
    assert column.letters[0].title in problem
    assert "kept, not shown" in problem
    assert crawled.exit_code == 4
    assert story.is_sound()
