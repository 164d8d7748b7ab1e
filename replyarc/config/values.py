"""Single values of the configuration: text as a person writes it in, what the program uses out.

Each reader raises ValueError with the sentence that the person gets to read after the key.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from dataclasses import fields
from datetime import time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from replyarc.manners import Window
from replyarc.model import Reply
from replyarc.text.charset import CODECS

PLACEHOLDER: Final = "you@example.org"
"""The contact in the template, which is nobody's."""

SIZES: Final = {
    "B": 1,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "KIB": 2**10,
    "MIB": 2**20,
    "GIB": 2**30,
}
SPANS: Final = {
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
LONGEST: Final = timedelta(days=36_500)  # a century: further back, the calendar ends

_NOT_OF_ONE_LABEL: Final = ("text", "contacts", "attachments", "assembly", "addressee_role")
LABEL_FIELDS: Final = {
    field.name: field.metadata["title"]
    for field in fields(Reply)
    if field.compare and field.name not in _NOT_OF_ONE_LABEL
}
"""The fields of Reply that the value beside one label can set, for each its Chinese name: what
`extract` has a reader for."""

_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?) ?([A-Za-z]{1,3})")
_HOUR = "([01]?[0-9]|2[0-3]):([0-5][0-9])"
_WINDOW = re.compile(rf"{_HOUR} ?[-–—] ?{_HOUR}")
_SPAN = re.compile(r"(\d{1,9}) ?([a-z]{1,3})")
_NAME = re.compile(r"[a-z0-9-]{1,64}")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,9}")
_REGION = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}")
_HOST = re.compile(r"(?!-)[\w-]{1,63}(?:\.[\w-]{1,63}){0,20}")


