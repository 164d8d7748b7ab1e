"""Attached files that misbehave: kept by hash, known by their bytes, and the letter is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.evidence import Attached
from tests.column import MANNERS, Column, Letter, source
from tests.gov import serving
from tests.misbehaving import Route, each
from tests.misbehaving_files import ATTACHMENTS, FILES
from tests.stories import DAY, Story, record


@dataclass(frozen=True)
class WithFile(Letter):
    """A letter with an attached file."""

    file: str = ""

    def page(self) -> bytes:
        link = f'<p>附件：<a href="{self.file}">附件1{Path(self.file).suffix}</a></p></div>'
        return super().page().replace(b"</div>", link.encode())


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A column whose letters have files of all kinds."""
    with serving() as gov:
        made = [
            WithFile(number, DAY - timedelta(days=number), file=f"/files/{FILES[route.name][1]}")
            for number, route in enumerate(ATTACHMENTS, 1)
        ]
        column = Column([*made], per_page=len(made))
        column.publish(gov)
        gov.routes = {
            letter.file: route.fault for letter, route in zip(made, ATTACHMENTS, strict=True)
        }
        wanting = replace(source(gov), attachments=True)
        path = tmp_path_factory.mktemp("files") / "a.db"
        manners = replace(MANNERS, retries=0, timeout=60.0)
        letters = {route.name: letter for letter, route in zip(made, ATTACHMENTS, strict=True)}
        story = Story(gov, path, (wanting,), manners, letters=dict(letters))
        story.crawl()
        story.crawl()
        return story


def said_of(story: Story, url: str) -> Attached | None:
    with Archive.open(story.path, read_only=True) as archive:
        return archive.files.said(url)


@each(ATTACHMENTS)
def test_a_file_is_kept_as_it_came_known_by_its_bytes_and_what_is_not_read_is_told(
    story: Story, route: Route
) -> None:
    body, name, kind, told = FILES[route.name]
    letter = story.letters[route.name]
    reply = story.crawls[0].reply(letter)
    assert reply is not None
    assert f"今年新建站点{letter.number}处" in reply.text
    (file,) = reply.attachments
    assert file.url.endswith(f"/files/{name}")
    assert file.sha256 == hashlib.sha256(body).hexdigest()
    said = said_of(story, file.url)
    assert said is not None
    assert said.kind == kind
    assert told in (said.problem or "")
    assert bool(said.problem) == bool(told)
    assert (said.text is None) == (told not in ("", "not a PDF file but a Word"))
    assert "root:" not in (said.text or "")
    assert record(story.crawls[1].reply(letter)) == record(reply)


def test_files_that_misbehave_cost_no_letter_and_write_nowhere(story: Story) -> None:
    assert len(story.crawls[0].held) == len(ATTACHMENTS)
    assert [crawled.exit_code for crawled in story.crawls] == [0, 0]
    assert not Path("/tmp/replyarc-slip").exists()
    assert story.is_sound()


def test_two_files_of_one_name_are_two(story: Story) -> None:
    names = ("one of two of one name", "the other of two of one name")
    replies = [story.crawls[0].reply(story.letters[name]) for name in names]
    files = [reply.attachments[0] for reply in replies if reply]
    assert files[0].name == files[1].name
    assert files[0].sha256 != files[1].sha256
    assert [said and said.text for said in (said_of(story, file.url) for file in files)] == [
        "收悉，甲",
        "收悉，乙",
    ]
