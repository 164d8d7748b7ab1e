"""The table that a person opens: nothing in it comes alive, nothing turns into something else."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.export.excel import CUT, LONGEST, clean, guarded
from replyarc.export.flat import as_json
from replyarc.export.tables import Headers, Profile, Style, write_csv
from replyarc.model import Contact, Reply

BOM = b"\xef\xbb\xbf"


def written(*replies: Reply, headers: Headers | None = None) -> bytes:
    out = io.BytesIO()
    write_csv(map(as_json, replies), out, Style(Profile.EXCEL, headers))
    return out.getvalue()


def row_of(reply: Reply) -> dict[str, str]:
    [row] = csv.DictReader(io.StringIO(written(reply).decode("utf-8-sig"), newline=""))
    return row


def test_the_byte_order_mark_is_written_once_and_the_headings_are_chinese() -> None:
    body = written(Reply(title="甲"), Reply(title="\ufeff乙"))
    head = body.removeprefix(BOM).partition(b"\r\n")[0].decode()
    assert body.startswith(BOM)
    assert not body.removeprefix(BOM).startswith(BOM)
    assert head == ",".join(field.metadata["title"] for field in fields(Reply))


def test_without_replies_there_are_the_headings_in_the_language_asked_for() -> None:
    body = written(headers=Headers.EN)
    assert body.decode("utf-8-sig") == ",".join(field.name for field in fields(Reply)) + "\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\ttab",
        "\rreturn",
        "\nline",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "−1",
        "﹦1",
        " =1",
        "\u3000=1",
        '"=1"',
        "'=1",
        "“=1",
        "\u200b=1",
        "\ufeff=1",
        "\u202e=1",
        "\x00=1",
        "\x1b=1",
        " \u200b\t'\"=1",
    ],
)
def test_a_cell_that_would_be_a_formula_is_neutralised(text: str) -> None:
    assert guarded(text) == "'" + clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "0079",
        "00",
        "123456789012",
        "11430600006399155",
        "1.10",
        "1,234",
        "1e5",
        "11E05",
        "12%",
        "¥5",
        "(5)",
        "2019-12",
        "2019/12",
        "2019.12",
        "1/2",
        "1-2",
        "1 1/2",
        "2019年12月",
        "6月4日",
        "2021-06-04 16:51",
        "12:30",
        "１２３",
        " 79 ",
        "１/２",
    ],
)
def test_a_text_that_would_be_read_as_a_number_or_a_day_is_kept_as_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "79",
        "12345678901",
        "430600/2021-00079",
        "000014349/2019-508113",
        "云民发〔2021〕118号",
        "0079; 0080",
        "2021年6月4日印发",
        "答复=同意",
        "a-b",
        "http://mzj.hy.example/2019-12",
        "7e28c5c5e0b14e0d",
    ],
)
def test_a_text_that_stays_what_it_is_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@given(text=st.text(max_size=40) | st.from_regex(r"['=\s\d./-]{0,8}"))
def test_a_cell_is_inert_and_one_apostrophe_less_is_the_value(text: str) -> None:
    cell = guarded(text)
    assert cell.removeprefix("'") == clean(text) or cell == clean(text)
    assert cell.startswith("'") == (cell != clean(text))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_days_instants_and_counts_stay_plain() -> None:
    row = row_of(
        Reply(
            written_on=date(2021, 6, 4),
            term=14,
            gone_at=datetime(2023, 7, 14, 6, 57, 34, tzinfo=UTC),
            proposal_numbers=("0079",),
        )
    )
    assert (row["成文日期"], row["届"], row["消失"]) == ("2021-06-04", "14", "2023-07-14T06:57:34Z")
    assert row["建议提案号"] == "'0079"
    assert row["发布日期"] == ""


def test_lists_are_joined_and_nested_values_are_json() -> None:
    row = row_of(
        Reply(addressees=("李雷", "韩; 梅梅"), contacts=(Contact("王五", ("0730-8880000",)),))
    )
    assert row["答复对象"] == "李雷; 韩; 梅梅"
    assert row["联系人"] == '[{"name": "王五", "phones": ["0730-8880000"]}]'
    assert row["附件"] == row["抄送"] == ""


def test_controls_are_dropped_line_breaks_and_tabs_are_kept() -> None:
    row = row_of(Reply(text="一\x00二\x1b[2J三\x85四\r\n五\r六\t七\ud800"))
    assert row["正文"] == "一二[2J三四\n五\n六\t七\ufffd"


@pytest.mark.parametrize("letter", ["长", "𠮷", "=长"])
def test_a_cell_too_long_for_excel_is_cut_with_a_visible_mark(letter: str) -> None:
    cell = guarded(letter * (LONGEST + 1))
    units = len(cell.encode("utf-16-le")) // 2
    assert LONGEST - 1 <= units <= LONGEST
    assert cell.endswith(CUT)
    assert "--profile raw" in CUT


@pytest.mark.parametrize("text", ["长" * LONGEST, "长" * 20_000, "𠮷" * (LONGEST // 2)])
def test_a_cell_that_just_fits_is_whole(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["true", "FALSE", " True ", "TRUE\n"])
def test_a_truth_value_stays_a_text(text: str) -> None:
    row = next(csv.DictReader(io.StringIO(written(Reply(title=text)).decode("utf-8-sig"))))
    assert row["标题"] == f"'{text}" == guarded(text)
    assert guarded(f"{text.strip()}l") == f"{text.strip()}l"
