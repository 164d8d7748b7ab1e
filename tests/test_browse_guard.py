"""The archive in a browser, asked without one: what is refused, and what nobody can do there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Final

import httpx
import pytest
import pytest_asyncio

from replyarc.archive.store import Archive
from replyarc.browse.guard import HEADERS, POLICY, Guard
from replyarc.browse.opening import Opened, opened
from replyarc.model import Request, Response
from tests.blank import blank
from tests.browsed import MARKS, asking, held, known, page
from tests.shelf_of_letters import DAY, SCRIPT, shelve, told

pytestmark = MARKS

OURS: Final = ("/", "/-/search", "/-/search?q=养老", "/-/charts", "/-/reply/{edited}")
DATASETTES: Final = (
    "/archive",
    "/archive/replies",
    "/archive/replies_flat?_facet=year&_facet=publisher",
    "/archive/~E7~AD~94~E5~A4~8D",
    "/archive/proposals",
    "/archive/history",
    "/archive/files",
    "/archive/search?words=恶意",
    "/archive/replies/{hostile}",
    "/archive?sql=select+title+from+replies",
)
_ELSEWHERE: Final = re.compile(
    r'<(?:img|iframe|source|embed)[^>]*src="(?!/[^/])'
    r'|<link rel="(?:stylesheet|icon)" href="(?!/[^/])'
)
FROM_ELSEWHERE: Final = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
REFUSED: Final = (
    "/nothing",
    "/-/reply/nothing",
    "/-/search?year=x",
    "/archive.db",
    "/archive/none",
    "/archive?sql=drop+table+replies",
    "/-/chart/nothing.svg",
    "/-/browse/../opening.py",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # a name with what an address of SQLite, or of the web, could take for something else
    path = tmp_path_factory.mktemp("50% #1") / "where?mode=rwc&x=答复.db"
    shelve(path)
    return path


@pytest.fixture(scope="module")
def ids(path: Path) -> dict[str, str]:
    return known(path)


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[Opened]:
    with opened(path, "127.0.0.1") as archive:
        yield archive


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(served: Opened) -> AsyncIterator[httpx.AsyncClient]:
    async with asking(served.app) as client:
        yield client


# --- what it lets nobody do


async def test_every_answer_bears_the_strict_policy(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    for address in (*OURS, *DATASETTES, *REFUSED, "/-/browse/browse.css", "/-/static/app.css"):
        answer = await client.get(address.format(**ids))
        assert answer.status_code < 500, address
        assert answer.headers.get_list("content-security-policy") == [POLICY], address
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value], address
        assert not any(name.startswith("access-control-") for name in answer.headers), address
    assert "script-src" not in POLICY
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'; ")


async def test_no_page_has_a_script_or_an_address_elsewhere_to_load(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    for address in (*OURS, *DATASETTES, *REFUSED):
        text = (await client.get(address.format(**ids))).text
        assert "<script" not in text, address
        assert not re.search(r"<[^>]*\son\w+\s*=", text), address
        assert not _ELSEWHERE.search(text), address


async def test_what_a_page_said_is_text_everywhere(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    for address in (f"/-/reply/{ids['hostile']}", "/", "/-/search?q=恶意", "/archive/replies"):
        text = await page(client, address)
        assert SCRIPT not in text
        assert SCRIPT in unescape(text), address
    text = await page(client, f"/-/reply/{ids['hostile']}")
    assert "{{ 7 * 7 }}" in text
    assert 'href="javascript:' not in text
    assert "\u202e" not in text
    assert "\x1b" not in text


async def test_no_page_holds_the_html_that_was_archived(path: Path, tmp_path: Path) -> None:
    copied = tmp_path / "replies.db"
    blank(copied).close()
    with Archive.open(copied) as archive:
        archive.put(told(1), archive.keep(_answer(b"<marquee>as served</marquee>")), DAY)
        (reply,) = archive.replies()
    with opened(copied, "127.0.0.1") as opening:
        async with asking(opening.app) as client:
            text = await page(client, f"/-/reply/{reply.id}")
    assert "as served" not in text
    assert reply.sha256 in text


@pytest.mark.parametrize(
    "host",
    ["evil.test", "127.0.0.1.evil.test:8765", "localhost.evil.test", "", "192.0.2.7", "[::2]:1"],
)
async def test_another_name_for_this_machine_is_refused(served: Opened, host: str) -> None:
    async with asking(served.app) as client:
        answer = await client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-security-policy"] == POLICY
    assert "养老" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765"])
async def test_the_names_of_this_machine_are_answered(served: Opened, host: str) -> None:
    async with asking(served.app) as client:
        assert (await client.get("/-/charts", headers={"host": host})).status_code == 200


async def test_where_all_may_ask_an_address_is_answered_and_another_name_is_not(
    served: Opened,
) -> None:
    async with asking(Guard(served.datasette.app(), "0.0.0.0")) as client:
        for host, status in (("192.0.2.7:8765", 200), ("[2001:db8::7]", 200), ("evil.test", 421)):
            answer = await client.get("/-/charts", headers={"host": host})
            assert answer.status_code == status, host


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        (
            {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "origin": "http://e.test"},
            403,
        ),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, 403),
        (FROM_ELSEWHERE, 200),
        ({**FROM_ELSEWHERE, "sec-fetch-dest": "iframe"}, 403),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"}, 200),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200),
        ({"origin": "http://evil.test"}, 200),
    ],
    ids=["picture", "fetch", "port", "link", "frame", "own", "typed", "old"],
)
async def test_a_page_of_another_site_reads_nothing(
    client: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    answer = await client.get("/archive/replies.json", headers=headers)
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers


async def test_nothing_of_the_archive_is_kept_by_a_browser(client: httpx.AsyncClient) -> None:
    for address in (*OURS[:3], "/archive/replies", "/archive/replies.csv?_size=1", "/nothing"):
        answer = await client.get(address)
        assert answer.headers.get_list("cache-control") == ["no-store"], address
    assert "no-store" not in str((await client.get("/-/static/app.css")).headers)


@pytest.mark.parametrize(
    "address",
    ["databases.json", "databases", "versions.json", "threads", "plugins", "searching", "messages"],
)
async def test_nothing_is_told_of_the_machine(
    client: httpx.AsyncClient, path: Path, address: str
) -> None:
    answer = await client.get(f"/-/{address}")
    assert answer.status_code == 404
    assert path.name not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_nothing_but_reading_is_understood(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/archive/replies")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_no_sql_changes_the_archive(
    client: httpx.AsyncClient, served: Opened, path: Path
) -> None:
    before = held(path)
    for sql in ("delete from replies", "pragma query_only = off", "attach 'x.db' as x"):
        answer = await client.get("/archive", params={"sql": sql})
        assert answer.status_code == 400, sql
    database = served.datasette.get_database("archive")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.execute_fn(_unlocked)
    assert held(path) == before


async def test_a_query_that_would_fill_the_memory_is_refused(client: httpx.AsyncClient) -> None:
    """A query is ended after a while, but not within a function: that would take a minute."""
    answer = await client.get("/archive", params={"sql": "select length(zeroblob(900000000))"})
    assert answer.status_code == 400
    assert "too big" in answer.text


async def test_the_database_cannot_be_downloaded(client: httpx.AsyncClient) -> None:
    assert (await client.get("/archive.db")).status_code == 403
    assert ".db" not in (await page(client, "/archive"))


async def test_a_query_without_an_end_is_ended(served: Opened) -> None:
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select max(x) from c"
    served.datasette.sql_time_limit_ms, limit = 50, served.datasette.sql_time_limit_ms
    try:
        async with asking(served.app) as client:
            answer = await client.get("/archive", params={"sql": endless})
    finally:
        served.datasette.sql_time_limit_ms = limit
    assert answer.status_code == 400
    assert "The query took too long and was ended." in answer.text


async def test_archived_bytes_are_nothing_that_a_browser_shows(
    client: httpx.AsyncClient, path: Path, ids: Mapping[str, str]
) -> None:
    with Archive.open(path, read_only=True) as archive:
        (reply,) = archive.find(ids["hostile"])
    address = f"/archive/bodies/{reply.sha256}.blob?_blob_column=data"
    answer = await client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/binary"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


# --- its beginning and its end


async def test_an_error_prints_nothing_that_the_archive_says(
    client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str], ids: Mapping[str, str]
) -> None:
    await client.get("/archive/none")
    await client.get("/archive/replies/none.json")
    await client.get("/-/search?q=周小溪&year=x")
    await client.get("/archive?sql=select+'周小溪'+from+nowhere")
    assert capfd.readouterr() == ("", "")


async def test_an_error_is_told_as_json_where_json_was_asked_for(client: httpx.AsyncClient) -> None:
    answer = await client.get("/archive/none.json")
    assert answer.status_code == 404
    assert answer.json()["error"] == "没有这个页面。There is no such page."


def _unlocked(db: sqlite3.Connection) -> None:
    """Write where the connection was told that it may: the file was opened for reading only."""
    db.execute("pragma query_only = off")
    try:
        db.execute("delete from replies")
    finally:
        db.execute("pragma query_only = on")


def _answer(body: bytes) -> Response:
    url = told(1).url
    return Response(
        request=Request(url), url=url, status=200, headers=(), body=body, fetched_at=DAY
    )
