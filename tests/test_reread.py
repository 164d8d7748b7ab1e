"""Reading again: nothing is asked for, nothing changes by itself, a change is no version."""

from __future__ import annotations

import hashlib
import json
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from typer.testing import CliRunner

from replyarc.archive.lock import hold
from replyarc.archive.past import past
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.cli.app import app
from replyarc.config.load import load
from replyarc.demo.server import Government, configuration
from replyarc.listing.families import FAMILIES
from replyarc.model import Entry, Reply, Request, Response, Source
from replyarc.rereading import Change, Rereading, Summary, Unreadable
from replyarc.walk import Plan
from replyarc.whole import read_first
from tests.blank import blank
from tests.column import Column, letters, source, walk
from tests.gov import Gov, serving
from tests.killing import unmeasured
from tests.test_reply_pages import GIVEN, PAGES
from tests.test_whole import LETTER, ONE, STEM, page_of_letter, with_file

LATER = datetime(2099, 1, 1, tzinfo=UTC)
CONFIG = """
[archive]
path = "a.db"
[crawl]
contact = "mailto:tests@localhost"
delay = 0.0
private_addresses = true
[[source]]
name = "qingyuan"
publisher = "清源市民政局"
url = "{url}/jytabl/index.html"
"""
LABEL = '[source.labels]\n"办件类属" = "topic"\n'


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing leave this process."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("reading again asked the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def everything(path: Path) -> dict[str, list[Any]]:
    """Return every row of every table of an archive."""
    with sqlite3.connect(path) as db:
        names = [
            name for (name,) in db.execute("select name from sqlite_master where type='table'")
        ]
        return {
            name: sorted(map(repr, db.execute(f"select * from {name}")))
            for name in names
            if not name.startswith("_search")
        }


def reread(archive: Archive, *sources: Source, **how: bool) -> tuple[Summary, list[Any]]:
    work = Rereading(archive, sources, LATER, **how)
    told = list(work.run())
    return work.summary, told


def only(archive: Archive) -> Reply:
    (reply,) = archive.replies(Query())
    return reply


def labelled(found: Source, labels: Mapping[str, str]) -> Source:
    return replace(found, labels=MappingProxyType(dict(labels)))


def with_label(gov: Gov, count: int = 3) -> Column:
    """Publish a column whose boxes have a label that nobody knows."""
    column = Column(letters(count))
    column.publish(gov)
    for letter in column.letters:
        page = letter.page().decode()
        box = "<td>发布日期</td>"
        assert box in page
        gov.pages[letter.path] = page.replace(box, f"<td>办件类属</td><td>养老</td>{box}").encode()
    return column


# --- the same rules say the same


async def test_the_demo_read_again_by_the_same_rules_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, path = tmp_path / "replyarc.toml", tmp_path / "replies.db"
    with Government() as government, blank(path) as archive:
        config.write_text(configuration(government), "utf-8")
        sources = load(config, FAMILIES).sources
        for epoch in (0, 1):
            government.epoch = epoch
            await walk(archive, *sources, plan=Plan(full=bool(epoch)))
        before = everything(path)
        summary, told = reread(archive, *sources)
        assert told == []
        assert summary.read == summary.same == 63
        assert everything(path) == before


async def test_pages_files_and_edits_read_again_are_the_same(
    gov: Gov, archive: Archive, no_network_after: Callable[[], None]
) -> None:
    column = Column([*letters(3), replace(ONE, number=9)])
    column.publish(gov)
    wanting = with_file(gov, text=f"<p>{ONE.title}</p>")
    await walk(archive, wanting)
    column.edit(3, word="社区食堂", day=date(2024, 1, 2))  # and so the listing shows another day
    column.publish(gov)
    await walk(archive, wanting, plan=Plan(full=True))
    first, *middle, organ, day = LETTER.split("\n")
    for number, lines in enumerate([[first, middle[0]], [middle[1]], [organ, day]]):
        path = f"{STEM}_{number}.html" if number else ONE.path
        gov.pages[path] = page_of_letter(number + 1, "".join(f"<p>{line}</p>" for line in lines))
    await walk(archive, wanting, plan=Plan(full=True))
    (parts,) = archive.db.execute("select max(json_array_length(parts)) from captures").fetchone()
    assert parts == 2
    before = everything(archive.path)
    asked = len(gov.heard)
    no_network_after()
    summary, told = reread(archive, wanting)
    assert (told, summary.noted) == ([], 0)
    assert everything(archive.path) == before
    assert len(gov.heard) == asked


@pytest.fixture
def no_network_after(request: pytest.FixtureRequest) -> Callable[[], None]:
    """Close the network when it is called: a crawl comes before."""
    return lambda: request.getfixturevalue("no_network")


