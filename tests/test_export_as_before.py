"""Tables and lines are byte for byte what the plain way writes: `csv.writer`, `json.dumps`."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from replyarc.archive import find
from replyarc.archive.query import Query
from replyarc.archive.schema import packed
from replyarc.archive.stored import stored
from replyarc.archive.tables import NEWEST
from replyarc.export import excel
from replyarc.export.flat import COLUMNS, Column, Row, Stored, as_json
from replyarc.export.tables import Headers, Profile, Style, write_csv, write_jsonl
from replyarc.model import Contact, Reply
from tests.blank import blank
from tests.test_export import FULL, REPLIES
from tests.test_merge import Page

ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")
MISREAD = (
    r"\s*[(（¥￥$＄]{0,3}\d[\d.,，．]*(?:[eE][+-]?\d{1,9})?[%％)）]{0,3}\s*",
    r"\s*\d{1,4}(?: {0,2}[-–—/／.．:：年月日时分 ] {0,2}\d{1,4}){0,5}[年月日时分秒]?\s*",
)
UNSEEN = r"""\s"'`“”‘’„«»\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"""
FORMULA = re.compile(rf"[{UNSEEN}]*[=+\-@＝＋－＠﹦﹢﹣﹫−\t\n]")


def json_of(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if ODD.search(written) else written


def raw_cell(value: Any, column: Column) -> str:
    if isinstance(value, str):
        return json_of(value) if value.startswith('"') or ODD.search(value) else value
    if not isinstance(value, list):
        return "" if value is None else str(value)
    if all(isinstance(item, str) for item in value):
        plain = "; ".join(value)
        if not (plain.startswith("[") or plain.split("; ") != value or ODD.search(plain)):
            return plain or (json_of(value) if value else "")
    return json_of(value) if value else ""


def guarded(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)
    text = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    figures = any(re.fullmatch(each, text) for each in MISREAD)
    whole = re.fullmatch(r"0|[1-9][0-9]{0,10}", text)
    marked = text.startswith("'") or FORMULA.match(text) or (figures and not whole)
    return excel.shortened(f"'{text}" if marked else text)


def excel_cell(value: Any, column: Column) -> str:
    if value is None or value == []:
        return ""
    if column.kind in (int, date, datetime):
        return str(value)
    if column.many:
        return guarded("; ".join(value) if column.kind is str else json_of(value))
    return guarded(value)


CELLS: dict[Profile, Callable[[Any, Column], str]] = {
    Profile.EXCEL: excel_cell,
    Profile.RAW: raw_cell,
}


def plain_csv(rows: Sequence[Row], style: Style) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(style.headings)
    cell = CELLS[style.profile]
    table.writerows([cell(row[each.name], each) for each in style.columns] for row in rows)
    mark = codecs.BOM_UTF8 if style.profile is Profile.EXCEL else b""
    return mark + out.getvalue().encode()


def kept(row: Row) -> Row | Stored:
    """The reply as an archive yields it; a half of a surrogate pair is in no archive."""
    try:
        json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return row
    return tuple(_kept(row[column.name], column) for column in COLUMNS)


def _kept(value: Any, column: Column) -> Any:
    if column.many:
        return packed(value) if value else ""
    return value.encode() if column.name == "text" and value is not None else value


LETTERS = st.text(
    st.sampled_from(
        "养老一二（《·\u3000\u200b,\"'\n\r\t\0\x1b\x7f\x85\xa0=+-@＝0129eE/.年月%aF\ufeff𠮷"
    ),
    max_size=9,
)
STYLES = st.builds(
    Style,
    st.sampled_from(Profile),
    st.sampled_from(Headers),
    st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=40, unique=True).map(tuple)
    | st.just(COLUMNS),
)


@settings(max_examples=60, deadline=None)
@given(replies=st.lists(REPLIES, max_size=3), style=STYLES)
def test_any_reply_is_written_as_by_the_csv_module(replies: list[Reply], style: Style) -> None:
    rows = [as_json(reply) for reply in replies]
    for given_rows in (rows, [*map(kept, rows)]):
        out = io.BytesIO()
        assert write_csv(given_rows, out, style) == len(rows)
        assert out.getvalue() == plain_csv(rows, style)


