"""The bytes of a page and what is said about them -> its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from charset_normalizer import from_bytes

_CODECS: Final = {
    "utf-8": "utf-8 utf8 utf_8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 uft-8",
    "gb18030": "gb18030 gb-18030 gb18030-2000 gb18030-2005 gb18030-2022 gb2312 gb-2312 gb_2312"
    " gb2312-80 gb_2312-80 gbk x-gbk chinese csgb2312 csiso58gb231280 iso-ir-58 cp936 ms936"
    " windows-936 euc-cn",
    "big5hkscs": "big5 big5-hkscs csbig5 cn-big5 x-x-big5 cp950 windows-950",
    "utf-16-le": "utf-16 utf-16le unicode csunicode iso-10646-ucs-2 ucs-2 unicodefeff",
    "utf-16-be": "utf-16be unicodefffe",
}
CODECS: Final = {label: codec for codec, labels in _CODECS.items() for label in labels.split()}
"""Labels and what they are read as: supersets, as browsers do (WHATWG Encoding, 4.2).

A label that is not here is not believed. ``iso-8859-1`` is what a server says that was told
nothing, and every byte there can be read as it.
"""

MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
"""Byte order marks, and the labels of what they mark."""

# How a page in letters of two bytes begins: with a tag.
_TWO_BYTE: Final = (
    (re.compile(rb"(?:[\t\n\r ]\x00){0,99}<\x00"), "utf-16-le"),
    (re.compile(rb"(?:\x00[\t\n\r ]){0,99}\x00<"), "utf-16-be"),
)
_NEAR: Final = 2048
_HEAD: Final = 65_536
_SAMPLE: Final = 1_000_000
_MOST_NAMES: Final = 20
_LONGEST_TAG: Final = 500
# Of bytes in lower case.
_LABEL: Final = rb"\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})"
_CHARSET: Final = re.compile(rb"charset(?<![\w-]charset)" + _LABEL)
_META: Final = re.compile(rb"<meta[\s/]")
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}<\?xml\s[^>]{0,200}?\bencoding" + _LABEL)
_CHINESE: Final = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")  # in UTF-8
_GB2312: Final = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_FIRST: Final = bytes(range(0xE4, 0xEA))  # of _CHINESE
_NEVER: Final = bytes([0xC0, 0xC1, *range(0xF5, 0x100)])  # in UTF-8
_ASCII: Final = bytes(range(128))
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
# In every charset that is read here a control character has one of these bytes.
_CONTROL_BYTES: Final = bytes(at for at in range(128) if _CONTROLS.match(chr(at)))
_LOST: Final = "\ufffd"
# Two bytes that Python reads as private letters and the standard (GB 18030-2022, and WHATWG
# Encoding for the first) does not: a blank, ḿ, vertical punctuation, eight radicals.
_PRIVATE: Final = str.maketrans(
    "\ue5e5\ue7c7\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796"
    "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\u3000\u1e3f\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19"
    "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)
_PRIVATE_LETTERS: Final = tuple(map(chr, _PRIVATE))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, and how it came about.

    ``said`` is what each told of the charset, in the order of belief: bom, configuration, header,
    meta, xml. ``believed`` is which of them, or ``"bytes"`` where all were wrong or silent.
    ``lost`` counts the places that could not be decoded: U+FFFD that the page itself has is none.
    """

    text: str
    codec: str
    said: Mapping[str, str] = field(default_factory=dict)
    lost: int = 0
    believed: str = "bytes"


def decode(body: bytes, header: str | None = None, charset: str | None = None) -> str:
    r"""Decode a page; see `decoded`.

    >>> decode("关于".encode("gbk"), "text/html; charset=gb2312")
    '关于'
    >>> decode("关于".encode("gbk"), "text/html; charset=utf-8")
    '关于'
    """
    text = _plain(body)
    return decoded(body, header, charset).text if text is None else text


