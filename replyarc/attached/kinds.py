"""What kind of file it is, by its bytes: names and headers are often wrong."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from replyarc.attached.bounds import MAX_ENTRIES

WORDS: Final = {
    "pdf": "a PDF file",
    "docx": "a Word file",
    "doc": "a Word file of the old format (DOC or WPS)",
    "xlsx": "an Excel file",
    "xls": "an Excel file of the old format (XLS or ET)",
    "pptx": "a PowerPoint file",
    "ppt": "a PowerPoint file of the old format (PPT or DPS)",
    "ole": "an Office file of the old format",
    "encrypted": "an encrypted Office file",
    "ofd": "an OFD file",
    "rtf": "an RTF file",
    "zip": "a zip archive",
    "rar": "a rar archive",
    "7z": "a 7z archive",
    "gzip": "a gzip archive",
    "image": "a picture",
    "html": "an HTML page",
    "mhtml": "a web page saved as one file (MHT)",
    "xml": "an XML file",
    "text": "a text file",
    "empty": "an empty file",
    "unknown": "a file of a kind that is not known",
}
"""Every kind, and how a person calls it."""

READABLE_AS_PAGE: Final = frozenset({"html", "xml", "text", "empty", "unknown"})
"""The kinds that may be a page or a script's answer; every other one is a file, surely."""

_SIGNS: Final = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names of the streams that a compound file holds, as its directory has them.
_STREAMS: Final = tuple(
    (stream.encode("utf-16-le"), kind)
    for stream, kind in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("PowerPoint Document", "ppt"),
    )
)
_INSIDE: Final = (("OFD.xml", "ofd"), ("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
# Of a zip file that is cut, and so has lost its directory: the header before each file.
_LOCAL: Final = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_HEAD: Final = 1024  # a reader finds the sign of a PDF anywhere in so many bytes
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|meta|title|div|table|p|br)\b", re.IGNORECASE
)
_CONTROLS: Final = bytes(range(9)) + b"\x0b" + bytes(range(14, 27)) + bytes(range(28, 32))

_NAMED: Final = {
    ending: kinds.split()
    for endings, kinds in (
        ("pdf", "pdf"),
        ("doc docx docm dot dotx wps wpt", "docx doc"),
        ("xls xlsx xlsm et ett", "xlsx xls"),
        ("ppt pptx dps", "pptx ppt"),
        ("ofd", "ofd"),
        ("rtf", "rtf"),
        ("zip", "zip"),
        ("rar", "rar"),
        ("7z", "7z"),
        ("jpg jpeg png gif bmp tif tiff webp", "image"),
        ("txt csv", "text"),
        ("htm html shtml", "html"),
    )
    for ending in endings.split()
}
_ENDING: Final = re.compile(r"\.([a-z0-9]{2,5})(?=$|[?#&\s)）】》\]])", re.IGNORECASE)


def kind_of(body: bytes, name: str = "") -> str:
    """Return the kind of a file, a key of ``WORDS``, by what it begins with and holds.

    The name is asked only where an old Office file does not say which one it is.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"<html><body>404", "reply.pdf"), kind_of(b"")
    ('pdf', 'html', 'empty')
    """
    if not body.strip():
        return "empty"
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(body)
    if body.startswith(_OLE):
        return _kind_of_ole(body, name)
    for sign, kind in _SIGNS:
        if body.startswith(sign) and (sign != b"BM" or body[6:10] == bytes(4)):
            return kind
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image"
    return _kind_of_text(body)


def misnamed(kind: str, name: str) -> str | None:
    """Say what a file is taken for by its name, and is not; None where its name is right.

    >>> misnamed("html", "附件1.pdf")
    'not a PDF file but an HTML page'
    """
    endings = _ENDING.findall(name)
    named = _NAMED.get(endings[-1].lower(), []) if endings else []
    if not named or kind in named or kind in {"empty", "unknown", "encrypted"}:
        return None
    return f"not {WORDS[named[0]]} but {WORDS[kind]}"


def _kind_of_zip(body: bytes) -> str:
    names = list(_names(body))
    for start, kind in _INSIDE:
        if any(name.startswith(start) for name in names):
            return kind
    return "zip"


def _names(body: bytes) -> Iterator[str]:
    """Yield the names of the files inside, also where the zip file is cut."""
    if body.count(b"PK\x01\x02") <= MAX_ENTRIES:
        try:
            yield from zipfile.ZipFile(io.BytesIO(body)).namelist()
            return
        except Exception:  # of damaged files zipfile raises what it likes, struct.error included
            pass
    for count, header in enumerate(_LOCAL.finditer(body)):
        if count == MAX_ENTRIES:
            return
        length = int.from_bytes(header[1], "little")
        yield body[header.end() : header.end() + length].decode("utf-8", "replace")


def _kind_of_ole(body: bytes, name: str) -> str:
    for stream, kind in _STREAMS:
        if stream in body:
            return kind
    endings = _ENDING.findall(name)
    old = _NAMED.get(endings[-1].lower(), [])[1:] if endings else []
    return old[0] if old else "ole"


def _kind_of_text(body: bytes) -> str:
    head = body[: 4 * _HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    text = text.lstrip()
    if text.startswith("<"):
        return "xml" if text.startswith("<?xml") and not _HTML.search(text) else "html"
    if "%PDF-" in text[:_HEAD]:
        return "pdf"
    if text[:13].lower() == "mime-version:":
        return "mhtml"
    if _HTML.search(text[:_HEAD]):
        return "html"
    return "unknown" if head.translate(None, _CONTROLS) != head and "\x00" in text else "text"
