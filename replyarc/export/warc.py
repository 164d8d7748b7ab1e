"""An archive, or the part of it that belongs to some replies, as a WARC file.

First comes what the file is (``warcinfo``), then the rows of the evidence, then every fetch in its
order, and last a row that says how many records there were: a file without it was cut, and still
holds what is known of the pages before the cut. ``importing`` reads all of it back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, BinaryIO, Final

from replyarc import __version__
from replyarc.export.kept import Kept
from replyarc.export.warc_records import (
    answer_record,
    body_record,
    record,
    request_record,
    require_warcio,
    row_record,
    rows_record,
)

LAST: Final = "end"
"""The table that is none: its one row ends the file."""

_ROWS_OF_A_RECORD: Final = 500

_DESCRIPTION: Final = (
    "Bodies are decoded; WARC-Payload-Digest is the SHA-256 of the decoded body. "
    "The records urn:replyarc:archive:… hold the rows of the archive as JSON."
)


def write_warc(kept: Kept, out: BinaryIO) -> int:
    """Write a WARC 1.1, one gzip member a record; return how many fetches it holds.

    Raises ReplyarcError where warcio is not installed.
    """
    require_warcio()
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    writer.write_record(_info(kept, now))
    fetches = records = 0
    for each in _records(kept, now):
        writer.write_record(each)
        records += 1
        fetches += each.rec_type == "metadata"
    ending = json.dumps({"records": records, "whole": kept.whole}).encode() + b"\n"
    writer.write_record(rows_record(LAST, 1, now, [ending]))
    return fetches


def file_name(at: datetime) -> str:
    """Return the name of a WARC that nobody named, as crawlers name theirs.

    >>> file_name(datetime(2024, 5, 1, 8, tzinfo=UTC)).startswith("replyarc-20240501080000-00001-")
    True
    """
    import socket  # slow to load, and asked here alone

    host = re.sub(r"[^A-Za-z0-9.-]+", "-", socket.gethostname()) or "localhost"
    return f"replyarc-{at:%Y%m%d%H%M%S}-00001-{host}.warc.gz"


def _info(kept: Kept, now: str) -> Any:
    """Return the record that says what wrote the file, and by which rules."""
    told = {
        "software": f"replyarc/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": _DESCRIPTION,
        "replyarc-archive-format": str(kept.format),
    }
    if any(True for _ in kept.rows("_robots")):
        told["robots"] = "classic"
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    fields = [("WARC-Record-ID", _fresh()), ("WARC-Date", now)]
    return record("warcinfo", fields, "application/warc-fields", lines.encode())


def _fresh() -> str:
    from uuid import uuid4

    return f"<urn:uuid:{uuid4()}>"


def _records(kept: Kept, now: str) -> Iterator[Any]:
    for table in kept.tables_of_rows:
        lines = (json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in kept.rows(table))
        part = 0
        while some := list(islice(lines, _ROWS_OF_A_RECORD)):
            part += 1
            yield rows_record(table, part, now, some)
    for fetch in kept.fetches():
        yield row_record(fetch)
        if fetch["sha256"] and not fetch["emptied"]:
            known = fetch["first_id"] != fetch["id"]
            yield answer_record(fetch, None if known else kept.body(fetch["sha256"]))
            if asked := request_record(fetch):
                yield asked
    for name in kept.lone_bodies():
        yield body_record(name, now, kept.body(name))
