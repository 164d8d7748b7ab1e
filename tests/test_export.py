"""Replies as JSON and as cells: what goes out comes back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.export import raw
from replyarc.export.flat import COLUMNS, as_json, of_json
from replyarc.export.formats import FORMATS, Format
from replyarc.export.tables import Headers, Profile, Style
from replyarc.model import (
    AddresseeRole,
    Assembly,
    Attachment,
    Contact,
    Kind,
    Reply,
    Role,
)

TEXTS = st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    [
        "0079",
        "=1+1",
        "a; b",
        ";",
        "; ",
        '"',
        "[",
        "'",
        "\0",
        "\r",
        "\r\n",
        "\n",
        "[]",
        '"a"',
        "\ufeff",
    ]
)
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(lambda instant: instant.replace(microsecond=0))
CONTACTS = st.builds(Contact, TEXTS, st.lists(TEXTS, max_size=2).map(tuple))
ATTACHMENTS = st.builds(Attachment, TEXTS, TEXTS, st.none() | TEXTS)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of Reply can have; a text that may be unsaid is never empty."""
    if get_origin(hint) is UnionType:
        return st.none() | values(
            next(kind for kind in get_args(hint) if kind is not NoneType)
        ).filter(lambda value: value != "")
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    special = {str: TEXTS, datetime: INSTANTS, Contact: CONTACTS, Attachment: ATTACHMENTS}
    return special.get(hint, st.from_type(hint))


REPLIES: st.SearchStrategy[Reply] = st.fixed_dictionaries(
    {name: values(hint) for name, hint in get_type_hints(Reply).items()}
).map(lambda said: Reply(**said))

FEW = settings(max_examples=40)  # a reply has forty fields: one example tries much at once

FULL = Reply(
    id="7",
    url="http://mzj.hy.example/a.html",
    source="hy",
    title="对市人大十四届二次会议第0079号建议的答复",
    index_number="430600/2021-00079",
    keywords=("养老", "社区"),
    written_on=date(2021, 6, 4),
    kind=Kind.SUGGESTION,
    assembly=Assembly.CONGRESS,
    term=14,
    proposal_numbers=("0079",),
    addressees=("李 雷", "韩梅梅"),
    addressee_role=AddresseeRole.DEPUTY,
    role=Role.LEAD,
    text="李雷代表：\n您好。",
    contacts=(Contact("王五", ("0730-8880000",)),),
    attachments=(Attachment("附件.pdf", "http://mzj.hy.example/a.pdf"),),
    first_seen_at=datetime(2023, 7, 14, 6, 57, 34, tzinfo=UTC),
    version=2,
    flags=("no-index-number",),
)


def same(one: Reply, other: Reply) -> bool:
    """Equal in every field, where and when it was seen included."""
    return all(getattr(one, field.name) == getattr(other, field.name) for field in fields(Reply))


def written(form: str, style: Style, *replies: Reply) -> bytes:
    out = io.BytesIO()
    chosen = FORMATS[form]
    assert isinstance(chosen, Format)
    assert chosen.write(map(as_json, replies), out, style) == len(replies)
    return out.getvalue()


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")))


def test_the_json_of_a_reply_has_the_keys_of_the_contract_in_their_order() -> None:
    row = as_json(FULL)
    assert list(row) == [field.name for field in fields(Reply)]
    assert {key: value for key, value in row.items() if value} == {
        "id": "7",
        "url": "http://mzj.hy.example/a.html",
        "source": "hy",
        "title": "对市人大十四届二次会议第0079号建议的答复",
        "index_number": "430600/2021-00079",
        "keywords": ["养老", "社区"],
        "written_on": "2021-06-04",
        "kind": "建议",
        "assembly": "人大",
        "term": 14,
        "proposal_numbers": ["0079"],
        "addressees": ["李 雷", "韩梅梅"],
        "addressee_role": "代表",
        "role": "主办",
        "text": "李雷代表：\n您好。",
        "contacts": [{"name": "王五", "phones": ["0730-8880000"]}],
        "attachments": [{"name": "附件.pdf", "url": "http://mzj.hy.example/a.pdf", "sha256": None}],
        "first_seen_at": "2023-07-14T06:57:34Z",
        "version": 2,
        "flags": ["no-index-number"],
    }


def test_what_is_not_said_is_null_and_in_lists_nothing() -> None:
    row = as_json(Reply())
    assert all(row[column.name] == [] for column in COLUMNS if column.many)
    assert row["gone_at"] is row["topic"] is row["signed_on"] is None


def test_an_instant_of_another_zone_is_written_in_utc() -> None:
    beijing = timezone(timedelta(hours=8))
    reply = Reply(gone_at=datetime(2024, 1, 1, 7, 0, tzinfo=beijing))
    assert as_json(reply)["gone_at"] == "2023-12-31T23:00:00Z"


