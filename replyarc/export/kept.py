"""What an export of a whole archive reads; the archive has it (``archive.evidence_rows``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from replyarc.model import Reply

Row = Mapping[str, Any]


class Kept(Protocol):
    """The evidence of an archive, or of some of its replies."""

    @property
    def format(self) -> int:
        """The number of the archive's format."""

    @property
    def whole(self) -> bool:
        """Whether it is all of the archive."""

    @property
    def tables_of_rows(self) -> tuple[str, ...]:
        """The tables that are told row by row, each behind those that its rows name."""

    def replies(self) -> Iterator[Reply]:
        """Yield the replies, newest first."""

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table, in the order of its key."""

    def fetches(self) -> Iterator[Row]:
        """Yield the fetches, each with ``first_id``, ``first_url``, ``first_at``, ``emptied``."""

    def lone_bodies(self) -> Iterator[str]:
        """Yield the SHA-256 of the bodies of which no fetch tells."""

    def body(self, sha256: str) -> bytes:
        """Return kept bytes."""

    def tables(self) -> Iterator[str]:
        """Yield the statements that make the tables and views."""

    def copied(self, path: Path) -> AbstractContextManager[Kept]:
        """Write the whole archive to a file that is not there yet, and read it there."""
