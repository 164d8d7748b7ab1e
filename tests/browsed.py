"""An archive in a browser, asked without one: what tests of its pages share."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from replyarc.archive.store import Archive
from tests.shelf_of_letters import HOSTILE, told

# Datasette 0.65 leaves connections of its threads to the garbage collector; Python 3.13 says so.
MARKS: Final = [
    pytest.mark.filterwarnings(
        "ignore:unclosed database in <sqlite3.Connection:ResourceWarning",
        "ignore:Exception ignored in. <sqlite3.Connection:pytest.PytestUnraisableExceptionWarning",
    ),
    pytest.mark.asyncio(loop_scope="module"),
]


def known(path: Path) -> dict[str, str]:
    """The ids of letters, by what they are there for."""
    with Archive.open(path, read_only=True) as archive:
        named = {reply.title: reply.id for reply in archive.replies()}
    return {
        "edited": named[told(3).title],
        "other": next(id for title, id in named.items() if "会办意见" in title),
        "gone": named[told(4).title],
        "plain": named[told(5).title],
        "hostile": named[HOSTILE.title],
    }


def asking(app: Any, host: str = "127.0.0.1:8765") -> httpx.AsyncClient:
    """Ask an application without a connection."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=f"http://{host}")


async def page(client: httpx.AsyncClient, address: str) -> str:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(text: str) -> str:
    """What a page says, without its markup, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", text)).split())


def held(path: Path) -> bytes:
    return path.read_bytes()


def beside(path: Path) -> list[str]:
    return [each.name for each in path.parent.iterdir()]


def replies(text: str) -> list[str]:
    """The letters that a list leads to, in its order."""
    return re.findall(r'class="title" href="/-/reply/(\w+)"', text)
