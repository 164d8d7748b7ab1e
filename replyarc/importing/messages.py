"""A message of HTTP as a WARC has it: its headers, and its body undone of what packed it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from replyarc.errors import FetchError
from replyarc.fetch.body import PLAIN, unpack
from replyarc.importing.records import message_fields

BOUND: Final = 100_000_000
"""Bytes of a body, unpacked."""

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_CHUNK_HEAD = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Message:
    """An answer: its status, its headers (names in lower case), its body as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return the first header of a (lower-case) name, ``""`` where there is none."""
        return next((value for key, value in self.headers if key == name), "")


def read_answer(block: bytes) -> Message:
    """Read the block of a response. Raises ValueError where it is none."""
    head, body = _parted(block)
    first, *lines = head.split(b"\n")
    status = _STATUS.match(first)
    if status is None:
        raise ValueError("no answer of HTTP")
    return Message(int(status[1]), message_fields(lines), body)


def _parted(block: bytes) -> tuple[bytes, bytes]:
    end = _HEAD_END.search(block)
    return (block[: end.start()], block[end.end() :]) if end else (block, b"")


def entity(message: Message, url: str) -> bytes:
    """Return the body of a message without the chunks and codings it came in.

    Some programs undo these before they write a WARC, and leave the headers as they were: what is
    not chunked, or not gzip, is taken as it is. Raises ValueError where the body is cut, is packed
    in a way that is not known here, or unpacks to over BOUND bytes.
    """
    body = message.body
    if "chunked" in message.header("transfer-encoding").lower():
        body = _joined(body)
    elif not _codings(message) and len(body) < _told_length(message):
        raise ValueError(f"cut: {len(body):,} bytes of {_told_length(message):,}")
    try:
        for coding in reversed(_codings(message)):
            if coding in ("gzip", "x-gzip") and not body.startswith(_GZIP):
                continue
            body = unpack(body, coding, url=url, bound=BOUND)
    except FetchError as error:
        raise ValueError(error.why) from error
    return body


def _told_length(message: Message) -> int:
    told = message.header("content-length")
    return int(told) if told.isdecimal() and len(told) < 18 else 0


def _codings(message: Message) -> list[str]:
    codings = (each.strip().lower() for each in message.header("content-encoding").split(","))
    return [each for each in codings if each not in PLAIN]


def _joined(body: bytes) -> bytes:
    """Join the chunks of a body; one that does not begin with a chunk is none of chunks."""
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK_HEAD.match(body, at):
        size = int(head[1], 16)
        at = head.end() + size
        if not size:
            return b"".join(parts)
        if at > len(body):
            break
        parts.append(body[head.end() : at])
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not parts and not _CHUNK_HEAD.match(body):
        return body
    raise ValueError("cut: its chunks have no end")
