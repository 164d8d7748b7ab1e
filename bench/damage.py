"""Pages as they come when something went wrong: cut, garbled, doubled, wrongly labelled.

Each row of DAMAGES takes bytes of a page and gives others; what it does is drawn from the random
numbers it is handed, so that it can be done again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

_TAG: Final = re.compile(rb"<[^<>]{1,300}>")
_ATTRIBUTES: Final = re.compile(rb"(<[A-Za-z][\w-]{0,20})((?:\s+[\w-]+=\"[^\"<>]{0,200}\"){2,20})")
_MOST: Final = 3_000_000  # bytes that a damaged page may grow to
CHARSETS: Final = (
    *("utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-16", "utf-16le", "utf-16be", "utf-7"),
    *("iso-8859-1", "shift_jis", "euc-kr", "x-user-defined", "nonsense", "", "utf-8; charset=gbk"),
)
_ODD: Final = (
    *(b"\x00", b"\x00" * 1000, b"\xff", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf4\x90\x80\x80"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b$B", b"\x81", b"\x84\x31\xa4\x37", b"\xe2\x80\x8b" * 99),
    *(b"&#0;", b"&#xD800;", b"&#x110000;", b"&#99999999999999999999;", b"&nbsp" * 99, b"&" * 99),
    *(
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?xml",
        b"<!DOCTYPE",
        b"<",
        b">",
        b"</",
        b"<script>",
    ),
    *(b"<plaintext>", b"<textarea>", b"<title>", b"<noscript>", b"<template>", b"<frameset>"),
    *(b"</body>", b"</html>", b"<body>", b"<select>", b"<svg>", b"<math>", b"<table>", b"</p>"),
)


def _cut(random: Random, page: bytes) -> bytes:
    return page[: random.randrange(len(page) + 1)]


def _cut_inside(random: Random, page: bytes) -> bytes:
    first, last = sorted(random.randrange(len(page) + 1) for _ in "ab")
    return page[:first] + page[last:]


def _tags(random: Random, page: bytes, put: Callable[[bytes], bytes]) -> bytes:
    share = random.choice((0.01, 0.1, 0.5, 1.0))
    return _TAG.sub(lambda tag: put(tag[0]) if random.random() < share else tag[0], page)


def _drop_tags(random: Random, page: bytes) -> bytes:
    return _tags(random, page, lambda tag: b"")


def _double_tags(random: Random, page: bytes) -> bytes:
    times = random.choice((2, 2, 3, 20))
    return _tags(random, page, lambda tag: tag * times)


def _unclose_tags(random: Random, page: bytes) -> bytes:
    return _tags(random, page, lambda tag: b"" if tag.startswith(b"</") else tag)


def _break_tags(random: Random, page: bytes) -> bytes:
    return _tags(random, page, lambda tag: tag[: random.randrange(len(tag))])


def _shuffle_attributes(random: Random, page: bytes) -> bytes:
    def shuffled(tag: re.Match[bytes]) -> bytes:
        each = re.findall(rb"\s+[\w-]+=\"[^\"]*\"", tag[2])
        random.shuffle(each)
        return tag[1] + b"".join(each)

    return _ATTRIBUTES.sub(shuffled, page)


def _flip_bytes(random: Random, page: bytes) -> bytes:
    flipped = bytearray(page)
    for _ in range(random.choice((1, 10, 100, 1000, 10_000)) if page else 0):
        flipped[random.randrange(len(page))] = random.randrange(256)
    return bytes(flipped)


def _put_odd(random: Random, page: bytes) -> bytes:
    for _ in range(random.choice((1, 1, 3, 30))):
        at = random.randrange(len(page) + 1)
        page = page[:at] + random.choice(_ODD) + page[at:]
    return page


def _repeat(random: Random, page: bytes) -> bytes:
    """Repeat a block, from one tag to another, up to 100,000 times."""
    tags = [tag.start() for tag in _TAG.finditer(page)] or [0, len(page)]
    begin = random.choice(tags)
    end = min(len(page), begin + random.choice((20, 200, 2000, 20_000)))
    times = min(random.choice((1000, 10_000, 100_000)), _MOST // max(1, end - begin))
    return page[:begin] + page[begin:end] * times + page[end:]


def _swap(random: Random, page: bytes) -> bytes:
    a, b, c = sorted(random.randrange(len(page) + 1) for _ in "abc")
    return page[:a] + page[b:c] + page[a:b] + page[c:]


def _recode(random: Random, page: bytes) -> bytes:
    text = page.decode(random.choice(("utf-8", "gb18030", "latin-1")), "replace")
    codec = random.choice(("gb18030", "big5", "utf-16", "utf-16-be", "utf-8-sig", "utf-7"))
    return text.encode(codec, "replace")


def _on_one_line(random: Random, page: bytes) -> bytes:
    return b"".join(page.split(random.choice((b"\n", b"\r\n", b"\t", b" "))))


def _comment_out(random: Random, page: bytes) -> bytes:
    a, b = sorted(random.randrange(len(page) + 1) for _ in "ab")
    return page[:a] + b"<!--" + page[a:b] + random.choice((b"-->", b"--!>", b"->", b"")) + page[b:]


# What may happen to a page. A new way is a row.
DAMAGES: Final[tuple[Callable[[Random, bytes], bytes], ...]] = (
    *(_cut, _cut_inside, _drop_tags, _double_tags, _unclose_tags, _break_tags),
    *(_shuffle_attributes, _flip_bytes, _put_odd, _repeat, _swap, _recode),
    *(_on_one_line, _comment_out),
)


def damaged(random: Random, page: bytes) -> tuple[str, bytes, str | None]:
    """Return a page damaged in one to three ways, their names, and the header it comes with."""
    ways = [random.choice(DAMAGES) for _ in range(random.choice((1, 1, 2, 3)))]
    for way in ways:
        page = way(random, page)[: 2 * _MOST]
    header = None
    if random.random() < 0.3:
        header = f"text/html; charset={random.choice(CHARSETS)}"
    return "+".join(way.__name__.strip("_").replace("_", "-") for way in ways), page, header