def archived(archive: Archive, html: Path, at: datetime) -> Source:
    """File a page of the tests as a crawl would, under an address and a source of its own."""
    golden = json.loads(html.with_suffix(".golden.json").read_text("utf-8"))
    given = GIVEN | golden.get("given", {})
    name = "s" + hashlib.sha256(str(html).encode()).hexdigest()[:8]
    found = Source(
        name=name,
        publisher=given["publisher"],
        urls=(),
        options=given["options"],
        labels=given["labels"],
    )
    url = given["url"].replace("://", f"://{name}.")
    listed_on = date.fromisoformat(given["listed_on"]) if given["listed_on"] else None
    entry = Entry(url, given["title"], listed_on)
    response = Response(
        request=Request(url), url=url, status=200, headers=(), body=html.read_bytes(), fetched_at=at
    )
    crawl = archive.begin(found, "auto", at)
    archive.listed(name, [entry], crawl, at)
    sha256 = archive.keep(response, crawl)
    read = read_first(response, entry, found).read
    archive.file(name, entry, read.reply, sha256, at, crawl, notes=read.notes())
    return found


def test_every_page_of_the_tests_read_again_is_the_same(archive: Archive) -> None:
    at = datetime(2024, 5, 1, tzinfo=UTC)
    sources = [archived(archive, html, at) for html in sorted(PAGES.rglob("*.html"))]
    before = everything(archive.path)
    summary, told = reread(archive, *sources)
    assert (told, summary.noted, summary.same) == ([], 0, len(sources))
    assert everything(archive.path) == before


@pytest.mark.parametrize("shows_day", [True, False])
async def test_what_the_listing_shows_by_now_does_not_reach_back(
    gov: Gov, archive: Archive, shows_day: bool
) -> None:
    column = Column([ONE])
    column.publish(gov)
    listing = gov.pages[column.listing(1)]
    assert isinstance(listing, bytes)
    if not shows_day:
        gov.pages[column.listing(1)] = listing.replace(f"<span>{ONE.day}</span>".encode(), b"")
    undated = ONE.page().replace("发布日期".encode(), b"")
    gov.pages[ONE.path] = undated
    await walk(archive, source(gov))
    assert only(archive).published_on == (ONE.day if shows_day else None)
    column.edit(1, day=date(2024, 2, 3))
    column.publish(gov)
    gov.pages[ONE.path] = undated.replace("今年新建".encode(), "今年扩建".encode())
    await walk(archive, source(gov), plan=Plan(full=True))
    assert (only(archive).version, only(archive).published_on) == (2, date(2024, 2, 3))
    archive.db.execute("update entries set listed_on = '2031-01-01'")
    archive.db.conn.commit()
    summary, told = reread(archive, source(gov))
    assert (told, summary.same) == ([], 2)


# --- other rules


async def test_a_label_that_was_learned_fills_its_field_without_a_version_of_the_page(
    gov: Gov, archive: Archive, no_network_after: Callable[[], None]
) -> None:
    with_label(gov)
    await walk(archive, source(gov))
    no_network_after()
    summary, told = reread(archive, labelled(source(gov), {"办件类属": "topic"}))
    assert dict(summary.fields) == {"topic": 3}
    assert (summary.changed, summary.same) == (3, 0)
    assert {each.fields["topic"] for each in told} == {(None, "养老")}
    for reply in archive.replies(Query()):
        assert (reply.topic, reply.version) == ("养老", 1)
        known = past(archive, reply.id)
        (stage,), (again,) = known.stages, known.rereads
        assert stage.first_seen_at < datetime.now(UTC) < LATER == again.read_at
        assert "topic" not in again.before
        assert again.after["topic"] == "养老"


async def test_a_version_seen_for_long_is_not_younger_for_being_read_again(
    gov: Gov, archive: Archive
) -> None:
    with_label(gov, 1)
    await walk(archive, source(gov))
    archive.db.execute("update captures set last_seen_at = '2098-01-01T00:00:00.000000Z'")
    archive.db.conn.commit()
    (first,) = archive.db.execute("select first_seen_at from captures").fetchone()
    reread(archive, labelled(source(gov), {"办件类属": "topic"}))
    (stage,) = past(archive, only(archive).id).stages
    assert stage.first_seen_at == datetime.fromisoformat(first)
    assert stage.last_seen_at.year == 2098


async def test_a_rule_that_is_taken_back_is_taken_back(gov: Gov, archive: Archive) -> None:
    with_label(gov)
    await walk(archive, source(gov))
    before = [*archive.replies(Query())]
    reread(archive, labelled(source(gov), {"办件类属": "topic"}))
    summary, _ = reread(archive, source(gov))
    assert summary.changed == 3
    assert [*archive.replies(Query())] == before
    assert reread(archive, source(gov))[0].same == 3


