"""The bytes of a page and what is said about them -> its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from charset_normalizer import from_bytes

_CODECS: Final = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
    "gb18030": "gb18030 gb2312 gb_2312 gb_2312-80 gbk x-gbk chinese csgb2312 cp936 ms936 euc-cn",
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 cp950",
    "utf-16-le": "utf-16 utf-16le unicode",
    "utf-16-be": "utf-16be",
}
CODECS: Final = {label: codec for codec, labels in _CODECS.items() for label in labels.split()}
"""Labels and what they are read as: supersets, as browsers do (WHATWG Encoding, 4.2).

A label that is not here is not believed. ``iso-8859-1`` is what a server says that was told
nothing, and every byte there is can be read as it.
"""

SIGNATURES: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""How a page can begin that leaves no doubt: a byte order mark, or a tag in two-byte letters."""

_HEAD: Final = 65_536
_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_LABEL: Final = rb"\s*=\s*[\"']?\s*([\w.:-]{1,40})"
_META: Final = re.compile(rb"<meta\b[^>]{0,500}?\bcharset" + _LABEL, re.IGNORECASE)
_XML: Final = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding" + _LABEL, re.IGNORECASE)
_HEADER: Final = re.compile(rb"\bcharset" + _LABEL, re.IGNORECASE)
_CHINESE: Final = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")  # in UTF-8
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
# In every charset that is read here a control character has one of these bytes.
_CONTROL_BYTES: Final = bytes(at for at in range(128) if _CONTROLS.match(chr(at)))
_LOST: Final = "\ufffd"


def decode(body: bytes, header: str | None = None, charset: str | None = None) -> str:
    r"""Decode a page; `header` is its Content-Type, `charset` what the configuration says.

    Who is believed: the byte order mark; bytes that are Chinese in UTF-8, for none are by chance;
    then the first that the bytes do not contradict of configuration, header, ``<meta>`` and XML
    declaration; then the bytes alone. What cannot be decoded becomes U+FFFD; NUL and control
    characters but tab and line ends are dropped. Never raises.

    >>> decode("关于".encode("gbk"), "text/html; charset=gb2312")
    '关于'
    >>> decode("关于".encode("gbk"), "text/html; charset=utf-8")
    '关于'
    """
    text = _decoded(body, header, charset)
    if len(body.translate(None, _CONTROL_BYTES)) < len(body):
        text = _CONTROLS.sub("", text)
    return text.removeprefix("\ufeff")


def _decoded(body: bytes, header: str | None, charset: str | None) -> str:
    for start, codec in SIGNATURES:
        if body.startswith(start):
            return body.decode(codec, "replace")
    utf8 = body.decode("utf-8", "replace")
    if _LOST not in utf8 and _CHINESE.search(body):
        return utf8
    if len(_CHINESE.findall(body)) > utf8.count(_LOST):
        return utf8
    named = [CODECS[label] for label in _labels(body, header, charset) if label in CODECS]
    readings: list[str] = []
    for codec in dict.fromkeys(named):
        readings.append(body.decode(codec, "replace"))
        if _LOST not in readings[-1]:
            return readings[-1]
    readings.append(utf8)
    if _LOST in utf8:
        readings.append(body.decode("gb18030" if named else _guessed(body), "replace"))
    return min(readings, key=lambda text: text.count(_LOST))


def _labels(body: bytes, header: str | None, charset: str | None) -> Iterator[str]:
    """Yield the names given to the charset of a page, the most credible first."""
    if charset:
        yield charset.strip().lower()
    head = _COMMENT.sub(b"", body[:_HEAD])
    told = (header or "").encode("ascii", "replace")
    for label in (*_HEADER.findall(told)[:1], *_META.findall(head), *_XML.findall(head)[:1]):
        yield label.decode("ascii").lower()


def _guessed(body: bytes) -> str:
    guess = from_bytes(body, cp_isolation=["gb18030", "big5hkscs"]).best()
    return guess.encoding if guess else "gb18030"
