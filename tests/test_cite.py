"""Citations: what each style wants, nothing that the page does not say, and no broken syntax."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.export.citing import CITATIONS, bibtex, csl_json, gbt7714, seen_at
from tests.cards import FULL, HOSTILE, POOR, said

AT = datetime(2024, 5, 1, 20, tzinfo=UTC)  # the second of May in China
PARTS = st.sampled_from([*HOSTILE, *"{}%&#_$~^\\\"'\n\t养老 ", "2023-05-17", "\\textbf{", "\r\n"])
TEXT = st.lists(PARTS, max_size=10).map("".join) | st.none()
KEYS = (
    *("title", "answered_by", "publisher", "document_number", "index_number", "url", "id"),
    *("published_on", "written_on", "signed_on", "sha256"),
)
ROWS = st.fixed_dictionaries(dict.fromkeys(KEYS, TEXT))


def test_gbt7714_of_an_official_document() -> None:
    assert gbt7714(said(FULL), AT) == (
        "清源市民政局. 清源市民政局关于清源市八届人大一次会议第198号建议的答复: "
        "清民函〔2023〕198号[A/OL]. (2023-05-17)[2024-05-02]. "
        "http://mzj.qingyuan.gov.test/jytabl/202305/t20230517_00198.html. "
        f"(存档: 2024-05-01T20:00:00Z, SHA-256: {'1f' * 32})"
    )


def test_gbt7714_of_a_page_without_a_number_has_its_index_number() -> None:
    bare = replace(FULL, document_number=None)
    assert ": 索引号 990123006/2023-00198[EB/OL]. (2023-05-17)" in gbt7714(said(bare), AT)


def test_gbt7714_invents_nothing() -> None:
    assert gbt7714(said(POOR), AT) == (
        "答复[EB/OL]. [2024-05-02]. http://a.gov.test/1.html. "
        f"(存档: 2024-05-01T20:00:00Z, SHA-256: {'2e' * 32})"
    )


@pytest.mark.parametrize(
    ("without", "day"),
    [
        ([], "2023-05-17"),
        (["published_on"], "2023-05-15"),
        (["published_on", "written_on", "signed_on"], None),
    ],
    ids=["published", "written", "none"],
)
def test_the_day_is_one_that_is_printed(without: list[str], day: str | None) -> None:
    row = said(FULL) | dict.fromkeys(without)
    (item,) = json.loads(csl_json(row, AT))
    parts = day and [[int(part) for part in day.split("-")]]
    assert item.get("issued") == (parts and {"date-parts": parts})
    assert (f"  date = {{{day}}},\n" in bibtex(row, AT)) is (day is not None)
    assert (f"({day})[2024-05-02]" in gbt7714(row, AT)) is (day is not None)


def test_bibtex_keeps_the_name_of_an_office_whole_and_its_key_is_the_id() -> None:
    lines = bibtex(said(FULL), AT).splitlines()
    assert lines[0] == "@online{replyarc-abcdefghijkl,"
    assert "  author = {{清源市民政局}}," in lines
    assert "  number = {清民函〔2023〕198号}," in lines
    assert "  urldate = {2024-05-02}," in lines
    assert f"SHA-256 {'1f' * 32}" in lines[-2]
    assert "author" not in bibtex(said(POOR), AT)


def test_offices_that_sign_together_are_several_authors() -> None:
    offices = ["清源市民政局", "清源市财政局", "清源市卫生健康委员会", "清源市水务局"]
    row = said(FULL) | {"answered_by": " ".join(offices)}
    assert gbt7714(row, AT).startswith("清源市民政局, 清源市财政局, 清源市卫生健康委员会, 等. ")
    assert f"author = {{{' and '.join(f'{{{each}}}' for each in offices)}}}," in bibtex(row, AT)
    assert [each["literal"] for each in json.loads(csl_json(row, AT))[0]["author"]] == offices


def test_csl_json_has_what_its_schema_wants() -> None:
    (item,) = json.loads(csl_json(said(FULL), AT))
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "清源市民政局"}]
    assert item["accessed"] == {"date-parts": [[2024, 5, 2]]}
    assert item["number"] == "清民函〔2023〕198号"
    assert item["URL"] == FULL.url
    assert "索引号 990123006/2023-00198" in item["note"]
    (poor,) = json.loads(csl_json(said(POOR), AT))
    assert list(poor) == ["id", "type", "title", "accessed", "URL", "note"]


@given(ROWS)
def test_a_citation_is_one_line_and_bibtex_one_line_a_field(row: dict[str, str | None]) -> None:
    assert len(gbt7714(row, AT).splitlines()) == 1
    lines = bibtex(row, AT).split("\n")
    assert re.fullmatch(r"@online\{replyarc-[0-9A-Za-z-]*,", lines[0])
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", line) for line in lines[1:-1])
    assert lines[-1] == "}"


@given(ROWS)
def test_braces_of_bibtex_are_balanced(row: dict[str, str | None]) -> None:
    depth = 0
    for brace in re.findall(r"[{}]", re.sub(r"\\[{}]", "", bibtex(row, AT))):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


@given(ROWS)
def test_nothing_that_tex_reads_is_left_bare(row: dict[str, str | None]) -> None:
    for line in bibtex(row, AT).split("\n")[1:-1]:
        if not line.startswith("  url "):
            assert not re.search(r"(?<!\\)[%&#$_]", line)
            assert not re.search(r"[~^]", line)


@given(ROWS)
def test_csl_json_parses_and_says_what_the_row_says(row: dict[str, str | None]) -> None:
    (item,) = json.loads(csl_json(row, AT))
    assert item.get("title", "") == " ".join((row["title"] or "").split())
    assert all(value not in (None, "", []) for value in item.values())


def test_a_reply_was_accessed_when_the_archive_saw_it_last() -> None:
    assert seen_at(said(FULL)) == FULL.last_seen_at
    assert seen_at({"last_seen_at": None, "first_seen_at": "2023-05-18T01:00:00Z"}) is not None
    assert seen_at({}) is None


def test_there_are_three_styles() -> None:
    assert list(CITATIONS) == ["gbt7714", "bibtex", "csl-json"]


def test_the_day_of_the_signature_goes_before_that_of_writing_as_it_does_in_every_list() -> None:
    row = said(FULL) | {"published_on": None, "signed_on": "2023-05-16"}
    assert "(2023-05-16)[2024-05-02]" in gbt7714(row, AT)
