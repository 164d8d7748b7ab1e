"""What people are told in the file itself: the table ``columns``, the views, the questions."""

from __future__ import annotations

import csv
import io
import random
import re
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from replyarc.archive import blobs, search
from replyarc.archive.describing import (
    Described,
    complete,
    describe,
    descriptions,
    outdated,
    undescribe,
)
from replyarc.archive.format import FORMAT
from replyarc.archive.questions import QUESTIONS
from replyarc.archive.store import Archive
from replyarc.archive.views import CHINESE, VIEWS, Shape, shapes, views
from replyarc.export.flat import COLUMNS, as_json
from replyarc.export.tables import Profile, Style, write_csv
from replyarc.model import Attachment, Contact, Kind, Reply, Request, Response
from replyarc.text.bigrams import normal
from tests.blank import blank

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)

CARE = Reply(
    url="http://www.qingyuan.gov.test/1.html",
    source="qingyuan",
    title="关于市八届人大一次会议第0079号、第198号建议的答复",
    index_number="01404053X/2019-00222",
    publisher="清源市民政局",
    answered_by="清源市民政局",
    kind=Kind.SUGGESTION,
    assembly_name="清源市人大",
    term=8,
    session=1,
    proposal_numbers=("0079", "198"),
    proposal_titles=("关于社区养老的建议", "关于助残的建议"),
    addressees=("林小满", "周予安"),
    contacts=(Contact("何清", ("0000-1234567",)),),
    attachments=(Attachment("附件1", "http://www.qingyuan.gov.test/1.pdf"),),
    published_on=date(2023, 6, 12),
    text="林小满代表：\n养老服务（２０１９-00222号）已列入计划。",
)
ROAD = Reply(
    url="http://www.qingyuan.gov.test/2.html",
    source="qingyuan",
    title="关于农村公路建议的答复",
    kind=Kind.PROPOSAL,
    proposal_titles=("关于农村公路的提案",),
    signed_on=date(2022, 3, 1),
    text='委员：\n农村公路 A类 \'a; "b" 路。',
)


def response(body: bytes, url: str) -> Response:
    return Response(
        request=Request(url), url=url, status=200, headers=(), body=body, fetched_at=DAY
    )


def filed(archive: Archive, *replies: Reply) -> Archive:
    """File replies, describe the archive as opening it does, and bring its index up."""
    for reply in replies:
        name = archive.keep(response(reply.title.encode(), reply.url))
        archive.put(reply, name, DAY)
    with archive.transaction() as db:
        describe(db)
    search.refresh(archive)
    return archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "replies.db") as archive:
        yield filed(archive, CARE, ROAD)


def rows(db: Database, sql: str, **asked: object) -> list[dict[str, Any]]:
    cursor = db.conn.execute(sql, asked)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def present(db: Database) -> set[tuple[str, str]]:
    """Return every table and view that a person meets, by itself and with each of its columns."""
    sql = "select name from sqlite_master where type in ('table', 'view') and name glob '[^_]*'"
    names = [name for (name,) in db.execute(sql)]
    columns = {
        (name, column[1]) for name in names for column in db.execute(f'pragma table_info("{name}")')
    }
    return columns | {(name, "") for name in names}


def test_every_table_that_a_person_meets_is_strict(archive: Archive) -> None:
    tables = archive.db.execute("pragma table_list").fetchall()
    loose = [row[1] for row in tables if row[2] == "table" and not row[5]]
    assert [name for name in loose if not name.startswith(("_", "sqlite_"))] == []


# --- the table of columns


def test_every_table_and_column_that_a_person_meets_is_described_and_no_other(
    archive: Archive,
) -> None:
    told = {(row["table_name"], row["column_name"]) for row in rows(archive.db, _COLUMNS)}
    assert told == present(archive.db)
    assert {"replies", "versions", "bodies", "captures", "redactions", *VIEWS} <= {
        table for table, _ in told
    }


_COLUMNS = "select * from columns"


def test_each_description_is_one_line_with_a_type_and_a_meaning(archive: Archive) -> None:
    for row in rows(archive.db, _COLUMNS):
        assert row["type"], row
        assert row["meaning"], row
        assert "\n" not in row["meaning"]
        assert len(row["meaning"]) < 120
        assert len(row["example"]) < 80
    assert archive.db.table("columns").strict


def test_the_headings_are_those_of_the_model(archive: Archive) -> None:
    told = {
        row["column_name"]: row["heading"]
        for row in rows(archive.db, f"{_COLUMNS} where table_name = 'replies_flat'")
    }
    assert told.items() >= {column.name: column.title for column in COLUMNS}.items()


