"""What a person asks to have imported: files, and folders of files."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from replyarc.attached.kinds import kind_of
from replyarc.importing.members import RECORD
from replyarc.importing.saved import is_mhtml

PAGE: Final = frozenset({"html"})
FILE: Final = frozenset({"pdf", "docx", "doc", "ofd", "rtf", "ole", "encrypted"})
"""Kinds of files that a letter may be in."""

_HEAD: Final = 1 << 16
_WARC_ENDINGS: Final = (".warc", ".warc.gz")
_TABLES: Final = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_ALONE: Final = frozenset({"csv", "jsonl", "zip", "archive"})
_CALLED: Final = frozenset({".html", ".htm", ".shtml", ".mht", ".mhtml", ".pdf", ".docx", ".ofd"})
_PARTS: Final = ("_files", ".files", "_archivos", "_dateien", "_fichiers")
"""What a browser calls the folder beside a page, with its pictures and programs."""


@dataclass(slots=True)
class Found:
    """The files of a path, by what they are, and what was passed over, counted by why."""

    files: list[tuple[Path, str]] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)


def look(path: Path) -> Found:
    """Find what there is to import at a path; a folder with all below it, in the order of names.

    Links inside a folder are not followed. Raises OSError where the path cannot be read.
    """
    found = Found()
    if not path.is_dir():
        found.files.append((path, sort_of(path)))
        return found
    for each in _below(path, found.passed):
        sort = sort_of(each)
        if sort in ("page", "file", "warc"):
            found.files.append((each, sort))
        else:
            found.passed[_why_not(each, sort)] += 1
    return found


def _why_not(path: Path, sort: str) -> str:
    """Say why a file of a folder is passed over; one that should be a page is named."""
    if path.suffix.lower() in _CALLED:
        return f"{path.name}, which is not what its name says"
    return f"{sort}, to be imported by itself" if sort in _ALONE else "no page"


def _below(folder: Path, passed: Counter[str]) -> Iterator[Path]:
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        path = folder / name
        mode = path.lstat().st_mode
        if name.startswith("."):
            passed["hidden"] += 1
        elif stat.S_ISDIR(mode):
            if _is_of_page(name, names):
                passed["part of a saved page"] += sum(len(files) for *_, files in os.walk(path))
            else:
                yield from _below(path, passed)
        elif stat.S_ISREG(mode):
            yield path
        else:
            passed["a link" if stat.S_ISLNK(mode) else "no file"] += 1


def _is_of_page(name: str, names: list[str]) -> bool:
    """Tell whether a folder holds what belongs to a page that lies beside it."""
    for ending in _PARTS:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return any(
                f"{stem}{suffix}" in names for suffix in (".html", ".htm", ".shtml", ".xhtml")
            )
    return False


def sort_of(path: Path) -> str:
    """Tell what a file is: page, file, warc, csv, jsonl, zip, archive, or "" for anything else.

    Its name is asked only for tables; a page may be called anything. Raises OSError.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    name = path.name.lower()
    if head.startswith(RECORD) or name.endswith(_WARC_ENDINGS):
        return "warc"
    if head.startswith(b"SQLite format 3\0"):
        return "archive"
    if path.suffix.lower() in _TABLES:
        return _TABLES[path.suffix.lower()]
    if is_mhtml(head):
        return "page"
    if head.startswith(b"PK\x03\x04"):
        kind = kind_of(path.read_bytes(), name) if path.stat().st_size < 10_000_000 else "zip"
    else:
        kind = kind_of(head, name)
    if kind in PAGE:
        return "page" if not name.endswith((".js", ".css", ".svg")) else ""
    return "file" if kind in FILE else kind if kind == "zip" else ""
