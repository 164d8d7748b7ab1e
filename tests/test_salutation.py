"""To whom a letter is written, and whom it names for questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.contacts import read_contacts
from replyarc.extract.salutation import find_salutation, names
from replyarc.model import AddresseeRole, Contact

ASKED = "您提出的《关于修桥的建议》收悉，现答复如下："


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
        ("农工党中央：", ("农工党中央",), AddresseeRole.UNIT),
        ("共青团中央、民革中央:", ("共青团中央", "民革中央"), AddresseeRole.UNIT),
        ("农业界别：", ("农业界别",), AddresseeRole.UNIT),
        ("刘  强　委 员 :", ("刘强",), AddresseeRole.MEMBER),
        ("侯 某 某 代 表：", ("侯某某",), AddresseeRole.DEPUTY),
        ("张三委员并转市政协提案委：", ("张三",), AddresseeRole.MEMBER),
        ("民建市委会，并请转李四委员：", ("民建市委会",), AddresseeRole.UNIT),
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
        (("联系人：张三，公开方式：5550001",), [("张三", "")]),
        (("联系人：张三，联络方式：5550001",), [("张三", "5550001")]),
        (("联系人：张三 5550001，传真：5550002，邮编：655500",), [("张三", "5550001")]),
        (("联系人：张三 传真 5550002 办公地址：一号路",), [("张三", "")]),
        (("联系人：张三，电话/传真：5550001",), [("张三", "5550001")]),
        (
            ("承办人：张三", "电子邮箱：zs5550009@qinghe.test", "手机：18000000000"),
            [("张三", "18000000000")],
        ),
        (("联系人：张三；公开属性：主动公开；签发人：李四",), [("张三", "")]),
        (("联络员：张三 5550001",), [("张三", "5550001")]),
        (("联系单位及电话：青禾市民政局 0000-5550001",), [("青禾市民政局", "0000-5550001")]),
        (("联系科室：发展和规划科，联系电话：5550001",), [("发展和规划科", "5550001")]),
        (("联系单位：民政局、财政局，联系电话：5550001",), []),
        (("联系单位：青禾市民政局",), []),
        (("联系单位及联系人：救助处 张三 5550001",), [("张三", "5550001")]),
        (("联系单位及电话：救助处 5550001", "联系人：张三"), [("张三", "5550001")]),
        (("联系单位及电话：救助处 5550001", "联系人：张三、李四"), [("张三", ""), ("李四", "")]),
        (("联系电话：5550001，联系人：张三",), [("张三", "5550001")]),
        (("电话：5550001，联系人：张三，手机：18000000000",), [("张三", "18000000000")]),
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


@given(st.text(max_size=60))
def test_names_are_words_without_blanks_around(text: str) -> None:
    found = names(text)

    assert all(name and name == name.strip() for name in found)
    assert len(set(found)) == len(found)
