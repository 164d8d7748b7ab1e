"""Index numbers and document numbers."""

from __future__ import annotations

import json
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


@given(
    st.text("青民发办函提建复字", min_size=1, max_size=8),
    st.integers(1949, 2100),
    st.integers(1, 99_999),
    st.sampled_from(["〔〕", "[]", "【】", "()", "（）", "「」", "<>", "［］", "〈〉"]),
    st.sampled_from(
        ["{}{}{}{}{}号", "{} {} {} {} {} 号", "{}:{}{}{}{}号", "{}{}{}{}第{}号", "{}{}{}{}{}"]
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
    ],
)
def test_what_has_no_shape_of_a_document_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="no document number"):
        read_document_number(printed)
    assert document_class(printed) is None


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
        ("", None),
    ],
)
def test_only_a_number_that_is_the_documents_own_is_found(line: str, number: str | None) -> None:
    assert find_document_number(line) == number


@given(st.text("复函（ (〔2021〕[]号第1青") | st.text())
def test_a_document_number_is_found_or_not(text: str) -> None:
    found = find_document_number(text)
    assert found is None or read_document_number(found) == found


@pytest.mark.parametrize("piece", ["函（", "青", "1", "〔2021〕", "-", "A/"])
def test_numbers_as_long_as_a_book_are_none(piece: str) -> None:
    assert find_document_number(piece * 50_000) is None
    with pytest.raises(ValueError, match="no index number"):
        read_index_number(piece * 50_000)
    with pytest.raises(ValueError, match="no document number"):
        read_document_number(piece * 50_000)


def test_the_real_index_numbers_are_read(corpus: Path) -> None:
    lines = (corpus / "domain" / "index_numbers.txt").read_text("utf-8").splitlines()[1:]
    shapes = [line.split("\t") for line in lines]
    answers = (corpus / "domain" / "api_index_and_doc_numbers.jsonl").read_text("utf-8")
    numbers = [row[0] for row in shapes if "damaged" not in row[-1]]
    numbers += [
        value for line in answers.splitlines() for _, value in json.loads(line)["index"] if value
    ]
    assert [read_index_number(number) for number in numbers] == [each.upper() for each in numbers]
    assert len(numbers) > 100


def test_the_real_document_numbers_are_read(corpus: Path) -> None:
    lines = (corpus / "domain" / "doc_numbers.txt").read_text("utf-8").splitlines()[1:]
    printed = [
        line.split("\t")[0] for line in lines if "copy" not in line and "号" in line.split("\t")[0]
    ]
    numbers = [read_document_number(each) for each in printed]
    assert [read_document_number(number) for number in numbers] == numbers
    assert [number for number in numbers if "〔" not in number] == ["政府令187号", "司法部令10号"]
    assert len(set(numbers)) == len(set(printed)) > 25