def suggest(wrong: str, known: Collection[str]) -> str:
    """Return `` Did you mean …?`` for the nearest known word; empty where none is near.

    >>> suggest("dealy", ["delay", "url"])
    ' Did you mean delay?'
    """
    near = get_close_matches(wrong.lower(), sorted(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def read_size(value: object) -> int:
    """Read a size in bytes: a whole number, or a number with its unit, at least one byte.

    >>> read_size("20MB"), read_size("1.5 KiB"), read_size(512)
    (20000000, 1536, 512)
    """
    size = value if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(value, str) and (printed := _SIZE.fullmatch(value.strip())):
        unit = SIZES.get(printed[2].upper())
        size = int(float(printed[1]) * unit) if unit else None
    if size is None or size < 1:
        raise ValueError('must be a size such as "20MB" (KB, MB, GB, KiB, MiB, GiB), or bytes')
    return size


def read_span(value: object) -> timedelta:
    """Read a length of time, at most a century.

    >>> read_span("90d"), read_span("36h")
    (datetime.timedelta(days=90), datetime.timedelta(days=1, seconds=43200))
    """
    if isinstance(value, int) and not isinstance(value, bool):
        raise ValueError(f'must name its unit, in quotes. Did you mean "{value}d"?')
    printed = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    unit = SPANS.get(printed[2]) if printed else None
    if printed is None or unit is None:
        raise ValueError('must be a length of time such as "90d" (s, min, h, d, w)')
    if int(printed[1]) > LONGEST / unit:
        raise ValueError(f'must be at most a century, "{LONGEST.days}d"')
    return int(printed[1]) * unit


def read_days(value: object) -> timedelta:
    """Read a length of time of at least a day: what is printed is printed by the day."""
    span = read_span(value)
    if span < timedelta(days=1):
        raise ValueError('must be at least a day, "1d"')
    return span


def read_window(value: object) -> Window:
    """Read the hours of a day, civil time in China; they may span midnight.

    >>> str(read_window("22:00-6:00"))
    '22:00-06:00'
    """
    printed = _WINDOW.fullmatch(value.strip()) if isinstance(value, str) else None
    if printed is None:
        raise ValueError('must be hours of the day in China, as in "22:00-06:00"')
    numbers = [int(number) for number in printed.groups()]
    opens, closes = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    if opens == closes:
        raise ValueError("must open at another minute than it closes")
    return Window(opens, closes)


def read_contact(text: str, *, template: bool = False) -> str:
    """Read who runs the crawl: a mail address (returned with ``mailto:``) or a web address.

    It goes into the User-Agent, so it is one word of printable ASCII without brackets. With
    ``template`` the template's own will do.

    >>> read_contact("li.lei@hy.example")
    'mailto:li.lei@hy.example'
    """
    scheme, colon, rest = text.partition(":")
    mail = rest if colon and scheme.lower() == "mailto" else text
    if mail.lower() == PLACEHOLDER and not template:
        raise ValueError("is the template's. Put your own: it tells a site whom to write to")
    if _MAIL.fullmatch(mail):
        return f"mailto:{mail}"
    if text.isascii() and not set("()") & set(text) and scheme.lower() in ("http", "https"):
        return read_address(text)
    raise ValueError(f"must be your mail address or an http(s) address, not {shown(text)}")


def read_address(text: str) -> str:
    """Check the address of a listing: http or https, a host, no name or password, no blank."""
    if not text.isprintable() or re.search(r"[\s\\]", text):
        raise ValueError(f"{shown(text)} holds a blank, a control or a backslash. Write it as %20…")
    parts, host = _split(text)
    if "://" not in text and _HOST.fullmatch(text.partition("/")[0]):
        raise ValueError(f"must begin with http:// or https://. Did you mean http://{text}?")
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"must begin with http:// or https://, not {shown(text)}")
    if "@" in parts.netloc:
        raise ValueError("must not hold a name or a password")
    if not _is_host(host):
        raise ValueError(f"{shown(text)} names no host")
    return text


def same_address(text: str) -> str:
    """Return an address so that two spellings of one listing are equal; any text is taken.

    What stands behind ``#`` is a place on the page, but where it is a number, a column (gkmlpt).

    >>> same_address("HTTP://WWW.a.gov.cn#top")
    'http://www.a.gov.cn/'
    >>> same_address("http://www.a.gov.cn/gkmlpt/index#5121")
    'http://www.a.gov.cn/gkmlpt/index#5121'
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return text
    column = parts.fragment if parts.fragment.isdecimal() else ""
    host, path = parts.netloc.lower(), parts.path or "/"
    return parts._replace(netloc=host, path=path, fragment=column).geturl()


def read_host(text: str) -> str:
    """Read a host name, in lower case: no scheme, port or path."""
    if _is_host(text):
        return text.lower()
    inner = urlsplit(text).hostname if "://" in text and "[" not in text else None
    mend = f" Did you mean {inner}?" if inner else ""
    raise ValueError(f"must be a host name, as in static.example.gov.cn, not {shown(text)}.{mend}")


def read_name(text: str) -> str:
    """Check the name of a source: small letters, digits and hyphens, at most 64."""
    if not _NAME.fullmatch(text):
        near = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64]
        mend = f" Did you mean {near}?" if near else ""
        raise ValueError(f"must be small letters, digits and hyphens, not {shown(text)}.{mend}")
    return text


def read_line(text: str) -> str:
    """Read one line of text that is not blank, without the blanks around it."""
    line = text.strip()
    if not line or not line.isprintable():
        raise ValueError("must be one line of text that is not blank")
    return line


def read_path(text: str) -> str:
    """Read the path of a file; a ``~`` at its head is the home folder."""
    try:
        return str(Path(read_line(text)).expanduser())
    except RuntimeError:
        raise ValueError(f"{shown(text)} names a home folder that is not known") from None


def read_region(text: str) -> str:
    """Check a region: six digits that begin with the code of a province (GB/T 2260)."""
    if not _REGION.fullmatch(text):
        raise ValueError(f'must be the six digits of GB/T 2260, as in "430600", not {shown(text)}')
    return text


def read_family(text: str, families: Collection[str]) -> str:
    """Check the name of a family of listings; ``auto`` is always one."""
    known = {"auto", *families}
    if text not in known:
        there_are = ", ".join(sorted(known))
        mend = suggest(text, known)
        raise ValueError(f"{shown(text)} is no family. There are: {there_are}.{mend}")
    return text


def read_charset(text: str) -> str:
    """Check the name of a character encoding that pages are read in."""
    if text.strip().lower() not in CODECS:
        known = " Pages are read in: utf-8, gb18030, gbk, gb2312, big5, utf-16."
        mend = suggest(text, CODECS) or known
        raise ValueError(f"{shown(text)} is no character encoding.{mend}")
    return text


def read_selector(text: str) -> str:
    """Check a CSS selector; XPath and ``::attr()`` are none."""
    try:
        LexborHTMLParser("").css(text)
    except SelectolaxError:
        raise ValueError(f"{shown(text)} is no CSS selector") from None
    return text


def read_label_field(text: str) -> str:
    """Check the name of a field that a label may set; errors name fields in both languages."""
    if text in LABEL_FIELDS:
        return text
    both = [f"{name} ({title})" for name, title in LABEL_FIELDS.items()]
    known = dict(zip((*LABEL_FIELDS, *LABEL_FIELDS.values()), both * 2, strict=True))
    near = get_close_matches(text.lower(), known, n=1)
    mend = f"Did you mean {known[near[0]]}?" if near else f"There are: {', '.join(both)}."
    raise ValueError(f"{shown(text)} is no field that a label can set. {mend}")


def shown(value: object) -> str:
    """Return a value as a message shows it: quoted, controls escaped, the end of a long one cut.

    >>> print(shown("a\\x1b[2J"), shown("年" * 99))
    'a\\x1b[2J' '年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年年…
    """
    quoted = repr(value)
    return quoted if len(quoted) <= 60 else quoted[:40] + "…"


def _split(text: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(text)
        _ = parts.port  # a port that is none raises only when it is asked for
    except ValueError as error:
        raise ValueError(f"{shown(text)} is no address: {error}") from None
    return parts, parts.hostname or ""


def _is_host(text: str) -> bool:
    if _HOST.fullmatch(text):
        return True
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
