"""The letter: head, salutation, text, signature, day, contacts, copies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.contacts import read_contacts
from replyarc.extract.letter import Letter, read_letter
from replyarc.extract.salutation import find_salutation, names
from replyarc.extract.signature import find_signature
from replyarc.model import AddresseeRole, Contact, Role

TITLE = "关于市七届人大三次会议第12号建议的答复"
ASKED = "您提出的《关于修桥的建议》收悉，现答复如下："
THANKS = "感谢您的关心和支持。"


def letter(*lines: str) -> Letter:
    return read_letter(lines, TITLE)


@pytest.mark.parametrize(
    ("line", "addressees", "role"),
    [
        ("余知秋代表:", ("余知秋",), AddresseeRole.DEPUTY),
        ("尊敬的赵六委员：您好！", ("赵六",), AddresseeRole.MEMBER),
        ("张三代表，您好：", ("张三",), AddresseeRole.DEPUTY),
        ("张三、李四委员：", ("张三", "李四"), AddresseeRole.MEMBER),
        ("张三委员、李四委员：", ("张三", "李四"), AddresseeRole.MEMBER),
        ("王五等代表：", ("王五",), AddresseeRole.DEPUTY),
        ("王五等５位代表：", ("王五",), AddresseeRole.DEPUTY),
        ("王 五、李 明 委员：", ("王五", "李明"), AddresseeRole.MEMBER),
        ("王五 李明亮 委员：", ("王五", "李明亮"), AddresseeRole.MEMBER),
        ("张三和李四委员：", ("张三", "李四"), AddresseeRole.MEMBER),
        ("尊敬的李和平、和晓梅代表：", ("李和平", "和晓梅"), AddresseeRole.DEPUTY),
        ("阿依古丽·买买提代表：", ("阿依古丽·买买提",), AddresseeRole.DEPUTY),
        ("张三代表（领衔）：", ("张三",), AddresseeRole.DEPUTY),
        ("张三、李四代表及附议代表：", ("张三", "李四"), AddresseeRole.DEPUTY),
        ("市人大代表张三：", ("张三",), AddresseeRole.DEPUTY),
        ("各位委员：", (), AddresseeRole.MEMBER),
        ("张三代表", ("张三",), AddresseeRole.DEPUTY),
        ("九三学社青禾省委:", ("九三学社青禾省委",), AddresseeRole.UNIT),
        ("民革市委会：", ("民革市委会",), AddresseeRole.UNIT),
        ("农工党市委，致公党市委：", ("农工党市委", "致公党市委"), AddresseeRole.UNIT),
        ("市政协经济委员会：", ("市政协经济委员会",), AddresseeRole.UNIT),
        ("市人大常委会代表工委：", ("市人大常委会代表工委",), AddresseeRole.UNIT),
        ("孙大同副主席：", ("孙大同副主席",), None),
    ],
)
def test_a_salutation_names_whom_it_addresses_and_as_what(
    line: str, addressees: tuple[str, ...], role: AddresseeRole | None
) -> None:
    found = find_salutation(("A", line, ASKED))

    assert found is not None
    assert (found.at, found.addressees, found.role) == (1, addressees, role)


@pytest.mark.parametrize(
    "line",
    [
        "领衔代表：张三",
        "人大代表：张三",
        "签发人：",
        "办理结果：",
        "现答复如下：",
        "青禾市民政局",
        "代表们对办理结果均表示满意。",
        "",
    ],
)
def test_what_is_no_salutation_is_none(line: str) -> None:
    assert find_salutation((line, ASKED)) is None


def test_a_name_without_a_colon_is_a_salutation_only_where_the_letter_then_speaks() -> None:
    assert find_salutation(("张三代表", "一、基本情况")) is None


def test_an_organ_and_a_colon_are_a_salutation_only_where_the_letter_then_begins() -> None:
    assert find_salutation(("市民政局：", "一、基本情况")) is None


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


DAY = date(2023, 7, 3)


@pytest.mark.parametrize(
    ("tail", "organ", "day"),
    [
        (("青禾市民政局", "2023年7月3日"), "青禾市民政局", DAY),
        (("青 禾 市 民 政 局", "二○二三年七月三日"), "青禾市民政局", DAY),
        (("青禾市民政局（盖章）", "2023 年 07 月 03 日"), "青禾市民政局", DAY),
        (("青禾市民政局", "（公章）", "2023.7.3"), "青禾市民政局", DAY),
        (("青禾市民政局　青禾市财政局", "2023-07-03"), "青禾市民政局 青禾市财政局", DAY),
        (
            ("中共青禾市委宣传部", "青禾市财政局", "2023年7月3日"),
            "中共青禾市委宣传部 青禾市财政局",
            DAY,
        ),
        (("青禾市人力资源 和社会保障局", "2023年7月3日"), "青禾市人力资源和社会保障局", DAY),
        (("青禾市民政局 2023年7月3日",), "青禾市民政局", DAY),
        (("青禾市民政局二〇二三年七月三日",), "青禾市民政局", DAY),
        (("2023年7月3日", "青禾市民政局"), "青禾市民政局", DAY),
        (("（2023年7月3日）",), None, DAY),
        (
            ("青禾市民政局", "2023年7月3日", "联系人：张三", "青禾市民政局办公室 2023年7月4日印发"),
            "青禾市民政局",
            DAY,
        ),
        (("青禾市民政局", "（联系人：张三）"), "青禾市民政局", None),
        (("青禾市民政局", "2023年7月"), "青禾市民政局", None),
        (("一、工作由民政局", "青禾市民政局"), None, None),
        (("截至2023年7月3日",), None, None),
        (("2023年13月40日",), None, None),
        (("青禾市民政局办公室 2023年7月4日印发",), None, None),
        ((), None, None),
    ],
)
def test_the_signature_stands_beside_the_day(
    tail: tuple[str, ...], organ: str | None, day: date | None
) -> None:
    found = find_signature((ASKED, THANKS, *tail))

    assert ((found.organ, found.day) if found else (None, None)) == (organ, day)


def test_a_letter_is_signed_above_its_annex() -> None:
    annex = [f"{number}. 第{number}项措施" for number in range(60)]

    read = letter(
        "张三代表：", ASKED, THANKS, "青禾市民政局", "2023年7月3日", "联系人：李四", *annex
    )

    assert (read.signature, read.signed_on) == ("青禾市民政局", DAY)
    assert read.contacts == (Contact("李四"),)


def test_a_day_alone_far_above_the_end_signs_nothing() -> None:
    assert find_signature(("2023年7月3日", *("一、措施。",) * 40)) is None


def test_at_most_a_few_organs_sign() -> None:
    found = find_signature((THANKS, *("青禾市民政局",) * 12, "2023年7月3日"))

    assert found is not None
    assert found.organ == " ".join(["青禾市民政局"] * 8)


@pytest.mark.parametrize(
    ("lines", "contacts"),
    [
        (
            ("联系人及电话:张小筱 0000-65550001,18000000000",),
            [("张小筱", "0000-65550001 18000000000")],
        ),
        (("联系人:张三,联系电话：0000—5550001",), [("张三", "0000-5550001")]),
        (("（联系人：张三；电话：（0000）5550001 转 8）",), [("张三", "0000-5550001")]),
        (
            ("承办负责人:丁一凡", "承办人及联系电话:任平生   0000—5550002"),
            [("丁一凡", ""), ("任平生", "0000-5550002")],
        ),
        (("联 系 人：王 五  联系电话：１３８ 0000 0000",), [("王五", "13800000000")]),
        (
            ("联系人：张三、李四", "联系电话：5550001、5550002"),
            [("张三", "5550001"), ("李四", "5550002")],
        ),
        (
            ("联系人：张三、李四；联系电话：0000-5550001",),
            [("张三", "0000-5550001"), ("李四", "0000-5550001")],
        ),
        (("联系人：张三 5550001，李四 5550002",), [("张三", "5550001"), ("李四", "5550002")]),
        (("联系单位：救助处  联系人：张三科长（科长） 科长 5550001",), [("张三科长", "5550001")]),
        (("联系人及电话：救助处 张三，5550001-802",), [("张三", "5550001-802")]),
        (("联系人：办公室 0000 5550001",), [("办公室", "0000-5550001")]),
        (("联系电话：0000-5550001",), []),
        (
            (
                "联系单位：民政局",
                "办理人员：",
            ),
            [],
        ),
        (("我局联系了各承办单位：" + "一" * 200,), []),
        (("电话回访三次。",), []),
    ],
)
def test_contacts_are_persons_with_their_numbers(
    lines: tuple[str, ...], contacts: list[tuple[str, str]]
) -> None:
    assert read_contacts(lines) == tuple(
        Contact(name, tuple(phones.split())) for name, phones in contacts
    )


@pytest.mark.parametrize(
    ("line", "copies"),
    [
        ("抄送:省政府办公厅,省政协提案委员会。", ("省政府办公厅", "省政协提案委员会")),
        (
            "抄　送：市人大代工委、市政府督查室；区政府。　民政局印发",
            ("市人大代工委", "市政府督查室", "区政府"),
        ),
        ("（抄送：市政府督查室）", ("市政府督查室",)),
        ("请抄送市政府。", ()),
        ("抄送", ()),
    ],
)
def test_copies_are_a_list(line: str, copies: tuple[str, ...]) -> None:
    assert letter("张三代表：", ASKED, line).copied_to == copies


@given(
    st.lists(
        st.text("张三、代表委员：:。 \t年月日0123456789一二（）联系人电话抄送公开AB局", max_size=40)
    )
)
def test_no_letter_raises(lines: list[str]) -> None:
    read = letter(*(line.strip() or "一" for line in lines))

    assert read.saluted == bool(read.addressee_role or read.addressees)


@given(st.text(max_size=60))
def test_names_are_words_without_blanks_around(text: str) -> None:
    found = names(text)

    assert all(name and name == name.strip() for name in found)
    assert len(set(found)) == len(found)