def test_every_field_of_a_reply_is_described_in_words_of_its_own() -> None:
    meanings = {
        line.column_name: line.meaning for line in descriptions() if line.table_name == "replies"
    }
    assert [column.name for column in shapes() if meanings[column.name] == column.heading] == []


def test_a_field_that_reply_gains_later_is_described_by_its_heading_and_shown_in_the_views() -> (
    None
):
    gained = Shape("district", "辖区", str, many=True)
    lines = list(complete([], [gained]))
    assert lines == [
        Described("replies", "district", "辖区", "list of texts, JSON", "辖区", ""),
        Described("replies_flat", "district", "辖区", "texts joined by '; '", "辖区", ""),
        Described(CHINESE, "辖区", "辖区", "texts joined by '; '", "辖区", ""),
    ]
    made = views([*shapes(), gained])
    assert "json_each(replies.district)) as district" in made["replies_flat"]
    assert 'district as "辖区"' in made[CHINESE]


def test_it_is_written_anew_only_where_it_differs(archive: Archive) -> None:
    db = archive.db
    assert not outdated(db)
    with archive.transaction():
        db.execute("insert or replace into _meta values ('described', 'by an older replyarc')")
        db.execute("delete from columns")
        db.execute("drop view files")
    assert outdated(db)
    with archive.transaction():
        describe(db)
    assert not outdated(db)
    assert {(row["table_name"], row["column_name"]) for row in rows(db, _COLUMNS)} == present(db)


@pytest.mark.parametrize("lost", ["drop view files", "drop table columns", "delete from columns"])
def test_what_was_lost_of_it_is_noticed(archive: Archive, lost: str) -> None:
    with archive.transaction() as db:
        db.execute(lost)
    assert outdated(archive.db)


def test_an_archive_that_lost_more_than_that_is_left_to_verify(archive: Archive) -> None:
    with archive.transaction() as db:
        db.execute("drop table _meta")
    assert not outdated(archive.db)


def test_what_a_person_added_stays_when_the_views_are_made_anew(archive: Archive) -> None:
    with archive.transaction() as db:
        db.execute("create view mine as select 1 as one")
        undescribe(db)
        assert rows(db, "select name from sqlite_master where type = 'view'") == [{"name": "mine"}]
        describe(db)
    assert rows(archive.db, "select * from mine") == [{"one": 1}]


# --- the views


def as_csv(replies: list[Reply]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv(map(as_json, replies), out, Style(Profile.RAW))
    return list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))


def test_the_flat_view_has_the_cells_of_the_raw_csv(archive: Archive) -> None:
    shown = rows(archive.db, "select * from replies_flat order by day desc")
    cells = [{key: "" if it is None else str(it) for key, it in row.items()} for row in shown]
    nested = {"contacts", "attachments"}  # JSON, with and without what is not said
    for cell, row in zip(cells, as_csv(list(archive.replies())), strict=True):
        assert {key: cell[key] for key in row if key not in nested} == {
            key: row[key] for key in row if key not in nested
        }
    assert [row["proposal_numbers"] for row in shown] == ["0079; 198", None]
    assert [(row["day"], row["year"]) for row in shown] == [
        ("2023-06-12", 2023),
        ("2022-03-01", 2022),
    ]


def test_the_chinese_view_has_the_headings_of_the_contract(archive: Archive) -> None:
    (row,) = rows(archive.db, 'select * from "答复" where 届 = 8')
    assert list(row) == [*(column.title for column in COLUMNS), "日期", "年份"]
    assert (row["发布机构"], row["建议提案号"], row["年份"]) == ("清源市民政局", "0079; 198", 2023)


def test_each_proposal_that_a_reply_answers_is_a_row(archive: Archive) -> None:
    sql = "select number, number_printed, proposal_title, kind, term from proposals order by day, 2"
    assert [tuple(row.values()) for row in rows(archive.db, sql)] == [
        (None, None, "关于农村公路的提案", "提案", None),
        ("79", "0079", "关于社区养老的建议", "建议", 8),
        ("198", "198", "关于助残的建议", "建议", 8),
    ]


def test_titles_are_told_of_proposals_only_where_there_are_as_many_as_numbers(
    archive: Archive,
) -> None:
    vague = Reply(
        url="http://a.test/3",
        source="a",
        title="答复三",
        text="好。",
        proposal_numbers=("000", "12"),
        proposal_titles=("关于一事的建议",),
    )
    filed(archive, vague)
    sql = "select number, proposal_title from proposals where title = '答复三' order by number"
    assert [tuple(row.values()) for row in rows(archive.db, sql)] == [("0", None), ("12", None)]


