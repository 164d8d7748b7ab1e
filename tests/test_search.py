"""Full text: exactly what ``instr`` finds, best first, whatever happened to the index."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database
from typer.testing import CliRunner

from replyarc.archive import search
from replyarc.archive.database import write
from replyarc.archive.hits import hits, near, ranked
from replyarc.archive.query import Query
from replyarc.archive.schema import packed
from replyarc.archive.store import Archive
from replyarc.archive.words import Row, Wanted, read
from replyarc.cli.app import app, options
from replyarc.cli.invocation import guarded
from replyarc.cli.searching import CONTEXT
from replyarc.cli.searching import search as command
from replyarc.crawl import crawl
from replyarc.errors import DiskFull
from replyarc.model import Fetch, Kind, Reply, Source
from replyarc.text.bigrams import OFTEN_TIMES, normal
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import Column, letters, source, walk
from tests.gov import Gov, serving
from tests.test_bigrams import TEXTS
from tests.test_cli import Ran

DAY = datetime(2024, 5, 1, tzinfo=UTC)
SIGNS = "养老农村道路建设服务中心的了和在是人大政协，。、 \nＡａb1１①-"
MANY = 10_000


def store(archive: Archive, number: int, title: str, text: str) -> None:
    """Write a reply past the filing, within a transaction; a second time, over the first one."""
    fingerprint = f"{number} {title} {text}"
    said = {"title": title, "text": text}
    day = (DAY - timedelta(days=number % 97)).isoformat()
    write(archive.db, "contents", {"fingerprint": fingerprint, "fields": packed(said)})
    row = {"id": f"r{number:05}", "fingerprint": fingerprint, "version": 1, "flags": "[]", **said}
    write(archive.db, "replies", {**row, "published_on": day[:10], "first_seen_at": day})


def opened(path: Path) -> Archive:
    return blank(path / "a.db")


def found(
    archive: Archive,
    query: str,
    *,
    newest: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[str]:
    asked = Query(limit=limit, offset=offset)
    return [reply.id for reply in hits(archive, read(query), asked, newest=newest)]


def by_instr(archive: Archive, word: str) -> set[str]:
    """Ask SQLite's instr for the word in title and letter, each in its normal form."""
    archive.db.conn.create_function("normal", 1, normal, deterministic=True)
    sql = "select id from replies where instr(normal(title), :word) or instr(normal(text), :word)"
    return {id for (id,) in archive.db.execute(sql, {"word": normal(word)})}


# --- the same as instr


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    chance = random.Random(5)
    signs = SIGNS + "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
    with opened(tmp_path_factory.mktemp("many")) as archive:
        with archive.transaction():
            for number in range(MANY):
                title = "".join(chance.choices(signs, k=8))
                store(archive, number, title, "".join(chance.choices(signs, k=40)))
        search.refresh(archive)
        yield archive


def queries(count: int) -> Iterator[str]:
    """Yield words of one to eight characters, most of which some letter has."""
    chance = random.Random(6)
    for _ in range(count):
        yield "".join(chance.choices(SIGNS, k=chance.choice([1, 2, 2, 2, 3, 4, 5, 6, 7, 8])))


def test_a_search_finds_exactly_what_instr_finds(many: Archive) -> None:
    sql = "select id, title || char(0) || text from replies"
    forms = {id: normal(text) for id, text in many.db.execute(sql)}
    pieces = random.Random(7)
    hit = 0
    for number, query in enumerate(queries(300)):
        word = normal(query)
        if number % 3 == 0:  # a piece of a letter
            form = forms[f"r{pieces.randrange(MANY):05}"]
            at = pieces.randrange(len(form) - 8)
            word = form[at : at + len(word)].replace("\0", "a")
        expected = {id for id, form in forms.items() if word in form}
        ids = [*ranked(many.db, read(f'"{word}"'), Query(), newest=True)]
        assert set(ids) == expected, word
        assert len(ids) == len(expected)
        hit += bool(expected)
    assert hit > 150


def test_what_is_taken_for_instr_is_instr(many: Archive) -> None:
    for word in ("养老", "农", "ａ1", "，。"):
        assert set(found(many, f'"{word}"')) == by_instr(many, word) != set()


