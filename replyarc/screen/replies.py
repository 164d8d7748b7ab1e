"""What the fields of a reply are called, and their values on one line."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from replyarc.model import Reply

HEADINGS: Final = {each.name: each.metadata["title"] for each in fields(Reply)}


def both_names(field: str) -> str:
    """Name a field of a reply in both languages: as a table for people does, and by its key.

    >>> both_names("document_number"), both_names("no field")
    ('发文字号 document_number', 'no field')
    """
    return f"{HEADINGS[field]} {field}" if field in HEADINGS else field


def flat(value: object) -> str:
    """Return a value of the contract's JSON on one line."""
    if isinstance(value, list):
        return "；".join(flat(each) for each in value)
    if isinstance(value, dict):
        return " ".join(flat(each) for each in value.values() if each not in (None, []))
    return str(value)
