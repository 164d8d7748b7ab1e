"""Another archive may be damaged, or made up: what is sound of it is taken, the rest is told."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive import filing, redacting
from replyarc.archive.damage import Grade
from replyarc.archive.merging import Came, merge
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.export.bundle import ARCHIVE, SUMS
from replyarc.importing.take import Import, Wish
from tests.blank import blank
from tests.dumping import dump
from tests.test_cli import run
from tests.test_merge import DAY, LETTER, Page, after, held, made
from tests.test_round_trip import odd_things

MISSED = {
    "not there, though a reading was found in them",
    "none is left, though bodies are kept that were fetched",
}
"""What `verify` says where a part of the evidence was not sound, and did not come."""

PAGES = (Page(1, 1, day=1), Page(2, 2, index=None, day=2))


def spoiled(path: Path, *statements: str) -> Path:
    """Change an archive as replyarc never would."""
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
    return path


def taken(here: Archive, path: Path) -> Came:
    """Take an archive in; afterwards the one that it went into is sound."""
    before = path.read_bytes()
    came = merge(here, path)
    assert path.read_bytes() == before
    list(here.replies())
    left = dump(here)
    with here.transaction() as db:
        filing.rebuild(db)
    assert dump(here) == left
    lost = [each.what for each in verify(here.path).damage if each.grade is not Grade.NOTED]
    assert set(lost) <= MISSED, lost
    return came


def test_damaged_content_does_not_take_the_place_of_good(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", [replace(PAGES[0], address=2, day=3)])
    spoiled(other, "update contents set fields = replace(fields, '感谢您', '坏坏坏')")
    with blank(tmp_path / "a.db") as here:
        PAGES[0].file(here)
        came = taken(here, other)
        assert [reply.text for reply in here.replies()] == [PAGES[0].reply.text]
    assert came.unsound == {"contents": 1, "readings": 1}


def test_what_a_redaction_replaced_is_no_damage(tmp_path: Path) -> None:
    with Archive.open(made(tmp_path / "b.db", PAGES)) as other:
        (first, *_) = other.replies()
        redacting.redact(other, first.id, "本人请求", DAY, whole=True)
    with blank(tmp_path / "a.db") as here:
        assert merge(here, other.path).unsound == {}
        assert dump(here) == held(other.path)


@pytest.mark.parametrize(
    ("table", "change", "replies"),
    [
        ("fetches", "fetched_at = 'gestern'", 2),
        ("fetches", "headers = 'x'", 2),
        ("captures", "last_seen_at = 'x'", 0),
        ("captures", "parts = '{}'", 0),
        ("readings", "flags = '{'", 0),
        ("readings", "flags = '[[]]'", 0),
        ("readings", "keys = 'x'", 0),
        ("readings", "told = '[]'", 0),
        ("readings", "told = '{}'", 0),
        ("readings", "id = 'zz' || id", 0),
        ("contents", "fields = '[1]'", 0),
        ("contents", "fields = cast(x'ff41ff' as text)", 0),
        ("entries", "state = 'x'", 2),
        ("entries", "title = cast(x'ff41ff' as text)", 2),
        ("crawls", "report = '[]'", 2),
        ("crawls", "source = 'nobody'", 2),
        ("listings", "crawl = 999", 2),
        ("sources", "urls = '{}'", 2),
        ("bodies", "sha256 = 'x' || substr(sha256, 2)", 2),
    ],
)
def test_rows_that_cannot_be_rows_are_told_and_not_taken(
    tmp_path: Path, table: str, change: str, replies: int
) -> None:
    other = made(tmp_path / "b.db", PAGES)
    where = "where crawl = 1" if table == "listings" else ""
    spoiled(other, f"update {table} set {change} {where}")
    with blank(tmp_path / "a.db") as here:
        came = taken(here, other)
        assert here.count() == replies
    assert came.unsound[table] > 0


def test_the_other_rows_of_a_table_are_taken(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", PAGES)
    spoiled(other, "update readings set keys = 'x' where rowid = 1")
    with blank(tmp_path / "a.db") as here:
        assert taken(here, other).unsound == {"readings": 1}
        assert [reply.url for reply in here.replies()] == [PAGES[1].reply.url]
        assert merge(here, made(tmp_path / "c.db", PAGES)).new == 1  # a sound copy brings the rest


def test_names_that_name_nothing_are_not_taken(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", PAGES)
    with Archive.open(other) as archive:
        (first, *_) = archive.replies()
        redacting.redact(archive, first.id, "本人请求", DAY, whole=False)
    spoiled(
        other,
        "insert into _redacted select 'body:', min(id) from redactions",
        "insert into _redacted values ('body:x', 'nothing')",
    )
    with blank(tmp_path / "a.db") as here:
        assert taken(here, other).unsound == {"_redacted": 2}
        names = {name for (name,) in here.db.execute("select name from _redacted")}
    assert names
    assert not {"body:", "body:x"} & names


CELLS = [
    (table, column)
    for table, columns in {
        "redactions": "id redacted_at removed",
        "_redacted": "name redaction",
        "bodies": "sha256 size codec",
        "sources": "name urls",
        "crawls": "source started_at ended_at report",
        "listings": "url left_out whole",
        "entries": "url state asked_at gone_at page first_crawl listed_at",
        "fetches": "url final_url fetched_at headers sha256 crawl request_headers",
        "_robots": "origin text fetched_at",
        "texts": "sha256 kind text",
        "contents": "fingerprint fields",
        "captures": "reading sha256 parts reader first_seen_at last_read_at accepted",
        "readings": "id url fingerprint letters says source flags notes told keys index_number",
    }.items()
    for column in columns.split()
]
VALUES = st.sampled_from(
    ["null", "''", "'x'", "'[]'", "'{}'", "'[1]'", "'{\"a\":1}'", "7", "cast(x'ff41' as text)"]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(CELLS), VALUES), min_size=1, max_size=2))
def test_no_cell_that_is_something_else_breaks_the_archive(
    changes: list[tuple[tuple[str, str], str]],
) -> None:
    with TemporaryDirectory() as folder:
        other = Path(folder) / "b.db"
        with blank(other) as archive:
            for page in PAGES:
                page.file(archive)
            odd_things(archive)
        with closing(sqlite3.connect(other)) as db:
            for (table, column), value in changes:
                try:
                    db.execute(f"update {table} set {column} = {value}")
                except sqlite3.IntegrityError:  # two rows with one key, or another kind of value
                    db.rollback()
            db.commit()
        with blank(Path(folder) / "a.db") as here:
            Page(3, 3, index=None).file(here)
            merge(here, other)
            list(here.replies())
            with here.transaction() as db_here:
                filing.rebuild(db_here)


def test_the_command_tells_what_was_passed_over(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", PAGES)
    spoiled(other, "update entries set state = 'x'")
    here = made(tmp_path / "a.db")
    ran = run("--archive", str(here), "merge", str(other))
    assert ran.code == 4
    assert "2 rows of entries" in ran.err


def test_the_archive_of_a_bundle_is_looked_through_too(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", PAGES)
    spoiled(other, "update readings set flags = '{' where rowid = 1", "pragma journal_mode=delete")
    data = other.read_bytes()
    bundle = tmp_path / "b.zip"
    with zipfile.ZipFile(bundle, "w") as zipped:
        zipped.writestr(ARCHIVE, data)
        zipped.writestr(SUMS, f"{sha256(data).hexdigest()}  {ARCHIVE}\n")
    with blank(tmp_path / "a.db") as here:
        outcome = Import(here, lambda url: None, Wish()).take([bundle])
        assert here.count() == 1
    assert outcome.problems == ["1 rows of readings are damaged and were left"]


def test_an_archive_that_lacks_a_column_is_brought_up_in_a_copy(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", PAGES)
    with closing(sqlite3.connect(other)) as db:
        views = [name for (name,) in db.execute("select name from sqlite_master where type='view'")]
    drops = [f'drop view "{view}"' for view in views]
    spoiled(other, *drops, "alter table replies drop column validity")
    with blank(tmp_path / "a.db") as here:
        assert taken(here, other).new == 2
    assert sorted(path.name for path in tmp_path.glob("b.db*")) == ["b.db"]


def test_what_follows_from_a_content_is_noted_anew(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", PAGES)
    spoiled(other, "update readings set keys = '[]', says = 'x', letters = 0, index_number = 'x'")
    with blank(tmp_path / "a.db") as here:
        assert taken(here, other).unsound == {}
        assert dump(here) == held(made(tmp_path / "c.db", PAGES))
        before = dump(here)
        assert taken(here, other).known == 2
        assert dump(here) == before


def test_a_reply_that_was_told_without_bytes_is_sound(tmp_path: Path) -> None:
    with blank(tmp_path / "b.db") as other:
        told = replace(LETTER, id="abc", last_seen_at=after(1), gone_at=after(2), version=3)
        with other.transaction() as db:
            filing.put_told(db, told)
    with blank(tmp_path / "a.db") as here:
        assert merge(here, other.path).unsound == {}
        assert [(reply.id, reply.version) for reply in here.replies()] == [("abc", 3)]
