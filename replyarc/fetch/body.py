"""Bodies: unpacked within a bound, and known to be whole. Pure.

Unpacked here and not by httpx, which takes half a gzip stream for a whole page and unpacks any
number of bytes at once.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Final

from replyarc.errors import FetchError, Unreachable

CODINGS: Final = {
    # Content-Encoding: the wbits that zlib wants
    "gzip": 16 + zlib.MAX_WBITS,
    "x-gzip": 16 + zlib.MAX_WBITS,
    "deflate": zlib.MAX_WBITS,
}
PLAIN: Final = frozenset({"", "identity"})

MOST_MEMBERS: Final = 64
"""Gzip streams behind one another in a body: servers send one; each costs a copy of the rest."""

_GZIP: Final = b"\x1f\x8b"

_HTML_END: Final = re.compile(rb"</(?:html|body)\s{0,9}>", re.IGNORECASE)
_FIRST_TAG: Final = re.compile(rb"<([A-Za-z][\w:.-]{0,60})")

FILE_ENDS: Final = (
    # how a file begins, what stands near its end
    (b"%PDF", b"%%EOF"),
    (b"PK\x03\x04", b"PK\x05\x06"),
)


def unpack(raw: bytes, coding: str, *, url: str, bound: int, cut: bool = False) -> bytes:
    """Undo the Content-Encoding of a body; no more than `bound` bytes are ever made.

    ``cut``: of a longer body, return the first `bound` bytes. Raises Unreachable where the body
    is cut or is not so encoded, FetchError where it is over the bound or the coding is unknown.
    """
    body, whole = raw, True
    coding = coding.strip().lower()
    if coding not in PLAIN:
        if coding not in CODINGS:
            raise FetchError(url, f"the answer is encoded as {coding!r}, which was not asked for")
        try:
            body, whole = _inflate(raw, CODINGS[coding], bound)
        except zlib.error as error:
            raise Unreachable(url, f"the answer says {coding} and is not: {error}") from error
    if len(body) > bound or len(raw) > bound:
        if not cut:
            raise FetchError(url, f"the body is over {bound:,} bytes; see crawl.max_body")
        return body[:bound]
    if not whole:
        raise Unreachable(url, f"the answer broke off: its {coding} stream has no end")
    return body


def _inflate(raw: bytes, wbits: int, bound: int) -> tuple[bytes, bool]:
    """Return the bytes, at most one over the bound, and whether the stream came to its end."""
    try:
        return _inflate_members(raw, wbits, bound)
    except zlib.error:
        if wbits != CODINGS["deflate"]:
            raise
        return _inflate_members(raw, -wbits, bound)  # "deflate" without the zlib header


def _inflate_members(raw: bytes, wbits: int, bound: int) -> tuple[bytes, bool]:
    """Inflate one stream or, in gzip, several behind one another; other bytes behind are junk.

    Raises zlib.error where it is no such stream, or too many of them.
    """
    body = bytearray()
    for _ in range(MOST_MEMBERS):
        inflater = zlib.decompressobj(wbits)
        body += inflater.decompress(raw, bound + 1 - len(body))
        raw = inflater.unused_data
        if len(body) > bound or not inflater.eof or not raw.startswith(_GZIP):
            return bytes(body), inflater.eof
    raise zlib.error(f"more than {MOST_MEMBERS} streams behind one another")


def seems_whole(body: bytes) -> bool:
    """Tell whether a body whose length nobody said ends as one of its kind does.

    >>> seems_whole(b"<html><p>...</p></html>\\n"), seems_whole(b"<html><p>..")
    (True, False)
    >>> seems_whole(b'{"rows": []}'), seems_whole(b"<datastore><row/></datastore>")
    (True, True)
    """
    text, tail = body.strip(), body[-4096:]
    if text.startswith((b"{", b"[")):
        return _is_json(text)
    if _HTML_END.search(tail):
        return True
    if text.startswith(b"<"):
        tag = _FIRST_TAG.search(text[:4096])
        return tag is not None and text.endswith(b"</" + tag[1] + b">")
    return any(text.startswith(begin) and end in tail for begin, end in FILE_ENDS)


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
