"""Days as they are printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.text.dates import days, find_date, read_date
from tests.test_chinese import chinese_numeral

DIGITS = "〇一二三四五六七八九"


def wide(text: str) -> str:
    return text.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})


def spelled(day: date) -> str:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese_numeral(day.month)}月{chinese_numeral(day.day)}日"


FORMS: tuple[Callable[[date], str], ...] = (
    date.isoformat,
    "{0:%Y-%m-%d} 09:24".format,
    "{0:%Y-%m-%d} 10∶08".format,
    "{0:%Y-%m-%d}T10:08:00Z".format,
    "{0:%Y-%m-%d}T23:59:59.000+08:00".format,
    "{0:%Y-%m-%d} 16:51-17:30".format,
    "{0:%Y%m%d}092430".format,
    "{0:%Y-%m-%d}（星期一）".format,
    "{0.year}.{0.month}.{0.day}.".format,
    "{0.year}年{0:%m}月{0.day} 日 星期一".format,
    "{0.year}年{0.month}⽉{0.day}⽇".format,
    "{0:%Y-%m-%d}09:24".format,
    "{0.year}-{0.month}-{0.day}".format,
    "{0.year}/{0.month}/{0.day} 9:24:05".format,
    "[{0:%Y.%m.%d}]".format,
    "{0:%Y——%m——%d 21:37}".format,
    "{0:%Y}-\n{0:%m}-\n{0:%d}".format,
    "{0.year} 年 {0.month}\u3000月 {0.day}\xa0日".format,
    "{0.year}年{0:%m}月{0:%d}日 13时44分".format,
    "{0.year}\u200b年{0.month}月{0.day}日印发".format,
    "发布时间：{0:%Y-%m-%d}，来源".format,
    "{0:%Y%m%d}".format,
    lambda day: wide(f"{day:%Y-%m-%d}"),
    lambda day: wide(f"{day:%Y.%m.%d}"),
    lambda day: wide(f"{day.year} 年 {day.month} 月 {day.day} 日"),
    spelled,
    lambda day: " ".join(spelled(day)),
    lambda day: spelled(day).replace("〇", " 〇 "),
    lambda day: spelled(day).replace("〇", "◯"),
    lambda day: spelled(day).replace("〇", "０"),
    lambda day: spelled(day).replace("〇", "Ｏ"),
    lambda day: spelled(day).replace("〇", "零"),
    lambda day: spelled(day).replace("〇", "○"),
    lambda day: spelled(day).replace("〇", "O"),
    lambda day: spelled(day).replace("〇", "\N{GREEK CAPITAL LETTER OMICRON}"),
    lambda day: spelled(day).replace("〇", "\N{GREEK SMALL LETTER OMICRON}"),
    lambda day: spelled(day).replace("〇", "\N{CYRILLIC CAPITAL LETTER O}"),
    lambda day: spelled(day).replace("〇", "\N{CYRILLIC SMALL LETTER O}"),
    lambda day: spelled(day).replace("二十", "廿").replace("三十", "卅"),
)


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_a_day_reads_back_however_it_is_printed(day: date) -> None:
    printed = [form(day) for form in FORMS]
    assert [read_date(each) for each in printed] == [day] * len(printed), printed


@pytest.mark.parametrize(
    "text",
    [
        *("", "无", "2019年7月", "7月3日", "2024-13-01", "2024-02-30", "二〇一九年十三月一日"),
        *("1948-12-31", "2101-01-01", "20240230", "18991231"),
        *("0871-60000012", "2026-02-00031", "01234567X-2020-163071", "青民发〔2021〕118号"),
        *("012345678/2017-00310", "2-2024-01-02", "2024-01-02-003", "2024.01.02.7"),
        *("二〇一九年七月", "24年1月2日", "24-01-02", "2024-1", "1月2日 2024", "2024年正月初三"),
        *(
            "二〇一九年七月三十二日",
            "二〇二三年二月三十日",
            "一二〇一九年七月三日",
            "OOOO年七月三日",
        ),
        *(
            "1688313600000",
            "20240102256060",
            "20240102 0924",
            "2024010209",
            "2023-2024-1",
            "2024元月3日",
        ),
        *("t20240102_553.html", "20240102号", "2024-01/02", "12024-01-02", "2024年百十月一日"),
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert find_date(text) is None
    with pytest.raises(ValueError, match="no day"):
        read_date(text)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2023-07-02T15:59:59Z", date(2023, 7, 2)),
        ("2023-07-02T16:00:00Z", date(2023, 7, 3)),
        ("2023-12-31T16:00:00.000Z", date(2024, 1, 1)),
        ("2023-07-02 16:00:00Z", date(2023, 7, 3)),
        ("2023-07-02T16:00Z", date(2023, 7, 3)),
        ("2023-07-02T23:00:00+08:00", date(2023, 7, 2)),
        ("2023-07-03T00:30:00+0900", date(2023, 7, 2)),
        ("2023-07-02T08:00:00-08:00", date(2023, 7, 3)),
        ("1948-12-31T16:00:00Z", None),
        ("2100-12-31T15:59:00Z", date(2100, 12, 31)),
        ("2100-12-31T16:00:00Z", None),
        ("9999-12-31T23:00:00Z", None),
        # no instant: the day stands as printed
        ("2023-07-02T16:00:00", date(2023, 7, 2)),
        ("2023-07-02T25:00:00Z", date(2023, 7, 2)),
        ("2023-07-02 16:00-17:30", date(2023, 7, 2)),
        ("2023-07-02 Z", date(2023, 7, 2)),
    ],
)
def test_an_instant_is_the_day_that_it_was_in_china(instant: str, day: date | None) -> None:
    found = find_date(instant)
    assert (found and found[0]) == day


@pytest.mark.parametrize(
    "printed", ["2019年元月3日", "二〇一九年元月三日", "２０１９ 年 元 月 ３ 日"]
)
def test_january_has_a_name(printed: str) -> None:
    assert read_date(printed) == date(2019, 1, 3)


def test_the_real_shapes_are_read(corpus: Path) -> None:
    labels = json.loads((corpus / "domain" / "labels.json").read_text("utf-8"))
    days_read = [read_date(shape) for shape in labels["date_shapes"]]
    assert all(2017 <= day.year <= 2026 for day in days_read)
    assert len(days_read) > 13


def test_the_first_day_that_is_one_is_found_with_its_place() -> None:
    text = "关于第2024号提案的答复2024-02-31 2024-03-04至二〇二四年五月六日"
    assert list(days(text)) == [
        (date(2024, 3, 4), text.index("2024-03"), text.index("至")),
        (date(2024, 5, 6), text.index("二〇"), len(text)),
    ]
    assert find_date(text) == next(days(text))


def test_eight_digits_are_a_day_only_alone() -> None:
    assert read_date("\u3000２０２４０１０２\n") == date(2024, 1, 2)
    assert find_date("20240102") is None


@given(st.text("0123456789-/.年月日〇一十 \n—O"))
def test_a_day_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert 1949 <= read_date(text).year <= 2100


@pytest.mark.parametrize(
    "piece", ["2024-", "1", " ", "二", "2024年1月", "—", "2024- ", "二 ", "二〇一九年 ", "年", "T"]
)
def test_a_long_text_without_a_day_is_read(piece: str) -> None:
    assert find_date(piece * 20_000) is None
    with pytest.raises(ValueError, match="no day"):
        read_date(piece * 20_000)
