"""``search`` as people and programs get it: hits at any width, tables, CSV, and what is said."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.screen.hits import ENOUGH, hit
from replyarc.screen.ink import cells
from replyarc.screen.pager import Paper
from replyarc.text.bigrams import normal
from replyarc.text.excerpts import excerpts, marked
from tests.eight import EIGHT, eight
from tests.test_cli import Ran, run

SCREENS = Path(__file__).parent / "screens"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with eight(tmp_path_factory.mktemp("eight") / "a.db") as archive:
        return archive.path


def searched(file: Path, *arguments: str) -> Ran:
    return run("--archive", str(file), "search", *arguments)


def on(width: int, *, coloured: bool = False, encoding: str = "utf-8") -> Paper:
    return Paper(io.TextIOWrapper(io.BytesIO(), encoding), width, coloured=coloured)


def written(paper: Paper) -> str:
    paper.out.seek(0)
    return paper.out.read()


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_hits_look_as_they_did(
    file: Path, width: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = searched(file, "养老服务").out
    golden = SCREENS / f"search-{width}.txt"
    if not golden.exists() or request.config.getoption("regold"):
        golden.parent.mkdir(exist_ok=True)
        if not golden.exists() or golden.read_text("utf-8") != shown:
            golden.write_text(shown, "utf-8")
            pytest.fail(f"wrote {golden}; read it, then run again")
    assert shown == golden.read_text("utf-8")


def test_what_was_found_is_marked_by_colour_or_by_brackets() -> None:
    title = marked("关于养老服务的答复", ["养老"])
    letter = excerpts("改善农村\t养老条件。", ["养老"])
    plain, bright = on(40), on(40, coloured=True)
    for paper in (plain, bright):
        paper.write(hit(EIGHT[0], title, letter, paper))
    assert written(plain).splitlines()[0] == "关于【养老】服务的答复"
    assert "  … 改善农村 【养老】条件。 …\n" in written(plain)
    first, *_ = written(bright).splitlines()
    assert first == ("\x1b[1m关于\x1b[0m\x1b[1;30;43m养老\x1b[0m\x1b[1m服务的答复\x1b[0m")
    assert "【" not in written(bright)


def test_a_mark_goes_on_over_the_end_of_a_line() -> None:
    paper = on(20, coloured=True)
    paper.write(hit(EIGHT[0], marked("一" * 8 + "养老服务", ["养老服务"]), [], paper))
    first, second, *_ = written(paper).splitlines()
    assert first.endswith("\x1b[1;30;43m养老\x1b[0m")
    assert second == "\x1b[1;30;43m服务\x1b[0m"


PARTS = st.sampled_from([*"养老，。（）a1- \n\t", "\u0301", "\u202e", "\x1b[2J", "😀", "ab" * 40])
WORDS = st.lists(PARTS, max_size=20).map("".join)


@settings(max_examples=80)
@given(
    title=WORDS,
    text=WORDS,
    width=st.integers(20, 90),
    encoding=st.sampled_from(["utf-8", "ascii", "gbk"]),
    coloured=st.booleans(),
)
def test_whatever_is_found_stays_in_the_width_and_loses_nothing_but_blanks(
    title: str, text: str, width: int, encoding: str, coloured: bool
) -> None:
    paper = on(width, encoding=encoding, coloured=coloured)
    reply = replace(EIGHT[0], id="0" * 16, title=title, text=text, answered_by=text or None)
    words = [normal("养老"), "a"]
    lines = [*hit(reply, marked(title, words), excerpts(text, words), paper)]
    assert max(sum(cells(piece) for piece, _ in line) for line in lines) <= width
    shown = "".join("".join(piece for piece, _ in line) for line in lines)
    bare = str.maketrans("", "", " 【】[]")
    assert shown.translate(bare).startswith(paper.safe(title[:ENOUGH]).translate(bare))
    assert any("0" * 16 in piece for line in lines for piece, _ in line)


def test_a_title_of_any_length_is_cut_with_a_mark(file: Path) -> None:
    ran = searched(file, "长长")
    assert ran.out.count("长") == ENOUGH
    assert "…" in ran.out


def test_it_is_cut_where_no_mark_can_stand_too() -> None:
    paper = on(20, encoding="ascii")
    paper.write(hit(EIGHT[0], marked("a" * (ENOUGH + 1), []), [], paper))
    assert written(paper).replace("\n", "").startswith("a" * ENOUGH + "...")


def test_the_number_of_all_hits_stands_below(file: Path) -> None:
    assert searched(file, "养老").err == "6 hits\n"
    assert searched(file, "养老", "--limit", "2").err == (
        "2 of 6 hits; --limit and --offset show others\n"
    )
    assert searched(file, "养老", "--limit", "6").err == "6 hits\n"
    assert searched(file, "养老", "--offset", "5", "--kind", "建议").code == 10
    assert searched(file, "养老", "--kind", "建议", "--limit", "9").err == "5 hits: 建议\n"
    assert run("-q", "--archive", str(file), "search", "养老").err == ""
    assert searched(file, "养老", "--json").err == searched(file, "养老", "--csv").err == ""


def test_many_hits_are_not_all_counted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replyarc.cli.searching._COUNTED", 4)
    assert "2 of more than 4 hits" in searched(file, "养老", "--limit", "2").err


def test_columns_make_a_table_without_snippets(file: Path) -> None:
    ran = searched(file, "养老", "--columns", "id,标题", "--limit", "2")
    head, rule, *rows = ran.out.splitlines()
    assert head.split() == ["编号", "标题"]
    assert set(rule) == {"─"}
    assert "【" not in ran.out
    assert "2 of 6 hits" in ran.err
    assert rows


def test_csv_has_all_hits_in_their_order(file: Path) -> None:
    head, *rows = csv.reader(io.StringIO(searched(file, "养老", "--csv", "--columns", "id").out))
    assert head == ["id"]
    hits = json.loads(searched(file, "养老", "--json").out)["hits"]
    assert [row[0] for row in rows] == [hit["id"] for hit in hits]
    assert len(rows) == 6


def test_json_has_only_the_columns_that_were_asked_for(file: Path) -> None:
    hits = json.loads(searched(file, "养老", "--json", "--columns", "id,届", "--limit", "2").out)
    assert [list(hit) for hit in hits["hits"]] == [["id", "term"]] * 2


def test_filters_that_leave_out_all_hits_are_named(file: Path) -> None:
    ran = searched(file, "农村", "--kind", "建议", "--year", "1998")
    assert (ran.code, ran.out) == (10, "")
    assert "there are hits of '农村', and none passes the filters" in ran.err
    assert "建议 · 1998" in ran.err
    assert "without --year 1998 (年份): 5" in ran.err
    assert "without --kind" not in ran.err


def test_one_form_at_a_time(file: Path) -> None:
    assert searched(file, "养老", "--json", "--csv").code == 2
    assert searched(file, "养老", "--columns", "nothing").code == 2