def _plain(body: bytes) -> str | None:
    """Decode what nobody needs to name: UTF-8 with Chinese in it, and nothing to be dropped.

    As `decoded` would, for most pages; ``None`` of any other.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.isascii() or not _CHINESE.search(body) or _has_controls(body):
        return None
    return text.removeprefix("\ufeff")


def _has_controls(body: bytes) -> bool:
    return any(map(body.__contains__, _CONTROL_BYTES))


def decoded(body: bytes, header: str | None = None, charset: str | None = None) -> Decoded:
    r"""Decode a page; `header` is its Content-Type, `charset` what the configuration says.

    The order is that of browsers (WHATWG Encoding, 6, and HTML, 13.2.3.1), but that bytes
    contradict: the byte order mark; bytes that are Chinese in UTF-8, for none are by chance; then
    the first that the bytes bear out of configuration, header, ``<meta>`` (wherever it stands in
    the first 64 kB) and XML declaration; then the bytes alone. What cannot be decoded becomes
    U+FFFD; NUL and control characters but tab and line ends are dropped. Never raises.

    >>> page = decoded("<meta charset=gbk>关于".encode(), "text/html; charset=utf-8")
    >>> page.codec, page.believed, dict(page.said), page.lost
    ('utf-8', 'header', {'header': 'utf-8', 'meta': 'gbk'}, 0)
    """
    said = dict(_said(body, header, charset))
    reading = _reading(body, said)
    text = reading.text
    if _has_controls(body):
        text = _CONTROLS.sub("", text)
    believed = (who for who, label in said.items() if CODECS.get(label) == reading.codec)
    return Decoded(
        text.removeprefix("\ufeff"), reading.codec, said, reading.lost, next(believed, "bytes")
    )


def _reading(body: bytes, said: Mapping[str, str]) -> Decoded:
    """Decode with the codec that is believed."""
    sure = _evident(body)
    if sure:
        return _read(body, sure)
    utf8 = None if _is_not_utf8(body) else _read(body, "utf-8")
    # Letters of three bytes that are Chinese, against bytes that are nothing.
    if utf8 and not utf8.lost and _CHINESE.search(body):
        return utf8
    if utf8 and utf8.lost and len(_CHINESE.findall(body, 0, _SAMPLE)) > utf8.lost:
        return utf8
    readings: list[Decoded] = []
    named = [CODECS[label] for label in said.values() if label in CODECS]
    for codec in dict.fromkeys(named):
        # Where letters are of two bytes, those of the tags have a NUL.
        if codec.startswith("utf-16") and b"\x00" not in body:
            continue
        readings.append(_read(body, codec))
        if not readings[-1].lost:
            return readings[-1]
    readings.append(utf8 or _read(body, "utf-8"))
    if readings[-1].lost:
        readings.append(_read(body, "gb18030" if named else _guessed(body)))
    return min(readings, key=lambda each: each.lost)


def _is_not_utf8(body: bytes) -> bool:
    """Whether more bytes are in no UTF-8 than letters are Chinese in it: it need not be tried."""
    never = len(body) - len(body.translate(None, _NEVER))
    if not never:
        return False
    first = len(body) - len(body.translate(None, _FIRST))
    return never >= first or never >= len(_CHINESE.findall(body, 0, _SAMPLE))


def _evident(body: bytes) -> str | None:
    """Return the codec of two-byte letters, which shows in a byte order mark or the first tag.

    The mark of UTF-8 is no such sign: an editor may have put it before any bytes.
    """
    for mark, label in MARKS[1:]:
        if body.startswith(mark):
            return CODECS[label]
    return next((codec for start, codec in _TWO_BYTE if start.match(body)), None)


def _read(body: bytes, codec: str) -> Decoded:
    try:
        text, lost = body.decode(codec), 0
    except UnicodeDecodeError:
        text = body.decode(codec, "replace")
        lost = text.count(_LOST)
        if _LOST.encode(codec, "ignore") in body:  # it may be printed as such
            lost -= body.decode(codec, "ignore").count(_LOST)
    if codec == "gb18030" and any(map(text.__contains__, _PRIVATE_LETTERS)):
        text = text.translate(_PRIVATE)
    return Decoded(text, codec, lost=lost)


def _said(body: bytes, header: str | None, charset: str | None) -> Iterator[tuple[str, str]]:
    """Yield who names the charset of a page and what they call it, the most credible first."""
    bom = next((label for mark, label in MARKS if body.startswith(mark)), None)
    if bom:
        yield "bom", bom
    if charset:
        yield "configuration", charset.strip().lower()
    told = _CHARSET.findall(header.lower().encode("ascii", "replace")) if header else ()
    for who, labels in (("header", told), ("meta", _metas(body)), ("xml", _xml(body))):
        label = _first(labels)
        if label:
            yield who, label


def _first(labels: Iterable[bytes]) -> str | None:
    """Return the first label that is known, else the first."""
    first = None
    for name in (label.decode("ascii") for label in labels):
        if name in CODECS:
            return name
        first = first or name
    return first


def _metas(body: bytes) -> Iterator[bytes]:
    """Yield the labels in the ``<meta>`` of a page, those in comments left out.

    They stand near its beginning; where none does, they are looked for further on.
    """
    for end in (_NEAR, _HEAD):
        head = body[:end].lower()
        metas = (found for found in _CHARSET.finditer(head) if _in_meta(head, found.start()))
        yield from (found[1] for found in islice(metas, _MOST_NAMES))
        if end >= len(body):
            return


def _in_meta(head: bytes, at: int) -> bool:
    tag = head.rfind(b"<", max(0, at - _LONGEST_TAG), at)
    return (
        bool(_META.match(head, tag, at))
        and head.find(b">", tag, at) < 0
        and head.rfind(b"<!--", 0, tag) <= head.rfind(b"-->", 0, tag)
    )


def _xml(body: bytes) -> list[bytes]:
    return _XML.findall(body[:_LONGEST_TAG].lower())[:1] if b"<?" in body[:100] else []


def _guessed(body: bytes) -> str:
    """Return what bytes are of which nobody says a thing: letters of two high bytes are GB 2312.

    In Big5 the second byte is as often a low one.
    """
    high = _HIGH.search(body)
    sample = body[high.start() if high else 0 :][:_HEAD]
    letters = len(_GB2312.findall(sample))
    if 2 * letters > 0.9 * len(sample.translate(None, _ASCII)):
        return "gb18030"
    guess = from_bytes(sample, cp_isolation=["gb18030", "big5hkscs"]).best()
    return guess.encoding if guess else "gb18030"