async def test_a_dry_run_tells_what_would_change_and_writes_nothing(
    gov: Gov, archive: Archive
) -> None:
    with_label(gov)
    await walk(archive, source(gov))
    before = everything(archive.path)
    learned = labelled(source(gov), {"办件类属": "topic"})
    would, told = reread(archive, learned, dry_run=True)
    assert everything(archive.path) == before
    did, done = reread(archive, learned)
    assert (told, would) == (done, did)


def narrowed(found: Source, selector: str) -> Source:
    return replace(found, options=MappingProxyType({"content": selector}))


async def test_a_letter_that_is_much_shorter_now_is_put_aside_unless_it_is_wanted(
    gov: Gov, archive: Archive
) -> None:
    Column([replace(ONE, word="各类养老服务" * 20)]).publish(gov)
    await walk(archive, source(gov))
    long = only(archive)
    narrow = narrowed(source(gov), "div.TRS_Editor p:nth-child(1)")
    summary, (told,) = reread(archive, narrow)
    assert told.is_shorter
    assert (summary.shorter, summary.changed) == (1, 0)
    assert only(archive) == long
    assert reread(archive, narrow)[0].same == 1
    (aside,) = past(archive, long.id).aside
    assert aside.letters < len(long.text) * 0.3

    reread(archive, narrow, shorter=True)
    assert only(archive).text == "顾明远代表："
    assert reread(archive, narrow, shorter=True)[0].same == 1
    reread(archive, source(gov))
    assert only(archive) == long


async def test_where_no_letter_is_found_any_more_all_stays_and_is_told(
    gov: Gov, archive: Archive
) -> None:
    Column([ONE]).publish(gov)
    await walk(archive, source(gov))
    before = everything(archive.path)
    summary, (told,) = reread(archive, narrowed(source(gov), "div.nowhere"))
    assert isinstance(told, Unreadable)
    assert "div.nowhere" in told.problem
    assert (summary.unreadable, told.was_unread) == (1, False)
    assert everything(archive.path) == before


async def test_what_could_not_be_read_is_archived_once_it_can(gov: Gov, archive: Archive) -> None:
    Column([ONE]).publish(gov)
    lost = narrowed(source(gov), "div.nowhere")
    await walk(archive, lost)
    assert archive.count() == 0
    summary, (told,) = reread(archive, lost)
    assert (summary.still_unread, told.was_unread) == (1, True)

    summary, (told,) = reread(archive, source(gov))
    assert isinstance(told, Change)
    assert told.was_unread
    assert summary.readable == 1
    reply = only(archive)
    assert reply.index_number == "990123006/2023-00001"
    assert reply.first_seen_at is not None
    assert reply.first_seen_at < datetime.now(UTC)
    assert dict(archive.states("qingyuan")) == {"archived": 1}
    assert reread(archive, source(gov))[0].same == 1


async def test_another_page_that_came_in_its_place_is_not_read_for_it(
    gov: Gov, archive: Archive
) -> None:
    Column([ONE]).publish(gov)
    await walk(archive, narrowed(source(gov), "div.nowhere"))
    archive.db.execute("update fetches set problem = 'a soft 404' where url like '%/t2023%'")
    archive.db.conn.commit()
    summary, told = reread(archive, source(gov))
    assert (summary.read, told, archive.count()) == (0, [], 0)


async def test_a_letter_in_a_file_is_read_again_from_the_text_that_is_held(
    gov: Gov, archive: Archive, no_network_after: Callable[[], None]
) -> None:
    Column([ONE]).publish(gov)
    wanting = with_file(gov, text="<p>答复见附件。</p>")
    await walk(archive, wanting)
    assert only(archive).text == LETTER
    better = LETTER.replace("全部馆藏", "全部馆藏档案")
    archive.db.execute("update texts set text = ?", [better])  # as a better reader would have it
    archive.db.conn.commit()
    no_network_after()
    _, (told,) = reread(archive, wanting)
    assert told.fields["text"] == (LETTER, better)
    assert only(archive).text == better


async def test_removed_bytes_are_passed_over_and_lost_ones_are_told(
    gov: Gov, archive: Archive
) -> None:
    Column(letters(2)).publish(gov)
    await walk(archive, source(gov))
    one, other = (reply.sha256 for reply in archive.replies(Query()))
    archive.db.execute("update bodies set codec = 'redacted', data = null where sha256 = ?", [one])
    archive.db.execute("update bodies set data = x'00' where sha256 = ?", [other])
    archive.db.conn.commit()
    summary, (told,) = reread(archive, source(gov))
    assert (summary.redacted, summary.unreadable) == (1, 1)
    assert other in told.problem


