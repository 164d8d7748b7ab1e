"""What strangers send, save and hand over is bounded, and never passes for another thing."""

from __future__ import annotations

import sqlite3
import zipfile
from collections import deque
from contextlib import closing
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError, ReplyarcError
from replyarc.export.bundle import ARCHIVE, SUMS
from replyarc.importing.restored import unzipped
from replyarc.importing.saved import is_mhtml
from tests.gov import Gov
from tests.test_fetch import PAGE, crawling
from tests.test_security import HEAD, ONCE, saying


async def test_what_is_said_behind_an_answer_is_no_answer(gov: Gov) -> None:
    gov.pages["/a"] = PAGE
    more = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>wrong</html>.."
    gov.faults["/b"] = deque([saying(HEAD + b"Content-Length: 13\r\n\r\n<html></html>" + more)])
    async with crawling(gov, ONCE) as crawler:
        assert (await crawler.get("/b")).body == b"<html></html>"
        assert (await crawler.get("/a")).body == PAGE
    assert gov.connections == 2


def test_a_head_of_many_lines_is_no_saved_page_and_found_so_at_once() -> None:
    assert not is_mhtml(b"A: b\r\n" * 9_000)
    assert is_mhtml(b"A: b\r\n c\r\nContent-Type: multipart/related")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
@pytest.mark.parametrize("name", [ARCHIVE, SUMS])
def test_a_bundle_is_unpacked_only_where_that_can_be_bounded(
    tmp_path: Path, method: int, name: str
) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as made:
        for each in (SUMS, ARCHIVE):
            made.writestr(each, bytes(900_000), method if each == name else zipfile.ZIP_STORED)
    with pytest.raises(ReplyarcError, match="packed in a way"), unzipped(path, tmp_path / "a.db"):
        pass


def test_an_archive_whose_tables_are_no_tables_is_refused(archive: Archive) -> None:
    path = archive.path
    archive.close()
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma foreign_keys = off")
        db.execute("drop table bodies")
        db.execute(f"create view bodies as {endless}")
    with pytest.raises(ArchiveError, match="bodies"):
        Archive.open(path, read_only=True)
