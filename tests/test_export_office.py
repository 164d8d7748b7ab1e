"""A table as LibreOffice opens it, columns as it detects them: what was text is text still."""

from __future__ import annotations

import csv
import io

import pytest

from replyarc.export.excel import guarded
from replyarc.export.flat import as_json
from replyarc.export.tables import Headers, Profile, Style, write_csv
from replyarc.model import Contact, Reply
from tests.office import AS_FORMULAS, READ_CSV, converted

LIKE_NUMBERS = ["2019-12", "0079", "11430600006399155", "1.10", "1e5", "12%", "6月4日", "1/2"]
LIVE = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://a.gov.test/","点")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "\u200b=1+1",
    '"=1+1"',
]
PLAIN = ["清源市民政局关于养老服务的答复", "430600/2021-00079", '甲,"乙"\n丙', "=", "'", "𠮷"]
TITLES = [*LIKE_NUMBERS, *LIVE, *PLAIN]


Rows = dict[str, str]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Rows]]:
    """The rows of both profiles as LibreOffice has them, formulas shown as such."""
    folder = tmp_path_factory.mktemp("office")
    replies = [
        Reply(
            title=title,
            text=f"{title}代表：\n您好，“养老”。",
            term=14,
            keywords=("养老", title),
            contacts=(Contact("王五", ("0730-8880000",)),),
        )
        for title in TITLES
    ]
    paths = [folder / f"{profile}.csv" for profile in Profile]
    for path, profile in zip(paths, Profile, strict=True):
        with path.open("wb") as out:
            write_csv(map(as_json, replies), out, Style(profile, Headers.ZH))
    made = converted(paths, folder / "out", AS_FORMULAS, READ_CSV)
    tables = [path.read_text("utf-8-sig") for path in made]
    assert [path.name.partition("-")[0].removesuffix(".csv") for path in made] == [*Profile]
    return {
        profile: [*csv.DictReader(io.StringIO(table, newline=""))]
        for profile, table in zip(Profile, tables, strict=True)
    }


@pytest.fixture
def opened(both: dict[str, list[Rows]]) -> list[Rows]:
    return both[Profile.EXCEL]


def test_every_row_and_the_chinese_headings_are_there(opened: list[Rows]) -> None:
    assert len(opened) == len(TITLES)
    assert {"标题", "正文", "主题词", "联系人"} <= opened[0].keys()


@pytest.mark.parametrize("at", range(len(TITLES)))
def test_a_title_is_the_text_that_was_written(opened: list[Rows], at: int) -> None:
    assert opened[at]["标题"] == guarded(TITLES[at])


@pytest.mark.parametrize("at", range(len(TITLES)))
def test_no_cell_is_a_formula(opened: list[Rows], at: int) -> None:
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in opened[at].values())


def test_letters_lists_and_nested_values_are_whole(opened: list[Rows]) -> None:
    row = opened[TITLES.index(PLAIN[0])]
    assert row["正文"] == f"{PLAIN[0]}代表：\n您好，“养老”。"
    assert row["主题词"] == f"养老; {PLAIN[0]}"
    assert row["联系人"] == '[{"name": "王五", "phones": ["0730-8880000"]}]'
    assert row["届"] == "14"


def test_without_the_guard_zeros_and_figures_are_lost(
    both: dict[str, list[Rows]],
) -> None:
    titles = [row["标题"] for row in both[Profile.RAW]]
    assert titles[TITLES.index("0079")] == "79"
    assert titles[TITLES.index("1e5")] == "100000"
    assert titles[TITLES.index("11430600006399155")] != "11430600006399155"
