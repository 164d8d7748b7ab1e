"""Pages that come whole and are odd: read as what they are, kept as they came."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.model import Reply
from replyarc.text.chinese import squeeze
from tests.column import MANNERS, Column, Letter, source
from tests.gov import serving
from tests.misbehaving import Route, each, shows
from tests.misbehaving_content import (
    ENCODED,
    FOLDED,
    IN_BRACKETS,
    LOST,
    MUCH_LOST,
    NUMBERED,
    NUMBERS,
    ODD,
)
from tests.misbehaving_pages import BROKEN, TOO_LARGE, UNREAD, VIEWER
from tests.stories import DAY, FULL, Crawled, Story, between, misbehave, record

ONCE = replace(MANNERS, retries=0, timeout=60.0)
READ = (*ENCODED, *ODD, *IN_BRACKETS, *BROKEN, VIEWER, LOST)
KEYS = ("index_number", "proposal_numbers", "published_on", "signed_on", "addressees")


def tell(path: Path, routes: Sequence[Route], turns: str) -> Story:
    """Crawl a column whose every second page is odd (o) or plain (p), turn by turn."""
    with serving() as gov:
        column, letters = between(routes)
        column.publish(gov)
        story = Story(gov, path, (source(gov),), ONCE, letters=letters)
        for turn in turns:
            gov.routes.clear()
            if turn == "o":
                misbehave(gov, routes, letters)
            story.crawl(FULL)
        return story


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return tell(tmp_path_factory.mktemp("odd") / "a.db", READ, "oo")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return tell(tmp_path_factory.mktemp("plain") / "a.db", READ, "p")


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """What was archived once, and cannot be read any more for a while."""
    return tell(tmp_path_factory.mktemp("spoilt") / "a.db", (*UNREAD, MUCH_LOST), "pop")


def pair(odd: Story, plain: Story, route: Route) -> tuple[Reply, Reply]:
    """A letter as it was read, and as it would be if its page were like any other."""
    found = odd.crawls[0].reply(odd.letters[route.name])
    right = plain.crawls[0].reply(plain.letters[route.name])
    assert right is not None
    assert found is not None, [odd.crawls[0].problems(odd.letters[route.name])]
    return found, right


def keys(reply: Reply) -> dict[str, object]:
    said = {name: getattr(reply, name) for name in KEYS}
    return {**said, "title": squeeze(reply.title)}


def folded(text: str) -> str:
    return text.translate(FOLDED)


@each(ENCODED)
def test_a_page_is_read_in_the_charset_that_it_is_in(
    odd: Story, plain: Story, route: Route
) -> None:
    found, right = pair(odd, plain, route)
    assert folded(found.text) == right.text
    assert folded(found.title) == right.title
    assert found.index_number == right.index_number
    assert "decoding-loss" not in found.flags


@each(ODD)
def test_letters_that_nobody_sees_or_that_look_alike_make_no_other_key(
    odd: Story, plain: Story, route: Route
) -> None:
    found, right = pair(odd, plain, route)
    assert keys(found) == keys(right)
    assert [each for each in found.text if unicodedata.category(each) == "Cc"] == ["\n"] * (
        found.text.count("\n")
    )
    assert found.index_number is not None
    with Archive.open(odd.path, read_only=True) as archive:
        assert [reply.id for reply in archive.find(found.index_number)] == [found.id]


@each(IN_BRACKETS)
def test_a_document_number_is_one_in_whatever_brackets(
    odd: Story, plain: Story, route: Route
) -> None:
    found, _ = pair(odd, plain, route)
    assert found.document_number == "清民函〔2023〕12号"


@each(BROKEN)
def test_broken_markup_costs_no_letter(odd: Story, plain: Story, route: Route) -> None:
    found, right = pair(odd, plain, route)
    assert found.text == right.text
    assert found.title == right.title
    if route.name in ("no metadata table", "nothing that ends"):
        assert found.index_number is None
        assert "no-index-number" in found.flags
    else:
        assert found.index_number == right.index_number


@shows("a viewer of PDF files")
def test_a_file_that_only_a_viewer_shows_is_an_attachment(odd: Story, plain: Story) -> None:
    found, right = pair(odd, plain, VIEWER)
    assert [file.url.rpartition("/a/")[2] for file in found.attachments] == ["1.pdf"]
    assert found.index_number == right.index_number


@shows("a few bytes that are none")
def test_bytes_that_are_no_letters_are_flagged(odd: Story, plain: Story) -> None:
    found, right = pair(odd, plain, LOST)
    assert "decoding-loss" in found.flags
    assert "decoding-loss" not in right.flags
    assert found.index_number == right.index_number


def test_odd_pages_are_kept_as_they_came_and_read_again_they_are_the_same(odd: Story) -> None:
    first, again = odd.crawls
    assert first.exit_code == again.exit_code == 0
    assert len(first.held) == 2 * len(READ) + 1
    assert {url: record(reply) for url, reply in first.held.items()} == {
        url: record(reply) for url, reply in again.held.items()
    }
    with Archive.open(odd.path, read_only=True) as archive:
        body = archive.body(reply_of(first, odd.letters["NUL in the letter"]).sha256)
    assert b"\x00" in body
    assert odd.is_sound()


def reply_of(crawled: Crawled, letter: Letter) -> Reply:
    reply = crawled.reply(letter)
    assert reply is not None
    return reply


@each(UNREAD)
def test_a_page_without_a_letter_is_told_kept_and_replaces_nothing(
    spoilt: Story, route: Route
) -> None:
    letter = spoilt.letters[route.name]
    before, bad, after = spoilt.crawls
    (problem,) = bad.problems(letter)
    assert route.says in problem
    assert record(bad.reply(letter)) == record(after.reply(letter)) == record(before.reply(letter))
    assert bad.exit_code == 5  # five of thirteen pages: so many are a finding too
    assert after.exit_code == 0
    assert spoilt.is_sound()


@shows("many bytes that are none")
def test_a_page_of_which_much_was_lost_is_put_aside(spoilt: Story) -> None:
    letter = spoilt.letters[MUCH_LOST.name]
    before, bad, _ = spoilt.crawls
    assert record(bad.reply(letter)) == record(before.reply(letter))
    assert bad.problems(letter)


@shows(TOO_LARGE.name)
def test_a_page_of_50_mb_is_not_read_to_its_end_and_replaces_nothing(tmp_path: Path) -> None:
    story = tell(tmp_path / "a.db", (TOO_LARGE,), "po")
    before, bad = story.crawls
    letter = story.letters[TOO_LARGE.name]
    (problem,) = bad.problems(letter)
    assert TOO_LARGE.says in problem
    assert record(bad.reply(letter)) == record(before.reply(letter))
    assert story.is_sound()


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Reply]]:
    """Letters whose proposals are numbered in all spellings; their rows say nothing of it."""
    with serving() as gov:
        made = [Letter(1, DAY) for _ in NUMBERS]
        found: dict[str, Reply] = {}
        for route, letter in zip(NUMBERS, made, strict=True):
            column = Column([letter])
            column.publish(gov)
            listing = gov.pages[column.listing(1)]
            assert isinstance(listing, bytes)
            gov.pages[column.listing(1)] = listing.replace(
                "第001号建议".encode(), route.says.encode()
            )
            gov.routes = {letter.path: route.fault}
            path = tmp_path_factory.mktemp("numbered") / "a.db"
            crawled = Story(gov, path, (source(gov),), ONCE).crawl()
            found[route.name] = reply_of(crawled, letter)
        yield found


@each(NUMBERS)
def test_the_numbers_of_proposals_are_read_however_they_are_spelled(
    numbered: dict[str, Reply], route: Route
) -> None:
    reply = numbered[route.name]
    assert reply.proposal_numbers == NUMBERED[route.says]
    assert route.says in reply.title or route.says in reply.title.replace(" ", "")
