"""What labels mean: fields, placeholders, and what is left unread."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.fields import normalise
from replyarc.extract.labels import IGNORED, ROWS, Box, Vocabulary, bare, vocabulary
from replyarc.model import Kind

KNOWN = vocabulary()


def values(boxes: list[Box], known: Vocabulary) -> tuple[dict[str, object], tuple[str, ...]]:
    fields, unread = normalise(boxes, known)
    return {name: found[0].value for name, found in fields.items()}, unread


def said(*box: tuple[str, str]) -> tuple[dict[str, object], tuple[str, ...]]:
    return values([Box(box)], KNOWN)


def test_the_first_value_of_a_field_wins() -> None:
    fields, unread = said(
        ("文号：", ""), ("发文字号", "青民发[2020]1号"), ("文号", "青民发〔2021〕2号")
    )

    assert fields == {"document_number": "青民发〔2020〕1号"}
    assert unread == ()


@pytest.mark.parametrize(
    "nothing",
    [
        *(
            "",
            "  ",
            "无",
            "-",
            "—",
            "——",
            "— —",
            "：",
            "/",
            "暂无",
            "[ ]",
            "——/——",
            "（无）",
            "【】",
        ),
        *(
            "空",
            "N/A",
            "n/a",
            "null",
            "NULL",
            "undefined",
            "None",
            "暂缺",
            "不详",
            "无文号",
            "暂无数据",
        ),
        *("\u200b", "\ue601", "\xa0&nbsp;", "***", "0001-01-01 00:00:00", "1970-01-01", "无。"),
        *("文号", "发布机构：", "浏 览 次 数", "【打印】"),
    ],
)
def test_a_placeholder_is_not_said(nothing: str) -> None:
    assert said(("发布机构", nothing), ("督办等级", nothing)) == ({}, ())


@pytest.mark.parametrize("value", ["无锡市民政局", "空港区管委会", "A", "一/二", "0", "文号管理处"])
def test_what_only_begins_like_a_placeholder_is_said(value: str) -> None:
    assert said(("发布机构", value))[0] == {"publisher": value}


def found(name: str, *boxes: Box) -> list[tuple[object, str | None, str]]:
    fields, _ = normalise(boxes, KNOWN)
    return [(each.value, each.evidence.label, each.evidence.place) for each in fields[name]]


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        *pairwise(("成文日期", "发文日期", "印发日期", "产生日期")),
        *pairwise(("成文时间", "签发日期", "印发时间", "生成日期")),
        *pairwise(("发布日期", "公开日期", "发表时间", "编稿时间", "日期")),
        *pairwise(("发布时间", "公开时间", "上传时间", "编稿日期", "时间")),
    ],
)
def test_the_surer_label_of_a_day_is_believed_wherever_it_stands(surer: str, less: str) -> None:
    box = ((less, "2020-05-06"), (surer, "2020-01-02"))

    (name,) = said(*box)[0]

    assert found(name, Box(box)) == [(date(2020, 1, 2), surer, "metadata box")]
    assert found(name, Box(((less, "2020-05-06"), (surer, "-")))) == [
        (date(2020, 5, 6), less, "metadata box")
    ]


def test_who_publishes_goes_before_who_issued_and_who_discloses() -> None:
    box = Box((("公开单位", "办公室"), ("发文机关", "市政府"), ("发布机构：", "市民政局")))

    assert found("publisher", box) == [("市民政局", "发布机构：", "metadata box")]


def test_a_document_number_is_believed_under_a_name_that_is_its_own() -> None:
    box = Box((("字号", "青民发〔2020〕9号"), ("文号", "青民发〔2020〕1号")))

    assert found("document_number", box) == [("青民发〔2020〕1号", "文号", "metadata box")]


def test_what_two_boxes_say_alike_is_said_once_and_a_contradiction_twice() -> None:
    screen = Box((("文号", "青民发〔2020〕1号"), ("发布日期", "2020-01-02")), "table.pc")
    phone = Box((("文号：", "青民发[2020]1号"), ("发布时间：", "2020年1月3日")), "div.wap")

    assert found("document_number", screen, phone) == [("青民发〔2020〕1号", "文号", "table.pc")]
    assert found("published_on", screen, phone) == [
        (date(2020, 1, 2), "发布日期", "table.pc"),
        (date(2020, 1, 3), "发布时间：", "div.wap"),
    ]


@pytest.mark.parametrize(
    "tools",
    [
        *(
            "【打印】",
            "【打印】 【关闭】",
            "[大 中 小]",
            "【 大 中 小 】",
            "| 打印本页",
            "分享到：",
            "分享到",
        ),
        *(
            "浏览：12",
            "点击次数 12次",
            "(阅读次数 12)",
            "字体：大",
            "我要纠错",
            "关闭窗口",
            "T|T",
            "A+ A-",
        ),
    ],
)
@pytest.mark.parametrize(
    ("label", "value", "field"),
    [
        ("来源", "市民政局", "origin"),
        ("发布时间", "2020-01-02 10:11", "published_on"),
        ("文号", "青民发〔2020〕1号", "document_number"),
        ("索引号", "QH0301/2020-00017", "index_number"),
        ("公开方式", "主动公开", "openness"),
    ],
)
def test_tools_behind_a_value_are_no_part_of_it(
    label: str, value: str, field: str, tools: str
) -> None:
    assert said((label, f"{value} {tools}")) == said((label, value))
    assert list(said((label, value))[0]) == [field]


def test_words_of_a_title_are_no_tools() -> None:
    title = "关于规范 打印 服务的答复"

    assert said(("名称", title))[0] == {"title": title}


@pytest.mark.parametrize(
    "label",
    [
        "(文号)",
        "（文号）",
        "【文号】",
        "[文 号]：",
        "文\u3000\u3000号",
        "\ue601文号",
        "文\u200b号∶",
    ],
)
def test_a_label_is_known_in_brackets_and_behind_icons(label: str) -> None:
    assert said((label, "青民发〔2020〕1号"))[0] == {"document_number": "青民发〔2020〕1号"}


# Those of labels.json; the fields of a reply do not hold those that are read into nothing.
SPELLINGS = {
    "index_number": "索引号 信息索引号 索引码 公开编号 组织编号",
    "document_number": "文号 发文字号 发文文号 文书文号 文件编号 字号",
    "publisher": "发布机构 发文机关 发文机构 发布单位 发文单位 制发机关 发布部门 公开机构 公开主体",
    "responsible_unit": "责任部门",
    "origin": "来源 信息来源 文章来源",
    "written_on": "成文日期 成文时间 发文日期 印发日期 产生日期 生成日期",
    "published_on": "发布日期 发布时间 公开日期 时间 日期 编稿时间 日间 发表时间",
    "validity": "有效性 是否有效 效力状况 效力状态 时效性 文件状态",
    "topic": "信息分类 主题分类 组配分类 分类 主题名称 公开目录 公开分类 所属主题",
    "title": "名称 信息名称 标题 公文名称",
    "keywords": "关键词 主题词",
    "openness": "公开方式 公开属性 是否同意公开",
    "result_class": "办理结果 分类",
    "": "联合发文单位 责任编辑 体裁分类 公文种类 服务对象 内容概述 统一编号 公开时限 附件 附件下载"
    " 文件下载 相关附件 相关链接 相关解读 相关信息 上一篇 下一篇 实施日期 失效日期 废止日期 备注"
    " 阅读次数 浏览次数 抄送 联系人 联系人及电话 承办负责人 承办人及联系电话 领导签发",
}
VALUES = {
    "index_number": "QH0301/2020-00017",
    "document_number": "青民发〔2020〕1号",
    "written_on": "2020-01-02",
    "published_on": "2020-01-02",
    "openness": "主动公开",
    "result_class": "B类",
}


@pytest.mark.parametrize("field", SPELLINGS)
def test_every_known_spelling_is_read_into_its_field_or_left_out_on_purpose(field: str) -> None:
    for label in SPELLINGS[field].split():
        fields, unread = said((label, VALUES.get(field, "养老")))

        assert (list(fields), unread) == ([field] if field else [], ()), label


@pytest.mark.parametrize(
    "label",
    [
        "交办日期",
        "办结日期",
        "生效日期",
        "失效日期",
        "废止日期",
        "有效日期",
        "著录日期",
        "更新时间",
    ],
)
def test_a_day_of_something_else_is_no_day_of_the_reply(label: str) -> None:
    assert said((label, "2020-01-02")) == ({}, ())


def test_a_label_of_one_letter_may_be_a_sources_own() -> None:
    own = vocabulary((("号", "document_number"),))

    assert own.stands_in(f"{'一' * 99} 号：青民发〔2020〕1号")
    assert not KNOWN.stands_in(f"{'一' * 99} 号：青民发〔2020〕1号")


def test_a_label_is_found_in_a_long_text_behind_no_chinese_letter() -> None:
    assert KNOWN.stands_in(f"{'政务公开 ' * 99}文 号：青民发〔2020〕1号")
    assert not KNOWN.stands_in(f"{'政务公开 ' * 99}来文号：青民发〔2020〕1号")
    assert not KNOWN.stands_in("一" * 99)


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
        ("公文生成日期", "written_on", "2020-01-02"),
        ("办文单位", "responsible_unit", "救助处"),
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
        *((each, each) for each in ("同意全文公开", "予以公开", "同意公开", "不同意全文公开")),
        *((each, each) for each in ("同意公开：是", "同意公开（否）", "全文公开：是")),
        *((each, "是") for each in ("(是)", "（是）", "【是】", "是）")),
        *((each, None) for each in ("是否", "面向社会", "全社会")),
        *((each, None) for each in ("网站", "A", "政务动态", "长期公开事项", "公开栏")),
    ],
)
def test_openness_is_whether_and_not_where(value: str, openness: str | None) -> None:
    labels = ("公开形式", "公开类别", "公开方式", "公开范围", "公文范围")
    fields, unread = said(*((label, value) for label in labels))

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
    box = Box((("公文编码", "青民发〔2020〕1号"), ("类型", "提案"), ("正文", "略")))

    assert values([box], own) == (
        {"document_number": "青民发〔2020〕1号", "kind": Kind.PROPOSAL},
        ("正文",),
    )


def test_a_label_of_a_source_goes_before_the_table() -> None:
    own = vocabulary((("来源", "publisher"),))

    assert values([Box((("来源", "市民政局"),))], own)[0] == {"publisher": "市民政局"}


def test_the_labels_that_are_both_read_and_ignored_are_few() -> None:
    read = {label for _, _, row in ROWS for label in row.split()} - {">"}

    assert read & IGNORED == {
        "字号",
        "公开方式",
        "公开形式",
        "公开类型",
        "公开类别",
        "公开范围",
        "公文范围",
        "信息公开方式",
    }


@given(st.lists(st.tuples(st.sampled_from(sorted(KNOWN.meanings)), st.text(max_size=30))))
def test_no_value_of_a_known_label_raises(box: list[tuple[str, str]]) -> None:
    fields, unread = normalise([Box(tuple(box))], KNOWN)

    assert all(fields.values())
    assert set(unread) <= set(KNOWN.meanings)


BLANKS = st.text(" \u3000\xa0\u200b\ue601\n", max_size=4)


@given(st.text("A【（：，| \u3000", max_size=6), BLANKS, BLANKS, st.sampled_from(["", "】", "）"]))
def test_a_label_is_known_however_it_is_set(
    before: str, between: str, behind: str, closing: str
) -> None:
    found = KNOWN.pattern.search(f"{before}文{between}号{behind}{closing}：")

    assert found is not None
    assert bare(found[1]) == "文号"


@pytest.mark.parametrize(
    ("value", "origin", "day"),
    [
        ("清源县政府 2017-06-08 16:23", "清源县政府", date(2017, 6, 8)),
        ("清源县政府　　2017年6月8日", "清源县政府", date(2017, 6, 8)),
        ("教研中心 | 2017/06/08 16:23:05 【打印】", "教研中心", date(2017, 6, 8)),
        ("教研中心 (2017.6.8)", "教研中心", date(2017, 6, 8)),
        ("2017-06-08", None, date(2017, 6, 8)),
        ("教研中心 2017-13-08", "教研中心", None),
        ("清源日报 2017-06-08 第3版", "清源日报 2017-06-08 第3版", None),
        ("清源2017-06-08工作组", "清源2017-06-08工作组", None),
    ],
)
def test_the_day_behind_the_origin_is_no_part_of_it(
    value: str, origin: str | None, day: date | None
) -> None:
    fields, unread = said(("来源：", value))

    assert (fields.get("origin"), fields.get("published_on")) == (origin, day)
    assert unread == ()


def test_the_day_behind_the_origin_is_less_sure_than_a_labelled_one() -> None:
    fields, _ = normalise(
        [Box((("来源：", "市民政局 2017-06-09"), ("时间：", "2017-06-08")))], KNOWN
    )

    assert [found.value for found in fields["published_on"]] == [date(2017, 6, 8)]
    assert fields["origin"][0].evidence.printed == "市民政局"


def test_the_evidence_of_a_day_behind_the_origin_is_that_day() -> None:
    fields, _ = normalise([Box((("来源：", "市民政局 2017-06-09 08:00"),), "div.info")], KNOWN)

    assert fields["published_on"][0].evidence == ("box", "div.info", "来源：", "2017-06-09 08:00")


def test_the_unit_that_a_page_belongs_to_is_responsible_if_no_other_is_named() -> None:
    belongs = ("信息所属单位：", "农村社会处")

    assert said(belongs)[0] == {"responsible_unit": "农村社会处"}
    assert said(belongs, ("责任部门：", "办公室"))[0] == {"responsible_unit": "办公室"}


def test_the_same_menu_is_asked_for_each_source() -> None:
    menu = "\ue000".join(["通知公告"] * 20 + ["公文代码：7"])
    own = vocabulary((("公文代码", "document_number"),))

    assert [each.stands_in(menu) for each in (KNOWN, own, KNOWN)] == [False, True, False]
    assert not KNOWN.stands_in(menu * 50)
    assert own.stands_in(menu * 50)
