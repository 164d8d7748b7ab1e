"""``list``: the table at any width, the forms for programs, and what is said of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive.query import Query
from replyarc.export.columns import chosen
from replyarc.export.flat import COLUMNS, as_json
from replyarc.screen import tables
from replyarc.screen.ink import cells
from replyarc.screen.pager import Paper
from tests.eight import EIGHT, eight
from tests.test_cli import Ran, run

SCREENS = Path(__file__).parent / "screens"
KEYS = [column.name for column in COLUMNS]
WIDTHS = [20, 40, 80, 200]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with eight(tmp_path_factory.mktemp("eight") / "a.db") as archive:
        return archive.path


def listed(file: Path, *arguments: str) -> Ran:
    return run("--archive", str(file), "list", *arguments)


def told(file: Path, *arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(listed(file, *arguments, "--json").out)
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("columns", ["", "id,标题,届,次会议,类别,成文日期,网址"])
def test_tables_look_as_they_did(
    file: Path,
    width: int,
    columns: str,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = listed(file, *(["--columns", columns] if columns else [])).out
    golden = SCREENS / f"list-{'columns-' if columns else ''}{width}.txt"
    if not golden.exists() or request.config.getoption("regold"):
        golden.parent.mkdir(exist_ok=True)
        if not golden.exists() or golden.read_text("utf-8") != shown:
            golden.write_text(shown, "utf-8")
            pytest.fail(f"wrote {golden}; read it, then run again")
    assert shown == golden.read_text("utf-8")


@pytest.mark.parametrize("width", [1, *range(20, 120, 7), 200])
def test_every_id_stands_whole_and_no_line_is_too_wide(
    file: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = listed(file).out.splitlines()
    for row in told(file):
        assert sum(str(row["id"]) in line for line in lines) == 1
    assert max(map(cells, lines)) <= max(width, 20)
    assert max(map(len, lines)) <= 3 * max(width, 20)


PARTS = st.sampled_from(
    [*"养老，。（）a1- \n\t", "\u0301", "\u202e", "\x1b[2J", "😀", "ab" * 40, "长" * 90]
)
WORDS = st.lists(PARTS, max_size=9).map("".join)
ROWS = st.builds(
    lambda title, who, numbers, day, number: {
        **as_json(EIGHT[0]),
        "title": title,
        "answered_by": who,
        "proposal_numbers": numbers,
        "published_on": day,
        "id": f"{number:012x}",
    },
    WORDS,
    WORDS | st.none(),
    st.lists(WORDS, max_size=3),
    st.none() | st.just("2024-04-30"),
    st.integers(0, 2**40),
)


@settings(max_examples=80)
@given(
    rows=st.lists(ROWS, min_size=1, max_size=5),
    width=st.integers(20, 130),
    encoding=st.sampled_from(["utf-8", "ascii", "gbk"]),
    keys=st.none() | st.lists(st.sampled_from(KEYS), min_size=1, max_size=9, unique=True),
)
def test_whatever_they_hold_rows_stay_in_the_width_and_ids_whole(
    rows: list[dict[str, object]], width: int, encoding: str, keys: list[str] | None
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding, errors="strict")
    on = Paper(out, width, coloured=False)
    columns = tables.DEFAULT if keys is None else tables.fields(chosen(",".join(keys)))
    on.write(tables.lines(rows, columns, on))
    out.seek(0)
    lines = out.read().split("\n")
    assert max(map(cells, lines)) <= width
    if keys is None or "id" in keys:
        for row in rows:
            assert any(str(row["id"]) in line for line in lines)


def test_wide_columns_that_come_late_are_folded_into_what_was_settled() -> None:
    rows = [{**as_json(EIGHT[0]), "id": f"{number:012}"} for number in range(tables.FIRST)]
    late = {**rows[0], "id": "i" * 40, "answered_by": "很" * 30}
    on = Paper(io.TextIOWrapper(io.BytesIO(), "utf-8"), 100, coloured=False)
    lines = [
        "".join(text for text, _ in line)
        for line in tables.lines([*rows, late], tables.DEFAULT, on)
    ]
    assert max(map(cells, lines)) <= 100
    assert sum(line.count("i") for line in lines) == 40


def test_rows_are_asked_for_as_they_are_shown() -> None:
    taken = 0

    def rows() -> Iterator[dict[str, object]]:
        nonlocal taken
        for number in range(10 * tables.FIRST):
            taken += 1
            yield {**as_json(EIGHT[0]), "id": f"{number:012}"}

    on = Paper(io.TextIOWrapper(io.BytesIO(), "utf-8"), 100, coloured=False)
    lines = tables.lines(rows(), tables.DEFAULT, on)
    for _ in range(5):
        next(lines)
    assert taken <= tables.FIRST + 5


def test_a_table_says_below_how_many_there_are(file: Path) -> None:
    assert listed(file).err == "8 replies\n"
    assert listed(file, "--kind", "建议").err == "5 replies: 建议\n"
    assert listed(file, "--limit", "8").err == "8 replies\n"
    assert listed(file, "--limit", "3").err == "3 of 8 replies; --limit and --offset show others\n"
    assert listed(file, "--offset", "6").err == "2 of 8 replies; --limit and --offset show others\n"
    assert listed(file, "--json").err == listed(file, "--csv").err == ""
    assert run("-q", "--archive", str(file), "list", "--limit", "3").err == ""


def test_json_is_a_list_of_what_export_says(file: Path) -> None:
    rows = told(file)
    assert [list(row) for row in rows] == [KEYS] * 8
    assert (
        listed(file, "--json").out
        == json.dumps(rows, ensure_ascii=False, indent=2)
        .replace("\x07", "\\u0007")
        .replace("\x1b", "\\u001b")
        .replace("\u202e", "\\u202e")
        .replace("\u2066", "\\u2066")
        .replace("\u200f", "\\u200f")
        + "\n"
    )


def test_columns_are_named_by_key_or_heading(file: Path) -> None:
    (row,) = told(file, "--columns", "标题,id，届", "--limit", "1", "--number", "79")
    assert list(row) == ["title", "id", "term"]
    head = listed(file, "--columns", "title,发布日期").out.splitlines()[0]
    assert head.split() == ["标题", "发布日期"]
    ran = listed(file, "--columns", "titel")
    assert (ran.code, ran.out) == (2, "")
    assert "title" in ran.err


def test_csv_is_raw_and_reads_back(file: Path) -> None:
    ran = listed(file, "--csv", "--columns", "id,标题,建议提案号")
    head, *rows = csv.reader(io.StringIO(ran.out, newline=""))
    assert head == ["id", "title", "proposal_numbers"]
    titles = [json.loads(row[1]) if row[1].startswith('"') else row[1] for row in rows]
    assert titles == [row["title"] for row in told(file)]
    assert "\ufeff" not in ran.out


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--source", "jy"], 1),
        (["--publisher", "教育局"], 1),
        (["--kind", "提案"], 1),
        (["--term", "9", "--session", "3"], 1),
        (["--number", "79"], 1),
        (["--year", "2024"], 4),
        (["--since", "2024-04-30"], 3),
        (["--until", "1999-12-31"], 1),
        (["--changed-since", "2024-06-08"], 1),
        (["--limit", "2", "--offset", "7"], 1),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_filters_narrow_down(file: Path, filters: list[str], expected: int) -> None:
    assert len(told(file, *filters)) == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "2023-13-40"], ["--since", "2023-13-40", "YYYY-MM-DD", "month"]),
        (["--until", "2023"], ["YYYY-MM-DD", "--year"]),
        (["--changed-since", "20230501"], ["YYYY-MM-DD"]),
        (["--year", "23"], ["23", "four digits"]),
        (["--limit", "0"], ["--limit", "1"]),
        (["--offset", "-1"], ["--offset"]),
        (["--term", "0"], ["--term"]),
        (["--kind", "foo"], ["foo", "建议", "提案", "议案"]),
        (["--publisher", " "], ["--publisher", "nothing is given"]),
        (["--since", "2024-02-01", "--until", "2024-01-01"], ["--since", "2024-02-01", "--until"]),
        (["--json", "--csv"], ["--json", "--csv"]),
        (["--columns", ""], ["--columns"]),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_a_wrong_value_is_a_usage_error_that_says_which(
    file: Path, arguments: list[str], words: list[str]
) -> None:
    ran = listed(file, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert all(word in ran.err for word in words), ran.err


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (["--publisher", "清源市民正局"], ["清源市民正局", "did you mean 清源市民政局?"]),
        (["--source", "mzz"], ["--source mzz (来源)", "did you mean mz?"]),
        (["--source", "elsewhere"], ["there are: jy, mz"]),
        (["--kind", "提案", "--year", "1999"], ["提案 · 1999", "without --kind 提案 (类别): 1"]),
        (["--gone"], ["已消失", "replyarc list shows all 8 (列出全部答复)"]),
        (["--gone", "--number", "79"], ["without --gone (已消失): 1"]),
        (["--number", "79", "--source", "mz"], ["without --source mz (来源): 1"]),
        (["--offset", "8"], ["8 fit, and --offset 8 leaves out all of them"]),
    ],
    ids=lambda each: " ".join(each) if each[0].startswith("--") else "",
)
def test_where_nothing_fits_it_is_said_why(
    file: Path, filters: list[str], words: list[str]
) -> None:
    ran = listed(file, *filters)
    assert (ran.code, ran.out) == (10, "")
    assert "no reply fits (没有符合条件的答复)" in ran.err
    assert all(word in ran.err for word in words), ran.err


def test_filters_that_are_no_help_alone_are_not_named(file: Path) -> None:
    err = listed(file, "--kind", "议案", "--source", "jy", "--year", "1998").err
    assert "without" not in err
    assert "议案 · 1998" in err


def test_programs_get_their_form_where_nothing_fits_too(file: Path) -> None:
    assert listed(file, "--gone", "--json").out == "[]\n"
    assert listed(file, "--gone", "--csv", "--columns", "id,title").out == "id,title\n"
    assert listed(file, "--gone", "--json").code == 10


def test_an_archive_without_replies_says_so(archive: object, tmp_path: Path) -> None:
    ran = listed(tmp_path / "a.db")
    assert ran.code == 10
    assert "holds no reply yet (档案中尚无答复): replyarc crawl" in ran.err


def test_what_a_query_asks_for_in_words() -> None:
    from replyarc.archive.query import in_words

    assert in_words(Query()) == in_words(Query(limit=3, offset=2)) == ""
    words = in_words(Query(source="mz", term=14, session=4, number="79", gone=True))
    assert words == "来源 mz · 第14届 · 第4次会议 · 第79号 · 已消失"