@settings(max_examples=400, deadline=None)
@given(said=LETTERS, profile=st.sampled_from(Profile))
@example("“=1", Profile.EXCEL)
@example("123456/2021", Profile.EXCEL)
@example("12e5", Profile.EXCEL)
@example("12e5a", Profile.EXCEL)
@example("养" * 1_200, Profile.EXCEL)
@example("12345-6年", Profile.EXCEL)
def test_any_value_is_written_so_wherever_it_stands(said: str, profile: Profile) -> None:
    reply = as_json(Reply(title=said, text=said, source=said, topic=said, keywords=(said, said)))
    told = {
        **reply,
        "contacts": [{"name": said, "phones": [said]}],
        "flags": [said] if said else [],
    }
    style, out = Style(profile), io.BytesIO()
    write_csv([told, kept(told), told], out, style)
    assert out.getvalue() == plain_csv([told] * 3, style)
    one, other = io.BytesIO(), io.BytesIO()
    write_jsonl([told], one, style)
    write_jsonl([kept(told)], other, style)
    assert one.getvalue() == other.getvalue()


@settings(max_examples=60, deadline=None)
@given(replies=st.lists(REPLIES, max_size=3), style=STYLES)
def test_any_reply_is_a_line_as_by_the_json_module(replies: list[Reply], style: Style) -> None:
    rows = [{each.name: as_json(reply)[each.name] for each in style.columns} for reply in replies]
    out, other = io.BytesIO(), io.BytesIO()
    assert write_jsonl(rows, out, style) == len(rows)
    write_jsonl([kept(as_json(reply)) for reply in replies], other, style)
    assert other.getvalue() == out.getvalue()
    for line, row in zip(out.getvalue().splitlines(keepends=True), rows, strict=True):
        try:
            assert line == json.dumps(row, ensure_ascii=False).encode() + b"\n"
        except UnicodeEncodeError:
            assert line == json.dumps(row).encode() + b"\n"


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("size", [16_000, 16_384, 32_767, 32_768, 40_000])
def test_a_letter_of_any_length_is_the_same_in_utf_8(profile: Profile, size: int) -> None:
    for sign in ("长", "a", "𠮷"):
        row = {**as_json(FULL), "text": f"{sign * size}，\n"}
        one, other = io.BytesIO(), io.BytesIO()
        write_csv([row], one, Style(profile))
        write_csv([kept(row)], other, Style(profile))
        assert one.getvalue() == other.getvalue() == plain_csv([row], Style(profile))


def test_more_values_than_are_remembered_are_all_right() -> None:
    rows = [
        as_json(
            Reply(
                topic=f"类{n % 2_500}", keywords=(f"{n % 2_300:05}",), contacts=(Contact(str(n)),)
            )
        )
        for n in range(5_000)
    ]
    for profile in Profile:
        out = io.BytesIO()
        write_csv(rows, out, Style(profile))
        assert out.getvalue() == plain_csv(rows, Style(profile))


def test_letters_in_utf_8_are_the_same_letters(tmp_path: Path) -> None:
    with blank(tmp_path / "a.db") as archive:
        Page().file(archive)
        told = [*archive.said()]
        assert told
        assert [*stored(archive, Query())] == [kept(row) for row in told]


@pytest.mark.parametrize(
    "query",
    [Query(), Query(source="a"), Query(source="a", year=2023), Query(publisher="局")],
    ids=["all", "source", "source-year", "publisher"],
)
def test_replies_are_read_in_their_order_and_not_sorted_with_their_letters(
    tmp_path: Path, query: Query
) -> None:
    where, asked = find.condition(query)
    sql = f"explain query plan select text from replies where {where} order by {NEWEST} desc, id"
    with blank(tmp_path / "a.db") as archive:
        plan = " ".join(row[3] for row in archive.db.execute(sql, asked))
    assert "replies_newest" in plan
    assert "TEMP B-TREE" not in plan
