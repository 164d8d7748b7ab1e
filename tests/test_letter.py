"""The letter: where it begins and ends, its head, its opening, its copies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.letter import Letter, read_letter
from replyarc.model import Contact, Role

TITLE = "关于市七届人大三次会议第12号建议的答复"
ASKED = "您提出的《关于修桥的建议》收悉，现答复如下："
THANKS = "感谢您的关心和支持。"


def letter(*lines: str) -> Letter:
    return read_letter(lines, TITLE)


def test_a_letter_may_begin_on_the_line_of_its_salutation() -> None:
    read = letter("刘峰代表：您提出的关于“推行工间操”的建议收悉。", "一、已经推行。")

    assert read.opening.startswith("您提出的关于“推行工间操”的建议收悉")
    assert read.addressees == ("刘峰",)


def test_the_text_runs_from_the_salutation_to_the_last_line_of_the_letter() -> None:
    read = letter(
        TITLE,
        "张三代表：",
        ASKED,
        "一、打印社已搬迁。",
        THANKS,
        "抄送：市政府。",
        "【打印本页】",
        "上一篇：无",
    )

    assert read.text.split("\n") == [
        "张三代表：",
        ASKED,
        "一、打印社已搬迁。",
        THANKS,
        "抄送：市政府。",
    ]
    assert read.saluted


@pytest.mark.parametrize(
    "furniture",
    [
        "相关附件>>",
        "附件下载：",
        "【打印本页】 【关闭窗口】",
        "[我要打印][关闭]",
        "打印",
        "责任编辑：某某",
        "上一篇：无",
        "下一条",
        "扫一扫在手机打开当前页",
        "版权所有：青禾市民政局",
        "主办单位：青禾市人民政府",
        "（责任编辑：某某）",
        "（信息来源：青禾市民政局）",
        "责任编辑 王五",
        "校对：王五",
        "分享到微信",
        "分享：",
        "点击下载附件",
        "附件【清单.docx】已下载12次",
        f"附件【{'长' * 80}.docx】已下载 12 次",
        "【我要纠错】",
        "TOP",
    ],
)
def test_a_line_of_the_page_ends_the_letter(furniture: str) -> None:
    assert letter("张三代表：", ASKED, THANKS, furniture, "其他").text.endswith(THANKS)


@pytest.mark.parametrize(
    "line",
    [
        "相关政策落实情况如下。",
        "关闭小煤矿十二处。",
        "分享经济稳步发展。",
        "来源广泛，形式多样。",
        "主办方式灵活。",
        "附件：1.计划表",
        "（来源：青禾统计年鉴）",
        "分享到各区的做法有三条。",
        "纠错机制已经建立。",
        "TOP100企业名单已经公布。",
    ],
)
def test_a_line_of_the_letter_does_not_end_it(line: str) -> None:
    assert letter("张三代表：", ASKED, line, THANKS).text.endswith(f"{line}\n{THANKS}")


def test_a_letter_that_is_printed_twice_is_taken_once() -> None:
    once = ("张三代表：", ASKED, THANKS)

    assert letter(*once, "长者版", *once).text.split("\n") == [*once, "长者版"]


def test_a_letter_without_salutation_begins_after_its_head() -> None:
    read = letter(
        "A类", "青民函〔2021〕3号", "关于市七届人大三次会议", "第12号建议的答复", "一、情况"
    )

    assert read.text == "一、情况"
    assert not read.saluted
    assert read.addressees == ()
    assert read.opening == "一、情况"


def test_a_letter_of_nothing_but_its_title_keeps_it() -> None:
    assert letter(TITLE).text == TITLE


def test_the_opening_goes_past_a_greeting_and_over_lines() -> None:
    read = letter("张三代表：", "您好！", "您提出的《关于修桥的", "建议》收悉。", "一、已修。")

    assert read.opening == "您好！您提出的《关于修桥的建议》收悉。"


def test_a_long_first_line_is_opening_enough() -> None:
    read = letter("张三代表：", "您" * 700, "二")

    assert len(read.opening) == 600


@pytest.mark.parametrize(
    ("head", "number", "result", "openness"),
    [
        (("A", "公开", "青民发〔2021〕9号"), "青民发〔2021〕9号", "A", "公开"),
        (("Ｂ类　主动公开",), None, "B", "主动公开"),
        (("办理结果：（C）", "是否同意公开：是"), None, "C", "是"),
        (("青建复〔2017〕5号(B类)",), "青建复〔2017〕5号", "B", None),
        (("类别：D　签发人：张三",), None, "D", None),
        (("（A）类",), None, "A", None),
        (("B类（列入计划解决）",), None, "B", None),
        (("类别：A　公开程度：公开",), None, "A", "公开"),
        (("公开方式：网站", "公开选项：不予公开"), None, None, "不予公开"),
        (
            (
                "ABC",
                "公开方式由各单位自行确定。" * 6,
            ),
            None,
            None,
            None,
        ),
        ((), None, None, None),
    ],
)
def test_the_head_says_number_class_and_openness(
    head: tuple[str, ...], number: str | None, result: str | None, openness: str | None
) -> None:
    read = letter(*head, "张三代表：", ASKED)

    assert (read.document_number, read.result_class, read.openness) == (number, result, openness)


@pytest.mark.parametrize(
    ("line", "result", "openness"),
    [
        ("办理类别：A类", "A", None),
        ("办理结果：已解决（A类）", "A", None),
        ("建议提案办理结果：A类", "A", None),
        ("类别：A　公开程度：公开", "A", "公开"),
        ("（联系人：张三；公开方式：主动公开）", None, "主动公开"),
        ("公开形式：网站", None, None),
        ("（类别：B）", None, None),
        ("A", None, None),
        ("（此件公开发布）", None, "公开"),
        ("信息公开选项：依申请公开", None, "依申请公开"),
        ("公开情况见附件", None, None),
    ],
)
def test_the_last_lines_may_say_class_and_openness(
    line: str, result: str | None, openness: str | None
) -> None:
    read = letter("张三代表：", ASKED, THANKS, line)

    assert (read.result_class, read.openness) == (result, openness)


@pytest.mark.parametrize(
    ("opening", "role"),
    [
        ("您提出的建议收悉，现提出如下会办意见：", Role.JOINT),
        ("现将协办意见函复如下：", Role.JOINT),
        ("作为主办单位，我局现答复如下：", Role.LEAD),
        ("现将分办意见答复如下：", Role.SEPARATE),
        ("经综合会办意见，现将办理有关情况答复如下：", None),
        (ASKED, None),
    ],
)
def test_the_opening_says_in_what_part_the_author_answers(opening: str, role: Role | None) -> None:
    assert letter("张三代表：", opening, THANKS).role is role


def test_a_letter_is_signed_above_its_annex() -> None:
    annex = [f"{number}. 第{number}项措施" for number in range(60)]

    read = letter(
        "张三代表：", ASKED, THANKS, "青禾市民政局", "2023年7月3日", "联系人：李四", *annex
    )

    assert (read.signature, read.signed_on) == ("青禾市民政局", date(2023, 7, 3))
    assert read.contacts == (Contact("李四"),)


@pytest.mark.parametrize(
    ("line", "copies"),
    [
        ("抄送:省政府办公厅,省政协提案委员会。", ("省政府办公厅", "省政协提案委员会")),
        (
            "抄　送：市人大代工委、市政府督查室；区政府。　民政局印发",
            ("市人大代工委", "市政府督查室", "区政府"),
        ),
        ("（抄送：市政府督查室）", ("市政府督查室",)),
        ("分送：市政府督查室。", ("市政府督查室",)),
        ("请抄送市政府。", ()),
        ("抄送", ()),
    ],
)
def test_copies_are_a_list(line: str, copies: tuple[str, ...]) -> None:
    assert letter("张三代表：", ASKED, line).copied_to == copies


def test_copies_go_on_behind_a_comma() -> None:
    read = letter("张三代表：", ASKED, "抄送：市人大代工委，", "市政府督查室、", "区政府", "青禾市")

    assert read.copied_to == ("市人大代工委", "市政府督查室", "区政府")


def test_copies_end_with_the_letter() -> None:
    assert letter("张三代表：", ASKED, "抄送：市人大代工委，").copied_to == ("市人大代工委",)


def test_a_link_to_a_file_below_the_signature_is_the_pages() -> None:
    lines = ("张三代表：", "清单.docx", THANKS, "青禾市民政局", "2023年7月3日")

    read = read_letter((*lines, "清单.docx", "联系人：李四"), TITLE, ["清单.docx"])

    assert read.text.split("\n") == [*lines, "联系人：李四"]


@given(
    st.lists(
        st.text("张三、代表委员：:。 \t年月日0123456789一二（）联系人电话抄送公开AB局", max_size=40)
    )
)
def test_no_letter_raises(lines: list[str]) -> None:
    read = letter(*(line.strip() or "一" for line in lines))

    assert read.saluted == bool(read.addressee_role or read.addressees)
