"""What lasts of a text, and what only marks a visit."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.text.lasting import lasting, lasting_address


@pytest.mark.parametrize(
    "visit",
    [
        "浏览次数：12",
        "浏览次数： 1,345 次",
        "点击：[ 9 ]",
        "阅读量:0",
        "访问人数：12人",
        "本文已被浏览 123 次",
        "打印时间：2024-05-01 08:30:00",
        "当前时间：2024年5月1日 8:30",
        "今天是2024年5月1日 星期三",
        "今天是 2024/5/1，周三",
    ],
)
def test_counters_and_stamps_of_the_moment_say_nothing(visit: str) -> None:
    assert lasting(f"感谢您的建议。\n{visit}") == "感谢您的建议。"


@pytest.mark.parametrize(
    "said",
    [
        "接待来访访问 300 人次。",
        "浏览量：30万",
        "系统生成 2 份报告。",
        "二〇二四年五月一日",
        "2024年5月1日",
        "打印机 3 台",
        "建成阅读空间 12 个",
    ],
)
def test_what_a_letter_counts_is_said(said: str) -> None:
    assert lasting(said) == said.replace(" ", "").replace("：", ":")


def test_widths_of_digits_and_points_say_nothing() -> None:
    assert lasting("共１２件，已办结。（完）") == lasting("共12件,已办结。(完)")


@given(st.text(alphabet="浏览次数：今天是2024年5月1日 打印时间-/:,，[]次人\n", max_size=60))
def test_what_lasts_has_no_blanks_and_is_nothing_new(text: str) -> None:
    kept = iter(unicodedata.normalize("NFKC", text))
    assert all(letter in kept for letter in lasting(text))
    assert not any(letter.isspace() for letter in lasting(text))


@pytest.mark.parametrize(
    ("url", "lasts"),
    [
        ("http://a.test/1.pdf", "//a.test/1.pdf"),
        ("https://a.test/1.pdf?t=17&_=3", "//a.test/1.pdf"),
        ("https://a.test/1.pdf;jsessionid=0AF.n1?id=7&token=x", "//a.test/1.pdf?id=7"),
        ("http://[a.test/1.pdf", "http://[a.test/1.pdf"),
    ],
)
def test_of_an_address_lasts_what_names_the_file(url: str, lasts: str) -> None:
    assert lasting_address(url) == lasts
