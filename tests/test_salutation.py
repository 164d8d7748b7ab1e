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
        ("张三常委：", ("张三常委",), None),
        ("张三等12名人大代表：", ("张三",), AddresseeRole.DEPUTY),
        ("张三等政协委员：", ("张三",), AddresseeRole.MEMBER),
        ("张三、李四等十位市政协委员：", ("张三", "李四"), AddresseeRole.MEMBER),
        ("代表张三：", ("张三",), AddresseeRole.DEPUTY),
        ("您好，张三代表：", ("张三",), AddresseeRole.DEPUTY),
        ("致张三代表：", ("张三",), AddresseeRole.DEPUTY),
        ("主送：张三代表", ("张三",), AddresseeRole.DEPUTY),
        ("致公党市委会：", ("致公党市委会",), AddresseeRole.UNIT),
        ("张三代表；", ("张三",), AddresseeRole.DEPUTY),
        ("张三代表：：", ("张三",), AddresseeRole.DEPUTY),
        ("张三﹑李四､王五委员：", ("张三", "李四", "王五"), AddresseeRole.MEMBER),
        ("市工商联：", ("市工商联",), AddresseeRole.UNIT),
        ("第五代表小组：", ("第五代表小组",), AddresseeRole.UNIT),
        ("青禾代表团：", ("青禾代表团",), AddresseeRole.UNIT),
        ("市政协提案委员会并张三委员：", ("市政协提案委员会", "张三"), AddresseeRole.MEMBER),
        ("各位代表：", (), AddresseeRole.DEPUTY),
        ("尊敬的李明领衔代表：", ("李明",), AddresseeRole.DEPUTY),
        ("陳某某委員：", ("陳某某",), AddresseeRole.MEMBER),
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
        "一、张三代表提出建议的背景：",
        "内 容：",
        "主 题 词：",
        "分办单位：",
        "张三代表所提建议的办理进展：",
        "走访过的代表：张三、李四、王五、赵六、钱七",
        "张三代表。其他代表也提出过建议。",
        "",
    ],
)
def test_what_is_no_salutation_is_none(line: str) -> None:
    assert find_salutation((line, ASKED)) is None


def test_a_name_without_a_colon_is_a_salutation_only_where_the_letter_then_speaks() -> None:
    assert find_salutation(("张三代表", "一、基本情况")) is None


@pytest.mark.parametrize(
    "line",
    [
        "张三代表您提出的《关于修桥的建议》收悉：",
        "张三代表：您提出的《关于修桥的建议》收悉。",
        "民革市委会：贵会提出的《关于修桥的提案》收悉。",
        "市工商联：你会提出的《关于修桥的提案》收悉。",
    ],
)
def test_the_first_sentence_may_stand_on_the_line_of_the_salutation(line: str) -> None:
    found = find_salutation((line, "已修好。"))

    assert found is not None
    assert found.rest.endswith(("收悉。", "收悉："))
    assert found.addressees in (("张三",), ("民革市委会",), ("市工商联",))


@pytest.mark.parametrize(
    ("lines", "addressees", "at", "last"),
    [
        (("张三、李四、", "王五代表："), ("张三", "李四", "王五"), 0, 1),
        (("张三、李四", "王五代表："), ("张三", "李四", "王五"), 0, 1),
        (("张三\t李四", "王五\t代表："), ("张三", "李四", "王五"), 0, 1),
        (("张三代表", "李四代表："), ("张三", "李四"), 0, 1),
        (("张三代表：", "李四代表："), ("张三", "李四"), 0, 1),
        (("尊敬的", "张三代表："), ("张三",), 0, 1),
        (("张三", "代表："), ("张三",), 0, 1),
        (("张三代表", "："), ("张三",), 0, 1),
        (("托育、养老的建议的答复", "张三代表："), ("张三",), 1, 1),
        (("主动公开、全文", "张三代表："), ("张三",), 1, 1),
        (("青禾市、民政局", "张三代表："), ("张三",), 1, 1),
        (("张三", "李四代表："), ("李四",), 1, 1),
    ],
)
def test_names_may_go_on_over_lines(
    lines: tuple[str, ...], addressees: tuple[str, ...], at: int, last: int
) -> None:
    found = find_salutation((*lines, ASKED))

    assert found is not None
    assert (found.addressees, found.at, found.last) == (addressees, at, last)


