"""What labels mean: fields, placeholders, and what is left unread."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.labels import IGNORED, ROWS, Box, normalise, vocabulary
from replyarc.model import Kind

KNOWN = vocabulary()


def said(*box: tuple[str, str]) -> tuple[dict[str, object], tuple[str, ...]]:
    return normalise([box], KNOWN)


def test_the_first_value_of_a_field_wins() -> None:
    fields, unread = said(
        ("文号：", ""), ("发文字号", "青民发[2020]1号"), ("文号", "青民发〔2021〕2号")
    )

    assert fields == {"document_number": "青民发〔2020〕1号"}
    assert unread == ()


@pytest.mark.parametrize(
    "nothing", ["", "  ", "无", "-", "—", "——", "— —", "：", "/", "暂无", "[ ]"]
)
def test_a_placeholder_is_not_said(nothing: str) -> None:
    assert said(("发布机构", nothing), ("督办等级", nothing)) == ({}, ())


def test_the_issuing_body_the_unit_in_charge_and_the_origin_are_three_things() -> None:
    fields, _ = said(
        ("发布机构", "市民政局"), ("责任部门", "救助处"), ("文章来源", "办公室"), ("来源", "本网")
    )

    assert fields == {"publisher": "市民政局", "responsible_unit": "救助处", "origin": "办公室"}


def test_the_day_of_writing_and_the_day_of_publication_are_two_things() -> None:
    fields, _ = said(("生成日期", "2020年1月2日"), ("编稿时间", "2020-05-06 07:08"))

    assert fields == {"written_on": date(2020, 1, 2), "published_on": date(2020, 5, 6)}


@pytest.mark.parametrize("widget", ["[ ]", "大 中 小", "【大", "A+ A-"])
def test_the_font_size_widget_is_no_document_number(widget: str) -> None:
    assert said(("字号", widget)) == ({}, ())


def test_a_document_number_may_be_called_by_the_name_of_the_widget() -> None:
    assert said(("字号", "青民发〔2020〕1号"))[0] == {"document_number": "青民发〔2020〕1号"}


def test_a_classification_of_a_to_d_is_that_of_the_result() -> None:
    assert said(("分类", "B类"))[0] == {"result_class": "B"}
    assert said(("分类", "教育"))[0] == {"topic": "教育"}


def test_a_value_that_its_reader_refuses_leaves_its_label_unread() -> None:
    fields, unread = said(("索引号", "见文件"), ("发布日期", "近日"), ("办理结果", "已解决"))

    assert fields == {}
    assert unread == ("索引号", "发布日期", "办理结果")


def test_a_label_is_unread_once() -> None:
    assert said(("督办等级", "一"), ("督 办 等 级：", "二"))[1] == ("督办等级",)


def test_keywords_are_a_list() -> None:
    assert said(("主 题 词", "体育　运动会；函"))[0] == {"keywords": ("体育", "运动会", "函")}


def test_a_source_names_labels_of_its_own() -> None:
    own = vocabulary((("公文 编码：", "document_number"), ("类型", "kind"), ("正文", "text")))
    box: Box = (("公文编码", "青民发〔2020〕1号"), ("类型", "提案"), ("正文", "略"))

    assert normalise([box], own) == (
        {"document_number": "青民发〔2020〕1号", "kind": Kind.PROPOSAL},
        ("正文",),
    )


def test_a_label_of_a_source_goes_before_the_table() -> None:
    own = vocabulary((("来源", "publisher"),))

    assert normalise([(("来源", "市民政局"),)], own)[0] == {"publisher": "市民政局"}


def test_no_label_is_both_read_and_ignored_but_the_font_size() -> None:
    read = {label for _, _, row in ROWS for label in row.split()}

    assert read & IGNORED == {"字号"}


@given(st.lists(st.tuples(st.sampled_from(sorted(KNOWN.meanings)), st.text(max_size=30))))
def test_no_value_of_a_known_label_raises(box: list[tuple[str, str]]) -> None:
    fields, unread = normalise([tuple(box)], KNOWN)

    assert all(fields.values())
    assert set(unread) <= set(KNOWN.meanings)


@given(st.text(string.ascii_letters + "文号来源 \u3000：:【】", max_size=12))
def test_a_label_is_known_however_it_is_set(label: str) -> None:
    known = bool(KNOWN.pattern.search(f"{label}："))

    assert known or not any(word in "".join(label.split()) for word in ("【文号", "：文号"))