def test_the_history_has_a_row_for_each_version(archive: Archive) -> None:
    other = Reply(url=ROAD.url, source=ROAD.source, title=ROAD.title, text=ROAD.text + "补充。")
    archive.put(other, archive.keep(response(b"2", ROAD.url)), DAY + timedelta(days=1))
    sql = "select number, shown, title, letters, first_seen_at from history where title = :title"
    found = rows(archive.db, f"{sql} order by number", title=ROAD.title)
    assert [(row["number"], row["shown"], row["letters"]) for row in found] == [
        (1, 0, len(ROAD.text)),
        (2, 1, len(other.text)),
    ]
    assert found[0]["first_seen_at"] < found[1]["first_seen_at"]


def test_a_file_is_a_row_with_its_bytes_where_they_are_held(archive: Archive) -> None:
    sql = "select sha256, size, problem from files where name = '附件1'"
    assert rows(archive.db, sql) == [{"sha256": None, "size": None, "problem": None}]
    url = CARE.attachments[0].url
    with archive.transaction() as db:
        row = {"url": url, "fetched_at": "2024-05-01T08:00:00.000000Z", "problem": "404 Not Found"}
        db.table("fetches").insert(row)
    assert rows(archive.db, sql)[0]["problem"] == "404 Not Found"
    name = archive.keep(response(b"%PDF", url))
    assert rows(archive.db, sql) == [{"sha256": name, "size": 4, "problem": None}]


# --- the questions, asked as Datasette asks them: of the file alone, with texts


def asked(path: Path, question: str, **given: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        parameters = dict.fromkeys(QUESTIONS[question].params, "") | given
        return rows(Database(connection), QUESTIONS[question].sql, **parameters)
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("养老", [CARE]),
        ("养", [CARE]),
        ("答复", [CARE, ROAD]),
        ("关于农村公路建", [ROAD]),
        ("养老 计划", [CARE]),
        ("养老 公路", []),
        ("  养老\u3000计划\t", [CARE]),
        ("2019-00222", [CARE]),
        ("（2019-00222", [CARE]),
        ("2019-00223", []),
        ("ａ类", [ROAD]),
        ("A类", [ROAD]),
        ("'a;", [ROAD]),
        ('"b"', [ROAD]),
        ('\'a; "b"', [ROAD]),
        ('"', [ROAD]),
        ("' or 1=1 --", []),
        (";", [ROAD]),
        ("*", []),
        ("老服", [CARE]),
        ("服老", []),
        ("", []),
        ("   ", []),
        ("养" * 300, []),
    ],
)
def test_the_question_search_finds_what_contains_the_words(
    archive: Archive, words: str, found: list[Reply]
) -> None:
    shown = asked(archive.path, "search", words=words)
    assert [row["title"] for row in shown] == [reply.title for reply in found]


def test_the_question_search_finds_what_waits_for_the_index(archive: Archive) -> None:
    late = Reply(url="http://a.test/9", source="a", title="迟到的答复", text="养老院。")
    archive.put(late, archive.keep(response(b"9", late.url)), DAY)
    assert {row["title"] for row in asked(archive.path, "search", words="养老")} == {
        late.title,
        CARE.title,
    }


def test_the_question_search_shows_where_the_first_word_stands(archive: Archive) -> None:
    (row,) = asked(archive.path, "search", words="服务")
    assert "养老服务" in row["excerpt"]
    assert row["id"] == archive.find(CARE.title)[0].id


def test_the_question_search_goes_by_the_index_and_by_day(archive: Archive) -> None:
    plan = archive.db.execute(
        f"explain query plan {QUESTIONS['search'].sql}", {"words": "养老"}
    ).fetchall()
    steps = [row[3] for row in plan]
    assert "SCAN replies USING INDEX replies_newest" in steps
    assert any(step.startswith("SCAN _search VIRTUAL TABLE INDEX") for step in steps)


