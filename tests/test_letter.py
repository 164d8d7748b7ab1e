"""The letter: where it begins and ends, its head, its opening, its copies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.furniture import joined
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
        "长者版",
        "作者：某某",
        "下载附件：",
        "上一页 1 2 3 下一页",
        "浏览量：12",
        "政府网站纠错",
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
        "长者版块建设完成。",
        "作者群体不断扩大。",
        "第2页数据见上年报告。",
    ],
)
def test_a_line_of_the_letter_does_not_end_it(line: str) -> None:
    assert letter("张三代表：", ASKED, line, THANKS).text.endswith(f"{line}\n{THANKS}")


@pytest.mark.parametrize(
    ("below", "ends"),
    [
        (("会办单位：县交通局", "联系人：李四"), False),
        (("承办人：李四", "电话：5550001"), False),
        (("承办单位：县信息中心", "联系电话：5550001"), True),
        (("联系电话：5550001", "网站标识码：0000000001"), True),
        ((), True),
    ],
)
def test_the_office_in_charge_is_the_letters_above_its_other_offices(
    below: tuple[str, ...], ends: bool
) -> None:
    read = letter("张三代表：", ASKED, THANKS, "主办单位：县教育局", *below)

    assert read.text.endswith(THANKS if ends else below[-1])


def test_a_letter_that_is_printed_twice_is_taken_once() -> None:
    once = ("张三代表：", ASKED, THANKS)

    assert letter(*once, "长者版", *once).text.split("\n") == [*once]


def test_a_second_copy_is_left_out_with_its_head_though_its_blanks_differ() -> None:
    once = ("青民函〔2021〕3号", "张三代表：", ASKED, THANKS)
    again = (TITLE, "青民函〔2021〕 3号", "张三 代表：", ASKED, THANKS)

    assert letter(*once, *again).text.split("\n") == [*once[1:]]


def test_the_numbers_of_a_pager_are_left_out_though_each_is_a_line() -> None:
    assert letter("张三代表：", ASKED, "1", "2", "下一页").text.endswith(ASKED)


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
        (("类别标记: A",), None, "A", None),
        (("A（已解决）", "（主动公开）"), None, "A", "主动公开"),
        (("办理结果：已解决或基本解决（A类）",), None, "A", None),
        (("公开属性：此件主动公开",), None, None, "主动公开"),
        (("不公开", "公开意见：网站"), None, None, "不公开"),
        (("〔A〕", "〔公开〕", "青林函〔2022〕2号"), "青林函〔2022〕2号", "A", "公开"),
        (("【B类】【主动公开】",), None, None, None),
        (("【B类】 【主动公开】",), None, "B", "主动公开"),
        (("青资字〔2023〕5号 B1类 同意公开",), "青资字〔2023〕5号", None, "同意公开"),
        (("青汽发〔2020〕11号A类 同意公开",), "青汽发〔2020〕11号", "A", "同意公开"),
        (("青汽发〔2020〕11号A类同意公开",), "青汽发〔2020〕11号", "A", "同意公开"),
        (("青汽发[2020]11号（C类）（不予公开）",), "青汽发〔2020〕11号", "C", "不予公开"),
        (("根据青汽发〔2020〕11号文件A类",), None, None, None),
        (("青汽发〔2020〕11号文件印发",), None, None, None),
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
        ("（A类）", "A", None),
        ("（联系人：张三；办理结果：B；电话：5550001）", "B", None),
        ("办理结果为A类的有三件，其余见附件", None, None),
        (f"（{'联系人：张三；' * 12}办理结果：B）", None, None),
        ("此件主动公开", None, "主动公开"),
        ("（办理结果：B；此件公开）", "B", "公开"),
        ("A", None, None),
        ("（此件公开发布）", None, "公开"),
        ("信息公开选项：依申请公开", None, "依申请公开"),
        ("公开情况见附件", None, None),
        ("是否同意公开:（是）", None, "是"),
        ("（联系人：张三；公开范围：主动公开）", None, "主动公开"),
        ("公开范围：全市", None, None),
        ("办复类别：B类", "B", None),
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


@pytest.mark.parametrize("last", ["联系人：旧人 5550000”", "联系人：旧人 5550000”。"])
def test_what_an_older_letter_says_that_is_quoted_is_not_said_by_this_one(last: str) -> None:
    older = ("“李四委员：", "您提出的“一桥一策”收悉。", "抄送：市交通局。", last)
    read = letter("张三代表：", ASKED, *older, "现已完成。", "联系人：王五 5550001")

    assert read.contacts == (Contact("王五", ("5550001",)),)
    assert read.copied_to == ()
    assert older[2] in read.text


@pytest.mark.parametrize("quoted", ["“十四五”以来投入增加。", "“十四五以来投入增加。"])
def test_a_quotation_that_ends_nowhere_hides_nothing(quoted: str) -> None:
    read = letter("张三代表：", ASKED, quoted, "联系人：王五 5550001")

    assert read.contacts == (Contact("王五", ("5550001",)),)


def test_lines_of_any_length_are_read_in_time() -> None:
    for line in ("抄送：" + "，市局" * 10**6, "张三代表，" * 10**6, "１" * 10**6 + "号"):
        read = letter("张三代表：", ASKED, line)
        headed = read_letter([line, "张三代表：", ASKED], line)
        unsaluted = read_letter([line, ASKED], TITLE)

        assert len(read.copied_to) < 5_000
        assert headed.addressees == ("张三",)
        assert unsaluted.start == 0


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
        ("抄报单位：市委办公室（2份），市政府督查室（各1份）", ("市委办公室", "市政府督查室")),
        ("抄报：市委；抄送：市政府督查室", ("市委", "市政府督查室")),
        ("抄送：市人大代工委 市政府督查室。", ("市人大代工委", "市政府督查室")),
        ("抄送：市 政 府", ("市政府",)),
        ("抄送", ()),
        ("抄送：市人大选工委2份 市政府督查室１份", ("市人大选工委", "市政府督查室")),
        ("抄送：市人大选工委 2 份，市政府督查室3份。", ("市人大选工委", "市政府督查室")),
    ],
)
def test_copies_are_a_list(line: str, copies: tuple[str, ...]) -> None:
    assert letter("张三代表：", ASKED, line).copied_to == copies


def test_copies_go_on_behind_a_comma() -> None:
    read = letter("张三代表：", ASKED, "抄送：市人大代工委，", "市政府督查室、", "区政府", "青禾市")

    assert read.copied_to == ("市人大代工委", "市政府督查室", "区政府")


def test_copies_may_be_sent_up_and_down() -> None:
    lines = ("报：市政府", "抄报：市人大代工委，", "市政协提案委。", "抄送：区政府", "张三 印")

    read = letter("张三代表：", ASKED, *lines)

    assert read.copied_to == ("市人大代工委", "市政协提案委", "区政府")
    assert read.where["copied_to"] == " ".join(lines[1:4])


def test_copies_are_not_looked_for_without_end() -> None:
    read = letter("张三代表：", ASKED, "抄送：", *("市政府，",) * 9)

    assert read.copied_to == ("市政府",)
    assert len(read.where["copied_to"].split()) == 5


def test_copies_end_with_the_letter() -> None:
    assert letter("张三代表：", ASKED, "抄送：市人大代工委，").copied_to == ("市人大代工委",)


def test_a_link_to_a_file_below_the_signature_is_the_pages() -> None:
    lines = ("张三代表：", "清单.docx", THANKS, "青禾市民政局", "2023年7月3日")

    read = read_letter((*lines, "清单.docx", "联系人：李四"), TITLE, ["清单.docx"])

    assert read.text.split("\n") == [*lines, "联系人：李四"]


def test_annex_and_nothing_but_links_below_the_signature_are_the_pages() -> None:
    lines = ("张三代表：", ASKED, THANKS, "青禾市民政局", "2023年7月3日")

    assert read_letter((*lines, "附件：", "清单.docx"), TITLE, ["清单.docx"]).text.endswith("3日")
    assert read_letter((*lines, "附件：", "计划"), TITLE, ["清单.docx"]).text.endswith(
        "附件：\n计划"
    )


def test_each_field_knows_the_lines_that_say_it() -> None:
    head = ("青民函〔2021〕3号", "A　公开")
    opening = "您提出的建议收悉，由我局主办。"
    tail = (
        "青禾市民政局",
        "2023年",
        "7月3日",
        "联系人：李四",
        "电话：5550001",
        "抄送：市委，",
        "市府。",
    )

    where = letter(*head, "张三、", "王五代表：", opening, THANKS, *tail).where

    assert where == {
        "text": "张三、",
        "document_number": "青民函〔2021〕3号",
        "result_class": "A　公开",
        "openness": "A　公开",
        "addressees": "张三、 王五代表：",
        "addressee_role": "张三、 王五代表：",
        "role": opening,
        "signature": "青禾市民政局 2023年 7月3日",
        "signed_on": "青禾市民政局 2023年 7月3日",
        "contacts": "联系人：李四 电话：5550001",
        "copied_to": "抄送：市委， 市府。",
    }


def test_no_evidence_is_given_for_what_is_not_said() -> None:
    assert letter("一、已修。").where == {"text": "一、已修。"}


def test_the_bounds_are_those_of_the_lines_that_were_read() -> None:
    lines = ("青民函〔2021〕3号", "张三代表：", ASKED, "青禾市民政局", "2023年7月3日", "清单.docx")

    read = read_letter((*lines, "上一篇：无"), TITLE, ["清单.docx"])

    assert (read.start, read.end) == (1, 6)
    assert "清单" not in read.text


@pytest.mark.parametrize(
    ("last", "is_cut"),
    [
        ("近年来，我市大力推进城乡公共交通一体化，先后", True),
        ("一是加强，", True),
        ("具体情况如下：", True),
        (THANKS, False),
        ("感谢您对交通工作的关心和支持，欢迎监督", False),
        ("联系人：李四，联系电话：0000-5550001", False),
        ("附件：城乡公共交通一体化实施计划安排表", False),
        ("已修", False),
        ("全市合计\t城乡公共交通线路总数一百二十", False),
    ],
)
def test_a_letter_that_nobody_signs_and_that_stops_in_mid_sentence_is_cut(
    last: str, is_cut: bool
) -> None:
    assert letter("张三代表：", ASKED, last).cut is is_cut
    assert not letter("张三代表：", ASKED, last, "青禾市民政局", "2023年7月3日").cut


@pytest.mark.parametrize(
    ("lines", "linked", "is_shown", "is_elsewhere"),
    [
        (("详见附件。", "第12号建议的答复.pdf"), ("第12号建议的答复.pdf",), False, True),
        ((TITLE, "青民函〔2021〕3号", "附件1：函.pdf"), ("函.pdf",), False, True),
        ((), ("函.pdf",), False, True),
        ((TITLE,), (), True, True),
        ((TITLE,), (), False, False),
        (("张三代表：", "见附件。"), ("函.pdf",), False, False),
        (("我局已会同有关部门完成修桥，具体安排见附件。",), ("函.pdf",), False, False),
        (("您提出的建议收悉。",), ("函.pdf",), False, False),
        (tuple(f"附件{number}：" for number in range(80)), ("函.pdf",), False, False),
    ],
)
def test_a_letter_may_stand_in_a_file_alone(
    lines: tuple[str, ...], linked: tuple[str, ...], is_shown: bool, is_elsewhere: bool
) -> None:
    assert read_letter(lines, TITLE, linked, is_shown).in_attachment is is_elsewhere


def test_the_pages_of_a_letter_are_joined_without_what_each_prints_around_its_part() -> None:
    first = (TITLE, "来源：青禾", "张三代表：", ASKED, "一、", "1", "2", "下一页")
    second = (
        TITLE,
        "字体：大",
        "上一页 1 2",
        "二、",
        "青禾市民政局",
        "2023年7月3日",
        "【打印本页】",
        "x",
    )

    lines = joined([first, second])

    assert lines == [*first[:5], *second[3:6]]
    assert joined([first]) == [*first]


@given(
    st.lists(
        st.text("张三、代表委员：:。 \t年月日0123456789一二（）联系人电话抄送公开AB局", max_size=40)
    )
)
def test_no_letter_raises(lines: list[str]) -> None:
    read = letter(*(line.strip() or "一" for line in lines))

    assert read.saluted == bool(read.addressee_role or read.addressees)
