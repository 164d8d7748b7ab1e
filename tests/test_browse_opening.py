"""The archive opened in Datasette: what it leaves as it was, and what it is not opened of."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from replyarc.browse.guard import POLICY
from replyarc.browse.opening import opened
from replyarc.errors import ArchiveError
from tests.blank import blank
from tests.browsed import MARKS, asking, beside, page, words

pytestmark = MARKS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "replies.db"
    blank(path).close()
    return path


async def test_an_archive_that_is_taken_away_meanwhile_is_told(tmp_path: Path) -> None:
    path = tmp_path / "replies.db"
    blank(path).close()
    with opened(path, "127.0.0.1") as archive:
        path.rename(path.with_name("elsewhere.db"))
        async with asking(archive.app) as client:
            answer = await client.get("/")
    assert answer.status_code == 500
    assert f"{path}: there is no archive." in words(answer.text)
    assert answer.headers["content-security-policy"] == POLICY


async def test_an_archive_in_the_place_of_the_one_that_was_opened_is_told(tmp_path: Path) -> None:
    """What is kept open is the old one: half of the pages would be of it, the others damaged."""
    path, other = tmp_path / "replies.db", tmp_path / "other.db"
    blank(path).close()
    blank(other).close()
    with opened(path, "127.0.0.1") as archive:
        other.replace(path)
        async with asking(archive.app) as client:
            answer = await client.get("/")
    assert answer.status_code == 503
    assert "The archive was replaced by another file" in words(answer.text)


async def test_another_datasette_in_the_process_is_left_as_it_was(path: Path) -> None:
    app: Any = importlib.import_module("datasette.app")
    plugins: Any = importlib.import_module("datasette.plugins")
    before = {plugins.pm.get_name(each) for each in plugins.pm.get_plugins()}
    with opened(path, "127.0.0.1"):
        other = app.Datasette(memory=True)
        text = (await other.client.get("/")).text
        assert "建议提案答复" not in text
        assert (await other.client.get("/-/search")).status_code == 404
    assert {plugins.pm.get_name(each) for each in plugins.pm.get_plugins()} == before
    other.executor.shutdown()


@pytest.mark.parametrize("content", [None, b"", b"no archive" * 100], ids=["none", "empty", "else"])
async def test_what_is_no_archive_is_not_opened(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "replies.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ArchiveError), opened(path, "127.0.0.1"):
        pass


async def test_nothing_is_left_beside_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "replies.db"
    blank(path).close()
    with opened(path, "127.0.0.1") as archive:
        async with asking(archive.app) as client:
            await page(client, "/archive/replies")
    assert beside(path) == ["replies.db"]
