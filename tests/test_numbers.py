"""Index numbers and document numbers."""

from __future__ import annotations

import csv
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.numbers import (
    document_class,
    find_document_number,
    read_document_number,
    read_index_number,
)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("012345678/2017-00310", "012345678/2017-00310"),
        ("012345678/2019-608112", "012345678/2019-608112"),
        ("9900000161203/20210031", "9900000161203/20210031"),
        (" 01234567x/2023-00731\u3000", "01234567X/2023-00731"),
        ("11990600012345678J/2022-754631", "11990600012345678J/2022-754631"),
        ("01234567X-2020-163071", "01234567X-2020-163071"),
        ("01234567-9-30/2020-1118004", "01234567-9-30/2020-1118004"),
        ("LH991082-001/2013-75141", "LH991082-001/2013-75141"),
        ("012345670-13_A/2019-0904002", "012345670-13_A/2019-0904002"),
        ("B00900-2024-7458661", "B00900-2024-7458661"),
        ("2026-02-00031", "2026-02-00031"),
        ("LB001-A02-2010-0012", "LB001-A02-2010-0012"),
        ("９９０３０３００６／２０１９－０００２４", "990303006/2019-00024"),
        ("990303006/2019–00024\u200b", "990303006/2019-00024"),
        ("990303006 / 2019 - 00024", "990303006/2019-00024"),
        ("11990600012345678P-/2023-0810001", "11990600012345678P-/2023-0810001"),
        ("990303006/2019-00024；", "990303006/2019-00024"),
        ("990303006/2019-00024。", "990303006/2019-00024"),
        ("990303006/2019-00024.", "990303006/2019-00024"),
        ("990303006/2019——00024", "990303006/2019-00024"),
        ("990303006∕2019﹣00024", "990303006/2019-00024"),
        # an empty class behind the check digit of an organ
        ("01234567-9-/2020-1118004", "01234567-9-/2020-1118004"),
        # letters for the office and the class, a long serial of a time or of a place
        ("qhx/1638241749241", "QHX/1638241749241"),
        ("qhxzfhcxjsj/2024-00008", "QHXZFHCXJSJ/2024-00008"),
        ("QH-990115-2025-01696", "QH-990115-2025-01696"),
        ("000000000-2019-00010", "000000000-2019-00010"),
        ("9914810015/zfbgs/20210310702900003278", "9914810015/ZFBGS/20210310702900003278"),
        # rules that places have published: area, office, class, group, day, serial; 21 figures
        ("LY001-B03-2011-00027", "LY001-B03-2011-00027"),
        ("990281-003-B-0102-20110305-7", "990281-003-B-0102-20110305-7"),
        ("990000016120320210031", "990000016120320210031"),
        # more than the number
        ("990303006/2019-00024 主题分类：综合政务", "990303006/2019-00024"),
        ("990303006/2019-00024\n主 题 分 类：\n综合政务", "990303006/2019-00024"),
        ("索 引 号：990303006/2019-00024", "990303006/2019-00024"),
        ("990303006/2019-00024 统一登记号", "990303006/2019-00024"),
        ("990303006/2019-00024\n发布机构", "990303006/2019-00024"),
        ("信息索引号:990303006/2019-00024发布机构：某局", "990303006/2019-00024"),
    ],
)
def test_an_index_number_has_one_normal_form(printed: str, number: str) -> None:
    assert read_index_number(printed) == number


