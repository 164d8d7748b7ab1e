"""Letters that stand aside are taken for right when a person says so; a page without one stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.model import Reply
from tests.column import Column, letters
from tests.gov import Gov, serving
from tests.test_reread import CONFIG, learn, run

LONG = replace(letters(1)[0], word="各类养老服务" * 20)
EMPTY = '\n[source.options]\ncontent = "div.nowhere"\n'


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def folder(gov: Gov, tmp_path: Path) -> Path:
    """Return a folder whose archive has a long letter."""
    Column([LONG]).publish(gov)
    (tmp_path / "replyarc.toml").write_text(CONFIG.format(url=gov.url), "utf-8")
    assert run(tmp_path, "-q", "crawl")[0] == 0
    return tmp_path


def shorten(gov: Gov, folder: Path, word: str = "养老") -> None:
    """Let the site publish a much shorter letter, and crawl it."""
    Column([replace(LONG, word=word)]).publish(gov)
    assert "put aside" in "".join(run(folder, "crawl", "--full")[1:])


def shown(folder: Path) -> Reply:
    with Archive.open(folder / "a.db", read_only=True) as archive:
        (reply,) = archive.replies(Query())
        return reply


def test_what_the_page_said_so_shortly_is_taken_when_it_is_named(gov: Gov, folder: Path) -> None:
    shorten(gov, folder)
    long, key = shown(folder), shown(folder).id
    assert "reread --shorter " + key in run(folder, "show", key, "--history")[1]
    for arguments in (["reread", key], ["reread", "--shorter"]):
        code, out, _ = run(folder, *arguments)
        assert (code, out.strip()) == (0, "2 read · 2 as before")
        assert shown(folder) == long

    _, out, _ = run(folder, "reread", key, "--shorter", "--dry-run")
    assert "1 would be taken that stood aside" in out
    assert "− " in out
    assert shown(folder) == long

    code, out, _ = run(folder, "reread", key, "--shorter")
    assert (code, "1 taken that stood aside" in out) == (0, True)
    assert "stood aside, is taken for right now" in out
    short = shown(folder)
    assert len(short.text) < len(long.text) * 0.3
    assert short.version == 2

    _, out, err = run(folder, "reread", key, "--shorter")
    assert out.strip() == "2 read · 2 as before"
    assert "no letter of it stands aside" in err
    assert "--shorter" not in run(folder, "show", key, "--history")[1]
    run(folder, "crawl", "--full")
    assert shown(folder).text == short.text


def test_taking_the_last_one_again_does_not_take_the_one_before_it(gov: Gov, folder: Path) -> None:
    shorten(gov, folder, "助餐")
    shorten(gov, folder, "养老")
    key = shown(folder).id
    run(folder, "reread", key, "--shorter")
    taken = shown(folder)
    assert "关于加强养老的建议" in taken.text
    told = json.loads(run(folder, "reread", key, "--shorter", "--json")[1])
    assert (told["accepted"], told["changes"]) == (0, [])
    assert shown(folder) == taken


def test_what_is_taken_is_told_as_json_against_what_was_shown(gov: Gov, folder: Path) -> None:
    shorten(gov, folder)
    long = shown(folder)
    told = json.loads(run(folder, "reread", long.id, "--shorter", "--json")[1])
    (change,) = told["changes"]
    assert (told["accepted"], change["was_aside"]) == (1, True)
    assert change["fields"]["text"] == {"old": long.text, "new": shown(folder).text}


def test_a_page_that_had_no_letter_before_fails_no_reading_again(gov: Gov, folder: Path) -> None:
    page = LONG.page().decode()
    begin, end = page.index("<p>顾明远"), page.index("</div></body>")
    gov.pages[LONG.path] = (page[:begin] + page[end:]).encode()
    run(folder, "crawl", "--full")
    key = shown(folder).id
    for arguments in (["reread"], ["reread", key]):
        code, out, err = run(folder, *arguments)
        assert (code, out.strip()) == (0, "2 read · 1 as before · 1 still without a letter")
        assert err.startswith("as before: ")
    assert run(folder, "-q", "reread") == (0, "", "")

    learn(folder, EMPTY)
    code, out, _ = run(folder, "reread")
    assert (code, "1 not readable any more" in out) == (4, True)


def test_a_page_without_a_letter_is_in_the_history(gov: Gov, folder: Path) -> None:
    page = LONG.page().decode()
    begin, end = page.index("<p>顾明远"), page.index("</div></body>")
    gov.pages[LONG.path] = (page[:begin] + page[end:]).encode()
    run(folder, "crawl", "--full")
    known = json.loads(run(folder, "show", shown(folder).id, "--history", "--json")[1])
    (aside,) = known["aside"]
    assert (aside["letters"], aside["url"]) == (0, gov.url + LONG.path)
    _, out, _ = run(folder, "show", shown(folder).id, "--history")
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    assert f"put aside · fetched {today} · no letter on the page" in out
    assert aside["sha256"] in out
    assert "--shorter" not in out

    Column([LONG]).publish(gov)
    run(folder, "crawl", "--full")
    known = json.loads(run(folder, "show", shown(folder).id, "--history", "--json")[1])
    assert len(known["aside"]) == 1
    assert len(known["versions"][0]["on_page"]) == 2


def test_once_the_full_letter_is_back_nothing_is_offered(gov: Gov, folder: Path) -> None:
    shorten(gov, folder)
    Column([LONG]).publish(gov)
    run(folder, "crawl", "--full")
    out = run(folder, "show", shown(folder).id, "--history")[1]
    assert "put aside" in out
    assert "--shorter" not in out


def test_a_key_that_fits_several_takes_none_for_right(gov: Gov, tmp_path: Path) -> None:
    Column([replace(LONG, number=number) for number in (1, 2)]).publish(gov)
    (tmp_path / "replyarc.toml").write_text(CONFIG.format(url=gov.url), "utf-8")
    run(tmp_path, "-q", "crawl")
    code, _, err = run(tmp_path, "reread", "建议的答复", "--shorter")
    assert (code, "fits 2 replies" in err) == (2, True)
    assert run(tmp_path, "reread", "建议的答复")[0] == 0