@pytest.mark.parametrize("query", ["养老", "农 村", "道路", "的", "养老 -农", "title:养", '"，"'])
def test_hits_come_by_rank_then_day_then_id(many: Archive, query: str) -> None:
    wanted = read(query)
    ranked = [
        (rank, -date.fromisoformat(row["published_on"]).toordinal(), row["id"])
        for row in many.db.query("select id, title, text, published_on from replies")
        if (rank := wanted.rank(row)) is not None
    ]
    assert found(many, query) == [id for *_, id in sorted(ranked)]
    assert found(many, query, newest=True) == [id for *_, id in sorted(r[1:] for r in ranked)]
    assert found(many, query, limit=5, offset=3) == [id for *_, id in sorted(ranked)][3:8]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the replies that a search looks at."""
    looked: list[str] = []
    rank = Wanted.rank

    def noted(self: Wanted, row: Row) -> int | None:
        looked.append(row["title"])
        return rank(self, row)

    monkeypatch.setattr(Wanted, "rank", noted)
    return looked


def test_the_best_are_found_without_a_look_at_all(many: Archive, looks: list[str]) -> None:
    assert len(found(many, "的", limit=20)) == 20
    assert len(looks) < 200


def test_no_reply_is_looked_at_twice(archive: Archive, looks: list[str]) -> None:
    assert len(found(archive, "养老")) == 4
    assert sorted(looks) == [f"第{number}号" for number in range(5)]


def test_an_index_that_was_just_made_is_right(many: Archive) -> None:
    assert search.check(many.db) == []
    assert search.refresh(many) == 0


# --- odd characters


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("few")) as archive:
        yield archive


@given(
    st.lists(st.tuples(TEXTS, TEXTS), max_size=4),
    TEXTS,
    st.one_of(st.none(), st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(1, 8))),
)
def test_odd_characters_are_found_as_instr_finds_them(
    few: Archive, texts: list[tuple[str, str]], word: str, piece: tuple[int, int, int] | None
) -> None:
    with few.transaction() as db:
        db.execute("delete from replies")
        for number, (title, text) in enumerate(texts):
            store(few, number, title, text)
    search.refresh(few)
    if piece and piece[0] < len(texts):  # a piece of one of the letters
        number, at, length = piece
        word = normal(texts[number][1])[at : at + length]
    form = normal(word).replace('"', "")
    if form and normal(form) == form:
        expected = {
            f"r{number:05}"
            for number, both in enumerate(texts)
            if any(form in normal(text) for text in both)
        }
        assert set(found(few, f'"{form}"')) == expected
    assert search.check(few.db) == []


# --- the index and what becomes of it


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Five replies, the first two of them indexed."""
    with opened(tmp_path) as made:
        for number in range(5):
            with made.transaction():
                store(made, number, f"第{number}号", "养老" if number < 4 else "道路")
            if number == 1:
                search.refresh(made)
        yield made


def change(archive: Archive, sql: str) -> None:
    with archive.transaction() as db:
        db.execute(sql)


def waiting(archive: Archive) -> set[str]:
    return {reply for (reply,) in archive.db.execute("select reply from _unindexed")}


def held(archive: Archive) -> set[str]:
    """Return every token that the index holds, in any of its parts."""
    with search._writing(archive.db):
        archive.db.execute(search._VOCABULARY)
        return {term for (term,) in archive.db.execute("select distinct term from temp._tokens")}


def test_what_is_not_indexed_yet_is_found_in_its_place(archive: Archive) -> None:
    assert waiting(archive) == {"r00002", "r00003", "r00004"}
    assert found(archive, "养老") == ["r00000", "r00001", "r00002", "r00003"]
    assert found(archive, "道路") == ["r00004"]
    assert search.check(archive.db) == []


def test_an_index_is_brought_up_in_steps_and_found_right_between_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BATCH", 1)
    steps = 0
    for done in search.batches(archive):
        steps += done
        assert found(archive, "养老") == ["r00000", "r00001", "r00002", "r00003"]
        assert search.check(archive.db) == []
    assert steps == 3
    assert waiting(archive) == set()


