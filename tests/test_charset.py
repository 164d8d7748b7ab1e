from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.text.charset import CODECS, decode

LETTER = "关于市八届人大三次会议第018号建议的答复"
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)


def html(label: str) -> str:
    return f'<html><head><meta charset="{label}"></head><body>{LETTER}</body></html>'


@pytest.mark.parametrize("label", ["gb2312", "GBK", "x-gbk", "gb18030", "utf-8", "UTF8", "big5"])
def test_a_page_is_read_as_its_meta_says(label: str) -> None:
    text = html(label).replace("关", "関") if label == "big5" else html(label)
    body = text.encode(CODECS[label.lower()], "replace")
    assert decode(body) == body.decode(CODECS[label.lower()])


def test_gb2312_is_read_as_its_superset() -> None:
    assert decode("朱墿〇㐀".encode("gb18030"), "text/html;charset=gb2312") == "朱墿〇㐀"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_believed_before_all_others_and_is_no_text(codec: str) -> None:
    assert decode(html("gbk").encode(codec), "text/html; charset=big5", "gbk") == html("gbk")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_two_byte_letters_show_themselves_by_the_first_tag(codec: str) -> None:
    assert decode(html("utf-16").encode(codec)) == html("utf-16")


@pytest.mark.parametrize(
    ("codec", "header", "charset"),
    [
        ("gb18030", "text/html; charset=utf-8", None),
        ("gb18030", "text/html", "utf-8"),
        ("utf-8", "text/html; charset=GBK", None),
        ("utf-8", None, "gbk"),
        ("gb18030", "text/html; charset=ISO-8859-1", None),
        ("gb18030", None, None),
        ("utf-8", None, None),
    ],
)
def test_the_bytes_correct_what_is_said_of_them(
    codec: str, header: str | None, charset: str | None
) -> None:
    assert decode(LETTER.encode(codec), header, charset) == LETTER


def test_the_header_is_believed_before_the_meta_where_both_could_be() -> None:
    body = b'<meta charset="big5">' + "答复".encode("gb18030")
    assert decode(body, "text/html; charset=gbk").endswith("答复")


def test_the_configuration_is_believed_before_the_header() -> None:
    assert decode("答覆函".encode("big5"), "text/html; charset=gbk", " Big5 ") == "答覆函"


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="gbk"?>',
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        "<!-- " + "x" * 2000 + ' --><meta charset="gbk">',
        '<!-- <meta charset="big5"> --><meta charset="gbk">',
    ],
)
def test_what_the_page_says_of_itself_is_found(head: str) -> None:
    assert decode((head + "答").encode("gbk")) == head + "答"


def test_one_broken_byte_does_not_make_another_charset_of_a_page() -> None:
    assert decode(LETTER.encode() + b"\xe5", "text/html; charset=gbk") == LETTER + "\ufffd"


def test_what_nothing_decodes_is_read_with_the_least_loss() -> None:
    text = decode(LETTER.encode("gb18030") + b"\xff", "text/html; charset=gb2312")
    assert text == LETTER + "\ufffd"


def test_what_is_no_text_at_all_is_read_all_the_same() -> None:
    assert "\ufffd" in decode(b"\xff\xff\xff")


def test_a_label_that_no_table_knows_is_not_believed() -> None:
    assert decode(LETTER.encode("gb18030"), "text/html; charset=klingon") == LETTER


def test_controls_are_dropped_but_tabs_and_line_ends() -> None:
    assert decode(b"a\x00b\x1b[2J\x07\tc\r\nd\x7f") == "ab[2J\tc\r\nd"


@given(st.binary(), st.none() | st.text(), st.none() | st.text())
def test_decoding_never_raises_and_leaves_no_control(
    body: bytes, header: str | None, charset: str | None
) -> None:
    assert not set(decode(body, header, charset)) & {"\x00", "\x1b", "\x08"}


@given(CHINESE, st.sampled_from(["gb18030", "gbk", "utf-8", "utf-16le", "utf-16be"]))
def test_chinese_comes_back_from_the_charset_it_was_written_in(text: str, label: str) -> None:
    body = f"<p>{text}。".encode(CODECS[label])
    assert decode(body, f'text/html; charset="{label}"') == f"<p>{text}。"