async def test_a_source_that_is_not_configured_any_more_is_read_with_its_publisher(
    gov: Gov, archive: Archive
) -> None:
    Column([ONE]).publish(gov)
    await walk(archive, source(gov))
    summary, told = reread(archive)
    assert (told, summary.unconfigured) == ([], {"qingyuan"})


# --- the command


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    config = str(folder / "replyarc.toml")
    result = CliRunner().invoke(app, ["--config", config, *arguments], prog_name="replyarc")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def crawled(gov: Gov, tmp_path: Path) -> Path:
    with_label(gov)
    (tmp_path / "replyarc.toml").write_text(CONFIG.format(url=gov.url), "utf-8")
    assert run(tmp_path, "-q", "crawl")[0] == 0
    return tmp_path


def learn(folder: Path, more: str = LABEL) -> None:
    with (folder / "replyarc.toml").open("a", encoding="utf-8") as config:
        config.write(more)


def test_the_command_tells_each_change_and_counts_the_fields(crawled: Path) -> None:
    assert run(crawled, "reread")[1].strip() == "3 read · 3 as before"
    learn(crawled)
    code, out, err = run(crawled, "reread", "--dry-run")
    assert (code, err) == (0, "")
    assert out.count("信息分类 topic  — → 养老") == 3
    assert "3 would be changed" in out
    assert "信息分类 topic 3" in out
    assert run(crawled, "reread")[1].splitlines()[-2].strip() == "3 read · 3 changed"
    _, history, _ = run(crawled, "show", "990123006/2023-00002", "--history")
    assert "read again on " in history
    assert "信息分类 topic  — → 养老" in history


def test_json_has_every_change_and_can_be_read(crawled: Path) -> None:
    told = json.loads(run(crawled, "reread", "--json")[1])
    assert (told["schema"], told["changes"], told["same"]) == (1, [], 3)
    learn(crawled)
    told = json.loads(run(crawled, "reread", "--json", "-n")[1])
    assert told["dry_run"] is True
    assert [each["fields"] for each in told["changes"]] == [
        {"topic": {"old": None, "new": "养老"}}
    ] * 3
    assert told["fields"] == {"topic": 3}


def test_one_reply_alone_is_read_again(crawled: Path) -> None:
    learn(crawled)
    told = json.loads(run(crawled, "reread", "990123006/2023-00002", "--json")[1])
    assert told["read"] == told["changed"] == 1
    code, _, err = run(crawled, "reread", "没有的")
    assert code == 10
    assert "没有的" in err


def test_an_unknown_source_is_a_wrong_use_and_a_known_one_bounds_the_work(crawled: Path) -> None:
    assert run(crawled, "reread", "--source", "nobody")[0] == 2
    assert "3 read" in run(crawled, "reread", "--source", "qingyuan")[1]


def test_what_cannot_be_read_any_more_ends_it_with_4(crawled: Path) -> None:
    learn(crawled, '[source.options]\ncontent = "div.nowhere"\n')
    code, out, err = run(crawled, "reread")
    assert code == 4
    assert "3 not readable any more" in out
    assert err.count("div.nowhere") == 3


def test_the_archive_is_held_but_not_for_a_dry_run(crawled: Path) -> None:
    with hold(crawled / "a.db"):
        assert run(crawled, "reread")[0] == 7
        assert run(crawled, "reread", "--dry-run")[0] == 0


def test_reading_again_that_is_killed_anywhere_is_done_by_the_next(crawled: Path) -> None:
    learn(crawled)
    archive = crawled / "a.db"
    before = archive.read_bytes()
    command = ["--config", str(crawled / "replyarc.toml"), "-q", "reread"]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.forking"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=unmeasured(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def end(point: str) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps([{"REPLYARC_CRASH_AT": point}, command]) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        killed = 0
        for point in range(100):
            archive.write_bytes(before)
            for left in ("a.db-wal", "a.db-shm"):
                (crawled / left).unlink(missing_ok=True)
            code = end(str(point))
            if code == 0:
                break
            assert code == -signal.SIGKILL
            killed += 1
            assert end("") == 0
            with Archive.open(archive, read_only=True) as found:
                assert [reply.topic for reply in found.replies(Query())] == ["养老"] * 3
                assert [reply.version for reply in found.replies(Query())] == [1] * 3
                (readings,) = found.db.execute("select count(*) from readings").fetchone()
                assert readings == 6
        process.stdin.close()
    assert killed >= 2
