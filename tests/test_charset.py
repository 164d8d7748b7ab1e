from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from replyarc.text.charset import CODECS, decode, decoded

LETTER = "关于市八届人大三次会议第018号建议的答复"
NOT_IN_BIG5 = str.maketrans("关于协号现", "關於協號現")
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


@pytest.mark.parametrize(
    "text", ["答", "<p>关于第12号建议的答复", LETTER * 9, "x" * 70_000 + LETTER]
)
def test_bytes_that_nothing_is_said_of_are_those_of_the_mainland(text: str) -> None:
    page = decoded(text.encode("gb2312"))
    assert (page.text, page.codec, page.believed) == (text, "gb18030", "bytes")


def test_bytes_that_are_not_are_taken_for_big5() -> None:
    text = "關於本市第十二號建議的答覆，感謝您對民政工作的關心與支持，現將有關情形說明如下。" * 9
    assert decoded(text.encode("big5")).text == text


def test_what_is_no_text_at_all_is_read_all_the_same() -> None:
    assert "\ufffd" in decode(b"\xff\xff\xff")


def test_a_label_that_no_table_knows_is_not_believed() -> None:
    assert decode(LETTER.encode("gb18030"), "text/html; charset=klingon") == LETTER


def test_controls_are_dropped_but_tabs_and_line_ends() -> None:
    assert decode(b"a\x00b\x1b[2J\x07\tc\r\nd\x7f") == "ab[2J\tc\r\nd"


@pytest.mark.parametrize(
    ("body", "header", "charset", "said", "believed"),
    [
        (html("gbk").encode("gbk"), None, None, {"meta": "gbk"}, "meta"),
        (html("gbk").encode(), None, None, {"meta": "gbk"}, "bytes"),
        (html("gbk").encode(), "text/html; charset=UTF-8", None, None, "header"),
        (html("utf-8").encode("gbk"), "text/html;charset=gb2312", None, None, "header"),
        (html("utf-8").encode("gbk"), "text/html;charset=utf-8", None, None, "bytes"),
        (html("utf-8").encode("gbk"), "text/html", "GBK", None, "configuration"),
        (html("gbk").encode("utf-8-sig"), None, None, {"bom": "utf-8", "meta": "gbk"}, "bom"),
        (html("gbk").encode("utf-16"), None, None, {"bom": "utf-16le"}, "bom"),
        (b"\xef\xbb\xbf" + html("gbk").encode("gbk"), None, None, None, "meta"),
        ('<?xml version="1.0" encoding="GBK"?>答'.encode("gbk"), None, None, {"xml": "gbk"}, "xml"),
        (LETTER.encode("gbk"), None, None, {}, "bytes"),
        (b"plain", None, None, {}, "bytes"),
        (b"plain", "text/html; charset=klingon", None, {"header": "klingon"}, "bytes"),
    ],
)
def test_who_is_believed_is_told(
    body: bytes,
    header: str | None,
    charset: str | None,
    said: dict[str, str] | None,
    believed: str,
) -> None:
    page = decoded(body, header, charset)
    assert page.believed == believed
    assert page.text == decode(body, header, charset)
    assert said is None or dict(page.said) == said
    assert believed == "bytes" or CODECS[page.said[believed]] == page.codec


@pytest.mark.parametrize(
    ("label", "cut", "lost"),
    [
        *(("utf-8", 0, 0), ("utf-8", 1, 1), ("utf-8", 2, 1)),
        *(("gb18030", 0, 0), ("gb18030", 1, 1), ("big5", 0, 0), ("big5", 1, 1)),
        *(("utf-16le", 0, 0), ("utf-16le", 1, 1), ("utf-16be", 1, 1)),
    ],
)
def test_a_letter_cut_off_at_the_end_is_one_loss(label: str, cut: int, lost: int) -> None:
    body = "<p>民政局的函".encode(CODECS[label])
    page = decoded(body[: len(body) - cut], f"text/html; charset={label}")
    assert (page.codec, page.lost) == (CODECS[label], lost)
    assert page.text == "<p>民政局的函"[: len("<p>民政局的函") - lost] + "\ufffd" * lost


def test_a_letter_of_four_bytes_cut_off_is_one_loss() -> None:
    body = "<meta charset=gb2312>民政局㐂".encode("gb18030")
    for cut in (1, 2, 3):
        assert decoded(body[:-cut]).lost == 1


@pytest.mark.parametrize("label", ["utf-8", "gb18030", "utf-16le"])
def test_a_replacement_sign_that_the_page_prints_is_no_loss(label: str) -> None:
    body = f"<p>{LETTER}\ufffd\ufffd".encode(CODECS[label])
    assert decoded(body, f"text/html; charset={label}").lost == 0
    page = decoded(body + b"\xff", f"text/html; charset={label}")
    assert (page.lost, page.text.count("\ufffd")) == (1, 3)


@pytest.mark.parametrize(
    "head",
    [
        '<script charset="big5" src="a.js"></script>',
        '<!-- <meta charset="big5"> -->',
        '<meta name="keywords" content="x"> charset="big5"',
        '<metadata charset="big5">',
        '<meta data-charset="big5">',
        '<meta charset="klingon">',
        "<meta charset>",
        "",
    ],
)
def test_only_a_meta_says_what_the_page_is_written_in(head: str) -> None:
    for page in (head + '<meta charset="gbk">', head + "x" * 3000 + "<meta charset=gbk>"):
        assert dict(decoded(page.encode()).said) == {"meta": "gbk"}


