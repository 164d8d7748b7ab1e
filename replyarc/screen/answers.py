"""The letters that answer one proposal, as a table: in which role, who, when, title, id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from replyarc.screen import tables
from replyarc.screen.tables import DEFAULT, Field, Row

_COLUMNS: Final = (Field("role", "办理方式", lambda row: row["role"] or "", 8, 8), *DEFAULT)


def write(rows: Iterable[Row]) -> None:
    """Write the letters to one proposal on stdout, a row each."""
    tables.write(rows, _COLUMNS)
