"""The files of one archive, as the reading of a letter wants them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from replyarc.archive.store import Archive
from replyarc.attached.read import NOT_INSTALLED
from replyarc.errors import FetchError
from replyarc.evidence import Attached


class ArchiveShelf:
    """The files of one archive, as `whole.Shelf` wants them."""

    def __init__(self, archive: Archive, crawl: int, now: Callable[[], datetime]) -> None:
        self._archive = archive
        self._crawl = crawl
        self._now = now

    def known(self, url: str) -> Attached | None:
        """Return what the file of this address says, if its bytes are held and were read."""
        said = self._archive.files.said(url)
        return None if said and NOT_INSTALLED in (said.problem or "") else said

    def held(self, url: str) -> tuple[bytes, str] | None:
        """Return the bytes of the file of this address and their SHA-256, if they are held."""
        sha256 = self._archive.files.held(url)
        return (self._archive.body(sha256), sha256) if sha256 else None

    def keep(self, sha256: str, said: Attached) -> None:
        """Note what kept bytes say."""
        self._archive.files.keep_text(sha256, said)

    def lost(self, error: FetchError) -> None:
        """Note that a file could not be had; it is not asked for again before ``recheck``."""
        self._archive.note_failure(error.url, self._now(), error.status, error.why, self._crawl)
