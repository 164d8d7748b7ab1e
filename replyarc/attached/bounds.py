"""What reading a file may cost, what a reader gives, and what is raised where it gives nothing."""

from __future__ import annotations

from typing import Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED

MAX_PAGES: Final = 300
"""Pages that are read of one file: a reply has two to ten, a report a hundred."""

MAX_LETTERS: Final = 500_000
"""Letters that are read of one file: more than any three hundred pages have."""

MAX_ENTRIES: Final = 5_000
"""Files inside one zip file: a Word file of three hundred pictures has four hundred."""

MAX_PART: Final = 20_000_000
"""Bytes of one file inside a zip file, unpacked."""

MAX_UNPACKED: Final = 60_000_000
"""Bytes of all that is unpacked of one zip file."""

BOUNDED: Final = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""The ways of packing that `zipfile` unpacks as far as it is asked to: of bzip2 and LZMA it makes
all, and 500 bytes become 400 MB at once. Word and OFD files know no other (ISO/IEC 29500-2)."""


class Unreadable(ValueError):
    """The text of a file cannot be had; the message says why, for people."""


class Found(NamedTuple):
    """The lines of a file, how many pages it has where it has pages, and what was left out."""

    lines: list[str]
    pages: int | None = None
    problem: str | None = None
