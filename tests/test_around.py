"""Where boxes are looked for, and which of those found there are the page's own."""

from __future__ import annotations

import pytest

from replyarc.extract.around import find_boxes
from replyarc.extract.content import find_content
from replyarc.extract.labels import vocabulary
from replyarc.text.html import parse

KNOWN = vocabulary()
LETTER = (
    "<p>李明代表：</p><p>您提出的《关于修桥的建议》收悉。现答复如下：</p><p>桥已修好。</p>"
    "<p>清源市交通局</p><p>2020年1月2日</p>"
)
BOX = "<table><tr><td>索引号<td>QH0301/2020-00017<td>发布机构<td>市交通局</table>"
PAIRS = [("索引号", "QH0301/2020-00017"), ("发布机构", "市交通局")]


def said(html: str) -> list[tuple[str, str]]:
    place = find_content(parse(html))
    assert place is not None
    return [pair for box in find_boxes(place, KNOWN) for pair in box.pairs if pair[1]]


@pytest.mark.parametrize(
    "html",
    [
        f"{BOX}<div class=TRS_Editor>{LETTER}</div>",
        f"<div class=TRS_Editor>{BOX}{LETTER}</div>",
        f"<div><div class=TRS_Editor>{LETTER}</div>{BOX}</div>",
        f"{BOX}<div class=TRS_Editor>{BOX}{LETTER}</div>{BOX}",
    ],
    ids=["before", "inside", "below", "everywhere"],
)
def test_a_box_with_an_index_number_may_stand_anywhere(html: str) -> None:
    assert said(html) == PAIRS


@pytest.mark.parametrize("label", ["信息索引号", "索取号", "索引码", "索　引　号", "公开编号"])
def test_an_index_number_has_many_names_inside_the_letter_too(label: str) -> None:
    html = f"<div class=TRS_Editor><p>{label}：QH0301/2020-00017</p>{LETTER}</div>"

    assert [value for _, value in said(html)] == ["QH0301/2020-00017"]


@pytest.mark.parametrize("numbered", ["", BOX])
def test_the_element_of_a_letter_may_begin_with_the_information_line(numbered: str) -> None:
    line = "<p>来源：市交通局　发布时间：2020-01-03　归档卷次：三</p>"
    html = f"{numbered}<div class=TRS_Editor><h1>关于第1号建议的答复</h1>{line}{LETTER}</div>"

    assert said(html)[-3:] == [
        ("来源：", "市交通局"),
        ("发布时间：", "2020-01-03"),
        ("归档卷次：", "三"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "<p>类别：A</p><p>文号：青交函〔2020〕1号</p>",
        "<p>日期：2020年1月2日</p>",
        "<p>经办：来源于民。来源：市交通局</p>",
        "",
    ],
)
def test_what_the_head_of_a_letter_prints_is_no_box(head: str) -> None:
    assert said(f"<div class=TRS_Editor>{head}{LETTER}</div>") == []


def test_a_table_inside_or_below_a_letter_is_no_box() -> None:
    table = "<table><tr><td>文号：<td>青交函〔2019〕9号<td>发布日期：<td>2019-01-01</table>"

    assert said(f"<div class=TRS_Editor>{LETTER}{table}</div>{table}") == []


def test_a_salutation_is_no_label_of_a_box_inside_the_letter() -> None:
    html = (
        "<div class=TRS_Editor><p>索引号：QH0301/2020-00017　归档卷次：三　发布机构：市交通局</p>"
        f"<p>李明代表：您好！</p>{LETTER}</div>"
    )

    assert [label for label, _ in said(html)] == ["索引号：", "归档卷次：", "发布机构："]


@pytest.mark.parametrize(
    "head",
    [
        "来源: 市财政局",
        "来源: 市财政局<br>",
        "<b>来源:</b> 市财政局",
        "来源: <i>市财政局</i>",
    ],
)
def test_the_information_line_of_a_short_letter_ends_before_its_salutation(head: str) -> None:
    salutation = "<p>李明、王芳代表：</p><p>您提出的建议收悉。现答复如下：桥已修好。</p>"
    html = f"<div class=TRS_Editor>{head}{salutation}</div>"

    assert said(html) in ([("来源:", "市财政局")], [])
    assert "李明" not in str(said(html))


def test_what_follows_a_letter_is_searched_only_for_an_index_number() -> None:
    foot = "<p>来源：市交通局 发布时间：2020-01-03</p><ul><li>信息公开</li></ul>"

    assert said(f"<div><div class=TRS_Editor>{LETTER}</div>{foot}</div>") == []
