"""FORMATS: how replies and archives are written, one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from replyarc.export import tables
from replyarc.export.binder import Binder
from replyarc.export.flat import Row
from replyarc.export.kept import Kept
from replyarc.export.tables import Style


@dataclass(frozen=True, slots=True)
class Format:
    """A format of replies: its writer (replies and style in, bytes to a stream, their number out).

    ``counts`` are what the number is of; ``also`` are other endings of its files' names;
    ``terminal``: whether it is text, that a terminal can show; ``extra`` names what is to be
    installed for it; ``stored``: whether its writer takes replies as an archive keeps them, too,
    which is faster.
    """

    write: Callable[[Iterable[Row], BinaryIO, Style], int]
    suffix: str
    summary: str
    counts: str = "replies"
    also: tuple[str, ...] = ()
    terminal: bool = True
    extra: str = ""
    stored: bool = False


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """A format of replies that is a folder of files (see ``export.folder``).

    ``suffix`` is that of its files; who names such a file is told to name a folder.
    """

    write: Callable[[Iterable[Row], Binder, Style], int]
    suffix: str
    summary: str
    counts: str = "replies"


@dataclass(frozen=True, slots=True)
class ArchiveFormat:
    """A format that holds the bytes too: its writer reads all that is kept.

    It is never written to a terminal. ``name`` is how a file is called that nobody named;
    ``filters``: whether it can hold the part of the archive that belongs to some replies.
    """

    write: Callable[[Kept, BinaryIO], int]
    suffix: str
    summary: str
    name: Callable[[datetime], str]
    counts: str
    filters: bool


# What most formats need is slow to load: it is when one of them is asked for.


def _write_xlsx(replies: Iterable[Row], out: BinaryIO, style: Style) -> int:
    from replyarc.export.xlsx import write_xlsx

    return write_xlsx(replies, out, style)


def _write_parquet(replies: Iterable[Row], out: BinaryIO, style: Style) -> int:
    from replyarc.export.parquet import write_parquet

    return write_parquet(replies, out, style)


def _write_markdown(replies: Iterable[Row], binder: Binder, style: Style) -> int:
    from replyarc.export.markdown import write_markdown

    return write_markdown(replies, binder, style)


def _write_atom(replies: Iterable[Row], out: BinaryIO, style: Style) -> int:
    from replyarc.export.atom import write_atom

    return write_atom(replies, out, style)


def _write_warc(kept: Kept, out: BinaryIO) -> int:
    from replyarc.export.warc import write_warc

    return write_warc(kept, out)


def _name_warc(at: datetime) -> str:
    from replyarc.export.warc import file_name

    return file_name(at)


def _write_bundle(kept: Kept, out: BinaryIO) -> int:
    from replyarc.export.bundle import write_bundle

    return write_bundle(kept, out)


def _name_bundle(at: datetime) -> str:
    from replyarc.export.bundle import file_name

    return file_name(at)


FORMATS: Final[dict[str, Format | FolderFormat | ArchiveFormat]] = {
    "csv": Format(tables.write_csv, ".csv", "a table: UTF-8, one row for each reply", stored=True),
    "jsonl": Format(
        tables.write_jsonl,
        ".jsonl",
        "one JSON object a line, lossless",
        also=(".ndjson",),
        stored=True,
    ),
    "xlsx": Format(
        _write_xlsx,
        ".xlsx",
        "a workbook: text cells, a filter, long letters whole on a second sheet",
        terminal=False,
        extra="xlsx",
    ),
    "parquet": Format(
        _write_parquet,
        ".parquet",
        "typed columns for pandas, DuckDB and R",
        terminal=False,
        extra="parquet",
    ),
    "md": FolderFormat(
        _write_markdown, ".md", "a folder of letters as Markdown, with YAML front matter"
    ),
    "atom": Format(
        _write_atom, ".atom", "a feed of new and changed replies (RFC 4287)", also=(".xml",)
    ),
    "warc": ArchiveFormat(
        _write_warc,
        ".warc.gz",
        "WARC 1.1: every page as it came, and what was read of it",
        _name_warc,
        "captures",
        filters=True,
    ),
    "bundle": ArchiveFormat(
        _write_bundle,
        ".zip",
        "one zip with the archive, tables, WARC and checksums, that needs no replyarc",
        _name_bundle,
        "replies",
        filters=False,
    ),
}


def format_of(name: str) -> str | None:
    """Return the format that a file's name asks for, if it asks for one.

    >>> format_of("a.CSV"), format_of("pages.warc.gz"), format_of("news.xml"), format_of("a.txt")
    ('csv', 'warc', 'atom', None)
    """
    ending = name.lower()
    return next((each for each, form in FORMATS.items() if ending.endswith(_endings(form))), None)


def _endings(form: Format | FolderFormat | ArchiveFormat) -> tuple[str, ...]:
    return (form.suffix, *form.also) if isinstance(form, Format) else (form.suffix,)