LETTERS = "养老助残农村路。，；（）（2019Ａａab \n'\";:-*〇"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of short letters of few letters, where every short word stands somewhere."""
    chance = random.Random(5)
    replies = (
        Reply(
            url=f"http://a.test/{number}",
            source="a",
            title=f"答复{number}",
            text="".join(chance.choices(LETTERS, k=chance.randrange(1, 40))),
        )
        for number in range(150)
    )
    with blank(tmp_path_factory.mktemp("many") / "a.db") as archive:
        yield filed(archive, *replies)


@given(words=st.text(LETTERS, max_size=4))
def test_the_question_search_finds_exactly_what_contains_every_word(
    many: Archive, words: str
) -> None:
    wanted = normal(words).split()
    contain = {
        row["id"]
        for row in rows(many.db, "select id, title, text from replies")
        if wanted and all(word in normal(f"{row['title']}\n{row['text']}") for word in wanted)
    }
    found = rows(many.db, QUESTIONS["search"].sql, words=words)
    assert {row["id"] for row in found} == contain


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"number": "79"}, 1),
        ({"number": " 0079 "}, 1),
        ({"number": "198", "assembly_name": "清源", "term": "8", "session": "1"}, 1),
        ({"number": "198", "term": "9"}, 0),
        ({"number": "8"}, 0),
        ({}, 3),
    ],
)
def test_the_question_by_proposal_takes_what_is_given(
    archive: Archive, given: dict[str, str], found: int
) -> None:
    assert len(asked(archive.path, "by_proposal", **given)) == found


def test_the_question_gaps_tells_the_numbers_between(archive: Archive) -> None:
    (row,) = asked(archive.path, "gaps", assembly_name="清源")
    assert (row["from_number"], row["to_number"], row["missing"]) == (80, 197, 118)
    assert asked(archive.path, "gaps", assembly_name="岳阳") == []


def test_the_questions_changed_and_gone_tell_which(archive: Archive) -> None:
    assert asked(archive.path, "changed") == asked(archive.path, "gone") == []
    with archive.transaction() as db:
        db.execute("update replies set version = 2 where term = 8")
        db.execute("update replies set gone_at = changed_at where term is null")
    assert [row["title"] for row in asked(archive.path, "changed")] == [CARE.title]
    assert [row["title"] for row in asked(archive.path, "gone")] == [ROAD.title]


# --- docs/archive.md, for whoever has the file and no replyarc

DOCUMENT = (Path(__file__).parent.parent / "docs" / "archive.md").read_text("utf-8")


def test_the_document_names_every_table_and_view(archive: Archive) -> None:
    sql = "select name from sqlite_master where type in ('table', 'view')"
    names = {name for (name,) in archive.db.execute(sql)}
    aids = {name for name in names if name.startswith(("_search_", "sqlite_"))}
    assert [name for name in sorted(names - aids) if f"`{name}`" not in DOCUMENT] == []


def test_the_document_is_of_this_format_and_its_first_commands_work(archive: Archive) -> None:
    assert DOCUMENT.startswith(f"# The archive: format {FORMAT}\n")
    assert f"this is format {FORMAT}." in DOCUMENT
    asked_there = re.findall(r'^sqlite3 replies\.db "(select .*)"$', DOCUMENT, re.MULTILINE)
    assert len(asked_there) == 2
    for sql in asked_there:
        assert rows(archive.db, sql)
    (application,) = archive.db.execute("pragma application_id").fetchone()
    assert f"0x{application:X}" in DOCUMENT


def test_the_program_of_the_document_gets_every_body_back(archive: Archive) -> None:
    pages = [
        b"<html>" + b"".join(b"<p>%d %d</p>" % (each, page * each) for each in range(400))
        for page in range(60)
    ]
    names = [
        archive.keep(response(page, f"http://www.qingyuan.gov.test/{number}.html"))
        for number, page in enumerate(pages)
    ]
    trained = blobs.train(pages)
    assert trained
    otherwise = [
        ("zlib", zlib.compress(pages[1]), None, names[1]),
        (*blobs.pack(pages[2]), None, names[2]),
        (*blobs.pack(pages[3], trained), trained.id, names[3]),
    ]
    with archive.transaction() as db:
        sealed = {"id": trained.id, "sha256": trained.name, "data": blobs.seal(trained)}
        db.table("_dictionaries").insert(sealed)
        for row in otherwise:
            db.execute(
                "update bodies set codec = ?, data = ?, dictionary = ? where sha256 = ?", row
            )
    sql = "select distinct codec, dictionary is not null, dictionary is ? from bodies order by 1, 2"
    assert archive.db.execute(sql, [trained.id]).fetchall() == [
        ("plain", 0, 0),
        ("zlib", 0, 0),
        ("zstd", 0, 0),
        ("zstd", 1, 0),
        ("zstd", 1, 1),
    ]
    program: dict[str, Any] = {}
    exec(DOCUMENT.partition("```python\n")[2].partition("```")[0], program)
    for name, page in zip(names, pages, strict=True):
        assert program["body"](archive.db.conn, name) == page
