"""Replies as Parquet, for pandas, DuckDB, R and Spark: typed columns, written group by group.

Days are dates, instants timestamps in UTC, lists and nested values are what they are; what is not
said is null, in lists nothing. Texts are as the archive has them, but halves of characters, which
no Parquet can hold: they become U+FFFD. What the file is, is told in its metadata (``replyarc:…``);
each column has its Chinese heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, BinaryIO, Final, get_args, get_type_hints

from replyarc import __version__
from replyarc.export.flat import Column, Row
from replyarc.export.legible import whole
from replyarc.export.sink import Sink
from replyarc.export.tables import Style
from replyarc.extras import require
from replyarc.model import Attachment, Contact, Reply

SCHEMA: Final = 1
"""The number of the schema; a column that is added does not change it, one that changes does."""

GROUP_ROWS: Final = 2_000
GROUP_LETTERS: Final = 2_000_000
"""A group of rows ends with the first of the two that is reached."""

_REPEATED: Final = (
    *("source", "publisher", "responsible_unit", "origin", "topic", "validity", "kind"),
    *("assembly", "assembly_name", "term", "session", "addressee_role", "role", "result_class"),
    *("openness", "answered_by", "signature", "version"),
    *("keywords.list.element", "copied_to.list.element", "flags.list.element"),
)
"""What many replies have in common: kept once in a group, as a dictionary."""

_HINTS: Final = get_type_hints(Reply)


def write_parquet(replies: Iterable[Row], out: BinaryIO, style: Style) -> int:
    """Write a Parquet file, compressed with zstd; return how many replies are in it.

    The same replies give the same bytes. Of a style it takes the columns and ``about``. Raises
    ReplyarcError where pyarrow is not installed.
    """
    require("pyarrow", "pyarrow", "a parquet is written by", "parquet")
    from pyarrow.parquet import ParquetWriter

    schema = schema_of(style)
    count = 0
    with Sink(out) as sink:
        writer = ParquetWriter(
            sink,
            schema,
            compression="zstd",
            use_dictionary=list(_REPEATED),
            write_statistics=[column.name for column in style.columns if column.name != "text"],
        )
        for group in _groups(replies):
            writer.write_table(_table(group, style.columns, schema))
            count += len(group)
        writer.close()
    return count


def schema_of(style: Style) -> Any:
    """Return the schema of a file: the types of the columns, and what is told of them and of it."""
    import pyarrow as pa

    fields = [
        pa.field(
            column.name,
            _type(column),
            nullable=not column.many and type(None) in get_args(_HINTS[column.name]),
            metadata={"title": column.title},
        )
        for column in style.columns
    ]
    told = {
        "replyarc:schema": str(SCHEMA),
        "replyarc:version": __version__,
        "replyarc:about": whole(style.about),
    }
    return pa.schema(fields, told)


def _type(column: Column) -> Any:
    import pyarrow as pa

    text = pa.string()
    kinds = {
        str: text,
        int: pa.int64(),
        date: pa.date32(),
        datetime: pa.timestamp("ms", "UTC"),
        Contact: pa.struct({"name": text, "phones": pa.list_(text)}),
        Attachment: pa.struct({"name": text, "url": text, "sha256": text}),
    }
    if issubclass(column.kind, StrEnum):
        return pa.dictionary(pa.int8(), text)
    return pa.list_(kinds[column.kind]) if column.many else kinds[column.kind]


def _groups(replies: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield replies in groups that fit into memory, whatever the length of their letters."""
    group: list[Row] = []
    letters = 0
    for reply in replies:
        group.append(reply)
        letters += len(reply["text"])
        if len(group) == GROUP_ROWS or letters >= GROUP_LETTERS:
            yield group
            group, letters = [], 0
    if group:
        yield group


def _table(group: list[Row], columns: Iterable[Column], schema: Any) -> Any:
    import pyarrow as pa

    arrays = [
        _array([_value(reply[column.name], column.kind) for reply in group], schema.field(number))
        for number, column in enumerate(columns)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: list[Any], field: Any) -> Any:
    import pyarrow as pa

    try:
        return pa.array(values, field.type)
    except UnicodeEncodeError:
        return pa.array([whole(value) for value in values], field.type)


def _value(value: Any, kind: type) -> Any:
    if value is None or kind is str:
        return value
    if kind is date:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind is datetime else value
