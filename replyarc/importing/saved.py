"""Pages that a person saved in a browser: what they were saved from, and what is inside. Pure.

The address is told by the person, else by what the browser wrote into the page, else by the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from replyarc.text.charset import decode
from replyarc.text.html import parse

_HEAD: Final = 8192
# A browser notes what it saved, in a comment before or behind <html>: Internet Explorer and its
# kin ("mark of the web"), and the extension SingleFile.
_MARK = re.compile(rb"saved from url=\(\d{4}\)([^\s>]+?)(?:\s|--)")
_SINGLE_FILE = re.compile(
    rb"Page saved with SingleFile\s+url:\s*(\S+)(?:\s+saved date:\s*([^\n]{5,60}))?"
)
_MHTML = re.compile(
    rb"\A(?:(?:[A-Za-z-]+:[^\r\n]*|[ \t][^\r\n]*)\r?\n)*?content-type:\s*multipart/related",
    re.IGNORECASE,
)
# What a page says of its own address, the more reliable first.
_NAMED: Final = (
    ('link[rel~="canonical"]', "href"),
    ('meta[property="og:url"]', "content"),
    ("base[href]", "href"),
)
_MOST_PARTS: Final = 2000
_DATE = re.compile(r"(\w{3} \w{3} \d{2} \d{4} \d{2}:\d{2}:\d{2}) GMT([+-]\d{4})")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page out of a file: its bytes, and what the file says of where and when it was saved.

    ``url``, ``content_type`` and ``saved_at`` are ``None`` where the file does not say.
    """

    body: bytes
    url: str | None = None
    content_type: str | None = None
    saved_at: datetime | None = None


def read_saved(body: bytes) -> SavedPage:
    """Read a file that a browser saved: an HTML page, or one of several parts (MHTML).

    Raises ValueError for an MHTML file without a page.
    """
    if is_mhtml(body):
        return _of_parts(body)
    url, saved_at = _marked(body)
    return SavedPage(body, url or _named(body), saved_at=saved_at)


def is_mhtml(body: bytes) -> bool:
    """Tell whether a file holds a page and its pictures as the parts of a mail (RFC 2557).

    >>> is_mhtml(b"MIME-Version: 1.0\\r\\nContent-Type: multipart/related; boundary=x\\r\\n")
    True
    """
    return _MHTML.match(body[:_HEAD]) is not None


def _of_parts(body: bytes) -> SavedPage:
    try:
        message = message_from_bytes(body)
        page = _page(message)
        content = page.get_payload(decode=True)
        told = (
            message.get("Snapshot-Content-Location"),
            page.get("Content-Location"),
            message.get("Content-Location"),
        )
        kind, saved_at = page.get("Content-Type"), _date(str(message.get("Date") or ""))
    except (RecursionError, LookupError, ValueError) as error:
        raise ValueError("its parts cannot be told apart") from error
    if not isinstance(content, bytes):
        raise ValueError("no page among its parts")
    url = next((url for each in told if each and (url := web_address(str(each)))), None)
    return SavedPage(content, url or _named(content), kind and str(kind), saved_at)


def _page(message: Message) -> Message:
    """Return the part that is the page: the one that `start` names, else the first of HTML."""
    start = message.get_param("start")
    first = None
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            break
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        if start and part.get("Content-ID") == start:
            return part
        first = first or part
    if first is None:
        raise ValueError("no page among its parts")
    return first


def _marked(body: bytes) -> tuple[str | None, datetime | None]:
    """Return the address, and the instant, that a browser noted."""
    head = body[:_HEAD]
    if found := _MARK.search(head):
        return web_address(found[1].decode("latin-1")), None
    if found := _SINGLE_FILE.search(head):
        at = _single_file_date((found[2] or b"").decode("latin-1"))
        return web_address(found[1].decode("latin-1")), at
    return None, None


def _named(body: bytes) -> str | None:
    """Return the address that a page says it has."""
    head = body[: 1 << 18]
    if b"<" not in head:
        return None
    tree = parse(decode(head))
    base = next(_values(tree, *_NAMED[-1]), "")
    for selector, name in _NAMED:
        for value in _values(tree, selector, name):
            url = web_address(urljoin(base, value))
            if url and (name, selector) != ("href", "base[href]"):
                return url
            if url and not urlsplit(url).path.endswith("/") and urlsplit(url).path:
                return url  # of a folder, a base says nothing of the page
    return None


def _values(tree: object, selector: str, name: str) -> Iterator[str]:
    from selectolax.lexbor import LexborHTMLParser

    if isinstance(tree, LexborHTMLParser):
        for node in tree.css(selector):
            if value := node.attributes.get(name):
                yield value.strip()


def web_address(text: str) -> str | None:
    """Return an address of the web as a crawl would write it; ``None`` for anything else.

    >>> web_address(" http://www.gov.test/答复.html#top "), web_address("file:///C:/a.html")
    ('http://www.gov.test/%E7%AD%94%E5%A4%8D.html', None)
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        good = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    if not good or parts.username is not None or re.search(r"[\s<>\"]", text):
        return None
    address = parts._replace(scheme=parts.scheme.lower(), fragment="", path=parts.path or "/")
    return quote(address.geturl(), safe="%/:?#[]@!$&'()*+,;=~|")


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def _single_file_date(text: str) -> datetime | None:
    """Read a date as JavaScript writes it: Wed May 01 2024 16:00:00 GMT+0800 (…)."""
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        return datetime.strptime(f"{found[1]} {found[2]}", "%a %b %d %Y %H:%M:%S %z").astimezone(
            UTC
        )
    except ValueError:
        return None
