"""Bodies as they are kept: packed, and checked against their hash whenever they are read.

A body is packed by zstd, together with a dictionary where there is one: bytes that pages of its
site have in common, to which the packed body refers instead of holding them. Nothing is shared
between two calls but dictionaries, which never change: whatever thread calls, a compressor is its
own.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from replyarc.errors import ArchiveError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL: Final = 3
"""Of zstd. Level 9 takes three times as long for a tenth less."""

REMOVED: Final = "redacted"
"""The codec of a body whose bytes were removed."""

LARGEST: Final = 2**30
"""Bytes of a body: no more fits into a cell of SQLite, and no damaged size makes us ask for it."""

SAMPLE: Final = 65_536
"""Bytes of a page that are trained on, at most: of 200 pages, that takes half a second."""

LONGEST: Final = 262_144
"""Bytes of a dictionary of whole pages, at most."""

_WINDOW: Final[Mapping[int, int]] = {zstd.DecompressionParameter.window_log_max: 24}
"""How far back a packed body may refer, as a power of two: eight times what our level does."""

_TRAINED: Final = 114_688  # 112 KiB, bytes of a trained dictionary
_TIMES: Final = 50  # as many bytes are to be trained on; of fewer zstd makes a far worse one
_MAGIC: Final = b"\x37\xa4\x30\xec"  # what a trained dictionary begins with (RFC 8878, section 5)


@dataclass(frozen=True)
class Dictionary:
    """What the bodies of one site have in common; ``id`` follows from the content.

    So the same dictionary has the same id in every archive, and two archives are merged row by row.
    """

    content: bytes

    @cached_property
    def name(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return sha256(self.content).hexdigest()

    @cached_property
    def id(self) -> int:
        """The first 63 bits of the SHA-256: what a whole number of SQLite holds."""
        return int(self.name[:16], 16) >> 1

    @property
    def is_trained(self) -> bool:
        """Whether zstd made it of many pages; else it is some pages as they are."""
        return self.content.startswith(_MAGIC)

    @cached_property
    def zstd(self) -> zstd.ZstdDict:
        """The same as zstd wants it."""
        return zstd.ZstdDict(self.content, is_raw=not self.is_trained)


def dictionary_of(pages: Sequence[bytes]) -> Dictionary:
    """Return a dictionary of the last of some pages, as they are, at least of one.

    >>> dictionary_of([b"<html>one", b"<html>two"]).content
    b'<html>one<html>two'
    """
    content = b""
    for page in reversed(pages):
        if content and len(page) + len(content) > LONGEST:
            break
        content = page + content
    content = content[-LONGEST:]
    if content.startswith(_MAGIC):  # cut just there: it would be taken for a trained one
        content = content[1:]
    return Dictionary(content)


def train(pages: Sequence[bytes]) -> Dictionary | None:
    """Return a dictionary trained on many pages; ``None`` where they are no use for one."""
    samples = [page[:SAMPLE] for page in pages]
    size = min(_TRAINED, sum(map(len, samples)) // _TIMES)
    try:
        trained = zstd.train_dict(samples, size)
    except (zstd.ZstdError, ValueError):  # too few, too small, or nothing in common
        return None
    return Dictionary(trained.dict_content)


def is_text(body: bytes) -> bool:
    """Tell whether a body may have something in common with the pages of its site.

    >>> is_text(b"<html>"), is_text(b"%PDF-1.7"), is_text(b"PK\\x03\\x04\\x14\\x00"), is_text(b"")
    (True, False, False, False)
    """
    return bool(body) and b"\0" not in body[:4096] and not body.startswith((b"%PDF", _MAGIC))


def pack(body: bytes, dictionary: Dictionary | None = None) -> tuple[str, bytes]:
    """Return the codec and the packed body; a body that does not shrink (an image) is kept plain.

    >>> pack(b"short")
    ('plain', b'short')
    """
    known = dictionary.zstd.as_digested_dict if dictionary else None
    packed = zstd.compress(body, LEVEL, zstd_dict=known)
    return ("zstd", packed) if len(packed) < len(body) else ("plain", body)


def is_usable(dictionary: Dictionary) -> bool:
    """Tell whether zstd takes a dictionary, which it looks into only when it is used."""
    try:
        pack(b"", dictionary)
    except zstd.ZstdError:
        return False
    return True


def weigh(body: bytes, dictionary: Dictionary) -> int:
    """Return the size that a body would be packed to, or nearly.

    For a dictionary that is used once, this takes a third of the time of `pack`.
    """
    once = dictionary.zstd.as_prefix
    return len(zstd.compress(body, LEVEL, zstd_dict=once))


def unpack(
    name: str, codec: str, size: int, data: bytes, dictionary: Dictionary | None = None
) -> bytes:
    """Return the body of this name (its SHA-256, in hexadecimal).

    ``size`` is what the body is to have: no more than a byte beyond it is ever unpacked. Raises
    ArchiveError where the bytes are not the ones that were kept, or are packed in a way that this
    replyarc does not know.
    """
    if codec == REMOVED:
        raise ArchiveError(f"body {name} is not kept any more: a redaction removed it")
    if codec not in CODECS:
        raise ArchiveError(
            f"body {name} is packed with {codec!r}, which this replyarc cannot read. "
            "Update: pip install -U replyarc"
        )
    if not isinstance(size, int) or not isinstance(data, bytes) or not 0 <= size <= LARGEST:
        raise damaged(name)
    try:
        body = CODECS[codec](data, size, dictionary)
    except (zlib.error, zstd.ZstdError) as error:
        raise damaged(name) from error
    if sha256(body).hexdigest() != name:
        raise damaged(name)
    return body


def seal(dictionary: Dictionary) -> bytes:
    """Pack a dictionary for its row: of a site of a few dozen pages, it is much of what is kept."""
    return zstd.compress(dictionary.content, LEVEL)


def unseal(data: bytes, name: str) -> Dictionary | None:
    """Return the dictionary of a row, given its SHA-256; ``None`` if it is not that any more."""
    try:
        found = Dictionary(_expand(data, LONGEST, None))
        return found if found.name == name and found.zstd else None
    except (zstd.ZstdError, TypeError, ValueError):
        return None


def damaged(name: str, what: str = "it is not what was kept") -> ArchiveError:
    """Return the error that says that a body cannot be had from the archive any more, and why."""
    return ArchiveError(
        f"body {name} is damaged: {what}. `replyarc verify` lists the damage; "
        "restore the archive from a backup, or crawl again"
    )


def _inflate(data: bytes, size: int, dictionary: Dictionary | None) -> bytes:
    """Undo zlib. One byte more than promised is enough to know that the body is damaged."""
    return zlib.decompressobj().decompress(data, size + 1)


def _expand(data: bytes, size: int, dictionary: Dictionary | None) -> bytes:
    """Undo zstd, as `_inflate` does zlib."""
    known = dictionary.zstd if dictionary else None
    return zstd.ZstdDecompressor(known, _WINDOW).decompress(data, size + 1)


# how a body is unpacked; older archives have zlib
CODECS: Final[dict[str, Callable[[bytes, int, Dictionary | None], bytes]]] = {
    "zstd": _expand,
    "zlib": _inflate,
    "plain": lambda data, size, dictionary: data,
}
