"""A bundle: one zip with all of an archive, for a reader who has no replyarc.

The archive is copied first, and everything in the zip is made of the copy, so that all of it is
of one moment. ``SHA256SUMS`` names every other file: ``sha256sum -c SHA256SUMS`` checks them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from replyarc import __version__
from replyarc.export import bundle_words, tables, warc
from replyarc.export.flat import as_json
from replyarc.export.kept import Kept
from replyarc.export.leftover import PREFIX
from replyarc.export.sink import beside
from replyarc.export.tables import Profile, Style
from replyarc.export.warc_records import require_warcio

if TYPE_CHECKING:
    from zipfile import ZipFile

FOLDER: Final = "replyarc-bundle/"
"""The folder that the files of a bundle are in."""

ARCHIVE: Final = "replies.db"
SUMS: Final = "SHA256SUMS"

Writer = Callable[[Kept, BinaryIO], int]

FILES: Final[dict[str, Writer]] = {
    "replies.csv": lambda kept, out: tables.write_csv(
        map(as_json, kept.replies()), out, Style(Profile.EXCEL)
    ),
    "replies-raw.csv": lambda kept, out: tables.write_csv(
        map(as_json, kept.replies()), out, Style(Profile.RAW)
    ),
    "replies.jsonl": lambda kept, out: tables.write_jsonl(
        map(as_json, kept.replies()), out, Style()
    ),
    "pages.warc.gz": warc.write_warc,
}
"""What is made of the copy: the file's name, and what writes it."""

_PACKED: Final = frozenset({".gz"})


def write_bundle(kept: Kept, out: BinaryIO) -> int:
    """Write a bundle of an archive; return how many replies are in it.

    Room is needed for a copy of the archive and of its largest export. Raises ReplyarcError where
    warcio is not installed.
    """
    from tempfile import TemporaryDirectory  # slow to load

    require_warcio()
    with TemporaryDirectory(prefix=PREFIX, dir=beside(out)) as folder:
        return _write(kept, out, Path(folder))


def file_name(at: datetime) -> str:
    """Return the name of a bundle that nobody named.

    >>> file_name(datetime(2024, 5, 1, 8, tzinfo=UTC))
    'replyarc-20240501080000.zip'
    """
    return f"replyarc-{at:%Y%m%d%H%M%S}.zip"


def _write(kept: Kept, out: BinaryIO, folder: Path) -> int:
    from zipfile import ZipFile

    with ZipFile(out, "w") as zipped:
        bundle, copy = _Bundle(zipped, folder), folder / ARCHIVE
        with kept.copied(copy) as copied:
            counts = {name: bundle.add_made(name, write, copied) for name, write in FILES.items()}
            replies, captures = counts["replies.jsonl"], counts["pages.warc.gz"]
            told = (bundle.now, __version__, copied.format, replies, captures)
            bundle.add_text("README.txt", bundle_words.readme(*told))
            bundle.add_text("FORMAT.txt", bundle_words.described(copied.format, copied.tables()))
        bundle.add(ARCHIVE, copy)
        bundle.add_text(SUMS, bundle.sums())
    return replies


class _Bundle:
    """A zip in the making, and the sums of what is in it."""

    def __init__(self, zipped: ZipFile, folder: Path) -> None:
        self.now = datetime.now(UTC)
        self._zipped = zipped
        self._folder = folder
        self._sums: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file under a name."""
        from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

        info = ZipInfo(FOLDER + name, self.now.timetuple()[:6])
        info.compress_type = ZIP_STORED if path.suffix in _PACKED else ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with path.open("rb") as file:
            self._sums[name] = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            with self._zipped.open(info, "w", force_zip64=True) as entry:
                shutil.copyfileobj(file, entry, 1 << 20)

    def add_text(self, name: str, text: str) -> None:
        """Add a file with a text."""
        path = self._folder / name
        path.write_text(text, "utf-8", newline="\n")
        self.add(name, path)

    def add_made(self, name: str, write: Writer, kept: Kept) -> int:
        """Add a file that is made of the archive; return how much is in it."""
        path = self._folder / name
        with path.open("wb") as file:
            number = write(kept, file)
        self.add(name, path)
        path.unlink()
        return number

    def sums(self) -> str:
        """Return what `sha256sum -c` reads."""
        return "".join(f"{digest}  {name}\n" for name, digest in sorted(self._sums.items()))