@FEW
@given(reply=REPLIES)
def test_json_gives_the_reply_back(reply: Reply) -> None:
    assert same(of_json(json.loads(json.dumps(as_json(reply)))), reply)


def test_a_key_that_is_absent_counts_as_not_said() -> None:
    assert of_json({"title": "答复"}) == Reply(title="答复")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"titel": "a"}, "no such key: titel"),
        ({"title": 5}, "title: cannot be 5"),
        ({"term": "14"}, "term: cannot be '14'"),
        ({"term": True}, "term: cannot be True"),
        ({"written_on": "20210604"}, "written_on: cannot be '20210604'"),
        ({"written_on": "2021-02-30"}, "written_on: cannot be"),
        ({"written_on": 5}, "written_on: cannot be 5"),
        ({"gone_at": "2021-06-04"}, "gone_at: cannot be"),
        ({"gone_at": "2021-6-4T1:2:3Z"}, "gone_at: cannot be"),
        ({"kind": "请示"}, "kind: cannot be '请示'"),
        ({"keywords": "养老"}, "keywords: cannot be '养老'"),
        ({"contacts": [{"name": "王五"}]}, "contacts: cannot be"),
        ({"attachments": ["a"]}, "attachments: cannot be"),
    ],
)
def test_a_row_that_is_no_reply_is_refused_with_its_key(row: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        of_json(row)


@FEW
@given(replies=st.lists(REPLIES, max_size=3), headers=st.sampled_from(Headers))
def test_a_raw_csv_gives_the_replies_back(replies: list[Reply], headers: Headers) -> None:
    body = written("csv", Style(Profile.RAW, headers), *replies)
    back = [raw.of_row(row) for row in rows(body)]
    assert len(back) == len(replies)
    assert all(map(same, back, replies))


@FEW
@given(replies=st.lists(REPLIES, max_size=3))
def test_json_lines_give_the_replies_back(replies: list[Reply]) -> None:
    lines = written("jsonl", Style(), *replies).decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert all(map(same, (of_json(json.loads(line)) for line in lines), replies))
    assert len(lines) == len(replies)


def test_a_raw_csv_is_plain_and_readable() -> None:
    body = written("csv", Style(Profile.RAW), FULL)
    head, _, rest = body.partition(b"\r\n")
    [row] = rows(body)
    assert head.decode() == ",".join(field.name for field in fields(Reply))
    assert rest.endswith(b"\r\n")
    assert row["keywords"] == "养老; 社区"
    assert row["proposal_numbers"] == "0079"
    assert json.loads(row["contacts"]) == [{"name": "王五", "phones": ["0730-8880000"]}]
    assert row["text"] == "李雷代表：\n您好。"
    assert row["topic"] == row["copied_to"] == ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"titel": "a"}, "no such column: titel"),
        ({"term": "十四"}, "term: cannot be '十四'"),
        ({"title": '"unfinished'}, "title: cannot be"),
        ({"keywords": "[1"}, "keywords: cannot be"),
        ({"keywords": "[" * 100_000}, "keywords: cannot be"),
        ({"kind": "请示"}, "kind: cannot be"),
    ],
)
def test_a_raw_row_that_is_no_reply_is_refused_with_its_column(
    row: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        raw.of_row(row)


def test_a_cell_of_ten_megabytes_comes_back_whole() -> None:
    reply = Reply(text="养老，\n" * 1_000_000)
    old = csv.field_size_limit(20_000_000)
    try:
        [row] = rows(written("csv", Style(Profile.RAW), reply))
    finally:
        csv.field_size_limit(old)
    assert raw.of_row(row) == reply


def test_json_lines_are_one_object_a_line_in_readable_chinese() -> None:
    body = written("jsonl", Style(), FULL, Reply(title="答复\n"))
    assert body.count(b"\n") == 2
    assert "李雷代表：\\n您好。".encode() in body


def test_replies_are_written_as_they_come_and_not_gathered() -> None:
    out = io.BytesIO()
    sizes = []

    def replies() -> Iterator[Reply]:
        for _ in range(3):
            sizes.append(out.tell())
            yield FULL

    for name in ("csv", "jsonl"):
        form = FORMATS[name]
        assert isinstance(form, Format)
        form.write(map(as_json, replies()), out, Style(Profile.RAW))
    assert len(set(sizes)) == 6


def test_half_of_a_surrogate_pair_is_escaped_and_comes_back() -> None:
    reply = Reply(title="答复\ud800", keywords=("养老", "\udfff"))
    [row] = rows(written("csv", Style(Profile.RAW), reply))
    assert raw.of_row(row) == of_json(json.loads(written("jsonl", Style(), reply))) == reply
