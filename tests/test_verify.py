"""What `verify` finds, and what it mends: each damage by itself, on an archive of every kind."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from replyarc.archive import blobs, search
from replyarc.archive.damage import Damage, Grade, Verdict
from replyarc.archive.lock import hold
from replyarc.archive.repairing import repair
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.errors import ArchiveError
from replyarc.model import Reply, Response
from tests.blank import blank
from tests.test_archive import DAY, everything, response
from tests.test_cli import run
from tests.test_migrations import old

T = "清源市民政局关于市八届人大二次会议第{:03}号建议的答复"


def letter(number: int, word: str = "养老") -> Reply:
    return Reply(
        url=f"http://mz.gov.test/{number}.html",
        source="mz",
        title=T.format(number),
        index_number=f"990123006/2023-{number:05}",
        text=f"顾明远代表：\n您提出的关于{word}服务的建议收悉。\n清源市民政局",
    )


def fill(archive: Archive) -> None:
    for number in range(1, 6):
        for again, word in enumerate(("养老", "养老服务")):
            reply, at = letter(number, word), DAY + timedelta(days=30 * again)
            body = f"<p>{reply.title}{reply.text}</p>".encode() * 5
            archive.put(reply, archive.keep(replace_at(body, reply.url, at)), at)
    same = replace(letter(6), index_number=letter(1).index_number)
    archive.put(same, archive.keep(response(b"six", same.url)), DAY)
    archive.keep(response(b"<ul>a listing</ul>", "http://mz.gov.test/"))
    search.refresh(archive)


def replace_at(body: bytes, url: str, at: datetime) -> Response:
    return replace(response(body, url), fetched_at=at)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with blank(path) as archive:
        fill(archive)
    return path


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def ask(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def wreck(path: Path, table: str) -> None:
    """Overwrite the first page of a table or an index."""
    ((root,),) = ask(path, f"select rootpage from sqlite_master where name = '{table}'")
    assert isinstance(root, int)
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)


def told(verdict: Verdict, grade: Grade) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in verdict.damage:
        if each.grade is grade:
            found.setdefault(each.where, []).append(each.what)
    return found


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with Archive.open(path, read_only=True) as archive:
        return {
            name: sorted(rows, key=repr)
            for name, rows in everything(archive).items()
            if not name.startswith(("_search", "_indexed", "_unindexed"))
        }


def test_a_whole_archive_is_whole_and_left_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    verdict = verify(path)
    assert verdict.whole
    assert verdict.damage == []
    counted = {"bodies": 12, "contents": 11, "readings": 11, "captures": 11}
    assert counted.items() <= verdict.checked.items()
    assert verdict.size > 1000
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["a.db"]


@pytest.mark.parametrize("number", [1, 3])
def test_an_archive_of_an_older_format_is_verified_as_it_is(tmp_path: Path, number: int) -> None:
    path = old(tmp_path, number)
    verdict = verify(path)
    assert (verdict.whole, verdict.format) == (True, number)
    sql(path, "update bodies set data = x'00' where rowid = 1")
    assert told(verify(path), Grade.LOST) == {"bodies": ["it is not what was kept"]}
    assert ask(path, "pragma user_version") == [(number,)]
    with pytest.raises(ArchiveError, match=f"of format {number}"):
        repair(path, verdict)
    sql(path, "pragma foreign_keys = off", "insert into sightings (reply, url) values ('x', 'y')")
    verdict = verify(path)
    assert not verdict.repairable
    assert "an older format" in " ".join(
        each.what for each in verdict.damage if each.grade is Grade.BARRED
    )


@pytest.mark.parametrize("number", [1, 3])
def test_an_archive_that_was_brought_up_is_whole(tmp_path: Path, number: int) -> None:
    path = old(tmp_path, number)
    Archive.open(path).close()
    assert verify(path).damage == []


LOST = [
    ("update bodies set data = x'00' where rowid = 3", "bodies", "not what was kept"),
    ("update bodies set data = null where rowid = 3", "bodies", "not what was kept"),
    ("update bodies set size = size + 1 where rowid = 3", "bodies", "not what was kept"),
    ("update bodies set codec = 'new' where rowid = 3", "bodies", "packed with 'new'"),
    ("update bodies set codec = 'redacted', data = null", "bodies", "no redaction names them"),
    ("delete from bodies where rowid = 3", "bodies", "not there, though a reading"),
    ("delete from bodies where rowid = 3", "fetches", "rows refer to bodies"),
    ("update contents set fields = '{}' where rowid = 3", "contents", "not what was read"),
    ("update contents set fields = null where rowid = 3", "contents", "not what was read"),
    ("delete from contents where rowid = 3", "readings", "rows refer to contents"),
    ("delete from contents where rowid = 3", "readings", "what it says is not there"),
    ("update readings set url = 'http://b.test/' where rowid = 3", "readings", "not those"),
    ("delete from captures", "readings", "found in no bytes"),
    ("delete from readings where rowid = 3", "captures", "rows refer to readings"),
    ("drop table captures", "captures", "there is no table captures"),
    ("drop table redactions", "redactions", "there is no table redactions"),
    ("alter table fetches drop column tls", "fetches", "it has no column tls"),
]


@pytest.mark.parametrize(("damage", "where", "words"), LOST)
def test_what_is_lost_is_told_and_stays_lost(
    path: Path, damage: str, where: str, words: str
) -> None:
    sql(path, damage)
    verdict = verify(path)
    assert not verdict.whole
    assert words in " ".join(told(verdict, Grade.LOST)[where])
    evidence = ("bodies", "fetches", "contents", "readings", "captures")
    names = [name for (name,) in ask(path, "select name from sqlite_master where type = 'table'")]
    kept = {name: ask(path, f"select rowid from {name}") for name in evidence[:3] if name in names}
    with suppress(ArchiveError):
        repair(path, verdict)
    assert not verify(path).whole
    assert kept == {name: ask(path, f"select rowid from {name}") for name in kept}


ANEW = [
    "delete from versions",
    "delete from versions where number = 2",
    "update versions set sha256 = ''",
    "delete from sightings",
    "update sightings set url = url || '?'",
    "delete from conflicts",
    "update replies set title = 'x' where rowid = 1",
    "update replies set flags = '[]'",
    "insert into replies (id, title) values ('nobody', 'invented')",
    "insert into conflicts select index_number, id from replies where rowid = 3",
    "delete from _keys",
    "update readings set standing = 'aside'",
    "update readings set reply = 'nobody'",
    "update readings set letters = 0",
    "drop table versions",
    "drop table conflicts",
    "drop table _keys",
    "drop table replies",
    "drop index replies_newest",
    "drop index captures_body",
    "drop trigger _unindexed_new",
    "delete from _indexed",
    "delete from _indexed where id = 1",
    "drop table _indexed",
    "drop table _unindexed",
    "drop table _search",
    "delete from _search_data",
    "drop table _search_data",
]


@pytest.mark.parametrize("damage", ANEW)
def test_what_follows_from_the_evidence_is_made_anew(path: Path, damage: str) -> None:
    before = held(path)
    sql(path, "pragma foreign_keys = off", damage)
    verdict = verify(path)
    assert not verdict.whole
    assert told(verdict, Grade.LOST) == {}
    assert verdict.repairable
    assert repair(path, verdict)
    again = verify(path)
    assert again.damage == []
    assert held(path) == before
    with Archive.open(path) as archive:
        search.refresh(archive)
        assert archive.count() == 6
        assert search.check(archive.db) == []
    assert verify(path).whole


def hits(path: Path) -> int:
    ran = run("--archive", str(path), "search", "养老", "--json")
    return len(json.loads(ran.out)["hits"])


ONE = "(select id from readings where url like '%/2.html' limit 1)"
OF_ONE = f"where reading = {ONE}"
SAID = f"(select fingerprint from readings where id = {ONE})"
BARRED = [
    (("delete from readings where url like '%/2.html'",), "captures refer to them"),
    (
        ("delete from captures", "delete from _keys", "delete from readings"),
        "versions refer to them",
    ),
    ((f"delete from contents where fingerprint = {SAID}",), "what it says is not there"),
    ((f"delete from captures {OF_ONE}",), "found in no bytes"),
    ((f"update captures set parts = 'x' {OF_ONE}",), "a value is missing, no JSON"),
    ((f"update readings set keys = null where id = {ONE}",), "a value is missing, no JSON"),
    (("update contents set fields = replace(fields, '养老', '养少')",), "not what was read"),
    ((f"update captures set last_seen_at = 'once' {OF_ONE}",), "or no instant"),
    (("update readings set url = url || '?'",), "not those that it was filed with"),
    ((f"update captures set sha256 = '{'0' * 64}' {OF_ONE}",), "others tell of other bytes"),
    ((f"update captures set parts = '[\"{'0' * 64}\"]' {OF_ONE}",), "further pages are neither"),
]


@pytest.mark.parametrize(
    "also", ["delete from _indexed", "drop table versions", "delete from replies"]
)
@pytest.mark.parametrize(("damage", "words"), BARRED)
def test_of_damaged_evidence_nothing_is_made_anew(
    path: Path, damage: tuple[str, ...], words: str, also: str
) -> None:
    sql(path, "pragma foreign_keys = off", *damage)
    if not words.startswith("versions") or also == "delete from _indexed":
        sql(path, also)
    before = path.read_bytes()
    verdict = verify(path)
    lost = [f"{each.what} {each.examples}" for each in verdict.damage if each.bars]
    assert words in " ".join(lost)
    assert verdict.barred
    assert not verdict.repairable
    assert told(verdict, Grade.ANEW) == {}
    ran = run("--archive", str(path), "verify", "--repair")
    assert ran.code == 8
    assert "verify --repair\n" not in ran.out
    assert "--repair leaves it as it is" in ran.out
    assert not [each for each in ("NoneType", "min()", "unpack", "Traceback") if each in ran.out]
    anew = [Damage(grade=Grade.ANEW, where=name, what="") for name in ("versions", "_search")]
    with pytest.raises(ArchiveError, match="nothing is made anew"):  # whatever it is told
        repair(path, Verdict(format=verdict.format, damage=anew))
    assert path.read_bytes() == before


def test_a_refused_repair_leaves_the_search_as_it_is(path: Path) -> None:
    sql(path, f"delete from contents where fingerprint = {SAID}")
    verdict = only_the_search(verify(path))
    found = hits(path)
    assert found == 6
    with pytest.raises(ArchiveError, match="what it says is not there"):
        repair(path, verdict)
    assert hits(path) == found


def only_the_search(verdict: Verdict) -> Verdict:
    """Return what an examination would say that finds the index damaged and nothing else."""
    wrong = Damage(grade=Grade.ANEW, where="_search", what="damaged")
    return Verdict(format=verdict.format, damage=[wrong])


def test_a_reading_that_is_missing_comes_back_by_merging_a_good_copy(path: Path) -> None:
    good = path.with_name("good.db")
    good.write_bytes(path.read_bytes())
    before = held(path)
    sql(
        path,
        "delete from _keys where reading in (select id from readings where url like '%/2.html')",
        "delete from readings where url like '%/2.html'",
    )
    assert verify(path).barred
    assert run("--archive", str(path), "merge", str(good)).code == 0
    run("--archive", str(path), "verify", "--repair")
    assert verify(path).whole
    assert held(path)["readings"] == before["readings"]


def test_what_does_not_follow_from_it_is_made_anew_all_the_same(path: Path) -> None:
    sql(path, "delete from readings where url like '%/2.html'", "drop index fetches_url")
    verdict = verify(path)
    assert told(verdict, Grade.ANEW) == {"fetches": ["there is no index fetches_url"]}
    assert repair(path, verdict) == ["the index fetches_url is there again"]
    assert not verify(path).repairable


def test_in_a_hurry_what_would_be_made_anew_of_damaged_contents_is_not_offered(path: Path) -> None:
    sql(path, "drop table versions", "update contents set fields = '{}' where rowid = 1")
    verdict = verify(path, quick=True)
    assert not verdict.repairable
    assert told(verdict, Grade.BARRED)["versions"] == ["there is no table versions"]


def test_a_lost_body_keeps_nobody_from_making_the_rest_anew(path: Path) -> None:
    before = held(path)["versions"]
    sql(path, "delete from bodies where rowid = 3", "delete from versions")
    assert repair(path, verify(path))
    assert held(path)["versions"] == before


def test_a_repair_is_made_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql(path, "drop table versions", "drop index fetches_url", "delete from _search_data")
    verdict, before = verify(path), path.read_bytes()

    def fail(_db: object) -> None:
        raise ArchiveError("in the midst of it")

    monkeypatch.setattr("replyarc.archive.search.rebuild", fail)
    with pytest.raises(ArchiveError, match="in the midst"):
        repair(path, verdict)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("delete from fetches", "none is left, though bodies are kept that were fetched"),
        (
            "delete from fetches where url like '%/2.html'",
            "none tells of bodies that a reading was found in",
        ),
    ],
)
def test_fetches_that_are_not_there_any_more_are_lost(path: Path, damage: str, words: str) -> None:
    sql(path, damage)
    verdict = verify(path)
    assert not verdict.whole
    assert told(verdict, Grade.LOST) == {"fetches": [words]}
    assert told(verdict, Grade.NOTED) == {}


def test_what_an_older_replyarc_kept_is_packed_better_where_all_is_whole(path: Path) -> None:
    with Archive.open(path) as archive:
        names = [
            archive.keep(response(page_of(number), f"http://mz.gov.test/long/{number}"))
            for number in range(30)
        ]
        with archive.transaction() as db:
            for name in names:
                codec, data = blobs.pack(archive.body(name))
                db.conn.execute(
                    "update bodies set codec = ?, data = ?, dictionary = null where sha256 = ?",
                    [codec, data, name],
                )
    sql(path, "update bodies set data = x'00' where rowid = 1")
    ran = run("--archive", str(path), "verify", "--repair")
    assert (ran.code, "take" in ran.out) == (8, False)
    with Archive.open(path) as archive:
        archive.keep(response(next(iter(first_body(path))), letter(1).url))
    ran = run("--archive", str(path), "verify", "--repair")
    assert ran.code == 0
    assert re.search(r"Repaired: the same pages take [\d.]+ kB less\.", ran.out)
    assert ask(path, "select count(*) from bodies where dictionary is not null") != [(0,)]
    with Archive.open(path) as archive:
        assert [archive.body(name) for name in names] == [page_of(number) for number in range(30)]


def page_of(number: int) -> bytes:
    noise = "".join(chr(0x4E00 + (at * 7919) % 5000) for at in range(2000))
    return f"<html>{noise}<p>{T.format(number)}</p></html>".encode()


def first_body(path: Path) -> list[bytes]:
    """Return the bytes of the row that was damaged: those of the first letter."""
    reply = letter(1)
    assert ask(path, "select 1 from bodies where rowid = 1")
    return [f"<p>{reply.title}{reply.text}</p>".encode() * 5]


def test_who_loses_what_is_told(path: Path) -> None:
    first = letter(1)
    ((name,),) = ask(
        path,
        f"select sha256 from captures join readings on id = reading where url = '{first.url}'"
        " order by captures.first_seen_at limit 1",
    )
    sql(path, f"update bodies set data = x'00' where sha256 = '{name}'")
    (loss,) = verify(path).losses
    assert (loss.title, loss.url, loss.versions) == (first.title, first.url, (1,))
    assert "the bytes of its page" in loss.what
    ((listing,),) = ask(path, "select sha256 from fetches where url = 'http://mz.gov.test/'")
    sql(path, f"update bodies set data = x'00' where sha256 = '{listing}'")
    losses = verify(path).losses
    assert {(each.reply is None, each.url) for each in losses} == {
        (False, first.url),
        (True, "http://mz.gov.test/"),
    }
    sql(path, "update contents set fields = '{}'")
    losses = [each for each in verify(path).losses if "read again" in each.what]
    assert {each.url for each in losses} == {letter(number).url for number in range(1, 7)}


def test_a_body_that_nobody_fetched_is_noted_and_does_no_harm(path: Path) -> None:
    sql(path, "delete from fetches where url = 'http://mz.gov.test/'")
    verdict = verify(path)
    assert verdict.whole
    assert told(verdict, Grade.NOTED) == {
        "bodies": ["kept, though nothing tells where they were fetched"]
    }
    assert run("--archive", str(path), "verify").code == 0


def test_what_an_export_told_without_bytes_is_no_damage(path: Path) -> None:
    from replyarc.archive.filing import put_told

    reply = replace(
        letter(9), id="a" * 12, sha256="0" * 64, first_seen_at=DAY, last_seen_at=DAY, changed_at=DAY
    )
    with Archive.open(path) as archive:
        with archive.transaction() as db:
            put_told(db, reply)
        search.refresh(archive)
    assert verify(path).damage == []


@pytest.mark.parametrize(
    "table",
    ["bodies", "contents", "readings", "captures", "fetches", "replies", "versions", "_redacted"],
)
def test_a_table_that_cannot_be_read_keeps_nobody_from_the_others(path: Path, table: str) -> None:
    with Archive.open(path) as archive:
        for number in range(50):
            archive.keep(response(os.urandom(3000), f"http://mz.gov.test/file/{number}"))
    sql(path, "update bodies set data = x'00' where rowid = 2")
    wreck(path, table)
    verdict = verify(path)
    assert not verdict.whole
    lost = told(verdict, Grade.LOST)
    assert "the file" in lost
    if table != "bodies":
        assert "it is not what was kept" in lost["bodies"]
    else:
        words = " ".join(lost["bodies"])
        assert "cannot be read" in words
    ran = run("--archive", str(path), "verify")
    assert ran.code == 8
    assert "Traceback" not in ran.err


def test_of_a_table_that_is_half_readable_the_rest_is_looked_at(path: Path) -> None:
    with Archive.open(path) as archive:
        for number in range(200):
            archive.keep(response(os.urandom(3000), f"http://mz.gov.test/file/{number}"))
    last = ask(path, "select sha256 from bodies order by rowid desc limit 1")[0][0]
    sql(path, f"update bodies set data = x'00' where sha256 = '{last}'")
    content = bytearray(path.read_bytes())
    leaves = "select pageno from dbstat where name = 'bodies' and pagetype = 'leaf'"
    (page,) = ask(path, f"{leaves} order by pageno limit 1 offset 30")[0]
    assert isinstance(page, int)
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    verdict = verify(path)
    found = {each.what: each for each in verdict.damage if each.where == "bodies"}
    assert found["it is not what was kept"].examples == (str(last),)
    assert 0 < found["cannot be read from the file"].number < 20
    assert verdict.checked["bodies"] == 212


def test_an_index_that_lost_a_row_is_made_anew(path: Path) -> None:
    sql(
        path,
        "pragma writable_schema = on",
        "update sqlite_master set sql = 'create index readings_url on readings (source)' "
        "where name = 'readings_url'",
    )
    verdict = verify(path)
    assert not verdict.whole
    assert "the indexes" in told(verdict, Grade.ANEW)


def test_a_log_that_was_deleted_is_no_damage_by_itself(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.keep(response(b"in the log"))
        copy = path.with_name("b.db")
        copy.write_bytes(path.read_bytes())  # without its log
    assert verify(copy).whole


def test_another_page_size_is_no_damage(path: Path) -> None:
    before = held(path)
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("pragma journal_mode = delete", "pragma page_size = 1024", "vacuum"):
        connection.execute(statement)
    connection.close()
    assert verify(path).damage == []
    assert held(path) == before


def not_sqlite(path: Path) -> None:
    path.write_bytes(b"no database" * 500)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def missing(path: Path) -> None:
    path.unlink()


def another(path: Path) -> None:
    path.unlink()
    sql(path, "create table people (name text)")


def headless(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (not_sqlite, "nor any SQLite database"),
        (empty, "empty, no archive"),
        (folder, "a folder, not an archive"),
        (missing, "there is no archive"),
        (another, "no archive of replyarc"),
        (headless, "none of its tables can be found. Restore a backup"),
        (cut, ""),
    ],
)
@pytest.mark.parametrize("repairing", [False, True])
def test_what_is_no_archive_is_told_in_a_sentence(
    path: Path, harm: Callable[[Path], None], words: str, repairing: bool
) -> None:
    harm(path)
    ran = run("--archive", str(path), "verify", *(["--repair"] if repairing else []))
    assert ran.code == 8
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_in_a_hurry_no_bytes_are_hashed(path: Path) -> None:
    sql(path, "update bodies set data = x'00' where rowid = 3", "drop table versions")
    verdict = verify(path, quick=True)
    assert told(verdict, Grade.LOST) == {}
    assert told(verdict, Grade.ANEW) == {"versions": ["there is no table versions"]}
    assert verdict.size == 0


def test_while_it_is_written_to_it_is_verified_as_it_was(path: Path) -> None:
    with Archive.open(path) as writer:

        def write(_done: int, _total: int) -> None:
            reply = letter(int(writer.db.table("readings").count) + 10)
            writer.put(reply, writer.keep(response(reply.title.encode(), reply.url)), DAY)

        verdict = verify(path, progress=write)
        assert writer.count() > 6
    assert verdict.damage == []
    assert verdict.checked["bodies"] == 12
    assert verify(path).whole


def test_a_repair_holds_the_archive(path: Path) -> None:
    sql(path, "delete from versions")
    verdict = verify(path)
    with hold(path):
        assert repair(path, verdict)
    assert verify(path).whole


def test_the_command_tells_people_and_scripts(path: Path) -> None:
    whole = run("--archive", str(path), "verify")
    assert (whole.code, whole.err) == (0, "")
    assert "whole (format" in whole.out
    assert run("-q", "--archive", str(path), "verify").out == ""
    sql(path, "delete from versions", "update bodies set data = x'00' where rowid = 1")
    ran = run("--archive", str(path), "verify")
    assert ran.code == 8
    for words in ("damaged", "verify --repair", "versions: 11 × rows", T.format(1), "crawl --full"):
        assert words in ran.out
    ran = run("--archive", str(path), "verify", "--repair", "--json")
    said = json.loads(ran.out)
    assert ran.code == 8
    assert (said["schema"], said["whole"], len(said["repaired"])) == (1, False, 1)
    assert [each["grade"] for each in said["damage"]] == ["lost"]
    assert said["losses"][0]["title"] == T.format(1)
    assert ask(path, "select count(*) from versions") == [(11,)]


def test_repairing_what_is_whole_does_nothing(path: Path) -> None:
    before = path.read_bytes()
    ran = run("--archive", str(path), "verify", "--repair")
    assert (ran.code, path.read_bytes()) == (0, before)


def test_what_a_page_says_cannot_colour_the_terminal(path: Path) -> None:
    with Archive.open(path) as archive:
        reply = replace(letter(7), title="关于\x1b[2J的答复")
        archive.put(reply, archive.keep(response(b"seven", reply.url)), DAY)
    ((name,),) = ask(path, "select sha256 from fetches where url like '%/7.html'")
    sql(path, f"update bodies set data = x'00' where sha256 = '{name}'")
    ran = run("--archive", str(path), "verify")
    assert "\x1b" not in ran.out
    assert "关于\\x1b[2J的答复" in ran.out
