"""Datasette with the datasette.yaml that is written for an archive: titles, facets, a search."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive.lock import hold
from replyarc.archive.store import Archive
from replyarc.archive.views import VIEWS
from replyarc.export.datasette import SETTINGS, configuration, written
from replyarc.model import Reply
from tests.blank import blank
from tests.test_cli import run
from tests.test_describing import CARE, DAY, ROAD, filed, response

# Datasette 0.65 leaves connections of its threads to the garbage collector; Python 3.13 says so.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed database in <sqlite3.Connection:ResourceWarning",
    "ignore:Exception ignored in. <sqlite3.Connection:pytest.PytestUnraisableExceptionWarning",
)

yaml: Any = importlib.import_module("yaml")  # comes with Datasette; ships no types
TEXTS = st.text(st.characters())  # with halves of surrogate pairs, which a page can bring


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "replies.db"
    with blank(path) as archive:
        filed(archive, CARE, ROAD)
    return path


@pytest.fixture
def served(path: Path) -> Iterator[Any]:
    """Datasette as the command line starts it with what replyarc wrote."""
    assert run("--archive", str(path), "datasette").code == 0
    metadata = yaml.safe_load(path.with_name("datasette.yaml").read_text("utf-8"))
    app: Any = importlib.import_module("datasette.app")
    datasette = app.Datasette([str(path)], metadata=metadata, settings=dict(SETTINGS))
    yield datasette
    for database in datasette.databases.values():
        database.close()


async def page(served: Any, address: str) -> str:
    answer = await served.client.get(address)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


async def found(served: Any, address: str) -> list[dict[str, Any]]:
    answer = await served.client.get(address)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def test_the_home_page_says_what_it_is(served: Any) -> None:
    text = await page(served, "/")
    assert "建议提案答复 · replies to suggestions and proposals" in text
    assert "Start with the query search" in text


async def test_the_aids_are_hidden_and_nothing_else_is(served: Any) -> None:
    tables = (await served.client.get("/replies.json")).json()["tables"]
    hidden = {table["name"] for table in tables if table["hidden"]}
    assert hidden == {table["name"] for table in tables if table["name"].startswith("_")}
    assert {"_search", "_search_data", "_keys", "_unindexed"} <= hidden


async def test_the_page_of_replies_shows_titles_meanings_and_facets(served: Any) -> None:
    text = await page(served, "/replies/replies")
    assert "答复 · replies" in text
    assert CARE.title in text
    assert "索引号: Index number" in text
    shown = (await served.client.get("/replies/replies.json")).json()
    facets = shown["facet_results"]
    assert set(facets) == {"publisher", "kind", "assembly", "term", "session", "source"}
    counts = {one["value"]: one["count"] for one in facets["kind"]["results"]}
    assert counts == {"建议": 1, "提案": 1}


async def test_it_offers_no_search_box_that_would_find_nothing(served: Any) -> None:
    for table in ("replies", "replies_flat", quote("答复").replace("%", "~")):
        assert 'name="_search"' not in await page(served, f"/replies/{table}")


async def test_the_flat_views_have_facets_by_year_and_are_newest_first(served: Any) -> None:
    shown = (await served.client.get("/replies/replies_flat.json")).json()
    years = {one["value"]: one["count"] for one in shown["facet_results"]["year"]["results"]}
    assert years == {2023: 1, 2022: 1}
    days = [row[shown["columns"].index("day")] for row in shown["rows"]]
    assert days == ["2023-06-12", "2022-03-01"]
    chinese = await page(served, f"/replies/{quote('答复').replace('%', '~')}")
    assert "发布机构" in chinese
    assert "年份" in chinese


@pytest.mark.parametrize("view", VIEWS)
async def test_every_view_has_a_page(served: Any, view: str) -> None:
    await page(served, f"/replies/{quote(view).replace('%', '~')}")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("养老", [CARE.title]),
        ("答", [CARE.title, ROAD.title]),
        ("养老 计划", [CARE.title]),
        ("2019-00222", [CARE.title]),
        ("\"; ')", []),
        ("'a;", [ROAD.title]),
        ("", []),
    ],
)
async def test_the_search_finds_what_contains_the_words(
    served: Any, words: str, titles: list[str]
) -> None:
    shown = await found(served, f"/replies/search.json?_shape=array&words={quote(words)}")
    assert [row["title"] for row in shown] == titles


async def test_the_search_has_a_page_with_a_field_for_the_words(served: Any) -> None:
    text = await page(served, f"/replies/search?words={quote('养老')}")
    assert 'name="words" value="养老"' in text
    assert "全文检索" in text
    assert CARE.title in text


async def test_every_other_question_has_a_page(served: Any) -> None:
    shown = await found(served, "/replies/by_proposal.json?_shape=array&number=0079")
    assert [row["proposal_title"] for row in shown] == ["关于社区养老的建议"]
    (gap,) = await found(served, "/replies/gaps.json?_shape=array")
    assert (gap["from_number"], gap["to_number"]) == (80, 197)
    for name in ("changed", "gone"):
        assert await found(served, f"/replies/{name}.json?_shape=array") == []
        await page(served, f"/replies/{name}")


async def test_bytes_and_letters_are_not_shown_in_full(path: Path, served: Any) -> None:
    long = Reply(url="http://a.test/7", source="a", title="长信", text="养" * 5000)
    with Archive.open(path) as archive:
        archive.put(long, archive.keep(response(b"<p>" * 3000, long.url)), DAY)
    bodies = await page(served, "/replies/bodies")
    assert "blob-download" in bodies
    assert "&lt;p&gt;" not in bodies
    assert "养" * 200 not in await page(served, "/replies/replies")


async def test_a_row_is_called_by_its_title_where_another_points_at_it(served: Any) -> None:
    assert CARE.title in await page(served, "/replies/versions?_labels=on")


def test_datasette_serves_it_by_the_command_that_was_printed(path: Path) -> None:
    told = " ".join(run("--archive", str(path), "datasette").err.split())
    line = told.partition("Now: datasette ")[2].partition(" Datasette 1.0")[0]
    assert line.startswith(f"{path} -m {path.with_name('datasette.yaml')} --setting ")
    command = [sys.executable, "-u", "-m", "datasette", *line.split(), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        bound = threading.Timer(60, server.kill)
        bound.start()
        try:
            assert server.stderr
            address = next(filter(None, map(RUNNING.search, server.stderr)))[1]
            with urlopen(f"{address}/replies/search?words={quote('养老')}", timeout=30) as answer:
                assert CARE.title in answer.read().decode()
        finally:
            bound.cancel()
            server.terminate()


RUNNING = re.compile(r"running on (http://127\.0\.0\.1:\d+)")


# --- the command


def test_it_is_written_beside_the_archive_and_not_over_another_file(path: Path) -> None:
    place = path.with_name("datasette.yaml")
    place.write_text("mine", "utf-8")
    ran = run("--archive", str(path), "datasette")
    assert (ran.code, place.read_text("utf-8")) == (2, "mine")
    assert "--force" in ran.err
    assert run("--archive", str(path), "datasette", "--force").code == 0
    assert set(yaml.safe_load(place.read_text("utf-8"))["databases"]) == {"replies"}


def test_an_archive_that_lacks_a_view_gets_it(path: Path) -> None:
    with Archive.open(path) as archive, archive.transaction() as db:
        db.execute("drop view proposals")
    assert run("--archive", str(path), "datasette").code == 0
    with Archive.open(path, read_only=True) as archive:
        assert archive.db.execute("select count(*) from proposals").fetchone() == (3,)


def test_a_view_is_made_by_nobody_else_meanwhile(path: Path) -> None:
    with Archive.open(path) as archive, archive.transaction() as db:
        db.execute("drop view proposals")
    with hold(path):
        ran = run("--archive", str(path), "datasette")
    assert (ran.code, "held by" in ran.err) == (7, True)


def test_it_is_written_to_stdout_or_where_it_is_told(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "other.yaml"
    told = run("--archive", str(path), "-q", "datasette", "-o", str(out))
    shown = run("--archive", str(path), "-q", "datasette", "-o", "-")
    assert (told.code, told.out, told.err, shown.err) == (0, "", "", "")
    assert shown.out == out.read_text("utf-8")
    assert not path.with_name("datasette.yaml").exists()


def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    ran = run("--archive", str(tmp_path / "none.db"), "datasette")
    assert ran.code == 8
    assert "there is no archive" in ran.err
    assert list(tmp_path.iterdir()) == []


# --- YAML


KEYS = TEXTS | st.sampled_from(["no", "y", "on", "null", "title", "a: b", "", "12:30", "<<", "~"])
VALUES = TEXTS | st.integers() | st.booleans() | st.lists(TEXTS, max_size=3)
LINES = st.lists(
    st.sampled_from(["select", "  -- a: b", "# no", "", "养 ", "\t", "---", "- x", "'"])
)


@given(
    value=st.dictionaries(
        KEYS, VALUES | LINES.map("\n".join) | st.dictionaries(KEYS, TEXTS, max_size=3), max_size=4
    )
)
def test_what_is_written_is_read_back_as_it_was(value: dict[str, Any]) -> None:
    assert (yaml.safe_load("\n".join(written(value))) or {}) == value


def test_a_query_is_written_so_that_a_person_can_read_it() -> None:
    query = {"title": "x", "sql": "select 1\nfrom a -- 'no': \"yes\"\n\n  where b"}
    lines = list(written(configuration("r", [], [], {"one": query})))
    at = lines.index("        sql: |2-")
    assert lines[at + 1 :] == [
        "          select 1",
        "          from a -- 'no': \"yes\"",
        "",
        "            where b",
    ]
