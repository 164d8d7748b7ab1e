"""What labels mean: fields, placeholders, and what is left unread."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.labels import IGNORED, ROWS, Box, Vocabulary, normalise, vocabulary
from replyarc.model import Kind

KNOWN = vocabulary()


def values(boxes: list[Box], known: Vocabulary) -> tuple[dict[str, object], tuple[str, ...]]:
    fields, unread = normalise(boxes, known)
    return {name: found[0].value for name, found in fields.items()}, unread


def said(*box: tuple[str, str]) -> tuple[dict[str, object], tuple[str, ...]]:
    return values([box], KNOWN)


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


@pytest.mark.parametrize(
    ("labels", "field", "value"),
    [
        ("发布文号 公文号 发文序号", "document_number", "青民发〔2020〕1号"),
        ("成文机关 制文机关", "publisher", "市民政局"),
        ("公文时效 效力 时效说明", "validity", "有效"),
        ("信息公开日期 信息提供日期 公文发布日期 上传时间", "published_on", "2020-01-02"),
        ("签发日期 成稿日期 落款日期 信息生成日期", "written_on", "2020-01-02"),
        ("供稿 供稿单位 转载来源", "origin", "办公室"),
        ("索引编号 信息编号", "index_number", "QH0301/2020-00017"),
    ],
)
def test_a_field_goes_by_many_names(labels: str, field: str, value: str) -> None:
    read = [
        {name: str(each) for name, each in said((label, value))[0].items()}
        for label in labels.split()
    ]

    assert read == [{field: value}] * len(read)


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


@pytest.mark.parametrize(
    ("value", "openness"),
    [
        *(
            (each, each)
            for each in ("公开", "主动公开", "依申请公开", "不公开", "不予公开", "部分公开")
        ),
        *((each, each) for each in ("是", "否", "同意", "不同意公开", "全文公开", "向社会公开")),
        ("主 动 公 开", "主动公开"),
        *((each, None) for each in ("网站", "A", "政务动态", "长期公开事项", "公开栏")),
    ],
)
def test_openness_is_whether_and_not_where(value: str, openness: str | None) -> None:
    fields, unread = said(("公开形式", value), ("公开类别", value), ("公开方式", value))

    assert (fields.get("openness"), unread) == (openness, ())


@pytest.mark.parametrize(
    ("value", "result"),
    [("（A）类", "A"), ("B类（列入计划解决）", "B"), ("已解决（A类）", "A"), ("ABC", None)],
)
def test_the_class_of_a_result_may_be_told_in_words_too(value: str, result: str | None) -> None:
    assert said(("办理结果", value))[0].get("result_class") == result


def test_a_label_is_unread_once() -> None:
    assert said(("督办等级", "一"), ("督 办 等 级：", "二"))[1] == ("督办等级",)


def test_keywords_are_a_list() -> None:
    assert said(("主 题 词", "体育　运动会；函"))[0] == {"keywords": ("体育", "运动会", "函")}


def test_a_source_names_labels_of_its_own() -> None:
    own = vocabulary((("公文 编码：", "document_number"), ("类型", "kind"), ("正文", "text")))
    box: Box = (("公文编码", "青民发〔2020〕1号"), ("类型", "提案"), ("正文", "略"))

    assert values([box], own) == (
        {"document_number": "青民发〔2020〕1号", "kind": Kind.PROPOSAL},
        ("正文",),
    )


def test_a_label_of_a_source_goes_before_the_table() -> None:
    own = vocabulary((("来源", "publisher"),))

    assert values([(("来源", "市民政局"),)], own)[0] == {"publisher": "市民政局"}


def test_the_labels_that_are_both_read_and_ignored_are_few() -> None:
    read = {label for _, _, row in ROWS for label in row.split()}

    assert read & IGNORED == {"字号", "公开方式", "公开形式", "公开类型", "公开类别"}


@given(st.lists(st.tuples(st.sampled_from(sorted(KNOWN.meanings)), st.text(max_size=30))))
def test_no_value_of_a_known_label_raises(box: list[tuple[str, str]]) -> None:
    fields, unread = normalise([tuple(box)], KNOWN)

    assert all(fields.values())
    assert set(unread) <= set(KNOWN.meanings)


@given(st.text(string.ascii_letters + "文号来源 \u3000：:【】", max_size=12))
def test_a_label_is_known_however_it_is_set(label: str) -> None:
    known = bool(KNOWN.pattern.search(f"{label}："))

    assert known or not any(word in "".join(label.split()) for word in ("【文号", "：文号"))