@pytest.mark.parametrize(
    "printed",
    [
        *("", "无", "暂无", "-", "—", "——", "/", "：", "空", "[ ]", "null"),
        *("2024-01-02", "2024/1/2", "2024-2025", "12/2024", "13:44", "20240102"),
        *("0871-60000012", "010-12345678", "18500000000", "11990500MB12345678", "001009004016007"),
        *(
            "关于第12号建议的答复",
            "青民发〔2021〕118号",
            "建议提案办理",
            "COVID-19",
            "information-1",
        ),
        *("012345678\\x814-00546", "012345678\x814-00546", "990303006//2019-00024"),
        *("990303006/-2019-00024", "990303006--/2019-00024", "990303006-/", "；", "2024-01-02。"),
        *("990303006/2019-00024/", "http://a.gov.test/2020-00012345"),
        # two numbers, or one and something else
        *(
            "990303006/2019-00024、990303006/2019-00025",
            "990303006/2019-00024 990303006/2019-00025",
        ),
        *("990303006/2019-00024 12", "990303006/2019-00024 见附件", "990303006/2019-00024；/"),
        *("990303006/2019-00024号", "990303006/2019-00024 号", "990303006/" + "1" * 25),
        *("990000016120399990031", "99000001612032021003", "990303006/2019-00024" + "0" * 500),
    ],
)
def test_what_has_no_shape_of_an_index_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="no index number"):
        read_index_number(printed)


@given(st.text("0123456789AXa/-－／ _.\u3000") | st.text())
def test_the_normal_form_of_an_index_number_is_its_own(text: str) -> None:
    with suppress(ValueError):
        number = read_index_number(text)
        assert read_index_number(number) == number


PARTS = st.lists(st.text("0123456789AXZ_.", min_size=1, max_size=6), min_size=1, max_size=5)


@given(
    st.text("0123456789AX", min_size=9, max_size=18),
    PARTS,
    st.integers(100_000, 10**9),
    st.sampled_from("/-"),
    st.lists(
        st.sampled_from(["{}", " {}", "{} ", "\u200b{}", "\u3000{}\n"]), min_size=2, max_size=2
    ),
    st.booleans(),
)
def test_an_index_number_reads_back_however_it_is_printed(
    code: str, parts: list[str], serial: int, sign: str, blanks: list[str], is_wide: bool
) -> None:
    number = f"{code}{sign}{'-'.join(parts)}-{serial}"
    printed = number.replace("/", blanks[0].format("/")).replace("-", blanks[1].format("-"))
    if is_wide:
        printed = printed.lower().translate({at: at + 0xFEE0 for at in range(0x21, 0x7F)})
    assert read_index_number(printed) == number


@given(
    st.text("青民发办函提建复字", min_size=1, max_size=8),
    st.integers(1949, 2100),
    st.integers(1, 99_999),
    st.sampled_from(
        [
            "〔〕",
            "[]",
            "【】",
            "()",
            "（）",
            "「」",
            "<>",
            "［］",
            "〈〉",
            "﹝﹞",
            "︹︺",
            "〔]",
            "{}",
        ]
    ),
    st.sampled_from(
        [
            *("{}{}{}{}{}号", "{} {} {} {} {} 号", "{}:{}{}{}{}号", "{}{}{}{}第{}号", "{}{}{}{}{}"),
            *("{}第{}{}{}{}号", "{}{}{}年{}{}号", "{}{}{}{}年第{}号", "文号：{}{}{}{}{}号。"),
            *(
                "（{}{}{}{}{}号）",
                "{}{}{}{}{}号 签发人：某某",
                "{}{}{}{}{}号\n成文日期：2025年6月1日",
            ),
            *("{}{}{}{}{}号（Ａ类）", "{}{}{}{}{}号（已失效）", "Ｂ类 {}{}{}{}{}号 主动公开"),
            "【发文字号：{}{}{}{}{}号】",
        ]
    ),
)
def test_a_document_number_reads_back_however_it_is_printed(
    issuer: str, year: int, serial: int, brackets: str, form: str
) -> None:
    printed = form.format(issuer, brackets[0], year, brackets[1], serial)
    number = f"{issuer}〔{year}〕{serial}号"
    assert read_document_number(printed) == number
    assert read_document_number(number) == number


