"""Answers as no server should give them: status lines, headers and bodies, damaged on purpose.

An answer is made of parts (`Parts`), spoiled by some rows of SPOILS, and written down as bytes;
what is drawn comes from the random numbers that are handed in, so that it can be made again.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from bench.damage import CHARSETS, damaged

DAY: Final = b"Wed, 17 May 2023 08:00:00 GMT"
_LONG: Final = b"x" * 70_000
_BOMB: Final = gzip.compress(bytes(30_000_000))
_NUMBERS: Final = (
    *(b"0", b"1", b"-1", b"+5", b" 7 ", b"5, 5", b"5, 6", b"1e9", b"0x10", b"\xb2", b"", b"NaN"),
    *(b"\xd9\xa3", b"9" * 20, b"9" * 5000, b"00000000000000000000001", b"1_0", b"1.5", b"inf"),
)
_DAYS: Final = (
    *(DAY, b"Fri, 31 Dec 9999 23:59:59 GMT", b"Sat, 01 Jan 0000 00:00:00 GMT", b"1 Jan 1 0:0:0"),
    *(b"Mon, 31 Feb 2026 25:61:61 GMT", b"Mon, 01 Jan 2026 00:00:00 +9999", b"17 May 23 8:00 EST"),
    *(b"Mon, 01 Jan 2026 00:00:00 +" + b"9" * 30, b"Mon, 01 Jan " + b"9" * 30 + b" 00:00:00 GMT"),
    *(b"Sunday, 06-Nov-94 08:49:37 GMT", b"Sun Nov  6 08:49:37 1994", b"Mon, 01 Jan 2026 0:0:-1"),
    *(b"Fri, 31 Dec 9999 23:59:59 -2359", b"Sat, 01 Jan 0001 00:00:00 +2359", b",", b"2023-05-17"),
)
_NAMES: Final = (
    *("答复.pdf".encode("gb18030"), "答复.pdf".encode(), b"../../a.db", b"a\x00b", b"CON", _LONG),
)
VALUES: Final = {
    # what a header may say, by its name; `{}` is the address of the server
    b"Content-Length": _NUMBERS,
    b"Transfer-Encoding": (
        *(b"chunked", b"Chunked", b"gzip, chunked", b"chunked, gzip", b"identity", b"xchunked"),
        *(b"chunked, chunked", b"", b"chunked\x00", b"\xff", b"chunked;q=1", b","),
    ),
    b"Content-Encoding": (
        *(b"gzip", b"GZIP", b"x-gzip", b"deflate", b"br", b"zstd", b"gzip, gzip", b"gzip;q=1"),
        *(b"", b",", b"identity", b"identity, identity", b"\xff", b"gzip\x00", _LONG),
    ),
    b"Content-Type": (
        *(b"text/html; charset=" + charset.encode() for charset in CHARSETS),
        *(b"text/html;charset=\xff\xfe", b"application/pdf", b"", b";", b"text/html; charset"),
        *(b'text/html; charset="', b"text/html; charset=" + _LONG, b"charset=utf-8" * 5000),
    ),
    b"Content-Disposition": (
        *(b'attachment; filename="%b"' % name for name in _NAMES),
        *(b"attachment; filename*=utf-8''%FF%FE", b"attachment; filename*=x'" + _LONG, b"=;=;"),
    ),
    b"Retry-After": (*_NUMBERS, *_DAYS, b"120", b"1000000000", b"soon"),
    b"Last-Modified": _DAYS,
    b"Date": _DAYS,
    b"ETag": (
        *(b'"a"', b'W/"a"', b'"', b"a", b"", b'"\xc7\xe5"', b'"a", "b"', b"*", _LONG, b"\x01\x7f"),
    ),
    b"Set-Cookie": (
        *(b"a=1; path=/", b"=", b";", b"\xc7\xe5=\xd4\xb4", b"a=\x01", b"a=" + _LONG),
        *(b"a=1;" * 999, b"__jsluid_s=1", b"a=1; Expires=" + _DAYS[1], b"a", b" = ; = "),
    ),
    b"Location": (
        *(b"{}/0", b"/1", b"2", b"", b"?" * 999, b"#", b"//", b"///", b":", b"http:", b"http:x"),
        *(b"http://", b"//[", b"http://[::1", b"http://[::1]:1/", b"http://[v1.a]/", b"http://[]"),
        *(b"http://127.0.0.1:99999/", b"http://127.0.0.1:-1/", b"http://127.0.0.1:1/", b"{}:/"),
        *(b"http://127.0.0.1:\xd9\xa3/", b"http://\xc7\xe5.gov.test/", "http://清源/".encode()),
        *(b"http://a:b@127.0.0.1/", b"http://169.254.169.254/", b"http://0x7f.1/", b"http://a..b/"),
        *(b"file:///etc/passwd", b"javascript:1", b"data:,1", b"ftp://127.0.0.1/", b"mailto:a@b"),
        *("/答复.html".encode(), "/答复.html".encode("gb18030"), b"/%", b"/%zz", b"/\x00"),
        *(b"/\x7f", b"/" + _LONG, b"../" * 5000, b"http://" + _LONG, b"http://xn--/", b"http://xn--\xff/"),
        *(b"\\\\127.0.0.1\\a", b"http:\\\\127.0.0.1", b"HTTP://127.0.0.1:1", b"/a b", b"/<>\"'{}|"),
        *(b"http://" + b"a." * 200, b"http://" + b"1" * 64 + b"/", b"http://\xe2\x91\xb4/"),
        *(b"\t/3", b"http://127.0.0.1%2f/", b"http://127.0.0.1%00/", b"http://1 2/", b"http://\xad/"),
    ),
    b"Connection": (b"close", b"keep-alive", b"upgrade", b"", b"Content-Length", b"\xff"),
    b"Vary": (b"*", _LONG),
}  # fmt: skip
_LINES: Final = (
    *(b"HTTP/1.1 200 OK", b"HTTP/1.0 200 OK", b"HTTP/1.1 200", b"HTTP/1.1 200 ", b"HTTP/1.1"),
    *(b"HTTP/2 200", b"HTTP/0.9 200 OK", b"ICY 200 OK", b"HTTP/1.1 \xb200 OK", b"HTTP/1.1 -200 OK"),
    *(
        b"HTTP/1.1 2000 OK",
        b"HTTP/1.1 20 OK",
        b"HTTP/1.1 200 \xc7\xe5\xd4\xb4",
        b"",
        b"\x00",
        b"OK",
    ),
    *(b"HTTP/1.1 200 " + _LONG, b"http/1.1 200 OK", b"HTTP/1.1  200  OK", b"HTTP/9.9 200 OK"),
    *(b"PRI * HTTP/2.0", b"GET / HTTP/1.1", b"HTTP/1.1 099 Odd", b"HTTP/1.1 100 Continue"),
    *(b"HTTP/1.1 101 Switching Protocols", b"HTTP/1.1 103 Early Hints", b"\xff\xfe", b"<html>"),
)
_STATUSES: Final = (
    *(200, 200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304, 305, 307, 308),
    *(400, 401, 403, 404, 405, 408, 410, 412, 418, 421, 425, 429, 451, 499, 500, 502, 503, 504),
    *(509, 512, 521, 567, 599, 600, 777, 999),
)


@dataclass
class Parts:
    """An answer before it is written down: ``body`` is what the client is to read in the end."""

    body: bytes
    url: bytes = b""
    line: bytes = b"HTTP/1.1 200 OK"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    coding: bytes = b""
    framing: str = "length"
    chunk: int = 4096
    cut: float = 1.0
    newline: bytes = b"\r\n"
    end: str = "close"
    flips: int = 0

    def raw(self, random: Random) -> bytes:
        """Write it down."""
        body = packed(self.body, self.coding)
        if self.coding:
            self.headers.append((b"Content-Encoding", self.coding))
        if self.framing == "length":
            self.headers.append((b"Content-Length", b"%d" % len(body)))
        elif self.framing == "chunked":
            self.headers.append((b"Transfer-Encoding", b"chunked"))
            body = chunked(body, self.chunk)
        lines = [self.line, *(name + b": " + value for name, value in self.headers), b"", b""]
        whole = bytearray(self.newline.join(lines) + body)
        for _ in range(self.flips if whole else 0):
            whole[random.randrange(len(whole))] = random.randrange(256)
        return bytes(whole[: int(len(whole) * self.cut)])


def packed(body: bytes, coding: bytes) -> bytes:
    """Pack a body as a Content-Encoding says."""
    if coding == b"gzip":
        return gzip.compress(body, mtime=0)
    return zlib.compress(body) if coding == b"deflate" else body


def chunked(body: bytes, size: int) -> bytes:
    """Write a body in chunks."""
    parts = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


Spoil = Callable[[Random, Parts], None]


def _status(random: Random, parts: Parts) -> None:
    parts.line = b"HTTP/1.1 %d Odd" % random.choice(_STATUSES)


def _redirect(random: Random, parts: Parts) -> None:
    parts.line = b"HTTP/1.1 %d Odd" % random.choice((301, 302, 303, 307, 308))
    parts.headers.append((b"Location", random.choice(VALUES[b"Location"])))
    if random.random() < 0.3:
        parts.headers.append((b"Set-Cookie", random.choice(VALUES[b"Set-Cookie"])))


def _later(random: Random, parts: Parts) -> None:
    parts.line = b"HTTP/1.1 %d Odd" % random.choice((429, 503))
    parts.headers.append((b"Retry-After", random.choice(VALUES[b"Retry-After"])))


def _line(random: Random, parts: Parts) -> None:
    parts.line = random.choice(_LINES)


def _header(random: Random, parts: Parts) -> None:
    for _ in range(random.choice((1, 1, 2, 5))):
        name = random.choice([*VALUES])
        parts.headers.append((name, random.choice(VALUES[name])))


def _in_place_of_length(random: Random, parts: Parts) -> None:
    parts.framing = "none"
    name = random.choice((b"Content-Length", b"Transfer-Encoding"))
    parts.headers.append((name, random.choice(VALUES[name])))


def _many(random: Random, parts: Parts) -> None:
    name, value = random.choice(parts.headers or [(b"X", b"1")])
    times = min(random.choice((1, 90, 3000)), 1 + 2_000_000 // (len(name) + len(value) + 1))
    parts.headers += [(name, value)] * times


def _odd_header(random: Random, parts: Parts) -> None:
    odd = (
        *((b"X\x00", b"1"), (b"", b"1"), (b" X", b"1"), (b"X ", b"1"), (b"X", b"1\r\n 2\r\n\t3")),
        *(
            (b"X", b"1\n\n2"),
            (b"X", b"\x00"),
            (b"\xc7\xe5", b"\xd4\xb4"),
            (b"X", _LONG),
            (_LONG, b""),
        ),
        *(
            (b"X", b"1\rY: 2"),
            ("清".encode(), "源".encode()),
            (b"X:Y", b"::"),
            (b"(X)", b"\x1b[2J"),
        ),
    )
    parts.headers.insert(random.randrange(len(parts.headers) + 1), random.choice(odd))


def _coding(random: Random, parts: Parts) -> None:
    parts.coding = random.choice((b"gzip", b"deflate"))


def _lie(random: Random, parts: Parts) -> None:
    """Say another coding than the body has, or pack it once more."""
    if random.random() < 0.5:
        parts.headers.append((b"Content-Encoding", random.choice(VALUES[b"Content-Encoding"])))
    else:
        parts.body = random.choice((gzip.compress, zlib.compress))(parts.body)


def _bomb(random: Random, parts: Parts) -> None:
    parts.body = _BOMB * random.choice((1, 1, 3))
    parts.headers.append((b"Content-Encoding", b"gzip"))


def _chunks(random: Random, parts: Parts) -> None:
    parts.framing, parts.chunk = "chunked", random.choice((1, 7, 1000, 100_000))
    if random.random() < 0.5:
        parts.body = parts.body[:500] if parts.chunk == 1 else parts.body


def _no_length(random: Random, parts: Parts) -> None:
    parts.framing = "none"


def _cut(random: Random, parts: Parts) -> None:
    parts.cut = random.random()


def _flip(random: Random, parts: Parts) -> None:
    parts.flips = random.choice((1, 3, 30, 1000))


def _newlines(random: Random, parts: Parts) -> None:
    parts.newline = random.choice((b"\n", b"\r", b"\r\r\n", b"\n\r", b"\r\n\r\n", b"\x85"))


def _end(random: Random, parts: Parts) -> None:
    parts.end = random.choice(("reset", "keep", "keep"))


def _damage(random: Random, parts: Parts) -> None:
    _, body, header = damaged(random, parts.body[:20_000])
    parts.body = body[:200_000]
    if header:
        parts.headers.append((b"Content-Type", header.encode()))


def _empty(random: Random, parts: Parts) -> None:
    parts.body = random.choice((b"", b" ", b"\x00", b"{", b"[" * 100_000, b"<", b"\xef\xbb\xbf"))


# What may be wrong with an answer. A new way is a row.
SPOILS: Final[tuple[Spoil, ...]] = (
    *(_status, _status, _redirect, _redirect, _later, _line, _header, _header, _odd_header, _many),
    *(_in_place_of_length, _coding, _lie, _bomb, _chunks, _no_length, _cut, _flip, _newlines, _end),
    *(_damage, _empty),
)


def spoiled(random: Random, parts: Parts) -> str:
    """Spoil an answer in one to four ways; return their names."""
    ways = [random.choice(SPOILS) for _ in range(random.choice((1, 1, 2, 3, 4)))]
    for way in ways:
        way(random, parts)
    parts.headers = [(name, value.replace(b"{}", parts.url)) for name, value in parts.headers]
    return "+".join(way.__name__.strip("_").replace("_", "-") for way in ways)
