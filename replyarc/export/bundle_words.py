"""What a bundle says of itself, in Chinese and English: two files beside this one, filled in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent


def readme(at: datetime, version: str, form: int, replies: int, captures: int) -> str:
    """Return the README of a bundle."""
    text = (_HERE / "bundle_readme.txt").read_text("utf-8")
    return text.format(
        at=f"{at:%Y-%m-%d %H:%M}",
        version=version,
        format=form,
        replies=f"{replies:,}",
        captures=f"{captures:,}",
    )


def described(form: int, tables: Iterable[str]) -> str:
    """Return what is to be known of the files of a bundle, and the tables of its database."""
    text = (_HERE / "bundle_format.txt").read_text("utf-8")
    return text.format(format=form) + "\n".join(f"{table.strip()};\n" for table in tables)
