"""How pages misbehave that come whole: charsets, odd letters, broken markup, numbers.

Each rewrites the page of a letter of `tests.column`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from tests.gov import Fault, rewritten
from tests.misbehaving import Route

PLAIN: Final = {"Content-Type": "text/html"}
SIMPLE, FULL_FORM = "关养现议远项顾", "關養現議遠項顧"
FOLDED: Final = str.maketrans(FULL_FORM, SIMPLE)
"""Letters that Big5 has not, and those that stand in their place."""


def in_charset(label: str, codec: str, header: str = "") -> Fault:
    """The page in another charset, its <meta> naming it and its header as told."""

    def rewrite(body: bytes) -> bytes:
        return body.decode().replace('"utf-8"', f'"{label}"').encode(codec)

    return rewritten(rewrite, {"Content-Type": f"text/html{header}"})


def changed(*changes: tuple[str, str], header: str = "; charset=utf-8") -> Fault:
    """The page, some of its words others."""

    def rewrite(body: bytes) -> bytes:
        text = body.decode()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        return text.encode()

    return rewritten(rewrite, {"Content-Type": f"text/html{header}"})


def bytewise(rewrite: Callable[[bytes], bytes]) -> Fault:
    """The page, rewritten byte by byte."""
    return rewritten(rewrite, PLAIN)


def long(body: bytes) -> bytes:
    """The page, with as much about it as real ones have."""
    return body.replace(b"<head>", b"<head><style>" + b"p{margin:0}" * 1_000 + b"</style>")


def _in_big5(body: bytes) -> bytes:
    text = body.decode().replace('"utf-8"', '"big5"')
    return text.translate(str.maketrans(SIMPLE, FULL_FORM)).encode("big5hkscs")


def _late_meta(body: bytes) -> bytes:
    late = f"<head><!--{'x' * 3000}-->"
    return body.decode().replace("<head>", late).replace('"utf-8"', '"gbk"').encode("gbk")


def _numbered(body: bytes, rewrite: Callable[[str], str]) -> bytes:
    return re.sub(
        rb"(?<=\xe5\x8f\xb7</td><td>)[^<]+", lambda m: rewrite(m[0].decode()).encode(), body
    )


def index_number(rewrite: Callable[[str], str]) -> Fault:
    """The page, its index number printed otherwise."""
    return rewritten(lambda body: _numbered(body, rewrite))


def _said(instead: str, _: str) -> str:
    return instead


def _wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if each.isascii() else each for each in text)


ENCODED: Final = (
    Route("UTF-8 with a BOM", "encodings", bytewise(lambda body: b"\xef\xbb\xbf" + body)),
    Route("GB 2312 as it is said", "encodings", in_charset("gb2312", "gb18030")),
    Route("GBK in the header alone", "encodings", in_charset("", "gbk", "; charset=gbk")),
    Route("GB 18030", "encodings", in_charset("gb18030", "gb18030")),
    Route("Big5", "encodings", bytewise(_in_big5)),
    Route("UTF-16 with a BOM", "encodings", in_charset("utf-16", "utf-16")),
    Route("UTF-16 without one", "encodings", in_charset("utf-16", "utf-16-le")),
    Route("UTF-8 called GBK", "encodings", in_charset("gbk", "utf-8")),
    Route("UTF-8 with a header of GBK", "encodings", in_charset("utf-8", "utf-8", "; charset=gbk")),
    Route("GBK called UTF-8", "encodings", in_charset("utf-8", "gbk", "; charset=utf-8")),
    Route(
        "GBK with a header of Latin 1",
        "encodings",
        in_charset("gbk", "gbk", "; charset=iso-8859-1"),
    ),
    Route("a charset that is none", "encodings", in_charset("x-none", "gbk", "; charset=x-none")),
    Route("a <meta> after 3,000 bytes", "encodings", bytewise(_late_meta)),
    Route(
        "a foot in another charset",
        "encodings",
        bytewise(
            lambda body: long(body).replace(b"</body>", "<p>版权所有</p></body>".encode("gbk"))
        ),
    ),
)

ODD: Final = (
    # letters that nobody sees, or that look like others: the keys are the same
    Route("NUL in the letter", "characters", changed(("养老", "养\x00老"))),
    Route(
        "an escape in the letter", "characters", changed(("养老", "\x1b[31m养老\x1b]52;c;eA==\x07"))
    ),
    Route("controls in the letter", "characters", changed(("养老", "养\x01\x08\x7f老\x9b2J\x85"))),
    Route(
        "bidi controls",
        "characters",
        changed(("养老", "\u202e养\u2066老\u202c"), ("第0", "第\u200e0")),
    ),
    Route(
        "zero widths",
        "characters",
        changed(("养老", "养\u200b老\ufeff"), ("/2023-", "\u200b/2023-\u200d")),
    ),
    Route(
        "wide blanks",
        "characters",
        changed(("号建议", "号\u3000建议"), ("</td><td>99", "</td><td>\u300099")),
    ),
    Route("wide digits in the index number", "characters", index_number(_wide)),
    Route(
        "blanks in the index number",
        "characters",
        index_number(lambda told: f" {told[:4]} {told[4:]}\xa0"),
    ),
    Route("a day with 〇", "characters", changed(("2023年5月10日", "二〇二三年五月十日"))),
    Route("a day with ○", "characters", changed(("2023年5月10日", "二○二三年五月十日"))),
    Route("a day with the letter O", "characters", changed(("2023年5月10日", "二O二三年五月十日"))),
    Route("a day in wide digits", "characters", changed(("2023年5月10日", "２０２３年５月１０日"))),
    Route("a letter for private use", "characters", changed(("养老", "\ue000养老\U000f0000"))),
    Route(
        "a blank for private use",
        "characters",
        bytewise(
            lambda body: (
                body.decode()
                .replace('"utf-8"', '"gbk"')
                .encode("gbk")
                .replace("养老".encode("gbk"), b"\xa3\xa0" + "养老".encode("gbk"))
            )
        ),
    ),
)

BRACKETS: Final = ("〔2023〕", "[2023]", "【2023】", "(2023)", "（2023）", "［2023］", "﹝2023﹞")
IN_BRACKETS: Final = tuple(
    Route(
        f"a number in {said}",
        "characters",
        changed(("<td>发布日期", f"<td>发文字号</td><td>清民函{said}12号</td><td>发布日期")),
    )
    for said in BRACKETS
)

LOST: Final = Route(
    "a few bytes that are none",
    "encodings",
    bytewise(lambda body: long(body).replace("站点".encode(), b"\xff\xfe", 1)),
)
MUCH_LOST: Final = Route(
    "many bytes that are none",
    "encodings",
    bytewise(lambda body: body.replace("养老".encode(), b"\xff").replace("落实".encode(), b"\xff")),
)

SHORTER: Final = Route("a much shorter letter", "shorter")

NUMBERED: Final = {
    # how a proposal's number is printed in a title, and what it is
    "第0123号建议": ("0123",),
    "第１２３号建议": ("123",),
    "第123（农业水利类012号）号建议": ("123",),
    "第B123号建议": ("B123",),
    "〔2023〕12号建议": ("〔2023〕12",),
    "第12、13、15号建议": ("12", "13", "15"),
    "第十二号建议": ("12",),
}
NUMBERS: Final = tuple(
    Route(f"a number printed {said}", "numbers", changed(("第001号建议", said)), said)
    for said in NUMBERED
)

OTHERS: Final = (
    Route("one index number on two letters", "index numbers"),
    Route("two index numbers on one letter", "index numbers"),
    *(
        Route(
            f"an index number that says {said!r}",
            "index numbers",
            index_number(partial(_said, said)),
        )
        for said in ("无", "—", " ")
    ),
    Route("an index number that changes", "index numbers"),
    Route("one page to several proposals", "many to many"),
    Route("several letters to one proposal", "many to many"),
    Route("a letter issued anew elsewhere", "many to many"),
    Route("a letter that is edited", "many to many"),
)

CONTENT: Final = (*ENCODED, *ODD, *IN_BRACKETS, *NUMBERS, *OTHERS, LOST, MUCH_LOST, SHORTER)
