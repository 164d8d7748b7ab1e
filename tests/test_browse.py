"""The archive in a browser, asked without one: what its pages say."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio

from replyarc.archive.store import Archive
from replyarc.browse import drawing
from replyarc.browse.drawing import CHARTS
from replyarc.browse.guard import POLICY_OF_SVG
from replyarc.browse.opening import Opened, opened
from replyarc.export.citing import CITATIONS
from replyarc.export.flat import as_json
from tests.blank import blank
from tests.browsed import MARKS, asking, known, page, replies, words
from tests.shelf_of_letters import DAY, shelve, told

pytestmark = MARKS


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


# --- what it says


async def test_the_start_page_says_what_there_is(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    text = await page(client, "/")
    said = words(text)
    assert "答复 replies 30 " in said
    assert "有变更 changed 1 " in said
    assert "已消失 gone 1 " in said
    assert "日期 2020-05-01 至 2024-07-07 ，最近采集 2024-06-10" in said
    assert len(replies(text)) == 10
    for facet in ("year=2024", f"publisher={quote('清源市民政局')}", f"kind={quote('提案')}"):
        assert f'href="/-/search?{facet}"' in text


async def test_a_search_finds_a_word_of_two_letters_and_marks_it(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    text = await page(client, "/-/search?q=养老")
    assert len(replies(text)) == 10
    assert ids["edited"] in replies(text)
    assert "社区<mark>养老</mark>服务" in text
    assert "10 件答复 10 replies" in words(text)


async def test_every_facet_says_how_many_replies_its_link_leaves(
    client: httpx.AsyncClient,
) -> None:
    for address in ("/-/search", "/-/search?q=养老", "/-/search?year=2023"):
        text = await page(client, address)
        links = re.findall(
            r'<li><a href="(/-/search\?[^"]*)"><bdi>[^<]*</bdi></a> <span class="count">(\d+)', text
        )
        assert len(links) >= 3
        for link, count in links:
            left = words(await page(client, unescape(link)))
            assert f" {count} 件答复" in left, link


async def test_a_chosen_facet_can_be_taken_away_again(client: httpx.AsyncClient) -> None:
    text = await page(client, "/-/search?q=养老&year=2024")
    assert 'class="filter" href="/-/search?q=%E5%85%BB%E8%80%81"' in text
    assert '<li class="chosen"><a href="/-/search?q=%E5%85%BB%E8%80%81"' in text


async def test_a_long_list_is_paged_and_every_reply_is_on_one_page(
    client: httpx.AsyncClient,
) -> None:
    first = await page(client, "/-/search")
    second = await page(client, "/-/search?page=2")
    assert len(replies(first)) == 20
    assert len({*replies(first), *replies(second)}) == 30
    assert 'rel="next" href="/-/search?page=2"' in first
    assert 'rel="prev" href="/-/search"' in second
    assert 'rel="next"' not in second


async def test_what_is_not_found_is_told_with_what_is_near(client: httpx.AsyncClient) -> None:
    text = await page(client, "/-/search?q=养老飞船")
    assert replies(text) == []
    assert "有“ 养老 ”，没有“养老飞船”。" in words(text)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("year=x", "年份 (year): 'x' is not a year, as 2024."),
        ("since=2024-13-01", "起始日期 (since): '2024-13-01' is not a day, as 2024-05-01."),
        ("kind=<b>", "类别 (kind): '<b>' is not one of 建议, 提案, 议案."),
        ("page=-1", "page: '-1' is not a whole number."),
        ("term=9999999999999999999999", "届 (term): '9999999999999999999999' is not a whole"),
        ("q=" + "长" * 501, "At most 500 characters can be looked for."),
    ],
    ids=["year", "since", "kind", "page", "term", "long"],
)
async def test_a_filter_that_is_none_is_told_in_words(
    client: httpx.AsyncClient, asked: str, why: str
) -> None:
    answer = await client.get(f"/-/search?{asked}")
    assert answer.status_code == 400
    assert why in words(answer.text)


async def test_a_letter_is_set_as_a_letter(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    text = await page(client, f"/-/reply/{ids['edited']}")
    assert f"<title>{told(3).title} · 建议提案答复</title>" in text
    assert '<p class="salutation">周小溪代表：</p>' in text
    assert '<p class="heading">二、下一步打算</p>' in text
    assert '<p class="signature">清源市民政局</p>' in text
    assert '<p class="day">2024年4月1日</p>' in text
    said = words(text)
    assert "索引号 000123456/2024-00003" in said
    assert "联系人 林晓 0730-8700000" in said
    assert "办理类别 B" in said


async def test_a_letter_leads_to_its_page_its_files_and_the_other_answers(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    text = await page(client, f"/-/reply/{ids['edited']}")
    rel = 'rel="noreferrer noopener nofollow"'
    assert f'<a href="http://mz.qingyuan.gov.test/3.html" {rel}>' in text
    assert f'<a href="https://mz.qingyuan.gov.test/3.pdf" {rel}>办理情况表.pdf</a>' in text
    assert f'会办 · <a href="/-/reply/{ids["other"]}">' in text


async def test_what_changed_is_told_sentence_by_sentence(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    text = await page(client, f"/-/reply/{ids['edited']}")
    assert '<span class="heading">办理类别</span> <del>A</del> → <ins>B</ins>' in text
    assert "今年内再建成<mark>三</mark>处。</del>" in text
    assert "今年内再建成<mark>五</mark>处<mark>，并延长开放时间</mark>。</ins>" in text
    assert "第2版 version 2 · 2024-06-10，现在显示 shown now" in text
    plain = await page(client, f"/-/reply/{ids['plain']}")
    assert "<del>" not in plain


async def test_a_letter_is_cited_in_three_styles(
    client: httpx.AsyncClient, ids: Mapping[str, str], path: Path
) -> None:
    text = await page(client, f"/-/reply/{ids['edited']}")
    with Archive.open(path, read_only=True) as archive:
        (reply,) = archive.find(ids["edited"])
    shown = [unescape(each) for each in re.findall("<pre>([^<]*)</pre>", text)]
    assert shown == [cite(as_json(reply), DAY + timedelta(days=40)) for cite in CITATIONS.values()]


async def test_what_is_gone_from_its_site_is_said_to_be(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    assert "原网页已消失" in await page(client, f"/-/reply/{ids['gone']}")
    assert "原网页已消失" not in await page(client, f"/-/reply/{ids['plain']}")
    assert replies(await page(client, "/-/search?gone=1")) == [ids["gone"]]


async def test_a_former_id_leads_to_the_letter(path: Path, ids: Mapping[str, str]) -> None:
    with sqlite3.connect(path) as db:
        (reading,) = db.execute(
            "select id from readings where reply = ? and id <> reply", [ids["edited"]]
        ).fetchone()
    with opened(path, "127.0.0.1") as archive:
        async with asking(archive.app) as client:
            answer = await client.get(f"/-/reply/{reading}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/-/reply/{ids['edited']}")


async def test_datasettes_tables_lead_to_the_letters(
    client: httpx.AsyncClient, ids: Mapping[str, str]
) -> None:
    link = f'<a href="/-/reply/{ids["plain"]}">'
    for address in ("/archive/replies", "/archive/replies_flat", "/archive/~E7~AD~94~E5~A4~8D"):
        assert f"{link}{told(5).title}</a>" in await page(client, address), address
    for address in ("/archive/proposals", "/archive/history", "/archive/search?words=公交"):
        assert link in await page(client, address), address


async def test_datasette_finds_a_word_of_two_letters_and_facets_by_year(
    client: httpx.AsyncClient,
) -> None:
    found = (await client.get("/archive/search.json?words=养老&_shape=array")).json()
    assert len(found) == 10
    text = await page(client, "/archive/replies_flat")
    assert 'data-column="year"' in text
    assert "year=2024" in text


async def test_a_page_shows_what_a_crawl_wrote_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "replies.db"
    blank(path).close()
    with opened(path, "127.0.0.1") as archive:
        async with asking(archive.app) as client:
            assert "档案中还没有答复" in await page(client, "/")
            assert "档案中还没有答复" in await page(client, "/-/charts")
            with Archive.open(path) as writing:
                writing.put(told(1), "0" * 64, DAY)
            assert "答复 replies 1 " in words(await page(client, "/"))
            assert (await client.get("/archive/replies.json?_shape=array")).json()


async def test_the_charts_are_files_of_this_server(client: httpx.AsyncClient) -> None:
    text = await page(client, "/-/charts")
    assert [f'src="/-/chart/{name}.svg"' in text for name in CHARTS] == [True] * len(CHARTS)
    answer = await client.get("/-/chart/publishers.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-security-policy"] == POLICY_OF_SVG
    assert answer.content.startswith(b"<?xml")
    assert b"<script" not in answer.content
    assert b"onload=" not in answer.content


async def test_charts_of_what_was_written_meanwhile_are_drawn_anew(tmp_path: Path) -> None:
    path = tmp_path / "replies.db"
    with blank(path) as writing:
        writing.put(told(1), "0" * 64, DAY)
    with opened(path, "127.0.0.1") as archive:
        async with asking(archive.app) as client:
            before = await page(client, "/-/chart/years.svg")
            with Archive.open(path) as writing:
                writing.put(told(20), "0" * 64, DAY)
            assert await page(client, "/-/chart/years.svg") != before


async def test_without_matplotlib_the_charts_are_missing_and_nothing_else(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "find_spec", lambda name: None)
    told = 'pip install "replyarc[web]"'
    assert told in unescape(await page(client, "/-/charts"))
    assert "/-/chart/" not in await page(client, "/")
    answer = await client.get("/-/chart/years.svg")
    assert answer.status_code == 501
    assert told in unescape(answer.text)
