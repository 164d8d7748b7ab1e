"""What replyarc itself exported with all its evidence: a WARC, and a bundle."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from lzma import LZMAError
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from replyarc.archive.chest import FETCHES, Chest
from replyarc.archive.format import FORMAT
from replyarc.archive.place import ROOM, check_room
from replyarc.attached.bounds import BOUNDED
from replyarc.errors import ReplyarcError
from replyarc.export.bundle import ARCHIVE, SUMS
from replyarc.export.warc import LAST
from replyarc.export.warc_records import BODY_URN, ROWS, URN
from replyarc.importing.messages import entity, read_answer
from replyarc.importing.records import Record

_FORMAT = re.compile(rb"^replyarc-archive-format:\s*(\d{1,6})\s*$", re.MULTILINE)
_NO_TIME: Final = datetime.fromisoformat("1970-01-01T00:00:00Z")
_DAMAGED: Final = (
    *(BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, LZMAError),
    ValueError,  # of a name that is no UTF-8
)
"""What is raised of a zip that is damaged, each way of packing its own."""
_SMALL: Final = 1_000_000
_RATIO: Final = 200
_CHUNK: Final = 1 << 20

_Row = dict[str, Any]


class OurRecords:
    """Puts the records of a WARC of ours into a chest; ``any``: there were some.

    A row of `fetches` waits until the record that follows it brought its bytes.
    """

    def __init__(self, chest: Chest) -> None:
        self._chest = chest
        self._row: _Row | None = None
        self._ours = False
        self._records = 0
        self._told: int | None = None

    @property
    def any(self) -> bool:
        """Whether the file is one of ours."""
        return self._ours

    @property
    def is_cut(self) -> bool:
        """Whether records are missing: the last one says how many there were."""
        return self._ours and self._told != self._records - 1

    def take(self, record: Record) -> bool:
        """Take a record in, if it is one of ours; say so.

        Raises ReplyarcError where it is of a newer replyarc, ValueError where it is damaged.
        """
        if record.kind == "warcinfo":
            self._ours = _is_ours(record)
            return True
        if not self._ours:
            return False
        self._records += 1
        if record.kind == "metadata":
            self._take_row(record)
        elif record.target.startswith(URN):
            self._take_rows(record)
        elif record.target.startswith(BODY_URN):
            self._take_body(record, record.target.removeprefix(BODY_URN), record.block)
        elif record.kind in ("response", "resource", "revisit"):
            return self._take_answer(record)
        return True

    def _take_row(self, record: Record) -> None:
        row = json.loads(record.block)["fetch"]
        self._row = None
        if row["sha256"] is None or not record.field("WARC-Concurrent-To"):
            self._chest.put_rows(FETCHES, [row])
        else:
            self._row = row

    def _take_answer(self, record: Record) -> bool:
        """Take the bytes that the row before it told of; without a row it is as of others."""
        row, self._row = self._row, None
        if row is None or f"sha256:{row['sha256']}" != record.field("WARC-Payload-Digest"):
            self._records -= 1
            return False
        if record.kind != "revisit":
            block = record.block
            body = block if record.kind == "resource" else entity(read_answer(block), record.target)
            self._take_body(record, row["sha256"], body, row)
        self._chest.put_rows(FETCHES, [row])
        return True

    def _take_body(self, record: Record, name: str, body: bytes, row: _Row | None = None) -> None:
        if hashlib.sha256(body).hexdigest() != name:
            raise ValueError(f"{record.target}: not what its digest says")
        at = datetime.fromisoformat(row["fetched_at"]) if row else _NO_TIME
        self._chest.put_body(body, record.target if row else "", at)

    def _take_rows(self, record: Record) -> None:
        table = record.target.removeprefix(URN).partition(":")[0]
        rows = [json.loads(line) for line in record.block.splitlines()]
        if table == LAST:
            self._told = rows[0]["records"]
        elif record.field("Content-Type") == ROWS:
            self._chest.put_rows(table, rows)


def _is_ours(record: Record) -> bool:
    found = _FORMAT.search(record.block)
    if found and int(found[1]) > FORMAT:
        raise ReplyarcError(
            f"written by a newer replyarc (archive format {int(found[1])}, known here: {FORMAT}). "
            "Update: pip install -U replyarc"
        )
    return found is not None


@contextmanager
def unzipped(path: Path, beside: Path) -> Iterator[Path]:
    """Take the archive out of a bundle, into a folder that goes with the block.

    No name in the zip becomes a path. Raises ReplyarcError where it is no bundle, or damaged.
    """
    with TemporaryDirectory(prefix=".replyarc-", dir=beside.absolute().parent) as folder:
        out = Path(folder) / "bundle.db"
        try:
            with ZipFile(path) as zipped:
                told = _sums(zipped)
                archive = _named(zipped, ARCHIVE, path)
                if archive.file_size > max(_SMALL, _RATIO * archive.compress_size):
                    raise ReplyarcError(f"{path}: {ARCHIVE} is packed too tightly to be one")
                check_room(out, ROOM + archive.file_size)
                digest = _copy(zipped, archive, out)
        except _DAMAGED as error:
            raise ReplyarcError(f"{path}: damaged: {error}") from error
        except OSError as error:
            if error.errno is not None:
                raise
            raise ReplyarcError(f"{path}: damaged: {error}") from error  # so bzip2 says it
        if told.get(ARCHIVE) != digest:
            raise ReplyarcError(f"{path}: damaged: {ARCHIVE} is not what {SUMS} says")
        yield out


def _named(zipped: ZipFile, name: str, path: Path) -> ZipInfo:
    for info in zipped.infolist():
        if info.filename.rpartition("/")[2] == name and info.filename.count("/") <= 1:
            return _bounded(info)
    raise ReplyarcError(
        f"{path}: a zip without {name}, no bundle. Unpack it, and import the folder"
    )


def _sums(zipped: ZipFile) -> dict[str, str]:
    for info in zipped.infolist():
        if info.filename.rpartition("/")[2] == SUMS and info.file_size < _SMALL:
            lines = zipped.read(_bounded(info)).decode("utf-8", "replace").splitlines()
            return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    return {}


def _bounded(info: ZipInfo) -> ZipInfo:
    """Return what `zipfile` unpacks as far as it is asked to."""
    if info.compress_type not in BOUNDED:
        raise BadZipFile(f"{info.filename} is packed in a way that bundles are not")
    return info


def _copy(zipped: ZipFile, info: ZipInfo, out: Path) -> str:
    """Unpack a file, never more of it than it says; return its SHA-256."""
    digest, left = hashlib.sha256(), info.file_size
    with zipped.open(info) as file, out.open("wb") as to:
        while left and (data := file.read(min(_CHUNK, left))):
            digest.update(data)
            to.write(data)
            left -= len(data)
    return digest.hexdigest()