def test_a_meta_behind_64_kilobytes_is_not_looked_for() -> None:
    page = decoded(b"x" * 70_000 + b"<meta charset=gbk>" + LETTER.encode("gbk"))
    assert (dict(page.said), page.believed, page.text[-3:]) == ({}, "bytes", LETTER[-3:])


@pytest.mark.parametrize(
    "piece",
    [
        *(b"\xff", b"\x81", b"\xe4\xff", b"<!--", b"<", b"\x00", b"charset=", b"<meta charset=x "),
        *(
            "民".encode(),
            "民".encode("gbk"),
            b"<meta ",
            b" \x00",
            b"\x84\x31\xa4\x37",
            b"\xef\xbf\xbd",
        ),
    ],
)
def test_a_million_bytes_of_anything_are_decoded(piece: bytes) -> None:
    body = piece * (1_000_000 // len(piece))
    page = decoded(body, "charset=" * 1000, "x" * 1000)
    assert len(page.text) <= len(body)
    assert page.lost <= page.text.count("\ufffd")


def test_a_label_that_few_know_is_told_where_no_other_is() -> None:
    assert dict(decoded(b"<meta charset=klingon><meta charset=x>").said) == {"meta": "klingon"}


def test_letters_of_two_bytes_are_not_believed_without_them() -> None:
    for body in (html("utf-16").encode("gbk"), html("utf-16").encode(), b"<meta charset=utf-16>"):
        assert decode(body, "text/html; charset=utf-16").isprintable()
    assert (
        decoded("答复".encode("utf-16-le") + b"\n\x00", "text/html; charset=utf-16").text
        == "答复\n"
    )


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_blanks_may_stand_before_the_first_tag_in_two_byte_letters(codec: str) -> None:
    page = decoded(f"\r\n \t{html('gbk')}".encode(codec))
    assert (page.text.strip(), page.codec) == (html("gbk"), codec)


def test_letters_that_a_standard_moved_are_the_standards() -> None:
    # a full-width blank of Windows, a vertical comma, a radical; what users define stays theirs
    body = b"<meta charset=gbk>\xce\xc4\xa3\xa0\xba\xc5\xa6\xd9\xfe\x59\xaa\xa1"
    assert decode(body).endswith("文\u3000号\ufe10\u9fb4\ue000")


PAGES = st.text(
    st.sampled_from("民政局关于市政协第号提案的答复现函如下，。：〔〕（）2019 7-A<p>"), min_size=20
)


@given(
    PAGES,
    st.sampled_from(["utf-8", "gb2312", "gbk", "gb18030", "utf-16le", "utf-16be", "big5"]),
    st.sampled_from(["", "header", "meta", "http-equiv", "far", "bom", "configuration"]),
    st.sampled_from(["", "utf-8", "gbk", "iso-8859-1"]),
)
def test_a_page_in_another_charset_reads_the_same(
    text: str, label: str, where: str, wrong: str
) -> None:
    codec = CODECS[label]
    # Without a word of it Big5 is a guess; a mark it has none.
    assume(codec != "big5hkscs" or where not in {"", "bom"})
    said = {
        "meta": f'<meta charset="{label}">',
        "http-equiv": f'<META content="text/html; charset={label}" http-equiv="Content-Type">',
        "far": f"<!-- {'x' * 1500} --><meta charset='{label}'>",
    }
    page = f"<html>{said.get(where, '')}<body>{text.replace('政', '')}民</body>"
    page = page if codec != "big5hkscs" else page.translate(NOT_IN_BIG5)
    body = page.encode(codec)
    if where == "bom":
        body = "\ufeff".encode(codec) + body
    headers = {"header": f'text/html; charset="{label}"', "": f"text/html; charset={wrong}"}
    assert (
        decoded(body, headers.get(where), label if where == "configuration" else None).text == page
    )


@given(st.binary(), st.none() | st.text(), st.none() | st.text())
def test_decoding_never_raises_and_leaves_no_control(
    body: bytes, header: str | None, charset: str | None
) -> None:
    assert not set(decode(body, header, charset)) & {"\x00", "\x1b", "\x08"}


@given(CHINESE, st.sampled_from(["gb18030", "gbk", "utf-8", "utf-16le", "utf-16be"]))
def test_chinese_comes_back_from_the_charset_it_was_written_in(text: str, label: str) -> None:
    body = f"<p>{text}。".encode(CODECS[label])
    assert decode(body, f'text/html; charset="{label}"') == f"<p>{text}。"


PIECES = st.sampled_from(
    [
        *("民之所欲".encode(codec) for codec in ("utf-8", "gb18030", "big5hkscs")),
        *(b"<meta charset=gbk>", b"<p>", b"\n", b"\x00", b"\x0c", b"\xff", b"\xc0", b"\xe4\xb8"),
        *(b"\xef\xbb\xbf", "\ue7c7".encode("gb18030"), "\ufffd".encode(), "关".encode("utf-16-le")),
    ]
)


@given(
    st.lists(PIECES, max_size=12).map(b"".join) | st.binary(max_size=40),
    st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=gbk"]),
)
def test_the_text_alone_is_that_of_the_whole_account(body: bytes, header: str | None) -> None:
    assert decode(body, header) == decoded(body, header).text
