"""A letter taken apart: each line once, in its order, as what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.text.parts import parts

LINES = [
    "顾明远代表：",
    "一、已经做的工作",
    "（一）补贴",
    "您提出的建议收悉。",
    "清源市民政局",
    "2023年5月17日",
    "联系人：丁一",
    "  ",
    "",
]

SIGNED = ["signature", "signature", "day"]
PRINTED = "清源市民政局办公室 2023年5月17日印发"


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20)), st.none() | st.text())
def test_nothing_is_added_left_out_or_moved(lines: list[str], signature: str | None) -> None:
    text = "\n".join(lines)
    stripped = [line.strip() for line in text.split("\n")]
    assert [part.text for part in parts(text, signature)] == [line for line in stripped if line]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("顾明远代表：", "salutation"),
        ("尊敬的顾明远委员，您好！", "salutation"),
        ("民盟清源市委:", "salutation"),
        ("顾明远代表：您提出的建议收悉。现答复如下。", "paragraph"),
        ("办理结果：A", "paragraph"),
    ],
)
def test_a_salutation_is_the_first_line_if_it_is_one(line: str, kind: str) -> None:
    assert parts(f"{line}\n收悉。", None)[0].kind == kind
    assert parts(f"收悉。\n{line}\n完。", None)[1].kind == "paragraph"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、已经做的工作", "heading"),
        ("十二、关于“一卡通”的问题：", "heading"),
        ("（三）补贴标准", "heading"),
        ("(三)补贴标准", "heading"),
        ("一、我局新建了食堂。今年再建20家。", "paragraph"),
        ("（一）加强统筹，形成合力", "heading"),
        ("（一）加强组织领导。", "heading"),
        ("（一）新建食堂12家，今年再建20家。", "paragraph"),
        ("一是新建食堂", "paragraph"),
        ("1、新建食堂", "paragraph"),
    ],
)
def test_headings_are_short_lines_with_a_chinese_numeral(line: str, kind: str) -> None:
    assert parts(f"季舒委员：\n{line}\n完。", None)[1].kind == kind


@pytest.mark.parametrize(
    ("lines", "signature", "kinds"),
    [
        (["清源市民政局", "2023年5月17日"], "清源市民政局", ["signature", "day"]),
        (["清源市民政局 2023年5月17日"], "清源市民政局", ["signature"]),
        (["清 源 市 民 政 局（章）", "二〇二三年五月十七日"], "清源市民政局", ["signature", "day"]),
        (["清源市民政局", "财政局", "2023-05-17"], "清源市民政局 财政局", SIGNED),
        (["2023年5月17日", "（联系人：丁一）"], None, ["day", "contact"]),
        (["2023年5月17日", "抄送：市政府。", PRINTED], None, ["day", "contact", "contact"]),
        (["这件事到2023年5月17日为止。"], None, ["paragraph"]),
        (["我局将继续努力，" * 8 + "。"], "清源市民政局", ["paragraph"]),
    ],
    ids=["two-lines", "one-line", "seal", "two-organs", "no-signature", "printed", "day", "long"],
)
def test_below_the_last_sentence_stand_signature_day_and_contacts(
    lines: list[str], signature: str | None, kinds: list[str]
) -> None:
    found = parts("\n".join(["季舒委员：", "收悉。", *lines]), signature)
    assert [part.kind for part in found[2:]] == kinds


def test_a_day_in_the_middle_of_a_long_letter_is_no_signature() -> None:
    text = "\n".join(["季舒委员：", "2023年5月17日", *["我局新建了食堂。"] * 40])
    assert parts(text, "清源市民政局")[1].kind == "paragraph"


def test_a_letter_with_a_long_annex_is_signed_further_up() -> None:
    signed = ["清源市民政局", "2023年5月17日"]
    text = "\n".join(["季舒委员：", "收悉。", *signed, *["1\t食堂\t36家"] * 40])
    assert [part.text for part in parts(text, signed[0]) if part.kind == "signature"] == signed[:1]
    assert [part.text for part in parts(text, signed[0]) if part.kind == "day"] == signed[1:]


def test_a_letter_without_a_word_has_no_parts() -> None:
    assert parts("", None) == ()
    assert parts(" \n\n", "清源市民政局") == ()
