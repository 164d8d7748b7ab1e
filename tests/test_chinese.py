"""Widths, blanks and numerals."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from replyarc.text.chinese import ZEROS, narrow, numeral, one_line, squeeze

DIGITS = "〇一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """Write 1 to 9999 with units, as a person would: 1020 is 一千零二十, 12 is 十二."""
    written = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += DIGITS[digit] + name
        elif written and number and not written.endswith("零"):
            written += "零"
    return written.removeprefix("一") if written.startswith("一十") else written


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("  文\u3000\u3000号\xa0： \n\t甲 ", "文 号 ： 甲"),
        ("\ufeff答\u200b复\u200d\xad\x00\x7f", "答复"),
        ("e\u0301", "\xe9"),
        ("e\u200b\u0301", "\xe9"),
        ("甲\u2028乙\x85丙\u2003丁", "甲 乙 丙 丁"),
        ("\u200e\u3000", ""),
    ],
)
def test_one_line_keeps_what_is_seen(printed: str, line: str) -> None:
    assert one_line(printed) == line


@given(st.text())
def test_one_line_is_idempotent_and_normal(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert unicodedata.is_normalized("NFC", line)
    assert line.split() == line.split(" ") or line == ""


@given(st.text())
@example("e \u0301")
def test_squeeze_leaves_no_blank(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
    assert not any(map(str.isspace, squeeze(text)))


@given(st.text())
def test_narrow_keeps_every_letter_at_its_place(text: str) -> None:
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_narrow_undoes_every_full_width_form(text: str) -> None:
    wide = text.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)} | {0x20: 0x3000})
    assert narrow(wide) == text


@pytest.mark.parametrize(
    ("printed", "letters"),
    [
        ("⼈⼤代表7⽉3⽇", "人大代表7月3日"),
        ("⼆〇⼀九年⼗⽉", "二〇一九年十月"),
        ("﹝2021﹞︹3︺﹕﹣", "〔2021〕〔3〕:-"),
        ("…①㈠㎡", "…①㈠㎡"),  # more than one letter, or a sign of its own
    ],
)
def test_other_forms_of_a_letter_are_that_letter(printed: str, letters: str) -> None:
    assert narrow(printed) == letters
    assert narrow(printed * 500) == letters * 500


@given(st.integers(1, 9999))
def test_a_numeral_reads_back_however_it_is_printed(number: int) -> None:
    arabic = f"{number:05}"
    positional = "".join(DIGITS[int(digit)] for digit in str(number))
    spelled = chinese_numeral(number)
    wide = arabic.translate({digit: digit + 0xFEE0 for digit in range(48, 58)})
    tens = spelled.replace("二十", "廿").replace("三十", "卅").replace("二百", "两百")
    printed = (arabic, wide, positional, spelled, tens)
    assert [numeral(each) for each in printed] == [number] * len(printed)


@pytest.mark.parametrize("zero", ZEROS)
def test_many_signs_stand_for_zero(zero: str) -> None:
    assert numeral(f"二{zero}一九") == 2019
    assert numeral(f"一百{zero}三") == 103


@pytest.mark.parametrize(
    ("printed", "number"),
    [("〇", 0), ("零", 0), ("0", 0), ("一百十二", 112), ("〇一二", 12), ("两", 2), ("１２", 12)],
)
def test_a_numeral_in_rarer_spellings(printed: str, number: int) -> None:
    assert numeral(printed) == number


@pytest.mark.parametrize(
    "printed",
    [
        *("", " ", "号", "O", "○", "百", "十百", "一百二", "一千二", "零十", "十十", "一百零"),
        *("二十零一", "三千百", "一千零二百", "2O19", "12a", "²", "٣", "-1", "1.5", "一号", "十号"),
        *("9" * 5000, "一" * 41, "九" * 100_000, "千" * 40),
    ],
)
def test_what_is_no_numeral_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        numeral(printed)


@given(st.text("〇零○Oo0123一二九十百千两廿卅 号a"))
def test_a_numeral_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert numeral(text) >= 0
