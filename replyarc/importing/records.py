"""The records of a WARC file: what is whole is read, what is not is told. No network.

WARC 1.0 and 1.1 (ISO 28500), packed or not, a gzip member a record or one for all of them.
"""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b16decode, b32decode, b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from replyarc.importing.members import Damaged, Tell, streams

MOST: Final = 100_000_000
"""Bytes of a record; of a larger one nothing is kept: it is no page, and no file of a letter."""

_LINE: Final = 1 << 20
_HEAD: Final = 1 << 22
_CHUNK: Final = 1 << 16
_VERSION = re.compile(rb"WARC/\d+\.\d+\s*$")
_ENCODINGS: Final = (
    # how a digest may be written, tried in this order (RFC 4648)
    lambda text: b16decode(text.upper()),
    lambda text: b32decode(text.upper()),
    b64decode,
)
_DIGESTS: Final = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its type, its fields in order, its block."""

    kind: str
    fields: tuple[tuple[str, str], ...]
    block: bytes

    def field(self, name: str) -> str | None:
        """Return the first field of a name, in any case; ``None`` where there is none."""
        name = name.lower()
        return next((value for key, value in self.fields if key.lower() == name), None)

    @property
    def target(self) -> str:
        """The address it is about; some programs put it between < and >."""
        return (self.field("WARC-Target-URI") or "").strip("<>")


def records(file: BinaryIO, tell: Tell) -> Iterator[Record]:
    """Yield the records of a file that are whole; ``tell`` is told of every place that is not.

    A record whose block is not what its digest says is not whole, nor is one of over MOST bytes.
    """
    for stream in streams(file, tell):
        try:
            yield from _records(stream, tell)
        except Damaged as error:
            stream.raw.failed = True  # type: ignore[attr-defined]  # Plain and Member have it
            if not hasattr(stream.raw, "end"):  # of a member, `streams` tells
                tell(str(error))


def _records(stream: io.BufferedReader, tell: Tell) -> Iterator[Record]:
    ready: list[Record] = []  # held back until what follows it shows that it was whole
    begun = False
    while True:
        line = stream.readline(_LINE)
        if line and not line.strip():
            continue
        yield from ready
        ready.clear()
        if not line:
            return
        if not _VERSION.match(line):
            if not begun and hasattr(stream.raw, "end"):
                raise Damaged("no record of a WARC begins here")
            tell("a record is longer or shorter than it says")
            if not _skip_to_record(stream):
                return
        begun = True
        ready += _record(stream, tell)


def _record(stream: io.BufferedReader, tell: Tell) -> Iterator[Record]:
    """Read a record behind its first line; none where it is not to be had."""
    fields = _fields(stream)
    record = Record("", fields, b"")
    block = _block(stream, record.field("Content-Length") or "")
    kind = (record.field("WARC-Type") or "").lower()
    if block is None:
        tell(f"{record.target or kind}: over {MOST:,} bytes; left")
        return
    record = Record(kind, fields, block)
    if _is_as_told(record):
        yield record
    else:
        tell(f"{record.target or kind}: not what its digest says; left")


def _skip_to_record(stream: io.BufferedReader) -> bool:
    """Pass over what is no record; true where another one begins behind it."""
    while line := stream.readline(_LINE):
        if _VERSION.match(line):
            return True
    return False


def _fields(stream: io.BufferedReader) -> tuple[tuple[str, str], ...]:
    """Read the fields of a record, to the empty line."""
    lines: list[str] = []
    size = 0
    while line := stream.readline(_LINE):
        size += len(line)
        if size > _HEAD or not line.endswith(b"\n"):
            raise Damaged("a record has no end of its fields")
        if not line.strip():
            return tuple(_pairs(lines))
        lines.append(_text(line))
    raise Damaged("it breaks off in the fields of a record")


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Part lines into names and values; a line that begins with a blank goes on with the last."""
    joined: list[str] = []
    for line in lines:
        if line[:1] in " \t" and joined:
            joined[-1] += " " + line.strip()
        else:
            joined.append(line.rstrip("\r\n"))
    for line in joined:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _block(stream: io.BufferedReader, told: str) -> bytes | None:
    """Read the block of a record; ``None``, and it is passed over, where it is too large."""
    if not told.isdecimal() or len(told) > 18:
        raise Damaged("a record does not say how long it is")
    size = int(told)
    parts, left = [], size
    while left:
        data = stream.read(min(left, _CHUNK))
        if not data:
            raise Damaged("it breaks off inside a record")
        left -= len(data)
        if size <= MOST:
            parts.append(data)
    return b"".join(parts) if size <= MOST else None


def _is_as_told(record: Record) -> bool:
    """Tell whether a block is what its digest says, where it has one that is known here."""
    told = record.field("WARC-Block-Digest")
    return told is None or is_digest(told, record.block)


def is_digest(told: str, data: bytes) -> bool:
    """Tell whether a digest (``sha1:BASE32``, ``sha256:HEX`` …) is that of data, or not known here.

    >>> is_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b""), is_digest("md5:00", b"")
    (True, False)
    """
    name, _, value = told.strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in _DIGESTS:
        return True
    digest = hashlib.new(name, data, usedforsecurity=False).digest()
    for decode in _ENCODINGS:
        try:
            if decode(value) == digest:
                return True
        except ValueError:
            continue
    return False


def message_fields(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    """Read the headers of a message of HTTP, names in lower case."""
    return tuple((name.lower(), value) for name, value in _pairs([_text(line) for line in lines]))