def test_a_step_that_fails_leaves_the_index_as_it_was(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(fields: str) -> str:
        raise RuntimeError(fields)

    with monkeypatch.context() as patched:
        patched.setattr(search, "_tokens", fail)
        with pytest.raises(RuntimeError):
            search.refresh(archive)
    assert search.check(archive.db) == []
    assert search.refresh(archive) == 3


def test_a_reply_that_says_something_else_is_found_by_that_alone(archive: Archive) -> None:
    search.refresh(archive)
    with archive.transaction():
        store(archive, 1, "第1号", "桥梁")
    assert waiting(archive) == {"r00001"}
    for _ in range(2):  # before the index is brought up, and after
        assert found(archive, "桥梁") == ["r00001"]
        assert "r00001" not in found(archive, "养老")
        assert search.check(archive.db) == []
        search.refresh(archive)
    assert waiting(archive) == set()


def test_a_reply_that_vanished_is_not_found(archive: Archive) -> None:
    search.refresh(archive)
    change(archive, "delete from replies where id = 'r00004'")
    assert found(archive, "道路") == []
    assert search.refresh(archive) == 1
    assert found(archive, "道路") == []
    assert search.check(archive.db) == []


def test_a_reply_of_another_day_moves_in_the_order(archive: Archive) -> None:
    search.refresh(archive)
    change(archive, "update replies set published_on = '2020-01-01' where id = 'r00000'")
    for _ in range(2):
        assert found(archive, "养老") == ["r00001", "r00002", "r00003", "r00000"]
        assert search.check(archive.db) == []
        search.refresh(archive)


def test_a_row_that_is_written_again_unchanged_does_not_wait(archive: Archive) -> None:
    search.refresh(archive)
    change(archive, "update replies set last_seen_at = '2030-01-01'")
    with archive.transaction():
        store(archive, 1, "第1号", "养老")
    assert waiting(archive) == set()


def test_filing_and_merging_replies_keeps_the_index_right(tmp_path: Path) -> None:
    one = Reply(url="http://a.gov.test/1", source="a", title="关于养老的答复", text="农村养老")
    with opened(tmp_path) as archive:
        archive.put(one, "", DAY)
        archive.put(replace(one, url="http://a.gov.test/2", title="关于道路的答复"), "", DAY)
        search.refresh(archive)
        archive.put(replace(one, text="桥梁"), "", DAY + timedelta(days=1))
        assert len(found(archive, "桥梁")) == 1
        search.refresh(archive)
        assert len(found(archive, "桥梁")) == 1
        assert len(found(archive, "农村")) == 1
        assert search.check(archive.db) == []


def test_what_is_forgotten_leaves_no_trace_in_the_index(archive: Archive) -> None:
    search.refresh(archive)
    assert "道路" in held(archive)
    with archive.transaction() as db:
        search.forget(db, ["r00004", "r00000", "unknown"])
        db.execute("delete from replies where id = 'r00004'")
        db.execute("delete from contents where fields like '%道路%'")
    assert "道路" not in held(archive)
    assert found(archive, "养老") == ["r00000", "r00001", "r00002", "r00003"]
    assert search.refresh(archive) == 3
    assert "道路" not in held(archive)
    assert search.check(archive.db) == []


def test_what_says_something_else_under_the_same_name_is_indexed_anew(archive: Archive) -> None:
    search.refresh(archive)
    with archive.transaction() as db:
        search.forget(db, ["r00004"])
        db.execute("update contents set fields = replace(fields, '道路', '某某')")
        db.execute("update replies set text = '某某' where id = 'r00004'")
    search.refresh(archive)
    assert (found(archive, "道路"), found(archive, "某某")) == ([], ["r00004"])
    assert search.check(archive.db) == []


def test_an_index_whose_contents_were_lost_is_made_anew(archive: Archive) -> None:
    search.refresh(archive)
    change(archive, "delete from replies where id = 'r00004'")
    change(archive, "delete from contents where fields like '%道路%'")
    assert search.refresh(archive) == 5
    assert "道路" not in held(archive)
    assert search.check(archive.db) == []


def test_a_reply_whose_content_is_not_there_waits_and_is_found(archive: Archive) -> None:
    change(archive, "update replies set fingerprint = null where id = 'r00003'")
    assert search.refresh(archive) == 2
    assert waiting(archive) == {"r00003"}
    assert found(archive, "养老") == ["r00000", "r00001", "r00002", "r00003"]


def test_an_index_of_another_rule_is_made_anew(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.refresh(archive)
    monkeypatch.setattr(search, "MADE_BY", "another")
    assert search.check(archive.db) == []
    assert search.refresh(archive) == 5
    assert search.refresh(archive) == 0
    monkeypatch.setattr(search, "MADE_BY", "a third")
    with archive.transaction() as db:
        search.forget(db, ["r00000"])
    assert held(archive) == set()
    assert found(archive, "养老") == ["r00000", "r00001", "r00002", "r00003"]


@pytest.mark.parametrize(
    "damage",
    [
        "insert into _search (rowid, tokens) values (2, '桥梁')",
        "insert into _search (rowid, tokens) values (77, '养老')",
        "insert into _search (_search, rowid, tokens) values ('delete', 2, '养老')",
        "insert into _search (_search) values ('delete-all')",
        "update _indexed set id = id + 10",
        "delete from _indexed where reply = 'r00002'",
        "insert into _indexed values (99, 'unknown', null, null)",
        "update _indexed set day = '2020-01-01' where reply = 'r00002'",
        "update _search_data set block = zeroblob(length(block)) where id > 100",
        "update _search_data set block = x'' where id > 100",
    ],
)
def test_an_index_that_does_not_fit_the_table_is_noticed_and_mended(
    archive: Archive, damage: str
) -> None:
    search.refresh(archive)
    change(archive, damage)
    assert search.check(archive.db) != []
    with archive.transaction() as db:
        search.rebuild(db)
    assert search.check(archive.db) == []
    assert found(archive, "养老") == ["r00000", "r00001", "r00002", "r00003"]


def test_an_archive_that_is_only_read_is_searched_and_checked(archive: Archive) -> None:
    with Archive.open(archive.path, read_only=True) as reader:
        assert found(reader, "养老") == ["r00000", "r00001", "r00002", "r00003"]
        assert search.check(reader.db) == []
        with suppress(sqlite3.OperationalError):
            reader.db.execute("delete from replies")
        assert reader.count() == 5


def test_a_file_that_cannot_be_written_to_is_checked(archive: Archive) -> None:
    address = f"{archive.path.as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        assert search.check(Database(connection)) == []
    change(archive, "insert into _search (rowid, tokens) values (2, '桥梁')")
    with closing(sqlite3.connect(address, uri=True)) as connection:
        assert search.check(Database(connection)) != []


def test_a_letter_that_is_no_text_ends_no_check(archive: Archive) -> None:
    archive.db.execute("update contents set fields = cast(x'ff41ff' as text)")
    archive.db.conn.commit()
    (told,) = search.check(archive.db)
    assert "UTF-8" in told


def test_a_check_within_a_transaction_leaves_it_open(archive: Archive) -> None:
    with archive.transaction() as db:
        db.execute("delete from replies where id = 'r00000'")
        assert search.check(db) == []
    assert archive.count() == 4


def test_a_check_that_cannot_be_made_is_no_damage(archive: Archive) -> None:
    with (
        closing(sqlite3.connect(archive.path, timeout=0)) as other,
        archive.transaction(),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        search.check(Database(other))


def test_an_archive_without_an_index_is_looked_through(archive: Archive) -> None:
    with archive.transaction() as db:
        for kind in ("new", "changed", "gone"):
            db.execute(f"drop trigger _unindexed_{kind}")
        for table in ("_search", "_indexed", "_unindexed"):
            db.execute(f"drop table {table}")
    assert found(archive, "养老") == ["r00000", "r00001", "r00002", "r00003"]
    assert found(archive, "4 道路") == ["r00004"]
    assert search.check(archive.db) == []


def test_words_that_are_not_found_are_told_with_a_part_that_is(archive: Archive) -> None:
    wanted = read("养老院 道路 桥梁 农 -收费 title:号")
    assert near(archive, wanted) == [
        ("养老院", "养老"),
        ("道路", "道路"),
        ("桥梁", None),
        ("农", None),
    ]


# --- a crawl


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        Column(letters(3)).publish(government)
        yield government


async def test_a_crawl_leaves_an_index_that_is_up_to_date(gov: Gov, tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        await walk(archive, source(gov))
        assert waiting(archive) == set()
        assert archive.count() == 3
        assert search.check(archive.db) == []


async def test_a_dry_run_writes_no_index(gov: Gov, tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        with archive.transaction():
            store(archive, 1, "答复", "养老")
        await crawl([], no_network, archive, Plan(dry_run=True), print)
        assert waiting(archive) == {"r00001"}


def no_network(of: Source) -> Fetch:
    raise AssertionError(of)


async def test_a_signal_ends_indexing_after_the_step_under_way(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, write_down = asyncio.get_running_loop(), search._tokens

    def signalled(fields: str) -> str:
        loop.call_soon(task.cancel)
        return write_down(fields)

    monkeypatch.setattr(search, "BATCH", 1)
    monkeypatch.setattr(search, "_tokens", signalled)
    task = asyncio.create_task(crawl([], no_network, archive, Plan(), print))
    assert await task == ([], None)
    assert len(waiting(archive)) == 2
    assert search.check(archive.db) == []


async def test_a_crawl_whose_index_cannot_be_written_says_so(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = DiskFull("no room")

    def fail(fields: str) -> str:
        raise full

    monkeypatch.setattr(search, "_tokens", fail)
    assert await crawl([], no_network, archive, Plan(), print) == ([], full)


# --- the command


ROADS = Reply(
    url="http://jt.gov.test/1.html",
    source="jt",
    title="关于[b]道路[/b]的答复",
    text="农村\x1b[2J养老 服务\n" + "，道路" * OFTEN_TIMES,
    index_number="01404053X/2023-00861",
    answered_by="清源市交通局",
    kind=Kind.SUGGESTION,
    proposal_numbers=("198",),
    published_on=date(2023, 9, 1),
)
CARE = Reply(
    url="http://mz.gov.test/2.html",
    source="mz",
    title="关于养老的答复",
    text="修建道路，--full",
    answered_by="清源市民政局",
    kind=Kind.PROPOSAL,
    signed_on=date(2024, 3, 2),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with opened(tmp_path) as archive:
        for reply in (ROADS, CARE):
            archive.put(reply, "", DAY)
        search.refresh(archive)
        return archive.path


def run(file: Path, *words: str) -> Ran:
    """Run the command as app registers it, with words that begin with a dash."""
    mine = typer.Typer()
    mine.callback()(options)
    mine.command("search", context_settings=CONTEXT)(guarded(command))
    result = CliRunner().invoke(mine, ["--archive", str(file), "search", *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def titles(ran: Ran) -> list[str]:
    return [hit["title"] for hit in json.loads(ran.out)["hits"]]


def test_hits_are_shown_best_first_with_the_words_marked(file: Path) -> None:
    ran = run(file, "道路")
    assert ran.code == 0
    assert ran.err == "2 hits\n"
    lines = [line.strip() for line in ran.out.splitlines() if line.strip()]
    assert lines[0] == "关于[b]【道路】[/b]的答复"
    assert "2023-09-01  清源市交通局  198  01404053X/2023-00861" in lines[1]
    assert lines[2].startswith("… ，【道路】，【道路】")
    assert lines[3] == "关于养老的答复"
    assert "2024-03-02  清源市民政局" in lines[4]
    assert lines[5] == "… 修建【道路】，--full …"


def test_what_a_terminal_might_obey_is_shown_as_what_it_is(file: Path) -> None:
    ran = run(file, "养老", "农村")
    assert "\\x1b[2J【养老】" in ran.out
    assert "\x1b" not in ran.out


def test_hits_as_json_are_the_keys_of_a_reply_with_snippets(file: Path) -> None:
    ran = run(file, "道路", "--json")
    told = json.loads(ran.out)
    assert (told["schema"], told["query"], ran.code) == (1, "道路", 0)
    first, second = told["hits"]
    assert first["index_number"] == ROADS.index_number
    assert first["snippets"][0] == {
        "field": "title",
        "at": 0,
        "text": ROADS.title,
        "marks": [[5, 7]],
    }
    (snippet,) = second["snippets"]
    assert snippet == {"field": "text", "at": 0, "text": "修建道路，--full", "marks": [[2, 4]]}
    whole = first["snippets"][1]
    assert ROADS.text[whole["at"] :].startswith(whole["text"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["道路"], [ROADS.title, CARE.title]),
        (["养老"], [CARE.title, ROADS.title]),
        (["道路", "--newest"], [CARE.title, ROADS.title]),
        (["道路", "--limit", "1"], [ROADS.title]),
        (["道路", "--offset", "1"], [CARE.title]),
        (["道路", "--source", "mz"], [CARE.title]),
        (["道路", "--kind", "建议"], [ROADS.title]),
        (["道路", "--since", "2024-01-01"], [CARE.title]),
        (["道路", "--number", "198"], [ROADS.title]),
        (["--json", "道路", "-农村"], [CARE.title]),
        (["-农村", "道路"], [CARE.title]),
        (["道路", '-"养老 服务"'], [CARE.title]),
        (["-hiv", "修建"], [CARE.title]),
        (["-title:养老", "道路"], [ROADS.title]),
        (["publisher:民政", "道路"], [CARE.title]),
        (['"养老 服务"'], [ROADS.title]),
        (['"--full"'], [CARE.title]),
        (["农村 道路"], [ROADS.title]),
    ],
)
def test_words_and_filters_narrow_down(file: Path, words: list[str], expected: list[str]) -> None:
    assert titles(run(file, *words, "--json")) == expected


def test_nothing_found_says_what_is(file: Path) -> None:
    ran = run(file, "养老院", "桥梁", "道路")
    assert ran.code == 10
    assert ran.out == ""
    assert "no reply has '养老院 桥梁 道路'" in ran.err
    assert "near: 养老 is found, 养老院 is not" in ran.err
    assert "of 桥梁 nothing is found" in ran.err
    assert "道路 is found, but not with all the rest" in ran.err


def test_what_is_in_another_field_is_told_with_the_search_that_finds_it(file: Path) -> None:
    err = run(file, "发布机构:养老").err
    assert err.splitlines()[1:] == ["  Title or letter have it: replyarc search 养老"]
    assert run(file, "养老").code == 0
    assert "`replyarc list` shows what there is" in run(file, "发布机构:桥梁").err


def test_nothing_found_as_json_is_an_empty_list(file: Path) -> None:
    ran = run(file, "桥梁", "--json")
    assert ran.code == 10
    assert json.loads(ran.out)["hits"] == []


@pytest.mark.parametrize("words", [["--jsn", "道路"], ['""'], [" "], []])
def test_what_is_no_query_is_a_usage_error(file: Path, words: list[str]) -> None:
    ran = run(file, *words)
    assert ran.code == 2
    assert "WORD" in ran.err


def test_a_list_shows_the_first_twenty_and_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        with archive.transaction():
            for number in range(25):
                store(archive, number, f"第{number}号", "养老")
        search.refresh(archive)
    ran = run(tmp_path / "a.db", "养老")
    assert ran.out.count("【养老】") == 20
    assert ran.err == "20 of 25 hits; --limit and --offset show others\n"
    ran = run(tmp_path / "a.db", "养老", "--limit", "25")
    assert ran.out.count("【养老】") == 25
    assert ran.err == "25 hits\n"
    assert len(titles(run(tmp_path / "a.db", "养老", "--json"))) == 25


def test_the_command_is_registered(file: Path) -> None:
    result = CliRunner().invoke(app, ["--archive", str(file), "search", "修建"])
    assert (result.exit_code, "修建】道路" in result.stdout) == (0, True)
