"""Pages with gold are read no worse than the floors say, and who lowers a floor says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import quality
from bench.gold import Case, own_cases, seed_cases
from bench.manifest import LEFT_OUT, real_cases
from bench.quality import FLOORS, Floors, Tallies, Tally, below, measure, moved, table
from replyarc.model import Page, Source

SOURCE = Source(name="qingyuan", publisher="清源市民政局", urls=("http://www.qingyuan.gov.test/",))
LETTER = (
    "<h1>关于第1号建议的答复</h1><div class=TRS_Editor><p>张三代表：<p>您提出的建议收悉。</div>"
)


def case(gold: dict[str, object], html: str = LETTER) -> Case:
    return Case("1.html", Page("http://www.qingyuan.gov.test/1.html", html), SOURCE, gold)


def measured(right: int, of: int) -> dict[str, Tallies]:
    wrong = [f"{at}.html" for at in range(of - right)]
    return {"own pages": {"title": {"values": Tally(right, of, wrong), "nulls": Tally()}}}


def kept() -> Floors:
    floors: Floors = json.loads(FLOORS.read_text("utf-8"))
    return floors


def test_the_projects_own_pages_are_read_no_worse_than_the_floors() -> None:
    assert below({"own pages": measure(own_cases())}, kept()) == []


@pytest.mark.parametrize(("group", "cases"), [("seeds", seed_cases), ("real pages", real_cases)])
def test_the_real_pages_are_read_no_worse_than_the_floors(
    group: str, cases: Callable[[Path], list[Case]], corpus: Path
) -> None:
    assert below({group: measure(cases(corpus))}, kept()) == []


def test_every_set_of_pages_has_floors_and_each_field_of_them_one() -> None:
    floors = kept()

    assert list(floors) == ["own pages", "seeds", "real pages"]
    assert floors["own pages"].keys() == measure(own_cases()).keys()
    assert all(
        set(floor) & set(quality.SIDES) for each in floors.values() for floor in each.values()
    )


def test_a_value_and_a_null_are_counted_apart() -> None:
    gold: dict[str, object] = {
        "title": "关于第1号建议的答复",
        "index_number": None,
        "topic": "民政",
        "addressees": [],
    }

    found = measure([case(gold)])

    assert [(name, found[name]["values"].right, found[name]["nulls"].right) for name in gold] == [
        ("title", 1, 0),
        ("index_number", 0, 1),
        ("topic", 0, 0),
        ("addressees", 0, 0),
    ]
    assert found["topic"]["values"].wrong == found["addressees"]["nulls"].wrong == ["1.html"]


def test_a_page_that_is_refused_has_nothing_right_unless_it_is_to_be_refused() -> None:
    refused = measure([case({"title": "一", "topic": None}, html="")])
    rightly = measure([case({}, html="")])

    assert [refused[name][side].right for name in refused for side in quality.SIDES] == [0] * 6
    assert (rightly[quality.LETTER]["nulls"].right, rightly[quality.LETTER]["nulls"].of) == (1, 1)


def test_a_share_below_its_floor_is_named_with_its_pages() -> None:
    floors: Floors = {"own pages": {"title": {"values": 0.75}}}

    assert below(measured(3, 4), floors) == []
    assert below(measured(2, 4), floors) == [
        "own pages: title, values: 50.00% is below the floor of 75.00%; wrong: 0.html, 1.html"
    ]


def test_a_floor_is_raised_but_lowered_only_with_a_reason_that_is_kept() -> None:
    floors: Floors = {"own pages": {"title": {"values": 0.75}}}

    assert moved(measured(4, 4), floors) == {"own pages": {"title": {"values": 1.0}}}
    assert moved(measured(2, 4), floors) == floors
    assert moved(measured(2, 4), floors, "two pages were wrong") == {
        "own pages": {"title": {"values": 0.5, "lowered": "two pages were wrong"}}
    }


def test_a_share_is_cut_and_not_rounded_so_that_its_own_floor_lets_it_pass() -> None:
    assert Tally(2, 3).share == 0.6666
    assert below(measured(2, 3), moved(measured(2, 3), {})) == []


def test_the_table_says_of_each_field_what_was_read_of_how_many_and_the_floor() -> None:
    lines = [
        line.split() for line in table(measured(3, 4), {"own pages": {"title": {"values": 0.5}}})
    ]

    assert lines[1:] == [["title", "3", "of", "4", "50.00%"], ["all", "3", "of", "4:", "75.00%"]]


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The floors in a file that may be written, and no real pages."""
    path = tmp_path / "quality.json"
    path.write_text(json.dumps({"own pages": {"title": {"values": 0.5}}}), "utf-8")
    monkeypatch.setattr(quality, "FLOORS", path)
    monkeypatch.setattr(quality, "sets", lambda: measured(1, 4))
    return path


def test_the_run_fails_below_a_floor_and_says_that_the_real_pages_are_not_there(
    floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quality.main([]) == 1

    printed = capsys.readouterr().out
    assert "own pages: title, values: 25.00% is below the floor of 50.00%" in printed
    assert "REPLYARC_CORPUS is not set" in printed


def test_write_lowers_nothing_and_lower_writes_why(floors: Path) -> None:
    before = floors.read_text("utf-8")

    assert quality.main(["--write"]) == 1
    assert json.loads(floors.read_text("utf-8")) == json.loads(before)
    assert quality.main(["--lower", "a page left the set"]) == 0
    assert json.loads(floors.read_text("utf-8")) == {
        "own pages": {"title": {"values": 0.25, "lowered": "a page left the set"}}
    }


def test_gold_that_is_left_out_is_that_of_pages_that_are_there(corpus: Path) -> None:
    names = {each.name for each in real_cases(corpus)}

    assert {page for page, _ in LEFT_OUT} < names
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("target", ["quality", "fuzz"])
def test_make_runs_the_module_of_the_same_name_and_says_so(target: str) -> None:
    makefile = (FLOORS.parent.parent / "Makefile").read_text("utf-8")

    assert f"\n{target}: .venv/made ## " in makefile
    assert f"\t$(BIN)/python -m bench.{target}\n" in makefile
    assert (FLOORS.parent / f"{target}.py").is_file()
