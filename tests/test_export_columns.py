"""Columns to choose: named in either language, told when they are none, honoured by writers."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.export.columns import chosen
from replyarc.export.flat import COLUMNS, as_json
from replyarc.export.tables import Headers, Profile, Style, write_csv, write_jsonl
from replyarc.model import Reply

REPLIES = [as_json(Reply(title=title, url="http://a.gov.test/1", text="信")) for title in "甲乙"]
EVERY = ", ".join(f"{column.title} {column.name}" for column in COLUMNS)
ALL = f"There are: {EVERY}; docs/data.md describes them"


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        ("title", "title"),
        ("标题,发布日期", "title,published_on"),
        (" title ,  id ", "title,id"),
        ("标题，编号、网址", "title,id,url"),
        ("title,标题,id,title", "title,id"),
        ("text,,id,", "text,id"),
        ("Published-On", "published_on"),
        ("届,次会议", "term,session"),
    ],
)
def test_columns_are_taken_by_either_name_in_the_order_given_and_once(
    names: str, columns: str
) -> None:
    assert ",".join(column.name for column in chosen(names)) == columns


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("titel", "no such column: 'titel' (did you mean 标题 title?). docs/data.md lists them"),
        (
            "title,发布日",
            "no such column: '发布日' (did you mean 发布日期 published_on?). "
            "docs/data.md lists them",
        ),
        ("qqq,zzz", f"no such column: 'qqq', 'zzz'. {ALL}"),
        ("qqq,qqq,titel", f"no such column: 'qqq', 'titel' (did you mean 标题 title?). {ALL}"),
        ("nonsense", f"no such column: 'nonsense'. {ALL}"),
        ("=1+1", f"no such column: '=1+1'. {ALL}"),
        ("", "no column is named. docs/data.md lists them; title,published_on is two"),
        (" ,， ", "no column is named. docs/data.md lists them; title,published_on is two"),
    ],
)
def test_what_is_no_column_is_told_with_what_was_meant(names: str, said: str) -> None:
    with pytest.raises(ValueError, match="column") as told:
        chosen(names)
    assert str(told.value) == said


def test_a_name_of_ten_thousand_characters_is_told_in_short() -> None:
    with pytest.raises(ValueError, match="no such column") as told:
        chosen("\x1b[2J" + "x" * 10_000)
    assert len(str(told.value)) < 150 + len(ALL)
    assert "\x1b" not in str(told.value)


@settings(max_examples=30)
@given(columns=st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True), chinese=st.booleans())
def test_every_choice_is_written_by_its_headings_and_by_its_keys(
    columns: list[object], chinese: bool
) -> None:
    names = [getattr(column, "title" if chinese else "name") for column in columns]
    assert list(chosen(",".join(names))) == columns


@pytest.mark.parametrize("profile", Profile)
def test_a_table_has_the_columns_that_were_chosen(profile: Profile) -> None:
    out = io.BytesIO()
    style = Style(profile, Headers.EN, chosen("text,title"))
    assert write_csv(REPLIES, out, style) == 2
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert rows == [["text", "title"], ["信", "甲"], ["信", "乙"]]


def test_lines_of_json_have_the_keys_that_were_chosen_in_their_order() -> None:
    out = io.BytesIO()
    write_jsonl(REPLIES, out, Style(columns=chosen("网址,title")))
    lines = out.getvalue().splitlines()
    assert [list(json.loads(line).items()) for line in lines] == [
        [("url", "http://a.gov.test/1"), ("title", title)] for title in "甲乙"
    ]