@pytest.mark.parametrize(
    ("printed", "number", "result_class"),
    [
        ("建议字：〔2023〕8号", "建议字〔2023〕8号", None),
        ("白建复〔2018〕6号(B类)", "白建复〔2018〕6号", "B"),
        ("白建复〔2018〕6号Ａ类", "白建复〔2018〕6号", "A"),
        ("青发改价管(2012)020号", "青发改价管〔2012〕020号", None),
        ("青科函〔2024〕A12号", "青科函〔2024〕A12号", None),
        ("青科函〔2024〕12-3号", "青科函〔2024〕12-3号", None),
        ("政府令187号", "政府令187号", None),
        ("司法部令第10号", "司法部令10号", None),
        ("某总局公告2021年第5号", "某总局公告2021年5号", None),
        ("市政府令〔2021〕3号", "市政府令〔2021〕3号", None),
        ("清源市人民政府令（第328号）", "清源市人民政府令328号", None),
        ("市政府第一百八十七号令", "市政府令187号", None),
        ("市政府令第一八七号", "市政府令187号", None),
        ("某总局公告（2018年 第12号）", "某总局公告2018年12号", None),
        ("某总局2018年第31号公告", "某总局公告2018年31号", None),
        ("青建复〔2018〕6（B类）", "青建复〔2018〕6号", "B"),
        ("青建复〔2018〕6号 分类：Ｃ", "青建复〔2018〕6号", "C"),
        ("青建复〔2018〕6号（办理结果：D）", "青建复〔2018〕6号", None),
        ("青资字〔2023〕5号 A类 同意公开", "青资字〔2023〕5号", "A"),
        ("青汽发〔2020〕11号B类不同意公开", "青汽发〔2020〕11号", "B"),
        # other classes than A to D mean other things, and so does a class of a class
        ("青资字〔2023〕5号 B1类 同意公开", "青资字〔2023〕5号", None),
        ("青建复〔2018〕6号(乙类)", "青建复〔2018〕6号", None),
        ("青民发〔二〇二一〕一百一十八号", "青民发〔2021〕118号", None),
        ("青民发〔二○二一〕〇二〇号", "青民发〔2021〕020号", None),
        ("青建函〔2024〕B-12号", "青建函〔2024〕B-12号", None),
        ("青建函〔2024〕12A号", "青建函〔2024〕12A号", None),
        ("青建函〔2024〕12—15号", "青建函〔2024〕12-15号", None),
        ("610办〔2005〕3号", "610办〔2005〕3号", None),
        # without brackets the word 年 must tell what is the year
        ("青民发2021年第118号", "青民发〔2021〕118号", None),
        ("某县关于印发方案的通知（青府办发〔2021〕54号）", "青府办发〔2021〕54号", None),
    ],
)
def test_a_document_number_and_the_class_behind_it(
    printed: str, number: str, result_class: str | None
) -> None:
    assert (read_document_number(printed), document_class(printed)) == (number, result_class)


@pytest.mark.parametrize(
    "printed",
    [
        *("", "无", "—", "大 中 小", "[大 中 小]", "[ ]", "118号", "〔2021〕118号", "令第3号"),
        *("青民发〔1921〕118号", "青民发2021118号", "青民发〔2021〕号", "2021年6月4日"),
        *("关于第12号建议的答复", "青民发〔2021〕118号和119号", "12345", "B类"),
        *(
            "青民发〔2021〕118号、119号",
            "青民发〔2021〕118号 青财发〔2021〕3号",
            "青民发〔2021118号",
        ),
        *("青民发〔2021〕118号(2)", "青民发〔2021〕118 号外", "青民发〔2021〕OO号", "青民提函"),
        *("青资字〔2023〕5号 B1", "青资字〔2023〕5号 同意", "青资字〔2023〕5号B12类"),
        *("青民发2021-118号", "县政府2021年第3号", "2021〔2021〕3号", "字号：〔2023〕8号"),
        *("青府發〔2017〕92號", "公告2021年第5号", "青民发〔二二一〕3号", "青民发〔2021〕十百号"),
        *("青民发〔2021〕12345678号", "《某办法》（青民发〔2021〕118号）", "青民发2021年118"),
    ],
)
def test_what_has_no_shape_of_a_document_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="no document number"):
        read_document_number(printed)
    assert document_class(printed) is None


