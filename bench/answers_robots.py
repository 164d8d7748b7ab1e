"""robots.txt files as they are found, and as nobody would write them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

_NAMES: Final = ("User-agent", "Disallow", "Allow", "Crawl-delay", "Sitemap", "Request-rate",
                 "Visit-time", "Host", "Noindex", "Clean-param")  # fmt: skip
_AGENTS: Final = (
    "*",
    "replyarc",
    "REPLYARC",
    "replyarc/1.0",
    "replyarc*",
    "清源",
    "",
    "Baidu",
    "**",
)
_PATHS: Final = (
    *("/", "", "*", "/*", "/$", "$", "/jytabl/", "/*.html$", "/a?b=*", "/%", "/%E7%AD%94", "/答复"),
    *("/" + "*a" * 200 + "$", "/" + "*" * 5000, "/" + "x" * 100_000, "//", "\\", "/[a-z]+(.*)*$"),
    *("http://www.qingyuan.gov.test/", "/a b", "/\x00", "/#", "/%zz", "/\ud7ff", "/%2f%2A%24"),
)
_NUMBERS: Final = (
    *(
        "1",
        "0",
        "-1",
        "1.5",
        "1e9",
        "nan",
        "inf",
        "-inf",
        "1e400",
        "９",
        "²",
        "9" * 5000,
        "",
        "1/5",
    ),
    *(
        "10/0",
        "1/0s",
        "0/1",
        "1/1s 0000-2500",
        "0600-0845",
        "2500-9900",
        "1_0",
        "0x10",
        "5 s",
        "1,5",
    ),
)
_BREAKS: Final = ("\n", "\r\n", "\r", "\n\n", "\x85", "\u2028", "\x0b", "\x0c", " ")
_CODECS: Final = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
_PREFIXES: Final = (
    *(b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf" * 3, b"\x00", b"\xff"),
    *(b"<html>", b"<!DOCTYPE html>", b"\xff\xfe\x00\x00", b"\x1f\x8b", b"%PDF-1.4\n", b"{}"),
)


def _line(random: Random) -> str:
    name = random.choice(_NAMES[:4] if random.random() < 0.8 else _NAMES)
    if name == "User-agent":
        value = random.choice(_AGENTS)
    else:
        value = random.choice(_PATHS if name in ("Disallow", "Allow") else _NUMBERS)
    if random.random() < 0.1:
        value = random.choice((*_AGENTS, *_PATHS, *_NUMBERS))
    colon = random.choice((": ",) * 6 + (":", " : ", " ", "::", "：", "=", ":\t", ""))
    comment = random.choice(("",) * 8 + (" # 清源", "#", " #" * 999))
    return f"{random.choice(('',) * 6 + (' ', '﻿', '#'))}{name}{colon}{value}{comment}"


def _grammar(random: Random) -> bytes:
    count = random.choice((1, 5, 30, 300))
    breaks = random.choice(_BREAKS) if random.random() < 0.7 else None
    text = "".join(_line(random) + (breaks or random.choice(_BREAKS)) for _ in range(count))
    text = text[:600_000]
    codec = random.choice(_CODECS) if random.random() < 0.5 else "utf-8"
    return random.choice(_PREFIXES) + text.encode(codec, "replace")


def _noise(random: Random) -> bytes:
    return random.choice(_PREFIXES) + random.randbytes(random.choice((1, 100, 10_000, 600_000)))


def _huge(random: Random) -> bytes:
    unit = random.choice((b"a", b"*", b":", b"#", b"\n", b"\r", b"Disallow:/*a", b"\x00", b"\xe7"))
    size = random.choice((100_000, 511_999, 512_000, 512_001, 900_000))
    return b"User-agent: *\nDisallow: /" + unit * (size // len(unit))


def _many_rules(random: Random) -> bytes:
    rule = random.choice((b"Disallow: /a%d*b\n", b"Allow: /%d$\n", b"User-agent: %d\n"))
    return b"User-agent: *\n" + b"".join(rule % at for at in range(random.choice((100, 4_000))))


def _flipped(random: Random) -> bytes:
    body = bytearray(_grammar(random))
    for _ in range(random.choice((1, 10, 100))):
        body[random.randrange(len(body))] = random.randrange(256)
    return bytes(body)


FILES: Final[tuple[Callable[[Random], bytes], ...]] = (
    *(_grammar, _grammar, _grammar, _flipped, _flipped, _noise, _huge, _many_rules),
)


def robots(random: Random) -> tuple[str, bytes]:
    """Return a robots.txt, and by what it was made."""
    way = random.choice(FILES)
    return way.__name__.strip("_").replace("_", "-"), way(random)