def test_names_on_lines_without_end_are_read_to_a_bound() -> None:
    found = find_salutation((*("张三、李四、",) * 30, "王五代表：", ASKED))

    assert found is not None
    assert found.at == 22


def test_an_organ_without_a_colon_is_addressed_where_the_letter_says_so() -> None:
    found = find_salutation(("民革市委会", "贵会提出的提案收悉。"))

    assert found is not None
    assert found.role is AddresseeRole.UNIT


@pytest.mark.parametrize(
    "line",
    ["柳林街道：", "柳林镇：", "青禾县：", "民盟青禾县总支：", "致公党青禾支部：", "青禾银行："],
)
def test_the_endings_of_organs_make_a_unit(line: str) -> None:
    found = find_salutation((line, ASKED))

    assert found is not None
    assert (found.addressees, found.role) == ((line[:-1],), AddresseeRole.UNIT)


@pytest.mark.parametrize(
    ("line", "addressees"),
    [
        ("尊敬地张三委员：", ("张三",)),
        ("尊敬的王小五区人大代表：", ("王小五",)),
        ("张三全国人大代表：", ("张三",)),
        ("张三、李四市政协委员：", ("张三", "李四")),
        ("张国镇、李兴乡代表：", ("张国镇", "李兴乡")),
        ("张三等6位代表：", ("张三",)),
        ("张三委员并附议人：", ("张三",)),
    ],
)
def test_what_stands_beside_names_is_no_part_of_them(
    line: str, addressees: tuple[str, ...]
) -> None:
    found = find_salutation((line, ASKED))

    assert found is not None
    assert found.addressees == addressees


def test_the_word_of_respect_may_stand_on_a_line_of_its_own_misspelt() -> None:
    found = find_salutation(("尊敬地", "张三代表：", ASKED))

    assert found is not None
    assert (found.addressees, found.at) == (("张三",), 0)


def test_a_salutation_may_be_the_last_line() -> None:
    assert find_salutation(("张三代表", "：")) is not None
    assert find_salutation(("张三代表：",)) is not None


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
        (("（联系人：张三；电话：（0000）5550001 转 8）",), [("张三", "0000-5550001-8")]),
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
        (("联系人：张三，5550001转802",), [("张三", "5550001-802")]),
        (("联系方式：张三，5550001",), [("张三", "5550001")]),
        (("联系电话：办公室 5550001",), []),
        (("联系电话：张三",), []),
        (("经办人：张三 5550001",), [("张三", "5550001")]),
        (("领导签发：王五\t承办人：张三\t联系电话：5550001",), [("张三", "5550001")]),
        (("签发人：王五",), []),
        (
            ("（联系人：张三，电话：5550001；李四，电话：5550002）",),
            [("张三", "5550001"), ("李四", "5550002")],
        ),
        (
            ("联系人：张三 电话：5550001、李四 电话：5550002、王五 电话：5550003",),
            [("张三", "5550001"), ("李四", "5550002"), ("王五", "5550003")],
        ),
        (("联系人：张三，电话：5550001，办公室",), [("张三", "5550001")]),
        (("联系电话：5550001，欢迎来电",), []),
        (("单位负责人：王五 联系人：张三 电话：5550001",), [("张三", "5550001")]),
        (("联系人：张三 主管领导：王五 电话：5550001",), [("张三", "5550001")]),
        (("承办人：张三 领导签字：王五",), [("张三", "")]),
        (("领导签批：王五", "领导署名：", "承办人：张三"), [("张三", "")]),
        (("承办人：张三", "联系电话；5550001"), [("张三", "5550001")]),
        (("承办人：张三", "联系电话；见附件"), [("张三", "")]),
        (("联系单位：救助处", "联系电话：5550001", "联 系 人：张三"), [("张三", "5550001")]),
        (("签发人:王五,承办人:张三,联系电话:0000—5550001。",), [("张三", "0000-5550001")]),
        (("联系人：张三",), [("张三", "")]),
        (("承办责任人：张三", "承办人：李四 5550001"), [("张三", ""), ("李四", "5550001")]),
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