DIFFERENT = (
    *("青民函〔2024〕12-15号", "青民函〔2024〕1215号", "青民函〔2024〕12号", "青民函〔2023〕12号"),
    *("青民函〔2024〕020号", "青民函〔2024〕20号", "青民函〔2024〕A20号", "青民函〔2024〕A-20号"),
    *("青民函〔2024〕20A号", "青民函〔2024〕a20号", "青民办函〔2024〕20号", "青民字函〔2024〕20号"),
    *("六〇办〔2024〕20号", "六0办〔2024〕20号", "六O办〔2024〕20号", "六o办〔2024〕20号"),
    *("青政公告2024年20号", "青政公告〔2024〕20号", "青政公告20号", "青政令20号", "青政通告20号"),
)


def test_two_different_document_numbers_stay_two() -> None:
    assert [read_document_number(number) for number in DIFFERENT] == [*DIFFERENT]


@given(st.text("青发函字第号〔[2021]〕年0〇一百A-:：令公告（） 文B类、") | st.text())
def test_the_normal_form_of_a_document_number_is_its_own(text: str) -> None:
    with suppress(ValueError):
        number = read_document_number(text)
        assert read_document_number(number) == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("　　青民案〔2023〕106号", "青民案〔2023〕106号"),
        ("青民发〔2021〕118号     签发人：李某某", "青民发〔2021〕118号"),
        ("文号：青民发 〔2021〕 118号", "青民发〔2021〕118号"),
        ("（青药监建〔2025〕67号）", "青药监建〔2025〕67号"),
        ("白建复〔2018〕6号(B类)", "白建复〔2018〕6号"),
        ("关于第1号提案答复的函（青医保函〔2024〕212号）", "青医保函〔2024〕212号"),
        ("关于第1号提案答复的函 (文号 建提复字〔2023〕第29号)", "建提复字〔2023〕29号"),
        ("关于第1号建议的答复 青办函〔2006〕71号", "青办函〔2006〕71号"),
        ("按照《某某办法》（白政办发〔2018〕137号）", None),
        ("按照白政办发〔2018〕137号文件要求", None),
        ("依据有关文件（白政办发〔2018〕137号）执行。", None),
        ("关于落实白政办发〔2018〕137号文的建议的答复", None),
        ("青民案〔1023〕106号", None),
        # above a letter, beside the class of the result
        ("Ａ 类 \u3000青民函〔2024〕3号", "青民函〔2024〕3号"),
        ("类别：A    青民函〔2024〕3号", "青民函〔2024〕3号"),
        ("公开  签发人：李某  青市监局函〔2024〕3号", "青市监局函〔2024〕3号"),
        ("青民函〔2024〕3号 A 公开", "青民函〔2024〕3号"),
        # before the first word of a title, or glued to its last
        ("青卫函〔2024〕14号关于第12号提案的答复", "青卫函〔2024〕14号"),
        ("（青卫函〔2024〕14号）对第12号提案的答复", "青卫函〔2024〕14号"),
        ("关于第12号提案的答复青卫函〔2024〕14号", "青卫函〔2024〕14号"),
        ("关于第12号提案的会办意见青卫函〔2024〕14号", "青卫函〔2024〕14号"),
        ("关于第12号提案的意见的通知（青府办〔2024〕7号）", "青府办〔2024〕7号"),
        # where the number begins is not to be told, or it is another's
        ("清源市卫生健康局青卫函〔2024〕14号关于第12号提案的答复", None),
        ("清源市卫健委青卫函〔2024〕14号关于第12号提案的答复", None),
        ("关于第12号建议的答复函〔2024〕14号", None),
        ("根据青民发〔2021〕1号关于加强服务的意见", None),
        ("关于加强服务的建议（青民函〔2024〕3号）的答复", None),
        ("青民函〔2024〕3号、4号", None),
        ("青民函〔2024〕3", None),
        ("", None),
    ],
)
def test_only_a_number_that_is_the_documents_own_is_found(line: str, number: str | None) -> None:
    assert find_document_number(line) == number


@given(st.text("复函（ (〔2021〕[]号第1青") | st.text())
def test_a_document_number_is_found_or_not(text: str) -> None:
    found = find_document_number(text)
    assert found is None or read_document_number(found) == found


PIECES = (
    "函（",
    "青",
    "1",
    "〔2021〕",
    "-",
    "A/",
    "号",
    " ",
    "的答复青号",
    "文号：",
    "A ",
    "〇",
    "年第",
)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("letters", [490, 100_000])
def test_numbers_as_long_as_a_book_are_none(piece: str, letters: int) -> None:
    text = piece * (letters // len(piece))
    assert find_document_number(text) is None
    assert document_class(text) is None
    with pytest.raises(ValueError, match="no index number"):
        read_index_number(text)
    with pytest.raises(ValueError, match="no document number"):
        read_document_number(text)


def _answers(corpus: Path, field: str) -> list[str]:
    lines = (corpus / "domain" / "api_index_and_doc_numbers.jsonl").read_text("utf-8").splitlines()
    return [value for line in lines for _, value in json.loads(line)[field] if value]


def _table(corpus: Path, name: str) -> list[list[str]]:
    lines = (corpus / "domain" / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_the_real_index_numbers_are_read(corpus: Path) -> None:
    rows = _table(corpus, "index_numbers.txt")
    damaged = [number for number, _, shape in rows if "damaged" in shape]
    numbers = [number for number, _, _ in rows if number not in damaged]
    numbers += _answers(corpus, "index")
    assert [read_index_number(number) for number in numbers] == [each.upper() for each in numbers]
    assert len(numbers) > 100
    assert len(damaged) == 1
    with pytest.raises(ValueError, match="no index number"):
        read_index_number(damaged[0])


def test_the_real_document_numbers_are_read(corpus: Path) -> None:
    rows = _table(corpus, "doc_numbers.txt")
    # An office's word without a number is none; traditional letters stand on forged copies only.
    refused = [printed for printed, _, kind in rows if kind == "rule" or "copy" in kind]
    printed = [each for each, _, _ in rows if each not in refused]
    numbers = [read_document_number(each) for each in printed]
    assert [read_document_number(number) for number in numbers] == numbers
    assert [number for number in numbers if "〔" not in number] == ["政府令187号", "司法部令10号"]
    assert len(set(numbers)) == len(set(printed)) > 35
    assert len(refused) == 3
    for each in refused:
        with pytest.raises(ValueError, match="no document number"):
            read_document_number(each)


def test_the_real_numbers_of_answers_and_citations_are_read(corpus: Path) -> None:
    answers = _answers(corpus, "doc_no")
    # Markup of a search: who asks a search's answer for a number takes its tags out before.
    marked = [each for each in answers if "<em>" in each]
    titles = [each for each in answers if "关于" in each and each not in marked]
    plain = [each for each in answers if each not in (*marked, *titles)]
    cited = (corpus / "domain" / "cited_doc_numbers.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in cited if not line.startswith("#"))
    plain += [row["document_number"] for row in rows if row["document_number"]]
    brackets = str.maketrans("【】[]（）", "〔〕〔〕〔〕", "\u200b\u200d 第")
    assert [read_document_number(each) for each in plain] == [
        each.translate(brackets) for each in plain
    ]
    assert len(plain) > 100
    assert [read_document_number(each) for each in titles] == [
        re.findall(r"[（知](\w+〔\d+〕\d+号)", each)[-1] for each in titles
    ]
    assert (len(marked), len(titles)) == (1, 3)
